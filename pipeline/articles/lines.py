"""JSON: one object a line, or an array of objects, or one object."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from pipeline.articles.dates import date_in_name
from pipeline.articles.decode import code_page_name, decode, guess_encoding
from pipeline.articles.items import BadInputError, Item, Limits, Note, Reject
from pipeline.articles.record import Origin, to_article
from pipeline.articles.streams import lines, open_bytes, read_up_to, recoded
from pipeline.articles.walk import Source

_HEAD = 1 << 16
_CHUNK = 1 << 20
_BLANK = " \t\r\n,"


def read_jsonl(source: Source, published: str | None, limits: Limits) -> Iterator[Item]:
    """The articles of a file with one JSON object a line. A bad line is a reject, and the next line is read.

    Raises:
        BadInputError: the file as a whole is no text, or a corrupt gzip file (after what could be read of it).
        OSError: it cannot be read.
    """
    name_date = date_in_name(source.path.name.partition(".")[0])
    told: set[str] = set()
    with _open(source, limits) as (file, _):
        for line in lines(file, limits.article_bytes):
            if line.data is None:
                reason = f"a line of more than {limits.article_bytes} bytes"
                yield Reject(source.shown, line.number, None, "too_large", reason)
                continue
            if not line.data.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            try:
                decoded = decode(line.data)
                record = _object(decoded.text)
            except BadInputError as error:
                yield Reject(source.shown, line.number, None, error.kind, error.reason, error.detail)
                continue
            for note in set(decoded.notes) - told:
                told.add(note)
                yield Note(source.shown, line.number, note)
            origin = Origin(source.shown, line.number, f"{source.name}#{line.number}", name_date, published)
            yield from to_article(record, origin)


def read_json(source: Source, published: str | None, limits: Limits) -> Iterator[Item]:
    """The articles of a ``.json`` file: an array of objects, one object, or objects line by line.

    Raises:
        BadInputError: the file cannot be read on from some point; articles before that have been yielded.
        OSError: it cannot be read.
    """
    with _open(source, limits) as (file, head):
        array = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
        single = None if array else read_up_to(file, limits.article_bytes)
        if array:
            name_date = date_in_name(source.path.name.partition(".")[0])
            for number, value in enumerate(_array(file, limits.article_bytes), 1):
                if not isinstance(value, dict):
                    yield Reject(
                        source.shown, number, None, "json", "not a JSON object", type(value).__name__
                    )
                    continue
                origin = Origin(source.shown, number, f"{source.name}#{number}", name_date, published)
                yield from to_article(value, origin)
            return
    record = None
    if single is not None and len(single) < limits.article_bytes:
        try:
            record = _object(decode(single).text)
        except BadInputError as error:
            if error.kind != "json" or not _is_object(single.lstrip().partition(b"\n")[0]):
                raise
    if record is None:
        yield from read_jsonl(source, published, limits)
    else:
        yield from to_article(record, Origin(source.shown, None, source.name, None, published))


class _open:  # noqa: N801  (used like a function)
    """A JSON file as UTF-8 bytes, and its first bytes. The encoding is told by the beginning of the file."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._context = open_bytes(source.path, packed=source.packed, limits=limits)
        with open_bytes(source.path, packed=source.packed, limits=limits) as file:
            self._head = read_up_to(file, _HEAD)
        if not self._head.strip():
            raise BadInputError("empty", "the file is empty", f"{len(self._head)} bytes")
        encoding = guess_encoding(self._head)
        # Lines in a code page are told apart line by line, so that the user hears of it.
        self._encoding = "utf-8" if code_page_name(encoding) else encoding

    def __enter__(self) -> tuple[BinaryIO, bytes]:
        return recoded(self._context.__enter__(), self._encoding), self._head

    def __exit__(self, *failure: Any) -> None:
        self._context.__exit__(*failure)


def _object(text: str) -> dict[str, Any]:
    """One JSON object.

    Raises:
        BadInputError: of kind ``json``.
    """
    try:
        value = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        raise BadInputError("json", "malformed JSON", f"{error.msg} at column {error.pos + 1}") from error
    except (RecursionError, ValueError) as error:
        raise BadInputError("json", "malformed JSON", f"{type(error).__name__}: {error}") from error
    if not isinstance(value, dict):
        raise BadInputError("json", "not a JSON object", type(value).__name__)
    return value


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line, strict=False), dict)
    except (ValueError, RecursionError):
        return False


def _array(file: BinaryIO, limit: int) -> Iterator[Any]:
    """The values of a JSON array, one at a time; a value may be as long as ``limit`` characters.

    Raises:
        BadInputError: what is no JSON; reading cannot go on after it.
    """
    decoder = json.JSONDecoder(strict=False)
    stream = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogatepass", newline="")
    buffer, at, more, size = "", 0, True, _CHUNK
    try:
        buffer = stream.read(size)
        at = buffer.index("[") + 1
        while True:
            while at < len(buffer) and buffer[at] in _BLANK:
                at += 1
            if at < len(buffer) and buffer[at] == "]":
                return
            try:
                value, end = decoder.raw_decode(buffer, at)
            except (
                ValueError,
                RecursionError,
            ) as error:  # not only of JSON: a number may have too many digits
                # Either the value goes on beyond what is read, or it is wrong: twice as much tells in linear time.
                if not more or len(buffer) - at > limit:
                    raise BadInputError(
                        "json", "malformed JSON; the rest of the file is not read", str(error)
                    ) from error
                piece = stream.read(size)
                more, size = bool(piece), size * 2
                buffer, at = buffer[at:] + piece, 0
                continue
            yield value
            at, size = end, _CHUNK
    except UnicodeDecodeError as error:
        raise BadInputError(
            "encoding", "broken UTF-8; the rest of the file is not read", str(error)
        ) from error

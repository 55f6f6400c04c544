"""Opening files: gzip unpacked under guard, and long files cut into lines that fit in memory."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from pipeline.articles.items import BadInputError, Limits

_CHUNK = 1 << 18


class _Guarded(io.RawIOBase):
    """What a gzip file unpacks to, as long as that stays within the limits.

    Reading raises BadInputError ``gzip`` where the file is corrupt or cut, ``too_large`` where it unpacks to too much.
    What came before has then been delivered.
    """

    def __init__(self, packed: BinaryIO, limits: Limits) -> None:
        self._packed = packed
        self._gzip = gzip.GzipFile(fileobj=packed, mode="rb")
        self._limits = limits
        self._unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._gzip.read1(min(len(buffer), _CHUNK))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise BadInputError("gzip", "a truncated or corrupt gzip file", str(error)) from error
        self._unpacked += len(data)
        weight = self._packed.tell()
        if self._unpacked > self._limits.ratio_from and self._unpacked > self._limits.ratio * weight:
            detail = f"{weight} bytes unpack to more than {self._unpacked} bytes"
            raise BadInputError(
                "too_large", f"unpacks to more than {self._limits.ratio} times its size", detail
            )
        if self._unpacked > self._limits.stream_bytes:
            raise BadInputError("too_large", f"unpacks to more than {self._limits.stream_bytes} bytes")
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def open_bytes(path: Path, *, packed: bool, limits: Limits) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked if it is ``packed`` (gzip), to be read forward once.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        if packed:
            yield cast(BinaryIO, io.BufferedReader(_Guarded(file, limits), _CHUNK))
        else:
            yield file


def read_whole(path: Path, *, packed: bool, limits: Limits) -> bytes:
    """The content of a file that holds one article.

    Raises:
        BadInputError: ``too_large`` or ``gzip``.
        OSError: the file cannot be read.
    """
    with open_bytes(path, packed=packed, limits=limits) as file:
        data = read_up_to(file, limits.article_bytes + 1)
    if len(data) > limits.article_bytes:
        raise BadInputError("too_large", f"an article of more than {limits.article_bytes} bytes")
    return data


def read_up_to(file: BinaryIO, size: int) -> bytes:
    """At most ``size`` bytes, fewer only at the end of the file."""
    pieces: list[bytes] = []
    while size > 0 and (piece := file.read(min(size, _CHUNK))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its newline. ``data`` is None where the line was longer than the limit and was skipped."""

    number: int
    data: bytes | None


def lines(file: BinaryIO, limit: int) -> Iterator[Line]:
    """The lines of ``file``, numbered from 1, none of them longer than ``limit`` bytes in memory."""
    number = 0
    while data := file.readline(limit + 1):
        number += 1
        if len(data) <= limit or data.endswith(b"\n"):
            yield Line(number, data)
            continue
        while (rest := file.readline(_CHUNK)) and not rest.endswith(b"\n"):
            pass
        yield Line(number, None)


class Recoded(io.RawIOBase):
    """A file in a known encoding, as UTF-8 bytes: so that all that follows knows UTF-8 only."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        errors = "surrogatepass" if encoding.startswith("utf") else "replace"
        self._text = io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            try:
                self._rest = self._text.read(_CHUNK).encode("utf-8", "surrogatepass")
            except UnicodeDecodeError as error:
                raise BadInputError(
                    "encoding", f"broken {self._text.encoding.upper()}", str(error)
                ) from error
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def recoded(file: BinaryIO, encoding: str) -> BinaryIO:
    """``file`` as UTF-8; a file that is UTF-8 already comes back as it is."""
    if encoding in ("utf-8", "utf-8-sig"):
        return file
    return cast(BinaryIO, io.BufferedReader(Recoded(file, encoding), _CHUNK))

"""Bytes to text: UTF-8, UTF-16 and UTF-32 by their mark, and the 8-bit Arabic code pages by their looks.

No byte is guessed away: what is not text of one of these encodings is refused.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pipeline.articles.items import BadInputError

#: 8-bit encodings of Arabic that old sites and dumps use, and their names for people.
_CODE_PAGES = {"cp1256": "windows-1256", "iso8859_6": "ISO-8859-6"}
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"\x1f\x8b", "gzip; give the file a name that ends in .gz"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3", "SQLite"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"(\xb5/\xfd", "zstd"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_ARABIC_LETTER = re.compile("[ء-غف-ي]")
_ARABIC_WORD = re.compile("[ء-غف-ي]+")
# The commonest words of written Arabic with their proclitics; each is over 0.2 % of the words of any newspaper.
_COMMON = frozenset(
    re.findall(
        r"\w+", "في من على الى إلى عن أن ان إن أو هذا هذه التي الذي ما مع بعد قبل كان قال لم لا بين كما وقد"
    )
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and where it comes from. ``encoding`` is a name for people; ``notes`` is what the user should be told."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def scrub(text: str) -> str:
    """``text`` with NULs and lone surrogates replaced by U+FFFD, one for one; surrogate pairs are joined.

    Neither can stand in JSON that other programs read, and the offsets of the rest do not move.
    """
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return _SURROGATE.sub("\ufffd", join_pairs(text))


def join_pairs(text: str) -> str:
    """``text`` with surrogate pairs (as CESU-8 has them) made into the characters they mean."""
    return _SURROGATE_PAIR.sub(
        lambda pair: pair.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le"), text
    )


def scrub_note(text: str) -> str | None:
    """What to tell the user about the characters of ``text`` that :func:`scrub` replaces; None if there are none."""
    nuls = text.count("\0")
    lone = 0 if text.isascii() else len(_SURROGATE.findall(join_pairs(text)))
    found = [
        f"{n} {name}{'s' if n > 1 else ''}" for n, name in ((nuls, "NUL"), (lone, "lone surrogate")) if n
    ]
    return f"{' and '.join(found)} replaced by U+FFFD" if found else None


def refuse_binary(data: bytes) -> None:
    """Refuse what begins like a known binary format, or holds more control characters than text does.

    Raises:
        BadInputError: of kind ``binary``.
    """
    _refuse_magic(data)
    controls = len(_CONTROL.findall(data.decode("latin-1")))
    valid = _decode_utf8(data, final=False) is not None
    # Text in UTF-8 may hold a few NULs and still be text; in no other encoding that is read here.
    if controls > len(data) * (0.3 if valid else 0.02):
        share = round(100 * controls / len(data))
        raise BadInputError(
            "binary", "a binary file, not text", f"{share} % of the bytes are control characters"
        )


def _refuse_magic(data: bytes) -> None:
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise BadInputError("binary", "a binary file, not text", f"it begins like {name}")


def marked_encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark other than UTF-8's announces."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def guess_encoding(head: bytes) -> str:
    """The Python name of the encoding of a file that begins with ``head``; ``utf-8-sig`` for UTF-8.

    Broken UTF-8 counts as UTF-8: what is broken in it is for the reader of the single lines to find.

    Raises:
        BadInputError: it is no text, or text in an encoding that is not read.
    """
    marked = marked_encoding(head)
    if marked:
        return marked
    refuse_binary(head)
    if _decode_utf8(head, final=False) is not None or _is_broken_utf8(head):
        return "utf-8-sig"
    page = _code_page(head)
    if page is None:
        raise BadInputError("encoding", "neither UTF-8 nor windows-1256", _utf8_fault(head))
    return page


def code_page_name(encoding: str) -> str | None:
    """The name for people of an 8-bit encoding, None for the others."""
    return _CODE_PAGES.get(encoding)


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of ``data``, without its byte order mark, newlines untouched, not yet scrubbed.

    Args:
        data: a whole file or line.
        declared: the encoding that the data itself declares (an HTML page), used only if it is not UTF-8.

    Raises:
        BadInputError: ``empty``, ``binary`` or ``encoding``.
    """
    if not data.strip():
        raise BadInputError("empty", "the file is empty", f"{len(data)} bytes")
    marked = marked_encoding(data)
    if marked:
        try:
            text = data.decode(marked, "surrogatepass")
        except UnicodeDecodeError as error:
            raise BadInputError("encoding", f"broken {marked.upper()}", str(error)) from error
        return Decoded(text, marked.upper())
    _refuse_magic(data)
    utf8 = _decode_utf8(data, final=True)
    if utf8 is None or _CONTROL.search(utf8):
        refuse_binary(data)
    if utf8 is not None:
        return Decoded(utf8, "UTF-8")
    if _is_broken_utf8(data):
        raise BadInputError("encoding", "broken UTF-8", _utf8_fault(data))
    page = _declared_page(declared) or _code_page(data)
    if page is None:
        raise BadInputError("encoding", "neither UTF-8 nor windows-1256", _utf8_fault(data))
    name = _CODE_PAGES.get(page, page)
    return Decoded(data.decode(page, "replace"), name, (f"decoded as {name}",))


def _decode_utf8(data: bytes, *, final: bool) -> str | None:
    """``data`` as UTF-8, surrogates let through; None if it is not. With ``final=False`` the end may be cut."""
    try:
        text, _ = codecs.utf_8_decode(data, "surrogatepass", final)
    except UnicodeDecodeError:
        return None
    return text.removeprefix("\ufeff")


def _is_broken_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII decodes: then it was UTF-8 once, and 8-bit text never looks like that."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - bad
    return good > bad


def _utf8_fault(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"byte 0x{data[error.start]:02x} at offset {error.start}: {error.reason}"
    return "valid UTF-8"


def _declared_page(declared: str | None) -> str | None:
    """The Python name of a declared 8-bit encoding of Arabic, None for any other."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    return {"cp1256": "cp1256", "iso8859-6": "iso8859_6"}.get(name)


def _code_page(data: bytes) -> str | None:
    """The 8-bit encoding in which ``data`` reads as Arabic, None if in none."""
    scored = [(_plausibility(data, page), page) for page in _CODE_PAGES]
    score, page = max(scored)
    return page if score >= 0.15 else None


def _plausibility(data: bytes, encoding: str) -> float:
    """The share of Arabic words that begin with the article or are among the commonest; 0 if it is not Arabic.

    Running newspaper text scores 0.3 to 0.5; other bytes that happen to be letters score near 0.
    """
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    high = [c for c in text if c > "\x7f"]
    letters = sum(1 for c in high if _ARABIC_LETTER.match(c))
    words = _ARABIC_WORD.findall(text)
    if not words or letters < 0.8 * len(high):
        return 0.0
    known = sum(1 for w in words if w in _COMMON or w.startswith(("ال", "وال", "بال", "لل")))
    return known / len(words)

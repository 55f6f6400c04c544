"""What reading yields: articles found, rejects and notes; and the limits that keep hostile input small."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

from pipeline.articles.article import Article

Kind = Literal[
    "missing",  # a path that is not there
    "empty_folder",  # a folder without any article file
    "unreadable",  # the system or a library refuses to read it
    "empty",  # a file without content
    "binary",  # no text at all
    "encoding",  # neither UTF-8 nor windows-1256
    "gzip",  # truncated or corrupt
    "too_large",  # over a limit, or unpacking to far more than it weighs
    "json",  # a line or file that is no JSON object
    "table",  # a CSV or Parquet file, or a row of one, that cannot be understood
    "no_text",  # a record or page without text
    "not_arabic",  # not one Arabic letter in the text
    "duplicate",  # an id that an earlier article has
    "field",  # a field that cannot be understood: the article itself is kept, without the field
    "crash",  # the extraction failed on this article
]


@dataclass(frozen=True, slots=True)
class Reject:
    """Input that could not be used: one line of ``rejects.jsonl``.

    Attributes:
        where: the path as the user gave it, or the path below the input that the user gave.
        line: the line (rows of Parquet and items of a JSON array: their number), from 1; None for a whole file.
        id: the id of the article, where it is known by then.
        kind: what sort of fault. ``field`` alone leaves the article in the run.
        reason: what is wrong, for people.
        detail: what the machine found: bytes, offsets, values.
    """

    where: str
    line: int | None
    id: str | None
    kind: Kind
    reason: str
    detail: str | None = None

    def to_json(self) -> str:
        """The reject as one JSON line without the newline."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Found:
    """An article, and where it stands.

    Attributes:
        article: the article.
        line: its line or row, from 1; None where the file holds nothing else.
        dated: where its date of publication comes from: the record itself, the file's name or the user's default.
    """

    article: Article
    line: int | None
    dated: Literal["record", "name", "default"] | None


@dataclass(frozen=True, slots=True)
class Note:
    """Something the user should know about input that was read all the same."""

    where: str
    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is read; beyond them a file or record is rejected as ``too_large``.

    Attributes:
        article_bytes: the longest article file, JSON line or CSV field.
        stream_bytes: the most that one file may unpack to.
        ratio: how many times its own size a gzip file may unpack to, once ``ratio_from`` bytes are unpacked.
            (Text packs 3 to 10 times, dull tables 50 times; a bomb about 1,000 times.)
        ratio_from: bytes below which the ratio is not looked at.
    """

    article_bytes: int = 32 * 2**20
    stream_bytes: int = 64 * 2**30
    ratio: int = 150
    ratio_from: int = 4 * 2**20


#: What reading yields.
Item = Found | Reject | Note


class BadInputError(Exception):
    """Raised and caught inside this package only: what is being read cannot be used."""

    def __init__(self, kind: Kind, reason: str, detail: str | None = None) -> None:
        super().__init__(reason)
        self.kind: Kind = kind
        self.reason = reason
        self.detail = detail

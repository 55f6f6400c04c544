"""One file, or many → articles, rejects and notes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from pipeline.articles.article import Article
from pipeline.articles.items import BadInputError, Found, Item, Limits, Note, Reject
from pipeline.articles.lines import read_json, read_jsonl
from pipeline.articles.pages import read_html, read_text
from pipeline.articles.rows import read_csv, read_parquet
from pipeline.articles.walk import Format, Skipped, Source, walk

_Reader = Callable[[Source, str | None, Limits], Iterator[Item]]
_READERS: dict[Format, _Reader] = {
    "text": read_text,
    "html": read_html,
    "jsonl": read_jsonl,
    "json": read_json,
    "csv": read_csv,
    "parquet": read_parquet,
}


def read_source(
    source: Source, *, published: str | None = None, limits: Limits | None = None
) -> Iterator[Item]:
    """The articles of one file in their order, among them what had to be rejected and what is worth a note.

    Nothing about the input is raised: whatever is wrong with it is a reject. Long files are streamed.

    Args:
        source: the file.
        published: ISO date for articles that have none and whose file name tells none.
        limits: bounds against hostile input.
    """
    found = False
    try:
        for item in _READERS[source.format](source, published, limits or Limits()):
            found = True
            yield item
    except BadInputError as error:
        yield Reject(source.shown, None, None, error.kind, error.reason, error.detail)
    except OSError as error:
        yield Reject(source.shown, None, None, "unreadable", "cannot be read", error.strerror or str(error))
    else:
        if not found:
            yield Reject(source.shown, None, None, "empty", "no records in the file", f"{source.size} bytes")


def read_articles(
    inputs: Sequence[str | Path],
    *,
    published: str | None = None,
    limits: Limits | None = None,
    exclude: Collection[Path] = (),
) -> Iterator[Article | Reject | Note]:
    """The articles below ``inputs`` in reading order; the second article with an id is a reject.

    A run keeps its own books over what it has read; this is for everybody else who wants articles.
    """
    seen: dict[str, str] = {}
    for entry in walk(inputs, exclude=exclude):
        if isinstance(entry, Skipped):
            continue
        if isinstance(entry, Reject):
            yield entry
            continue
        for item in read_source(entry, published=published, limits=limits):
            if not isinstance(item, Found):
                yield item
            elif item.article.id in seen:
                yield duplicate(item.article.id, entry.shown, item.line, seen[item.article.id])
            else:
                seen[item.article.id] = place(entry.shown, item.line)
                yield item.article


def place(where: str, line: int | None) -> str:
    """A path and a line, for people."""
    return where if line is None else f"{where}:{line}"


def duplicate(article_id: str, where: str, line: int | None, first: str) -> Reject:
    """The reject of an article whose id an earlier one has; ``first`` says where that stands."""
    return Reject(where, line, article_id, "duplicate", "an earlier article has this id", f"first in {first}")

"""Files that hold one article: plain text and HTML."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from pipeline.articles.dates import date_in_name
from pipeline.articles.decode import decode
from pipeline.articles.items import BadInputError, Item, Limits, Note, Reject
from pipeline.articles.record import Origin, to_article
from pipeline.articles.streams import read_whole
from pipeline.articles.walk import Source

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE
)
_XML = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)


def read_text(source: Source, published: str | None, limits: Limits) -> Iterator[Item]:
    """The article of a plain text file, front matter and all.

    Raises:
        BadInputError: the file is no text.
        OSError: it cannot be read.
    """
    decoded = decode(read_whole(source.path, packed=source.packed, limits=limits))
    for note in decoded.notes:
        yield Note(source.shown, None, note)
    yield from to_article({"text": decoded.text}, _origin(source, published, front_matter=True))


def read_html(source: Source, published: str | None, limits: Limits) -> Iterator[Item]:
    """The article of a web page: trafilatura's idea of its body, headline, date, site and canonical address.

    Raises:
        BadInputError: the file is no text, or no page.
        OSError: it cannot be read.
    """
    data = read_whole(source.path, packed=source.packed, limits=limits)
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, declared=declared[1].decode("ascii") if declared else None)
    for note in decoded.notes:
        yield Note(source.shown, None, note)
    page = _extract(decoded.text)
    if page is None or not (page.text or "").strip():
        yield Reject(source.shown, None, source.name, "no_text", "no article found on the page")
        return
    record = {
        "text": page.text,
        "title": page.title,
        "published": page.date,
        "source": page.sitename,
        "url": page.url,
    }
    yield from to_article(record, _origin(source, published, front_matter=False))


def _origin(source: Source, published: str | None, *, front_matter: bool) -> Origin:
    name_date = date_in_name(source.path.name.partition(".")[0]) or date_in_name(source.path.name)
    return Origin(source.shown, None, source.name, name_date, published, front_matter)


def _extract(html: str) -> Any:
    """trafilatura's document, None where it finds no article."""
    # Half a second of import that a run over plain text need not pay for.
    import trafilatura

    for name in ("trafilatura", "htmldate"):
        # Otherwise Python prints their warnings on stderr, where each line should say what to do about an input.
        logging.getLogger(name).addHandler(logging.NullHandler())
    html = _XML.sub("", html)
    if not _PAGE.search(html):
        html = f"<html><body>{html}</body></html>"
    try:
        return trafilatura.bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            # The date that the page states, not one that is guessed from its text.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception as error:  # whatever a hostile page makes the parsers do, it is the page's fault
        raise BadInputError(
            "unreadable", "not a page that can be parsed", f"{type(error).__name__}: {error}"
        ) from error

"""A record of a dump, whatever its columns are called → an article, or the reason why it is none."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from babel import Locale
from babel.core import get_global

from pipeline.articles.article import Article
from pipeline.articles.dates import parse_date
from pipeline.articles.decode import scrub, scrub_note
from pipeline.articles.front import split_front_matter
from pipeline.articles.items import Found, Item, Note, Reject
from pipeline.knowledge.fields import FieldName, load_fields, name_key

_ARABIC = re.compile("[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_SHOWN = 80
_LONGEST_ID = 500
_BRIEF = reprlib.Repr()
_BRIEF.maxstring = _BRIEF.maxother = _SHOWN


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands, and what holds for it unless it says otherwise.

    Attributes:
        where: the path, for people.
        line: the line or row, from 1; None for a file with one article.
        id: the id that it gets if it has none of its own.
        name_date: the date in the file's name.
        published: the date that the user gave for everything without one.
        front_matter: whether its text may begin with front matter (text files).
    """

    where: str
    line: int | None
    id: str
    name_date: str | None = None
    published: str | None = None
    front_matter: bool = False


def to_article(record: Mapping[str, Any], origin: Origin) -> Iterator[Item]:
    """The article that ``record`` holds, last; before it, what cannot be understood of its fields and what was mended.

    A record without an article yields one reject: ``no_text`` or ``not_arabic``.
    """
    found = pick_fields(record)
    raw = text_value(found.get("text"))
    given_id, endless = _own_id(found)
    if raw is None or not raw.strip():
        keys = _cut("fields: " + (", ".join(sorted(str(k) for k in record)) or "none"))
        yield Reject(origin.where, origin.line, given_id or None, "no_text", "a record without text", keys)
        return
    text = scrub(raw)
    body = 0
    if origin.front_matter:
        front, body = split_front_matter(text)
        found = {**found, **{k: v for k, v in pick_fields(front).items() if k != "text"}}
        given_id, endless = _own_id(found)
    article_id = given_id or scrub(origin.id)
    if not text[body:].strip():
        yield Reject(origin.where, origin.line, article_id, "no_text", "nothing but front matter")
        return
    if not _ARABIC.search(text, body):
        shown = _cut(" ".join(text[body : body + 200].split()))
        yield Reject(origin.where, origin.line, article_id, "not_arabic", "no Arabic in the text", shown)
        return
    note = scrub_note(raw)
    if note:
        yield Note(origin.where, origin.line, note)
    if endless:
        yield _field(origin, article_id, "id", f"has more than {_LONGEST_ID} characters", found["id"])

    published = origin.name_date or origin.published
    if "published" in found:
        # A date that cannot be read is unknown; the file's name or the default would only look like an answer.
        published = parse_date(found["published"])
        if published is None:
            yield _field(origin, article_id, "published", "is no date", found["published"])
    country = None
    if "country" in found:
        country = parse_country(found["country"])
        if country is None:
            yield _field(origin, article_id, "country", "is no country that is known", found["country"])
    article = Article(
        id=article_id,
        text=text,
        title=_clean(found.get("title")),
        published=published,
        source=_clean(found.get("source")),
        url=_clean(found.get("url")),
        country=country,
    )
    yield Found(article, origin.line, _dated(found, origin) if published else None)


def _own_id(found: Mapping[FieldName, Any]) -> tuple[str, bool]:
    """The id of a record, "" if it has none; one that is too long to stand in every line is none, which is told too."""
    given = scrub(_word(found.get("id")) or "").strip()
    return ("", True) if len(given) > _LONGEST_ID else (given, False)


def _dated(found: Mapping[FieldName, Any], origin: Origin) -> Literal["record", "name", "default"]:
    if "published" in found:
        return "record"
    return "name" if origin.name_date else "default"


def pick_fields(record: Mapping[str, Any]) -> dict[FieldName, Any]:
    """The fields of an article that ``record`` holds under any of their names, blank ones left out."""
    best: dict[FieldName, tuple[int, Any]] = {}
    for key, value in record.items():
        known = field_of(str(key))
        if known is None or _is_blank(value):
            continue
        name, rank = known
        if name not in best or rank < best[name][0]:
            best[name] = (rank, value)
    return {name: value for name, (_, value) in best.items()}


@lru_cache(maxsize=4096)
def field_of(key: str) -> tuple[FieldName, int] | None:
    """The field that a column name stands for and the rank of the name within the field, None if for none."""
    return load_fields().by_key.get(name_key(key)) if len(key) <= 60 else None


def text_value(value: object) -> str | None:
    """A text: a string, a list of paragraphs, or bytes in UTF-8; None for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return None
    if isinstance(value, list | tuple) and value and all(isinstance(v, str) for v in value):
        return "\n".join(value)
    return None


@lru_cache(maxsize=4096)
def _country(name: str) -> str | None:
    return _countries().get(name_key(name))


def parse_country(value: object) -> str | None:
    """The ISO 3166-1 alpha-3 code of a country's code or name (Arabic, English, French), None if it is none."""
    return _country(value) if isinstance(value, str) else None


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """Names and codes → alpha-3. CLDR lists the alpha-3 codes, old ones too, as aliases of the alpha-2 codes."""
    own = load_fields().countries
    retired = {"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD"}
    alpha3 = {
        new[0]: old
        for old, new in get_global("territory_aliases").items()
        if len(old) == 3 and old.isalpha() and len(new) == 1 and old not in retired
    }
    names = {key.casefold(): code for code2, code in alpha3.items() for key in (code2, code)}
    for locale in ("ar", "en", "fr"):
        for code2, name in Locale.parse(locale).territories.items():
            if code2 in alpha3:
                names.setdefault(name_key(name), alpha3[code2])
    return {**names, **own}


def _is_blank(value: object) -> bool:
    # NaN is what pandas writes for a missing cell.
    return (
        value is None or value != value or value in ([], {}) or (isinstance(value, str) and not value.strip())
    )


def _word(value: object) -> str | None:
    """A short value as a string: numbers without a needless «.0», the name of a ``{"id": …, "name": …}``."""
    if isinstance(value, Mapping):
        value = value.get("name", value.get("$oid"))
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, str | int | float) else None


def _clean(value: object) -> str | None:
    word = _word(value)
    return " ".join(scrub(word).split()) or None if word else None


def _field(origin: Origin, article_id: str, field: str, wrong: str, value: object) -> Reject:
    # Lists within lists may be deeper than Python can write out.
    written = _BRIEF.repr(value) if isinstance(value, list | tuple | Mapping) else str(value)
    return Reject(origin.where, origin.line, article_id, "field", f"{field} {wrong}", _cut(scrub(written)))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"

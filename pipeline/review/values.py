"""Values of an annotation: what spans, times and places may be, and what follows from them."""

from __future__ import annotations

import re
from datetime import date, datetime

from pipeline.articles.article import Article
from pipeline.entities.gazetteer import load_gazetteer
from pipeline.fields import Span
from pipeline.knowledge.load import KnowledgeError
from pipeline.review.annotation import Annotation, PlaceMention
from pipeline.review.guide import ToldError, type_of

_DATE = r"\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?)?)?"
_ISO = re.compile(rf"{_DATE}(?:/{_DATE})?")


class EditError(ToldError, ValueError):
    """An edit or an annotation that cannot be."""


def cut(text: str, start: int, end: int) -> Span:
    """The span of a selection, white space at its ends left off.

    Raises:
        EditError: nothing is left, or it lies outside the text.
    """
    if not 0 <= start < end <= len(text):
        raise EditError("outside", span=f"{start}:{end}")
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise EditError("empty_selection")
    return Span(text=text[start:end], start=start, end=end)


def located(place: PlaceMention, identifier: str | None) -> PlaceMention:
    """A place with what the gazetteer knows of it.

    Raises:
        EditError: the gazetteer has no such place.
    """
    if identifier is None:
        nothing = dict.fromkeys(("gazetteer_id", "name_en", "admin1", "country", "lat", "lon"))
        return place.model_copy(update=nothing)
    found = load_gazetteer().by_id(identifier)
    if found is None:
        raise EditError("no_such_place", name=identifier)
    known = {
        "gazetteer_id": found.id,
        "name_en": found.name_en,
        "admin1": found.admin1 or None,
        "country": found.country or None,
        "lat": found.lat,
        "lon": found.lon,
    }
    return place.model_copy(update=known)


def check_iso(value: str) -> str | None:
    """A time value as records have it; None for an empty one.

    Raises:
        EditError: it is no date, month, year, date-time or interval of two of them, or no day of the calendar.
    """
    value = value.strip()
    if not value:
        return None
    if not value.isascii() or not _ISO.fullmatch(value):
        raise EditError("no_time", value=value)
    for part in value.split("/"):
        day, _, clock = part.partition("T")
        year, month, number = ([int(n) for n in day.split("-")] + [1, 1])[:3]
        try:
            date(year, month, number)
            if clock:
                datetime.fromisoformat(part)
        except ValueError as error:
            raise EditError("no_day", value=part) from error
    return value


def time_value(text: str, published: str | None) -> str | None:
    """What a time expression comes to, told on the day of publication; None where that cannot be said."""
    from pipeline.resolve.time import parse_times

    anchor = None
    if published is not None and re.match(r"\d{4}-\d{2}-\d{2}", published):
        anchor = date.fromisoformat(published[:10])
    try:
        found = parse_times(text, anchor)
    except KnowledgeError as error:
        raise EditError("no_knowledge", why=str(error).partition("\n")[0]) from error
    return found[0].value if len(found) == 1 else None


def check(annotation: Annotation, article: Article, machine: Annotation | None) -> Annotation:
    """An annotation that may be saved.

    Args:
        machine: what the extractor holds; its type, mode and places are allowed though the guide or the gazetteer
            do not have them.

    Raises:
        EditError: spans are not what stands in the text, the type is not that of the mode, the time is none, …
    """
    if not annotation.fits(article.text):
        raise EditError("span_differs")
    for span in annotation.spans():
        if not span.text.strip():
            raise EditError("empty_span")
    kind = (annotation.type, annotation.mode)
    if type_of(annotation.mode) != annotation.type and (
        machine is None or kind != (machine.type, machine.mode)
    ):
        raise EditError("no_mode_of", mode=annotation.mode, type=annotation.type)
    if annotation.iso != (machine.iso if machine else None):
        check_iso(annotation.iso or "")
    given = {(p.start, p.end): p for p in machine.places} if machine else {}
    places = []
    for place in annotation.places:
        known = given.get((place.start, place.end))
        same = known is not None and known.gazetteer_id == place.gazetteer_id
        places.append(
            known.model_copy(update={"relation": place.relation})
            if known and same
            else located(place, place.gazetteer_id)
        )
    return annotation.model_copy(update={"places": tuple(places)})

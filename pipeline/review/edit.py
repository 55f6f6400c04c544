"""Edits of an annotation: pure functions from what stands to what the annotator makes of it.

The browser names places in the text and values; everything else (the words of a span, what a place of the gazetteer
is, what a time expression comes to) is worked out here, so that nothing wrong can be sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from pipeline.articles.article import Article
from pipeline.entities.gazetteer import load_gazetteer
from pipeline.fields import Part, Span
from pipeline.records import Assertion, Relation
from pipeline.review.annotation import LISTS, Annotation, Mention, PlaceMention
from pipeline.review.guide import type_of, types
from pipeline.review.values import EditError, check_iso, cut, located, time_value

T = TypeVar("T")
ListSlot = Literal["actors", "targets", "places"]
SpanSlot = Literal["actors", "targets", "places", "time", "attribution", "trigger"]


class SetSpan(Part):
    """Put a span into a slot; in a list, a span that is there already is taken out."""

    op: Literal["span"]
    slot: SpanSlot
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Drop(Part):
    """Take one span out of a list."""

    op: Literal["drop"]
    slot: ListSlot
    index: int = Field(ge=0)


class Clear(Part):
    """Empty a slot."""

    op: Literal["clear"]
    slot: Literal["actors", "targets", "places", "time", "attribution"]


class SetType(Part):
    """Another type, with its first mode."""

    op: Literal["type"]
    value: str


class SetMode(Part):
    """Another mode, with its type."""

    op: Literal["mode"]
    value: str


class SetAssertion(Part):
    """Another assertion."""

    op: Literal["assertion"]
    value: Assertion


class SetIso(Part):
    """Another value of the time; "" for none."""

    op: Literal["iso"]
    value: str = Field(max_length=100)


class SetCore(Part):
    """Whether the mention counts."""

    op: Literal["core"]
    value: bool


class SetRelation(Part):
    """How a place relates to the event."""

    op: Literal["relation"]
    index: int = Field(ge=0)
    value: Relation


class SetPlace(Part):
    """Which place of the gazetteer a place is; null for none."""

    op: Literal["place"]
    index: int = Field(ge=0)
    value: str | None


Edit = Annotated[
    SetSpan | Drop | Clear | SetType | SetMode | SetAssertion | SetIso | SetCore | SetRelation | SetPlace,
    Field(discriminator="op"),
]
_EDITS: TypeAdapter[Edit] = TypeAdapter(Edit)


def read_edit(data: object) -> Edit:
    """An edit from plain data.

    Raises:
        EditError: it is none.
    """
    try:
        return _EDITS.validate_python(data)
    except ValidationError as error:
        raise EditError("no_edit", why=error.errors()[0]["msg"]) from error


def apply(annotation: Annotation, edit: Edit, article: Article) -> Annotation:
    """What an edit makes of an annotation.

    Raises:
        EditError: it cannot be applied.
    """
    match edit:
        case SetSpan():
            return _set_span(annotation, edit, article)
        case Drop(slot=slot, index=index):
            kept = list(getattr(annotation, slot))
            _at(kept, index)
            del kept[index]
            return annotation.model_copy(update={slot: tuple(kept)})
        case Clear(slot=slot):
            empty: dict[str, object] = {slot: () if slot in LISTS else None}
            return annotation.model_copy(update=empty | ({"iso": None} if slot == "time" else {}))
        case SetType(value=value):
            if value not in types():
                raise EditError("no_type", name=value)
            mode = annotation.mode if type_of(annotation.mode) == value else types()[value][0]
            return annotation.model_copy(update={"type": value, "mode": mode})
        case SetMode(value=value):
            kind = type_of(value)
            if kind is None:
                raise EditError("no_mode", name=value)
            return annotation.model_copy(update={"type": kind, "mode": value})
        case SetAssertion(value=assertion):
            return annotation.model_copy(update={"assertion": assertion})
        case SetIso(value=value):
            return annotation.model_copy(update={"iso": check_iso(value)})
        case SetCore(value=core):
            return annotation.model_copy(update={"core": core})
        case SetRelation(index=index, value=relation):
            place = _at(annotation.places, index)
            return _with_place(annotation, index, place.model_copy(update={"relation": relation}))
        case SetPlace(index=index, value=identifier):
            return _with_place(annotation, index, located(_at(annotation.places, index), identifier))


def _at(items: Sequence[T], index: int) -> T:
    if index >= len(items):
        raise EditError("no_number", number=index + 1)
    return items[index]


def _with_place(annotation: Annotation, index: int, place: PlaceMention) -> Annotation:
    places = list(annotation.places)
    places[index] = place
    return annotation.model_copy(update={"places": tuple(places)})


def _set_span(annotation: Annotation, edit: SetSpan, article: Article) -> Annotation:
    span = cut(article.text, edit.start, edit.end)
    if edit.slot not in LISTS:
        update: dict[str, object] = {edit.slot: span}
        if edit.slot == "time":
            update["iso"] = time_value(span.text, article.published) or annotation.iso
        return annotation.model_copy(update=update)
    there = list(getattr(annotation, edit.slot))
    kept = [s for s in there if (s.start, s.end) != (span.start, span.end)]
    if len(kept) == len(there):
        # A longer or shorter reading of the same mention takes its place; others of the list stay.
        kept = [s for s in there if s.end <= span.start or span.end <= s.start]
        replaced = next((s for s in there if s not in kept), None)
        kept.append(_mention(edit.slot, span, replaced))
    return annotation.model_copy(update={edit.slot: tuple(sorted(kept, key=lambda s: (s.start, s.end)))})


def _mention(slot: str, span: Span, replaced: PlaceMention | Mention | None) -> Mention | PlaceMention:
    fields = span.model_dump()
    if slot != "places":
        return Mention(**fields)
    if isinstance(replaced, PlaceMention):
        return replaced.model_copy(update=fields)
    found = load_gazetteer().lookup(span.text)
    return located(PlaceMention(**fields), found[0].id if found else None)

"""What an annotator judges: the part of a record that has a right and a wrong, and nothing that is derived from it.

Spans are half-open, in Unicode code points of the article's text, as everywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.fields import Part, Span
from pipeline.records import Assertion, EventRecord, Relation

#: The slots that hold a list of spans, and those that hold one or none.
LISTS = ("actors", "targets", "places")
SINGLES = ("time", "attribution")
#: Everything that is compared between annotators and between an annotator and the extractor.
SLOTS = ("trigger", "type", "mode", "assertion", *LISTS, "time", "iso", "attribution", "core")


class Mention(Span):
    """An actor or target. ``implicit``: recovered from context, the span is the antecedent's."""

    implicit: bool = False


class PlaceMention(Span):
    """A place: how it relates to the event, and which place of the gazetteer it is.

    Everything but the span, ``relation`` and ``gazetteer_id`` follows from the gazetteer.
    """

    relation: Relation = "in"
    gazetteer_id: str | None = None
    name_en: str | None = None
    admin1: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


class Annotation(Part):
    """One event as somebody sees it, the extractor or an annotator.

    ``time`` is the expression, ``iso`` its value (ISO 8601, intervals ``a/b``); ``attribution`` is who says so;
    ``core`` is false for a mention that good annotators may skip.
    """

    trigger: Span
    type: str
    mode: str
    assertion: Assertion
    actors: tuple[Mention, ...] = ()
    targets: tuple[Mention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    time: Span | None = None
    iso: str | None = None
    attribution: Span | None = None
    core: bool = True

    def spans(self) -> Iterator[Span]:
        """Every span, the trigger first."""
        yield self.trigger
        for slot in LISTS:
            yield from getattr(self, slot)
        yield from (span for slot in SINGLES if (span := getattr(self, slot)) is not None)

    def value(self, slot: str, *, origin: int = 0) -> Any:
        """What is compared of a slot, as plain data; offsets count from ``origin``."""
        content = getattr(self, slot)
        if slot == "places":
            return [[p.start - origin, p.end - origin, p.relation, p.gazetteer_id] for p in content]
        if slot in LISTS:
            return [[m.start - origin, m.end - origin] for m in content]
        if isinstance(content, Span):
            return [content.start - origin, content.end - origin]
        return content

    def fingerprint(self) -> str:
        """16 hex digits, equal for equal content wherever in the article it stands: offsets count from the trigger."""
        origin = self.trigger.start
        values = [self.trigger.text, *(self.value(slot, origin=origin) for slot in SLOTS)]
        packed = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(packed.encode("utf-8", "replace")).hexdigest()[:16]

    def moved(self, distance: int) -> Annotation:
        """The same, ``distance`` code points further on."""
        shift = _shift(distance)
        lists: dict[str, Any] = {slot: tuple(shift(s) for s in getattr(self, slot)) for slot in LISTS}
        singles: dict[str, Any] = {slot: shift(getattr(self, slot)) for slot in SINGLES}
        return self.model_copy(update={"trigger": shift(self.trigger), **lists, **singles})

    def fits(self, text: str) -> bool:
        """Whether every span is what stands there."""
        return all(text[span.start : span.end] == span.text for span in self.spans())


def _shift(distance: int) -> Callable[[Span | None], Span | None]:
    def shift(span: Span | None) -> Span | None:
        if span is None or not distance:
            return span
        return span.model_copy(update={"start": span.start + distance, "end": span.end + distance})

    return shift


def from_record(record: EventRecord) -> Annotation:
    """What there is to judge about a record."""
    when, said = record.when, record.attribution
    time = when.span if when is not None else None
    return Annotation(
        trigger=_span(record.trigger),
        type=record.type,
        mode=record.mode,
        assertion=record.assertion,
        actors=tuple(
            Mention(text=a.text, start=a.start, end=a.end, implicit=a.implicit) for a in record.actors
        ),
        targets=tuple(
            Mention(text=a.text, start=a.start, end=a.end, implicit=a.implicit) for a in record.targets
        ),
        places=tuple(
            PlaceMention(
                text=p.text,
                start=p.start,
                end=p.end,
                relation=p.relation,
                gazetteer_id=p.gazetteer_id,
                name_en=p.name_en,
                admin1=p.admin1,
                country=p.country,
                lat=p.lat,
                lon=p.lon,
            )
            for p in record.places
        ),
        time=time,
        iso=record.time,
        attribution=None if said is None else _span(said),
    )


def _span(span: Span) -> Span:
    return Span(text=span.text, start=span.start, end=span.end)


def differences(one: Annotation, other: Annotation) -> tuple[str, ...]:
    """The slots in which two annotations of one text differ."""
    return tuple(slot for slot in SLOTS if one.value(slot) != other.value(slot))


def relocated(annotation: Annotation, sentence: Span, text: str) -> Annotation | None:
    """An annotation of an earlier state of a text in this one; None where its sentence or its words are not there."""
    distance = displacement(annotation, sentence, text)
    return None if distance is None else annotation.moved(distance)


def displacement(annotation: Annotation, sentence: Span, text: str) -> int | None:
    """How far an annotation of an earlier state of a text has to be moved to stand in this one; None: not at all.

    Args:
        annotation: with the offsets of the earlier text.
        sentence: the sentence of its trigger, with the offset it had.
        text: the text of today.

    The sentence is looked for as it was written; of several the one nearest to where it stood counts.
    """
    if annotation.fits(text):
        return 0
    for at in sorted(_all(text, sentence.text), key=lambda at: abs(at - sentence.start)):
        if annotation.moved(at - sentence.start).fits(text):
            return at - sentence.start
    return None


def _all(text: str, part: str) -> Iterator[int]:
    at = text.find(part) if part else -1
    while at >= 0:
        yield at
        at = text.find(part, at + 1)

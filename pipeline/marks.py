"""What a record says of its sentence, slot by slot: where each stands, and what it was resolved to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.records import Actor, EventRecord, Place, Quantity


@dataclass(frozen=True, slots=True)
class Mark:
    """A filled slot that stands in the text.

    Attributes:
        slot: trigger, actor, target, place, time, said by or count.
        text: as written, ``article[start:end]`` in code points.
        details: what it was resolved to, for people; empty values are left out.
    """

    slot: str
    text: str
    start: int
    end: int
    details: tuple[str, ...]


def marks_of(record: EventRecord) -> list[Mark]:
    """Everything in the record that has a span, in the order in which people ask."""
    trigger, when, said = record.trigger, record.when, record.attribution
    marks = [Mark("trigger", trigger.text, trigger.start, trigger.end, _known(record.action, trigger.lemma))]
    for slot, actors in (("actor", record.actors), ("target", record.targets)):
        marks += [Mark(slot, a.text, a.start, a.end, _actor(a)) for a in actors]
    marks += [Mark("place", p.text, p.start, p.end, _place(p)) for p in record.places]
    if when is not None and when.span is not None:
        marks.append(Mark("time", when.span.text, when.span.start, when.span.end, time_details(record)))
    if said is not None:
        marks.append(Mark("said by", said.text, said.start, said.end, _known(said.cue)))
    marks += [Mark("count", q.text, q.start, q.end, (q.kind, _bounds(q))) for q in record.quantities]
    return marks


def time_details(record: EventRecord) -> tuple[str, ...]:
    """The time of a record, how fine it is and how it is known."""
    when = record.when
    return _known(record.time, when.granularity if when else None, when.method if when else None)


def pieces(marks: Iterable[Mark], start: int, end: int) -> Iterator[tuple[int, int, list[Mark]]]:
    """The half-open span ``start … end`` cut where any mark begins or ends, and the marks over each piece.

    Marks may lie inside and across one another; those over a piece come shortest first, the trigger before its equals.
    """
    within = [m for m in marks if m.start < end and m.end > start]
    edges = {start, end, *(m.start for m in within), *(m.end for m in within)}
    for left, right in pairwise(sorted(e for e in edges if start <= e <= end)):
        over = [m for m in within if m.start <= left and right <= m.end]
        yield left, right, sorted(over, key=lambda m: (m.end - m.start, m.slot != "trigger", m.slot))


def _actor(actor: Actor) -> tuple[str, ...]:
    name = actor.name if actor.name != actor.text else None
    implicit = "unsaid, from context" if actor.implicit else None
    return _known(name, actor.label, actor.role, actor.country, implicit)


def _place(place: Place) -> tuple[str, ...]:
    point = f"{place.lat:.2f}, {place.lon:.2f}" if place.lat is not None and place.lon is not None else None
    off = f"{place.distance_km:g} km" if place.distance_km is not None else None
    precision = place.precision if place.precision not in ("exact", "none") else None
    return _known(place.relation, place.name_en, place.country, point, precision, off)


def _bounds(count: Quantity) -> str:
    low, high = ("?" if bound is None else str(bound) for bound in (count.low, count.high))
    return low if low == high else f"{low}–{high}"


def _known(*values: str | None) -> tuple[str, ...]:
    return tuple(value for value in values if value)

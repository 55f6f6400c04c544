"""A record as its readers check it: the sentence with its trigger and slots marked, and what each was resolved to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.records import Actor, EventRecord, Place

#: Longest piece of a sentence that is shown, in code points; sentences without full stops run to thousands.
_LONGEST = 600
_WEB = re.compile(r"https?://", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the sentence: the slot that it belongs to (None: none), and the slots that end with it."""

    text: str
    slot: str | None
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One filled slot: which, as written, what it was resolved to, and whether it stands in the sentence shown."""

    slot: str
    text: str
    details: tuple[str, ...]
    inside: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record, ready to be shown. ``link`` is the article's address if it is one of the web."""

    record: EventRecord
    pieces: tuple[Piece, ...]
    slots: tuple[Slot, ...]
    link: str | None


@dataclass(frozen=True, slots=True)
class _Mark:
    slot: str
    text: str
    start: int
    end: int
    details: tuple[str, ...]


def build_evidence(record: EventRecord) -> Evidence:
    """The evidence of a record; marks of slots that overlap are cut at each other's ends."""
    marks = _marks(record)
    left, right = _window(record, marks)
    inside = [left <= m.start and m.end <= right for m in marks]
    shown = [m for m, seen in zip(marks, inside, strict=True) if seen]
    slots = [Slot(m.slot, m.text, m.details, seen) for m, seen in zip(marks, inside, strict=True)]
    if record.when is not None and record.when.text is None:
        slots.append(Slot("time", "", _time_details(record), False))
    url = record.article.url
    link = url if url is not None and _WEB.match(url) else None
    return Evidence(record, _pieces(record, shown, left, right), tuple(slots), link)


def _marks(record: EventRecord) -> list[_Mark]:
    trigger = record.trigger
    marks = [_Mark("trigger", trigger.text, trigger.start, trigger.end, (trigger.lemma,))]
    marks += [_Mark("actor", a.text, a.start, a.end, _actor_details(a)) for a in record.actors]
    marks += [_Mark("target", a.text, a.start, a.end, _actor_details(a)) for a in record.targets]
    marks += [_Mark("place", p.text, p.start, p.end, _place_details(p)) for p in record.places]
    when = record.when
    if when is not None and when.text is not None and when.start is not None and when.end is not None:
        marks.append(_Mark("time", when.text, when.start, when.end, _time_details(record)))
    said = record.attribution
    if said is not None:
        marks.append(_Mark("said by", said.text, said.start, said.end, (said.cue,) if said.cue else ()))
    for count in record.quantities:
        low, high = count.low, count.high
        number = (
            f"{low}"
            if low == high
            else f"{low if low is not None else ''}–{high if high is not None else ''}"
        )
        marks.append(_Mark("count", count.text, count.start, count.end, (count.kind, number)))
    return marks


def _actor_details(actor: Actor) -> tuple[str, ...]:
    name = actor.name if actor.name != actor.text else None
    implicit = "unsaid, from context" if actor.implicit else None
    return tuple(d for d in (name, actor.label, actor.role, actor.country, implicit) if d)


def _place_details(place: Place) -> tuple[str, ...]:
    point = f"{place.lat:.2f}, {place.lon:.2f}" if place.lat is not None and place.lon is not None else None
    off = f"{place.distance_km:g} km" if place.distance_km is not None else None
    precision = place.precision if place.precision not in ("exact", "none") else None
    found = (place.relation, place.name_en, place.country, point, precision, off)
    return tuple(d for d in found if d)


def _time_details(record: EventRecord) -> tuple[str, ...]:
    when = record.when
    return tuple(
        d for d in (record.time, when.granularity if when else None, when.method if when else None) if d
    )


def _window(record: EventRecord, marks: list[_Mark]) -> tuple[int, int]:
    """The part of the sentence that is shown: all of it, or what stands around the trigger."""
    start, end = record.sentence.start, record.sentence.end
    if end - start <= _LONGEST:
        return start, end
    room = (_LONGEST - (record.trigger.end - record.trigger.start)) // 2
    left, right = max(start, record.trigger.start - room), min(end, record.trigger.end + room)
    # Not through a word, and not through a slot.
    for mark in marks:
        if mark.start < left < mark.end:
            left = mark.end
        if mark.start < right < mark.end:
            right = mark.start
    text = record.sentence.text
    while left > start and left < record.trigger.start and not text[left - 1 - start].isspace():
        left += 1
    while right < end and right > record.trigger.end and not text[right - start].isspace():
        right -= 1
    return left, right


def _pieces(record: EventRecord, marks: list[_Mark], left: int, right: int) -> tuple[Piece, ...]:
    text, offset = record.sentence.text, record.sentence.start
    edges = sorted({left, right, *(m.start for m in marks), *(m.end for m in marks)})
    pieces = [Piece("… ", None, ())] if left > offset else []
    for start, end in pairwise(edges):
        over = [m for m in marks if m.start <= start and end <= m.end]
        inner = min(over, key=lambda m: (m.end - m.start, m.slot != "trigger"), default=None)
        ends = tuple(dict.fromkeys(m.slot for m in over if m.end == end))
        shown = _SPACES.sub(" ", text[start - offset : end - offset])
        pieces.append(Piece(shown, inner.slot if inner else None, ends))
    if right < record.sentence.end:
        pieces.append(Piece(" …", None, ()))
    return tuple(pieces)

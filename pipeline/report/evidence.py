"""A record as its readers check it: the sentence with its trigger and slots marked, and what each was resolved to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.marks import Mark, marks_of, pieces, time_details
from pipeline.records import EventRecord

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


def build_evidence(record: EventRecord) -> Evidence:
    """The evidence of a record; marks of slots that overlap are cut at each other's ends."""
    marks = marks_of(record)
    left, right = _window(record, marks)
    inside = [left <= m.start and m.end <= right for m in marks]
    shown = [m for m, seen in zip(marks, inside, strict=True) if seen]
    slots = [Slot(m.slot, m.text, m.details, seen) for m, seen in zip(marks, inside, strict=True)]
    if record.when is not None and record.when.text is None:
        slots.append(Slot("time", "", time_details(record), False))
    url = record.article.url
    link = url if url is not None and _WEB.match(url) else None
    return Evidence(record, _pieces(record, shown, left, right), tuple(slots), link)


def _window(record: EventRecord, marks: list[Mark]) -> tuple[int, int]:
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


def _pieces(record: EventRecord, marks: list[Mark], left: int, right: int) -> tuple[Piece, ...]:
    text, offset = record.sentence.text, record.sentence.start
    shown = [Piece("… ", None, ())] if left > offset else []
    for start, end, over in pieces(marks, left, right):
        ends = tuple(dict.fromkeys(m.slot for m in over if m.end == end))
        piece = _SPACES.sub(" ", text[start - offset : end - offset])
        shown.append(Piece(piece, over[0].slot if over else None, ends))
    if right < record.sentence.end:
        shown.append(Piece(" …", None, ()))
    return tuple(shown)

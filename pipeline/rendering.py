"""A record as HTML for notebooks: its sentence with every slot marked, right to left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipeline.records import EventRecord

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Background of each slot; dark text is readable on all of them.
COLOURS = {
    "trigger": "#ffd966", "actor": "#9fc5e8", "target": "#f4b6b6", "place": "#b6d7a8", "time": "#d5c4ec",
    "said by": "#d9d9d9", "how many": "#f9cb9c",
}  # fmt: skip
_BOX = "direction:rtl;text-align:right;font-size:1.1em;line-height:2.4;margin:0 0 1.2em;padding:.6em .8em;" \
       "border:1px solid #ccc;border-radius:.4em;background:#fff;color:#111"  # fmt: skip
_LIST = "margin:.3em 0 0;list-style:none;padding:0"
_LABEL = "font-size:.6em;font-weight:bold;margin:0 .4em"
_SMALL = "font-size:.7em;line-height:1.6;color:#444"


class Html(str):
    """HTML that a notebook shows as such."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class _Mark:
    slot: str
    text: str
    start: int
    end: int
    notes: tuple[str, ...]


def render(events: EventRecord | Iterable[EventRecord] | Doc) -> Html:
    """The sentences of records with trigger, actors, targets, places, time, speaker and quantities marked.

    Args:
        events: a record, records, or a ``Doc`` of :func:`pipeline.load`, whose events are shown.

    Returns:
        One ``<figure>`` a record, without scripts, without anything from elsewhere; text of the article is escaped.
    """
    if isinstance(events, EventRecord):
        return Html(_figure(events))
    extension: Any = getattr(events, "_", None)
    records: Any = events if extension is None else extension.events
    return Html("\n".join(_figure(record) for record in records))


def _figure(record: EventRecord) -> str:
    marks = _marks(record)
    start, end = record.sentence.start, record.sentence.end
    inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
    facts = [record.type, record.mode, record.assertion, record.time, f"{record.confidence:.2f}"]
    head = " · ".join(f"<bdi>{escape(str(fact))}</bdi>" for fact in facts if fact is not None)
    rows = "".join(_row(mark, mark in inside) for mark in marks)
    return (
        f'<figure class="waqai-event" dir="rtl" lang="ar" style="{_BOX}">'
        f'<div dir="ltr" style="{_SMALL};text-align:left"><b>{head}</b></div>'
        f"<div>{_sentence(record, inside)}</div>"
        f'<figcaption style="{_SMALL}"><ul style="{_LIST}">{rows}</ul></figcaption></figure>'
    )


def _row(mark: _Mark, inside: bool) -> str:
    label = (
        f'<span dir="ltr" style="background:{COLOURS[mark.slot]};padding:0 .4em">{escape(mark.slot)}</span>'
    )
    notes = [
        *(note for note in mark.notes if note != mark.text),
        *([] if inside else ["outside the sentence"]),
    ]
    # Each in an isolation of its own: Latin codes and Arabic names do not change each other's places.
    return (
        f"<li>{label} " + " · ".join(f"<bdi>{escape(part)}</bdi>" for part in (mark.text, *notes)) + "</li>"
    )


def _marks(record: EventRecord) -> list[_Mark]:
    """Everything that has a span, in the order in which people ask."""
    trigger, when, said = record.trigger, record.when, record.attribution
    marks = [_Mark("trigger", trigger.text, trigger.start, trigger.end, (record.action,))]
    for slot, actors in (("actor", record.actors), ("target", record.targets)):
        for actor in actors:
            codes = _known(actor.name, actor.country, actor.role, "implicit" if actor.implicit else None)
            marks.append(_Mark(slot, actor.text, actor.start, actor.end, codes))
    for place in record.places:
        at = None if place.lat is None or place.lon is None else f"{place.lat:.3f}, {place.lon:.3f}"
        codes = _known(place.relation, place.name_en, place.country, at, place.precision)
        marks.append(_Mark("place", place.text, place.start, place.end, codes))
    if when is not None and when.text is not None and when.start is not None and when.end is not None:
        marks.append(_Mark("time", when.text, when.start, when.end, _known(record.time, when.method)))
    if said is not None:
        marks.append(_Mark("said by", said.text, said.start, said.end, (said.cue,)))
    for count in record.quantities:
        low, high = ("?" if bound is None else str(bound) for bound in (count.low, count.high))
        shown = f"{count.kind} {low}" if low == high else f"{count.kind} {low}–{high}"
        marks.append(_Mark("how many", count.text, count.start, count.end, (shown,)))
    return marks


def _known(*values: str | None) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def _sentence(record: EventRecord, marks: Sequence[_Mark]) -> str:
    """The sentence, cut where any slot begins or ends; slots may lie inside and across one another."""
    text, base = record.sentence.text, record.sentence.start
    cuts = sorted({0, len(text), *(m.start - base for m in marks), *(m.end - base for m in marks)})
    pieces = []
    for start, end in pairwise(cuts):
        piece = escape(text[start:end])
        over = [m for m in marks if m.start - base <= start and end <= m.end - base]
        # The shortest slot lies innermost and has the ground; those around it keep their line below.
        for depth, mark in enumerate(sorted(over, key=lambda m: (m.end - m.start, m.slot))):
            piece = _mark(mark, piece, inner=depth == 0, last=end == mark.end - base)
        pieces.append(piece)
    return "".join(pieces)


def _mark(mark: _Mark, inside: str, *, inner: bool, last: bool) -> str:
    """One slot around a piece of text. No padding: letters of a word that is cut must go on joining."""
    colour = COLOURS[mark.slot]
    style = f"background:{colour if inner else 'none'};color:inherit;border-bottom:3px solid {colour}"
    label = f'<sup dir="ltr" style="{_LABEL}">{escape(mark.slot)}</sup>' if last else ""
    return f'<mark data-slot="{escape(mark.slot)}" style="{style}">{inside}{label}</mark>'

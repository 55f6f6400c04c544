"""A record as HTML for notebooks: its sentence with every slot marked, right to left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from pipeline.marks import Mark, marks_of, pieces
from pipeline.records import EventRecord

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Background of each slot; dark text is readable on all of them.
COLOURS = {
    "trigger": "#ffd966", "actor": "#9fc5e8", "target": "#f4b6b6", "place": "#b6d7a8", "time": "#d5c4ec",
    "said by": "#d9d9d9", "count": "#f9cb9c",
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
    marks = marks_of(record)
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


def _row(mark: Mark, inside: bool) -> str:
    label = (
        f'<span dir="ltr" style="background:{COLOURS[mark.slot]};padding:0 .4em">{escape(mark.slot)}</span>'
    )
    notes = [
        *(note for note in mark.details if note != mark.text),
        *([] if inside else ["outside the sentence"]),
    ]
    # Each in an isolation of its own: Latin codes and Arabic names do not change each other's places.
    return (
        f"<li>{label} " + " · ".join(f"<bdi>{escape(part)}</bdi>" for part in (mark.text, *notes)) + "</li>"
    )


def _sentence(record: EventRecord, marks: Sequence[Mark]) -> str:
    """The sentence, cut where any slot begins or ends; slots may lie inside and across one another."""
    text, base = record.sentence.text, record.sentence.start
    shown = []
    for start, end, over in pieces(marks, base, base + len(text)):
        piece = escape(text[start - base : end - base])
        # The shortest slot lies innermost and has the ground; those around it keep their line below.
        for depth, mark in enumerate(over):
            piece = _mark(mark, piece, inner=depth == 0, last=end == mark.end)
        shown.append(piece)
    return "".join(shown)


def _mark(mark: Mark, inside: str, *, inner: bool, last: bool) -> str:
    """One slot around a piece of text. No padding: letters of a word that is cut must go on joining."""
    colour = COLOURS[mark.slot]
    style = f"background:{colour if inner else 'none'};color:inherit;border-bottom:3px solid {colour}"
    label = f'<sup dir="ltr" style="{_LABEL}">{escape(mark.slot)}</sup>' if last else ""
    return f'<mark data-slot="{escape(mark.slot)}" style="{style}">{inside}{label}</mark>'

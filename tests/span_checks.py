"""The invariant of every record: a span is the text between its offsets."""

from __future__ import annotations

from pipeline.records import EventRecord


def spans_hold(text: str, record: EventRecord) -> None:
    """Every span of a record is what is written there."""
    spans = [
        record.trigger,
        record.sentence,
        *record.actors,
        *record.targets,
        *record.places,
        *record.quantities,
    ]
    spans += [s for s in (record.when, record.attribution) if s is not None]
    for span in spans:
        if span.start is not None:
            assert text[span.start : span.end] == span.text

"""What annotation tools get: articles with their events in the form of the gold file, from a run or from gold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluate import (
    EvaluationError,
    GoldCount,
    GoldEvent,
    GoldPlace,
    GoldSpan,
    gold_texts,
    modes,
    read_gold,
    read_texts,
)
from pipeline.export import ExportError
from pipeline.outputs import FinishedRun
from pipeline.records import EventRecord


@dataclass(frozen=True, slots=True)
class AnnotatedEvent:
    """One event. ``id`` is that of the record, or ``e1``, ``e2``, … within a gold article, which has no confidence."""

    id: str
    event: GoldEvent
    confidence: float | None = None

    @property
    def type(self) -> str:
        """The PLOVER type of its mode."""
        return type_of(self.event)


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """A text with its events; spans are half-open, in code points of ``text``. ``predicted``: no person made them."""

    id: str
    text: str
    published: str | None
    predicted: bool
    events: tuple[AnnotatedEvent, ...]
    title: str | None = None

    @property
    def sha256(self) -> str:
        """Hex digest of the UTF-8 text."""
        return hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class GoldSource:
    """Gold annotations and where their texts are; stands in for a run where an export is made from gold.

    Attributes:
        events: the gold file or folder.
        articles: ``articles.jsonl`` of a run, or a folder of texts.
    """

    events: Path
    articles: Path

    def documents(self) -> Iterator[AnnotatedArticle]:
        """The articles in the order of the gold.

        Raises:
            ExportError: a file cannot be read, is not gold, or its texts are not those that were annotated.
        """
        try:
            gold = read_gold(self.events)
            texts = gold_texts(gold, read_texts(self.articles))
        except EvaluationError as error:
            raise ExportError(str(error)) from error
        for article, (_, text) in zip(gold, texts, strict=True):
            events = tuple(AnnotatedEvent(f"e{n}", event) for n, event in enumerate(article.events, 1))
            yield AnnotatedArticle(article.article, text, article.published, predicted=False, events=events)


#: What exports are made from.
Source = FinishedRun | GoldSource


def annotated(source: Source) -> Iterator[AnnotatedArticle]:
    """The articles of a run or of gold, with their events.

    Raises:
        ExportError, pipeline.outputs.OutputsError: the source cannot be read.
    """
    if isinstance(source, GoldSource):
        yield from source.documents()
        return
    for article, records in source.documents():
        events = tuple(AnnotatedEvent(r.id, from_record(r), r.confidence) for r in records)
        yield AnnotatedArticle(
            article.id, article.text, article.published, predicted=True, events=events, title=article.title
        )


def from_record(record: EventRecord) -> GoldEvent:
    """A record in the form of the gold file; what else it tells is found by its id."""
    when, said, listed = record.when, record.attribution, modes().get(record.mode)
    time = _span(when.span) if when is not None and when.span is not None else None
    return GoldEvent(
        trigger=_span(record.trigger),
        mode=record.mode,
        type=None if listed is not None and listed.type == record.type else record.type,
        actors=tuple(_span(a) for a in record.actors),
        targets=tuple(_span(t) for t in record.targets),
        places=tuple(
            GoldPlace(text=p.text, start=p.start, end=p.end, relation=p.relation) for p in record.places
        ),
        time=time,
        iso=record.time,
        assertion=record.assertion,
        attributed_to=_span(said) if said is not None else None,
        quantities=tuple(
            GoldCount(text=q.text, start=q.start, end=q.end, kind=q.kind, low=q.low, high=q.high)
            for q in record.quantities
        ),
    )


def _span(part: Any) -> GoldSpan:
    return GoldSpan(text=part.text, start=part.start, end=part.end)


def type_of(event: GoldEvent) -> str:
    """The PLOVER type of an event: its own, else that of its mode in the guide's table."""
    listed = modes().get(event.mode)
    return event.type or (listed.type if listed is not None else "OTHER")


def gold_event(event: GoldEvent) -> dict[str, Any]:
    """An event as the gold file has it; keys that say nothing (``relation``, ``quantities``, ``type``) are left out."""
    places = [p.model_dump() if p.relation else GoldSpan.model_dump(_span(p)) for p in event.places]
    line = event.model_dump(include=set(_KEYS)) | {"places": places}
    gold = {key: line[key] for key in _KEYS}
    if event.quantities:
        gold["quantities"] = [q.model_dump() for q in event.quantities]
    if event.type is not None:
        gold["type"] = event.type
    plain: dict[str, Any] = json.loads(json.dumps(gold))
    return plain


_KEYS = (
    "trigger", "mode", "actors", "targets", "places", "time", "iso", "assertion", "attributed_to", "core",
)  # fmt: skip


def gold_line(
    article: str, text: str, published: str | None, events: Sequence[GoldEvent]
) -> Mapping[str, Any]:
    """An article as a line of a gold file, as a mapping."""
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return {
        "article": article,
        "sha256": digest,
        "published": published,
        "events": [gold_event(e) for e in events],
    }

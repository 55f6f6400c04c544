"""What a report tells, gathered from a run in one pass over its files: bounded, whatever the number of records."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.outputs import FinishedRun, OutputsError
from pipeline.records import EventRecord, Place
from pipeline.report.tally import Extremes, Places, Row, Spot, Tally, ranked

#: Records shown at either end of the scale of confidence.
SHOWN = 100
#: Rows of the tables of actors, pairs and places; points of the map; rejects and clusters that are listed.
ROWS, SPOTS, REJECTS, CLUSTERS = 25, 1500, 50, 15
#: Titles of a cluster that are listed.
TITLES = 5

#: What is said to have happened; negated, planned and hypothetical events are told apart from it.
HAPPENED = ("asserted", "reported")

_RELATIONS = ("in", "to", "from", "near")


@dataclass(frozen=True, slots=True)
class Copies:
    """A cluster of near-duplicate articles: its size, and title and source of the first few, representative first."""

    id: str
    size: int
    articles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """All figures of a report.

    Attributes:
        published: the first and the last day of publication; None where no article has a date.
        located: events that have a place with coordinates.
        timed: events with a time.
        spans: events by time: from, to (local, half-open, ``YYYY-MM-DDTHH:MM``), and whether they are said to have
            happened.
        confidence: events with a confidence of 0.0-0.1, 0.1-0.2, …, 0.9-1.0.
        most, least: the most and the least confident records; none is in both.
        copies: articles that are not the representative of their cluster.
    """

    events: int
    articles: int
    articles_with_events: int
    published: tuple[str, str] | None
    sources: tuple[Row, ...]
    located: int
    timed: int
    spots: tuple[Spot, ...]
    spans: Mapping[tuple[str, str, bool], int]
    types: tuple[Row, ...]
    assertions: tuple[Row, ...]
    confidence: tuple[int, ...]
    actors: tuple[Row, ...]
    targets: tuple[Row, ...]
    pairs: tuple[Row, ...]
    places: tuple[Row, ...]
    rejects_by_kind: tuple[Row, ...]
    rejects: tuple[Mapping[str, Any], ...]
    clusters: int
    copies: int
    largest: tuple[Copies, ...]
    most: tuple[EventRecord, ...]
    least: tuple[EventRecord, ...]


def gather(run: FinishedRun, rejects: Path) -> Digest:
    """Read the outputs of a run.

    Args:
        run: the run; its records and articles are read once each.
        rejects: its ``rejects.jsonl``; a file that is not there counts as empty.

    Raises:
        pipeline.outputs.OutputsError: a line of one of the files is cut or not what it should be.
    """
    types, assertions, actors, targets, pairs = (Tally() for _ in range(5))
    places, extremes = Places(), Extremes(SHOWN)
    spans: Counter[tuple[str, str, bool]] = Counter()
    confidence = [0] * 10
    events = located = 0
    for record in run.records():
        events += 1
        types.add(record.mode, record.type)
        assertions.add(record.mode, record.assertion)
        confidence[min(9, int(record.confidence * 10))] += 1
        extremes.add(record)
        main = main_place(record)
        located += main is not None
        places.add(record, main)
        if record.when is not None and record.when.from_ is not None and record.when.to is not None:
            spans[record.when.from_, record.when.to, record.assertion in HAPPENED] += 1
        ours, theirs = {a.name for a in record.actors}, {t.name for t in record.targets}
        for tally, keys in (
            (actors, {(name,) for name in ours}),
            (targets, {(name,) for name in theirs}),
            (pairs, {(a, t) for a in ours for t in theirs}),
        ):
            for key in keys:
                tally.add(record.mode, *key)
    most, least = extremes.take()
    kinds, listed = _rejects(rejects)
    return Digest(
        events=events,
        located=located,
        timed=sum(spans.values()),
        spots=places.spots(SPOTS),
        spans=dict(sorted(spans.items())),
        types=types.rows(modes=None),
        assertions=assertions.rows(),
        confidence=tuple(confidence),
        actors=actors.rows(ROWS),
        targets=targets.rows(ROWS),
        pairs=pairs.rows(ROWS),
        places=places.rows(ROWS),
        rejects_by_kind=tuple(Row((kind,), count) for kind, count in ranked(kinds)),
        rejects=listed,
        most=most,
        least=least,
        **_articles(run),
    )


def main_place(record: EventRecord) -> Place | None:
    """Where a record is drawn: at its ``place`` if that has coordinates, else at the next that has; or nowhere."""
    ordered = [p for relation in _RELATIONS for p in record.places if p.relation == relation]
    return next((p for p in ordered if p.lat is not None and p.lon is not None), None)


def _articles(run: FinishedRun) -> dict[str, Any]:
    """What the articles of a run tell, under the names of :class:`Digest`."""
    articles = with_events = 0
    sources: Counter[str] = Counter()
    days: set[str] = set()
    sizes: Counter[str] = Counter()
    first: dict[str, list[tuple[bool, str, str]]] = {}
    copies = 0
    for article in run.article_lines():
        articles += 1
        with_events += article.events > 0
        sources[article.source or ""] += 1
        if article.published:
            days.add(article.published[:10])
        if article.cluster is not None:
            copy = not article.cluster.representative
            copies += copy
            sizes[article.cluster.id] += 1
            member = (copy, article.title or article.id, article.source or "")
            first[article.cluster.id] = sorted([*first.get(article.cluster.id, ()), member])[:TITLES]
    largest = [
        Copies(key, size, tuple((title, source) for _, title, source in first[key]))
        for key, size in ranked(sizes)[:CLUSTERS]
    ]
    return {
        "articles": articles,
        "articles_with_events": with_events,
        "published": (min(days), max(days)) if days else None,
        "sources": tuple(Row((name,), count) for name, count in ranked(sources)[:ROWS]),
        "clusters": len(sizes),
        "copies": copies,
        "largest": tuple(largest),
    }


def _rejects(path: Path) -> tuple[Counter[str], tuple[Mapping[str, Any], ...]]:
    """How many rejects there are of each kind, and the first few."""
    kinds: Counter[str] = Counter()
    listed: list[Mapping[str, Any]] = []
    for reject in _json_lines(path):
        kinds[str(reject.get("kind"))] += 1
        if len(listed) < REJECTS:
            listed.append(reject)
    return kinds, tuple(listed)


def _json_lines(path: Path) -> Iterator[Mapping[str, Any]]:
    if not path.exists():
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise OutputsError(f"{path}:{number}: not valid JSON: {error}") from error
            if not isinstance(value, dict):
                raise OutputsError(f"{path}:{number}: a JSON object is expected")
            yield value

"""How far annotators agree: Krippendorff's alpha for what they choose, F1 for the spans they mark.

A unit is a record that two or more annotators judged. Whether it is an event at all is one variable; type, mode and
assertion are compared among those who hold that it is one, so a rejection is missing there and not a value of its own.
Spans are compared pair by pair: exactly, and by the scoring rule of the annotation guide (half of the words of the
shorter one). Adjudicators are no annotators here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pipeline.evaluation.matching import match_slot
from pipeline.fields import Span
from pipeline.review.alpha import alpha, interval
from pipeline.review.annotation import LISTS, Annotation
from pipeline.review.queries import added, opinions
from pipeline.review.store import Store
from pipeline.review.verdict import counts, held

#: What alpha is computed for; ``event`` is whether the record is an event at all.
CHOICES = ("event", "type", "mode", "assertion")
SPANS = ("trigger", *LISTS, "time", "attribution")


@dataclass(frozen=True, slots=True)
class Alpha:
    """Alpha of one variable, with its 95 % interval where one can be told.

    ``units``: records with two values or more. ``equal``: the share of pairs of values that are equal.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    units: int
    equal: float | None


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """F1 of a slot between pairs of annotators, over records that both hold to be events.

    ``spans``: spans of both sides; the F1 values are None where there are none.
    """

    slot: str
    exact: float | None
    words: float | None
    spans: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was found.

    Attributes:
        annotators: with the number of records that each judged.
        shared: records that two or more judged.
        pairs: pairs of annotators on a record, both holding that it is an event: what the spans rest on.
        disputed: records on which they differ in any slot.
        added: added events by how many annotators have them: (by one, by two or more).
    """

    annotators: Mapping[str, int]
    shared: int
    pairs: int
    disputed: int
    alphas: tuple[Alpha, ...]
    spans: tuple[SpanAgreement, ...]
    added: tuple[int, int]

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain data, null where undefined, four decimals."""

        def short(value: float | None) -> float | None:
            return None if value is None else round(value, 4)

        return {
            "annotators": dict(self.annotators),
            "records_shared": self.shared,
            "event_pairs": self.pairs,
            "records_disputed": self.disputed,
            "alpha": {
                a.name: {
                    "value": short(a.value),
                    "low": short(a.low),
                    "high": short(a.high),
                    "units": a.units,
                    "equal": short(a.equal),
                }
                for a in self.alphas
            },
            "spans": {
                s.slot: {"exact_f1": short(s.exact), "words_f1": short(s.words), "spans": s.spans}
                for s in self.spans
            },
            "added": {"by_one": self.added[0], "by_more": self.added[1]},
        }


def agreement(
    store: Store, *, annotators: Sequence[str] = (), samples: int = 1000, seed: int = 0
) -> Agreement:
    """How far annotators agree.

    Args:
        store: records and decisions; opened with a sample, the records of that sample only.
        annotators: whose judgements; by default everybody's.
        samples: bootstrap samples of records behind the intervals; 0 for none.
        seed: of the bootstrap.
    """
    judged: dict[str, int] = defaultdict(int)
    units: list[dict[str, Annotation | None]] = []
    for unit in _units(store, frozenset(annotators)):
        for name in unit:
            judged[name] += 1
        if len(unit) > 1:
            units.append(unit)
    alphas = tuple(_alpha(name, units, samples, seed) for name in CHOICES)
    pairs = [
        (one, other)
        for unit in units
        for one, other in combinations((a for a in unit.values() if a is not None), 2)
    ]
    return Agreement(
        annotators=dict(sorted(judged.items())),
        shared=len(units),
        pairs=len(pairs),
        disputed=sum(len({a and a.fingerprint() for a in unit.values()}) > 1 for unit in units),
        alphas=alphas,
        spans=tuple(_spans(slot, pairs) for slot in SPANS),
        added=_added(store, frozenset(annotators)),
    )


def _units(store: Store, wanted: frozenset[str]) -> list[dict[str, Annotation | None]]:
    """For each judged record, by annotator, what they hold to be true (None: no event)."""
    joined = "JOIN state.chosen USING (record)" if store.sampled else ""
    rows = store.index.db.execute(
        f"SELECT DISTINCT record, n, records.article FROM state.standing {joined} "
        "JOIN records ON records.id = standing.record WHERE role = 'annotator' ORDER BY n"
    ).fetchall()
    units = []
    for record, _, article_id in rows:
        article = store.index.article(article_id)
        text = "" if article is None else article.text
        unit: dict[str, Annotation | None] = {}
        for opinion in opinions(store, record):
            if (
                opinion.role != "annotator"
                or not counts(opinion)
                or (wanted and opinion.annotator not in wanted)
            ):
                continue
            annotation = held(opinion.decision, text)
            if annotation is not None or opinion.decision.after is None:
                unit[opinion.annotator] = annotation
        if unit:
            units.append(unit)
    return units


def _alpha(name: str, units: Sequence[Mapping[str, Annotation | None]], samples: int, seed: int) -> Alpha:
    values = [_values(name, unit) for unit in units]
    within = interval(values, samples=samples, seed=seed)
    pairs = [one == other for unit in values for one, other in combinations(unit, 2)]
    return Alpha(
        name,
        alpha(values),
        None if within is None else within[0],
        None if within is None else within[1],
        sum(len(unit) > 1 for unit in values),
        sum(pairs) / len(pairs) if pairs else None,
    )


def _values(name: str, unit: Mapping[str, Annotation | None]) -> list[str]:
    if name == "event":
        return ["none" if a is None else "event" for a in unit.values()]
    return [str(getattr(a, name)) for a in unit.values() if a is not None]


def _marked(annotation: Annotation, slot: str) -> list[Span]:
    content = getattr(annotation, slot)
    if slot in LISTS:
        return list(content)
    return [] if content is None else [content]


def _spans(slot: str, pairs: Sequence[tuple[Annotation, Annotation]]) -> SpanAgreement:
    total = exact = words = 0
    for one, other in pairs:
        ours, theirs = _marked(one, slot), _marked(other, slot)
        total += len(ours) + len(theirs)
        exact += len({(s.start, s.end) for s in ours} & {(s.start, s.end) for s in theirs})
        words += len(match_slot([s.text for s in ours], [s.text for s in theirs]))
    if not total:
        return SpanAgreement(slot, None, None, 0)
    return SpanAgreement(slot, 2 * exact / total, 2 * words / total, total)


def _added(store: Store, wanted: frozenset[str]) -> tuple[int, int]:
    """Added events of one annotator and of several: of one article, of one mode, with triggers that overlap."""
    groups: list[tuple[str, Annotation, set[str]]] = []
    for opinion in added(store):
        annotation, where = opinion.decision.after, opinion.decision.where
        skipped = opinion.role != "annotator" or (wanted and opinion.annotator not in wanted)
        if annotation is None or where is None or skipped:
            continue
        for article, known, names in groups:
            if article == where.article and same_event(known, annotation):
                names.add(opinion.annotator)
                break
        else:
            groups.append((where.article, annotation, {opinion.annotator}))
    return sum(len(names) == 1 for *_, names in groups), sum(len(names) > 1 for *_, names in groups)


def same_event(one: Annotation, other: Annotation) -> bool:
    """Whether two annotations of one article are of one mention: the same mode, and triggers that overlap."""
    ours, theirs = one.trigger, other.trigger
    return one.mode == other.mode and ours.start < theirs.end and theirs.start < ours.end

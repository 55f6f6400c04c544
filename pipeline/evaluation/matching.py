"""Which record is which gold event: the one-to-one matching of the scoring rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.evaluation.articles import Case
from pipeline.evaluation.gold import EvaluationError, GoldArticle, GoldEvent, modes
from pipeline.evaluation.words import count_words, share
from pipeline.records import EventRecord

#: Triggers that do not overlap may have this many words between them.
NEAR = 3
# A pair more beats any preference among pairs; the preferences are in order of weight.
_PAIR = 1_000_000.0
_SAME_TYPE, _SAME_MODE, _SAME_SPAN, _CORE = 4000.0, 2000.0, 1000.0, 500.0


@dataclass(frozen=True, slots=True)
class Match:
    """Gold event ``gold`` and record ``record`` (indexes into the case) are one.

    ``near``: their triggers do not overlap.
    """

    gold: int
    record: int
    near: bool


def assign(weights: Mapping[tuple[int, int], float]) -> tuple[tuple[int, int], ...]:
    """The one-to-one pairs with the greatest sum of weights, in order.

    Args:
        weights: positive weights of the allowed pairs.
    """
    if not weights:
        return ()
    rows = sorted({i for i, _ in weights})
    columns = sorted({j for _, j in weights})
    row_of = {i: n for n, i in enumerate(rows)}
    column_of = {j: n for n, j in enumerate(columns)}
    matrix = np.zeros((len(rows), len(columns)))
    for (i, j), weight in weights.items():
        matrix[row_of[i], column_of[j]] = weight
    chosen = zip(*linear_sum_assignment(matrix, maximize=True), strict=True)
    return tuple((rows[i], columns[j]) for i, j in chosen if matrix[i, j] > 0)


def event_type(event: GoldEvent, article: GoldArticle, records: Sequence[EventRecord]) -> str:
    """The PLOVER type of a gold event: its own, that of the guide's table, or that of records of its mode.

    Raises:
        EvaluationError: the mode is in none of them.
    """
    if event.type is not None:
        return event.type
    row = modes().get(event.mode)
    if row is not None:
        return row.type
    for record in records:
        if record.mode == event.mode:
            return record.type
    raise EvaluationError(
        f"{article.article}: the mode {event.mode!r} is not in the annotation guide; give the event a «type» of its own"
    )


def match_events(case: Case) -> tuple[Match, ...]:
    """The matches of an article: as many overlapping pairs as possible, then as many near ones.

    A near pair has at most :data:`NEAR` words and no trigger of any gold event or record between its triggers,
    and its types agree. Where there is a choice, agreement in type, then in mode, then in the trigger's
    span decides, then core events come before others; so the result is the same on every run.
    """
    gold, records = case.gold.events, case.records
    types = [event_type(event, case.gold, records) for event in gold]

    def preference(i: int, j: int) -> float:
        event, record = gold[i], records[j]
        same_span = (event.trigger.start, event.trigger.end) == (record.trigger.start, record.trigger.end)
        return (
            _SAME_TYPE * (types[i] == record.type)
            + _SAME_MODE * (event.mode == record.mode)
            + _SAME_SPAN * same_span
            + _CORE * event.core
        )

    overlapping = {
        (i, j): _PAIR + preference(i, j)
        for i, event in enumerate(gold)
        for j, record in enumerate(records)
        if event.trigger.start < record.trigger.end and record.trigger.start < event.trigger.end
    }
    first = assign(overlapping)
    used_gold, used_records = {i for i, _ in first}, {j for _, j in first}
    near = {
        (i, j): _PAIR + preference(i, j) - distance
        for i in range(len(gold))
        if i not in used_gold
        for j in range(len(records))
        if j not in used_records and types[i] == records[j].type
        if (distance := _distance(case, i, j)) is not None
    }
    second = assign(near)
    matches = [Match(i, j, near=False) for i, j in first] + [Match(i, j, near=True) for i, j in second]
    return tuple(sorted(matches, key=lambda m: (m.gold, m.record)))


def _distance(case: Case, i: int, j: int) -> int | None:
    """Words between the two triggers, or None when they overlap, stand too far apart or have a trigger between them."""
    ours, theirs = case.gold.events[i].trigger, case.records[j].trigger
    start, end = min(ours.end, theirs.end), max(ours.start, theirs.start)
    # No four words are that long: what is farther is not worth counting.
    if start > end or end - start > 200:
        return None
    others = [(e.trigger.start, e.trigger.end) for n, e in enumerate(case.gold.events) if n != i]
    others += [(r.trigger.start, r.trigger.end) for n, r in enumerate(case.records) if n != j]
    if any(start <= left and right <= end for left, right in others):
        return None
    words = count_words(case.text[start:end])
    return words if words <= NEAR else None


def match_slot(gold: Sequence[str], found: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The right fillers of a slot: as many one-to-one pairs as possible that share half of the shorter's words."""
    return assign(
        {
            (i, j): 10.0 + overlap
            for i, ours in enumerate(gold)
            for j, theirs in enumerate(found)
            if (overlap := share(ours, theirs)) >= 0.5
        }
    )

"""Counts into figures: scores with intervals, and the tables by mode and by article."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.evaluation.counts import COUNTED, SLOTS, VALUES, Outcome

#: With fewer articles than this their sentences are resampled instead.
ARTICLES_ENOUGH = 10
Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Report:
    """What an evaluation found.

    Attributes:
        scores: by measure («event.f1», «actors.recall», «type.accuracy», «assertion.macro_f1»): ``value``, ``low`` and
            ``high`` (bootstrap, 95 %), ``gold``, ``found``, ``hit``. NaN where there is nothing to score.
        by_mode: ``right`` counts matches of equal mode, ``matched`` gold events of the mode matched by any record.
        by_article: the same by article, with the F1 of each slot.
        outcomes: the matched and unmatched mentions behind the figures.
        merge_reported: whether asserted and reported counted as one.
        unit: what the bootstrap resampled: ``article`` or ``sentence``.
        units: how many of them.
        samples: bootstrap samples.
        seed: of the bootstrap.
        left_out: records of articles that the gold does not have.
    """

    scores: pd.DataFrame
    by_mode: pd.DataFrame
    by_article: pd.DataFrame
    outcomes: tuple[Outcome, ...]
    merge_reported: bool
    unit: str
    units: int
    samples: int
    seed: int
    left_out: int

    def score(self, measure: str) -> float | None:
        """The value of a measure, 0..1; None where there was nothing to score.

        Raises:
            KeyError: there is no such measure.
        """
        value = float(self.scores.loc[measure, "value"])
        return None if np.isnan(value) else value

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain data: JSON types only, null where undefined, four decimals."""
        return {
            "articles": len(self.outcomes),
            "records_left_out": self.left_out,
            "merge_reported": self.merge_reported,
            "bootstrap": {
                "unit": self.unit,
                "units": self.units,
                "samples": self.samples,
                "seed": self.seed,
            },
            "scores": json.loads(self.scores.to_json(orient="index", double_precision=4)),
            "by_mode": json.loads(self.by_mode.reset_index().to_json(orient="records", double_precision=4)),
            "by_article": json.loads(
                self.by_article.reset_index().to_json(orient="records", double_precision=4)
            ),
        }

    def to_json(self) -> str:
        """The figures as indented JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"


def build_report(
    outcomes: Sequence[Outcome], *, merge_reported: bool, samples: int, seed: int, left_out: int
) -> Report:
    """The report of scored articles."""
    by_article = len(outcomes) >= ARTICLES_ENOUGH
    units = [o.total for o in outcomes] if by_article else [c for o in outcomes for c in o.counts if c]
    counts = _matrix(units)
    totals = _columns(counts.sum(axis=0, keepdims=True))
    scores = pd.DataFrame({"value": {name: float(v[0]) for name, v in _measures(totals).items()}})
    scores.index.name = "measure"
    scores["low"], scores["high"] = _intervals(counts, samples, seed)
    for part in ("gold", "found", "hit"):
        scores[part] = [int(totals[f"{name.partition('.')[0]}.{part}"][0]) for name in scores.index]
    return Report(
        scores=scores,
        by_mode=_by_mode(outcomes),
        by_article=_by_article(outcomes),
        outcomes=tuple(outcomes),
        merge_reported=merge_reported,
        unit="article" if by_article else "sentence",
        units=len(units),
        samples=samples,
        seed=seed,
        left_out=left_out,
    )


_KEYS = tuple(f"{name}.{part}" for name in COUNTED for part in ("gold", "found", "hit"))


def _matrix(units: Sequence[Counter[str]]) -> Array:
    return np.array([[unit[key] for key in _KEYS] for unit in units], dtype=np.float64).reshape(
        -1, len(_KEYS)
    )


def _columns(totals: Array) -> dict[str, Array]:
    return {key: totals[:, n] for n, key in enumerate(_KEYS)}


def _ratio(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _f1(counts: dict[str, Array], name: str) -> Array:
    return _ratio(2 * counts[f"{name}.hit"], counts[f"{name}.gold"] + counts[f"{name}.found"])


def _measures(counts: dict[str, Array]) -> dict[str, Array]:
    """Every measure of every row of counts (one row a bootstrap sample)."""
    measures: dict[str, Array] = {}
    for name in ("event", *SLOTS, "time", "attribution"):
        measures[f"{name}.precision"] = _ratio(counts[f"{name}.hit"], counts[f"{name}.found"])
        measures[f"{name}.recall"] = _ratio(counts[f"{name}.hit"], counts[f"{name}.gold"])
        measures[f"{name}.f1"] = _f1(counts, name)
    for name in ("type", "mode", "assertion"):
        measures[f"{name}.accuracy"] = _ratio(counts[f"{name}.hit"], counts[f"{name}.gold"])
    measures["assertion.macro_f1"] = _macro_f1(counts)
    return measures


def _macro_f1(counts: dict[str, Array]) -> Array:
    """The mean F1 of the assertion values that occur in the gold or in the records."""
    values = np.stack([_f1(counts, f"={value}") for value in VALUES])
    known = ~np.isnan(values)
    return _ratio(np.where(known, values, 0.0).sum(axis=0), known.sum(axis=0).astype(np.float64))


def _intervals(counts: Array, samples: int, seed: int) -> tuple[list[float], list[float]]:
    """The 2.5th and 97.5th percentile of every measure over resampled units; NaN without samples or units."""
    if samples < 1 or len(counts) == 0:
        unknown = [float("nan")] * len(_measures(_columns(np.zeros((1, len(_KEYS))))))
        return unknown, list(unknown)
    draws = np.random.default_rng(seed).multinomial(
        len(counts), [1 / len(counts)] * len(counts), size=samples
    )
    measures = _measures(_columns(draws.astype(np.float64) @ counts))
    low, high = [], []
    for values in measures.values():
        known = values[~np.isnan(values)]
        low.append(float(np.percentile(known, 2.5)) if len(known) else float("nan"))
        high.append(float(np.percentile(known, 97.5)) if len(known) else float("nan"))
    return low, high


def _by_mode(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    matched: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for outcome in outcomes:
        gold.update(event.mode for event in outcome.misses)
        found.update(record.mode for record in outcome.false_alarms)
        for pair in outcome.pairs:
            gold[pair.event.mode] += 1
            matched[pair.event.mode] += 1
            found[pair.record.mode] += 1
            right[pair.event.mode] += pair.event.mode == pair.record.mode
    modes = sorted({*gold, *found}, key=lambda mode: (-gold[mode], -found[mode], mode))
    table = pd.DataFrame(
        {
            "gold": [gold[m] for m in modes],
            "found": [found[m] for m in modes],
            "matched": [matched[m] for m in modes],
            "right": [right[m] for m in modes],
        },
        index=pd.Index(modes, name="mode"),
        dtype="int64",
    )
    table["precision"] = table["right"] / table["found"].where(table["found"] > 0)
    table["recall"] = table["right"] / table["gold"].where(table["gold"] > 0)
    table["f1"] = 2 * table["right"] / (table["gold"] + table["found"])
    return table


def _by_article(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    totals = _columns(_matrix([o.total for o in outcomes]))
    measures = _measures(totals)
    table = pd.DataFrame(
        {part: totals[f"event.{part}"].astype("int64") for part in ("gold", "found", "hit")},
        index=pd.Index([o.case.article_id for o in outcomes], name="article"),
    )
    for part in ("precision", "recall", "f1"):
        table[part] = measures[f"event.{part}"]
    for name in (*SLOTS, "time"):
        table[name] = measures[f"{name}.f1"]
    table["type"], table["assertion"] = measures["type.accuracy"], measures["assertion.accuracy"]
    return table

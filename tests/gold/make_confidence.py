"""Fit the weights and bins of ``confidence.yaml`` to records that were read by hand.

``readings.tsv`` has one record a line: where it comes from (``news``: a random record of random newspaper articles,
judged by a reader who knew neither rules nor code; ``mended``: the same, but rules were mended from it since, so that
it counts for the weights and not for the shares; ``dev``: a record of the development articles, judged by their gold),
whether it was right in event, type and actor (1, 0, or 0.5 where careful readers may differ), and what spoke for
and against it (:func:`pipeline.events.confidence.signs`), set apart by ``|``.

Command: ``python tests/gold/make_confidence.py``; it prints the reliability table and rewrites the file.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

READINGS = Path(__file__).with_name("readings.tsv")
OUT = Path(__file__).parents[2] / "pipeline/knowledge/data/confidence.yaml"
#: Evidence seen in fewer records than this tells nothing.
LEAST = 15
BINS = 5
#: Points to the unit of log odds.
SCALE = 10


@dataclass(frozen=True)
class Reading:
    """One record that was read: where, how right (0, 0.5, 1), and its evidence."""

    place: str
    right: float
    signs: tuple[str, ...]


def read(path: Path = READINGS) -> list[Reading]:
    """The readings of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [Reading(r["place"], float(r["right"]), tuple(r["signs"].split("|"))) for r in rows]


def fit(readings: Sequence[Reading]) -> dict[str, int]:
    """Points by evidence: the weights of a logistic regression, in tenths, those that round to nothing left out."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    counts = Counter(s for r in readings for s in r.signs)
    names = sorted(s for s, n in counts.items() if n >= LEAST)
    rows, verdicts, weights = [], [], []
    for reading in readings:
        row = [float(name in reading.signs) for name in names]
        for verdict, weight in ((1, reading.right), (0, 1 - reading.right)):
            if weight:
                rows.append(row)
                verdicts.append(verdict)
                weights.append(weight)
    model = LogisticRegression(C=0.2, max_iter=5000).fit(rows, verdicts, sample_weight=weights)
    points = {name: round(SCALE * float(w)) for name, w in zip(names, model.coef_[0], strict=True)}
    return {name: value for name, value in points.items() if value}


def unseen(readings: Sequence[Reading]) -> list[Reading]:
    """The readings without those that rules were mended from since: newspaper records of their own, and ``dev``."""
    return [r for r in readings if r.place != "mended"]


def bins(readings: Sequence[Reading], weights: dict[str, int]) -> list[tuple[int, float, int]]:
    """(lowest points, share right, records) of bins of about equal size, ascending."""
    scored = sorted((sum(weights.get(s, 0) for s in r.signs), r.right) for r in readings)
    edges = sorted({scored[len(scored) * k // BINS][0] for k in range(1, BINS)})
    found: list[tuple[int, float, int]] = []
    for low, high in zip([scored[0][0], *edges], [*edges, scored[-1][0] + 1], strict=True):
        own = [right for points, right in scored if low <= points < high]
        if own:
            found.append((low, sum(own) / len(own), len(own)))
    return found


def main() -> None:
    """Fits, prints the reliability table by place, and rewrites ``confidence.yaml``."""
    readings = read()
    weights = fit(readings)
    table = bins(unseen(readings), weights)
    lines = [
        "# The confidence of a record is the share of records with as many points of evidence whose event, type and",
        "# actor were right. Made by tests/gold/make_confidence.py from tests/gold/readings.tsv; do not edit by hand.",
        f"source: tests/gold/readings.tsv, {len(readings)} records (pipeline/events/confidence.py)",
        "weights:",
        *(f"  {name}: {value}" for name, value in sorted(weights.items(), key=lambda w: (w[1], w[0]))),
        "bins:",
        *(f"  - {{points: {low}, right: {right:.2f}, records: {count}}}" for low, right, count in table),
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for place in sorted({r.place for r in readings}):
        own = [r for r in readings if r.place == place]
        for number, (low, right, _) in enumerate(table):
            high = table[number + 1][0] if number + 1 < len(table) else 10**6
            inside = [r.right for r in own if low <= sum(weights.get(s, 0) for s in r.signs) < high]
            share = sum(inside) / len(inside) if inside else float("nan")
            print(f"{place}\tsays {right:.2f}\tis {share:.2f}\t{len(inside)} records")


if __name__ == "__main__":
    main()

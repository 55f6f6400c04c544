"""Stratified samples of records, and what their judgements say about all of them.

Each record of a stratum has the same chance; a record's weight is how many records it stands for. Shares are ratio
estimates over the strata, with finite-population correction (W. G. Cochran, «Sampling Techniques», 3rd ed., chapters 5
and 6); intervals are Wilson's, with the sample size that would give the same variance without strata (E. Korn and
B. Graubard, 1998), so they hold at shares near 0 and 1 too.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from pipeline.fields import Part
from pipeline.review.annotation import differences
from pipeline.review.decisions import Where
from pipeline.review.index import RecordIndex
from pipeline.review.queries import judged, opinions
from pipeline.review.store import Store
from pipeline.review.verdict import Verdict, settle

#: What may be stratified by.
STRATA = ("type", "mode", "assertion", "country", "confidence")
#: Records of a stratum that are drawn at least: a variance needs two.
LEAST = 2
_Z = 1.959963984540054
#: What is estimated of the records that are events: whether the extractor has the slot as the annotator has it.
SLOTS = ("type", "mode", "assertion", "actors", "targets", "places", "iso", "attribution")


class SampleError(Exception):
    """A sample that cannot be drawn or read. The message is one line."""


class Stratum(Part):
    """One stratum: how many records it has, and how many were drawn."""

    name: str
    records: int = Field(ge=1)
    drawn: int = Field(ge=0)


class SampleItem(Part):
    """A record that was drawn. ``weight``: how many records it stands for."""

    record: str
    mode: str
    stratum: str
    weight: float
    where: Where


class Sample(Part):
    """A sample: a file that is made once and never changes.

    Attributes:
        by: what the strata were made by.
        seed: equal outputs and seed give an equal sample.
        records: how many records there were.
        items: what was drawn, in the order in which it is reviewed.
    """

    sample_version: Literal[1] = 1
    by: tuple[str, ...]
    seed: int
    records: int
    strata: tuple[Stratum, ...]
    items: tuple[SampleItem, ...]


def draw(index: RecordIndex, *, size: int, by: Sequence[str] = ("type",), seed: int = 0) -> Sample:
    """Draw a sample: each stratum its share of the size, and at least :data:`LEAST` records.

    Raises:
        SampleError: there are no records, or too many strata for this size.
    """
    strata = _strata(index, by)
    total = sum(len(ids) for ids in strata.values())
    if not total:
        raise SampleError("there are no records to draw from")
    shares = _shares({name: len(ids) for name, ids in strata.items()}, min(size, total))
    chooser = random.Random(seed)
    chosen = [
        (name, record) for name in sorted(strata) for record in chooser.sample(strata[name], shares[name])
    ]
    chooser.shuffle(chosen)
    items = []
    for name, record in chosen:
        full = index.record(record)
        assert full is not None
        where = Where.model_validate(
            {
                "article": full.article.id,
                "sha256": full.article.sha256,
                "trigger": full.trigger.model_dump(include={"text", "start", "end"}),
                "sentence": full.sentence.model_dump(include={"text", "start", "end"}),
            }
        )
        weight = round(len(strata[name]) / shares[name], 6)
        items.append(SampleItem(record=record, mode=full.mode, stratum=name, weight=weight, where=where))
    return Sample(
        by=tuple(by),
        seed=seed,
        records=total,
        strata=tuple(Stratum(name=n, records=len(strata[n]), drawn=shares[n]) for n in sorted(strata)),
        items=tuple(items),
    )


def _strata(index: RecordIndex, by: Sequence[str]) -> dict[str, list[str]]:
    unknown = [name for name in by if name not in STRATA]
    if unknown:
        raise SampleError(f"no strata by {unknown[0]!r}: one of {', '.join(STRATA)}")
    columns = ", ".join(dict.fromkeys(by)) or "''"
    strata: dict[str, list[str]] = defaultdict(list)
    for record, *values in index.db.execute(f"SELECT id, {columns} FROM records ORDER BY n"):
        strata[" / ".join("–" if value is None else str(value) for value in values)].append(record)
    return strata


def _shares(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many records of each stratum: its share of the size, by the largest remainders, never below the least."""
    shares = {name: min(LEAST, records) for name, records in sizes.items()}
    left = size - sum(shares.values())
    if left < 0:
        raise SampleError(
            f"{len(sizes)} strata need a sample of {sum(shares.values())} records at least: "
            "draw more, or stratify by less"
        )
    total = sum(sizes.values())
    wanted = {name: size * records / total for name, records in sizes.items()}
    for _ in range(left):
        open_ones = [name for name in sizes if shares[name] < sizes[name]]
        name = max(open_ones, key=lambda n: (wanted[n] - shares[n], n))
        shares[name] += 1
    return shares


def read_sample(path: Path) -> Sample:
    """A sample from its file.

    Raises:
        SampleError: it is missing or no sample.
    """
    try:
        return Sample.model_validate_json(path.read_bytes())
    except OSError as error:
        raise SampleError(f"{path}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise SampleError(f"{path}: not a sample of «waqai sample»: {error.errors()[0]['msg']}") from error


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of all records, with its 95 % interval. ``sample``: judged records that it rests on."""

    name: str
    value: float
    low: float
    high: float
    sample: int


@dataclass(frozen=True, slots=True)
class Estimates:
    """What a sample says.

    Attributes:
        measures: ``event`` (share of records that are events), ``exact`` (right in every slot), and for the slots the
            share of the events in which the extractor has them as the annotators have.
        judged: records of the sample with a verdict; ``disputed`` and ``open`` are the others.
        unseen: strata without any verdict, which the shares leave out.
    """

    measures: tuple[Estimate, ...]
    judged: int
    disputed: int
    open: int
    unseen: tuple[str, ...]


def estimate(sample: Sample, store: Store, *, annotator: str | None = None) -> Estimates:
    """Estimate precision from the judgements on a sample.

    Args:
        store: opened with the items of the sample.
        annotator: whose judgements; by default all, as adjudicated or agreed.
    """
    verdicts = _verdicts(sample, store, annotator)
    settled = [(s, v, machine) for s, v, machine in verdicts if v.outcome in ("event", "none")]
    sizes = {stratum.name: stratum.records for stratum in sample.strata}
    rows: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    for stratum, verdict, machine in settled:
        is_event = verdict.outcome == "event"
        wrong = differences(machine, verdict.annotation) if verdict.annotation is not None else ()
        rows["event"].append((stratum, float(is_event), 1.0))
        rows["exact"].append((stratum, float(is_event and not wrong), 1.0))
        for slot in SLOTS:
            rows[slot].append((stratum, float(is_event and slot not in wrong), float(is_event)))
    return Estimates(
        measures=tuple(e for name, found in rows.items() if (e := share(name, found, sizes)) is not None),
        judged=len(settled),
        disputed=sum(v.outcome == "dispute" for _, v, _ in verdicts),
        open=sum(v.outcome == "open" for _, v, _ in verdicts),
        unseen=tuple(sorted(set(sizes) - {stratum for stratum, _, _ in settled})),
    )


def _verdicts(sample: Sample, store: Store, annotator: str | None) -> list[tuple[str, Verdict, Any]]:
    found: list[tuple[str, Verdict, Any]] = []
    for place, item in enumerate(sample.items):
        row = store.index.db.execute("SELECT record FROM state.chosen WHERE place = ?", (place,)).fetchone()
        what = judged(store, row[0]) if row is not None else None
        article = store.index.article(item.where.article)
        if what is None or article is None:
            found.append((item.stratum, Verdict("open"), None))
            continue
        held = [o for o in opinions(store, what.id) if annotator in (None, o.annotator)]
        found.append((item.stratum, settle(held, article.text), what.annotation))
    return found


def share(name: str, rows: Sequence[tuple[str, float, float]], sizes: Mapping[str, int]) -> Estimate | None:
    """The ratio of two totals over strata, with its interval; None where the lower total is nothing.

    Args:
        rows: (stratum, value above, value below) of each record that was judged.
        sizes: records of each stratum.
    """
    strata: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for stratum, above, below in rows:
        strata[stratum].append((above, below))
    over = sum(sizes[s] / len(v) * sum(a for a, _ in v) for s, v in strata.items())
    under = sum(sizes[s] / len(v) * sum(b for _, b in v) for s, v in strata.items())
    if under <= 0:
        return None
    value = over / under
    variance = sum(_variance(sizes[s], [a - value * b for a, b in v]) for s, v in strata.items()) / under**2
    number = sum(1 for _, _, below in rows if below)
    # Without any variance (all right, or all wrong) the weights alone say how much the sample is worth.
    spread = sum(
        (sizes[s] * sum(b for _, b in v) / len(v)) ** 2 / max(sum(b for _, b in v), 1)
        for s, v in strata.items()
    )
    effective = value * (1 - value) / variance if variance > 0 and 0 < value < 1 else under**2 / spread
    low, high = wilson(value, max(1.0, effective))
    return Estimate(name, value, low, high, number)


def _variance(population: int, residuals: Sequence[float]) -> float:
    """Variance of an estimated stratum total."""
    n = len(residuals)
    if n < 2:
        return 0.0
    mean = sum(residuals) / n
    spread = sum((r - mean) ** 2 for r in residuals) / (n - 1)
    return population**2 * (1 - n / population) * spread / n


def wilson(share: float, size: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share in a sample of this size."""
    square = _Z * _Z / size
    middle = (share + square / 2) / (1 + square)
    half = _Z / (1 + square) * math.sqrt(share * (1 - share) / size + square / (4 * size))
    # The bounds hold the share itself whatever rounding does.
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))

"""How sure a record is: evidence points, and for each number of points the share of right records on gold."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from pipeline.events.slots import Filled
from pipeline.knowledge.load import Entry, Fault, KnowledgeError, data_path, read_yaml, validate


class Bin(Entry):
    """One bin of the calibration: from this many points on, this share of gold-checked records was right."""

    points: str
    right: str
    records: str


class Calibration(Entry):
    """The content of ``data/confidence.yaml``: where the figures come from, and at most five bins, ascending."""

    source: str
    bins: tuple[Bin, ...] = Field(min_length=1, max_length=5)


@lru_cache(maxsize=1)
def load_calibration() -> tuple[tuple[int, float], ...]:
    """(lowest points, confidence) per bin, ascending.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    path = data_path("confidence.yaml")
    data, lines = read_yaml(path)
    faults: list[Fault] = []
    found = validate(Calibration, data, path.name, lines.get((), 1), faults)
    if found is None:
        raise KnowledgeError(faults)
    return tuple(sorted((int(b.points), float(b.right)) for b in found.bins))


def evidence_points(filled: Filled) -> int:
    """Points of evidence for a mention: its form, its conditions and its arguments."""
    candidate = filled.candidate
    frame = candidate.trigger.frame
    points = 0
    points += 2 if candidate.form.kind == "verb" else 0
    points += 2 if candidate.trigger.entry.with_ else 0
    points += 1 if candidate.trigger.needs else 0
    points += 1 if filled.mention.light >= 0 else 0
    for slot in ("actor", "target", "place"):
        arguments = filled.slot(slot)
        wanted = any(slot in spec for spec in frame.values())
        if arguments:
            points += 1 if any(a.implicit or a.how.startswith("shared") for a in arguments) else 2
        elif wanted and slot == "target":
            points -= 1
    return points


def confidence(points: int) -> float:
    """The calibrated share of right records for this many points, 0..1."""
    value = load_calibration()[0][1]
    for lowest, right in load_calibration():
        if points >= lowest:
            value = right
    return round(value, 2)

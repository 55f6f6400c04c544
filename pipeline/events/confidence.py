"""How sure a record is: what speaks for and against it, weighed by how often records like it were right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pydantic import Field

from pipeline.events.finished import Finished
from pipeline.events.slots import Argument, Filled
from pipeline.events.view import View
from pipeline.knowledge.load import Entry, Fault, KnowledgeError, data_path, read_yaml, validate
from pipeline.records import Actor, Place

#: Roles of those who bear arms for a living or a cause.
_ARMED = frozenset({"MIL", "COP", "REB", "UAF", "SPY"})
#: Sentences of fewer and of more code points than these are short and long.
_SHORT, _LONG = 150, 350
#: Articles with fewer and with more records in a hundred words than these are sparse and dense.
_SPARSE, _DENSE = 0.8, 2.0
#: Prepositions that make a way of finding an actor of their own.
_TOLD_APART = frozenset({"بين", "مع", "ل"})
_UNREAL = frozenset({"negated", "hypothetical", "planned"})


class Bin(Entry):
    """One bin of the calibration: from this many points on, this share of the records that were read was right."""

    points: str
    right: str
    records: str


class Calibration(Entry):
    """The content of ``data/confidence.yaml``.

    Attributes:
        source: where the figures come from.
        weights: points by evidence; what is not named weighs nothing.
        bins: at most five, ascending.
    """

    source: str
    weights: dict[str, str]
    bins: tuple[Bin, ...] = Field(min_length=1, max_length=5)


@lru_cache(maxsize=1)
def load_calibration() -> tuple[Mapping[str, int], tuple[tuple[int, float], ...]]:
    """Points by evidence, and (lowest points, confidence) per bin, ascending.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    path = data_path("confidence.yaml")
    data, lines = read_yaml(path)
    faults: list[Fault] = []
    found = validate(Calibration, data, path.name, lines.get((), 1), faults)
    if found is None:
        raise KnowledgeError(faults)
    bins = sorted((int(b.points), float(b.right)) for b in found.bins)
    return {name: int(points) for name, points in found.weights.items()}, tuple(bins)


def signs(
    event: Finished, actors: Sequence[Actor], places: Sequence[Place], view: View, density: float
) -> tuple[str, ...]:
    """What speaks for or against the record of an event, as names of ``data/confidence.yaml``.

    Args:
        actors, places: those of the record.
        density: records of the article in a hundred of its words.
    """
    filled = event.filled
    kind = "verb" if filled.mention.verbal else "noun"
    found = [
        f"trigger {filled.candidate.form.kind}",
        f"type {filled.candidate.trigger.type}",
        f"{kind} actor {_way(filled.slot('actor'))}",
        *_participants(filled, actors),
    ]
    if places:
        found.append("place known" if places[0].gazetteer_id else "place unknown")
    if event.time is not None:
        found.append("time")
    if event.stance.assertion in _UNREAL:
        found.append(f"assertion {event.stance.assertion}")
    start, end = view.span(*view.sents[view.sent[filled.mention.at]])
    if not _SHORT <= end - start <= _LONG:
        found.append("sentence short" if end - start < _SHORT else "sentence long")
    if not _SPARSE <= density <= _DENSE:
        found.append("article sparse" if density < _SPARSE else "article dense")
    return tuple(found)


def _way(arguments: Sequence[Argument]) -> str:
    """How the first of the arguments was found, in a word or two."""
    if not arguments:
        return "none"
    way, _, rest = arguments[0].how.partition(":")
    if arguments[0].how.endswith(":pronoun"):
        return "pronoun"
    return f"prep {rest}" if way == "prep" and rest in _TOLD_APART else way


def _participants(filled: Filled, actors: Sequence[Actor]) -> Iterator[str]:
    if len(actors) > 1:
        yield "actors several"
    for actor in actors[:1]:
        known = "nobody known" if actor.label == "unknown" else "person"
        yield f"actor {'armed' if actor.role in _ARMED else 'office' if actor.role else known}"
    yield f"target {_way(filled.slot('target'))}"


def confidence(names: Sequence[str]) -> float:
    """The calibrated share of right records, 0..1, for what :func:`signs` tells of one."""
    weights, bins = load_calibration()
    points = sum(weights.get(name, 0) for name in names)
    value = bins[0][1]
    for lowest, right in bins:
        if points >= lowest:
            value = right
    return round(value, 2)

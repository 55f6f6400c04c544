"""Time expressions as data: vocabularies, hours of the day, seasons, and one row per expression.

A row holds what is written (``pattern``), what it means (``value``) and the proof (``examples``, ``negatives``).
The files are ``data/time/*.yaml``; ``docs/time.md`` tells linguists how to write a row. Nothing here knows the
calendar: ``pipeline.resolve.time`` interprets the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.knowledge.load import Entry, Fault, KnowledgeError, data_path, read_yaml, validate
from pipeline.knowledge.time_patterns import first_kinds, parse_pattern, slots_of
from pipeline.knowledge.time_schema import (
    AUXILIARY,
    READERS,
    USED_BY_CODE,
    Hours,
    Portion,
    Row,
    Season,
    Vocabulary,
)


@dataclass(frozen=True, slots=True)
class TimeKnowledge:
    """All of it, validated. Rows keep the order of their files: where two read the same words, the earlier counts."""

    vocabularies: tuple[Vocabulary, ...]
    hours: tuple[Hours, ...]
    seasons: tuple[Season, ...]
    portions: tuple[Portion, ...]
    rows: tuple[Row, ...]


_SECTIONS: dict[str, type[Entry]] = {
    "vocabularies": Vocabulary, "hours": Hours, "seasons": Season, "portions": Portion, "rows": Row,
}  # fmt: skip


def read_time(folder: Path) -> tuple[TimeKnowledge, list[Fault]]:
    """The knowledge of a folder and every fault in it; what is faulty is left out."""
    faults: list[Fault] = []
    found: dict[str, list[Any]] = {section: [] for section in _SECTIONS}
    places: dict[tuple[str, str], Fault] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            data, lines = read_yaml(path)
        except KnowledgeError as error:
            faults.extend(error.faults)
            continue
        name = f"time/{path.name}"
        if set(data) - set(_SECTIONS):
            faults.append(
                Fault(name, 1, f"a file holds the sections {', '.join(_SECTIONS)} and nothing else")
            )
            continue
        for section, entries in data.items():
            for index, raw in enumerate(entries or ()):
                line = lines[(section, index)]
                entry = validate(_SECTIONS[section], raw, name, line, faults)
                if entry is None:
                    continue
                here = Fault(name, line, f"the name «{entry.name}» stands twice")  # type: ignore[attr-defined]
                if places.setdefault((section, entry.name), here) is not here:  # type: ignore[attr-defined]
                    faults.append(here)
                found[section].append(entry)
    knowledge = TimeKnowledge(*(tuple(found[s]) for s in _SECTIONS))
    faults.extend(_cross_faults(knowledge, places))
    return knowledge, faults


def _cross_faults(knowledge: TimeKnowledge, places: dict[tuple[str, str], Fault]) -> Iterator[Fault]:
    """What only shows when everything is read: unknown kinds, cycles at the left edge, what nothing uses."""
    vocabularies = {v.name for v in knowledge.vocabularies}
    kinds = {r.kind for r in knowledge.rows}
    used = set(USED_BY_CODE)
    left: dict[str, set[str]] = {}
    for row in knowledge.rows:
        nodes = parse_pattern(row.pattern)
        at = places["rows", row.name]
        here = {k for slot in slots_of(nodes) for k in slot.kinds}
        guards = (*row.after, *row.not_after, *row.before, *row.not_before)
        used |= here | {guard[1:-1] for guard in guards if guard.startswith("{")}
        for unknown in sorted(here - vocabularies - kinds - READERS):
            yield Fault(at.file, at.line, f"nothing is called «{unknown}»")
        for clash in sorted({row.kind} & (vocabularies | READERS)):
            yield Fault(at.file, at.line, f"the kind «{clash}» is also a vocabulary or a reader")
        if row.alone and row.value["op"] in AUXILIARY:
            yield Fault(at.file, at.line, f"a row of the operation «{row.value['op']}» needs alone: false")
        left.setdefault(row.kind, set()).update(k for k in first_kinds(nodes) if k in kinds)
    for kind in kinds:
        reached, stack = set[str](), list(left[kind])
        while stack:
            reached.add(step := stack.pop())
            stack.extend(left.get(step, set()) - reached)
        if kind in reached:
            yield Fault("time", 0, f"the kind «{kind}» may begin with itself")
    for name in sorted(vocabularies - used):
        at = places["vocabularies", name]
        yield Fault(at.file, at.line, f"no row uses the vocabulary «{name}»")


@lru_cache(maxsize=1)
def load_time() -> TimeKnowledge:
    """The time knowledge of the package.

    Raises:
        KnowledgeError: with every fault of every file.
    """
    knowledge, faults = read_time(data_path("time"))
    if faults:
        raise KnowledgeError(faults)
    return knowledge


def check() -> list[Fault]:
    """Every fault of the schema, the patterns and the references.

    The examples are run by ``pipeline.resolve.time_examples``, which knows what rows mean.
    """
    return read_time(data_path("time"))[1]

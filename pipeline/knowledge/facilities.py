"""Facilities, settlements and military units that a head word announces: ``facilities.yaml`` and ``units.yaml``.

A pattern is a list of heads and what may follow; the grammar of names is :mod:`pipeline.entities.phrases`.
``docs/actors.md`` explains the keys to linguists.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeVar

from pydantic import Field, model_validator

from pipeline.knowledge.load import Entry, Fault, KnowledgeError, data_path, read_yaml, validate


class SpanExample(Entry):
    """A sentence and the entity that the pattern finds in it."""

    text: str
    span: str

    @model_validator(mode="after")
    def _inside(self) -> SpanExample:
        if self.text.count(self.span) != 1:
            raise ValueError(f"«{self.span}» must stand once in «{self.text}»")
        return self


class Pattern(Entry):
    """Heads and what may follow them.

    Attributes:
        id: slug, unique in its file.
        label: the entity label.
        heads: the head in all its forms, without article in ``facilities.yaml``, with it in ``units.yaml``.
        plurals: its plurals; after them only what is surely a name counts («مدن الساحل», but «مدن كبيرة»).
        reject: what follows the head where it means something else («قاعدة بيانات»).
        not_after: words before the head that make it something else («عن طريق»).
        definite: the head may have the article and take definite adjectives only («المسجد الأقصى»).
        numbers: the name may be a number («شارع 14 تموز»).
        linked: two names may be joined by a hyphen («طريق حمص - طرطوس»).
        settlement: the name must be a known place, definite or a proper noun: the head is a common word.
        holds_actor: a known actor may be the name («مقر حزب الله»).
        named: the unit may have a name instead of a number («لواء القدس»).
        known: only names of the gazetteer count («قطاع غزة», but «قطاع النفط»).
        not_places: a unit is not called after a place.
        examples, negatives: run as tests.
    """

    id: str = Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")
    label: Literal["FAC", "GPE", "LOC", "ORG", "UNIT"]
    heads: tuple[str, ...] = Field(min_length=1)
    plurals: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    definite: bool = False
    numbers: bool = False
    linked: bool = False
    settlement: bool = False
    holds_actor: bool = False
    named: bool = False
    known: bool = False
    not_places: bool = False
    examples: tuple[SpanExample, ...] = Field(min_length=1)
    negatives: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _shown(self) -> Pattern:
        for text in self.negatives:
            if not any(head in text for head in (*self.heads, *self.plurals)):
                raise ValueError(f"the negative «{text}» shows none of the heads")
        return self


class FacilityWords(Entry):
    """Closed classes of the grammar of facility names: see the comments in ``facilities.yaml``."""

    stop: tuple[str, ...] = Field(min_length=1)
    adjectives: tuple[str, ...] = Field(min_length=1)
    descriptive: tuple[str, ...] = Field(min_length=1)
    openers: tuple[str, ...] = Field(min_length=1)
    named_after: tuple[str, ...] = Field(min_length=1)


class UnitWords(Entry):
    """Closed classes of the grammar of units: see the comments in ``units.yaml``."""

    ordinals: tuple[str, ...] = Field(min_length=1)
    branches: tuple[str, ...] = Field(min_length=1)


W = TypeVar("W", bound=Entry)


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of one file with its word classes, and the line of each pattern."""

    file: str
    words: Any
    patterns: tuple[Pattern, ...]
    lines: tuple[int, ...]


def _load(name: str, words: type[W]) -> tuple[W, Patterns]:
    path = data_path(name)
    data, lines = read_yaml(path)
    faults: list[Fault] = []
    if set(data) != {"words", "patterns"} or not isinstance(data["patterns"], list):
        raise KnowledgeError([Fault(path.name, 0, "must hold «words» and a list of «patterns»")])
    classes = validate(words, data["words"], path.name, lines.get(("words",), 0), faults)
    found: list[tuple[Pattern, int]] = []
    seen: dict[str, str] = {}
    for number, value in enumerate(data["patterns"]):
        line = lines.get(("patterns", number), 0)
        pattern = validate(Pattern, value, path.name, line, faults)
        if pattern is None:
            continue
        for key in (f"id {pattern.id}", *(f"head {h}" for h in (*pattern.heads, *pattern.plurals))):
            if key in seen:
                faults.append(
                    Fault(path.name, line, f"{pattern.id}: the {key} stands already in {seen[key]}")
                )
            seen[key] = pattern.id
        found.append((pattern, line))
    if faults or classes is None:
        raise KnowledgeError(faults)
    return classes, Patterns(path.name, classes, tuple(p for p, _ in found), tuple(line for _, line in found))


@lru_cache(maxsize=1)
def load_facilities() -> tuple[FacilityWords, Patterns]:
    """Word classes and patterns of ``facilities.yaml``.

    Raises:
        KnowledgeError: with every fault: schema, an id or head that stands twice, an example without its span.
    """
    return _load("facilities.yaml", FacilityWords)


@lru_cache(maxsize=1)
def load_units() -> tuple[UnitWords, Patterns]:
    """Word classes and patterns of ``units.yaml``; raises as :func:`load_facilities`."""
    return _load("units.yaml", UnitWords)

"""Number words, approximators and what the counted targets of each mode are called: ``data/quantities.yaml``."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from pipeline.knowledge.load import Entry, Fault, KnowledgeError, data_path, read_yaml, validate


class QuantityExample(Entry):
    """A phrase and the bounds that must come out; an empty string is an open bound."""

    text: str
    low: str
    high: str


class Quantities(Entry):
    """The content of the file.

    Attributes:
        values: number word (normal form, without و and ال) → its value.
        multipliers: words that multiply what stands before them (مئة، ألف، مليون).
        vague: words for rough amounts → «low high» (عشرات → 20 99).
        at_least, at_most: phrases that open the upper or lower bound.
        kinds: mode → name of the quantity that its targets count.
    """

    values: dict[str, str]
    multipliers: dict[str, str]
    vague: dict[str, str]
    at_least: tuple[str, ...]
    at_most: tuple[str, ...]
    kinds: dict[str, str]
    examples: tuple[QuantityExample, ...] = Field(min_length=1)


@lru_cache(maxsize=1)
def load_quantities() -> Quantities:
    """The shipped number words.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    path = data_path("quantities.yaml")
    data, lines = read_yaml(path)
    faults: list[Fault] = []
    found = validate(Quantities, data, path.name, lines.get((), 1), faults)
    if found is None:
        raise KnowledgeError(faults)
    return found

"""Closed classes of words that the event grammar leans on: prepositions, particles, partitives, titles."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from pipeline.knowledge.load import Entry, Fault, KnowledgeError, data_path, read_yaml, validate


class WordClass(Entry):
    """A closed class: its words in normal form, what it is for and a sentence that shows one of them at work."""

    gloss: str
    words: tuple[str, ...] = Field(min_length=1)
    example: str


@lru_cache(maxsize=1)
def load_words() -> dict[str, tuple[str, ...]]:
    """The classes of ``data/words.yaml``: name → words.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    path = data_path("words.yaml")
    data, lines = read_yaml(path)
    faults: list[Fault] = []
    classes: dict[str, tuple[str, ...]] = {}
    for name, value in data.items():
        entry = validate(WordClass, value, path.name, lines.get((name,), 0), faults)
        if entry is not None:
            if not any(word in entry.example for word in entry.words):
                faults.append(
                    Fault(path.name, lines.get((name,), 0), f"{name}: the example shows none of its words")
                )
            classes[name] = entry.words
    if faults:
        raise KnowledgeError(faults)
    return classes

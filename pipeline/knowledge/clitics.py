"""Closed lists of written words: those that are never split into clitics, and those that always are.

The neural tokeniser is right about most words; these are the ones where a mistake is certain to be one.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

from pydantic import field_validator

from pipeline.knowledge.load import Entry, Fault, KnowledgeError, WordList, data_path, read_yaml, validate

FILE = "clitics.yaml"
#: Endings of a past verb: he, she, they, the two of them.
_PAST = ("", "ت", "وا", "و", "تا")


class Golden(Entry):
    """A sentence of our own and the words it must become: normal forms, a space between two."""

    text: str
    words: str


class Whole(WordList):
    """Words that stay whole, and the beginnings they may still take (و, ف) as clitics."""

    examples: tuple[Golden, ...]


class Parted(Whole):
    """A pattern that always parts: ``begin`` clitics in order, then what is ``left`` put before the rest.

    Attributes:
        pattern: the letters the written word begins with.
        begin: the clitics these letters hold.
        left: what the rest begins with in its underlying form (``ال`` for لل).
        next: letters one of which must follow; empty for any.
        least: how many letters must follow the pattern.
        words: exceptions, which stay as the model has them; a word matches with and without its endings.
    """

    pattern: str
    begin: tuple[str, ...]
    left: str = ""
    next: str = ""
    least: str = "2"

    @field_validator("begin", mode="before")
    @classmethod
    def _begin(cls, value: Any) -> Any:
        return tuple(value.split()) if isinstance(value, str) else value


class Led(Whole):
    """Short verbs that always part from the one letter before them («وحث»), with their endings and pronouns.

    Attributes:
        begin: the letter.
        words: their past forms (حث), to which ``_PAST`` and the pronouns are added.
    """

    begin: str

    @property
    def forms(self) -> dict[str, str]:
        """The written words, each with the verb that stands in it."""
        return {self.begin + word + end: word + end for word in self.words for end in _PAST}


class Clitics(Entry):
    """The file as a whole. ``glued`` are words before which a heading is known to be stuck (بعد in الهجومبعد)."""

    whole: tuple[Whole, ...]
    parted: tuple[Parted, ...]
    led: tuple[Led, ...]
    glued: tuple[Whole, ...]

    @cached_property
    def verbs(self) -> dict[str, str]:
        """Written words that are a letter and a short verb, without pronouns: the verb by the word."""
        return {word: verb for entry in self.led for word, verb in entry.forms.items()}

    @property
    def never(self) -> frozenset[str]:
        return frozenset(word for entry in self.whole for word in entry.words)


@lru_cache(maxsize=1)
def load_clitics() -> Clitics:
    """The lists of ``clitics.yaml``.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    path = data_path(FILE)
    data, lines = read_yaml(path)
    faults: list[Fault] = []
    found: dict[str, list[Any]] = {"whole": [], "parted": [], "led": [], "glued": []}
    models: dict[str, type[Entry]] = {"whole": Whole, "parted": Parted, "led": Led, "glued": Whole}
    for section, entries in data.items():
        if section not in models:
            faults.append(Fault(FILE, lines.get((section,), 0), f"{section!r} is no section of this file"))
            continue
        for k, entry in enumerate(entries or ()):
            one = validate(models[section], entry, FILE, lines.get((section, k), 0), faults)
            if one is not None:
                found[section].append(one)
    if faults:
        raise KnowledgeError(faults)
    return Clitics(
        whole=tuple(found["whole"]),
        parted=tuple(found["parted"]),
        led=tuple(found["led"]),
        glued=tuple(found["glued"]),
    )

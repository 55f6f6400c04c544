"""What the page says and what it calls things: interface texts, names of types, modes and values, keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.evaluation.gold import modes

LANGUAGES = ("ar", "en")
ASSERTIONS = ("asserted", "reported", "planned", "hypothetical", "negated")
RELATIONS = ("in", "from", "to", "near")
REASONS = ("state", "generic", "metaphor", "speech", "name", "duplicate", "parse", "other")
_HERE = Path(__file__).parent

#: Action → (place of the key, as the browser calls it; what stands on it in Latin and in Arabic).
KEYS: Mapping[str, tuple[str, str]] = {
    "accept": ("KeyA", "A ش"),
    "reject": ("KeyR", "R ق"),
    "skip": ("KeyS", "S س"),
    "undo": ("KeyZ", "Z ئ"),
    "add": ("KeyN", "N ى"),
    "comment": ("KeyC", "C ؤ"),
    "next": ("KeyJ", "J ت"),
    "previous": ("KeyK", "K ن"),
    "list": ("KeyL", "L م"),
    "help": ("KeyH", "H ا"),
    "find": ("KeyF", "F ب"),
    "reset": ("KeyE", "E ث"),
    "type": ("KeyT", "T ف"),
    "mode": ("KeyM", "M ة"),
    "assertion": ("KeyX", "X ء"),
    "iso": ("KeyI", "I ه"),
    "core": ("KeyO", "O خ"),
    "candidates": ("KeyG", "G ل"),
    "actors": ("Digit1", "1"),
    "targets": ("Digit2", "2"),
    "places": ("Digit3", "3"),
    "time": ("Digit4", "4"),
    "attribution": ("Digit5", "5"),
    "trigger": ("Digit6", "6"),
    "take-0": ("KeyQ", "Q ض"),
    "take-1": ("KeyW", "W ص"),
    "take-2": ("KeyY", "Y غ"),
}


@lru_cache(maxsize=1)
def types() -> Mapping[str, tuple[str, ...]]:
    """The types of the annotation guide with their modes, in its order."""
    found: dict[str, tuple[str, ...]] = {}
    for row in modes().values():
        found[row.type] = (*found.get(row.type, ()), row.mode)
    return found


def type_of(mode: str) -> str | None:
    """The type of a mode; None for a mode that the guide does not have."""
    row = modes().get(mode)
    return None if row is None else row.type


@lru_cache(maxsize=2)
def _texts(name: str) -> Mapping[str, Any]:
    return dict(yaml.safe_load((_HERE / name).read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Words:
    """The page's words in one language, ``ar`` or ``en``."""

    language: str

    @property
    def direction(self) -> str:
        """How the page runs: ``rtl`` or ``ltr``."""
        return "rtl" if self.language == "ar" else "ltr"

    def __call__(self, key: str, **values: object) -> str:
        """A text of the interface, its blanks filled.

        Raises:
            KeyError: there is no such text.
        """
        text: str = _texts("interface.yaml")[key][self.language]
        return text.format(**values) if values else text

    def label(self, kind: str, value: str) -> str:
        """What a value is called; the value itself where it has no name.

        Raises:
            KeyError: there is no such kind of values.
        """
        found = _texts("labels.yaml")[kind].get(value)
        return value if found is None else found[self.language]


class ToldError(Exception):
    """A refusal that the page tells in its own words: a text of the interface, and what fills its blanks.

    As a string it is English.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(Words("en")(key, **values))
        self.key = key
        self.values = values

    def told(self, words: Words) -> str:
        """The refusal in a language."""
        return words(self.key, **self.values)

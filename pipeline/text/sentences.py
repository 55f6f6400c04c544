"""Where sentences end: certain cases by rule, the others as the tokeniser model has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.knowledge.clauses import load_clauses

#: Marks after which a sentence ends unless something speaks against it.
FINAL = frozenset((".", "؟", "!", "?", "۔"))
#: Marks after which it ends where the model says so.
POSSIBLE = frozenset(("...", "..", "؛", ";"))
_OPEN = {"(": ")", "[": "]", "{": "}"}
_CLOSE = frozenset(_OPEN.values())
_QUOTES = frozenset(('"', "'"))
#: A quotation of up to this many words is part of the sentence that holds it.
SHORT_QUOTE = 40

#: Closing marks that may stand between a full stop and the next sentence.
MOST_CLOSING = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """A written word or mark of the clean text; ``newline`` is true where a line break stands before it."""

    text: str
    start: int
    end: int
    newline: bool


def boundaries(units: Sequence[Unit], model: frozenset[int]) -> list[bool]:
    """For each unit whether a sentence begins with it.

    Args:
        units: the words and marks of a text in order.
        model: clean offsets past the last character of a sentence, as the tokeniser model has them.
    """
    starts = [False] * len(units)
    inside = _inside(units)
    abbreviations = load_clauses().words("abbreviations")
    first = 0
    for k, unit in enumerate(units):
        if k == 0 or unit.newline or (not inside[k] and _ends_before(units, k, first, model, abbreviations)):
            starts[k] = True
            first = k
    return starts


def _inside(units: Sequence[Unit]) -> list[bool]:
    """For each unit whether it stands inside brackets or a short quotation that was opened before it."""
    inside = [False] * len(units)
    k = 0
    while k < len(units):
        close = _OPEN.get(units[k].text) or (units[k].text if units[k].text in _QUOTES else None)
        end = _closing(units, k, close) if close else None
        if end is None:
            k += 1
            continue
        for n in range(k + 1, end + 1):
            inside[n] = True
        k = end + 1
    return inside


def _closing(units: Sequence[Unit], k: int, close: str) -> int | None:
    """The unit that closes what unit ``k`` opens, if it is near and on the same line."""
    for n in range(k + 1, min(len(units), k + SHORT_QUOTE)):
        if units[n].newline:
            return None
        if units[n].text == close:
            return n
    return None


def _ends_before(
    units: Sequence[Unit], k: int, first: int, model: frozenset[int], abbreviations: frozenset[str]
) -> bool:
    """Whether a sentence that began with unit ``first`` ends before unit ``k``."""
    if units[k].text in FINAL | POSSIBLE | _CLOSE or units[k].text in ("،", ",", ":"):
        return False
    last = k - 1
    # Closing marks that follow the full stop belong to the sentence.
    while last > max(first, k - MOST_CLOSING) and (units[last].text in _CLOSE or units[last].text in _QUOTES):
        last -= 1
    mark = units[last]
    if mark.text in POSSIBLE or (mark.text in FINAL and last > first and units[last - 1].text in FINAL):
        return mark.end in model or units[k - 1].end in model
    if mark.text not in FINAL or last == first:
        return False
    if mark.text != ".":
        return True
    before = units[last - 1]
    touching = before.end == mark.start
    if touching and (before.text in abbreviations or (len(before.text) == 1 and before.text.isalpha())):
        return False
    # «1. » numbers what follows.
    enumerates = before.text.isdecimal() and len(before.text) < 3 and last - 1 == first
    return not enumerates

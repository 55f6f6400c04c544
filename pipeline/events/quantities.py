"""How many: digits, number words, duals, ranges, «عشرات», «على الأقل», as low and high bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.knowledge.quantities import load_quantities
from pipeline.text.normalize import clean, fold

_DIGITS = re.compile(r"^\d{1,3}(?:,\d{3})+$|^\d{1,9}$")
_WORD = re.compile(r"[^\W_]+(?:,\d{3})*", re.UNICODE)
_DUAL = re.compile(r"^.{3,}ان$|^.{3,}تين$")


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number as bounds, both inclusive; None is open."""

    low: int | None
    high: int | None


@lru_cache(maxsize=1)
def _tables() -> tuple[
    dict[str, int], dict[str, int], dict[str, tuple[int, int]], tuple[str, ...], tuple[str, ...]
]:
    data = load_quantities()
    vague = {fold(k): (int(v.split()[0]), int(v.split()[1])) for k, v in data.vague.items()}
    return (
        {fold(k): int(v) for k, v in data.values.items()},
        {fold(k): int(v) for k, v in data.multipliers.items()},
        vague,
        tuple(fold(p) for p in data.at_least),
        tuple(fold(p) for p in data.at_most),
    )


def parse_quantity(phrase: str, *, singular: bool = False) -> Bounds | None:
    """The number that a noun phrase states, or None.

    Args:
        phrase: as written, e.g. «28 شخصا على الأقل», «ثلاثة من عناصر الحرس», «جنديان».
        singular: the phrase is known to be one indefinite person («مقتل جندي»): counts as 1 where no number stands.
    """
    values, multipliers, vague, at_least, at_most = _tables()
    key = fold(clean(phrase))
    words = _WORD.findall(key)
    if words[:1] == ["بين"]:
        numbers = [n for w in words[1:] if (n := _value(w, values)) is not None]
        if len(numbers) >= 2:
            return Bounds(numbers[0], numbers[-1])
    found = next(
        (b for i in range(min(len(words), 6)) if (b := _number(words[i:], values, multipliers)) is not None),
        None,
    )
    if found is None:
        word = next((w for w in words[:3] if w in vague), None)
        if word is not None:
            return Bounds(*vague[word])
        if words and _DUAL.match(words[0]) and not words[0].startswith("ال"):
            return Bounds(2, 2)
        return Bounds(1, 1) if singular else None
    if any(p in key for p in at_most):
        return Bounds(None, found.low)
    if any(p in key for p in at_least):
        return Bounds(found.low, None)
    return found


def _value(word: str, values: dict[str, int]) -> int | None:
    bare = word[1:] if word.startswith("و") and word not in values else word
    if bare not in values and bare.startswith("ال"):
        bare = bare[2:]
    if _DIGITS.match(bare):
        return int(bare.replace(",", ""))
    return values.get(bare)


def _number(words: Sequence[str], values: dict[str, int], multipliers: dict[str, int]) -> Bounds | None:
    """A number at the start of ``words``: «ثلاثمئة وأربعون ألفا»."""
    total, part, used = 0, 0, 0
    for k, word in enumerate(words):
        bare = word[1:] if word.startswith("و") and k and word not in values else word
        if bare in multipliers and used:
            total += max(part, 1) * multipliers[bare]
            part = 0
        elif (value := _value(word, values)) is not None and (k == 0 or word.startswith("و") or value == 10):
            # Beyond the first word a number goes on with و, or as the عشر of eleven to nineteen.
            part += value
        elif used and word.startswith("و") is False and bare not in multipliers:
            break
        elif not used and bare in multipliers and k == 0 and bare.endswith("ف"):
            total += multipliers[bare]
        else:
            break
        used += 1
    return Bounds(total + part, total + part) if used else None

"""How surfaces, times and distances are compared: the word-level half of the scoring rules."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache

from pipeline.text.normalize import clean

_WORD = re.compile(r"\w+")
_PARTIAL = re.compile(r"^(\d{4})(?:-(\d{2}))?$")


@lru_cache(maxsize=65536)
def slot_words(text: str) -> tuple[str, ...]:
    """The words of a slot's surface as they are compared: diacritics, tatweel and punctuation off, leading و and ف off.

    The letters come off on both sides of a comparison, so a word that has one as its first radical still
    equals itself («وزارة» and «ووزارة» are equal too). A و or ف that stands alone is no word.
    """
    return tuple(bare for word in _WORD.findall(clean(text)) if (bare := word.lstrip("وف")))


def count_words(text: str) -> int:
    """How many words ``text`` holds; punctuation and noise are none."""
    return len(_WORD.findall(clean(text)))


def share(gold: str, found: str) -> float:
    """The part of the shorter surface's words that the two have in common, 0..1, each word used once."""
    ours, theirs = Counter(slot_words(gold)), Counter(slot_words(found))
    shorter = min(ours.total(), theirs.total())
    return (ours & theirs).total() / shorter if shorter else 0.0


def agrees(gold: str, found: str) -> bool:
    """Whether a slot's surface is right: at least half of the words of the shorter of the two are shared."""
    return share(gold, found) >= 0.5


@lru_cache(maxsize=4096)
def start_day(iso: str) -> date | None:
    """The first day of an ISO 8601 date, date-time, month, year, week or interval; None when it cannot be told.

    A month starts on its first day, a year on 1 January. The day is the one written: offsets do not shift it.
    """
    first = iso.partition("/")[0].strip()
    day = first.partition("T")[0]
    try:
        partial = _PARTIAL.match(day)
        if partial:
            return date(int(partial[1]), int(partial[2] or 1), 1)
        return date.fromisoformat(day)
    except ValueError:
        return None


def same_time(gold: str, found: str) -> bool:
    """Whether a record's ``time`` is right: equal to the gold ``iso``, or of the same start day."""
    if gold == found:
        return True
    day = start_day(gold)
    return day is not None and day == start_day(found)

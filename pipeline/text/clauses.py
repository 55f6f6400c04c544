"""Cuts run-on sentences into clauses that a parser can take.

Newspapers and encyclopedias write sentences of 250 words that hold ten events. A sentence longer than
``LONG`` words is cut where a new statement opens (و + verb, a connective, a comma before either), the
strongest place nearest to the middle first, until every part is short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.knowledge.clauses import load_clauses

#: A clause of up to this many words is not cut.
LONG = 40
#: What the parser sees as one sentence is longer: each cut costs it a little (on PADT test 0.9 LAS when every
#: sentence past 40 words is cut, 0.4 past 70), a run-on of hundreds of words costs it more.
PARSED = 70
#: No part is shorter than this many words.
SHORT = 6
#: A stretch without any opening is cut at a comma or و from this length on, and anywhere at twice that.
ENDLESS = 80
_COMMAS = frozenset(("،", ",", "؛", ";"))
_AND = frozenset(("و", "ف"))


@dataclass(frozen=True, slots=True)
class Item:
    """A token as the cutter sees it: normal form, UPOS, and whether it is white space or noise."""

    norm: str
    pos: str
    silent: bool


def clause_starts(items: Sequence[Item], long: int = LONG) -> list[int]:
    """Indexes at which a clause of one sentence begins; the first is always 0.

    A comma before an opening stays with the clause before; white space and noise do too. With a greater ``long``
    the result is a part of that with a smaller one.
    """
    words = [k for k, item in enumerate(items) if not item.silent]
    strength = _strengths(items, words)
    cuts: list[int] = []
    todo = [(0, len(words))]
    while todo:
        low, high = todo.pop()
        if high - low <= long:
            continue
        cut = _best(strength, low, high)
        if cut is not None:
            cuts.append(cut)
            todo += [(low, cut), (cut, high)]
    return [0, *sorted(words[cut] for cut in cuts)]


def _best(strength: Sequence[int], low: int, high: int) -> int | None:
    """The place to cut words[low:high]: strongest, then nearest to the middle, then first."""
    length = high - low
    weakest = 2 if length <= ENDLESS else 1 if length <= 2 * ENDLESS else 0
    places = [k for k in range(low + SHORT, high - SHORT) if strength[k] >= weakest]
    if not places:
        return None
    return min(places, key=lambda k: (-min(strength[k], 3), abs(2 * k - low - high), k))


def _strengths(items: Sequence[Item], words: Sequence[int]) -> list[int]:
    """How well a clause opens at each word: 3 after a semicolon, at و with a verb, or after a comma at a verb or a
    connective; 2 at a connective elsewhere, or after a comma at a circumstance that a verb follows; 1 at any comma
    or و; 0 nowhere in particular."""
    data = load_clauses()
    names = ("connectives", "after_comma", "openers", "relative")
    connectives, after_comma, openers, relative = (data.words(name) for name in names)
    strength = [0] * len(words)
    for n in range(1, len(words)):
        norm, before = items[words[n]].norm, items[words[n - 1]].norm
        comma = before in _COMMAS
        joined = norm in _AND and n + 1 < len(words)
        head = items[words[n + 1]] if joined else items[words[n]]
        if norm in _COMMAS or before in relative or before in _AND:
            continue
        verb = head.pos in ("VERB", "AUX")
        if (
            before in ("؛", ";")
            or (comma and (verb or head.norm in connectives or head.norm in after_comma))
            or (joined and verb)
        ):
            strength[n] = 3
        elif head.norm in connectives or (
            comma and head.norm in openers and _verb_follows(items, words, n + 1 + joined)
        ):
            strength[n] = 2
        elif comma or joined:
            strength[n] = 1
    return strength


def _verb_follows(items: Sequence[Item], words: Sequence[int], n: int) -> bool:
    """Whether a verb stands within a dozen words, before the next comma and not after a relative word."""
    relative = load_clauses().words("relative")
    for k in range(n, min(n + 12, len(words))):
        item = items[words[k]]
        if item.norm in _COMMAS:
            return False
        if item.pos == "VERB":
            return items[words[k - 1]].norm not in relative
    return False

"""Closed classes of words in a mention: numbers and partitives, links, what ends a name; and forms that cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.knowledge.actors import NisbaRow
from pipeline.resolve.actor_forms import NisbaForm, RoleForm, role_index
from pipeline.resolve.actor_parts import Phrase
from pipeline.resolve.actor_words import Hit, Word, look

_PARTITIVE = frozenset(("من", "ب"))
R = TypeVar("R", RoleForm, NisbaForm)


def owned_at(phrase: Phrase, at: int) -> bool:
    """Whether «التابع ل» stands at a word: a name ends before it."""
    return closed(phrase.words, at, "owned") is not None


def plausible(hit: Hit[R] | None) -> Hit[R] | None:
    """Without forms that the word as written cannot be.

    «طلبه» is rather his request than students, though «الطلبه» is sloppy spelling; a construct takes no article.
    """
    if hit is None or hit.length > 1:
        return hit
    if hit.reading.definite:
        kept = tuple(v for v in hit.values if not v.form.construct)  # «الصيادي» is no «صيادي» with an article
    elif hit.reading.text.endswith("ه"):
        kept = tuple(v for v in hit.values if not v.form.nominative.endswith("ة"))
    else:
        return hit
    return replace(hit, values=kept) if kept else None


def safe_country(hit: Hit[NisbaRow]) -> bool:
    """A country's name that is nothing else: not «عمان» or «مالي» alone."""
    return hit.values[0].safe is None or hit.length > 1


def closed(words: Sequence[Word], at: int, *kinds: str) -> Hit[RoleForm] | None:
    """A word of a closed class. Folding must not make «علي» a preposition."""
    hit = look(words, at, role_index(), articles=True)
    if hit is None:
        return None
    kept = [v for v in hit.values if v.row.kind in kinds]
    final = words[hit.end - 1].text.endswith("ى")
    return hit if any(v.form.nominative.endswith("ى") == final for v in kept) else None


def quantity(words: tuple[Word, ...]) -> tuple[int, bool]:
    """Index after the numbers and partitives that open a mention, and whether one counts («12», «عشرات»)."""
    at = 0
    counted = False
    while at < len(words) - 1:
        if words[at].number or (counted and words[at].key.removeprefix("و").isdigit()):  # «12 ألفا | و300»
            counted, step = True, at + 1
        else:
            hit = closed(words, at, "part")
            if (
                hit is None
                or hit.end >= len(words)
                or (hit.reading.clitic[:1] in ("و", "ف") and at and not counted)
            ):
                break
            counted, step = True, hit.end
        at = step
        if at < len(words) - 1 and words[at].key in _PARTITIVE:
            at += 1
    return at, counted

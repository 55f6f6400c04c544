"""Event nouns that are the fixed words of other triggers, and so no mentions of their own («ألغت | الزيارة»)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from pipeline.events.lexicon import CASUALTIES

if TYPE_CHECKING:
    from pipeline.events.grammar import Grammar
    from pipeline.events.mentions import Mention

#: Modes of what happens beside the event whose entry has it for a fixed word: «اتفاق | رعته»، «سمح | بعودة النازحين».
_BESIDE = frozenset({"mediate", "return-home"})

#: Mode of what is done to a crowd that has gathered.
_BROKEN_UP = "restrict"


class Held:
    """The mentions that others hold as their fixed words.

    Args:
        found: the mentions by view index; those held are left out of :attr:`free`.
    """

    def __init__(self, found: Mapping[int, Mention], grammar: Grammar) -> None:
        self.grammar = grammar
        self._by: dict[int, int] = {}
        for i, mention in found.items():
            self._by.update(dict.fromkeys(self._fixed(i, mention), i))
        self._by = {i: by for i, by in self._by.items() if i not in found or not _apart(found[i], found[by])}
        self._held = {i: found[i] for i in self._by if i in found}
        self.free = {i: m for i, m in found.items() if i not in self._by}

    def _fixed(self, i: int, mention: Mention) -> tuple[int, ...]:
        best = mention.candidates[0]
        if not best.trigger.entry.with_ or not best.fixed:
            return ()
        # «قضى طفلان في قصف»: what killed is an event of its own
        own = best.trigger.mode in CASUALTIES and self.grammar.preposition(best.fixed[0] - 1)
        other = best.trigger.frame.get("subject") == "-" or best.trigger.mode == "mediate"
        own |= best.fixed[0] < i and other  # قصف | أتى على؛ اتفاق | رعته
        return () if own else best.fixed

    def left(self, came: Collection[int]) -> tuple[dict[int, Mention], set[int]]:
        """The held mentions whose holders came to nothing, and those holders.

        «منعت العشائر *وصول* تعزيزات»: no crowd blocks a road here, but the reinforcements are an event all the same.

        Args:
            came: view indices of the triggers of which an event was made.
        """
        vain = {by for by in self._by.values() if by in self.free and by not in came}
        found = {i: m for i, m in self._held.items() if self._by[i] in vain}
        return found, {self._by[i] for i in found}


def _apart(mention: Mention, holder: Mention) -> bool:
    """The mention is an event beside that of its holder: «اتفاق | رعته الدوحة»، «فضت الشرطة | اعتصاما»."""
    held, by = mention.candidates[0].trigger, holder.candidates[0].trigger
    return (held.mode in _BESIDE and held.mode != by.mode) or (
        held.type == "PROTEST" and by.mode == _BROKEN_UP
    )

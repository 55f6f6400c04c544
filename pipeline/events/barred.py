"""Where somebody is kept from going or let in: «منعت الشرطة المتظاهرين من الوصول إلى *مبنى السفارة*»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.arguments import SentenceArguments
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Argument, Filled
from pipeline.events.steps import Step

#: Modes of what is done to those who want to go somewhere.
_MODES = frozenset({"restrict", "blockade", "access", "ease"})
#: Folded: prepositions of where a going leads, from where, and by which way.
_WAYS = frozenset({"الي", "من", "عبر", "في", "نحو", "بين"})
#: Elements behind the verb among which the masdar of going stands.
_REACH = 7


class Barred(Step):
    """Gives what bars or opens a way the place that the masdar of going beside it is about."""

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the same order."""
        return [self._barred(e) for e in events]

    def _barred(self, event: Filled) -> Filled:
        if event.candidate.trigger.mode not in _MODES or event.slot("place"):
            return event
        sentence = self._sentence(event)
        start = sentence.element_of.get(event.mention.at, len(sentence.elements))
        for k in range(start, min(start + _REACH, len(sentence.elements))):
            element = sentence.elements[k]
            if sentence.clauses.ends(k) or (k > start and element.kind in ("verb", "comp", "rel")):
                break
            for np in element.nps:
                goes = next((i for i in range(np.first, np.last) if sentence.grammar.is_(i, "goings")), -1)
                if goes >= event.mention.at:
                    places = self._where(k, goes, np, sentence)
                    new = tuple(Argument(p, "place", "in", "barred") for p in places)
                    return replace(event, arguments=(*event.arguments, *new))
        return event

    def _where(self, k: int, goes: int, np: NP, sentence: SentenceArguments) -> list[NP]:
        """What the masdar governs («دخول | أراضيها»), and the places of the phrases behind it."""
        semantics, found = sentence.semantics, list[NP]()
        if np.last > goes + 1:
            inner = NP(goes + 1, np.last, goes + 1)
            found += [inner] if semantics.place(inner) else []
        for element in sentence.elements[k + 1 :]:
            if element.kind == "time":
                continue
            places = [p for p in element.nps if semantics.place(p)]
            if element.kind != "pp" or element.prep not in _WAYS or not places:
                break
            found += places
        return found

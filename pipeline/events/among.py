"""Whose dead and wounded they are, where the noun alone does not say it: «سقوط قتلى وجرحى بين المدنيين»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.arguments import SentenceArguments
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Argument, Filled
from pipeline.events.steps import Step

#: Folded: «in the *ranks* of».
_RANKS = "صفوف"
_PEOPLE = frozenset({"human", "civilian", "armed", "crowd"})
_COUNTED = _PEOPLE | {"number"}


class Among(Step):
    """Gives the dead and wounded of one article, where they are not counted, those among whom they fell."""

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the same order."""
        return [self._told(e) if e.candidate.trigger.mode in CASUALTIES else e for e in events]

    def _told(self, event: Filled) -> Filled:
        sentence = self._sentence(event)
        if not event.mention.verbal and (fallen := self._fallen(event, sentence)):
            told = tuple(Argument(np, "target", "", "among") for np in fallen)
            return replace(event, arguments=(*(a for a in event.arguments if a.slot != "target"), *told))
        if event.mention.verbal or not all(self._bare(a.np, event, sentence) for a in event.slot("target")):
            return event
        group = self._group(event, sentence)
        if not group:
            return event
        kept = (a for a in event.arguments if a.slot != "target" and a.np not in group)
        found = (Argument(np, "target", "", "among") for np in group)
        return replace(event, arguments=(*kept, *found))

    def _bare(self, np: NP, event: Filled, sentence: SentenceArguments) -> bool:
        """«قتلى», and neither «عشرة قتلى» nor «قتلى من الجيش»."""
        own = any(np.first <= i < np.last for i in (event.mention.at, *event.candidate.fixed))
        return own and np.last - np.first == 1

    def _fallen(self, event: Filled, sentence: SentenceArguments) -> tuple[NP, ...]:
        """«سقط | عشرون جنديا | بين قتيل وجريح»، «سقط | ستة منهم | قتلى»: what became of those before the noun."""
        k = sentence.element_of.get(event.mention.at, -1)
        if k < 1 or not all(self._bare(a.np, event, sentence) for a in event.slot("target")):
            return ()
        element, before = sentence.elements[k], k - 1
        if sentence.elements[before].kind == "pp" and sentence.elements[before].prep == "من":
            before -= 1  # أحد عشر | منهم
        group = sentence.elements[before].nps if sentence.elements[before].kind == "np" else ()
        people = bool(group) and all(sentence.semantics.classes(np) & _COUNTED for np in group)
        if not people or any(np.head in sentence.mentions for np in group):
            return ()
        if element.prep == "بين":
            return group if all(self._hurt(np.head, sentence) for np in element.nps) else ()
        verb = sentence.elements[before - 1] if before else element
        falls = (
            element.kind == "np" and verb.kind == "verb" and sentence.grammar.is_(verb.first, "brought_down")
        )
        return group if falls and not sentence.grammar.has_article(event.mention.at) else ()

    def _hurt(self, at: int, sentence: SentenceArguments) -> bool:
        mention = sentence.mentions.get(at)
        return mention is not None and mention.candidates[0].trigger.mode in CASUALTIES

    def _group(self, event: Filled, sentence: SentenceArguments) -> tuple[NP, ...]:
        """Who stands behind the «بين» right after the noun, or after what is coordinated to it."""
        k = sentence.element_of.get(max((event.mention.at, *event.candidate.fixed)), -1) + 1
        if not 0 < k < len(sentence.elements) or not sentence.elements[k].nps:
            return ()
        element, nps = sentence.elements[k], sentence.elements[k].nps
        if (
            element.prep == "في"
            and sentence.view.key[nps[0].head] == _RANKS
            and nps[0].last > nps[0].head + 1
        ):
            nps = (NP(nps[0].head + 1, nps[0].last, nps[0].head + 1), *nps[1:])  # في صفوف | المتمردين
        elif element.prep != "بين":
            return ()
        return nps if all(sentence.semantics.classes(np) & _PEOPLE for np in nps) else ()

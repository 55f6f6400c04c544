"""Against whom or what people take to the streets: «احتجاجا على الغلاء»، «للمطالبة بإقالة الوزير»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.events.arguments import SentenceArguments
from pipeline.events.grammar import SENTENCE_MARKS
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Argument, Filled
from pipeline.events.steps import Step
from pipeline.events.words import word_classes

#: Modes of those who are against somebody or something; what is burnt, cut off or boycotted stands in their frames.
_AGAINST = frozenset({"demonstrate", "strike-work", "hunger-strike"})
#: Elements behind a protest among which its cause is told.
_REACH = 16
#: … and those among which its own preposition stands («احتج … على»).
_NEAR = 4
#: Words between a protest and what it is on («احتجاجات شعبية واسعة على»).
_ADJECTIVES = 3


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    """The words, folded, behind whose preposition stands what people object to or demand."""
    words = word_classes()
    return frozenset(pair.split()[0] for name in ("objections_to", "demands") for pair in words[name])


class Grievances(Step):
    """Finds the targets of the protests of one article."""

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the same order; a protest that has a target keeps it."""
        protests = {e.mention.at for e in events if e.candidate.trigger.mode in _AGAINST}
        return [self._told(e, protests) if e.mention.at in protests else e for e in events]

    def _told(self, event: Filled, protests: set[int]) -> Filled:
        if event.slot("target"):
            return event
        sentence = self._sentence(event)
        places = self._places(event, protests, sentence)
        for group in (self._apart(event, sentence), *(self._against(at, sentence) for at in places)):
            if not group:
                continue
            # «مظاهرة مناهضة | للحكومة»: behind an open noun ل only seemed to tell whose it is
            kept = [
                a
                for a in event.arguments
                if not any(np.first <= a.np.first and a.np.last <= np.last for np in group)
            ]
            found = (Argument(np, "target", "", "grievance") for np in group)
            return replace(event, arguments=(*kept, *found))
        return event

    def _apart(self, event: Filled, sentence: SentenceArguments) -> tuple[NP, ...]:
        """«احتج | السكان | على الشرطة»: other phrases stand between the protest and its own preposition."""
        at = event.mention.at
        k = sentence.element_of[at] + 1
        for element in sentence.elements[k : k + _NEAR]:
            if element.kind not in ("np", "pp", "time", "fixed"):
                break
            if element.prep and (group := self._behind(at, element.nps[0].first - 1, sentence)):
                return group
        return ()

    def _places(self, event: Filled, protests: set[int], sentence: SentenceArguments) -> Iterator[int]:
        """View indices from the protest to the end of its clause; then those of what is told before it."""
        view, at = sentence.view, event.mention.at
        begin = sentence.element_of[at]
        yield at
        for k in range(begin, min(begin + _REACH, len(sentence.elements))):
            element = sentence.elements[k]
            if element.first > at and self._ends(k, sentence):
                break
            for i in range(max(element.first, at + 1), element.last):
                if i in protests:
                    return
                yield i
        for k in range(begin - 1, -1, -1):
            if (
                sentence.elements[k].kind == "verb"
                or sentence.view.norm[sentence.elements[k].first] in SENTENCE_MARKS
            ):
                return
            i = sentence.elements[k].first
            if view.norm[i].endswith("ا") and (
                k == 0 or sentence.grammar.punct(i - 1) or view.key[i - 1] == "و"
            ):
                yield i

    def _ends(self, k: int, sentence: SentenceArguments) -> bool:
        """A full stop, «أن», or a clause joined by «و» that tells of nothing said or demanded."""
        element, view = sentence.elements[k], sentence.view
        if view.norm[element.first] in SENTENCE_MARKS or element.kind == "comp":
            return True
        joined = element.kind == "verb" and sentence.elements[k - 1].kind == "conj"
        return joined and not self._leads(element.first, sentence)

    def _leads(self, at: int, sentence: SentenceArguments) -> bool:
        return sentence.view.key[at] in _heads()

    def _against(self, at: int, sentence: SentenceArguments) -> tuple[NP, ...]:
        """Whom or what the word at ``at`` is against, by the preposition behind it and its adjectives."""
        g, view = sentence.grammar, sentence.view
        last = view.sents[view.sent[at]][1]
        pairs = (g.words["objections_to"], g.words["demands"]) if view.key[at] in _heads() else ()
        for k in range(at + 1, min(at + 2 + _ADJECTIVES, last - 1)):
            if any(f"{view.key[at]} {view.key[k]}" in known for known in pairs):
                return self._behind(at, k, sentence)
            if not g.adjective(k):
                break
        return ()

    def _behind(self, at: int, k: int, sentence: SentenceArguments) -> tuple[NP, ...]:
        """Those behind the preposition at ``k``, if it is the one of the word at ``at``."""
        g, view = sentence.grammar, sentence.view
        last = view.sents[view.sent[at]][1]
        pair = f"{view.key[at]} {view.key[k]}"
        if pair in g.words["objections_to"]:
            return self._somebody(k + 1, last, sentence)
        if pair in g.words["demands"]:
            removed = g.of_class(k + 1, "removals") and not g.closed(k + 1)
            return self._somebody(k + 2, last, sentence) if removed and k + 2 < last else ()
        return ()

    def _somebody(self, k: int, last: int, sentence: SentenceArguments) -> tuple[NP, ...]:
        """Those at ``k`` whom a protest can be against; prices, laws and services are what it is about."""
        g = sentence.grammar
        if g.of_class(k, "grounds") or g.glued_pronoun(k):
            return ()
        group = sentence.nominals.reader.coordination(k, last, after_verb=True)
        if not group or group[0].head in sentence.mentions:
            return ()
        named = (np for np in group if np.head not in sentence.mentions and sentence.view.time[np.head] < 0)
        return tuple(np for np in named if self._somebody_at(np, sentence))

    def _somebody_at(self, np: NP, sentence: SentenceArguments) -> bool:
        """Somebody by the head too: «قرارات الجيش» are no army."""
        semantics = sentence.semantics
        if sentence.view.ent[np.head] < 0 and semantics.inert(NP(np.head, np.head + 1, np.head)):
            return False
        return not semantics.inert(np) and (semantics.actor(np) or not semantics.place(np))

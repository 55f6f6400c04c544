"""Where an event happened, told behind a clause about somebody in it or before a «حيث»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.arguments import SentenceArguments
from pipeline.events.grammar import SENTENCE_MARKS
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Argument, Filled
from pipeline.events.steps import Step

#: Types of what is done somewhere; what is said may be said of another place.
_LOCAL = frozenset({"ASSAULT", "PROTEST", "DISPLACE"})
_LOCAL_MODES = frozenset({"arrest", "raid", "seize-property"})
#: What is said is not said where it happened.
_SAID = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
#: Folded: «where».
_WHERE = "حيث"
#: Prepositions of what somebody is or does, and of the phrases of a place that is gone on with.
_WHERE_FROM = frozenset({"في", "علي", "الي", "ب", "من", "عند", "امام", "داخل"})
#: Elements between an event and the place that is told behind it.
_REACH = 14
_COMMAS = frozenset({"،", ","})


class PlacesBehind(Step):
    """Gives the events of one article the places that stand behind other clauses."""

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the same order."""
        happening = {i for e in events for i in (e.mention.at, e.mention.light) if i >= 0}
        return [self._where(self._behind(e, happening)) for e in events]

    def _behind(self, event: Filled, happening: set[int]) -> Filled:
        """«فجر انتحاري سيارة وسط عمال كانوا ينتظرون | قرب السوق»: the clause about them tells where it happened."""
        trigger = event.candidate.trigger
        if event.slot("place") or event.container in happening:
            return event
        if trigger.type not in _LOCAL and trigger.mode not in _LOCAL_MODES:
            return event
        sentence = self._sentence(event)
        elements = sentence.elements
        start = sentence.element_of.get(max(event.mention.at, event.mention.light), len(elements))
        for k in range(start + 1, min(start + 1 + _REACH, len(elements))):
            element = elements[k]
            if element.kind == "pp" and sentence.owner.get(k, -1) in happening - {event.mention.at}:
                return event
            if self._ends(k, sentence, happening):
                return event
            inner = element.nps[0].first if element.nps else element.first
            if any(inner <= f < element.last for f in event.candidate.fixed):
                continue  # «وقعت القوة | في كمين»
            if (
                element.kind == "pp"
                and sentence.attachment.locative(element)
                and not self._source(k, sentence)
            ):
                places = self._places(k, sentence)
                known = any(sentence.semantics.named(np) for np in places)
                return self._with(event, places, "behind") if known else event
        return event

    def _ends(self, k: int, sentence: SentenceArguments, happening: set[int]) -> bool:
        """Whether the clause of the event ends before element ``k``: by a mark, another event or another clause."""
        elements, grammar, view = sentence.elements, sentence.grammar, sentence.view
        element, before = elements[k], elements[k - 1]
        if any(i in happening for i in range(element.first, element.last)):
            return True
        if element.kind == "comp":
            return not grammar.is_(before.first, "suspecting")  # «مسلحون يُعتقد أنهم من …»
        if element.kind == "verb":
            told = before.kind in ("rel", "verb", "fixed") or bool(before.nps)
            present = view.norm[element.first][:1] in "يت" or grammar.is_(element.first, "lasting")
            # «عبوة كانت ملصقة بسيارة | في ناحية …»
            present |= grammar.is_(element.first, "before_then") and elements[k + 1].kind != "verb"
            return not told or not present
        return element.kind == "punct" and view.norm[element.first] in SENTENCE_MARKS

    def _source(self, k: int, sentence: SentenceArguments) -> bool:
        """«بحسب مصدر | في الشرطة»: where those are who tell of it."""
        before = sentence.elements[k - 1]
        return before.kind == "pp" and before.prep in ("بحسب", "حسب", "وفق")

    def _places(self, k: int, sentence: SentenceArguments) -> list[NP]:
        """The places of the phrase at ``k`` and of those that go on with it: «في حي السكر | جنوب المدينة»."""
        found: list[NP] = []
        for element in sentence.elements[k:]:
            if element.kind != "pp" or element.prep == "بين" or not sentence.attachment.locative(element):
                break  # «على الطريق الواصل | بين البلدتين»
            found += [np for np in element.nps if sentence.semantics.place(np)]
        return found

    def _where(self, event: Filled) -> Filled:
        """«وصل إلى المدينة | حيث التقى …»: what «حيث» opens happened at the place right before it."""
        own = [a.np for a in event.slot("place")]
        sentence = self._sentence(event)
        named = sentence.semantics.named
        if event.candidate.trigger.type in _SAID or any(named(np) for np in own):
            return event
        k = sentence.element_of.get(min((event.mention.at, *(i for i, _ in event.mention.carriers))), 0)
        while k > 0 and sentence.elements[k - 1].kind in ("part", "conj", "time"):
            k -= 1
        opener = sentence.elements[k - 1] if k > 0 else None
        if opener is None or sentence.view.key[opener.first] != _WHERE:
            return event
        return self._with(event, self._before(k - 1, sentence), "where")

    def _before(self, k: int, sentence: SentenceArguments) -> list[NP]:
        """The places right before element ``k``, with those that go on with one another."""
        found: list[NP] = []
        k -= k > 0 and sentence.view.norm[sentence.elements[k - 1].first] in _COMMAS
        while k > 0:
            element = sentence.elements[k - 1]
            places = [np for np in element.nps if sentence.semantics.place(np)]
            if element.kind == "time" and not found:
                k -= 1
                continue
            if not places:
                break
            found = [*places, *found]
            k -= 1
            if element.kind == "np":
                break
        return found

    def _with(self, event: Filled, places: Sequence[NP], how: str) -> Filled:
        taken = [a.np for a in event.arguments if a.slot == "place"]
        new = [np for np in places if not any(map(np.overlaps, taken))]
        return replace(event, arguments=(*event.arguments, *(Argument(np, "place", "in", how) for np in new)))

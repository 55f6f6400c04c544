"""What was struck with an attack that is told as the means: «استهدف الجيش الموقع | بقصف مدفعي»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.events.lexicon import STRIKES
from pipeline.events.slots import Filled
from pipeline.events.steps import Step

#: Words between «ب» and the event noun that it governs («بعشر غارات»).
_COUNTED = 2
#: Elements between an attack and its means.
_APART = 5


class Instruments(Step):
    """Gives the means of an attack the attack's targets."""

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the same order; none that has a target of its own is changed."""
        by_place = {e.mention.at: e for e in events}
        return [self._lent(e, by_place) if e.candidate.trigger.mode in STRIKES else e for e in events]

    def _lent(self, event: Filled, events: Mapping[int, Filled]) -> Filled:
        sentence = self._sentence(event)
        k = sentence.element_of[event.mention.at]
        own = event.slot("target") or any(a.how.startswith("prep") for a in event.slot("place"))
        means = (
            sentence.elements[k].prep == "ب" and event.mention.at - sentence.elements[k].first <= 1 + _COUNTED
        )
        if event.mention.verbal or own or not means:
            return event
        for j in range(k - 1, max(-1, k - 1 - _APART), -1):
            element = sentence.elements[j]
            giver = next((events[i] for i in range(element.first, element.last) if i in events), None)
            if giver is not None and giver.candidate.trigger.mode in STRIKES:
                lent = tuple(replace(a, how=f"shared:{a.how}") for a in giver.slot("target"))
                return replace(event, arguments=(*event.arguments, *lent))
            if element.kind not in ("np", "pp", "time"):
                break
        return event

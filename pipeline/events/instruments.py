"""What an attack struck that stands apart: it is the means («استهدف الموقع | بقصف»), or a participle tells its aim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.events.lexicon import STRIKES
from pipeline.events.slots import Filled
from pipeline.events.steps import Step

#: Words between «ب» and the event noun that it governs («بعشر غارات»).
_COUNTED = 2
#: Words between an attack and the participle that tells its aim.
_AIM = 12
#: Elements between an attack and its means.
_APART = 5


class Instruments(Step):
    """Gives the means of an attack the attack's targets."""

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the same order; none that has a target of its own is changed."""
        by_place = {e.mention.at: self._aimed(e) for e in events if e.candidate.trigger.mode in STRIKES}
        return [
            self._lent(by_place[e.mention.at], by_place) if e.mention.at in by_place else e for e in events
        ]

    def _aimed(self, event: Filled) -> Filled:
        """«انفجرت سيارة | مستهدفة دورية»، «في هجوم انتحاري، | مستهدفا رتلا»: what the participle governs is struck."""
        sentence = self._sentence(event)
        view, g = sentence.view, sentence.grammar
        last = view.sents[view.sent[event.mention.at]][1]
        if event.slot("target") or any(a.how.startswith("prep:علي") for a in event.slot("place")):
            return event
        for i in range(event.mention.at + 1, min(event.mention.at + _AIM, last - 1)):
            if g.is_(i, "aimed") and g.nominal(i + 1):
                arguments = list(event.arguments)
                group = sentence.nominals.reader.coordination(i + 1, last, after_verb=True)
                if not group or (g.adjective(i + 1) and not sentence.semantics.actor(group[0])):
                    break  # «أهداف مستهدفة | يومية»
                sentence.slots.fill("place|target", group, "aimed", arguments)
                return replace(event, arguments=tuple(arguments))
            other = sentence.mentions.get(i)
            if g.verb(i) or (other is not None and other.candidates[0].trigger.mode in STRIKES):
                break
        return event

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

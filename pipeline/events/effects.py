"""What an attack led to, told in the next sentence: «*وأسفر الهجوم* عن مقتل …»، «*كما أدى* إلى تدمير …»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.events.arguments import SentenceArguments
from pipeline.events.causes import OWN_SIDES, RESULTS
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Filled
from pipeline.events.steps import Step

#: Types of attacks, and the mode of those by police.
_FORCE, _RAID = "ASSAULT", "raid"


class Effects(Step):
    """Completes the results of one article whose attack, and so its doer, the sentence before has told."""

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the same order; none that has an actor is changed."""
        done = {e.mention.at: e for e in events}
        for at in sorted(done):
            event = done[at]
            if event.candidate.trigger.mode not in RESULTS or event.slot("actor"):
                continue
            if group := self._attackers(event, done):
                done[at] = self._given(event, group, "effect")
        return [done[e.mention.at] for e in events]

    def _attackers(self, event: Filled, events: Mapping[int, Filled]) -> tuple[NP, ...]:
        """Who made the attack that the cause verb of the event points back at; nobody where it names its own."""
        sentence, light = self._sentence(event), event.mention.light_verb
        if light is None or light.label != "cause" or event.mention.light not in sentence.element_of:
            return ()
        k = sentence.element_of[event.mention.light]
        if sentence.elements[k].kind != "verb" or not self._points_back(k, event, sentence, events):
            return ()
        here = sentence.view.sent[event.mention.at]
        for other in sorted((i for i in events if i < sentence.elements[0].first), reverse=True):
            if here - sentence.view.sent[other] > 1 or self._parted(other, sentence):
                break
            giver = events[other]
            trigger = giver.candidate.trigger
            if trigger.type != _FORCE and trigger.mode != _RAID:
                continue
            doers = tuple(a.np for a in giver.slot("actor"))
            if trigger.mode in OWN_SIDES - CASUALTIES:
                return ()
            if doers:
                hurt = [a.np for a in event.slot("target")]
                own = any(sentence.semantics.of_them(np, n) for np in doers for n in hurt)
                return () if own else doers
        return ()

    def _parted(self, other: int, sentence: SentenceArguments) -> bool:
        """The next paragraph but one tells of something else."""
        view = sentence.view
        return view.paragraph[sentence.elements[0].first] - view.paragraph[other] > 1

    def _points_back(
        self, k: int, event: Filled, sentence: SentenceArguments, events: Mapping[int, Filled]
    ) -> bool:
        """The subject of the verb of element ``k`` is a definite attack or «ذلك», or unsaid at the sentence's head."""
        g, elements = sentence.grammar, sentence.elements
        before = (i for i in events if i in sentence.element_of and i < elements[k].first)
        if any(events[i].mention.verbal for i in before):
            return False  # an attack of its own sentence
        after = elements[k + 1] if k + 1 < len(elements) else None
        if after is not None and after.kind in ("np", "fixed") and after.first < event.mention.at:
            at = after.nps[0].head if after.nps else after.first
            alone = after.last - at <= 1 or not sentence.grammar.nominal(at + 1)
            attack = at in sentence.mentions or g.of_class(at, "happenings")
            return (g.has_article(at) and attack and alone) or g.is_(at, "demonstratives")
        opens = all(e.kind in ("conj", "comp", "part", "punct", "time") for e in elements[:k])
        return opens and after is not None and after.kind == "pp" and event.mention.at <= after.last + 1

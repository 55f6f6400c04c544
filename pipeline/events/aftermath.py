"""Who killed and hurt those of whom the next clause tells: «فتحوا النار على الحافلة، *فسقط* عشرة قتلى»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.arguments import SentenceArguments
from pipeline.events.causes import RESULTS
from pipeline.events.lexicon import CASUALTIES, STRIKES
from pipeline.events.slots import Argument, Filled
from pipeline.events.steps import Step

#: Modes of deeds of one side alone, of which people die.
_DEADLY = STRIKES | {"beat", "torture"}
#: Folded: what a clause begins with that tells what a deed led to.
_LED = frozenset({"ف", "ما", "مما"})


class Aftermath(Step):
    """Completes the dead and wounded of one article whose own clause names no doer."""

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the same order; none that has an actor is changed."""
        return [self._blamed(event, events) for event in events]

    def _blamed(self, event: Filled, events: Sequence[Filled]) -> Filled:
        mode = event.candidate.trigger.mode
        if mode not in RESULTS or event.slot("actor"):
            return event
        sentence = self._sentence(event)
        at = min((event.mention.at, *(i for i, _ in event.mention.carriers)))
        if not self._leaving(at, sentence) and not self._led(event, at, sentence):
            return event
        told = (e for e in events if e.mention.at < at and self._sentence(e) is sentence)
        blows = (e for e in told if e.candidate.trigger.mode not in CASUALTIES or e.slot("actor"))
        giver = max(blows, key=lambda e: e.mention.at, default=None)
        if giver is None or giver.candidate.trigger.mode not in _DEADLY | CASUALTIES:
            return event
        own = {(a.np.first, a.np.last) for a in event.arguments}
        doers = [a for a in giver.slot("actor") if (a.np.first, a.np.last) not in own]
        found = (replace(a, how="aftermath") for a in doers)
        return replace(event, arguments=(*event.arguments, *found))

    def _leaving(self, at: int, sentence: SentenceArguments) -> bool:
        """«قصف الجيش الحي، *مخلفا* عشرة قتلى»، «*مسفرة* عن مقتل …»: a participle behind a deed says what it led to."""
        k = sentence.element_of.get(at, -1)
        if k < 1 or sentence.elements[k].kind == "verb":
            return False
        first = sentence.elements[k].first
        return any(sentence.grammar.is_(i, "leaving") for i in (first, first - 1))

    def _led(self, event: Filled, at: int, sentence: SentenceArguments) -> bool:
        """The clause says what came of the deed before it: by its first word, or since its dead are some «of them»."""
        view, g = sentence.view, sentence.grammar
        k = sentence.element_of.get(at, -1)
        if k < 1 or sentence.elements[k].kind != "verb":
            return False
        opens = view.key[sentence.elements[k].first - 1]
        if (
            event.candidate.trigger.mode not in CASUALTIES
        ):  # «، ما ألحق دمارا بالمنازل», but «فدمرت النيران …»
            return opens in _LED - {"ف"}
        own: Sequence[Argument] = event.slot("target")
        theirs = any(g.glued_pronoun(a.np.last - 1) for a in own)
        return opens in _LED or (opens == "و" and theirs)

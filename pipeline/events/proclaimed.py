"""Who made what is done by being proclaimed, told behind the noun: «هدنة إنسانية | أعلنها التحالف»."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.arguments import SentenceArguments
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Filled
from pipeline.events.steps import Step

#: Modes of what is done by being proclaimed.
_BY_WORD = frozenset(
    {
        "ceasefire",
        "curfew",
        "martial-law",
        "ban",
        "restrict",
        "strike-work",
        "boycott",
        "sanction",
        "mobilize",
    }
)
#: Elements between such a noun and the verb of the clause about it.
_NEAR = 4


class Proclaimed(Step):
    """Completes such nouns of one article by the clause that says who proclaimed them."""

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the same order; none that has an actor is changed."""
        return [
            self._given(e, group, "proclaimed")
            if e.candidate.trigger.mode in _BY_WORD
            and not e.mention.verbal
            and not e.slot("actor")
            and (group := self._by(e, self._sentence(e)))
            else e
            for e in events
        ]

    def _by(self, event: Filled, sentence: SentenceArguments) -> tuple[NP, ...]:
        """The subject of the verb whose object pronoun points back at the noun."""
        k, view, g = sentence.element_of[event.mention.at], sentence.view, sentence.grammar
        for j in range(k + 1, min(k + 1 + _NEAR, len(sentence.elements))):
            element = sentence.elements[j]
            if element.kind == "verb":
                points = element.last - element.first > 1 and g.glued_pronoun(element.last - 1)
                if not points or not g.is_(element.first, "proclaiming"):
                    return ()
                feminine = view.norm[event.mention.at].endswith("ة")
                roles = sentence.clauses.roles(j)
                means = view.key[element.last - 1] == ("ها" if feminine else "ه")
                able = roles.how == "vso" and all(sentence.semantics.actor(np) for np in roles.subject)
                return roles.subject if means and able and not roles.passive else ()
            if element.kind not in ("rel", "pp", "time", "np", "punct"):
                break
        return ()

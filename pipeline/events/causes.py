"""Who did what led to an event."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.events.arguments import SentenceArguments
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Filled
from pipeline.events.steps import Step

#: Modes of what an attack leads to.
RESULTS = CASUALTIES | {"destroy"}
#: How far back, in tokens, the attack that led to something may have been told.
_BACK = 60
#: Modes that take no doer from a verb above: they happen to people, or have two sides.
OWN_SIDES = CASUALTIES | {"clash", "collapse", "displace", "return-home"}


class Causes(Step):
    """Reads what stands around the nominal events of one article."""

    def _caused(
        self, event: Filled, sentence: SentenceArguments, events: Mapping[int, Filled]
    ) -> tuple[NP, ...]:
        """«قصف المسلحون الحي مما تسبب في سقوط قتلى»، «وسقط في الهجوم جرحى»: who did what led to it."""
        at = event.mention.at
        k = sentence.element_of[at]
        verb = self._verb(sentence, k)
        if verb < 0:
            return ()
        first = sentence.elements[verb].first
        causes = any(
            lv.label == "cause" and place == first
            for m in sentence.mentions.values()
            for place, lv in m.carriers
        )
        again = any(
            e.kind == "pp" and e.prep in ("في", "ب") and self._told_before(sentence, e.nps[0])
            for e in sentence.elements[verb + 1 : k]
            if e.nps
        )
        if not causes and not again:
            return ()
        for other in sorted((i for i in events if i < first), reverse=True):
            giver = events[other]
            if sentence.view.sent[other] != sentence.view.sent[at] or at - other > _BACK:
                break
            trigger = giver.candidate.trigger
            if trigger.type == "ASSAULT" and trigger.mode not in OWN_SIDES:
                group = tuple(a.np for a in giver.slot("actor"))
                if not group:
                    continue  # «استهدف مقاتلون حاجزا كما طالت الهجمات قرية، ما أسفر عن …»
                own = (a.np for a in event.slot("target"))
                return () if any(sentence.semantics.of_them(np, n) for n in own for np in group) else group
            if trigger.type == "ASSAULT":
                return ()  # of two sides, or of people hurt: who hurt them is not said
        return self._operating(sentence, verb)

    def _operating(self, sentence: SentenceArguments, verb: int) -> tuple[NP, ...]:
        """«نفذت القوات عملية استهدفت المهربين، مما أسفر عن …»: who carried out the operation."""
        for j in range(verb - 1, -1, -1):
            element = sentence.elements[j]
            if element.kind == "verb" and sentence.grammar.is_(element.first, "operating"):
                roles = sentence.clauses.roles(j)
                armed = all("armed" in sentence.semantics.classes(np) for np in roles.subject)
                return roles.subject if armed and not roles.passive else ()
            if sentence.clauses.ends(j):
                break
        return ()

    def _told_before(self, sentence: SentenceArguments, np: NP) -> bool:
        """«في الهجوم»: a definite event noun points back at what was told."""
        return np.head in sentence.mentions and sentence.grammar.has_article(np.head)

    def _verb(self, sentence: SentenceArguments, k: int) -> int:
        """The element number of the verb before element ``k`` in the same clause, or -1."""
        for j in range(k - 1, -1, -1):
            kind = sentence.elements[j].kind
            if kind == "verb":
                return j
            if kind in ("rel", "comp") or sentence.clauses.ends(j) or sentence.control.contrast(j):
                return -1
        return -1

    def _able(self, np: NP, sentence: SentenceArguments, *, telling: bool = False) -> bool:
        """Somebody who may act, and no source or witness; with a verb of telling no paper either."""
        told = any(sentence.grammar.is_(i, "informants") for i in range(np.first, min(np.head + 2, np.last)))
        media = telling and sentence.semantics.resolved(np).label == "media"
        return not told and not media and sentence.semantics.actor(np)

"""What the entries of its triggers and light verbs say of the clauses of a sentence: objects, passives, fixed words."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.events.clauses import ClauseReader
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.roles import Roles, Valency
from pipeline.events.senses import Candidate
from pipeline.events.surroundings import Surroundings
from pipeline.text.normalize import fold

#: Types whose verbs are said of both sides alike («اتهمت واشنطن»): a lone noun phrase after one is who acts.
DEALINGS = frozenset({
    "ACCUSE", "AGREE", "AID", "CONCEDE", "CONSULT", "COOPERATE", "REJECT", "REQUEST", "SUPPORT", "THREATEN",
})  # fmt: skip
#: … and modes whose verbs are never without somebody accused, met, called upon.
_NEEDY = frozenset({"accuse", "meet", "appeal"})
#: Modes that befall people and nothing else.
_VICTIMS = frozenset({"kill", "injure", "arrest", "abduct", "execute", "assassinate"})
#: Types that are acts of public life: between private people they are no news, by nobody («الفكر يرفض») no events.
POLITICS = DEALINGS | {"SANCTION"}


class Verbs(Surroundings):
    """Reads the verbs of one sentence, each once, left to right; :meth:`roles` reads one anew in another sense.

    Args:
        clauses: reads the sentence's verbs.
        mentions: mentions by view index, light verbs linked.
    """

    def __init__(self, clauses: ClauseReader, mentions: Mapping[int, Mention]) -> None:
        super().__init__(clauses, mentions)
        self.light = {
            at: (m.at, verb) for m in mentions.values() for at, verb in m.carriers if at in self.element_of
        }
        self._read()

    def _read(self) -> None:
        """Reads every verb once, left to right, with what its entry says of objects and the passive."""
        for k, element in enumerate(self.elements):
            if element.kind != "verb":
                continue
            mention = self.mentions.get(element.first)
            if mention is not None and mention.verbal:
                self.roles(k, mention.candidates[0])
            elif element.first in self.light:
                noun, verb = self.light[element.first]
                carried = noun if verb.event in ("object", "subject") else -1
                transitive = verb.event == "object" or (verb.event == "subject" and "object" in verb.frame)
                # «تعرض منزل ل…»: a verb that carries by a preposition has a passive only if it takes an object too
                passive = verb.event == "object" or (verb.event != "subject" and "object" in verb.frame)
                passive = passive and verb.passive != "never"
                causing = verb.label == "cause" and carried < 0
                roles = self.clauses.roles(
                    k,
                    Valency(
                        transitive,
                        may_be_passive=passive,
                        carried=carried,
                        governs=verb.event == "object",
                        light=True,
                        causing=causing,
                        outcome=verb.label == "cause",
                    ),
                )
                met = verb.event == "subject" and verb.frame.get("object") == "actor" and noun < element.first
                if met and roles.how == "vso" and roles.subject:
                    # «عقد اجتماع في الدوحة | ضم وزير الدفاع ونظيره»: the meeting is the subject, whatever parts the two
                    self.clauses.told(k, Roles((NP(noun, noun + 1, noun),), "relative", roles.subject))
            else:
                self.clauses.roles(k, Valency(transitive=False))

    def roles(self, k: int, candidate: Candidate, *, again: bool = False) -> Roles:
        """The roles of the verb element ``k`` in one sense of it."""
        trigger = candidate.trigger
        spec = trigger.frame.get("object", "-")
        counted = self._counted_object(k, candidate)
        valency = Valency(
            transitive=spec != "-" or counted,
            personal=spec == "target",
            moving=spec.startswith("place"),
            dealing=trigger.type in DEALINGS,
            needed=trigger.mode in _NEEDY and spec == "target",
            charge=trigger.mode == "accuse",
            meeting=trigger.type == "CONSULT",
            upon=self._upon(candidate),
            victims=trigger.mode in _VICTIMS and spec == "target",
            force=trigger.type == "ASSAULT",
            befalling=trigger.frame.get("subject") == "target",
            may_be_passive=(trigger.entry.passive == "context" or self._shown_passive(k, spec))
            and not counted,
            taken=self._object_taken(k, candidate),
        )
        return self.clauses.roles(k, valency, again=again)

    def _shown_passive(self, k: int, spec: str) -> bool:
        """«رُفضت المبادرة»: its vowels show the passive of a verb whose bare form is always active."""
        return spec != "-" and self.view.passive[self.elements[k].first]

    def _upon(self, candidate: Candidate) -> frozenset[str]:
        """The prepositions of a verb of force that name whom it befalls."""
        frame, trigger = candidate.trigger.frame, candidate.trigger
        if trigger.type in DEALINGS or frame.get("object", "-") != "-":
            return frozenset()
        return frozenset(fold(p) for p, spec in frame.items() if spec.split("|")[0] == "target")

    def _counted_object(self, k: int, candidate: Candidate) -> bool:
        """«أطلقت أربعة صواريخ»: a fixed word inside the phrase after the verb, which denotes nobody."""
        nps = self.elements[k + 1].nps if k + 1 < len(self.elements) else ()
        return any(
            np.first < f < np.last and not self.semantics.actor(np) for f in candidate.fixed for np in nps
        )

    def _plain_between(self, k: int, j: int) -> set[str]:
        """The kinds of elements between a verb and its fixed word, a relative clause of the subject left out."""
        for r in range(k + 1, j):
            if self.elements[r].kind == "rel" and self.clauses.past_clause(r) == j:
                return {e.kind for e in self.elements[k + 1 : r]}
        return {e.kind for e in self.elements[k + 1 : j]}

    def _object_taken(self, k: int, candidate: Candidate) -> bool | None:
        """Whether a fixed word of the trigger is its object: it follows a noun phrase, without a preposition.

        A verb whose frame gives the object a slot may have two of them («حمّل الحكومة مسؤولية»): None, unless the fixed
        word speaks of the subject itself («سحبت فرنسا قواتها»).
        """
        alone = candidate.trigger.frame.get("object", "-") == "-"
        for f in candidate.fixed:
            j = self.element_of.get(f, 0)
            between = self._plain_between(k, j)
            if (
                self.elements[j].kind != "fixed"
                or "np" not in between
                or not between <= {"np", "time", "punct", "pp"}
            ):
                continue
            # A definite word after an open one is its genitive («حالة التأهب»), not an object of its own.
            apart = self.elements[j - 1].kind != "np" or self.grammar.closed(f - 1)
            own = apart or not self.grammar.has_article(f) or self.grammar.nominative(f - 1)
            if own:
                return True if alone or self.grammar.glued_pronoun(f + 1) else None
        return False

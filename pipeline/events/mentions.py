"""What finding the triggers makes: words that may say that something happened, with their senses."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.events.senses import Candidate
from pipeline.knowledge.events import LightVerb


@dataclass(frozen=True, slots=True)
class Mention:
    """A word that may say that something happened.

    Attributes:
        at: view index of the trigger word.
        candidates: its senses, most specific first; all of one kind (verbal or nominal).
        light: view index of the light verb that carries it, or -1, and that verb's entry.
        clause, clause_verb: the same of a second one in a relative clause («تعرض لهجوم *شنه* مسلحون»).
    """

    at: int
    candidates: tuple[Candidate, ...]
    light: int = -1
    light_verb: LightVerb | None = None
    clause: int = -1
    clause_verb: LightVerb | None = None

    @property
    def carriers(self) -> tuple[tuple[int, LightVerb], ...]:
        """The light verbs with their view indices, the one of a relative clause last."""
        both = ((self.light, self.light_verb), (self.clause, self.clause_verb))
        return tuple((at, verb) for at, verb in both if verb is not None)

    @property
    def anchor(self) -> int:
        """View index of the word that the clause has for it: the light verb, or the trigger itself."""
        return self.light if self.light >= 0 else self.at

    @property
    def verbal(self) -> bool:
        """The trigger is a finite verb."""
        return self.candidates[0].form.kind == "verb"

    @property
    def moves(self) -> bool:
        """One of its senses is told of convoys, which do nothing else."""
        return any(c.moves for c in self.candidates)

    @property
    def circumstantial(self) -> bool:
        """«…، مشيدا بجهود الوسيط»: listed in the accusative, it says what somebody does beside something else."""
        return all((c.trigger.entry.noun or "").endswith("ا") for c in self.candidates)

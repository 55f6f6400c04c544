"""Who is held, tried or accused on the charge of a deed."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.events.arguments import SentenceArguments
from pipeline.events.causes import Causes
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Filled

#: Modes of what is done to somebody on a charge.
_LAW = frozenset({"arrest", "convict", "accuse", "investigate", "execute", "deport", "raid"})
#: How far back, in tokens, the arrest or the trial may be told.
_TRIED = 25
#: Elements back from a deed among which the accusation of it may be named.
_CHARGE = 5


class Judged(Causes):
    """Reads the words for a charge before the nominal events of one article."""

    def _judged(
        self, event: Filled, sentence: SentenceArguments, events: Mapping[int, Filled]
    ) -> tuple[NP, ...]:
        """«حبس ثلاثة طلاب بتهمة إحراق سيارة»، «يواجه الرجل تهمة القتل»: who is charged is said to have done it."""
        at, g = event.mention.at, sentence.grammar
        if event.mention.light >= 0:
            at = min(at, event.mention.light)
        k = sentence.element_of.get(at, -1)
        if k < 0:
            return ()
        before = sentence.elements[k - 1] if k and sentence.elements[k - 1].kind == "fixed" else None
        first = (before or sentence.elements[k]).first
        if not any(g.is_(i, "counts") for i in range(first, at)):
            return self._accused(event, k, sentence, events)
        for other in sorted((i for i in events if i < at), reverse=True):
            if other not in sentence.element_of or at - other > _TRIED:
                break
            held = events[other].slot("target")
            if events[other].candidate.trigger.mode in _LAW and held:
                people = tuple(a.np for a in held if self._able(a.np, sentence))
                return people if not any(sentence.semantics.place(np) for np in people) else ()
        verb = self._verb(sentence, k)
        if verb < 0 or not g.is_(sentence.elements[verb].first, "facing"):
            return ()
        roles = sentence.clauses.roles(verb)
        return () if roles.passive else tuple(np for np in roles.subject if self._able(np, sentence))

    def _accused(
        self, event: Filled, k: int, sentence: SentenceArguments, events: Mapping[int, Filled]
    ) -> tuple[NP, ...]:
        """«الاتهامات الموجهة إلى الحرس بالضلوع | في خطف …»: whom an accusation before the deed is about."""
        if sentence.elements[k].prep not in ("ب", "في") or event.candidate.trigger.type != "ASSAULT":
            return ()
        for j in range(k - 1, max(-1, k - _CHARGE), -1):
            element = sentence.elements[j]
            if element.kind not in ("np", "pp", "time", "fixed"):
                break
            named = (events.get(i) for np in element.nps for i in range(np.head, np.last))
            charge = next((e for e in named if e is not None and e.candidate.trigger.mode == "accuse"), None)
            if charge is not None and not charge.mention.verbal:
                group = tuple(a.np for a in charge.slot("target"))
                return group if all(self._able(np, sentence) for np in group) else ()
        return ()

"""Who does what a masdar names that is joined to another: «استهداف الميليشيا للأسواق | وإحراق المنازل»."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.attachment import folded_frame
from pipeline.events.lexicon import CASUALTIES, FORCE, Reading, load_lexicon
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.senses import Candidate
from pipeline.events.stems import verbal_noun
from pipeline.events.surroundings import Surroundings

#: Types of deeds that go together: who does the first of two does the second.
_ALIKE = (FORCE, frozenset({"CONSULT", "AGREE", "COOPERATE", "AID", "SUPPORT"}))
#: Words of a masdar that stands alone behind its preposition, and phrases between it and its verb.
_ALONE = 2


class JoinedDeeds(Surroundings):
    """Reads the masdar that another one is joined to; see :class:`Surroundings`.

    The first of the two need not be an event that is told: what it does to a thing may be none.
    """

    def doers(self, mention: Mention, candidate: Candidate) -> tuple[NP, ...]:
        """The genitive of the masdar before, where it is who does it and no clause ends between the two."""
        at, kinds = mention.at, candidate.trigger.type
        verbal = candidate.form.kind == "masdar" or verbal_noun(self.view.norm[at])
        if not verbal or not self._joined(at):
            return ()
        for j in range(self.element_of[at], -1, -1):
            element = self.elements[j]
            if element.kind in ("verb", "rel", "comp", "punct") or self.clauses.ends(j):
                break
            for np in reversed(element.nps):
                before = [
                    r for r in load_lexicon().nominals(self.view.key[np.head]) if r.form.kind == "masdar"
                ]
                if np.head >= at or not before or self.grammar.verb(np.head):
                    continue
                if found := self._doer(before, np, kinds):
                    return found
                if not self._joined(np.head):
                    return ()
        return ()

    def led(self, mention: Mention, candidate: Candidate) -> tuple[NP, ...]:
        """«تمكن الجيش من التصدي للهجوم | وقتل مسلح»: joined behind what the first of two masdars governs.

        The verb leads by its preposition to the first, so that its subject does the second as well.
        """
        k = self.element_of[mention.at]
        here, before = self.elements[k], self.elements[k - 1] if k else None
        joined = candidate.form.kind == "masdar" and here.kind == "pp" and self._joined(mention.at)
        if not joined or before is None or before.kind != "pp" or before.last != here.first:
            return ()
        if here.nps[0].head >= mention.at or before.last - before.first > _ALONE + 1:
            return ()
        for v in range(k - 2, max(-1, k - 2 - _ALONE), -1):
            if self.elements[v].kind == "verb":
                leads = load_lexicon().leads(self.view.key[self.elements[v].first])
                roles = self.clauses.roles(v)
                return () if before.prep not in leads or roles.passive else roles.subject
        return ()

    def _joined(self, at: int) -> bool:
        return at > 0 and self.view.key[at - 1] == "و" and self.view.glued[at]

    def _doer(self, before: Sequence[Reading], np: NP, kind: str) -> tuple[NP, ...]:
        genitive = NP(np.head + 1, np.last, np.head + 1)
        if np.last < np.head + 2 or self.grammar.closed(np.head) or not self.semantics.actor(genitive):
            return ()
        for reading in before:
            trigger = load_lexicon().triggers[reading.trigger]
            alike = any({kind, trigger.type} <= types for types in _ALIKE)
            if not alike or trigger.mode in CASUALTIES:
                continue
            frame = folded_frame(trigger.frame)
            if frame.get("subject") != "actor":
                continue
            if frame.get("object", "-") == "-" and frame.get("genitive", "").startswith("actor"):
                return (genitive,)  # «سيطرة المتمردين على الطرق | وإحراق المنازل»
            if frame.get("object", "-") != "-" and self._acts_on(np):
                return (genitive,)
        return ()

    def _acts_on(self, np: NP) -> bool:
        """Behind the genitive stands what it is done to: «استهداف الجيش | للأسواق»، «قصف الجيش | القرية»."""
        if np.last >= len(self.view.key):
            return False
        behind = self.view.key[np.last] == "ل"
        return behind or (self.grammar.has_article(np.last) and not self.grammar.adjective(np.last))

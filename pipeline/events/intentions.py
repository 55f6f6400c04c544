"""Who does what he announces, chooses or refuses to do."""

from __future__ import annotations

from pipeline.events.governors import Governors
from pipeline.events.lexicon import CASUALTIES, FORCE
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.senses import Candidate

#: Types of what nobody but the one who refuses it would do.
_OWN_WILL = frozenset({"RETREAT", "AGREE", "CONSULT", "COOPERATE", "CONCEDE", "AID"})
#: Modes of what none but those in power do, and so refuse to do.
_IN_POWER = frozenset({"arrest", "deport", "execute", "convict", "investigate", "asylum", "recognise"})


class Intentions(Governors):
    """The doers of masdars that a verb of announcing, preferring or refusing governs.

    The arguments are those of :class:`Governors`.
    """

    def _announced(self, mention: Mention, candidate: Candidate, k: int) -> bool:
        """«أعلنت النقابة إضرابا»، «أعلنت واشنطن عقوبات على»: what comes about by being announced, by whoever does so.

        Of force only those under arms announce their own.
        """
        element, verb = self.elements[k], self._governor(k)
        if element.kind != "np" or not 0 <= verb < k or self.grammar.has_article(mention.at):
            return False
        if not self.grammar.is_(self.elements[verb].first, "proclaiming"):
            return False
        if any(self.grammar.glued_pronoun(i) for i in range(mention.at + 1, element.last)):
            return False
        own = self.clauses.roles(verb).subject
        armed = bool(own) and all("armed" in self.semantics.classes(np) for np in own)
        violent = candidate.trigger.type in FORCE and candidate.trigger.mode != "martial-law"
        heads = [np.head for np in element.nps]
        return mention.at in heads and candidate.trigger.mode not in CASUALTIES and (armed or not violent)

    def _chosen(self, verb: int, k: int, candidate: Candidate) -> tuple[NP, ...]:
        """«وتفضل إلقاء المسؤولية على …»: a masdar is all the object that the verb has; its subject may be unsaid."""
        roles = self.clauses.roles(verb)
        masdar = candidate.form.kind == "masdar" and self.elements[k].kind == "np" and verb == k - 1
        form, feminine = self.clauses.form(verb), self.view.norm[self.elements[k].first].endswith(("ة", "ات"))
        masdar = masdar and (form.plural or (form.feminine and not feminine))  # «يأتي تمديد …»: its subject
        unknown = self.elements[verb].first not in self.mentions
        active = not roles.passive and form.voice == "active"
        if masdar and unknown and active and not roles.subject and not self._only_sees(verb):
            self.open = verb
        return ()

    def refused(self, candidate: Candidate, mention: Mention, k: int, verb: int) -> tuple[NP, ...]:
        """«رفض المسلح تسليم نفسه»، «ورفضت قتال الجيش»: what somebody refuses to do, unless it is done to others."""
        governor = self.mentions.get(self.elements[verb].first)
        refuses = governor is not None and governor.verbal and governor.candidates[0].trigger.mode == "reject"
        own = candidate.trigger.type in _OWN_WILL or candidate.trigger.mode == "clash"
        plain = candidate.form.kind == "masdar" and not self.grammar.has_article(mention.at)
        if not (refuses and plain and self.elements[k].kind == "np" and verb < k):
            return ()
        roles = self.clauses.roles(verb)
        if not own and not self._empowered(candidate, mention, roles.subject):
            return ()
        if not roles.subject and not roles.passive:
            self.open = verb
        return () if roles.passive else tuple(np for np in roles.subject if self.semantics.actor(np))

    def _empowered(self, candidate: Candidate, mention: Mention, subject: tuple[NP, ...]) -> bool:
        """«رفضت كينيا اعتقال الوزير»: what those in power refuse to do to others is theirs to do."""
        power = subject and all({"armed", "state"} & self.semantics.classes(np) for np in subject)
        after = range(mention.at + 1, self.elements[self.element_of[mention.at]].last)
        own = any(self.grammar.glued_pronoun(i) for i in after)  # «رفض الحزب اعتقال نوابه»
        return candidate.trigger.mode in _IN_POWER and bool(power) and not own

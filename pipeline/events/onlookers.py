"""Who only lives through a deed: hears of it, fears it, acts in the days after it, and has not done it."""

from __future__ import annotations

from pipeline.events.attachment import folded_frame
from pipeline.events.lexicon import CASUALTIES, FORCE
from pipeline.events.mentions import Mention
from pipeline.events.senses import Candidate
from pipeline.events.surroundings import Surroundings
from pipeline.text.normalize import fold

#: Prepositions behind which a deed is told only to say when or why something else was done.
_AFTER = frozenset(fold(p) for p in ("بعد", "قبل", "عقب", "إثر", "غداة", "منذ"))
#: Prepositions between a remark or question and what it is about.
_ABOUT = frozenset({"علي", "عن", "في", "من"})
#: Types of deeds in which people are killed and hurt.
_TAKERS = FORCE | {"PROTEST", "MOBILIZE"}


class Onlookers(Surroundings):
    """Judges the subjects of the verbs that the masdars of one sentence hang on; see :class:`Surroundings`."""

    def looks_on(self, mention: Mention, candidate: Candidate, k: int, verb: int, *, sides: bool) -> bool:
        """Whether the subject of the verb element has not done what the masdar in element ``k`` names.

        Args:
            sides: the other side of a clash is said («بعد معارك مع المتمردين»), so that the subject may be this one.
        """
        if self._caused(mention, verb) or self.remarks(k, verb):
            return True
        if sides or not self._after(k) or candidate.trigger.type not in FORCE:
            return False
        return not self._forceful(candidate, verb, ahead=verb > k) or self._known(mention, k)

    def remarks(self, k: int, verb: int) -> bool:
        """«يخشى السكان القصف»، «علق الخبير على اعتقال الصحافيين»: the verb only hears or speaks of element ``k``."""
        first = self.elements[verb].first
        if self.grammar.is_(first, "witnesses"):
            return True
        return self.elements[k].prep in _ABOUT and self.grammar.is_(first, "remarking")

    def _after(self, k: int) -> bool:
        """«بعد تحرير المدينة»، «بعد مئة عام | من إسقاط طائرته»."""
        if self.elements[k].prep in _AFTER:
            return True
        before = self.elements[k - 1] if k else None
        if self.elements[k].prep != "من" or before is None:
            return False
        long = bool(before.nps) and self.grammar.is_(before.nps[-1].head, "spans_of_time")
        return long or before.kind == "time"

    def _caused(self, mention: Mention, verb: int) -> bool:
        """«… غداة هجوم أسفر عن 13 قتيلا»: the verb says what caused it, and its subject is no doer of deeds."""
        return any(
            light.label == "cause" and "object" not in light.frame and self.element_of.get(at) == verb
            for at, light in mention.carriers
        )  # but: «أجبرت الغارات المسلحين على الفرار»

    def _forceful(self, candidate: Candidate, verb: int, *, ahead: bool) -> bool:
        """«اعتقلت القوات شبانا بعد مداهمة منازل», but: «زار الوزير المدينة بعد تحريرها»."""
        first, roles = self.elements[verb].first, self.clauses.roles(verb)
        types = {m.candidates[0].trigger.type for m in self._deeds(first)}
        if candidate.trigger.mode in CASUALTIES:
            return False
        armed = bool(roles.subject) and all("armed" in self.semantics.classes(np) for np in roles.subject)
        if candidate.trigger.mode == "clash" or ahead:
            return armed and bool(types)
        return armed or bool(types & FORCE)

    def _known(self, mention: Mention, k: int) -> bool:
        """«أرسلت أنقرة طائرات عقب الاشتباكات»: a definite noun alone points back at what was told."""
        alone = self.elements[k].last == mention.at + 1
        after = self.elements[k + 1] if k + 1 < len(self.elements) else None
        frame = folded_frame(mention.candidates[0].trigger.frame)
        whole = after is not None and after.kind == "pp" and after.prep in frame  # «السيطرة | على الثكنة»
        return alone and not whole and self.grammar.has_article(mention.at)

    def did(self, k: int, mention: Mention) -> bool:
        """«قصف الجيش القرية، ما أدى إلى مقتل خمسة»: the verb before did it, whose subject the verb of cause takes over.

        Not so «أدان الوزير التفجير الذي … وأدى إلى مقتل», «خاضت الحكومة حروبا خلفت», «أطلق النار، ما أدى إلى مقتله».
        """
        subject, pronoun = self.clauses.roles(k).subject, mention.at + 1
        if self.grammar.glued_pronoun(pronoun) and self.clauses.agreement.refers(pronoun, subject):
            return False
        for j in range(k - 1, -1, -1):
            if self.elements[j].kind != "verb" or self.clauses.roles(j).subject != subject:
                continue
            deeds = [c for m in self._deeds(self.elements[j].first) for c in m.candidates]
            if any(c.trigger.type in _TAKERS and c.trigger.mode != "clash" for c in deeds):
                return True
        return False

    def _deeds(self, first: int) -> list[Mention]:
        """The event of the verb at view index ``first``, and those that it carries."""
        own = self.mentions.get(first)
        carried = [m for m in self.mentions.values() if any(at == first for at, _ in m.carriers)]
        return [*([own] if own is not None else []), *carried]

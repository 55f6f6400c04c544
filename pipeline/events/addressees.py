"""Whom a verb speaks to or meets: a lone phrase right behind it that is its object, though it could be the subject."""

from __future__ import annotations

from pipeline.events.cases import Cases
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.roles import Roles

#: Prepositions before what somebody did first («بعد وصول الوزير إلى القصر، التقى …»).
_FIRST = frozenset({"بعد", "قبل", "عقب", "لدي", "خلال", "فور", "قبيل", "اثر", "منذ"})


class Addressees(Cases):
    """Tells the lone objects of verbs of speech and meeting from their subjects, within one sentence."""

    def _addressees(self, position: int, form: Form, group: tuple[NP, ...]) -> bool:
        """«وحذرت السكان من …»: a feminine verb right before many men, who are told something behind a preposition."""
        np = group[0]
        if not form.feminine or len(group) > 1 or np.first != self.elements[position].last:
            return False
        gender, number, human = self.semantics.actors.head_features(self.semantics.text(np))
        told = self.elements[position + 2 : position + 3]
        behind = bool(told) and told[0].kind == "pp" and told[0].prep in ("ب", "الي", "علي", "من", "ل")
        return behind and (gender, number, human) == ("m", "p", True) and self.grammar.has_article(np.first)

    def _spoken_to(self, position: int, form: Form, group: tuple[NP, ...]) -> bool:
        """«كما دعا المجتمع الدولي إلى …»، «وطالب جميع الأطراف ب…»: who is only ever spoken to is no speaker."""
        np = group[0]
        if form.feminine or np.first != self.elements[position].last:
            return False
        return any(self.grammar.is_(i, "addressees") for i in range(np.first, min(np.head + 2, np.last)))

    def _ahead(self, position: int, form: Form, group: tuple[NP, ...]) -> Roles | None:
        """The roles of a verb that is never without its object («اتهم»، «التقى») and has one phrase alone behind it.

        «كما التقى قادة الحزب» goes on about whom the sentence before named, «وبعد وصول الوزير إلى القصر، التقى قادة
        الحزب» about whom the phrase ahead does.
        """
        before = self.elements[position - 1] if position else None
        if before is None or group[0].first != self.elements[position].last:
            return None
        if before.kind == "comp" and self.view.key[before.first] == "كما":
            return Roles((), "", group) if self._opens_sentence(position - 1) else None
        if before.kind != "punct" or self.ends(position - 1):
            return None
        opening = [e for e in self.elements[:position] if e.kind != "conj"][:1]
        if not opening or opening[0].kind != "pp" or opening[0].prep not in _FIRST:
            return None
        if any(e.kind not in ("pp", "np", "time", "punct", "conj") for e in self.elements[:position]):
            return None
        for np in opening[0].nps:
            doer = NP(np.head + 1, np.last, np.head + 1)
            known = np.head in self.events or not self.semantics.actor(np)
            if known and np.last > np.head + 1 and self.semantics.actor(doer):
                return Roles((doer,), "conjunct", group) if self._fits(form, doer) else None
        return None

    def _fits(self, form: Form, np: NP) -> bool:
        return self.agreement.agrees(form, (np,), after=False)

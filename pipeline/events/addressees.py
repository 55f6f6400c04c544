"""A lone phrase right behind a verb that is its object, though it could be the subject: whom it speaks to or meets."""

from __future__ import annotations

from pipeline.events.cases import Cases
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.roles import Roles, Valency

#: Prepositions before what somebody did first («بعد وصول الوزير إلى القصر، التقى …»).
_FIRST = frozenset({"بعد", "قبل", "عقب", "لدي", "خلال", "فور", "قبيل", "اثر", "منذ"})

#: Elements behind a verb among which its object may stand.
_CLAUSE = 8


class Addressees(Cases):
    """Tells lone objects of verbs from their subjects, within one sentence."""

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

    def _met_behind(self, position: int, group: tuple[NP, ...]) -> bool:
        """«كما التقت ميركل، التي …، بالرئيس»: a name, and «ب» names the other side."""
        named = self.view.ent_label(group[0].head) == "PER"
        behind = self.elements[position + 2 : position + 2 + _CLAUSE]
        return named and any(
            e.kind == "pp" and e.prep == "ب" and self.semantics.actor(e.nps[0]) for e in behind
        )

    def _ahead(self, position: int, form: Form, group: tuple[NP, ...]) -> Roles | None:
        """The roles of a verb that is never without its object («اتهم»، «التقى») and has one phrase alone behind it.

        «كما التقى قادة الحزب» goes on about whom the sentence before named, «وبعد وصول الوزير إلى القصر، التقى قادة
        الحزب» about whom the phrase ahead does.
        """
        before = self.elements[position - 1] if position else None
        if before is None or group[0].first != self.elements[position].last:
            return None
        if before.kind == "comp" and self.view.key[before.first] == "كما":
            lone = self._opens_sentence(position - 1) and not self._met_behind(position, group)
            return Roles((), "", group) if lone else None
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

    def _of_subject(
        self, position: int, form: Form, group: tuple[NP, ...]
    ) -> tuple[tuple[NP, ...], str] | None:
        """«وقد صبغ شعره»: behind a verb that no entry knows a thing of the subject before is no subject."""
        pronoun = self.agreement.belonging(group)
        if not pronoun or group[0].first != self.elements[position].last:
            return None
        chained = self._chained(position, form, matrix=True)
        owner = chained[0] or self._introduced(position)
        if not owner or not self.semantics.actor(owner[0]):
            return None
        own = self.agreement.meant(pronoun, owner)
        return (chained if chained[0] else (owner, "svo")) if own else None

    def _done_to(self, position: int, form: Form, left: tuple[NP, ...], right: tuple[NP, ...]) -> bool:
        """«إن المقاتلين | تدعمهم | الطائرات»: the pronoun means the phrase before, and who does it follows."""
        verb, np = self.elements[position], right[0]
        if form.plural or np.first != verb.last or not self.agreement.refers(verb.last - 1, left):
            return False
        able = self._agent(right) or self.grammar.is_(np.head, "means")
        return able and self.agreement.agrees(form, right, after=True)

    def _acts_on_another(self, form: Form, left: tuple[NP, ...], valency: Valency) -> bool:
        """«جمهوره الذي يدعمه»، «روسيا التي ضمتها»: with nobody behind the verb the antecedent itself does it."""
        if form.plural or valency.light or left[-1].head in self.events:
            return False
        if not (self._agent(left[-1:]) if valency.victims else self.semantics.actor(left[-1])):
            return False
        return self.agreement.agrees(form, left[-1:], after=False, strict=True)

    def _accused_of(self, position: int) -> bool:
        """«يتهم بالتخطيط»: what somebody is accused of stands right behind the verb."""
        after = self.elements[position + 1] if position + 1 < len(self.elements) else None
        if after is None or "ب" not in (after.prep, self.view.key[after.first]):
            return False
        return not self.grammar.glued_pronoun(after.last - 1)  # «تتهم بدورها …»

    def _set_free(self, position: int, form: Form, chained: tuple[NP, ...]) -> bool:
        """«أمضى عامين في السجن وأطلق سراحه»: of a man alone, who is in no power, he himself is set free."""
        after = self.elements[position + 1] if position + 1 < len(self.elements) else None
        if after is None or after.kind != "fixed" or form.plural or not form.masculine:
            return False
        at = after.first + 1
        if form.voice != "either" or not self.grammar.glued_pronoun(at):
            return False
        if not self.grammar.is_(after.first, "freedom"):
            return False  # «سلم نفسه»
        if not chained:
            return True
        return self.agreement.refers(at, chained) and not self.semantics.classes(chained[0]) & {
            "armed",
            "state",
        }

    def _objective(self, group: tuple[NP, ...]) -> bool:
        """«لم تتخذ قرارا»، «تواجه ضغوطا»: an open noun with the ending of the accusative, which denotes nobody."""
        np, view = group[0], self.view
        ending = view.norm[np.head].endswith("ا") and len(view.norm[np.head]) > 4 and view.ent[np.head] < 0
        return ending and len(group) == 1 and self._indefinite(np) and self.semantics.inert(np)

    def _unlike(self, form: Form, carried: int) -> bool:
        """«كما شن غارات»، «وجه … انتقادا»: by gender or case the event noun is not the subject, but the object."""
        if carried < 0:
            return False
        norm = self.view.norm[carried]
        return (form.masculine and norm.endswith(("ة", "ات"))) or (norm.endswith("ا") and len(norm) > 3)

    def _announced(self, group: tuple[NP, ...]) -> bool:
        """«وأعلنت فرض حظر التجول»: an event right after the verb is what is said or done, not who does it."""
        np = group[0]
        event = any(i in self.events for i in range(np.first, np.last))
        definite = self.grammar.has_article(np.first) or self.grammar.is_(np.first, "demonstratives")
        moving = self.grammar.is_(np.head, "means")  # تعرضت | قافلة مساعدات | لهجوم
        return event and not self.semantics.actor(np) and not definite and not moving

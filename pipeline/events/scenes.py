"""What opens a clause before its verb and is not its subject: «وفي حادث آخر | اعتقلت الشرطة»، «إنه | أعلنت»."""

from __future__ import annotations

from pipeline.events.addressees import Addressees
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.roles import Valency

#: Folded: points at one man, and at nothing.
_HE = "ه"
#: Folded: what opens a clause that a second one follows.
_MOMENT = frozenset({"بينما", "فيما", "عندما", "حين", "حينما", "لما"})


class Scenes(Addressees):
    """Tells the phrases that only set the scene from subjects before the verb, within one sentence."""

    def _sets_scene(
        self,
        position: int,
        form: Form,
        left: tuple[NP, ...],
        how: str,
        right: list[tuple[NP, ...]],
        valency: Valency,
    ) -> bool:
        """Whether the verb has its subject behind it, so that what stands before it is none.

        Args:
            left: the phrase before the verb, found as ``how`` says; right: the phrases behind it.
        """
        if not left or not right or form.plural or len(left) > 1 or not self._does(form, right[0]):
            return False
        two = len(right) > 1 or not valency.transitive
        if how == "svo" and (self._in_dateline(left[0]) or (two and self._meanwhile_was(position, left[0]))):
            return True
        if how in ("pronoun", "reflexive"):
            return self._of_fact(position, form, left, right, two=two)
        if how not in ("svo", "relative") or not self._nobody(left[0]):
            return False
        told = form.tense == "past" and self.elements[position - 1].kind in ("np", "pp")
        if (how == "relative" and not told) or self._resumed(position):
            return False  # «مبادئ | تعترف بها الدول»
        if self._begun(position, left[0]) and form.tense == "past":
            return two
        if not self._indefinite(left[0]) or (how == "svo" and self._introduced(position)):
            return False
        if self._meantime(left[0]):
            return False
        if left[0].head in self.events and not self._another(left[0]):
            return False
        # «وفي حادث آخر | اغتيل قاض»: beside another deed nobody is said who would have done it
        beside = valency.victims and self._another(left[0]) and form.voice == "either"
        differs = beside or not self.agreement.agrees(form, left, after=False, strict=True)
        return two or differs or self._told_how(left[0])

    def _we(self, form: Form, pronoun: int, group: tuple[NP, ...]) -> bool:
        """«هاجمنا معسكرا»: before what cannot have done it «نا» is the subject, but «هاجمنا المسلحون»."""
        said = self.view.key[pronoun] == "نا" and form.tense == "past" and form.masculine
        return said and not self._does(form, group)

    def _does(self, form: Form, group: tuple[NP, ...]) -> bool:
        """Somebody who can do it, by gender and case."""
        known = self.semantics.actor(group[0]) and not self._accusative(group[0])
        return known and self.agreement.agrees(form, group, after=True)

    def _nobody(self, np: NP) -> bool:
        """An idea, a deed, a thing, or a place without a name, also another of its kind; or how people are."""
        k = self.element_of[np.first]
        human = self.semantics.actors.head_features(self.view.norm[np.head])[2]
        known = self.semantics.classes(np)
        if self.elements[k].prep == "في" and self._indefinite(np) and human is not True:
            return "place" in known or known <= {"thing", "number"}
        if not known <= {"thing", "number"}:
            return False
        other = self._another(np) and human is not True
        return self.semantics.inert(np) or other or self._state(np)

    def _state(self, np: NP) -> bool:
        """«كان السكان | نائمين»، «المفاوضات | مستمرة»: what is said of the subject right before."""
        k = self.element_of[np.first]
        if k < 2 or np.first != self.elements[k].first or self.elements[k - 1].kind != "np":
            return False
        opened = self.elements[k - 2]
        was = opened.kind == "verb" and self.grammar.is_(opened.first, "raised_subject")
        return (was or opened.kind == "comp") and self.grammar.has_article(self.elements[k - 1].first)

    def _of_fact(
        self, position: int, form: Form, left: tuple[NP, ...], right: list[tuple[NP, ...]], *, two: bool
    ) -> bool:
        """«يذكر أنه | اعتقلت الشرطة»: «ه» means nobody where the verb is feminine, or none it could mean has spoken."""
        opened = [e.last - 1 for e in self.elements[:position] if e.kind == "comp" and e.last - e.first > 1]
        if not opened or self.view.key[opened[-1]] != _HE:
            return False
        if form.feminine:
            return not self.agreement.many_things(right[0]) or two
        head = left[0].head
        told = self.semantics.inert(left[0]) or self.grammar.of_class(head, "informants")
        spoken = not told and not self.grammar.is_(head, "pronouns")
        return self.grammar.nominative(right[0][0].head) or (two and not spoken)

    def _told_fact(self, position: int, form: Form, right: list[tuple[NP, ...]], valency: Valency) -> bool:
        """«ذكرت الشرطة أنه | أصيب ثلاثة أشخاص»: «ه» means nobody who has spoken, so that the phrase undergoes it."""
        personal = valency.personal and valency.may_be_passive and not valency.dealing
        if not personal or len(right) != 1 or form.voice == "active" or form.plural:
            return False
        if self.grammar.glued_pronoun(right[0][-1].last - 1) or self._accusative(right[0][0]):
            return False
        k = position - 1
        while k > 0 and self.elements[k].kind == "part":
            k -= 1
        said = self.elements[k]
        if said.kind != "comp" or said.last - said.first < 2 or self.view.key[said.last - 1] != _HE:
            return False
        he = any(
            self.agreement.refers(said.last - 1, (np,)) and self.semantics.actor(np)
            for element in self.elements[:k]
            for np in element.nps
        )
        return not he and self.agreement.agrees(form, right[0], after=True)

    def _in_dateline(self, np: NP) -> bool:
        """«عمان: «الرأي» | اعتقلت الشرطة»: the paper whose report it is, behind the town where it comes from."""
        k = self.element_of[np.first]
        kinds = [e.kind for e in self.elements[:k]]
        quoted = self.grammar.opens_quote(self.elements[k].first)
        return quoted and kinds == ["np", "punct"] and self.semantics.place(self.elements[0].nps[0])

    def _meanwhile_was(self, position: int, np: NP) -> bool:
        """«بينما كان الناس في الأسواق | خطف مسلحون مهندسا»: the clause that «بينما» opens has its predicate."""
        k = self.element_of[np.first]
        kinds = [e.kind for e in self.elements[max(0, k - 2) : position]]
        if kinds[:3] != ["comp", "verb", "np"] or not {"pp", "np"} & set(kinds[3:]):
            return False
        was = self.grammar.is_(self.elements[k - 1].first, "raised_subject")
        return was and self.view.key[self.elements[k - 2].first] in _MOMENT

    def _begun(self, position: int, np: NP) -> bool:
        """«منذ أن بدأت الأزمة | اعتقلت الشرطة»: behind «بدأ» and its subject a past verb is another clause's."""
        at = self.element_of.get(np.first, 0) - 1
        return (
            at >= 0
            and self.elements[at].kind == "verb"
            and self.grammar.is_(self.elements[at].first, "becoming")
        )

    def _meantime(self, np: NP) -> bool:
        """«، زاعما | قتل عشرة»: behind a comma the accusative of a participle governs what looks like a verb."""
        k = self.element_of[np.first]
        marked = k > 0 and self.elements[k - 1].kind == "punct"
        return marked and np.last == np.head + 1 and self.view.norm[np.head].endswith("ا")

    def _another(self, np: NP) -> bool:
        """«وفي هجوم آخر | خطف مسلحون مهندسا»: told beside a deed told before."""
        return any(self.grammar.is_(i, "others") for i in range(np.head + 1, np.last))

    def _told_how(self, np: NP) -> bool:
        """One word that is no noun, or what is said of a subject before it."""
        return self._state(np) or (np.last - np.first == 1 and self.grammar.adjective(np.head))

    def _came_about(self, position: int, np: NP, group: tuple[NP, ...], form: Form) -> bool:
        """«عمت الفوضى، و|هدد قادة المتمردين ب…»: what has come about deals with nobody, unless it is a text."""
        if not self.semantics.inert(np) or np.head in self.events or not self._does(form, group):
            return False
        said = any(self.grammar.of_class(np.head, name) for name in ("texts", "statements"))
        before = [k for k in range(position) if k in self._roles and np in self._roles[k].subject]
        return not said and bool(before) and not self.saying(self.elements[before[-1]].first)

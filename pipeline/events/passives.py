"""Clauses whose subject is not the phrase right behind the verb: passives without a mark, resumed antecedents."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.carried_subjects import CarriedSubjects
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.roles import Roles

#: So many phrases with prepositions between a verb and a noun make it another's («رحب بالبيان … عقب اجتماع …»).
_FAR = 2


class Passives(CarriedSubjects):
    """What the words around a verb tell of its voice, within one sentence.

    Attributes:
        named: view indices of fixed words of triggers that name the doer («قصفت *مسيرة* مقرا»).
    """

    named: frozenset[int]

    def _object_first(self, form: Form, right: Sequence[tuple[NP, ...]], *, dealing: bool) -> bool:
        """«رفضت تعيينه ثلاث جامعات»، «رفضت التوقيع حركتان»: what is done stands before the one who does it.

        Args:
            dealing: a verb of what somebody says or agrees, so that no deed or thing is its subject.
        """
        first, second = right[0], right[1]
        if self._at_place(first, second) and self.agreement.agrees(form, second, after=True):
            return True
        own = len(first) == 1 and self.grammar.glued_pronoun(first[0].last - 1)
        own = own or (dealing and form.feminine and len(first) == 1 and self._masculine_deed(first[0]))
        if (
            not own
            or self.grammar.number(first[0].head)
            or self.semantics.actor(first[0])
            or self.grammar.glued_pronoun(second[-1].last - 1)
        ):
            return False
        return self._doer(second) and self.agreement.agrees(form, second, after=True)

    def _at_place(self, first: tuple[NP, ...], second: tuple[NP, ...]) -> bool:
        """«زار المخيم | المبعوث الأممي»: a place that is no body stands before one who speaks, by name or office."""
        place = len(first) == 1 and self.semantics.classes(first[0]) == {"place"}
        return place and not self._indefinite(first[0]) and "speaker" in self.semantics.classes(second[0])

    def _masculine_deed(self, np: NP) -> bool:
        """«التوقيع»، «الجلوس إلى الطاولة»: a definite thing that is no subject of a feminine verb; a surname may be."""
        norm, g = self.view.norm[np.head], self.grammar
        named = (
            self.view.ent[np.head] >= 0
            or self.view.pos[np.head] == "PROPN"
            or norm.endswith(("ة", "ي", "اء", "ى"))
        )
        return g.has_article(np.head) and not named and self.semantics.inert(np)

    def _doer(self, group: tuple[NP, ...]) -> bool:
        return self.semantics.actor(group[0]) and group[0].head not in self.events

    def _befalls(self, position: int, form: Form, *, alone: bool) -> bool:
        """«وسترفع العقوبات»، «ما إن ترفع العقوبات»: the definite fixed word right behind the verb undergoes it.

        Args:
            alone: no verb before it has a subject that this one could have.
        """
        after = self.elements[position + 1] if position + 1 < len(self.elements) else None
        if form.voice != "either" or after is None or after.kind != "fixed":
            return False
        np = NP(after.first, after.last, after.first)
        if not self.grammar.has_article(np.head) or np.head in self.named:
            return False
        before = self.elements[position - 1] if position else None
        when = before is not None and before.kind == "comp" and self._whenever(before.first)
        return (alone or (when and form.tense == "imperfect")) and self.agreement.agrees(
            form, (np,), after=True
        )

    def _shared_object(self, position: int) -> list[tuple[NP, ...]]:
        """«الذين قتلوا | وجرحوا | عشرات السكان»: what stands behind the second of two verbs undergoes both deeds."""
        joined, second = position + 1, position + 2
        if second >= len(self.elements) or self.elements[joined].kind != "conj":
            return []
        element = self.elements[second]
        alike = element.kind == "verb" and element.last == element.first + 1 and self.form(second).plural
        return self._right(second)[:1] if alike and self._told_verb(element.first) else []

    def _told_verb(self, at: int) -> bool:
        return at in self.forms

    def _fixed_object(self, position: int) -> bool:
        """«القوات | طردت | السفير»: a fixed word of the trigger behind the verb, in no preposition, is its object."""
        for element in self.elements[position + 1 : position + 4]:
            if element.kind == "fixed":
                at, g = element.first, self.grammar
                if g.is_(at, "adverbs"):
                    return False  # الضابطان | أعدما | رميا بالرصاص
                governed = element != self.elements[position + 1] and self.view.time[at - 1] < 0
                governed = governed and not g.closed(at - 1)  # في انفجار | عبوات
                return at not in self.named and not g.preposition(at) and not governed
            if element.kind not in ("time", "pp", "other"):
                break
        return False

    def _whenever(self, at: int) -> bool:
        """«عندما»، «ما إن»."""
        once = self.view.key[at] == "ان" and self.view.key[at - 1] == "ما"
        return once or self.grammar.is_(at, "whenever")

    def _charged(self, position: int) -> bool:
        """«ويُتهم الرجل بالتخطيط ل…»: of a noun alone and what it is accused of, the noun is the accused."""
        following = self.elements[position + 1 : position + 4]
        kinds = [e.kind for e in following]
        if kinds[:1] != ["np"] or len(kinds) < 2 or "np" in kinds[2:]:
            return False
        told = following[1]
        if told.kind == "comp":
            return self.view.key[told.first].startswith("بان")
        own = self.grammar.glued_pronoun(told.last - 1)  # «اتهم الوزير بدوره …»
        return told.kind == "pp" and told.prep == "ب" and not own

    def _of_what(self, position: int) -> bool:
        """«الضابط ما زال يُتهم | بالتعاون مع …»: without an object, what somebody is accused of follows at once."""
        after = self.elements[position + 1] if position + 1 < len(self.elements) else None
        if after is None or not after.first + 1 < after.last or self.grammar.glued_pronoun(after.last - 1):
            return False
        return self.view.key[after.first] == "ب" and after.first + 1 in self.events

    def _resuming(
        self, position: int, form: Form, antecedent: tuple[NP, ...], right: Sequence[tuple[NP, ...]]
    ) -> Roles | None:
        """«الذي ينتقد النواب سياسته»، «الذي رفضت تعيينه جامعات»: a pronoun at the object points back."""
        if self.elements[position - 1].kind != "rel" or len(right) < 2:
            return None
        own = [self._points_at(group[-1], antecedent) for group in right[:2]]
        if own[0] == own[1]:
            return None
        subject, said = (right[1], right[0]) if own[0] else (right[0], right[1])
        if self.semantics.inert(subject[0]) or not self.agreement.agrees(form, subject, after=True):
            return None
        return Roles(subject, "vso", said)

    def _behind_resumption(self, position: int, form: Form, group: tuple[NP, ...]) -> bool:
        """«الشروط التي يطالب بها | دائنو اليونان»: a preposition resumes the antecedent, so the noun is the subject."""
        if not position or self.elements[position - 1].kind != "rel" or not self._resumed(position):
            return False
        known = not self.semantics.inert(group[0]) and group[0].head not in self.events
        return known and self.agreement.agrees(form, group, after=True)

    def _their_own(self, form: Form, antecedent: tuple[NP, ...], right: Sequence[tuple[NP, ...]]) -> bool:
        """«جثث | أعدم أصحابها»، «قرية | ذبح سكانها»: the people of a thing or a place suffer it."""
        if len(right) != 1 or form.voice != "either" or form.plural:
            return False
        still = all(not self.semantics.acts(np) and np.head not in self.events for np in antecedent)
        own = still and any(self._points_at(np, antecedent) for np in right[0][:1])
        return own and self.agreement.agrees(form, right[0], after=True)

    def _befell_in(self, position: int, form: Form, right: Sequence[tuple[NP, ...]]) -> bool:
        """«الهجمات التي | قتل فيها | نحو مئة جندي»: with one phrase alone, a pronoun for where it befell them."""
        if len(right) != 1 or form.voice != "either" or form.plural or not self._resumed(position):
            return False
        inside = self.elements[position + 1].prep in ("في", "خلال")
        led = position > 0 and self.elements[position - 1].kind in ("rel", "np", "pp")
        return inside and led and self.agreement.agrees(form, right[0], after=True)

    def _points_at(self, np: NP, antecedent: tuple[NP, ...]) -> bool:
        return any(
            self.grammar.glued_pronoun(i) and self.agreement.refers(i, antecedent)
            for i in range(np.head + 1, np.last)
        )

    def _beyond(self, position: int, group: tuple[NP, ...], pronoun: int) -> bool:
        """Phrases stand between a verb joined by «و» and a noun, so that the verb goes on with the subject before."""
        at = self.element_of.get(group[0].first, position)
        between = [
            e
            for e in self.elements[position + 1 : at]
            if e.kind == "pp" and not self.grammar.glued_pronoun(e.last - 1)
        ]
        if not between or not self._joined(position):
            return False
        thing = pronoun >= 0 and not self.semantics.actor(group[0]) and group[0].head not in self.events
        return thing or len(between) >= _FAR

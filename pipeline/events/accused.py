"""Who is said to have done a deed: the accused, the convicted, whoever is held responsible or claims it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.events.clauses import ClauseReader
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.surroundings import Surroundings
from pipeline.text.normalize import fold

#: Types whose verbs ask or charge somebody else with what is named after them.
ASKED = frozenset({"ACCUSE", "REQUEST"})
#: Types of what is done to the accused.
_TRIED = frozenset({"ACCUSE", "COERCE"})
#: «مسؤوليتها»: the noun as the tokeniser leaves it before its pronoun.
_RESPONSIBILITY = frozenset(fold(word) for word in ("مسؤولية", "مسؤوليت", "مسئولية", "مسئوليت"))
_THE_RESPONSIBILITY = frozenset("ال" + word for word in _RESPONSIBILITY)
_BEHIND = frozenset({"وراء", "خلف"})
_STANDING = frozenset(fold(word) for word in ("وقوف", "الوقوف"))
_CLAIM = frozenset(fold(word) for word in ("تبني", "ضلوع", "تورط"))
#: Elements back from a deed among which it is claimed («مسؤوليتها عن التفجير في المدينة وعن الهجوم»).
_CLAIMED = 9
#: … and back from a verb of suspicion to whom it is about.
_SUSPECT = 5


class Accused(Surroundings):
    """Reads the words for guilt before the masdars of one sentence.

    Args:
        clauses: has read the sentence's verbs.
        mentions: all mentions by view index.
        subject_before: the subject of the verb of saying or the nearest verb before an element.
        governor: the element number of the verb that an element hangs on, or -1.
    """

    def __init__(
        self,
        clauses: ClauseReader,
        mentions: Mapping[int, Mention],
        subject_before: Callable[[int], tuple[NP, ...]],
        governor: Callable[[int], int],
    ) -> None:
        super().__init__(clauses, mentions)
        self.subject_before = subject_before
        self.governor = governor

    def responsible(self, mention: Mention) -> tuple[NP, ...]:
        """«أعلنت الحركة مسؤوليتها عن الهجوم»، «تبني الحركة للهجمات»: who claims to be responsible did it."""
        k = self.element_of[mention.at]
        if self.elements[k].prep in _BEHIND:
            return self._behind(k)
        if taken := self._taken_later(mention, k):
            return taken
        if self.elements[k].prep not in ("عن", "في", "ل"):
            return ()
        if answerable := self._answerable(k):
            return answerable
        if involved := self._involved(k):
            return involved
        for j in range(k - 1, max(-1, k - _CLAIMED), -1):
            before = self.elements[j]
            comma = before.kind == "punct" and self.view.norm[before.first] in "،,"
            if (
                before.kind == "fixed"
                and self.view.key[before.first] in _RESPONSIBILITY | _THE_RESPONSIBILITY
            ):
                return self._assigned(j)  # حمل الوزير إيران | المسؤولية | عن التفجير
            if before.kind not in ("np", "pp", "conj", "time") and not comma:
                break
            for np in before.nps[-1:]:
                if self.view.key[np.head] in _THE_RESPONSIBILITY and np.last == np.head + 1:
                    return self._assigned(j)
                claimed = self.view.key[np.head] in _RESPONSIBILITY and self.elements[k].prep != "ل"
                if not claimed and self.view.key[np.head] not in _CLAIM:
                    continue
                if self.grammar.glued_pronoun(np.head + 1):
                    denied = any(
                        self.grammar.is_(e.first, "negation") for e in self.elements[max(0, j - 4) : j]
                    )
                    return () if denied else self._suspect(j, np.head + 1) or self.subject_before(j + 1)
                whose = NP(np.head + 1, np.last, np.head + 1)
                return (whose,) if np.last > np.head + 1 and self.semantics.actor(whose) else ()
            if before.kind == "np":
                break
        return ()

    def _suspect(self, j: int, pronoun: int) -> tuple[NP, ...]:
        """«اعتقلت قوات الأمن | سائقا | يشتبه في مسؤوليته | عن التفجير»: whom the pronoun means before such a verb."""
        verb = j - 1 if self.elements[j - 1].kind == "verb" else j - 2
        if verb < 1 or not self.grammar.is_(self.elements[verb].first, "suspecting"):
            return ()
        for i in range(verb - 1, max(-1, verb - _SUSPECT), -1):
            element = self.elements[i]
            if element.kind == "verb":
                break
            near = element.nps[-1:] if element.kind == "np" else ()
            person = bool(near) and (i == verb - 1 or self.semantics.actor(near[0]))
            if person and self.clauses.agreement.refers(pronoun, near):
                return near
        return ()

    def _taken_later(self, mention: Mention, k: int) -> tuple[NP, ...]:
        """«التفجير الذي هز الميناء و | أعلنت الحركة مسؤوليتها عنه»: who takes the responsibility for it behind it."""
        feminine = self.view.norm[mention.at].endswith(("ة", "ات"))
        for j in range(k + 1, min(k + _CLAIMED + _CLAIMED, len(self.elements) - 1)):
            element, after = self.elements[j], self.elements[j + 1]
            key = self.view.key[element.nps[0].head] if element.kind == "np" else ""
            own = after.prep == "عن" and self.grammar.glued_pronoun(after.last - 1)
            if key in _RESPONSIBILITY | _THE_RESPONSIBILITY and own:
                verb, means = self.governor(j), self.view.norm[after.last - 1]
                if not k < verb < j or means != ("ها" if feminine else "ه"):
                    return ()
                roles = self.clauses.roles(verb)
                denied = any(m.candidates[0].trigger.mode == "deny" for m in self._at(verb))
                if denied or self.grammar.is_(self.elements[verb].first - 1, "negation"):
                    return ()  # «لم تعلن أي جهة مسؤوليتها عنه»
                people = bool(roles.subject) and all(self.semantics.actor(np) for np in roles.subject)
                return roles.subject if people and not roles.passive else ()
        return ()

    def _answerable(self, k: int) -> tuple[NP, ...]:
        """«الحرس | مسؤول | عن قتل …»، «القوات هي المسؤولة عن»، «الحرس المسؤول عن»: who did it, it is said."""
        before = self.elements[k - 1] if k else None
        if (
            self.elements[k].prep != "عن"
            or before is None
            or not before.nps
            or before.last != self.elements[k].first
        ):
            return ()
        np = before.nps[-1]
        if not self.grammar.is_(np.last - 1, "answerable"):
            return ()
        if np.last > np.head + 1:  # «الفصيل | المسؤول عن»: an adjective of somebody
            whose = NP(np.first, np.last - 1, np.head)
            return (whose,) if self.semantics.actor(whose) else ()
        j = k - 1 if self.elements[k - 2].kind != "pron" else k - 2
        return self._topic(j)

    def _involved(self, k: int) -> tuple[NP, ...]:
        """«إن الجهاز | ضالع | في هجوم»، «المشتبه بهم المتورطين | في التفجير»: whose part in it a participle tells."""
        before = self.elements[k - 1].nps if k and self.elements[k].prep == "في" else ()
        told = (
            any(self.grammar.is_(i, "charged") for i in range(before[-1].head, before[-1].last))
            if before
            else False
        )
        return self.charged(k) if told else ()

    def _behind(self, k: int) -> tuple[NP, ...]:
        """«تقف الحركة | وراء الهجوم»، «المتهمة بالوقوف | خلف التفجير»: whose deed it is."""
        if said := self._said_behind(k):
            return said
        j = k - 1
        while j > 0 and self.elements[j].kind in ("np", "time") and self.elements[j - 1].kind == "verb":
            j -= 1
        if j < 0 or not self.elements[j].nps:
            stands = j >= 0 and self.grammar.is_(self.elements[j].first, "standing")
            return self.clauses.roles(j).subject if stands else ()
        np = self.elements[j].nps[-1]
        if self.view.key[np.head] not in _STANDING:
            return ()
        if charged := self.charged(j):
            return charged
        whose = NP(np.head + 1, np.last, np.head + 1)
        if (
            np.last > np.head + 1
            and not self.grammar.glued_pronoun(np.head + 1)
            and self.semantics.actor(whose)
        ):
            return (whose,)  # «تحدثت مصادر عن وقوف | الحركة | وراء الهجوم»
        verb = self.governor(j)
        asked = verb >= 0 and any(m.candidates[0].trigger.type in ASKED for m in self._at(verb))
        roles = self.clauses.roles(verb) if asked else None
        return () if roles is None else roles.subject if roles.passive else roles.objects

    def _said_behind(self, k: int) -> tuple[NP, ...]:
        """«يعتقد أن الحركة (هي) | وراء الهجوم»، «إن الحركة كانت | وراء الهجوم»: where no verb says more of them."""
        j = k - 1
        while j > 0 and (self.elements[j].kind == "pron" or self._raised(j)):
            j -= 1
        if j < 1 or self.elements[j].kind != "np":
            return ()
        opener = self.elements[j - 1]
        announced = opener.kind == "comp" or self._raised(j - 1)
        return self._of_people(self.elements[j].nps) if announced else ()

    def _raised(self, k: int) -> bool:
        return self.elements[k].kind == "verb" and self.grammar.is_(self.elements[k].first, "raised_subject")

    def _of_people(self, nps: tuple[NP, ...]) -> tuple[NP, ...]:
        return nps if all(self.semantics.actor(np) for np in nps) else ()

    def _assigned(self, j: int) -> tuple[NP, ...]:
        """«تبنت الحركة | المسؤولية | عن الهجوم»، «حملوا الجيش | المسؤولية»: who takes it, or on whom it is laid."""
        verb = self.governor(j)
        if not 0 <= verb < j:
            return ()
        roles = self.clauses.roles(verb)
        laid = any(m.candidates[0].trigger.type in ASKED for m in self._at(verb))
        return roles.objects if laid else () if roles.passive else roles.subject

    def _at(self, verb: int) -> list[Mention]:
        mention = self.mentions.get(self.elements[verb].first)
        return [mention] if mention is not None else []

    def blamed(self, k: int) -> tuple[NP, ...]:
        """«حمّل الوزير الحركة مسؤولية خطف المهندس»: who is held responsible is said to have done it."""
        before = self.elements[k - 1] if k else None
        if before is None or before.kind != "fixed" or self.view.key[before.first] not in _RESPONSIBILITY:
            return ()
        verb = self.governor(k)
        return self.clauses.roles(verb).objects if 0 <= verb < k else ()

    def charged(self, k: int) -> tuple[NP, ...]:
        """«مدان باختطاف سائق»، «متهمين بقتل»: the masdar behind a word for the accused is what they did."""
        before = self.elements[k - 1] if k else None
        if before is None or not before.nps or before.last != self.elements[k].first:
            return ()
        np = before.nps[-1]
        named = self.mentions.get(np.head)
        if named is not None and np.last > np.head + 1:
            if named.candidates[0].trigger.type not in ASKED:
                return ()  # إصابة رابع بإطلاق النار
            return (NP(np.head + 1, np.last, np.head + 1),)  # متهما الجيش بقصف…
        if not self.grammar.is_(np.head, "charged"):
            whose = next((i for i in range(np.head + 1, np.last) if self.grammar.is_(i, "charged")), -1)
            if whose > 0 and np.head not in self.mentions:
                return (self._people(np, whose),)  # ثلاثة من أصحاب السوابق المدانين | بالاعتداء
            # «بإعدام ثلاثة متهمين بقتل»
            return (NP(whose - self.grammar.number(whose - 1), np.last, whose),) if whose > 0 else ()
        if bearer := self._bearer(k - 1, np):
            return bearer
        predicate = not self.grammar.has_article(np.head) and np.last == np.head + 1
        return (self._topic(k - 1) if predicate else ()) or (np,)

    def indicted(self, k: int, at: int) -> tuple[NP, ...]:
        """«اعتقل شاب بتهمة طعن شرطي»: whoever is arrested or tried on the charge that the masdar at ``at`` names."""
        np = next((n for n in self.elements[k].nps if n.head < at < n.last), None)
        if np is None or not self.grammar.is_(np.head, "indictments"):
            return ()
        for j in range(k - 1, max(-1, k - _CLAIMED), -1):
            element = self.elements[j]
            if element.kind == "pp" and element.prep == "علي" and self.semantics.actor(element.nps[0]):
                return element.nps  # حكم على ضابط بتهمة
            named = self.mentions.get(element.nps[0].head) if element.kind in ("np", "pp") else None
            if (
                named is not None
                and named.candidates[0].trigger.type in _TRIED
                and element.nps[0].last > named.at + 1
            ):
                return (NP(named.at + 1, element.nps[0].last, named.at + 1),)  # محاكمة ضابط بتهمة
            if element.kind == "verb":
                roles = self.clauses.roles(j)
                return roles.subject if roles.passive else roles.objects
            if element.kind in ("rel", "comp") or self.clauses.ends(j):
                break
        return ()

    def _people(self, np: NP, whose: int) -> NP:
        """«صور | جماعة الهلال المتهمة»: without the thing of theirs that heads the phrase."""
        within = (NP(i, np.last, i) for i in range(np.head, whose) if self.grammar.nominal(i))
        if self.semantics.actor(np) or self.grammar.is_(np.head, "partitives"):
            return np
        return next((n for n in within if self.semantics.actor(n)), np)

    def _bearer(self, k: int, np: NP) -> tuple[NP, ...]:
        """«المطلوب سالم العلي | المتهم | بقتل شرطي»: the name or the group right before the word for the accused."""
        before = self.elements[k - 1] if k else None
        alone = self.grammar.has_article(np.head) and np.first == self.elements[k].first == np.last - 1
        if not alone or before is None or not before.nps or before.last != np.first:
            return ()
        named = before.nps[-1]
        return (named,) if self.semantics.actor(named) and not self.semantics.place(named) else ()

    def _topic(self, k: int) -> tuple[NP, ...]:
        """«إن الشبان | متورطون في قتل حارس»، «كان الموظف | متهما ب»: of whom the predicate at ``k`` is said."""
        before = self.elements[k - 1] if k else None
        if before is None or before.kind not in ("np", "verb"):
            return ()
        if before.kind == "verb":
            roles = self.clauses.roles(k - 1)
            return () if roles.passive else roles.subject
        verb = self.elements[k - 2] if k > 1 and self.elements[k - 2].kind == "verb" else None
        if verb is not None and not self.grammar.is_(verb.first, "raised_subject"):
            return ()  # أعدمت السلطات | مدانا
        return before.nps if all(self.semantics.actor(np) for np in before.nps) else ()

"""The subject that a verb shares with one before it: joined by «و», leaning on it, or behind «بعد أن»."""

from __future__ import annotations

from pipeline.events.grammar import FULL_STOPS
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.subjects import Subjects

#: Before أن: what follows is not what somebody says («غير أن الحركة نفت»، «بعد أن دخلوا»).
_NO_SPEECH = frozenset({"غير", "بعد", "قبل", "منذ", "الا", "رغم", "دون", "حتي", "سوي", "الي"})
#: … and of these, those behind which the verb goes on with the subject of the one before.
_SINCE = frozenset({"بعد", "قبل", "منذ"})
#: Tokens of a noun and the pronoun of its owner.
_OWNED = 2
#: Elements between the verb of a meeting and whom it names.
_SENT = 6


class CarriedSubjects(Subjects):
    """Finds the subjects that verbs go on with, within one sentence."""

    def _acting_before(
        self, position: int, form: Form, *, matrix: bool = False, after: bool = True
    ) -> tuple[tuple[NP, ...], str]:
        """As :meth:`_chained`, for a verb that does something to others: who has suffered the verb before does not."""
        for k in range(position - 1, -1, -1):
            if self.elements[k].kind == "verb" and k in self._roles:
                if (self._roles[k].passive or k in self._befalling) and not form.plural:
                    return (), ""  # «قُتلوا وجرح 18 آخرون»، «استشهد طفل وجرح أربعة»
                break
        return self._chained(position, form, matrix=matrix, after=after)

    def _chained(
        self, position: int, form: Form, *, matrix: bool = False, after: bool = True
    ) -> tuple[tuple[NP, ...], str]:
        """The subject of the verb before, when this verb is coordinated to it or leans on it and agrees.

        ``after``: also of a verb before «بعد أن», whose subject has done what follows as well.
        ``matrix``: a verb of speech behind a comma goes with the one that says («حذر المدير من أن…، ودعا»).
        """
        found: tuple[NP, ...] = ()
        aside: tuple[NP, ...] = ()
        passed = since = False
        said = False
        outcome = self.view.key[self.elements[position].first - 1] in ("ما", "مما")  # «…، ما أدى إلى»
        if form.first or self._impersonal(position) or self._opens_speech(position):
            return (), ""
        alone = self._unconnected(position)
        quoted = False
        for k in range(position - 1, -1, -1):
            element = self.elements[k]
            quoted ^= self.view.norm[element.first] == '"' and element.kind == "punct"
            if element.kind == "verb" and k in self._roles:
                speaker = self.saying(element.first)
                if (said and alone) or (quoted and speaker) or (outcome and (speaker or k in self._dealing)):
                    return found, "conjunct" if found else ""
                subject = self._roles[k].subject
                if since and (speaker or self._roles[k].passive or self._either(k, form)):
                    return (), ""
                if subject and self._roles[k].how == "vso" and self._his_own(subject):
                    continue  # «غطى وجهه وقتل الحارس»
                if subject and self._predicate(k, subject):
                    continue  # «خطفوا سفينة بينما كانت راسية في الميناء ونهبوا حمولتها»
                if alone and subject and self._behind_preposition(k):
                    continue  # «منذ تولي الرئيس الذي توعد بالثأر الحكم، قتل …»
                if form.plural and (pair := self._met(k, form)):
                    return pair, "conjunct"
                fits = bool(subject) and self.agreement.agrees(form, subject, after=False, strict=not outcome)
                if form.plural and fits and not self.semantics.actor(subject[0]):
                    fits = not self.view.norm[subject[0].head].endswith("ة")  # «كانت مبحرة … وسلبوا»
                # «أشادت الخرطوم بالقرار واتهمت …»: what one verb has agreed with the next agrees with
                fits = fits or (form.feminine and self.form(k).feminine and self._roles[k].how == "vso")
                if said:
                    fits = fits and self.semantics.actor(subject[0])
                    return (subject if fits else found, "conjunct")
                whole = self._joined(position) or (self._coordinated(position) and self._resumes(k))
                if fits and outcome and self._within_relative(k) and not speaker:
                    continue  # «قصف الطيران مدرسة يتحصن فيها مسلحون، ما أسفر عن …»
                if fits and not said and whole and self._describing(k) and not self._resumed(position):
                    aside = aside or subject  # «هاجموا القرية التي تسيطر عليها القوات، وقتلوا عمدتها»
                    continue
                if passed and self._roles[k].passive:
                    continue
                if not fits and not matrix:
                    passed = True
                    if self._coordinated(position):
                        continue  # «تصدت الحركة لرتل كان في طريقه إلى البلدة، واستهدفته»
                    return (), ""
                found = found or (subject if fits else ())
                if not matrix or not self._joined(position):
                    break
            if element.kind == "comp" and self.view.key[element.first] in ("ان", "بان"):
                if after and self.view.key[element.first - 1] in _SINCE:
                    since = True  # «تقدمت القوات بعد أن سيطرت على …»
                    continue
                if self.view.key[element.first - 1] in _NO_SPEECH or self._warned(k, position):
                    break
                said = True
            if element.kind == "punct" and self.view.norm[element.first] in FULL_STOPS:
                break
        found = found or aside
        return (found, "conjunct") if found else ((), "")

    def _warned(self, k: int, position: int) -> bool:
        """«عبر عن قلقه | من أن | يقتل مدنيون»: who fears what the verb right behind أن says has not done it."""
        after = self.elements[k + 1 : position]
        return self.view.key[self.elements[k].first - 1] == "من" and all(e.kind != "verb" for e in after)

    def _his_own(self, group: tuple[NP, ...]) -> bool:
        """«صبغ | شعره»، «ترك | سيارته»: a thing that is somebody's is no subject that the next verb goes on with."""
        np = group[0]
        owned = np.last == np.head + _OWNED and self.grammar.glued_pronoun(np.head + 1)
        return owned and len(group) == 1 and not self.semantics.actor(np) and np.head not in self.events

    def _predicate(self, k: int, group: tuple[NP, ...]) -> bool:
        """«كانت | مبحرة»: an open word behind كان that is nobody is said of whom its subject left unsaid."""
        np = group[0]
        raised = self.grammar.is_(self.elements[k].first, "raised_subject") and self._roles[k].how == "vso"
        bare = np.last == np.first + 1 and not self.grammar.has_article(np.head) and len(group) == 1
        return raised and bare and self.semantics.classes(np) == {"thing"}

    def _either(self, k: int, form: Form) -> bool:
        """«اعتقل الجيش رجلا بعد أن هاجم حارسا»: the object of the verb ``k`` may as well be who acts."""
        objects = self._roles[k].objects
        people = bool(objects) and self.semantics.actor(objects[0])
        return people and self.agreement.agrees(form, objects, after=False)

    def _behind_preposition(self, k: int) -> bool:
        """The verb stands in a relative clause about what a preposition governs."""
        at = self.element_of.get(self._roles[k].subject[0].first, -1)
        return self._within_relative(k) and 0 <= at < k and self.elements[at].kind == "pp"

    def _describing(self, k: int) -> bool:
        """The verb stands in a clause that says which noun is meant: its subject is one behind a preposition too."""
        subject = self._roles[k].subject
        at = self.element_of.get(subject[0].first, -1) if subject else -1
        return self._within_relative(k) or (0 <= at < k and self.elements[at].kind == "pp")

    def _resumes(self, k: int) -> bool:
        """«القرية التي تحرسها قوات كينية | ثم انسحبوا»: a relative clause with a pronoun and a subject is complete."""
        element, roles = self.elements[k], self._roles[k]
        return self._within_relative(k) and roles.how == "vso" and element.last - element.first > 1

    def _coordinated(self, position: int) -> bool:
        """«و»، «ف» or «ثم» stands before the verb, so that it goes on with a subject before it."""
        if self.view.key[self.elements[position].first][:1] == "و":
            return True
        before = self.elements[position - 1] if position else None
        return (
            before is not None and before.kind == "conj" and self.view.key[before.first] in ("و", "ف", "ثم")
        )

    def _met(self, k: int, form: Form) -> tuple[NP, ...]:
        """«التقى الوزير نظيره وبحثا»، «اجتمع الوزير مع نظيره وبحثا»: both of them act in what follows."""
        roles = self._roles[k]
        both = form.dual or k in self._dealing
        if len(roles.subject) != 1 or self.agreement.number(roles.subject[0]) in ("d", "p"):
            return ()  # «أوقف المسلحان حافلة وقتلا سائقها»
        if form.dual and len(roles.objects) == 1 and self.semantics.actor(roles.objects[0]):
            return (*roles.subject, *roles.objects)
        for element in self.elements[k + 1 : k + _SENT]:
            if element.kind not in ("np", "pp", "time"):
                break
            if element.kind == "pp" and element.prep in ("مع", "ب") and self.semantics.actor(element.nps[0]):
                # «التحم الفصيل بالجيش، وتمكنوا من …»: of a group the verb may tell with its plural
                return (*roles.subject, *element.nps) if both else roles.subject
        return ()

    def _opens_speech(self, position: int) -> bool:
        """«وقال: …»، «قال "…»: the verb is the first word that somebody says, who is not its subject."""
        k, quote = position - 1, False
        while k > 0 and self.elements[k].kind in ("part", "time", "other", "punct"):
            norm = self.view.norm[self.elements[k].first]
            if norm == ":":
                return True
            quote |= norm == '"'
            if self.elements[k].kind == "punct" and norm != '"':
                return False
            k -= 1
        return False

    def _led_to(self, position: int) -> tuple[NP, ...]:
        """«تعرض موكب لهجوم بقذيفة في عدن | أدى إلى مقتل عشرة»: the open event noun that an unjoined verb tells of."""
        form = self.form(position)
        for element in reversed(self.elements[:position] if self._unconnected(position) else []):
            if element.kind not in ("np", "pp", "time", "other"):
                break
            for np in reversed(element.nps):
                opened = np.head in self.events and self._indefinite(np)
                if opened and self.agreement.agrees(form, (np,), after=False):
                    return (np,)
        return ()

    def _unconnected(self, position: int) -> bool:
        """Neither «و» nor another word joins the verb to one before it, nor stands أن right before it."""
        if self.view.key[self.elements[position].first][:1] in "وف":
            return False
        k = position - 1
        while k > 0 and self.elements[k].kind in ("part", "time", "other"):
            k -= 1
        return (
            k >= 0 and self.elements[k].kind in ("np", "pp", "punct", "fixed") and not self._during(position)
        )

    def _during(self, position: int) -> bool:
        """«اختتم الرئيس زيارة إلى الرباط، التقى *خلالها* الملك»: what somebody did in the course of what he did."""
        after = self.elements[position + 1] if position + 1 < len(self.elements) else None
        return after is not None and after.prep == "خلال" and self.grammar.glued_pronoun(after.last - 1)

"""The subject of a verb that is not beside it: announced by أن or كان, named before أن, or that of the verb before."""

from __future__ import annotations

from pipeline.events.grammar import FULL_STOPS
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.relatives import Relatives
from pipeline.events.roles import guessed_form

#: Before أن: what follows is not what somebody says («غير أن الحركة نفت»، «بعد أن دخلوا»).
_NO_SPEECH = frozenset({"غير", "بعد", "قبل", "منذ", "الا", "رغم", "دون", "حتي", "سوي", "الي"})
#: Elements between a verb and the phrase that أن has announced, or the sender of what it tells.
_ANNOUNCED, _SENT = 18, 6


class Subjects(Relatives):
    """Finds the subjects of verbs at a distance, within one sentence.

    Attributes:
        forms: for verbs that the lexicon knows, their form by view index.
    """

    forms: dict[int, Form]

    def form(self, position: int) -> Form:
        """The form of the verb element at ``position``."""
        at = self.elements[position].first
        return self.forms.get(at) or guessed_form(self.view, at)

    def _left(self, position: int) -> tuple[tuple[NP, ...], str]:
        found, how = self._in_brackets(position) or super()._left(position)
        if not found and self._contrasted(position):
            how = "pronoun"
        if how == "relative" and (rider := self._rider(position)):
            return rider, "svo"
        if how == "pronoun" and (speaker := self._speaker(position)):
            return speaker, "reflexive"
        if found:
            return found, how
        if told := self._told_of(position, self.form(position)):
            return told, "relative"
        found = self._introduced(position) or self._named_before(position)
        return (found, "svo") if found else ((), "")

    def _rider(self, position: int) -> tuple[NP, ...]:
        """«إن مسلحين يستقلون دراجة | أطلقوا»: what the doer rides or carries does not do what he does."""
        k = position - 1
        if k < 2 or [e.kind for e in self.elements[k - 2 : k + 1]] != ["np", "verb", "np"]:
            return ()
        verb, doer, thing = self.elements[k - 1], self.elements[k - 2].nps, self.elements[k].nps
        imperfect = self.view.key[verb.first][:1] in ("ي", "ت") and verb.last - verb.first == 1
        if not imperfect or not self._opens_clause(k - 2) or not self._indefinite(doer[0]):
            return ()
        return doer if self.semantics.actor(doer[0]) and not self.semantics.actor(thing[-1]) else ()

    def _contrasted(self, position: int) -> bool:
        """«لكنها طالبت»: the pronoun of لكن stands right before the verb."""
        k = position - 1
        while k > 0 and self.elements[k].kind == "part":
            k -= 1
        return (
            k > 0 and self.elements[k].kind == "pron" and self.view.key[self.elements[k].first - 1] == "لكن"
        )

    def _in_brackets(self, position: int) -> tuple[tuple[NP, ...], str] | None:
        """«إن (داعش) هاجم»: a name in brackets right before the verb, and nothing else before it in its clause."""
        view, k = self.view, position - 1
        if k < 2 or view.norm[self.elements[k].first] != ")":
            return None
        for j in range(k - 1, max(-1, k - 7), -1):
            if view.norm[self.elements[j].first] != "(":
                continue
            inner = self.elements[j + 1 : k]
            if not inner or inner[0].kind != "np" or not self._opens_clause(j):
                return None
            first = inner[0].nps[0]
            return (NP(first.first, inner[-1].last, first.head),), "svo"
        return None

    def _introduced(self, position: int) -> tuple[NP, ...]:
        """«أن القوات، بقيادة العميد، | دخلت»، «كان الوزير، في كلمة له، | قد طالب»: what أن or كان has announced.

        Between the two stand phrases, commas and relative clauses, but no verb of the clause itself.
        """
        before = self.elements[position - 1]
        if before.kind == "conj" and self.view.key[before.first] == "ف":
            return self._as_for(position - 1)
        still = self._still(position - 1)
        if (before.kind in ("rel", "comp", "conj") and not still) or self._resumed(position):
            return ()
        done = self.elements[position - 1].kind == "part"  # … قد طالب
        for k in range(position - 1, max(-1, position - _ANNOUNCED), -1):
            element = self.elements[k]
            if self._still(k):
                continue
            if self.ends(k) or element.kind == "comp":
                plain = element.last - element.first == 1
                opens = element.kind == "comp" and plain and self.grammar.is_(element.first, "raised_subject")
                return self._phrases_behind(k, position) if opens else ()
            if element.kind != "verb" or self._within_relative(k):
                continue
            auxiliary = self.grammar.is_(element.first, "raised_subject")
            if done and auxiliary and self.elements[k + 1].kind == "np":
                return self._phrases_behind(k, position)
            if not (auxiliary and k + 1 == position - done):
                return ()
        return ()

    def _still(self, k: int) -> bool:
        """The «ما» of «ما زالت»."""
        element, verb = self.elements[k], self.elements[k + 1 : k + 2]
        negates = element.kind == "comp" and self.view.key[element.first] == "ما"
        return negates and bool(verb) and self.grammar.is_(verb[0].first, "raised_subject")

    def _as_for(self, k: int) -> tuple[NP, ...]:
        """«أما الوزير | فنفى»: the phrase between أما and the ف at ``k``."""
        for j in range(k - 1, max(-1, k - _SENT), -1):
            element = self.elements[j]
            if self.view.key[element.first] == "اما":
                behind = self.elements[j + 1]
                return behind.nps if behind.kind == "np" else ()
            if element.kind not in ("np", "pp", "punct", "time"):
                break
        return ()

    def _phrases_behind(self, k: int, position: int) -> tuple[NP, ...]:
        """The phrase right behind ``k``, with what «و» adds to it before the verb at ``position``."""
        j = k + 1
        while j < position and self.elements[j].kind == "punct" and not self.ends(j):
            j += 1
        if j >= position or self.elements[j].kind != "np":
            return ()
        found = list(self.elements[j].nps)
        for i in range(j + 1, position - 1):
            kinds = [e.kind for e in self.elements[i : i + 2]]
            if kinds[:1] in (["rel"], ["verb"]):
                break
            if kinds == ["conj", "np"] and self.semantics.actor(self.elements[i + 1].nps[0]):
                found += self.elements[i + 1].nps
        return tuple(found)

    def _named_before(self, position: int) -> tuple[NP, ...]:
        """«على الحكومة أن تتحرك»، «سبق للحركة أن نفت»، «بوسعها أن تعارض»: whom a preposition names before أن."""
        k = self._subjunctive(position)
        while k > 0 and (element := self.elements[k - 1]).kind == "pp" and element.nps:
            k -= 1
            np = element.nps[0]
            told = k > 0 and self.elements[k - 1].kind == "verb" and self.saying(self.elements[k - 1].first)
            if element.prep in ("ل", "علي") and not told:
                pronoun = self.grammar.is_(np.head, "pronouns")
                return element.nps if pronoun or self.semantics.actor(np) else ()
            if element.prep == "ب" and self.grammar.is_(np.head, "abilities") and np.last > np.head + 1:
                owner = NP(np.head + 1, np.last, np.head + 1)
                pronoun = self.grammar.is_(owner.head, "pronouns")
                return (owner,) if pronoun or self.semantics.actor(owner) else ()
        return ()

    def _subjunctive(self, position: int) -> int:
        """The «أن» right before the verb («أن يفعل»، «أن لا يفعل»), or 0."""
        k = position - 1
        while k > 0 and self.elements[k].kind == "part":
            k -= 1
        element = self.elements[k] if k > 0 else None
        plain = element is not None and element.kind == "comp" and element.last - element.first == 1
        return k if plain and element is not None and self.view.key[element.first] in ("ان", "بان") else 0

    def _impersonal(self, position: int) -> bool:
        """«من المرجح أن ترفع العقوبات»: nobody is said who would do what is likely, planned or needed."""
        k = self._subjunctive(position)
        before = self.elements[k - 1] if k else None
        if before is None or before.kind != "pp" or before.prep != "من" or not before.nps:
            return False
        np = before.nps[0]
        return np.last - np.first == 1 and self.grammar.has_article(np.head) and not self.semantics.actor(np)

    def _caller(self, position: int) -> tuple[NP, ...]:
        """«تلقى الملك اتصالا من الرئيس أعرب خلاله عن …»: who has sent what «فيه» or «خلاله» points back to."""
        after = self.elements[position + 1] if position + 1 < len(self.elements) else None
        resumed = after is not None and after.kind == "pp" and after.prep in ("في", "خلال")
        if after is None or not resumed or not self.grammar.glued_pronoun(after.last - 1):
            return ()
        for element in reversed(self.elements[max(0, position - _SENT) : position]):
            if element.kind == "pp" and element.prep in ("من", "عن") and self.semantics.actor(element.nps[0]):
                return element.nps
            if element.kind in ("verb", "rel", "comp", "conj", "fixed"):
                break
        return ()

    def _called(self, position: int) -> tuple[NP, ...]:
        """The subject of the verb before: who has got the call or letter."""
        for k in range(position - 1, -1, -1):
            if k in self._roles:
                return self._roles[k].subject
        return ()

    def _acting_before(
        self, position: int, form: Form, *, matrix: bool = False
    ) -> tuple[tuple[NP, ...], str]:
        """As :meth:`_chained`, for a verb that does something to others: who has suffered the verb before does not."""
        for k in range(position - 1, -1, -1):
            if self.elements[k].kind == "verb" and k in self._roles:
                if self._roles[k].passive and not form.plural:
                    return (), ""  # «قُتلوا وجرح 18 آخرون»
                break
        return self._chained(position, form, matrix=matrix)

    def _chained(self, position: int, form: Form, *, matrix: bool = False) -> tuple[tuple[NP, ...], str]:
        """The subject of the verb before, when this verb is coordinated to it or leans on it and agrees.

        ``matrix``: a verb of speech behind a comma goes with the one that says («حذر المدير من أن…، ودعا»).
        """
        found: tuple[NP, ...] = ()
        aside: tuple[NP, ...] = ()
        passed = False
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
                if form.plural and (pair := self._met(k, form)):
                    return pair, "conjunct"
                fits = bool(subject) and self.agreement.agrees(form, subject, after=False, strict=not outcome)
                # «أشادت الخرطوم بالقرار واتهمت …»: what one verb has agreed with the next agrees with
                fits = fits or (form.feminine and self.form(k).feminine and self._roles[k].how == "vso")
                if said:
                    fits = fits and self.semantics.actor(subject[0])
                    return (subject if fits else found, "conjunct")
                if fits and not said and self._joined(position) and self._describing(k):
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
                if self.view.key[element.first - 1] in _NO_SPEECH:
                    break
                said = True
            if element.kind == "punct" and self.view.norm[element.first] in FULL_STOPS:
                break
        found = found or aside
        return (found, "conjunct") if found else ((), "")

    def _describing(self, k: int) -> bool:
        """The verb stands in a clause that says which noun is meant: its subject is one behind a preposition too."""
        subject = self._roles[k].subject
        at = self.element_of.get(subject[0].first, -1) if subject else -1
        return self._within_relative(k) or (0 <= at < k and self.elements[at].kind == "pp")

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

    def _unconnected(self, position: int) -> bool:
        """Neither «و» nor another word joins the verb to one before it, nor stands أن right before it."""
        if self.view.key[self.elements[position].first][:1] in "وف":
            return False
        k = position - 1
        while k > 0 and self.elements[k].kind in ("part", "time", "other"):
            k -= 1
        return k >= 0 and self.elements[k].kind in ("np", "pp", "punct", "fixed")

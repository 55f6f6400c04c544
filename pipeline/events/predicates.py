"""Verbs that look like event nouns, behind the subject that أن or كان announces: «إن الحزب | رفض الخطة»."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.events.grammar import CLAUSE_OPENERS, Grammar
from pipeline.events.nounphrases import NP, NounPhraseReader
from pipeline.events.view import View
from pipeline.resolve.actor import HeadFeatures

#: Words between أن and the verb.
_REACH = 9
#: Words between the first of two joined masdars and the second.
_UNDERTAKEN = 12
#: Folded: conjunctions right before a verb, beside those that any clause begins with.
_LEADS = frozenset({"حتي", "كذلك", "ايضا", "ثم"})


class Predicates:
    """Says of a word that is a masculine verb or an event noun whether a clause needs it for its verb.

    Args:
        phrases: reads noun phrases.
        features: gender, number and humanness of a noun, as far as they are known.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        phrases: NounPhraseReader,
        features: Callable[[str], HeadFeatures],
    ) -> None:
        self.view = view
        self.phrases = phrases
        self.grammar = grammar
        self.features = features

    def expected(self, i: int) -> bool:
        """«أنه | قتل الرهائن»، «إن الجيش السوداني | قصف القرية»: behind its definite subject, before a noun."""
        view, g = self.view, self.grammar
        first, last = view.sents[view.sent[i]]
        if i - 1 < first or view.glued[i] or g.has_article(i) or not self._goes_on(i, last):
            return False
        if i - 1 > first and g.glued_pronoun(i - 1) and self._announces(i - 2):
            return view.key[i - 1] == "ه"
        k = i - 1
        while k > first and i - k <= _REACH and (g.nominal(k) or g.preposition(k) or g.glued_pronoun(k)):
            if view.time[k] < 0 and g.verb(k):
                return False
            k -= 1
        if k == first and view.key[k] not in ("و", "ف") and g.nominal(k) and not self._announces(k):
            k -= 1  # «الابن | قتل والده»
        elif not self._announces(k):
            return False
        if k + 1 >= i or not g.nominal(k + 1):
            return False
        return self._closed(k + 1, i) and (self._man(k + 1) or self._one_man(k + 1, i))

    def befell(self, i: int) -> bool:
        """«شيعوا شابا | قتل برصاص الشرطة»، «أسرة جندي | قتل في سيناء»: what is said of one man, and no masdar."""
        view, g = self.view, self.grammar
        first, last = view.sents[view.sent[i]]
        if i == first or i + 1 >= last or view.glued[i] or g.has_article(i) or not g.nominal(i - 1):
            return False
        if g.has_article(i - 1) or not (g.preposition(i + 1) or view.time[i + 1] >= 0):
            return False
        gender, number, human = self.features(view.norm[i - 1])
        if human is None and view.norm[i - 1].endswith("ا"):
            gender, number, human = self.features(view.norm[i - 1][:-1])
        return human is True and number == "s" and gender == "m"

    def opens(self, i: int) -> bool:
        """«رشق شبان سرايا المدينة»: at the head of a clause two noun phrases in a row make it a verb.

        So does a nominative («خطف مسلحون»), since a masdar takes the genitive.
        """
        view, g = self.view, self.grammar
        first, last = view.sents[view.sent[i]]
        begins = i == first or g.punct(i - 1) or view.key[i - 1] in CLAUSE_OPENERS or self._fronted(i, first)
        begins = begins or self._handed_over(i, first) or self._opened(i, first)
        if i + 1 >= last or not begins:
            return False
        if self.grammar.nominative(i + 1) and view.ent_label(i + 1) in ("", "NORP"):
            return True
        if g.number(i + 1) and view.key[i - 1 : i] != ("و",) and not g.preposition(i - 1):
            return True  # وفي الموصل، خطف أربعة من الحراس
        if self._handed_over(i, first):
            return g.nominal(i + 1) and not g.glued_pronoun(i + 1)
        if g.is_(i + 1, "lone_agents") and view.key[i - 1 : i] != ("و",):
            return True  # فتح مسلح | النار
        at = i + 1
        while at < last and view.time[at] >= 0:
            at += 1
        subject = self.phrases.np(at, last) if at < last else None
        if subject is None:
            return False
        k = subject.last
        if self._described(subject, k, last):
            return True
        k = self._past_phrases(subject, k, last)
        if k + 3 < last and g.is_(k, "relatives") and g.glued_pronoun(k + 2):
            led = self.phrases.np(k + 3, last)  # «قصف التحالف [الذي تقوده السعودية] مواقع»
            k = led.last if led is not None else k
        comma = k + 1 < last and view.norm[k] in "،," and view.time[k + 1] >= 0
        k += comma  # «طعن الرجل، أمس، حارسا»
        while k < last and view.time[k] >= 0:
            k += 1
        k += comma and k < last and view.norm[k] in "،,"
        return k < last and self.phrases.np(k, last) is not None

    def crowd_gathers(self, i: int) -> bool:
        """«تجمهر طلاب في أثينا وهتفوا»: at the head of its sentence before many, where another verb is joined to it."""
        view, g = self.view, self.grammar
        first, last = view.sents[view.sent[i]]
        if i + 2 >= last or not (i == first or g.ends_later(i - 1) or self._opened(i, first)):
            return False
        subject = self.phrases.np(i + 1, last)
        if subject is None or self.features(view.surface(subject.first, subject.last))[1:] != ("p", True):
            return False
        verbs = (k for k in range(subject.last, last) if g.verb(k))
        following = next(verbs, -1)
        joined = following > 0 and view.key[following - 1] in ("و", "ف") and view.glued[following]
        return joined and view.norm[following].endswith("وا")

    def _past_phrases(self, subject: NP, k: int, last: int) -> int:
        """Behind «رجل | في الخمسين من عمره»، «مسلح | من الحركة»: phrases that say who the one open person is."""
        view, g = self.view, self.grammar
        _, number, human = self.features(view.surface(subject.first, subject.last))
        if human is not True or number != "s" or g.has_article(subject.head):
            return k
        while k + 1 < last and view.key[k] in ("في", "من") and view.time[k] < 0:
            inner = self.phrases.np(k + 1, last)
            if inner is None or view.ent_label(inner.head) in ("GPE", "LOC", "FAC"):
                break
            k = inner.last
        return k

    def _described(self, subject: NP, k: int, last: int) -> bool:
        """«طعن رجل | يحمل سكينا …»: a clause in the imperfect describes one open person, of whom no noun is told."""
        view, g = self.view, self.grammar
        _, number, human = self.features(view.surface(subject.first, subject.last))
        person = human is True and number == "s" and subject.last - subject.first == 1
        return (
            person
            and k < last
            and not g.has_article(subject.head)
            and g.verb(k)
            and view.key[k][:1] in ("ي", "ت")
        )

    def undertaken(self, i: int, leads: Callable[[str], frozenset[str]], deed: Callable[[str], bool]) -> bool:
        """«تمكنوا من صد الهجوم و|قتل مسلح»، «أقدم على دهم المنزل و|قتل …»: joined to a masdar that a verb leads to.

        Args:
            leads: the prepositions by which a folded form leads to what somebody does.
            deed: whether a folded form can be a masdar that governs an object.
        """
        view, g = self.view, self.grammar
        first, last = view.sents[view.sent[i]]
        joined = i - 1 > first and view.glued[i] and view.key[i - 1] == "و" and not view.passive[i]
        if not joined or i + 1 >= last or not g.nominal(i + 1) or view.norm[i + 1].endswith(("ون", "ان")):
            return False
        for j in range(i - 3, max(first, i - _UNDERTAKEN) - 1, -1):
            if g.punct(j) or g.verb(j):
                return False
            if not (g.preposition(j) and g.nominal(j + 1) and deed(view.key[j + 1])):
                continue
            for k in range(j - 1, max(first, j - _REACH) - 1, -1):
                if view.key[j] in leads(view.key[k]):
                    return True
                if g.punct(k) or g.verb(k):
                    break
        return False

    def heads(self, i: int) -> bool:
        """«وإثر ذلك | أضرب عمال النقل عن العمل»: at the head of a clause a word that is no event noun, before many."""
        view, g = self.view, self.grammar
        first, last = view.sents[view.sent[i]]
        if i + 1 >= last or g.has_article(i):
            return False
        begins = i == first or g.punct(i - 1) or self._opened(i, first) or g.ends_later(i - 1)
        if not begins and (g.preposition(i - 1) or not (g.closed(i - 1) or g.adjective(i - 1))):
            return False
        subject = self.phrases.np(i + 1, last)
        if subject is None or subject.last >= last:
            return False
        _, number, human = self.features(view.surface(subject.first, subject.last))
        return human is True and (number == "p" or g.is_(i - 1, "others"))  # وفي حادث آخر | اغتيل قاض

    def _opened(self, i: int, first: int) -> bool:
        """«وبعد ذلك»، «ثم»، «وفي ختام الزيارة»: what opens a clause stands before the word and governs no more."""
        view, g, before = self.view, self.grammar, i - 1
        if before < first:
            return False
        if view.time[before] >= 0 or g.adverb(before) or view.key[before] in _LEADS:
            return True
        settled = g.has_article(before) or g.glued_pronoun(before) or g.is_(before, "demonstratives")
        settled = settled or g.is_(before, "others")
        k = first + (view.key[first] in ("و", "ف"))
        return (
            settled
            and i - first <= _REACH
            and g.preposition(k)
            and not any(g.verb(j) or g.particle(j) or g.punct(j) for j in range(k + 1, i))
        )

    def _fronted(self, i: int, first: int) -> bool:
        """«وفي مدينة كسلا | طرد الوالي …»: a place, definite, opens the sentence, so that the word is no genitive."""
        view, g = self.view, self.grammar
        if not (g.has_article(i - 1) or view.ent_label(i - 1) in ("GPE", "LOC", "FAC")) or i - first > _REACH:
            return False
        k = first + (view.key[first] in ("و", "ف"))
        return g.preposition(k) and all(g.nominal(j) and not g.verb(j) for j in range(k + 1, i))

    def _handed_over(self, i: int, first: int) -> bool:
        """«بدوره | رفض الوزير …»، «من جانبها، | طلبت …»: behind what passes the word to somebody his verb follows."""
        view, g = self.view, self.grammar
        k = i - 1 - (view.norm[i - 1] in "،,")
        passes = k - 1 > first and g.glued_pronoun(k) and g.is_(k - 1, "handovers") and g.preposition(k - 2)
        return passes and k - 2 <= first + (view.key[first] in ("و", "ف"))

    def _goes_on(self, i: int, last: int) -> bool:
        """What a verb takes follows: a noun that does not qualify the word, a time, or a preposition."""
        g, view = self.grammar, self.view
        if i + 1 >= last or g.punct(i + 1):
            return False
        if g.glued_pronoun(i + 1) and i + 2 < last and g.may_be_verb(view.key[i]):
            return view.time[i + 2] >= 0 or g.preposition(i + 2)  # «إن الوزير | هاتفه أمس»
        return (
            view.time[i + 1] >= 0
            or g.preposition(i + 1)
            or g.is_(i + 1, "demonstratives")
            or (
                # «سحل عاملا»: an accusative does not qualify a word without its ending
                g.nominal(i + 1) and (not g.adjective(i + 1) or self.phrases.accusative(i + 1))
            )
        )

    def _announces(self, k: int) -> bool:
        """أن, لكن and their like, or كان: a subject stands behind."""
        return k >= 0 and self.grammar.is_(k, "raised_subject") and self.view.ent[k] < 0

    def _closed(self, first: int, i: int) -> bool:
        """The phrase before the word is definite or an accusative («إن مسلحا مجهولا | طعن جنديا»): no genitive."""
        g, view = self.grammar, self.view
        if self.phrases.accusative(i - 1) and self.phrases.accusative(first):
            return True
        named = view.ent[i - 1] >= 0 and view.ent[i] != view.ent[i - 1]
        return (g.has_article(i - 1) or named) and (g.has_article(first) or g.closed(i - 1))

    def _one_man(self, first: int, i: int) -> bool:
        """«كبير المفاوضين»، «المفوض السامي فلان»: somebody by the whole phrase, or by the name that ends it."""
        gender, number, _ = self.features(self.view.surface(first, i))
        return (gender, number) == ("m", "s") or (gender is None and self.view.ent_label(i - 1) == "PER")

    def _man(self, k: int) -> bool:
        """A masculine singular that may act, so that the verb agrees with it; no «الهدف», no «الحل»."""
        if self.view.ent_label(k) == "PER":
            return True
        norm = self.view.norm[k]
        gender, number, _ = self.features(norm.removesuffix("ا") if self.phrases.accusative(k) else norm)
        return gender == "m" and number == "s"

"""The noun phrases that follow a verb in its clause, past what says only when, where or of whom."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.asides import past_aside
from pipeline.events.grammar import SENTENCE_MARKS, Grammar
from pipeline.events.led import past_led, past_told
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.view import View

#: What introduces the matter of which somebody is accused, or to which he is called.
_TOLD = frozenset({"ب", "الي", "بدعم"})


class Following:
    """The phrases behind the verbs of one sentence.

    Args:
        elements: the sentence's elements, in order; a verb is named by its number among them.
        events: view indices of event nouns.

    Attributes:
        element_of: the number of the element that holds a view index of the sentence.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        elements: Sequence[Element],
        events: frozenset[int] = frozenset(),
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.elements = elements
        self.events = events
        self.element_of = {i: k for k, e in enumerate(elements) for i in range(e.first, e.last)}

    def ends(self, k: int) -> bool:
        """Whether element ``k`` is a mark that ends a sentence or stands before speech."""
        element = self.elements[k]
        return element.kind == "punct" and self.view.norm[element.first] in SENTENCE_MARKS

    def _right(self, position: int, *, dealing: bool = False) -> list[tuple[NP, ...]]:
        """The noun phrases after the verb, up to two, before the clause ends.

        Args:
            dealing: the verb is said of two sides, so that the second may stand behind a comma.
        """
        found: list[tuple[NP, ...]] = []
        commas = 0
        k = position + 1
        reach = position + 9
        while k < len(self.elements) and len(found) < 2 and k < reach:
            element = self.elements[k]
            if closing := self._bracketed(k):
                if k == position + 1 and closing == k + 2 and self.elements[k + 1].kind == "np":
                    found.append(self.elements[k + 1].nps)  # «وتعهد (الحارثي) ب…»
                k = closing + 1
                continue
            nxt = self.elements[k + 1].kind if k + 1 < len(self.elements) else ""
            if element.kind == "np":
                if commas == 1:
                    break
                if (k > position + 1 and self._of_them(k)) or self._of_doer(element.first, position):
                    break
                if (
                    self._of_time(k)
                    or self._of_masdar(k)
                    or self._of_place(k)
                    or (found and self._of_raid(k))
                ):
                    k += 1
                    continue
                if not found and self._two_sides(k):
                    return [element.nps[:1], element.nps[1:]]
                found.append(element.nps)
            elif element.kind == "punct":
                if self.ends(k):
                    break
                if self.view.norm[element.first] in "،,":
                    if k == position + 1 and nxt == "np" and self._opens_sentence(position):
                        k += 1  # «واطلع ، مجلس الوزراء ، على …»
                        continue
                    if not found and self._aside(position, k):
                        k += 1  # «طردت خلال اليومين الماضيين، مسلحين»
                        continue
                    if len(found) == 1 and not commas and (after := self._apposed(k, found[0])):
                        k = after  # «نفى فلان، المتحدث باسم الحكومة، | الأنباء»
                        continue
                    if len(found) == 1 and not commas and (after := self._past_aside(k)):
                        k = after  # «قتل مسلحون، كما قال شهود، | ضابطا»
                        continue
                    told = any(e.kind == "pp" and e.prep in ("ب", "الي") for e in self.elements[position:k])
                    if dealing and found and not commas and not told and self._addressed(k + 1):
                        found.append(self.elements[k + 1].nps)
                        break
                    commas += 1
                    if commas == 1 and nxt not in ("time", "pp", "other"):
                        break
            elif after := self._past_clause(k, found):
                reach = max(reach, after + 1)
                k = after
                continue
            elif element.kind in ("verb", "comp", "rel", "conj") or (
                k > position + 1 and self._lists(element)
            ):
                break  # but: وقتلت | منهم اثنين
            k += 1
        return found

    def _apposed(self, k: int, named: tuple[NP, ...]) -> int:
        """The element behind the office that two commas set off beside a name, or 0; ``k`` is the first comma."""
        g, view, elements = self.grammar, self.view, self.elements
        if len(named) > 1 or k + 2 >= len(elements) or elements[k + 1].kind != "np":
            return 0
        np = elements[k + 1].nps[0]
        named_here = any(view.ent_label(i) == "PER" for i in range(np.first, np.last))
        office = g.of_class(np.head, "offices") or g.is_(np.head, "wings")
        if named_here or not office or view.ent_label(named[0].last - 1) not in ("PER", "ORG"):
            return 0
        for j in range(k + 2, min(k + 6, len(elements) - 1)):
            if elements[j].kind == "punct":
                return j + 1 if view.norm[elements[j].first] in "،," and elements[j + 1].kind == "np" else 0
            if elements[j].kind not in ("pp", "other"):
                break
        return 0

    def _past_aside(self, k: int) -> int:
        """The object behind what two commas set off, of which ``k`` is the first, or 0; none that lists somebody."""
        after = past_aside(self.elements, self.view, k)
        listed = self._lists(self.elements[min(after + 1, len(self.elements) - 1)]) or self._of_them(after)
        return 0 if listed or self.grammar.glued_pronoun(self.elements[after].last - 1) else after

    def _two_sides(self, k: int) -> bool:
        """A comma alone, no «و», stands between two phrases that were read as a list."""
        nps = self.elements[k].nps
        if len(nps) != 2 or self.view.norm[nps[1].first - 1] not in "،,":
            return False
        return self._addressed(k)

    def _addressed(self, k: int) -> bool:
        """«اتهم الوزير فلان، | الحركة بخرق …»: the phrase at ``k`` is the object: what it is told follows."""
        if k + 1 >= len(self.elements) or self.elements[k].kind != "np":
            return False
        begin = k + 1 + (self.view.norm[self.elements[k + 1].first] in "،,")  # «دعا الوزير، الحكومة، | إلى»
        for element in self.elements[begin : begin + 3]:
            if element.kind != "pp":
                return False
            if element.prep in _TOLD:
                return True
        return False

    def _bracketed(self, k: int) -> int:
        """The element that closes the bracket opened at ``k``, or 0: «القوة الدولية (إيساف)» names nobody else."""
        if self.view.norm[self.elements[k].first] != "(":
            return 0
        for j in range(k + 1, min(k + 6, len(self.elements))):
            if self.view.norm[self.elements[j].first] == ")":
                return j
        return 0

    def _lists(self, element: Element) -> bool:
        """«19 شخصا قتلوا بينهم مدنيون»: what follows spells out what was said before."""
        among = element.kind == "pp" and element.prep in ("بين", "من بين", "من")
        if element.kind == "pp" and element.prep == "من" and element.last - element.first > 2:
            return False  # «من جانبهم» lists nobody
        return among and self.view.key[element.last - 1] in ("هم", "هما", "هن", "بينهم", "بينهن")

    def _past_clause(self, k: int, found: Sequence[tuple[NP, ...]]) -> int:
        """The element behind a clause at ``k`` that only qualifies the subject, or 0."""
        kind = self.elements[k].kind
        if kind == "rel" and found:
            beside = len(found) == 1 and self.elements[k - 1].nps == found[0]
            return self.past_clause(k, alone=beside)
        return self._past_relative(k, found) if kind == "verb" else 0

    def past_clause(self, k: int, *, alone: bool = True) -> int:
        """The element behind the relative clause at ``k`` that belongs to the verb before it, or 0.

        Args:
            alone: only the subject of that verb has been read.
        """
        led = past_led(self.elements, k, self.grammar)
        return led or (past_told(self.elements, k, self.grammar, self._told_verb) if alone else 0)

    def _told_verb(self, at: int) -> bool:
        """Whether the lexicon knows the verb at a view index, which may then have an object of its own."""
        return False

    def _past_relative(self, k: int, found: Sequence[tuple[NP, ...]]) -> int:
        """«قتل مسلحون [يستقلون دراجة نارية] ضابطا»: the element after a clause that qualifies the subject, or 0.

        An indefinite subject takes its clause without a relative pronoun. The phrase right after the verb within is
        that verb's own; what comes after is the object of the first verb, if it is a noun phrase without a comma.
        """
        named = not found and self.elements[k - 1].kind == "fixed"
        if named and self.grammar.glued_pronoun(self.elements[k].last - 1):
            return self._past_doer(k)  # استهدفت عبوة [زرعها مجهولون] مدرعة
        if after := self._past_laid(k, found):
            return after
        beside = self.elements[k - 1].kind in ("np", "fixed")
        if len(found) != 1 or not beside or not self._indefinite(found[0][-1]):
            return 0
        if self.grammar.glued_pronoun(self.elements[k].last - 1):
            return self._past_doer(k)
        if self.view.key[self.elements[k].first][:1] not in ("ي", "ت"):
            return 0  # the clause is in the imperfect: «قتل جندي أطلق النار» has another order
        told = k + 1 < len(self.elements) and self.elements[k + 1].kind == "comp"  # يعتقد أنها أميركية
        own = k + 1 + told < len(self.elements) and self.elements[k + 1 + told].kind in ("np", "fixed")
        return self._past_where(k + 1 + told + own)

    def _past_doer(self, k: int) -> int:
        """«عبوة [زرعها مجهولون على الطريق] مدرعة»: the phrase behind a verb with its object and who did it, or 0."""
        return (
            self._past_where(k + 2) if k + 1 < len(self.elements) and self.elements[k + 1].kind == "np" else 0
        )

    def _past_laid(self, k: int, found: Sequence[tuple[NP, ...]]) -> int:
        """«عبوة [كانت موضوعة على الطريق] مدرعة»، «قنبلة [زرعت تحت جسر] مدرعة»: how the arms were laid, or 0."""
        g, before, verb = self.grammar, self.elements[k - 1], self.elements[k].first
        arms = before.kind == "fixed" or (before.kind == "np" and g.is_(before.nps[-1].head, "means"))
        if not arms or len(found) > 1 or (found and not self._indefinite(found[0][-1])):
            return 0
        was = g.is_(verb, "before_then") and k + 1 < len(self.elements)
        said = was and self.elements[k + 1].kind in ("np", "other", "verb")
        if said and self.elements[k + 1].kind == "np" and g.has_article(self.elements[k + 1].first):
            return 0
        if not said and not g.is_(verb, "wielding"):
            return 0
        at = k + 1 + said
        return self._past_where(at) if at < len(self.elements) and self.elements[at].kind == "pp" else 0

    def _past_where(self, j: int) -> int:
        """The noun phrase at element ``j`` or behind what says when and where, or 0."""
        while j < len(self.elements) and self.elements[j].kind in ("pp", "time"):
            j += 1
        return j if j < len(self.elements) and self.elements[j].kind == "np" else 0

    def _of_time(self, k: int) -> bool:
        """«ثلاثة أيام متواصلة»: an adjective alone behind a time says how long."""
        element = self.elements[k]
        alone = element.last - element.first == 1 and self.grammar.adjective(element.first)
        alone = alone and not self.grammar.has_article(element.first)
        # but: «هاجم مسلحون ليل السبت | مركزا للشرطة»
        return (
            alone
            and self.elements[k - 1].kind == "time"
            and self.grammar.is_(element.first - 1, "spans_of_time")
        )

    def _aside(self, position: int, k: int) -> bool:
        """Only when or where stands between the verb and the comma at ``k``, which a noun phrase follows."""
        between = {e.kind for e in self.elements[position + 1 : k]}
        if not between or not between <= {"time", "pp", "other"} or k + 2 >= len(self.elements):
            return False
        circumstance = self.grammar.circumstance(self.elements[k + 1].first)  # قتلوا أمس، مؤكدا أن
        return self.elements[k + 1].kind == "np" and self.elements[k + 2].kind != "verb" and not circumstance

    def _of_place(self, k: int) -> bool:
        """«على حي التواهي | آخر أحياء المدينة»: what is said of the place right before it."""
        first, before = self.elements[k].first, self.elements[k - 1]
        special = self.grammar.is_(first, "place_epithets") and not self.grammar.has_article(first)
        return (
            special and before.kind == "pp" and self.view.ent_label(before.last - 1) in ("GPE", "LOC", "FAC")
        )

    def _of_masdar(self, k: int) -> bool:
        """«بحث خلال لقائه | الوزير | سبل التعاون»: the object of a masdar whose pronoun is its subject."""
        before = self.elements[k - 1]
        if before.kind != "pp" or not before.nps or before.last != self.elements[k].first:
            return False
        np = before.nps[-1]
        return np.head in self.events and np.last == np.head + 2 and self.grammar.glued_pronoun(np.last - 1)

    def _of_raid(self, k: int) -> bool:
        """«استشهد فتى خلال اقتحام الجيش | مدينة جنين»: behind the subject, the object of a masdar and its doer."""
        before = self.elements[k - 1]
        if before.kind != "pp" or not before.nps or before.last != self.elements[k].first:
            return False
        np = before.nps[-1]
        return np.head in self.events and np.last > np.head + 1 and self.grammar.closed(np.last - 1)

    def _of_them(self, k: int) -> bool:
        """«قتل 39 سائحا | معظمهم بريطانيون»: most of those who were just named; but «غادر | معظمهم | المدينة»."""
        first, g = self.elements[k].first, self.grammar
        return g.is_(first, "quantifiers") and g.glued_pronoun(first + 1)

    def _of_doer(self, at: int, position: int) -> bool:
        """«اجتمع الوزير مع الشيوخ | محرضا»، «هز انفجار السوق | مخلفا …»: what is said of the doer, and no object."""
        said = self.grammar.is_(at, "leaving") or self.grammar.is_(at, "circumstances")
        return said and at > self.elements[position].last

    def _genitive(self, position: int) -> bool:
        """«أطلق سراح ستين أسيرا»: what the fixed word right after the verb governs is not who does it."""
        after = self.elements[position + 1 : position + 3]
        if [e.kind for e in after] != ["fixed", "np"] or after[0].last - after[0].first > 1:
            return False
        return not self.grammar.closed(after[0].first)

    def _opens_sentence(self, position: int) -> bool:
        return all(e.kind in ("conj", "part", "punct") for e in self.elements[:position])

    def _indefinite(self, np: NP) -> bool:
        """No article, name or pronoun makes the noun definite; those behind a preposition say whose it is."""
        g, view = self.grammar, self.view
        last = next((i for i in range(np.head + 1, np.last) if g.preposition(i)), np.last)
        return not any(
            g.has_article(i)
            or g.glued_pronoun(i)
            or g.is_(i, "demonstratives")
            or view.ent_label(i) in ("PER", "GPE", "LOC")
            for i in range(np.head, last)
        )

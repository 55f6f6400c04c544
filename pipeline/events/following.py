"""The noun phrases that follow a verb in its clause, past what says only when, where or of whom."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.asides import past_aside, past_remark
from pipeline.events.grammar import SENTENCE_MARKS
from pipeline.events.led import past_led, past_told
from pipeline.events.nounphrases import NP
from pipeline.events.passing import Passing
from pipeline.events.phrases import Element

#: What introduces the matter of which somebody is accused, or to which he is called.
_TOLD = frozenset({"ب", "الي", "بدعم"})


class Following(Passing):
    """The phrases behind the verbs of one sentence; the arguments are those of :class:`Passing`."""

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
                    if len(found) == 1 and not commas and (after := self._past_aside(k, found[0])):
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

    def _carried_behind(self, subject: tuple[NP, ...], carried: int) -> list[tuple[NP, ...]]:
        """«نظم عشرات العمال في الميناء، | مظاهرة»: the event noun that the verb carries, behind a comma."""
        k = self.element_of.get(carried, -1)
        if k < 1 or self.elements[k].kind != "np" or carried < subject[-1].last:
            return []
        between = self.elements[self.element_of[subject[-1].first] + 1 : k]
        comma = any(e.kind == "punct" and self.view.norm[e.first] in "،," for e in between)
        plain = all(e.kind in ("pp", "time", "other", "punct", "rel", "verb", "np", "fixed") for e in between)
        return [self.elements[k].nps] if comma and plain else []

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

    def _past_aside(self, k: int, subject: tuple[NP, ...]) -> int:
        """The object behind what two commas set off, of which ``k`` is the first, or 0; none that lists somebody."""
        after = past_aside(self.elements, self.view, k) or self._past_remark(k, subject)
        listed = self._lists(self.elements[min(after + 1, len(self.elements) - 1)]) or self._of_them(after)
        return 0 if listed or self.grammar.glued_pronoun(self.elements[after].last - 1) else after

    def _past_remark(self, k: int, subject: tuple[NP, ...]) -> int:
        """The object behind a remark on the subject, which has its pronoun or is said of an indefinite one."""
        after = past_remark(self.elements, self.view, k)
        led = after > 0 and self.grammar.glued_pronoun(self.elements[k + 1].last - 1)
        return after if led or self._indefinite(subject[-1]) else 0

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
        first = self.elements[k].first
        behind = self.elements[k + 1].kind if k + 1 < len(self.elements) else ""
        if self.view.norm[first].endswith(("وا", "ت")) and behind in ("pp", "time"):
            return self._past_where(k + 1)  # «خطف مسلحون [وصلوا ليلا إلى القرية] راعيا»
        if self.grammar.is_(first, "before_then") and behind == "verb":
            k += 1  # «هاجم مسلحون [كانوا يستقلون سيارة] قرية»
            first = self.elements[k].first
        if self.view.key[first][:1] not in ("ي", "ت"):
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

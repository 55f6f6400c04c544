"""Which predicate a time expression stands with, clause by clause."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.phrases import Element
from pipeline.events.view import View

_STRONG = frozenset(".؛!؟")
#: Prepositions before what is demanded, praised, refused (folded).
_CONTENT_OF = frozenset({"ب", "علي", "من", "عن", "الي", "ل", "في"})
#: Elements between a verb of saying and its time: its subject and whom it speaks to.
_CLOSE = 5
_UNTIL = frozenset({"الي", "حتي"})
#: A phrase with «بعد» reaches over so many phrases to its time («بعد غيابه | عن البلاد | *أمس*»).
_PHRASES = 3
_COMMAS = frozenset({"،", ","})


class Hosts:
    """The predicates of one sentence and the time expressions beside them.

    A time belongs to the nearest predicate before it in its clause («قُتل ثلاثة *أمس*»), and to the one after it where
    it opens the clause («و*أمس* قُتل ثلاثة»).

    Args:
        elements: the sentence's elements.
        nouns: view indices of the event nouns among them; saying: of verbs of saying.
        wishing: view indices of verbs that ask, plan, say or judge: what they speak of may leave them its time.
        leaves: says of an event noun and a time element that the noun leaves the time to such a verb.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        elements: Sequence[Element],
        nouns: Collection[int],
        saying: Collection[int],
        wishing: Collection[int] = (),
        leaves: Callable[[int, int], bool] = lambda _noun, _time: False,
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.elements = elements
        self._nouns = sorted(nouns)
        self._saying = saying
        self._wishing = wishing
        self._leaves = leaves
        #: The time elements that an event noun has left to its verb.
        self.left: set[int] = set()
        self.position = {i: k for k, e in enumerate(elements) for i in range(e.first, e.last)}

    def host(self, k: int) -> int:
        """View index of the verb or event noun that the time element ``k`` stands with, or -1."""
        for special in (self._located(k), self._dated(k)):
            if special is not None:
                return special
        if self.fronted(k):
            return self._right(k)
        auxiliary, wished = -1, -1
        for j in range(k - 1, -1, -1):
            nouns = self._within(j)
            if nouns and wished < 0:
                if not self._leaves(nouns[-1], k):
                    return -1 if self._commas(j, k) and self.governor(nouns[-1]) else nouns[-1]
                wished = nouns[-1]
            element = self.elements[j]
            if element.kind == "verb":
                if not self._raises(element.first):
                    if wished >= 0 and element.first not in self._wishing:
                        return wished
                    self.left |= {k} if wished >= 0 else set()
                    return element.first
                auxiliary = auxiliary if auxiliary >= 0 else element.first
            elif self.boundary(j):
                break
        if wished >= 0:
            return wished
        return auxiliary if auxiliary >= 0 else self._right(k)

    def _dated(self, k: int) -> int | None:
        """«بيان صادر *أمس*»، «الحرب المستمرة *منذ 2011*»، «موازنة *عام 2014*»: an event noun with it, or -1."""
        j = k - 1
        while j >= 0 and self.elements[j].kind in ("other", "part"):
            if self.view.key[self.elements[j].first] in _UNTIL:
                return -1  # «أرجأ الجلسة إلى *الأحد*»
            j -= 1  # في
        if j > 0 and self._comma(j):
            j -= 1
        if (
            j > 0
            and self.elements[j].prep == "عن"
            and self.grammar.is_(self.elements[j - 1].last - 1, "dated")
        ):
            j -= 1  # «بيان صادر | عن الوزارة | أمس»
        last = self.elements[j].last - 1 if j >= 0 else -1
        if last >= 0 and self.grammar.is_(last, "dated"):
            at = last - 1
            while at >= self.elements[j].first and self.grammar.adjective(at):
                at -= 1
            return at if at in self._nouns else -1
        foreign = last >= 0 and self.view.norm[last].isascii() and self.view.norm[last].isalpha()
        edition = j == k - 1 and last >= 0 and (foreign or self.grammar.is_(last, "editions"))
        return -1 if edition and last not in self._nouns else None

    def _located(self, k: int) -> int | None:
        """«بعد انقلاب أكتوبر 2021»: the time is that of the noun in the phrase, an event of its own or -1."""
        for j in range(k - 1, max(-1, k - 1 - _PHRASES), -1):
            element = self.elements[j]
            adjacent = j == k - 1 or all(
                self.elements[i].kind == "other" or self._comma(i) for i in range(j + 1, k)
            )
            located = element.prep in self.grammar.words["other_time"] or element.prep == "حتي"
            if element.kind == "pp" and located:
                nouns = self._within(j)
                return nouns[-1] if nouns else -1
            if not adjacent and (element.kind not in ("np", "pp", "other", "part") or self._within(j)):
                return None
            if adjacent and element.kind not in ("np", "pp", "other", "part") and not self._comma(j):
                return None
        return None

    def fronted(self, k: int) -> bool:
        """«…، في المساء قصفت القوات»: a time between a comma or «و» and a verb opens a clause."""
        before = k - 1
        while before >= 0 and self.elements[before].kind in ("other", "part"):
            before -= 1  # في
        after = k + 1
        while after < len(self.elements) and self.elements[after].kind in ("other", "part"):
            after += 1
        opens = before < 0 or self.boundary(before) or self._comma(before)
        if not opens or after >= len(self.elements):
            return False
        closed = self._comma(after)
        after += closed
        verb = after < len(self.elements) and self.elements[after].kind == "verb"
        return verb and (not closed or before < 0 or self.elements[before].kind == "conj")

    def _right(self, k: int) -> int:
        auxiliary = -1
        before = k - 1
        if before >= 0 and self.view.key[self.elements[before].first] == "في":
            before -= 1
        opens = before < 0 or self.boundary(before) or self._comma(before)
        for j in range(k + 1, len(self.elements)):
            element = self.elements[j]
            if element.kind == "verb":
                if not self._raises(element.first):
                    return element.first
                auxiliary = auxiliary if auxiliary >= 0 else element.first
                continue
            if element.kind in ("comp", "rel") or self.strong(j):
                break
            if self._comma(j) and j > k + 1 and not opens:
                break
            nouns = self._within(j)
            if nouns and element.kind == "np":
                return -1 if self._leaves(nouns[0], k) else nouns[0]
        return auxiliary

    def boundary(self, j: int) -> bool:
        """Whether element ``j`` opens or ends a clause."""
        return self.elements[j].kind in ("conj", "comp", "rel") or self.strong(j) or self.subordinate(j)

    def strong(self, j: int) -> bool:
        """Whether element ``j`` is a mark that ends a sentence."""
        element = self.elements[j]
        return element.kind == "punct" and self.view.norm[element.first][0] in _STRONG

    def opener(self, at: int) -> int:
        """The element that opens the clause of the predicate at view index ``at``, or -1."""
        for j in range(self.position.get(at, 0) - 1, -1, -1):
            if self.boundary(j):
                return j
        return -1

    def antecedent(self, at: int) -> int:
        """The event noun that the verb at ``at`` says something of («هجوم | شنته»، «الهجوم | الذي | وقع»), or -1."""
        j = self.position.get(at, 0) - 1
        while j >= 0 and (self.elements[j].kind in ("rel", "part") or self._comma(j)):
            j -= 1
        nouns = self._within(j) if j >= 0 and self.elements[j].kind in ("np", "pp") else []
        return nouns[-1] if nouns else -1

    def governor(self, at: int) -> str:
        """The preposition of the phrase that holds the event noun at ``at``, folded; empty where there is none."""
        k = self.position.get(at)
        if k is None or self.elements[k].kind != "pp":
            return ""
        element = self.elements[k]
        heads = [np.head for np in element.nps]
        return element.prep if any(h <= at <= h + 1 for h in heads) else "-"

    def subordinate(self, j: int) -> bool:
        """«بعد أن»، «قبل أن»: the clause that element ``j`` opens tells of another time."""
        first = self.elements[j].first
        key = self.view.key[first]
        return key in ("بعدما", "قبلما") or (
            key == "ان" and first > 0 and self.grammar.is_(first - 1, "other_time")
        )

    def anew(self, j: int) -> bool:
        """«…، وانسحب النظام»: a comma and a conjunction begin a sentence of its own."""
        return self.elements[j].kind == "conj" and j > 0 and self._comma(j - 1)

    def _within(self, j: int) -> list[int]:
        element = self.elements[j]
        return [i for i in self._nouns if element.first <= i < element.last]

    def _commas(self, j: int, k: int) -> bool:
        """Whether a comma stands between the elements ``j`` and ``k``, one right before ``k`` aside."""
        return any(self._comma(i) for i in range(j + 1, k - 1))

    def comma_between(self, j: int, k: int) -> bool:
        """Whether a comma stands between the elements ``j`` and ``k``."""
        return any(self._comma(i) for i in range(j + 1, k))

    def states(self, at: int) -> bool:
        """Whether the verb at ``at`` says something: قال، أصدرت … بيانا."""
        first = self.position.get(at, len(self.elements))
        before = first - 1
        while before >= 0 and self.elements[before].kind in ("rel", "part"):
            before -= 1  # «في بيان | نشرته»، «البيان | الذي | نشرته»
        around = (*self.elements[max(before, 0) : before + 1], *self.elements[first + 1 : first + 5])
        heads = (np.head for e in around if e.kind == "np" or e.first < at for np in e.nps)
        return at in self._saying or any(self.grammar.is_(h, "statements") for h in heads)

    def close(self, at: int, k: int) -> bool:
        """Whether nothing that a verb of saying may speak of stands between it and the time element ``k``."""
        first = self.position.get(at, k)
        between = self.elements[min(first, k) + 1 : max(first, k)]
        return len(between) <= _CLOSE and not any(
            e.kind == "comp" or (e.kind == "pp" and e.prep in _CONTENT_OF) for e in between
        )

    def _comma(self, j: int) -> bool:
        return self.view.norm[self.elements[j].first] in _COMMAS

    def _raises(self, at: int) -> bool:
        return self.grammar.is_(at, "raised_subject")

"""Which predicate a time expression stands with, clause by clause."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.phrases import Element
from pipeline.events.view import View

_STRONG = frozenset(".؛!؟")
#: Prepositions before what is demanded, praised, refused (folded).
_CONTENT_OF = frozenset({"ب", "علي", "من", "عن", "الي", "ل", "في"})
_COMMAS = frozenset({"،", ","})


class Hosts:
    """The predicates of one sentence and the time expressions beside them.

    A time belongs to the nearest predicate before it in its clause («قُتل ثلاثة *أمس*»), and to the one after it where
    it opens the clause («و*أمس* قُتل ثلاثة»).

    Args:
        elements: the sentence's elements.
        nouns: view indices of the event nouns among them; saying: of verbs of saying.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        elements: Sequence[Element],
        nouns: Collection[int],
        saying: Collection[int],
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.elements = elements
        self._nouns = sorted(nouns)
        self._saying = saying
        self.position = {i: k for k, e in enumerate(elements) for i in range(e.first, e.last)}

    def host(self, k: int) -> int:
        """View index of the verb or event noun that the time element ``k`` stands with, or -1."""
        located = self._located(k)
        if located is not None:
            return located
        if self._fronted(k):
            return self._right(k)
        auxiliary = -1
        for j in range(k - 1, -1, -1):
            nouns = self._within(j)
            if nouns:
                return -1 if self._commas(j, k) and self.governor(nouns[-1]) else nouns[-1]
            element = self.elements[j]
            if element.kind == "verb":
                if not self._raises(element.first):
                    return element.first
                auxiliary = auxiliary if auxiliary >= 0 else element.first
            elif self.boundary(j):
                break
        return auxiliary if auxiliary >= 0 else self._right(k)

    def _located(self, k: int) -> int | None:
        """«بعد انقلاب أكتوبر 2021»: the time is that of the noun in the phrase, an event of its own or -1."""
        j = k - 1
        while j >= 0 and (self.elements[j].kind == "other" or self._comma(j)):
            j -= 1  # ، في
        if (
            j < 0
            or self.elements[j].kind != "pp"
            or self.elements[j].prep not in self.grammar.words["other_time"]
        ):
            return None
        nouns = self._within(j)
        return nouns[-1] if nouns else -1

    def _fronted(self, k: int) -> bool:
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
        for j in range(k + 1, len(self.elements)):
            element = self.elements[j]
            if element.kind == "verb":
                if not self._raises(element.first):
                    return element.first
                auxiliary = auxiliary if auxiliary >= 0 else element.first
                continue
            if element.kind in ("comp", "rel") or self.strong(j):
                break
            nouns = self._within(j)
            if nouns and element.kind == "np":
                return nouns[0]
        return auxiliary

    def boundary(self, j: int) -> bool:
        """Whether element ``j`` opens or ends a clause."""
        return self.elements[j].kind in ("conj", "comp", "rel") or self.strong(j) or self.subordinate(j)

    def strong(self, j: int) -> bool:
        """Whether element ``j`` is a mark that ends a sentence."""
        element = self.elements[j]
        return element.kind == "punct" and self.view.norm[element.first] in _STRONG

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

    def states(self, at: int) -> bool:
        """Whether the verb at ``at`` says something: قال، أصدرت … بيانا."""
        first = self.position.get(at, len(self.elements))
        heads = (np.head for e in self.elements[first + 1 : first + 5] if e.kind == "np" for np in e.nps)
        return at in self._saying or any(self.grammar.is_(h, "statements") for h in heads)

    def close(self, at: int, k: int) -> bool:
        """Whether nothing that a verb of saying may speak of stands between it and the time element ``k``."""
        first = self.position.get(at, k)
        between = self.elements[min(first, k) + 1 : max(first, k)]
        return not any(e.kind == "comp" or (e.kind == "pp" and e.prep in _CONTENT_OF) for e in between)

    def _comma(self, j: int) -> bool:
        return self.view.norm[self.elements[j].first] in _COMMAS

    def _raises(self, at: int) -> bool:
        return self.grammar.is_(at, "raised_subject")

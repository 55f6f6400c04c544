"""The noun phrases around a verb: what follows it in its clause, and what stands before it as its subject."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.view import View

_SENTENCE_MARKS = ".؛!؟:"


class Neighbours:
    """The phrases around the verbs of one sentence.

    Args:
        elements: the sentence's elements, in order; a verb is named by its number among them.
    """

    def __init__(self, view: View, grammar: Grammar, elements: Sequence[Element]) -> None:
        self.view = view
        self.grammar = grammar
        self.elements = elements

    def _right(self, position: int) -> list[tuple[NP, ...]]:
        """The noun phrases after the verb, up to two, before the clause ends."""
        found: list[tuple[NP, ...]] = []
        commas = 0
        k = position + 1
        while k < len(self.elements) and len(found) < 2 and k - position < 9:
            element = self.elements[k]
            nxt = self.elements[k + 1].kind if k + 1 < len(self.elements) else ""
            if element.kind == "np":
                if commas == 1:
                    break
                found.append(element.nps)
            elif element.kind == "punct":
                if self.view.norm[element.first] in _SENTENCE_MARKS:
                    break
                if self.view.norm[element.first] in "،,":
                    commas += 1
                    if commas == 1 and nxt not in ("time", "pp"):
                        break
            elif element.kind in ("verb", "comp", "rel", "conj"):
                break
            k += 1
        return found

    def _left(self, position: int) -> tuple[tuple[NP, ...], str]:
        """The noun phrase before the verb that may be its subject, and how it was found."""
        k = position - 1
        while (
            k >= 0
            and self.elements[k].kind in ("part", "other", "time", "pron")
            and self.view.norm[self.elements[k].first] not in _SENTENCE_MARKS
        ):
            k -= 1
        if k < 0:
            return (), ""
        element = self.elements[k]
        if element.kind == "rel":
            before = self.elements[k - 1] if k else None
            if before is not None and before.kind == "punct" and k > 1:
                before = self.elements[k - 2]
            return (before.nps[-1:], "relative") if before is not None and before.nps else ((), "")
        if element.kind == "comp" and element.last - element.first > 1:
            at = element.last - 1
            return (NP(at, at + 1, at),), "pronoun"
        if element.kind == "pp" and k and self.elements[k - 1].kind == "np" and self._opens_clause(k - 1):
            return self.elements[k - 1].nps, "svo"
        if element.kind == "np" and self._opens_clause(k):
            return element.nps, "svo"
        if (
            element.kind in ("np", "pp")
            and k == position - 1
            and element.nps
            and self._indefinite(element.nps[-1])
        ):
            return element.nps[-1:], "relative"
        return (), ""

    def _opens_clause(self, k: int) -> bool:
        """Whether the noun phrase at ``k`` stands where a clause begins (so that a verb after it has it as subject)."""
        if k == 0:
            return True
        before = self.elements[k - 1]
        if before.kind == "verb":
            return self.view.key[before.first] in self.grammar.words["raised_subject"]
        if before.kind == "time" and k > 1:
            return self._opens_clause(k - 1)
        return before.kind in ("conj", "comp", "punct", "part")

    def _indefinite(self, np: NP) -> bool:
        g, view = self.grammar, self.view
        return not any(
            g.has_article(i) or g.glued_pronoun(i) or view.ent_label(i) in ("PER", "GPE", "LOC")
            for i in range(np.head, np.last)
        )

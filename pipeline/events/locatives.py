"""Which prepositional phrases say where: of the event, of the place before them, or at the head of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.joining import DIRECTIONS
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.semantics import Semantics
from pipeline.events.view import View

NEAR_PHRASES = frozenset({"بالقرب من", "علي مقربه"})
NEAR_PREPOSITIONS = NEAR_PHRASES | {"قرب", "قباله", "بجوار", "بمحاذاه"}
_SOURCES = frozenset({"وفق", "بحسب", "حسب"})
_PLACE_PHRASES = NEAR_PHRASES | {"علي بعد", "علي طول", "علي حدود", "من داخل"}


class Locatives:
    """The phrases of one sentence that denote places.

    Args:
        elements: the sentence's elements.
    """

    def __init__(
        self, view: View, grammar: Grammar, semantics: Semantics, elements: Sequence[Element]
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics
        self.elements = elements

    def _locates(self, k: int, element: Element) -> bool:
        """«قرية الغاصبية جنوب الدار», «الحدود بين كركوك وديالى»: the phrase says where the place before it lies.

        What holds the place, «جنوبي محافظة مأرب», is where the event was as well.
        """
        before = self.elements[k - 1] if k else None
        if before is None or before.last != element.first or not before.nps:
            return False
        np = before.nps[-1]
        if not self.semantics.place(np) or not (self.semantics.named(np) or self._definite(np)):
            return False  # «مزرعة قرب البلدة»
        if element.prep == "بين":
            # «في سرت | بين الجيش والمسلحين» tells who fights there
            return not self.semantics.actor(np) and all(self.semantics.place(p) for p in element.nps)
        if element.prep == "علي" and all(self.grammar.is_(p.head, "roads") for p in element.nps):
            return True  # جسر الرستن على الطريق السريع
        lies = element.prep in DIRECTIONS or element.prep in NEAR_PREPOSITIONS
        return lies and not all(self.semantics.region(p) for p in element.nps)

    def _of_source(self, k: int) -> bool:
        """«وفق وزارة الصحة في طرابلس»: where the source is."""
        before = self.elements[k - 1] if k else None
        return before is not None and before.prep in _SOURCES and before.last == self.elements[k].first

    def _definite(self, np: NP) -> bool:
        return any(
            self.grammar.has_article(i) or self.grammar.glued_pronoun(i) for i in range(np.first, np.last)
        )

    def closed(self, np: NP) -> bool:
        """The phrase is definite: by an article, a pronoun or a name."""
        return self._definite(np) or self.semantics.named(np)

    def fronted(self) -> tuple[NP, ...]:
        """The places at the head of the sentence: «وفي الأنبار، أحبط…»."""
        for k, element in enumerate(self.elements[:3]):
            if element.kind == "pp":
                if not self.locative(element):
                    return ()
                behind = self.elements[k + 1 : k + 2]
                wider = [
                    np for e in behind if e.prep in DIRECTIONS for np in e.nps if self.semantics.region(np)
                ]
                return (*(np for np in element.nps if self.semantics.place(np)), *wider)
            if element.kind not in ("conj", "punct", "time", "part"):
                return ()
        return ()

    def dateline(self) -> tuple[NP, ...]:
        """«مقديشو (الوكالة) - لقي…»: the place before the dash or the bracketed agency, if the sentence opens so."""
        if len(self.elements) < 3 or self.elements[0].kind != "np" or len(self.elements[0].nps) != 1:
            return ()
        np = self.elements[0].nps[0]
        opened = self.view.norm[self.elements[1].first] in ("(", "-", ":")
        dashed = any(self.view.norm[e.first] in ("-", ":") for e in self.elements[1:7])
        named = self.view.ent_label(np.head) in ("GPE", "LOC") or self.semantics.place(np)
        return (np,) if opened and dashed and named and np.last - np.first <= 3 else ()

    def locative(self, element: Element) -> bool:
        """The phrase says where: a locative preposition before something that denotes a place."""
        if element.prep not in self.grammar.words["locative"] | self.grammar.words["near"] | _PLACE_PHRASES:
            return False
        if element.prep == "ب":  # «بالكامل» is no place: after ب it takes a name or a word for a settlement
            return any(self.semantics.place(np) and self._named(np) for np in element.nps)
        return any(self.semantics.place(np) for np in element.nps)

    def _named(self, np: NP) -> bool:
        return self.grammar.is_(np.head, "settlements") or any(
            self.view.ent_label(i) in ("GPE", "LOC", "FAC") for i in range(np.first, np.last)
        )

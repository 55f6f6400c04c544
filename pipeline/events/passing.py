"""What stands between a verb and the phrases of its clause: times, places, asides, whom a deed is about."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.view import View


class Passing:
    """Tells what may be passed on the way from a verb to the phrases of its clause.

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

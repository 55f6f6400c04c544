"""Whether a word continues a noun phrase or begins another: definiteness, case endings, number, classes of nouns."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.events.grammar import Grammar
from pipeline.events.view import View


class Joining:
    """Says of each word whether it continues the noun phrase before it.

    Args:
        events: view indices of event nouns: a preposition after one opens a phrase of its own
            («قصف الجيش | لمواقع المعارضة»), because it may fill a slot of the event.
        fixed: view indices of the fixed words of triggers («لقي ثمانية أشخاص | مصرعهم»).
        number: the grammatical number of a noun, ``s``, ``d`` or ``p``; None where it is not known.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        events: frozenset[int] = frozenset(),
        fixed: frozenset[int] = frozenset(),
        number: Callable[[str], str | None] = lambda word: None,
    ) -> None:
        self.number = number
        self.fixed = fixed
        self.view = view
        self.grammar = grammar
        self.events = events

    def _accusative(self, k: int) -> bool:
        """An indefinite accusative by its ending: no genitive, so it opens a phrase of its own."""
        norm, view = self.view.norm[k], self.view
        return (
            len(norm) > 3
            and norm.endswith("ا")
            and not norm.endswith(("ايا", "دنيا", "عليا"))
            and view.ent[k] < 0
            and (view.pos[k] in ("NOUN", "ADJ", "ADV", "X") or k in self.events)
            and not self.grammar.has_article(k)
        )

    def _indefinite_accusative(self, head: int) -> bool:
        """A noun after which an adjective may end in ا: it does so itself, or is counted (عشرين شخصا مدنيا)."""
        return self.view.norm[head].endswith(("ا", "ى")) or self.grammar.number(head)

    def _plural(self, k: int) -> bool:
        """A regular plural of persons by its ending."""
        return len(self.view.norm[k]) > 5 and self.view.norm[k].endswith(("ون", "ين"))

    def _definite(self, first: int, k: int) -> bool:
        g, view = self.grammar, self.view
        return any(
            g.has_article(j) or view.ent_label(j) in ("PER", "GPE", "ORG", "LOC") or g.glued_pronoun(j)
            for j in range(first, k)
        )

    def _joins(self, first: int, k: int, head: int) -> bool:
        """Whether the nominal at ``k`` continues the phrase first … k-1."""
        g, view = self.grammar, self.view
        definite = self._definite(first, k)
        if self._accusative(k) and (k in self.events or not self._indefinite_accusative(head)):
            return False  # ثلاثة سجناء | شنقا، انتحاري | تجمعا
        nominative = view.norm[k - 1].endswith("ون") and len(view.norm[k - 1]) > 4 and view.ent[k - 1] < 0
        if nominative and k - 1 == head and view.ent[k] < 0:
            return view.norm[k].endswith("ون")  # مسلحون مجهولون, but: مسلحون | نقطة
        if g.has_article(k) and self._plural(k) and view.ent[k] != view.ent[k - 1]:
            # الرئيس العراقي | المتظاهرين، الجيش | المسلحين: a plural qualifies no singular
            if (
                g.adjective(k - 1)
                and k - 1 > head
                and not self._plural(k - 1)
                and not view.norm[k - 1].endswith("ة")
            ):
                return False
            if k - 1 == head and g.has_article(head) and self.number(view.norm[head]) == "s":
                return False
        if g.adjective(k) and not (view.ent_label(k) in ("PER", "GPE") and view.ents[view.ent[k]][1] == k):
            if g.has_article(k) == definite:
                return True
            # «فصائل المعارضة»: after an open noun a definite «adjective» is its genitive
            return not g.closed(k - 1) and (not g.has_article(k) or not g.adjective(k - 1))
        if view.ent_label(k) == "NORP" and g.has_article(k) == definite:
            return True
        if self._accusative(k) and view.pos[k - 1] != "NUM" and not view.norm[k - 1][:1].isdigit():
            return False  # طعن شاب | شرطيا
        alone = k - 1 == head and g.is_(head, "lone_agents") and view.ent[k] != view.ent[head]
        if alone and not g.has_article(k):
            return False  # خطف قراصنة | سفينة شحن
        title = any(view.key[j] in g.words["titles"] for j in range(first, k))
        if view.key[k - 1] in g.words["titles"] and view.ent_label(k) in ("GPE", "LOC", "ORG"):
            return True  # العاصمة دمشق
        if view.ent_label(k) == "PER":
            return title or not g.closed(k - 1)
        if title and (g.has_article(k) and view.key[k] in g.words["titles"]):
            return True
        if view.norm[k][:1].isdigit() and view.ent[k - 1] < 0:
            return g.has_article(k - 1) and view.pos[k - 1] == "NOUN" and k - 1 == head
        if view.norm[k][-2:] in ("ون", "ين") and view.norm[k - 1][-2:] == view.norm[k][-2:] and not definite:
            return True  # مسلحون مجهولون
        if g.closed(k - 1):
            # A definite noun after a definite one is an adjective that the tagger took for a noun, or a new phrase.
            return (
                g.has_article(k)
                and definite
                and view.head[k] in range(first, k)
                and view.dep[k] in ("amod", "appos", "flat")
                and k - 1 == view.head[k]
            )
        if g.adjective(k - 1) and k - 1 > head:
            return not definite and g.has_article(k) and view.head[k] == k - 1  # رفيع المستوى، قصيرة المدى
        return True

"""What belongs to a noun phrase though a preposition, a number or an aside stands before it."""

from __future__ import annotations

from pipeline.events.quotes import Quotes


class Complements(Quotes):
    """Says what a word adds to the phrase before it; the arguments are those of :class:`Concord`."""

    def _at_least(self, k: int, limit: int) -> bool:
        view = self.view
        return k + 1 < limit and view.key[k] == "علي" and view.key[k + 1] in ("الاقل", "الاكثر")

    def _one_and_other(self, k: int, limit: int, head: int) -> bool:
        """«اقترب رجل | من الحارس»: nobody is a part of another."""
        if k + 1 >= limit or not self.grammar.has_article(k + 1):
            return False
        one, other = (self.features(self.view.norm[i]) for i in (head, k + 1))
        return one.number == other.number == "s" and bool(one.human and other.human)

    def _other_side_ahead(self, first: int, k: int, limit: int) -> bool:
        """«بين مستوطنين إسرائيليين | وفلسطينيين»: «بين» needs a second side, and no other one follows."""
        view = self.view
        if not first or view.key[first - 1] != "بين" or not self._plural(k + 1):
            return False
        _, number, human = self.features(view.norm[k + 1])
        after = next((j for j in (k + 2, k + 3) if j + 1 < limit and view.key[j] == "و"), -1)
        follows = after > 0 and (self.people(view.norm[after + 1]) or view.ent[after + 1] >= 0)
        return number == "p" and human is True and not follows

    def _owned(self, first: int, k: int, head: int) -> bool:
        """«استهداف دورية | للجيش»: behind an open genitive «ل» says whose it is, and not who suffers the deed."""
        g, view = self.grammar, self.view
        if view.key[k] != "ل" or k + 1 >= len(view) or head not in self.events or k - 1 == head:
            return False
        known = self.features(view.norm[k - 1]).number is not None
        known = known and not g.of_class(k - 1, "event_adjectives")
        struck = g.nominal(k - 1) and known and not g.is_(k - 1, "aircraft")
        open_noun = (
            struck and not g.closed(k - 1) and not self._definite(first, k) and k - 1 not in self.events
        )
        return open_noun and g.has_article(k + 1) and self.people(view.norm[k + 1])

    def _bearer(self, k: int, head: int) -> bool:
        """«بمحافظة إربد | العميد سامي»: a rank and a name behind a place are those of whoever was said before it."""
        g, view = self.grammar, self.view
        ranked = k + 1 < len(view) and g.has_article(k) and g.is_(k, "titles")
        return (
            ranked
            and view.ent_label(k + 1) == "PER"
            and (g.is_(head, "settlements") or view.ent_label(head) in ("GPE", "LOC"))
        )

    def _unmanned(self, k: int, limit: int) -> int:
        """One past «بدون طيار» or «من دون طيار», or 0."""
        at = k + (self.view.key[k] == "من")
        pilot = at + 1 < limit and self.view.key[at + 1] == "طيار"
        return at + 2 if pilot and self.grammar.is_(at, "without") else 0

    def _place_ahead(self, k: int) -> bool:
        """What follows the preposition at ``k`` is a place: «200 شخص | من القرية»."""
        return k + 1 < len(self.view) and self._place_at(k + 1)

    def _counted(self, first: int, head: int) -> bool:
        view = self.view
        return any(view.pos[j] == "NUM" or view.norm[j][:1].isdigit() for j in range(first, head + 1))

    def including(self, k: int, last: int) -> int:
        """How many tokens at ``k`` open a list of what was just said («أبرزها»، «بما في ذلك»), or 0."""
        for length in (4, 3, 2, 1):
            opens = " ".join(self.view.key[k : k + length]) in self.grammar.words["including"]
            if k + length < last and opens:
                # «قوات خاصة»: an adjective, unless a comma stands before it
                return 0 if self.view.key[k] == "خاصه" and not self.grammar.punct(k - 1) else length
        return 0

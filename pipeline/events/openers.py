"""What opens a noun phrase before its head: demonstratives, numbers, «نحو 20», «أكثر من 20», «ما يقرب من 20»."""

from __future__ import annotations

from pipeline.events.joining import Joining

#: Folded: demonstratives of the masculine singular.
_THIS = frozenset({"هذا", "ذلك"})
#: Folded: prepositions between «ما يزيد» and its like and their number.
_TO_NUMBERS = frozenset({"علي", "عن", "من"})


class Openers(Joining):
    """Reads past the openers of phrases; the arguments are those of :class:`Joining`."""

    def counts_ahead(self, i: int, limit: int) -> bool:
        """Whether «ما لا يقل عن» and its like stand at ``i`` before a number, or a number in brackets does."""
        return self._in_brackets(i, limit) or (self.view.key[i] == "ما" and self._skip_openers(i, limit) > i)

    def _in_brackets(self, k: int, limit: int) -> bool:
        """«قتل | (7) مطلوبين»: some papers write every number so."""
        norm = self.view.norm
        return k + 2 < limit and norm[k] == "(" and norm[k + 1].isdigit() and norm[k + 2] == ")"

    def _skip_openers(self, i: int, limit: int) -> int:
        """Past demonstratives and approximators: هذه ال…، نحو 20، أكثر من 20، ما لا يقل عن 20."""
        g, view = self.grammar, self.view
        k = i
        while k < limit:
            key = view.key[k]
            nxt = view.key[k + 1] if k + 1 < limit else ""
            if g.is_(k, "demonstratives") and k + 1 < limit and g.nominal(k + 1):
                if self._alone(k):
                    break
                k += 1
            elif key in ("اكثر", "اقل", "ازيد") and nxt == "من":
                k += 2
            elif key == "ما" and (end := self._about(k, limit)):
                k = end
            elif g.is_(k, "approximators") and k + 1 < limit and g.numeral(k + 1):
                k += 1
            else:
                break
        return k

    def _past_count(self, k: int, limit: int) -> int:
        """The head of a phrase at ``k``: a leading number counts what follows, the counted noun (ثلاثة جنود)."""
        g, view = self.grammar, self.view
        if g.numeral(k) or self._and_tens(k, limit):
            while k + 1 < limit and self._counts(k) and view.time[k + 1] < 0:
                if view.key[k] == "عدد" and view.pos[k + 1] == "ADJ" and view.key[k + 2 : k + 3] == ("من",):
                    break  # عدد كبير من الأطفال
                if self._and_tens(k, limit):
                    k += 2  # خمسة وعشرين
                elif g.nominal(k + 1) and not (g.is_(k + 1, "selves") and g.glued_pronoun(k + 2)):
                    k += 1  # fixed words too: وصل آلاف النازحين; but: سلم ثلاثة | أنفسهم
                else:
                    break
        return k

    def _and_tens(self, k: int, limit: int) -> bool:
        """«إحدى | وعشرين»: behind a number another one that is glued to «و»."""
        view = self.view
        tens = k + 2 < limit and view.key[k + 1] == "و" and view.pos[k + 2] == "NUM"
        # «15 ألفا | و400»: digits are no word that «و» could be glued to
        below = tens and self.grammar.is_(k, "large_units") and view.norm[k + 2].isdigit()
        return tens and self.grammar.number(k) and (view.glued[k + 2] or below)

    def _counts(self, k: int) -> bool:
        number = self.grammar.numeral(k) or self.grammar.number(k) or self.view.norm[k] == "%"
        return number and not self.grammar.has_article(k)

    def _alone(self, k: int) -> bool:
        """«لم يردع ذلك | القوات»: a masculine demonstrative before a definite feminine stands for what was said.

        So does one behind a preposition and before an open noun: «نهبوا قبل ذلك | مخزن الأدوية».
        """
        view = self.view
        if k and k + 1 < len(view) and view.key[k] in _THIS and self.grammar.preposition(k - 1):
            open_noun = view.pos[k + 1] in ("NOUN", "NUM") and not self.grammar.has_article(k + 1)
            if open_noun and not self.grammar.is_(k + 1, "quantifiers"):
                return True
        feminine = k + 1 < len(view) and view.norm[k + 1].endswith(("ة", "ات"))
        return feminine and view.key[k] in _THIS and self.grammar.has_article(k + 1)

    def _about(self, k: int, limit: int) -> int:
        """One past «ما يقرب من», «ما لا يقل عن» or «ما مجموعه» before a number at ``k``, or 0."""
        g, view = self.grammar, self.view
        at = k + 1 + (view.key[k + 1 : k + 2] == ("لا",))
        if at + 1 >= limit or not g.is_(at, "at_about"):
            return 0
        at += 1 + g.glued_pronoun(at + 1)
        at += at < limit and view.key[at] in _TO_NUMBERS
        return at if at < limit and (g.number(at) or g.is_(at, "amounts")) else 0

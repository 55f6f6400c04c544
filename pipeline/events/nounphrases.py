"""Noun phrases: the longest natural phrase by the rules of Arabic orthography.

The tree of a small parser is right for two words in three; inside a noun phrase Arabic orthography says
more: an indefinite noun takes a genitive, a definite one ends the chain, an adjective agrees in definiteness.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.events.grammar import Grammar
from pipeline.events.view import View

_MAX_NP = 30
_QUOTED = 8


@dataclass(frozen=True, slots=True)
class NP:
    """A noun phrase: tokens first … last-1; ``head`` is its head noun (after numbers and demonstratives)."""

    first: int
    last: int
    head: int


class NounPhraseReader:
    """Reads the noun phrases of one view.

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

    # ---- noun phrases -------------------------------------------------------------------

    def np(self, i: int, limit: int) -> NP | None:
        """The longest noun phrase that starts at ``i`` and ends by ``limit``, or None."""
        g, view = self.grammar, self.view
        limit = min(limit, i + _MAX_NP)
        head = self._skip_openers(i, limit)
        if head >= limit:
            return None
        k = head
        if g.opens_quote(k):
            end = self._quoted(k, limit)
            if not end:
                return None
            first_word = k + 1
            return NP(i, self._extend(first_word, end, limit, first_word), first_word)
        if not g.nominal(k) or view.time[k] >= 0:
            return None
        # A leading number counts what follows: the counted noun is the head (ثلاثة جنود).
        if view.pos[k] == "NUM" or view.norm[k][:1].isdigit() or g.is_(k, "quantifiers"):
            while k + 1 < limit and self._counts(k) and view.time[k + 1] < 0:
                if (
                    view.key[k + 1] == "و"
                    and k + 2 < limit
                    and view.pos[k + 2] == "NUM"
                    and view.glued[k + 2]
                ):
                    k += 2  # خمسة وعشرين
                elif g.nominal(k + 1):
                    k += 1  # fixed words too: وصل آلاف النازحين
                else:
                    break
        return NP(i, self._extend(i, k + 1, limit, k), k)

    def np_end(self, head: int, limit: int) -> int:
        """One past the phrase whose head noun is the fixed word at ``head``."""
        return self._extend(head, head + 1, limit, head)

    def _counts(self, k: int) -> bool:
        view, g = self.view, self.grammar
        return not g.has_article(k) and (
            view.pos[k] == "NUM"
            or view.norm[k][:1].isdigit()
            or g.is_(k, "quantifiers")
            or view.norm[k] == "%"
        )

    def _skip_openers(self, i: int, limit: int) -> int:
        """Past demonstratives and approximators: هذه ال…، نحو 20، أكثر من 20، ما لا يقل عن 20."""
        g, view = self.grammar, self.view
        k = i
        while k < limit:
            key = view.key[k]
            nxt = view.key[k + 1] if k + 1 < limit else ""
            if g.is_(k, "demonstratives") and k + 1 < limit and g.nominal(k + 1):
                k += 1
            elif key in ("اكثر", "اقل", "ازيد") and nxt == "من":
                k += 2
            elif key == "ما" and nxt == "لا" and view.key[k + 2 : k + 4] in (("يقل", "عن"), ("يزيد", "علي")):
                k += 4
            elif key == "ما" and nxt in ("يزيد", "يقارب", "يربو"):
                k += 3 if k + 2 < limit and view.key[k + 2] in ("علي", "عن", "من") else 2
            elif (
                g.is_(k, "approximators")
                and k + 1 < limit
                and (
                    view.pos[k + 1] == "NUM" or view.norm[k + 1][:1].isdigit() or g.is_(k + 1, "quantifiers")
                )
            ):
                k += 1
            else:
                break
        return k

    def _quoted(self, i: int, limit: int) -> int:
        """One past the closing quote of a short quoted name that opens at ``i``, or 0."""
        view, g = self.view, self.grammar
        close = ")" if view.norm[i] == "(" else '"'
        for k in range(i + 1, min(limit, i + _QUOTED)):
            if view.norm[k] == close:
                return k + 1 if k > i + 1 else 0
            if g.verb(k) or (g.punct(k) and view.norm[k] not in "-."):
                return 0
        return 0

    def _extend(self, first: int, k: int, limit: int, head: int) -> int:
        """From a phrase first … k-1 on, as far as the phrase goes; the index one past its end."""
        g, view = self.grammar, self.view
        while k < limit:
            same_name = view.ent[k] >= 0 and view.ent[k] == view.ent[k - 1]
            if same_name or g.glued_pronoun(k):
                k += 1
                continue
            if (view.time[k] >= 0 and view.time[k - 1] != view.time[k]) or k in self.fixed:
                break
            if view.key[k] == "غير" and k + 1 < limit and g.adjective(k + 1):
                k += 2  # الهجرة غير النظامية
                continue
            if self._at_least(k, limit):
                k += 2
                continue
            nxt = self._step(first, k, limit, head)
            if nxt <= k:
                break
            k = nxt
        while k - 1 > head and (g.opens_quote(k - 1) and view.norm[k - 1] == "("):
            k -= 1
        return k

    def _at_least(self, k: int, limit: int) -> bool:
        view = self.view
        return k + 1 < limit and view.key[k] == "علي" and view.key[k + 1] in ("الاقل", "الاكثر")

    def _step(self, first: int, k: int, limit: int, head: int) -> int:
        """One past what token ``k`` adds to the phrase, or ``k`` if the phrase ends before it."""
        g, view = self.grammar, self.view
        if (view.key[k] == "من" or g.preposition(k)) and any(j in self.events for j in range(first, k)):
            return k
        partitive = g.is_(k - 1, "partitives") or (
            not self._definite(first, k) and (g.is_(head, "partitives") or self._counted(first, head))
        )
        portion = g.is_(head, "portions") or g.is_(k - 1, "portions")
        if view.key[k] == "من" and partitive and (portion or not self._place_ahead(k)):
            return self._with_complement(
                k, limit, coordinate=g.is_(head, "partitives") and not g.has_article(head)
            )
        if g.preposition(k) and not g.verb(k):
            pairs = (f"{view.key[j]} {view.key[k]}" for j in {head, k - 1})
            if any(pair in g.words["noun_prepositions"] for pair in pairs):
                if g.glued_pronoun(k + 1):
                    return k + 2  # المشتبه بهم
                return self._with_complement(k, limit)
            if view.key[k] == "ل" and not g.closed(k - 1) and not self._definite(first, k):
                end = self._with_complement(k, limit)
                # «مقر للشرطة» belongs to somebody; «تعرضت قافلة | لهجوم» is governed by the verb
                return k if k + 1 in self.events and not self._definite(k + 1, end) else end
            if view.key[k] == "ب" and k + 1 < limit and view.key[k + 1] in ("قياده", "زعامه", "رئاسه"):
                return self._with_complement(k, limit)
            return k
        if view.key[k] == "بقياده":
            return self._with_complement(k, limit)
        if (
            view.key[k] == "و"
            and k + 1 < limit
            and g.adjective(k - 1)
            and g.adjective(k + 1)
            and g.has_article(k - 1) == g.has_article(k + 1)
        ):
            return k + 2
        if view.norm[k] == "-" and k + 1 < limit and view.norm[k + 1][:1].isdigit():
            return k + 2 if view.start[k] == view.end[k - 1] else k  # إف-16
        if (
            view.norm[k] in ("-", "/")
            and k + 1 < limit
            and view.ent[k - 1] >= 0
            and g.nominal(k + 1)
            and k - 1 > head
        ):
            return k + 2
        if g.opens_quote(k) and view.norm[k] != "(" and (end := self._quoted(k, limit)):
            return end
        if g.is_(k, "demonstratives") and not g.closed(k - 1) and k + 1 < limit and g.has_article(k + 1):
            return k + 2  # مكتب هذا الأخير
        if not g.nominal(k) or g.is_(k, "including"):
            return k
        return k + 1 if self._joins(first, k, head) else k

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

    def _place_ahead(self, k: int) -> bool:
        """What follows the preposition at ``k`` is a place: «200 شخص | من القرية»."""
        at = k + 1
        return at < len(self.view) and (
            self.grammar.is_(at, "settlements") or self.view.ent_label(at) in ("GPE", "LOC", "FAC")
        )

    def _counted(self, first: int, head: int) -> bool:
        view = self.view
        return any(view.pos[j] == "NUM" or view.norm[j][:1].isdigit() for j in range(first, head + 1))

    def _with_complement(self, k: int, limit: int, *, coordinate: bool = False) -> int:
        inner = self.np(k + 1, limit)
        if inner is None:
            return k
        end = inner.last
        view, g = self.view, self.grammar
        while (
            coordinate
            and end + 1 < limit
            and view.key[end] == "و"
            and g.has_article(end + 1)
            and g.nominal(end + 1)
        ):
            more = self.np(end + 1, limit)
            if more is None:
                break
            end = more.last
        return end

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

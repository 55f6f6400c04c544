"""Names and titles inside a noun phrase: whether a word is part of who somebody is, or begins somebody else."""

from __future__ import annotations

from pipeline.events.concord import Concord

#: Folded: what makes an office that of the whole («أمين عام»), without an article.
_GENERAL = frozenset({"عام", "عامه"})
#: What a country or region is ruled from.
_CAPITAL = "عاصمه"


class Naming(Concord):
    """Says of a word whether it names what stands before it; the arguments are those of :class:`Concord`."""

    def _begins_name(self, k: int) -> bool:
        view = self.view
        return view.ent[k] >= 0 and view.ents[view.ent[k]][1] == k

    def _name_goes_on(self, first: int, k: int) -> bool:
        """«صاحب السمو الملكي | الأمير محمد»، «محمد | بن سعود»، «موفق أبو | طالب»."""
        g, view = self.grammar, self.view
        if " ".join(view.key[max(first, k - 2) : k]) in g.words["honorifics"]:
            return view.key[k] in g.words["titles"] or view.ent_label(k) == "PER"
        if k - 1 > first and g.is_(k - 1, "name_links"):
            return True
        if k - 2 >= first and g.glued_pronoun(k - 1) and g.is_(k - 2, "near_ones"):
            # «والدته | مريم»: a name behind one's kin
            return view.ent_label(k) == "PER" or (view.pos[k] == "PROPN" and view.ent[k] < 0)
        if k - 1 > first and view.key[k - 1] in _GENERAL and g.of_class(k - 2, "offices"):
            # «أمين عام | حزب الأمة»، «أمين عام | منظمة إقليمية»
            return k - 2 == first or self._begins_name(k) or g.has_article(k)
        if g.is_(k, "rank_tails") and (g.is_(k - 1, "personal_titles") or g.is_(k - 1, "rank_tails")):
            return any(view.ent_label(j) == "PER" for j in range(k + 1, min(k + 3, len(view))))
        return g.is_(k, "name_links") and view.ent_label(k - 1) == "PER" and k + 1 < len(view)

    def _town_named(self, k: int, head: int) -> bool:
        """«العاصمة السورية | دمشق»، «عاصمة إقليم كردستان | أربيل»: the name of the town it tells of."""
        g, view = self.grammar, self.view
        if k - 1 <= head or view.ent_label(k) not in ("GPE", "LOC") or not self._begins_name(k):
            return False
        if any(view.ent_label(j) in ("GPE", "LOC") and not g.adjective(j) for j in range(head + 1, k)):
            return view.key[head] == _CAPITAL and view.ent_label(k - 1) in ("GPE", "LOC")
        town = g.has_article(head) and (g.is_(head, "settlements") or view.key[head][2:] == _CAPITAL)
        return town and all(g.adjective(j) and g.has_article(j) for j in range(head + 1, k))

    def _epithet(self, k: int) -> bool:
        """«المتطرف | فلان»، «الفرنسي | فلان»: a definite word for one person, or a nisba that is no name."""
        g, norm = self.grammar, self.view.norm[k]
        if not g.has_article(k) or self.view.ent_label(k) in ("ORG", "PER", "GPE", "LOC"):
            return False
        _, number, human = self.features(norm)
        return (human is True and number == "s") or (
            norm.endswith("ي") and len(norm) > 4 and human is not False
        )

    def _somebody_else(self, first: int, k: int, head: int) -> bool:
        """«جهاز مكافحة الإرهاب | القيادي في التنظيم»: a title with its bearer or body, and no office before it."""
        g, view = self.grammar, self.view
        if not g.is_(k, "personal_titles") or not g.closed(k - 1) or k + 1 >= len(view):
            return False
        if self._one_person(first, k, head):
            return False
        said_of = view.key[k + 1] == "في" or view.ent_label(k + 1) == "PER"
        return said_of and not any(g.of_class(j, "offices") or g.is_(j, "titles") for j in range(first, k))

    def _one_person(self, first: int, k: int, head: int) -> bool:
        """«مرشح الحزب | فلان»، «إمام المسجد | الشيخ فلان»: what one definite person is, without a name as yet."""
        g, view = self.grammar, self.view
        if not g.closed(k - 1) or g.glued_pronoun(k - 1) or g.of_class(head, "lone_agents"):
            return False
        if any(view.ent_label(j) == "PER" for j in range(first, k)):
            return False
        _, number, human = self.features(view.surface(head, k))
        return number == "s" and human is True

    def _two_named(self, head: int, k: int) -> bool:
        """«النائبان | فلان وفلان»، «الوزيران | فلان وفلان»: two definite people, and then who the two are."""
        g, view = self.grammar, self.view
        last = view.ents[view.ent[k]][2]
        both = g.closed(k - 1) and last + 1 < len(view) and view.key[last] == "و"
        _, number, human = self.features(view.norm[head])
        return both and view.ent_label(last + 1) == "PER" and number == "d" and human is True

    def _calling(self, head: int, k: int) -> bool:
        """«الداعية | السلفي فلان»، «الكاتب | الصحافي فلان»: what else the one person is whose name follows."""
        g, view = self.grammar, self.view
        named = k + 1 < len(view) and view.ent_label(k + 1) == "PER" and view.ent[k] < 0
        nisba = g.has_article(head) and g.has_article(k) and view.norm[k].endswith("ي")
        _, number, human = self.features(view.norm[head])
        return named and nisba and number == "s" and human is True and view.ent_label(head) != "PER"

    def _after_name(self, k: int, head: int) -> bool:
        """«رفض زعيم التيار مقتدى الصدر | المبادرة»، «جامعة الملك سعود | المجتمع»: no adjective of what was named."""
        gender, number, human = self.features(self.view.norm[head])
        feminine = self.view.norm[k].endswith("ة") and gender == "m" and number == "s" and human is not None
        return feminine or (self.people(self.view.norm[k]) and not self.view.norm[k].endswith(("ي", "ية")))

    def _participating(self, first: int, k: int) -> bool:
        """«عدد من المدنيين | النازحين من الجنوب»: a participle in the plural with its preposition, said of the plural.

        Not behind a subject alone, whose object it may be: «أوقف الجنود | العائدين من الشمال».
        """
        g, norm = self.grammar, self.view.norm
        definite = k + 1 < len(self.view) and g.has_article(k) and g.has_article(k - 1)
        if not definite or self.view.ent[k] >= 0 or not g.preposition(k + 1) or not norm[k].endswith("ين"):
            return False
        regular = norm[k - 1].endswith("ين") and self._plural(k - 1)
        governed = k - 1 > first or (first > 0 and g.preposition(first - 1))
        if not regular and not (governed and self._many(k - 1) and not self._plural(k - 1)):
            return False
        return self.view.key[k].removeprefix("ال") in g.words["qualifying_participles"]

    def _faithful(self, k: int) -> bool:
        """«ولي عهده | الأمين»: the heir's style, and no secretary."""
        view = self.view
        heir = view.key[k - 2 : k - 1] == ("عهد",) and self.grammar.glued_pronoun(k - 1)
        return view.key[k] == "الامين" and (heir or view.key[k - 2 : k] == ("ولي", "العهد"))

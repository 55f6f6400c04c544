"""Words of ``unless`` that stand beside a trigger by chance: within a name, a rank, a title, or said of another."""

from __future__ import annotations

from pipeline.events.grammar import STRESS, Grammar
from pipeline.events.lexicon import TriggerLexicon
from pipeline.events.view import View


class ByChance:
    """Tells them apart; see :class:`pipeline.events.fixed.FixedWords`. All arguments are view indices."""

    view: View
    lexicon: TriggerLexicon
    grammar: Grammar

    def _some_of(self, k: int) -> bool:
        """«وصل *عدد* من المسلحين»: some people, and not the number that something has reached."""
        after = k + 1 + (self.grammar.adjective(k + 1) if k + 1 < len(self.view) else 0)
        return self.grammar.is_(k, "numbers_of") and self.view.key[after : after + 1] == ("من",)

    def _inside_place(self, k: int, target: tuple[str, ...]) -> bool:
        """«بعقوبة» is no «عقوبة» behind ب: the letters of a word within the name of a place."""
        whole = self.view.key[k].removeprefix("ال") == target[0].removeprefix("ال")
        return self.view.ent_label(k) in ("GPE", "LOC") and not whole

    def _of_name(self, k: int) -> bool:
        """«حزب *الله*»: the sacred word that ends the name of somebody calls on nobody."""
        entity = self.view.ents[self.view.ent[k]] if self.view.ent[k] >= 0 else ("", k, k, "")
        return entity[0] in ("ORG", "PER") and entity[1] < k and self.grammar.is_(k, "sacred")

    def _stresses(self, k: int) -> bool:
        """«في اليوم *نفسه* قتل مسلحون …»: a word of stress behind a definite noun, which is nobody done to himself."""
        stem = self.view.key[k].removesuffix("ا").removesuffix("ه")
        return (
            stem in STRESS
            and k > 0
            and self.grammar.has_article(k - 1)
            and not self.view.norm[k].endswith("ة")  # «أرسل المختبر عينة»
        )

    def _done_before(self, k: int, i: int) -> bool:
        """«فجر *نفسه* فقتل سبعة»: what a verb before the trigger was done to, and no object of the trigger."""
        stem = self.view.key[k].removesuffix("ه")
        return k < i and stem in STRESS and (stem != self.view.key[k] or self.grammar.glued_pronoun(k + 1))

    def _rates(self, k: int) -> bool:
        """«ما لا يقل *عن* 12 شخصا»: how many, and nothing that the trigger governs."""
        return k > 0 and self.view.key[k] == "عن" and self.grammar.is_(k - 1, "rating")

    def _elected(self, k: int) -> bool:
        """«الرئيس *المنتخب*»: who has been elected, and no team."""
        g, last = self.grammar, self.view.norm[k].removesuffix("ة")
        return (
            last == "المنتخب"
            and k > 0
            and (g.of_class(k - 1, "offices") or self.view.key[k - 1].endswith("ه"))
        )

    def _rank(self, k: int) -> bool:
        """«الفريق الركن سامي»، «الفريق سامي»: a rank before its bearer, and no team."""
        g, view = self.grammar, self.view
        if not g.is_(k, "ranks_or_teams"):
            return False
        after = k + 1
        while after + 1 < len(view) and g.is_(after, "rank_tails"):
            after += 1
        return after > k + 1 or (after < len(view) and view.ent_label(after) == "PER")

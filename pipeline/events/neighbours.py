"""The noun phrases around a verb: what follows it in its clause, and what stands before it as its subject."""

from __future__ import annotations

from pipeline.events.asides import before_aside
from pipeline.events.following import Following
from pipeline.events.grammar import SENTENCE_MARKS
from pipeline.events.nounphrases import NP
from pipeline.events.semantics import Semantics

#: Prepositions that with a pronoun resume an antecedent: «مدينة قتل فيها جنود»، «اتفاق سلمت بموجبه الفصائل أسلحتها».
_RESUMING = frozenset({"في", "من", "ب", "علي", "خلال", "اثناء", "بموجب", "عبر", "بعد", "اثر"})
#: Phrases of a relative clause behind its verb («الحزب الذي تعتبره أنقرة ودول عدة | منظمة | إرهابية»).
_WITHIN = 5


class Neighbours(Following):
    """The phrases around the verbs of one sentence: adds those that stand before them.

    Attributes:
        semantics: what its phrases denote.
    """

    semantics: Semantics

    def _left(self, position: int) -> tuple[tuple[NP, ...], str]:
        """The noun phrase before the verb that may be its subject, and how it was found."""
        k = position - 1
        while (
            k >= 0
            and (self.elements[k].kind in ("part", "other", "time", "pron") or self._quotes(k))
            and self.view.norm[self.elements[k].first] not in SENTENCE_MARKS
        ):
            k -= 1
        if k < 0 or self._apart(k, position):
            return (), ""
        if k > 1 and self._still_said(k):
            k -= 1 + (self.elements[k - 1].kind == "comp")  # «جمهوره الذي | ما زال | يدعمه»
        element = self.elements[k]
        if element.kind == "pp" and element.prep == "ب" and self.grammar.is_(element.nps[-1].head, "wounds"):
            return (), ""
        if element.kind == "rel" and self._resumed(position):
            return (), ""  # بيروت التي قتل فيها جنود
        if element.kind == "rel":
            return self._antecedent(k), "relative"
        if element.kind == "comp" and element.last - element.first > 1:
            at = element.last - 1
            return (NP(at, at + 1, at),), "pronoun"
        set_off = before_aside(self.elements, self.view, k)
        if set_off >= 0 and k == position - 1 and self._opens_clause(set_off):
            return self.elements[set_off].nps, "svo"
        first = k
        while first and self.elements[first].kind == "pp" and k - first < 3:
            first -= 1  # «إن العريف سالم من حرس الحدود بمركز الربوعة استشهد»
        announced = first and self.elements[first - 1].kind == "comp"
        near = first < k and (k - first == 1 or announced)
        if near and self.elements[first].kind == "np" and self._opens_clause(first):
            return self.elements[first].nps, "svo"
        if element.kind == "np" and self._opens_clause(k):
            return (*self._raised_with(k), *element.nps), "svo"
        if element.kind == "np" and (whole := self._two_parts(k)) is not None:
            return (whole,), "svo"
        # «القوات التي تقودها واشنطن، | شنت»
        closed = self.view.norm[element.first] in "،," and k == position - 1
        if (element.kind in ("np", "fixed") or closed) and (outer := self._past_subject(k - closed)) >= 0:
            return self.elements[outer].nps, "svo"
        if (described := self._described(k)) >= 0:
            return self.elements[described].nps, "svo"
        if (
            element.kind in ("np", "pp")
            and k == position - 1
            and element.nps
            and self._indefinite(element.nps[-1])
            and not self._spoken_in(position)
        ):
            return element.nps[-1:], "relative"
        if k == position - 1 and (fixed := self._fixed_somebody(k)) and self._indefinite(fixed[0]):
            return fixed, "relative"  # «فككت الشرطة خلية | كانت تخطط»
        return (), ""

    def _fixed_somebody(self, k: int) -> tuple[NP, ...]:
        """Somebody whom the fixed word of a trigger names: «فككت الشرطة | خلية»."""
        element = self.elements[k]
        np = NP(element.first, element.last, element.first)
        return (np,) if element.kind == "fixed" and self.semantics.actor(np) else ()

    def _still_said(self, k: int) -> bool:
        """«الذي ما زال»، «الذي كان»: an auxiliary at ``k`` right behind a relative pronoun."""
        verb, before = self.elements[k], self.elements[k - 1]
        if verb.kind != "verb" or not self.grammar.is_(verb.first, "raised_subject"):
            return False
        return before.kind == "rel" or (before.kind == "comp" and self.elements[k - 2].kind == "rel")

    def _raised_with(self, k: int) -> tuple[NP, ...]:
        """«لا يزال الجيش | والمتمردون | يتبادلون القصف»: the subject of كان or its sister that ``k`` is joined to."""
        if k < 3 or [e.kind for e in self.elements[k - 3 : k]] != ["verb", "np", "conj"]:
            return ()
        raised = self.grammar.is_(self.elements[k - 3].first, "raised_subject")
        joined = raised and self.view.key[self.elements[k - 1].first] == "و"
        return self.elements[k - 2].nps if joined else ()

    def _antecedent(self, k: int) -> tuple[NP, ...]:
        """The phrase that the relative pronoun at ``k`` qualifies: the last before it, past one mark."""
        j = k - 2 if k > 1 and self.elements[k - 1].kind == "punct" else k - 1
        return self.elements[j].nps[-1:] or self._fixed_somebody(j) if j >= 0 else ()

    def _two_parts(self, k: int) -> NP | None:
        """«إن أصحاب الأفكار | الضالة هاجموا»: between «أن» and its verb stands one phrase."""
        if k < 2 or self.elements[k - 2].kind != "comp" or self.elements[k - 1].kind != "np":
            return None
        first, second = self.elements[k - 1].nps, self.elements[k].nps
        if len(first) > 1 or len(second) > 1 or not self.grammar.has_article(second[0].first):
            return None
        return NP(first[0].first, second[0].last, first[0].head)

    def _past_subject(self, k: int) -> int:
        """«إن القوات التي تقودها واشنطن | شنت»: the phrase that the relative clause before ``k`` qualifies, or -1."""
        j = k
        while j > 2 and self.elements[j].kind in ("np", "pp", "time", "fixed") and k - j < _WITHIN:
            j -= 1
        if j < 2 or self.elements[j].kind != "verb" or self.elements[j - 1].kind != "rel":
            return -1
        outer = self.elements[j - 2]
        object_said = self.grammar.glued_pronoun(self.elements[j].last - 1)
        return j - 2 if object_said and outer.kind == "np" and self._opens_clause(j - 2) else -1

    def _described(self, k: int) -> int:
        """«إن مسلحين [يستقلان دراجة نارية] | أطلقا»: the open phrase that a clause ending at ``k`` describes, or -1."""
        j = k
        while j > 1 and self.elements[j].kind in ("np", "pp", "time", "fixed") and k - j < 4:
            j -= 1
        if j < 2 or self.elements[j].kind != "verb" or self.view.key[self.elements[j].first][:1] not in "يت":
            return -1
        outer = self.elements[j - 1]
        said = self.elements[j - 2].kind == "comp" and self.grammar.is_(
            self.elements[j - 2].first, "raised_subject"
        )
        open_noun = outer.kind == "np" and self._indefinite(outer.nps[-1])
        return j - 1 if said and open_noun and j < k else -1

    def _quotes(self, k: int) -> bool:
        """«أن مقاتليها "سيطروا"»: an opening quotation mark between subject and verb."""
        return self.view.norm[self.elements[k].first] == '"' and k > 0 and self.elements[k - 1].kind == "np"

    def _apart(self, k: int, position: int) -> bool:
        """A heading without a full stop: the two stand in different paragraphs."""
        paragraph = self.view.paragraph
        return paragraph[self.elements[k].first] != paragraph[self.elements[position].first]

    def _joined(self, position: int) -> bool:
        """«…، ودعا»: a comma and و stand before the verb."""
        before = self.elements[max(0, position - 2) : position]
        glued = self.view.key[self.elements[position].first].startswith("و")
        kinds = [e.kind for e in before]
        return kinds == ["punct", "conj"] or (glued and kinds[-1:] == ["punct"])

    def _resumed(self, position: int) -> bool:
        """A preposition with a pronoun right after the verb: the antecedent is neither subject nor object."""
        after = self.elements[position + 1] if position + 1 < len(self.elements) else None
        return (
            after is not None
            and after.kind == "pp"
            and self.grammar.glued_pronoun(after.last - 1)
            and after.last - after.first == 2
            and after.prep in _RESUMING
        )

    def _spoken_in(self, position: int) -> bool:
        """«نشر شريطا على الشبكة أكد فيه أن»: the pronoun means what is said something in, so that nobody new speaks."""
        after = self.elements[position + 1 : position + 2]
        return self._resumed(position) and after[0].prep == "في"

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

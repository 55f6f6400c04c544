"""«بين»: the two sides of a clash or of talks, and what stands between two without anybody doing it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.attachment import Attachment
from pipeline.events.grammar import Grammar
from pipeline.events.joining import DIRECTIONS
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.semantics import Semantics
from pipeline.events.senses import Candidate
from pipeline.events.slots import SlotFiller

#: Elements behind «بين X» within which «و» and the other side may stand.
_SIDE = 8
#: Tokens between «جهة» and the other side: a comma and «و».
_CLOSES = 3
#: Tokens of a preposition with its pronoun («حي مجاور | له»).
_OWN = 2
#: Endings of a word that was left whole with its pronoun.
_PRONOUNS = ("ه", "ها", "هم")
#: Sides behind one «بين», with or without a third.
_PAIR = 2


class Between:
    """Reads the phrases behind «بين» in one sentence.

    Args:
        elements: the sentence's elements; attachment: knows the phrases.
    """

    def __init__(
        self,
        grammar: Grammar,
        semantics: Semantics,
        elements: Sequence[Element],
        slots: SlotFiller,
        attachment: Attachment,
    ) -> None:
        self.grammar = grammar
        self.semantics = semantics
        self.elements = elements
        self.slots = slots
        self.attachment = attachment

    def sides(self, nps: tuple[NP, ...]) -> tuple[NP, ...]:
        """«بين الجيش والمتمردين | وإقامة دولة»: behind two sides only another one stands between as well."""
        pair = nps[:_PAIR]
        several = self.semantics.actors.head_features(self.grammar.view.norm[nps[0].head])[1] in ("p", "d")
        if len(nps) == _PAIR and several and self._deed(nps[1]):
            return nps[:1]  # «بين القوات الهندية والباكستانية | وتصاعد التوتر»
        if len(nps) < _PAIR or not all(self.semantics.actor(np) for np in pair):
            return nps
        for number, np in enumerate(nps[_PAIR:], _PAIR):
            if self._deed(np) or not self.semantics.actor(np):
                return nps[:number]
        return nps

    def _deed(self, np: NP) -> bool:
        """«إقامة دولة»، «تصاعد التوتر»: the phrase is nobody by its head, whatever that governs."""
        alone = NP(np.head, np.head + 1, np.head)
        return (
            self.grammar.view.ent[np.head] < 0
            and self.semantics.classes(alone) == {"thing"}
            and np.last - np.head > 1
        )

    def second_side(self, k: int) -> tuple[NP, ...]:
        """«بين الجيش المدعوم بالطائرات من جهة، | ومسلحي التنظيم»، «بين واشنطن التي تقود التحالف | وموسكو»."""
        first, relative = self.elements[k].nps[0], False
        for j in range(k + 1, min(k + 1 + _SIDE, len(self.elements) - 1)):
            element, after = self.elements[j], self.elements[j + 1]
            relative = relative or element.kind == "rel"
            if element.prep == "بين" or element.kind == "comp" or (element.kind == "verb" and not relative):
                break
            group = after.nps if element.kind == "conj" and after.kind == "np" else ()
            listed = element.nps[-1:] if len(element.nps) > 1 else ()
            said = self._says_of_side(j)
            one_side = said or any(self._behind_side(np.first) for np in listed)
            listed = element.nps[1:_PAIR] if said else listed
            group = group or (listed if relative or one_side else ())
            alike = not relative or one_side or self._alike(first, group)
            if group and self.semantics.actor(group[0]) and alike:
                return group
        return ()

    def further_sides(self, k: int) -> tuple[NP, ...]:
        """«بين الجيش … من جهة، والمعارضة، | وفصائل مقاتلة من جهة أخرى»: whoever else the other flank closes in."""
        found: list[NP] = []
        for j in range(k + 1, min(k + 1 + _SIDE, len(self.elements))):
            element = self.elements[j]
            if any(self.grammar.is_(i, "flanks") for i in range(element.first, element.last)):
                return tuple(found)
            comma = element.kind == "punct" and self.grammar.view.norm[element.first] in "،,"
            if element.kind == "np" and all(self.semantics.actor(np) for np in element.nps):
                found += element.nps if self.elements[j - 1].kind == "conj" else ()
            elif not comma and element.kind not in ("conj", "pp"):
                break
        return ()

    def _says_of_side(self, j: int) -> bool:
        """«القوات | المسنودة بالعشائر ومسلحي …»، «الشرطة | في المدينة ومحتجين»: «و» leads to the other side."""
        element, g = self.elements[j], self.grammar
        if len(element.nps) < _PAIR or element.nps[1].head in self.slots.events:
            return False
        if g.is_(element.first - 1, "backed"):
            return True
        somebody = self.semantics.actor(element.nps[1]) and not self.semantics.place(element.nps[1])
        where = element.prep in ("في", "من") or element.prep in DIRECTIONS  # رجال قبائل | من صعدة والجيش
        return where and self.semantics.place(element.nps[0]) and somebody

    def _behind_side(self, at: int) -> bool:
        """«من جهة، و | مسلحي التنظيم»: what stands right before the phrase at ``at`` closes the first side."""
        return "جهه" in self.attachment.view.key[max(0, at - _CLOSES) : at]

    def _alike(self, first: NP, group: Sequence[NP]) -> bool:
        """Both are states, or neither: «واشنطن … وموسكو»."""
        return all("state" in self.semantics.classes(first) & self.semantics.classes(np) for np in group)

    def between_things(self, mention: Mention, candidate: Candidate, k: int) -> bool:
        """Whether what stands between two sides is named right before it, and is no event: trade, relations."""
        before = self.elements[k - 1] if k else None
        if before is None or not before.nps or before.last != self.elements[k].first:
            return False
        if before.first <= mention.at < before.last or before.prep not in ("", "ل", "بشان", "حول", "علي"):
            return False
        if candidate.trigger.mode == "clash" and (before.prep != "ل" or before.last - before.first == _OWN):
            return False  # «معركة بالرشاشات | بين»، «القتال على جبهة الساحل | بين», but: «صراع لبسط النفوذ | بين»
        whole = before.nps[-1]
        if not before.prep and not self.grammar.has_article(whole.last - 1):
            return False  # «المعارك | مستمرة | بين الجيش والمسلحين»
        plain = not any(self.grammar.preposition(i) for i in range(whole.first, whole.last))
        if plain and any(whole.first <= f < whole.last for f in candidate.fixed):
            return False  # تبادل | لإطلاق النار | بين الجيش والمسلحين
        deeds = [self.slots.events[i] for i in range(whole.first, whole.last) if i in self.slots.events]
        deed = any(m.candidates[0].trigger.type in ("ASSAULT", "RETREAT") for m in deeds)  # لوقف القتال | بين
        return not deed and self.semantics.classes(whole) == {"thing"}

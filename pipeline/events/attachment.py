"""Which event a prepositional phrase belongs to: the nearest mention before it whose frame licenses it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.phrases import Element
from pipeline.events.semantics import Semantics
from pipeline.events.triggers import Mention
from pipeline.events.view import View
from pipeline.text.normalize import fold

NEAR_PHRASES = frozenset({"بالقرب من", "علي مقربه"})
_PLACE_PHRASES = NEAR_PHRASES | {"علي بعد", "علي طول", "علي حدود", "من داخل"}


class Attachment:
    """The prepositional phrases of one sentence and their owners.

    Args:
        elements: the sentence's elements; own: its mentions in order, light verbs linked.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        semantics: Semantics,
        elements: Sequence[Element],
        own: Sequence[Mention],
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics
        self.elements = elements
        self.own = own
        self._light = {m.light: m for m in own if m.light >= 0}

    def owners(self) -> dict[int, int]:
        """For each prepositional element the view index of the mention that it belongs to."""
        owners: dict[int, int] = {}
        for k, element in enumerate(self.elements):
            if element.kind == "pp":
                owner = self._owner(k, element)
                if owner >= 0:
                    owners[k] = owner
        return owners

    def _owner(self, k: int, element: Element) -> int:
        for j in range(k - 1, -1, -1):
            before = self.elements[j]
            for mention in reversed([m for m in self.own if before.first <= m.at < before.last]):
                if self._licences(mention, element):
                    return mention.at
            if before.kind == "verb" and before.first in self._light:
                mention = self._light[before.first]
                if mention.at < before.first and self._licences(mention, element):
                    return mention.at
            if before.kind in ("verb", "comp", "rel") and before.first not in self._light:
                break
            if before.kind == "punct" and self.view.norm[before.first] in ".؛!؟:":
                break
        return self._fronted(k, element)

    def _fronted(self, k: int, element: Element) -> int:
        """«في حمص، قُتل ثلاثة»: a place before the first verb of its clause belongs to that verb."""
        if not self.locative(element) or (
            k and self.elements[k - 1].kind not in ("punct", "conj", "comp", "time", "part")
        ):
            return -1
        for later in self.elements[k + 1 : k + 7]:
            if later.kind in ("comp", "rel"):
                break
            for mention in self.own:
                if later.first <= mention.at < later.last or (
                    later.kind == "verb" and mention.light == later.first
                ):
                    return mention.at
            if later.kind == "verb":
                break
        return -1

    def _licences(self, mention: Mention, element: Element) -> bool:
        prep = element.prep
        if any(prep in folded_frame(c.trigger.frame) for c in mention.candidates):
            return True
        if mention.light_verb is not None and prep in folded_frame(mention.light_verb.frame):
            return True
        return prep in self.grammar.words["by_agent"] or prep == "ضد" or self.locative(element)

    def locative(self, element: Element) -> bool:
        """The phrase says where: a locative preposition before something that denotes a place."""
        if element.prep not in self.grammar.words["locative"] | self.grammar.words["near"] | _PLACE_PHRASES:
            return False
        return any(self.semantics.place(np) for np in element.nps)


def folded_frame(frame: dict[str, str]) -> dict[str, str]:
    """A frame with folded prepositions."""
    return {fold(position): spec for position, spec in frame.items()}

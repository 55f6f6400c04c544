"""Who did it by the phrase that says «by whom», and who or what only looks like that: tools, issuers, guests."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.attachment import Attachment
from pipeline.events.grammar import Grammar
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.semantics import Semantics
from pipeline.events.senses import Candidate
from pipeline.events.slots import Argument

_TOOLS = ("means", "munitions", "moving", "aircraft", "drones")


class Agents:
    """Reads the phrases for the agent in one sentence.

    Args:
        elements: the sentence's elements; attachment: knows the phrases.
    """

    def __init__(
        self, grammar: Grammar, semantics: Semantics, elements: Sequence[Element], attachment: Attachment
    ) -> None:
        self.grammar = grammar
        self.semantics = semantics
        self.elements = elements
        self.attachment = attachment

    def tool(self, element: Element) -> bool:
        """«اقتحام الثكنة | بواسطة شاحنة مفخخة»: arms and vehicles of nobody in particular are what it was done with."""
        if element.prep not in self.grammar.words["by_tool"] or not element.nps:
            return False
        np = element.nps[0]
        head = self.attachment.view.norm[np.head]
        # «سيارتين» is no other word than «سيارات»
        tool = any(
            word in self.grammar.words[name]
            for word in (self.attachment.view.key[np.head], head.removesuffix("تين") + "ات")
            for name in _TOOLS
        )
        owned = self.attachment.closed(np) and not self.grammar.has_article(np.head)  # «طائرات | التحالف»
        return tool and self.semantics.resolved(np).country is None and not owned

    def met_there(self, candidate: Candidate, element: Element, arguments: Sequence[Argument]) -> bool:
        """«استقبل الأمير السفير | بالرياض»: where whoever meets has an object, «ب» does not tell whom."""
        met = candidate.trigger.type == "CONSULT" and any(a.how == "object" for a in arguments)
        return met and all(self.semantics.place(np) for np in element.nps)

    def without_cause(self, mention: Mention, arguments: list[Argument]) -> None:
        """«تسببت مزحة في اعتقاله | من قبل الشرطة»: what led to a deed is nobody where it is said who did it."""
        verb = mention.light_verb
        hands = {f"prep:{prep}" for prep in self.grammar.words["by_hand"]}
        if verb is not None and verb.label == "cause" and any(a.how in hands for a in arguments):
            arguments[:] = [a for a in arguments if a.slot != "actor" or a.how.startswith("prep:")]

    def others(self, k: int) -> tuple[NP, ...]:
        """«من قبل الحكومة | ومن جهات تمويل»: the agent behind a second «من» that «و» joins to the first."""
        if k + 2 >= len(self.elements) or self.elements[k].prep not in self.grammar.words["by_hand"]:
            return ()
        link, element = self.elements[k + 1], self.elements[k + 2]
        joined = link.kind == "conj" and self.attachment.view.key[link.first] == "و" and element.prep == "من"
        return element.nps if joined and all(self.semantics.actor(np) for np in element.nps) else ()

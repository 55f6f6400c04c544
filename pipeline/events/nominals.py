"""The arguments of a masdar or event noun inside its own phrase: genitive, object, nationality, the noun itself."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element, PhraseReader
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Argument, SlotFiller
from pipeline.events.triggers import Candidate, Mention
from pipeline.events.view import View


class NominalArguments:
    """Fills what the phrase of a nominal trigger says of it.

    Args:
        reader: phrase reader of the article; elements: of the sentence; element_of: element number by view index.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        semantics: Semantics,
        reader: PhraseReader,
        elements: Sequence[Element],
        element_of: dict[int, int],
        slots: SlotFiller,
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics
        self.reader = reader
        self.elements = elements
        self.element_of = element_of
        self.slots = slots

    def noun(
        self, mention: Mention, candidate: Candidate, frame: dict[str, str], arguments: list[Argument]
    ) -> None:
        """Genitive, adjective and object of a masdar or event noun, and the noun itself where it names people."""
        g, view, at = self.grammar, self.view, mention.at
        limit = view.sents[view.sent[at]][1]
        if "self" in frame:
            element = self.elements[self.element_of[at]]
            np = next((n for n in element.nps if n.first <= at < n.last), NP(at, at + 1, at))
            self.slots.fill(frame["self"], (np,), "self", arguments)
        k = at + 1
        while (
            k < limit
            and k in candidate.fixed
            and (frame.get("genitive", "-") == "-" or self._fixed_adjective(k))
        ):
            k += 1
        accusative = (
            view.norm[at].endswith("ا") and "object" in frame
        )  # متهما الحكومة: a participle has an object
        closed = (
            not accusative and g.closed(at)
            if k == at + 1
            else g.closed(k - 1) or self._fixed_adjective(k - 1)
        )
        genitive: tuple[NP, ...] = ()
        if k < limit and g.glued_pronoun(k):
            genitive = (NP(k, k + 1, k),)
        elif k < limit and not closed and g.nominal(k) and view.time[k] < 0 and not self._qualifies(k, at):
            genitive = self.reader.coordination(k, limit, after_verb=True)
        if genitive:
            k = genitive[-1].last
            spec = frame["object"] if accusative else frame.get("genitive", "-")
            free = k < limit and k not in candidate.fixed and g.nominal(k) and view.time[k] < 0
            follower = self.reader.np(k, limit) if free else None
            if (
                follower is not None
                and "object" in frame
                and self.semantics.actor(genitive[0])
                and not g.adjective(k)
            ):
                self.slots.fill(frame.get("subject", "actor"), genitive, "genitive", arguments)
                self.slots.fill(
                    frame["object"], self.reader.coordination(k, limit, after_verb=True), "object", arguments
                )
            else:
                self.slots.fill(spec, genitive, "genitive", arguments)
        self._adjective(k, limit, frame, arguments)

    def _qualifies(self, k: int, at: int) -> bool:
        """An adjective of the noun; a definite one after an open noun is its genitive («انسحاب المرتزقة»)."""
        g = self.grammar
        return g.adjective(k) and not (k == at + 1 and g.has_article(k) and not g.has_article(at))

    def _fixed_adjective(self, k: int) -> bool:
        """A fixed word that agrees with the noun (هجوم صاروخي) rather than hangs on it (احتجاز الرهائن)."""
        return self.grammar.adjective(k)

    def _adjective(self, k: int, limit: int, frame: dict[str, str], arguments: list[Argument]) -> None:
        """«غارة جوية أميركية»: a nationality among the adjectives names the actor."""
        view = self.view
        spec = frame.get("adjective", "actor")
        if spec == "-" or any(a.slot == "actor" for a in arguments):
            return
        while (
            k < limit
            and (self.grammar.adjective(k) or view.ent_label(k) == "NORP")
            and not self.grammar.punct(k)
        ):
            if self.semantics.actors.is_nationality(view.norm[k]):
                self.slots.fill(spec, (NP(k, k + 1, k),), "adjective", arguments)
                return
            k += 1

    def light_masdar(self, mention: Mention, frame: dict[str, str], arguments: list[Argument]) -> None:
        """«تعرضها لقصف»، «تعرض المدينة لقصف»: what a light masdar governs is its subject."""
        at = mention.light + 1
        if at >= mention.at:
            return
        if self.grammar.glued_pronoun(at):
            self.slots.fill(frame.get("subject", "-"), (NP(at, at + 1, at),), "pronoun", arguments)
        elif self.grammar.nominal(at) and not self.grammar.closed(mention.light):
            group = self.reader.coordination(at, mention.at, after_verb=True)
            self.slots.fill(frame.get("subject", "-"), group, "genitive", arguments)

    def possessor(
        self, element: Element, candidate: Candidate, frame: dict[str, str], arguments: list[Argument]
    ) -> None:
        """«استنفار كامل لقوات النظام»: ل stands for the genitive after an adjective or an article."""
        if any(a.how == "genitive" for a in arguments) or candidate.form.kind == "participle":
            return
        self.slots.fill(frame.get("genitive", "-"), element.nps, "prep:ل", arguments)

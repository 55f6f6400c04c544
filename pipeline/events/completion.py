"""What the sentences of an article leave to each other: the steps that complete its events, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.events.aftermath import Aftermath
from pipeline.events.among import Among
from pipeline.events.antecedents import Antecedent
from pipeline.events.arguments import SentenceArguments
from pipeline.events.barred import Barred
from pipeline.events.chains import Chains
from pipeline.events.conditions import Conditions
from pipeline.events.discourse import Discourse
from pipeline.events.effects import Effects
from pipeline.events.genre import Genres
from pipeline.events.grammar import Grammar
from pipeline.events.grievances import Grievances
from pipeline.events.implied import Implied
from pipeline.events.instruments import Instruments
from pipeline.events.joining import DIRECTIONS
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.places_behind import PlacesBehind
from pipeline.events.proclaimed import Proclaimed
from pipeline.events.semantics import Semantics
from pipeline.events.senses import Senses
from pipeline.events.sharing import Sharing
from pipeline.events.sides import Sides
from pipeline.events.slots import Filled
from pipeline.events.spoken_of import told_once
from pipeline.events.topics import referring
from pipeline.events.view import View
from pipeline.events.wielders import Wielders


class Completion:
    """Completes the events of one article from each other, and leaves out those that come to nothing.

    Args:
        sentences: the sentences of the article, by number.
        mentions: all event mentions by view index.
        senses: says what the words of the article may mean.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        semantics: Semantics,
        sentences: Sequence[SentenceArguments],
        mentions: Mapping[int, Mention],
        senses: Senses,
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics
        self.sentences = sentences
        self.mentions = mentions
        self.senses = senses

    def complete(self, filled: Sequence[Filled]) -> list[Filled]:
        """The events of the article, in no order.

        Args:
            filled: what each sentence tells by itself, in order.
        """
        known = _antecedents(self.sentences)
        discourse = Discourse(self.view, self.grammar, self.semantics, known, self.sentences)
        conditions = Conditions(self.grammar, self.semantics, self.mentions)
        settled = (conditions.settle(e) for e in discourse.complete(filled))
        events = referring([e for e in settled if e is not None], self.grammar)
        events = Grievances(self.sentences).complete(events)
        events = Among(self.sentences).complete(events)
        events = Wielders(self.sentences).complete(events)
        events = Barred(self.sentences).complete(events)
        events = PlacesBehind(self.sentences).complete(events)
        events = self._sharing().share(events)
        events = Instruments(self.sentences).complete(events)
        events = Proclaimed(self.sentences).complete(events)
        events = Chains(self.sentences).complete(events)
        events = Aftermath(self.sentences).complete(events)
        events = Effects(self.sentences).complete(events)
        events = told_once(Sides(self.sentences).complete(events))
        events = Implied(self.senses, self.sentences).complete(events)
        return Genres(self.view, self.semantics).news(events, len(conditions.generic.spoken))

    def _sharing(self) -> Sharing:
        fronted = {number: s.attachment.fronted() for number, s in enumerate(self.sentences)}
        dateline = self.sentences[0].attachment.dateline() if self.sentences else ()
        return Sharing(self.view, self.grammar, self.semantics, fronted, dateline)


def _antecedents(sentences: Sequence[SentenceArguments]) -> list[Antecedent]:
    """All full noun phrases of the article; subjects are marked, and those of main clauses."""
    found: dict[tuple[int, int], Antecedent] = {}
    for sentence in sentences:
        chief = True
        for k, element in enumerate(sentence.elements):
            chief = chief and element.kind not in ("comp", "rel")
            for np in element.nps:
                named = not sentence.grammar.is_(np.head, "pronouns") and element.prep not in DIRECTIONS
                if named and np.head not in sentence.mentions:
                    found.setdefault((np.first, np.last), Antecedent(np, False))
                if (inner := _inner(sentence, np)) is not None:
                    # «قالت أسرة الضابط إنه خُطف»: of kin and bodies it is told whose they are
                    whose = sentence.grammar.is_(np.head, "about_whom")
                    found.setdefault((inner.first, inner.last), Antecedent(inner, False, inner=not whose))
            if element.kind == "verb":
                subject = sentence.clauses.roles(k).subject
                for np in subject:
                    if not sentence.grammar.is_(np.head, "pronouns") and np.head not in sentence.mentions:
                        known = found.get((np.first, np.last))
                        first = chief or (known is not None and known.chief)
                        found[np.first, np.last] = Antecedent(np, True, first, len(subject) > 1, subject)
    return list(found.values())


def _inner(sentence: SentenceArguments, np: NP) -> NP | None:
    """«سلاح | المتمردين»، «دخول | الثوار»، «أسرة | الضابط»: somebody in a phrase about a thing, a deed or his kin."""
    of_a_thing = not sentence.semantics.actor(np) or np.head in sentence.mentions
    if np.last - np.head < 2 or not (of_a_thing or sentence.grammar.is_(np.head, "about_whom")):
        return None
    if sentence.view.key[np.head : np.head + 2].count(sentence.view.key[np.head]) > 1:
        return None  # ولي | ولي العهد
    for i in range(np.head + 1, np.last):
        whole = NP(i, np.last, i)
        open_noun = not (sentence.grammar.has_article(i) and sentence.grammar.has_article(i - 1))
        if sentence.grammar.nominal(i) and open_noun and sentence.semantics.actor(whole):
            return whole
    return None

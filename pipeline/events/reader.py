"""The event half in order: triggers, phrases, clauses, arguments, discourse, time, stance, records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from spacy.tokens import Doc

from pipeline.articles import Article
from pipeline.events.arguments import SentenceArguments
from pipeline.events.assemble import Assembler
from pipeline.events.assertion import SentenceStance, load_cue_index
from pipeline.events.clauses import ClauseReader
from pipeline.events.conditions import Conditions
from pipeline.events.discourse import Antecedent, Discourse
from pipeline.events.finished import Finished
from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import load_lexicon
from pipeline.events.light import link_light_verbs
from pipeline.events.phrases import PhraseReader
from pipeline.events.semantics import Semantics
from pipeline.events.sharing import Sharing
from pipeline.events.slots import Filled
from pipeline.events.timing import EventTime, Timing
from pipeline.events.triggers import Mention, TriggerFinder
from pipeline.events.view import View, make_view
from pipeline.records import EventRecord
from pipeline.resolve.actor import ActorContext, ActorResolver
from pipeline.resolve.place import PlaceResolver
from pipeline.resolve.time import parse_times


@dataclass(frozen=True)
class Analysis:
    """What is known of an article before records are made.

    Attributes:
        mentions: all words that may be triggers, by view index, whether they became events or not.
        sentences: the elements, clauses and slot rules of each sentence.
        events: the events with time and stance, in no order.
    """

    view: View
    mentions: dict[int, Mention]
    sentences: tuple[SentenceArguments, ...]
    events: tuple[Finished, ...]
    actor_context: ActorContext


class EventReader:
    """Reads the events of finished documents; holds the lexicon and the resolvers, no state of an article.

    Args:
        versions: what provenance names: version, engine, models, knowledge.
    """

    def __init__(self, versions: dict[str, str]) -> None:
        self.versions = versions
        self.lexicon = load_lexicon()
        self.cues = load_cue_index()
        self.actors = ActorResolver()
        self.places = PlaceResolver()

    def verb_form(self, key: str) -> bool:
        """Whether a folded form can only be a verb of the lexicon or of the assertion cues."""
        return self.lexicon.only_verb(key) or (key.endswith("ت") and key in self.cues.verbs)

    def only_noun(self, key: str) -> bool:
        """Whether a folded form is an event noun and no verb (اعتصام)."""
        return (
            bool(self.lexicon.nominals(key)) and not self.lexicon.verbs(key) and not self.lexicon.light(key)
        )

    def _is_verb(self, key: str) -> bool:
        """Whether a folded form is a verb of the lexicon, a light verb or a verb of saying."""
        light = any(r.form.kind == "verb" for r in self.lexicon.light(key))
        return light or bool(self.lexicon.verbs(key)) or key in self.cues.verbs

    def may_be_verb(self, key: str) -> bool:
        """Whether a folded form is a verb of the lexicon that no event noun shares."""
        return self._is_verb(key) and not self.lexicon.nominals(key)

    def read(self, doc: Doc, article: Article, anchor: date | datetime | None) -> list[EventRecord]:
        """The records of one article.

        Args:
            doc: the article's document; left as it is.
            anchor: what relative time expressions count from.
        """
        analysis = self.analyse(doc, article, anchor)
        return [record for _, record in self.records(analysis, article)]

    def analyse(self, doc: Doc, article: Article, anchor: date | datetime | None) -> Analysis:
        """Everything between document and records, for :meth:`records` and for explanations."""
        view = make_view(doc, parse_times(doc.text, anchor), self._is_verb, self.only_noun, self.verb_form)
        tests = (self.verb_form, self.may_be_verb, self.only_noun, self._is_verb)
        triggers = TriggerFinder(view, self.lexicon, Grammar(view, *tests)).find()
        mentions = {i: m for i, m in triggers.items() if not self._names_actor(view, m)}
        grammar = Grammar(view, *tests, settled={i: m.verbal for i, m in triggers.items()})
        named = [(view.surface(a, b), view.start[a]) for _, a, b, _ in view.ents]
        actor_context = self.actors.context(named, article.published, article.country, text=doc.text)
        semantics = Semantics(view, self.actors, self.places, actor_context)
        sentences = self._sentences(view, grammar, semantics, mentions)
        filled = [event for sentence in sentences for event in sentence.fill()]
        discourse = Discourse(view, grammar, semantics, _antecedents(sentences))
        conditions = Conditions(grammar, semantics, mentions)
        completed = [e for e in discourse.complete(filled) if conditions.hold(e, final=True)]
        fronted = {number: s.attachment.fronted() for number, s in enumerate(sentences)}
        dateline = sentences[0].attachment.dateline() if sentences else ()
        completed = Sharing(view, grammar, fronted, dateline).share(completed)
        finished = self._finish(view, grammar, sentences, completed)
        return Analysis(view, mentions, tuple(sentences), tuple(finished), actor_context)

    def _names_actor(self, view: View, mention: Mention) -> bool:
        """«قوات المعارضة»، «المقاومة»: a masdar that is the name of a group is no event."""
        if mention.verbal or any("self" in c.trigger.frame for c in mention.candidates):
            return False
        return self.actors.is_actor_like(view.norm[mention.at])

    def records(self, analysis: Analysis, article: Article) -> list[tuple[Finished, EventRecord]]:
        """The events of an analysis with their records, in the order of their triggers."""
        view = analysis.view
        mentioned = [view.surface(a, b) for label, a, b, _ in view.ents if label in ("GPE", "LOC", "FAC")]
        place_context = self.places.context(mentioned, article.country)
        actors, places = (self.actors, analysis.actor_context), (self.places, place_context)
        return Assembler(article, view, actors, places, self.versions).records(analysis.events)

    def _sentences(
        self, view: View, grammar: Grammar, semantics: Semantics, mentions: dict[int, Mention]
    ) -> list[SentenceArguments]:
        nouns = frozenset(i for i, m in mentions.items() if not m.verbal)
        fixed = frozenset(
            i
            for m in mentions.values()
            if m.verbal
            for i in m.candidates[0].fixed
            if not grammar.preposition(i)  # what it governs is an argument
        )
        subjects = self._subjects(view, PhraseReader(view, grammar, nouns, number=self._number), mentions)
        fixed -= subjects
        reader = PhraseReader(view, grammar, nouns, fixed, self._number)
        by_sentence: dict[int, dict[int, Mention]] = {}
        for i, mention in mentions.items():
            by_sentence.setdefault(view.sent[i], {})[i] = mention
        found = []
        for number, (first, last) in enumerate(view.sents):
            elements = reader.elements(first, last)
            own = by_sentence.get(number, {})
            own |= link_light_verbs(view, own, elements, self.lexicon, grammar)
            carried = {m.light for m in own.values() if m.light >= 0}
            displaced = {i: m for i, m in own.items() if i in carried and m.verbal}
            own = {i: m for i, m in own.items() if i not in carried}
            forms = {i: m.candidates[0].form for i, m in own.items() if m.verbal}
            for i in carried:
                readings = self.lexicon.light(view.key[i])
                if readings:
                    forms[i] = readings[0].form
            clauses = ClauseReader(view, grammar, semantics, elements, forms, subjects, nouns)
            found.append(
                SentenceArguments(
                    view,
                    grammar,
                    semantics,
                    reader,
                    elements,
                    clauses,
                    own,
                    displaced,
                    lambda i: self._says(view, i),
                )
            )
        return found

    def _subjects(self, view: View, reader: PhraseReader, mentions: Mapping[int, Mention]) -> frozenset[int]:
        """Fixed words that are the subject: right after the verb, with a phrase behind («استهدف الطيران سوقا»)."""
        found = set()
        for at, mention in mentions.items():
            if not mention.verbal or at + 1 not in mention.candidates[0].fixed:
                continue
            last = view.sents[view.sent[at]][1]
            subject = reader.np(at + 1, last)
            if subject is not None and subject.last < last and reader.np(subject.last, last) is not None:
                found.add(at + 1)
        return frozenset(found)

    def _number(self, word: str) -> str | None:
        return self.actors.head_features(word)[1]

    def _says(self, view: View, at: int) -> bool:
        """Whether the verb at a view index is one of saying."""
        return any(c.speaker for c in self.cues.verbs.get(view.key[at], ()))

    def _finish(
        self, view: View, grammar: Grammar, sentences: Sequence[SentenceArguments], events: Sequence[Filled]
    ) -> list[Finished]:
        saying = frozenset(
            e.first for s in sentences for e in s.elements if e.kind == "verb" and self._says(view, e.first)
        )
        timing = Timing(view, saying)
        finished: list[Finished] = []
        by_sentence: dict[int, list[Filled]] = {}
        for event in events:
            by_sentence.setdefault(view.sent[event.mention.at], []).append(event)
        for number, sentence in enumerate(sentences):
            own = by_sentence.get(number, [])
            times: dict[int, EventTime] = timing.sentence(sentence.elements, own)
            stance = SentenceStance(view, grammar, sentence, self.cues)
            finished += [Finished(e, times.get(e.mention.at), stance.of(e)) for e in own]
        return finished


def _antecedents(sentences: Sequence[SentenceArguments]) -> list[Antecedent]:
    """All full noun phrases of the article; subjects are marked."""
    found: dict[tuple[int, int], Antecedent] = {}
    for sentence in sentences:
        for k, element in enumerate(sentence.elements):
            for np in element.nps:
                if not sentence.grammar.is_(np.head, "pronouns") and np.head not in sentence.mentions:
                    found.setdefault((np.first, np.last), Antecedent(np, False))
            if element.kind == "verb":
                for np in sentence.clauses.roles(k).subject:
                    if not sentence.grammar.is_(np.head, "pronouns") and np.head not in sentence.mentions:
                        found[np.first, np.last] = Antecedent(np, True)
    return list(found.values())

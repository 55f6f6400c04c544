"""The event half in order: triggers, phrases, clauses, arguments, discourse, time, stance, records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from spacy.tokens import Doc

from pipeline.articles import Article
from pipeline.events.arguments import SentenceArguments
from pipeline.events.assemble import Assembler
from pipeline.events.assertion import SentenceStance
from pipeline.events.clauses import ClauseReader
from pipeline.events.completion import Completion
from pipeline.events.cues import load_cue_index
from pipeline.events.finished import Finished
from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import load_lexicon
from pipeline.events.light import link_light_verbs
from pipeline.events.mentions import Mention
from pipeline.events.phrases import PhraseReader
from pipeline.events.semantics import Semantics
from pipeline.events.sites import find_sites
from pipeline.events.slots import Filled
from pipeline.events.timing import Timing
from pipeline.events.timing_publication import lead, publication_time
from pipeline.events.timing_values import EventTime
from pipeline.events.triggers import TriggerFinder
from pipeline.events.view import View, make_view
from pipeline.events.vocalised import with_marked_passives
from pipeline.events.words import word_classes
from pipeline.records import EventRecord
from pipeline.resolve.actor import ActorContext, ActorResolver, is_nationality
from pipeline.resolve.place import PlaceResolver
from pipeline.resolve.time import parse_times
from pipeline.text.normalize import fold

#: Asks something of a folded form.
Test = Callable[[str], bool]
#: Forms whose answer is remembered.
_FORMS = 65536


def _remembered(test: Test) -> Test:
    return lru_cache(maxsize=_FORMS)(test)


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
        # What the lexicon says of a form never changes, and the same forms come again and again.
        self._tests: tuple[Test, Test, Test, Test] = (
            _remembered(self.verb_form),
            _remembered(self.may_be_verb),
            _remembered(self.only_noun),
            _remembered(self._is_verb),
        )

    def __reduce__(self) -> tuple[type[EventReader], tuple[dict[str, str]]]:
        # Remembered answers cannot be sent to another process, nor need they be.
        return EventReader, (self.versions,)

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

    def _state(self, norm: str) -> bool:
        """Whether a word is the name of a country or of a capital."""
        return self.actors.acts_as_government(norm) is not None

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
        tests = only_verb, _, only_noun, known_verb = self._tests
        view = make_view(doc, parse_times(doc.text, anchor), known_verb, only_noun, only_verb, self._state)
        view = with_marked_passives(view, self.lexicon)
        finder = TriggerFinder(view, self.lexicon, Grammar(view, *tests))
        triggers = finder.find()
        mentions = {i: m for i, m in triggers.items() if not self._names_actor(view, m)}
        grammar = Grammar(view, *tests, settled={i: m.verbal for i, m in triggers.items()})
        named = [(view.surface(a, b), view.start[a]) for _, a, b, _ in view.ents]
        actor_context = self.actors.context(named, article.published, article.country, text=doc.text)
        semantics = Semantics(view, self.actors, self.places, actor_context)
        sentences = self._sentences(view, grammar, semantics, mentions)
        filled = [event for sentence in sentences for event in sentence.fill()]
        free, vain = finder.held.left({event.mention.at for event in filled})
        if free:
            free = {i: m for i, m in free.items() if not self._names_actor(view, m)}
            mentions = {i: m for i, m in (mentions | free).items() if i not in vain}
            sentences = self._sentences(view, grammar, semantics, mentions)
            filled = [event for sentence in sentences for event in sentence.fill()]
        completed = Completion(view, grammar, semantics, sentences, mentions, finder.senses).complete(filled)
        published = anchor.isoformat()[:10] if anchor is not None else None
        finished = self._finish(view, grammar, sentences, completed, article, published)
        return Analysis(view, mentions, tuple(sentences), tuple(finished), actor_context)

    def _names_actor(self, view: View, mention: Mention) -> bool:
        """«قوات المعارضة»، «المقاومة»: a masdar that is the name of a group is no event."""
        if mention.verbal or any("self" in c.trigger.frame or c.fixed for c in mention.candidates):
            return False  # «حركة احتجاجية» is no group
        after = view.key[mention.at + 1] if mention.at + 1 < len(view) else ""
        if any(fold(need.slot) == after for c in mention.candidates for need in c.trigger.needs):
            return False  # القضاء على المسلحين: its preposition follows
        freed = any(c.trigger.mode == "seize-territory" for c in mention.candidates)
        if freed and mention.at and view.key[mention.at - 1] in word_classes()["bodies"]:
            return True  # «جبهة تحرير أورومو»
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
            # what a preposition governs is an argument, and so is an object that owns what is behind it
            if not grammar.preposition(i)
            and not (i + 1 not in nouns and self._owning(grammar, m, i))
            and not grammar.number(i - 1)
        )
        known = (self.actors.head_features, is_nationality, self.actors.is_actor_like)
        plain = PhraseReader(view, grammar, nouns, frozenset(), *known)
        subjects = self._subjects(view, grammar, plain, mentions)
        fixed -= subjects
        reader = PhraseReader(view, grammar, nouns, fixed, *known)
        by_sentence: dict[int, dict[int, Mention]] = {}
        for i, mention in mentions.items():
            by_sentence.setdefault(view.sent[i], {})[i] = mention
        found = []
        for number, (first, last) in enumerate(view.sents):
            elements = reader.elements(first, last)
            find_sites(semantics, elements)
            own = by_sentence.get(number, {})
            own |= link_light_verbs(view, own, elements, self.lexicon, grammar)
            carried = {at for m in own.values() for at, _ in m.carriers}
            displaced = {i: m for i, m in own.items() if i in carried and m.verbal}
            own = {i: m for i, m in own.items() if i not in carried}
            forms = {i: m.candidates[0].form for i, m in own.items() if m.verbal}
            for i in carried:
                readings = self.lexicon.light(view.key[i])
                if readings:
                    forms[i] = readings[0].form
            clauses = ClauseReader(
                view, grammar, semantics, elements, forms, subjects, nouns, lambda i: self._says(view, i)
            )
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

    def _owning(self, grammar: Grammar, mention: Mention, word: int) -> bool:
        """«فتش الضباط *مكتب* المحامية»: a fixed word that is done to, and heads a phrase with a definite noun."""
        view = grammar.view
        done_to = mention.candidates[0].trigger.frame.get("object", "").startswith("target")
        last = view.sents[view.sent[word]][1]
        if not done_to or word + 1 >= last or grammar.has_article(word) or view.norm[word].endswith("ا"):
            return False
        owner = grammar.has_article(word + 1) and view.pos[word + 1] in ("NOUN", "PROPN")
        return owner and not grammar.preposition(word - 1) and not grammar.is_(word - 1, "conjunctions")

    def _subjects(
        self, view: View, grammar: Grammar, reader: PhraseReader, mentions: Mapping[int, Mention]
    ) -> frozenset[int]:
        """Fixed words right after the verb that are its subject: «استهدف الطيران سوقا», or they move somewhere."""
        found = set()
        for at, mention in mentions.items():
            own = mention.candidates[0].fixed if mention.verbal else ()
            word = next((k for k in own if k > at), -1)
            if word < 0 or grammar.glued_pronoun(word + 1) or not self._reached(reader, mention, word):
                continue  # «ولفظت أنفاسها»: what is hers does nothing
            last = view.sents[view.sent[at]][1]
            subject = reader.np(word, last)
            if subject is None or not self._may_do(view, word):
                continue
            behind = next(
                (e for e in reader.elements(subject.last, last) if e.kind not in ("time", "pp")), None
            )
            # «وصلت قوات الجيش إلى المدينة»: what comes behind a verb of moving is where to
            moves = mention.candidates[0].trigger.frame.get("object", "").startswith("place")
            if moves or (behind is not None and behind.kind == "np"):
                found.add(word)
        return frozenset(found)

    def _reached(self, reader: PhraseReader, mention: Mention, word: int) -> bool:
        """The fixed word stands behind its verb, or with «وصلت إلى المخيم *قافلة*» behind where it moves."""
        if word == mention.at + 1:
            return True
        between = reader.elements(mention.at + 1, word)
        moves = mention.candidates[0].trigger.frame.get("object", "").startswith("place")
        return moves and all(e.kind in ("time", "pp", "other") for e in between)

    def _may_do(self, view: View, at: int) -> bool:
        """A fixed word that can be a subject: people and arms; not the سراح of «أطلق سراح»."""
        words = word_classes()
        stands = any(view.key[at] in words[name] for name in ("means", "convoys"))
        return stands or self.actors.is_actor_like(view.norm[at])

    def _says(self, view: View, at: int) -> bool:
        """Whether the verb at a view index is one of saying."""
        return any(c.speaker for c in self.cues.verbs.get(view.key[at], ()))

    def _finish(
        self,
        view: View,
        grammar: Grammar,
        sentences: Sequence[SentenceArguments],
        events: Sequence[Filled],
        article: Article,
        published: str | None,
    ) -> list[Finished]:
        saying = frozenset(
            e.first for s in sentences for e in s.elements if e.kind == "verb" and self._says(view, e.first)
        )
        timing = Timing(view, grammar, saying, published)
        finished: list[Finished] = []
        by_sentence: dict[int, list[Filled]] = {}
        for event in events:
            by_sentence.setdefault(view.sent[event.mention.at], []).append(event)
        for number, sentence in enumerate(sentences):
            own = by_sentence.get(number, [])
            stance = SentenceStance(view, grammar, sentence, self.cues)
            stances = {e.mention.at: stance.of(e) for e in own}
            times: dict[int, EventTime] = timing.sentence(sentence.elements, own, stances)
            for e in own:
                time = times.get(e.mention.at)
                finished.append(Finished(e, time, stance.timed(e, stances[e.mention.at], time, published)))
        day = publication_time(view, article, published)
        first = lead(view, timing.told) if day is not None else None
        return [
            replace(e, time=day)
            if e.time is None and view.sent[e.filled.mention.at] == first and timing.told[e.filled.mention.at]
            else e
            for e in finished
        ]

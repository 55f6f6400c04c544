"""Names by knowledge: known actors, military units, facilities, places of the gazetteer, surnames of known persons.

The candidates go to ``doc.spans["rulers"]``; :mod:`pipeline.entities.merge` settles what becomes an entity. The
source of a candidate is its ``span_id``, the id of a known actor its ``kb_id``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.entities.gazetteer import GazetteerError, Match, load_gazetteer
from pipeline.entities.names import (
    KnownActor,
    NameIndex,
    actor_names,
    doubtful_names,
    known_actors,
    words_key,
)
from pipeline.entities.phrases import NameReader, lexicon
from pipeline.entities.stream import CLOSED_POS, CLOSING, OPENING, Stream, make_stream
from pipeline.knowledge.actors import load_nisba, load_roles
from pipeline.text.normalize import fold

#: Key of the candidates in ``doc.spans``.
RULERS = "rulers"
#: Kinds of the gazetteer and the labels they get.
LABEL_OF_KIND = {
    "country": "GPE", "admin1": "GPE", "admin2": "GPE", "city": "GPE", "town": "GPE", "village": "GPE",
    "neighbourhood": "LOC", "camp": "LOC", "region": "LOC", "water": "LOC", "base": "FAC", "airport": "FAC",
    "crossing": "FAC", "bridge": "FAC", "facility": "FAC", "road": "FAC",
}  # fmt: skip


#: A place of so many people is known without a head before it.
_KNOWN = 50_000
_LOCATIVE = ("في", "من", "إلى", "الى", "ب", "ل", "بين", "نحو", "قرب")


def label_of(actor: KnownActor) -> str:
    """The entity label of a known actor."""
    row = actor.first
    if row.label == "person":
        return "PER"
    return "NORP" if row.label == "civilians" and row.gender == "p" else "ORG"


@lru_cache(maxsize=1)
def _peoples() -> NameIndex[str]:
    """Names of peoples and communities that are safe alone."""
    rows = [
        r
        for r in load_nisba()
        if r.kind == "group" and r.gender == "p" and r.safe is None and (r.role or not r.label)
    ]
    known = actor_names()
    names = [
        n
        for r in rows
        for n in (r.name, *r.aliases)
        if words_key(n) not in known and n.startswith("ال") and n != "السنة"
    ]
    return NameIndex((n, n) for n in names)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Folded definite words that are nouns or adjectives first: no surname is taken from them alone."""
    words = {"ال" + fold(a) for r in load_nisba() for a in r.adjective} | {
        "ال" + fold(r.lemma) for r in load_roles()
    }
    return frozenset(words)


class Rulers:
    """The component ``waqai_rulers``; it has no state."""

    def __call__(self, doc: Doc) -> Doc:
        """Fills ``doc.spans["rulers"]``."""
        stream = make_stream(doc)
        doc.spans[RULERS] = [_span(doc, stream, *found) for found in self._candidates(stream)]
        return doc

    def _candidates(self, s: Stream) -> Iterator[tuple[int, int, str, str, str]]:
        """Position, end, label, source and actor id of each candidate."""
        actors = self._certain(s, dict(self._actors(s)))
        matches = _places(s)
        for at, (end, known) in actors.items():
            yield at, end, label_of(known[0]), "actor", known[0].id if len(known) == 1 else ""
        yield from self._surnames(s, actors)
        whole = _whole_words(s)
        known_places = {m.start: m.end for m in matches} | {at: end for at, (end, _) in whole.items()}
        reader = NameReader(s, known_places, {at: end for at, (end, _) in actors.items()})
        for at, (end, label) in whole.items():
            if label and at and s.norm[at - 1] in _LOCATIVE:
                yield at, end, label, "gazetteer", ""
        for at in range(len(s) - 1):
            if s.mark[at]:
                continue
            for read, source in ((reader.unit, "unit"), (reader.facility, "facility")):
                found = read(at)
                if found is not None:
                    yield at, found[1], found[0].label, source, ""
        for match in matches:
            # «المدينة», «القاعدة» point back far more often than they name a place.
            back = match.end == match.start + 1 and s.key[match.start] in reader.lexicon.back_references
            if match.safe and not back and s.whole(match.start, match.end):
                yield match.start, match.end, LABEL_OF_KIND.get(match.places[0].kind, "LOC"), "gazetteer", ""
        for at in range(len(s)):
            people = _peoples().longest(at, _steps(s, at))
            if people is not None and s.whole(at, people[0]):
                yield at, people[0], "NORP", "people", ""

    def _actors(self, s: Stream) -> Iterator[tuple[int, tuple[int, tuple[KnownActor, ...]]]]:
        """Known actors left to right, the longest first, without overlap."""
        index = actor_names()
        at = 0
        while at < len(s):
            found = None if s.mark[at] else index.longest(at, _steps(s, at))
            if found is not None and not self._else(s, at, found[0], found[1][0]):
                yield at, found
                at = found[0]
            else:
                at += 1

    @staticmethod
    def _certain(
        s: Stream, found: dict[int, tuple[int, tuple[KnownActor, ...]]]
    ) -> dict[int, tuple[int, tuple[KnownActor, ...]]]:
        """Without the names that are common words («بحماس») and stand alone in the text."""
        times = Counter(known[0].id for _, known in found.values())
        doubtful = doubtful_names()
        return {
            at: (end, known)
            for at, (end, known) in found.items()
            if tuple(s.key[at:end]) not in doubtful
            or times[known[0].id] > 1
            or (at > 0 and s.norm[at - 1] in OPENING)
        }

    @staticmethod
    def _else(s: Stream, at: int, end: int, actor: KnownActor) -> bool:
        """The words mean something else here: a verb, or a person whom an institution is called after."""
        if (end == at + 1 and s.pos[at] in CLOSED_POS) or not s.whole(at, end):
            return True
        return actor.first.label == "person" and at > 0 and s.key[at - 1] in lexicon().named_after

    def _surnames(
        self, s: Stream, actors: dict[int, tuple[int, tuple[KnownActor, ...]]]
    ) -> Iterator[tuple[int, int, str, str, str]]:
        """«الأسد» after «بشار الأسد»; of two persons of one surname the last named is meant."""
        open_: dict[tuple[str, ...], str] = {}
        covered = {k for at, (end, _) in actors.items() for k in range(at, end)}
        for at in range(len(s)):
            if at in actors:
                for actor in actors[at][1][:1]:
                    if actor.first.label == "person":
                        open_.update({words_key(short): actor.id for short in actor.short})
            if at in covered or s.mark[at] or not open_ or s.pos[at] in CLOSED_POS:
                continue
            for size in (2, 1):
                key = tuple(s.key[at : at + size])
                if (
                    key in open_
                    and len(key) == size
                    and not (size == 1 and (key[0] in _common() or len(key[0]) < 3))
                ):
                    yield at, at + size, "PER", "surname", open_[key]
                    break


def _steps(s: Stream, start: int):  # type: ignore[no-untyped-def]
    """Tokens as they are, or whole written words whose clitics are no clitics; quotes inside a name do not count."""

    def step(at: int) -> Iterator[tuple[str, int]]:
        while start < at < len(s) and s.mark[at] and s.norm[at] in "\"'()-–«»":
            at += 1
        if at >= len(s) or s.mark[at] or (at > start and s.fresh[at]):
            return
        yield s.key[at], at + 1
        if s.begins[at] and s.word_end[at] > at + 1:
            yield s.word[at], s.word_end[at]

    return step


def _places(s: Stream) -> list[Match]:
    try:
        return load_gazetteer().find(s.norm)
    except GazetteerError:
        return []  # an installation without the gazetteer still finds actors, units and facilities


def _whole_words(s: Stream) -> dict[int, tuple[int, str]]:
    """Places whose name the tokeniser took for a noun with a pronoun («أبها»): end, and label if well known."""
    split = [at for at in range(len(s)) if s.begins[at] and s.word_end[at] > at + 1 and not s.proclitic(at)]
    found = {}
    try:
        for at in split:
            places = load_gazetteer().exact(s.word[at])
            if places:
                known = any(p.population >= _KNOWN for p in places)
                found[at] = (s.word_end[at], LABEL_OF_KIND.get(places[0].kind, "LOC") if known else "")
    except GazetteerError:
        return {}
    return found


def _span(doc: Doc, s: Stream, at: int, end: int, label: str, source: str, actor: str) -> Span:
    opened = sum(n in OPENING for n in s.norm[at:end]) - sum(
        n in CLOSING and n not in OPENING for n in s.norm[at:end]
    )
    if opened % 2 and end < len(s) and s.norm[end] in CLOSING:
        end += 1  # «حركة "حماس"» keeps its closing mark
    return Span(doc, s.token[at], s.token[end - 1] + 1, label=label, kb_id=actor, span_id=source)


@Language.factory("waqai_rulers", assigns=["doc.spans"])
def make_rulers(nlp: Language, name: str) -> Rulers:
    """The factory behind ``nlp.add_pipe("waqai_rulers")``. Knowledge is loaded here, so its faults show at once."""
    actor_names()
    known_actors()
    return Rulers()

"""What kind of text an event stands in: sport, sermons, opinion, business tell of no events unless these show more.

Sentences and articles are weighed by the words of ``data/genres.yaml``; in a genre an event is kept only beside a word
that belongs to the news (police, bullets, courts) or where a day, a place, a name, a count ties it to the world.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, lru_cache

from pipeline.events.classification import OFFICES
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Argument, Filled
from pipeline.events.stems import without_article
from pipeline.events.verbs import POLITICS
from pipeline.events.view import View
from pipeline.events.words import word_classes
from pipeline.knowledge.genres import Genre, Sparse, load_genres
from pipeline.text.normalize import fold

_STRONG = 2
_NAMES = frozenset({"PER", "ORG", "NORP", "UNIT", "GPE"})
#: Types and modes that are acts of those who are armed or in power, and whose words are as often said of others.
_FORCE = frozenset(
    {
        "MOBILIZE",
        "RETREAT",
        "DISPLACE",
        "seize-territory",
        "seize-property",
        "besiege",
        "blockade",
        "destroy",
        "clash",
    }
)
#: An article with so many sentences that speak of arms tells of war.
_WAR = 3
#: The list of keywords behind an article has at most so many words.
_TAGS = 20
_Phrase = tuple[str, ...]


def _phrase(words: str) -> _Phrase:
    """Words of a genre as the text's words are compared: folded, each without its article."""
    return tuple(without_article(key) for key in fold(words).split())


@lru_cache(maxsize=1)
def _index() -> Mapping[str, Sequence[tuple[_Phrase, str, int]]]:
    """By first word: the words of all genres with their genre and points."""
    found: dict[str, list[tuple[_Phrase, str, int]]] = {}
    for genre in load_genres().genres:
        for words, points in ((genre.strong, _STRONG), (genre.weak, 1)):
            for word in words:
                phrase = _phrase(word)
                found.setdefault(phrase[0], []).append((phrase, genre.genre, points))
    return found


@lru_cache(maxsize=1)
def _but() -> Mapping[str, Mapping[str, Collection[_Phrase]]]:
    """By genre and first word: the words beside which an event of the genre is kept."""
    found: dict[str, dict[str, set[_Phrase]]] = {genre.genre: {} for genre in load_genres().genres}
    for genre in load_genres().genres:
        for word in genre.but:
            phrase = _phrase(word)
            found[genre.genre].setdefault(phrase[0], set()).add(phrase)
    return found


class Genres:
    """Knows the genres of the sentences of one article.

    Args:
        view: the article; semantics: knows who takes part.
    """

    def __init__(self, view: View, semantics: Semantics) -> None:
        self.view = view
        self.semantics = semantics
        self._keys = tuple(without_article(key) for key in view.key)
        #: Per sentence: the points of each genre, and the genres that one of their strong words tells.
        self.sentences = [self._points(first, last) for first, last in view.sents]
        total: Counter[str] = Counter()
        spread: Counter[str] = Counter()  # sentences with a word of the genre
        for points, _ in self.sentences:
            total.update(points)
            spread.update(points.keys())
        sparse = load_genres().sparse
        words = len(view) if len(view) >= sparse.words else 0  # a rate says nothing of less
        self.article = {
            name: 100 * points / words
            for name, points in total.items()
            if words and spread[name] >= sparse.spread * len(self.sentences)
        }

    def _points(self, first: int, last: int) -> tuple[Counter[str], frozenset[str]]:
        """The points of each genre in one sentence, a word counting once, and the genres with a strong word in it."""
        points: Counter[str] = Counter()
        told: set[str] = set()
        seen: set[tuple[_Phrase, str]] = set()
        for i in range(first, last):
            for phrase, genre, weight in _index().get(self._keys[i], ()):
                if (phrase, genre) not in seen and self._stands(phrase, i, last):
                    seen.add((phrase, genre))
                    points[genre] += weight
                    if weight == _STRONG:
                        told.add(genre)
        return points, frozenset(told)

    def _stands(self, phrase: _Phrase, at: int, last: int) -> bool:
        return at + len(phrase) <= last and all(self._keys[at + k] == word for k, word in enumerate(phrase))

    def of(self, sentence: int, *, alone: bool = True) -> list[Genre]:
        """The genres that a sentence belongs to, by its article's words or (``alone``) by its own."""
        own, told = self.sentences[sentence]
        return [
            genre
            for genre in load_genres().genres
            if (alone and genre.genre in told and own[genre.genre] >= genre.sentence)
            or self.article.get(genre.genre, 0.0) >= genre.article
        ]

    def news(self, events: Sequence[Filled], spoken: int = 0) -> list[Filled]:
        """The events that are news: those outside the genres, and those that show what a genre asks of them.

        Args:
            events: all of the article; ``spoken``: how many mentions are none and speak of events all the same.
        """
        sparse, words = load_genres().sparse, len(self.view)
        events = [event for event in events if event.mention.at < self._tags]
        # An article full of events is news: a sentence of it is no sermon by a few of its words.
        full = words >= sparse.words and 100 * (len(events) + spoken) >= sparse.full * words
        found = [e for e in events if all(self._kept(e, genre) for genre in self._of(e, alone=not full))]
        if words < sparse.words:
            return found
        rate = 100 * (len(found) + spoken) / words
        if not full:
            force = sum(e.candidate.trigger.type not in POLITICS for e in found)
            among = force > 2 and 2 * force >= len(found)
            found = [e for e in found if self._political(e, among=among) and self._forceful(e)]
        if rate < sparse.bare:
            found = [event for event in found if self._told(event)]
        return [event for event in found if rate >= sparse.events or self._clear(event, sparse)]

    @cached_property
    def _tags(self) -> int:
        """Where the list of keywords behind the article begins («سمات اليمن تحرير عدن»), else its end."""
        view, last = self.view, len(self.view)
        within = word_classes()["strict_prepositions"]
        for i in range(last - 1, max(0, last - _TAGS) - 1, -1):
            if view.key[i] in within:
                return last  # a sentence; that a keyword is tagged as a verb means nothing
            if view.key[i] in word_classes()["tag_heads"] and i + 1 < last:
                return last if i and view.key[i - 1] in within else i
        return last

    def _political(self, event: Filled, *, among: bool) -> bool:
        """«وعدت الشركة زبائنها»: to meet, promise, help, criticise is politics where somebody of public life does it.

        Args:
            among: the article tells of force and protest as much, so that anybody who takes part will do.
        """
        if event.candidate.trigger.type not in POLITICS:
            return True
        people = (*event.slot("actor"), *event.slot("target"))
        if among and any("actor" in self.semantics.classes(a.np) for a in people):
            return True
        return any(self.semantics.public(a.np) for a in people)

    def _forceful(self, event: Filled) -> bool:
        """«غادر الزائر»، «أفلت من الملل»: who moves, strikes or seizes is armed or of public life, or arms are near."""
        trigger = event.candidate.trigger
        if trigger.type not in _FORCE and trigger.mode not in _FORCE:
            return True
        people = (*event.slot("actor"), *event.slot("target"))
        if any("armed" in self.semantics.classes(a.np) or self.semantics.public(a.np) for a in people):
            return True
        at = self.view.sent[event.mention.at]
        return len(self._violent) >= _WAR or any(at - 1 <= k <= at + 1 for k in self._violent)

    @cached_property
    def _violent(self) -> frozenset[int]:
        """The sentences that speak of arms."""
        words = word_classes()["violence"]
        return frozenset(self.view.sent[i] for i, key in enumerate(self._keys) if key in words)

    def _told(self, event: Filled) -> bool:
        """«غطاء لمفاوضات سرية»: a bare noun in an article, with nothing said of it and no day, tells of no event."""
        mention = event.mention
        carried = mention.light >= 0 or event.container >= 0 or bool(event.candidate.fixed)
        return mention.verbal or carried or bool(event.arguments) or self._shows(event, "time")

    def _clear(self, event: Filled, sparse: Sparse) -> bool:
        """Whether an event of an article that tells of few has enough evidence of its own."""
        points = _points(event)
        if points >= sparse.named and (self._shows(event, "office") or self._shows(event, "name")):
            return True
        return points >= sparse.tied and any(self._shows(event, a) for a in ("time", "place", "number"))

    def _of(self, event: Filled, *, alone: bool) -> list[Genre]:
        return self.of(self.view.sent[event.mention.at], alone=alone)

    def _kept(self, event: Filled, genre: Genre) -> bool:
        if event.candidate.trigger.mode in genre.modes:
            return True
        first, last = self.view.sents[self.view.sent[event.mention.at]]
        but = _but()[genre.genre]
        beside = any(
            self._stands(phrase, i, last) for i in range(first, last) for phrase in but.get(self._keys[i], ())
        )
        return beside or any(self._shows(event, anchor) for anchor in genre.anchors)

    def _shows(self, event: Filled, anchor: str) -> bool:
        first, last = self.view.sents[self.view.sent[event.mention.at]]
        people = (*event.slot("actor"), *event.slot("target"))
        if anchor == "time":
            return any(self.view.time[i] >= 0 for i in range(first, last))
        if anchor == "place":
            return bool(event.slot("place"))
        if anchor == "number":
            return any("number" in self.semantics.classes(a.np) for a in people)
        if anchor == "name":
            return any(self._named(a) for a in people)
        return any(self._in_office(a) for a in people)

    def _named(self, argument: Argument) -> bool:
        np = argument.np
        return any(self.view.ent_label(i) in _NAMES for i in range(np.first, np.last))

    def _in_office(self, argument: Argument) -> bool:
        return self.semantics.resolved(argument.np).role in OFFICES


def _points(filled: Filled) -> int:
    """Points for the form, the conditions and the arguments of a mention."""
    candidate = filled.candidate
    frame = candidate.trigger.frame
    points = 0
    points += 2 if candidate.form.kind == "verb" else 0
    points += 2 if candidate.trigger.entry.with_ else 0
    points += 1 if candidate.trigger.needs else 0
    points += 1 if filled.mention.light >= 0 else 0
    for slot in ("actor", "target", "place"):
        arguments = filled.slot(slot)
        wanted = any(slot in spec for spec in frame.values())
        if arguments:
            points += 1 if any(a.implicit or a.how.startswith("shared") for a in arguments) else 2
        elif wanted and slot == "target":
            points -= 1
    return points

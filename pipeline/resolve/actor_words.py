"""A mention as words, each with its readings: as written, and with proclitics or a pronoun cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from pipeline.entities.names import NameIndex
from pipeline.resolve.actor_forms import bare
from pipeline.text.normalize import clean, fold

TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
BREAKS = frozenset("،,؛;:.!؟?/-–—")
V = TypeVar("V")
_PRONOUNS = ("هما", "هم", "هن", "ها", "نا", "كم", "ه")


@dataclass(frozen=True, slots=True)
class Word:
    """A written word of a mention.

    Attributes:
        text: normal form; key: folded.
        broken: a comma, dash or the like stands before it.
        quoted: it is the first word in quotation marks.
    """

    text: str
    key: str
    broken: bool = False
    quoted: bool = False

    @property
    def number(self) -> bool:
        """Digits, with or without article («الـ48»)."""
        return self.key.removeprefix("ال").replace("٫", "").isdigit()

    @property
    def definite(self) -> bool:
        """Whether the word as written has the article, after any proclitic."""
        return any(r.definite for r in readings(self.text))


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a written word: ``clitic`` holds what was cut off in front, ``pronoun`` behind."""

    text: str
    clitic: str = ""
    pronoun: str = ""

    @property
    def definite(self) -> bool:
        """Has the article."""
        return bare(self.text) != self.text


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a mention, or of any text."""
    found: list[Word] = []
    broken = quoted = False
    for token in TOKEN.findall(clean(text)):
        if token[0].isalnum():
            found.append(Word(token, fold(token), broken and bool(found), quoted))
            broken = quoted = False
        elif token in BREAKS:
            broken = True
        elif token in "\"'«“(":
            quoted = True
    return tuple(found)


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[Reading, ...]:
    """The readings of a word in normal form, the word as written first."""
    return tuple(dict.fromkeys(_readings(word, "")))


def _readings(word: str, clitic: str) -> Iterator[Reading]:
    yield Reading(word, clitic)
    if len(word) < 4:
        return
    first, rest = word[0], word[1:]
    if first in "وف" and not clitic:
        yield from _readings(rest, first)
    elif word.startswith("لل"):
        yield Reading("ال" + word[2:], clitic + "ل")
        yield Reading("الل" + word[2:], clitic + "ل")
    elif first in "بلك" and clitic in ("", "و", "ف"):
        yield Reading(rest, clitic + first)
        if first == "ل":
            yield Reading("ال" + rest, clitic + "ل")  # a slice of «للقذافي» without its first letter


@lru_cache(maxsize=65536)
def possessed(word: str) -> tuple[Reading, ...]:
    """Readings of a word with a possessive pronoun cut off and the stem restored («قواته» → «قوات»)."""
    found: list[Reading] = []
    for reading in readings(word):
        for pronoun in _PRONOUNS:
            stem = reading.text.removesuffix(pronoun)
            if stem == reading.text or len(stem) < 2:
                continue
            for end, whole in (("ت", "ة"), ("ئ", "ء"), ("ؤ", "ء"), ("ا", "ى")):
                if stem.endswith(end):
                    found.append(Reading(stem[:-1] + whole, reading.clitic, pronoun))
            found.append(Reading(stem, reading.clitic, pronoun))
            break
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Hit(Generic[V]):
    """Where a name or noun was found: words start … end-1, its values, and how the first word was read."""

    start: int
    end: int
    values: tuple[V, ...]
    reading: Reading

    @property
    def length(self) -> int:
        """Words."""
        return self.end - self.start


def look(words: Sequence[Word], at: int, index: NameIndex[V], *, articles: bool = False) -> Hit[V] | None:
    """The longest entry of an index at a word. Proclitics are cut from its first word only.

    Args:
        articles: the index has no articles, so they are taken off here.
    """
    if at >= len(words):
        return None
    best: Hit[V] | None = None
    for reading in _opening(words[at].text, index, articles):
        found = index.longest(at, _step(words, at, reading, articles))
        if found is not None and (best is None or found[0] > best.end):
            best = Hit(at, found[0], found[1], reading)
    return best


@lru_cache(maxsize=65536)
def _opening(word: str, index: NameIndex[V], articles: bool) -> tuple[Reading, ...]:
    """The readings of a word with which a name of an index begins: none, for most words."""
    return tuple(
        reading
        for reading in readings(word)
        if index.opens(fold(reading.text)) or (articles and index.opens(fold(bare(reading.text))))
    )


def look_possessed(words: Sequence[Word], at: int, index: NameIndex[V]) -> Hit[V] | None:
    """A noun with a pronoun («قواته»); the index has no articles."""
    for reading in possessed(words[at].text) if at < len(words) else ():
        values = index.get((fold(reading.text),))
        if values:
            return Hit(at, at + 1, values, reading)
    return None


def _step(
    words: Sequence[Word], start: int, first: Reading, articles: bool
) -> Callable[[int], Iterator[tuple[str, int]]]:
    def step(at: int) -> Iterator[tuple[str, int]]:
        if at >= len(words) or (at > start and words[at].broken):
            return
        text = first.text if at == start else words[at].text
        yield fold(text), at + 1
        if articles and bare(text) != text:
            yield fold(bare(text)), at + 1

    return step

"""Reads the corpora of names: PER ORG GPE LOC FAC NORP.

The corpora do not tell the same things apart. ANERcorp's LOC covers countries, cities, seas and airports: its
names get the type that WikiFANE or a gazetteer gives the same words. What a corpus cannot tell (peoples in
ANERcorp, names inside Wojood's occupations) is missing, not «no name», in the loss.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.text.normalize import clean, fold
from pipeline.training.conllu import key
from pipeline.training.data import forbidden
from pipeline.training.files import ANERCORP_TEST, ANERCORP_TRAIN, PLACES, WIKIFANE, WOJOOD
from pipeline.training.registry import Say

LABELS = ("PER", "ORG", "GPE", "LOC", "FAC", "NORP")
#: What a token may not be: its true type is unknown.
MISSING = "-"
_FOLDED = {"PERS": "PER", **{label: label for label in LABELS}}
#: Spans of Wojood that may hold names which its flat form does not show.
_UNKNOWN_INSIDE = ("OCC", "EVENT", "LAW", "PRODUCT")
#: First words, folded, of natural places and of things built.
_NATURAL = re.compile(
    "^(?:ال)?(?:بحر|محيط|نهر|جبل|جبال|خليج|جزيره|جزر|وادي|صحراء|بحيره|مضيق|شرق|غرب|اسيا|اوروبا|افريقيا"
    "|امريكا|اميركا|عالم|نيل|فرات|دجله)$"
)
_BUILT = re.compile(
    "^(?:ال)?(?:مطار|مستشفي|جامع|مسجد|كنيسه|قصر|شارع|جسر|سجن|معتقل|ملعب|استاد|قاعده|معبر|ميناء|مبني|فندق|سد"
    "|قلعه|ساحه|ميدان|متحف|بوابه)$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence of written words in normal form, each with a BIO label or ``-``."""

    words: tuple[str, ...]
    labels: tuple[str, ...]


def read_conll(path: Path) -> list[Named]:
    """Two columns, an empty line between sentences."""
    found: list[Named] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        words: list[str] = []
        labels: list[str] = []
        for line in block.split("\n"):
            form, _, label = line.partition("\t")
            form = "".join(clean(form).split())
            if form:
                words.append(form)
                labels.append(_label(label.strip()))
        if words:
            found.append(Named(tuple(words), tuple(labels)))
    return found


def _label(label: str) -> str:
    begin, _, kind = label.partition("-")
    if kind in _UNKNOWN_INSIDE:
        return MISSING
    return f"{begin}-{_FOLDED[kind]}" if kind in _FOLDED else "O" if kind != "MISC" else "O-MISC"


def spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Half-open spans of a BIO sequence; an I without its B begins a span."""
    found: list[tuple[int, int, str]] = []
    start: int | None = None
    kind = ""
    for k, label in enumerate([*labels, "O"]):
        begin, _, now = label.partition("-") if label[:2] in ("B-", "I-") else ("O", "", "")
        if start is not None and (begin != "I" or now != kind):
            found.append((start, k, kind))
            start = None
        if begin == "B" or (begin == "I" and start is None):
            start, kind = k, now
    return found


def _strip(word: str) -> str:
    """A key of a written word without the clitics that it most likely begins with."""
    word = fold(word)
    for head in ("ولل", "لل"):
        if word.startswith(head) and len(word) > len(head) + 2:
            return "ال" + word[len(head) :]
    if len(word) > 4 and word[0] in "وف":
        word = word[1:]
    if len(word) > 4 and word[0] in "بلك":
        word = word[1:]
    return word


class Types:
    """Which type a place name of ANERcorp has, learnt from corpora that tell types apart and a gazetteer."""

    def __init__(self, typed: Iterable[Named], gazetteer: frozenset[str]) -> None:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.peoples: set[str] = set()
        people: Counter[str] = Counter()
        for sentence in typed:
            for start, end, kind in spans(sentence.labels):
                name = self.key(sentence.words[start:end])
                if kind in ("GPE", "LOC", "FAC"):
                    counts[name][kind] += 1
                elif kind == "NORP" and end - start == 1:
                    people[_strip(sentence.words[start])] += 1
        self.peoples = {word for word, n in people.items() if n > 1}
        self.counts = counts
        self.gazetteer = gazetteer

    @staticmethod
    def key(words: Sequence[str]) -> str:
        return " ".join([_strip(words[0]), *(fold(w) for w in words[1:])])

    def of(self, words: Sequence[str]) -> str:
        """GPE, LOC or FAC."""
        name = self.key(words)
        head = name.split(" ")[0]
        if name in self.counts:
            return self.counts[name].most_common(1)[0][0]
        if _BUILT.match(head):
            return "FAC"
        if _NATURAL.match(head):
            return "LOC"
        return "GPE" if name in self.gazetteer or len(words) < 3 else "LOC"


def read_gazetteer(path: Path) -> frozenset[str]:
    """Keys of every Arabic cell of a gzipped tab-separated gazetteer; nothing where there is no such file."""
    if not path.exists():
        return frozenset()
    names: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for cell in line.rstrip("\n").split("\t"):
                if cell and "\u0621" <= cell[0] <= "\u064a":
                    names.update(fold(part) for part in cell.split("|"))
    return frozenset(names)


def read_corpora(data: Path, say: Say) -> tuple[dict[str, list[Named]], list[Named]]:
    """Each corpus by name (test sentences and repetitions dropped), and ANERcorp's test."""
    tests = forbidden(data)
    wiki = read_conll(data / WIKIFANE)
    wojood = [s for part in WOJOOD for s in read_conll(data / part)]
    aner = read_conll(data / ANERCORP_TRAIN)
    test = read_conll(data / ANERCORP_TEST)
    types = Types([*wiki, *wojood], read_gazetteer(data / PLACES))
    parts = (
        ("ANERcorp train", [_retype(s, types) for s in aner]),
        ("WikiFANE", wiki),
        ("Wojood", wojood),
    )
    corpora: dict[str, list[Named]] = {}
    seen: set[str] = set()
    for name, sentences in parts:
        kept: list[Named] = []
        dropped = 0
        for sentence in sentences:
            k = key(" ".join(sentence.words))
            if k in tests:
                dropped += 1
            elif k not in seen:
                seen.add(k)
                kept.append(_plain(sentence))
        say(
            f"names: {name}: {dropped} sentences of a test file dropped, {len(kept)} kept of {len(sentences)}"
        )
        corpora[name] = kept
    return corpora, [_plain(s) for s in test]


def _plain(sentence: Named) -> Named:
    return Named(sentence.words, tuple("O" if label == "O-MISC" else label for label in sentence.labels))


def _retype(sentence: Named, types: Types) -> Named:
    labels = list(sentence.labels)
    for start, end, kind in spans(labels):
        if kind == "LOC":
            now = types.of(sentence.words[start:end])
            labels[start:end] = [f"B-{now}", *[f"I-{now}"] * (end - start - 1)]
    for k, label in enumerate(labels):
        if label in ("O", "O-MISC") and _strip(sentence.words[k]) in types.peoples:
            labels[k] = MISSING
    return Named(sentence.words, tuple(labels))

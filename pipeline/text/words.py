"""From clean text to words: rules find the written words, the models say which of them hold several words.

The order of authority is: closed lists (``clitics.yaml``), then the model, and a parting that does not align
with the letters on the page is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice, pairwise
from typing import Protocol

from pipeline.knowledge.clitics import load_clitics
from pipeline.text.clitics import PROCLITICS, Piece, align
from pipeline.text.lexicon import Lexicon, bare
from pipeline.text.sentences import Unit, boundaries
from pipeline.text.windows import lines, windows

#: Characters the models see in one go.
WINDOW = 10_000
#: Pronouns behind a short verb; «ضمنا» is another word.
_OBJECTS = ("ه", "ها", "هم", "هما", "هن")
#: A written word of more letters is no word: the models are not asked about it.
LONGEST = 30
_LETTER = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff"
#: What is one written word or mark, first alternative first. No repetition can backtrack over another.
_UNIT = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>\"'،؛؟]{1,2000})"
    r"|(?P<mail>[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6})"
    r"|(?P<date>(?<![\d/-])(?:\d{1,2}(?P<sep>[/-])\d{1,2}(?P=sep)\d{2,4}|\d{4}(?P<sep2>[/-])\d{1,2}(?P=sep2)\d{1,2})(?![\d/-]))"
    r"|(?P<time>(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))"
    r"|(?P<number>\d+(?:[.,]\d+)*(?:،\d+)?)"
    rf"|(?P<arabic>[{_LETTER}]+)"
    r"|(?P<latin>[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f]*(?:[-'.&][A-Za-z0-9\u00c0-\u024f]+)*)"
    r"|(?P<other>[^\W\d_]+)"
    r"|(?P<dots>\.{2,}|-{2,}|={2,}|\*{2,}|_{2,}|!{2,}|؟{2,}|،{2,})"
    r"|(?P<mark>\S)"
)
_TRAILING = ".,:;!?)]}'\""
#: ة never, and ى hardly ever, stands inside a word: what follows is the next word («خلفيةفي»).
_GLUED = re.compile(r"(?<=[ةى])(?![ء])(?=[ء-ي]{2})")
#: Clitics before a numeral: «الـ48», «بالـ48».
_BEFORE_DIGITS = {
    "ال": ("ال",), "و": ("و",), "ف": ("ف",), "ب": ("ب",), "ل": ("ل",), "ك": ("ك",), "وب": ("و", "ب"), "ول": ("و", "ل"),
    "بال": ("ب", "ال"), "وال": ("و", "ال"), "لل": ("ل", "ال"), "فال": ("ف", "ال"), "وبال": ("و", "ب", "ال"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordSpan:
    """A word as clean[start:end]; ``begins``: it begins a written word; ``sentence``: it begins a sentence."""

    start: int
    end: int
    norm: str
    begins: bool
    sentence: bool


class Expander(Protocol):
    """What is asked of the models; see :class:`pipeline.text.segmenter.Segmenter`."""

    def marks(self, lines: Sequence[str]) -> Sequence[Marks]: ...

    def expand(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]: ...

    @property
    def lexicon(self) -> Lexicon: ...


class Marks(Protocol):
    """Offsets of characters that end a sentence, and of those that end a written word of several words."""

    @property
    def sentence(self) -> frozenset[int]: ...

    @property
    def several(self) -> frozenset[int]: ...


def split(text: str, models: Expander) -> list[WordSpan]:
    """The words of a clean text, in order. White space is in none of them, everything else is in one."""
    found: list[WordSpan] = []
    for start, end in windows(text, WINDOW):
        found.extend(_split_windows([(text[start:end], start)], models)[0])
    return found


def split_short(texts: Sequence[str], models: Expander) -> list[list[WordSpan]]:
    """The words of each of many short clean texts; the models see all of them at once, which is far quicker than
    one by one. A text longer than :data:`WINDOW` is split alone."""
    short = [n for n, text in enumerate(texts) if len(text) <= WINDOW]
    found = dict(zip(short, _split_windows([(texts[n], 0) for n in short], models), strict=True))
    return [found[n] if n in found else split(text, models) for n, text in enumerate(texts)]


@dataclass(slots=True)
class _Window:
    """A piece of a text on its way: its units with their kinds, and what the models said of their ends."""

    offset: int
    lines: list[tuple[int, str]]
    units: list[Unit] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    ends: set[int] = field(default_factory=set)
    several: set[int] = field(default_factory=set)

    def mark(self, marks: Iterable[Marks], lexicon: Lexicon) -> None:
        for (at, line), mark in zip(self.lines, marks, strict=True):
            first = len(self.units)
            for unit, kind in _units(line, at, lexicon):
                self.units.append(Unit(unit.text, unit.start, unit.end, len(self.units) == first))
                self.kinds.append(kind)
            self.ends.update(at + k + 1 for k in mark.sentence)
            self.several.update(at + k + 1 for k in mark.several)

    def asked(self) -> list[str]:
        """The written words that hold several words, by the tokeniser model."""
        units = zip(self.units, self.kinds, strict=True)
        return [u.text for u, kind in units if kind == "arabic" and u.end in self.several]


def _split_windows(pieces: Sequence[tuple[str, int]], models: Expander) -> list[list[WordSpan]]:
    """The words of each piece of text; a piece comes with its offset in its text."""
    opened = [_Window(offset, lines(text)) for text, offset in pieces]
    marks = iter(models.marks([line for window in opened for _, line in window.lines]))
    for window in opened:
        window.mark(islice(marks, len(window.lines)), models.lexicon)
    expanded = models.expand([word for window in opened for word in window.asked()])
    return [list(_words(window, expanded, models.lexicon)) for window in opened]


def _words(window: _Window, expanded: Mapping[str, tuple[str, ...]], lexicon: Lexicon) -> Iterator[WordSpan]:
    units, kinds, offset = window.units, window.kinds, window.offset
    starts = boundaries(units, frozenset(window.ends))
    for k, unit in enumerate(units):
        pieces: tuple[Piece, ...] = (Piece(0, len(unit.text), unit.text),)
        if kinds[k] == "arabic":
            digits = k + 1 < len(units) and kinds[k + 1] == "number" and units[k + 1].start == unit.end
            if digits and unit.text in _BEFORE_DIGITS:
                pieces = _before_digits(unit.text)
            else:
                model = expanded.get(unit.text) if unit.end in window.several else None
                pieces = parts(unit.text, model, lexicon)
        for n, piece in enumerate(pieces):
            yield WordSpan(
                offset + unit.start + piece.start,
                offset + unit.start + piece.end,
                piece.norm,
                n == 0,
                n == 0 and starts[k],
            )


def _units(line: str, at: int, lexicon: Lexicon) -> Iterator[tuple[Unit, str]]:
    """The written words and marks of a line, each with its kind."""
    position = 0
    while True:
        match = _UNIT.search(line, position)
        if match is None:
            return
        start, end = match.span()
        kind = match.lastgroup or "mark"
        if kind in ("sep", "sep2"):
            kind = "date"
        if kind == "url":
            # A full stop or bracket after an address is not part of it.
            kept = len(match.group().rstrip(_TRAILING))
            if kept > 8:
                end = start + kept
        elif kind == "arabic" and end - start > LONGEST:
            kind = "other"
        position = end
        if kind == "arabic":
            cuts = [start, *(start + m.start() for m in _GLUED.finditer(match.group())), end]
            heading = (
                lexicon.heading(match.group(), _openers()) if len(cuts) == 2 and end - start > 5 else None
            )
            if heading is not None:
                cuts.insert(1, start + heading)
            for lo, hi in pairwise(cuts):
                yield Unit(line[lo:hi], at + lo, at + hi, False), kind
        else:
            yield Unit(line[start:end], at + start, at + end, False), kind


def _before_digits(text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for part in _BEFORE_DIGITS[text]:
        length = 1 if text == "لل" else len(part)
        pieces.append(Piece(at, at + length, part))
        at += length
    return tuple(pieces)


@lru_cache(maxsize=65536)
def parts(written: str, model: tuple[str, ...] | None, lexicon: Lexicon) -> tuple[Piece, ...]:
    """The words inside one written word of Arabic letters.

    Args:
        written: the written word in normal form.
        model: what the expander made of it, or None where the tokeniser takes it for one word.
        lexicon: word counts, which overrule the model where they are clear.
    """
    never = _never()
    if written in never:
        return (Piece(0, len(written), written),)
    if written[0] in "وف" and written[1:] in never:
        return (Piece(0, 1, written[0]), Piece(1, len(written), written[1:]))
    if written in (led := _led()):
        return led[written]
    pieces: tuple[Piece, ...] = (Piece(0, len(written), written),)
    if model is not None and len(model) > 1:
        pieces = align(written, model) or pieces
    pieces = lexicon.revise(written, _restore(_certain(written, pieces), lexicon))
    if len(pieces) == 1 and lexicon.takes_clitic(written):
        pieces = (Piece(0, 1, written[0]), Piece(1, len(written), written[1:]))
    return pieces


def _certain(written: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Adds the clitics of the closed list that the model missed before the first word that is no clitic."""
    stem = 0
    while stem < len(pieces) - 1 and pieces[stem].norm in PROCLITICS:
        stem += 1
    head = written[: pieces[stem].end]
    norm = "".join(p.norm for p in pieces[: stem + 1])
    for entry in load_clitics().parted:
        rest = norm[len(entry.pattern) :]
        if len(entry.begin) <= stem or head in entry.words or len(rest) < int(entry.least):
            continue
        if norm.startswith(entry.pattern) and (not entry.next or rest[0] in entry.next):
            aligned = align(head, (*entry.begin, entry.left + rest))
            if aligned is not None:
                return (*aligned, *pieces[stem + 1 :])
    return pieces


def _restore(pieces: tuple[Piece, ...], lexicon: Lexicon) -> tuple[Piece, ...]:
    """Forms that change at a join, where the expander left them changed.

    A final hamza takes a seat before a pronoun (لقائه, أعضاؤها): the word itself ends in اء. The ن of من and عن
    vanishes before ما and من (ممن, عما). After ل the article has lost its ا (لجيش of «وللجيش» is الجيش), unless
    the word without it is the more frequent («للجنة» may be ل + لجنة).
    """
    restored = list(pieces)
    for k, (piece, after) in enumerate(pairwise(pieces)):
        if piece.norm[-2:] in ("ائ", "اؤ"):
            restored[k] = replace(piece, norm=piece.norm[:-1] + "ء")
        elif piece.norm in ("م", "ع") and after.norm in ("ما", "من"):
            restored[k] = replace(piece, norm=piece.norm + "ن")
        elif piece.norm == "ل" and after.norm.startswith("ل") and len(after.norm) > 3:
            definite = "ا" + after.norm
            if lexicon.count(definite) > lexicon.count(after.norm):
                restored[k + 1] = replace(restored[k + 1], norm=definite)
    return tuple(restored)


@lru_cache(maxsize=1)
def _never() -> frozenset[str]:
    """The words as listed, and without hamza as half of all newspapers write them."""
    words = load_clitics().never
    return words | frozenset(bare(word) for word in words)


@lru_cache(maxsize=1)
def _led() -> dict[str, tuple[Piece, ...]]:
    """Words that are a letter, a short verb and perhaps a pronoun («وحثهم»), with their pieces."""
    found: dict[str, tuple[Piece, ...]] = {}
    for word, verb in load_clitics().verbs.items():
        begun = (Piece(0, 1, word[0]), Piece(1, len(word), verb))
        if not verb.endswith("و"):
            found[word] = begun
        if not verb.endswith(("وا", "ت", "تا")):  # «ومدتها» may be a noun
            for pronoun in _OBJECTS:
                whole = word + pronoun
                found[whole] = (*begun, Piece(len(word), len(whole), pronoun))
    return found


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    return frozenset(word for entry in load_clitics().glued for word in entry.words)

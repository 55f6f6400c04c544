"""Finds where the rows of time knowledge match a text: a memoised matcher over words.

Every row is a bounded pattern, rows are looked up by the first word they may begin with, and a kind is matched
once per position: the time is linear in the text, however hostile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.knowledge.time_patterns import key
from pipeline.knowledge.time_schema import Row
from pipeline.resolve.time_readers import Reading

_WORD = re.compile(r"[^\W\d_]+|\d+")
#: Where an expression may begin: a word, or a run of digits with what joins them.
_STARTS = re.compile(r"[^\W\d_]+|\d+(?:[.,:/\-]\d+)*")
_LAST_WORD = re.compile(r"([^\W\d_]+|\d+|[^\w\s]|\n)[ ]*\Z")
_KEPT = re.compile(
    r"\b(?:إب|آلان)\b"
)  # a city and a name, which must not fold into August (آب) and now (الآن)
_MAX_GAP = 4
_MAX_REMEMBERED = 50_000  # words whose beginnings are kept
_MAX_WORD = 40  # no longer run of letters is looked at: a hostile one would be read again at each start
NUMBER = "#"  # the class of what begins with a digit
ANY = "*"  # the class of any word; behind a letter, of any word that begins with it

#: The forms of each vocabulary by their first word: the words that follow, and the value.
Words = dict[str, dict[str, list[tuple[tuple[str, ...], str]]]]
Captures = tuple[tuple[str, object], ...]
Step = Callable[["Scan", int], Iterator[tuple[int, Captures]]]


@dataclass(frozen=True, slots=True)
class Match:
    """A row over a piece of the text; ``slots`` holds what it read: words, numbers, or further matches."""

    row: Row
    start: int
    end: int
    slots: dict[str, object]

    def rows(self) -> Iterator[str]:
        """The names of the rows that took part, this one first."""
        yield self.row.name
        for value in self.slots.values():
            if isinstance(value, Match):
                yield from value.rows()


@dataclass(frozen=True, slots=True)
class Guard:
    """What must or must not stand on one side of a match."""

    needed: frozenset[str]
    banned: frozenset[str]

    @property
    def free(self) -> bool:
        """Whether anything may stand there."""
        return not self.needed and not self.banned

    def holds(self, neighbours: frozenset[str]) -> bool:
        """Whether the neighbours on that side allow the match."""
        return (not self.needed or bool(self.needed & neighbours)) and not self.banned & neighbours


@dataclass(frozen=True, slots=True)
class Compiled:
    """A row with its steps and guards."""

    row: Row
    steps: tuple[Step, ...]
    left: Guard
    right: Guard
    seconds: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rows, compiled, by kind (``""`` for those that stand alone) and by the first word.

    ``chosen`` remembers which rows may match two given words: most of the text is passed over by one look-up.
    """

    words: Words
    readers: dict[str, Callable[[str, int], Iterable[Reading]]]
    kinds: dict[str, dict[str, list[Compiled]]]
    known: frozenset[str]
    chosen: dict[tuple[str, str, str], tuple[Compiled, ...]] = field(default_factory=dict)
    begun: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)

    def beginnings(self, word: str) -> tuple[tuple[int, str], ...]:
        """Where in a word an expression may begin (behind which clitics), and how it then reads if not as written."""
        found = self.begun.get(word)
        if found is None:
            if len(self.begun) > _MAX_REMEMBERED:
                self.begun.clear()
            found = self.begun[word] = tuple(_beginnings(word, self.kinds[""]))
        return found

    def rows(self, kind: str, first: str, second: str) -> tuple[Compiled, ...]:
        """The rows of a kind that may begin with these two words (``#`` stands for digits)."""
        rows = self.kinds[kind].get(first)
        if not rows:
            return ()
        if second not in self.known:
            second = "و?" if second[:1] == "و" else "ب?" if second[:1] == "ب" else "?"
        found = self.chosen.get((kind, first, second))
        if found is None:
            wanted = {second, second[:1] + ANY, ANY, ""}
            found = tuple(row for row in rows if wanted & row.seconds[first])
            self.chosen[kind, first, second] = found
        return found


@dataclass(slots=True)
class Scan:
    """One text being matched, in folded form, with what was already tried."""

    text: str
    grammar: Grammar
    memo: dict[tuple[str, int], list[tuple[int, Match]]] = field(default_factory=dict)
    seen: dict[int, tuple[str, int]] = field(default_factory=dict)

    def word(self, at: int) -> tuple[str, int]:
        """The word, number or mark at a position and where it ends; «لل» at the start of an expression is «ال»."""
        known = self.seen.get(at)
        if known is None:
            match = _WORD.match(self.text, at, at + _MAX_WORD)
            known = self.seen[at] = (
                (match.group(), match.end()) if match else (self.text[at : at + 1], at + 1)
            )
        return known

    def skip(self, at: int) -> int:
        """The position behind the spaces at ``at``; a wide gap is layout, not a space between words."""
        end = at
        while self.text.startswith(" ", end) and end - at < _MAX_GAP:
            end += 1
        return end

    def rows(self, kind: str, at: int) -> tuple[Compiled, ...]:
        """The rows of a kind that may match at a position, by the two words that stand there."""
        first, end = self.word(at)
        first = NUMBER if first[:1].isdigit() else first
        if first not in self.grammar.kinds[kind]:
            return ()
        second = self.word(self.skip(end))[0]
        return self.grammar.rows(kind, first, NUMBER if second[:1].isdigit() else second)

    def of_kind(self, kind: str, at: int) -> list[tuple[int, Match]]:
        """Every match of a kind of row at a position, one per end, the longest first."""
        known = self.memo.get((kind, at))
        if known is None:
            known = self.memo[kind, at] = self.matches(self.rows(kind, at), at)
        return known

    def matches(self, rows: Iterable[Compiled], at: int) -> list[tuple[int, Match]]:
        """Every match of some rows at a position, the longest first; of one length a block, then the earlier row."""
        found: list[tuple[int, Match]] = []
        for compiled in rows:
            ends: set[int] = set()
            for end, captures in run(compiled.steps, 0, self, at):
                if end not in ends and self._allowed(compiled, at, end):
                    ends.add(end)
                    found.append((end, Match(compiled.row, at, end, dict(captures))))
        found.sort(key=lambda pair: (-pair[0], pair[1].row.value["op"] != "block"))
        return found

    def _allowed(self, compiled: Compiled, start: int, end: int) -> bool:
        if self.text[end - 1].isdigit() and re.match(r"\d|[.,:/]\d|[ ]?%", self.text[end : end + 2]):
            return False
        if compiled.row.not_quoted and self.text[start - 1 : start] + self.text[end : end + 1] in (
            '""',
            "()",
        ):
            return False
        left, right = compiled.left, compiled.right
        return (left.free or left.holds(self._before(start))) and (
            right.free or right.holds(self._after(end))
        )

    def _before(self, start: int) -> frozenset[str]:
        window = self.text[max(0, start - _MAX_WORD) : start]
        match = _LAST_WORD.search(window)
        if not match or match[1] == "\n":
            return frozenset(("<start>",))
        word = match[1]
        if word.isdigit():
            return frozenset(("<number>",))
        if not word[0].isalpha():
            return frozenset(("<mark>", word))
        return frozenset(("<word>", word, word[1:] if word[0] in "وفبلك" and len(word) > 2 else word))

    def _after(self, end: int) -> frozenset[str]:
        word = self.word(self.skip(end))[0]
        if word in ("", "\n", "\r"):
            return frozenset(("<end>",))
        if word[0].isdigit():
            return frozenset(("<number>",))
        if not word[0].isalpha():
            return frozenset(("<mark>", word))
        return frozenset(("<word>", word, "<definite>" if word.startswith("ال") else "<bare>"))

    def candidates(self, start: int) -> Iterator[tuple[int, Match]]:
        """The matches that begin at a word, or behind its clitic و ف ب ل ك, the longest first."""
        word = self.word(start)[0]
        if word[0].isdigit():
            if start == 0 or not (self.text[start - 1].isalnum() and self.text[start - 1].isascii()):
                yield from self.of_kind("", start)
            return
        for cut, respelt in self.grammar.beginnings(word):
            if respelt:
                self.seen[start + cut] = (respelt, start + len(word))
            yield from self.of_kind("", start + cut)

    def starts(self) -> Iterator[int]:
        """Every position of a word or number with which an expression may begin, but for its clitic."""
        beginnings = self.grammar.beginnings
        for match in _STARTS.finditer(self.text):
            word = match.group()
            if len(word) <= _MAX_WORD and (word[0].isdigit() or beginnings(word)):
                yield match.start()


def _beginnings(word: str, heads: Container[str]) -> Iterator[tuple[int, str]]:
    if word in heads:
        yield 0, ""
    for at in range(2):  # للأسبوع reads as ل + الأسبوع; the ل stays in the span
        if word[at : at + 2] == "لل" and (at == 0 or word[0] in "وف") and "ال" + word[at + 2 :] in heads:
            yield at, "ال" + word[at + 2 :]
    if len(word) > 1 and word[0] in "وفبلك" and word[1:] in heads:
        yield 1, ""
    if len(word) > 2 and word[0] in "وف" and word[1] in "وفبلك" and word[2:] in heads:
        yield 2, ""


def fold_text(text: str) -> str:
    """The folded form of a normalised text, one character for one."""
    return key(_KEPT.sub(lambda m: "\ue000" * len(m.group()), text))


def run(steps: tuple[Step, ...], index: int, scan: Scan, at: int) -> Iterator[tuple[int, Captures]]:
    """The ways a sequence of steps can match at a position: the end and what the slots read."""
    if index == len(steps):
        yield at, ()
        return
    begin = scan.skip(at) if index else at
    for end, captures in steps[index](scan, begin):
        end = at if end == begin else end  # an option not taken does not swallow the space before it
        if index + 1 == len(steps):
            yield end, captures
        else:
            for last, more in run(steps, index + 1, scan, end):
                yield last, captures + more

"""Names as the accurate engine learns them: what the corpora disagree about, and names in each other's places.

A name label is a bit, as in :class:`pipeline.training.accurate_data.Labels`: O is the first, then B and I of each type.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.text.normalize import fold
from pipeline.training.accurate_batch import Line

_O = 1
#: A longer name is no model for another sentence.
_LONGEST = 4
#: A word stands in front of names if it does so this often, and this many times more often than it begins one.
_LEAST, _MORE = 2, 2


def spans_of(names: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Half-open spans whose labels are certain, and the bit of their B."""
    start = 0
    while start < len(names):
        end, begin = start + 1, names[start]
        # The numbers of B are odd.
        if begin > 0 and begin.bit_count() == 1 and begin.bit_length() % 2 == 0:
            while end < len(names) and names[end] == begin << 1:
                end += 1
            yield start, end, begin
        start = end


class Fronts:
    """Words that stand in front of a name and are no part of it: titles, «town», «company».

    Corpora disagree: to one the title belongs to the name, to another it does not. The one whose names the engine
    shall find decides which words these are; in the others such a word at the beginning of a name may be either.

    Args:
        lines: of the corpus that decides.
        group: the bits of B that are one type to it, as its places are, to the number of the group.
    """

    def __init__(self, lines: Iterable[Line], group: Mapping[int, int]) -> None:
        self._group = group
        outside: dict[int, Counter[str]] = defaultdict(Counter)
        first: dict[int, Counter[str]] = defaultdict(Counter)
        for line in lines:
            for start, _, begin in spans_of(line.names):
                kind = group.get(begin, begin)
                first[kind][fold(line.words[start])] += 1
                if start and line.names[start - 1] == _O:
                    outside[kind][fold(line.words[start - 1])] += 1
        self.words = {
            kind: {word for word, n in counts.items() if n >= max(_LEAST, _MORE * first[kind][word])}
            for kind, counts in outside.items()
        }

    def loosen(self, line: Line) -> Line:
        """The line with such words at the beginning of its names in the name or not."""
        names = list(line.names)
        for start, end, begin in spans_of(line.names):
            fronts = self.words.get(self._group.get(begin, begin), set())
            for k in range(start, end - 1):
                if fold(line.words[k]) not in fronts:
                    break
                names[k] |= _O
                names[k + 1] |= begin
        return replace(line, names=tuple(names))


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    begins: tuple[bool, ...]


class Pool:
    """Names by type, each once, to be put in the places of others.

    Args:
        lines: where the names come from; those with a tree are passed over.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        found: dict[int, dict[_Name, None]] = defaultdict(dict)
        for line in lines:
            for start, end, begin in spans_of(line.names) if not line.heads else ():
                if end - start <= _LONGEST:
                    found[begin][_Name(line.words[start:end], (True, *line.begins[start + 1 : end]))] = None
        self.names = {begin: tuple(names) for begin, names in found.items()}

    def swap(self, line: Line, rng: random.Random, share: float) -> Line:
        """The line with other names of the same types in the places of a share of its names.

        Args:
            line: a line; one with tags or a tree stays as it is, since these are those of its words.
            rng: decides.
            share: how likely a name is to be exchanged.
        """
        if not share or line.heads or line.upos or line.tags or not line.names:
            return line
        words: list[str] = []
        begins: list[bool] = []
        names: list[int] = []
        at = 0
        for start, end, begin in spans_of(line.names):
            choice = self.names.get(begin, ())
            if not choice or rng.random() >= share:
                continue
            new = rng.choice(choice)
            words += [*line.words[at:start], *new.words]
            # Behind a clitic the first word of the name begins no written word.
            begins += [*line.begins[at : start + 1], *new.begins[1:]]
            names += [*line.names[at:start], begin, *[begin << 1] * (len(new.words) - 1)]
            at = end
        return Line(
            (*words, *line.words[at:]), (*begins, *line.begins[at:]), names=(*names, *line.names[at:])
        )

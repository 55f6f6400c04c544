"""Stands in for the neural models, so that everything around them is tested without them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.text.lexicon import Lexicon
from pipeline.text.segmenter import Marks


class FakeModels:
    """Knows the expansions it is given and ends a sentence where it is told to.

    Args:
        expansions: written word → the words in it, a space between two.
        ends: the model ends a sentence after each of these written words.
        lexicon: word counts.
    """

    def __init__(
        self,
        expansions: Mapping[str, str] | None = None,
        ends: Sequence[str] = (),
        lexicon: Lexicon | None = None,
    ) -> None:
        self.expansions = dict(expansions or {})
        self.ends = tuple(ends)
        self.lexicon = lexicon or Lexicon(b"")
        self.longest = 0

    def marks(self, lines: Sequence[str]) -> list[Marks]:
        return [
            Marks(self._after(line, self.ends), self._after(line, tuple(self.expansions))) for line in lines
        ]

    def _after(self, line: str, words: Sequence[str]) -> frozenset[int]:
        self.longest = max(self.longest, len(line))
        found: set[int] = set()
        for word in words:
            at = line.find(word)
            while at >= 0:
                found.add(at + len(word) - 1)
                at = line.find(word, at + 1)
        return frozenset(found)

    def expand(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        return {word: tuple(self.expansions.get(word, word).split()) for word in words}

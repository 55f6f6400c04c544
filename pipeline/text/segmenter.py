"""The neural half of tokenisation: Stanza's tokeniser and clitic expander, trained here, run without Stanza.

Only two decisions are asked of the models: where a sentence may end, and which written words hold several
words. Where words begin and end on the page is decided by rule, so no character can be lost.
The networks (:mod:`pipeline.text.networks`) are opened when the first text arrives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.text.lexicon import Lexicon
from pipeline.text.networks import ExpandNetwork, MarkNetwork

#: Characters the recurrent network sees at once, and those it sees again on both sides of a cut.
CHUNK = 900
OVERLAP = 60
_BATCH = 16 * CHUNK
_EXPAND_BATCH = 100
#: Expansions that are remembered; a language has more, an article has not.
_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Marks:
    """What the tokeniser model says of each character of a line: whether a sentence ends with it, and whether
    the written word that ends with it holds several words."""

    sentence: frozenset[int]
    several: frozenset[int]


class Segmenter:
    """Both models, loaded from bytes on first use.

    Args:
        tokenize: the content of the tokeniser's network.
        expand: the content of the expander's network.
        words: the content of the word counts; may be empty.
    """

    def __init__(self, tokenize: bytes, expand: bytes, words: bytes = b"") -> None:
        self._tokenize_bytes = tokenize
        self._expand_bytes = expand
        self._words_bytes = words
        self._cache: dict[str, tuple[str, ...]] = {}

    def __getstate__(self) -> dict[str, bytes]:
        return {"tokenize": self._tokenize_bytes, "expand": self._expand_bytes, "words": self._words_bytes}

    def __setstate__(self, state: dict[str, bytes]) -> None:
        self.__init__(**state)  # type: ignore[misc]

    @property
    def files(self) -> tuple[bytes, bytes, bytes]:
        """The three files: tokeniser, expander, word counts."""
        return self._tokenize_bytes, self._expand_bytes, self._words_bytes

    @cached_property
    def lexicon(self) -> Lexicon:
        """The word counts."""
        return Lexicon(self._words_bytes)

    @cached_property
    def _marker(self) -> MarkNetwork:
        return MarkNetwork(self._tokenize_bytes)

    @cached_property
    def _expander(self) -> ExpandNetwork:
        return ExpandNetwork(self._expand_bytes)

    def marks(self, lines: Sequence[str]) -> list[Marks]:
        """The marks of each line (no newline inside). A line of any length costs linear time.

        Raises:
            pipeline.text.networks.NetworkError: the file of the tokeniser is damaged.
        """
        jobs: list[_Job] = []
        for n, line in enumerate(lines):
            jobs.extend((n, *cut) for cut in _cuts(line))
        sentence: list[set[int]] = [set() for _ in lines]
        several: list[set[int]] = [set() for _ in lines]
        # Neighbours in length share a batch; the order of equals is that of the text, so results are stable.
        jobs.sort(key=lambda job: (job[1] - job[4], job[0], job[1]))
        for batch in _batches(jobs):
            found = self._marker(
                [lines[n][lo:hi] for n, lo, _, _, hi in batch],
                [_edges(lines[n], lo, hi) for n, lo, _, _, hi in batch],
            )
            for (n, lo, start, end, _), (stops, more) in zip(batch, found, strict=True):
                sentence[n].update(lo + k for k in stops if start <= lo + k < end)
                several[n].update(lo + k for k in more if start <= lo + k < end)
        return [Marks(frozenset(s), frozenset(m)) for s, m in zip(sentence, several, strict=True)]

    def expand(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The words inside each written word, as the expander has them; not yet aligned, not yet trusted.

        Raises:
            pipeline.text.networks.NetworkError: the file of the expander is damaged.
        """
        if len(self._cache) > _REMEMBERED:
            self._cache = {}
        known = self._expander.known
        unknown: list[str] = []
        for word in dict.fromkeys(words):
            if word not in self._cache:
                if word in known:
                    self._cache[word] = tuple(known[word].split())
                else:
                    unknown.append(word)
        unknown.sort(key=len)
        for at in range(0, len(unknown), _EXPAND_BATCH):
            batch = unknown[at : at + _EXPAND_BATCH]
            for word, answer in zip(batch, self._expander(batch), strict=True):
                self._cache[word] = tuple(answer.split())
        return {word: self._cache[word] for word in words}


_Job = tuple[int, int, int, int, int]


def _batches(jobs: Sequence[_Job]) -> Iterator[list[_Job]]:
    """Cuts a list of jobs, the longest first, into batches of at most :data:`_BATCH` characters, padding counted."""
    batch: list[_Job] = []
    for job in jobs:
        if batch and (len(batch) + 1) * (batch[0][4] - batch[0][1]) > _BATCH:
            yield batch
            batch = []
        batch.append(job)
    if batch:
        yield batch


def _edges(line: str, start: int, end: int) -> tuple[bool, bool]:
    return start == 0, end == len(line)


def _cuts(line: str) -> list[tuple[int, int, int, int]]:
    """Chunks of a line as (seen from, kept from, kept to, seen to); kept parts touch and cover the line."""
    cuts: list[tuple[int, int, int, int]] = []
    start = 0
    while start < len(line):
        end = len(line)
        if end - start > CHUNK:
            # A cut falls on a space where there is one, so that the mark of a word is read in one piece.
            space = line.rfind(" ", start + CHUNK // 2, start + CHUNK)
            end = space + 1 if space >= 0 else start + CHUNK
        cuts.append((max(0, start - OVERLAP), start, end, min(len(line), end + OVERLAP)))
        start = end
    return cuts

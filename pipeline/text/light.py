"""The light half of tokenisation: a linear-chain CRF over the letters of a written word, without torch.

It decides by the word alone, so a word is asked about once; where sentences end is left to the rules. Under the same
rules and word counts it is as good as the recurrent networks of :mod:`pipeline.text.segmenter`, and faster (the
model card has the figures).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from pipeline.text.lexicon import Lexicon, bare
from pipeline.text.segmenter import Marks

#: Letters to either side that a label may depend on.
_WINDOW = 4
#: Words that are remembered.
_REMEMBERED = 200_000
_NOWHERE: frozenset[int] = frozenset()


def features(written: str, lexicon: Lexicon) -> list[list[str]]:
    """What the CRF sees of each letter: its neighbours, its place, and how frequent the parts on either side are."""
    word = bare(written)
    size = len(word)
    rows: list[list[str]] = []
    for i in range(size):
        row = [f"i{min(i, 6)}", f"j{min(size - i, 6)}", f"c{word[i]}"]
        for k in range(1, _WINDOW + 1):
            row.append(f"l{k}" + (word[i - k] if i >= k else "^"))
            row.append(f"r{k}" + (word[i + k] if i + k < size else "$"))
            row.append(f"L{word[max(0, i - k) : i + 1]}" + ("^" if i < k else ""))
            row.append(f"R{word[i : i + k + 1]}" + ("$" if i + k >= size else ""))
        if i <= _WINDOW:
            row.append(f"p{word[: i + 1]}")
        if size - i <= _WINDOW + 1:
            row.append(f"s{word[i:]}")
        counts = [lexicon.count(part) for part in (word, word[i:], word[:i])]
        whole, rest, front = (math.ceil(math.log10(n + 1) * 2) for n in counts)
        rows.append([*row, f"w{whole}", f"a{rest}", f"b{front}", f"wa{whole - rest}", f"wb{whole - front}"])
    return rows


def words_of(written: str, labels: Sequence[str]) -> tuple[str, ...]:
    """The words that the labels of the letters tell of.

    ``B`` begins a word and ``I`` does not; what follows ``<`` is put before the letter (ل + لمدينة is ل + المدينة),
    ``=`` replaces it (سيطرت + ها is سيطرة + ها), ``>`` is put behind it (كتبو + ه is كتبوا + ه).
    """
    words: list[str] = []
    for letter, label in zip(written, labels, strict=True):
        change = label[1:2]
        text = {"<": label[2:] + letter, "=": label[2:], ">": letter + label[2:]}.get(change, letter)
        if label[0] == "B" or not words:
            words.append(text)
        else:
            words[-1] += text
    return tuple(words)


class LightSegmenter:
    """Does what :class:`pipeline.text.segmenter.Segmenter` does; the model is opened with the first word.

    Args:
        model: the content of the CRF's file.
        words: the content of the word counts; may be empty.
    """

    def __init__(self, model: bytes, words: bytes = b"") -> None:
        self._model = model
        self._words = words
        self._lexicon: Lexicon | None = None
        self._tagger: Any = None
        self._cache: dict[str, tuple[str, ...]] = {}

    def __getstate__(self) -> dict[str, bytes]:
        return {"model": self._model, "words": self._words}

    def __setstate__(self, state: dict[str, bytes]) -> None:
        self.__init__(**state)  # type: ignore[misc]

    @property
    def files(self) -> tuple[bytes, bytes]:
        """The two files: CRF, word counts."""
        return self._model, self._words

    @property
    def lexicon(self) -> Lexicon:
        """The word counts."""
        if self._lexicon is None:
            self._lexicon = Lexicon(self._words)
        return self._lexicon

    def marks(self, lines: Sequence[str]) -> list[Marks]:
        """Sentences end by rule alone, and any written word may hold several words."""
        return [Marks(_NOWHERE, frozenset(range(len(line)))) for line in lines]

    def expand(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The words inside each written word; not yet aligned, not yet trusted."""
        if self._tagger is None:
            import pycrfsuite

            self._tagger = pycrfsuite.Tagger()
            self._tagger.open_inmemory(self._model)
        if len(self._cache) > _REMEMBERED:
            self._cache = {}
        for word in words:
            if word not in self._cache:
                self._cache[word] = words_of(word, self._tagger.tag(features(word, self.lexicon)))
        return {word: self._cache[word] for word in words}

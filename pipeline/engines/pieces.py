"""Word pieces of the accurate engine: the encoder's own tokeniser, asked word by word.

A word inside a written word (a clitic, or what a clitic stands before) has no mark of a word's beginning, as the
encoder knows it from whole words.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

#: What SentencePiece puts before a word.
MARK = "\u2581"
#: A word has no more pieces than this: beyond it is no word.
MOST = 24
_CACHE = 100_000


class Pieces:
    """Numbers of the pieces of words.

    Args:
        tokenizer: a ``tokenizers.Tokenizer`` that adds no mark of its own.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self.begin, self.end, self.unknown = (_number(tokenizer, piece) for piece in ("<s>", "</s>", "<unk>"))
        self._cache: dict[tuple[str, bool], tuple[int, ...]] = {}

    @classmethod
    def read(cls, path: Path) -> Pieces:
        """Reads ``tokenizer.json``."""
        from tokenizers import Tokenizer

        return cls(Tokenizer.from_file(str(path)))

    def __call__(self, word: str, *, begins: bool) -> tuple[int, ...]:
        """The pieces of a word, at least one and at most :data:`MOST`.

        Args:
            word: a normal form.
            begins: it begins a written word.
        """
        key = (word, begins)
        found = self._cache.get(key)
        if found is None:
            # Hostile words are long: what the cut throws away need not be looked at.
            text = (MARK if begins else "") + word[: 8 * MOST].replace(" ", MARK)
            numbers = self._tokenizer.encode(text, add_special_tokens=False).ids
            found = tuple(numbers[:MOST]) or (self.unknown,)
            if len(self._cache) >= _CACHE:
                self._cache.clear()
            self._cache[key] = found
        return found


def _number(tokenizer: Any, piece: str) -> int:
    found = tokenizer.token_to_id(piece)
    if found is None:
        raise ValueError(f"the tokeniser has no piece {piece}")
    return int(found)

"""The neural half of tokenisation: Stanza's tokeniser and clitic expander, run offline from our own files.

Only two decisions are asked of the models: where a sentence may end, and which written words hold several
words. Where words begin and end on the page is decided by rule, so no character can be lost.
Stanza (and torch with it) is imported when the first text arrives.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.text.lexicon import Lexicon

#: Characters the recurrent network sees at once, and those it sees again on both sides of a cut.
CHUNK = 900
OVERLAP = 60
_BATCH = 16 * CHUNK
_EXPAND_BATCH = 100
#: Expansions that are remembered; a language has more, an article has not.
_REMEMBERED = 200_000
_SENTENCE = (2, 4)
_EXPAND = (3, 4)


@dataclass(frozen=True, slots=True)
class Marks:
    """What the tokeniser model says of each character of a line: whether a sentence ends with it, and whether
    the written word that ends with it holds several words."""

    sentence: frozenset[int]
    several: frozenset[int]


class Segmenter:
    """Both models, loaded from bytes on first use.

    Args:
        tokenize: the content of Stanza's tokeniser file.
        expand: the content of its multi-word-token file.
        words: the content of the word counts; may be empty.
    """

    def __init__(self, tokenize: bytes, expand: bytes, words: bytes = b"") -> None:
        self._tokenize_bytes = tokenize
        self._expand_bytes = expand
        self._words_bytes = words
        self._lexicon: Lexicon | None = None
        self._tokenizer: Any = None
        self._expander: Any = None
        self._cache: dict[str, tuple[str, ...]] = {}

    def __getstate__(self) -> dict[str, bytes]:
        return {"tokenize": self._tokenize_bytes, "expand": self._expand_bytes, "words": self._words_bytes}

    def __setstate__(self, state: dict[str, bytes]) -> None:
        self.__init__(**state)  # type: ignore[misc]

    @property
    def files(self) -> tuple[bytes, bytes, bytes]:
        """The three files: tokeniser, expander, word counts."""
        return self._tokenize_bytes, self._expand_bytes, self._words_bytes

    @property
    def lexicon(self) -> Lexicon:
        """The word counts."""
        if self._lexicon is None:
            self._lexicon = Lexicon(self._words_bytes)
        return self._lexicon

    def _load(self) -> None:
        if self._tokenizer is not None:
            return
        import torch
        from stanza.models.mwt.trainer import Trainer as Expander
        from stanza.models.tokenization.trainer import Trainer as Tokenizer

        # Stanza's loggers report every file they open.
        logging.getLogger("stanza").setLevel(logging.ERROR)
        # One thread: results must not depend on the machine, and documents run in parallel, not layers.
        torch.set_num_threads(1)
        args = {"lr0": 0.002, "weight_decay": 0.0}
        expander = Expander(model_file=io.BytesIO(self._expand_bytes), device="cpu")
        tokenizer = Tokenizer(args, model_file=io.BytesIO(self._tokenize_bytes), device="cpu")
        tokenizer.model.eval()
        expander.model.eval()
        self._expander = expander
        self._tokenizer = tokenizer

    def marks(self, lines: Sequence[str]) -> list[Marks]:
        """The marks of each line (no newline inside). A line of any length costs linear time."""
        self._load()
        jobs: list[_Job] = []
        for n, line in enumerate(lines):
            jobs.extend((n, *cut) for cut in _cuts(line))
        sentence: list[set[int]] = [set() for _ in lines]
        several: list[set[int]] = [set() for _ in lines]
        # Neighbours in length share a batch; the order of equals is that of the text, so results are stable.
        jobs.sort(key=lambda job: (job[1] - job[4], job[0], job[1]))
        for batch in _batches(jobs):
            labels = self._labels(
                [lines[n][lo:hi] for n, lo, _, _, hi in batch],
                [_edges(lines[n], lo, hi) for n, lo, _, _, hi in batch],
            )
            for (n, lo, start, end, _), row in zip(batch, labels, strict=True):
                for k in range(start - lo, end - lo):
                    if row[k] in _SENTENCE:
                        sentence[n].add(lo + k)
                    if row[k] in _EXPAND:
                        several[n].add(lo + k)
        return [Marks(frozenset(s), frozenset(m)) for s, m in zip(sentence, several, strict=True)]

    def _labels(self, texts: list[str], edges: list[tuple[bool, bool]]) -> Any:
        """Stanza's label of each character; ``edges`` say whether a text begins and ends its line."""
        import numpy as np
        import torch

        vocab = self._tokenizer.vocab
        longest = max(map(len, texts))
        units = torch.full((len(texts), longest), vocab.unit2id("<PAD>"), dtype=torch.int64)
        feats = torch.zeros((len(texts), longest, 5), dtype=torch.float32)
        for n, text in enumerate(texts):
            ids = [vocab.unit2id(" " if c.isspace() else c) for c in text]
            units[n, : len(text)] = torch.tensor(ids, dtype=torch.int64)
            for k, c in enumerate(text):
                if c.isspace():
                    feats[n, k, 0] = 1
                elif c.isupper():
                    feats[n, k, 1] = 1
                elif c.isdecimal():
                    feats[n, k, 2] = 1
            feats[n, len(text) - 1, 3] = float(edges[n][1])
            feats[n, 0, 4] = float(edges[n][0])
        with torch.no_grad():
            scores = self._tokenizer.model(units, feats, [len(t) for t in texts], texts)
        return np.argmax(scores.numpy(), axis=2)

    def expand(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The words inside each written word, as the expander has them; not yet aligned, not yet trusted."""
        self._load()
        new = sorted({w for w in words if w not in self._cache}, key=lambda w: (-len(w), w))
        unknown = [w for w in new if self._expander.dict_expansion(w) is None]
        for w in new:
            known = self._expander.dict_expansion(w)
            if known is not None:
                self._cache[w] = tuple(known.split())
        if len(self._cache) > _REMEMBERED:
            self._cache = {w: self._cache[w] for w in words if w in self._cache}
        for at in range(0, len(unknown), _EXPAND_BATCH):
            batch = unknown[at : at + _EXPAND_BATCH]
            for word, answer in zip(batch, self._decode(batch), strict=True):
                self._cache[word] = tuple(answer.split())
        return {w: self._cache[w] for w in words}

    def _decode(self, words: list[str]) -> list[str]:
        import torch
        from stanza.models.common import seq2seq_constant as constant
        from stanza.models.common.vocab import DeltaVocab

        vocab = DeltaVocab(list(words), self._expander.vocab)
        rows = [vocab.map([constant.SOS, *word, constant.EOS]) for word in words]
        source = torch.full((len(rows), max(map(len, rows))), constant.PAD_ID, dtype=torch.int64)
        for n, row in enumerate(rows):
            source[n, : len(row)] = torch.tensor(row)
        batch = (source, source.eq(constant.PAD_ID), None, None, words, list(range(len(words))))
        with torch.no_grad():
            answers: list[str] = self._expander.predict(
                batch, unsort=False, never_decode_unk=True, vocab=vocab
            )
        return answers


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

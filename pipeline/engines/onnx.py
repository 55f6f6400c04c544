"""The exported network of the accurate engine, run by onnxruntime: words in, labels and scores out.

A sentence is always read alone: activations are scaled over what is read together, so a neighbour would change the
result. Names of files, inputs and outputs are those that :mod:`pipeline.training.accurate_export` writes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.engines.bundle import ModelError
from pipeline.engines.pieces import Pieces

MODEL, TOKENIZER, LABELS = "model.onnx", "tokenizer.json", "labels.json"
INPUTS = ("ids", "pool")
OUTPUTS = ("upos", "tags", "feats", "names", "heads", "rels")
#: Pieces that the network reads in one go; the encoder has positions for 512.
WINDOW = 400
_STOPS = frozenset(".؟!?؛;:،,")
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says about some words in a row.

    Attributes:
        start: place of the first of these words in the sentence.
        upos: scores of the treebank's tags (words, tags); X is one.
        tags: scores of the tags that the words have; of X none was learnt.
        feats: number of the features of each word.
        names: log probabilities of BIO labels (words, labels).
        heads: log probabilities of heads (words, 1 + words); 0 is the root.
        rels: number of the best relation of each word (row) to each head (column).
    """

    start: int
    upos: Floats
    tags: Floats
    feats: npt.NDArray[np.int64]
    names: Floats
    heads: Floats
    rels: npt.NDArray[np.int64]


class Reader:
    """The network with its tokeniser and labels.

    Args:
        folder: holds :data:`MODEL`, :data:`TOKENIZER` and :data:`LABELS`.

    Raises:
        ModelError: a file is missing or is not what it should be.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in (MODEL, TOKENIZER, LABELS):
            if not (folder / name).is_file():
                raise ModelError(f"{folder / name} is missing")
        try:
            labels: dict[str, list[str]] = json.loads((folder / LABELS).read_text(encoding="utf-8"))
            self.upos, self.feats = tuple(labels["upos"]), tuple(labels["feats"])
            self.rels, self.names = tuple(labels["rels"]), tuple(labels["names"])
            self.pieces = Pieces.read(folder / TOKENIZER)
            self._session = _session(folder / MODEL)
        # Rust and C++ raise what they like: whichever it is, the file is no good.
        except Exception as error:
            raise ModelError(f"the accurate engine in {folder} cannot be read: {error}") from error

    def __call__(self, words: Sequence[str], begins: Sequence[bool]) -> list[Reading]:
        """Reads the words of one sentence; a very long one is read in parts, each with a tree of its own.

        Args:
            words: normal forms.
            begins: whether a word begins a written word.
        """
        numbers = [self.pieces(w, begins=b) for w, b in zip(words, begins, strict=True)]
        return [self._read(numbers[a:b], a) for a, b in parts(words, [len(n) for n in numbers])]

    def _read(self, numbers: Sequence[tuple[int, ...]], start: int) -> Reading:
        ids = [self.pieces.begin]
        pool = np.zeros((len(numbers), 2 + sum(map(len, numbers))), np.float32)
        for row, word in enumerate(numbers):
            pool[row, len(ids) : len(ids) + len(word)] = 1.0 / len(word)
            ids += word
        ids.append(self.pieces.end)
        found = self._session.run(list(OUTPUTS), {"ids": np.array([ids], np.int64), "pool": pool})
        return Reading(start, *found)


def parts(words: Sequence[str], sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Half-open slices of a sentence of at most :data:`WINDOW` pieces, cut after a mark where one is near.

    Args:
        words: normal forms.
        sizes: the number of pieces of each.
    """
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(words):
        end, total = start, 0
        while end < len(words) and (end == start or total + sizes[end] <= WINDOW):
            total += sizes[end]
            end += 1
        if end < len(words):
            near = range(end, (start + end) // 2, -1)
            end = next((k for k in near if words[k - 1] in _STOPS), end)
        found.append((start, end))
        start = end
    return found


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread: articles are what is worked on side by side.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

"""The accurate engine as the teacher of the fast one: what it thinks of sentences, and how sure it is."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.engines.accurate import decode_names
from pipeline.engines.onnx import Reader
from pipeline.engines.trees import best_tree
from pipeline.text.words import WordSpan
from pipeline.training.conllu import Sentence, Word, Written
from pipeline.training.name_corpora import MISSING, spans
from pipeline.training.names import Tokenised

#: How sure a label is that was not guessed.
CERTAIN = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with all labels, word by word; ``*_sure`` are per cent.

    Attributes:
        text: letters on the page.
        norms: normal forms.
        begins: whether a word begins a written word.
        spaces: whether a space follows.
        tags: coarse tags, never X; empty where unknown.
        feats: features.
        heads: 0 is the root, else 1 + place of the head.
        rels: relations.
        names: BIO labels, or ``-`` where unknown.
        source: what the sentence comes from; neighbours with the same one follow each other on the page.
    """

    text: tuple[str, ...]
    norms: tuple[str, ...]
    begins: tuple[bool, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...]
    tags_sure: tuple[int, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    heads_sure: tuple[int, ...]
    rels: tuple[str, ...]
    names: tuple[str, ...]
    names_sure: tuple[int, ...]
    source: str = ""

    def json(self) -> str:
        """One line."""
        values = [getattr(self, name) for name in self.__slots__]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, line: str) -> Row:
        """What :meth:`json` wrote."""
        values: list[Any] = [tuple(v) if isinstance(v, list) else v for v in json.loads(line)]
        return cls(*values)


@dataclass(frozen=True, slots=True)
class Sureness:
    """What is learnt of what the teacher says, in per cent.

    Attributes:
        tags: a sentence of whose tags it is less sure, on average, is left out.
        heads: the same for heads. They are not left out one by one: the parser would have to guess what it may do.
        tag: a tag of which it is less sure is unknown.
        name: where it is less sure, it is unknown whether a word is in a name.
    """

    tags: float
    heads: float
    tag: float
    name: float


class Teacher:
    """Labels words.

    Args:
        folder: of the accurate engine; None for a teacher that knows nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self.reader = Reader(folder) if folder is not None else None

    def __call__(
        self,
        text: Sequence[str],
        norms: Sequence[str],
        begins: Sequence[bool],
        spaces: Sequence[bool],
        source: str,
    ) -> Row | None:
        """The row of a sentence; None for one that is too long to be read in one go."""
        if self.reader is None:
            return _unknown(text, norms, begins, spaces, source)
        readings = self.reader(norms, begins)
        if len(readings) != 1:
            return None
        (reading,) = readings
        scores = reading.tags.astype(np.float64)
        if "X" in self.reader.upos:
            scores[:, self.reader.upos.index("X")] = -np.inf
        tags = scores.argmax(1)
        heads = best_tree(reading.heads)
        labels = ["O"] * len(norms)
        for start, end, kind in decode_names(reading.names, self.reader.names):
            labels[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
        order = {label: n for n, label in enumerate(self.reader.names)}
        return Row(
            tuple(text), tuple(norms), tuple(map(bool, begins)), tuple(map(bool, spaces)),
            tuple(self.reader.upos[n] for n in tags),
            tuple(_percent(p) for p in _best(scores)),
            tuple(self.reader.feats[n] for n in reading.feats),
            tuple(heads),
            tuple(_percent(math.exp(row[head])) for row, head in zip(reading.heads, heads, strict=True)),
            tuple(self.reader.rels[reading.rels[word, head]] for word, head in enumerate(heads)),
            tuple(labels),
            tuple(_percent(math.exp(row[order[x]])) for row, x in zip(reading.names, labels, strict=True)),
            source,
        )  # fmt: skip


def _unknown(
    text: Sequence[str], norms: Sequence[str], begins: Sequence[bool], spaces: Sequence[bool], source: str
) -> Row:
    """A row of words of which nothing is known."""
    none, never = ("",) * len(norms), (0,) * len(norms)
    return Row(
        tuple(text), tuple(norms), tuple(begins), tuple(spaces), none, never, none, tuple(range(len(norms))), never,
        none, (MISSING,) * len(norms), never, source,
    )  # fmt: skip


def _percent(share: float) -> int:
    return round(100 * share)


def _best(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The probability of the best label of each row of scores."""
    best: npt.NDArray[np.float64] = 1 / np.exp(scores - scores.max(1, keepdims=True)).sum(1)
    return best


def of_words(teacher: Teacher, text: str, words: Sequence[WordSpan], source: str) -> Row | None:
    """A row of words of a clean text that follow each other."""
    ends = [*(w.start for w in words[1:]), len(text)]
    return teacher(
        [text[w.start : w.end] for w in words],
        [w.norm for w in words],
        [w.begins for w in words],
        [text[w.end : end][:1].isspace() for w, end in zip(words, ends, strict=True)],
        source,
    )


def of_tree(teacher: Teacher, sentence: Sentence) -> Row:
    """The gold tree, tags and features of a sentence of a treebank; only the names are the teacher's, unknown where the
    sentence is too long for it."""
    text = [w.text[a:b] for w in sentence.written for a, b in w.slices]
    begins = [k == 0 for w in sentence.written for k in range(len(w.slices))]
    spaces = [k == len(w.slices) - 1 and w.space for w in sentence.written for k in range(len(w.slices))]
    words = sentence.words
    norms = [w.norm for w in words]
    guess = teacher(text, norms, begins, spaces, sentence.doc) or _unknown(
        text, norms, begins, spaces, sentence.doc
    )
    sure = (CERTAIN,) * len(words)
    heads = tuple((-1 if w.head is None else w.head) + 1 for w in words)
    return Row(
        guess.text, guess.norms, guess.begins, guess.spaces, tuple(w.upos for w in words), sure,
        tuple(w.feats for w in words), heads, sure, tuple(w.rel for w in words),
        guess.names, guess.names_sure, sentence.doc,
    )  # fmt: skip


def of_names(teacher: Teacher, sentence: Tokenised) -> Row:
    """The gold names of a sentence; all else is the teacher's, unknown where the sentence is too long for it."""
    place = [word for _, _, _, word in sentence.tokens]
    begins = [k == 0 or word != place[k - 1] for k, word in enumerate(place)]
    spaces = [k + 1 == len(place) or word != place[k + 1] for k, word in enumerate(place)]
    text, norms = [t[0] for t in sentence.tokens], [t[1] for t in sentence.tokens]
    guess = teacher(text, norms, begins, spaces, "") or _unknown(text, norms, begins, spaces, "")
    labels = tuple(label for _, _, label, _ in sentence.tokens)
    return Row(
        guess.text, guess.norms, guess.begins, guess.spaces, guess.tags, guess.tags_sure, guess.feats, guess.heads,
        guess.heads_sure, guess.rels, labels, (CERTAIN,) * len(labels), "",
    )  # fmt: skip


def believable(row: Row, sure: Sureness) -> bool:
    """Whether the teacher is sure enough of the tags and of the tree."""
    size = len(row.norms)
    return sum(row.tags_sure) >= sure.tags * size and sum(row.heads_sure) >= sure.heads * size


def learnable(row: Row, sure: Sureness) -> tuple[Sentence, tuple[str, ...]]:
    """The sentence and its names as they are learnt: what the teacher is not sure of is unknown, a tree as a whole."""
    tree = believable(row, sure)
    written: list[Written] = []
    begins = [k for k, begin in enumerate(row.begins) if begin or k == 0]
    for a, b in zip(begins, [*begins[1:], len(row.norms)], strict=True):
        slices: list[tuple[int, int]] = []
        at = 0
        for piece in row.text[a:b]:
            slices.append((at, at + len(piece)))
            at += len(piece)
        written.append(Written("".join(row.text[a:b]), tuple(slices), row.spaces[b - 1]))
    words = tuple(
        Word(
            norm,
            row.tags[k] if row.tags_sure[k] >= sure.tag else "",
            row.feats[k],
            "",
            row.heads[k] - 1,
            row.rels[k] if tree else "",
        )
        for k, norm in enumerate(row.norms)
    )
    names = list(row.names)
    for k, known in enumerate(row.names_sure):
        if known < sure.name:
            names[k] = MISSING
    # A name of which a word is unknown is unknown as a whole.
    for start, end, _ in spans(row.names):
        if MISSING in names[start:end]:
            names[start:end] = [MISSING] * (end - start)
    return Sentence(row.source, "", tuple(written), words), tuple(names)


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Writes a file of rows, whole or not at all; returns the number of words."""
    fresh = path.with_suffix(".new")
    words = 0
    with gzip.open(fresh, "wt", encoding="utf-8", compresslevel=3) as target:
        for row in rows:
            words += len(row.norms)
            target.write(row.json() + "\n")
    fresh.replace(path)
    return words


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file, in order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield Row.read(line)

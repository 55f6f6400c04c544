"""Sentences as the network takes them: labels as sets, so that what a corpus cannot tell apart is no error."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from pipeline.engines.pieces import Pieces
from pipeline.training.accurate_model import Batch

#: No label is known: neither right nor wrong in the loss.
NONE = -100


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence to learn from.

    Attributes:
        words: normal forms.
        begins: whether a word begins a written word.
        upos: allowed treebank tags of each word, one bit for each label; 0: unknown.
        tags: the same for the tags that are wanted (no X for what a lexicon lacks).
        feats: numbers of features, NONE where unknown; empty if the corpus has none.
        heads: 0 is the root, else 1 + place of the head; empty without a tree.
        rels: numbers of relations; as long as ``heads``.
        names: allowed BIO labels as bits; empty if the corpus has none.
    """

    words: tuple[str, ...]
    begins: tuple[bool, ...]
    upos: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    feats: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()
    rels: tuple[int, ...] = ()
    names: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """Labels of a batch; words are counted over the batch. ``heads`` and ``rels`` are laid out by sentence."""

    upos: Tensor
    tags: Tensor
    feats: Tensor
    names: Tensor
    heads: Tensor
    rels: Tensor


_FINAL = frozenset(".؟!?:؛;")
_MARKS = frozenset('.،,؛;:؟!?"()-')
_BARE = str.maketrans("أإآ", "ااا")
_ASCII = {"،": ",", "؛": ";", "؟": "?"}
_ARABIC = {mark: other for other, mark in _ASCII.items()}


#: A word that the encoder does not know.
BLANK = "\ue000"


def vary(line: Line, rng: random.Random, *, blank: float = 0.0) -> Line:
    """The line as other desks would write it: hamza dropped, ى and ي, ه for ة, other marks, none at the end or at all.

    Diacritics need no variation: the network reads normal forms, which have none.

    Args:
        line: a sentence.
        rng: decides.
        blank: share of the words that become unknown, so that what stands around them must tell.
    """
    draw = rng.random()
    if draw < 0.12:
        line = without(line, {len(line.words) - 1} if line.words[-1] in _FINAL else set())
    elif draw < 0.17:
        line = without(line, {k for k, word in enumerate(line.words) if word in _MARKS})
    words = list(line.words)
    draw = rng.random()
    if draw < 0.3:
        words = [word.translate(_BARE) for word in words]
    draw = rng.random()
    if draw < 0.06:
        words = [w[:-1] + "ى" if len(w) > 2 and w[-1] == "ي" else w for w in words]
    elif draw < 0.1:
        words = [w[:-1] + "ي" if len(w) > 2 and w[-1] == "ى" else w for w in words]
    if rng.random() < 0.05:
        words = [w[:-1] + "ه" if len(w) > 3 and w[-1] == "ة" else w for w in words]
    draw = rng.random()
    if draw < 0.25:
        table = _ASCII if draw < 0.1 else _ARABIC
        words = [table.get(w, w) for w in words]
    if blank:
        words = [BLANK if rng.random() < blank else w for w in words]
    return replace(line, words=tuple(words))


def without(line: Line, gone: set[int]) -> Line:
    """The line without some words; those that govern another stay."""
    gone = {k for k in gone if k + 1 not in line.heads and not (line.heads and line.heads[k] == 0)}
    left = [k for k in range(len(line.words)) if k not in gone]
    if len(left) < 2 or len(left) == len(line.words):
        return line
    place = {0: 0} | {old + 1: new + 1 for new, old in enumerate(left)}

    def keep(values: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(values[k] for k in left) if values else ()

    heads = tuple(place[line.heads[k]] for k in left) if line.heads else ()
    return Line(
        tuple(line.words[k] for k in left), tuple(line.begins[k] for k in left), keep(line.upos), keep(line.tags),
        keep(line.feats), heads, keep(line.rels), keep(line.names),
    )  # fmt: skip


def numbers(line: Line, pieces: Pieces) -> list[tuple[int, ...]]:
    """The pieces of each word."""
    return [pieces(word, begins=begins) for word, begins in zip(line.words, line.begins, strict=True)]


def make_batch(lines: Sequence[Line], pieces: Pieces) -> tuple[Batch, Gold]:
    """Tensors of some lines."""
    rows: list[list[int]] = []
    places: list[tuple[int, int]] = []
    target: list[int] = []
    count: list[int] = []
    for line in lines:
        row = [pieces.begin]
        for word in numbers(line, pieces):
            places += [(len(rows), len(row) + k) for k in range(len(word))]
            target += [len(count)] * len(word)
            count.append(len(word))
            row += word
        rows.append([*row, pieces.end])
    longest = max(map(len, rows))
    ids = np.full((len(rows), longest), pieces.unknown)
    kept = np.zeros((len(rows), longest), bool)
    for k, row in enumerate(rows):
        ids[k, : len(row)] = row
        kept[k, : len(row)] = True
    most = max(len(line.words) for line in lines)
    grid = np.full((len(lines), most), -1)
    heads = np.full((len(lines), most), NONE)
    rels = np.full((len(lines), most), NONE)
    at = 0
    for k, line in enumerate(lines):
        size = len(line.words)
        grid[k, :size] = np.arange(at, at + size)
        heads[k, : len(line.heads)] = line.heads
        rels[k, : len(line.rels)] = line.rels
        at += size
    flat = torch.tensor([row * longest + column for row, column in places])
    batch = Batch(
        torch.from_numpy(ids), torch.from_numpy(kept), flat, torch.tensor(target),
        torch.tensor(count, dtype=torch.float32), torch.from_numpy(grid),
    )  # fmt: skip

    def column(name: str, absent: int) -> Tensor:
        values: list[int] = []
        for line in lines:
            found: tuple[int, ...] = getattr(line, name)
            values += found or [absent] * len(line.words)
        return torch.tensor(values)

    return batch, Gold(
        column("upos", 0), column("tags", 0), column("feats", NONE), column("names", 0),
        torch.from_numpy(heads), torch.from_numpy(rels),
    )  # fmt: skip


def chunks(lines: Sequence[Line], pieces: Pieces, budget: int) -> Iterator[list[Line]]:
    """Lines in the given order, in runs whose padded pieces stay below ``budget``."""
    run: list[Line] = []
    longest = 0
    for line in lines:
        size = sum(map(len, numbers(line, pieces))) + 2
        if run and max(longest, size) * (len(run) + 1) > budget:
            yield run
            run, longest = [], 0
        run.append(line)
        longest = max(longest, size)
    if run:
        yield run

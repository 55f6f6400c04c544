"""Treebank sentences as spaCy training examples, with the disorder of real text added."""

from __future__ import annotations

import random
from collections.abc import Sequence

from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from pipeline.engines.components import SPACE_TAG
from pipeline.training.conllu import Sentence
from pipeline.training.name_corpora import MISSING

_NOISE = ("[3]", "[12]", "[7]", "[21]", "#", "&nbsp;", "<br>", "\u200f")
_SPACE = ("\n", "\n\n", " ", "\n \n")
_FINAL = (".", "؟", "!", "?", "...")


class _Rows:
    """Columns of a Doc under construction; heads are absolute."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.norms: list[str] = []
        self.spaces: list[bool] = []
        self.tags: list[str] = []
        self.feats: list[str] = []
        self.heads: list[int] = []
        self.deps: list[str] = []
        self.starts: list[bool | int | None] = []
        self.names: list[str] = []

    def add(
        self,
        word: str,
        norm: str,
        space: bool,
        tag: str,
        feats: str,
        head: int,
        dep: str,
        start: bool,
        name: str,
    ) -> None:
        self.words.append(word)
        self.norms.append(norm)
        self.spaces.append(space)
        self.tags.append(tag)
        self.feats.append(feats)
        self.heads.append(head)
        self.deps.append(dep)
        self.starts.append(start)
        self.names.append(name)


def _append(
    rows: _Rows, sentence: Sentence, names: Sequence[str], rng: random.Random, disorder: float
) -> None:
    """Adds one sentence; with probability ``disorder`` a noise token follows a word, or the final mark is left out."""
    words = list(sentence.words)
    keep = len(words)
    final_governs = any(w.head == keep - 1 for w in words)
    tree = any(w.rel for w in words)
    if rng.random() < disorder and keep > 4 and words[-1].norm in _FINAL and not final_governs:
        keep -= 1
    place: dict[int, int] = {}
    planned: list[tuple[int, int, str]] = []
    at = 0
    for written in sentence.written:
        for k, (start, end) in enumerate(written.slices):
            if at >= keep:
                break
            word = words[at]
            last = k == len(written.slices) - 1
            place[at] = len(rows.words)
            planned.append((len(rows.words), word.head if word.head is not None else -1, word.rel))
            rows.add(
                written.text[start:end],
                word.norm,
                last and written.space,
                word.upos,
                word.feats,
                0,
                "",
                at == 0,
                names[at],
            )
            at += 1
            if last and at < keep and names[at][:2] != "I-" and rng.random() < disorder * 0.06:
                _noise(rows, rng, "dep" if tree else "")
    for row, head, rel in planned:
        rows.heads[row] = place.get(head, row)
        # Where relations are unknown, the root is, too.
        rows.deps[row] = rel if head in place or not rel else "ROOT"


def _noise(rows: _Rows, rng: random.Random, rel: str) -> None:
    text, tag = (rng.choice(_SPACE), SPACE_TAG) if rng.random() < 0.4 else (rng.choice(_NOISE), "X")
    rows.add(text, text, tag == "X" and rng.random() < 0.5, tag, "", len(rows.words) - 1, rel, False, "O")


def example(
    vocab: Vocab,
    sentences: Sequence[Sentence],
    rng: random.Random,
    *,
    disorder: float = 0.0,
    names: Sequence[Sequence[str]] = (),
) -> Example:
    """One example of some sentences in a row; between two of them a line may break.

    Args:
        vocab: of the Docs.
        sentences: a word without a tag, and a sentence without relations, teach no tag and no tree.
        rng: decides what is varied.
        disorder: how likely each kind of noise is.
        names: for each sentence BIO labels of its words, ``-`` where unknown; empty where nothing is known of names.
    """
    rows = _Rows()
    for n, sentence in enumerate(sentences):
        if n and rng.random() < max(disorder, 0.2):
            text = rng.choice(_SPACE)
            rows.add(text, text, False, SPACE_TAG, "", len(rows.words) - 1, "dep", False, "O")
        _append(rows, sentence, names[n] if names else [MISSING] * len(sentence.words), rng, disorder)
        if rows.spaces and n + 1 < len(sentences):
            rows.spaces[-1] = True
    ents = ["" if name == MISSING else name for name in rows.names] if names else None
    # Without coarse tags, so that the labels of the morphologizer are features alone.
    gold = Doc(
        vocab, words=rows.words, spaces=rows.spaces, tags=rows.tags, morphs=rows.feats, heads=rows.heads,
        deps=rows.deps, ents=ents,
    )  # fmt: skip
    plain = Doc(vocab, words=rows.words, spaces=rows.spaces, sent_starts=rows.starts)
    for doc in (gold, plain):
        for token, norm in zip(doc, rows.norms, strict=True):
            if token.norm_ != norm:
                token.norm_ = norm
    return Example(plain, gold)

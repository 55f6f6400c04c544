"""The optimiser and the batches of the fast engine, and scores of tags, features and trees."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Optimizer

from pipeline.training.conllu import Sentence
from pipeline.training.docs import example


@dataclass(frozen=True, slots=True)
class SyntaxScores:
    """Percentages over gold words; UAS and LAS count punctuation, LAS with subtypes. ``known`` is UPOS over the words
    that the treebank analysed: PADT has X for every word its lexicon lacks, which we do not imitate."""

    upos: float
    known: float
    feats: float
    uas: float
    las: float
    words: int

    def __str__(self) -> str:
        return (
            f"UPOS {self.upos:.1f} (gold X left out {self.known:.1f}) feats {self.feats:.1f} "
            f"UAS {self.uas:.1f} LAS {self.las:.1f} ({self.words} words)"
        )


def adam() -> Optimizer:
    """The optimiser of every training: averaged weights, decoupled decay."""
    return Adam(
        0.001,
        beta1=0.9,
        beta2=0.999,
        eps=1e-8,
        L2=0.01,
        L2_is_weight_decay=True,
        grad_clip=1.0,
        use_averages=True,
    )


def batches(examples: Sequence[Example], tokens: int) -> Iterator[list[Example]]:
    """Examples in the given order, about ``tokens`` tokens at a time."""
    batch: list[Example] = []
    size = 0
    for one in examples:
        batch.append(one)
        size += len(one.reference)
        if size >= tokens:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def evaluate_syntax(nlp: Language, sentences: Sequence[Sentence], rng: random.Random) -> SyntaxScores:
    """Scores on gold words and gold sentences: each sentence a Doc, cut into clauses like any other."""
    golds = [example(nlp.vocab, [s], rng).reference for s in sentences]
    plains: list[Doc] = []
    for gold in golds:
        plain = Doc(nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
        for token, other in zip(plain, gold, strict=True):
            token.norm_ = other.norm_
            token.is_sent_start = token.i == 0
        plains.append(plain)
    counts = [0, 0, 0, 0, 0]
    known = analysed = 0
    for gold, doc in zip(golds, nlp.pipe(plains, batch_size=64), strict=True):
        for a, b in zip(gold, doc, strict=True):
            counts[0] += 1
            counts[1] += a.tag_ == b.tag_
            if a.tag_ != "X":
                analysed += 1
                known += a.tag_ == b.tag_
            counts[2] += str(a.morph) == str(b.morph)
            counts[3] += a.head.i == b.head.i
            counts[4] += a.head.i == b.head.i and a.dep_ == b.dep_
    total = max(1, counts[0])
    upos, feats, uas, las = (100 * n / total for n in counts[1:])
    return SyntaxScores(upos, 100 * known / max(1, analysed), feats, uas, las, counts[0])

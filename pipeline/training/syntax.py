"""Trains tags, features and trees of the fast engine."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Optimizer, fix_random_seed

from pipeline.engines.fast import SYNTAX
from pipeline.training.checkpoint import Checkpoint, Progress
from pipeline.training.conllu import Sentence
from pipeline.training.data import Treebanks, respell
from pipeline.training.docs import example, group
from pipeline.training.registry import Say

#: The stage of a training that this module does.
STAGE = "syntax"


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


def epoch_examples(nlp: Language, sentences: Sequence[Sentence], rng: random.Random) -> list[Example]:
    """The treebank once as it is and once in disorder: other spelling, marks left out, noise and line breaks."""
    found = [example(nlp.vocab, run, rng) for run in group(sentences, rng)]
    varied = [respell(s, rng) if rng.random() < 0.5 else s for s in sentences]
    found += [example(nlp.vocab, run, rng, disorder=0.5) for run in group(varied, rng)]
    rng.shuffle(found)
    return found


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


def train_syntax(
    nlp: Language,
    banks: Treebanks,
    *,
    minutes: float,
    epochs: int,
    seed: int,
    checkpoint: Checkpoint,
    done: Progress,
    say: Say = print,
) -> None:
    """Trains the parts of syntax in place.

    Args:
        nlp: a pipeline with the parts of :func:`pipeline.engines.fast.add_syntax`; other parts stay as they are.
        banks: what to train on.
        minutes: wall time after which the epoch that runs is the last.
        epochs: at most this many passes.
        seed: of the order and the disorder of the examples.
        checkpoint: written after every pass.
        done: how far the checkpoint that ``nlp`` comes from had come.
        say: receives one line of progress at a time.
    """
    fix_random_seed(seed)
    rng = random.Random(seed)
    optimizer = adam()
    others = [name for name in nlp.pipe_names if name not in SYNTAX]
    if done.epoch:
        checkpoint.restore(nlp, rng, optimizer)
    else:
        sample = epoch_examples(nlp, banks.trees, random.Random(seed))
        with nlp.select_pipes(enable=["tok2vec", "tagger", "morphologizer", "parser"]):
            nlp.initialize(lambda: sample)
    begin = time.monotonic() - 60 * done.minutes
    for epoch in range(done.epoch + 1, epochs + 1):
        losses: dict[str, float] = {}
        examples = epoch_examples(nlp, banks.trees, rng)
        for batch in batches(examples, min(1000, 300 + 60 * epoch)):
            nlp.update(batch, sgd=optimizer, drop=0.2, losses=losses, exclude=others)
        # spaCy steps the shared encoder a batch late; a checkpoint would lose what waits.
        nlp.get_pipe("tok2vec").finish_update(optimizer)  # type: ignore[attr-defined]
        spent = (time.monotonic() - begin) / 60
        shown = " ".join(f"{k} {v:.0f}" for k, v in sorted(losses.items()))
        say(f"syntax: epoch {epoch} of {epochs}, {spent:.1f} of {minutes:g} min, {shown}")
        last = epoch == epochs or spent >= minutes
        checkpoint.save(nlp, Progress(STAGE, epoch, spent), rng=rng, optimizer=optimizer)
        if epoch % 4 == 0 or last:
            with nlp.use_params(optimizer.averages), nlp.select_pipes(disable=others):
                say(f"syntax: PADT test {evaluate_syntax(nlp, banks.padt_test[:250], random.Random(1))}")
        if last:
            break
    # use_params gives the raw weights back; the averages are what is kept.
    _keep_averages(nlp, optimizer)


def _keep_averages(nlp: Language, optimizer: Optimizer) -> None:
    with nlp.use_params(optimizer.averages):
        content = nlp.to_bytes(exclude=["tokenizer", "vocab"])
    nlp.from_bytes(content, exclude=["tokenizer", "vocab"])

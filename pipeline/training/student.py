"""Trains all networks of the fast engine together, on rounds of gold and of what the teacher labelled."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from spacy.language import Language
from spacy.training import Example
from thinc.api import Optimizer, fix_random_seed

from pipeline.engines.components import SPACE_TAG
from pipeline.engines.fast import ENCODER, NAMES, SYNTAX
from pipeline.training.checkpoint import Checkpoint, Progress
from pipeline.training.data import respell
from pipeline.training.docs import example
from pipeline.training.registry import Say
from pipeline.training.silver import NEWS, TREES, Pile
from pipeline.training.syntax import adam, batches
from pipeline.training.teacher import Row, Sureness, learnable

#: The stage of a training that this module does.
STAGE = "rounds"
#: Tokens of a batch in the first round, what each round adds, and the most.
_FIRST, _MORE, _MOST = 400, 100, 1200
#: Share of the training in which the learning rate rises; it ends at the least share of the highest rate.
_WARM, _LEAST = 0.01, 0.03


def round_examples(
    nlp: Language, piles: Mapping[str, Pile], diet: Mapping[str, int], sure: Sureness, number: int, seed: int
) -> list[Example]:
    """What is read in a round, in disorder: the next words of each source, every other run spelt otherwise, with noise.

    Args:
        nlp: its vocabulary takes the strings.
        piles: sentences by source.
        diet: words of each source in a round.
        sure: what is learnt of the teacher.
        number: of the round, from 0.
        seed: of the training.
    """
    rng = random.Random(f"{seed} {number}")
    found: list[Example] = []
    for source, pile in piles.items():
        for run in _runs(pile.portion(diet[source], number), rng, alone=source not in (NEWS, TREES)):
            pairs = [learnable(row, sure) for row in run]
            varied = rng.random() < 0.5
            sentences = [respell(s, rng) if varied and rng.random() < 0.5 else s for s, _ in pairs]
            names = [labels for _, labels in pairs]
            found.append(example(nlp.vocab, sentences, rng, disorder=0.5 if varied else 0.0, names=names))
    rng.shuffle(found)
    return found


def _runs(rows: Iterator[Row], rng: random.Random, *, alone: bool) -> Iterator[list[Row]]:
    """Rows alone, or one to three neighbours of one source."""
    for _, same in groupby(rows, key=lambda row: row.source):
        run: list[Row] = []
        size = 1 if alone else rng.randint(1, 3)
        for row in same:
            run.append(row)
            if len(run) == size:
                yield run
                run, size = [], 1 if alone else rng.randint(1, 3)
        if run:
            yield run


def rate(done: float) -> float:
    """The learning rate as a share of the highest: up in the beginning, then down in a straight line.

    Args:
        done: share of the training that lies behind.
    """
    return min(1.0, (done + 0.001) / _WARM, max(_LEAST, 1.0 - done))


def train_student(
    nlp: Language,
    piles: Mapping[str, Pile],
    diet: Mapping[str, int],
    sure: Sureness,
    *,
    rounds: int,
    minutes: float,
    seed: int,
    drop: float,
    checkpoint: Checkpoint,
    done: Progress,
    look: Callable[[Language], str],
    every: int,
    say: Say = print,
) -> None:
    """Trains the networks in place.

    Args:
        nlp: a pipeline as :func:`pipeline.training.fast.build` makes it.
        piles: sentences by source.
        diet: words of each source in a round.
        sure: what is learnt of the teacher.
        rounds: how many; the learning rate falls towards the last.
        minutes: wall time after which the round that runs is the last.
        seed: of the order and the disorder of the examples.
        drop: share of the activations that are dropped.
        checkpoint: written after every round.
        done: how far the checkpoint that ``nlp`` comes from had come.
        look: scores of a pipeline in one line.
        every: rounds between two looks.
        say: receives one line of progress at a time.
    """
    fix_random_seed(seed)
    rng = random.Random(seed)
    optimizer = adam()
    parts = [name for name in nlp.pipe_names if name in (*SYNTAX, NAMES)]
    others = [name for name in nlp.pipe_names if name not in parts]
    if done.epoch:
        checkpoint.restore(nlp, rng, optimizer)
    else:
        _add_labels(nlp, piles)
        sample = round_examples(nlp, piles, diet, sure, 0, seed)
        with nlp.select_pipes(disable=others):
            nlp.initialize(lambda: sample)
    begin = time.monotonic() - 60 * done.minutes
    for number in range(done.epoch, rounds):
        losses: dict[str, float] = {}
        runs = list(
            batches(round_examples(nlp, piles, diet, sure, number, seed), min(_MOST, _FIRST + _MORE * number))
        )
        for k, batch in enumerate(runs):
            optimizer.learn_rate = adam().learn_rate * rate((number + k / len(runs)) / rounds)
            nlp.update(batch, sgd=optimizer, drop=drop, losses=losses, exclude=others)
        # spaCy steps the shared encoder a batch late; a checkpoint would lose what waits.
        nlp.get_pipe(ENCODER).finish_update(optimizer)  # type: ignore[attr-defined]
        spent = (time.monotonic() - begin) / 60
        shown = " ".join(f"{k} {v:.0f}" for k, v in sorted(losses.items()))
        say(f"round {number + 1} of {rounds}, {spent:.1f} min, {shown}")
        last = number + 1 == rounds or spent >= minutes
        checkpoint.save(nlp, Progress(STAGE, number + 1, spent), rng=rng, optimizer=optimizer)
        if (number + 1) % every == 0 or last:
            with nlp.use_params(optimizer.averages):
                say(f"round {number + 1}: {look(nlp)}")
        if last:
            break
    _keep_averages(nlp, optimizer)


def _add_labels(nlp: Language, piles: Mapping[str, Pile]) -> None:
    """Tells the taggers all their labels, of which a round may hold only some."""
    tags: set[str] = {"X", SPACE_TAG}
    feats: set[str] = set()
    for pile in piles.values():
        for line in pile.lines:
            row = Row.read(line)
            tags.update(row.tags)
            feats.update(row.feats)
    for name, labels in (("tagger", tags), ("morphologizer", feats)):
        for label in sorted(labels - {""}):
            nlp.get_pipe(name).add_label(label)  # type: ignore[attr-defined]


def _keep_averages(nlp: Language, optimizer: Optimizer) -> None:
    # use_params gives the raw weights back; the averages are what is kept.
    with nlp.use_params(optimizer.averages):
        content = nlp.to_bytes(exclude=["tokenizer", "vocab"])
    nlp.from_bytes(content, exclude=["tokenizer", "vocab"])


__all__ = ["STAGE", "round_examples", "train_student"]

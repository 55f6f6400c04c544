"""Trains, packs and measures the fast engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.vectors import Vectors
from spacy.vocab import Vocab

from pipeline.engines import fast
from pipeline.engines.components import SPACE_TAG
from pipeline.text.tokenizer import SegmenterLike, Tokenizer
from pipeline.training import names, syntax
from pipeline.training.checkpoint import Checkpoint, Progress
from pipeline.training.data import Treebanks, read_treebanks
from pipeline.training.lexicon import read_news
from pipeline.training.measure_engine import measure_engine, measure_light
from pipeline.training.name_corpora import read_names
from pipeline.training.registry import Job, Scores
from pipeline.training.vectors import cut_lines, train_vectors

NAME = "fast"


def train(job: Job) -> str:
    """Trains vectors, syntax, lemmas and names into ``fast``, with the tokeniser that ``job.out`` holds.

    Returns:
        How much it was trained.

    Raises:
        TrainingError: the checkpoint was begun with other settings.
    """
    config, say = job.config, job.say
    checkpoint = Checkpoint(job.work / "checkpoint", config)
    if not job.resume:
        checkpoint.remove()
    loaded = checkpoint.load()
    banks = read_treebanks(job.data)
    say(f"dropped: {banks.dropped or 'nothing'}; {len(banks.trees)} trees to train on")
    cutter = open_segmenter(job.out)
    if loaded is None:
        if job.resume:
            say(f"no checkpoint in {checkpoint.folder}: beginning")
        nlp, done = fast.blank(), Progress(syntax.STAGE)
        train_vectors(nlp, cut_lines(read_news(job.data), cutter), dimensions=config["dimensions"])
        say(f"vectors: {nlp.vocab.vectors.shape[0]} rows of {nlp.vocab.vectors.shape[1]}")
        build(nlp, width=config["width"], depth=config["depth"])
        checkpoint.save(nlp, done)
    else:
        nlp, done = loaded
        say(f"going on: {done.stage}, {done.epoch} epochs done in {done.minutes:.1f} min")
    limits = {"minutes": config["minutes"], "epochs": config["epochs"], "seed": config["seed"]}
    if done.stage == syntax.STAGE:
        syntax.train_syntax(nlp, banks, **limits, checkpoint=checkpoint, done=done, say=say)
        nlp.get_pipe(fast.LEMMAS).train(lemma_pairs(banks))  # type: ignore[attr-defined]
        done = Progress(names.STAGE)
        checkpoint.save(nlp, done)
    sentences, test = read_names(job.data, say)
    names.train_names(nlp, sentences, test, cutter, **limits, checkpoint=checkpoint, done=done, say=say)
    pack(nlp, job.out / NAME)
    shutil.rmtree(job.work, ignore_errors=True)
    return f"{config['minutes']:g} minutes (at most {config['epochs']} epochs) each for syntax and names"


def measure(job: Job) -> Scores:
    """Scores of the fast engine in ``job.out`` on the treebanks' and the names' test files, and its speed on news."""
    banks = read_treebanks(job.data)
    _, test = read_names(job.data, job.say)
    cut = names.tokenise(test, open_segmenter(job.out))
    nlp = fast.load(job.out)
    scores = measure_engine(nlp, banks, test, cut, job.data)
    return Scores(engines={NAME: scores | measure_light(nlp, job.out, job.data)})


def open_segmenter(out: Path) -> SegmenterLike:
    """The models of the default tokeniser in the folder of the models."""
    segmenter = Tokenizer(spacy.blank("ar").vocab).load(out / "tokenizer").segmenter
    assert segmenter is not None
    return segmenter


def build(nlp: Language, *, width: int = 96, depth: int = 4) -> Language:
    """Adds all parts, untrained, to a blank pipeline; its vectors, if it has any, are read by the networks."""
    vectors = nlp.vocab.vectors.size > 0
    fast.add_syntax(nlp, width=width, depth=depth, vectors=vectors)
    nlp.add_pipe(fast.LEMMAS)
    fast.add_names(nlp, width=width, depth=depth, vectors=vectors)
    return nlp


def lemma_pairs(banks: Treebanks) -> Iterable[tuple[str, str, str]]:
    """(form, tag, lemma) of every word with a tag and a lemma that may be trained on."""
    for sentence in banks.trees:
        for word in sentence.words:
            if word.upos:
                yield word.norm, word.upos, word.lemma


def pack(nlp: Language, folder: Path) -> None:
    """Writes the pipeline without its tokeniser, and with no more strings than its labels."""
    if folder.exists():
        shutil.rmtree(folder)
    nlp.meta.update(
        name=NAME, description="waqai, fast engine", license="non-commercial, see models/README.md"
    )
    nlp.to_disk(folder, exclude=["tokenizer", "vocab"])
    vocab = Vocab(vectors_name=nlp.vocab.vectors.name)
    # floret has no list of words, so the strings of the training stay behind.
    content = nlp.vocab.vectors.to_bytes(exclude=["strings"])
    vocab.vectors = Vectors(strings=vocab.strings).from_bytes(content, exclude=["strings"])
    for label in ("ROOT", "dep", "parataxis", SPACE_TAG, "SPACE", "X"):
        vocab.strings.add(label)
    for name in nlp.pipe_names:
        for label in getattr(nlp.get_pipe(name), "labels", ()):
            vocab.strings.add(str(label))
    vocab.to_disk(folder / "vocab")

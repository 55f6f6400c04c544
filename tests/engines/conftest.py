"""Tiny models of the official kinds, made once for all tests here."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_builders import make_camel, make_stanza

from pipeline import nlp
from pipeline.engines.camel import open_recogniser
from pipeline.engines.stanza import open_stanza


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of fetched models: ``stanza`` and ``camel``."""
    folder = tmp_path_factory.mktemp("fetched")
    make_stanza(folder / "stanza")
    make_camel(folder / "camel")
    return folder


@pytest.fixture
def fetched(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, and the program looks there and nowhere else."""
    monkeypatch.setenv("WAQAI_FETCHED", str(tiny))
    alone(tiny, monkeypatch)
    return tiny


@pytest.fixture
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No fetched models anywhere; the folder where they would be put."""
    monkeypatch.setenv("WAQAI_FETCHED", str(tmp_path / "fetched"))
    alone(tmp_path, monkeypatch)
    return tmp_path / "fetched"


def alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries' own folders are empty ones, whatever this machine has; nothing is remembered from other tests."""
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(folder / "no-stanza"))
    monkeypatch.setenv("CAMELTOOLS_DATA", str(folder / "no-camel"))
    for remembered in (nlp.load, open_stanza, open_recogniser):
        remembered.cache_clear()

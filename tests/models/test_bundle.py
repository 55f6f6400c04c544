"""Where models are looked for, and what is said about models that are missing or damaged."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from pipeline import nlp
from pipeline.engines.bundle import ModelError, models_dir, models_hash, read_manifest, verify


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one small file and its manifest, named by the environment."""
    (tmp_path / "part").mkdir()
    (tmp_path / "part/weights").write_bytes(b"abc")
    sha = hashlib.sha256(b"abc").hexdigest()
    (tmp_path / "MANIFEST.toml").write_text(
        f'[[files]]\npath = "part/weights"\nsha256 = "{sha}"\n', encoding="utf-8"
    )
    monkeypatch.setenv("WAQAI_MODELS", str(tmp_path))
    verify.cache_clear()
    return tmp_path


def test_the_environment_names_the_folder(folder: Path) -> None:
    assert models_dir() == folder
    verify(folder)
    assert models_hash() == hashlib.sha256((folder / "MANIFEST.toml").read_bytes()).hexdigest()[:12]


def test_a_damaged_file_is_named(folder: Path) -> None:
    (folder / "part/weights").write_bytes(b"abd")
    with pytest.raises(ModelError, match=r"part/weights is damaged"):
        verify(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "part/weights").unlink()
    with pytest.raises(ModelError, match=r"part/weights is missing"):
        verify(folder)


def test_a_folder_without_manifest_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_MODELS", str(tmp_path / "nothing"))
    with pytest.raises(ModelError, match=r"WAQAI_MODELS names .*nothing"):
        models_dir()


def test_a_manifest_that_is_no_toml_is_refused(folder: Path) -> None:
    (folder / "MANIFEST.toml").write_text("files = [", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        read_manifest(folder)


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="no engine is called 'slow'; there are: fast, accurate"):
        nlp.load("slow")


def test_load_reports_a_damaged_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAQAI_MODELS", raising=False)
    copy = tmp_path / "models"
    shutil.copytree(models_dir(), copy)
    path = copy / read_manifest(copy)["files"][0]["path"]
    path.write_bytes(path.read_bytes()[:-1])
    monkeypatch.setenv("WAQAI_MODELS", str(copy))
    nlp.load.cache_clear()
    try:
        with pytest.raises(ModelError, match="damaged"):
            nlp.load()
    finally:
        nlp.load.cache_clear()


def test_the_bundled_models_are_whole_and_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAQAI_MODELS", raising=False)
    folder = models_dir()
    verify.cache_clear()
    verify(folder)
    listed = {f["path"]: f["bytes"] for f in read_manifest(folder)["files"]}
    for part in ("accurate", "fast", "tokenizer"):
        on_disk = {p.relative_to(folder).as_posix() for p in (folder / part).rglob("*") if p.is_file()}
        assert on_disk == {path for path in listed if path.startswith(part + "/")}
    assert sum(listed.values()) < 60e6

"""An installed wheel, in another folder, without the repository: the package, its data and its models are all there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from pipeline import __version__

ROOT = Path(__file__).resolve().parent.parent.parent

ARTICLES = {
    "one.txt": "أعلنت وزارة الداخلية اليوم أن الشرطة اعتقلت خمسة مشتبه بهم في مدينة عدن يوم 3 مايو 2023.",
    "two.txt": "قُتل ثلاثة جنود في هجوم شنه مسلحون على حاجز أمني قرب مدينة كركوك مساء الأحد 12 فبراير 2023.",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network by the build backend that the set-up installed."""
    folder = tmp_path_factory.mktemp("wheel")
    _run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
          "--wheel-dir", str(folder), str(ROOT)], cwd=folder)  # fmt: skip
    wheels = list(folder.glob("*.whl"))
    assert [w.name for w in wheels] == [f"waqai-{__version__}-py3-none-any.whl"]
    return wheels[0]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel in it, and nothing else."""
    target = tmp_path_factory.mktemp("installed")
    _run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
          "--target", str(target), str(wheel)], cwd=target)  # fmt: skip
    return target


def test_the_wheel_carries_the_package_its_data_and_its_models(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    code = {p.relative_to(ROOT).as_posix() for p in (ROOT / "pipeline").rglob("*") if _ships(p)}
    models = {
        f"pipeline/_models/{p.relative_to(ROOT / 'models').as_posix()}"
        for p in (ROOT / "models").rglob("*")
        if _ships(p)
    }
    assert names == code | models | {n for n in names if ".dist-info/" in n}
    assert any(n.endswith(".yaml") for n in code)
    assert any(n.endswith(".tsv") for n in code)
    assert {n.rpartition("/")[2] for n in names if "/licenses/" in n} == {"LICENSE", "NOTICE"}


def _ships(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and path.suffix not in (".pyc", ".pyo")


def test_the_installed_command_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert _waqai(installed, tmp_path, "--version").strip() == f"waqai {__version__}"
    assert (installed / "bin" / "waqai").exists()


def test_nothing_comes_from_the_repository(installed: Path, tmp_path: Path) -> None:
    code = "import pipeline, sys; print(pipeline.__file__); print(*sys.path, sep='\\n')"
    lines = _python(installed, tmp_path, "-c", code).splitlines()
    assert Path(lines[0]).is_relative_to(installed)
    assert str(ROOT) not in lines[1:]


def test_the_installed_command_runs_two_articles(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "مقالات two"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    _waqai(installed, tmp_path, "run", str(folder), "--out", "out")
    records = [
        json.loads(line) for line in (tmp_path / "out" / "events.jsonl").read_text("utf-8").splitlines()
    ]
    modes = {(r["article"]["id"], r["mode"]) for r in records}
    assert {("one.txt", "arrest"), ("two.txt", "kill")} <= modes
    for record in records:
        trigger = record["trigger"]
        assert ARTICLES[record["article"]["id"]][trigger["start"] : trigger["end"]] == trigger["text"]


def _waqai(installed: Path, cwd: Path, *arguments: str) -> str:
    return _python(installed, cwd, "-m", "pipeline", *arguments)


def _python(installed: Path, cwd: Path, *arguments: str) -> str:
    # -S: the .pth file of the editable install, which names the repository, is not read.
    paths = [str(installed), *dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))]
    env = {k: v for k, v in os.environ.items() if not k.startswith(("WAQAI_", "PYTHON"))}
    return _run([sys.executable, "-S", *arguments], cwd=cwd, env=env | {"PYTHONPATH": os.pathsep.join(paths)})


def _run(command: list[str], *, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def test_spacy_finds_the_language_without_an_import_of_ours(installed: Path, tmp_path: Path) -> None:
    code = (
        "import sys, spacy\n"
        "nlp = spacy.blank('ar_news')\n"
        "print([t.text for t in nlp('وللمدينة القديمة')])\n"
        "nlp = spacy.load(sys.argv[1])\n"
        "nlp.add_pipe('waqai_events')\n"
        "doc = nlp('سيطرت قوات المعارضة على مدينة حماة.')\n"
        "print([event.mode for event in doc._.events])\n"
    )
    saved = tmp_path / "saved"
    _python(installed, tmp_path, "-c", f"import pipeline; pipeline.load().to_disk({str(saved)!r})")
    lines = _python(installed, tmp_path, "-c", code, str(saved)).splitlines()
    assert lines == ["['و', 'ل', 'لمدينة', 'القديمة']", "['seize-territory']"]


def test_the_schemas_are_installed(installed: Path, tmp_path: Path) -> None:
    printed = _waqai(installed, tmp_path, "schema", "event-record")
    assert json.loads(printed)["$id"].startswith("urn:waqai:event-record:")

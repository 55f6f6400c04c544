"""What the command line can do without doing anything: help, version, a run with nothing to do; all of it quickly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from run_builders import QUIET, write
from typer.testing import CliRunner

import pipeline.commands
from pipeline import __version__
from pipeline.cli import app, command_names


def python(code: str, root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *code.split()], cwd=root, capture_output=True, text=True, timeout=120, check=False
    )


def test_every_command_is_a_module_with_a_function_of_its_name() -> None:
    names = command_names()
    assert "run" in names
    folder = Path(pipeline.commands.__path__[0])
    assert {name.replace("-", "_") for name in names} == {p.stem for p in folder.glob("[!_]*.py")}
    for name in names:
        done = CliRunner().invoke(app, [name, "--help"])
        assert done.exit_code == 0, done.output
        assert f"Usage: waqai {name}" in done.stdout or f" {name} " in done.stdout


def test_help_is_quick_and_imports_nothing_heavy(root: Path) -> None:
    python("-m pipeline --help", root)
    began = time.monotonic()
    done = python("-X importtime -m pipeline --help", root)
    took = time.monotonic() - began
    assert done.returncode == 0
    assert "run" in done.stdout
    imported = {line.split("|")[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert "typer" in imported
    assert imported.isdisjoint(
        {"torch", "stanza", "spacy", "pandas", "pyarrow", "trafilatura", "numpy", "camel_tools"}
    )
    assert took < 2.0, "a second on a machine that does nothing else"


def test_version(root: Path) -> None:
    done = python("-m pipeline --version", root)
    assert (done.returncode, done.stdout) == (0, f"waqai {__version__}\n")


SECOND = """
import json, sys, time
from run_builders import Finder
from pipeline.run import run
from pipeline.runs import versions
versions.code_hash = lambda: "pinned"  # somebody may be editing the program while the tests run
began = time.monotonic()
summary = run([sys.argv[1]], sys.argv[2], extractor=Finder(), progress=False)
heavy = {"torch", "stanza", "spacy", "pandas", "pyarrow", "numpy", "trafilatura", "camel_tools"} & set(sys.modules)
print(json.dumps([summary.nothing_to_do, sorted(heavy), time.monotonic() - began]))
"""


def test_nothing_to_do_is_quick_and_imports_nothing_heavy(root: Path, tmp_path: Path) -> None:
    corpus = write(tmp_path / "in", {f"{i % 50:02}/{i:05}.txt": f"{QUIET} {i}" for i in range(3000)})
    for path in corpus.rglob("*.txt"):
        # Files written in the last moments are read again to be safe; those of a dump are older.
        os.utime(path, (1_700_000_000, 1_700_000_000))
    done = []
    for _ in range(2):
        process = subprocess.run(
            [sys.executable, "-c", SECOND, str(corpus), str(tmp_path / "out")],
            env={"PYTHONPATH": f"{root}:{root / 'tests'}", "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        done.append(json.loads(process.stdout))
    assert [d[0] for d in done] == [False, True]
    assert done[1][1] == []
    assert done[1][2] < 1.0

"""The Makefile and the README promise only what is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.cli import command_names
from pipeline.evaluate import read_gold

ROOT = Path(__file__).resolve().parent.parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def _make(*arguments: str, cwd: Path) -> str:
    env = {
        k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CORPUS", "OUT")
    }
    done = subprocess.run(
        ["make", *arguments], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_make
def test_help_lists_every_target() -> None:
    targets = next(line for line in MAKEFILE.splitlines() if line.startswith(".PHONY:")).split()[1:]
    listed = re.findall(r"^  make ([a-z-]+) +\S", _make("help", cwd=ROOT), re.M)
    assert sorted(listed) == sorted(targets)


def test_eval_names_gold_that_can_be_read() -> None:
    """Other JSON lines beside the gold, such as the challenges, are no gold: `make eval` names each file."""
    named = re.findall(r"waqai evaluate (tests/\S+)", MAKEFILE)
    assert named == ["tests/gold/dev.jsonl", "tests/gold/blind.jsonl"]
    assert all(read_gold(ROOT / path) for path in named)


def _stand_in(folder: Path) -> None:
    """A folder with the Makefile, where a command that tells its arguments stands in for the set-up environment."""
    (folder / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    (folder / "pyproject.toml").touch()
    (folder / "requirements.lock").touch()
    command = folder / ".venv" / "bin" / "waqai"
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\nfor a in "$@"; do echo "<$a>"; done\n', encoding="utf-8")
    command.chmod(0o755)
    (folder / ".venv" / "set-up").touch()


@needs_make
def test_paths_may_hold_spaces_and_quotes(tmp_path: Path) -> None:
    _stand_in(tmp_path)
    assert _make(cwd=tmp_path).split() == ["<run>", "<corpus>", "<--out>", "<outputs>"]
    told = _make("CORPUS=/a b/it's", 'OUT=the "out"', "PUBLISHED=2024-12-08", cwd=tmp_path).splitlines()
    assert told == ["<run>", "</a b/it's>", "<--out>", '<the "out">', "<--published>", "<2024-12-08>"]


@needs_make
def test_review_runs_and_then_reviews(tmp_path: Path) -> None:
    _stand_in(tmp_path)
    told = _make("review", "OUT=the out", "ANNOTATOR=o'neil", "REVIEW_ARGS=--blind --port 0", cwd=tmp_path)
    assert told.splitlines() == [
        *("<run>", "<corpus>", "<--out>", "<the out>"),
        *("<review>", "<the out>", "<--annotator>", "<o'neil>", "<--blind>", "<--port>", "<0>"),
    ]


@needs_make
def test_clean_leaves_the_decisions_of_annotators(tmp_path: Path) -> None:
    _stand_in(tmp_path)
    for name in (
        ".gitkeep",
        "events.jsonl",
        "decisions.jsonl",
        "old/decisions.jsonl.torn",
        "old/.waqai/x",
        "gone/y",
    ):
        path = tmp_path / "outputs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for name in ("pipeline", "tests"):
        (tmp_path / name).mkdir()
    _make("clean", cwd=tmp_path)
    left = sorted(p.relative_to(tmp_path / "outputs").as_posix() for p in (tmp_path / "outputs").rglob("*"))
    assert left == [".gitkeep", "decisions.jsonl", "old", "old/decisions.jsonl.torn"]


def test_ci_runs_what_the_readme_tells() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "exec make test"
    assert "\nmake test     #" in README


@pytest.mark.parametrize("name", ["Makefile", "README.md"])
def test_only_commands_that_exist_are_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`|/)waqai ([a-z][a-z-]*)", text, re.M))
    assert named
    assert named - set(command_names()) == set()

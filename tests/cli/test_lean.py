"""The default path knows no torch; thinc is told that there is none, and nobody else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = """
import json, sys
from pipeline import cli
program = cli.app
def app(**options):
    from pipeline import checks  # only now: what is tested is that main() keeps torch out
    every = checks.cases
    checks.cases = lambda: every()[::40]  # the examples take their time, and one is like the other here
    program(**options)
cli.app = app
sys.argv = ["waqai", *json.loads(sys.argv[1])]
status = None
try:
    cli.main()
except SystemExit as done:
    status = done.code
heavy = sorted({"torch", "stanza", "transformers"} & set(sys.modules))
left = [type(finder).__module__ for finder in sys.meta_path if type(finder).__module__.startswith("pipeline")]
import torch
import thinc.compat
print(json.dumps([status or 0, heavy, left, float(torch.ones(2).sum()), thinc.compat.has_torch]))
"""


def run(root: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=True,
    )


@pytest.mark.parametrize("command", ["check", "run", "accurate"])
def test_no_torch_on_the_default_path(root: Path, tmp_path: Path, command: str) -> None:
    article = tmp_path / "a.txt"
    article.write_text("اعتقلت الشرطة خمسة مشتبه بهم في مدينة عدن وسيارتهم.", encoding="utf-8")
    arguments = ["check"] if command == "check" else ["run", str(article), "--out", str(tmp_path / "out")]
    if command == "accurate":
        arguments += ["--engine", "accurate"]
    done = run(root, MAIN, json.dumps(arguments))
    assert json.loads(done.stdout.splitlines()[-1]) == [0, [], [], 2.0, False]
    if command != "check":
        assert "arrest" in (tmp_path / "out" / "events.jsonl").read_text(encoding="utf-8")


def test_thinc_keeps_torch_for_those_who_have_it(root: Path) -> None:
    code = (
        "import torch\n"
        "from pipeline.engines.lean import thinc_without_torch\n"
        "thinc_without_torch()\n"
        "import thinc.compat\n"
        "print(thinc.compat.has_torch)\n"
    )
    assert run(root, code).stdout.split() == ["True"]
    # Without the guard nothing is changed: the library leaves thinc alone.
    library = "import pipeline.nlp, thinc.compat\nprint(thinc.compat.has_torch)\n"
    assert run(root, library).stdout.split() == ["True"]


def test_the_module_has_its_own_loader_again(root: Path) -> None:
    code = (
        "import sys\n"
        "from pipeline.engines.lean import thinc_without_torch\n"
        "thinc_without_torch()\n"
        "thinc_without_torch()\n"
        "print(sum(type(f).__name__ == '_Finder' for f in sys.meta_path))\n"
        "import thinc.compat\n"
        "print(type(thinc.compat.__spec__.loader).__name__, type(thinc.compat.__loader__).__name__)\n"
        "print('torch' in sys.modules, thinc.compat.has_torch)\n"
    )
    assert run(root, code).stdout.split() == ["1", *["SourceFileLoader"] * 2, "False", "False"]


def test_the_fork_server_of_the_workers_has_no_torch(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_WARM_ENGINE", "fast")
    code = "import sys, pipeline.runs.warm\nprint('spacy' in sys.modules, 'torch' in sys.modules)\n"
    assert run(root, code).stdout.split() == ["True", "False"]

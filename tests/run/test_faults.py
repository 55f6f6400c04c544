"""Crashes, kills, full disks, folders that cannot be used: complete files or none, and nothing done twice."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from run_builders import (
    CAPTURE,
    SHELLING,
    Finder,
    age,
    contents,
    dump,
    go,
    json_lines,
    scratch,
    write,
)

from pipeline.articles import Article
from pipeline.run import OutputError, run
from pipeline.runs.files import OutputFolder
from pipeline.runs.versions import code_hash


def test_a_crash_in_one_article_is_a_reject(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    summary = go(corpus, out, Finder(crash_on="واسع"))
    assert (summary.exit_code, summary.articles, summary.processed) == (0, 7, 8)
    crash = next(r for r in json_lines(out / "rejects.jsonl") if r["kind"] == "crash")
    assert crash["id"] == "b/2024-12-05.txt"
    assert crash["where"] == str(corpus / "b" / "2024-12-05.txt")
    assert crash["detail"] == "RuntimeError: cannot bear واسع at all"
    assert [a["id"] for a in json_lines(out / "articles.jsonl")] == ["a.txt", "0", "1", "2", "3", "4", "9"]
    (line,) = [x for x in capsys.readouterr().err.splitlines() if "cannot bear" in x]
    assert line.startswith(f"waqai: reject: {crash['where']}: the extraction failed")
    # It is not tried again unless that is asked for.
    assert go(corpus, out, Finder()).nothing_to_do
    finder = Finder()
    assert go(corpus, out, finder, resume=True).articles == 8
    assert finder.seen == ["b/2024-12-05.txt"]
    assert contents(out) == scratch(corpus, tmp_path / "again")


def test_only_crashes_is_nothing_read(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", {"a.txt": SHELLING})
    summary = go(corpus, tmp_path / "out", Finder(crash_on="قصف"))
    assert summary.exit_code == 1
    assert [r["kind"] for r in json_lines(tmp_path / "out" / "rejects.jsonl")] == ["crash"]


class Interrupted(Finder):
    """Stops the run at the third article, as Ctrl-C does."""

    def __call__(self, article: Article) -> Any:
        if len(self.seen) == 3:
            raise KeyboardInterrupt
        return super().__call__(article)


def test_an_interrupted_run_leaves_no_outputs_and_is_gone_on_with(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        go(corpus, out, Interrupted())
    assert [p.name for p in out.iterdir()] == [".waqai"]
    finder = Finder()
    go(corpus, out, finder)
    assert len(finder.seen) == 5
    assert contents(out) == scratch(corpus, tmp_path / "again")


KILLED = """
import sys, time
from run_builders import Finder
from pipeline.run import run
from pipeline.runs import versions

versions.code_hash = lambda: sys.argv[3]  # somebody may be editing the program while the tests run

class Slow(Finder):
    def __call__(self, article):
        print(article.id, flush=True)
        time.sleep(0.02)
        return super().__call__(article)

run([sys.argv[1]], sys.argv[2], extractor=Slow(), progress=False)
"""


def test_killed_runs_lose_the_article_in_flight_only(root: Path, tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", {f"{i:03}.txt": f"{SHELLING} {i} {CAPTURE}" for i in range(60)})
    age(corpus)
    out = tmp_path / "out"
    begun: list[str] = []
    for stop in (5, 20, 1, 12):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(corpus), str(out), code_hash()],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"},
        )
        assert process.stdout is not None
        for _ in range(stop):
            begun.append(process.stdout.readline().strip())
        process.send_signal(signal.SIGKILL)
        begun += process.stdout.read().split()
        process.stdout.close()
        process.wait()
    assert not (out / "events.jsonl").exists()
    finder = Finder()
    go(corpus, out, finder)
    # At most one article was begun twice for every time that the program was killed.
    assert len(begun) + len(finder.seen) <= 60 + 4
    assert contents(out) == scratch(corpus, tmp_path / "again")


@pytest.mark.parametrize(
    "step", ["files.OutputFolder.publish", "writing.ParquetWriter.close", "run.write_manifest"]
)
def test_a_disk_that_fills_up_leaves_complete_files(
    step: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    before = contents(out)
    (corpus / "a.txt").write_text(CAPTURE, encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(f"pipeline.runs.{step}".replace("runs.writing", "export.tables"), full)
        with pytest.raises(OutputError, match="No space left on device; what is done is kept"):
            go(corpus, out)
    assert contents(out) == before
    finder = Finder()
    go(corpus, out, finder)
    assert finder.seen == []
    assert contents(out) == scratch(corpus, tmp_path / "again")
    assert {g["article"] for g in json_lines(out / "tombstones.jsonl")} == {"a.txt"}


def test_nothing_read_leaves_earlier_results_alone(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    before = contents(out)
    corpus.rename(tmp_path / "elsewhere")
    summary = go(corpus, out)
    assert (summary.exit_code, summary.kept) == (1, True)
    assert [r["kind"] for r in json_lines(out / "rejects.jsonl")] == ["missing"]
    assert {k: v for k, v in contents(out).items() if k != "rejects.jsonl"} == {
        k: v for k, v in before.items() if k != "rejects.jsonl"
    }
    (tmp_path / "elsewhere").rename(corpus)
    finder = Finder()
    assert go(corpus, out, finder).exit_code == 0
    assert (finder.seen, contents(out)) == ([], before)


def test_two_runs_do_not_share_a_folder(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ledger, _ = OutputFolder(out, [corpus]).open_ledger()
    with ledger, pytest.raises(OutputError, match="another run is at work"):
        go(corpus, out)
    assert go(corpus, out).exit_code == 0


@pytest.mark.parametrize(
    "damage", [b"this is no database, whatever it is called" * 100, b""], ids=["foreign", "empty"]
)
def test_a_damaged_ledger_is_begun_anew(damage: bytes, corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    before = contents(out)
    (out / ".waqai" / "ledger.sqlite").write_bytes(damage)
    assert go(corpus, out).processed == 8
    assert contents(out) == before


@pytest.mark.parametrize(
    "case", ["a file", "below a file", "input", "foreign file", "named output", "a folder in the way"]
)
def test_folders_that_cannot_be_used(case: str, corpus: Path, tmp_path: Path) -> None:
    inputs: list[Path] = [corpus]
    out = tmp_path / "out"
    if case == "a file":
        out.write_text("x")
    elif case == "below a file":
        (tmp_path / "file").write_text("x")
        out = tmp_path / "file" / "out"
    elif case == "input":
        out = corpus / ".." / "corpus"
    elif case == "foreign file":
        write(out, {"articles.jsonl": dump([{"text": SHELLING}])})
    elif case == "named output":
        go(corpus, out)
        inputs = [out / "articles.jsonl"]
    else:
        (out / "events.jsonl").mkdir(parents=True)
        write(out, {"manifest.json": json.dumps({"schema_version": "1-0-0"})})
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and ".waqai" not in p.parts}
    finder = Finder()
    with pytest.raises(OutputError) as refused:
        run(inputs, out, extractor=finder, progress=False)
    assert "\n" not in str(refused.value)
    assert finder.seen == []
    assert {
        p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and ".waqai" not in p.parts
    } == before

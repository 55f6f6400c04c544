"""The command line: exit status, lines on stderr, lines in rejects.jsonl, and what is not imported."""

from __future__ import annotations

import gzip
import importlib
from pathlib import Path
from typing import Any

import pytest
from run_builders import CAPTURE, QUIET, SHELLING, Finder, dump, json_lines, write
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.run import Bounds, Cluster, ClusterError

# The module; the name «extract» of the package is a function.
EXTRACT = importlib.import_module("pipeline.extraction")


@pytest.fixture
def finder(monkeypatch: pytest.MonkeyPatch) -> Finder:
    """The command line with an extractor that needs no models."""
    found = Finder()
    monkeypatch.setattr(EXTRACT, "current_versions", lambda _engine: found.versions)
    monkeypatch.setattr(EXTRACT, "load_extractor", lambda _engine: found)
    return found


def invoke(*arguments: str | Path) -> Result:
    # Other processes would not know the finder.
    here = ["--workers", "0"] if arguments[0] == "run" else []
    return CliRunner().invoke(app, [*(str(a) for a in arguments), *here])


BAD: dict[str, tuple[str | None, str | bytes, str, str]] = {
    # what: (file, content, kind, what the line on stderr says)
    "missing path": (None, "", "missing", "there is no such file or folder"),
    "empty folder": ("", "", "empty_folder", "no article files in the folder"),
    "empty file": ("a.txt", "", "empty", "the file is empty"),
    "binary file": ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary", "a binary file"),
    "broken UTF-8": (
        "a.txt",
        SHELLING.encode()[:-1] + b"\xff",
        "encoding",
        "broken UTF-8 (byte 0xff at offset",
    ),
    "malformed line": ("a.jsonl", '{"text": \n', "json", ":1: malformed JSON"),
    "record without text": ("a.jsonl", '{"id": "7"}\n', "no_text", ":1: a record without text"),
    "no Arabic": ("a.txt", "Only English here.", "not_arabic", "no Arabic in the text"),
    "cut gzip": ("a.txt.gz", gzip.compress(SHELLING.encode())[:-4], "gzip", "truncated or corrupt"),
    "bomb": ("a.txt.gz", gzip.compress(bytes(20_000_000)), "too_large", "times its size"),
}


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "beside a good one"])
@pytest.mark.parametrize("what", BAD)
def test_bad_input(what: str, alone: bool, finder: Finder, tmp_path: Path) -> None:
    name, content, kind, message = BAD[what]
    if name is None:
        where = path = tmp_path / "gone"
    elif name == "":
        where = path = tmp_path / "empty"
        path.mkdir()
    else:
        where = path = write(tmp_path / "in", {name: content}) / name
    inputs = [path] if alone else [path, write(tmp_path / "good", {"g.txt": SHELLING}) / "g.txt"]
    done = invoke("run", *inputs, "--out", tmp_path / "out")
    assert done.exit_code == (1 if alone else 0), done.output
    lines = [line for line in done.stderr.splitlines() if line.startswith("waqai: reject:")]
    assert len(lines) == 1
    assert str(where) in lines[0]
    assert message in lines[0]
    rejects = json_lines(tmp_path / "out" / "rejects.jsonl")
    assert [(r["where"], r["kind"]) for r in rejects] == [(str(where), kind)]
    assert len(json_lines(tmp_path / "out" / "events.jsonl")) == (0 if alone else 2)
    if alone:
        assert "nothing could be read" in done.stderr


def test_one_bad_line_among_good_ones(finder: Finder, tmp_path: Path) -> None:
    good = dump(
        [
            {"id": "1", "text": SHELLING},
            {"id": "1", "text": CAPTURE},
            {"id": "2", "text": QUIET, "date": "soon"},
        ]
    )
    write(tmp_path, {"a.jsonl": f"{{oops\n{good}"})
    done = invoke("run", tmp_path / "a.jsonl", "-o", tmp_path / "out")
    assert done.exit_code == 0
    where = tmp_path / "a.jsonl"
    assert [x for x in done.stderr.splitlines() if "reject" in x] == [
        f"waqai: reject: {where}:1: malformed JSON (Expecting property name enclosed in double quotes at column 2)",
        f"waqai: reject: {where}:3: an earlier article has this id (first in {where}:2)",
        f"waqai: reject: {where}:4: published is no date (soon)",
    ]
    assert [r["kind"] for r in json_lines(tmp_path / "out" / "rejects.jsonl")] == [
        "json",
        "duplicate",
        "field",
    ]
    assert [a["id"] for a in json_lines(tmp_path / "out" / "articles.jsonl")] == ["1", "2"]


def test_what_is_mended_is_noted(finder: Finder, tmp_path: Path) -> None:
    write(tmp_path / "in", {"old.txt": SHELLING.encode("cp1256"), "nul.txt": f"{QUIET}\0"})
    done = invoke("run", tmp_path / "in", "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert f"waqai: note: {tmp_path / 'in' / 'old.txt'}: decoded as windows-1256" in done.stderr
    assert f"waqai: note: {tmp_path / 'in' / 'nul.txt'}: 1 NUL replaced by U+FFFD" in done.stderr
    assert json_lines(tmp_path / "out" / "rejects.jsonl") == []
    assert [a["text"] for a in json_lines(tmp_path / "out" / "articles.jsonl")] == [
        f"{QUIET}\ufffd",
        SHELLING,
    ]


def test_an_output_folder_that_cannot_be_written_ends_before_any_work(finder: Finder, tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": SHELLING, "file": "x"})
    done = invoke("run", tmp_path / "a.txt", tmp_path / "gone", "--out", tmp_path / "file" / "out")
    assert done.exit_code == 2
    assert (
        done.stderr
        == f"waqai: error: {tmp_path / 'file' / 'out'}: the output folder cannot be written: Not a directory\n"
    )
    assert finder.seen == []


def test_many_rejects_of_one_kind_are_counted(finder: Finder, tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": "{\n" * 500 + dump([{"id": "1", "text": SHELLING}])})
    done = invoke("run", tmp_path / "a.jsonl", "--out", tmp_path / "out")
    assert sum("malformed" in line for line in done.stderr.splitlines()) == 20
    assert "waqai: json reject: 480 more like it (rejects are all in rejects.jsonl)" in done.stderr
    assert len(json_lines(tmp_path / "out" / "rejects.jsonl")) == 500


def test_nothing_in_a_name_reaches_the_terminal_raw(finder: Finder, tmp_path: Path) -> None:
    name = "a\x1b[2J\nb.txt"
    write(tmp_path / "in", {name: "english", "c.txt": QUIET})
    done = invoke("run", tmp_path / "in", "--out", tmp_path / "out")
    (line,) = [x for x in done.stderr.splitlines() if "reject" in x]
    assert "a\\x1b[2J\\nb.txt" in line
    assert json_lines(tmp_path / "out" / "rejects.jsonl")[0]["where"] == str(tmp_path / "in" / name)


def test_the_summary_and_the_second_run(finder: Finder, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(tmp_path / "in", {"a.txt": SHELLING, "b.txt": CAPTURE, "c.txt": "english"})
    done = invoke("run", tmp_path / "in", "--out", out)
    assert done.exit_code == 0
    table = [line.split("│")[1:-1] for line in done.stdout.splitlines() if line.startswith("│")]
    assert [[cell.strip() for cell in row] for row in table] == [
        ["2", "2", "0", "0", "0", "1", "2"],
        ["fight", "4", "assault 3, seize 1"],
    ]
    assert str(out / "events.jsonl") in done.stdout
    again = invoke("run", tmp_path / "in", "--out", out)
    assert again.exit_code == 0
    assert again.stdout == f"nothing to do: 2 articles and 4 events are up to date in {out}, 1 rejected\n"
    assert finder.seen == ["a.txt", "b.txt"]
    quiet = invoke("run", tmp_path / "in", "--out", out, "--quiet", "--fresh")
    assert quiet.stdout == ""
    assert "reject" in quiet.stderr
    assert len(finder.seen) == 4


def test_the_default_date(finder: Finder, tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": SHELLING})
    done = invoke("run", tmp_path / "a.txt", "--out", tmp_path / "out", "--published", "٥ ديسمبر ٢٠٢٤")
    assert done.exit_code == 0
    assert json_lines(tmp_path / "out" / "articles.jsonl")[0]["published"] == "2024-12-05"
    wrong = invoke("run", tmp_path / "a.txt", "--out", tmp_path / "other", "--published", "soon")
    assert (wrong.exit_code, wrong.stderr) == (2, "waqai: error: 'soon' is no date; write it as 2024-12-05\n")


def test_limits_are_options(finder: Finder, tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": f"{SHELLING} " * 20_000, "b.txt": QUIET})
    done = invoke(
        "run", tmp_path / "a.txt", tmp_path / "b.txt", "--out", tmp_path / "out", "--max-article-mb", "1"
    )
    assert done.exit_code == 0
    assert [r["kind"] for r in json_lines(tmp_path / "out" / "rejects.jsonl")] == ["too_large"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["run", "x"],
        ["run", "x", "--out", "y", "--fresh", "--resume"],
        ["nothing"],
        ["run", "x", "--nothing"],
    ],
)
def test_wrong_usage(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = invoke(*arguments)
    assert done.exit_code == 2
    assert done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_run_says_how_to_go_on(
    finder: Finder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_self: Finder, _article: object) -> list[object]:
        raise KeyboardInterrupt

    write(tmp_path, {"a.txt": SHELLING})
    with monkeypatch.context() as patch:
        patch.setattr(Finder, "__call__", interrupt)
        done = invoke("run", tmp_path / "a.txt", "--out", tmp_path / "out", "--quiet")
    assert (done.exit_code, done.stdout) == (130, "")
    assert done.stderr == "waqai: interrupted; what is done is kept, the same command goes on from there\n"
    assert invoke("run", tmp_path / "a.txt", "--out", tmp_path / "out").exit_code == 0


def test_an_unknown_engine(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": SHELLING})
    done = invoke("run", tmp_path / "a.txt", "--out", tmp_path / "out", "--engine", "steam")
    assert done.exit_code == 2
    assert done.stderr.startswith("waqai: error: no engine is called 'steam'; there are: fast,")
    assert not (tmp_path / "out").exists()


def test_where_the_work_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def fake(inputs: Any, out: Any, **options: Any) -> Any:
        given.update(options)
        raise ClusterError("tcp://127.0.0.1:1: no Dask scheduler there that can be used: refused")

    monkeypatch.setattr("pipeline.run.run", fake)
    base = ["run", str(tmp_path), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, base)
    assert (given["workers"], given["bounds"], given["cluster"]) == (1, Bounds(), None)
    assert done.exit_code == 2
    assert (
        done.stderr == "waqai: error: tcp://127.0.0.1:1: no Dask scheduler there that can be used: refused\n"
    )
    options = ["--workers", "3", "--article-seconds", "7.5", "--article-memory-mb", "512"]
    options += ["--scheduler", "tcp://127.0.0.1:1", "--shared-dir", "s3://b/f", "--partition-mb", "0.5"]
    CliRunner().invoke(app, [*base, *options])
    assert given["workers"] == 3
    assert given["bounds"] == Bounds(seconds=7.5, memory=2**29)
    assert given["cluster"] == Cluster("tcp://127.0.0.1:1", shared="s3://b/f", partition_bytes=2**19)
    done = CliRunner().invoke(app, [*base, "--shared-dir", "s3://b/f"])
    assert done.exit_code == 2
    assert "--shared-dir is for a cluster" in done.stderr

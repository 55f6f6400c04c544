"""``waqai run`` and ``explain`` with other models: what was chosen is used, kept in provenance, loaded again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from run_builders import json_lines
from typer.testing import CliRunner

from pipeline.cli import app

TEXT = "اعتقلت الشرطة خمسة أشخاص في مدينة حماة.[3] وقتل سامر في حمص."


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "2024-12-05_a.txt").write_text(TEXT, encoding="utf-8")
    return folder


def run(source: Path, out: Path, *options: str) -> tuple[int, str]:
    """Exit status and stderr."""
    done = CliRunner().invoke(
        app, ["run", str(source), "--out", str(out), "--quiet", "--workers", "0", *options]
    )
    return done.exit_code, done.stderr


def test_the_stanza_engine_makes_records(fetched: Path, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(source, out, "--engine", "stanza") == (0, "")
    text = json_lines(out / "articles.jsonl")[0]["text"]
    for event in json_lines(out / "events.jsonl"):
        assert event["provenance"]["engine"] == "stanza"
        assert text[event["trigger"]["start"] : event["trigger"]["end"]] == event["trigger"]["text"]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["engine"] == "stanza"


def test_the_accurate_engine_makes_records(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(source, out, "--engine", "accurate", "--tokenizer", "light") == (0, "")
    events = json_lines(out / "events.jsonl")
    assert [e["mode"] for e in events] == ["arrest", "kill"]
    assert {e["provenance"]["engine"] for e in events} == {"accurate+light"}
    done = CliRunner().invoke(app, ["explain", events[0]["id"], "--run", str(out)])
    assert done.exit_code == 0, done.output


def test_what_made_a_record_explains_it(fetched: Path, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(source, out, "--tokenizer", "light", "--ner", "camel") == (0, "")
    events = json_lines(out / "events.jsonl")
    assert events
    assert {e["provenance"]["engine"] for e in events} == {"fast+light+camel"}
    done = CliRunner().invoke(app, ["explain", events[0]["id"], "--run", str(out)])
    assert done.exit_code == 0, done.output
    assert events[0]["trigger"]["text"] in done.stdout


def test_another_choice_is_another_run(fetched: Path, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for options in ((), ("--tokenizer", "light"), ("--tokenizer", "stanza")):
        assert run(source, out, *options)[0] == 0
        engines = {e["provenance"]["engine"] for e in json_lines(out / "events.jsonl")}
        assert engines == {"fast+light" if "light" in options else "fast"}


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--engine", "slow"), "no engine is called 'slow'"),
        (("--ner", "bert"), "no recogniser of names is called 'bert'"),
        (("--tokenizer", "spaces"), "no tokeniser is called 'spaces'"),
        (("--engine", "stanza", "--tokenizer", "light"), "a tokeniser of its own"),
        (("--engine", "stanza"), "no official Stanza package"),
        (("--ner", "camel"), "no CAMeLBERT model"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(
    nothing: Path, source: Path, tmp_path: Path, options: tuple[str, ...], why: str
) -> None:
    status, told = run(source, tmp_path / "out", *options)
    assert status == 2
    assert len(told.splitlines()) == 1
    assert told.startswith("waqai: error: ")
    assert why in told

"""What all exports share: bad input is told in one line, and nothing that was there is touched."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from record_builders import QUIET, TEXT, article_line, bare_record, full_record, small_run, write_run
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.export import FORMATS, ExportError, Format, writing
from pipeline.export.writing import SIGN, export
from pipeline.outputs import FinishedRun, OutputsError, open_run


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    return small_run(tmp_path / "run")


def snapshot(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_by_its_function(name: str, finished: Path, tmp_path: Path) -> None:
    before = snapshot(finished)
    done = export(name, finished, tmp_path / "made" / name)
    assert done.out.is_dir() == FORMATS[name].folder
    assert any(done.counts.values())
    assert snapshot(finished) == before
    assert [p.name for p in (tmp_path / "made").iterdir()] == [name]


@pytest.mark.parametrize(("name", "chosen"), FORMATS.items())
def test_the_options_of_a_format_are_parameters_of_its_function(name: str, chosen: Format) -> None:
    import importlib
    import inspect

    module, _, function = chosen.target.partition(":")
    parameters = inspect.signature(getattr(importlib.import_module(module), function)).parameters.values()
    keywords = {p.name: p for p in parameters if p.kind is p.KEYWORD_ONLY}
    assert set(keywords) == chosen.options
    assert all(p.default is not p.empty for p in keywords.values())


def test_unknown_names_and_options(finished: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"no export is called 'xlsx'; there are: tables, csv"):
        export("xlsx", finished, tmp_path / "out")
    with pytest.raises(ExportError, match="the export tables takes no option 'bom'"):
        export("tables", finished, tmp_path / "out", bom=True)
    with pytest.raises(ExportError, match="no partition is called 'week'; there are: day, month, year"):
        export("tables", finished, tmp_path / "out", partition="week")
    assert not (tmp_path / "out").exists()


def _cut(run: Path) -> None:
    path = run / "events.jsonl"
    path.write_bytes(path.read_bytes()[:-40])


def _cut_and_unlisted(run: Path) -> None:
    _cut(run)
    (run / "manifest.json").unlink()


def _edit(run: Path, name: str, line: int, **changes: Any) -> None:
    path = run / name
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[line] = json.dumps(json.loads(lines[line]) | changes, ensure_ascii=False)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (run / "manifest.json").unlink()


def _replace(run: Path, name: str, text: str) -> None:
    (run / name).write_text(text, encoding="utf-8")
    (run / "manifest.json").unlink(missing_ok=True)


BAD = {
    "cut": (
        _cut,
        r"events\.jsonl: \d+ bytes, where manifest\.json beside it says \d+: the file was cut or changed",
    ),
    "cut without manifest": (
        _cut_and_unlisted,
        r"events\.jsonl:2: the file is cut off in this line, its last",
    ),
    "cut articles": (
        lambda run: _replace(run, "articles.jsonl", json.dumps(article_line("a.txt", TEXT, 2))),
        r"articles\.jsonl:1: the file is cut off",
    ),
    "another version": (
        lambda run: _edit(run, "events.jsonl", 1, schema_version="0-1-0"),
        r"events\.jsonl:2: schema version 0-1-0; this program reads 1-0-0",
    ),
    "a missing key": (
        lambda run: _replace(run, "events.jsonl", json.dumps({"id": "x"}) + "\n"),
        r"events\.jsonl:1: not a record: schema_version: Field required",
    ),
    "a wrong type": (
        lambda run: _edit(run, "events.jsonl", 0, places="x"),
        r"events\.jsonl:1: not a record: places: Input should be a valid (list|array)",
    ),
    "another file": (
        lambda run: _replace(run, "events.jsonl", "a,b\n1,2\n"),
        r"events\.jsonl:1: not valid JSON",
    ),
    "a list": (lambda run: _replace(run, "events.jsonl", "[1]\n"), r"events\.jsonl:1: not a record: "),
    "not text": (
        lambda run: (run / "manifest.json").unlink() or (run / "events.jsonl").write_bytes(b"\xff\xfe\n"),
        r"events\.jsonl:1: not valid JSON",
    ),
    "no records": (
        lambda run: (run / "events.jsonl").unlink(),
        r"run: there is no events\.jsonl in this folder",
    ),
    "no articles": (
        lambda run: (run / "articles.jsonl").unlink(),
        r"articles\.jsonl: cannot be read: No such file",
    ),
    "a broken manifest": (
        lambda run: (run / "manifest.json").write_text("{"),
        r"manifest\.json: not the manifest of a run",
    ),
    "articles of another run": (
        lambda run: _edit(run, "articles.jsonl", 0, events=3),
        r"events\.jsonl: 2 records of the article a\.txt, where .*articles\.jsonl says 3: the files are not of one run",
    ),
    "another text": (
        lambda run: _edit(run, "articles.jsonl", 0, sha256="0" * 64),
        r"record ev_0123456789abcdef: made from another text of a\.txt",
    ),
    "records without article": (
        lambda run: _edit(run, "articles.jsonl", 0, id="z.txt", events=0),
        r"its article a\.txt is not in .*articles\.jsonl, or not in this order",
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_bad_input_is_one_line_and_nothing_is_overwritten(fault: str, finished: Path, tmp_path: Path) -> None:
    damage, message = BAD[fault]
    out = export("tables", finished, tmp_path / "out").out
    before = snapshot(out)
    damage(finished)
    done = CliRunner().invoke(app, ["export", "tables", str(finished), "--out", str(out), "--overwrite"])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("waqai export: ")
    assert done.stderr.count("\n") == 1
    import re

    assert re.search(message, done.stderr), done.stderr
    assert snapshot(out) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "run"]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputsError, match="there is no such file"):
        open_run(tmp_path / "events.jsonl")
    with pytest.raises(OutputsError, match=r"there is no events\.jsonl in this folder"):
        open_run(tmp_path)


def test_records_alone_can_be_read_without_the_articles(finished: Path) -> None:
    (finished / "articles.jsonl").unlink()
    assert [r.id for r in open_run(finished / "events.jsonl").records()] == [
        "ev_0123456789abcdef",
        "ev_00000000000000ff",
    ]


def test_documents_hold_every_article_and_record_once(finished: Path) -> None:
    documents = list(open_run(finished).documents())
    assert [(a.id, [r.id for r in records]) for a, records in documents] == [
        ("a.txt", ["ev_0123456789abcdef", "ev_00000000000000ff"]),
        ("b.txt", []),
    ]
    for article, records in documents:
        for record in records:
            assert article.text[record.trigger.start : record.trigger.end] == record.trigger.text


def test_copies_are_left_out_where_wanted(tmp_path: Path) -> None:
    cluster = {"id": "cl_0123456789abcdef", "size": 2, "representative": True}
    copy = cluster | {"representative": False}
    ref = full_record()["article"]
    run = write_run(
        tmp_path / "run",
        [full_record(), bare_record(id="ev_1", cluster=copy, article=ref | {"id": "c.txt"})],
        [article_line("a.txt", TEXT, 1, cluster=cluster), article_line("b.txt", QUIET, 0),
         article_line("c.txt", TEXT, 1, cluster=copy)],
    )  # fmt: skip
    assert export("tables", run, tmp_path / "all").counts == {"events": 2, "places": 2, "articles": 3}
    one = export("tables", run, tmp_path / "one", representatives_only=True)
    assert one.counts == {"events": 1, "places": 2, "articles": 2}


def test_what_stands_at_the_target_is_safe(finished: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.doc").write_text("years of work")
    with pytest.raises(ExportError, match="there already; --overwrite replaces it"):
        export("tables", finished, mine)
    with pytest.raises(ExportError, match=f"not made by an export .no {SIGN} in it., so it is not replaced"):
        export("tables", finished, mine, overwrite=True)
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(ExportError, match="a file stands where this export makes a folder"):
        export("tables", finished, file, overwrite=True)
    for target in (finished, tmp_path, finished / "events.jsonl", finished / "report.html", Path("/")):
        with pytest.raises(ExportError):
            export("tables", finished, target, overwrite=True)
    assert (mine / "thesis.doc").read_text() == "years of work"
    (tmp_path / "empty").mkdir()
    assert export("tables", finished, tmp_path / "empty").counts["events"] == 2


def test_an_export_replaces_what_an_export_left(finished: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export("csv", finished, out, partition="month")
    export("tables", finished, out, overwrite=True)
    assert sorted(p.name for p in out.iterdir()) == [
        SIGN,
        "articles.parquet",
        "events.parquet",
        "places.parquet",
    ]
    assert json.loads((out / SIGN).read_text(encoding="utf-8")) == {
        "waqai": json.loads((out / SIGN).read_text(encoding="utf-8"))["waqai"],
        "schema_version": "1-0-0",
        "format": "tables",
        "counts": {"events": 2, "places": 2, "articles": 2},
    }
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "run"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(finished: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(ExportError, match="cannot be written"):
        export("tables", finished, locked / "out")


def test_a_path_below_a_file_cannot_be_written(finished: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="cannot be written"):
        export("tables", finished, tmp_path / "file" / "out")


def test_a_format_that_fails_half_way_leaves_nothing(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {"broken": Format(help="", target="test_frame_broken:write", folder=False)}
    monkeypatch.setattr(writing, "FORMATS", MappingProxyType(broken))

    def write(run: FinishedRun, draft: Path) -> Iterator[Any]:
        draft.write_text("half", encoding="utf-8")
        raise ExportError("a span of the record cannot be told in this format")

    import sys
    import types

    module = types.ModuleType("test_frame_broken")
    module.write = write  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "test_frame_broken", module)
    (tmp_path / "out.txt").write_text("old", encoding="utf-8")
    with pytest.raises(ExportError, match="cannot be told"):
        export("broken", finished, tmp_path / "out.txt", overwrite=True)
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.txt", "run"]


def test_the_command_says_what_it_wrote(finished: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", "tables", str(finished), "--out", str(tmp_path / "t")])
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"{tmp_path / 't'}: 2 events, 2 places, 2 articles\n"
    done = CliRunner().invoke(app, ["export", "nothing", str(finished), "--out", str(tmp_path / "t")])
    assert done.exit_code == 2
    assert (
        done.stderr == "waqai export: no export is called 'nothing'; there are: " + ", ".join(FORMATS) + "\n"
    )

"""Only what is new is processed, and the outputs do not tell how many runs it took."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest
from run_builders import (
    CAPTURE,
    QUIET,
    SHELLING,
    STABLE,
    Finder,
    contents,
    dump,
    go,
    json_lines,
    scratch,
    write,
)

from pipeline.run import run
from pipeline.runs import run as steps
from pipeline.runs.console import Console


def test_a_second_run_has_nothing_to_do(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = go(corpus, out)
    assert (first.articles, first.new, first.processed, first.rejected, first.nothing_to_do) == (
        8,
        8,
        8,
        3,
        False,
    )
    before = {path: path.stat().st_mtime_ns for path in out.iterdir() if path.is_file()}
    finder = Finder()
    second = go(corpus, out, finder)
    assert (second.nothing_to_do, second.processed, finder.seen) == (True, 0, [])
    assert (second.articles, second.unchanged, second.events, second.rejected) == (8, 8, first.events, 3)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert second.exit_code == 0


def test_a_change_of_the_report_makes_the_page_anew_and_no_record(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    (out / "report.html").write_text("an older page", encoding="utf-8")
    monkeypatch.setattr(steps, "report_hash", lambda: "another")
    finder = Finder()
    again = go(corpus, out, finder)
    assert (again.nothing_to_do, again.processed, finder.seen) == (False, 0, [])
    assert (out / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert go(corpus, out).nothing_to_do


def test_a_file_that_was_only_touched_is_read_but_not_processed(corpus: Path, tmp_path: Path) -> None:
    go(corpus, tmp_path / "out")
    os.utime(corpus / "a.txt")
    finder = Finder()
    assert go(corpus, tmp_path / "out", finder).nothing_to_do
    assert finder.seen == []


def test_an_update_processes_the_difference_only(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    (corpus / "a.txt").write_text(f"{SHELLING} {CAPTURE}", encoding="utf-8")
    (corpus / "b" / "2024-12-05.txt").unlink()
    (corpus / "aa.txt").write_text(CAPTURE, encoding="utf-8")
    (corpus / "c.jsonl").write_text(
        dump([{"id": str(i), "text": f"{SHELLING} {i}"} for i in (4, 2, 7)]), encoding="utf-8"
    )
    finder = Finder()
    summary = go(corpus, out, finder)
    assert finder.seen == ["a.txt", "aa.txt", "7", "3"]
    # «3» is now the row of d.csv, whose duplicate in c.jsonl is gone.
    assert (summary.new, summary.changed, summary.unchanged, summary.removed) == (2, 2, 3, 3)
    assert contents(out) == scratch(corpus, tmp_path / "again")
    assert [a["id"] for a in json_lines(out / "articles.jsonl")] == [
        "a.txt",
        "aa.txt",
        "4",
        "2",
        "7",
        "3",
        "9",
    ]


def test_a_change_of_the_same_size_in_the_same_second_is_seen(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", {"a.txt": SHELLING})
    go(corpus, tmp_path / "out")
    status = (corpus / "a.txt").stat()
    other = SHELLING.replace("فجر", "ظهر")
    assert len(other.encode()) == status.st_size
    (corpus / "a.txt").write_text(other, encoding="utf-8")
    os.utime(corpus / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert go(corpus, tmp_path / "out").changed == 1
    assert json_lines(tmp_path / "out" / "articles.jsonl")[0]["text"] == other


def test_removing_and_adding_files_among_others(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    (corpus / "0.txt").write_text(QUIET, encoding="utf-8")
    (corpus / "e.txt").unlink()
    finder = Finder()
    go(corpus, out, finder)
    assert finder.seen == ["0.txt"]
    assert contents(out) == scratch(corpus, tmp_path / "again")


def test_other_models_do_everything_again(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    finder = Finder(models="m2")
    summary = go(corpus, out, finder)
    assert (len(finder.seen), summary.unchanged, summary.processed) == (8, 8, 8)
    assert {r["provenance"]["models"] for r in json_lines(out / "events.jsonl")} == {"m2"}


def test_fresh_does_everything_again(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    before = contents(out)
    finder = Finder()
    assert go(corpus, out, finder, fresh=True).processed == 8
    assert contents(out) == before
    assert go(corpus, out).nothing_to_do


def test_another_default_date_changes_the_articles_without_one(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    finder = Finder()
    summary = go(corpus, out, finder, published="6 ديسمبر 2024")
    assert (summary.changed, summary.unchanged) == (7, 1)
    assert {a["published"] for a in json_lines(out / "articles.jsonl")} == {"2024-12-05", "2024-12-06"}


def test_outputs_that_were_deleted_or_cut_are_written_again(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    before = contents(out)
    for name in (*STABLE, "manifest.json"):
        path = out / name
        path.unlink() if name == "manifest.json" else path.write_bytes(b"{")
        finder = Finder()
        summary = go(corpus, out, finder)
        assert (summary.nothing_to_do, finder.seen) == (False, [])
        assert contents(out) == before


def test_record_ids_that_went_away(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    assert json_lines(out / "tombstones.jsonl") == []
    ids = {r["id"]: r["article"]["id"] for r in json_lines(out / "events.jsonl")}
    (corpus / "a.txt").write_text(CAPTURE, encoding="utf-8")
    (corpus / "b" / "2024-12-05.txt").unlink()
    go(corpus, out)
    now = {r["id"] for r in json_lines(out / "events.jsonl")}
    gone = {i: a for i, a in ids.items() if i not in now}
    assert set(gone.values()) == {"a.txt", "b/2024-12-05.txt"}
    graves = json_lines(out / "tombstones.jsonl")
    assert {g["id"]: g["article"] for g in graves} == gone
    assert {g["gone_since_run"] for g in graves} == {2}
    # What comes back is no longer gone; what stays away keeps its run.
    (corpus / "a.txt").write_text(SHELLING, encoding="utf-8")
    go(corpus, out)
    graves = json_lines(out / "tombstones.jsonl")
    assert {(g["article"], g["gone_since_run"]) for g in graves} == {("b/2024-12-05.txt", 2), ("a.txt", 3)}
    assert not {g["id"] for g in graves} & {r["id"] for r in json_lines(out / "events.jsonl")}


def test_ids_that_other_models_do_not_give_any_more(corpus: Path, tmp_path: Path) -> None:
    class Blind(Finder):
        _families = (("قصف", "assault"),)

    out = tmp_path / "out"
    go(corpus, out)
    lost = {
        r["id"] for r in json_lines(out / "events.jsonl") if r["mode"] == "seize" or "هجوم" in r["action"]
    }
    assert lost
    go(corpus, out, Blind(models="m2"))
    assert {g["id"] for g in json_lines(out / "tombstones.jsonl")} == lost


def test_an_output_folder_below_the_input_is_not_read(corpus: Path) -> None:
    first = go(corpus, corpus / "out")
    again = go(corpus, corpus / "out")
    assert again.nothing_to_do
    assert again.articles == first.articles == 8


def test_memory_does_not_grow_with_the_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Up to one group of rows, and the records that the report shows, are kept in memory: few of them let few articles
    # show what is kept beyond that.
    monkeypatch.setattr("pipeline.export.tables.ROW_GROUP", 50)
    monkeypatch.setattr("pipeline.report.digest.SHOWN", 10)

    def peak(count: int) -> int:
        folder = tmp_path / str(count)
        records = ({"id": str(i), "text": f"{SHELLING} {i} {QUIET * 5}"} for i in range(count))
        write(folder / "in", {"a.jsonl": dump(records)})
        tracemalloc.reset_peak()
        base = tracemalloc.get_traced_memory()[0]
        finder = Finder()
        finder.seen = type("Forgetful", (list,), {"append": lambda *_: None})()
        run([folder / "in"], folder / "out", extractor=finder, progress=False)
        return tracemalloc.get_traced_memory()[1] - base

    peak(50)
    tracemalloc.start()
    try:
        small, large = peak(100), peak(400)
    finally:
        tracemalloc.stop()
    assert large < 1.25 * small


def test_a_published_option_that_is_no_date(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is no date"):
        go(corpus, tmp_path / "out", published="soon")
    assert not (tmp_path / "out").exists()


def test_progress_on_a_pipe_is_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr("pipeline.runs.console.time.monotonic", lambda: clock[0])
    with Console().counting("extracting", 90) as counting:
        for _ in range(30):
            clock[0] += 1.0
            counting.advance()
    assert capsys.readouterr().err.splitlines() == [
        "waqai: extracting 10 of 90 articles, 1.0 articles/s, 1 min 20 s left",
        "waqai: extracting 20 of 90 articles, 1.0 articles/s, 1 min 10 s left",
        "waqai: extracting 30 of 90 articles, 1.0 articles/s, 1 min 0 s left",
    ]

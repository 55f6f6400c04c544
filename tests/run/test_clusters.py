"""Near-duplicates in a run: marked in every output, left out where wanted, the same however many runs it took."""

from __future__ import annotations

import json
import random
import sqlite3
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from run_builders import CAPTURE, QUIET, SHELLING, Finder, contents, dump, go, json_lines, scratch, write
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.outputs import open_run
from pipeline.runs.ledger import Ledger

STORY = (
    "سيطرت القوات على البلدة بعد هجوم واسع من جهة الشمال، وقال شهود إن السكان غادروا منازلهم قبل الفجر إلى القرى "
    "المجاورة، فيما قطعت الطريق الرئيسية وأغلقت المدارس والأسواق حتى إشعار آخر."
)
COPIES = {
    "a.txt": STORY,
    "b.txt": f"{STORY} وكالات",
    "c.txt": f"خاص: {STORY}",
    "d.txt": SHELLING,
    "e.txt": QUIET,
}


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return write(tmp_path / "in", COPIES)


def ids(out: Path) -> set[str]:
    return {record["id"] for record in json_lines(out / "events.jsonl")}


def test_clusters_stand_in_records_articles_table_and_manifest(copies: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = go(copies, out)
    assert (summary.clusters, summary.duplicates) == (1, 3)
    articles = {a["id"]: a["cluster"] for a in json_lines(out / "articles.jsonl")}
    assert [name for name, cluster in articles.items() if cluster] == ["a.txt", "b.txt", "c.txt"]
    assert {name: c["representative"] for name, c in articles.items() if c} == {
        "a.txt": False,
        "b.txt": True,
        "c.txt": False,
    }
    assert {c["size"] for c in articles.values() if c} == {3}
    assert len({c["id"] for c in articles.values() if c}) == 1
    records = json_lines(out / "events.jsonl")
    assert all(r["cluster"] == articles[r["article"]["id"]] for r in records)
    assert pq.read_table(out / "events.parquet").to_pylist() == records
    counts = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["counts"]
    assert counts["duplicates"] == {"clusters": 1, "articles": 3, "left_out": 0}


def test_one_copy_each(copies: Path, tmp_path: Path) -> None:
    full, out = tmp_path / "full", tmp_path / "out"
    go(copies, full)
    summary = go(copies, out, representatives_only=True)
    records = json_lines(out / "events.jsonl")
    assert {r["article"]["id"] for r in records} == {"b.txt", "d.txt"}
    assert summary.events == len(records)
    wanted = [r for r in json_lines(full / "events.jsonl") if r["article"]["id"] in ("b.txt", "d.txt")]
    assert records == wanted
    # The articles are all told, with the number of records that stand in events.jsonl.
    counts = {a["id"]: a["events"] for a in json_lines(out / "articles.jsonl")}
    assert counts == {"a.txt": 0, "b.txt": 2, "c.txt": 0, "d.txt": 2, "e.txt": 0}
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["duplicates"]["left_out"] == 2
    assert manifest["representatives_only"] is True
    assert go(copies, out, representatives_only=True).nothing_to_do


def test_the_setting_can_change_without_extracting_anything_again(copies: Path, tmp_path: Path) -> None:
    out, finder = tmp_path / "out", Finder()
    go(copies, out)
    everything, before = ids(out), contents(out)
    assert go(copies, out, finder, representatives_only=True).processed == 0
    gone = {grave["id"] for grave in json_lines(out / "tombstones.jsonl")}
    assert gone == everything - ids(out)
    assert gone
    assert not go(copies, out, finder).nothing_to_do
    assert contents(out) == before
    assert json_lines(out / "tombstones.jsonl") == []
    assert finder.seen == []


def test_an_article_that_becomes_a_copy_of_another_one(copies: Path, tmp_path: Path) -> None:
    """A longer copy arrives: with one copy each, the records of the old representative go, and are told."""
    out = tmp_path / "out"
    go(copies, out, representatives_only=True)
    old = ids(out)
    write(copies, {"f.txt": f"{STORY} {CAPTURE}"})
    go(copies, out, representatives_only=True)
    graves = json_lines(out / "tombstones.jsonl")
    assert {grave["article"] for grave in graves} == {"b.txt"}
    assert {grave["id"] for grave in graves} == old - ids(out)
    (copies / "f.txt").unlink()
    go(copies, out, representatives_only=True)
    assert ids(out) == old
    assert {grave["article"] for grave in json_lines(out / "tombstones.jsonl")} == {"f.txt"}


def test_an_article_that_crashed_is_in_no_cluster(copies: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(copies, out, Finder(crash_on="وكالات"))
    clusters = {a["id"]: a["cluster"] for a in json_lines(out / "articles.jsonl")}
    assert {name for name, cluster in clusters.items() if cluster} == {"a.txt", "c.txt"}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("only", [False, True])
def test_a_history_of_edits_ends_as_a_run_from_scratch(seed: int, only: bool, tmp_path: Path) -> None:
    """Articles come, go, change and are copied; after every step the outputs are those of a fresh run, byte by byte."""
    rng = random.Random(seed)
    corpus, out = tmp_path / "in", tmp_path / "out"
    corpus.mkdir()
    seen: set[str] = set()
    for _ in range(6):
        for _ in range(rng.randint(1, 4)):
            _edit(corpus, rng)
        go(corpus, out, representatives_only=only)
        assert contents(out) == scratch(corpus, tmp_path / "again", representatives_only=only)
        # No id is lost from sight: it is in the records, or told to be gone, never both.
        now, gone = ids(out), {grave["id"] for grave in json_lines(out / "tombstones.jsonl")}
        seen |= now
        assert now | gone == seen
        assert not now & gone


def _edit(corpus: Path, rng: random.Random) -> None:
    name = f"{rng.choice('abcdefgh')}.{rng.choice(['txt', 'jsonl'])}"
    if (corpus / name).exists() and rng.random() < 0.3:
        (corpus / name).unlink()
        return
    texts = [
        rng.choice([STORY, SHELLING, CAPTURE]) + rng.choice(["", " تفاصيل", f" {CAPTURE}", " وكالات"])
        for _ in range(2)
    ]
    if name.endswith("txt"):
        write(corpus, {name: texts[0]})
    else:
        rows: list[dict[str, Any]] = [
            {"id": f"{name}-{n}", "text": text, "published": f"2024-12-0{rng.randint(1, 9)}"}
            for n, text in enumerate(texts)
        ]
        write(corpus, {name: dump(rows)})


def test_only_new_articles_are_sketched(
    copies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.runs import clustering

    sketched: list[str] = []

    def spy(texts: Any) -> Any:
        given = list(texts)
        sketched.extend(given)
        return original(given)

    original = clustering.sketches
    monkeypatch.setattr(clustering, "sketches", spy)
    go(copies, tmp_path / "out")
    assert sorted(sketched) == sorted(COPIES.values())
    sketched.clear()
    write(copies, {"g.txt": CAPTURE})
    go(copies, tmp_path / "out")
    assert sketched == [CAPTURE]
    monkeypatch.setattr(clustering, "sketch_version", lambda: "another")
    write(copies, {"h.txt": CAPTURE})
    go(copies, tmp_path / "out")
    assert len(sketched) == 1 + len(COPIES) + 2


def test_a_ledger_of_the_version_before_keeps_its_tombstones(copies: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(copies, out)
    (copies / "d.txt").unlink()
    go(copies, out)
    graves = (out / "tombstones.jsonl").read_bytes()
    assert graves
    db = sqlite3.connect(out / ".waqai" / "ledger.sqlite")
    db.executescript(
        "DROP TABLE sketches; DROP TABLE clusters; ALTER TABLE listed DROP COLUMN shown; "
        "ALTER TABLE results DROP COLUMN run; "
        "UPDATE meta SET value = '1' WHERE key = 'format';"
    )
    db.close()
    write(copies, {"e.txt": SHELLING})
    finder = Finder()
    go(copies, out, finder)
    assert finder.seen == ["e.txt"]
    assert (out / "tombstones.jsonl").read_bytes() == graves
    with Ledger(out / ".waqai" / "ledger.sqlite") as ledger:
        assert ledger.get("format") == "3"


def test_the_option_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def fake(inputs: Any, out: Any, **options: Any) -> Any:
        given.update(options)
        raise ValueError("far enough")

    monkeypatch.setattr("pipeline.run.run", fake)
    CliRunner().invoke(app, ["run", str(tmp_path), "--out", str(tmp_path / "out"), "--representatives-only"])
    assert given["representatives_only"] is True


def test_reading_a_run_with_one_copy_each(copies: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(copies, out)
    documents = {a.id: len(r) for a, r in open_run(out, representatives_only=True).documents()}
    assert documents == {"b.txt": 2, "d.txt": 2, "e.txt": 0}
    assert {a.id: len(r) for a, r in open_run(out).documents()} == {
        "a.txt": 2,
        "b.txt": 2,
        "c.txt": 2,
        "d.txt": 2,
        "e.txt": 0,
    }

"""The command: files in, tables, error lists and pages out; bad files answered with one line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from evaluation_builders import NAME, gold_article, gold_event, record
from typer.testing import CliRunner

from pipeline.cli import app

TEXT = "سيطرت الفصائل على تلبيسة. وقصف الجيش <b>الرستن</b> أمس. واعتقلت القوات ناشطا."


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Gold, records and articles in a folder: one event right, one with errors, one missed, one false alarm."""
    gold = gold_article(
        TEXT,
        gold_event(TEXT, "سيطرت", "seize-territory", actors=["الفصائل"], places=["تلبيسة"]),
        gold_event(TEXT, "قصف", "shelling", actors=["الجيش"], places=["الرستن"], iso="2024-12-06"),
        gold_event(TEXT, "اعتقلت", "arrest"),
    )
    records = [
        record(TEXT, "سيطرت", "seize-territory", actors=("الفصائل",), places=("تلبيسة",)),
        record(TEXT, "قصف", "airstrike", actors=("القوات",), places=("الرستن",)),
        record(TEXT, "ناشطا", "demand"),
    ]
    (tmp_path / "gold.jsonl").write_text(gold.model_dump_json() + "\n", encoding="utf-8")
    lines = "".join(r.to_json() + "\n" for r in records)
    (tmp_path / "events.jsonl").write_text(lines, encoding="utf-8")
    article = json.dumps({"id": NAME, "text": TEXT}, ensure_ascii=False)
    (tmp_path / "articles.jsonl").write_text(article + "\n", encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["evaluate", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_tables(files: Path) -> None:
    status, out, err = run(files / "gold.jsonl", files / "events.jsonl")
    assert (status, err) == (0, "")
    event = next(line for line in out.splitlines() if re.match(r"\W*event ", line))
    assert re.findall(r"\d\.\d{3}|\b\d+\b", event)[:6] == ["3", "3", "2", "0.667", "0.667", "0.667"]
    assert "seize-territory" in out
    assert NAME in out


def test_reported_is_told_apart_on_demand(files: Path) -> None:
    assert "Asserted and reported count as one." in run(files / "gold.jsonl", files / "events.jsonl")[1]
    told = run(files / "gold.jsonl", files / "events.jsonl", "--no-merge-reported")[1]
    assert "Asserted and reported are told apart." in told


def test_errors_come_with_their_sentences_in_reading_order(files: Path) -> None:
    _, out, _ = run(files / "gold.jsonl", files / "events.jsonl", "--errors")
    listing = out[out.index("== a.txt: 3 to look at") :]
    kinds = re.findall(r"^(miss|false alarm|slots): (\S+)", listing, re.M)
    assert kinds == [("slots", "shelling"), ("miss", "arrest"), ("false alarm", "demand")]
    assert "و[[قصف]] الجيش <b>الرستن</b> أمس." in listing
    assert "mode: gold shelling; found airstrike" in listing
    assert "actors: gold الجيش; found القوات" in listing
    assert "time: gold 2024-12-06; found –" in listing
    assert "places:" not in listing
    assert "[[سيطرت]]" not in listing


def test_page_is_right_to_left_self_contained_and_escaped(files: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    status, out, _ = run(files / "gold.jsonl", files / "events.jsonl", "--html", page)
    assert status == 0
    assert f"Written: {page}" in out
    html = page.read_text(encoding="utf-8")
    assert '<html lang="ar" dir="rtl">' in html
    assert not re.search(r"(?:src|href)=|<script|url\(|@import", html)
    assert "&lt;b&gt;الرستن&lt;/b&gt;" in html
    for kind in ("right", "slots", "miss", "false-alarm"):
        assert html.count(f'class="row {kind}"') == 1
    assert "<bdi class=wrong>القوات</bdi>" in html


def test_figures_as_json(files: Path, tmp_path: Path) -> None:
    target = tmp_path / "figures.json"
    assert run(files / "gold.jsonl", files / "events.jsonl", "--json", target)[0] == 0
    figures = json.loads(target.read_text(encoding="utf-8"))
    assert figures["scores"]["event.f1"]["value"] == pytest.approx(0.6667)
    assert figures["scores"]["time.precision"]["value"] is None
    assert figures["by_article"][0]["article"] == NAME
    assert {row["mode"] for row in figures["by_mode"]} == {
        "seize-territory",
        "shelling",
        "airstrike",
        "arrest",
        "demand",
    }


def test_gold_may_be_a_folder_and_texts_may_come_from_one(files: Path, tmp_path: Path) -> None:
    (files / "articles.jsonl").unlink()
    texts = tmp_path / "texts" / "sub"
    texts.mkdir(parents=True)
    (texts / NAME).write_bytes("\ufeff".encode() + TEXT.encode())
    gold = tmp_path / "gold"
    gold.mkdir()
    (files / "gold.jsonl").rename(gold / "one.jsonl")
    status, out, _ = run(gold, files / "events.jsonl", "--articles", texts.parent)
    assert status == 0
    assert "0.667" in out


CUT = "the file seems to be cut off"
BAD = [
    ("gold.jsonl", "gold.jsonl:1: not valid JSON", '{"article": "a.txt", "events": [}\n'),
    ("gold.jsonl", CUT, '{"article": "a.txt", "eve'),
    ("gold.jsonl", "gold.jsonl:1: not a gold article: events", '{"article": "a.txt"}\n'),
    ("gold.jsonl", "trigger", '{"article": "a.txt", "events": [{"mode": "kill"}]}\n'),
    ("gold.jsonl", "a JSON object is expected", "[1, 2]\n"),
    ("gold.jsonl", "no gold article in it", "\n"),
    ("gold.jsonl", "annotated twice", '{"article": "a.txt", "events": []}\n' * 2),
    ("events.jsonl", CUT, '{"id": "ev_1", "sch'),
    ("events.jsonl", "events.jsonl:1: not an event record", '{"id": "ev_1"}\n'),
    ("articles.jsonl", "id and text are needed", '{"id": "a.txt"}\n'),
    ("articles.jsonl", "stands twice", '{"id": "a.txt", "text": "x"}\n' * 2),
    ("articles.jsonl", "not known", '{"id": "b.txt", "text": "x"}\n'),
]


@pytest.mark.parametrize(("name", "message", "content"), BAD, ids=[f"{n}-{m}" for n, m, _ in BAD])
def test_a_bad_file_is_one_clear_line_and_status_2(
    files: Path, name: str, message: str, content: str
) -> None:
    (files / name).write_text(content, encoding="utf-8")
    _one_line(run(files / "gold.jsonl", files / "events.jsonl"), message)


@pytest.mark.parametrize("name", ["gold.jsonl", "events.jsonl", "articles.jsonl"])
def test_missing_and_unreadable_files(files: Path, name: str) -> None:
    (files / name).write_bytes(b"\xff\xfe\x00{")
    _one_line(run(files / "gold.jsonl", files / "events.jsonl"), "not UTF-8")
    (files / name).unlink()
    _one_line(run(files / "gold.jsonl", files / "events.jsonl"), f"{name}: cannot be read: No such file")


def test_output_that_cannot_be_written(files: Path) -> None:
    result = run(files / "gold.jsonl", files / "events.jsonl", "--json", files / "no" / "such.json")
    _one_line(result, "cannot be written")


def _one_line(result: tuple[int, str, str], message: str) -> None:
    status, _, err = result
    assert status == 2
    assert message in err
    assert err.count("\n") == 1
    assert err.startswith("waqai evaluate: ")

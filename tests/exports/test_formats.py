"""The exports as files, read by the letter of their formats; what their programs make of them: test_consumers.py."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from evaluation_builders import record, span
from exports_builders import plain
from outputs_builders import article_line, changed, write_run
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.evaluate import GoldEvent, read_gold
from pipeline.export import FORMATS, ExportError
from pipeline.export.graph import Arc, Graph, Node, Trigger, read_events
from pipeline.export.label_studio_results import import_label_studio
from pipeline.export.utf16 import Utf16
from pipeline.export.writing import SIGN, export
from pipeline.outputs import OutputsError

NAME = "نص 1.txt"
TOOLS = ("label-studio", "doccano", "brat", "cas", "spacy")


def read_standoff(text: str, lines: str) -> tuple[GoldEvent, ...]:
    """brat's standoff by its published grammar; anything else is a failure of the test."""
    grammar = {
        "T": re.compile(r"(T\d+)\t([\w-]+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)"),
        "E": re.compile(r"(E\d+)\t([\w-]+):(T\d+)((?: [\w-]+?\d*:T\d+)*)"),
        "A": re.compile(r"A\d+\t([\w-]+) (E\d+)(?: ([\w-]+))?"),
        "#": re.compile(r"#\d+\tAnnotatorNotes ([TE]\d+)\t(.+)"),
    }
    bound: dict[str, tuple[str, int, int]] = {}
    notes: dict[str, str] = {}
    flags: dict[str, dict[str, str]] = {}
    heads: dict[str, tuple[str, str]] = {}
    arcs = []
    ids = [line.split("\t")[0] for line in lines.splitlines()]
    assert len(ids) == len(set(ids))
    for line in lines.splitlines():
        match = grammar[line[0]].fullmatch(line)
        assert match is not None, line
        parts = match.groups()
        if line[0] == "T":
            spans = [tuple(map(int, pair.split())) for pair in parts[2].split(";")]
            assert " ".join(text[a:b] for a, b in spans) == parts[3]
            bound[parts[0]] = (parts[1], spans[0][0], spans[-1][1])
        elif line[0] == "E":
            assert bound[parts[2]][0] == parts[1]
            heads[parts[0]] = (parts[1], parts[2])
            for role, id_ in (argument.split(":") for argument in parts[3].split()):
                arcs.append(Arc(parts[0], role.rstrip("0123456789"), id_))
        elif line[0] == "A":
            flags.setdefault(parts[1], {})[parts[0]] = parts[2] or ""
        else:
            notes[parts[0]] = parts[1]
    triggers = []
    for id_, (mode, at) in heads.items():
        said = dict(pair.split("=", 1) for pair in notes[id_].split())
        start, end = bound[at][1:]
        core = "not-core" not in flags[id_]
        triggers.append(
            Trigger(id_, start, end, mode, said.get("type"), flags[id_]["assertion"], core, said.get("iso"))
        )
    marks = {trigger for _, trigger in heads.values()}
    nodes = [Node(id_, *at, notes.get(id_, "")) for id_, at in bound.items() if id_ not in marks]
    return read_events(text, Graph(tuple(triggers), tuple(nodes), tuple(arcs)))


def test_brat_by_its_grammar(hard_gold: tuple[Path, Path], tmp_path: Path) -> None:
    export("brat", hard_gold[0], tmp_path / "brat", articles=hard_gold[1])
    rows = (tmp_path / "brat" / "documents.tsv").read_text(encoding="utf-8").splitlines()
    files = {row.split("\t")[1]: row.split("\t")[0] for row in rows[1:]}
    for article in read_gold(hard_gold[0]):
        text = (tmp_path / "brat" / f"{files[article.article]}.txt").read_bytes()
        assert text == (hard_gold[1] / article.article).read_bytes()
        lines = (tmp_path / "brat" / f"{files[article.article]}.ann").read_text(encoding="utf-8")
        assert plain(read_standoff(text.decode(), lines)) == plain(article.events)


def test_label_studio_back_into_gold(hard_gold: tuple[Path, Path], tmp_path: Path) -> None:
    export("label-studio", hard_gold[0], tmp_path / "ls", articles=hard_gold[1])
    assert import_label_studio(tmp_path / "ls" / "tasks.json", tmp_path / "back.jsonl") == (2, 5)
    for one, other in zip(read_gold(hard_gold[0]), read_gold(tmp_path / "back.jsonl"), strict=True):
        assert (one.article, one.sha256, one.published) == (other.article, other.sha256, other.published)
        assert plain(one.events) == plain(other.events)


def test_doccano_counts_utf16(hard_gold: tuple[Path, Path], tmp_path: Path) -> None:
    export("doccano", hard_gold[0], tmp_path / "d.jsonl", articles=hard_gold[1])
    first = json.loads((tmp_path / "d.jsonl").read_text(encoding="utf-8").split("\n")[0])
    units = first["text"].encode("utf-16-le")
    surfaces = {
        (e["label"], units[2 * e["start_offset"] : 2 * e["end_offset"]].decode("utf-16-le"))
        for e in first["entities"]
    }
    assert {
        ("attack", "شنَّتها"),
        ("participant", "المرصد"),
        ("place", "كفر\nنبل"),
        ("withdraw", "ينسحب"),
    } <= surfaces
    assert first["entities"][0]["start_offset"] == first["events"][0]["trigger"]["start"] + 2, (
        "two emoji before it"
    )


@pytest.mark.parametrize("text", ["", "عدن", "😀", "ا😀ب🚀🚀ج", "e\u0301\U0001f468\u200d\U0001f469"])
def test_utf16_offsets(text: str) -> None:
    at = Utf16.of(text)
    assert [at.units(n) for n in range(len(text) + 1)] == [
        len(text[:n].encode("utf-16-le")) // 2 for n in range(len(text) + 1)
    ]


def test_cas_counts_utf16_in_the_file(hard_gold: tuple[Path, Path], tmp_path: Path) -> None:
    export("cas", hard_gold[0], tmp_path / "cas", articles=hard_gold[1])
    (file, *_) = (tmp_path / "cas" / "documents.tsv").read_text(encoding="utf-8").splitlines()[1].split("\t")
    xmi = (tmp_path / "cas" / f"{file}.xmi").read_text(encoding="utf-8")
    (gold, _) = read_gold(hard_gold[0])
    text = (hard_gold[1] / gold.article).read_bytes().decode()
    start = gold.events[3].trigger.start
    assert f'begin="{start + 3}"' in re.search(r'<waqai:Trigger [^>]*mode="withdraw"[^>]*>', xmi)[0]  # type: ignore[index]
    assert text[:start].count("😀") + text[:start].count("🚀") == 3
    assert "\f" in text
    assert "\f" not in xmi


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run of one article with two records."""
    text = "😀 اعتقلت الشرطة خمسة أشخاص في عدن. هاجم مسلحون صنعاء."
    quantity = span(text, "خمسة") | {"kind": "arrested", "low": 5, "high": 5}
    when = {"text": None, "start": None, "end": None, "from": "2024-12-01T00:00", "to": "2025-01-01T00:00",
            "granularity": "month", "method": "discourse"}  # fmt: skip
    own = [
        changed(
            record(text, "اعتقلت", "arrest", targets=("خمسة أشخاص",), places=("عدن",), name=NAME),
            quantities=[quantity],
        ),
        changed(record(text, "هاجم", "attack", actors=("مسلحون",), name=NAME), when=when, time="2024-12"),
    ]
    return write_run(tmp_path / "run", [(article_line(NAME, text, 0, title="خبر"), own)])


@pytest.mark.parametrize("name", TOOLS)
def test_a_run_by_the_command_twice_gives_equal_bytes(name: str, run: Path, tmp_path: Path) -> None:
    seen = []
    for out in ("one", "two"):
        done = CliRunner().invoke(app, ["export", name, str(run), "--out", str(tmp_path / out)])
        assert done.exit_code == 0, done.stderr
        assert "1 articles, 2 events" in done.stdout
        path = tmp_path / out
        files = path.iterdir() if path.is_dir() else (path,)
        seen.append({p.name.replace(out, ""): p.read_bytes() for p in files})
    assert seen[0] == seen[1]
    assert FORMATS[name].folder == (SIGN in seen[0])


def test_records_keep_their_ids_confidence_and_counts(run: Path, tmp_path: Path) -> None:
    export("doccano", run, tmp_path / "d.jsonl")
    line = json.loads((tmp_path / "d.jsonl").read_text(encoding="utf-8"))
    ids = [json.loads(r)["id"] for r in (run / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [event["id"] for event in line["events"]] == ids
    assert [event["confidence"] for event in line["events"]] == [0.5, 0.5]
    assert line["events"][0]["quantities"][0]["low"] == 5
    assert line["events"][1]["iso"] == "2024-12"
    assert line["events"][1]["time"] is None


@pytest.mark.parametrize("name", TOOLS)
def test_a_run_cut_in_mid_line_is_one_clear_error_and_nothing_is_overwritten(
    name: str, run: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export(name, run, out)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p.is_relative_to(out)}
    events = run / "events.jsonl"
    events.write_bytes(events.read_bytes()[:-30])
    with pytest.raises(OutputsError, match=r"events.jsonl:2: the file is cut off"):
        export(name, run, out, overwrite=True)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p.is_relative_to(out)} == before


def test_articles_go_with_gold_and_gold_with_articles(run: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nowhere: there is no such file or folder"):
        export("brat", tmp_path / "nowhere", tmp_path / "out", articles=run)
    with pytest.raises(ExportError, match="gold annotations know of no near-duplicates"):
        export("brat", run, tmp_path / "out", articles=run, representatives_only=True)
    with pytest.raises(ExportError, match=r"events.jsonl:1: not a gold article"):
        export("brat", run / "events.jsonl", tmp_path / "out", articles=run / "articles.jsonl")
    assert not (tmp_path / "out").exists()


def test_names_that_no_file_system_takes(tmp_path: Path) -> None:
    ids = ["a/b.txt", "a:b", "../../etc/passwd", "A_B", "", ".hidden", "خبر", "ط" * 300]
    text = "هاجم مسلحون صنعاء."
    export(
        "brat", write_run(tmp_path / "run", [(article_line(i, text, 0), []) for i in ids]), tmp_path / "brat"
    )
    rows = [
        r.split("\t")
        for r in (tmp_path / "brat" / "documents.tsv").read_text(encoding="utf-8").splitlines()[1:]
    ]
    assert [row[1] for row in rows] == ids
    files = [row[0] for row in rows]
    assert len({name.lower() for name in files}) == len(ids)
    assert all((tmp_path / "brat" / f"{name}.txt").read_text(encoding="utf-8") == text for name in files)
    assert {p.parent for p in tmp_path.rglob("*.ann")} == {tmp_path / "brat"}


def test_an_export_that_there_is_not(run: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", "word-perfect", str(run), "--out", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert done.stderr.startswith("waqai export: no export is called 'word-perfect'; there are: ")
    assert all(name in done.stderr for name in TOOLS)
    assert not (tmp_path / "out").exists()

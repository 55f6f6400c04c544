"""Files that are almost right, of every kind that is read: articles or rejects come out, never a crash."""

from __future__ import annotations

import gzip
import io
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fuzz_builders import bends, cases, spoilt_files, told
from hypothesis import given
from hypothesis import strategies as st
from run_builders import CAPTURE, QUIET, SHELLING

from pipeline.articles.items import Found, Limits, Note, Reject
from pipeline.articles.read import read_articles, read_source
from pipeline.articles.walk import walk
from pipeline.entities.gazetteer_file import COLUMNS, GazetteerError, parse_line, read_lines
from pipeline.evaluation.gold import EvaluationError, read_gold
from pipeline.export import ExportError
from pipeline.export.label_studio_results import import_label_studio, read_label_studio
from pipeline.knowledge.load import KnowledgeError, read_yaml
from pipeline.outputs import OutputsError, open_run
from pipeline.resolve.gazetteer_add import add
from pipeline.review.decisions import Decision, DecisionLog, LogError

FRONT = '---\ntitle: "قصف: يوم"\ndate: 2024-12-05\nsource: [أ, {name: ب}]\ncountry: سوريا\n---\n'
RECORD = {
    "id": 7,
    "title": "عنوان",
    "text": [SHELLING, QUIET],
    "date": {"$date": "2024-12-05"},
    "source": {"name": "ص"},
}
PAGE = f"<!doctype html><html><head><title>عنوان</title></head><body><article><p>{SHELLING}</p><p>{QUIET * 6}</p>"


def _parquet() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(
        pa.table({"id": [1, 2], "text": [SHELLING, CAPTURE], "date": ["2024-12-05", None]}), buffer
    )
    return buffer.getvalue()


PLAIN: dict[str, bytes] = {
    "a.txt": (FRONT + SHELLING + QUIET).encode(),
    "b.txt": SHELLING.encode("cp1256"),
    "a.html": PAGE.encode(),
    "a.jsonl": (json.dumps(RECORD) + "\n" + json.dumps({"text": QUIET}, ensure_ascii=False) + "\n").encode(),
    "a.json": json.dumps([RECORD, {"text": CAPTURE, "id": 1e3}]).encode(),
    "b.json": json.dumps(RECORD, indent=1).encode("utf-16"),
    "a.csv": f'id,text,date\n1,{SHELLING.replace("،", "")},2024-12-05\n2,"{QUIET}",x\n'.encode("utf-8-sig"),
    "a.tsv": f"id\ttext\n1\t{SHELLING}\n".encode(),
    "a.parquet": _parquet(),
}
FILES = PLAIN | {f"{name}.gz": gzip.compress(content, mtime=0) for name, content in PLAIN.items()}


@given(spoilt_files(FILES), st.sampled_from([Limits(), Limits(article_bytes=200, ratio=2, ratio_from=10)]))
@cases()
def test_articles(tmp_path: Path, file: tuple[str, bytes], limits: Limits) -> None:
    name, content = file
    path = tmp_path / name
    path.write_bytes(content)
    (source,) = walk([path])
    items = list(read_source(source, published="2020-01-01", limits=limits))
    assert items, "something is always said"
    for item in items:
        if isinstance(item, Found):
            article = item.article
            assert article.text.encode("utf-8")
            assert article.model_dump_json().encode("utf-8")
            assert article.id.strip()
        elif isinstance(item, Reject):
            assert json.loads(item.to_json())["kind"] == item.kind
            assert item.to_json().encode("utf-8")
            assert len(item.to_json()) < 2000
        else:
            assert isinstance(item, Note)
    path.unlink()


BAD: dict[str, tuple[str, bytes]] = {
    "nested front matter": ("a.txt", b"---\n" + b"[" * 400 + b"\n---\n" + SHELLING.encode()),
    "front matter that multiplies": (
        "a.txt",
        (
            "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(
                f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n"
                for a, b in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + f"date: *i\ncountry: *i\nid: *i\n---\n{SHELLING}"
        ).encode(),
    ),
    "no character": ("a.txt", f'---\ntitle: "\\U99999999"\n---\n{SHELLING}'.encode()),
    "half a character": ("a.txt", f'---\nid: "\\ud800"\ntitle: "\\udfff"\n---\n{SHELLING}'.encode()),
    "an id without end": ("a.jsonl", b'{"id": 1e999, "text": "' + SHELLING.encode() + b'"}'),
    "no number at all": ("a.jsonl", b'{"id": NaN, "title": -Infinity, "text": "' + SHELLING.encode() + b'"}'),
    "an id of a page": ("a.jsonl", b'{"id": "' + b"x" * 501 + b'", "text": "' + SHELLING.encode() + b'"}'),
    "a deep field": (
        "a.jsonl",
        b'{"date": '
        + b"[" * 800
        + b"]" * 800
        + b', "country": {"a": [1]}, "text": "'
        + SHELLING.encode()
        + b'"}',
    ),
    "too many digits": (
        "a.json",
        b'[{"text": "' + SHELLING.encode() + b'"}, {"id": ' + b"9" * 5000 + b', "text": "x"}]',
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_what_was_found_once(what: str, tmp_path: Path) -> None:
    name, content = BAD[what]
    (tmp_path / name).write_bytes(content)
    items = list(read_articles([tmp_path]))
    (article,) = (item for item in items if not isinstance(item, Reject | Note))
    assert article.text.endswith(SHELLING)
    assert article.model_dump_json().encode("utf-8")


YAML = "triggers:\n  - noun: قصف\n    frame: {subject: actor}\n    examples:\n      - text: قصف\n        mode: null\n"


@given(spoilt_files({"a.yaml": YAML.encode(), "b.yaml": b"- a: &x 1\n  b: *x\n- {a: 1, a: 2}\n"}))
@cases()
def test_knowledge_in_yaml(tmp_path: Path, file: tuple[str, bytes]) -> None:
    path = tmp_path / file[0]
    path.write_bytes(file[1])
    for top in (dict, list):
        with told(KnowledgeError, about=path):
            value, lines = read_yaml(path, top)
            assert isinstance(value, top)
            assert lines


KNOWLEDGE = Path(__file__).resolve().parents[2] / "pipeline" / "knowledge" / "data"


@lru_cache(maxsize=1)
def _loaders() -> dict[str, tuple[bytes, Any]]:
    """The beginning of a shipped file, and what loads it."""
    from pipeline.knowledge import actor_rows, places
    from pipeline.knowledge.events import read_events
    from pipeline.knowledge.load import read_tsv

    def head(name: str, lines: int) -> bytes:
        return b"\n".join((KNOWLEDGE / name).read_bytes().split(b"\n")[:lines])

    return {
        "actors.tsv": (head("actors.tsv", 12), lambda path: read_tsv(path, actor_rows.ActorRow)),
        "places.tsv": (head("places.tsv", 12), lambda path: read_tsv(path, places.PlaceRow)),
        "events.yaml": (head("events/retreat.yaml", 60), lambda path: read_events((str(path),))),
    }


@given(st.data())
@cases()
def test_knowledge_by_its_loaders(tmp_path: Path, data: st.DataObject) -> None:
    name, content = data.draw(spoilt_files({name: seed for name, (seed, _) in _loaders().items()}))
    path = tmp_path / name
    path.write_bytes(content)
    with told(KnowledgeError, about=name):
        _loaders()[name][1](path)


TASK = {
    "id": 1,
    "data": {"text": SHELLING, "article": "a", "published": "2024-12-05", "sha256": None},
    "annotations": [
        {
            "completed_by": {"id": 3, "email": "a@b"},
            "was_cancelled": False,
            "ground_truth": True,
            "result": [
                {"id": "t", "from_name": "label", "value": {"start": 0, "end": 4, "labels": ["trigger"]}},
                {"id": "t", "from_name": "mode", "value": {"taxonomy": [["ASSAULT", "shelling"]]}},
                {"id": "t", "from_name": "assertion", "value": {"start": 0, "end": 4, "choices": ["asserted"]}},
                {"id": "t", "from_name": "iso", "value": {"start": 0, "end": 4, "text": ["2024-12-05"]}},
                {"id": "n", "from_name": "label", "value": {"start": 5, "end": 13, "labels": ["entity"]}},
                {"id": "q", "from_name": "label", "value": {"start": 5, "end": 13, "labels": ["count"]}},
                {"id": "q", "from_name": "count", "value": {"start": 5, "end": 13, "text": ["killed 1 2"]}},
                {"type": "relation", "from_id": "t", "to_id": "n", "direction": "right", "labels": ["actor"]},
            ],
        }
    ],
}  # fmt: skip


@given(bends([TASK]), st.sampled_from([None, "3", "a@b"]))
@cases()
def test_results_of_label_studio(tmp_path: Path, tasks: Any, annotator: str | None) -> None:
    path, out = tmp_path / "results.json", tmp_path / "gold.jsonl"
    path.write_text(json.dumps(tasks))
    with told(ExportError, about=path):
        import_label_studio(path, out, annotator=annotator, overwrite=True)
        texts = [task["data"]["text"] for task in tasks if task.get("annotations")]
        for article in read_gold(out):
            for event in article.events:
                for span in event.spans():
                    assert any(text[span.start : span.end] == span.text for text in texts)


@given(spoilt_files({"a.json": json.dumps([TASK]).encode()}))
@cases(share=0.5)
def test_files_that_are_no_results(tmp_path: Path, file: tuple[str, bytes]) -> None:
    path = tmp_path / file[0]
    path.write_bytes(file[1])
    with told(ExportError, about=path):
        list(read_label_studio(path))


SPAN = {"text": "قصفت", "start": 0, "end": 4}
GOLD = {
    "article": "a", "sha256": None, "published": "2024-12-05",
    "events": [
        {
            "trigger": SPAN, "mode": "shelling", "actors": [SPAN], "targets": [], "places": [SPAN | {"relation": "in"}],
            "time": SPAN, "iso": "2024-12-05", "assertion": "asserted", "attributed_to": None, "core": True,
            "quantities": [SPAN | {"kind": "killed", "low": 1, "high": None}],
        }
    ],
}  # fmt: skip


@given(bends(GOLD))
@cases()
def test_gold(tmp_path: Path, gold: Any) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold) + "\n")
    with told(EvaluationError, about=path):
        assert read_gold(path)


TABLE = "name_ar,name_en,cc,lat,lon,region_ar,population,type,id\nشرقليا,Shurqliya,SY,34.9,36.8,حمص,1200,locality,5\n"
DUMP = "900001\tShurqliya\tShurqliya\tشرقليا,Shurqlia\t34.9\t36.8\tP\tPPL\tSY\t\t11\t\t\t\t1200\t\t400\tAsia\t2024\n"
ROW = "x:1\tShurqliya\tvillage\tSYR\tHoms\t34.9\t36.8\t1200\t\t\tشرقليا|الشرقلية\n"


@given(
    spoilt_files(
        {"t.csv": TABLE.encode(), "t.tsv": TABLE.replace(",", "\t").encode(), "d.txt": DUMP.encode()}
    )
)
@cases()
def test_additions_to_the_gazetteer(tmp_path: Path, file: tuple[str, bytes]) -> None:
    path = tmp_path / file[0]
    path.write_bytes(file[1])
    with told(GazetteerError, about=path):
        made, kept, _ = add(path, tmp_path / "made")
        assert kept >= len([parse_line(line) for line in read_lines(made)]) > 0


@given(spoilt_files({"g.tsv.gz": ("\t".join(COLUMNS) + "\n" + ROW).encode()}), st.booleans())
@cases()
def test_files_of_the_gazetteer(tmp_path: Path, file: tuple[str, bytes], packed: bool) -> None:
    path = tmp_path / file[0]
    path.write_bytes(gzip.compress(file[1]) if packed else file[1])
    with told(GazetteerError, about=path):
        places = [parse_line(line) for line in read_lines(path)]
        assert all(place.id and place.names for place in places)


DECISION = Decision(
    id="d_1",
    at="2024-12-05T10:00:00.000+00:00",
    annotator="ana",
    role="annotator",
    action="undo",
    undoes="d_0",
).to_json()


@given(spoilt_files({"decisions.jsonl": f"{DECISION}\n".encode() * 2}))
@cases()
def test_the_log_of_decisions(tmp_path: Path, file: tuple[str, bytes]) -> None:
    path = tmp_path / file[0]
    path.write_bytes(file[1])
    with told(LogError, about=path):
        list(DecisionLog(path).read())


@given(
    spoilt_files(
        {"manifest.json": b'{"counts": {"articles": 1}}', "events.jsonl": b"{}\n", "articles.jsonl": b"{}\n"}
    )
)
@cases(share=0.5)
def test_outputs_of_a_run(tmp_path: Path, file: tuple[str, bytes]) -> None:
    for name in ("manifest.json", "events.jsonl", "articles.jsonl"):
        (tmp_path / name).write_bytes(b"{}\n" if name == "manifest.json" else b"")
    (tmp_path / file[0]).write_bytes(file[1])
    with told(OutputsError, about=tmp_path):
        run = open_run(tmp_path)
        list(run.records())
        list(run.article_lines())

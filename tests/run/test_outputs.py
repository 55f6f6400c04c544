"""What stands in the outputs, and that the formats agree with each other."""

from __future__ import annotations

import hashlib
import json
import types
from pathlib import Path
from typing import Any, get_args, get_origin

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pydantic import BaseModel
from run_builders import CAPTURE, QUIET, SHELLING, Finder, json_lines, write

from pipeline.export.tables import ROW_GROUP, ParquetWriter, arrow_schema, event_counts
from pipeline.records import EventRecord
from pipeline.run import run
from pipeline.runs.files import OUTPUTS


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    front = "---\ntitle: قصف\ndate: 2024-12-05\ncountry: SY\nsource: وكالة\n---\n"
    files = {"a.txt": front + SHELLING, "b.txt": CAPTURE, "c.txt": QUIET, "d.txt": "english", "n.md": "x"}
    write(folder / "in", files)
    write(folder / "in", {"e.txt": "---\ndate: soon\n---\n" + QUIET})
    run([folder / "in"], folder / "out", extractor=Finder(), progress=False)
    return folder / "out"


def test_the_folder_holds_the_outputs_and_nothing_else(out: Path) -> None:
    assert sorted(p.name for p in out.iterdir()) == sorted([".waqai", *OUTPUTS])
    assert not (out / ".waqai" / "drafts").exists()


def test_articles_and_the_spans_that_index_them(out: Path) -> None:
    articles = {a["id"]: a for a in json_lines(out / "articles.jsonl")}
    assert list(articles) == ["a.txt", "b.txt", "c.txt", "e.txt"]
    keys = ["id", "title", "published", "source", "url", "country", "sha256", "cluster", "text", "events"]
    assert all(list(a) == keys for a in articles.values())
    first = articles["a.txt"]
    assert (first["title"], first["published"], first["country"], first["source"]) == (
        "قصف",
        "2024-12-05",
        "SYR",
        "وكالة",
    )
    assert first["sha256"] == hashlib.sha256(first["text"].encode()).hexdigest()
    assert {i: a["events"] for i, a in articles.items()} == {"a.txt": 3, "b.txt": 2, "c.txt": 0, "e.txt": 0}
    events = json_lines(out / "events.jsonl")
    assert len(events) == 5
    for event in events:
        trigger = event["trigger"]
        assert articles[event["article"]["id"]]["text"][trigger["start"] : trigger["end"]] == trigger["text"]
        EventRecord.model_validate(event)


def test_the_manifest_counts_and_hashes(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    counts = manifest["counts"]
    assert (counts["articles"], counts["events"], counts["rejected"], counts["faulty_fields"]) == (4, 5, 1, 1)
    assert counts["rejects_by_kind"] == {"field": 1, "not_arabic": 1}
    assert counts["files_skipped"] == {".md": 1}
    assert counts["events_by_mode"] == {"fight/assault": 4, "fight/seize": 1}
    assert counts["published_from"] == {"none": 3, "record": 1}
    assert manifest["versions"] == Finder().versions
    assert manifest["run"] == 1
    for name, facts in manifest["outputs"].items():
        data = (out / name).read_bytes()
        assert (facts["bytes"], facts["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert facts.get("lines", data.count(b"\n")) == data.count(b"\n") or name == "events.parquet"
    assert manifest["timings"]["seconds"] > 0


def test_parquet_holds_what_jsonl_holds(out: Path) -> None:
    table = pq.read_table(out / "events.parquet")
    assert table.to_pylist() == json_lines(out / "events.jsonl")
    assert table.schema.equals(arrow_schema())


def test_the_types_do_not_depend_on_the_values(tmp_path: Path) -> None:
    with ParquetWriter(tmp_path / "empty.parquet"):
        pass
    empty = pq.read_table(tmp_path / "empty.parquet")
    assert (empty.num_rows, empty.schema) == (0, arrow_schema())


def test_the_schema_is_that_of_the_record() -> None:
    schema = arrow_schema()
    assert schema.names == list(EventRecord.model_fields)
    assert schema.field("when").type.field("from").type == pa.string()
    assert schema.field("when").nullable
    assert not schema.field("trigger").nullable
    assert schema.field("confidence").type == pa.float64()
    actor = schema.field("actors").type.value_type
    assert {f.name: str(f.type) for f in actor} == {
        "text": "string", "start": "int64", "end": "int64", "name": "string", "label": "string",
        "country": "string", "role": "string", "implicit": "bool",
    }  # fmt: skip
    assert schema.field("provenance").type.field("evidence").type.value_type == pa.string()
    assert _leaves(EventRecord) == _arrow_leaves(schema)


def _leaves(model: type[BaseModel], prefix: str = "") -> set[str]:
    """The paths of all leaves of a model, written down without the code under test."""
    found: set[str] = set()
    for name, info in model.model_fields.items():
        path = f"{prefix}{info.alias or name}"
        inner = [info.annotation]
        while inner and get_origin(inner[0]) in (types.UnionType, list):
            inner = [a for a in get_args(inner[0]) if a is not type(None)]
        kind: Any = inner[0]
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found |= _leaves(kind, f"{path}.")
        else:
            found.add(path)
    return found


def _arrow_leaves(fields: Any, prefix: str = "") -> set[str]:
    found: set[str] = set()
    for field in fields:
        kind = field.type.value_type if pa.types.is_list(field.type) else field.type
        path = f"{prefix}{field.name}"
        found |= _arrow_leaves(kind, f"{path}.") if pa.types.is_struct(kind) else {path}
    return found


def test_a_model_with_an_unknown_type_is_refused() -> None:
    class Odd(BaseModel):
        value: complex

    with pytest.raises(TypeError, match="no column type"):
        arrow_schema(Odd)


def test_row_groups_are_of_a_fixed_size(out: Path, tmp_path: Path) -> None:
    line = (out / "events.jsonl").read_text(encoding="utf-8").split("\n")[0]
    with ParquetWriter(tmp_path / "many.parquet") as writer:
        for _ in range(2 * ROW_GROUP + 1):
            writer.add(json.loads(line))
    groups = pq.ParquetFile(tmp_path / "many.parquet").metadata
    assert [groups.row_group(i).num_rows for i in range(groups.num_row_groups)] == [ROW_GROUP, ROW_GROUP, 1]


def test_event_counts(out: Path) -> None:
    counts = event_counts(out / "events.parquet")
    assert counts.to_dict("records") == [
        {"type": "fight", "mode": "assault", "events": 4},
        {"type": "fight", "mode": "seize", "events": 1},
    ]


def test_pandas_reads_the_events_without_hints(out: Path) -> None:
    by_line = pd.read_json(out / "events.jsonl", lines=True, dtype=False)
    by_column = pd.read_parquet(out / "events.parquet")
    assert list(by_line["id"]) == list(by_column["id"])
    assert list(by_line.columns[:8]) == [
        "id",
        "schema_version",
        "actor",
        "action",
        "target",
        "place",
        "time",
        "type",
    ]

"""The schemas say what the models say, a released version never changes, and everything that a run writes is valid."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from record_builders import bare_record, full_record
from typer.testing import CliRunner

from pipeline import contract
from pipeline.cli import app
from pipeline.contract import SCHEMAS, FrozenError, schema, schema_path, schema_text
from pipeline.evaluation.gold import modes
from pipeline.fields import EVENT_TYPES
from pipeline.knowledge.events import read_types
from pipeline.records import SCHEMA_VERSION, EventRecord

#: Released schemas. A line is added for a new version; none is ever changed.
FROZEN = {
    "article-1-0-0.json": "462e00b2d0ff2c15a3ec4a9eab59f6847a3390e5333b0920c087d458345b06d6",
    "event-record-1-0-0.json": "ce337de16d2a21e7339b33d429c8d0f68e71ce3285914f2577a742934aaec780",
    "reject-1-0-0.json": "83523b2876e85c4b3a6f373b770dc8decd274b9f1626ab5ab90c0ee7f88dd9ac",
    "tombstone-1-0-0.json": "84a8a7268a5c2d6da74b4819684f72ba2dc1e3b69ada8a8658dabbb4167fba68",
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_models_say_what_the_released_schema_says(name: str) -> None:
    assert schema_path(name).read_text(encoding="utf-8") == schema_text(name)


def test_released_versions_never_change() -> None:
    files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in contract.FOLDER.iterdir()}
    assert files == FROZEN


def _objects(name: str) -> Iterator[dict[str, Any]]:
    whole = schema(name)
    yield whole
    yield from whole.get("$defs", {}).values()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_described_and_required_and_no_other_is_allowed(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    for part in _objects(name):
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
        for field, said in part["properties"].items():
            assert len(said["description"]) > 10, field
            if "$ref" not in str(said):
                assert said["examples"], field


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_examples_are_valid(name: str) -> None:
    definitions = schema(name).get("$defs", {})
    for part in _objects(name):
        for said in part["properties"].values():
            validator = Draft202012Validator({**said, "$defs": definitions})
            for example in said.get("examples", ()):
                validator.validate(example)


def valid(change: dict[str, Any], drop: str = "") -> bool:
    """Whether a record is valid after changes, told by dotted paths."""
    made = full_record()
    for path, value in change.items():
        node = made
        *parents, last = path.split(".")
        for key in parents:
            node = node[int(key)] if key.isdigit() else node[key]
        node[last] = value
    made.pop(drop, None)
    return bool(Draft202012Validator(schema("event-record")).is_valid(made))


def test_the_schema_tells_right_from_wrong() -> None:
    assert valid({})
    assert Draft202012Validator(schema("event-record")).is_valid(bare_record())
    for wrong in (
        {"id": "ev_1"}, {"schema_version": "0-1-0"}, {"type": "FIGHT"}, {"type": None}, {"cameo": 190},
        {"cameo": "x"}, {"assertion": "maybe"}, {"confidence": 1.5}, {"confidence": "0.5"}, {"time": "5/12/2024"},
        {"time": "2024-12-05/"}, {"article.published": "2024"}, {"article.sha256": "0"}, {"sentence.start": -1},
        {"trigger.end": 1.5}, {"places.0.lat": 91.0}, {"places.0.country": "sy"}, {"places.0.relation": "at"},
        {"unknown": 1}, {"article.more": 1}, {"actors": None}, {"mode": "Air strike"},
        {"cluster": {"id": "cl_0123456789abcdef", "size": 1, "representative": True}},
    ):  # fmt: skip
        assert not valid(wrong), wrong
    for right in (
        {"time": None}, {"time": "2024-12-01T08:00/2024-12-05"}, {"cameo": None}, {"places.0.lat": None},
        {"article.published": "2024-12-05T10:00:00+03:00"},
        {"cluster": {"id": "cl_0123456789abcdef", "size": 2, "representative": True}},
    ):  # fmt: skip
        assert valid(right), right
    for name in EventRecord.model_fields:
        assert not valid({}, drop=name), name


@pytest.mark.parametrize(
    ("name", "file"),
    [("event-record", "events"), ("article", "articles"), ("reject", "rejects"), ("tombstone", "tombstones")],
)
def test_every_line_of_a_run_is_valid(name: str, file: str, corpus_run: Path, tmp_path: Path) -> None:
    validator = Draft202012Validator(schema(name))
    lines = (corpus_run / f"{file}.jsonl").read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    assert lines or name in ("reject", "tombstone")
    for line in lines:
        validator.validate(json.loads(line))


def test_the_types_are_those_of_the_knowledge_and_of_the_guide() -> None:
    assert {kind.type for kind in read_types()} <= set(EVENT_TYPES)
    assert {row.type for row in modes().values()} == set(EVENT_TYPES)
    assert list(EVENT_TYPES) == sorted(EVENT_TYPES)


def test_a_released_version_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(contract.__file__).parents[1]
    shutil.copytree(contract.FOLDER, tmp_path / "pipeline" / "schemas")
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "records.md"
    shutil.copy(root / "docs" / "records.md", page)
    assert contract.write(tmp_path) == []
    page.write_text("<!-- table: tombstone --> old <!-- end -->", encoding="utf-8")
    target = tmp_path / "pipeline" / "schemas" / f"reject-{SCHEMA_VERSION}.json"
    target.write_text("{}", encoding="utf-8")
    with pytest.raises(FrozenError, match="released"):
        contract.write(tmp_path)
    assert "old" in page.read_text(encoding="utf-8")
    done = CliRunner().invoke(app, ["schema", "--write", str(tmp_path)])
    assert done.exit_code == 2
    target.unlink()
    assert contract.write(tmp_path) == [target, page]
    assert target.read_text(encoding="utf-8") == schema_text("reject")
    assert "gone_since_run" in page.read_text(encoding="utf-8")


def test_the_command_prints_what_was_released() -> None:
    done = CliRunner().invoke(app, ["schema"])
    assert done.stdout == schema_path("event-record").read_text(encoding="utf-8")
    done = CliRunner().invoke(app, ["schema", "events"])
    assert done.exit_code == 2
    assert "no output is called 'events'; there are: event-record, article, reject, tombstone" in done.output

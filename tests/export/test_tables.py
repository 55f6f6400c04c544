"""Tables: types that do not depend on values, nothing lost, read by pandas and DuckDB without hints."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from record_builders import TEXT, article_line, bare_record, dated_run, full_record, small_run, write_run
from run_builders import json_lines

from pipeline.export import flat
from pipeline.export.flat import FLAT, arrow, event_row, place_rows
from pipeline.export.partitions import UNKNOWN, Partitioned
from pipeline.export.tables import arrow_schema
from pipeline.export.writing import export
from pipeline.outputs import ArticleLine
from pipeline.records import EventRecord

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    return small_run(tmp_path / "run")


def test_the_nested_tables_hold_what_the_files_hold(finished: Path, tmp_path: Path) -> None:
    out = export("tables", finished, tmp_path / "out").out
    events = pq.read_table(out / "events.parquet")
    assert events.schema.equals(arrow_schema())
    assert events.to_pylist() == json_lines(finished / "events.jsonl")
    articles = pq.read_table(out / "articles.parquet")
    assert articles.schema.equals(arrow_schema(ArticleLine))
    assert articles.to_pylist() == json_lines(finished / "articles.jsonl")


def test_one_row_a_place(finished: Path, tmp_path: Path) -> None:
    table = pq.read_table(export("tables", finished, tmp_path / "out").out / "places.parquet")
    assert table.schema.equals(arrow(FLAT))
    first, second, third = table.to_pylist()
    assert [(r["id"], r["place_index"], r["place_text"]) for r in (first, second, third)] == [
        ("ev_0123456789abcdef", 0, "سراقب"),
        ("ev_0123456789abcdef", 1, "معرة النعمان"),
        ("ev_00000000000000ff", None, None),
    ]
    assert {k: second[k] for k in ("lat", "lon", "place_country", "precision", "distance_km", "bearing")} == {
        "lat": 35.864, "lon": 36.802, "place_country": "SYR", "precision": "exact", "distance_km": 5.0, "bearing": 0.0,
    }  # fmt: skip
    assert first["date"] == datetime.date(2024, 12, 4)
    assert first["published_date"] == datetime.date(2024, 12, 5)
    assert (first["cameo"], first["killed_low"], first["killed_high"], first["injured_low"]) == (
        "0195",
        14,
        14,
        None,
    )
    assert (first["actors"], first["quantities"]) == ("طائراته | الجيش", "killed 14")
    assert (first["actor_name"], first["actor_role"], first["actor_implicit"]) == ("الجيش", "MIL", False)
    assert (first["cluster_size"], first["cluster_representative"]) == (2, True)
    assert {
        third[k]
        for k in ("actor", "target_name", "date", "when_from", "attributed_to", "cluster_id", "actors")
    } == {None}


def test_nothing_of_a_record_is_missing_from_the_flat_row() -> None:
    """Every leaf of the record stands in the row, but for further actors beyond their text."""
    record = EventRecord.model_validate(full_record())
    row = json.dumps([*place_rows(record)], ensure_ascii=False, default=str)
    left_out = {"lemma"}

    def leaves(value: Any) -> list[Any]:
        if isinstance(value, dict):
            return [leaf for k, v in value.items() if k not in left_out for leaf in leaves(v)]
        return [leaf for v in value for leaf in leaves(v)] if isinstance(value, list) else [value]

    for leaf in leaves(full_record()):
        assert isinstance(leaf, int | float) or leaf is None or str(leaf) in row, leaf
    assert set(event_row(record)) == set(FLAT)
    assert all(set(r) == set(FLAT) for r in place_rows(record))


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        (("near", "from", "to", "in"), 3),
        (("near", "from", "to"), 2),
        (("near", "from"), 1),
        (("near",), 0),
        ((), None),
    ],
)
def test_the_main_place_is_that_of_the_record(relations: tuple[str, ...], expected: int | None) -> None:
    place = full_record()["places"][0]
    places = [place | {"relation": relation} for relation in relations]
    assert event_row(EventRecord.model_validate(full_record(places=places)))["place_index"] == expected


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(14, 14, "killed 14"), (20, None, "killed 20–?"), (None, 9, "killed ?–9"), (2, 5, "killed 2–5")],
)
def test_quantities(low: int | None, high: int | None, shown: str) -> None:
    quantity = full_record()["quantities"][0] | {"low": low, "high": high}
    more = quantity | {"kind": "killed", "low": 99, "high": 99}
    row = event_row(
        EventRecord.model_validate(full_record(quantities=[quantity, more, more | {"kind": "released"}]))
    )
    assert (row["killed_low"], row["killed_high"]) == (low, high)
    assert row["quantities"] == f"{shown} | killed 99 | released 99"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-12-05", (2024, 12, 5)),
        ("2024-12-05T10:00", (2024, 12, 5)),
        ("2024-12", None),
        (None, None),
        ("2024-13-99", None),
    ],
)
def test_days(moment: str | None, day: tuple[int, int, int] | None) -> None:
    assert flat.day(moment) == (datetime.date(*day) if day else None)


def test_types_do_not_depend_on_values(tmp_path: Path) -> None:
    empty = write_run(tmp_path / "empty", [], [])
    bare = write_run(tmp_path / "bare", [bare_record()], [article_line("a.txt", TEXT, 1)])
    full = small_run(tmp_path / "full")
    for name in ("events", "places", "articles"):
        schemas = [
            pq.read_schema(
                export("tables", run, tmp_path / f"{run.name}-out", overwrite=True).out / f"{name}.parquet"
            )
            for run in (empty, bare, full)
        ]
        assert schemas[0].equals(schemas[1])
        assert schemas[0].equals(schemas[2])
        assert pa.null() not in [field.type for field in schemas[0]]


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    run = dated_run(tmp_path / "run")
    for name, options in (("tables", {}), ("tables", {"partition": "month"}), ("csv", {"partition": "day"})):
        one, two = (export(name, run, tmp_path / f"{n}", overwrite=True, **options).out for n in "ab")
        files = sorted(p.relative_to(one) for p in one.rglob("*") if p.is_file())
        assert files == sorted(p.relative_to(two) for p in two.rglob("*") if p.is_file())
        assert [(one / f).read_bytes() for f in files] == [(two / f).read_bytes() for f in files]


def test_pandas_and_duckdb_read_tables_without_hints(finished: Path, tmp_path: Path) -> None:
    out = export("tables", finished, tmp_path / "out").out
    frame = pd.read_parquet(out / "places.parquet")
    assert frame["cameo"].iloc[0] == "0195"
    assert frame["lat"].dtype == "float64"
    assert frame["lat"].sum() == pytest.approx(2 * 35.864)
    nested = pd.read_parquet(out / "events.parquet")
    assert nested["places"][0][1]["distance_km"] == 5.0
    assert nested["when"][1] is None
    with duckdb.connect() as base:
        rows = base.sql(
            f"SELECT id, lat, date, killed_low FROM '{out / 'places.parquet'}' ORDER BY place_index"
        ).fetchall()
        assert rows[0] == ("ev_0123456789abcdef", 35.864, datetime.date(2024, 12, 4), 14)
        killed = base.sql(f"SELECT unnest(quantities).low FROM '{out / 'events.parquet'}'").fetchall()
        assert killed == [(14,)]
        joined = base.sql(
            f"SELECT e.trigger.text = substr(a.text, e.trigger.start + 1, e.trigger.end - e.trigger.start) "
            f"FROM '{out / 'events.parquet'}' e JOIN '{out / 'articles.parquet'}' a ON a.id = e.article.id"
        ).fetchall()
        assert joined == [(True,), (True,)]


@pytest.mark.parametrize(
    ("partition", "parts"),
    [
        ("day", {"2024-12-05", "2024-11-30", "2024-12-06", "2023-01-01", UNKNOWN}),
        ("month", {"2024-12", "2024-11", "2023-01", UNKNOWN}),
        ("year", {"2024", "2023", UNKNOWN}),
    ],
)
def test_partitions(partition: str, parts: set[str], tmp_path: Path) -> None:
    run = dated_run(tmp_path / "run")
    out = export("tables", run, tmp_path / "out", partition=partition).out
    key = f"published_{partition}"
    for name, rows in (("events", 6), ("places", 12), ("articles", 6)):
        assert {p.name for p in (out / name).iterdir()} == {f"{key}={part}" for part in parts}
        frame = pd.read_parquet(out / name)
        assert len(frame) == rows
        assert set(frame[key].astype(str)) == parts
        with duckdb.connect() as base:
            table = base.sql(f"SELECT {key}::VARCHAR, count(*) FROM '{out / name}/**/*.parquet' GROUP BY 1")
            found = dict(table.fetchall())
        assert set(found) == parts
        assert sum(found.values()) == rows


def test_scattered_dates_keep_memory_bounded() -> None:
    """However the rows are scattered, never more than so many are kept, and all arrive in order within their part."""
    handed: dict[str, list[int]] = {}
    calls: list[tuple[str, int, int]] = []

    def flush(part: str, number: int, rows: list[dict[str, Any]]) -> None:
        calls.append((part, number, len(rows)))
        handed.setdefault(part, []).extend(row["n"] for row in rows)

    with Partitioned(flush, kept=10) as parts:
        for n in range(1000):
            parts.add(str(n % 7), {"n": n})
            assert n + 1 - sum(size for _, _, size in calls) <= 10
    assert handed == {str(p): list(range(p, 1000, 7)) for p in range(7)}
    assert [number for part, number, _ in calls if part == "3"] == list(
        range(len([c for c in calls if c[0] == "3"]))
    )


EXAMPLES = re.findall(
    r"^```(python|sql)\n(.*?)^```$", (ROOT / "docs" / "exports.md").read_text(encoding="utf-8"), re.M | re.S
)


def test_the_examples_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = dated_run(tmp_path / "run")
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    export("tables", run, whole / "tables")
    export("tables", run, parts / "tables", partition="month")
    assert [language for language, _ in EXAMPLES] == ["python", "sql"]
    for language, block in EXAMPLES:
        for line in block.splitlines():
            monkeypatch.chdir(parts if "published_month" in line else whole)
            if language == "python":
                assert len(eval(line, {"pd": pd})) == (3 if "filters" in line else 12)
            else:
                with duckdb.connect() as base:
                    rows = base.sql(line).fetchall()
                assert len(rows) == (3 if "published_month" in line else 0)

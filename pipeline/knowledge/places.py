"""Place knowledge: what news needs beyond GeoNames (``data/places.tsv``) and the words around place names
(``data/place_words.yaml``). ``docs/places.md`` explains both to linguists."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from pipeline.knowledge.load import Entry, Fault, KnowledgeError, data_path, read_tsv, read_yaml, validate

Kind = Literal[
    "country", "admin1", "admin2", "city", "town", "village", "neighbourhood", "camp", "base", "airport",
    "crossing", "bridge", "facility", "region", "water", "road",
]  # fmt: skip
Role = Literal["named", "area", "edge", "inside", "site", "institution", "border", "road"]

_ID = re.compile(r"^(?:geonames:\d+|waqai:[a-z0-9-]+)$")


def _split(value: Any) -> Any:
    """``a|b`` of a table cell as a tuple; an empty cell as no names."""
    if value is None:
        return ()
    return (
        tuple(part.strip() for part in value.split("|") if part.strip()) if isinstance(value, str) else value
    )


Names = Annotated[tuple[str, ...], BeforeValidator(_split)]


class PlaceRow(Entry):
    """A place of ``places.tsv``.

    Attributes:
        id: ``geonames:<id>`` where GeoNames has the place, else ``waqai:<slug>``. A row replaces the Arabic names
            that GeoNames has for its id.
        name_ar, aliases: Arabic names as news writes them; head words (مدينة، محافظة) are left off unless they
            belong to the name.
        country: ISO 3166-1 alpha-3; None for seas and regions of several countries.
        admin1: English name of the first-level division, as its own row has it.
        code: GeoNames code of a first-level division: ties the cities of GeoNames to it.
        lat, lon: WGS 84 degrees; None where they are not known for sure.
        note: what it is and where the coordinates come from.
    """

    id: str
    name_ar: str
    aliases: Names = ()
    name_en: str
    kind: Kind
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    admin1: str | None = None
    code: str | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    note: str

    @model_validator(mode="after")
    def _whole(self) -> PlaceRow:
        if not _ID.match(self.id):
            raise ValueError(f"{self.id!r} is neither geonames:<number> nor waqai:<slug>")
        if (self.lat is None) != (self.lon is None):
            raise ValueError("latitude and longitude go together")
        if self.country is None and self.kind not in ("region", "water"):
            raise ValueError("only seas and regions may have no country")
        if self.code and self.kind != "admin1":
            raise ValueError("a code belongs to an admin1")
        return self


@lru_cache(maxsize=1)
def load_places() -> tuple[PlaceRow, ...]:
    """The rows of ``places.tsv``.

    Raises:
        KnowledgeError: with every fault: schema, repeated ids, names given twice, an unknown admin1.
    """
    path = data_path("places.tsv")
    rows = read_tsv(path, PlaceRow)
    divisions = {(r.country, r.name_en) for r, _ in rows if r.kind == "admin1"} | {
        ("PSE", "West Bank"),
        ("PSE", "Gaza Strip"),
    }
    seen: dict[tuple[object, ...], int] = {}
    faults: list[Fault] = []
    for row, line in rows:
        for key in ((row.id,), (row.name_ar, row.kind, row.country, row.admin1)):
            if key in seen:
                faults.append(Fault(path.name, line, f"{row.name_ar}: stands already on line {seen[key]}"))
            seen[key] = line
        if row.admin1 is not None and (row.country, row.admin1) not in divisions:
            faults.append(
                Fault(
                    path.name, line, f"{row.name_ar}: {row.country} has no admin1 row called {row.admin1!r}"
                )
            )
        names = (row.name_ar, *row.aliases)
        if len(set(names)) < len(names):
            faults.append(Fault(path.name, line, f"{row.name_ar}: an alias stands twice"))
    if faults:
        raise KnowledgeError(faults)
    return tuple(row for row, _ in rows)


class Head(Entry):
    """Words that stand before a place name and say what it is, or which part of it is meant.

    ``named`` (بلدة، محافظة): the name is one of ``kinds``. ``area`` (ريف): the country around it. ``edge``
    (مشارف): at its edge. ``inside`` (وسط): within it. ``site`` (مقر، مزارع): something in it or of it.
    ``institution`` (وزارة): the same, but alone it is an actor. ``border``:
    where two countries meet. ``road``: between two places.
    """

    words: tuple[str, ...] = Field(min_length=1)
    role: Role
    kinds: tuple[Kind, ...] = ()
    example: str

    @model_validator(mode="after")
    def _fits(self) -> Head:
        if (self.role == "named") != bool(self.kinds):
            raise ValueError("kinds belong to the role named, and only to it")
        return self


class BackReference(Entry):
    """A definite noun that points back to a place named before (المدينة). ``kinds`` are those it may point to.

    ``countries`` (alpha-3) are the only ones that a word for a state may mean (المملكة); empty for any.
    """

    words: tuple[str, ...] = Field(min_length=1)
    refers: Literal["place", "capital", "country"] = "place"
    countries: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    example: str


class Direction(Entry):
    """Words for a bearing, in degrees clockwise from north."""

    words: tuple[str, ...] = Field(min_length=1)
    bearing: float = Field(ge=0, lt=360)
    example: str


class Unit(Entry):
    """Words for a length and what it is in kilometres."""

    words: tuple[str, ...] = Field(min_length=1)
    km: float = Field(gt=0)
    example: str


class WordList(Entry):
    """A closed class of words; the code knows the class by its name in the file."""

    gloss: str
    words: tuple[str, ...] = Field(min_length=1)
    example: str


class Numbers(Entry):
    """Number words and their values."""

    values: dict[str, float] = Field(min_length=1)
    example: str


class PlaceWords(Entry):
    """``place_words.yaml`` as a whole."""

    heads: tuple[Head, ...]
    back_references: tuple[BackReference, ...]
    directions: tuple[Direction, ...]
    units: tuple[Unit, ...]
    numbers: Numbers
    generic: WordList
    quantifiers: WordList
    containing: WordList
    connecting: WordList
    adjectives: WordList
    locative: WordList
    never: WordList
    distance: WordList
    skipped: WordList
    needs_head: WordList
    needs_place: WordList


@lru_cache(maxsize=1)
def load_place_words() -> PlaceWords:
    """The words around place names.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    path = data_path("place_words.yaml")
    data, lines = read_yaml(path)
    faults: list[Fault] = []
    words = validate(PlaceWords, data, path.name, 0, faults)
    for group in ("heads", "back_references", "directions", "units") if words is not None else ():
        for index, entry in enumerate(getattr(words, group)):
            if not any(word in entry.example for word in entry.words):
                faults.append(
                    Fault(
                        path.name,
                        lines.get((group, index), 0),
                        f"{group}: the example shows none of {entry.words}",
                    )
                )
    if faults or words is None:
        raise KnowledgeError(faults)
    return words


class _Demonym(Entry):
    """What place phrases need of ``nisba.tsv``; its other columns are the actor module's."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    country: str | None = None
    adjective: Names = ()
    kind: str | None = None


@lru_cache(maxsize=1)
def load_demonyms() -> dict[str, str]:
    """Nationality adjectives (masculine and feminine, without ال) and their country, ISO 3166-1 alpha-3."""
    forms: dict[str, str] = {}
    for row, _ in read_tsv(data_path("nisba.tsv"), _Demonym):
        if row.country and row.kind == "country":
            for adjective in row.adjective:
                for form in (adjective, adjective + "ة"):
                    forms.setdefault(form, row.country)
    return forms

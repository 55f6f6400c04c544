"""What a place phrase resolves to, and how the phrase's own words (مشارف، ريف، على بعد …) change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.entities.gazetteer_file import Place
from pipeline.resolve.place_choice import AREAS, SETTLEMENTS, SITES
from pipeline.resolve.place_words import Part

Precision = Literal["exact", "admin", "country", "none"]

#: An offset up to this many kilometres still counts as at the place.
_AT_PLACE_KM = 3.0
#: What stands for something in a place this small is at the place.
_SMALL = (SETTLEMENTS | SITES) - {"city"}


@dataclass(frozen=True, slots=True)
class ResolvedPlace:
    """What a place phrase denotes.

    Attributes:
        name_en, gazetteer_id: of the gazetteer place that the coordinates belong to.
        lat, lon: WGS 84 degrees of that place; an offset is not added, ``distance_km`` and ``bearing`` state it.
        admin1: English name of the first-level division; country: ISO 3166-1 alpha-3.
        precision: exact – the named settlement or site; admin – an area that holds it, or the place it is located
            from; country – no more than the country; none – nothing.
        distance_km: stated distance from the place.
        bearing: degrees from north, of the offset or of the part that is meant («شمال سوريا»).
        score: 0..1, how sure the choice is; None where precision is none.
        relation: ``near`` where the phrase says beside, at the edge or at a distance; else None.
    """

    name_en: str | None = None
    gazetteer_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    admin1: str | None = None
    country: str | None = None
    precision: Precision = "none"
    distance_km: float | None = None
    bearing: float | None = None
    score: float | None = None
    relation: Literal["near"] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a phrase with its place; ``exactly`` is False where the place only stands for the part."""

    place: Place
    score: float
    exactly: bool = True


def located(
    found: Found, part: Part, parts: Sequence[Part], divisions: Mapping[tuple[str, str], Place]
) -> ResolvedPlace:
    """The place that was found, with what the phrase says about the position to it.

    Args:
        found: the place of ``part``.
        parts: of the whole phrase; the first may carry the direction and the distance.
        divisions: (country, English name) → first-level division, for places without coordinates.
    """
    place, score = found.place, found.score
    said = (part, *parts[:1])
    bearing = next((p.bearing for p in said if p.bearing is not None), None)
    distance = next((p.distance_km for p in said if p.distance_km is not None), None)
    offset = place.kind in SETTLEMENTS | SITES and bearing is not None and not part.has("area", "inside")
    beside = part.link == "near" and not found.exactly
    near = distance is not None or offset or part.has("edge", "border") or beside
    precision = _precision(found, part, offset or (distance or 0) > _AT_PLACE_KM)
    lat, lon = place.lat, place.lon
    if lat is None:
        division = divisions.get((place.country, place.admin1))
        lat, lon = (division.lat, division.lon) if division is not None else (None, None)
        if precision == "exact":
            precision = "admin" if place.admin1 else "country"
    return ResolvedPlace(
        name_en=place.name_en,
        gazetteer_id=place.id,
        lat=lat,
        lon=lon,
        admin1=place.admin1 or None,
        country=place.country or None,
        precision=precision,
        distance_km=distance,
        bearing=bearing,
        score=round(score * (0.9 if near else 1.0), 3),
        relation="near" if near else None,
    )


def _precision(found: Found, part: Part, offset: bool) -> Precision:
    """How fine the place is for what the phrase means."""
    if found.place.kind == "country":
        return "country"
    if found.place.kind in AREAS | {"admin2"}:
        return "admin"
    if part.kinds and part.kinds[0] in ("admin1", "admin2") and found.place.kind in SETTLEMENTS:
        return "admin"  # «مديرية حرض» by the town that it is named after
    stands_for = not found.exactly or part.has("site", "institution")
    coarse = stands_for and (found.place.kind not in _SMALL or part.link == "near")
    return "admin" if coarse or offset or part.has("area", "border") else "exact"

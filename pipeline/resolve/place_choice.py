"""Which of the places of one name is meant: one table of weights, added up per candidate.

A candidate starts from how well known it is and gains or loses by kind, spelling, the article's country, what the
phrase says holds it, and its distance to places named beside it. The score that leaves is the share of the best
sum among places that are really apart, times how well the context supports it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.entities.gazetteer_file import Place
from pipeline.resolve.place_words import words

#: Kinds by how large they are; what stands in one division is settled by its place in this list.
SETTLEMENTS = frozenset(["city", "town", "village", "neighbourhood", "camp"])
SITES = frozenset(["base", "airport", "crossing", "bridge", "facility"])
AREAS = frozenset(["admin1", "admin2", "region", "water", "road"])

#: Weights, in one scale: 1 is what ten times the inhabitants are worth twice.
PER_TENFOLD = 0.45  # for each factor of ten in population
CURATED = 1.2  # places.tsv has it because news names it
COUNTRY = 1.5  # a bare name of a country is the country (تونس, الجزائر)
DIVISION = 0.5
WATER = 2.0  # البحر الأحمر is the sea, not the governorates called after it
CITY = 0.7  # a bare name of a city and its province is the city
KIND_FITS = 3.0  # the head word says the kind: its first one; each further one is worth KIND_STEP less
KIND_STEP = 0.4
KIND_MISFITS = -1.6
AREA_FITS = 3.0  # «ريف حمص» is the province
SPELLED_SO = 0.4  # same letters up to hamza, ى and ة; the looser key does not count
SAME_COUNTRY = 2.0  # times the country's share among the article's places
OTHER_COUNTRY = -1.2  # times the share of the article's own country
HELD = 2.0  # the phrase names an area that holds it
NOT_HELD = -2.5
NEAR = 1.8  # at the next place named; halves every NEAR_KM
NEAR_KM = 40.0
FAR = -1.5  # every place named is farther than FAR_KM, for what is not known widely
FAR_KM = 150.0
ELSEWHERE_KM = 80.0  # from the point of a province that is said to hold the place
SHARPNESS = 1.6  # of the share of the best candidate
APART_KM = 25.0  # nearer places of one name in one country do not compete

#: Shares of the article's places from which a country is one where it plays, and one that it has to do with.
OWN_SHARE, SOME_SHARE = 0.15, 0.03

#: Inhabitants from which a place is known outside its country.
FAMOUS = 300_000
#: The same for a place that places.tsv does not have, where nothing says that a city is meant.
GIANT = 2_000_000
#: The same for a place of an article that says nothing else about where it plays.
SIZE_OF_A_TOWN = 20_000
#: Factor for a name that only the looser key finds.
LOOSELY = 0.85


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known around a name.

    Attributes:
        kinds: that the head word announces, the likeliest first; empty for any.
        areas: a division or region is asked for (ريف X).
        shares: share of each country among the article's places.
        holders: what the phrase says holds the place; near: places named beside it, the closest first.
        key: folded form of the name as written.
    """

    key: str
    kinds: tuple[str, ...] = ()
    areas: bool = False
    shares: tuple[tuple[str, float], ...] = ()
    holders: tuple[Place, ...] = ()
    near: tuple[Place, ...] = ()


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle distance in kilometres, or None where coordinates are missing."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat1, lon1, lat2, lon2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    chord = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 12742.0 * math.asin(min(1.0, math.sqrt(chord)))


def prior(place: Place) -> float:
    """How likely news means this place, before any context."""
    value = PER_TENFOLD * math.log10(max(place.population, 300))
    value += CURATED if place.curated else 0.0
    if place.kind == "country":
        value += COUNTRY
    elif place.kind == "city":
        value += CITY
    elif place.kind == "water" or not place.country:
        value += WATER
    elif place.kind == "admin1":
        value += DIVISION + (PER_TENFOLD * 3 if not place.population else 0)
    return value


def is_famous(place: Place, headed: bool = False) -> bool:
    """Known beyond its country: countries, seas, big cities. ``headed``: the text says that it is a city."""
    if not place.country or place.kind in ("country", "water"):
        return True
    if place.curated:
        return place.kind == "city" or place.population >= FAMOUS
    return place.population >= (FAMOUS if headed else GIANT)


def holds(holder: Place, place: Place) -> bool | None:
    """Does ``holder`` hold ``place``? None where it cannot be told."""
    if holder.id == place.id:
        return True
    if not holder.country or not place.country:
        return None
    if holder.country != place.country:
        return False
    if holder.kind == "country":
        return True
    if holder.kind == "admin1" or (holder.kind == "region" and holder.admin1 == holder.name_en):
        if not place.admin1 or holder.admin1 == place.admin1:
            return True if place.admin1 else None
        # News is loose with borders of provinces («بعلبك في البقاع»): only what lies far off is elsewhere.
        apart = distance_km(holder, place)
        return False if apart is None or apart > ELSEWHERE_KM else None
    apart = distance_km(holder, place)
    reach = {"region": 250.0, "admin2": 70.0, "city": 45.0, "water": 400.0}.get(holder.kind, 25.0)
    if apart is None:
        return (holder.admin1 == place.admin1) if holder.admin1 and place.admin1 else None
    return apart <= reach


def weigh(place: Place, evidence: Evidence, spelled: bool) -> float:
    """The sum of the table for one candidate; ``spelled``: the name is written as the gazetteer has it."""
    value = prior(place) + (SPELLED_SO if spelled else 0.0)
    if evidence.kinds:
        fits = place.kind in evidence.kinds
        value += (
            max(KIND_FITS - KIND_STEP * evidence.kinds.index(place.kind), KIND_STEP) if fits else KIND_MISFITS
        )
    if evidence.areas:
        value += AREA_FITS if place.kind in ("admin1", "admin2") else 0.0
    for holder in evidence.holders:
        held = holds(holder, place)
        value += 0.0 if held is None else HELD if held else NOT_HELD
    shares = dict(evidence.shares)
    if shares and place.country:
        own = max(shares.values())
        value += SAME_COUNTRY * shares.get(place.country, 0.0)
        if place.country not in shares or shares[place.country] < own / 4:
            value += OTHER_COUNTRY * own
    gaps = _gaps(place, evidence.near)
    if gaps:
        value += NEAR * max(0.5 ** (gap / NEAR_KM) / (1 + 0.3 * rank) for rank, gap in enumerate(gaps))
        if min(gaps) > FAR_KM and place.kind in SETTLEMENTS | SITES and not is_famous(place):
            value += FAR
    return value


def choose(candidates: Sequence[tuple[Place, bool]], evidence: Evidence) -> tuple[Place, float] | None:
    """The place that is meant and how sure that is (0..1), or None when no candidate is credible.

    ``candidates`` are places with whether the name is written as the gazetteer has it.
    """
    allowed = [(place, spelled) for place, spelled in candidates if _credible(place, evidence)]
    if not allowed:
        return None
    ranked = [(weigh(place, evidence, spelled), spelled, place) for place, spelled in allowed]
    ranked.sort(key=lambda r: (-r[0], r[2].id))
    if not evidence.kinds and not evidence.areas:
        ranked = _city_before_province(ranked)
    best_value, spelled, best = ranked[0]
    rivals = sum(math.exp(SHARPNESS * (value - best_value)) for value, _, p in ranked[1:] if _apart(best, p))
    share = 1 / (1 + rivals)
    return best, round(share * _support(best, evidence) * (1.0 if spelled else LOOSELY), 3)


def _city_before_province(ranked: list[tuple[float, bool, Place]]) -> list[tuple[float, bool, Place]]:
    """A bare name of a city and of its province is the city («تيزي وزو»)."""
    best = ranked[0][2]
    if best.kind != "admin1":
        return ranked
    towns = [r for r in ranked if r[2].kind in ("city", "town")]
    seat = [r for r in towns if r[2].country == best.country and r[2].admin1 == best.admin1]
    return [*seat, *(r for r in ranked if r not in seat)]


def _credible(place: Place, evidence: Evidence) -> bool:
    """Would a careful reader accept the candidate at all?

    A small place abroad, outside the area that the phrase names, or far from everything beside it, is a homonym.
    """
    if evidence.kinds and place.kind not in evidence.kinds and not _kin(place.kind, evidence.kinds):
        return False
    if any(holds(holder, place) is False for holder in evidence.holders):
        return False
    shares = dict(evidence.shares)
    at_home = not shares or shares.get(place.country, 0.0) >= OWN_SHARE
    settled = place.kind == "country" or place.kind in evidence.kinds
    if place.country and not settled and _is_plain(evidence.key):
        # «الحدود الشمالية», «الساحل الغربي»: names only where the article plays in their country.
        return bool(shares) and at_home
    if is_famous(place, bool(evidence.kinds)) or place.kind == "admin1":
        return True
    if any(holds(holder, place) for holder in evidence.holders):
        return True
    if not at_home and not any(other.country == place.country for other in evidence.near):
        involved = shares.get(place.country, 0.0) > SOME_SHARE
        known = involved and place.kind not in ("neighbourhood", "village")
        return place.curated and (" " in evidence.key or known)
    if not shares and not place.curated:
        # With nothing to go by, only places of the size of a town are believed.
        return place.population >= SIZE_OF_A_TOWN or bool(evidence.near or evidence.holders)
    if place.kind == "neighbourhood" and evidence.near:
        gaps = _gaps(place, [other for other in evidence.near if other.kind not in ("region", "water")])
        return not gaps or min(gaps) < 2 * FAR_KM
    return True


def _is_plain(key: str) -> bool:
    """Are all its words place words («المنطقة الشرقية»)? A nationality is more («الجنوب اللبناني»)."""
    w = words()
    return all(w.common(word) and word.removeprefix("ال") not in w.demonyms for word in key.split())


def _gaps(place: Place, others: Sequence[Place]) -> list[float]:
    """Distances to those of the others that are points, in kilometres."""
    known = (distance_km(place, other) for other in others if other.kind != "country")
    return [gap for gap in known if gap is not None]


def _kin(kind: str, kinds: Iterable[str]) -> bool:
    """Head words are used loosely among settlements, among sites and among areas."""
    return any(
        kind in group and group & set(kinds) for group in (SETTLEMENTS, SITES, AREAS - {"water", "road"})
    )


def _apart(a: Place, b: Place) -> bool:
    """Are these two really different answers? A city and its own province are not."""
    if a.country != b.country:
        return True
    if a.country and a.admin1 and a.admin1 == b.admin1 and "admin1" in (a.kind, b.kind):
        return False
    if "country" in (a.kind, b.kind):
        return a.kind == b.kind
    gap = distance_km(a, b)
    return gap is None or gap > APART_KM


def _support(place: Place, evidence: Evidence) -> float:
    """How well the surroundings support the choice, apart from rivals."""
    if any(holds(holder, place) for holder in evidence.holders):
        return 0.98
    gaps = _gaps(place, evidence.near)
    if gaps and min(gaps) <= NEAR_KM:
        return 0.97
    share = dict(evidence.shares).get(place.country, 0.0) if evidence.shares else None
    if is_famous(place) or place.kind == "admin1":
        return 0.95 if share is None or share >= 0.1 or place.kind in ("country", "water") else 0.8
    if share is None:
        return 0.7
    base = 0.75 + 0.2 * share if share >= OWN_SHARE else 0.5
    return base - 0.2 if gaps and min(gaps) > FAR_KM else base

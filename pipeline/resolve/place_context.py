"""What an article as a whole says about where it plays, and the cached look-ups that resolution leans on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.entities.gazetteer import Gazetteer
from pipeline.entities.gazetteer_file import Place
from pipeline.resolve.place_choice import Evidence, choose
from pipeline.resolve.place_phrase import parse
from pipeline.resolve.place_words import Part

#: A country that has less than this share of an article's places is not the article's country.
_OWN_COUNTRY = 0.4
#: How many neighbouring mentions are looked at.
NEAR_LIMIT = 4
#: A name with this score is settled.
_CLEAR = 0.6
#: How much the country counts that the article's source tells, against one for each place named.
_STATED = 1.5
#: The same for a nationality adjective, and the most that a name repeated counts.
_ADJECTIVE, _MOST = 0.3, 4


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What an article says about where it plays.

    Attributes:
        country: ISO 3166-1 alpha-3 of most of its places, or None.
        shares: (country, share of the places), largest first.
        counted: its unambiguous places below country level with how often it names them, the most named first.
    """

    country: str | None = None
    shares: tuple[tuple[str, float], ...] = ()
    counted: tuple[tuple[Place, int], ...] = ()

    @property
    def anchors(self) -> tuple[Place, ...]:
        """The places of ``counted``."""
        return tuple(place for place, _ in self.counted)


class Finder:
    """The gazetteer as resolution sees it: phrases taken apart and names looked up, both cached."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.parse = lru_cache(maxsize=20_000)(self._parse)
        self.candidates = lru_cache(maxsize=20_000)(self._candidates)

    def _parse(self, mention: str) -> tuple[Part, ...]:
        return parse(mention, self.gazetteer)

    def _candidates(self, form: str) -> tuple[tuple[Place, bool], ...]:
        exact = {place.id for place in self.gazetteer.exact(form)}
        return tuple((place, place.id in exact) for place in self.gazetteer.lookup(form))

    def anchors(self, text: str, context: PlaceContext) -> tuple[Place, ...]:
        """The article's chief places, without those of the name in question: a name is no evidence for itself."""
        same = {place.id for place, _ in self.candidates(text)}
        return tuple(anchor for anchor in context.anchors if anchor.id not in same)[:2]


def read_context(finder: Finder, mentions: Sequence[str], country: str | None) -> PlaceContext:
    """The context of an article from all its place mentions and the country (alpha-3) that its source tells, if any.

    Names with one credible reading vote first, then ambiguous names in their light. A country named as such counts
    less than a place in it, since capitals and countries are often only actors.
    """
    parts = [part for mention in mentions for part in finder.parse(mention)]
    votes: Counter[str] = Counter()
    if country:
        _add(votes, country, _STATED)
    for part in parts:
        for code in (*((part.text,) if part.target == "country" else ()), *part.countries):
            _add(votes, code, _ADJECTIVE)
    clear: Counter[Place] = Counter()
    doubtful: list[tuple[Evidence, int]] = []
    names = Counter((part.text, part.kinds, part.has("area")) for part in parts if part.target == "name")
    for (text, kinds, areas), count in names.items():
        evidence = Evidence(text, kinds, areas)
        if not _count(choose(finder.candidates(text), evidence), min(count, _MOST), votes, clear):
            doubtful.append((evidence, count))
    shares, near = _shares(votes), tuple(place for place, _ in _below_country(clear)[:NEAR_LIMIT])
    for evidence, count in doubtful:
        found = choose(finder.candidates(evidence.key), replace(evidence, shares=shares, near=near))
        _count(found, 0.5 * min(count, _MOST), votes, clear)
    shares = _shares(votes)
    own = shares[0][0] if shares and shares[0][1] >= _OWN_COUNTRY else None
    counted = tuple(pair for pair in _below_country(clear) if own is None or pair[0].country == own)
    return PlaceContext(own, shares, counted)


def _count(
    found: tuple[Place, float] | None, count: float, votes: Counter[str], clear: Counter[Place]
) -> bool:
    """Counts a settled name as a vote for its country and as a place of the article; False when it is not settled."""
    if found is None or found[1] < _CLEAR:
        return False
    _vote(votes, found[0], count)
    clear[found[0]] += max(1, int(count))
    return True


def _add(votes: Counter[str], country: str, weight: float) -> None:
    votes[country] += weight  # type: ignore[assignment]


def _vote(votes: Counter[str], place: Place, count: float) -> None:
    if place.country:
        # Capitals and countries are often only actors, and a lone village or quarter may be a homonym.
        weight = 0.6 if place.kind == "country" or place.population > 2_000_000 else 1.0
        _add(votes, place.country, count * (0.3 if place.kind in ("village", "neighbourhood") else weight))


def _shares(votes: Counter[str]) -> tuple[tuple[str, float], ...]:
    total = sum(votes.values())
    ordered = sorted(votes.items(), key=lambda v: (-v[1], v[0]))
    return tuple((country, round(value / total, 4)) for country, value in ordered) if total else ()


def _below_country(places: Counter[Place]) -> tuple[tuple[Place, int], ...]:
    ordered = sorted(places.items(), key=lambda v: (-v[1], v[0].id))
    return tuple((p, n) for p, n in ordered if p.kind not in ("country", "water") and p.lat is not None)

"""One place phrase in one article: its target, what holds it, what is beside it, and what stands in for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from pipeline.entities.gazetteer_file import Place, name_key
from pipeline.knowledge.places import BackReference, Head, load_place_words
from pipeline.resolve.place_choice import AREAS, OWN_SHARE, SETTLEMENTS, SITES, Evidence, choose
from pipeline.resolve.place_context import NEAR_LIMIT, Finder, PlaceContext
from pipeline.resolve.place_result import Found, ResolvedPlace, located
from pipeline.resolve.place_words import Part

#: Share of the article's places from which its country stands in for a place that nothing else locates.
_COUNTRY_STANDS_IN = 0.6
#: Scores of places that stand in for something, against those of the places themselves.
_HOLDER, _NEIGHBOUR_AREA, _ONE_PROVINCE, _COUNTRY = 0.8, 0.6, 0.5, 0.4
#: So doubtful a homonym is not believed in a country that the article does not speak of.
_DOUBT = 0.3
_WIDE = frozenset(["admin1", "admin2", "region"])


@lru_cache(maxsize=1)
def _back_references() -> Mapping[str, BackReference]:
    return {name_key(word): entry for entry in load_place_words().back_references for word in entry.words}


@lru_cache(maxsize=4)
def _head(role: str) -> tuple[Head, ...]:
    """A head word of that role, to put before a name."""
    return next((head,) for head in load_place_words().heads if head.role == role)


class PhraseReader:
    """Resolves one phrase, already taken apart, in its surroundings."""

    def __init__(self, finder: Finder, context: PlaceContext, near: tuple[str, ...]) -> None:
        self.finder, self.context, self.near = finder, context, near
        self.countries = finder.gazetteer.countries

    def read(self, parts: Sequence[Part]) -> ResolvedPlace:
        """What the phrase denotes."""
        if any(part.has("road") for part in parts[:2]):
            return self._road(parts)
        index = target_index(parts)
        part, rest = parts[index], parts[index + 1 :]
        neighbours = [found.place for p in rest if p.link == "near" and (found := self._find(p))]
        found = self._find(part, (*neighbours, *self.beside), self._holders(rest))
        if found is not None:
            return self._located(found, part, parts)
        if part.target == "name":
            part = replace(part, target="unknown")
        return self._stand_in(part, parts, rest)

    def _located(self, found: Found, part: Part, parts: Sequence[Part]) -> ResolvedPlace:
        return located(found, part, parts, self.finder.gazetteer.divisions)

    # What surrounds it

    @cached_property
    def beside(self) -> tuple[Place, ...]:
        """The places that the neighbouring mentions name, each chosen without looking further."""
        found: dict[str, Place] = {}
        for mention in self.near[:NEAR_LIMIT]:
            part = next((p for p in self.finder.parse(mention) if p.target == "name"), None)
            chosen = self._choose(part) if part is not None else None
            if chosen is not None:
                found.setdefault(chosen.place.id, chosen.place)
        return tuple(found.values())

    def _choose(
        self, part: Part, near: tuple[Place, ...] = (), holders: tuple[Place, ...] = ()
    ) -> Found | None:
        """The place of a part that is a name."""
        near = near or self.finder.anchors(part.text, self.context)
        evidence = Evidence(part.text, part.kinds, part.has("area"), self.context.shares, holders, near)
        chosen = choose(self.finder.candidates(part.text), evidence)
        if chosen is None or (chosen[1] <= _DOUBT and not self._spoken_of(chosen[0].country)):
            return None
        return Found(*chosen)

    def _spoken_of(self, country: str) -> bool:
        """Whether the article speaks of a country, or of none at all."""
        return not self.context.shares or country in dict(self.context.shares)

    def _find(
        self, part: Part, near: tuple[Place, ...] | None = None, holders: tuple[Place, ...] = ()
    ) -> Found | None:
        """The place of a part, whatever stands there."""
        if part.target == "name":
            stated = tuple(self.countries[c] for c in part.countries if c in self.countries)
            return self._choose(part, self.beside if near is None else near, (*holders, *stated))
        if part.target == "country" and part.text in self.countries:
            return Found(self.countries[part.text], 0.9)
        return self._refer(part) if part.target == "back" else None

    def _holders(self, parts: Sequence[Part]) -> tuple[Place, ...]:
        """The areas and settlements that the phrase says hold its target."""
        found: list[Place] = []
        for part in parts:
            wide = part.target == "name" and (part.has("area") or not _WIDE.isdisjoint(part.kinds[:2]))
            towards = part.link == "near" and part.bearing is not None and part.distance_km is None
            if part.link in ("in", "apposition") or wide or towards:
                place = self._find(part)
                # «شمال اليمن» after a name holds it, «غرب حمص» is beside it.
                if place is not None and (part.link != "near" or place.place.kind in (*AREAS, "country")):
                    found.append(place.place)
            found += [self.countries[code] for code in part.countries if code in self.countries]
        return tuple(found)

    # Back-references

    def _refer(self, part: Part) -> Found | None:
        """What «المدينة», «العاصمة», «البلاد» point back to."""
        reference = _back_references()[part.text]
        code = part.countries[0] if part.countries else self.context.country or ""
        if reference.countries and code not in reference.countries:
            involved = (
                c for c, share in self.context.shares if c in reference.countries and share >= OWN_SHARE
            )
            code = next(involved, "")
        country = self.countries.get(code)
        if reference.refers == "country":
            return None if country is None else Found(country, 0.8)
        if reference.refers == "capital":
            capital = self.finder.gazetteer.by_id(country.capital) if country is not None else None
            return None if capital is None else Found(capital, 0.95 if part.countries else 0.75)
        if reference.kinds[0] == "city":  # «المدينة» is seldom the town of that name
            return self._named_before(reference) or self._called_so(part, reference)
        return self._called_so(part, reference) or self._named_before(reference)

    def _called_so(self, part: Part, reference: BackReference) -> Found | None:
        """«الساحل» and «القطاع» are names where the article's country has a place called so."""
        own = [
            (place, spelled)
            for place, spelled in self.finder.candidates(part.text)
            if spelled
            and place.curated
            and place.country == self.context.country
            and place.kind in reference.kinds
        ]
        chosen = (
            choose(own, Evidence(part.text, reference.kinds, shares=self.context.shares)) if own else None
        )
        return None if chosen is None else Found(chosen[0], round(0.75 * chosen[1], 3))

    def _named_before(self, reference: BackReference) -> Found | None:
        """The mention that suits best: close by, of the very kind (a city before a town), written as one, prominent."""
        best = reference.kinds[0]
        chief = self.context.anchors[0] if self.context.anchors else None
        ranked: list[tuple[float, int, Found]] = []
        for rank, mention in enumerate(self.near):
            part = next(iter(self.finder.parse(mention)), None)
            if (
                part is None
                or part.target != "name"
                or part.has("area", "edge", "border", "road")
                or part.bearing is not None
            ):
                continue
            found = self._choose(part)
            if found is not None and found.place.kind in reference.kinds:
                fits = (found.place.kind == best) + (best in part.kinds) + (found.place == chief)
                ranked.append(
                    (1 / (1 + rank) + 0.6 * fits, -rank, replace(found, score=round(0.85 * found.score, 3)))
                )
        anchor = self._dominant(reference)
        if anchor is not None:
            fits = (anchor.kind == best) + (anchor == chief)
            ranked.append((0.2 + 0.6 * fits, -NEAR_LIMIT, Found(anchor, 0.6)))
        return max(ranked, key=lambda r: r[:2])[2] if ranked else None

    def _dominant(self, reference: BackReference) -> Place | None:
        """The place of these kinds that the article names at least twice as often as any other."""
        fitting = [pair for pair in self.context.counted if pair[0].kind in reference.kinds]
        if not fitting or (len(fitting) > 1 and fitting[0][1] < 2 * fitting[1][1]):
            return None
        return fitting[0][0]

    # What stands in

    def _stand_in(self, part: Part, parts: Sequence[Part], rest: Sequence[Part]) -> ResolvedPlace:
        """No place of its own: what holds it, what it is beside, the area its neighbours name, the country."""
        for other in rest:
            # «قرى متاخمة للمدينة» is nowhere in particular, «مشارف … للمدينة» is at the city.
            vague = part.target == "vague" and not part.has("area", "edge", "inside")
            found = None if other.target == "back" and vague else self._find(other)
            if found is None:
                continue
            if (
                part.target == "vague"
                and other.link in ("in", "apposition")
                and not part.has("site", "institution")
            ):
                return self._located(*self._whole(part, other, found), parts)
            stated = Part("name", other.text, other.heads, other.bearing, other.distance_km, (), other.link)
            return self._located(
                Found(found.place, round(found.score * _HOLDER, 3), exactly=False), stated, parts
            )
        for code in part.countries:
            if code in self.countries and part.heads:
                return self._located(Found(self.countries[code], 0.6), part, parts)
        if part.target == "unknown" and not (SETTLEMENTS | SITES).isdisjoint(part.kinds):
            return self._area_of_neighbours()
        return self._province_of_neighbours() if part.target != "vague" else ResolvedPlace()

    def _whole(self, part: Part, other: Part, found: Found) -> tuple[Found, Part]:
        """«الأحياء الشمالية من حمص» is the city itself, «قرى في حلب» the province."""
        if part.has("inside") or "neighbourhood" in part.kinds:
            return found, replace(part, target=other.target, text=other.text, heads=_head("inside"))
        heads = part.heads if part.has("area", "edge") else _head("area")
        whole = replace(part, target=other.target, text=other.text, heads=(*heads, *other.heads))
        if other.target == "name" and found.place.kind in SETTLEMENTS and not part.has("edge"):
            found = self._choose(whole, self.beside) or found
        return found, whole

    def _area_of_neighbours(self) -> ResolvedPlace:
        """For an unknown settlement or site: the area that a neighbour names («في ريف حمص»), else the country."""
        for mention in self.near[:NEAR_LIMIT]:
            parts = self.finder.parse(mention)
            if (
                parts
                and parts[0].target == "name"
                and (parts[0].has("area") or not _WIDE.isdisjoint(parts[0].kinds[:2]))
            ):
                found = self._choose(parts[0])
                wide = AREAS | {"admin2"} | (SETTLEMENTS if parts[0].has("area") else set())
                if found is not None and found.place.kind in wide:
                    area = Found(found.place, round(_NEIGHBOUR_AREA * found.score, 3), exactly=False)
                    return self._located(area, Part("name", ""), parts[:1])
        province = self._province_of_neighbours()
        if province.precision != "none":
            return province
        country = self.countries.get(self.context.country or "")
        share = dict(self.context.shares).get(self.context.country or "", 0.0)
        if country is not None and share >= _COUNTRY_STANDS_IN and self.context.counted:
            return self._located(Found(country, _COUNTRY), Part("country", country.country), ())
        return ResolvedPlace()

    def _province_of_neighbours(self) -> ResolvedPlace:
        """The division that all places beside the mention lie in, if there are several («السجن المركزي»)."""
        inside = [p for p in self.beside if p.kind not in ("country", "water", *AREAS) and p.admin1]
        where = {(p.country, p.admin1) for p in inside}
        if len(inside) < 2 or len(where) > 1 or inside[0].country != self.context.country:
            return ResolvedPlace()
        province = self.finder.gazetteer.divisions.get(next(iter(where)))
        if province is None:
            return ResolvedPlace()
        return self._located(Found(province, _ONE_PROVINCE, exactly=False), Part("name", ""), ())

    def _road(self, parts: Sequence[Part]) -> ResolvedPlace:
        """A road between two places: the division or the country that both ends share."""
        ends = [found for p in parts if p.target == "name" and (found := self._find(p))][:2]
        if not ends:
            return ResolvedPlace()
        first, last = ends[0].place, ends[-1].place
        if first.id == last.id:
            exactly = first.kind == "road"
            return self._located(
                replace(ends[0], score=round(0.7 * ends[0].score, 3), exactly=exactly),
                Part("name", ""),
                parts,
            )
        if first.country != last.country or not first.country:
            return ResolvedPlace()
        same = bool(first.admin1) and first.admin1 == last.admin1
        return ResolvedPlace(
            name_en=f"{first.name_en}–{last.name_en} road",
            admin1=first.admin1 if same else None,
            country=first.country,
            precision="admin" if same else "country",
            score=round(0.75 * min(end.score for end in ends), 3),
        )


def target_index(parts: Sequence[Part]) -> int:
    """The part that the phrase is about: the first, unless a name explains it («العاصمة دمشق»)."""
    if len(parts) < 2 or parts[1].target != "name" or parts[1].link != "apposition" or parts[1].heads:
        return 0
    explained = parts[0].target == "back" or (parts[0].target == "unknown" and not parts[0].heads)
    return 1 if explained else 0

"""The gazetteer: places by their Arabic names, for the entity rulers and for resolution.

Three sources, later ones first where they name the same id: additions of the user (``WAQAI_GAZETTEER``, else
``~/.local/share/waqai``), ``places.tsv`` (knowledge), and the bundled ``gazetteer.tsv.gz`` made from GeoNames
(CC BY 4.0) by ``waqai gazetteer build``. Names are looked up by folded form; a looser key catches ال, hamza,
spaces and final ا/ه/ى. Nothing is loaded before the first look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from pipeline.entities.gazetteer_file import (
    FILE_NAME,
    FOLDS,
    GazetteerError,
    Place,
    curated,
    loose_key,
    models_files,
    name_key,
    parse_line,
    read_lines,
    user_folder,
)
from pipeline.knowledge.places import PlaceRow, load_demonyms, load_place_words, load_places

__all__ = [
    "Gazetteer",
    "GazetteerError",
    "Match",
    "Place",
    "load_files",
    "load_gazetteer",
    "loose_key",
    "name_key",
]

#: Longest name in words.
_LONGEST = 6
#: Below this population a single-word name of the bundled file is no place without a place word before it.
_KNOWN_CITY = 300_000
#: Countries that Arabic news names places of without saying what they are.
_ARAB = frozenset(
    ("SYR", "IRQ", "YEM", "LBY", "SDN", "SSD", "PSE", "LBN", "EGY", "TUN", "DZA", "MAR", "JOR",
     "SAU", "ARE", "QAT", "KWT", "BHR", "OMN", "SOM", "DJI", "MRT", "ESH", "ISR", "COM")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A gazetteer name in a token sequence.

    Attributes:
        start, end: token indexes, half-open; a head word before the name («مدينة») is not part of it.
        head: index of the head word or direction that belongs to the name, ``start`` where there is none.
        places: all places of that name.
        safe: the name is a place here: unambiguous as a word, or after a place word or a locative preposition.
    """

    start: int
    end: int
    head: int
    places: tuple[Place, ...]
    safe: bool


class Gazetteer:
    """Look-up of places. Immutable after construction; places are made when they are first asked for."""

    def __init__(self, lines: Sequence[str], rows: Sequence[PlaceRow] = ()) -> None:
        """Args: ``lines`` of gazetteer files, the more important file last; ``rows`` of ``places.tsv``."""
        chosen = {row.id for row in rows}
        bundled: dict[str, str] = {}
        kept: dict[str, str] = {}
        for line in lines:
            identifier = line[: line.index("\t")]
            (bundled if identifier in chosen else kept)[identifier] = line
        self._entries: list[str | Place] = [curated(row, bundled.get(row.id)) for row in rows]
        forms: dict[str, list[int]] = {}
        for index, place in enumerate(self._entries):
            for name in place.names:  # type: ignore[union-attr]
                forms.setdefault(name_key(name), []).append(index)
        for line in kept.values():
            index = len(self._entries)
            self._entries.append(line)
            names = line[line.rindex("\t") + 1 :].translate(FOLDS)
            for name in set(names.split("|")):
                found = forms.get(name)
                if found is None:
                    forms[name] = [index]
                elif index not in found:
                    found.append(index)
        self._forms = forms
        words = load_place_words()
        # A head word is no name itself (ميدان), and function words never are, though villages are called so.
        self._never = frozenset(
            map(name_key, [*words.never.words, *(w for h in words.heads for w in h.words)])
        )
        self._needs_head = frozenset(map(name_key, words.needs_head.words))
        self._needs_place = frozenset(map(name_key, words.needs_place.words))
        self._heads = frozenset(
            name_key(w) for head in words.heads if head.role in ("named", "area", "edge") for w in head.words
        )
        self._demonyms = frozenset(map(name_key, load_demonyms()))
        self._locative = frozenset(map(name_key, words.locative.words))

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Place:
        entry = self._entries[index]
        if isinstance(entry, str):
            entry = self._entries[index] = parse_line(entry)
        return entry

    @cached_property
    def _loose(self) -> dict[str, list[str]]:
        """Loose key → stored forms."""
        keys: dict[str, list[str]] = {}
        for form in self._forms:
            keys.setdefault(loose_key(form), []).append(form)
            if " " in form:
                # «ديرالزور», written as one word.
                keys.setdefault(loose_key(form.replace(" ", "")), []).append(form)
        return keys

    @cached_property
    def _longest(self) -> dict[str, int]:
        """First word of a name → words of the longest name that begins with it."""
        longest: dict[str, int] = {}
        for form in self._forms:
            first, _, rest = form.partition(" ")
            count = 1 + (rest.count(" ") + 1 if rest else 0)
            if count > longest.get(first, 0):
                longest[first] = min(count, _LONGEST)
        return longest

    @cached_property
    def countries(self) -> dict[str, Place]:
        """ISO 3166-1 alpha-3 → country."""
        places = (self[index] for index, entry in enumerate(self._entries) if _kind(entry) == "country")
        return {place.country: place for place in places}

    @cached_property
    def alpha3(self) -> dict[str, str]:
        """ISO 3166-1 alpha-2 or alpha-3 → alpha-3."""
        return {code: p.country for p in self.countries.values() for code in (p.code, p.country) if code}

    @cached_property
    def divisions(self) -> dict[tuple[str, str], Place]:
        """(country, English name) → first-level division."""
        curated = [e for e in self._entries if isinstance(e, Place) and e.curated]
        return {(p.country, p.name_en): p for p in curated if p.kind == "admin1"} | {
            (p.country, p.name_en): p for p in curated if p.kind == "region" and p.admin1 == p.name_en
        }

    def by_id(self, identifier: str) -> Place | None:
        """The place with an id."""
        index = self._ids.get(identifier)
        return None if index is None else self[index]

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {e.id if isinstance(e, Place) else e[: e.index("\t")]: i for i, e in enumerate(self._entries)}

    def has(self, form: str, *, agree: bool = True) -> bool:
        """Is a folded form a name, as stored or by its looser key? With ``agree``, its words must agree in ال."""
        if form in self._never:  # function words are no names, though some village is called so
            return False
        if form in self._forms:
            return True
        others = self._loose.get(loose_key(form), ())
        return bool(others) and (not agree or any(_articles(o) == _articles(form) for o in others))

    def firm(self, form: str) -> bool:
        """Is a folded form a name that can be trusted to end there: curated and no common word («تل» is not)?"""
        if form in self._needs_head or form in self._never:
            return False
        return any(self[i].curated for i in self._forms.get(form, ())) or any(
            self[i].curated for other in self._loose.get(loose_key(form), ()) for i in self._forms[other]
        )

    def exact(self, name: str) -> tuple[Place, ...]:
        """Places of exactly that folded name."""
        return tuple(self[i] for i in self._forms.get(name_key(name), ()))

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Places called ``name``, the best known first.

        ال, hamza, ى/ي, ه/ة, spaces and hyphens do not matter; a head word (مدينة، محافظة …) restricts the kind,
        and what it usually announces comes first.
        """
        form = name_key(name)
        if form in self._heads:
            return ()
        found = self._with_variants(form)
        head, _, rest = form.partition(" ")
        kinds = head_kinds().get(head.removeprefix("ال"), ())
        if not found and rest and kinds:
            found = [place for place in self._with_variants(rest) if place.kind in kinds]
            return tuple(sorted(found, key=lambda p: (-kinds.index(p.kind), _prominence(p)), reverse=True))
        return tuple(sorted(found, key=_prominence, reverse=True))

    def _with_variants(self, form: str) -> list[Place]:
        indexes = dict.fromkeys(self._forms.get(form, ()))
        for other in self._loose.get(loose_key(form), ()):
            indexes.update(dict.fromkeys(self._forms[other]))
        return [self[i] for i in indexes]

    def find(self, norms: Sequence[str]) -> list[Match]:
        """Names in a token sequence, left to right, the longest first, without overlap.

        ``norms`` are normal forms of tokens with clitics cut off (ب | حمص); names must agree with theirs in ال.
        """
        words = [name_key(n) for n in norms]
        matches: list[Match] = []
        at = 0
        while at < len(words):
            match = self._match_at(words, at) if words[at] in self._longest else None
            if match is not None:
                matches.append(match)
            at = match.end if match else at + 1
        return matches

    def _match_at(self, words: Sequence[str], at: int) -> Match | None:
        for count in range(min(self._longest[words[at]], len(words) - at), 0, -1):
            form = " ".join(words[at : at + count])
            indexes = self._forms.get(form)
            if indexes is None or len(form) < 2 or form in self._never:
                continue
            places = tuple(sorted((self[i] for i in indexes), key=_prominence, reverse=True))
            # Only an indefinite head governs a name: «المدينة الجديدة» is no city called الجديدة.
            headed = at > 0 and words[at - 1] in self._heads
            before = words[at - 1] if at else ""
            # «السفارة السعودية» is an adjective, «زار السعودية» a country.
            adjective = form.removeprefix("ال") in self._demonyms and before.startswith("ال")
            safe = headed or (not adjective and self._safe(form, places, before in self._locative))
            return Match(at, at + count, at - 1 if headed else at, places, safe)
        return None

    def _safe(self, form: str, places: Sequence[Place], after_locative: bool) -> bool:
        """Is this name a place as it stands? Common words never, person names after «في» and the like.

        Single words that only the bundled file has are believed when their place is big: GeoNames lists villages that
        are called like every second word of Arabic.
        """
        if form in self._needs_head or (len(form) < 3 and not after_locative):
            return False
        best = places[0]
        known = best.curated or best.kind == "country" or best.population >= _KNOWN_CITY
        if form in self._needs_place:
            return known and after_locative
        return known or (" " in form and (after_locative or best.country in _ARAB))


def _kind(entry: str | Place) -> str:
    return entry.kind if isinstance(entry, Place) else entry.split("\t", 3)[2]


def _articles(form: str) -> list[bool]:
    return [word.startswith("ال") for word in form.split()]


def _prominence(place: Place) -> tuple[bool, int, int, str]:
    rank = {"country": 3, "admin1": 1, "city": 2}.get(place.kind, 0)
    return place.curated, rank, place.population, place.id


@lru_cache(maxsize=1)
def head_kinds() -> dict[str, tuple[str, ...]]:
    """Folded head word → kinds of place it announces, the likeliest first."""
    return {name_key(w): tuple(h.kinds) for h in load_place_words().heads if h.kinds for w in h.words}


def load_files(paths: Iterable[Path], rows: Sequence[PlaceRow] = ()) -> Gazetteer:
    """A gazetteer of these files, the most important last, with the rows of ``places.tsv`` above them."""
    return Gazetteer([line for path in paths for line in read_lines(path)], rows)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer of this installation, loaded once.

    Raises:
        GazetteerError: the bundled file is missing, or a file of the user is no gazetteer.
        KnowledgeError: ``places.tsv`` has faults.
    """
    bundled = next(models_files(), None)
    if bundled is None:
        raise GazetteerError(f"no {FILE_NAME} in the models folder: make it with «waqai gazetteer build»")
    folder = user_folder()
    added = sorted(folder.glob("*.tsv.gz")) if folder.is_dir() else []
    return load_files([bundled, *added], load_places())

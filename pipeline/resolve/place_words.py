"""The words around place names, keyed for the parser, and the part of a place phrase that it makes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.entities.gazetteer_file import name_key
from pipeline.knowledge.places import Head, load_demonyms, load_place_words
from pipeline.text.normalize import clean

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")

Target = Literal["name", "unknown", "back", "vague", "country"]
Link = Literal["first", "in", "near", "and", "apposition"]


@dataclass(frozen=True, slots=True)
class Part:
    """One place within the phrase.

    Attributes:
        target: what stands there: a name of the gazetteer, words it does not know, a back-reference, a vague noun,
            or a country that is only there as an adjective.
        text: the name's folded form, the unknown words, the back-reference, or the country's alpha-3.
        heads: head words before it, outermost first.
        bearing: degrees from north, or None; distance_km: or None.
        countries: alpha-3 of nationality adjectives after it.
        link: how it hangs on the part before it.
    """

    target: Target
    text: str
    heads: tuple[Head, ...] = ()
    bearing: float | None = None
    distance_km: float | None = None
    countries: tuple[str, ...] = ()
    link: Link = "first"

    def has(self, *roles: str) -> bool:
        """Is one of the head words of these roles?"""
        return any(h.role in roles for h in self.heads)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that the innermost naming head announces, the likeliest first; empty for any."""
        named = [h for h in self.heads if h.role == "named"]
        return tuple(named[-1].kinds) if named else ()


@dataclass(frozen=True, slots=True)
class Words:
    """The word classes, keyed by folded form."""

    heads: Mapping[str, Head]
    back: frozenset[str]
    directions: Mapping[str, float]
    units: Mapping[str, float]
    numbers: Mapping[str, float]
    generic: frozenset[str]
    quantifiers: frozenset[str]
    containing: frozenset[str]
    connecting: frozenset[str]
    adjectives: frozenset[str]
    demonyms: Mapping[str, str]
    governing: Mapping[str, str]
    distance: frozenset[str]
    skipped: frozenset[str]

    def common(self, form: str) -> bool:
        """Is the single word a place word of some class, rather than a name?"""
        bare = form.removeprefix("ال")
        return (
            form in self.back or form in self.generic or form in self.heads or form in self.directions
            or form in self.adjectives or form in self.quantifiers or form in self.containing or form in self.connecting
            or form in self.units or (bare != form and (bare in self.demonyms or bare in self.heads))
        )  # fmt: skip


@lru_cache(maxsize=1)
def words() -> Words:
    """The word classes of ``place_words.yaml`` and the demonyms, keyed by folded form."""
    data = load_place_words()

    def keys(group: Sequence[str]) -> frozenset[str]:
        return frozenset(map(name_key, group))

    return Words(
        heads={name_key(w): h for h in reversed(data.heads) for w in h.words},
        back=keys([w for b in data.back_references for w in b.words]),
        directions={name_key(w): d.bearing for d in data.directions for w in d.words},
        units={name_key(w): u.km for u in data.units for w in u.words},
        numbers={name_key(w): v for w, v in data.numbers.values.items()},
        generic=keys(data.generic.words),
        quantifiers=keys(data.quantifiers.words),
        containing=keys(data.containing.words),
        connecting=keys(data.connecting.words),
        adjectives=keys(data.adjectives.words),
        demonyms={name_key(a): c for a, c in load_demonyms().items()},
        distance=keys(data.distance.words),
        skipped=keys(data.skipped.words),
        governing={
            phrase[0]: phrase[1]
            for w in (*data.connecting.words, *data.containing.words)
            if len(phrase := name_key(w).split()) == 2 and phrase[1] in ("ل", "ب")
        },
    )


def tokens_of(mention: str) -> list[str]:
    """Folded words; ل and ب are cut off where the word before governs them («المتاخمة للمدينة»)."""
    tokens: list[str] = []
    for word in filter(None, map(name_key, _WORD.findall(clean(mention)))):
        preposition = words().governing.get(tokens[-1]) if tokens else None
        if preposition and word.startswith(preposition) and len(word) > 2:
            stem = word[1:]
            tokens += [preposition, "ا" + stem if stem.startswith("ل") and preposition == "ل" else stem]
        else:
            tokens.append(word)
    return tokens


def readings(token: str) -> list[tuple[str, str]]:
    """The token as it stands, then without conjunction and preposition: («ول», «حمص»)."""
    readings = [("", token)]
    if words().common(token):
        return readings
    for conjunction in ("", "و", "ف"):
        if not token.startswith(conjunction):
            continue
        rest = token[len(conjunction) :]
        if conjunction and len(rest) > 2:
            readings.append((conjunction, rest))
        for preposition in ("لل", "ب", "ل"):
            if rest.startswith(preposition) and len(rest) > len(preposition) + 1:
                stem = rest[len(preposition) :]
                readings.append((conjunction + preposition[0], "ال" + stem if preposition == "لل" else stem))
    return readings

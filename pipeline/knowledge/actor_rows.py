"""The rows of the actor knowledge: schemas of ``actors.tsv``, ``roles.tsv`` and ``nisba.tsv``.

Codes follow PLOVER and CAMEO (Schrodt 2012, chapter 3; PLOVER 2023, actor sectors). ``docs/actors.md`` explains the
columns to linguists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from pipeline.knowledge.load import Entry

Label = Literal[
    "state", "armed forces", "police", "rebels", "militia", "jihadist group", "party",
    "international organisation", "NGO", "media", "civilians", "person", "unknown",
]  # fmt: skip
Role = Literal[
    "GOV", "MIL", "COP", "OPP", "REB", "UAF", "JUD", "PTY", "IGO", "NGO", "MED", "CVL", "LEG", "SPY", "BUS", "REF",
]  # fmt: skip
#: How a noun takes part in a role; see docs/actors.md.
Kind = Literal["own", "of", "arms", "band", "title", "mod", "part", "link", "owned", "cut"]
LABELS: tuple[str, ...] = get_args(Label)
ROLES: tuple[str, ...] = get_args(Role)

_MONTH = r"(\d{4})(?:\.(0[1-9]|1[0-2]))?"
_YEARS = re.compile(rf"^{_MONTH}(?:(-)(?:{_MONTH})?)?$")
_ARABIC = re.compile(r"^[\u0621-\u064a0-9 ()+\-.\"–]+$")


def _split(value: Any) -> Any:
    """``a|b`` of a table cell as a tuple; an empty cell as none."""
    if value is None:
        return ()
    return (
        tuple(part.strip() for part in value.split("|") if part.strip()) if isinstance(value, str) else value
    )


def _years(value: Any) -> Any:
    """``2009-2021.06,2022.12-`` as pairs of first and last month (202106); an open end is 999912."""
    if value is None:
        return ()
    if not isinstance(value, str):
        return value
    spans = []
    for part in value.split(","):
        match = _YEARS.match(part.strip())
        if match is None:
            raise ValueError(f"{part!r} is no year (or year.month), year-year or year-")
        first = int(match[1]) * 100 + int(match[2] or 1)
        end_year, end_month = (
            (match[4], match[5]) if match[4] else ("9999", None) if match[3] else (match[1], match[2])
        )
        last = int(end_year) * 100 + int(end_month or 12)
        if last < first:
            raise ValueError(f"{part!r} ends before it begins")
        spans.append((first, last))
    return tuple(spans)


Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
Years = Annotated[tuple[tuple[int, int], ...], BeforeValidator(_years)]


def _arabic(names: Iterable[str]) -> None:
    for name in names:
        if not _ARABIC.match(name):
            raise ValueError(
                f"{name!r}: names are written in plain Arabic letters, without diacritics and tatweel"
            )


class ActorRow(Entry):
    """An actor of ``actors.tsv``, or one term of it: an id may stand on several lines with different years.

    Attributes:
        id: slug; what ``ent.kb_id_`` holds.
        name_ar: the canonical name; aliases: other full names, each safe on its own.
        short: forms that mean this actor only after a full mention in the same article (الهيئة، الحركة).
        doubtful: full names that are also common words (حماس، طالبان): in running text they count only beside another
            mention of the actor, or in quotation marks.
        gender: agreement: m, f, p (plural of people).
        years: when the row holds; empty means always.
        note: what it is, or where the fact comes from.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
    name_ar: str
    aliases: Names = ()
    short: Names = ()
    doubtful: Names = ()
    name_en: str
    label: Label
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    role: Role
    gender: Literal["m", "f", "p"]
    years: Years = ()
    note: str

    @model_validator(mode="after")
    def _names_are_arabic(self) -> ActorRow:
        _arabic((self.name_ar, *self.aliases, *self.short, *self.doubtful))
        return self

    def holds(self, month: int | None) -> bool:
        """Whether the row covers a month (202412); an unknown month and a row without years always do."""
        return month is None or not self.years or any(first <= month <= last for first, last in self.years)


class RoleRow(Entry):
    """A word of ``roles.tsv``.

    Attributes:
        lemma: citation form; a lemma of several words matches with and without ال on each.
        plural: plurals, broken ones in full, ``+ون`` and ``+ات`` for the sound ones.
        feminine: feminine counterpart, ``+ة`` where regular.
        gender: m or f; p and fp where the lemma itself is a plural; ms without a dual, which would be another
            word (عدوان).
        human: yes for people, no for institutions and groups, thing for what acts only through its owner (مركز).
        kind: how it composes (docs/actors.md).
        role, label: its own, where nothing that follows says otherwise.
        anaphor: ``yes``: alone and definite it points back (الحركة); ``only``: it is an actor only when definite
            or followed by what makes it one (المعارضة, but «معارضة القرار»).
        abroad: ``yes``: it serves in other countries, so «في لبنان» is not whose it is (سفير).
    """

    lemma: str
    plural: Names = ()
    feminine: str | None = None
    gender: Literal["m", "ms", "f", "p", "fp"] | None = None
    human: Literal["yes", "no", "thing"] | None = None
    kind: Kind
    role: Role | None = None
    label: Label | None = None
    anaphor: Literal["yes", "only"] | None = None
    abroad: Literal["yes"] | None = None
    note: str

    @model_validator(mode="after")
    def _whole(self) -> RoleRow:
        _arabic(
            (
                self.lemma,
                *(p.lstrip("+") for p in self.plural),
                *((self.feminine.lstrip("+"),) if self.feminine else ()),
            )
        )
        noun = self.kind in ("own", "of", "arms", "band", "title")
        if noun and not (self.gender and self.human and self.label):
            raise ValueError("a noun needs gender, human and label")
        if self.kind == "mod" and not (self.role and self.label):
            raise ValueError("an adjective needs role and label")
        if not noun and (self.gender or self.human or self.anaphor or self.abroad):
            raise ValueError("gender, human and anaphor belong to nouns")
        if self.kind in ("arms", "band") and self.role is None:
            raise ValueError("an armed noun needs a role of its own")
        return self


class NisbaRow(Entry):
    """A country, people, region or city of ``nisba.tsv`` with its adjectives.

    Attributes:
        country: ISO 3166-1 alpha-3 (XKX for Kosovo); None for peoples, regions and bodies.
        name: Arabic name; aliases: other names.
        adjective: relative adjectives in the masculine singular without ال; the other forms are made by rule.
        plural: broken plurals (أتراك).
        capital: names of the capital that stand for the government.
        gender: of the name; p for peoples.
        kind: country, group (people, community), region, body (أممي), city.
        safe: ``no`` where the name is also another word (عمان), ``none`` where the adjective is one too (مالي).
    """

    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    name: str
    aliases: Names = ()
    adjective: Names = ()
    plural: Names = ()
    capital: Names = ()
    gender: Literal["m", "f", "p"]
    kind: Literal["country", "group", "region", "body", "city"]
    label: Label | None = None
    role: Role | None = None
    safe: Literal["no", "none"] | None = None
    note: str

    @model_validator(mode="after")
    def _whole(self) -> NisbaRow:
        _arabic((self.name, *self.aliases, *self.adjective, *self.plural, *self.capital))
        if (self.country is None) == (self.kind in ("country", "city")):
            raise ValueError("countries and cities have a country code, the others have none")
        if self.capital and self.kind not in ("country", "city"):
            raise ValueError("only countries have capitals")
        return self

"""The values of actor resolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


@dataclass(frozen=True, slots=True)
class ResolvedActor:
    """An actor with its codes.

    Attributes:
        name: canonical Arabic name of a known actor, else the mention without numbers, partitives and clauses.
        label: one of :data:`pipeline.knowledge.actors.LABELS`.
        country: ISO 3166-1 alpha-3, or None where unknown or international.
        role: CAMEO-style code of :data:`pipeline.knowledge.actors.ROLES`, or None where unknown.
        actor_id: id in ``actors.tsv`` of the actor, or of the one it belongs to (مقاتلو هيئة تحرير الشام); None else.
        rule: how it was reached, for provenance: steps joined by ``+``.
    """

    name: str
    label: str
    country: str | None
    role: str | None
    actor_id: str | None
    rule: str


class HeadFeatures(NamedTuple):
    """Grammar of a mention's head, for agreement; None where unknown.

    ``number`` is the grammatical one: a non-human plural (``p`` with ``human`` False) takes the feminine singular.
    ``human`` is None for groups of people (قوات، فصائل), which take that or the masculine plural.
    """

    gender: Literal["m", "f"] | None
    number: Literal["s", "d", "p"] | None
    human: bool | None


#: Label of several people or of a body with a role, where nothing says it better.
LABEL_OF_ROLE: dict[str | None, str] = {
    "COP": "police", "CVL": "civilians", "GOV": "state", "IGO": "international organisation", "JUD": "state",
    "LEG": "state", "MED": "media", "MIL": "armed forces", "NGO": "NGO", "OPP": "party", "PTY": "party",
    "REB": "rebels", "REF": "civilians", "SPY": "state",
}  # fmt: skip
#: Roles of the state's own bodies: without a nationality they are those of the article's country.
STATE_ROLES = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})

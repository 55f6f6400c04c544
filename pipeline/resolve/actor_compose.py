"""Role and label of a phrase from its head and what follows it: one table.

===========  =====================  ============  ======================  ====================  ===========
head         known armed actor      opposition    state, government       another role          nothing
===========  =====================  ============  ======================  ====================  ===========
own          its own                its own (1)   its own                 its own               its own
of           the actor's            OPP           GOV, MIL … as it is     that role             its own
arms         the actor's            REB rebels    MIL armed forces        COP, IGO, REB … that  its own
band         the actor's            REB rebels    its own                 jihadist, COP: that   its own
title        its own, else as *of*  as *of*       as *of*                 as *of*               its own
===========  =====================  ============  ======================  ====================  ===========

(1) an armed opposition is rebels.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.resolve.actor_forms import RoleForm
from pipeline.resolve.actor_types import LABEL_OF_ROLE

_ARMED = frozenset({"MIL", "REB", "UAF", "COP", "SPY", "IGO"})


@dataclass(frozen=True, slots=True)
class Owner:
    """What a dependent contributes: codes, the actor's id, and whether it is a known actor."""

    role: str | None
    label: str
    country: str | None = None
    actor_id: str | None = None
    known: bool = False
    rule: str = ""


def compose(head: RoleForm, owner: Owner | None) -> tuple[str | None, str]:
    """Role and label of ``head`` with its ``owner``; the table is that of the module."""
    row = head.row
    role: str | None = row.role
    label: str = row.label or "unknown"
    if owner is not None:
        found = _RULES[row.kind](role, owner)
        if found is not None:
            role, label = found
    if row.human == "yes" and head.form.number == "s" and row.label == "person":
        return role, "person"
    if label == "person":
        label = LABEL_OF_ROLE.get(role, "unknown")
    return role, label


def _own(role: str | None, owner: Owner) -> tuple[str | None, str] | None:
    # «المعارضة المسلحة» fights; the opposition of itself does not.
    return ("REB", "rebels") if role == "OPP" and owner.role in ("UAF", "REB") else None


def _of(role: str | None, owner: Owner) -> tuple[str | None, str] | None:
    if owner.role is None and not owner.known:
        # «رئيس الاتحاد»: whose president nobody knows; his own guess would be wrong.
        return (None, "unknown")
    return owner.role, LABEL_OF_ROLE.get(owner.role, "unknown") if owner.label == "person" else owner.label


def _arms(role: str | None, owner: Owner) -> tuple[str | None, str] | None:
    if owner.role == "OPP":
        return "REB", "rebels"
    if owner.role == "GOV":
        return "MIL", "armed forces"
    if owner.role == "PTY" and owner.known:
        return "UAF", "militia"
    if owner.role in _ARMED and owner.role != "SPY":
        return _of(role, owner)
    return None


def _band(role: str | None, owner: Owner) -> tuple[str | None, str] | None:
    if owner.role == "OPP":
        return "REB", "rebels"
    if owner.known and owner.role == "PTY":
        return "UAF", "militia"
    if owner.known and owner.role in _ARMED:
        return _of(role, owner)
    if owner.role in ("REB", "COP", "IGO"):
        return _of(role, owner)
    if owner.role in ("UAF", "CVL") and role == "UAF" and owner.label != "unknown":
        return "UAF", "militia"
    return None


def _title(role: str | None, owner: Owner) -> tuple[str | None, str] | None:
    return None if role is not None else _of(role, owner)


_RULES = {"own": _own, "of": _of, "arms": _arms, "band": _band, "title": _title}

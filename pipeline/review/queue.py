"""Which records come in which order: the choices of the queue, as SQL over the index and the state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from pipeline.text.normalize import fold

#: Sort orders: expressions over ``records``, ``contested`` and ``chosen``, ascending, ties in the order of the file.
ORDERS: Mapping[str, tuple[str, ...]] = {
    "reading": (),
    "uncertainty": ("records.uncertainty",),
    "type": ("records.type", "records.mode"),
    "disagreement": ("-coalesce(contested.opinions, 0)", "-coalesce(contested.annotators, 0)"),
    "cluster": ("records.cluster IS NULL", "coalesce(records.cluster, '')"),
    "sample": ("chosen.place",),
}
#: What the reader wants to see: conditions on the annotator's own judgement.
STATUSES: Mapping[str, str] = {
    "todo": "(mine.status IS NULL OR mine.status = 'changed')",
    "all": "1",
    "judged": "mine.status IN ('accepted', 'fixed', 'rejected')",
    "accepted": "mine.status = 'accepted'",
    "fixed": "mine.status = 'fixed'",
    "rejected": "mine.status = 'rejected'",
    "skipped": "mine.status = 'skipped'",
    "changed": "mine.status = 'changed'",
    "commented": "EXISTS (SELECT 1 FROM state.comments WHERE comments.record = records.id)",
    "contested": "contested.opinions > 1",
    "dispute": "contested.opinions > 1 AND (mine.status IS NULL OR mine.status = 'changed')",
    "double": "contested.annotators > 1",
}
#: Those of records that annotators judged differently.
DISPUTES = frozenset(("contested", "dispute"))
_COLUMNS = ("type", "mode", "assertion", "country", "article")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the annotator looks at: an order, a status, and filters (empty for all).

    ``sure`` is the highest confidence that is shown, in per cent; ``text`` is searched in slots, names and sentence.
    """

    order: str = "reading"
    status: str = "todo"
    type: str = ""
    mode: str = ""
    assertion: str = ""
    country: str = ""
    article: str = ""
    text: str = ""
    sure: str = ""

    @classmethod
    def read(cls, parameters: Mapping[str, str], default: Choice) -> Choice:
        """The choice that a query string makes; what it does not name or names wrongly is as in ``default``."""
        given = {f.name: parameters.get(f.name, getattr(default, f.name))[:200] for f in fields(cls)}
        if given["order"] not in ORDERS:
            given["order"] = default.order
        if given["status"] not in STATUSES:
            given["status"] = default.status
        if not given["sure"].isdecimal() or not given["sure"].isascii() or len(given["sure"]) > 3:
            given["sure"] = ""
        return cls(**given)

    def query(self, **more: str | int) -> str:
        """The choice as a query string, without its empty parts; ``more`` is added."""
        pairs = {f.name: getattr(self, f.name) for f in fields(self)} | more
        return urlencode({name: value for name, value in pairs.items() if value != ""})

    def where(self) -> tuple[str, dict[str, Any]]:
        """The SQL condition and its values."""
        parts, values = [STATUSES[self.status]], dict[str, Any]()
        for column in _COLUMNS:
            if getattr(self, column):
                parts.append(f"records.{column} = :{column}")
                values[column] = getattr(self, column)
        if self.text.strip():
            parts.append("instr(records.search, :text) > 0")
            values["text"] = fold(self.text.strip()).lower()
        if self.sure:
            parts.append("records.confidence * 100 <= :sure")
            values["sure"] = int(self.sure)
        return " AND ".join(parts), values


def source(choice: Choice, *, sampled: bool) -> str:
    """The FROM clause: the records, what the annotator (``:me``, ``:role``) holds of them, and what the order needs."""
    joined = (
        "FROM records LEFT JOIN state.standing AS mine "
        "ON mine.record = records.id AND mine.annotator = :me AND mine.role = :role"
    )
    if choice.order == "disagreement" or choice.status in {*DISPUTES, "double"}:
        joined += " LEFT JOIN state.contested ON contested.record = records.id"
    if sampled:
        joined += " JOIN state.chosen ON chosen.record = records.id"
    return joined


def order_by(choice: Choice) -> str:
    """The ORDER BY clause."""
    return "ORDER BY " + ", ".join((*ORDERS[choice.order], "records.n"))


def after(choice: Choice, *, backwards: bool) -> tuple[str, str]:
    """How to go on from a record.

    Returns:
        The expressions that give a record its place in the order, and the condition that a record comes after (before)
        the place ``:p0, :p1, …``.
    """
    keys = ", ".join((*ORDERS[choice.order], "records.n"))
    marks = ", ".join(f":p{n}" for n in range(len(ORDERS[choice.order]) + 1))
    return keys, f"({keys}) {'<' if backwards else '>'} ({marks})"


def reversed_order(choice: Choice) -> str:
    """The ORDER BY clause from the end."""
    return "ORDER BY " + ", ".join(f"{key} DESC" for key in (*ORDERS[choice.order], "records.n"))

"""What a time expression comes to, and the clock it is read by.

:class:`Resolved` is a stretch of local time with the way it was reached; :class:`Context` is what the text around
an expression lends it: the publication date, the last date said before, whether the clause looks ahead.
The operations that rows name in ``value`` live in the ``time_*`` modules beside this one, each a function from a
match and a context to a :class:`Resolved`, or to None where the words cannot mean a time at all (31 فبراير).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from pipeline.knowledge.time_schema import Granularity, Hours, Kind, Method, Portion, Relation, Season
from pipeline.resolve.calendars import add, iso, midnight, unit_bounds
from pipeline.resolve.time_match import Match

DAY_LEVEL = frozenset({"minute", "hour", "part_of_day", "day"})
#: A weekday leans on the last date of the text only so far from the publication date.
WEEK_REACH = timedelta(days=10)
#: A date without its year takes that of an earlier paragraph only so far from the publication date.
YEAR_REACH = timedelta(days=250)
#: A stretch of days is a day to lean on (its last) only if it is no longer than this.
_STORY = timedelta(days=14)
#: A future date must be this much nearer than a past one to be taken for the closest: news looks back.
FUTURE_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Resolved:
    """A stretch of time, half-open and local; ``start`` or ``end`` is None where unknown.

    Attributes:
        first, last: ISO 8601 values of the two ends, both included; None where unknown.
        method: how it was reached; also told of what stays unknown.
        offset: of the zone that the text states, as ``+03:00``.
        year_stated: the words themselves say the year.
        weekday_stated: the words name the weekday.
        inferred: what the words leave out and the context gave: ``year``, ``month``, ``day``.
    """

    start: datetime | None
    end: datetime | None
    granularity: Granularity | None
    method: Method
    first: str | None = None
    last: str | None = None
    relation: Relation = "in"
    kind: Kind = "time"
    offset: str | None = None
    year_stated: bool = False
    weekday_stated: bool = False
    inferred: tuple[str, ...] = ()

    @property
    def value(self) -> str | None:
        """The ISO 8601 string of the record: one value, or ``a/b`` with both ends included."""
        if self.first is None or self.last is None:
            return None
        suffix = self.offset or ""
        return self.first + suffix if self.first == self.last else f"{self.first}{suffix}/{self.last}{suffix}"

    @property
    def day(self) -> date | None:
        """The day it happens on (of several days the last), where it is that fine."""
        if self.start is None or self.end is None:
            return None
        if self.granularity in DAY_LEVEL:
            return self.start.date()
        if (
            self.granularity != "range"
            or self.end - self.start > _STORY
            or not self.last
            or len(self.last) < 10
        ):
            return None
        return date.fromisoformat(self.last[:10])


@dataclass(frozen=True, slots=True)
class Focus:
    """What the text has said so far.

    Attributes:
        last: the last expression that came to a day or to something coarser.
        day: the last day said; ``grounded`` where it goes back to an explicit date, not to the publication date.
        year_day: a day of the year that partial dates may take; None where the text has said none.
        year_near: the year was said in the paragraph at hand; ``year_bare`` without a date, ``year_fine`` with a day.
        dates: how many explicit days the text has named.
    """

    last: Resolved | None = None
    day: date | None = None
    grounded: bool = False
    year_day: date | None = None
    year_near: bool = False
    year_bare: bool = False
    year_fine: bool = False
    dates: int = 0


@dataclass(frozen=True, slots=True)
class Tables:
    """Hours, seasons and portions by name."""

    hours: Mapping[str, Hours]
    seasons: Mapping[str, Season]
    portions: Mapping[str, Portion]


Operation = Callable[[Match, "Context"], Resolved | None]


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression may lean on.

    Attributes:
        anchor: the publication date, at midnight unless ``clocked``.
        focus: what the text said before.
        side: where the clause looks, back or ahead.
        joined: the last expression stands in the same sentence.
        loose: the expression is too vague (a bare month) to take the year of a distant date.
    """

    anchor: datetime | None
    clocked: bool
    focus: Focus
    tables: Tables
    operations: Mapping[str, Operation]
    side: Literal["past", "future", ""] = ""
    loose: bool = False
    joined: bool = False

    def resolve(self, match: Match) -> Resolved | None:
        """What a match comes to; None where it is no time."""
        return self.operations[match.row.value["op"]](match, self)

    @property
    def today(self) -> date | None:
        """The day of the anchor."""
        return self.anchor.date() if self.anchor else None

    def leaning_on(self, said: Resolved, *, future: bool = False) -> Context:
        """This context after ``said``: what the other end of a range is read by."""
        return replace(
            self, focus=moved(self.focus, said, partner=True), side="future" if future else self.side
        )

    @property
    def lean(self) -> date | None:
        """A day whose year a partial date may take; None where the publication date is the better guide."""
        focus = self.focus
        if focus.year_day is None or self.today is None:
            return focus.year_day
        if focus.year_day.year > self.today.year:
            return None
        close = not focus.year_bare and abs(self.today - focus.year_day) < YEAR_REACH
        return focus.year_day if close or (focus.year_near and focus.year_fine and not self.loose) else None


def moved(focus: Focus, said: Resolved, *, partner: bool = False) -> Focus:
    """The focus after an expression. A ``partner`` (the other end of a range) counts as near and explicit."""
    if said.start is None or said.kind != "time" or said.relation not in ("in", "by", "since"):
        return focus
    grounded = partner or said.method == "explicit" or (said.method == "discourse" and focus.grounded)
    day = said.day if said.relation != "since" or partner else None
    if day is not None:
        focus = replace(focus, day=day, grounded=grounded, last=said, dates=focus.dates + grounded)
    elif said.relation != "since":
        focus = replace(focus, last=said)
    if (grounded or said.year_stated) and (said.relation != "since" or partner or focus.year_day is None):
        bare = said.granularity not in (*DAY_LEVEL, "month", "range") or said.relation == "since"
        if not bare or focus.year_day is None or focus.year_bare or partner:
            fine = day is not None and not bare
            focus = replace(
                focus, year_day=day or said.start.date(), year_near=True, year_bare=bare, year_fine=fine
            )
    return focus


def slot(match: Match, name: str, default: str | None = None) -> object:
    """A slot of the match, else the constant of that name in the row's value."""
    return match.slots.get(name, match.row.value.get(name, default))


def text_slot(match: Match, name: str, default: str | None = None) -> str | None:
    """A slot that holds a word of a vocabulary, or a constant."""
    value = slot(match, name, default)
    return str(value) if isinstance(value, str | int) else None


def inner(match: Match, name: str) -> Match | None:
    """A slot that holds another match."""
    value = match.slots.get(name)
    return value if isinstance(value, Match) else None


def whole(
    start: datetime,
    unit: Granularity,
    method: Method,
    *,
    inferred: tuple[str, ...] = (),
    year_stated: bool = False,
) -> Resolved:
    """The day, week, month, year or decade that holds ``start``."""
    bounds = unit_bounds(start, unit)
    if bounds is None:
        return unknown(unit, method)
    first, last = iso(bounds.start, unit), iso(bounds.start, unit)
    if unit == "week":
        last = iso(bounds.end - timedelta(days=1), "day")
    if unit == "decade":
        last = f"{bounds.end.year - 1:04}"
    return Resolved(
        bounds.start, bounds.end, unit, method, first, last, inferred=inferred, year_stated=year_stated
    )


def days(start: datetime, last: datetime, method: Method, granularity: Granularity = "range") -> Resolved:
    """From the day of ``start`` to the day of ``last``, both included."""
    end = add(midnight(last), "day", 1)
    if end is None:
        return unknown(granularity, method)
    return Resolved(midnight(start), end, granularity, method, iso(start, "day"), iso(last, "day"))


def unknown(granularity: Granularity | None, method: Method) -> Resolved:
    """An expression whose time cannot be told here."""
    return Resolved(None, None, granularity, method)

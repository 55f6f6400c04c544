"""The time of an event, and what a time expression is worth for the events around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.resolve.time import TimeExpression

_PRESENT = frozenset({"now"})
_SCHOOL_YEARS = frozenset({"range.hijri-years"})
_LONG = frozenset({"month", "season", "year", "decade"})


@dataclass(frozen=True, slots=True)
class EventTime:
    """The time of an event, and how it came to it: it stands there, is inherited, or is that of the publication."""

    expression: TimeExpression
    inherited: bool
    published: bool = False


def continues(time: TimeExpression) -> bool:
    """«حتى الآن» and the like hold for their own clause only."""
    return time.from_ is not None and time.relation != "until" and not since(time) and not present(time)


def present(time: TimeExpression) -> bool:
    """«الآن»، «حاليا»: a row of time knowledge that says «at present»."""
    return time.rule in _PRESENT


def labels(time: TimeExpression) -> bool:
    """«توقعاته *لعام 2015*»، «العام الدراسي *1435-1436*»: what a figure or plan is for, not when anything happens."""
    return time.rule in _SCHOOL_YEARS or (time.text.startswith("ل") and time.granularity in _LONG)


def since(time: TimeExpression) -> bool:
    return time.relation == "since" or time.rule == "since-length"


def ago(time: TimeExpression) -> TimeExpression:
    """«توفي منذ سنتين»: what has happened once did so at the beginning, not ever since."""
    if time.rule != "since-length" or time.value is None or time.from_ is None:
        return time
    first = time.value.split("/")[0]
    day = date.fromisoformat(time.from_[:10])
    if len(first) == len("2024"):
        after, granularity = day.replace(year=day.year + 1), "year"
    elif len(first) == len("2024-12"):
        after, granularity = (day.replace(day=28) + timedelta(days=4)).replace(day=1), "month"
    elif len(first) == len("2024-12-10"):
        after, granularity = day + timedelta(days=1), "day"
    else:
        return time
    return replace(time, value=first, to=f"{after.isoformat()}T00:00", granularity=granularity)  # type: ignore[arg-type]


def moves_on(time: TimeExpression) -> bool:
    """«بعد أسبوع من …»: the story has gone on to a day that nobody can tell."""
    return time.from_ is None and time.granularity is not None and time.method != "explicit"


def whole_day(time: TimeExpression) -> TimeExpression:
    """The day of an hour or a part of a day: what goes on from a dawn need not be of the dawn."""
    if time.from_ is None or time.to is None or time.granularity == "day":
        return time
    first = date.fromisoformat(time.from_[:10])
    after = first + timedelta(days=1)
    if time.to[:16] > f"{after.isoformat()}T00:00":
        return time  # a night between two days
    zone = time.from_[16:]
    return replace(
        time,
        from_=f"{first.isoformat()}T00:00{zone}",
        to=f"{after.isoformat()}T00:00{zone}",
        value=first.isoformat(),
        granularity="day",
    )

"""Events along a line of time: by day, month or year, as their span needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Unit = Literal["day", "month", "year"]

#: The drawing, in its own units.
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 960.0, 250.0, 44.0, 32.0, 40.0

#: Longest axis, in units of time: with more bars than this the next coarser unit is taken.
_MOST_DAYS, _MOST_MONTHS, _MOST_YEARS = 92, 120, 120
#: Part of the events that may lie before, and after, the axis: one article on 1973 must not squeeze the rest.
_TAIL = 0.05
#: … unless so few days, months or years lie between them and the rest.
_CLOSE = 3
#: An hour of the night belongs to the day in which it begins.
_NIGHT = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Bar:
    """One day, month or year: what is said to have happened, the rest (planned, …), and how it is drawn."""

    label: str
    happened: int
    other: int
    x: float
    width: float
    y_happened: float
    y_other: float
    base: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis; those that are not ``major`` are left out on narrow screens."""

    at: float
    label: str
    major: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars and ticks, and how many events are not in it: before or after it, or of a time coarser than a bar."""

    unit: Unit
    bars: tuple[Bar, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    before: int
    after: int
    coarse: int


def build_timeline(spans: Mapping[tuple[str, str, bool], int]) -> Timeline | None:
    """The timeline of events by time (see :class:`pipeline.report.digest.Digest`); None without any event on it."""
    moments = [(_moment(start), _moment(end), happened, n) for (start, end, happened), n in spans.items()]
    if not moments:
        return None
    unit: Unit
    for unit in ("day", "month", "year"):
        fitting = Counter[tuple[date, bool]]()
        for start, end, happened, n in moments:
            if _fits(start, end, unit):
                fitting[_floor(start.date(), unit), happened] += n
        first, last = _bounds(fitting, unit) if fitting else (date.min, date.min)
        # A chart by day in which most times are years would be one of the exceptions.
        if 2 * sum(fitting.values()) >= sum(n for *_, n in moments) and len(
            _axis(first, last, unit)
        ) <= _most(unit):
            break
    if not fitting:
        return None
    axis = _axis(first, last, unit)[-_most(unit) :]
    return Timeline(
        unit=unit,
        bars=_bars(axis, fitting, unit),
        across=_across(axis, unit),
        up=_up(max(fitting[day, True] + fitting[day, False] for day in axis)),
        before=sum(n for (day, _), n in fitting.items() if day < axis[0]),
        after=sum(n for (day, _), n in fitting.items() if day > axis[-1]),
        coarse=sum(n for *_, n in moments) - sum(fitting.values()),
    )


def _moment(text: str) -> datetime:
    """Local time; an offset, where one is stated, is left off."""
    return datetime.fromisoformat(text[:16])


def _fits(start: datetime, end: datetime, unit: Unit) -> bool:
    last = max(start, end - timedelta(minutes=1))
    return end - start <= _NIGHT or _floor(start.date(), unit) == _floor(last.date(), unit)


def _floor(day: date, unit: Unit) -> date:
    if unit == "day":
        return day
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _next(day: date, unit: Unit) -> date:
    if unit == "day":
        return day + timedelta(days=1)
    return _floor(day + timedelta(days=31), unit) if unit == "month" else day.replace(year=day.year + 1)


def _most(unit: Unit) -> int:
    return {"day": _MOST_DAYS, "month": _MOST_MONTHS, "year": _MOST_YEARS}[unit]


def _bounds(counts: Mapping[tuple[date, bool], int], unit: Unit) -> tuple[date, date]:
    """The first and the last day when the tails are cut off; what follows close on another is no tail."""
    days: Counter[date] = Counter()
    for (day, _), n in counts.items():
        days[day] += n
    spare = int(_TAIL * days.total())
    ends = []
    for ordered in (sorted(days), sorted(days, reverse=True)):
        passed = place = 0
        while passed + days[ordered[place]] <= spare:
            passed += days[ordered[place]]
            place += 1
        while place and _near(ordered[place - 1], ordered[place], unit):
            place -= 1
        ends.append(ordered[place])
    return ends[0], ends[1]


def _near(one: date, other: date, unit: Unit) -> bool:
    return abs((one - other).days) <= _CLOSE * {"day": 1, "month": 31, "year": 366}[unit]


def _axis(first: date, last: date, unit: Unit) -> list[date]:
    """Every day, month or year from the first to the last, at most one more than fits twice over."""
    axis = [first]
    while axis[-1] < last:
        axis.append(_next(axis[-1], unit))
        if unit == "day" and len(axis) > _MOST_DAYS:
            break
    return axis


def _bars(axis: list[date], counts: Mapping[tuple[date, bool], int], unit: Unit) -> tuple[Bar, ...]:
    room, base = (WIDTH - LEFT) / len(axis), HEIGHT - BOTTOM
    top = _ceiling(max(counts.get((d, True), 0) + counts.get((d, False), 0) for d in axis))
    scale = (base - TOP) / top
    bars = []
    for place, day in enumerate(axis):
        happened, other = counts.get((day, True), 0), counts.get((day, False), 0)
        gap = min(2.0, room * 0.15)
        y = base - happened * scale
        bars.append(
            Bar(
                label=_label(day, unit),
                happened=happened,
                other=other,
                x=round(LEFT + place * room + gap / 2, 2),
                width=round(room - gap, 2),
                y_happened=round(y, 2),
                y_other=round(y - other * scale, 2),
                base=base,
            )
        )
    return tuple(bars)


def _label(day: date, unit: Unit) -> str:
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def _across(axis: list[date], unit: Unit) -> tuple[Tick, ...]:
    """About eight labels, four of them on narrow screens."""
    step = max(1, -(-len(axis) // 8))
    room = (WIDTH - LEFT) / len(axis)
    return tuple(
        Tick(round(LEFT + (place + 0.5) * room, 2), _label(axis[place], unit), place // step % 3 == 0)
        for place in range(0, len(axis), step)
    )


def _up(highest: int) -> tuple[Tick, ...]:
    top = _ceiling(highest)
    base = HEIGHT - BOTTOM
    return tuple(
        Tick(round(base - part * (base - TOP), 2), f"{int(top * part):,}", part in (0.5, 1.0))
        for part in ((0.5, 1.0) if top % 2 == 0 else (1.0,))
    )


def _ceiling(highest: int) -> int:
    """The next round number, so that it and, from 2 on, its half are whole."""
    power = 10 ** max(0, len(str(highest)) - 2)
    rounds = (1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 30, 40, 50, 60, 80, 100)
    return next(n * power for n in rounds if n * power >= highest)

"""Calendar arithmetic: units, bounds, ISO strings, Hijri dates.

Bounds are naive local datetimes, half-open. Weeks begin on Sunday, the first working day of most
Arab countries: on a Saturday «الأسبوع المقبل» is the week that begins the day after.
Hijri dates are those of the Umm al-Qura calendar (``hijridate``, 1343–1500 AH).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hijridate import Gregorian, Hijri

WEEK_START = 6  # Sunday, counted from Monday = 0
_MONTHS = {"month": 1, "season": 3, "year": 12, "decade": 120, "century": 1200}
_CLOCK = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}


@dataclass(frozen=True, slots=True)
class Bounds:
    """A stretch of local time, half-open."""

    start: datetime
    end: datetime


def midnight(day: date) -> datetime:
    """The first moment of a day."""
    return datetime(day.year, day.month, day.day)


def make_day(year: int, month: int, day: int) -> datetime | None:
    """That day at midnight, or None where there is no such day."""
    try:
        return datetime(year, month, day)
    except ValueError:
        return None


def floor(moment: datetime, unit: str) -> datetime:
    """The start of the unit that holds ``moment``."""
    day = midnight(moment)
    match unit:
        case "minute":
            return moment.replace(second=0, microsecond=0)
        case "hour":
            return moment.replace(minute=0, second=0, microsecond=0)
        case "week":
            return day - timedelta(days=(day.weekday() - WEEK_START) % 7)
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
        case "decade":
            return day.replace(year=max(1, day.year // 10 * 10), month=1, day=1)
        case "century":
            # News counts the twentieth century from 1900, as the names of its decades do.
            return day.replace(year=max(1, day.year // 100 * 100), month=1, day=1)
    return day


def add(moment: datetime, unit: str, count: int) -> datetime | None:
    """``moment`` moved by units; the day of the month is cut to the month. None beyond the years 1 to 9999."""
    try:
        if unit in _MONTHS:
            months = moment.year * 12 + moment.month - 1 + count * _MONTHS[unit]
            year, month = months // 12, months % 12 + 1
            first = moment.replace(year=year, month=month, day=1)
            last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            return first.replace(day=min(moment.day, last.day))
        step = _CLOCK.get(unit, timedelta(days=7 if unit == "week" else 1))
        return moment + step * count
    except (ValueError, OverflowError):
        return None


def unit_bounds(moment: datetime, unit: str) -> Bounds | None:
    """The unit that holds ``moment``."""
    start = floor(moment, unit)
    end = add(start, unit, 1)
    return Bounds(start, end) if end is not None else None


def iso(moment: datetime, granularity: str) -> str:
    """ISO 8601 as coarse as the granularity: ``2024``, ``2024-12``, ``2024-12-07``, ``2024-12-07T22:00``."""
    if granularity in ("minute", "hour"):
        return stamp(moment)
    day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    if granularity in ("year", "decade", "century"):
        return day[:4]
    return day[:7] if granularity in ("month", "season") else day


def stamp(moment: datetime) -> str:
    """``YYYY-MM-DDTHH:MM``, whatever the locale and the year."""
    return f"{moment.year:04}-{moment.month:02}-{moment.day:02}T{moment.hour:02}:{moment.minute:02}"


def hijri_month(year: int, month: int) -> Bounds | None:
    """The Gregorian bounds of a Hijri month; None outside 1343–1500 AH."""
    try:
        first = Hijri(year, month, 1)
        start = midnight(date(*first.to_gregorian().datetuple()))
        return Bounds(start, start + timedelta(days=first.month_length()))
    except (ValueError, OverflowError):
        return None


def hijri_day(year: int, month: int, day: int) -> datetime | None:
    """The Gregorian day of a Hijri date; None where there is no such day or outside 1343–1500 AH."""
    bounds = hijri_month(year, month)
    if bounds is None or not 1 <= day <= (bounds.end - bounds.start).days:
        return None
    return bounds.start + timedelta(days=day - 1)


def hijri_year(year: int) -> Bounds | None:
    """The Gregorian bounds of a Hijri year; None outside 1343–1500 AH."""
    first, last = hijri_month(year, 1), hijri_month(year, 12)
    return Bounds(first.start, last.end) if first and last else None


def hijri_year_of(day: date) -> int | None:
    """The Hijri year that holds a Gregorian day; None outside 1343–1500 AH."""
    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def offset(zone: str, moment: datetime) -> str | None:
    """``+03:00`` for an IANA zone at a local moment; None where the machine does not know the zone."""
    try:
        delta = moment.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OverflowError):
        return None
    if delta is None:
        return None
    minutes = round(delta.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

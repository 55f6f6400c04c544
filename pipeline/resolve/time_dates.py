"""Operations for calendar dates: years, months and days, in the Gregorian and the Hijri calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from pipeline.knowledge.time_schema import Granularity, Method
from pipeline.resolve.calendars import (
    Bounds,
    add,
    hijri_day,
    hijri_month,
    hijri_year,
    hijri_year_of,
    iso,
    make_day,
    midnight,
    unit_bounds,
)
from pipeline.resolve.time_match import Match
from pipeline.resolve.time_values import (
    FUTURE_WEIGHT,
    Context,
    Operation,
    Resolved,
    inner,
    slot,
    text_slot,
    unknown,
    whole,
)

Place = Callable[[int], datetime | None]
Base = Callable[[date], int | None]


def month_number(value: object) -> int | None:
    """The month of a name, or of a pair of names; None where the two disagree."""
    if not isinstance(value, Match):
        return int(str(value))
    first, second = (value.slots.get(n, value.row.value.get(n)) for n in ("month", "month2"))
    number = month_number(first)
    return number if second is None or number == month_number(second) else None


def year(match: Match, context: Context) -> Resolved | None:
    """عام 2012، العام الماضي، العام نفسه، 1436هـ."""
    if slot(match, "same") is not None:
        last = context.focus.last
        if last is None or last.start is None:
            return unknown("year", "discourse")
        return whole(last.start, "year", "discourse")
    by = text_slot(match, "by") or text_slot(match, "mod")
    if by is not None and slot(match, "calendar") == "hijri":
        now = hijri_year_of(context.today) if context.today else None
        return (
            _of_bounds(hijri_year(now + int(by)), "year", "relative") if now else unknown("year", "relative")
        )
    if by is not None:
        moment = add(context.anchor, "year", int(by)) if context.anchor else None
        return whole(moment, "year", "relative") if moment else unknown("year", "relative")
    number = int(str(slot(match, "year")))
    if slot(match, "calendar") == "hijri" or (slot(match, "calendar") is None and number < 1600):
        return _of_bounds(hijri_year(number), "year")
    start = make_day(number, 1, 1)
    return whole(start, "year", "explicit", year_stated=True) if start else None


def _of_bounds(bounds: Bounds | None, unit: Granularity, method: Method = "explicit") -> Resolved:
    """A Hijri month or year: its Gregorian days."""
    if bounds is None:
        return unknown(unit, method)
    last = iso(bounds.end - timedelta(days=1), "day")
    return Resolved(
        bounds.start,
        bounds.end,
        unit,
        method,
        iso(bounds.start, "day"),
        last,
        year_stated=method == "explicit",
    )


def _year_given(match: Match, context: Context) -> tuple[int | None, Resolved | None]:
    """The number of the year a date names and what it comes to; ``(None, None)`` where it names none."""
    given = inner(match, "year")
    if given is None:
        number = slot(match, "year")
        return (int(str(number)), None) if number is not None else (None, None)
    resolved = context.resolve(given)
    stated = given.slots.get("year")
    if stated is not None:
        return int(str(stated)), resolved
    return (resolved.start.year if resolved and resolved.start else None), resolved


def _settle(
    place: Place, base: Base, mod: str | None, weekday: int | None, context: Context
) -> tuple[datetime, Method] | None:
    """The year of a date that names none: that of the focus, else the closest to the anchor; a weekday decides."""

    def fits(day: datetime) -> bool:
        return weekday is None or day.isoweekday() == weekday

    lean = context.lean if mod is None else None
    lean_year = base(lean) if lean else None
    leaned = place(lean_year) if lean_year else None
    if leaned and fits(leaned):
        return leaned, "discourse"
    if context.today is None:
        if leaned is None or lean_year is None:
            return None
        other = [d for y in (lean_year + 1, lean_year - 1) if (d := place(y)) and fits(d)]
        return (other or [leaned])[0], "discourse"
    year_now = base(context.today)
    if year_now is None:
        return None
    now = midnight(context.today)
    near = [d for d in (place(y) for y in range(year_now - 1, year_now + 2)) if d is not None]
    near = [d for d in near if fits(d)] or near
    chosen = _choose(near, now, mod, side=context.side)
    return (chosen, "relative") if chosen else None


def _choose(near: Iterable[datetime], now: datetime, mod: str | None, *, side: str = "") -> datetime | None:
    if mod == "-1" or (mod is None and side == "past"):
        return max((d for d in near if d < now + timedelta(days=mod is None)), default=None)
    if mod == "1" or (mod is None and side == "future"):
        return min((d for d in near if d >= now + timedelta(days=mod == "1")), default=None)

    def distance(day: datetime) -> float:
        return (day - now).days * FUTURE_WEIGHT if day > now else (now - day).days

    return min(near, key=distance, default=None)


def day_of(day: int, month: int, calendar: str) -> Place:
    """The day of that month by year."""
    if calendar == "hijri":
        return lambda number: hijri_day(number, month, day)
    return lambda number: make_day(number, month, day)


def _base(calendar: str) -> Base:
    return hijri_year_of if calendar == "hijri" else lambda day: day.year


def date_(match: Match, context: Context) -> Resolved | None:
    """7 ديسمبر 2024، السابع من كانون الأول، 15 رمضان 1436هـ."""
    month = month_number(slot(match, "month"))
    calendar = text_slot(match, "calendar", "gregorian") or "gregorian"
    day = int(str(slot(match, "day")))
    weekday = text_slot(match, "weekday")
    sample = range(1440, 1447) if calendar == "hijri" else (2024,)
    if month is None or not any(day_of(day, month, calendar)(y) for y in sample):
        return None  # months that disagree, or a day that no such month has
    number, resolved_year = _year_given(match, context)
    if number is not None:
        start = day_of(day, month, calendar)(number)
        method: Method = resolved_year.method if resolved_year else "explicit"
        found: Resolved | None = (
            whole(start, "day", method, year_stated=method == "explicit") if start else None
        )
        if found is None and calendar == "hijri":
            found = unknown("day", method)  # outside the tables of the calendar
    elif resolved_year is not None:
        found = unknown("day", resolved_year.method)
    else:
        place, named = day_of(day, month, calendar), int(weekday) if weekday else None
        settled = _settle(place, _base(calendar), text_slot(match, "mod"), named, context)
        found = (
            whole(settled[0], "day", settled[1], inferred=("year",))
            if settled
            else unknown("day", "relative")
        )
    return replace(found, weekday_stated=weekday is not None) if found else None


def month(match: Match, context: Context) -> Resolved | None:
    """ديسمبر 2024، مارس الماضي، رمضان 1436هـ."""
    number = month_number(match)
    if number is None:
        return None
    hijri = slot(match, "calendar") == "hijri"
    year_number, resolved_year = _year_given(match, context)
    if year_number is None and resolved_year is not None:
        return unknown("month", resolved_year.method)
    if year_number is None:
        mod = text_slot(match, "mod")
        calendar = "hijri" if hijri else "gregorian"
        settled = _settle_month(day_of(1, number, calendar), _base(calendar), mod, context)
        if settled is None:
            return unknown("month", "relative")
        start, method = settled
    else:
        method = resolved_year.method if resolved_year else "explicit"
        placed = day_of(1, number, "hijri" if hijri else "gregorian")(year_number)
        if placed is None:
            return unknown("month", method)
        start = placed
    if hijri:
        year_in = hijri_year_of(start.date())
        return _of_bounds(hijri_month(year_in, number) if year_in else None, "month", method)
    inferred = ("year",) if year_number is None else ()
    return whole(start, "month", method, inferred=inferred, year_stated=method == "explicit")


def _settle_month(
    place: Place, base: Base, mod: str | None, context: Context
) -> tuple[datetime, Method] | None:
    """As :func:`_settle`, but the anchor's own month is neither past nor to come."""
    context = replace(context, loose=True)
    if context.anchor is None or (mod is None and context.lean is not None):
        return _settle(place, base, mod, None, context)
    bounds = unit_bounds(context.anchor, "month")
    now = bounds.start if bounds else context.anchor
    year_now = base(now.date())
    near = (
        [d for d in (place(y) for y in range(year_now - 1, year_now + 2)) if d is not None]
        if year_now
        else []
    )
    chosen = _choose(near, now, mod, side=context.side)
    return (chosen, "relative") if chosen else None


def short_date(match: Match, context: Context) -> Resolved | None:
    """السبت 7/12: day and month in digits, without a year."""
    read = match.slots["date"]
    day, month_ = read if isinstance(read, tuple) else (0, 0)
    return date_(replace(match, slots={**match.slots, "day": day, "month": month_}), context)


def month_day(match: Match, context: Context) -> Resolved | None:
    """السابع من الشهر الجاري، 7 الجاري، السابع من الشهر نفسه."""
    same = slot(match, "same") is not None
    if same:
        last = context.focus.last
        moment = last.start if last and last.granularity not in ("year", "decade", "season") else None
    else:
        moment = add(context.anchor, "month", int(str(slot(match, "by", "0")))) if context.anchor else None
    method: Method = "discourse" if same else "relative"
    if moment is None:
        return unknown("day", method)
    start = make_day(moment.year, moment.month, int(str(slot(match, "day"))))
    return whole(start, "day", method, inferred=("month", "year")) if start else None


def full_date(match: Match, context: Context) -> Resolved | None:
    """5/12/2024، 2024-12-05، 1436/10/5هـ."""
    read = match.slots["date"]
    number, month_, day, calendar = read if isinstance(read, tuple) else (0, 0, 0, "")
    wanted = slot(match, "calendar")
    if wanted is not None and wanted != calendar:
        return None
    start = day_of(day, month_, calendar)(number)
    if start is None:
        return unknown("day", "explicit") if calendar == "hijri" and day <= 30 else None
    return replace(whole(start, "day", "explicit", year_stated=True), weekday_stated="weekday" in match.slots)


def date_pair(match: Match, context: Context) -> Resolved | None:
    """17 شوال 1436هـ الموافق 2 أغسطس 2015: the Gregorian one counts, the other helps where it says more."""
    pair = [context.resolve(m) for m in (inner(match, "day"), inner(match, "other")) if m is not None]
    if len(pair) < 2 or pair[0] is None or pair[1] is None:
        return None
    known = [r for r in pair if r is not None and r.start is not None]
    explicit = [r for r in known if r.method == "explicit"]
    chosen = (explicit or known or [r for r in pair if r is not None])[-1]
    return replace(chosen, weekday_stated=any(r.weekday_stated for r in pair if r is not None))


OPERATIONS: dict[str, Operation] = {
    "year": year, "month": month, "date": date_, "short_date": short_date, "month_day": month_day,
    "full_date": full_date, "date_pair": date_pair,
}  # fmt: skip

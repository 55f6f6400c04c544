"""Operations for parts of the day and clock times."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.knowledge.time_schema import Granularity, Hours
from pipeline.resolve.calendars import add, iso, midnight, offset, stamp
from pipeline.resolve.time_match import Match
from pipeline.resolve.time_values import Context, Operation, Resolved, inner, slot, text_slot, unknown, whole


def _hours(text: str) -> timedelta:
    hour, minute = text.split(":")
    return timedelta(hours=int(hour), minutes=int(minute))


def _day(match: Match, context: Context) -> Resolved | None:
    """The day that a part of the day or a clock time belongs to; where none is named, the last one of the text."""
    named = inner(match, "day")
    if named is not None:
        found = context.resolve(named)
        if found is None or found.granularity != "day":
            return None
        today = named.row.value["op"] == "shift" and found.start is None and text_slot(named, "by") == "0"
        if not (today and context.focus.day and context.focus.grounded):
            return found
        # Without a publication date «عصر اليوم» can only be the day the text speaks of.
    by = text_slot(match, "by")
    if by is not None:
        moment = add(context.anchor, "day", int(by)) if context.anchor else None
        return whole(moment, "day", "relative") if moment else unknown("day", "relative")
    day = context.focus.day
    if day is None:
        return unknown("day", "discourse")
    return replace(whole(midnight(day), "day", "discourse"), inferred=("day",))


def part(match: Match, context: Context) -> Resolved | None:
    """فجر السبت، مساء أمس، ليل السبت-الأحد."""
    hours = context.tables.hours[str(slot(match, "part"))]
    day = _day(match, context)
    if day is None:
        return None
    night = inner(match, "night")
    if night is not None:
        following = context.leaning_on(day, future=True).resolve(night)
        if following is None or (
            day.start and following.start and following.start - day.start != timedelta(days=1)
        ):
            return None
    if day.start is None:
        return replace(day, granularity="part_of_day")
    start, end = day.start + _hours(hours.from_), day.start + _hours(hours.to)
    last = iso(end - timedelta(minutes=1), "day") if night is not None else None
    first = iso(day.start, "day")
    return replace(day, start=start, end=end, granularity="part_of_day", first=first, last=last or first)


def _read(tod: Match) -> tuple[int, int, bool]:
    """Hour, minute, and whether the hour is beyond doubt one of twenty-four."""
    hm = slot(tod, "hm")
    if isinstance(hm, tuple):
        # «08:30» and «10:30» are written by the 24-hour clock, «7:30» need not be.
        return int(hm[0]), int(hm[1]), int(hm[0]) >= 10 or int(hm[0]) == 0
    hour, minute = int(str(slot(tod, "hour"))), int(str(slot(tod, "minute", "0")))
    if minute < 0:
        hour, minute = hour - 1, minute + 60
    return hour, minute, hour > 12 or hour == 0


def _by_part(hour: int, hours: Hours) -> int:
    """The hour of twenty-four that a clock hour is in a part of the day; night hours past midnight count on past 24."""
    if hour > 12:
        return hour
    match hours.half:
        case "am":
            return hour % 12
        case "noon":
            return hour if hour >= 10 else hour + 12
        case "night":
            return hour + 12 if 5 <= hour < 12 else hour % 12 + 24
    return hour + 12 if hour < 12 else 24 if hours.name == "evening" else 12


def clock(match: Match, context: Context) -> Resolved | None:
    """الساعة العاشرة من مساء السبت، 14:00 بتوقيت غرينتش، السابعة والنصف صباحا."""
    tod = inner(match, "tod")
    if tod is None:
        return None
    hour, minute, certain = _read(tod)
    moment, zone = inner(match, "moment"), inner(match, "zone")
    part_name = text_slot(match, "part") or (text_slot(moment, "part") if moment else None)
    day = _day(moment or match, context)
    if day is None:
        return None
    if part_name is not None:
        hour = _by_part(hour, context.tables.hours[part_name])
    elif not certain and zone is None:
        # Ten in the morning or in the evening: the day is all that is said.
        return day if inner(match, "day") is not None else unknown("hour", "discourse")
    exact = minute != 0 or isinstance(slot(tod, "hm"), tuple)
    if day.start is None:
        return replace(day, granularity="minute" if exact else "hour")
    start = midnight(day.start) + timedelta(hours=hour, minutes=minute)
    return _at(start, exact, day, text_slot(zone, "zone") if zone else None)


def _at(start: datetime, exact: bool, day: Resolved, zone: str | None) -> Resolved:
    stated = offset(zone, start) if zone and zone != "local" else None
    end = start + (timedelta(minutes=1) if exact else timedelta(hours=1))
    granularity: Granularity = "minute" if exact else "hour"
    said = stamp(start)
    return replace(day, start=start, end=end, granularity=granularity, first=said, last=said, offset=stated)


OPERATIONS: dict[str, Operation] = {"part": part, "clock": clock}

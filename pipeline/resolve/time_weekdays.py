"""Operations for weekdays, alone and beside a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pipeline.resolve.calendars import floor, midnight
from pipeline.resolve.time_match import Match
from pipeline.resolve.time_values import (
    WEEK_REACH,
    Context,
    Operation,
    Resolved,
    inner,
    slot,
    text_slot,
    unknown,
    whole,
)


def weekday_date(match: Match, context: Context) -> Resolved | None:
    """السبت 7 ديسمبر: the weekday helps to find a year that is not said; a year that is said counts before it."""
    date = inner(match, "date")
    if date is None:
        return None
    found = context.resolve(replace(date, slots={**date.slots, "weekday": match.slots["weekday"]}))
    return replace(found, weekday_stated=True) if found else None


def weekday(match: Match, context: Context) -> Resolved | None:
    """السبت: of the week the text speaks of, else the last one up to the publication date."""
    wanted = int(str(slot(match, "weekday")))
    mod, week = text_slot(match, "mod"), text_slot(match, "week")
    focus, today = context.focus, context.today
    if week is not None and context.anchor is not None:
        start = floor(context.anchor, "week") + timedelta(days=7 * int(week))
        day = start.date() + timedelta(days=(wanted - start.isoweekday()) % 7)
        return replace(whole(midnight(day), "day", "relative"), weekday_stated=True)
    if (
        mod is None
        and focus.day
        and focus.grounded
        and (today is None or _narrates(focus.day, today, context))
    ):
        # Two days back to four ahead: stories go forward.
        step = (wanted - focus.day.isoweekday() + 2) % 7 - 2
        day = focus.day + timedelta(days=step)
        if today is not None and day > today and context.side != "future":
            day -= timedelta(days=7)
        return replace(whole(midnight(day), "day", "discourse"), weekday_stated=True)
    if today is None:
        return replace(unknown("day", "relative"), weekday_stated=True)
    last = focus.last
    if mod is None and context.joined and last and last.weekday_stated and focus.day and focus.day >= today:
        step = (wanted - focus.day.isoweekday()) % 7
        if step in (1, 2):  # «يلعبان اليوم السبت … والآخران الأحد»
            return replace(
                whole(midnight(focus.day + timedelta(days=step)), "day", "relative"), weekday_stated=True
            )
    ahead = (wanted - today.isoweekday()) % 7
    if mod == "1":
        ahead = ahead or 7
    elif mod == "-1":
        ahead = ahead - 7
    elif mod is None and context.side != "future":
        ahead = ahead - 7 if ahead else 0
    return replace(whole(midnight(today + timedelta(days=ahead)), "day", "relative"), weekday_stated=True)


def _narrates(day: date, today: date, context: Context) -> bool:
    """Whether the text tells of the days around ``day`` rather than of those before its publication."""
    return abs(today - day) <= WEEK_REACH or (context.focus.dates >= 2 and context.focus.year_near)


OPERATIONS: dict[str, Operation] = {"weekday": weekday, "weekday_date": weekday_date}

"""Stretches of several units: the last three days, the four days after, the third day in a row."""

from __future__ import annotations

from dataclasses import replace

from pipeline.resolve.calendars import add, floor, stamp
from pipeline.resolve.time_match import Match
from pipeline.resolve.time_relative import FINE, Duration, base_of, between_days, duration_of
from pipeline.resolve.time_values import Context, Operation, Resolved, inner, slot, text_slot, unknown


def window(match: Match, context: Context) -> Resolved | None:
    """خلال الأيام الثلاثة الماضية، منذ عامين، في الأشهر الستة المقبلة: up to the publication date, or from it on."""
    length = inner(match, "duration")
    duration = (
        duration_of(length) if length else Duration(_count(match), text_slot(match, "unit", "day") or "day")
    )
    if duration.count is None or context.anchor is None:
        return unknown("range", "relative")
    sign = int(str(slot(match, "sign")))
    unit, count = duration.unit, duration.count
    if unit in FINE and context.clocked:
        other = add(context.anchor, unit, sign * count)
        if other is None:
            return unknown("range", "relative")
        low, high = sorted((floor(other, "minute"), floor(context.anchor, "minute")))
        return Resolved(low, high, "range", "relative", stamp(low), stamp(high))
    if unit in FINE:
        count, unit = max(1, round(count / (24 if unit == "hour" else 1440))), "day"
    if unit == "week":
        count, unit = count * 7, "day"
    moment = add(context.anchor, unit, sign * count)
    if moment is None:
        return unknown("range", "relative")
    return between_days(min(moment, context.anchor), max(moment, context.anchor), unit)


def following(match: Match, context: Context) -> Resolved | None:
    """خلال الأيام الأربعة التالية: as many units after the last day said."""
    count, unit = _count(match), text_slot(match, "unit", "day") or "day"
    base = base_of(context, "day")
    if count is None or base is None:
        return unknown("range", "discourse")
    low = add(base, "day", 1)
    high = add(base, unit, count)
    if low is None or high is None or high < low:
        return unknown("range", "discourse")
    return replace(between_days(low, high, "day"), method="discourse")


def streak(match: Match, context: Context) -> Resolved | None:
    """لليوم الثالث على التوالي: that many days, weeks, … up to the publication date."""
    count, unit = _count(match), text_slot(match, "unit", "day") or "day"
    if count is None or context.anchor is None:
        return unknown("range", "relative")
    if unit == "week":
        count, unit = (count - 1) * 7 + 1, "day"
    low = add(context.anchor, unit, 1 - count)
    return between_days(low, context.anchor, unit) if low is not None else unknown("range", "relative")


def _count(match: Match) -> int | None:
    count = slot(match, "n")
    return int(str(count)) if count is not None else None


OPERATIONS: dict[str, Operation] = {"window": window, "following": following, "streak": streak}

"""Operations read by the publication date (أمس، قبل أسبوعين) or by what the text said before (في اليوم نفسه)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from pipeline.knowledge.time_schema import Granularity, Method, Relation
from pipeline.resolve.calendars import add, floor, iso, midnight
from pipeline.resolve.time_match import Match
from pipeline.resolve.time_values import (
    DAY_LEVEL,
    Context,
    Operation,
    Resolved,
    inner,
    slot,
    text_slot,
    unknown,
    whole,
)

#: Units below the day.
FINE = frozenset({"minute", "hour"})
_ROUND = 100  # «قبل 300 عام» is a round number, no year
_COARSE_FIRST = ("century", "decade", "year", "season", "month", "week", "day")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length: ``count`` units, None where vague (أيام، عدة أشهر، أكثر من عامين)."""

    count: int | None
    unit: str


def duration_of(match: Match) -> Duration:
    """The length that a match of the operation ``duration`` names."""
    count = slot(match, "n")
    if slot(match, "exact") == "no":
        count = None
    return Duration(int(str(count)) if count is not None else None, text_slot(match, "unit", "day") or "day")


def shift(match: Match, context: Context) -> Resolved | None:
    """أمس، غدا، الأسبوع الماضي، العام المقبل: a unit counted from that of the publication date."""
    unit = text_slot(match, "unit", "day") or "day"
    stated = _stated(match, context)
    if stated is not None:
        return stated
    by = int(text_slot(match, "by") or text_slot(match, "mod") or 0)
    weekday = text_slot(match, "weekday")
    moment = add(context.anchor, unit, by) if context.anchor else None
    if moment is None:
        if weekday and context.focus.day and context.focus.grounded:
            return _nearest(midnight(context.focus.day), int(weekday), "discourse")
        return replace(unknown(_granularity(unit), "relative"), weekday_stated=weekday is not None)
    if weekday:
        # The article may have been written the day before it appeared: the named day is the surer one.
        return _nearest(midnight(moment), int(weekday), "relative")
    return _unit(moment, unit, "relative")


def _stated(match: Match, context: Context) -> Resolved | None:
    """The date that stands beside the relative word (اليوم السبت 7 ديسمبر), which counts before it."""
    date = inner(match, "date")
    found = context.resolve(date) if date is not None else None
    return found if found is not None and found.start is not None else None


def _granularity(unit: str) -> Granularity:
    return cast(Granularity, "range" if unit == "century" else unit)


def _unit(moment: datetime, unit: str, method: Method) -> Resolved:
    if unit == "century":
        start = floor(moment, "century")
        end = add(start, "century", 1)
        first, last = f"{start.year:04}", f"{start.year + 99:04}"
        return Resolved(start, end, "range", method, first, last) if end else unknown("range", method)
    return whole(moment, _granularity(unit), method)


def _nearest(day: datetime, weekday: int, method: Method) -> Resolved:
    step = (weekday - day.isoweekday() + 3) % 7 - 3
    return replace(whole(day + timedelta(days=step), "day", method), weekday_stated=True)


def focus(match: Match, context: Context) -> Resolved | None:
    """في اليوم نفسه، في اليوم التالي، بعدها بيومين، العام نفسه: a unit counted from the last date of the text."""
    unit = text_slot(match, "unit", "day") or "day"
    stated = _stated(match, context)
    if stated is not None:
        return replace(stated, method="discourse" if stated.method == "relative" else stated.method)
    count = int(text_slot(match, "by", "0") or 0)
    length = inner(match, "duration")
    if length is not None:
        duration = duration_of(length)
        if duration.count is None:
            return unknown(_granularity(duration.unit), "discourse")
        unit = duration.unit
        count = duration.count * int(text_slot(match, "sign", "1") or 1)
    if slot(match, "deictic") == "first" and context.anchor is not None:
        return _unit(context.anchor, unit, "relative")
    base = base_of(context, unit)
    if slot(match, "deictic") == "first" and context.focus.last and context.focus.last.granularity == unit:
        base = None  # «هذا العام» of an undated article after «عام 1996»: that year or the year of writing, who knows
    weekday = text_slot(match, "weekday")
    if base is None:
        if slot(match, "deictic") is not None and context.anchor is not None:
            return _unit(context.anchor, unit, "relative")
        return unknown(_granularity("day" if unit in FINE else unit), "discourse")
    moment = add(base, "day" if unit in FINE else unit, 0 if unit in FINE else count)
    if moment is None:
        return unknown(_granularity(unit), "discourse")
    if weekday:
        return _nearest(moment, int(weekday), "discourse")
    return _unit(moment, "day" if unit in FINE else unit, "discourse")


def base_of(context: Context, unit: str) -> datetime | None:
    """What the text said last, if it is as fine as ``unit``."""
    last, day = context.focus.last, context.focus.day
    if unit in ("day", "week", *FINE):
        return midnight(day) if day else None
    if last is None or last.start is None:
        return None
    level = "day" if last.granularity in DAY_LEVEL or last.day else str(last.granularity)
    if level in _COARSE_FIRST and _COARSE_FIRST.index(level) >= _COARSE_FIRST.index(unit):
        return last.start
    return None


def same_time(match: Match, context: Context) -> Resolved | None:
    """بعدها، في الوقت نفسه: what the text said last."""
    last = context.focus.last
    if last is None or last.start is None or (context.anchor is not None and last.start > context.anchor):
        return unknown(None, "discourse")
    # A story goes on within a day; «آنذاك» may look back to a whole year, but not to the days of publication.
    far, relative, stretch = (
        slot(match, "reach") == "far",
        last.method == "relative",
        last.granularity == "range",
    )
    if (far and relative) or (stretch and relative) or (last.day is None and (stretch or not far)):
        return unknown(None, "discourse")
    return replace(
        last, method="discourse", relation="in", inferred=(), weekday_stated=False, year_stated=False
    )


def ago(match: Match, context: Context) -> Resolved | None:
    """قبل ثلاثة أيام، بعد أسبوعين: the unit that lies so far back or ahead."""
    length = inner(match, "duration")
    duration = duration_of(length) if length else Duration(None, "day")
    unit, sign = duration.unit, int(str(slot(match, "sign")))
    if duration.count is None or duration.count >= _ROUND:
        return unknown(_granularity("day" if unit in FINE else unit), "relative")
    if (
        slot(match, "focus")
        and not (context.focus.day and context.focus.grounded)
        and context.side != "future"
    ):
        return unknown(_granularity("day" if unit in FINE else unit), "relative")
    if slot(match, "focus") and context.focus.day and context.focus.grounded:
        step, count = ("day", 0) if unit in FINE else (unit, sign * duration.count)
        day = add(midnight(context.focus.day), step, count)
        return _unit(day, step, "discourse") if day else unknown("day", "discourse")
    moment = add(context.anchor, unit, sign * duration.count) if context.anchor else None
    if moment is None:
        return unknown(_granularity("day" if unit in FINE else unit), "relative")
    if unit in FINE and not context.clocked:
        # Two hours before an unknown hour of the day: the day is all that can be said, beyond a day not even that.
        hours = duration.count if unit == "hour" else duration.count // 60
        return (
            whole(context.anchor, "day", "relative")
            if hours < 12 and context.anchor
            else unknown("day", "relative")
        )
    return _unit(moment, unit, "relative")


def between_days(low: datetime, high: datetime, unit: str) -> Resolved:
    """From the unit of ``low`` to the day of ``high``, told in that unit."""
    label = "year" if unit in ("decade", "century") else unit
    start = midnight(low) if unit == "day" else floor(low, label)
    end = add(midnight(high), "day", 1)
    if end is None:
        return unknown("range", "relative")
    return Resolved(start, end, "range", "relative", iso(low, label), iso(high, label))


def now(match: Match, context: Context) -> Resolved | None:
    """الآن: the day of publication."""
    return whole(context.anchor, "day", "relative") if context.anchor else unknown("day", "relative")


def bound(match: Match, context: Context) -> Resolved | None:
    """منذ، حتى، قبل، بعد، بحلول before a time: what it says of the beginning and of the end."""
    of = inner(match, "of")
    if slot(match, "side") == "past":
        context = replace(context, side="past")
    found = context.resolve(of) if of else None
    relation = cast(Relation, text_slot(match, "relation"))
    if found is None or found.relation != "in" or found.kind != "time":
        return None
    if relation == "by" or found.start is None or found.end is None:
        return replace(found, relation=relation)
    if relation == "since":
        return _since(found, context)
    start, end = {"until": (None, found.end), "before": (None, found.start), "after": (found.end, None)}[
        relation
    ]
    return replace(found, start=start, end=end, first=None, last=None, relation=relation)


def _since(found: Resolved, context: Context) -> Resolved:
    """From there to the publication date; without one the end stays open and the value is that of the beginning."""
    if context.anchor is None or found.start is None or found.start > context.anchor:
        return replace(found, end=None, relation="since")
    label = (
        found.granularity if found.granularity in ("month", "year") and found.first == found.last else "day"
    )
    until = between_days(found.start, context.anchor, "day")
    first, last = iso(found.start, label), iso(context.anchor, label)
    return replace(
        found, end=until.end, granularity="range", first=first, last=last, relation="since", offset=None
    )


def inside(match: Match, context: Context) -> Resolved | None:
    """خلال، طوال، معظم before a time: the time itself."""
    of = inner(match, "of")
    found = context.resolve(of) if of else None
    return found if found is not None and found.kind == "time" else None


def vague(match: Match, context: Context) -> Resolved | None:
    """مؤخرا، في الأيام الماضية: a time that nobody can put in figures."""
    return replace(unknown(None, "relative"), relation=cast(Relation, text_slot(match, "relation", "in")))


def length(match: Match, context: Context) -> Resolved | None:
    """لمدة ثلاثة أيام: how long, not when."""
    return replace(unknown(None, "explicit"), kind="duration")


def repeated(match: Match, context: Context) -> Resolved | None:
    """كل يوم جمعة: how often, not when."""
    return replace(unknown(None, "explicit"), kind="set")


OPERATIONS: dict[str, Operation] = {
    "shift": shift, "focus": focus, "same_time": same_time, "ago": ago, "now": now, "bound": bound,
    "inside": inside, "pass": inside, "vague": vague, "length": length, "set": repeated,
}  # fmt: skip

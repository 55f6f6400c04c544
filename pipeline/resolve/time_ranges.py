"""Operations for what spans several units: ranges, seasons, decades, portions of a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.knowledge.time_schema import Granularity, Method, Portion
from pipeline.resolve.calendars import add, iso, midnight, stamp
from pipeline.resolve.time_dates import date_, month, month_day, month_number
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

_RANK: dict[Method, int] = {"explicit": 0, "discourse": 1, "relative": 2}


def _join(a: Resolved, b: Resolved) -> Resolved | None:
    """From the beginning of ``a`` to the end of ``b``; None where they run backwards."""
    method = max(a.method, b.method, key=_RANK.__getitem__)
    if a.start is None or b.start is None or b.end is None:
        return unknown("range", method)
    if b.end <= a.start or b.start < a.start:
        return None
    return Resolved(
        a.start, b.end, "range", method, a.first, b.last, offset=b.offset if a.offset == b.offset else None,
        year_stated=a.year_stated or b.year_stated, weekday_stated=a.weekday_stated or b.weekday_stated,
    )  # fmt: skip


def _ends(match: Match, context: Context) -> tuple[Resolved, Resolved] | None:
    """Both ends, each lending the other what it leaves out: the year, the day, the week."""
    left, right = inner(match, "a"), inner(match, "b")
    if left is None or right is None:
        return None
    a, b = context.resolve(left), context.resolve(right)
    if a is None or b is None or a.relation != "in" or b.relation != "in" or "time" not in (a.kind, b.kind):
        return None
    if b.year_stated and b.start is not None and not a.year_stated and not _bare(a):
        again = context.leaning_on(b).resolve(left)
        if again is not None and again.start is not None:
            # The year stands in the expression, only at its other end.
            a = replace(again, method=b.method if again.method == "discourse" else again.method, inferred=())
    if a.start is not None and not b.year_stated and b.method != "explicit":
        again = context.leaning_on(a, future=True).resolve(right)
        if again is not None and again.start is not None:
            b = replace(again, method=a.method if again.method == "discourse" else again.method)
    return a, b


def _bare(end: Resolved) -> bool:
    """A day told from the publication date (أمس), which a date at the other end does not move."""
    fixed = end.start is not None and end.method == "relative" and not end.inferred
    return fixed and end.granularity in DAY_LEVEL and not end.weekday_stated


def range_(match: Match, context: Context) -> Resolved | None:
    """بين مساء السبت 7 ديسمبر وفجر الأحد، من يناير حتى مارس 2015، بين عامي 2011 و2013."""
    ends = _weekdays(match, context) if "mod" in match.slots else _ends(match, context)
    if ends is None:
        return None
    a, b = ends
    clocks = {a.granularity, b.granularity} <= {"hour", "minute"} and not slot(match, "list")
    if clocks and a.start and b.start and b.end and b.start.date() == a.start.date() and b.end <= a.start:
        night = timedelta(days=1)  # من العاشرة ليلا حتى السادسة صباحا
        b = replace(b, start=b.start + night, end=b.end + night, last=stamp(b.start + night))
    if slot(match, "list") and a.end and b.start and a.end != b.start:
        return None  # two times, not one
    return _join(a, b)


def _weekdays(match: Match, context: Context) -> tuple[Resolved, Resolved] | None:
    """يومي الأربعاء والخميس المقبلين: the adjective speaks of the last day, and the first stands before it."""
    left, right = inner(match, "a"), inner(match, "b")
    if left is None or right is None:
        return None
    b = context.resolve(replace(right, slots={**right.slots, "mod": match.slots["mod"]}))
    if b is None or b.start is None:
        return None
    a = context.leaning_on(b, future=True).resolve(left)
    return (replace(a, method=b.method), b) if a is not None else None


def years(match: Match, context: Context) -> Resolved | None:
    """1975-1990، موسم 2014/2015."""
    read = match.slots["years"]
    return _years(read[0], read[1] - read[0] + 1, "explicit") if isinstance(read, tuple) else None


def both(match: Match, context: Context) -> Resolved | None:
    """الجمعة والسبت: one stretch if the second follows the first, else two expressions."""
    ends = _ends(match, context)
    if ends is None:
        return None
    a, b = ends
    gap = timedelta(hours=24 if a.granularity == "part_of_day" else 0)
    if a.end is not None and b.start is not None and b.start - a.end > gap:
        return None
    return _join(a, b)


def day_range(match: Match, context: Context) -> Resolved | None:
    """بين 7 و9 ديسمبر 2024."""
    first, last = int(str(slot(match, "day"))), int(str(slot(match, "day2")))
    between = [int(str(match.slots["mid"]))] if "mid" in match.slots else []
    if first >= last or (slot(match, "list") and [first, *between, last] != list(range(first, last + 1))):
        return None  # days that do not follow one another are several times, not one
    a = date_(match, context)
    b = date_(replace(match, slots={**match.slots, "day": match.slots["day2"]}), context)
    return replace(joined, inferred=a.inferred) if a and b and (joined := _join(a, b)) else None


def month_days(match: Match, context: Context) -> Resolved | None:
    """من 12 إلى 15 من الشهر الجاري."""
    a = month_day(match, context)
    b = month_day(replace(match, slots={**match.slots, "day": match.slots["day2"]}), context)
    return _join(a, b) if a and b else None


def month_range(match: Match, context: Context) -> Resolved | None:
    """شهري يوليو وأغسطس 2015، بين مارس ومايو."""
    last = inner(match, "month2")
    if last is None or month_number(slot(match, "month")) is None or month_number(last) is None:
        return None
    one = {k: v for k, v in match.slots.items() if k != "month2"}
    b = month(replace(match, slots={**one, "month": last}), context)
    a = month(replace(match, slots=one), context)
    step = (month_number(last) or 0) - (month_number(slot(match, "month")) or 0)
    if step == 0 or (slot(match, "list") and step % 12 != 1):
        return None  # two names of one month, or two months apart
    if a and b and a.start and b.start and a.start > b.start:
        # «من نوفمبر إلى فبراير 2015» began the year before.
        earlier = add(a.start, "year", -1)
        a = whole(earlier, "month", a.method) if earlier else None
    return replace(joined, inferred=a.inferred) if a and b and (joined := _join(a, b)) else None


def season(match: Match, context: Context) -> Resolved | None:
    """صيف 2014، شتاء العام الماضي."""
    row = context.tables.seasons[str(slot(match, "season"))]
    given, mod = inner(match, "year"), text_slot(match, "mod")
    if given is not None:
        year = context.resolve(given)
        if year is None or year.start is None:
            return unknown("season", year.method if year else "relative")
        start, method = datetime(year.start.year + row.year, row.month, 1), year.method
    elif context.anchor is None:
        return unknown("season", "relative")
    else:
        method = "relative"
        starts = [datetime(context.anchor.year + row.year + k, row.month, 1) for k in (-1, 0, 1)]
        day = midnight(context.anchor)
        ended = [s for s in starts if (add(s, "month", 3) or s) <= day]
        ahead = [s for s in starts if s > day]
        running = [s for s in starts if s <= day and s not in ended]
        start = ended[-1] if mod == "-1" else ahead[0] if mod == "1" else (running or ahead)[0]
    end = add(start, "month", 3)
    last = add(start, "month", 2)
    if end is None or last is None:
        return unknown("season", method)
    first, stated = iso(start, "month"), method == "explicit"
    return Resolved(start, end, "season", method, first, iso(last, "month"), year_stated=stated)


def decade(match: Match, context: Context) -> Resolved | None:
    """تسعينيات القرن الماضي: of the twentieth century unless another is named."""
    given = inner(match, "century")
    named = text_slot(given, "century") if given else None
    start = ((int(named) - 1) * 100 if named else 1900) + int(str(slot(match, "decade")))
    return replace(whole(datetime(start, 1, 1), "decade", "explicit"), year_stated=False)


def century(match: Match, context: Context) -> Resolved | None:
    """القرن التاسع عشر، القرن الماضي."""
    named = text_slot(match, "century")
    if named is not None:
        return _years((int(named) - 1) * 100, 100, "explicit")
    if context.anchor is None:
        return unknown("range", "relative")
    return _years((context.anchor.year // 100 + int(text_slot(match, "by", "0") or 0)) * 100, 100, "relative")


def _years(first: int, count: int, method: Method) -> Resolved:
    start, end = datetime(first, 1, 1), datetime(first + count, 1, 1)
    return Resolved(start, end, "range", method, f"{first:04}", f"{first + count - 1:04}")


def portion(match: Match, context: Context) -> Resolved | None:
    """مطلع 2015، منتصف ديسمبر الماضي، أواخر التسعينيات، الربع الأول من العام."""
    of = inner(match, "of")
    found = context.resolve(of) if of else None
    if found is None or found.kind != "time" or found.relation != "in":
        return None
    if found.start is None or found.end is None or found.granularity in ("week", "day"):
        return found  # «مطلع الأسبوع» says no more than the week does
    row = context.tables.portions[str(slot(match, "portion"))]
    unit = _parts_of(found)
    low, high = _cut(found.start, found.end, row, unit)
    if low is None or high is None:
        return None
    label: Granularity = "year" if unit == "year" else "month" if unit == "month" else "day"
    first, last = iso(low, label), iso(high - timedelta(days=1), label)
    return replace(found, start=low, end=high, granularity="range", first=first, last=last)


def _parts_of(found: Resolved) -> str:
    if found.granularity == "month" or (found.granularity == "year" and found.first and len(found.first) > 4):
        return "day"
    return "month" if found.granularity in ("season", "year") else "year"


def _cut(start: datetime, end: datetime, row: Portion, unit: str) -> tuple[datetime | None, datetime | None]:
    """The piece of a period that the portion names, in whole units; the last piece runs to the end."""
    total = (end - start).days
    if unit != "day":
        total = (end.year - start.year) * 12 + end.month - start.month
        total = total // 12 if unit == "year" else total
    (a, b), (c, d) = ([int(x) for x in f.split("/")] for f in (row.from_, row.to))
    # A month of 28 to 31 days is told in tens: 1–10, 11–20, 21 to the end.
    size = 30 if unit == "day" and total <= 31 else total
    high = end if c == d else add(start, unit, round(size * c / d))
    return add(start, unit, round(size * a / b)), high


OPERATIONS: dict[str, Operation] = {
    "range": range_, "years": years, "both": both, "day_range": day_range, "month_days": month_days,
    "month_range": month_range, "season": season, "decade": decade, "century": century, "portion": portion,
}  # fmt: skip

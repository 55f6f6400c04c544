"""Dates of publication as dumps write them → ISO 8601.

This reads metadata, not prose: a field or a file name that names one day, perhaps with a time. What names no
day, or two different days, is no date: :func:`parse_date` says None and never guesses. (Time expressions in the
text of an article are the business of ``pipeline.resolve``.)

Day and month as numbers are read day first, as the Arab press writes them, unless only month first is possible.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from babel import Locale
from hijridate import Hijri

from pipeline.knowledge.fields import load_fields, plain

#: Years in which newspapers have appeared; what lies outside is a number, not a year.
_FIRST, _LAST = 1800, 2100
#: CLDR's Arabic month names differ by country: Levant and Iraq, Algeria and Tunisia, Morocco, Mauritania, the rest.
_LOCALES = ("ar", "ar_SY", "ar_DZ", "ar_MA", "ar_MR", "en", "fr")

_OFFSET = r"(?:utc|gmt)?\s?(?P<offset>[+-]\d{2}:?\d{2})|(?P<zulu>z|utc|gmt)\b"
_TIME = re.compile(
    r"(?:t|(?<!\d))(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?(?!\d|:)"
    rf"(?:\s?(?P<half>am|pm|a\.m\.|p\.m\.|صباحا|مساء|ص|م)(?![^\W\d_]))?\s?(?:{_OFFSET})?"
)
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?(?:\.\d+)?(z)?)?(?!\d)")
_YMD = re.compile(r"(?<!\d)(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
_DMY = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})(?!\d)")
_SEP = r"[\s,،/.\-]{0,3}"
_YEAR = r"(?:عام |سنه )?(?P<year>\d{4})(?!\d)"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er)?"

_NAME_YMD = re.compile(r"(?<![0-9A-Za-z])(\d{4})([-_. ]?)(\d{1,2})\2(\d{1,2})(?![0-9A-Za-z])")
_NAME_YMD_TIME = re.compile(r"(?<![0-9A-Za-z])(\d{4})(-?)(\d{2})\2(\d{2})[Tt]\d{2}")
_NAME_DMY = re.compile(r"(?<![0-9A-Za-z])(?<!\d[-_. ])(\d{1,2})([-_. ])(\d{1,2})\2(\d{4})(?![0-9A-Za-z])")


def parse_date(value: object) -> str | None:
    """The ISO 8601 date or date-time that ``value`` means, None if it means none.

    Args:
        value: a string in any of the shapes that dumps use (ISO, RFC 2822, dd/mm/yyyy, Arabic, English and French
            month names, Hijri dates), a date or datetime, a number of seconds, milli-, micro- or nanoseconds since
            1970 (in UTC), or the ``{"$date": …}`` of a MongoDB export.

    Returns:
        ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM:SS`` with ``+HH:MM`` only where the value states an offset.

    >>> parse_date("الخميس 5 كانون الأول/ديسمبر 2024"), parse_date("Thu, 05 Dec 2024 10:00:00 GMT")
    ('2024-12-05', '2024-12-05T10:00:00+00:00')
    """
    for key in ("$date", "$numberLong"):
        if isinstance(value, Mapping):
            value = value.get(key, value)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") if _FIRST <= value.year <= _LAST else None
    if isinstance(value, date):
        return value.isoformat() if _FIRST <= value.year <= _LAST else None
    if isinstance(value, int | float):
        return _from_number(value)
    return _from_text(value) if isinstance(value, str) and len(value) <= 200 else None


def date_in_name(name: str) -> str | None:
    """The ISO date in a file name (without folders), None if it holds none or several.

    ``2024-12-05_x``, ``20241205``, ``5-12-2024`` and their like, set off from other letters and digits.
    """
    digits = _ascii_digits(name)
    year_first = (*_NAME_YMD.finditer(digits), *_NAME_YMD_TIME.finditer(digits))
    # Without a separator between them, month and day need both their digits.
    found = {_iso(int(m[1]), int(m[3]), int(m[4])) for m in year_first if m[2] or len(m[3]) == len(m[4]) == 2}
    found |= {_day_first(int(m[1]), int(m[3]), int(m[4])) for m in _NAME_DMY.finditer(digits)}
    days = found - {None}
    return days.pop() if len(days) == 1 else None


def _ascii_digits(text: str) -> str:
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if _FIRST <= year <= _LAST else None
    except ValueError:
        return None


def _day_first(day: int, month: int, year: int) -> str | None:
    return _iso(year, month, day) or _iso(year, day, month)


def _from_number(value: float) -> str | None:
    """A calendar day or moment written as one number, or the time since 1970."""
    if value != value or value in (float("inf"), float("-inf")):
        return None
    if value == int(value) and (compact := _compact(str(int(value)))):
        return compact
    for limit, scale in ((1e11, 1), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9)):
        if 1e8 <= value < limit:
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(value / scale))
            return moment.isoformat() if moment.year <= _LAST else None
    return None


def _compact(text: str) -> str | None:
    match = _COMPACT.fullmatch(text)
    day = match and _iso(int(match[1]), int(match[2]), int(match[3]))
    if not match or not day:
        return None
    if match[4] is None:
        return day
    if int(match[4]) > 23 or int(match[5]) > 59 or int(match[6] or 0) > 59:
        return None
    return f"{day}T{match[4]}:{match[5]}:{match[6] or '00'}{'+00:00' if match[7] else ''}"


def _from_text(value: str) -> str | None:
    text = _ascii_digits(" ".join(plain(value).split()))
    if re.fullmatch(r"-?\d+(?:\.\d+)?", text):
        return _from_number(float(text) if "." in text else int(text)) if len(text) <= 22 else None
    if compact := _compact(text):
        return compact
    times = list(_TIME.finditer(text))
    time = _clock(times[0]) if len(times) == 1 else ""
    for start, end in reversed([m.span() for m in times]):
        text = f"{text[:start]} {text[end:]}"
    for rule in (_gregorian, _hijri):
        days = rule(" ".join(text.split()))
        if days:
            return f"{days.pop()}{time}" if len(days) == 1 else None
    return None


def _gregorian(text: str) -> set[str]:
    """Every day of our calendar that ``text`` names."""
    year_first = (*_YMD.finditer(text), *_COMPACT.finditer(text))
    found: set[str | None] = {_iso(int(m[1]), int(m[2]), int(m[3])) for m in year_first}
    found |= {_day_first(int(m[1]), int(m[2]), int(m[3])) for m in _DMY.finditer(text)}
    months, day_month, month_day = _month_patterns()
    for pattern in (day_month, month_day):
        for m in pattern.finditer(text):
            named = {months[name] for name in (m["month"], m["again"]) if name}
            # «كانون الأول/ديسمبر» names one month twice; two different ones are no date.
            found.add(_iso(int(m["year"]), named.pop(), int(m["day"])) if len(named) == 1 else None)
    return {day for day in found if day}


def _hijri(text: str) -> set[str]:
    """Every day of the Hijri calendar that ``text`` names, as a day of ours (Umm al-Qura)."""
    months, pattern = _hijri_pattern()
    named = [(int(m["year"]), months[m["month"]], int(m["day"])) for m in pattern.finditer(text)]
    named += [(int(m[1]), int(m[2]), int(m[3])) for m in _YMD.finditer(text)]
    named += [(int(m[3]), int(m[2]), int(m[1])) for m in _DMY.finditer(text)]
    days: set[str] = set()
    for year, month, day in named:
        try:
            if 1343 <= year <= 1500:
                days.add(Hijri(year, month, day).to_gregorian().isoformat())
        except (ValueError, OverflowError):
            continue
    return days


def _clock(match: re.Match[str]) -> str:
    """``THH:MM:SS`` with the offset that the text states; nothing where the numbers are no time of day."""
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    half = match["half"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] in "pم" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return ""
    offset = "+00:00" if match["zulu"] else match["offset"] or ""
    if offset and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    return f"T{hour:02}:{minute:02}:{second:02}{offset}"


def _alternatives(names: Mapping[str, int]) -> str:
    """A pattern for any of the names, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))


@lru_cache(maxsize=1)
def _month_patterns() -> tuple[Mapping[str, int], re.Pattern[str], re.Pattern[str]]:
    """The months by plain name; «5 ديسمبر 2024» and «December 5, 2024»."""
    months: dict[str, int] = {}
    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            for number, name in Locale.parse(locale).months["format"][width].items():
                months.setdefault(plain(name).rstrip("."), number)
    months |= load_fields().months
    # «تشرين أول» beside «تشرين الأول»
    months |= {name.replace(" ال", " "): number for name, number in months.items()}
    name = _alternatives(months)
    month = rf"(?<![^\W\d_])(?P<month>{name})(?![^\W\d_])\.?(?:\s?[/(\-]\s?(?P<again>{name})\s?\)?)?"
    day_month = re.compile(rf"{_DAY}{_SEP}(?:من |of )?{month}{_SEP}{_YEAR}")
    return months, day_month, re.compile(rf"{month}{_SEP}{_DAY}[\s,،/.\-]{{1,3}}{_YEAR}")


@lru_cache(maxsize=1)
def _hijri_pattern() -> tuple[Mapping[str, int], re.Pattern[str]]:
    months = dict(load_fields().hijri_months)
    month = rf"(?<![^\W\d_])(?P<month>{_alternatives(months)})(?![^\W\d_])"
    return months, re.compile(rf"{_DAY}{_SEP}(?:من )?{month}{_SEP}{_YEAR}")

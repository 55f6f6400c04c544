"""Readers of numbers and numeric dates, for the slots that no list of words can fill.

A reader gets the folded text and a position and gives every ``(value, end)`` it can read there, the longest first.
All of them look at a bounded piece of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.knowledge.time_patterns import key

Reading = tuple[object, int]
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
#: A number goes on behind its digits: 7.5, 1,250, 10:30, 7/12, 5%.
_GOES_ON = re.compile(r"[.,:/]\d|[ ]?%|[A-Za-z]")
_CLOCK = re.compile(r"(\d{1,2})[ ]?:[ ]?([0-5]\d)(?![\d%]|[:.,/]\d)")
_CLOCK_ANY = re.compile(r"(\d{1,2})[ ]?[:.,،][ ]?([0-5]\d)(?![\d%]|[:.,/]\d)")
_YMD = re.compile(r"(\d{4})([/\-.])(\d{1,2})\2(\d{1,2})(?![\d%]|[/\-.:]\d)")
_DMY = re.compile(r"(\d{1,2})[ ]?([/\-.])[ ]?(\d{1,2})[ ]?\2[ ]?(\d{4})(?![\d%]|[/\-.:]\d)")
_DM = re.compile(r"(\d{1,2})[ ]?([/\-])[ ]?(\d{1,2})(?![\d%]|[ ]?[/\-.:][ ]?\d)")
_TWO_WORDS = re.compile(r"([^\W\d_]{4,7}) ([^\W\d_]{3,8})\b")
_YEARS = re.compile(r"(\d{4})[ ]?[/\-][ ]?(\d{4}|\d\d)(?![\d%]|[ ]?[/\-.:][ ]?\d)")
_MAX_NUMBER_WORDS = 10


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers over one set of number words.

    Args:
        numbers: number words by key, with their values.
        months: month names by key, with their numbers, for :meth:`month_typo`.
    """

    numbers: dict[str, int]
    months: dict[str, int]

    def table(self) -> dict[str, Callable[[str, int], Iterable[Reading]]]:
        """The readers by the name a slot gives them."""
        return {
            "n": self.n, "ndef": self.ndef, "d": self.day, "y4": self.year4, "y2": self.year2, "yw": self.year_words,
            "hy": self.hijri_year, "hour": self.hour, "hm": self.clock, "hmx": self.any_clock,
            "hhmm": self.four_digit_clock, "num_date": self.full_date, "num_dm": self.day_month,
            "years": self.year_pair, "month_typo": self.month_typo, "month_typo2": self.two_word_typo,
            "word": self.word,
        }  # fmt: skip

    def n(self, text: str, at: int) -> list[Reading]:
        """A cardinal of up to four digits, or in words."""
        return _digits(text, at, 0, 9999) or self.cardinal(text, at)

    def ndef(self, text: str, at: int) -> list[Reading]:
        """A definite cardinal: الثلاثة، الخمسة والعشرين، الـ48."""
        if not text.startswith("ال", at):
            return []
        start = at + 2 + text.startswith(" ", at + 2)
        return _digits(text, start, 0, 9999) or self.cardinal(text, at + 2)

    def cardinal(self, text: str, at: int) -> list[Reading]:
        """A number in words (خمسة وعشرين، ألفين وأحد عشر) and every shorter number it begins with."""
        readings: list[Reading] = []
        total = 0
        last = 5
        for _ in range(_MAX_NUMBER_WORDS):
            term = self._term(text, at)
            if term is None or _rank(term[0]) >= last:
                break
            value, at = term
            total += value
            last = _rank(value)
            readings.append((total, at))
            joint = at + (text.startswith(" ", at))
            if joint == at or not text.startswith("و", joint):
                break
            at = joint + 1 + text.startswith(" ", joint + 1)
            at = at + 2 if text.startswith("ال", at) and self._value(text, at) is None else at
        return readings[::-1]

    def _value(self, text: str, at: int) -> tuple[int, int] | None:
        match = _LETTERS.match(text, at)
        value = self.numbers.get(match.group()) if match else None
        return (value, match.end()) if match and value is not None else None

    def _term(self, text: str, at: int) -> tuple[int, int] | None:
        """One term: a number word with the multiplier or the عشر that belongs to it."""
        first = self._value(text, at)
        if first is None:
            return None
        value, end = first
        if value < 100 and text.startswith(" ", end):
            second = self._value(text, end + 1)
            if second and second[0] in (100, 1000) and value > 2:
                return value * second[0], second[1]
            if second and second[0] == 10 and value < 10:
                return value + 10, second[1]
        return first

    def day(self, text: str, at: int) -> list[Reading]:
        """A day of the month in digits."""
        return _digits(text, at, 1, 31, width=2)

    def year4(self, text: str, at: int) -> list[Reading]:
        """A Gregorian year in four digits."""
        return _digits(text, at, 1800, 2100)

    def year2(self, text: str, at: int) -> list[Reading]:
        """The last two digits of a year of the twentieth century (عام 48)."""
        return [(1900 + int(str(v)), end) for v, end in _digits(text, at, 32, 99, width=2)]

    def year_words(self, text: str, at: int) -> list[Reading]:
        """A Gregorian year in words."""
        return [(v, end) for v, end in self.cardinal(text, at) if 1800 <= int(str(v)) <= 2100]

    def hijri_year(self, text: str, at: int) -> list[Reading]:
        """A Hijri year in four digits."""
        return _digits(text, at, 1200, 1450)

    def hour(self, text: str, at: int) -> list[Reading]:
        """An hour in digits."""
        return _digits(text, at, 0, 24, width=2)

    def clock(self, text: str, at: int) -> list[Reading]:
        """Hours and minutes with a colon: 10:30."""
        return _clock(_CLOCK.match(text, at))

    def any_clock(self, text: str, at: int) -> list[Reading]:
        """Hours and minutes, also 10.30 and 10,30: only behind «الساعة» or before a zone."""
        return _clock(_CLOCK_ANY.match(text, at))

    def four_digit_clock(self, text: str, at: int) -> list[Reading]:
        """Hours and minutes as agencies write them: 1430."""
        readings = _digits(text, at, 0, 2400)
        match = _DIGITS.match(text, at)
        if not readings or not match or len(match.group()) != 4 or int(match.group()[2:]) > 59:
            return []
        return [(divmod(int(match.group()), 100), match.end())]

    def full_date(self, text: str, at: int) -> list[Reading]:
        """Day, month and year in digits, as (year, month, day, calendar); the calendar follows from the year."""
        if (match := _YMD.match(text, at)) is not None:
            year, month, day = int(match[1]), int(match[3]), int(match[4])
        elif (match := _DMY.match(text, at)) is not None:
            year, month, day = int(match[4]), int(match[3]), int(match[1])
        else:
            return []
        if month > 12 >= day:
            month, day = day, month  # month first, as American tools write: unmistakable here
        calendar = "hijri" if 1300 <= year <= 1500 else "gregorian" if 1800 <= year <= 2100 else None
        if calendar is None or not (1 <= month <= 12 and 1 <= day <= 31):
            return []
        return [((year, month, day, calendar), match.end())]

    def day_month(self, text: str, at: int) -> list[Reading]:
        """Day and month in digits, as (day, month): only for rows that make sure it is no score and no fraction."""
        match = _DM.match(text, at)
        if match is None or not (1 <= int(match[1]) <= 31 and 1 <= int(match[3]) <= 12):
            return []
        return [((int(match[1]), int(match[3])), match.end())]

    def month_typo(self, text: str, at: int) -> list[Reading]:
        """A long month name with one letter dropped, added, changed, or two swapped."""
        match = _LETTERS.match(text, at)
        word = match.group() if match else ""
        if match is None or not 5 <= len(word) <= 9 or word in self.months:
            return []
        near = {
            n
            for name, n in self.months.items()
            if len(name) >= 6 and " " not in name and one_edit(word, name)
        }
        return [(near.pop(), match.end())] if len(near) == 1 else []

    def two_word_typo(self, text: str, at: int) -> list[Reading]:
        """A month name of two words whose first is off by one letter (كانوون الأول); the second makes it sure."""
        match = _TWO_WORDS.match(text, at)
        if match is None or match.group() in self.months:
            return []
        second = " " + match[2]
        near = {
            n
            for name, n in self.months.items()
            if name.endswith(second) and one_edit(match[1], name.split()[0])
        }
        return [(near.pop(), match.end())] if len(near) == 1 else []

    def year_pair(self, text: str, at: int) -> list[Reading]:
        """Two years: 1975-1990, 2014/2015, 2014/15."""
        match = _YEARS.match(text, at)
        if match is None:
            return []
        first = int(match[1])
        last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
        first, last = sorted((first, last))  # a right-to-left hand may have swapped them
        return [((first, last), match.end())] if 1800 <= first < last <= 2100 else []

    def word(self, text: str, at: int) -> list[Reading]:
        """Any word."""
        match = _LETTERS.match(text, at)
        return [(match.group(), match.end())] if match else []


def _clock(match: re.Match[str] | None) -> list[Reading]:
    return [((int(match[1]), int(match[2])), match.end())] if match and int(match[1]) <= 24 else []


def _rank(value: int) -> int:
    """Where a term stands in a number: thousands, hundreds, units, tens (ألف وتسعمئة وسبعة وستين)."""
    return 4 if value >= 1000 else 3 if value >= 100 else 2 if value < 10 else 1


def _digits(text: str, at: int, low: int, high: int, *, width: int = 4) -> list[Reading]:
    match = _DIGITS.match(text, at)
    if match is None or len(match.group()) > width or not low <= int(match.group()) <= high:
        return []
    return [] if _GOES_ON.match(text, match.end()) else [(int(match.group()), match.end())]


def one_edit(a: str, b: str) -> bool:
    """Whether one dropped, added or changed letter, or one swap of neighbours, turns ``a`` into ``b``."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        swapped = a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :]
        return a[i + 1 :] == b[i + 1 :] or swapped
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return long[i + 1 :] == short[i:]


def number_words(forms: Iterable[tuple[str, Iterable[str]]]) -> dict[str, int]:
    """The table of number words from a vocabulary."""
    return {key(word): int(value) for value, words in forms for word in words}

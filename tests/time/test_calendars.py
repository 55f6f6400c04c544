"""Calendar arithmetic, against dates known from elsewhere."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pipeline.resolve.calendars import (
    add,
    floor,
    hijri_day,
    hijri_month,
    hijri_year,
    hijri_year_of,
    iso,
    make_day,
    offset,
    unit_bounds,
)


@pytest.mark.parametrize(
    ("unit", "start", "end"),
    [
        ("minute", "2024-12-10T13:45", "2024-12-10T13:46"),
        ("hour", "2024-12-10T13:00", "2024-12-10T14:00"),
        ("day", "2024-12-10", "2024-12-11"),
        ("week", "2024-12-08", "2024-12-15"),
        ("month", "2024-12-01", "2025-01-01"),
        ("year", "2024-01-01", "2025-01-01"),
        ("decade", "2020-01-01", "2030-01-01"),
        ("century", "2000-01-01", "2100-01-01"),
    ],
)
def test_units(unit: str, start: str, end: str) -> None:
    bounds = unit_bounds(datetime(2024, 12, 10, 13, 45, 20), unit)
    assert bounds is not None
    assert (bounds.start, bounds.end) == (datetime.fromisoformat(start), datetime.fromisoformat(end))


def test_weeks_begin_on_sunday() -> None:
    assert floor(datetime(2024, 12, 8), "week") == datetime(2024, 12, 8)
    assert floor(datetime(2024, 12, 7), "week") == datetime(2024, 12, 1)


def test_months_are_cut_to_their_length_and_years_to_the_calendar() -> None:
    assert add(datetime(2024, 3, 31), "month", -1) == datetime(2024, 2, 29)
    assert add(datetime(2024, 2, 29), "year", 1) == datetime(2025, 2, 28)
    assert add(datetime(9999, 1, 1), "year", 1) is None
    assert add(datetime(1, 1, 1), "day", -1) is None
    assert make_day(2023, 2, 29) is None


def test_hijri_dates_are_those_of_umm_al_qura() -> None:
    assert hijri_day(1436, 9, 1) == datetime(2015, 6, 18)
    assert hijri_day(1445, 1, 10) == datetime(2023, 7, 28)
    assert hijri_day(1436, 9, 30) is None
    assert hijri_day(1200, 1, 1) is None
    assert hijri_year_of(date(2015, 8, 2)) == 1436
    assert hijri_year_of(date(1600, 1, 1)) is None
    month, year = hijri_month(1436, 9), hijri_year(1436)
    assert month is not None
    assert (month.start, month.end) == (datetime(2015, 6, 18), datetime(2015, 7, 17))
    assert year is not None
    assert (year.start, year.end) == (datetime(2014, 10, 25), datetime(2015, 10, 14))


def test_iso_is_as_coarse_as_it_says() -> None:
    moment = datetime(2024, 12, 7, 22, 5)
    assert [iso(moment, g) for g in ("minute", "day", "month", "year", "decade")] == [
        "2024-12-07T22:05",
        "2024-12-07",
        "2024-12",
        "2024",
        "2024",
    ]
    assert iso(datetime(615, 1, 1), "year") == "0615"


def test_offsets_follow_the_season_and_unknown_zones_have_none() -> None:
    assert offset("Asia/Riyadh", datetime(2024, 7, 1)) == "+03:00"
    assert offset("Asia/Beirut", datetime(2024, 7, 1)) == "+03:00"
    assert offset("Asia/Beirut", datetime(2024, 1, 1)) == "+02:00"
    assert offset("America/New_York", datetime(2024, 1, 1)) == "-05:00"
    assert offset("Mars/Olympus", datetime(2024, 1, 1)) is None

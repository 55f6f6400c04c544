"""Dates of publication as dumps write them, and dates in file names."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles.dates import date_in_name, parse_date


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-12-05", "2024-12-05"),
        ("2024/12/5", "2024-12-05"),
        ("20241205", "2024-12-05"),
        ("2024-12-05T10:00", "2024-12-05T10:00:00"),
        ("2024-12-05 10:30:15", "2024-12-05T10:30:15"),
        ("2024-12-05T10:00:00.000Z", "2024-12-05T10:00:00+00:00"),
        ("2024-12-05T10:00:00+0300", "2024-12-05T10:00:00+03:00"),
        ("20241205T103000Z", "2024-12-05T10:30:00+00:00"),
        ("Thu, 05 Dec 2024 10:00:00 GMT", "2024-12-05T10:00:00+00:00"),
        ("Thu, 5 Dec 2024 10:00:00 +0300", "2024-12-05T10:00:00+03:00"),
        ("Thu Dec 05 10:00:00 +0000 2024", "2024-12-05T10:00:00+00:00"),
        ("Thu Dec 05 2024 10:00:00 GMT+0300 (AST)", "2024-12-05T10:00:00+03:00"),
        ("Dec. 5th, 2024 10:30 PM", "2024-12-05T22:30:00"),
        ("5 décembre 2024", "2024-12-05"),
        ("05/12/2024", "2024-12-05"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("5.12.2024 09:05", "2024-12-05T09:05:00"),
        ("الخميس 5 ديسمبر 2024", "2024-12-05"),
        ("الخميس، ٥ ديسمبر ٢٠٢٤م", "2024-12-05"),
        ("٢٠٢٤-١٢-٠٥", "2024-12-05"),
        ("٢٠٢٤١٢٠٥", "2024-12-05"),
        ("٢٠٢٤١٢٠٥T١٠٣٠", "2024-12-05T10:30:00"),
        ("5 كانون الأول/ديسمبر 2024", "2024-12-05"),
        ("5 كانون الأول (ديسمبر) 2024 - 10:30 م", "2024-12-05T22:30:00"),
        ("06:30 صباحا، 9 كانون الثاني 2025", "2025-01-09T06:30:00"),
        ("12:05 ص 9 غشت 2023", "2023-08-09T00:05:00"),
        ("3 جويلية 2022", "2022-07-03"),
        ("14 فيفري 2021", "2021-02-14"),
        ("1 شتنبر 2020", "2020-09-01"),
        ("7 تشرين أول 2023", "2023-10-07"),
        ("1 أيّار 2019", "2019-05-01"),
        ("4 جمادى الآخرة 1446 هـ - 5 ديسمبر 2024 م", "2024-12-05"),
        ("4 جمادى الآخرة 1446", "2024-12-05"),
        ("1446/06/04", "2024-12-05"),
        (1733392800, "2024-12-05T10:00:00+00:00"),
        (1733392800000, "2024-12-05T10:00:00+00:00"),
        ("1733392800000", "2024-12-05T10:00:00+00:00"),
        (1733392800.75, "2024-12-05T10:00:00+00:00"),
        (20241205, "2024-12-05"),
        ({"$date": "2024-12-05T10:00:00Z"}, "2024-12-05T10:00:00+00:00"),
        ({"$date": {"$numberLong": "1733392800000"}}, "2024-12-05T10:00:00+00:00"),
        (date(2024, 12, 5), "2024-12-05"),
        (datetime(2024, 12, 5, 10, tzinfo=UTC), "2024-12-05T10:00:00+00:00"),
    ],
)
def test_parse_date(value: Any, iso: str) -> None:
    assert parse_date(value) == iso
    # What comes out is ISO 8601 for the standard library too.
    assert datetime.fromisoformat(iso).isoformat().startswith(iso[:10])


@pytest.mark.parametrize(
    "value",
    [
        "yesterday",
        "أمس",
        "قبل ثلاث ساعات",
        "2024",
        "2024-12",
        "ديسمبر 2024",
        "0000-00-00",
        "2024-13-45",
        "31 فبراير 2024",
        "30/02/2024",
        "05/12/24",
        "2024-12-05 to 2024-12-07",
        "5 مارس/أبريل 2024",
        "5 ديسمبر 12024",
        "9999999",
        "9" * 40,
        "x" * 500,
        True,
        0,
        -1733392800,
        float("nan"),
        float("inf"),
        10**40,
        ["2024-12-05"],
        {"day": 5},
        None,
    ],
)
def test_what_names_no_day_is_no_date(value: Any) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("2024-12-05_x", "2024-12-05"),
        ("x_2024_1_5", "2024-01-05"),
        ("20241205", "2024-12-05"),
        ("agency-20241205-007", "2024-12-05"),
        ("5-12-2024", "2024-12-05"),
        ("news.25.12.2024", "2024-12-25"),
        ("2015-08-02-00099", "2015-08-02"),
        ("IMG_20241205_101500", "2024-12-05"),
        ("2024-12-05T1015", "2024-12-05"),
        ("خبر ٢٠٢٤-١٢-٠٥", "2024-12-05"),
        ("000_a98de14dbe5e83a0", None),
        ("a20241205", None),
        ("20241399", None),
        ("1234567890", None),
        ("120241205", None),
        ("2024-12-05_2024-12-06", None),
        ("2024-12", None),
        ("report 2024", None),
        ("12-5-12-2024", None),
    ],
)
def test_date_in_name(name: str, iso: str | None) -> None:
    assert date_in_name(name) == iso


@given(
    st.one_of(
        st.text(), st.integers(), st.floats(), st.text(alphabet="0123456789٣/-.: TZديسمبر5صم", max_size=40)
    )
)
def test_any_value_gives_an_iso_date_or_none(value: Any) -> None:
    iso = parse_date(value)
    assert iso is None or 1800 <= datetime.fromisoformat(iso).year <= 2100


@given(st.dates(min_value=date(1801, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day.isoformat()
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day.isoformat()
    assert date_in_name(f"a_{day:%Y%m%d}_b") == day.isoformat()

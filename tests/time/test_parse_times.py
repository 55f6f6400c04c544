"""Spans, the clock, the focus and the cost of :func:`pipeline.resolve.time.parse_times`."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve.time import TimeExpression, parse_times

ANCHOR = date(2024, 12, 10)
PIECES = [
    "السبت", "7", "ديسمبر", "2024", "كانون", "الأول", "/", "(", ")", "من", "إلى", "بين", "و", "8", "الساعة", "العاشرة",
    "مساء", "أمس", "قبل", "ثلاثة", "أيام", "1436هـ", "منذ", "عام", "الماضي", "ليل", "-", "30:99", "31/2/2015", "،",
    "شَعْبان", "\n", "[3]", "٢٠١٥", "\u200f", "الربع", "للعام", "صيف", "0", "99", "24:00", "رمضان", "30", "غرة",
]  # fmt: skip


def only(text: str, anchor: date | None = ANCHOR, focus: date | None = None) -> TimeExpression:
    found = parse_times(text, anchor, focus=focus)
    assert len(found) == 1, [e.text for e in found]
    return found[0]


def values(text: str, anchor: date | None = None) -> list[tuple[str, str | None, str]]:
    return [(e.text, e.value, e.method) for e in parse_times(text, anchor)]


@given(
    st.text() | st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.dates() | st.datetimes() | st.none(),
)
@settings(max_examples=400, deadline=None)
def test_any_text_keeps_the_contract(text: str, anchor: date | None) -> None:
    end = 0
    for found in parse_times(text, anchor, focus=anchor):
        assert text[found.start : found.end] == found.text
        assert end <= found.start < found.end <= len(text)
        end = found.end
        if found.from_ and found.to:
            assert found.from_[:16] < found.to[:16]
        if found.kind != "time":
            assert found.value is None
        if found.value is not None and found.relation == "in":
            assert found.from_ is not None
            assert found.to is not None


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("سيطروا يومَ السَّبْتِ ٧ كانونِ الأوّلِ ٢٠٢٤ على", "يومَ السَّبْتِ ٧ كانونِ الأوّلِ ٢٠٢٤"),
        ("وصلـــوا صبـــاح الجمعة إلى", "صبـــاح الجمعة"),
        ("القريةفي 14 أغسطس/آب 2013، اقتحموا", "14 أغسطس/آب 2013"),
        ("قُتلوا\u200f أمس\u200f في", "أمس"),
        ("خلال الـ٤٨ ساعة الأخيرة انسحبوا", "خلال الـ٤٨ ساعة الأخيرة"),
        ("في&nbsp;5 ديسمبر&nbsp;2024 سقطت", "5 ديسمبر&nbsp;2024"),
        ("يوم ۱۲ ﻣﺎﺭﺱ 2016", "يوم ۱۲ ﻣﺎﺭﺱ 2016"),
    ],
)
def test_spans_are_those_of_the_raw_text(text: str, span: str) -> None:
    found = only(text)
    assert found.text == span
    assert text[found.start : found.end] == span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("وفجر السبت", "فجر السبت"),
        ("والسبت عادوا", "السبت"),
        ("بأواخر ديسمبر 2019", "أواخر ديسمبر 2019"),
        ("وبحلول مساء الأحد", "بحلول مساء الأحد"),
        ("فبعدها بيومين", "بعدها بيومين"),
        ("في عام 2012", "عام 2012"),
        ("للأسبوع الماضي", "للأسبوع الماضي"),
    ],
)
def test_clitics_and_fi_stay_outside(text: str, span: str) -> None:
    assert only(text, focus=date(2024, 12, 1)).text == span


def test_without_an_anchor_relative_expressions_keep_their_span_and_have_no_value() -> None:
    for text in (
        "وصل أمس",
        "وصل السبت",
        "قبل ثلاثة أيام",
        "الأسبوع الماضي",
        "في 7 ديسمبر",
        "خلال الـ24 ساعة الماضية",
    ):
        found = only(text, anchor=None)
        assert (found.value, found.from_, found.to, found.method) == (None, None, None, "relative")


def test_the_anchor_is_read_as_the_local_day_whatever_its_zone() -> None:
    assert only("وصل أمس", datetime(2024, 12, 10, 1, 30, tzinfo=UTC)).value == "2024-12-09"
    assert only("وصل أمس", datetime(2024, 12, 10, 23, 59)).value == "2024-12-09"


def test_a_story_leans_on_the_last_explicit_date() -> None:
    story = (
        "بدأ الهجوم يوم الأربعاء 27 نوفمبر 2024. وفي اليوم التالي سقطت بلدات. "
        "وفي 5 ديسمبر دخلوا حماة، وانسحبت الحامية صباح الجمعة وكذلك يوم السبت. "
        "وفي اليوم نفسه بلغوا حمص، وبعدها بيومين عاد الهدوء."
    )
    assert values(story) == [
        ("يوم الأربعاء 27 نوفمبر 2024", "2024-11-27", "explicit"),
        ("اليوم التالي", "2024-11-28", "discourse"),
        ("5 ديسمبر", "2024-12-05", "discourse"),
        ("صباح الجمعة وكذلك يوم السبت", "2024-12-06/2024-12-07", "discourse"),
        ("اليوم نفسه", "2024-12-07", "discourse"),
        ("بعدها بيومين", "2024-12-09", "discourse"),
    ]


def test_a_distant_background_date_does_not_move_the_news() -> None:
    news = "كان التنظيم قد دخل الموصل في 10 يونيو 2014. وقال المحافظ يوم الاثنين إن الجسر افتتح في 7 ديسمبر."
    assert values(news, ANCHOR)[1:] == [
        ("يوم الاثنين", "2024-12-09", "relative"),
        ("7 ديسمبر", "2014-12-07", "discourse"),
    ]
    assert values(news.replace("2014. ", "2014.\n"), ANCHOR)[2] == ("7 ديسمبر", "2024-12-07", "relative")


def test_the_focus_can_be_seeded() -> None:
    assert only("وفي اليوم نفسه انسحبوا", None, date(2023, 10, 7)).value == "2023-10-07"
    assert only("وفي الثامن من أكتوبر", None, date(2023, 10, 7)).value == "2023-10-08"
    assert only("وصلوا الأحد", None, date(2023, 10, 7)).method == "discourse"


def test_a_weekday_finds_the_year_and_a_stated_year_overrules_the_weekday() -> None:
    assert only("يوم الاثنين 3 مايو", date(2022, 2, 24)).value == "2021-05-03"
    assert only("يوم الاثنين 7 ديسمبر 2024").value == "2024-12-07"


def test_what_no_calendar_has_is_not_read() -> None:
    assert [e.text for e in parse_times("في 31 فبراير 2015")] == ["فبراير 2015"]
    assert parse_times("في 45/13/2015") == []
    assert [e.value for e in parse_times("5 مارس/نيسان 2015")] != ["2015-03-05"]


def test_an_offset_stands_only_where_the_text_states_a_zone() -> None:
    stated = only("الساعة 14:00 بتوقيت غرينتش يوم 7 ديسمبر 2024")
    assert (stated.from_, stated.value) == ("2024-12-07T14:00+00:00", "2024-12-07T14:00+00:00")
    assert only("الساعة 14:00 يوم 7 ديسمبر 2024").from_ == "2024-12-07T14:00"


def test_rules_tell_every_row_that_took_part() -> None:
    found = only("فجر السبت 7 كانون الأول 2024")
    assert found.rule == "part.day"
    assert found.rules == ("part.day", "day.weekday-date", "date", "month-name", "year")


def test_what_the_words_leave_out_is_told() -> None:
    assert only("في 7 ديسمبر").inferred == ("year",)
    assert only("في 7 ديسمبر 2024").inferred == ()


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        began = time.process_time()
        parse_times(text, ANCHOR)
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize(
    "piece",
    ["7 ", "من 7 إلى ", "الساعة ", "بين السبت و", "كانون الأول / ", "السبت والأحد و", "ألف و", "قبل قبل ", "يومي 7 و",
     "خلال منذ ", "ا", "(((", "7:", "الأول من الثاني من "],
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    size = 4_000 // len(piece)
    small, large = _seconds(piece * size), _seconds(piece * size * 4)
    assert large < 12 * small + 0.2  # four times the text; quadratic would be sixteen times the time


def test_an_article_takes_milliseconds() -> None:
    plain = "وأعلن المتحدث باسم القوات أن الوحدات واصلت تقدمها نحو المواقع المحيطة بالمدينة من ثلاثة محاور رئيسية "
    article = (plain * 4 + "صباح السبت 7 كانون الأول 2024، ثم انسحبت بعد يومين من بلدتين. ") * 4
    parse_times(article, ANCHOR)
    assert _seconds(article) < 0.08

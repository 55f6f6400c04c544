"""Words of slots, shares, days and distances."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.words import agrees, count_words, same_time, share, slot_words, start_day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("سَيْطَرَتْ", ("سيطرت",)),
        ("«الفرقة 26»، دفاع", ("الفرقة", "26", "دفاع")),
        ("والدار الكبيرة", ("الدار", "الكبيرة")),
        ("فالنظام", ("النظام",)),
        ("ووزارة", ("زارة",)),
        ("وزارة", ("زارة",)),
        ("و", ()),
        ("حمـــص", ("حمص",)),
        ("الفرقة ٢٦", ("الفرقة", "26")),
        ("...", ()),
    ],
)
def test_words_lose_marks_punctuation_and_leading_conjunctions(text: str, words: tuple[str, ...]) -> None:
    assert slot_words(text) == words


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("مدينة حمص", "حمص", True),  # 1 of 1
        ("مدينة حمص", "مدينة حماة", True),  # 1 of 2: exactly half
        ("ريف حمص الشمالي", "ريف حلب الغربي", False),  # 1 of 3
        ("ريف حمص الشمالي", "ريف حمص الجنوبي", True),  # 2 of 3
        ("قوات النظام", "النظام السوري الحالي", True),  # 1 of 2, the shorter counts
        ("وحدات الجيش", "الجيش", True),
        ("دمشق", "حلب", False),
        ("نعم نعم", "نعم لا", True),  # a word is used once: 1 of 2
        ("نعم نعم لا", "نعم كلا بلى", False),  # 1 of 3
        ("«»", "حلب", False),
    ],
)
def test_half_of_the_shorter_is_enough(gold: str, found: str, right: bool) -> None:
    assert agrees(gold, found) is right
    assert agrees(found, gold) is right


@given(st.text(max_size=40), st.text(max_size=40))
def test_share_is_symmetric_and_a_part(a: str, b: str) -> None:
    assert 0.0 <= share(a, b) <= 1.0
    assert share(a, b) == share(b, a)
    assert share(a, a) in (0.0, 1.0)


@pytest.mark.parametrize(
    ("iso", "day"),
    [
        ("2024-12-07", date(2024, 12, 7)),
        ("2024-12-07T22:00", date(2024, 12, 7)),
        ("2024-12-07T23:30+03:00", date(2024, 12, 7)),
        ("2024-12-05/2024-12-08", date(2024, 12, 5)),
        ("2024-12", date(2024, 12, 1)),
        ("2024", date(2024, 1, 1)),
        ("2024-W50", date(2024, 12, 9)),
        ("../2024-12-08", None),
        ("2024-13", None),
        ("202", None),
        ("أمس", None),
    ],
)
def test_start_day(iso: str, day: date | None) -> None:
    assert start_day(iso) == day


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("2024-12-07", "2024-12-07T22:00", True),
        ("2024-12-05/2024-12-08", "2024-12-05", True),
        ("2024-12-05/2024-12-08", "2024-12-08", False),
        ("2024", "2024-06-01", False),
        ("../2024-12-08", "../2024-12-08", True),
        ("../2024-12-08", "../2024-12-09", False),
    ],
)
def test_times_agree_by_value_or_start_day(gold: str, found: str, right: bool) -> None:
    assert same_time(gold, found) is right


def test_punctuation_and_marks_are_no_words() -> None:
    assert count_words(' «قوات الجيشِ»، - "السوري" ') == 3

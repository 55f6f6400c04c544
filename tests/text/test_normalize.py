"""The normal form and its way back to the raw characters."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.alignment import Alignment, Edit
from pipeline.text.normalize import _COMMON, clean, fold, normalize

TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs",)), st.sampled_from("اأىةشّـ\u064e\u200f[3]#<br>&;ﻷﷲ١٫٥\n ")
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("شنَّتها", "شنتها"),
        ("أحمـــد", "أحمد"),
        ("الكویت", "الكويت"),
        ("١٢٫٥٪", "12.5%"),
        ("۱۰٬۰۰۰", "10,000"),
        ("ﺣﻤﺺ", "حمص"),
        ("«حمص»", '"حمص"'),
        ("ا\u0653خر", "آخر"),
        ("سوريا…", "سوريا..."),
    ],
)
def test_normal_forms(raw: str, normal: str) -> None:
    assert clean(raw) == normal


@pytest.mark.parametrize(
    ("a", "b"), [("إدلب", "ادلب"), ("مدينة", "مدينه"), ("مستشفى", "مستشفي"), ("NATO", "nato")]
)
def test_fold_makes_spellings_equal(a: str, b: str) -> None:
    assert fold(a) == fold(b)


def test_hamza_is_kept_by_the_normal_form() -> None:
    assert clean("إدلب") == "إدلب" != clean("ادلب")


@given(TEXTS)
@settings(max_examples=300)
def test_every_clean_character_has_a_raw_span_that_makes_it(text: str) -> None:
    normal = normalize(text)
    for k, char in enumerate(normal.text):
        start, end = normal.alignment.char(k)
        assert 0 <= start < end <= len(text)
        assert char == " " or char in clean(text[start:end])


@given(TEXTS)
@settings(max_examples=300)
def test_raw_spans_never_run_backwards(text: str) -> None:
    normal = normalize(text)
    spans = [normal.alignment.char(k) for k in range(len(normal.text))]
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in itertools.pairwise(spans))


@given(TEXTS)
@settings(max_examples=300)
def test_noise_is_in_order_and_inside(text: str) -> None:
    spans = normalize(text).noise
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@given(TEXTS)
@settings(max_examples=200)
def test_the_whole_maps_to_itself(text: str) -> None:
    normal = normalize(text)
    if normal.text:
        start, end = normal.alignment.to_raw(0, len(normal.text))
        assert 0 <= start < end <= len(text)


def test_to_clean_and_back_over_a_dropped_mark() -> None:
    normal = normalize("شنَّت هجوما")
    assert normal.text == "شنت هجوما"
    assert normal.alignment.to_clean(0, 5) == (0, 3)
    assert normal.alignment.to_raw(0, 3) == (0, 5)


def test_characters_outside_the_clean_text_are_refused() -> None:
    alignment = Alignment((Edit(1, 1, 1, 2),), 3, 4)
    with pytest.raises(IndexError, match="character 3"):
        alignment.char(3)
    assert [alignment.char(k) for k in range(3)] == [(0, 1), (2, 3), (3, 4)]
    assert alignment.to_raw(3, 3) == (4, 4)


def test_the_common_diacritics_are_those_of_camel_tools() -> None:
    from camel_tools.utils.charsets import AR_DIAC_CHARSET

    for mark in AR_DIAC_CHARSET:
        assert normalize(f"بَيت{mark}ٌ كَبير".replace("َ", mark)).text == "بيت كبير"
    listed = {chr(code) for code in range(0x0600, 0x0700) if re.fullmatch(f"[{_COMMON}]", chr(code))}
    assert listed == AR_DIAC_CHARSET

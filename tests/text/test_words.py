"""Written words and marks: what is one unit, what never is glued, where a heading ends."""

from __future__ import annotations

import gzip

import pytest
from text_builders import FakeModels

from pipeline.text.lexicon import Lexicon
from pipeline.text.words import split


def norms(text: str, models: FakeModels | None = None) -> str:
    return " | ".join(w.norm for w in split(text, models or FakeModels()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("طوله 40كم", "طوله | 40 | كم"),
        ("نسبة 3.5%", "نسبة | 3.5 | %"),
        ("الساعة 10:30 مساء", "الساعة | 10:30 | مساء"),
        ("بلغ 10,000 مدني", "بلغ | 10,000 | مدني"),
        ("يوم 5/12/2024.", "يوم | 5/12/2024 | ."),
        ("يوم 2024-12-05", "يوم | 2024-12-05"),
        ("عام 2003/2002", "عام | 2003 | / | 2002"),
        ("طريق حمص-حماة", "طريق | حمص | - | حماة"),
        ("نوفمبر/تشرين", "نوفمبر | / | تشرين"),
        ("خلال ال48 ساعة", "خلال | ال | 48 | ساعة"),
        ("بال48", "ب | ال | 48"),
        ("و40 جريحا", "و | 40 | جريحا"),
        ("الطريق M5 وطائرة F-16", "الطريق | M5 | وطائرة | F-16"),
        ("موقع https://a.b/c?d=e.", "موقع | https://a.b/c?d=e | ."),
        ("راسل a.b@c.org,", "راسل | a.b@c.org | ,"),
        ('"(حمص)"', '" | ( | حمص | ) | "'),
        ("قال:نعم", "قال | : | نعم"),
        ("طرابلس(غرب)،بيروت", "طرابلس | ( | غرب | ) | ، | بيروت"),
        ("انتظر...", "انتظر | ..."),
    ],
)
def test_units(text: str, expected: str) -> None:
    assert norms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خلفيةفي 27", "خلفية | في | 27"),
        ("علىالطريق", "على | الطريق"),
        ("شىء", "شىء"),
        ("مدينةو", "مدينةو"),
        ("هيئةعامةكبرى", "هيئة | عامة | كبرى"),
    ],
)
def test_a_final_letter_inside_a_word_ends_it(text: str, expected: str) -> None:
    assert norms(text) == expected


def test_a_glued_heading_shows_by_the_word_counts() -> None:
    counts = Lexicon(gzip.compress("الهجوم\t500\nالمستبعد\t30\n".encode()))
    models = FakeModels(lexicon=counts)
    assert norms("الهجومبعد سقوط", models) == "الهجوم | بعد | سقوط"
    assert norms("المستبعد", models) == "المستبعد"
    assert norms("الهجومبعد") == "الهجومبعد"


def test_offsets_flags_and_sentences() -> None:
    text = "وصل للمدينة.\nغادرها."
    words = split(text, FakeModels({"للمدينة": "ل المدينة", "غادرها": "غادر ها"}))
    assert [text[w.start : w.end] for w in words] == ["وصل", "ل", "لمدينة", ".", "غادر", "ها", "."]
    assert [w.begins for w in words] == [True, True, False, True, True, False, True]
    assert [w.sentence for w in words] == [True, False, False, False, True, False, False]


def test_the_models_see_windows_of_a_long_text() -> None:
    models = FakeModels({"للمدينة": "ل المدينة"})
    text = "وصل الوفد للمدينة، " * 8000
    words = split(text, models)
    assert models.longest <= 10_000
    assert len(words) == 8000 * 5
    assert [w.start for w in words] == sorted({w.start for w in words})

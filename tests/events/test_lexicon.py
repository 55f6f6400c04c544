"""Forms of the trigger lexicon: conjugation, plurals, and readings of ambiguous forms."""

from __future__ import annotations

import pytest

from pipeline.events.lexicon import load_lexicon, nominal_forms
from pipeline.events.paradigms import conjugated
from pipeline.text.normalize import fold


@pytest.mark.parametrize(
    ("root", "pattern", "forms"),
    [
        ("قتل", "فعَل يفعُل", ["قتل", "قتلت", "قتلوا", "يقتل", "تقتل", "يقتلون", "يقتلوا"]),
        ("سيطر", "فعلل", ["سيطر", "سيطرت", "سيطروا", "يسيطر", "تسيطر"]),
        ("ولي", "استفعل", ["استولى", "استولت", "استولوا", "يستولي", "تستولي"]),
        ("شنن", "فعَل يفعُل", ["شن", "شنت", "شنوا", "يشن", "تشن"]),
        ("صوب", "أفعل", ["أصاب", "أصيب", "أصيبت", "أصيبوا", "يصاب"]),
    ],
)
def test_conjugation_finds_the_forms_of_news(root: str, pattern: str, forms: list[str]) -> None:
    found = conjugated(root, pattern)
    assert [f for f in forms if fold(f) not in found] == []


def test_voice_is_told_apart_where_the_letters_do() -> None:
    hit = conjugated("صوب", "أفعل")
    assert {f.voice for f in hit[fold("أصيب")]} == {"passive"}
    assert {f.voice for f in hit[fold("أصاب")]} == {"active"}
    kill = conjugated("قتل", "فعَل يفعُل")
    assert {f.voice for f in kill[fold("قتل")]} == {"either"}


def test_agreement_of_forms() -> None:
    forms = conjugated("سحب", "انفعل")
    assert all(f.plural for f in forms[fold("انسحبوا")])
    assert all(f.masculine for f in forms[fold("انسحب")])
    assert any(f.feminine for f in forms[fold("انسحبت")])


def test_nouns_get_their_regular_forms() -> None:
    assert {"هجوم", "هجوما", "هجومين", "هجمات"} <= nominal_forms("هجوم", ["هجمات"])
    assert {"غاره", "غارتين", "غارات"} <= nominal_forms("غارة")


def test_the_article_does_not_hide_a_noun() -> None:
    lexicon = load_lexicon()
    assert lexicon.nominals(fold("الهجوم"))
    assert not lexicon.verbs(fold("الهجوم"))


def test_a_word_of_no_event_has_no_reading() -> None:
    lexicon = load_lexicon()
    for word in ("كتاب", "مدرسة", "جميلة", "أوراق"):
        assert not lexicon.nominals(fold(word))
        assert not lexicon.verbs(fold(word))

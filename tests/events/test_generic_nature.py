"""What beasts, quakes, kin and standing agreements do is no event; who burns people kills."""

import pytest

from pipeline import extract


def modes(text: str) -> list[str]:
    return [record.mode for record in extract(text)]


@pytest.mark.parametrize(
    "text",
    [
        "لقي صياد حتفه في هجوم تمساح جنوب الخرطوم",
        "قالت الهيئة إن زلزالا قويا ضرب جزيرة سولاويزي",
        "تزور سعاد خالتها في بيروت كل أسبوع",
        "أكدت الوزيرة أن الاتفاق مع طرابلس أفضل الحلول",
    ],
)
def test_nothing_happened(text: str) -> None:
    assert modes(text) == []


def test_arms_tell_of_an_attack_beside_a_quake() -> None:
    assert "attack" in modes("هاجم مسلحون قافلة إغاثة لضحايا الزلزال قرب حلب")


def test_aircraft_behind_a_light_verb_strike_from_the_air() -> None:
    assert modes("واصل طيران التحالف قصف مخازن السلاح في صعدة") == ["airstrike"]


def test_a_past_form_behind_a_beginning_is_what_is_begun() -> None:
    (record,) = extract("بدأت القوات الكينية قصف معاقل المتمردين")
    assert [actor.text for actor in record.actors] == ["القوات الكينية"]


def test_article_before_a_word_that_begins_like_one() -> None:
    assert modes("وقع الهجوم الإلكتروني على المصرف في يناير") == ["cyber"]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("أحرق متطرفون سبعة مدنيين في قرية نائية", "kill"),
        ("أحرق متطرفون سبعة متاجر في قرية نائية", "destroy"),
    ],
)
def test_who_burns_people_kills(text: str, mode: str) -> None:
    assert modes(text) == [mode]

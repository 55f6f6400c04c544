"""Plural constructs in ـي, words for people, and fixed words that stand before a place."""

from __future__ import annotations

import pytest

from pipeline import extract

SUFFERERS = [
    ("أعلن المسلحون اعتقال مستوطني الوادي", "اعتقال", ["مستوطني الوادي"]),
    ("دانت النقابة مهاجمة مزارعي الغوطة", "مهاجمة", ["مزارعي الغوطة"]),
    ("واصلت القوات مصادرة أراضي الناحية", "مصادرة", ["أراضي الناحية"]),
    ("تعرض المطار لهجوم مدفعي الليلة الماضية", "هجوم", ["المطار"]),
    ("طاردت دوريات البحرية مهربين قبالة السواحل", "طاردت", ["مهربين"]),
]


@pytest.mark.parametrize(("text", "trigger", "sufferers"), SUFFERERS)
def test_a_construct_is_no_adjective(text: str, trigger: str, sufferers: list[str]) -> None:
    """Before a definite noun a word in ـي is governed by the deed; an adjective stays one."""
    records = [r for r in extract(text, published="2019-03-04") if r.trigger.text == trigger]
    assert [t.text for r in records for t in r.targets] == sufferers


def test_a_fixed_preposition_keeps_its_place() -> None:
    """«احتجاج وسط المدينة»: what belongs to the trigger says where it was, too."""
    records = extract("جرح ثلاثة خريجين خلال احتجاج وسط تونس", published="2019-03-04")
    assert {p.text for r in records for p in r.places} == {"وسط تونس"}

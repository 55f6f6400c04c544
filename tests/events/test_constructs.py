"""Constructs in ـي, numbers in brackets, words for people, fixed words that stand before a place or an agent."""

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


@pytest.mark.parametrize(
    ("text", "trigger", "sufferers"),
    [
        ("نجحت الشرطة في قتل (7) مهربين فجر الأحد", "قتل", ["(7) مهربين"]),
        ("تم القبض على (12) متسللا قرب الحدود", "القبض", ["(12) متسللا"]),
        ("وأسرت الكتيبة (50) من المرتزقة شرق المدينة", "أسرت", ["(50) من المرتزقة"]),
    ],
)
def test_a_number_in_brackets_counts(text: str, trigger: str, sufferers: list[str]) -> None:
    """Some papers write every number in brackets; behind a preposition or a masdar it counts what follows, too."""
    records = [r for r in extract(text, published="2019-03-04") if trigger in r.trigger.text]
    assert [t.text for r in records for t in r.targets] == sufferers


@pytest.mark.parametrize(
    ("text", "trigger", "doers"),
    [
        ("جرح خمسة حراس أثناء هجوم شنته عصابة مسلحة", "جرح", ["عصابة مسلحة"]),
        ("قتل راعيان إثر قيام مسلحين بإطلاق النار عليهما", "قتل", ["مسلحين"]),
        ("تعرض الميناء لهجوم من قبل مسلحين ملثمين", "هجوم", ["مسلحين ملثمين"]),
        ("هلك تسعة مطلوبين وسلم (4) أنفسهم للشرطة", "سلم", ["(4)"]),
    ],
)
def test_who_is_named_with_the_deed_did_it(text: str, trigger: str, doers: list[str]) -> None:
    """During a deed and after somebody set about it its doer acts; a fixed word may be an agent."""
    records = [r for r in extract(text, published="2019-03-04") if trigger in r.trigger.text]
    assert [a.text for r in records for a in r.actors] == doers

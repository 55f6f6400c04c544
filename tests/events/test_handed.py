"""Deeds that a governing word hands to somebody: whom a verb makes, lets or asks to do it, whose right it is."""

from __future__ import annotations

import pytest

from pipeline import extract

DOERS = [
    ("أجبرت القبائل عناصر الشركة على الإفراج عن السائق في شبوة", "الإفراج", ["عناصر الشركة"]),
    ("دفع ذلك كثيرا من الجنود إلى الاستسلام", "الاستسلام", ["كثيرا من الجنود"]),
    ("أتاح ضعف المراقبة للمهربين مهاجمة ثلاثة قوارب", "مهاجمة", ["للمهربين"]),
    ("منع محافظ الإقليم حرس الحدود من اعتقال الطلاب المحتجين", "اعتقال", ["حرس الحدود"]),
    ("نفى متحدث باسم القصر صدور تعليمات للحرس بإطلاق النار على المعتصمين", "إطلاق", ["للحرس"]),
    ("ندد عمدة بنزرت بتأخر خفر السواحل في إنقاذ المهاجرين", "إنقاذ", ["خفر السواحل"]),
    ("يتعين على الحكومة الكينية إعادة فرض عقوبات على المهربين", "عقوبات", ["الحكومة الكينية"]),
    ("رحب الصيادون بالتزام البحرية بالإفراج عن القوارب", "الإفراج", ["البحرية"]),
]

NOBODY = [
    ("طالب الحزب أمس بتحرير الرهائن", "تحرير"),
    ("دعا الحزب أمس إلى الإفراج عن الطلاب", "الإفراج"),
]


@pytest.mark.parametrize(("text", "trigger", "doers"), DOERS)
def test_whom_the_governing_word_names_does_it(text: str, trigger: str, doers: list[str]) -> None:
    """The object, the genitive or the phrase behind a preposition, and not the subject, does the deed."""
    records = [r for r in extract(text, published="2019-03-04") if trigger in r.trigger.text]
    assert [a.text for r in records for a in r.actors] == doers


@pytest.mark.parametrize(("text", "trigger"), NOBODY)
def test_nobody_is_named_to_do_it(text: str, trigger: str) -> None:
    """Whoever calls for a deed does not do it."""
    records = [r for r in extract(text, published="2019-03-04") if trigger in r.trigger.text]
    assert not [a.text for r in records for a in r.actors]

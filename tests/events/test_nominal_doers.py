"""Who did what an event noun names, where the words around the noun say so."""

from __future__ import annotations

import pytest

from pipeline import extract

DOERS = [
    ("أصيب تاجران في هجوم شنته جماعة مسلحة على سوق زليتن", "شنته", ["جماعة مسلحة"]),
    ("تعرض سائق لإطلاق نار من مسلحين مجهولين قرب جسر البصرة", "إطلاق", ["مسلحين مجهولين"]),
    ("قتل حارس إثر إطلاق مسلحين النار على مصرف في عدن", "إطلاق", ["مسلحين"]),
    ("رحب الأهالي بإطلاق الشرطة سراح المهندسين في غدامس", "إطلاق", ["الشرطة"]),
    ("دانت النقابة استهداف الجيش بشكل متعمد المدنيين في الفاشر", "استهداف", ["الجيش"]),
    ("وصلت مساعدات كويتية وقطرية إلى ميناء المكلا", "مساعدات", ["كويتية", "قطرية"]),
    ("تواصل القوات الحكومية في ريف لحج خوض معارك عنيفة", "معارك", ["القوات الحكومية"]),
    ("قتل شرطيان في هجوم ينسب إلى متمردين في النيجر", "هجوم", ["متمردين"]),
    ("سخر الناشطون من قرار التنظيم بحظر الهواتف في الرقة", "حظر", ["التنظيم"]),
    ("قامت القوات الحكومية بقصف تنظيم القاعدة قرب شبوة", "قصف", ["القوات الحكومية"]),
    ("تحدث شهود عن انهيار كبير في صفوف الجيش الوطني في غات", "انهيار", ["الجيش الوطني"]),
]

NOBODY = [
    ("دعا الوزير إلى رفع العقوبات الأوروبية عن دمشق", "رفع"),
    ("تبرع سكان الحي بالدم لضحايا تفجير السوق في بعقوبة", "تفجير"),
    ("عثر الجنود على كمين آخر قرب القرية", "كمين"),
]


@pytest.mark.parametrize(("text", "trigger", "doers"), DOERS)
def test_the_words_around_the_noun_name_the_doer(text: str, trigger: str, doers: list[str]) -> None:
    """Clauses, prepositions, genitives and light verbs around an event noun say who did it."""
    records = [r for r in extract(text, published="2019-03-04") if trigger in r.trigger.text]
    assert [a.text for r in records for a in r.actors] == doers


@pytest.mark.parametrize(("text", "trigger"), NOBODY)
def test_who_only_speaks_of_a_deed_has_not_done_it(text: str, trigger: str) -> None:
    """The nationality of a sanction, mourners and «another» are no doers."""
    records = [r for r in extract(text, published="2019-03-04") if trigger in r.trigger.text]
    assert not [a.text for r in records for a in r.actors]

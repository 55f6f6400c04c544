"""Whom a protest is against, and who suffers what is done to people: our own sentences through the pipeline."""

from __future__ import annotations

import pytest

from pipeline.extraction import Extractor, load_extractor

_CASES = [
    pytest.param(
        "نظم مئات الأهالي وقفة في البصرة احتجاجا على شركة الكهرباء",
        "demonstrate",
        ["شركة الكهرباء"],
        id="an accusative of protest and its preposition",
    ),
    pytest.param(
        "شهدت نيامي مظاهرات حاشدة مناوئة للرئيس الفرنسي",
        "demonstrate",
        ["للرئيس الفرنسي"],
        id="an adjective of the protest",
    ),
    pytest.param(
        "احتشد آلاف الشبان في نواكشوط للمطالبة برحيل رئيس الحكومة",
        "demonstrate",
        ["رئيس الحكومة"],
        id="whom the crowd wants gone",
    ),
    pytest.param(
        "شهدت الكاف احتجاجات طلابية واسعة على غلاء النقل",
        "demonstrate",
        [],
        id="prices are what it is about, and nobody",
    ),
    pytest.param(
        "اعتصم صيادون في طنجة للمطالبة بصرف التعويضات",
        "demonstrate",
        [],
        id="what is asked for is no target",
    ),
    pytest.param(
        "أسفر الهجوم عن مقتل سبعة دركيين وأضرار مادية",
        "kill",
        ["سبعة دركيين"],
        id="damage is not killed",
    ),
    pytest.param(
        "يسعى التنظيم إلى قتل الأبرياء وزعزعة الاستقرار",
        "kill",
        ["الأبرياء"],
        id="a second deed is no victim of the first",
    ),
    pytest.param(
        "أدت المعارك إلى مقتل ما يقرب من تسعة آلاف قروي",
        "kill",
        ["ما يقرب من تسعة آلاف قروي"],
        id="a rough number",
    ),
    pytest.param(
        "أعلنت الوزارة مقتل تسعين شخصا معظمهم من الفلاحين",
        "kill",
        ["تسعين شخصا"],
        id="most of them are no words of the phrase",
    ),
    pytest.param(
        "قتل طاقم القارب وجميع ركابه وعددهم سبعون في هجوم شنه قراصنة",
        "kill",
        ["طاقم القارب", "جميع ركابه"],
        id="a crew is killed, and its number is nobody",
    ),
    pytest.param(
        "مقتل سبعة من عناصر الدرك وثلاثة من المارة في تفجير",
        "kill",
        ["سبعة من عناصر الدرك", "ثلاثة من المارة"],
        id="a number in a list is no deed",
    ),
    pytest.param(
        "أوقعت المعارك عشرين قتيلا في صفوف المتمردين",
        "kill",
        ["عشرين قتيلا في صفوف المتمردين"],
        id="whose dead they are",
    ),
    pytest.param(
        "انفجرت عبوة ناسفة لدى مرور حافلة ركاب في باماكو",
        "bombing",
        ["حافلة ركاب"],
        id="who passes by is struck",
    ),
    pytest.param(
        "استهدف الطيران منزل العمدة بعشر غارات",
        "airstrike",
        ["منزل العمدة", "منزل العمدة"],
        id="the means has the target of the attack",
    ),
    pytest.param(
        "أقدم شاب على قتل والده بإطلاق النار عليه في عمان",
        "shooting",
        ["والده"],
        id="a pronoun means whom a masdar governs",
    ),
    pytest.param(
        "حضر السفير جنازة طيار قتل في سرت",
        "kill",
        ["طيار"],
        id="the clause is said of the man, and of neither funeral nor guest",
    ),
    pytest.param(
        "أوقف ملثمون شاحنة وأحرقوها بعد ساعة",
        "destroy",
        ["شاحنة"],
        id="a thing is burnt, and nobody",
    ),
    pytest.param(
        "قتل رجل زوجته في مدينة الزرقاء",
        "kill",
        ["زوجته"],
        id="somebody's own is another",
    ),
    pytest.param(
        "حاصر متظاهرون مقر الحكومة في بنغازي",
        "obstruct",
        ["مقر الحكومة"],
        id="the fixed word is the head of the object",
    ),
    pytest.param(
        "تعرضت مدرسة وعيادة ريفية للقصف في درنة",
        "shelling",
        ["مدرسة", "عيادة ريفية"],
        id="a clinic is for no shelling",
    ),
    pytest.param(
        "قذائف تسقط على مبنى السفارة الهندية في كابول",
        "shelling",
        ["مبنى السفارة الهندية"],
        id="a headline puts the shells before their verb",
    ),
    pytest.param(
        "إضرام النار في مقر مجلة بالقاهرة",
        "destroy",
        ["مقر مجلة"],
        id="a town is where it burns",
    ),
    pytest.param(
        "استهدفت القافلة غارة جوية نفذتها مقاتلات فرنسية",
        "airstrike",
        ["القافلة"],
        id="what is struck stands before what strikes it",
    ),
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


@pytest.mark.parametrize(("text", "mode", "targets"), _CASES)
def test_target(extractor: Extractor, text: str, mode: str, targets: list[str]) -> None:
    found = extractor.extract(text)
    assert [t.text for r in found if r.mode == mode for t in r.targets] == targets


def test_who_protests_has_not_done_it(extractor: Extractor) -> None:
    found = extractor.extract("نظم ناشطون وقفة في أوسلو احتجاجا على قصف حمص")
    assert [a.text for r in found if r.mode == "shelling" for a in r.actors] == []


def test_a_protest_at_a_murder_plans_none(extractor: Extractor) -> None:
    found = extractor.extract("نظم المحامون وقفة في عدن استنكارا لاغتيال زميلهم")
    assert [r.assertion for r in found if r.mode == "assassinate"] == ["asserted"]

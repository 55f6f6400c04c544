"""What the pronoun behind a deed of force means, and what a list behind such a deed leaves out."""

from __future__ import annotations

import pytest

from pipeline import extract

PRONOUNS = [
    ("أصابت قذيفة مستودع الذخيرة قرب الميناء ما أدى إلى تدميره بالكامل.", "تدمير", ["مستودع الذخيرة"]),
    ("طلب الضباط من حارس المتحف إخلاء المبنى تمهيدا لنسفه.", "نسف", ["المبنى"]),
    ("اعترض ملثمون سيارة القنصل عند الجسر وحاولوا خطفه.", "خطف", ["القنصل"]),
    ("ذكر الناطق أن قناصا أطلق النار على المزارع في حقل زيتون وتسبب في إصابته.", "إصابت", ["المزارع"]),
]

LISTS = [
    ("أدى القصف أمس إلى هدم سور المقبرة وإلحاق خسائر بالمحال.", "هدم", ["سور المقبرة"]),
    ("أسفرت المعارك عن تدمير وغرق زورقين حربيين.", "تدمير", ["زورقين حربيين"]),
    ("شهدت الضاحية أمس غارات وهجمات متفرقة.", "غارات", []),
    ("خطف قراصنة عددا من البحارة العاملين في الناقلة.", "خطف", ["عددا من البحارة العاملين"]),
]


@pytest.mark.parametrize(("text", "trigger", "targets"), PRONOUNS)
def test_the_pronoun_means_what_the_deed_can_befall(text: str, trigger: str, targets: list[str]) -> None:
    """Buildings are destroyed and people are taken, whoever else the sentence speaks of."""
    found = [r for r in extract(text, published="2004-03-08") if trigger in r.trigger.text]
    assert [t.text for r in found for t in r.targets] == targets


@pytest.mark.parametrize(("text", "trigger", "targets"), LISTS)
def test_what_stands_behind_a_deed(text: str, trigger: str, targets: list[str]) -> None:
    """What else happened is no target, nor is an adjective; the genitive of a second masdar is one of both."""
    found = [r for r in extract(text, published="2004-03-08") if trigger in r.trigger.text]
    assert found
    got = [t.text for r in found for t in r.targets]
    assert len(got) == len(targets)
    assert all(want in text_ or text_ in want for want, text_ in zip(targets, got, strict=True))

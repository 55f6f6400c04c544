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


AIMS = [
    ("انفجرت عبوة ناسفة مساء الأحد مستهدفة رتلا عسكريا قرب كسلا.", "انفجرت", ["رتلا عسكريا"]),
    ("شن الطيران غارات متفرقة مستهدفا قوافل المهربين.", "شن", ["قوافل المهربين"]),
]


@pytest.mark.parametrize(("text", "trigger", "targets"), AIMS)
def test_a_participle_tells_the_aim(text: str, trigger: str, targets: list[str]) -> None:
    """What stands behind «مستهدفا» is what the attack before it struck."""
    found = [r for r in extract(text, published="2004-03-08") if trigger in r.trigger.text]
    assert [t.text for r in found for t in r.targets] == targets


DOERS = [
    ("قتل عالم آثار في كمين تقف وراءه عصابة مهربين.", "كمين", ["عصابة مهربين"]),
    ("نظم عشرات الصيادين المنتمين لرابطة المرافئ، مظاهرة قرب الميناء أمس.", "مظاهرة", ["عشرات الصيادين"]),
    ("بدأ مئات الممرضين، يتقدمهم نقيب الأطباء، إضرابا مفتوحا أمس.", "إضرابا", ["مئات الممرضين"]),
    ("بدأت أمهات السجناء اللواتي اعتقلن في الميناء أمس اعتصاما أمام المحكمة.", "اعتصاما", ["أمهات السجناء"]),
]


@pytest.mark.parametrize(("text", "trigger", "actors"), DOERS)
def test_who_does_what_stands_apart(text: str, trigger: str, actors: list[str]) -> None:
    """A clause or a comma between the subject and the event noun leaves the noun to its verb."""
    found = [r for r in extract(text, published="2004-03-08") if trigger in r.trigger.text]
    assert len(found) == 1
    assert len(found[0].actors) == len(actors)
    assert all(want in a.text for want, a in zip(actors, found[0].actors, strict=True))


def test_a_dual_verb_is_a_verb() -> None:
    """«أسفرا عن»: what two shells led to is told by a light verb, though the tagger takes it for a noun."""
    found = extract("وسقط صاروخان على المخزن أسفرا عن تدميره.", published="2004-03-08")
    assert [[t.text for t in r.targets] for r in found if "تدمير" in r.trigger.text] == [["المخزن"]]

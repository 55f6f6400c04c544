"""Who is spoken to, met, set free or accused does nothing; nor do things of one's own, nor who remarks on a deed."""

from __future__ import annotations

import pytest

from pipeline import extract


def _actors(text: str, trigger: str) -> list[str]:
    found = [r for r in extract(text, published="2015-07-20") if trigger in r.trigger.text]
    assert found, f"no record of {trigger}"
    return [a.text for a in found[0].actors]


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("وشرح السفير النيجري موقف بلاده. كما دعا المجتمع الدولي إلى التحرك.", "دعا", "السفير النيجري"),
        ("وبعد وصول المجلس إلى القصر، التقى قيادات الحزب الحاكم.", "التقى", "المجلس"),
        ("وكان جيمس هولدن يرتدي سترة واقية، وقد حلق رأسه وهاجم الحاضرين.", "هاجم", "جيمس هولدن"),
        ("وقال سكان إن مقاتلي الحركة تهاجمهم الطائرات الكندية كل ليلة.", "تهاجم", "الطائرات الكندية"),
        (
            "وتحدث موروني عن البيان الذي أصدرته الجامعة العربية أمس وأدانت فيه الهجوم.",
            "أدانت",
            "الجامعة العربية",
        ),
        (
            "وقصفت المدفعية الكينية مدرسة يتحصن فيها المسلحون، ما أسفر عن مقتل ثمانية منهم.",
            "مقتل",
            "المدفعية الكينية",
        ),
        ("وقال الضباط إن الحوار مع المتمردين مستحيل بسبب سيطرتهم على الميناء.", "سيطرت", "المتمردين"),
    ],
)
def test_the_running_subject_does_it(text: str, trigger: str, actor: str) -> None:
    assert _actors(text, trigger) == [actor]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("وقضى نيفيل سميث عامين في السجن وأطلق سراحه بكفالة.", "أطلق"),
        ("وعلق الخبير ألبرت نيوتن على اعتقال الصحافيين.", "اعتقال"),
        ("وشدد رئيس البرلمان على ضرورة تحرير الرهائن.", "تحرير"),
        ("ويستهدف قوات الأمن العاملة في المنطقة.", "يستهدف"),
        ("وأسفرت المفاوضات عن إطلاق سراح كنديين اثنين من متسلقي الجبال.", "إطلاق"),
    ],
)
def test_nobody_is_said_to_have_done_it(text: str, trigger: str) -> None:
    assert _actors(text, trigger) == []

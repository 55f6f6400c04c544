"""Who hears of a deed, fears it or acts after it has not done it; who caused it is told by its own clause."""

from __future__ import annotations

import pytest

from pipeline import extract


def _actors(text: str, trigger: str) -> list[str]:
    found = [r for r in extract(text, published="2015-07-20") if r.trigger.text == trigger]
    assert found, f"no record of {trigger}"
    return [a.text for a in found[0].actors]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("زار رئيس الحكومة الصومالية مدينة كيسمايو بعد تحريرها من المسلحين.", "تحريرها"),
        ("عاد سكان البلدة إلى منازلهم بعد تحرير المدينة من المتمردين.", "تحرير"),
        ("قررت الحكومة التشادية إغلاق الحدود غداة هجوم انتحاري أسفر عن مقتل تسعة جنود.", "هجوم"),
        ("قررت الحكومة التشادية إغلاق الحدود غداة هجوم انتحاري أسفر عن مقتل تسعة جنود.", "مقتل"),
        ("يخشى الأهالي من اندلاع اشتباكات جديدة في المخيم.", "اشتباكات"),
        ("تلقى مدير الشرطة بلاغا باختطاف طفل في حي السلام.", "اختطاف"),
        ("اتهمت المعارضة الحكومة باستغلال تفجير المترو لتبرير حملتها.", "تفجير"),
        ("خاضت الحكومة حروبا ضد المتمردين خلفت آلاف القتلى.", "القتلى"),
        ("أدانت الجزائر الهجوم الذي استهدف المسجد وأسفر عن سقوط ضحايا من المصلين وإصابة آخرين.", "إصابة"),
    ],
)
def test_whoever_only_lives_through_a_deed_has_not_done_it(text: str, trigger: str) -> None:
    assert _actors(text, trigger) == []


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("اعتقلت القوات التركية شبانا بعد مداهمة منازلهم في ديار بكر.", "مداهمة", "القوات التركية"),
        ("قصف الطيران الصومالي القرية ما أدى إلى مقتل أربعة مدنيين.", "مقتل", "الطيران الصومالي"),
        ("شن مسلحون هجوما على ثكنة أسفر عن مقتل ضابط.", "مقتل", "مسلحون"),
    ],
)
def test_whoever_uses_force_has_done_what_came_before_and_after(text: str, trigger: str, actor: str) -> None:
    assert _actors(text, trigger) == [actor]


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ('تحاصر فصائل "جيش الفتح" بلدتي كفريا والفوعة منذ أشهر.', "تحاصر", ['فصائل "جيش الفتح"']),
        ("هاجم المسلحون الأكراد الشرطة والجيش في ديار بكر.", "هاجم", ["المسلحون الأكراد"]),
        (
            "أدان أمين عام منظمة الوحدة خالد الحسيني الهجوم على القافلة.",
            "أدان",
            ["أمين عام منظمة الوحدة خالد الحسيني"],
        ),
        (
            "عقدت اللجنة العليا المشتركة بين السودان وإثيوبيا اجتماعها في الخرطوم.",
            "اجتماعها",
            ["اللجنة العليا المشتركة بين السودان وإثيوبيا"],
        ),
        ("وقع الوزيران «إعلان الرباط».", "وقع", ["الوزيران"]),
        ("تستعد واشنطن لسحب آخر قواتها من العراق.", "سحب", ["واشنطن"]),
    ],
)
def test_where_the_phrase_of_the_doer_ends(text: str, trigger: str, actors: list[str]) -> None:
    assert _actors(text, trigger) == actors

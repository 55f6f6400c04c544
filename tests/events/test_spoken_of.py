"""Mishaps, names for an enemy, who might do it, what such deeds are: no event, and the case beside it."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


def _modes(extractor: Extractor, text: str) -> list[str]:
    return [r.mode for r in extractor(Article(id="1", text=text, published="2021-05-04"))]


@pytest.mark.parametrize(
    ("spoken", "case", "mode"),
    [
        pytest.param(
            "أسفر الحريق في المخبز عن مقتل ثلاثة أشخاص",
            "أسفر القصف على المخبز عن مقتل ثلاثة أشخاص",
            "kill",
            id="a fire as the doer",
        ),
        pytest.param(
            "لقي أربعة مصرعهم في انقلاب حافلة قرب أكادير",
            "لقي أربعة مصرعهم في كمين لحافلة قرب أكادير",
            "kill",
            id="a run of words",
        ),
        pytest.param(
            "أصيب تسعة عمال في انفجار غلاية بمصنع للسكر",
            "أصيب تسعة عمال في انفجار عبوة بمصنع للسكر",
            "injure",
            id="what bursts by itself",
        ),
        pytest.param(
            "مقتل سجينين في حريق بسجن المدينة",
            "مقتل سجينين في حريق أشعله مسلح بسجن المدينة",
            "kill",
            id="a fire that somebody set",
        ),
        pytest.param(
            "تصدت القبائل لمرتزقة العدوان في شبوة",
            "تصدت القبائل لتداعيات العدوان على شبوة",
            "attack",
            id="a name for the enemy",
        ),
        pytest.param(
            "ستعاقب البلدية أي شخص يقوم بالاعتداء على الحراس",
            "عاقبت البلدية موظفا قام بالاعتداء على الحراس",
            "attack",
            id="anybody",
        ),
        pytest.param(
            "سيلاحق القضاء من يحاول قتل الشهود",
            "يلاحق القضاء ضابطا حاول قتل الشهود",
            "kill",
            id="whoever tries",
        ),
        pytest.param(
            "قال المفتي إن قتل المصلين جريمة كبرى",
            "قال المفتي إن قتل المصلين في كانو جريمة كبرى",
            "kill",
            id="a verdict on a kind of deed",
        ),
        pytest.param(
            "لا يكف عن الهجوم على الآخرين",
            "لا يكف الجيش عن الهجوم على القرى",
            "attack",
            id="other people as such",
        ),
        pytest.param(
            "حذر الخبراء من استهداف العملة الوطنية",
            "حذر الخبراء من استهداف القافلة الطبية",
            "attack",
            id="what no weapon hits",
        ),
        pytest.param(
            "اغتيال الحلم في روايات جيله",
            "اغتيال السفير في بلدة حدودية",
            "assassinate",
            id="what does not live",
        ),
        pytest.param(
            "تواصلت احتجاجات الحكومة اليابانية على التجارب",
            "تواصلت احتجاجات الممرضين على الأجور",
            "demonstrate",
            id="states protest in notes",
        ),
        pytest.param(
            "ثم هو يهاجم ولا يصغي إلى أحد",
            "ثم هو يهاجم الجنود ولا يصغي إلى أحد",
            "attack",
            id="nobody struck",
        ),
        pytest.param(
            "نفذت البلدية جولات تفتيش، استهدفت سبعة مطاعم",
            "نفذت الكتيبة جولات قصف، استهدفت سبعة مطاعم",
            "attack",
            id="a campaign of inspectors",
        ),
        pytest.param(
            "بدأت البحرية مناورات تحاكي هجوما على الساحل",
            "بدأت البحرية هجوما على الساحل",
            "attack",
            id="what is played in a drill",
        ),
        pytest.param(
            "عاد الجنود من تدريبات على صد هجمات بالغاز",
            "عاد الجنود من معسكر تعرض إلى هجمات بالغاز",
            "attack",
            id="what people train for",
        ),
    ],
)
def test_spoken_of(extractor: Extractor, spoken: str, case: str, mode: str) -> None:
    assert mode not in _modes(extractor, spoken)
    assert mode in _modes(extractor, case)

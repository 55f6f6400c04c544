"""Places told by another word of the clause: a masdar of going, a neighbouring event, a list, a part of a town."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


@pytest.mark.parametrize(
    ("text", "trigger", "places"),
    [
        # whose homes they are, and what else is told of a fixed word that is the place
        ("عاد مئات المهجرين أمس إلى بيوتهم.", "عاد", ["بيوتهم"]),
        ("غادرت ثلاثون أسرة بيوتها خوفا من القتال.", "غادرت", ["بيوتها"]),
        ("خرج مئات المحتجين إلى ساحة الكرامة رفضا للقانون.", "خرج", ["ساحة الكرامة"]),
        # of what is barred the masdar of going tells where
        ("منعت قوات الأمن الناشطين من الوصول إلى مبنى البلدية.", "منعت", ["مبنى البلدية"]),
        ("منعت الشرطة فريق الإغاثة من دخول المخيم.", "منعت", ["المخيم"]),
        # an unknown word listed behind a town is a town
        ("سقطت صواريخ على عسقلان ونتيفوت.", "سقطت", ["عسقلان", "نتيفوت"]),
        # a part of a place is told with the place
        (
            "انفجرت دراجة مفخخة عند المدخل الشمالي لبلدة الراعي.",
            "انفجرت",
            ["المدخل الشمالي", "بلدة الراعي"],
        ),
        # both who died and who was hurt fell where the clause behind them tells
        ("قُتل شرطي وجرح ثلاثة عندما انفجر لغم في ناحية جلولاء.", "قُتل", ["ناحية جلولاء"]),
        # a building without a name that is struck is no place beside the village where it stands
        ("هاجم المسلحون قرية تلة وقتلوا راعيا وأحرقوا عشرات البيوت.", "أحرقوا", ["قرية تلة"]),
        # what people protest against happened elsewhere
        ("خرج مئات الطلاب إلى ساحة الجامعة احتجاجا على مقتل زميلهم.", "مقتل", []),
        ("وفي كراتشي، تظاهر أنصار رجل الدين، الذي أُعدم قبل عام.", "أُعدم", []),
        ("اقتاد الجنود خمسة رعاة إلى معسكر عوفر.", "اقتاد", ["معسكر عوفر"]),
    ],
)
def test_places(extractor: Extractor, text: str, trigger: str, places: list[str]) -> None:
    records = [r for r in extractor(Article(id="a", text=text)) if r.trigger.text.endswith(trigger)]
    assert [[p.text for p in r.places] for r in records] == [places]

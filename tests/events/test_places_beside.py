"""Places and objects that stand apart: told by a masdar of going, a neighbouring event, a list, behind an aside."""

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
            ["المدخل الشمالي لبلدة الراعي"],
        ),
        # both who died and who was hurt fell where the clause behind them tells
        ("قُتل شرطي وجرح ثلاثة عندما انفجر لغم في ناحية جلولاء.", "قُتل", ["ناحية جلولاء"]),
        # a building without a name that is struck is no place beside the village where it stands
        ("هاجم المسلحون قرية تلة وقتلوا راعيا وأحرقوا عشرات البيوت.", "أحرقوا", ["قرية تلة"]),
        # what is on the ground is nowhere
        ("وعلى الأرض، تظاهر مئات الطلاب أمام مبنى البلدية.", "تظاهر", ["مبنى البلدية"]),
        # a siege is lifted from a place, and of two bridges both are shut
        ("رفع الجيش الحصار عن مدينة الضالع.", "رفع", ["مدينة الضالع"]),
        ("قطع محتجون جسري السنك والأحرار.", "قطع", ["جسري السنك", "الأحرار"]),
        # what people protest against happened elsewhere
        ("خرج مئات الطلاب إلى ساحة الجامعة احتجاجا على مقتل زميلهم.", "مقتل", []),
        ("وفي كراتشي، تظاهر أنصار رجل الدين، الذي أُعدم قبل عام.", "أُعدم", []),
        ("اقتاد الجنود خمسة رعاة إلى معسكر عوفر.", "اقتاد", ["معسكر عوفر"]),
    ],
)
def test_places(extractor: Extractor, text: str, trigger: str, places: list[str]) -> None:
    records = [r for r in extractor(Article(id="a", text=text)) if r.trigger.text.endswith(trigger)]
    assert [[p.text for p in r.places] for r in records] == [places]


@pytest.mark.parametrize(
    ("text", "trigger", "actor", "target"),
    [
        # what two commas set off between a subject and its object: where it is told, or a remark on the subject
        ("اتهمت جمعية محلية، في تقرير نشر أمس، الشرطة بضرب السجناء.", "اتهمت", "جمعية محلية", "الشرطة"),
        ("اتهم مسؤول محلي، رفض ذكر اسمه، الشرطة بضرب السجناء.", "اتهم", "مسؤول محلي", "الشرطة"),
        ("هدمت آليات الجيش، ترافقها وحدة من الشرطة، تسعة منازل.", "هدمت", "آليات الجيش", "تسعة منازل"),
        # «ذلك» behind a preposition is a phrase by itself, and a past clause may stand behind an open subject
        ("نهب مسلحون قبل ذلك مستودع الأغذية.", "نهب", "مسلحون", "مستودع الأغذية"),
        ("خطف مسلحون وصلوا ليلا إلى القرية راعيين.", "خطف", "مسلحون", "راعيين"),
        # whom two names of bodies run together as one
        ("اتهمت لجنة حقوقية الجيش بقتل رعاة.", "اتهمت", "لجنة حقوقية", "الجيش"),
        # a number behind an owner, a direction in a title, an adverb are no object
        (
            "حذر والي جنوب دارفور المكلف سالم النور التجار.",
            "حذر",
            "والي جنوب دارفور المكلف سالم النور",
            "التجار",
        ),
        # what is suspended may be a deed, and of a passive verb the fixed word is the subject
        ("علقت البعثة توزيع الغذاء في كسلا.", "علقت", "البعثة", "توزيع الغذاء"),
        ("خطف مسلحون كانوا يستقلون دراجات نارية راعيين.", "خطف", "مسلحون", "راعيين"),
    ],
)
def test_objects_behind(extractor: Extractor, text: str, trigger: str, actor: str, target: str) -> None:
    records = [r for r in extractor(Article(id="a", text=text)) if r.trigger.text == trigger]
    assert [([a.text for a in r.actors], [t.text for t in r.targets]) for r in records] == [
        ([actor], [target])
    ]


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        # the regular plural in its first case, and a body behind the police, speak for themselves
        ("ظهر الطبيب باكيا في الشريط، وهدد المسلحون بقتله.", "هدد", "المسلحون"),
        (
            "أوقفت الشرطة أربعة محامين، وطالبت المنظمة الدولية بالإفراج عنهم.",
            "طالبت",
            "المنظمة الدولية",
        ),
        ("طالبت النقابة مرارا بدفع الأجور.", "طالبت", "النقابة"),
        ("هدد زعيم الحزب بسحب نوابه الخمسة من المجلس.", "هدد", "زعيم الحزب"),
    ],
)
def test_speakers(extractor: Extractor, text: str, trigger: str, actor: str) -> None:
    records = [r for r in extractor(Article(id="a", text=text)) if r.trigger.text == trigger]
    assert [([a.text for a in r.actors], r.targets) for r in records] == [([actor], [])]

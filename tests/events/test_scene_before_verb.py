"""What stands before a verb and only sets the scene is not its subject; nor is «نا» always its object."""

from __future__ import annotations

import pytest

from pipeline import extract
from pipeline.articles import Article
from pipeline.extraction import load_extractor

CORES = [
    ("اعتقلت", "اعتقلت الشرطة أربعة نقابيين", "الشرطة"),
    ("خطف", "خطف مسلحون مهندسا هنديا", "مسلحون"),
    ("اتهمت", "اتهمت المعارضة الحكومة بالفساد", "المعارضة"),
    ("أضرب", "أضرب عمال المناجم عن العمل", "عمال"),
]
SETTINGS = [
    "وفي حادث آخر {}.",
    "وفي مدينة أخرى {}.",
    "وبعد أسبوع واحد فقط {}.",
    "وهكذا {}.",
    "وكما كان متوقعا {}.",
    "وفيما بعد {}.",
    "يذكر أنه {} العام الماضي.",
    "وقالت الوكالة إنه {}.",
    "وبينما كان السكان نائمين {}.",
    "وبينما كان الناس في الأسواق {}.",
    "ومنذ أن بدأت الأزمة {}.",
    "وحين وصلت سيارات الإسعاف {}.",
    "عمان: «الرأي» {}.",
    "وبدورها {}.",
]


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize(("verb", "clause", "actor"), CORES)
def test_a_scene_is_no_subject(setting: str, verb: str, clause: str, actor: str) -> None:
    text = setting.format(clause)
    found = [r for r in extract(text) if r.trigger.text == verb]
    assert [[a.text.split()[0] for a in r.actors] for r in found] == [[actor]], text


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "targets"),
    [
        ("وفي هجوم استهدف دورية للجيش قتل ثلاثة جنود.", "قتل", [], ["ثلاثة جنود"]),
        ("وعمت الفوضى، وهدد قادة المتمردين بقصف الميناء.", "هدد", ["قادة المتمردين"], []),
        ("قال القائد: «هاجمنا معسكرا للمتمردين قرب النهر».", "هاجمنا", [], ["معسكرا"]),
        ("قال الحارس: «هاجمنا المسلحون ليلا».", "هاجمنا", ["المسلحون"], None),
        ("زار المخيم المبعوث الأممي أمس.", "زار", ["المبعوث الأممي"], []),
        ("وحذرت الشرطة المحتجين من الاقتراب لكنهم اقتحموا القصر.", "اقتحموا", ["المحتجين"], None),
        ("قتل مسلحون، كما قال شهود، ضابطا في الدرك.", "قتل", ["مسلحون"], ["ضابطا في الدرك"]),
        ("قوات الدرك، وفق ما أعلنته الوزارة، اعتقلت عشرين صيادا.", "اعتقلت", ["قوات الدرك"], ["عشرين صيادا"]),
        ("المعارضة، رغم الهدنة، اتهمت الحكومة بالفساد.", "اتهمت", ["المعارضة"], ["الحكومة"]),
        ("اعتقلت مرة أخرى قوات الدرك عشرين صيادا.", "اعتقلت", ["قوات الدرك"], ["عشرين صيادا"]),
        ("قصفت كذلك المدفعية التركية ثلاثة مواقع.", "قصفت", ["المدفعية التركية"], ["ثلاثة مواقع"]),
        ("وعشية الانتخابات اعتقلت الشرطة عشرين صيادا.", "اعتقلت", ["الشرطة"], ["عشرين صيادا"]),
        ("ومنذ أغلقت السلطات المعبر اعتقلت عشرين صيادا.", "اعتقلت", ["السلطات"], ["عشرين صيادا"]),
    ],
)
def test_who_did_it(text: str, trigger: str, actors: list[str], targets: list[str] | None) -> None:
    found = [r for r in load_extractor()(Article(id="x", text=text)) if r.trigger.text == trigger]
    assert [[a.text for a in r.actors] for r in found] == [actors], text
    assert targets is None or [t.text for t in found[0].targets] == targets


def test_words_of_time_may_end_the_text() -> None:
    assert [r.trigger.text for r in extract("اعتقلت الشرطة عشرين صيادا مرة أخرى")] == ["اعتقلت"]

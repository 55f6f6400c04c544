"""Who, whom and where across a sentence or two: sentences of our own through the whole pipeline."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor
from pipeline.records import EventRecord


def event(extractor: Extractor, text: str, trigger: str) -> EventRecord:
    """The record of ``text`` whose trigger is ``trigger``."""
    found = [r for r in extractor(Article(id="scene", text=text)) if trigger in r.trigger.text]
    assert found, f"no event «{trigger}»"
    return found[0]


@pytest.mark.parametrize(
    ("text", "trigger", "places"),
    [
        pytest.param(
            "سيطرت الفصائل على قرى عدة أبرزها معرة النعمان وسراقب",
            "سيطرت",
            ["معرة النعمان", "سراقب"],
            id="a list stands for the word it spells out",
        ),
        pytest.param(
            "انسحب الجيش من عدة بلدات شمال المدينة، بما في ذلك تلبيسة والرستن",
            "انسحب",
            ["تلبيسة", "الرستن"],
            id="a list behind the direction",
        ),
        pytest.param(
            "دخلت القوات بلدة خان شيخون قرب القرية المهجورة",
            "دخلت",
            ["بلدة خان شيخون"],
            id="what only locates a place is none of the event's",
        ),
        pytest.param(
            "اقتحمت الشرطة مخيم الوحدات جنوبي محافظة العاصمة",
            "اقتحمت",
            ["مخيم الوحدات", "جنوبي محافظة العاصمة"],
            id="a province holds the place",
        ),
        pytest.param(
            "وفي الخليل، هاجم مستوطنون سيارات، وأضرموا النار في مستودع",
            "أضرموا",
            ["الخليل"],
            id="a building without a name is struck, the town is where",
        ),
        pytest.param(
            "انسحبت الكتيبة إلى بنغازي وأحرقت مخازن الوقود",
            "أحرقت",
            ["مخازن الوقود"],
            id="who leaves does nothing where he goes",
        ),
        pytest.param(
            "قصفت الطائرات مدينة صعدة، وفي اليوم التالي هاجم مسلحون دورية",
            "هاجم",
            [],
            id="a new time is a new scene",
        ),
        pytest.param(
            "أصيب ثلاثة بجروح وفق وزارة الصحة في طرابلس",
            "أصيب",
            [],
            id="where the source sits",
        ),
        pytest.param(
            "وفي بغداد، أصدرت المحكمة حكما على متهم باختطاف سائق",
            "اختطاف",
            [],
            id="a crime told in court happened elsewhere",
        ),
    ],
)
def test_places(extractor: Extractor, text: str, trigger: str, places: list[str]) -> None:
    found = [p.text for p in event(extractor, text, trigger).places]
    assert [p for p in found if not any(w in p for w in places)] == []
    assert [w for w in places if not any(w in p for p in found)] == []


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        pytest.param(
            "قال المتحدث إن مقاتليها «هاجموا الثكنة ودمروا دبابة»",
            "هاجموا",
            ["مقاتليها"],
            id="a quotation mark between subject and verb",
        ),
        pytest.param(
            "قالت الوزارة إن الشرطة الخاصة تدخلت بعد أن قتلت المهاجمين الأربعة",
            "قتلت",
            ["الشرطة الخاصة"],
            id="an accusative plural is no subject",
        ),
        pytest.param(
            "حذر المدير من أن التنظيم يستعد لهجوم، وطالب الحكومة بحماية السكان",
            "طالب",
            ["المدير"],
            id="the verb of speech goes with who speaks",
        ),
        pytest.param(
            "نفذ الطيران غارات على الميناء أسفرت عن مقتل عاملين",
            "مقتل",
            ["الطيران"],
            id="who did the cause did the effect",
        ),
        pytest.param(
            "سيطرت الفصائل على البلدة عقب اشتباكات مع قوات النظام",
            "اشتباكات",
            ["الفصائل", "قوات النظام"],
            id="both sides of a clash",
        ),
        pytest.param(
            "أعدمت السلطات مدانا بقتل شرطي",
            "قتل",
            ["مدانا"],
            id="the convict did it",
        ),
        pytest.param(
            "يواصل المئات من العمال اعتصامهم أمام البلدية",
            "اعتصامهم",
            ["المئات من العمال"],
            id="the pronoun is the subject's",
        ),
        pytest.param(
            "أعلن الجيش أنه أطلق سراح ستين أسيرا",
            "أطلق",
            ["الجيش"],
            id="what a fixed word governs does nothing",
        ),
    ],
)
def test_actors(extractor: Extractor, text: str, trigger: str, actors: list[str]) -> None:
    assert [a.text for a in event(extractor, text, trigger).actors] == actors


@pytest.mark.parametrize(
    ("text", "trigger", "assertion"),
    [
        pytest.param(
            "هدد سائقون بقطع الطريق ما لم تدفع أجورهم", "قطع", "hypothetical", id="a threat with a condition"
        ),
        pytest.param("هدد سائقون بقطع الطريق غدا", "قطع", "planned", id="a threat without one"),
        pytest.param("دعت النقابة إلى إضراب عام يوم الخميس", "إضراب", "planned", id="a call to strike"),
        pytest.param("أعلنت مالي طرد السفير السويدي", "طرد", "asserted", id="to say it is to do it"),
        pytest.param("قررت النيابة حبس المتهم أربعة أيام", "حبس", "asserted", id="the order is the act"),
        pytest.param(
            "قال الوزير إن الجيش انتشر في المدينة، محذرا من هجوم جديد",
            "محذرا",
            "asserted",
            id="the author's own words",
        ),
        pytest.param(
            "قال الناطق إن القوات قصفت الميناء، وهو ما نفته الحكومة",
            "نفته",
            "asserted",
            id="a denial of what was said",
        ),
        pytest.param(
            "ووفقا لتقارير محلية، استولى مسلحون على الميناء",
            "استولى",
            "reported",
            id="the source at the head",
        ),
        pytest.param(
            "أوقفت الشرطة تاجرا وفق المادة الرابعة من القانون",
            "أوقفت",
            "asserted",
            id="a law says nothing",
        ),
        pytest.param(
            "إذا لم تنسحب القوات من المدينة فسيرد المسلحون", "تنسحب", "hypothetical", id="a negated condition"
        ),
    ],
)
def test_assertion(extractor: Extractor, text: str, trigger: str, assertion: str) -> None:
    assert event(extractor, text, trigger).assertion == assertion

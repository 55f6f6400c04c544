"""Who did it and whom it struck, told behind a second deed, in a clause or not at all; and what is no deed."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor
from pipeline.records import EventRecord


def events(extractor: Extractor, text: str, trigger: str) -> list[EventRecord]:
    """The records of ``text`` whose trigger is ``trigger``."""
    return [r for r in extractor(Article(id="fire", text=text)) if r.trigger.text == trigger]


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        pytest.param(
            "توفي صياد متأثرا بجراحه وأصيب ابنه برصاص خفر السواحل قرب صور",
            "أصيب",
            ["خفر السواحل"],
            id="fire",
        ),
        pytest.param(
            "قتل راعيان وأصيب ستة آخرون بنيران القوات الإثيوبية في بيدوا",
            "قتل",
            ["القوات الإثيوبية"],
            id="the fire behind the second of two casualties killed the first as well",
        ),
        pytest.param(
            "استشهد صياد وجرح أربعة في غارة على الميناء", "جرح", [], id="the dead have wounded nobody"
        ),
        pytest.param(
            "دخل المظليون بلدة كيدال وسط قصف متقطع ومعارك مع مقاتلي الأزواد",
            "معارك",
            ["المظليون", "مقاتلي الأزواد"],
            id="a fight joined to a deed behind a preposition",
        ),
        pytest.param(
            "قالت الحكومة إن الاشتباكات بين قواتها والمتمردين أوقعت عشرات الجرحى",
            "الاشتباكات",
            ["قواتها", "المتمردين"],
            id="between is no verb behind a noun",
        ),
        pytest.param(
            "الحركة التي تعتبرها روما وباريس منظمة متطرفة، كثفت هجماتها هذا الربيع",
            "هجماتها",
            ["الحركة"],
            id="behind a relative clause the verb has its antecedent as subject",
        ),
        pytest.param(
            "خطفت القاعدة مهندسا فرنسيا في زندر", "خطفت", ["القاعدة"], id="a group by its bare name"
        ),
        pytest.param(
            "اعتقلت القوات أربعة رجال بعد مهاجمتهم حافلة للحجاج",
            "مهاجمتهم",
            ["أربعة رجال"],
            id="a pronoun with vehicles behind it",
        ),
        pytest.param(
            "لم يدل الوزير بإيضاحات لكن سلسلة من هجمات القنابل أرعبت السكان",
            "هجمات",
            [],
            id="but parts the two",
        ),
        pytest.param("اعترف الجيش الكيني بتزايد الهجمات قرب لامو", "الهجمات", [], id="of how many there are"),
        pytest.param(
            "عثرت الشرطة على جثتين لبحارين مصابين بأعيرة نارية", "أعيرة", [], id="who finds the dead"
        ),
        pytest.param("شهدت كوتونو اشتباكات خلال تظاهرة نظمها حزب الخضر", "اشتباكات", [], id="who marches"),
        pytest.param(
            "حذر المبعوث من أن يؤدي المرسوم إلى مواجهات في العاصمة", "مواجهات", [], id="no decree fights"
        ),
    ],
)
def test_doers(extractor: Extractor, text: str, trigger: str, actors: list[str]) -> None:
    """Who did it stands behind the second deed, before a clause, or nowhere."""
    found = events(extractor, text, trigger)
    assert [[a.text for a in record.actors] for record in found] == [actors]


@pytest.mark.parametrize(
    ("text", "trigger", "targets"),
    [
        pytest.param(
            "تزامنت الاعتداءات التي ارتكبت ضد المزارعين مع موسم الحصاد",
            "الاعتداءات",
            ["المزارعين"],
            id="a passive clause tells whom it struck",
        ),
        pytest.param(
            "كثف المتمردون هجماتهم التي تستهدف قطارات الوقود",
            "هجماتهم",
            ["قطارات الوقود"],
            id="a clause of aims",
        ),
        pytest.param("أدان المفتي هجمات القنابل في مقديشو", "هجمات", [], id="what it was made with"),
        pytest.param("انفجرت عبوة ناسفة في ساحة الأمة وسط الخرطوم", "انفجرت", [], id="open ground"),
    ],
)
def test_targets(extractor: Extractor, text: str, trigger: str, targets: list[str]) -> None:
    """Arms and squares are not struck, and what a clause says is struck is."""
    found = events(extractor, text, trigger)
    assert [[a.text for a in record.targets] for record in found] == [targets]


@pytest.mark.parametrize(
    ("text", "assertion"),
    [
        ("عبر السكان عن قلقهم من أن يقتل المتمردون الرهائن", "hypothetical"),
        ("أكد السكان أن المتمردين قتلوا الرهائن", "reported"),
    ],
)
def test_fears(extractor: Extractor, text: str, assertion: str) -> None:
    """What somebody fears to happen has not happened."""
    found = [r for r in extractor(Article(id="fear", text=text)) if r.mode == "kill"]
    assert [r.assertion for r in found] == [assertion]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("يقاتل النائب السابق من أجل البقاء في لجنة الثقافة", id="striving"),
        pytest.param("لم يذكر البيان عدد جنود القوة المهاجمة", id="a participle"),
        pytest.param("أعلن ألكمين ترشحه لمنصب الحاكم", id="a name with a hamza"),
        pytest.param("وأودى الإعصار الذي اجتاح السواحل بحياة ستين شخصا", id="a storm"),
        pytest.param("كان الشعار يستهدف إبراز وحدة الطلاب", id="an aim"),
    ],
)
def test_no_deed(extractor: Extractor, text: str) -> None:
    """Striving, naming, aiming and storms are no assaults."""
    assert [r for r in extractor(Article(id="none", text=text)) if r.type == "ASSAULT"] == []

"""Whom a sentence leaves unsaid, whom a comma parts from his verb, and who only tells of a deed."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor
from pipeline.records import EventRecord


def event(extractor: Extractor, text: str, trigger: str) -> EventRecord:
    """The one record of ``text`` whose trigger is ``trigger``."""
    found = [r for r in extractor(Article(id="topic", text=text)) if trigger in r.trigger.text]
    assert len(found) == 1, f"{len(found)} events «{trigger}»"
    return found[0]


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        pytest.param(
            "اتهم الناطق باسم الحكومة الليبية محمد حمودة، قوات حفتر بقصف المطار.",
            "الناطق باسم الحكومة الليبية محمد حمودة",
            "قوات حفتر",
            id="a comma between them",
        ),
        pytest.param(
            "اتهمت الحكومة الإثيوبية اليوم، متمردي تيغراي باستهداف قرية بالمدفعية.",
            "الحكومة الإثيوبية",
            "متمردي تيغراي",
            id="a time and a comma between them",
        ),
        pytest.param(
            "اتهم المحتجون من جانبهم قوات الأمن بإطلاق النار على المعتصمين.",
            "المحتجون",
            "قوات الأمن",
            id="for their part",
        ),
    ],
)
def test_accuser_and_accused(extractor: Extractor, text: str, actor: str, target: str) -> None:
    found = event(extractor, text, "اتهم")
    assert (found.actor, found.target) == (actor, target)


def test_the_accused_did_it(extractor: Extractor) -> None:
    text = "اتهم المحتجون من جانبهم قوات الأمن بإطلاق النار على المعتصمين."
    assert event(extractor, text, "إطلاق").actor == "قوات الأمن"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("قال أحد الشهود إنه أطلق قذيفة على مقر البلدية في زليتن.", "أطلق"),
        ("رحب الوزير التونسي بتحرير الرهائن في درنة.", "تحرير"),
    ],
)
def test_who_tells_or_praises_has_not_done_it(extractor: Extractor, text: str, trigger: str) -> None:
    assert event(extractor, text, trigger).actor is None


def test_both_casualties_are_of_one_attack(extractor: Extractor) -> None:
    text = "قتل مدنيان وأصيب ثالث في قصف للحوثيين على حي الروضة."
    assert event(extractor, text, "قتل").actor == event(extractor, text, "أصيب").actor == "للحوثيين"


def test_whose_planes_struck(extractor: Extractor) -> None:
    text = "قتل ستة أطفال في قصف لطائرات النظام على حي الشعار."
    assert event(extractor, text, "قتل").actor == "طائرات النظام"


def test_a_verb_without_object_befell_its_subject(extractor: Extractor) -> None:
    found = event(extractor, "هاجم مسلح مخفرا في بنغازي وقتل بعد ساعة من الحصار.", "قتل")
    assert (found.actor, found.target) == (None, "مسلح")


def test_looters_are_not_looted(extractor: Extractor) -> None:
    text = "اقتحم مسلحون من الميليشيا صباح الأحد قرية ود النور، ونهبوا المحال التجارية."
    assert event(extractor, text, "نهبوا").target != "مسلحون من الميليشيا"


@pytest.mark.parametrize(
    ("before", "actor"),
    [
        pytest.param("وصل المسلحون أمس إلى أربيل.", "المسلحون", id="subject"),
        pytest.param("انتهت أمس زيارة قصيرة نظمتها البلدية للمقاتلين الأكراد.", None, id="beside"),
    ],
)
def test_only_the_subject_goes_on(extractor: Extractor, before: str, actor: str | None) -> None:
    assert event(extractor, f"{before} ثم أحرقوا مدرسة في سنجار.", "أحرقوا").actor == actor


def test_how_is_nobody(extractor: Extractor) -> None:
    text = "حاول مسلح إحراق السيارة محاولا تدميرها قبل وصول الشرطة."
    assert event(extractor, text, "تدمير").target != "محاولا"


def test_whence_the_wounded_are_says_not_who_did_it(extractor: Extractor) -> None:
    found = event(extractor, "العثور على الجريحين السوريين في قرية قرب درعا أمس.", "الجريحين")
    assert "السوريين" not in [a.text for a in found.actors]

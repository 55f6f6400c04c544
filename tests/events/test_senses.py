"""In which sense a word holds: states, circumstances, mishaps and aims are no events; who strikes tells how."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor
from pipeline.records import EventRecord


def events(extractor: Extractor, text: str, trigger: str) -> list[EventRecord]:
    """The records of ``text`` whose trigger holds ``trigger``."""
    return [r for r in extractor(Article(id="sense", text=text)) if trigger in r.trigger.text]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        pytest.param(
            "وزعت المنظمة خيامًا في البلدات التي يسيطر عليها جيش الجبهة",
            "يسيطر",
            id="a state in a relative clause",
        ),
        pytest.param(
            "وكان مسلحو الجبهة يسيطرون على الميناء، وكانت الحركة تسيطر على السد",
            "تسيطر",
            id="a state that was",
        ),
        pytest.param("تراجعت أسعار النفط مما يدعم الحكومة الهندية", "يدعم", id="a circumstance does nothing"),
        pytest.param("لقي سبعة جنود مصرعهم حين جرفتهم سيول في وادي النخيل قرب ظفار", "مصرع", id="a mishap"),
        pytest.param("قال الوزير إن هذا العمل يعد خرقا للهدنة مع الجارة", "خرقا", id="what a deed is called"),
        pytest.param("أطلق الجيش برنامجا يستهدف تطوير القرى في الجنوب", "يستهدف", id="an aim is not struck"),
        pytest.param(
            "وأكد النائب أن الخطاب لا يسهم في دعم الحكومة السودانية", "أكد", id="said in a clause of its own"
        ),
        pytest.param("وكل نفس بما كسبت رهينة", "كسبت", id="no particle before a verb"),
    ],
)
def test_no_event(extractor: Extractor, text: str, trigger: str) -> None:
    assert not events(extractor, text, trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "mode"),
    [
        pytest.param(
            "وباتت قوات الجبهة تسيطر على ميناء سرت", "تسيطر", "seize-territory", id="a state that begins"
        ),
        pytest.param(
            "تخشى باريس أن تسيطر الحركة على مدينة غاو",
            "تسيطر",
            "seize-territory",
            id="a state that is feared",
        ),
        pytest.param(
            "لقي سبعة جنود مصرعهم في هجوم شنه مسلحون بعد سيول ظفار", "لقي", "kill", id="arms beside a mishap"
        ),
        pytest.param(
            "ثلاث مقاتلات هولندية قصفت مخزنا للذخيرة في الأنبار", "قصفت", "airstrike", id="aircraft in front"
        ),
        pytest.param(
            "أقلعت طائرتان من حاملة في الخليج وقصفت جسرا في الرقة",
            "قصفت",
            "airstrike",
            id="aircraft of the verb before",
        ),
        pytest.param("قصفت قوات النظام بلدة سرمين", "قصفت", "shelling", id="anybody else shells"),
        pytest.param(
            "شددت الشرطة الحراسة بعد هجوم السوق الذي نفذه انتحاري",
            "نفذه",
            "suicide-attack",
            id="who dies with the bomb",
        ),
        pytest.param(
            "هاجم إدوارد هاملتون فكرة الاتحاد الأوروبي أمام البرلمان البريطاني",
            "هاجم",
            "condemn",
            id="in words",
        ),
    ],
)
def test_the_sense_that_holds(extractor: Extractor, text: str, trigger: str, mode: str) -> None:
    found = events(extractor, text, trigger)
    assert [record.mode for record in found] == [mode]

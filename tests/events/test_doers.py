"""Who does it, and who does not: ideas, deeds, speakers, callers, wishes behind a name, private people."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor
from pipeline.records import EventRecord


def events(extractor: Extractor, text: str, trigger: str) -> list[EventRecord]:
    """The records of ``text`` whose trigger holds ``trigger``."""
    return [r for r in extractor(Article(id="doer", text=text)) if trigger in r.trigger.text]


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        pytest.param(
            "استنكر المفتي العمل الإجرامي الذي استهدف حافلة في صور",
            "استهدف",
            None,
            id="a deed is done by somebody else",
        ),
        pytest.param(
            "وذكر ضابط مطلع أنه يتم احتجاز ثلاثة بحارة في الميناء",
            "احتجاز",
            None,
            id="who tells of it does not do it",
        ),
        pytest.param(
            "تلقى الرئيس التونسي رسالة من الملك المغربي أعرب فيها عن إدانته للهجوم على سوسة",
            "إدانته",
            "الملك المغربي",
            id="who wrote the letter says what stands in it",
        ),
        pytest.param(
            "قال شهود إن الميليشيات التي تمولها بغداد شنت هجوما على القرية",
            "شنت",
            "الميليشيات",
            id="the verb behind a relative clause is that of its antecedent",
        ),
        pytest.param(
            "بعد أن نجح الجيش السوداني، وبإسناد جوي من حلفائه، في استعادة بلدة بارا",
            "استعادة",
            "الجيش السوداني",
            id="a phrase between the verb and what succeeded",
        ),
    ],
)
def test_who_does_it(extractor: Extractor, text: str, trigger: str, actor: str | None) -> None:
    found = events(extractor, text, trigger)
    assert found, f"no event «{trigger}»"
    assert found[0].actor == actor


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("أدان الشيخ ناصر بن فهد آل مبارك (حفظه الله) الهجوم على المسجد", "الشيخ ناصر بن فهد آل مبارك"),
        ("أدان الأمير حمد بن خالد رعاه الله الهجوم على المسجد", "الأمير حمد بن خالد"),
    ],
)
def test_a_wish_is_no_part_of_the_name(extractor: Extractor, text: str, actor: str) -> None:
    assert [r.actor for r in events(extractor, text, "أدان")] == [actor]


def test_what_the_case_marks_as_object_does_nothing(extractor: Extractor) -> None:
    found = events(extractor, "وناشد المسؤولين الليبيين إنقاذ المدينة", "ناشد")
    assert [(r.actor, r.target) for r in found] == [(None, "المسؤولين الليبيين")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("كل كلمة يكتبها الحقد سيف يقتل المحبة", id="an idea kills nobody"),
        pytest.param("لقيت السمكة الضخمة حتفها في شباك الصيد", id="a fish is nobody"),
    ],
)
def test_nobody_acts(extractor: Extractor, text: str) -> None:
    assert not extractor(Article(id="doer", text=text))


def test_financial_aid_is_none_of_mali(extractor: Extractor) -> None:
    found = extractor(Article(id="doer", text="أعلنت المفوضية السماح بتقديم الدعم المالي السريع لتونس"))
    assert "المالي" not in [a.text for r in found for a in r.actors]


def test_a_name_split_by_mistake_is_no_verb(extractor: Extractor) -> None:
    assert not events(extractor, "ثم تحدث الشيخ فيصل الناصر عن الموسم", "يصل")


def test_private_dealings_are_no_politics(extractor: Extractor) -> None:
    filler = "ساد المدينة في ذلك المساء جو صاف وهدأت شوارعها وامتلأت ساحاتها بالمارة من الأحياء القريبة. " * 6
    private = filler + "والتقى سمير جاره القديم أمس في بيروت."
    public = filler + "والتقى وزير الخارجية اللبناني نظيره الأردني أمس في بيروت."
    assert not extractor(Article(id="private", text=private))
    assert extractor(Article(id="public", text=public))

"""Words that tell of no event where they stand, and what belongs to an event noun rather than to what it governs."""

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
        pytest.param("تعد الحكومة المغربية شريكا لنا بسبب قربها", "تعد", id="is counted, not promises"),
        pytest.param("وقف الوزير على عدد من المشاريع في تبوك", "وقف", id="stood, not arrested"),
        pytest.param("أصيب عشرون في المعارك، وقضى رجل حرقا في بيته", "حرقا", id="how one died"),
        pytest.param("قصفت الطائرات تجمعات المسلحين في حرض", "تجمعات", id="what is struck gathers no more"),
        pytest.param("صدر بحق المهرب حكم بقتله تعزيرا", "قتله", id="a sentence is no execution"),
    ],
)
def test_another_sense(extractor: Extractor, text: str, trigger: str) -> None:
    assert not events(extractor, text, trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        pytest.param(
            "استهدفت ضربات التحالف الجوية مخازن التنظيم",
            "ضربات",
            ["التحالف"],
            id="the adjective of the noun is not of its genitive",
        ),
        pytest.param(
            "قرر مجلس الأمة الموافقة على نظام المحميات البرية",
            "الموافقة",
            ["مجلس الأمة"],
            id="what stands behind a fixed preposition is no genitive",
        ),
        pytest.param(
            "وجه الطيران الفرنسي ضربة أخرى في مرزق",
            "ضربة",
            ["الطيران الفرنسي"],
            id="«another» agrees with its noun and is nobody",
        ),
    ],
)
def test_who_belongs_to_the_noun(extractor: Extractor, text: str, trigger: str, actors: list[str]) -> None:
    found = events(extractor, text, trigger)
    assert [[a.text for a in r.actors] for r in found] == [actors]


def test_who_is_told_of_it_takes_no_part(extractor: Extractor) -> None:
    text = "تحدثت ناجية عن الاختطاف لوكالة الأنباء التونسية أمس"
    assert not any(r.actors or r.targets for r in events(extractor, text, "الاختطاف"))

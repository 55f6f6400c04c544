"""What governs an event from afar, who is named as the source behind it, and where it was: sentences of our own."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor
from pipeline.records import EventRecord


def event(extractor: Extractor, text: str, trigger: str) -> EventRecord:
    """The record of ``text`` whose trigger is ``trigger``."""
    found = [
        r
        for r in extractor(Article(id="governed", text=text, published="2015-07-20"))
        if trigger in r.trigger.text
    ]
    assert found, f"no event «{trigger}»"
    return found[0]


@pytest.mark.parametrize(
    ("text", "trigger", "assertion"),
    [
        pytest.param("خطف مجهولون مهندسا في بابل، على ما ذكر شقيقه", "خطف", "reported", id="source behind"),
        pytest.param(
            "خطف مجهولون مهندسا في بابل، كما ذكرت الشرطة أن آخر أفلت",
            "خطف",
            "asserted",
            id="what is said besides",
        ),
        pytest.param("من المرتقب أن يزور أمير قطر نيروبي", "يزور", "planned", id="a participle behind من"),
        pytest.param("تزور وزيرة الخارجية نيروبي غدا", "تزور", "planned", id="a day to come"),
        pytest.param(
            "تعهدت الحكومة بدعم المزارعين، غير أن النقابة رفضت العرض",
            "رفضت",
            "asserted",
            id="a contrast ends a plan",
        ),
        pytest.param(
            "طالب الأهالي بتعويضات قبل أن تعتقل الشرطة ثلاثة منهم", "تعتقل", "asserted", id="before that"
        ),
    ],
)
def test_assertion(extractor: Extractor, text: str, trigger: str, assertion: str) -> None:
    assert event(extractor, text, trigger).assertion == assertion


def test_hamza_tells_the_verb(extractor: Extractor) -> None:
    found = event(extractor, "وقع الانقلاب فجرا، وهو ما أدانته السنغال وغانا", "أدانت")
    assert [a.text for a in found.actors] == ["السنغال", "غانا"]


def test_verb_behind_a_qualified_noun(extractor: Extractor) -> None:
    found = event(extractor, "جاء القرار إثر هجوم غير مسبوق شنته حركة الشباب على ثكنة", "شنت")
    assert [a.text for a in found.actors] == ["حركة الشباب"]


@pytest.mark.parametrize("place", ["مدخل بلدة الخالص", "بناية سكنية", "طريق المطار"])
def test_places_of_common_nouns(extractor: Extractor, place: str) -> None:
    found = event(extractor, f"قتل مسلحون حارسين عند {place}", "قتل")
    assert [p.text for p in found.places] == [place]

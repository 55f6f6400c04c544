"""One person told by office and name is one participant; the order and number of verb and noun tell the rest."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor
from pipeline.records import EventRecord


def events(extractor: Extractor, text: str, trigger: str) -> list[EventRecord]:
    """The records of ``text`` whose trigger holds ``trigger``."""
    return [r for r in extractor(Article(id="apposition", text=text)) if trigger in r.trigger.text]


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "targets"),
    [
        pytest.param(
            "استنكر محافظ الأحساء سعد بن ناصر الفهد، حادث إطلاق النار على الدورية.",
            "استنكر",
            ["محافظ الأحساء سعد بن ناصر الفهد"],
            [],
            id="a name behind an office and its place",
        ),
        pytest.param(
            "استنكر اللواء صالح المطيري قائد شرطة حدود بمنطقة نجران الحادثة.",
            "استنكر",
            ["اللواء صالح المطيري"],
            ["الحادثة"],
            id="an office behind a name",
        ),
        pytest.param(
            "التقى وزير الزراعة التونسي سمير الطيب في روما اليوم رئيس مجلس النواب في مالطا أنجلو فاروجيا.",
            "التقى",
            ["وزير الزراعة التونسي سمير الطيب"],
            None,
            id="the office and the name of whom he met",
        ),
        pytest.param(
            "قتل رجل برصاص مسلحين هاجموه في بيته في طرابلس.",
            "هاجموه",
            ["مسلحين"],
            ["رجل"],
            id="a plural verb with a pronoun for one alone",
        ),
        pytest.param(
            "زار تونس رئيس هيئة الأركان أمس.",
            "زار",
            ["رئيس هيئة الأركان"],
            [],
            id="the place before who visits it",
        ),
        pytest.param(
            "أوفدت القاهرة وزير خارجيتها إلى الخرطوم",
            "أوفدت",
            ["القاهرة"],
            ["وزير خارجيتها"],
            id="a capital that sends somebody",
        ),
    ],
)
def test_who_and_whom(
    extractor: Extractor, text: str, trigger: str, actors: list[str], targets: list[str] | None
) -> None:
    found = events(extractor, text, trigger)
    assert found, f"no event «{trigger}»"
    assert [a.text for a in found[0].actors] == actors
    if targets is not None:
        assert [t.text for t in found[0].targets] == targets


def test_a_rank_behind_a_place_is_no_part_of_it(extractor: Extractor) -> None:
    text = "زار مدير السجون بمحافظة جدة العقيد فهد السالم اليوم الأحد الجندي ماجد العنزي."
    assert [p.text for p in events(extractor, text, "زار")[0].places] == ["محافظة جدة"]


@pytest.mark.parametrize(
    ("text", "trigger", "told"),
    [
        ("حذر الوزير من أي هجوم على الميناء", "هجوم", False),
        ("حذر الوزير من هجوم على الميناء", "هجوم", True),
        ("دخلت القوات البلدة دون أي اشتباكات", "اشتباكات", True),
        ("نفى المتحدث أي لقاء بين رئيس الأركان ووزير الدفاع الروسي", "لقاء", True),
    ],
)
def test_whichever_there_may_be_is_told_only_where_there_was_none(
    extractor: Extractor, text: str, trigger: str, told: bool
) -> None:
    assert bool(events(extractor, text, trigger)) is told

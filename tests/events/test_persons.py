"""Persons whom the models do not know, their offices and lists come out as one participant each."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.events.persons import Persons
from pipeline.events.pieces import Piece
from pipeline.extraction import Extractor


def pieces(*words: str) -> list[Piece]:
    """Nouns, as the tagger takes unknown names to be."""
    return [Piece((), word, "NOUN", 0, 0, glued=False) for word in words]


def found(words: list[Piece], *ents: tuple[str, int, int, str]) -> list[tuple[str, int, int, str]]:
    """The entities of these words, none of which is an event; Peru is a country."""
    return Persons(words, ents, lambda key: key == "اعلان", lambda norm: norm == "بيرو").entities()


def test_a_first_name_and_a_family_name_are_a_person() -> None:
    assert found(pieces("الوزير", "فرحات", "الزيداني", "السفير")) == [("PER", 1, 3, "")]


def test_a_first_name_that_is_a_word_needs_a_title() -> None:
    assert found(pieces("الشيخ", "صباح", "الفيصلي")) == [("PER", 1, 3, "")]
    assert found(pieces("في", "صباح", "اليوم")) == []


def test_a_rank_may_have_a_tail() -> None:
    assert found(pieces("العقيد", "الركن", "نصر", "الدليمي")) == [("PER", 2, 4, "")]


def test_an_office_is_no_family_name() -> None:
    assert found(pieces("الشيخ", "صباح", "السفير")) == []


def test_a_name_goes_on_behind_what_the_model_found() -> None:
    assert found(pieces("هشام", "بن", "طلال", "قال"), ("PER", 0, 1, "")) == [("PER", 0, 3, "")]


def test_a_country_behind_a_name_is_another_entity() -> None:
    words = pieces("كلارا", "منديس", "بيرو")
    assert found(words, ("PER", 0, 3, "")) == [("PER", 0, 2, ""), ("GPE", 2, 3, "")]


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "targets"),
    [
        (
            "دعا نائب رئيس الوزراء وزير المالية الشيخ صباح الفيصلي المصارف الكبرى إلى التعاون.",
            "دعا",
            ["نائب رئيس الوزراء وزير المالية الشيخ صباح الفيصلي"],
            ["المصارف الكبرى"],
        ),
        (
            "استقبل ملك السويد كارل غوستاف رئيسة البرلمان.",
            "استقبل",
            ["ملك السويد كارل غوستاف"],
            ["رئيسة البرلمان"],
        ),
        (
            "هنأ الرئيس الفنلندي ساولي نينيستو، نظيره الآيسلندي أولافور غريمسون، بالعيد الوطني.",
            "هنأ",
            ["الرئيس الفنلندي ساولي نينيستو"],
            ["نظيره الآيسلندي أولافور غريمسون"],
        ),
        (
            "ندد كل من نقابة الأطباء واتحاد الكتاب بالاعتقالات.",
            "ندد",
            ["نقابة الأطباء", "اتحاد الكتاب"],
            None,
        ),
        ("اجتمع وزراء خارجية البرازيل وتشيلي في ليما.", "اجتمع", ["وزراء خارجية البرازيل وتشيلي"], []),
        ("استنكرت حكومة وبرلمان كندا القرار.", "استنكرت", ["حكومة وبرلمان كندا"], None),
        ("وزعت فرق من الصليب الأحمر مساعدات على المشردين.", "وزعت", ["فرق من الصليب الأحمر"], None),
        ("نفى السفير هشام الزيداني، مندوب الأردن لدى المنظمة، الخبر.", "نفى", ["السفير هشام الزيداني"], None),
    ],
)
def test_one_participant_each(
    extractor: Extractor, text: str, trigger: str, actors: list[str], targets: list[str] | None
) -> None:
    records = [r for r in extractor(Article(id="one", text=text)) if trigger in r.trigger.text]
    assert len(records) == 1
    assert [a.text for a in records[0].actors] == actors
    if targets is not None:
        assert [t.text for t in records[0].targets] == targets


def test_who_leads_the_subject_stays_out(extractor: Extractor) -> None:
    text = "شنت قوات التحالف الذي تقوده نيجيريا هجوما على معسكر للمتمردين."
    records = [r for r in extractor(Article(id="led", text=text)) if r.type == "ASSAULT"]
    assert [[a.text for a in r.actors] for r in records] == [["قوات التحالف"]]

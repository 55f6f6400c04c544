"""Ids of records, with the real extractor: they survive edits elsewhere in the article, and only those."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.articles import Article
from pipeline.extraction import load_extractor
from pipeline.records import EventRecord

FIRST = "سيطرت قوات المعارضة على بلدة مورك يوم الاثنين 9 أكتوبر 2017."
SECOND = "واعتقلت الشرطة خمسة أشخاص في دمشق بعد مظاهرة أمام البرلمان."
THIRD = "وقتل ثلاثة جنود في انفجار سيارة مفخخة قرب مدينة كركوك."
IdsOf = Callable[..., dict[str, EventRecord]]
TEXT = f"{FIRST}\n{SECOND}\n{THIRD}\n"


@pytest.fixture(scope="module")
def ids_of() -> IdsOf:
    extractor = load_extractor()

    def ids(text: str, name: str = "a.txt") -> dict[str, EventRecord]:
        found = extractor(Article(id=name, text=text, published="2024-12-06"))
        assert len({r.id for r in found}) == len(found)
        return {r.id: r for r in found}

    return ids


@pytest.mark.parametrize(
    "edited",
    [
        f"عاجل: تطورات متسارعة في عدة بلدان.\n\n{TEXT}",
        f"{TEXT}وتستعد الوزارة لافتتاح معرض للكتاب الأسبوع المقبل.\n",
        f"{FIRST}\nوقال شاهد إن الطرق مغلقة منذ الصباح.\n{SECOND}\n{THIRD}\n",
        f"{FIRST}\n\n\n{SECOND}  \n{THIRD}",
        TEXT.replace(" على ", "  على "),
    ],
    ids=["before", "after", "between", "lines", "blanks"],
)
def test_ids_survive_edits_elsewhere(edited: str, ids_of: IdsOf) -> None:
    before, after = ids_of(TEXT), ids_of(edited)
    assert len(before) >= 3
    assert set(before) <= set(after)


def test_an_edit_of_the_sentence_is_another_record(ids_of: IdsOf) -> None:
    before = ids_of(TEXT)
    after = ids_of(TEXT.replace("بلدة مورك", "بلدة كفرزيتا"))
    gone = {before[i].sentence.index for i in set(before) - set(after)}
    assert gone == {0}
    assert len(before) == len(after)


def test_equal_sentences_are_counted(ids_of: IdsOf) -> None:
    once, twice = ids_of(FIRST), ids_of(f"{FIRST}\n{SECOND}\n{FIRST}")
    assert set(once) < set(twice)
    assert sum(r.mode == "seize-territory" for r in twice.values()) == 2


def test_another_article_has_other_ids(ids_of: IdsOf) -> None:
    assert not set(ids_of(TEXT)) & set(ids_of(TEXT, "b.txt"))

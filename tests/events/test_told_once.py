"""One happening gives one record, two that share a verb give two triggers, and who foils a deed has not done it."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor
from pipeline.records import EventRecord


def _records(extractor: Extractor, text: str) -> list[EventRecord]:
    return list(extractor(Article(id="1", text=text, published="2021-05-04")))


def test_the_dead_of_a_killing(extractor: Extractor) -> None:
    assert [r.trigger.text for r in _records(extractor, "أدى النزاع إلى مقتل سبعة آلاف قتيل في دارفور")] == [
        "مقتل"
    ]


def test_two_nouns_of_one_verb(extractor: Extractor) -> None:
    found = [r.trigger.text for r in _records(extractor, "نفذ سلاح الجو غارات وقصفا على مصراتة")]
    assert found == ["نفذ", "قصفا"]


def test_clause_behind_a_carried_noun(extractor: Extractor) -> None:
    records = _records(extractor, "وقعت اشتباكات دارت بين الحرس والقبائل قرب سبها")
    assert [a.text for a in records[0].actors] == ["الحرس", "القبائل"]


@pytest.mark.parametrize(
    "text",
    [
        "أحبطت الشرطة هجوما على القنصلية",
        "إحباط الشرطة هجوما على القنصلية",
        "نجحت الشرطة في إحباط هجوم على القنصلية",
    ],
)
def test_foiled(extractor: Extractor, text: str) -> None:
    attack = next(r for r in _records(extractor, text) if r.mode == "attack")
    assert not attack.actors
    assert [t.text for t in attack.targets] == ["القنصلية"]

"""Fixed words in the dual, before a pronoun and far behind their verb, and «since» before a verb."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor
from pipeline.records import EventRecord


def events(extractor: Extractor, text: str, trigger: str) -> list[EventRecord]:
    """The records of ``text`` whose trigger holds ``trigger``."""
    return [r for r in extractor(Article(id="fixed", text=text)) if trigger in r.trigger.text]


@pytest.mark.parametrize(
    ("text", "trigger", "mode", "actors"),
    [
        pytest.param(
            "قال الأهالي إن المحتجين قطعوا جسري الوحدة والصداقة طوال النهار",
            "قطعوا",
            "obstruct",
            ["المحتجين"],
            id="two bridges",
        ),
        pytest.param(
            "رجال الدرك اقتحموا الدار وفتشوا غرفته ساعة كاملة", "فتشوا", "raid", ["رجال الدرك"], id="his room"
        ),
        pytest.param(
            "وصلت إلى المخيم قافلة محملة بالبطانيات", "وصلت", "advance", ["قافلة محملة"], id="behind where to"
        ),
        pytest.param(
            "والمرفأ متوقف منذ سيطرت القوات البحرية على المعبر",
            "سيطرت",
            "seize-territory",
            ["القوات البحرية"],
            id="since with a verb",
        ),
        pytest.param(
            "اعترض الجيش طائرة مسيرة أطلقتها الجماعة نحو نجران",
            "أطلقتها",
            "drone-strike",
            ["الجماعة"],
            id="an antecedent that is no march",
        ),
        pytest.param(
            "طالبت القرى برفع الحصار الذي تفرضه الفصائل على كفريا",
            "تفرضه",
            "besiege",
            ["الفصائل"],
            id="who imposes the siege to be lifted",
        ),
    ],
)
def test_fixed_words(extractor: Extractor, text: str, trigger: str, mode: str, actors: list[str]) -> None:
    found = [r for r in events(extractor, text, trigger) if r.mode == mode]
    assert found
    assert [a.text for a in found[0].actors] == actors


def test_since_stays_a_preposition(extractor: Extractor) -> None:
    assert not events(extractor, "لم يهدأ الحي منذ ساعات الفجر", "منذ")

"""Those who fall dead and wounded, and whom a deed befell that names who did it, are the targets."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


def _parts(extractor: Extractor, text: str, trigger: str) -> tuple[list[str], list[str]]:
    records = list(extractor(Article(id="1", text=text, published="2014-03-02")))
    found = next(r for r in records if r.trigger.text == trigger)
    return [a.text for a in found.actors], [a.text for a in found.targets]


@pytest.mark.parametrize(
    ("text", "trigger", "target"),
    [
        ("سقط ثلاثون بحارا بين قتيل وجريح قرب الميناء", "قتيل", "ثلاثون بحارا"),
        ("سقط ثلاثون بحارا بين قتيل وجريح قرب الميناء", "جريح", "ثلاثون بحارا"),
        ("وسقط خمسة من المتظاهرين قتلى برصاص الشرطة", "قتلى", "خمسة من المتظاهرين"),
        ("سقط قتلى بين العمال في قصف على المصنع", "قتلى", "العمال"),
    ],
)
def test_what_became_of_those_who_fell(extractor: Extractor, text: str, trigger: str, target: str) -> None:
    assert _parts(extractor, text, trigger)[1] == [target]


def test_befallen_by_a_named_doer(extractor: Extractor) -> None:
    parts = _parts(extractor, "تعرضت القافلة العسكرية لقصف المتمردين عند الجسر", "قصف")
    assert parts == (["المتمردين"], ["القافلة العسكرية"])


def test_a_definite_fixed_word_behind_a_plural(extractor: Extractor) -> None:
    assert _parts(extractor, "أغلق مستوطنون الطريق السريع بالإطارات", "أغلق")[0] == ["مستوطنون"]

"""Words near a trigger: the sacred word that ends a name silences none; what was agreed may stand before its verb."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


def actors(extractor: Extractor, text: str, trigger: str) -> list[list[str]]:
    """The actors of the records of ``text`` whose trigger holds ``trigger``."""
    records = extractor(Article(id="neighbours", text=text))
    return [[a.text for a in r.actors] for r in records if trigger in r.trigger.text]


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        pytest.param(
            "دعا حزب الله أنصاره إلى التظاهر في النبطية", "دعا", [["حزب الله"]], id="the name of a party"
        ),
        pytest.param("دعا الداعية الله أن يحفظ البلاد", "دعا", [], id="a prayer"),
        pytest.param(
            "انسحبت الكتيبة في إطار تفاهم توصل إليه الجانبان برعاية نرويجية",
            "توصل",
            [["الجانبان"]],
            id="what was reached stands before",
        ),
        pytest.param("وقع البلدان معاهدة لتقاسم مياه النهر", "وقع", [["البلدان"]], id="the two countries"),
    ],
)
def test_neighbours(extractor: Extractor, text: str, trigger: str, wanted: list[list[str]]) -> None:
    assert actors(extractor, text, trigger) == wanted

"""Fights without arms, blows against ideas, lessons in war; and the same words of real force."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


def _types(extractor: Extractor, text: str) -> set[str]:
    return {r.type for r in extractor(Article(id="1", text=text, published="2006-10-02"))}


@pytest.mark.parametrize(
    ("figure", "force"),
    [
        pytest.param(
            "استعادت الأم طفلها بعد معركة في المحاكم دامت عاما",
            "استعادت الكتيبة التل بعد معركة في الوادي دامت عاما",
            id="where it is fought",
        ),
        pytest.param(
            "جرت تصرفات الوزير البلاد إلى مواجهات دولية",
            "جرت تصرفات الوزير البلاد إلى مواجهات دامية",
            id="an adjective",
        ),
        pytest.param(
            "اتهم الحزب خصومه بضرب القطاع المصرفي في البلاد",
            "اتهم الحزب خصومه بضرب القرى الجبلية في البلاد",
            id="two words that no weapon hits",
        ),
        pytest.param(
            "يتلقى الحراس دروسا في فنون القتال",
            "يتلقى الحراس العلاج بعد أيام من القتال",
            id="what people learn",
        ),
        pytest.param(
            "تسبب تحطم طائرة شراعية في تدمير كوخين",
            "تسبب قصف طائرة حربية في تدمير كوخين",
            id="a wreck destroys",
        ),
    ],
)
def test_a_figure_of_speech_is_no_assault(extractor: Extractor, figure: str, force: str) -> None:
    assert "ASSAULT" not in _types(extractor, figure)
    assert "ASSAULT" in _types(extractor, force)


def test_a_paper_attacks_in_words(extractor: Extractor) -> None:
    types = _types(extractor, "وهاجمت مجلة لبنانية بشدة أداء وزارة الصحة")
    assert types == {"ACCUSE"}

"""What is said in general, in a list of keywords or with words alone tells no event; the same words of a case do."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


def _modes(extractor: Extractor, text: str) -> list[str]:
    return [r.mode for r in extractor(Article(id="1", text=text, published="2021-05-04"))]


@pytest.mark.parametrize(
    ("general", "case", "mode"),
    [
        pytest.param(
            "وغالبا ما تقصف المدفعية القرى الحدودية.",
            "وقصفت المدفعية القرى الحدودية.",
            "shelling",
            id="a habit",
        ),
        pytest.param(
            "وأي دولة تهاجم السفن تعزل نفسها.",
            "والكتائب تهاجم السفن منذ أمس.",
            "attack",
            id="whoever does it",
        ),
        pytest.param(
            "ويقتل عشرات الحراس سنويا في الغابة.",
            "وقتل عشرات الحراس أمس في الغابة.",
            "kill",
            id="a yearly figure",
        ),
        pytest.param(
            "معركة كارلوس منديز ضد آنا سواريس مستمرة.",
            "معركة الجيش ضد الكتائب مستمرة.",
            "clash",
            id="a contest of words",
        ),
        pytest.param(
            "وتعرض مشروع القانون لهجوم من النقابات.",
            "وتعرض مخفر الشرطة لهجوم من المسلحين.",
            "attack",
            id="a text",
        ),
        pytest.param(
            "واعترف أقارب قاتل الصراف بإخفائه.",
            "الشاب الذي قاتل مع الكتائب في سيناء.",
            "clash",
            id="a killer",
        ),
        pytest.param(
            "وتقع بلدة الشعاب تحت سيطرة الفصائل.",
            "ووقعت بلدة الشعاب تحت سيطرة الفصائل أمس.",
            "seize-territory",
            id="where it lies",
        ),
        pytest.param(
            "ويسيطر المتمردون على شمال البلاد.",
            "وسيطر المتمردون على شمال البلاد.",
            "seize-territory",
            id="who holds it",
        ),
    ],
)
def test_general(extractor: Extractor, general: str, case: str, mode: str) -> None:
    """The sentence that speaks in general is silent, the one that tells a case is not."""
    assert mode not in _modes(extractor, general)
    assert mode in _modes(extractor, case)


def test_tags(extractor: Extractor) -> None:
    """A list of keywords behind the article is no sentence; «سمات» within one is an ordinary word."""
    told = "وصل الوفد إلى الميناء صباحا. "
    assert "bombing" not in _modes(extractor, told + "سمات تفجير الميناء الوفد")
    assert "bombing" in _modes(extractor, told + "ومن سمات الهجوم تفجير ثلاث سيارات في الميناء.")

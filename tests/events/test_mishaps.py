"""Mishaps in their clause, in another clause and in another sentence; what arms have done stays beside them."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor

_HARM = {"kill", "injure", "bombing"}


def _modes(extractor: Extractor, text: str) -> set[str]:
    return _HARM & {r.mode for r in extractor(Article(id="1", text=text, published="2007-03-12"))}


@pytest.mark.parametrize(
    ("mishap", "attack"),
    [
        pytest.param(
            "لقي ستة رعاة حتفهم عندما سقطت بهم طائرة صغيرة في إقليم تشاد",
            "لقي ستة رعاة حتفهم عندما سقطت بهم طائرة صغيرة أصابها صاروخ في إقليم تشاد",
            id="what fell stands behind the verb",
        ),
        pytest.param(
            "قتل تسعة عمال في انفجار داخل منجم للنحاس في زامبيا",
            "قتل تسعة عمال في انفجار أمام منجم للنحاس في زامبيا",
            id="a blast within or beside",
        ),
        pytest.param(
            "انقلبت شاحنة على جسر في ميندوزا. وجرح أحد عشر شخصا.",
            "هاجم لصوص شاحنة على جسر في ميندوزا. وجرح أحد عشر شخصا.",
            id="the sentence before",
        ),
        pytest.param(
            "جرح أحد عشر شخصا مساء السبت. ووقع الحادث حين انقلبت شاحنة.",
            "جرح أحد عشر شخصا مساء السبت. ووقع الحادث حين انفجرت قنبلة.",
            id="the sentence behind",
        ),
        pytest.param(
            "أصيب نائب الرئيس بجلطة بعد هجوم المسلحين على البرلمان",
            "أصيب نائب الرئيس بشظية بعد هجوم المسلحين على البرلمان",
            id="an illness beside arms",
        ),
        pytest.param(
            "قالت قوات الاحتلال إن جنديين لقيا حتفهما في حريق بمعسكر",
            "قالت قوات الاحتلال إن جنديين لقيا حتفهما في حريق أضرمه مجهولون بمعسكر",
            id="arms in the clause that tells it",
        ),
        pytest.param(
            "لقي ثلاثة بنائين حتفهم في انهيار جسر قديم، فيما أحرق محتجون سيارات",
            "قصفت دبابات جسرا قديما، ولقي ثلاثة بنائين حتفهم في انهيار الجسر",
            id="new to the text",
        ),
    ],
)
def test_a_mishap_is_no_attack(extractor: Extractor, mishap: str, attack: str) -> None:
    assert not _modes(extractor, mishap)
    assert _modes(extractor, attack)


def test_ailments_stay_in_their_sentence(extractor: Extractor) -> None:
    text = "يعاني الإقليم من عدوى غامضة. وقتل أمس سبعة من سكانه."
    assert _modes(extractor, text) == {"kill"}

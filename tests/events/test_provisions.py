"""What laws, tools, treaties and advice speak of: no event, and the case beside it."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


def _modes(extractor: Extractor, text: str) -> list[str]:
    return [r.mode for r in extractor(Article(id="1", text=text, published="2021-05-04"))]


@pytest.mark.parametrize(
    ("spoken", "case", "mode"),
    [
        pytest.param(
            "يجيز القانون اعتقال المشتبه فيهم من دون إذن",
            "أعلن رجال الأمن اعتقال المشتبه فيهم في طنجة",
            "arrest",
            id="a law allows it",
        ),
        pytest.param(
            "دول الاتحاد ملزمة بترحيل المطلوبين خلال شهر",
            "بدأت دول الاتحاد بترحيل المطلوبين خلال شهر",
            "deport",
            id="bound to do it",
        ),
        pytest.param(
            "عثر الجنود على أجهزة تفجير في القبو",
            "سمع الجنود دوي تفجير في القبو",
            "bombing",
            id="what a tool is for",
        ),
        pytest.param(
            "يبحث الوزيران أزمة الحدود والهجمات الإرهابية",
            "أوقع الانتحاريون عشرة قتلى والهجمات الإرهابية متواصلة في كابول",
            "attack",
            id="a topic of talks",
        ),
        pytest.param(
            "تنتهي مدة اتفاق جنيف بعد عشر سنوات",
            "تنتهي بعد أيام مدة اتفاق فرنسا وإيطاليا",
            "agree",
            id="a treaty named after a city",
        ),
        pytest.param(
            "كرم المحافظ جرحى الثورة في حفل كبير",
            "خلف القصف خمسة جرحى في حي كبير",
            "injure",
            id="wounded people",
        ),
        pytest.param(
            "أتمنى أن يزور وزير الصحة مدينة البيضاء",
            "يعتزم وزير الصحة أن يزور مدينة البيضاء",
            "visit",
            id="a wish",
        ),
    ],
)
def test_provided_for(extractor: Extractor, spoken: str, case: str, mode: str) -> None:
    assert mode not in _modes(extractor, spoken)
    assert mode in _modes(extractor, case)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("تقدم الفرقة مجموعة من الرقصات في ختام المهرجان", id="she offers"),
        pytest.param("دعا الأمير سعود بن فهد المولى أن يحفظ البلاد", id="a prayer inside a name"),
        pytest.param("مارس الوزير سياسة بغرض الضغط على المصارف", id="an end is no object"),
    ],
)
def test_another_sense(extractor: Extractor, text: str) -> None:
    assert _modes(extractor, text) == []


def test_things_and_armed_people_are_counted(extractor: Extractor) -> None:
    assert "arrest" not in _modes(extractor, "أسفرت الحملة عن ضبط عدد من الأجهزة في سوسة")
    assert "flee" in _modes(extractor, "قام العشرات من ميليشيا الحشد بالفرار من المعسكر")

"""Where a noun phrase ends: a definite word that does not agree is somebody else, and a stretch of time is nobody."""

from __future__ import annotations

import pytest

from pipeline.extraction import Extractor, load_extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        # A feminine body and a masculine noun behind it.
        ("أوقفت الشرطة المشتبه به بعد ساعتين.", "الشرطة", "المشتبه به"),
        ("سجنت السلطات الصحفي سنتين.", "السلطات", "الصحفي"),
        ("اعتقلت الشرطة التونسية المتهم في صفاقس.", "الشرطة التونسية", "المتهم"),
        # A man and a feminine noun behind him.
        ("اتهم الرئيس المعارضة بالتحريض على العنف.", "الرئيس", "المعارضة"),
        ("اتهم الرئيس المالي المعارضة بالتحريض.", "الرئيس المالي", "المعارضة"),
        # What agrees, and plurals of people in ة, stays one phrase.
        ("هاجمت القوات الحكومية المسلحين.", "القوات الحكومية", "المسلحين"),
        ("هنأ الوزير القادة العسكريين بالنصر.", "الوزير", "القادة العسكريين"),
        # Two, behind a dual.
        ("قتلت الشرطة مهربين اثنين قرب الحدود.", "الشرطة", "مهربين اثنين"),
        # How long is nobody.
        ("احتجز المسلحون الرهينة ثلاثة أيام.", "المسلحون", "الرهينة"),
    ],
)
def test_who_and_whom(text: str, actor: str, target: str, extractor: Extractor) -> None:
    records = extractor.extract(text)
    assert (actor, target) in [(r.actor, r.target) for r in records]

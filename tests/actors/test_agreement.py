"""Gender, number and humanness of heads, for agreement."""

from __future__ import annotations

import pytest

from pipeline.resolve.actor import HeadFeatures, head_features


@pytest.mark.parametrize(
    ("mention", "gender", "number", "human"),
    [
        ("قوات المعارضة", "f", "p", None),
        ("القوات", "f", "p", None),
        ("فصائل معارضة", "m", "p", None),
        ("مسلحون مجهولون", "m", "p", True),
        ("المسلحين", "m", "p", True),
        ("مقاتليها", "m", "p", True),
        ("الحركة", "f", "s", False),
        ("حركة حماس", "f", "s", False),
        ("حماس", "f", "s", False),
        ("حزب الله", "m", "s", False),
        ("الجيش السوري", "m", "s", False),
        ("قوات الدعم السريع", "f", "p", None),
        ("الحوثيون", "m", "p", True),
        ("جندي", "m", "s", True),
        ("جنديان إسرائيليان", "m", "d", True),
        ("جنديين", "m", "d", True),
        ("ناشطة", "f", "s", True),
        ("ناشطات", "f", "p", True),
        ("امرأة", "f", "s", True),
        ("نساء", "f", "p", True),
        ("وزيرة الخارجية", "f", "s", True),
        ("12 مدنيا", "m", "p", True),
        ("أحد الجنود", "m", "s", True),
        ("عشرات القتلى", "m", "p", True),
        ("الشرطة", "f", "s", False),
        ("محكمة", "f", "s", False),
        ("محاكم", "f", "p", False),
        ("فرنسا", "f", "s", False),
        ("لبنان", "m", "s", False),
        ("الأكراد", "m", "p", True),
        ("السوريون", "m", "p", True),
        ("فلسطينيات", "f", "p", True),
        ("بشار الأسد", "m", "s", True),
        ("أنغيلا ميركل", "f", "s", True),
        ("كتيبتان", "f", "d", False),
        ("عبوة", "f", "s", None),
        ("سيارات", "f", "p", None),
        ("هجوم", None, None, None),
        ("", None, None, None),
    ],
)
def test_features(mention: str, gender: str | None, number: str | None, human: bool | None) -> None:
    assert head_features(mention) == HeadFeatures(gender, number, human)  # type: ignore[arg-type]

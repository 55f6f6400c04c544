"""Doers of event nouns that stand far from the verb that names them."""

from __future__ import annotations

import pytest

from pipeline import extract


def _actors(text: str, trigger: str) -> list[str]:
    for record in extract(text, published="2021-05-04"):
        if record.trigger.text == trigger:
            return [a.text for a in record.actors]
    raise AssertionError(f"no record of {trigger!r} in {text!r}")


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("وأضاف أن رجال القبائل قاموا بدور كبير في استعادة القرى من المتمردين.", "استعادة", ["رجال القبائل"]),
        ("كان المتمردون يستخدمون التلال في إطلاق صواريخ على البلدة.", "إطلاق", ["المتمردون"]),
        ("إن الشرطة بدأت حملة أمنية تستهدف جماعات متشددة في أحياء نواكشوط.", "حملة", ["الشرطة"]),
        ("سيبدأ مقاتلو العشائر معركة تحرير بلدة القائم غدا.", "تحرير", ["مقاتلو العشائر"]),
        ("أعلن الجيش تنفيذ عملية في الجبال وضبط أسلحة وعبوات.", "ضبط", ["الجيش"]),
        ("قررت الحكومة فرض حظر التجول في بنغازي.", "حظر", ["الحكومة"]),
        ("قصف المسلحون سوقا في الحي مما تسبب في سقوط خمسة قتلى.", "قتلى", ["المسلحون"]),
        ("هاجم المتمردون ثكنة في كسلا، وسقط في الهجوم جرحى.", "جرحى", ["المتمردون"]),
    ],
)
def test_the_doer_stands_far_from_the_noun(text: str, trigger: str, actors: list[str]) -> None:
    assert _actors(text, trigger) == actors


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("ناقش الوزير تحرير الرهائن مع السفير في صنعاء.", "تحرير"),
        ("شهدت القوات الدولية قصف البلدة في جنوب لبنان.", "قصف"),
        ("تحدث الوزير في بيان نشرته الشرطة عن الحادث، معربا عن أمله في إلقاء القبض على الخاطفين.", "إلقاء"),
    ],
)
def test_who_only_sees_or_speaks_does_nothing(text: str, trigger: str) -> None:
    assert _actors(text, trigger) == []

"""Masdars joined to another, or behind nouns for ending a deed: who does them."""

from __future__ import annotations

import pytest

from pipeline import extract

DOERS = [
    ("انتقد العمدة استهداف كتيبة الرمال للمزارع وخطف رعاة من الواحة", "خطف", ["كتيبة الرمال"]),
    ("نزح الرعاة بسبب سيطرة كتيبة الرمال على الطرق الجبلية وإحراق خيامهم", "إحراق", ["كتيبة الرمال"]),
    ("نفدت الأدوية بعد قطع المتمردين الجسر الشرقي ومحاصرة بلدة زوارة", "محاصرة", ["المتمردين"]),
    ("تعهدت كتيبة الرمال بالكف عن محاصرة بلدة زوارة", "محاصرة", ["كتيبة الرمال"]),
    ("ناشد شيخ القبيلة المتمردين وقف قصف الواحة", "قصف", ["المتمردين"]),
    ("شدد رئيس البعثة على أهمية المضي قدما لتحرير الرهائن", "تحرير", []),
    ("نجح حرس الواحة في كسر الحصار المفروض على بلدة زوارة", "كسر", ["حرس الواحة"]),
    ("رحب عمدة الواحة باعتقال الجناة وخطف أحدهم", "خطف", []),
]


@pytest.mark.parametrize(("text", "word", "actors"), DOERS, ids=[t for t, _, _ in DOERS])
def test_doers(text: str, word: str, actors: list[str]) -> None:
    found = [e for e in extract(text, published="2019-03-04") if word in e.trigger.text]
    assert [[a.text for a in e.actors] for e in found] == [actors]

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
        ("قمعت قوات الأمن مسيرة سلمية في نابلس.", "مسيرة"),
        ("تحدث الوزير في بيان نشرته الشرطة عن الحادث، معربا عن أمله في إلقاء القبض على الخاطفين.", "إلقاء"),
    ],
)
def test_who_only_sees_or_speaks_does_nothing(text: str, trigger: str) -> None:
    assert _actors(text, trigger) == []


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("قتل جندي في انفجار عبوة زرعها متشددون قرب كيدال.", "انفجار", ["متشددون"]),
        ("وصلت الوزيرة النرويجية إلى الخرطوم في زيارة قصيرة.", "زيارة", ["الوزيرة النرويجية"]),
        ("نظم محامون وقفة أمام المحكمة تنديدا بسجن زميلهم.", "تنديدا", ["محامون"]),
        ("إن ملثمين يستقلون سيارة بيضاء أطلقوا النار على القنصل.", "أطلقوا", ["ملثمين"]),
        ("أعدمت السلطات ثلاثة مدانين بقتل سائح في مراكش.", "قتل", ["ثلاثة مدانين"]),
        ("لقي أربعة عمال مصرعهم وأصيب ستة في هجوم شنه متمردون.", "لقي", ["متمردون"]),
    ],
)
def test_the_doer_is_named_by_another_clause(text: str, trigger: str, actors: list[str]) -> None:
    assert _actors(text, trigger) == actors


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        ("اعتقلت قوات الاحتلال الشبان الفلسطينيين.", "قوات الاحتلال", "الشبان الفلسطينيين"),
        ("منعت سلطات المطار اللاجئين من دخول البلاد.", "سلطات المطار", "اللاجئين"),
        ("دعا الوزير المتمردين إلى الحوار.", "الوزير", "المتمردين"),
        ("أسقط الدفاع الجوي طائرة استطلاع فوق المطار.", "الدفاع الجوي", "طائرة استطلاع"),
    ],
)
def test_people_behind_a_definite_phrase_are_another_phrase(text: str, actor: str, target: str) -> None:
    record = extract(text, published="2021-05-04")[0]
    assert ([a.text for a in record.actors], [t.text for t in record.targets]) == ([actor], [target])

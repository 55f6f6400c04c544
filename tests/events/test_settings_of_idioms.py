"""Idioms that hold only amid words of violence or protest, and fixed words that stand far, before or glued."""

from __future__ import annotations

import pytest

from pipeline import extract


def _modes(text: str) -> list[tuple[str, str]]:
    return [(r.trigger.text, r.mode or "") for r in extract(text, published="2020-06-01")]


@pytest.mark.parametrize(
    ("text", "trigger", "mode"),
    [
        ("أصيبت الممرضة بشظايا في الرأس ولفظت أنفاسها في الطريق إلى المستشفى", "لفظت", "kill"),
        ("احتشد سكان أسوان أمام الديوان رافعين لافتات ضد الغلاء", "احتشد", "demonstrate"),
        ("ثلاث قذائف هاون سقطت على ثكنة في كسلا", "سقطت", "shelling"),
        ("انهال الحراس بالعصي على نزيل في سجن عدن", "انهال", "beat"),
        ("صوب ملثم مسدسه نحو موظفة في مصرف بطنجة", "صوب", "shooting"),
        ("نددت اللجنة بتغييب مئات الصيادين والرعاة قسرا في كويتا", "تغييب", "abduct"),
    ],
)
def test_holds(text: str, trigger: str, mode: str) -> None:
    assert (trigger, mode) in _modes(text)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("لفظ المخرج أنفاسه في بيته بين أولاده", "kill"),
        ("احتشد سكان أسوان أمام معبد فيلة لمشاهدة الكسوف", "demonstrate"),
        ("أتت السيول على حقول القمح في الجزيرة", "destroy"),
    ],
)
def test_silent(text: str, mode: str) -> None:
    assert mode not in [m for _, m in _modes(text)]


def test_kin_is_no_genitive() -> None:
    (record,) = [
        r for r in extract("قتل رجل زوجته في مدينة سطيف", published="2020-06-01") if r.mode == "kill"
    ]
    assert [a.text for a in record.actors] == ["رجل"]
    assert [t.text for t in record.targets] == ["زوجته"]

"""What stands before a verb of force without an object was struck, where it is a thing that strikes nobody."""

from __future__ import annotations

import pytest

from pipeline import extract
from pipeline.records import EventRecord


def _struck(text: str) -> list[EventRecord]:
    return [r for r in extract(text, published="2015-07-20") if r.type == "ASSAULT" and r.targets]


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("قال قرويون إن أكواخهم أحرقت في الليلة الأولى من الهجوم", "أكواخ"),
        ("وأكد حارس المقبرة أن أربع حافلات دمرت بالكامل", "حافلات"),
        ("وذكر معلمون أن مدرستين للبنات نسفت قبل الفجر", "مدرستين"),
    ],
)
def test_things_undergo_the_verb_behind_them(text: str, struck: str) -> None:
    found = [r for r in _struck(text) if any(struck in t.text for t in r.targets)]
    assert found
    assert not found[0].actors


def test_arms_do_not() -> None:
    assert not _struck("قال قرويون إن المدافع قصفت طوال الليل")


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("وقال الراعي في شهادته عذبونا أسبوعا في مستودع قرب الميناء", "torture"),
        ("قالت الممرضة خطفوني من سيارة الإسعاف", "abduct"),
        ("وصلت إلى بونتلاند السفينة التي خطف بحارتها قبل شهر", "abduct"),
    ],
)
def test_whom_it_befell_is_told_by_a_pronoun(text: str, mode: str) -> None:
    assert mode in [r.mode for r in extract(text, published="2015-07-20")]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("أوقف ملثمون الحافلة ثم أنزلوا سائقها وقتلوه قرب الجسر", "قتلوه"),
        ("الهجمات التي قتل فيها منذ مطلع الشهر نحو ثلاثين شرطيا", "قتل"),
        ("تجمهر طلاب الطب في بلغراد وهتفوا ضد الوزير", "هتفوا"),
    ],
)
def test_second_deeds_and_deeds_inside(text: str, trigger: str) -> None:
    assert any(trigger in r.trigger.text for r in extract(text, published="2015-07-20"))


def test_a_protest_broken_up_is_an_event_beside() -> None:
    found = {r.mode: r for r in extract("فضت الشرطة اعتصام المعلمين أمام البرلمان", published="2015-07-20")}
    assert [a.text for a in found["demonstrate"].actors] == ["المعلمين"]
    assert "restrict" in found

"""A definite event noun alone: what is known to have happened, or a kind of happening."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


def modes(extractor: Extractor, text: str) -> set[str]:
    return {r.mode for r in extractor(Article(id="bare", text=text))}


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("وقال صاحب المخبز إن التفجير هز المباني المجاورة.", "bombing"),
        ("وبقيت المتاجر مغلقة طوال أيام الإضراب.", "strike-work"),
        ("وفقدت العائلة ابنها الأكبر في الاشتباكات.", "clash"),
        ("وتحولت التظاهرات السلمية إلى أعمال عنف في الليل.", "demonstrate"),
    ],
)
def test_known_happenings(extractor: Extractor, text: str, mode: str) -> None:
    assert mode in modes(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        "تنشر الصحيفة خريطة المعارك كل صباح.",
        "ويعيش هؤلاء على العنف والتفجيرات.",
        "ويدرس الطلاب القتل والتعذيب في الأدب القديم.",
    ],
)
def test_kinds_of_happenings(extractor: Extractor, text: str) -> None:
    assert not modes(extractor, text)


def test_protesters_tell_of_a_protest(extractor: Extractor) -> None:
    found = extractor(Article(id="implied", text="وطالب عشرات المتظاهرين بعزل مدير الميناء."))
    assert [r.actor for r in found if r.type == "PROTEST"] == ["عشرات المتظاهرين"]


def test_a_told_protest_is_not_told_again(extractor: Extractor) -> None:
    text = "تظاهر المئات في مرسيليا. وأصيب متظاهر بحجر في رأسه."
    assert [r.trigger.text for r in extractor(Article(id="told", text=text)) if r.type == "PROTEST"] == [
        "تظاهر"
    ]


@pytest.mark.parametrize(
    "text",
    ["أسفر الحادث عن قتل وجرح ستة حراس.", "اتهم التنظيم بخطف وتعذيب ستة حراس."],
)
def test_two_masdars_share_what_they_govern(extractor: Extractor, text: str) -> None:
    found = [r.targets for r in extractor(Article(id="twin", text=text)) if r.type == "ASSAULT"]
    assert [[t.text for t in targets] for targets in found] == [["ستة حراس"], ["ستة حراس"]]


def test_bombs_in_a_sermon(extractor: Extractor) -> None:
    text = "وسأل الشيخ الله أن يرحم ضحايا التفجير ودعا المصلين إلى الصبر والتقوى."
    assert "bombing" in modes(extractor, text)

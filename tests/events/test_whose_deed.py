"""Whose deed it is where somebody else stands nearer: who tells of support, tools, relative clauses, flanks, stages."""

from __future__ import annotations

import pytest

from pipeline import extract


def actors(text: str, trigger: str) -> list[str]:
    """The actors of the records whose trigger has the word."""
    found = [r for r in extract(text, published="2019-05-20") if trigger in r.trigger.text]
    assert found, f"no record at {trigger}"
    return [actor.text for actor in found[0].actors]


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        ("أكدت الوزيرة في ختام زيارتها دعم الاتحاد الأفريقي لحكومة مقديشو", "أكدت", ["الاتحاد الأفريقي"]),
        ("أكدت الوزيرة في ختام زيارتها دعم بلادها لحكومة مقديشو", "أكدت", ["الوزيرة"]),
        ("ترى الشرطة أن جماعة متشددة وراء الهجوم على الفندق", "الهجوم", ["جماعة متشددة"]),
        ("قال المدعي إن خلية صغيرة كانت وراء اغتيال القاضي", "اغتيال", ["خلية صغيرة"]),
        ("جرح تسعة جنود إثر تفجير خمسة مسلحين لشاحنة مفخخة أمام البوابة", "تفجير", ["خمسة مسلحين"]),
        ("سقط قتلى بعد تفجير عناصر من الخلية لأنفسهم داخل السوق", "تفجير", ["عناصر من الخلية"]),
        ("أعقب اقتحام الثكنة بواسطة شاحنتين مفخختين إطلاق نار كثيف", "اقتحام", []),
        (
            "مع بدء الفرقة السابعة المرحلة الأولى من عملية اقتحام القلعة نزح مئات السكان",
            "اقتحام",
            ["الفرقة السابعة"],
        ),
        (
            "تشارك النرويج في التحالف الدولي لدعم الاستقرار في العراق، والذي شن غارات على المتشددين",
            "شن",
            ["التحالف الدولي"],
        ),
        (
            "اندلعت اشتباكات بين الفرقة الثانية من جهة، ومقاتلي الحركة، وعناصر قبلية من جهة أخرى",
            "اشتباكات",
            ["الفرقة الثانية", "مقاتلي الحركة", "عناصر قبلية"],
        ),
        (
            "استقبل وزير الصحة المشرف العام على مركز سالم بن راشد للأبحاث الطبية الدكتور فهد العمري في مكتبه "
            "بالرياض السفير الياباني",
            "استقبل",
            ["وزير الصحة المشرف العام على مركز سالم بن راشد للأبحاث الطبية الدكتور فهد العمري"],
        ),
        (
            "ذكرت الشرطة أن عصابة مسلحة استولت على باخرة بينما كانت راسية قبالة الميناء وسلبت حمولتها",
            "سلبت",
            ["عصابة مسلحة"],
        ),
    ],
)
def test_the_doer_is_not_who_stands_nearest(text: str, trigger: str, wanted: list[str]) -> None:
    """The doer is found past those who only tell of the deed, and tools are nobody."""
    assert actors(text, trigger) == wanted


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ويجوز لرئيس اللجنة أن يطلب من الشهود تقديم ما لديهم من وثائق", "يطلب"),
        ("تطبق العقوبة على كل من يعتدي على المعلمين ويسفك دماءهم", "يسفك"),
        ("وقال إن استهداف المدارس والأسواق يتنافى مع كل القيم", "استهداف"),
    ],
)
def test_what_anybody_may_do_has_not_been_done(text: str, word: str) -> None:
    """Powers, whoever does it, and what such deeds are: nothing happened."""
    assert not [r for r in extract(text) if word in r.trigger.text]


def test_a_number_goes_on_in_digits() -> None:
    """«112 ألفا و686 مخالفا» is one number, and the fixed word behind it is seen."""
    found = extract("تمكنت شرطة المنطقة من ضبط نحو 112 ألفا و686 مخالفا لنظام الإقامة")
    assert [(r.mode, [t.text for t in r.targets]) for r in found] == [
        ("arrest", ["نحو 112 ألفا و686 مخالفا"])
    ]
    found = extract("نزح 12 ألفا و300 عائلة من المدينة")
    assert [[a.text for a in r.actors] for r in found] == [["12 ألفا و300 عائلة"]]

"""Doers that stand far from the deed or in another number: headlines, collectives, two phrases behind a masdar."""

from __future__ import annotations

import pytest

from pipeline import extract


@pytest.mark.parametrize(
    ("sentence", "trigger", "actors"),
    [
        ("الشرطة الكينية تداهم أحياء في نيروبي وتستهدف قادة صوماليين", "تستهدف", ["الشرطة الكينية"]),
        ("جيش الكونغو يحاصر غوما ويهاجم التنظيم", "يهاجم", ["جيش الكونغو"]),
        (
            "ستتواصل العمليات حتى رحيل تنظيم بوكو حرام عن القرى التي استولوا عليها.",
            "استولوا",
            ["تنظيم بوكو حرام"],
        ),
        ("جاء الحكم بعد اتهام النيابة الإسبانية سبعة مصرفيين بتهم الاحتيال.", "اتهام", ["النيابة الإسبانية"]),
        ("لم تستبعد صحف محلية وقوف حركة الشباب وراء الهجوم.", "الهجوم", ["حركة الشباب"]),
        ("استشهد حارسان على يد قناص.", "استشهد", ["قناص"]),
        (
            "إن المتمردين ومقاتلي القبيلة شنوا هجوما على مواقع الجيش، واندلعت اشتباكات بين الطرفين.",
            "اشتباكات",
            ["المتمردين", "مقاتلي القبيلة", "الجيش"],
        ),
        (
            "توترت العلاقات بين كينيا وأوغندا مطلع العام، ووقع البلدان اتفاقية للنقل.",
            "وقع",
            ["كينيا", "أوغندا"],
        ),
    ],
)
def test_far_doers(sentence: str, trigger: str, actors: list[str]) -> None:
    found = [r for r in extract(sentence) if trigger in r.trigger.text]
    assert [[a.text for a in r.actors] for r in found] == [actors]

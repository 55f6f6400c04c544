"""Who moves where the head of a phrase only measures, and what moves with those in it."""

from __future__ import annotations

import pytest

from pipeline import extract

MOVERS = [
    ("هجرت المعارك نحو مليون شخص، عبر نصفهم الحدود إلى رواندا.", "عبر", "displace", ["نصفهم"]),
    (
        "غادرت الدفعة الثانية من مقاتلي الجبهة مدينة كسلا أمس.",
        "غادرت",
        "withdraw",
        ["الدفعة الثانية من مقاتلي الجبهة"],
    ),
    ("وقال عمال إغاثة إن ست شاحنات بلغت مخيم كاكوما ليلا.", "بلغت", "advance", ["ست شاحنات"]),
    ("وصل وفد الجبهة إلى مدينة نيالا أمس.", "وصل", "visit", ["وفد الجبهة"]),
    ("وصل عدد من المسلحين إلى مدينة كسلا أمس.", "وصل", "advance", ["عدد من المسلحين"]),
]

NOBODY = [
    "وصلت الحافلات إلى المدرسة في موعدها صباح أمس.",
    "عاد بعضهم إلى سالف عهده بعد انتهاء الشهر.",
]


@pytest.mark.parametrize(("text", "trigger", "mode", "actors"), MOVERS)
def test_who_moves_is_told_by_what_it_consists_of(
    text: str, trigger: str, mode: str, actors: list[str]
) -> None:
    """A part, a batch or a convoy has the class of those in it."""
    found = [r for r in extract(text, published="2019-03-04") if r.trigger.text == trigger]
    assert [(r.mode, [a.text for a in r.actors]) for r in found] == [(mode, actors)]


@pytest.mark.parametrize("text", NOBODY)
def test_what_moves_every_day_is_no_news(text: str) -> None:
    """Buses without relief or fighters, and people who return to their ways, tell of no event."""
    assert extract(text, published="2019-03-04") == []

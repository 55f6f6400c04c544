"""Passives that papers mark with a vowel."""

from __future__ import annotations

import pytest

from pipeline import extract

SUFFERERS = [
    ("ولم تُقصف المدارس هذه المرة.", "shelling", ["المدارس"]),
    ("وقال المصدر إن القصف سيبدأ ما لم يُرحَّل سبعة قادة إلى الشمال.", "deport", ["سبعة قادة"]),
    ("مُنع الصحافيون من الوصول إلى المخيم أمس.", "restrict", ["الصحافيون"]),
    ("رُفضت المبادرة أمس.", "reject", ["المبادرة"]),
    ("وقال شهود إنه قد أُبعدت ناشطة إلى تونس.", "deport", ["ناشطة"]),
]


@pytest.mark.parametrize(("text", "mode", "targets"), SUFFERERS)
def test_the_vowel_tells_whom_it_befell(text: str, mode: str, targets: list[str]) -> None:
    """What stands behind a marked passive is done to, and nobody does it."""
    found = [r for r in extract(text, published="2019-03-04") if r.mode == mode]
    assert [([a.text for a in r.actors], [t.text for t in r.targets]) for r in found] == [([], targets)]


def test_a_damma_of_the_fourth_stem_is_active() -> None:
    """«يُرسل» is the active of أرسل unless a fatha says otherwise."""
    (record,) = [
        r for r in extract("يُرسل الجيش كتيبة إلى الحدود غدا.", published="2019-03-04") if r.mode == "deploy"
    ]
    assert [a.text for a in record.actors] == ["الجيش"]

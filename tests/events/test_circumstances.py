"""Participles that say what the subject does besides, and whose deed a pronoun makes of a masdar."""

from __future__ import annotations

import pytest

from pipeline import extract


@pytest.mark.parametrize(
    ("sentence", "trigger", "actor"),
    [
        (
            "زار رئيس الوزراء الأردني مدينة إربد برفقة خبراء قدموا من اليابان، مشيدا بما يقوم به المهندسون.",
            "مشيدا",
            "رئيس الوزراء الأردني",
        ),
        (
            "أكدت منظمة الهجرة أن الدراسة التي أعدها باحثون ستنفذ العام المقبل، داعية الحكومات إلى التعاون.",
            "داعية",
            "منظمة الهجرة",
        ),
        (
            "تفقد رئيس البلدية المخيم، مشيدا بالرعاية الدائمة للنازحين من قبل وزير الداخلية.",
            "مشيدا",
            "رئيس البلدية",
        ),
        (
            "أكدت النقابة دعم رئيس الجمهورية قيس سعيد ووزير الصحة علي مرابط، محذرة تونس من الإفلاس.",
            "محذرة",
            "النقابة",
        ),
        (
            "وبيّن المهندس سالم الحازمي أن المشروع اكتمل، مشيدا بجهود المقاولين.",
            "مشيدا",
            "المهندس سالم الحازمي",
        ),
        (
            "قال وزير النقل إن السائق الذي استوقفه حارس الجسر نجا، معربا عن إدانته للهجوم على الحافلة.",
            "إدانته",
            "وزير النقل",
        ),
    ],
)
def test_who_speaks_besides(sentence: str, trigger: str, actor: str) -> None:
    found = [r for r in extract(sentence) if r.trigger.text == trigger]
    assert [[a.text for a in r.actors] for r in found] == [[actor]]


@pytest.mark.parametrize(
    ("sentence", "trigger", "actor"),
    [
        ("وبعد انسحابها من بلدة سنجار، فجرت القوات جسرا.", "انسحابها", "القوات"),
        ("صادر الجيش سيارات كثيرة خلال محاصرته البلدة.", "محاصرته", "الجيش"),
        ("استولى المتمردون على شاحنات بعد دخولهم المدينة.", "دخولهم", "المتمردون"),
        (
            "حصل الجيش على عتاد كثير من مخازن الفيلق الرابع المرابط على الحدود مع الجار الغربي للبلاد منذ عام "
            "كامل، بعد دخوله مدينة سرت.",
            "دخوله",
            "الجيش",
        ),
    ],
)
def test_whose_deed(sentence: str, trigger: str, actor: str) -> None:
    found = [r for r in extract(sentence) if r.trigger.text == trigger]
    assert [[a.text for a in r.actors] for r in found] == [[actor]]

"""Constructions of agency reports: sides of clashes, figures behind «بـ», duals, what is shot down."""

from __future__ import annotations

import pytest

from pipeline import extract


def _record(text: str, trigger: str):
    found = [r for r in extract(text, published="2015-07-20") if trigger in r.trigger.text]
    assert found, text
    return found[0]


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        (
            "اندلعت مشادات ثم معارك في محيط الميناء وفي أحياء مجاورة له بين الدرك ومهربين.",
            "معارك",
            ["الدرك", "مهربين"],
        ),
        (
            "أكد ضابط أن الاشتباكات لا تزال مستمرة بين الدرك ومهربين قرب الحدود.",
            "الاشتباكات",
            ["الدرك", "مهربين"],
        ),
        (
            "طلب الاتحاد وقف الاشتباكات بين الدرك ومهربين وإقامة منطقة عازلة.",
            "الاشتباكات",
            ["الدرك", "مهربين"],
        ),
        ("جرت صدامات بين طلاب إيرانيين وأفغان في طهران.", "صدامات", ["طلاب إيرانيين", "أفغان"]),
        ("نشبت معارك بالأسلحة الخفيفة بين ألبان وصرب.", "معارك", ["ألبان", "صرب"]),
        (
            "وقعت اشتباكات بين رجال قبائل من محافظة مأرب والجيش اليمني.",
            "اشتباكات",
            ["رجال قبائل", "الجيش اليمني"],
        ),
        (
            "اندلع القتال بين ميليشيا أمير الحرب وحرس القصر في العاصمة.",
            "القتال",
            ["ميليشيا أمير الحرب", "حرس القصر"],
        ),
    ],
)
def test_both_sides_of_a_clash(text: str, trigger: str, actors: list[str]) -> None:
    assert [a.text for a in _record(text, trigger).actors] == actors


@pytest.mark.parametrize(
    ("text", "trigger", "targets"),
    [
        ("ألحق القصف أضرارا بـ 14 مبنى في البلدة.", "ألحق", ["14 مبنى"]),
        ("هاجم ملثمون ليل السبت مركزا للشرطة في المدينة.", "هاجم", ["مركزا"]),
        ("أعلن التنظيم إسقاط مروحية تابعة للجيش شمال البلاد.", "إسقاط", ["مروحية"]),
        ("نفذت الخلية عملية استهدفت حاجزا للدرك في المدينة.", "استهدفت", ["حاجزا"]),
        ("قال مصدر إن حارسين اثنين قتلا في الهجوم على المصرف.", "قتلا", ["حارسين اثنين"]),
        ("أطلق الدرك الرصاص في اتجاه المحتجين في الساحة.", "أطلق", ["المحتجين"]),
        ("قصفت طائرات إف 16 تركية معسكرات للمتمردين.", "قصفت", ["معسكرات للمتمردين"]),
        ("دمر المقاتلون دبابات واليات تابعة للجيش قرب الجسر.", "دمر", ["دبابات", "اليات"]),
    ],
)
def test_what_is_struck(text: str, trigger: str, targets: list[str]) -> None:
    found = [t.text for t in _record(text, trigger).targets]
    assert len(found) == len(targets)
    assert all(want in got for want, got in zip(targets, found, strict=True))


def test_mostly_from_is_no_doer() -> None:
    record = _record("أدى انفجار في الحافلة إلى مقتل ستة ركاب معظمهم من عمال المصنع.", "مقتل")
    assert record.actors == []

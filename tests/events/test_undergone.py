"""Whom a passive leaves unsaid, and whose kin speak of him."""

from __future__ import annotations

import pytest

from pipeline import extract

VICTIMS = [
    ("وصل الشرطي إلى مطار مالطا أمس. وكان قد خُطف قبل شهر.", "خُطف", ["الشرطي"]),
    ("أطلق قراصنة النار على البحار الكيني، فأصيب بجروح خطيرة.", "أصيب", ["البحار الكيني"]),
    ("قالت أسرة الصياد إنه اعتقل في ميناء بورتسودان.", "اعتقل", ["الصياد"]),
    ("عثر الأهالي على جثة الطبيب، وكان قد خطف قبل يومين.", "خطف", ["الطبيب"]),
    ("رمى ملثمون صاحب المقهى بالرصاص عند بابه ففارق الحياة في المستشفى.", "فارق", ["صاحب المقهى"]),
    ("يعمل المهندس في منظمة إغاثة. وقد احتجز خمسة أيام.", "احتجز", ["المهندس"]),
]

NOBODY = [
    ("عقدت اللجنة اجتماعا في الخرطوم. وكان قد قتل في الغارة خمسة صيادين.", "قتل", ["خمسة صيادين"]),
    ("شهدت المدينة هدوءا. ثم اعتقلت الشرطة مهربا.", "اعتقلت", ["مهربا"]),
]


@pytest.mark.parametrize(("text", "trigger", "victims"), [*VICTIMS, *NOBODY])
def test_the_passive_befell_who_was_told_of_before(text: str, trigger: str, victims: list[str]) -> None:
    """A passive without a subject goes back to a person; one that names whom it befell keeps him."""
    records = [r for r in extract(text, published="2019-03-04") if trigger in r.trigger.text]
    assert [t.text for r in records for t in r.targets] == victims


def test_no_one_befalls_himself() -> None:
    """Who did the deed before is not whom the passive behind it means."""
    records = extract("هاجم مسلحون دورية للدرك، فقتل رقيب وجرح ثان.", published="2019-03-04")
    assert all("مسلحون" not in t.text for r in records for t in r.targets)

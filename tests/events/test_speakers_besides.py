"""What somebody says besides what he does: participles behind a clause, houses that speak, what a visit is told of."""

from __future__ import annotations

import pytest

from pipeline import extract


def _record(text: str, trigger: str) -> tuple[list[str], str]:
    found = [r for r in extract(text, published="2015-07-20") if trigger in r.trigger.text]
    assert found, f"no record of {trigger}"
    return [a.text for a in found[0].actors], found[0].assertion


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("زار الموفد العاصمة أمس، وحث الجانبين على ضبط النفس.", "حث", "الموفد"),
        ("تحدث رئيس الحزب إلى أنصاره، ملوحا بالانسحاب من الحكومة.", "ملوحا", "رئيس الحزب"),
        ("وحذر المركز من تدهور أوضاع الأسرى.", "حذر", "المركز"),
        ("قتلت العصابة سائقا ثم طالبت ذوي الرهائن بفدية قدرها مليون دولار.", "طالبت", "العصابة"),
        ("وبموجب الاتفاق الذي وقعته الحكومة في مسقط، يفتح الطريق اليوم.", "وقعته", "الحكومة"),
        ("زار الوزير الكويتي بيروت أمس، التقى خلالها رئيس الجمهورية.", "التقى", "الوزير الكويتي"),
        ("رفضت التوقيع حركة العدل والمساواة.", "رفضت", "حركة العدل والمساواة"),
    ],
)
def test_who_speaks_or_meets(text: str, trigger: str, actor: str) -> None:
    assert _record(text, trigger)[0] == [actor]


def test_what_the_main_verb_denies_does_not_deny_the_participle() -> None:
    text = "ونفى الناطق باسم الجيش الأنباء، متهما وسائل إعلام بترويج الشائعات."
    assert _record(text, "متهما") == (["الناطق باسم الجيش"], "asserted")

"""Who killed those of whom the next clause tells, and clauses that stand between a verb and its object."""

from __future__ import annotations

import pytest

from pipeline import extract


def _record(text: str, trigger: str) -> tuple[list[str], list[str]]:
    """Actors and targets of the record with a trigger."""
    record = next(r for r in extract(text, published="2021-05-04") if r.trigger.text == trigger)
    return [a.text for a in record.actors], [t.text for t in record.targets]


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("أوقف مسلحون قطارا وفتحوا النار على ركابه، فسقط ستة قتلى.", "قتلى", "مسلحون"),
        ("أطلق الجنود الرصاص على المحتجين، ما أودى بحياة أربعة منهم.", "أودى", "الجنود"),
        ("فجر انتحاري حزامه الناسف وسط حشد، فقضى تسعة منهم في الحال.", "قضى", "انتحاري"),
    ],
)
def test_the_dead_of_the_next_clause(text: str, trigger: str, actor: str) -> None:
    assert _record(text, trigger)[0] == [actor]


def test_another_deed_is_not_the_cause() -> None:
    assert _record("التقى الوزير السفير، ولقي ثلاثة عمال مصرعهم في انفجار لغم.", "لقي")[0] == []


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "targets"),
    [
        # a clause about an open subject, with أن or without
        ("قتلت طائرة مسيرة يعتقد أنها إيرانية ستة جنود في مأرب.", "قتلت", ["طائرة مسيرة"], ["ستة جنود"]),
        ("خطف ملثمون يرتدون زيا عسكريا رئيس بلدية في الرمادي.", "خطف", ["ملثمون"], ["رئيس بلدية"]),
        ("استهدفت عبوة زرعها مجهولون حافلة للجيش في درعا.", "استهدفت", ["مجهولون"], ["حافلة للجيش"]),
        # the ending of the accusative: a verb follows, and no genitive
        ("قالت الإذاعة إن شابا ملثما طعن حارسا أمام البنك.", "طعن", ["شابا ملثما"], ["حارسا"]),
        ("وقال سكان إن محتجين غاضبين أحرقوا مكتب البريد.", "أحرقوا", ["محتجين غاضبين"], ["مكتب البريد"]),
        # both subjects of كان and its sisters
        ("لا يزال الجيش والمتمردون يتبادلون القصف في الضالع.", "القصف", ["الجيش", "المتمردون"], []),
        # where a phrase ends
        ("خطفت عصابة مسلحة تلاميذ من قرية في زمفارا.", "خطفت", ["عصابة مسلحة"], ["تلاميذ"]),
        ("رشق شبان دورية بالحجارة في نابلس.", "رشق", ["شبان"], ["دورية"]),
        ("صفع ضابط برتبة نقيب سائقا عند الحاجز.", "صفع", ["ضابط برتبة نقيب"], ["سائقا"]),
        ("اعتقل اثنان منهم في المطار.", "اعتقل", [], ["اثنان منهم"]),
    ],
)
def test_clauses_and_ends_of_phrases(text: str, trigger: str, actors: list[str], targets: list[str]) -> None:
    assert _record(text, trigger) == (actors, targets)


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("أوقفت السلطات بحارا بتهمة طعن زميله.", "طعن", ["بحارا"]),
        ("نجا القاضي من محاولة لاغتياله أمام داره.", "اغتياله", []),
        ("أضرب المعلمون احتجاجا على الاعتداء على زميلهم.", "الاعتداء", []),
        ("هاجم المتمردون القاعدة التي تحرسها قوات إثيوبية ثم انسحبوا إلى الجبال.", "انسحبوا", ["المتمردون"]),
        ("قالت مصادر في الجيش إنه قصف مخازن المسلحين.", "قصف", ["الجيش"]),
        ("أعلنت النقابة الإضراب عن العمل.", "الإضراب", ["النقابة"]),
    ],
)
def test_who_has_done_it_and_who_has_not(text: str, trigger: str, actor: list[str]) -> None:
    assert _record(text, trigger)[0] == actor


@pytest.mark.parametrize(
    "text",
    [
        "عرض النادي فيلم «معركة الحدود» لمخرج مغربي.",
        "اشترت البحرية زوارق قادرة على قصف أهداف بعيدة.",
        "دافعت المنظمة عن الحق في التظاهر.",
        "تراجعت الاعتداءات اللفظية في الملاعب.",
        "قتل الرعاة ذئبا قرب القرية.",
    ],
)
def test_deeds_as_such(text: str) -> None:
    assert [r for r in extract(text, published="2021-05-04") if r.type in ("ASSAULT", "PROTEST")] == []

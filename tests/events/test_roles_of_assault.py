"""Who did it and to whom, where arms, participles, counts or a place stand between a deed and its people."""

from __future__ import annotations

import pytest

from pipeline import extract

CASES = [
    # arms and what is said of them, then what they struck
    (
        "استهدفت عبوة ناسفة زرعها مهربون على حافة الطريق شاحنة للجمارك.",
        "استهدفت",
        ["مهربون"],
        ["شاحنة للجمارك"],
    ),
    ("استهدفت سيارة مفخخة كانت مركونة قرب الجسر دورية للحرس.", "استهدفت", [], ["دورية للحرس"]),
    ("استهدفت قنبلة يدوية الصنع ألقاها ملثمون موكب القاضي.", "استهدفت", ["ملثمون"], ["موكب القاضي"]),
    ("جرح شرطيان عندما انفجرت قنبلة زرعها متشددون قرب البئر.", "جرح", ["متشددون"], ["شرطيان"]),
    ("قتلت قذيفة ثلاثة أطفال في بلدة كسب.", "قتلت", [], ["ثلاثة أطفال"]),
    # what a deed led to
    (
        "قصفت طائرات الجيش سوقا للماشية، مخلفة عشرة قتلى.",
        "قتلى",
        ["طائرات الجيش"],
        ["عشرة قتلى"],
    ),
    ("هاجم متمردون قرية في بوروندي، مخلفين تسعة قتلى.", "قتلى", ["متمردون"], ["تسعة قتلى"]),
    # among whom they fell
    ("أوقعت القذائف قتلى بين الباعة.", "قتلى", [], ["الباعة"]),
    # counts
    ("خطفت مجموعة من المهربين اثنين من السياح.", "خطفت", ["مجموعة من المهربين"], ["اثنين من السياح"]),
    ("قتلت الميليشيا إحدى وأربعين امرأة.", "قتلت", ["الميليشيا"], ["إحدى وأربعين امرأة"]),
]

SIDES = [
    (
        "اندلع القتال على أطراف الواحة بين القوات الحكومية ومسلحي الحركة.",
        ["القوات الحكومية", "مسلحي الحركة"],
    ),
    (
        "احتدم القتال بين الجيش الوطني المسنود بالعشائر ومقاتلي الحركة.",
        ["الجيش الوطني المسنود", "مقاتلي الحركة"],
    ),
    (
        "اندلع القتال بين مقاتلين عشائريين وآخرين من الحركة.",
        ["مقاتلين عشائريين", "آخرين"],
    ),
]


@pytest.mark.parametrize(("text", "trigger", "actors", "targets"), CASES)
def test_actors_and_targets(text: str, trigger: str, actors: list[str], targets: list[str]) -> None:
    found = extract(text, published="2019-05-04")
    record = next(r for r in found if trigger in r.action.split())
    assert [a.text for a in record.actors] == actors
    assert [t.text for t in record.targets] == targets


@pytest.mark.parametrize(("text", "sides"), SIDES)
def test_both_sides_of_a_clash(text: str, sides: list[str]) -> None:
    record = next(r for r in extract(text, published="2019-05-04") if r.mode == "clash")
    assert [a.text for a in record.actors] == sides


BOTH = [
    ("خطف مجهولون ثلاثة أطباء وقتل سائقهم على يد الخاطفين.", "قتل", ["الخاطفين"], ["سائقهم"]),
    ("أدان الاتحاد خطف طبيبين وقتل ممرض على أيدي متشددين.", "خطف", ["متشددين"], ["طبيبين"]),
    ("قتلت والدة الطالب سمير وشقيقته هدى.", "قتلت", [], ["والدة الطالب سمير", "شقيقته هدى"]),
    ("أصيب منير، 22 عاما، ورامي، 40 عاما.", "أصيب", [], ["منير", "رامي"]),
    ("قتل قناصة عجوزا وحفيدتها كانا يجمعان الحطب.", "قتل", ["قناصة"], ["عجوزا", "حفيدتها"]),
    ("اغتال مسلحون العمدة فؤاد الشيخ مع أحد حراسه.", "اغتال", ["مسلحون"], ["العمدة فؤاد الشيخ", "أحد حراسه"]),
    ("أوقف متمردون قافلة ثم قتلوا منهم ستة سائقين.", "قتلوا", ["متمردون"], ["ستة سائقين"]),
]


@pytest.mark.parametrize(("text", "trigger", "actors", "targets"), BOTH)
def test_two_deeds_and_two_people(text: str, trigger: str, actors: list[str], targets: list[str]) -> None:
    record = next(r for r in extract(text, published="2019-05-04") if trigger in r.action.split())
    assert [a.text for a in record.actors] == actors
    assert [t.text for t in record.targets] == targets

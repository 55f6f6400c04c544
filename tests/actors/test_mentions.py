"""Mentions to label, country and role: every row of ``mentions.tsv`` is a test of its own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.knowledge.actors import LABELS, ROLES
from pipeline.resolve.actor import ActorResolver, acts_as_government, is_actor_like, is_nationality

ROWS = [
    row
    for row in csv.DictReader(
        (Path(__file__).parent / "mentions.tsv").open(encoding="utf-8", newline=""),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
    if not row["mention"].startswith("#")
]


@pytest.fixture(scope="module")
def resolver() -> ActorResolver:
    return ActorResolver()


def test_there_are_enough_cases_of_many_countries() -> None:
    assert len(ROWS) >= 150
    assert len({row["country"] for row in ROWS if row["country"]}) >= 25
    assert {row["label"] for row in ROWS} == set(LABELS)
    assert {row["role"] for row in ROWS if row["role"]} >= set(ROLES) - {"SPY"}


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['mention']}|{r['published'] or ''}")
def test_codes(row: dict[str, str], resolver: ActorResolver) -> None:
    context = resolver.context([], row["published"], row["article"] or None)
    found = resolver.resolve(row["mention"], 0, context)
    assert (found.label, found.country, found.role) == (
        row["label"],
        row["country"] or None,
        row["role"] or None,
    ), found.rule


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("12 مدنيا", "مدنيون"),
        ("نحو 40 شخصا", "أشخاص"),
        ("ثمانية من عناصر الحرس الثوري", "عناصر الحرس الثوري"),
        ("ما لا يقل عن خمسة جنود أتراك", "جنود أتراك"),
        ("مسلحين مجهولين", "مسلحون مجهولون"),
        ("لمقاتلي جبهة النصرة", "مقاتلو جبهة النصرة"),
        ("العشرات من المتظاهرين", "المتظاهرون"),
        ("داعش", "تنظيم الدولة الإسلامية"),
        ("حركة «حماس»", "حركة حماس"),
        ("وزير الخارجية الأميركي أنتوني بلينكن", "أنتوني بلينكن"),
        ("العقيد خالد النمر", "خالد النمر"),
        ("وزير الصحة اللبناني فراس الأبيض", "فراس الأبيض"),
        ("اللواء 55 التابع للجيش السوري", "اللواء 55"),
        ("الجنود الذين انسحبوا من المدينة", "الجنود"),
        ("القوات الأميركية الموجودة في قاعدة قريبة", "القوات الأميركية"),
        ("شُرْطَةُ دبي[3]", "شرطة دبي"),
        ("موسكو", "روسيا"),
    ],
)
def test_names(mention: str, name: str, resolver: ActorResolver) -> None:
    assert resolver.resolve(mention, 0, resolver.context([])).name == name


@pytest.mark.parametrize(
    ("mention", "actor"),
    [
        ("مقاتلو هيئة تحرير الشام", "hts"),
        ("قوات الجيش السوري", "syrian-army"),
        ("الحوثيين", "houthis"),
        ("زعيم حزب الله اللبناني", "hezbollah"),
        ("الجيش الأمريكي", "us-army"),
        ("وزير الداخلية", None),
        ("متظاهرون", None),
    ],
)
def test_actor_ids(mention: str, actor: str | None, resolver: ActorResolver) -> None:
    assert resolver.resolve(mention, 0, resolver.context([], "2019-05-01")).actor_id == actor


def test_a_person_out_of_office_keeps_the_country_and_has_no_role(resolver: ActorResolver) -> None:
    found = resolver.resolve("حسني مبارك", 0, resolver.context([], "2015-08-01"))
    assert (found.label, found.country, found.role) == ("person", "EGY", None)


def test_without_a_date_an_actor_of_several_terms_has_no_role(resolver: ActorResolver) -> None:
    found = resolver.resolve("قوات الدعم السريع", 0, resolver.context([]))
    assert (found.country, found.role, found.label) == ("SDN", None, "unknown")


def test_one_name_of_two_actors_is_told_apart_by_nationality_and_article(resolver: ActorResolver) -> None:
    party = "حزب العدالة والتنمية"
    assert resolver.resolve(party + " التركي", 0, resolver.context([])).country == "TUR"
    assert resolver.resolve(party, 0, resolver.context([], None, "MAR")).country == "MAR"
    unclear = resolver.resolve(party, 0, resolver.context([]))
    assert (unclear.country, unclear.label, unclear.role) == (None, "party", "PTY")


def test_the_rule_tells_how(resolver: ActorResolver) -> None:
    context = resolver.context([], "2019-05-01", "SYR")
    assert resolver.resolve("قوات النظام", 0, context).rule == "arms:قوات+own:نظام+article-country"
    assert resolver.resolve("مقاتلو حزب الله", 0, context).rule == "band:مقاتل+actor:hezbollah"


@pytest.mark.parametrize(
    ("mention", "country"),
    [
        ("موسكو", "RUS"), ("واشنطن", "USA"), ("تل أبيب", "ISR"), ("لدمشق", "SYR"), ("طهران", "IRN"), ("تركيا", "TUR"),
        ("مدينة موسكو", None), ("ضواحي دمشق", None), ("بروكسل", None), ("عمان", None), ("حلب", None), ("مالي", None),
    ],
)  # fmt: skip
def test_governments_by_their_capitals(mention: str, country: str | None) -> None:
    assert acts_as_government(mention) == country


@pytest.mark.parametrize(
    "mention",
    ["قوات المعارضة", "12 مدنيا", "وزارة الصحة", "الحوثيين", "حزب الله", "المعارضة", "السوريون", "فلسطيني", "مقاتليها",
     "طائرات حربية", "أهالي القرية", "اللواء أحمد سالم", "محكمة", "الأكراد", "رويترز", "نظام الأسد"],
)  # fmt: skip
def test_actors_are_actor_like(mention: str) -> None:
    assert is_actor_like(mention)


@pytest.mark.parametrize(
    "mention",
    ["مدينة حمص", "سيارات", "مركز المدينة", "معارضة القرار", "الهجوم", "قضاء سنجار", "روسيا", "دمشق", "قافلة", "عشرات",
     "محافظة درعا", "قوة الانفجار", "", "…", "إيرانية", "جسر الرستن"],
)  # fmt: skip
def test_things_and_places_are_not(mention: str) -> None:
    assert not is_actor_like(mention)


@pytest.mark.parametrize(
    "word", ["أميركية", "الروسي", "سوريون", "حوثي", "كردية", "أتراك", "أممية", "اليمنيين"]
)
def test_nationalities(word: str) -> None:
    assert is_nationality(word)


@pytest.mark.parametrize("word", ["عسكرية", "جوية", "دولية", "مالي", "جندي", ""])
def test_other_adjectives_are_no_nationalities(word: str) -> None:
    assert not is_nationality(word)


def test_an_adjective_names_a_state_when_it_acts(resolver: ActorResolver) -> None:
    found = resolver.resolve("أميركية", 0, resolver.context([]), adjective=True)
    assert (found.name, found.label, found.country, found.role) == ("الولايات المتحدة", "state", "USA", "GOV")
    silent = resolver.resolve("أميركية", 0, resolver.context([]))
    assert (silent.country, silent.role) == ("USA", None)


def test_the_entity_label_makes_an_unknown_name_a_person(resolver: ActorResolver) -> None:
    context = resolver.context([])
    assert resolver.resolve("زهير البكري", 0, context, ent_label="PER").label == "person"
    assert resolver.resolve("زهير البكري", 0, context).label == "unknown"

"""Place phrases of small articles, from more than fifteen countries, resolved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.resolve.place import PlaceResolver, ResolvedPlace

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8")
)
#: YAML keys beside the attributes of ResolvedPlace that they check.
FIELDS = {
    "name": "name_en",
    "admin1": "admin1",
    "country": "country",
    "precision": "precision",
    "relation": "relation",
    "distance": "distance_km",
    "bearing": "bearing",
}


@pytest.fixture(scope="module")
def resolver() -> PlaceResolver:
    return PlaceResolver()


def neighbours(mentions: list[str], index: int) -> list[str]:
    order = sorted(range(len(mentions)), key=lambda i: (abs(i - index), i))
    return [mentions[i] for i in order if i != index]


def resolve(resolver: PlaceResolver, case: dict[str, Any], mention: str) -> ResolvedPlace:
    mentions = case["mentions"]
    return resolver.resolve(
        mention, resolver.context(mentions), near=neighbours(mentions, mentions.index(mention))
    )


EXPECTED = [
    pytest.param(case, want, id=f"{case['id']}: {want['mention']}")
    for case in CASES
    for want in case["expect"]
]


def test_enough_countries() -> None:
    assert len({case["country"] for case in CASES}) >= 15


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_mentions_stand_in_the_text(case: dict[str, Any]) -> None:
    for mention in case["mentions"]:
        if mention not in case.get("fragments", ()):
            assert mention in case["text"] or mention.split()[-1] in case["text"], mention


@pytest.mark.parametrize(("case", "want"), EXPECTED)
def test_expected(resolver: PlaceResolver, case: dict[str, Any], want: dict[str, Any]) -> None:
    found = resolve(resolver, case, want["mention"])
    wrong = {
        key: (want[key], getattr(found, FIELDS[key]))
        for key in want
        if key in FIELDS and getattr(found, FIELDS[key]) != want[key]
    }
    assert not wrong, f"{found}"


@pytest.mark.parametrize(("case", "want"), EXPECTED)
def test_consistent(resolver: PlaceResolver, case: dict[str, Any], want: dict[str, Any]) -> None:
    """What holds for every answer: coordinates in pairs, a score exactly when something was found."""
    found = resolve(resolver, case, want["mention"])
    assert (found.lat is None) == (found.lon is None)
    assert (found.score is None) == (found.precision == "none")
    assert found.score is None or 0 < found.score <= 1
    assert found.admin1 is None or found.country is not None
    if found.precision == "exact":
        assert found.lat is not None
        assert found.gazetteer_id is not None
    assert resolver.is_place(want["mention"])


def test_an_unknown_village_is_no_homonym_far_away(resolver: PlaceResolver) -> None:
    """A village that nobody lists gets the area named beside it; المجدل near Homs is none of its homonyms abroad."""
    context = resolver.context(["ريف حمص الشمالي", "تلبيسة", "الرستن", "بلدة شرقليا"])
    found = resolver.resolve("بلدة شرقليا", context, near=["ريف حمص الشمالي"])
    assert (found.name_en, found.precision) == ("Homs", "admin")
    assert found.score is not None
    assert found.score < 0.7
    assert resolver.resolve("المجدل", context, near=["تلبيسة"]).country == "SYR"


def test_nothing_to_go_by_stays_silent(resolver: PlaceResolver) -> None:
    context = resolver.context([])
    for mention in ("", "المنطقة", "بعض المواقع", "قرية شرقليا", "؟؟", "40", "العاصمة"):
        assert resolver.resolve(mention, context).precision == "none", mention


def test_the_stated_country_tips_the_balance(resolver: PlaceResolver) -> None:
    """طرابلس alone is doubtful; the source's country settles it."""
    for country in ("LBN", "LBY"):
        context = resolver.context(["طرابلس"], country)
        assert context.country == country
        assert resolver.resolve("طرابلس", context).country == country


def test_context_ranks_places_of_the_own_country(resolver: PlaceResolver) -> None:
    context = resolver.context(["نيالا", "نيالا", "الفاشر", "نيويورك", "السودان"])
    assert context.country == "SDN"
    assert [place.name_en for place in context.anchors] == ["Nyala", "El Fasher"]
    assert sum(share for _, share in context.shares) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(
    "phrase",
    ["بلدة حرستا", "مشارف المدينة", "ريف حماة", "حي الزهور", "مقر الشركة", "الخرطوم", "شمال غرب سوريا"],
)
def test_places_are_places(resolver: PlaceResolver, phrase: str) -> None:
    assert resolver.is_place(phrase)


def test_back_references_stay_silent_when_two_places_compete(resolver: PlaceResolver) -> None:
    rivals = resolver.context(["مدينة حماة", "مدينة إدلب"])
    assert resolver.resolve("المدينة", rivals).precision == "none"
    assert resolver.resolve("المدينة", rivals, near=["مدينة إدلب"]).name_en == "Idlib"
    settled = resolver.context(["مدينة حماة", "حماة", "مدينة حماة", "مدينة إدلب"])
    assert resolver.resolve("المدينة", settled).name_en == "Hama"


def test_words_for_a_state_mean_states_of_that_kind(resolver: PlaceResolver) -> None:
    for mentions, country in (
        (["طوكيو", "أوساكا"], None),
        (["جدة", "الدمام"], "SAU"),
        (["طنجة", "فاس"], "MAR"),
    ):
        assert resolver.resolve("المملكة", resolver.context(mentions)).country == country
    assert resolver.resolve("البلاد", resolver.context(["طوكيو", "أوساكا"])).country == "JPN"


def test_names_made_of_place_words_need_their_country(resolver: PlaceResolver) -> None:
    """«الحدود الشمالية» is a Saudi province in a Saudi article only."""
    abroad = resolver.context(["نيجيريا", "مايدوغوري"])
    assert resolver.resolve("الحدود الشمالية", abroad).country != "SAU"
    at_home = resolver.context(["عرعر", "الرياض", "منطقة الحدود الشمالية"])
    assert resolver.resolve("منطقة الحدود الشمالية", at_home).name_en == "Northern Borders"


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("العاصمة السعودية", "Riyadh"),
        ("العاصمة العراقية بغداد", "Baghdad"),
        ("مدن عراقية", "Iraq"),
        ("الأراضي السورية", "Syria"),
        ("الإمارات", "United Arab Emirates"),
        ("مدينة صغيرة", None),
        ("عدة منازل", None),
        ("مدينة جديدة", None),
        ("مركزا", None),
        ("مسجد الحسين بن علي", None),
    ],
)
def test_adjectives(resolver: PlaceResolver, phrase: str, name: str | None) -> None:
    context = resolver.context(["لندن", "باريس"])
    assert resolver.resolve(phrase, context).name_en == name


@pytest.mark.parametrize(
    "phrase",
    ["الجيش السوري", "وزارة الدفاع", "مئات المدنيين", "الرئيس", "هيئة تحرير الشام", "الأمل", "قال", ""],
)
def test_others_are_not(resolver: PlaceResolver, phrase: str) -> None:
    assert not resolver.is_place(phrase)


def test_order_and_repetition_do_not_matter(resolver: PlaceResolver) -> None:
    mentions = ["تلبيسة", "حمص", "الرستن", "بيروت"]
    assert resolver.context(mentions).country == resolver.context(mentions[::-1]).country
    first = resolver.resolve("بيروت", resolver.context(mentions), near=["حمص"])
    assert first == PlaceResolver().resolve("بيروت", resolver.context(mentions), near=["حمص"])

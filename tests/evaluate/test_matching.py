"""Which record is which gold event: every clause of the matching rule, by hand."""

from __future__ import annotations

import pytest
from evaluation_builders import NAME, gold_article, gold_event, record

from pipeline.evaluation.articles import Case
from pipeline.evaluation.gold import EvaluationError, GoldEvent
from pipeline.evaluation.matching import Match, assign, match_events, match_slot
from pipeline.records import EventRecord


def case(text: str, gold: list[GoldEvent], records: list[EventRecord]) -> Case:
    return Case(gold_article(text, *gold), NAME, text, tuple(records))


def matches(text: str, gold: list[GoldEvent], records: list[EventRecord]) -> tuple[Match, ...]:
    return match_events(case(text, gold, records))


def test_overlapping_triggers_match_whatever_their_types() -> None:
    text = "ثم شنت القوات هجوما على البلدة"
    assert matches(
        text, [gold_event(text, "شنت", "attack")], [record(text, "شنت القوات هجوما", "arrest")]
    ) == (Match(0, 0, near=False),)


@pytest.mark.parametrize(
    ("between", "near"),
    [
        ("", True),
        ("الفصائل", True),
        ("«الفصائل» السورية، المسلحة", True),  # three words, punctuation is none
        ("فصائل المعارضة السورية المسلحة", False),  # four
    ],
)
def test_at_most_three_words_between(between: str, near: bool) -> None:
    text = f"أمس شنت {between} هجوما على البلدة"
    found = matches(text, [gold_event(text, "هجوما", "attack")], [record(text, "شنت", "attack")])
    assert found == ((Match(0, 0, near=True),) if near else ())


def test_near_triggers_need_the_same_type_but_not_the_same_mode() -> None:
    text = "شنت القوات هجوما"
    gold = [gold_event(text, "شنت", "attack")]
    assert matches(text, gold, [record(text, "هجوما", "arrest")]) == ()
    assert matches(text, gold, [record(text, "هجوما", "airstrike")]) == (Match(0, 0, near=True),)


def test_no_trigger_may_stand_between() -> None:
    text = "شنت قصفا بعد هجوم"
    gold = [gold_event(text, "شنت", "attack")]
    far = record(text, "هجوم", "attack")
    assert matches(text, gold, [far]) == (Match(0, 0, near=True),)
    # Another record's trigger between, of another type, so that it does not match itself.
    assert matches(text, gold, [record(text, "قصفا", "arrest"), far]) == ()
    # A gold trigger between, core or not.
    between = gold_event(text, "قصفا", "shelling", core=False)
    assert Match(0, 0, near=True) not in matches(text, [*gold, between], [far])


def test_overlapping_pairs_come_first() -> None:
    text = "شنت هجوما"
    gold = [gold_event(text, "شنت", "attack"), gold_event(text, "هجوما", "attack")]
    # The one record belongs to the gold event it overlaps, though it stands beside the other too.
    assert matches(text, gold, [record(text, "هجوما", "attack")]) == (Match(1, 0, near=False),)


def test_each_is_used_once() -> None:
    text = "شنت هجوما"
    gold = [gold_event(text, "شنت", "attack")]
    twice = [record(text, "شنت", "attack"), record(text, "شنت", "airstrike")]
    assert matches(text, gold, twice) == (Match(0, 0, near=False),)


def test_as_many_pairs_as_possible() -> None:
    text = "شنت هجوما"
    gold = [gold_event(text, "شنت", "attack"), gold_event(text, "هجوما", "attack")]
    # A greedy choice of the wide record for «شنت» would leave the narrow one alone.
    wide, narrow = record(text, "شنت هجوما", "attack"), record(text, "شنت", "attack")
    assert matches(text, gold, [narrow, wide]) == (Match(0, 0, near=False), Match(1, 1, near=False))


def test_two_events_of_one_trigger_go_by_type_and_mode() -> None:
    text = "استولت على مواقع وذخائر"
    gold = [gold_event(text, "استولت", "seize-territory"), gold_event(text, "استولت", "seize-property")]
    records = [record(text, "استولت", "seize-property"), record(text, "استولت", "seize-territory")]
    assert matches(text, gold, records) == (Match(0, 1, near=False), Match(1, 0, near=False))


def test_core_comes_before_not_core_where_all_else_is_equal() -> None:
    text = "هجوم"
    gold = [gold_event(text, "هجوم", "attack", core=False), gold_event(text, "هجوم", "attack")]
    assert matches(text, gold, [record(text, "هجوم", "attack")]) == (Match(1, 0, near=False),)


def test_touching_triggers_do_not_overlap() -> None:
    text = "سيطرتها"
    assert matches(text, [gold_event(text, "سيطرت", "attack")], [record(text, "ها", "arrest")]) == ()


def test_a_mode_outside_the_guide_needs_a_type() -> None:
    text = "زلزال"
    with pytest.raises(EvaluationError, match="'quake' is not in the annotation guide"):
        matches(text, [gold_event(text, "زلزال", "quake")], [])
    named = [gold_event(text, "زلزال", "quake", type="DISASTER")]
    assert matches(text, named, [record(text, "زلزال", "attack")]) == (Match(0, 0, near=False),)
    # A mode that a user has added is known from the records.
    known = [record(text, "زلزال", "quake", type_="DISASTER")]
    assert matches(text, [gold_event(text, "زلزال", "quake")], known) == (Match(0, 0, near=False),)


def test_slots_are_matched_for_the_greatest_number() -> None:
    # «حمص» fits both gold places, «مدينة حمص» only the first two words of one: greedy from the left would lose a pair.
    assert len(match_slot(["مدينة حمص", "حمص القديمة"], ["حمص", "مدينة"])) == 2
    assert match_slot(["حلب"], ["حلب", "حلب"]) == ((0, 0),)
    assert match_slot([], ["حلب"]) == ()


def test_assign_takes_the_greatest_sum() -> None:
    assert assign({(0, 0): 5.0, (0, 1): 4.0, (1, 0): 4.0}) == ((0, 1), (1, 0))
    assert assign({}) == ()
    assert assign({(7, 3): 1.0}) == ((7, 3),)

"""Figures computed by hand from small articles."""

from __future__ import annotations

import math

import pytest
from evaluation_builders import NAME, digest, gold_article, gold_event, record

from pipeline.evaluate import EvaluationError, evaluate
from pipeline.evaluation.gold import GoldArticle, modes
from pipeline.evaluation.report import Report
from pipeline.records import EventRecord

TEXT = (
    "سيطرت فصائل المعارضة على مدينة تلبيسة يوم الجمعة. "
    "وقصف الجيش مواقع في الرستن. "
    "وأعلن ناطق أن القوات اعتقلت عشرة أشخاص في حماة. "
    "ونفى مصدر مقتل القائد. "
    "وقد ينسحب الجيش من تدمر."
)


def score(
    articles: list[GoldArticle], records: list[EventRecord], text: str = TEXT, **options: object
) -> Report:
    return evaluate(articles, records, {NAME: text}, **options)  # type: ignore[arg-type]


def test_events_by_hand() -> None:
    gold = gold_article(
        TEXT,
        gold_event(TEXT, "سيطرت", "seize-territory"),
        gold_event(TEXT, "قصف", "shelling"),
        gold_event(TEXT, "اعتقلت", "arrest"),
        gold_event(TEXT, "مقتل", "kill", core=False),
        gold_event(TEXT, "ينسحب", "withdraw", core=False),
    )
    records = [
        record(TEXT, "سيطرت", "seize-territory"),  # right
        record(TEXT, "قصف", "airstrike"),  # right type, other mode
        record(TEXT, "مقتل", "kill"),  # not core: counts neither way
        record(TEXT, "أعلن", "demand"),  # false alarm
        record(TEXT, "ناطق", "agree"),  # false alarm
    ]  # اعتقلت missed, ينسحب not core and missed
    report = score([gold], records)
    assert report.score("event.precision") == pytest.approx(2 / 4)
    assert report.score("event.recall") == pytest.approx(2 / 3)
    assert report.score("event.f1") == pytest.approx(4 / 7)
    assert report.score("type.accuracy") == 1.0
    assert report.score("mode.accuracy") == 0.5
    outcome = report.outcomes[0]
    assert [e.trigger.text for e in outcome.misses] == ["اعتقلت"]
    assert [r.trigger.text for r in outcome.false_alarms] == ["أعلن", "ناطق"]
    assert [p.record.trigger.text for p in outcome.ignored] == ["مقتل"]
    assert report.scores.loc["event.f1", ["gold", "found", "hit"]].tolist() == [3, 4, 2]


def test_the_type_of_an_overlapping_match_may_be_wrong() -> None:
    gold = gold_article(
        TEXT, gold_event(TEXT, "قصف", "shelling"), gold_event(TEXT, "سيطرت", "seize-territory")
    )
    report = score([gold], [record(TEXT, "قصف", "arrest"), record(TEXT, "سيطرت", "besiege")])
    assert report.score("event.f1") == 1.0
    assert report.score("type.accuracy") == 0.5
    assert report.score("mode.accuracy") == 0.0


def test_slots_are_micro_averaged_over_matched_core_events() -> None:
    gold = gold_article(
        TEXT,
        gold_event(
            TEXT, "سيطرت", "seize-territory", actors=["فصائل المعارضة"], places=["مدينة تلبيسة", "حماة"]
        ),
        gold_event(TEXT, "قصف", "shelling", actors=["الجيش"], targets=["مواقع"], places=["الرستن"]),
        gold_event(TEXT, "اعتقلت", "arrest", actors=["القوات"]),  # missed: its slots do not count
        gold_event(TEXT, "ينسحب", "withdraw", actors=["الجيش"], core=False),  # matched, not core
    )
    records = [
        record(TEXT, "سيطرت", "seize-territory", actors=("المعارضة",), places=("تلبيسة", "تدمر", "الرستن")),
        record(TEXT, "قصف", "shelling", targets=("مواقع في الرستن", "القائد"), places=()),
        record(TEXT, "ينسحب", "withdraw", actors=("القوات",)),
    ]
    report = score([gold], records)
    # actors: gold 2, found 1, right 1
    assert report.score("actors.precision") == 1.0
    assert report.score("actors.recall") == 0.5
    assert report.score("actors.f1") == pytest.approx(2 / 3)
    # targets: gold 1, found 2, right 1
    assert report.score("targets.precision") == 0.5
    assert report.score("targets.recall") == 1.0
    # places: gold 3, found 3, right 1
    assert report.score("places.f1") == pytest.approx(2 / 6)


def test_time_counts_only_where_the_gold_has_a_value() -> None:
    gold = gold_article(
        TEXT,
        gold_event(TEXT, "سيطرت", "seize-territory", iso="2024-12-06"),
        gold_event(TEXT, "قصف", "shelling", iso="2024-12-06/2024-12-08"),
        gold_event(TEXT, "اعتقلت", "arrest", iso="2024-12"),
        gold_event(TEXT, "مقتل", "kill", iso=None),
    )
    records = [
        record(TEXT, "سيطرت", "seize-territory", time="2024-12-06T10:00"),  # same start day
        record(TEXT, "قصف", "shelling", time="2024-12-08"),  # wrong
        record(TEXT, "اعتقلت", "arrest", time=None),  # missed
        record(TEXT, "مقتل", "kill", time="2020"),  # gold has none: not counted
    ]
    report = score([gold], records)
    assert report.score("time.precision") == 0.5
    assert report.score("time.recall") == pytest.approx(1 / 3)
    assert report.score("time.f1") == pytest.approx(2 / 5)


def _assertions() -> tuple[GoldArticle, list[EventRecord]]:
    gold = gold_article(
        TEXT,
        gold_event(TEXT, "سيطرت", "seize-territory", assertion="asserted"),
        gold_event(TEXT, "قصف", "shelling", assertion="asserted"),
        gold_event(TEXT, "اعتقلت", "arrest", assertion="reported", by="ناطق"),
        gold_event(TEXT, "مقتل", "kill", assertion="negated", by="مصدر"),
        gold_event(TEXT, "ينسحب", "withdraw", assertion="hypothetical"),
    )
    records = [
        record(TEXT, "سيطرت", "seize-territory", assertion="asserted"),
        record(TEXT, "قصف", "shelling", assertion="reported", by="ناطق"),
        record(TEXT, "اعتقلت", "arrest", assertion="reported", by="ناطق"),
        record(TEXT, "مقتل", "kill", assertion="asserted"),
        record(TEXT, "ينسحب", "withdraw", assertion="hypothetical"),
    ]
    return gold, records


def test_assertion_with_reported_merged() -> None:
    gold, records = _assertions()
    report = score([gold], records)
    assert report.merge_reported is True
    assert report.score("assertion.accuracy") == pytest.approx(4 / 5)
    # asserted: gold 3, found 4, right 3 → 6/7; negated: gold 1, found 0 → 0; hypothetical 1. Planned occurs nowhere.
    assert report.score("assertion.macro_f1") == pytest.approx((6 / 7 + 0 + 1) / 3)


def test_assertion_with_five_values() -> None:
    gold, records = _assertions()
    report = score([gold], records, merge_reported=False)
    assert report.score("assertion.accuracy") == pytest.approx(3 / 5)
    # asserted: gold 2, found 2, right 1 → 1/2; reported: gold 1, found 2, right 1 → 2/3; negated 0; hypothetical 1.
    assert report.score("assertion.macro_f1") == pytest.approx((1 / 2 + 2 / 3 + 0 + 1) / 4)


def test_the_gold_may_ask_for_five_values_and_the_caller_has_the_last_word() -> None:
    gold, records = _assertions()
    fine = gold.model_copy(update={"merge_reported": False})
    assert score([fine], records).merge_reported is False
    assert score([fine], records, merge_reported=True).merge_reported is True


def test_attribution_by_hand() -> None:
    gold, records = _assertions()
    report = score([gold], records)
    # gold: ناطق, مصدر; found: ناطق where the gold has none, ناطق where it has it.
    assert report.score("attribution.precision") == 0.5
    assert report.score("attribution.recall") == 0.5


def test_nothing_to_score_is_undefined_and_not_zero() -> None:
    report = score([gold_article(TEXT)], [])
    assert report.score("event.f1") is None
    assert report.score("assertion.macro_f1") is None
    assert report.to_dict()["scores"]["event.f1"]["value"] is None
    missed = score([gold_article(TEXT, gold_event(TEXT, "قصف", "shelling"))], [])
    assert missed.score("event.f1") == 0.0
    assert missed.score("event.precision") is None
    assert missed.score("actors.f1") is None


def test_by_mode_and_by_article() -> None:
    gold = gold_article(
        TEXT,
        gold_event(TEXT, "قصف", "shelling", actors=["الجيش"]),
        gold_event(TEXT, "سيطرت", "seize-territory"),
        gold_event(TEXT, "اعتقلت", "arrest"),
    )
    records = [
        record(TEXT, "قصف", "airstrike", actors=("الجيش",)),
        record(TEXT, "سيطرت", "seize-territory"),
        record(
            TEXT, "ناطق", "arrest", type_="COERCE"
        ),  # three words before اعتقلت: أن القوات between: matches it
    ]
    report = score([gold], records)
    rows = report.by_mode[["gold", "found", "matched", "right"]]
    assert rows.loc["shelling"].tolist() == [1, 0, 1, 0]
    assert rows.loc["airstrike"].tolist() == [0, 1, 0, 0]
    assert rows.loc["seize-territory"].tolist() == [1, 1, 1, 1]
    assert rows.loc["arrest"].tolist() == [1, 1, 1, 1]
    assert math.isnan(report.by_mode.loc["shelling", "precision"])
    assert report.by_mode.loc["shelling", "recall"] == 0.0
    article = report.by_article.loc[NAME]
    assert article["f1"] == 1.0
    assert article["actors"] == 1.0
    assert article["type"] == 1.0


def test_intervals_hold_the_value_and_are_the_same_again() -> None:
    gold, records = _assertions()
    records = records[:3]
    report, again = score([gold], records), score([gold], records)
    row = report.scores.loc["event.recall"]
    assert row["value"] == pytest.approx(3 / 5)
    assert row["low"] < row["value"] < row["high"]
    assert report.to_json() == again.to_json()
    assert report.unit == "sentence"
    assert report.units == 5
    assert score([gold], records, seed=7).scores["low"].tolist() != report.scores["low"].tolist()
    assert math.isnan(score([gold], records, samples=0).scores.loc["event.recall", "low"])


def test_many_articles_are_resampled_as_articles() -> None:
    texts = {f"{n}.txt": TEXT for n in range(10)}
    gold = [gold_article(TEXT, gold_event(TEXT, "قصف", "shelling"), name=name) for name in texts]
    records = [record(TEXT, "قصف", "shelling", name=name) for name in list(texts)[:5]]
    report = evaluate(gold, records, texts)
    assert (report.unit, report.units) == ("article", 10)
    assert report.score("event.recall") == 0.5
    # Ten draws of five hits and five misses: 2.5 % and 97.5 % of a binomial(10, 1/2) are 2 and 8.
    assert report.scores.loc["event.recall", "low"] == pytest.approx(0.2)
    assert report.scores.loc["event.recall", "high"] == pytest.approx(0.8)


def test_records_of_other_articles_are_left_out() -> None:
    gold = gold_article(TEXT, gold_event(TEXT, "قصف", "shelling"))
    records = [record(TEXT, "قصف", "shelling"), record(TEXT, "قصف", "shelling", name="b.txt")]
    report = evaluate([gold], records, {NAME: TEXT, "b.txt": TEXT})
    assert report.score("event.precision") == 1.0
    assert report.left_out == 1


@pytest.mark.parametrize("article_id", ["a.txt", "news/2024/a.txt", "news/a.html", "a"])
def test_articles_are_found_by_the_end_of_their_path_or_their_stem(article_id: str) -> None:
    gold = gold_article(TEXT, gold_event(TEXT, "قصف", "shelling"))
    report = evaluate([gold], [record(TEXT, "قصف", "shelling", name=article_id)], {article_id: TEXT})
    assert report.score("event.f1") == 1.0


def test_what_cannot_be_scored_is_said_in_one_line() -> None:
    gold = gold_article(TEXT, gold_event(TEXT, "قصف", "shelling"))
    with pytest.raises(EvaluationError, match=r"^a\.txt: the text of this gold article is not known"):
        evaluate([gold], [], {})
    with pytest.raises(EvaluationError, match="may be any of"):
        evaluate([gold], [], {"x/a.txt": TEXT, "y/a.txt": TEXT})
    with pytest.raises(EvaluationError, match="not the one that was annotated"):
        evaluate([gold], [], {NAME: TEXT + " "})
    stale = gold.model_copy(update={"sha256": None})
    with pytest.raises(EvaluationError, match="the gold span «قصف»"):
        evaluate([stale], [], {NAME: " " + TEXT})
    other = record(TEXT, "قصف", "shelling")
    changed = other.model_copy(update={"article": other.article.model_copy(update={"sha256": digest("")})})
    with pytest.raises(EvaluationError, match="made from another text"):
        evaluate([gold], [changed], {NAME: TEXT})


def test_the_table_of_modes_is_whole() -> None:
    table = modes()
    assert len(table) == 86
    assert len({row.type for row in table.values()}) == 17
    assert table["convict"].cameo is None
    assert table["flee"].cameo == "0874"

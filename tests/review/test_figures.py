"""Agreement, samples, verdicts and gold: the figures are those of the books, and of a simulation."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from review_builders import EMOJI, PLAIN, decide, fixed, records_of, span, write_outputs
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.evaluate import evaluate_files
from pipeline.fields import Span
from pipeline.review.agreement import agreement
from pipeline.review.alpha import alpha, interval
from pipeline.review.annotation import Annotation, Mention
from pipeline.review.decisions import Decision, DecisionLog
from pipeline.review.desk import Desk
from pipeline.review.gold import export_gold
from pipeline.review.index import RecordIndex
from pipeline.review.queries import Me, page
from pipeline.review.sample import Sample, SampleError, draw, estimate, share, wilson
from pipeline.review.store import Store

TEXTS = {"a": EMOJI, "b": PLAIN}
RECORDS = [r for article, text in TEXTS.items() for r in records_of(article, text)]


def units(*annotators: str) -> list[list[str]]:
    """Units from one line an annotator; a point is a missing value."""
    return [[v for v in column if v != "."] for column in zip(*(a.split() for a in annotators), strict=True)]


@pytest.mark.parametrize(
    ("annotators", "value"),
    [
        # Krippendorff, «Computing Krippendorff's Alpha-Reliability» (2011): examples A, B, and C for nominal data.
        (("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
        (("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
        (
            (
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 .",
            ),
            0.743,
        ),
        (("a b a b", "a b a b"), 1.0),
    ],
)
def test_alpha_is_that_of_the_published_examples(annotators: tuple[str, ...], value: float) -> None:
    assert alpha(units(*annotators)) == pytest.approx(value, abs=0.0006)


def test_alpha_is_unknown_where_nothing_can_be_told() -> None:
    assert alpha([]) is None
    assert alpha([["a"], ["b"]]) is None
    assert alpha([["a", "a"], ["a", "a"]]) is None
    assert interval([["a"]]) is None


def test_the_interval_of_alpha_holds_it() -> None:
    found = units("0 1 0 0 0 0 0 0 1 0 1 1", "1 1 1 0 0 1 0 0 0 0 1 1")
    within = interval(found)
    assert within is not None
    low, high = within
    value = alpha(found)
    assert value is not None
    assert -1 <= low < value < high <= 1
    assert within == interval(found)
    assert interval(found, samples=20, seed=1) != interval(found, samples=20, seed=2)


def opened(folder: Path, *decisions: Decision, **more: Any) -> Store:
    write_outputs(folder, TEXTS)
    log = DecisionLog(folder / "decisions.jsonl")
    for decision in decisions:
        log.append(decision)
    return Store(folder, log, **more)


def added(annotator: str, word: str, mode: str = "accuse") -> Decision:
    event = Annotation(trigger=Span(**span(EMOJI, word)), type="ACCUSE", mode=mode, assertion="asserted")
    sentence_of = RECORDS[1] if word == "قال" else RECORDS[0]
    return decide(sentence_of, "add", annotator=annotator, after=event).model_copy(
        update={"record": f"add_{annotator}{word}", "before": None}
    )


def two_annotators() -> list[Decision]:
    longer = fixed(RECORDS[1], actors=(Mention(**span(EMOJI, "شهود")),))
    return [
        decide(RECORDS[0], "accept"),
        decide(RECORDS[0], "accept", annotator="bo"),
        decide(RECORDS[1], "accept"),
        decide(RECORDS[1], "fix", annotator="bo", after=longer.model_copy(update={"assertion": "negated"})),
        decide(RECORDS[2], "accept"),
        decide(RECORDS[2], "reject", annotator="bo", reason="state"),
        decide(RECORDS[3], "skip"),
        decide(RECORDS[3], "accept", annotator="bo"),
        added("ana", "قال"),
        added("bo", "قال"),
        added("bo", "مساء"),
    ]


def test_agreement_counts_what_both_judged(tmp_path: Path) -> None:
    found = agreement(opened(tmp_path, *two_annotators()))
    assert dict(found.annotators) == {"ana": 3, "bo": 4}
    assert (found.shared, found.pairs, found.disputed, found.added) == (3, 2, 2, (1, 1))
    alphas = {a.name: a for a in found.alphas}
    assert alphas["event"].units == 3
    assert alphas["event"].equal == pytest.approx(2 / 3)
    # Three records, six values, five of them «event»: 1 - 5 * 2 / (36 - 26).
    assert alphas["event"].value == pytest.approx(0.0)
    assert alphas["type"].units == 2
    assert alphas["assertion"].value == pytest.approx(1 - 3 * 2 / (16 - 10))
    spans = {s.slot: s for s in found.spans}
    assert (spans["trigger"].exact, spans["trigger"].spans) == (1.0, 4)
    assert (spans["actors"].exact, spans["actors"].words) == (0.5, 0.5)
    assert spans["time"].exact is None
    assert json.loads(json.dumps(found.to_dict()))["records_disputed"] == 2
    alone = agreement(opened(tmp_path / "one", *two_annotators()), annotators=["ana"])
    assert alone.shared == 0


def test_half_of_the_words_is_enough_where_exactness_is_not_asked(tmp_path: Path) -> None:
    shorter = fixed(RECORDS[0], targets=(Mention(**span(EMOJI, "شبان")),))
    found = agreement(
        opened(
            tmp_path, decide(RECORDS[0], "accept"), decide(RECORDS[0], "fix", annotator="bo", after=shorter)
        )
    )
    targets = next(s for s in found.spans if s.slot == "targets")
    assert (targets.exact, targets.words) == (0.0, 1.0)


def test_gold_is_what_was_agreed_or_adjudicated(tmp_path: Path) -> None:
    store = opened(tmp_path, *two_annotators())
    found = export_gold(store)
    events = {(a["article"], e["trigger"]["text"]): e["core"] for a in found.articles for e in a["events"]}
    assert events == {
        ("a", "اعتقلت"): True,
        ("a", "أغلقت"): False,  # in dispute
        ("a", "قال"): True,  # added by both
        ("a", "مساء"): False,  # added by one of two
        ("b", "هجوما"): False,  # in dispute
        ("b", "مقتل"): True,
        ("b", "مظاهرة"): False,  # open
    }
    assert [a["complete"] for a in found.articles] == [False, False]
    rulings = [
        decide(RECORDS[1], "accept", annotator="chief", role="adjudicator"),
        decide(RECORDS[2], "reject", annotator="chief", role="adjudicator", reason="state"),
        decide(RECORDS[4], "accept"),
        added("chief", "مساء").model_copy(
            update={"record": "add_boمساء", "action": "reject", "after": None, "role": "adjudicator"}
        ),
    ]
    for ruling in rulings:
        store.log.append(ruling)
    store.refresh()
    found = export_gold(store)
    events = {(a["article"], e["trigger"]["text"]): e["core"] for a in found.articles for e in a["events"]}
    assert events == {
        ("a", "اعتقلت"): True,
        ("a", "أغلقت"): True,
        ("a", "قال"): True,
        ("b", "مقتل"): True,
        ("b", "مظاهرة"): True,
    }
    assert all(a["complete"] for a in found.articles)
    assert found.counts["adjudicated"] == 3


def test_gold_is_scored_by_evaluate(tmp_path: Path) -> None:
    store = opened(tmp_path, *two_annotators())
    path = tmp_path / "gold.jsonl"
    done = CliRunner().invoke(
        app, ["gold", str(tmp_path), "--out", str(path), "--examples", str(tmp_path / "ex.jsonl")]
    )
    assert done.exit_code == 0, done.output
    report = evaluate_files(path, tmp_path / "events.jsonl", samples=0)
    # Of the settled records both are found; the one event that was added is missed; disputes count neither way.
    assert report.score("event.precision") == 1.0
    assert report.score("event.recall") == pytest.approx(2 / 3)
    examples = [json.loads(line) for line in (tmp_path / "ex.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(e["event"], e["found"]) for e in examples] == [(True, True), (True, False), (True, True)]
    for example in examples:
        for part in (example["trigger"], *example["actors"], *example["targets"], *example["places"]):
            assert example["text"][part["start"] : part["end"]] == part["text"]
    store.close()


def test_gold_keeps_what_was_said_of_records_that_are_gone(tmp_path: Path) -> None:
    store = opened(tmp_path, decide(RECORDS[0], "accept"), decide(RECORDS[1], "reject", reason="state"))
    longer = {"a": "قبل.\n" + EMOJI, "b": PLAIN}
    write_outputs(tmp_path, longer, records_of("b", PLAIN))
    store.refresh()
    (article,) = export_gold(store).articles
    assert [e["trigger"] for e in article["events"]] == [span(longer["a"], "اعتقلت")]


def test_a_rejection_of_what_a_record_was_before_is_no_verdict(tmp_path: Path) -> None:
    store = opened(tmp_path, decide(RECORDS[0], "reject", reason="state"))
    write_outputs(tmp_path, TEXTS, [RECORDS[0] | {"assertion": "planned"}, *RECORDS[1:]])
    store.refresh()
    (article,) = export_gold(store).articles
    assert [e["core"] for e in article["events"]] == [False, False]


def population(folder: Path, seed: int = 0) -> tuple[Path, dict[str, bool]]:
    """600 records in strata of 30 to 300, and which of them are right."""
    chooser = random.Random(seed)
    shares = {"ASSAULT": (300, 0.9), "COERCE": (150, 0.6), "PROTEST": (120, 0.75), "AID": (30, 0.3)}
    base = RECORDS[0]
    records, right = [], {}
    for kind, (size, chance) in shares.items():
        for n in range(size):
            record = base | {"id": f"ev_{kind}{n:04}", "type": kind}
            right[record["id"]] = chooser.random() < chance
            records.append(record)
    return write_outputs(folder, TEXTS, records), right


def test_a_sample_is_stratified_and_repeatable(tmp_path: Path) -> None:
    folder, _ = population(tmp_path)
    index = RecordIndex(folder)
    first = draw(index, size=60, by=["type"], seed=7)
    assert first == draw(index, size=60, by=["type"], seed=7)
    assert first != draw(index, size=60, by=["type"], seed=8)
    assert {s.name: (s.records, s.drawn) for s in first.strata} == {
        "AID": (30, 3), "ASSAULT": (300, 30), "COERCE": (150, 15), "PROTEST": (120, 12)
    }  # fmt: skip
    assert sum(item.weight for item in first.items) == pytest.approx(600)
    assert len({item.record for item in first.items}) == 60
    assert {s.drawn for s in draw(index, size=9, by=["type"]).strata} == {2, 3}
    assert len(draw(index, size=10_000, by=["type"]).items) == 600
    assert draw(index, size=60, by=["type", "assertion"]).strata[0].name == "AID / asserted"
    with pytest.raises(SampleError, match="4 strata need a sample of 8 records at least"):
        draw(index, size=7, by=["type"])
    with pytest.raises(SampleError, match="no strata by 'colour'"):
        draw(index, size=7, by=["colour"])


def test_the_queue_of_a_sample_is_the_sample(tmp_path: Path) -> None:
    folder, _ = population(tmp_path)
    index = RecordIndex(folder)
    drawn = draw(index, size=60, seed=3)
    index.close()
    store = Store(folder, DecisionLog(folder / "decisions.jsonl"), sample=drawn.items)
    desk = Desk(store, Me("ana", "annotator"), blind=True)
    assert desk.default.order == "sample"
    assert set(desk.orders) == {"reading", "type", "cluster", "sample"}
    listed = [row["id"] for number in (1, 2) for row in page(store, desk.me, desk.default, number)[0]]
    assert listed == [item.record for item in drawn.items], "the order of the draw, the same for everybody"
    # Another run gives a record another id: the sample finds it by its trigger.
    lines = (folder / "events.jsonl").read_text(encoding="utf-8")
    first = drawn.items[0].record
    records = [json.loads(line) for line in lines.splitlines()]
    alone = [r | {"id": "ev_new"} for r in records if r["id"] == first]
    write_outputs(folder, TEXTS, alone)
    store.refresh()
    assert [row["id"] for row in page(store, desk.me, desk.default, 1)[0]] == ["ev_new"]
    store.close()


def test_intervals_hold_the_truth_as_often_as_they_say(tmp_path: Path) -> None:
    folder, right = population(tmp_path)
    index = RecordIndex(folder)
    truth = sum(right.values()) / len(right)
    hits = 0
    for seed in range(200):
        drawn = draw(index, size=80, seed=seed)
        rows = [(item.stratum, float(right[item.record]), 1.0) for item in drawn.items]
        found = share("event", rows, {s.name: s.records for s in drawn.strata})
        assert found is not None
        hits += found.low <= truth <= found.high
    assert hits >= 186, "95 % of 200, less what chance allows"


def test_wilson_is_that_of_the_books() -> None:
    # Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 29 of 29.
    for right, size, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (29, 29, 0.8830, 1.0),
    ):
        assert wilson(right / size, size) == pytest.approx((low, high), abs=0.0001)


def test_precision_is_estimated_from_judgements(tmp_path: Path) -> None:
    folder, right = population(tmp_path)
    runner = CliRunner()
    path = tmp_path / "sample.json"
    done = runner.invoke(app, ["sample", str(folder), "--out", str(path), "--size", "60"])
    assert done.exit_code == 0, done.output
    assert runner.invoke(app, ["sample", str(folder), "--out", str(path)]).exit_code == 2, (
        "never over another file"
    )
    drawn = Sample.model_validate_json(path.read_bytes())
    records = {
        r["id"]: r
        for r in map(json.loads, (folder / "events.jsonl").read_text(encoding="utf-8").splitlines())
    }
    log = DecisionLog(folder / "decisions.jsonl")
    for n, item in enumerate(drawn.items[:50]):
        record = records[item.record]
        if not right[item.record]:
            log.append(decide(record, "reject", reason="state"))
        elif n % 5:
            log.append(decide(record, "accept"))
        else:
            log.append(decide(record, "fix", after=fixed(record, assertion="reported")))
    store = Store(folder, log, sample=drawn.items)
    found = estimate(drawn, store)
    assert (found.judged, found.open, found.disputed, found.unseen) == (50, 10, 0, ())
    measures = {m.name: m for m in found.measures}
    by_stratum: dict[str, list[bool]] = {}
    for item in drawn.items[:50]:
        by_stratum.setdefault(item.stratum, []).append(right[item.record])
    weights = {s.name: s.records / 600 for s in drawn.strata}
    expected = sum(weights[name] * sum(v) / len(v) for name, v in by_stratum.items())
    assert measures["event"].value == pytest.approx(expected)
    assert measures["exact"].value < measures["event"].value
    assert measures["type"].value == 1.0
    assert measures["assertion"].value < 1.0
    assert all(m.low <= m.value <= m.high for m in found.measures)
    done = runner.invoke(
        app, ["sample", str(folder), "--estimate", str(path), "--json", str(tmp_path / "e.json")]
    )
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "e.json").read_text())["judged"] == 50
    store.close()


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["agreement", "{out}"], 2, "decisions.jsonl: no record was judged by two annotators"),
        (["agreement", "{out}/none"], 2, "events.jsonl: cannot be read: No such file"),
        (["gold", "{out}", "--out", "{out}/gold.jsonl"], 2, "no article has judgements to export"),
        (["sample", "{out}"], 2, "give one of them"),
        (["sample", "{out}", "--estimate", "{out}/events.jsonl"], 2, "not a sample of «waqai sample»"),
        (["sample", "{out}", "--estimate", "{out}/no"], 2, "no: cannot be read: No such file"),
        (["sample", "{out}", "--out", "{out}/no/s.json"], 2, "cannot be written: No such file"),
        (["review", "{out}/none"], 2, "give the output folder of «waqai run»"),
        (["review", "{out}", "--annotator", " "], 2, "--annotator needs a name"),
        (["review", "{out}", "--blind", "--adjudicate"], 2, "choose one"),
        (["review", "{out}", "--sample", "{out}/events.jsonl"], 2, "not a sample"),
        (["review", "{out}", "--host", "192.0.2.1"], 2, "cannot be listened on"),
    ],
)
def test_bad_input_is_said_in_a_line(tmp_path: Path, arguments: list[str], status: int, why: str) -> None:
    opened(tmp_path).close()
    done = CliRunner().invoke(app, [a.format(out=tmp_path) for a in arguments], env={"COLUMNS": "200"})
    assert done.exit_code == status
    assert why in " ".join(done.output.replace("│", " ").split())
    assert "Traceback" not in done.output


def test_agreement_is_printed(tmp_path: Path) -> None:
    opened(tmp_path, *two_annotators()).close()
    done = CliRunner().invoke(app, ["agreement", str(tmp_path), "--json", str(tmp_path / "a.json")])
    assert done.exit_code == 0, done.output
    assert "By two or more: 3, 2 of them differently" in done.output
    assert json.loads((tmp_path / "a.json").read_text())["alpha"]["event"]["units"] == 3

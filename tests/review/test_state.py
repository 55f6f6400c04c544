"""The state is a pure function of log and records, and the store's tables hold just that."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from review_builders import EMOJI, PLAIN, decide, fixed, records_of, undo, write_outputs

from pipeline.fields import Span
from pipeline.review.annotation import relocated
from pipeline.review.decisions import Decision, DecisionLog
from pipeline.review.index import OutputsError, RecordIndex
from pipeline.review.queries import Me, added, gone, last_redoable, last_undoable, opinions, page, progress
from pipeline.review.queue import STATUSES, Choice
from pipeline.review.state import fold, live, orphans, to_redo, to_undo
from pipeline.review.store import Store

TEXTS = {"a": EMOJI, "b": PLAIN}
RECORDS = [r for article, text in TEXTS.items() for r in records_of(article, text)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_outputs(tmp_path / "out", TEXTS)


def open_store(folder: Path, *decisions: Decision) -> Store:
    log = DecisionLog(folder / "decisions.jsonl")
    for decision in decisions:
        log.append(decision)
    return Store(folder, log)


def table(store: Store) -> dict[tuple[str, str, str], tuple[str, str]]:
    rows = store.index.db.execute(
        "SELECT standing.record, standing.annotator, standing.role, status, entries.id "
        "FROM state.standing JOIN state.entries USING (seq)"
    )
    return {(record, who, role): (what, entry) for record, who, role, what, entry in rows}


def statuses(store: Store) -> list[str]:
    """What became of the judged records, in reading order."""
    state = {record: what for (record, _, _), (what, _) in table(store).items()}
    return [state[r["id"]] for r in RECORDS if r["id"] in state]


def folded(store: Store) -> dict[tuple[str, str, str], tuple[str, str]]:
    decisions = [d for d, _ in store.log.read()]
    return {key: (s.status, s.decision.id) for key, s in fold(decisions, store.index).items()}


def test_the_last_judgement_counts(folder: Path) -> None:
    first = decide(RECORDS[0], "accept")
    second = decide(RECORDS[0], "reject", reason="state")
    store = open_store(folder, first, second, decide(RECORDS[1], "skip"))
    assert table(store) == {
        (RECORDS[0]["id"], "ana", "annotator"): ("rejected", second.id),
        (RECORDS[1]["id"], "ana", "annotator"): (
            "skipped",
            table(store)[(RECORDS[1]["id"], "ana", "annotator")][1],
        ),
    }


def test_undo_and_redo_any_number_of_steps() -> None:
    one, two, three = (decide(RECORDS[n], "accept") for n in range(3))
    log: list[Decision] = [one, two, three]
    for expected in (three, two, one):
        found = to_undo(log, "ana", "annotator")
        assert found == expected
        log.append(undo(found))
    assert to_undo(log, "ana", "annotator") is None
    assert live(log)[:3] == [False, False, False]
    for back in (1, 2, 3):
        found = to_redo(log, "ana", "annotator")
        assert found is not None
        log.append(undo(found, action="redo"))
        assert live(log)[:3] == [True] * back + [False] * (3 - back)
    assert to_redo(log, "ana", "annotator") is None
    log.append(undo(three))
    log.append(decide(RECORDS[3], "accept"))
    assert to_redo(log, "ana", "annotator") is None, "what was undone is not redone over a new decision"


def test_nobody_undoes_what_others_decided() -> None:
    log = [decide(RECORDS[0], "accept"), decide(RECORDS[0], "accept", annotator="bo")]
    assert to_undo(log, "ana", "annotator") == log[0]
    assert to_undo(log, "cy", "annotator") is None
    assert to_undo(log, "ana", "adjudicator") is None


STEP = st.tuples(
    st.sampled_from(["accept", "fix", "reject", "skip", "comment", "undo", "redo", "stray"]),
    st.sampled_from(["ana", "bo"]),
    st.integers(0, len(RECORDS) - 1),
)


@settings(max_examples=60)
@given(steps=st.lists(STEP, max_size=25), split=st.integers(0, 25))
def test_the_tables_hold_what_the_function_gives(steps: list[tuple[str, str, int]], split: int) -> None:
    # No fixture: hypothesis runs many examples in one call.
    folder = Path(tempfile.mkdtemp())
    try:
        write_outputs(folder, TEXTS)
        log: list[Decision] = []
        for action, who, n in steps:
            if action in ("undo", "redo"):
                found = (to_undo if action == "undo" else to_redo)(log, who, "annotator")
                if found is not None:
                    log.append(undo(found, action=action))
            elif (
                action == "stray"
            ):  # anything may stand in a log: an undo of an undone or of somebody else's decision
                if log:
                    log.append(undo(log[n % len(log)]))
            else:
                after = fixed(RECORDS[n], assertion="negated") if action == "fix" else None
                log.append(decide(RECORDS[n], action, annotator=who, after=after))
        store = open_store(folder, *log[:split])
        for decision in log[split:]:
            store.log.append(decision)
        store.refresh()
        assert table(store) == folded(store)
        again = Store(folder, store.log)
        assert table(again) == table(store)
        for who in ("ana", "bo"):
            ours, theirs = last_undoable(store, Me(who, "annotator")), to_undo(log, who, "annotator")
            assert (ours and ours[0]) == (theirs and theirs.id)
            ours, theirs = last_redoable(store, Me(who, "annotator")), to_redo(log, who, "annotator")
            assert (ours and ours[0]) == (theirs and theirs.id)
        store.close()
        again.close()
    finally:
        shutil.rmtree(folder)


def changed(records: list[dict[str, Any]], n: int, **changes: Any) -> list[dict[str, Any]]:
    return [r | changes if i == n else r for i, r in enumerate(records)]


def test_a_record_that_changed_is_shown_again(folder: Path) -> None:
    store = open_store(folder, decide(RECORDS[0], "accept"), decide(RECORDS[1], "accept"))
    write_outputs(folder, TEXTS, changed(RECORDS, 0, assertion="negated"))
    store.refresh()
    assert statuses(store) == ["changed", "accepted"]
    assert table(store) == folded(store)
    write_outputs(folder, TEXTS, RECORDS)
    store.refresh()
    assert statuses(store) == ["accepted", "accepted"]


def test_a_record_that_became_what_the_annotator_said_is_settled(folder: Path) -> None:
    store = open_store(folder, decide(RECORDS[0], "fix", after=fixed(RECORDS[0], assertion="negated")))
    write_outputs(folder, TEXTS, changed(RECORDS, 0, assertion="negated"))
    store.refresh()
    assert statuses(store) == ["fixed"]


def test_a_decision_follows_its_trigger_when_the_id_changes(folder: Path) -> None:
    store = open_store(folder, decide(RECORDS[0], "accept"), decide(RECORDS[1], "reject"))
    write_outputs(folder, TEXTS, changed(RECORDS, 0, id="ev_0000000000000000"))
    store.refresh()
    state = table(store)
    assert state[("ev_0000000000000000", "ana", "annotator")][0] == "accepted"
    assert state[(RECORDS[1]["id"], "ana", "annotator")][0] == "rejected"
    assert table(store) == folded(store)


def test_it_follows_into_a_changed_text_too(folder: Path) -> None:
    store = open_store(folder, decide(RECORDS[0], "accept"))
    longer = {"a": "مقدمة جديدة.\n" + EMOJI, "b": PLAIN}
    moved = [r for article, text in longer.items() for r in records_of(article, text)]
    other_id = changed(moved, 0, id="ev_0000000000000000")
    # The sentence of the builder begins after the line break in both texts.
    write_outputs(folder, longer, other_id)
    store.refresh()
    assert moved[0]["trigger"]["start"] == RECORDS[0]["trigger"]["start"] + len("مقدمة جديدة.\n")
    assert table(store)[("ev_0000000000000000", "ana", "annotator")][0] == "accepted"


def test_another_mode_of_the_same_trigger_is_shown_again(folder: Path) -> None:
    store = open_store(folder, decide(RECORDS[0], "accept"))
    write_outputs(folder, TEXTS, changed(RECORDS, 0, id="ev_0000000000000000", mode="raid"))
    store.refresh()
    assert table(store)[("ev_0000000000000000", "ana", "annotator")][0] == "changed"


def test_decisions_on_records_that_are_gone_are_kept(folder: Path) -> None:
    decision = decide(RECORDS[0], "accept")
    store = open_store(folder, decision)
    write_outputs(folder, TEXTS, RECORDS[1:])
    store.refresh()
    assert table(store) == {}
    assert gone(store) == [decision] == list(orphans([decision], store.index))


def test_an_added_event_is_its_own_record(folder: Path) -> None:
    event = fixed(RECORDS[0], mode="raid")
    decision = decide(RECORDS[0], "add", after=event).model_copy(update={"record": "add_1", "before": None})
    store = open_store(folder, decision)
    assert [o.decision for o in added(store, article="a")] == [decision]
    assert added(store, article="b") == []
    store.log.append(
        decision.model_copy(update={"id": "d_x", "action": "reject", "after": None, "before": event})
    )
    store.refresh()
    assert added(store) == []
    assert table(store) == folded(store)


def test_what_another_process_wrote_is_seen(folder: Path) -> None:
    ours, theirs = open_store(folder), open_store(folder)
    theirs.log.append(decide(RECORDS[0], "accept", annotator="bo"))
    ours.refresh()
    assert [(o.annotator, o.status) for o in opinions(ours, RECORDS[0]["id"])] == [("bo", "accepted")]


def test_a_log_that_was_replaced_is_read_anew(folder: Path) -> None:
    store = open_store(folder, decide(RECORDS[0], "accept"), decide(RECORDS[1], "accept"))
    kept = store.log.path.read_text(encoding="utf-8").splitlines()[1]
    store.log.path.write_text(kept + "\n", encoding="utf-8")
    store.refresh()
    assert list(table(store)) == [(RECORDS[1]["id"], "ana", "annotator")]


def test_old_outputs_serve_while_new_ones_do_not_fit_together(folder: Path) -> None:
    store = open_store(folder)
    (folder / "articles.jsonl").write_text("", encoding="utf-8")
    store.refresh()
    record = store.index.record(RECORDS[0]["id"])
    assert record is not None
    assert record.id == RECORDS[0]["id"]


def test_queue_by_status_and_by_disagreement(folder: Path) -> None:
    negated = fixed(RECORDS[3], assertion="negated")
    store = open_store(
        folder,
        decide(RECORDS[0], "accept"),
        decide(RECORDS[0], "accept", annotator="bo"),
        decide(RECORDS[1], "skip"),
        decide(RECORDS[2], "reject", reason="state"),
        decide(RECORDS[3], "accept"),
        decide(RECORDS[3], "fix", annotator="bo", after=negated),
        decide(RECORDS[4], "comment", annotator="bo", comment="?"),
    )
    ids = [r["id"] for r in RECORDS]

    def found(me: Me, **choice: str) -> list[int]:
        return [ids.index(row["id"]) for row in page(store, me, Choice(**choice), 1)[0]]

    ana, bo, chief = Me("ana", "annotator"), Me("bo", "annotator"), Me("chief", "adjudicator")
    by_status = {
        "todo": [4], "all": [0, 1, 2, 3, 4], "judged": [0, 2, 3], "accepted": [0, 3], "fixed": [], "rejected": [2],
        "skipped": [1], "changed": [], "commented": [4], "contested": [3], "dispute": [], "double": [0, 3],
    }  # fmt: skip
    assert {status: found(ana, status=status) for status in STATUSES} == by_status
    assert found(bo, status="fixed") == [3]
    assert found(ana, status="all", order="disagreement") == [3, 0, 2, 1, 4]
    assert found(chief, status="dispute") == [3]
    store.log.append(decide(RECORDS[3], "accept", annotator="chief", role="adjudicator"))
    store.refresh()
    assert found(chief, status="dispute") == []
    done = progress(store, ana, Choice())
    assert (done.done, done.total) == (4, 5)
    assert progress(store, chief, Choice(status="dispute")).done == 1


def test_the_rate_leaves_pauses_out(folder: Path) -> None:
    stamps = ["09:00:00", "09:00:10", "09:00:20", "11:00:00", "11:00:10"]
    decisions = [
        decide(r, "accept", at=f"2024-03-14T{stamp}.000Z") for r, stamp in zip(RECORDS, stamps, strict=True)
    ]
    found = progress(open_store(folder, *decisions), Me("ana", "annotator"), Choice())
    assert found.rate == 360, "three pauses of ten seconds; the lunch is none"


def test_outputs_that_do_not_fit_together_are_tried_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(folder)
    tried: list[Path] = []

    def opened(path: Path) -> RecordIndex:
        tried.append(path)
        return RecordIndex(path)

    monkeypatch.setattr("pipeline.review.store.RecordIndex", opened)
    (folder / "articles.jsonl").write_text("", encoding="utf-8")
    for _ in range(3):
        store.refresh()
    assert len(tried) == 1
    write_outputs(folder, TEXTS)
    store.refresh()
    assert len(tried) == 2


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("events.jsonl", None, "events.jsonl: cannot be read: No such file"),
        ("articles.jsonl", None, "articles.jsonl: cannot be read: No such file"),
        ("events.jsonl", "{", "events.jsonl:1: not an event record: Invalid JSON"),
        ("articles.jsonl", "{", "articles.jsonl:1: not valid JSON"),
        ("articles.jsonl", '{"id": "a"}', "articles.jsonl:1: not an article: id and text are needed"),
        (
            "articles.jsonl",
            '{"id": "z", "text": ""}',
            "events.jsonl:1: the article a is not in articles.jsonl",
        ),
        (
            "articles.jsonl",
            '{"id": "a", "text": ""}',
            "events.jsonl:1: the record was made from another text of a",
        ),
    ],
)
def test_bad_outputs_are_named_in_one_line(folder: Path, name: str, content: str | None, why: str) -> None:
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_text(content + "\n", encoding="utf-8")
    with pytest.raises(OutputsError) as error:
        RecordIndex(folder)
    assert why in str(error.value)
    assert "\n" not in str(error.value)


def test_the_index_is_kept_and_made_anew(folder: Path) -> None:
    RecordIndex(folder).close()
    cache = folder / ".waqai" / "review.sqlite"
    made = cache.stat().st_mtime_ns
    RecordIndex(folder).close()
    assert cache.stat().st_mtime_ns == made
    cache.write_bytes(b"no database at all" * 100)
    index = RecordIndex(folder)
    assert index.count == len(RECORDS)


def test_a_folder_that_cannot_be_written_is_reviewed_all_the_same(folder: Path) -> None:
    (folder / ".waqai").write_text("a file stands in the way", encoding="utf-8")
    index = RecordIndex(folder)
    assert index.count == len(RECORDS)
    Path(index.db.execute("PRAGMA database_list").fetchone()[2]).unlink()


def test_an_annotation_finds_its_place_in_a_changed_text() -> None:
    annotation = fixed(RECORDS[0])
    sentence = Span.model_validate({k: RECORDS[0]["sentence"][k] for k in ("text", "start", "end")})
    assert relocated(annotation, sentence, EMOJI) == annotation
    moved = relocated(annotation, sentence, "قبل. " + EMOJI)
    assert moved is not None
    assert moved == annotation.moved(5)
    assert relocated(annotation, sentence, EMOJI.replace("شبان", "نساء")) is None
    assert json.loads(annotation.model_dump_json())["trigger"]["text"] == "اعتقلت"

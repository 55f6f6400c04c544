"""The challenge set: sentences that the rules could not do when they were written down. Their number may only fall."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.examples import Case, judge_of, judge_of_cue, run_cases
from pipeline.extraction import load_extractor
from pipeline.knowledge.assertion import AssertionExample, load_cues
from pipeline.knowledge.events import Example, load_events

HERE = Path(__file__).resolve().parent.parent
FILE = HERE / "gold" / "challenges.jsonl"
LINES: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
LEFT: int = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["challenges"]["left"]


def case(number: int, line: dict[str, Any]) -> Case:
    """A line is an example with the ``rule`` that must fire, or with the ``cue`` that must be heeded."""
    content = {k: v for k, v in line.items() if k not in ("rule", "cue")}
    if "cue" in line:
        judge = judge_of_cue(AssertionExample.model_validate(content))
    else:
        judge = judge_of(line["rule"], Example.model_validate(content))
    return Case(str(number), FILE.name, number, line["text"], judge)


def test_challenges_are_of_entries_that_there_are() -> None:
    rules = {trigger.rule for trigger in load_events()}
    cues = {cue.verb or cue.noun or cue.word or cue.prep for cue in load_cues()}
    assert [line for line in LINES if "rule" in line and line["rule"] not in rules] == []
    assert [line for line in LINES if "cue" in line and line["cue"] not in cues] == []


def test_no_sentence_stands_twice_for_a_rule() -> None:
    assert len({(line.get("rule"), line["text"]) for line in LINES}) == len(LINES)


def test_no_more_are_left_than_were(capsys: pytest.CaptureFixture[str]) -> None:
    cases = [case(number, line) for number, line in enumerate(LINES, 1)]
    problems = run_cases(load_extractor(), cases)
    solved = [c.line for c in cases if problems[c.id] is None]
    with capsys.disabled():
        print(f" challenges: {len(solved)} of {len(cases)} come out, lines {solved}")
    assert len(cases) - len(solved) <= LEFT

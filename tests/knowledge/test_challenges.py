"""The challenge set: sentences that the rules could not do when they were written down. Their number may only fall."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.examples import Case, judge_of, run_cases
from pipeline.extraction import load_extractor
from pipeline.knowledge.events import Example, load_events

HERE = Path(__file__).resolve().parent.parent
FILE = HERE / "gold" / "challenges.jsonl"
LINES: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
FLOOR: int = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["challenges"]["solved"]


def test_challenges_are_of_rules_that_there_are() -> None:
    rules = {trigger.rule for trigger in load_events()}
    assert [line for line in LINES if line["rule"] not in rules] == []


def test_no_sentence_stands_twice_for_a_rule() -> None:
    assert len({(line["rule"], line["text"]) for line in LINES}) == len(LINES)


def test_as_many_come_out_as_did(capsys: pytest.CaptureFixture[str]) -> None:
    cases = []
    for number, line in enumerate(LINES):
        rule, example = line["rule"], Example.model_validate({k: v for k, v in line.items() if k != "rule"})
        cases.append(Case(f"{number}", FILE.name, number + 1, example.text, judge_of(rule, example)))
    problems = run_cases(load_extractor(), cases)
    solved = [case.line for case in cases if problems[case.id] is None]
    with capsys.disabled():
        print(f" challenges: {len(solved)} of {len(cases)} come out, lines {solved}")
    assert len(solved) >= FLOOR

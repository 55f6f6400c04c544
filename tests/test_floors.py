"""The program is at least as good on its own gold as tests/floors.toml says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.evaluate import Report, evaluate_files

HERE = Path(__file__).resolve().parent
FLOORS: dict[str, float] = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["floors"]
#: What users rely on has a floor; more may have one.
REQUIRED = {
    "event.f1",
    "type.accuracy",
    "actors.f1",
    "targets.f1",
    "places.f1",
    "time.f1",
    "assertion.accuracy",
}


@pytest.fixture(scope="module")
def report(corpus_run: Path) -> Report:
    return evaluate_files(HERE / "gold" / "dev.jsonl", corpus_run / "events.jsonl", samples=0)


def test_floors_are_given_and_possible() -> None:
    assert set(FLOORS) >= REQUIRED
    assert all(0.0 <= floor <= 1.0 for floor in FLOORS.values())


@pytest.mark.parametrize("measure", sorted(FLOORS))
def test_floor(report: Report, measure: str) -> None:
    value = report.score(measure)
    assert value is not None, "nothing was found that could be scored"
    assert value >= FLOORS[measure], f"{measure} fell to {value:.3f}"

"""Every example of the event knowledge is a test of its own; all run in one pass through the pipeline."""

from __future__ import annotations

import pytest

from pipeline.checks import static_faults
from pipeline.examples import Case, cases, run_cases
from pipeline.extraction import load_extractor

CASES = cases()


@pytest.fixture(scope="module")
def problems() -> dict[str, str | None]:
    """What is wrong with each case, by its id."""
    return run_cases(load_extractor(), CASES)


def test_the_knowledge_has_no_static_fault() -> None:
    assert [str(f) for f in static_faults()] == []


def test_case_ids_are_unique() -> None:
    assert len({c.id for c in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_example(case: Case, problems: dict[str, str | None]) -> None:
    assert problems[case.id] is None

"""Every example and every negative of the time rows, each under its own test id."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.knowledge.time import load_time
from pipeline.knowledge.time_schema import Example, Row
from pipeline.resolve.time_examples import run_example, run_negative

ROWS = load_time().rows


def _examples() -> Iterator[object]:
    for row in ROWS:
        for number, example in enumerate(row.examples):
            yield pytest.param(row, example, id=f"{row.name}-{number}")


def _negatives() -> Iterator[object]:
    for row in ROWS:
        for number, text in enumerate(row.negatives):
            yield pytest.param(text, id=f"{row.name}-{number}")


@pytest.mark.parametrize(("row", "example"), list(_examples()))
def test_example(row: Row, example: Example) -> None:
    assert run_example(row, example) == []


@pytest.mark.parametrize("text", list(_negatives()))
def test_negative(text: str) -> None:
    assert run_negative(text) == []


def test_there_are_enough_of_them() -> None:
    assert sum(len(row.examples) for row in ROWS) >= 400
    assert sum(len(row.negatives) for row in ROWS) >= 110


def test_no_sentence_stands_twice_with_the_same_span() -> None:
    seen = [(e.text, e.span, e.anchor, e.focus) for row in ROWS for e in row.examples]
    assert sorted({s for s in seen if seen.count(s) > 1}) == []


def test_an_example_that_lies_is_told() -> None:
    row = next(r for r in ROWS if r.name == "yesterday")
    wrong = row.examples[0].model_copy(update={"value": "1999-01-01", "from_": None, "to": None})
    assert len(run_example(row, wrong)) == 1
    other = next(r for r in ROWS if r.name == "tomorrow")
    assert "is read by" in run_example(other, row.examples[0])[0]
    assert run_negative("وصل الوفد أمس") != []

"""Quantities: the examples of the data file, each by itself, and hostile input."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events.quantities import parse_quantity
from pipeline.knowledge.quantities import load_quantities


@pytest.mark.parametrize("example", load_quantities().examples, ids=lambda e: e.text)
def test_examples(example: object) -> None:
    found = parse_quantity(example.text)  # type: ignore[attr-defined]
    assert found is not None
    told = tuple("" if v is None else str(v) for v in (found.low, found.high))
    assert told == (example.low, example.high)  # type: ignore[attr-defined]


@pytest.mark.parametrize("phrase", ["الجيش السوري", "مواقع المعارضة", "", "سكان المدينة"])
def test_no_number_is_no_quantity(phrase: str) -> None:
    assert parse_quantity(phrase) is None


def test_a_single_indefinite_person_counts_as_one() -> None:
    found = parse_quantity("جندي في حرس الحدود", singular=True)
    assert found is not None
    assert (found.low, found.high) == (1, 1)


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    found = parse_quantity(text)
    assert (
        found is None or found.low is None or found.high is None or found.low <= found.high or "بين" in text
    )

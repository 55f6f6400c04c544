"""Every example and negative of ``facilities.yaml`` and ``units.yaml`` through the real pipeline, each its own test."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline import nlp as front
from pipeline.knowledge.facilities import Pattern, SpanExample, load_facilities, load_units

SOURCES = (("facility", load_facilities()[1]), ("unit", load_units()[1]))
POSITIVE = [
    pytest.param(source, pattern, example, id=f"{source}:{pattern.id}+{number}")
    for source, patterns in SOURCES
    for pattern in patterns.patterns
    for number, example in enumerate(pattern.examples)
]
NEGATIVE = [
    pytest.param(source, text, id=f"{source}:{pattern.id}-{number}")
    for source, patterns in SOURCES
    for pattern in patterns.patterns
    for number, text in enumerate(pattern.negatives)
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return front.load()


@pytest.mark.parametrize(("source", "pattern", "example"), POSITIVE)
def test_example(nlp: Language, source: str, pattern: Pattern, example: SpanExample) -> None:
    doc = nlp(example.text)
    found = [(s.text, s.label_) for s in doc.spans["rulers"] if s.id_ == source]
    assert (example.span, pattern.label) in found


@pytest.mark.parametrize(("source", "text"), NEGATIVE)
def test_negative(nlp: Language, source: str, text: str) -> None:
    doc = nlp(text)
    assert [s.text for s in doc.spans["rulers"] if s.id_ == source] == []

"""The confidence of records: its table is that of the readings, and more evidence never means less."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipeline import extract
from pipeline.events.confidence import confidence, load_calibration

SCRIPT = Path(__file__).parents[1] / "gold/make_confidence.py"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that fits the table."""
    spec = importlib.util.spec_from_file_location("make_confidence", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_confidence"] = module
    spec.loader.exec_module(module)
    return module


def test_the_bins_are_those_of_the_readings(maker: ModuleType) -> None:
    weights, bins = load_calibration()
    table = maker.bins(maker.unseen(maker.read()), dict(weights))
    assert [(low, round(right, 2)) for low, right, _ in table] == list(bins)


def test_every_weight_is_of_evidence_that_was_seen_often_enough(maker: ModuleType) -> None:
    weights, _ = load_calibration()
    readings = maker.read()
    seldom = [n for n in weights if sum(n in r.signs for r in readings) < maker.LEAST]
    assert not seldom


def test_more_points_never_mean_less() -> None:
    _, bins = load_calibration()
    assert list(bins) == sorted(bins)
    assert [r for _, r in bins] == sorted(r for _, r in bins)


def test_confidence_tells_news_at_large_apart(maker: ModuleType) -> None:
    """Of newspaper records said to be surest a fifth more are right than of all; of the least sure a fourth fewer."""
    news = [r for r in maker.read() if r.place == "news"]
    share = sum(r.right for r in news) / len(news)
    said = [confidence(r.signs) for r in news]
    surest = [r.right for r, s in zip(news, said, strict=True) if s == max(said)]
    doubtful = [r.right for r, s in zip(news, said, strict=True) if s == min(said)]
    assert sum(surest) / len(surest) >= 1.2 * share
    assert sum(doubtful) / len(doubtful) <= 0.75 * share


def test_a_named_subject_is_surer_than_an_unsaid_one() -> None:
    text = "اعتقلت الشرطة التونسية ثلاثة متظاهرين في سوسة أمس. وداهمت منازل في القيروان."
    sure = {r.trigger.text: r.confidence for r in extract(text, published="2021-01-09")}
    assert sure["اعتقلت"] > sure["داهمت"]

"""Texts that are all of one thing: each costs linear time, none crashes, every span is what is written there.

Time is processor time, and what is compared is how it grows: a quadratic step would cost 64 times as much for eight
times the text. ``slow`` tests take the sizes that nobody would send by accident.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from span_checks import spans_hold

from pipeline.articles import Article
from pipeline.bench.texts import Texts
from pipeline.records import EventRecord

#: What a text is made of: a function of how many.
KINDS: dict[str, tuple[Callable[[int], str], int]] = {
    # name: (text, how many of it the issue of hostile input asks for)
    "one word": (lambda n: "ا" * n, 1_000_000),
    "one Latin word": (lambda n: "a" * n, 1_000_000),
    "brackets": (lambda n: "(" * n, 50_000),
    "pairs of brackets": (lambda n: "()" * (n // 2), 50_000),
    "sentences of one word": (lambda n: "قصف. " * n, 10_000),
    "nested quotations": (lambda n: "«" * n + "قصف الجيش المدينة" + "»" * n, 10_000),
    "nested speech": (lambda n: "قال: «إن " * n + "»" * n, 3_000),
    "marks on a letter": (lambda n: "قصـ" + "\u064b" * n + "ف الجيش المدينة.", 100_000),
    "tatweels": (lambda n: "قصـ" + "ـ" * n + "ف الجيش المدينة.", 1_000_000),
    "digits": (lambda n: "1" * n, 50_000),
    "dates": (lambda n: "5/12/2024 " * n, 10_000),
    "numbers": (lambda n: "17 " * n, 20_000),
    "number words": (lambda n: "ثلاثة وعشرون ألفا و" * n, 5_000),
    "times": (lambda n: "من الأحد إلى الاثنين " * n, 5_000),
    "commas": (lambda n: "،" * n, 50_000),
    "conjunctions": (lambda n: "و " * n, 20_000),
    "prepositions": (lambda n: "في " * n, 20_000),
    "a sentence without end": (lambda n: "قصف الجيش المدينة و" * n, 5_000),
    "spaces": (lambda n: " " * n + "قصف الجيش المدينة.", 1_000_000),
    "empty lines": (lambda n: "\n" * n + "قصف الجيش المدينة.", 1_000_000),
    "mark-up": (lambda n: "<p>&nbsp;[1]" * (n // 3), 50_000),
}
#: What is small enough for every day, as characters.
DAILY = 400


@lru_cache(maxsize=1)
def _extractor() -> Any:
    from pipeline.extraction import load_extractor

    extractor = load_extractor("fast")
    extractor.extract("قصف الجيش مدينة حلب أمس.", published="2024-12-05")
    return extractor


def _cost(text: str) -> tuple[float, list[EventRecord]]:
    extractor = _extractor()
    began = time.process_time()
    records = list(extractor(Article(id="a", text=text, published="2024-12-05")))
    return time.process_time() - began, records


def _hold(text: str, records: list[EventRecord]) -> None:
    for record in records:
        spans_hold(text, record)


@pytest.mark.parametrize("kind", KINDS)
def test_eight_times_the_text_costs_no_square(kind: str) -> None:
    make, _ = KINDS[kind]
    size = max(1, DAILY // max(1, len(make(3)) // 3))
    little, much = make(size), make(8 * size)
    cost, records = _cost(much)
    _hold(much, records)
    # What is over at once needs no comparison; caches that fill make the first the dearer one.
    if cost > 0.5:
        # A collection of garbage in a process that has run for long may fall into one of them: the better of two.
        cost = min(cost, _cost(much)[0])
        assert cost < 20 * max(_cost(little)[0], 0.05), f"{len(much)} characters: {cost:.1f} s"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_sizes_that_nobody_sends_by_accident(kind: str) -> None:
    make, size = KINDS[kind]
    text = make(size)
    cost, records = _cost(text)
    _hold(text, records)
    # Twice what an ordinary text of as many words costs a slow core, and half a minute.
    assert cost < 30 + len(text.split()) / 250, f"{len(text)} characters: {cost:.1f} s"


@pytest.mark.slow
def test_an_article_of_100_000_words(root: Path) -> None:
    texts = Texts.of([root / "corpus"])
    costs = {}
    for words in (10_000, 100_000):
        article = texts.one(words)
        cost, records = _cost(article.text)
        _hold(article.text, records)
        assert len(records) > words / 100
        costs[words] = cost / len(article.text.split())
    assert costs[100_000] < 1.5 * costs[10_000], costs


def test_windows_do_not_change_what_is_found(root: Path) -> None:
    """An article longer than a window: its first part gives the records that it gives alone."""
    from pipeline.engines import language

    chance = random.Random(1)
    sentences = ["قصف الجيش مدينة حلب.", "اعتقلت الشرطة ثلاثة شبان في عدن.", "تظاهر الآلاف في العاصمة."]
    text = "\n".join(chance.choices(sentences, k=60))
    _, alone = _cost(text)
    before, language.WINDOW = language.WINDOW, 40
    try:
        _, windowed = _cost(text)
    finally:
        language.WINDOW = before
    assert [(r.trigger.start, r.mode) for r in windowed] == [(r.trigger.start, r.mode) for r in alone]
    _hold(text, windowed)

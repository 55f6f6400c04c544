"""Single sentences: those that report no event give no record, and those that do give theirs."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

from pipeline.articles import Article
from pipeline.articles.read import read_articles
from pipeline.evaluate import evaluate, read_gold
from pipeline.extraction import Extractor, load_extractor

TESTS = Path(__file__).resolve().parent.parent
GOLD = TESTS / "gold"
FLOORS: dict[str, float] = tomllib.loads((TESTS / "floors.toml").read_text(encoding="utf-8"))["sentences"]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


def sentences(name: str) -> list[str]:
    return [line for line in (GOLD / name).read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("half", ["dev", "blind"])
def test_sentences_without_events_stay_silent(half: str, extractor: Extractor) -> None:
    """Only the share is told: rules are written from no sentence of the blind half."""
    lines = sentences(f"{half}-hard-negatives.txt")
    assert len(lines) == len(set(lines)) == 120
    silent = sum(not extractor(Article(id=str(n), text=text)) for n, text in enumerate(lines))
    assert silent / len(lines) >= FLOORS[f"{half}.silent"], f"{silent} of {len(lines)} are silent"


def test_sentences_with_events_give_them(extractor: Extractor) -> None:
    articles = [a for a in read_articles([str(GOLD / "dev-sentences")]) if isinstance(a, Article)]
    gold = read_gold(GOLD / "dev-sentences.jsonl")
    assert len(articles) == len(gold) == 3
    for article in gold:
        raw = (GOLD / "dev-sentences" / article.article).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == article.sha256
    records = [record for article in articles for record in extractor(article)]
    report = evaluate(gold, records, {a.id: a.text for a in articles}, samples=0)
    for measure in ("event.f1", "actors.f1"):
        value = report.score(measure)
        assert value is not None
        assert value >= FLOORS[f"dev.{measure}"], f"{measure} fell to {value:.3f}"

"""The fault drill, small with an extractor without models, and as ``make drill`` runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from run_builders import age

pytest.importorskip("distributed")

from drill.articles import write_articles
from drill.drill import Plan, drill


def test_a_small_drill(root: Path, tmp_path: Path) -> None:
    write_articles(root / "corpus", tmp_path / "in", count=200, words=30)
    age(tmp_path / "in")
    told = drill(Plan(tmp_path / "in", tmp_path, kills=6, light=True))
    assert told.startswith("6 kills")
    assert "200 articles" in told


@pytest.mark.slow
def test_twenty_kills_with_the_engine(root: Path, tmp_path: Path) -> None:
    write_articles(root / "corpus", tmp_path / "in", count=300, words=100)
    age(tmp_path / "in")
    assert drill(Plan(tmp_path / "in", tmp_path, kills=20)).startswith("20 kills")


def test_drill_articles_are_the_same_every_time_and_no_copies(root: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert write_articles(root / "corpus", tmp_path / name, count=510, words=30) > 510 * 30
    files = [sorted(p for p in (tmp_path / name).iterdir()) for name in ("a", "b")]
    assert [p.name for p in files[0]] == ["0000000.jsonl", "0000500.jsonl"]
    assert [p.read_bytes() for p in files[0]] == [p.read_bytes() for p in files[1]]
    lines = [line for path in files[0] for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(set(lines)) == 510

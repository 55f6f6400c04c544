"""Fifty decisions by keyboard on the demo corpus, from a recorded script."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.review.decisions import JUDGEMENTS
from pipeline.review.queries import Me, progress
from pipeline.review.queue import Choice
from pipeline.review.state import live

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPT = Path(__file__).with_name("fifty.txt").read_text(encoding="utf-8").splitlines()
LINES = [line for line in SCRIPT if not line.startswith("#")]


@pytest.fixture
def outputs(corpus_run: Path, tmp_path: Path) -> Path:
    """A copy of the run over the demo corpus: decisions do not belong into the run that tests share."""
    for name in ("events.jsonl", "articles.jsonl"):
        shutil.copy(corpus_run / name, tmp_path / name)
    return tmp_path


def play(page: Page, line: str) -> None:
    """Press the keys of a line; its last one leads to another page."""
    keys = line.removeprefix("+ ").split()
    for number, code in enumerate(keys, 1):
        page.evaluate("document.documentElement.dataset.old = ''")
        if code.startswith("word:"):
            page.keyboard.press("Control+KeyA")
            page.keyboard.type(code.removeprefix("word:"))
        else:
            page.keyboard.press(code)
        if code == "KeyN" or number == len(keys):
            page.wait_for_selector("html[data-ready]:not([data-old])")


def test_fifty_decisions_by_keyboard(outputs: Path, serve: Any, visit: Any) -> None:
    served = serve(outputs)
    page = visit(served)
    for line in LINES:
        play(page, line)
    log = served.log
    texts = {
        a["id"]: a["text"]
        for a in map(json.loads, (outputs / "articles.jsonl").read_text(encoding="utf-8").splitlines())
    }
    standing = [d for d, stands in zip(log, live(log), strict=True) if stands]
    judged = [d for d in standing if d.action in JUDGEMENTS - {"add"}]
    assert len({d.record for d in judged}) == len(judged) == 50
    counts = Counter(d.action for d in standing)
    assert counts["add"] == counts["comment"] == 1
    assert Counter(d.action for d in log)["undo"] == 3
    assert min(counts[action] for action in ("accept", "fix", "reject", "skip")) >= 3
    for decision in (d for d in standing if d.action in JUDGEMENTS):
        assert decision.where is not None
        text = texts[decision.where.article]
        assert all(a.fits(text) for a in (decision.before, decision.after) if a is not None)
    found = progress(served.store, Me("ana", "annotator"), Choice())
    assert found.done == 50
    assert found.rate is not None
    print(f"{found.rate} decisions an hour")

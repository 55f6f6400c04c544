"""The table of conjugated verbs says what mazini says, and a verb that is not in it is conjugated all the same."""

from __future__ import annotations

import gzip
import json
from importlib.metadata import version
from pathlib import Path

import pytest

from pipeline.checks import all_verbs
from pipeline.events import paradigms
from pipeline.events.paradigms import CELLS, conjugate_verb, conjugated, derived, write_table
from pipeline.knowledge.load import data_path


def test_the_shipped_table_is_of_the_pinned_mazini_and_nearly_complete() -> None:
    table = json.loads(gzip.decompress(data_path(paradigms.TABLE).read_bytes()))
    assert table["mazini"] == version("mazini")
    verbs = all_verbs()
    missing = {paradigms._key(*verb) for verb in verbs} - set(table["verbs"])
    assert len(missing) <= len(verbs) // 10, "run waqai check --write-conjugations"


def test_the_table_says_what_mazini_says() -> None:
    for root, pattern, reduced in sorted(all_verbs()):
        verb = conjugate_verb(root, pattern, reduced)
        assert conjugated(root, pattern, reduced=reduced) == {s: list(f) for s, f in verb.forms.items()}
        for cell in CELLS:
            assert derived(root, pattern, cell, reduced=reduced) == verb.cells[cell]


def test_a_verb_that_is_not_in_the_table() -> None:
    assert "كتبت" in conjugated("كتب", "فعَل يفعُل")
    assert derived("كتب", "فعَل يفعُل", "ap")[0].startswith("كَ")


def test_writing_twice_gives_equal_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paradigms, "data_path", lambda name: tmp_path / name)
    verbs = [("قتل", "فعَل يفعُل", False), ("هجم", "فاعل", False)]
    first = write_table(verbs).read_bytes()
    assert write_table(reversed(verbs)).read_bytes() == first

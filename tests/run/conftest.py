"""A corpus for the tests of the run."""

from __future__ import annotations

from pathlib import Path

import pytest
from run_builders import FILES, age, write


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of several formats, eight articles and three rejects, dated back as a dump is."""
    folder = write(tmp_path / "corpus", FILES)
    age(folder)
    return folder

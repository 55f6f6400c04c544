"""What the tests of event extraction share."""

from __future__ import annotations

import pytest

from pipeline.extraction import Extractor, load_extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The fast engine with the shipped knowledge."""
    return load_extractor()

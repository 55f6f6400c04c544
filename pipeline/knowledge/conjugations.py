"""The verbs of the lexicon conjugated once, as they are shipped (``conjugations.json.gz``).

The program starts seconds sooner with them. A verb that is not in the table is conjugated when it is asked for, so an
entry may be added without it; ``waqai check --write-conjugations`` writes it anew.
"""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from typing import Any

from pipeline.knowledge.load import data_path

TABLE = "conjugations.json.gz"


@lru_cache(maxsize=1)
def load_conjugations() -> dict[str, Any]:
    """The table: ``mazini``, the version that made it, and ``verbs``, cells and folded forms by «root|pattern|»."""
    path = data_path(TABLE)
    return json.loads(gzip.decompress(path.read_bytes())) if path.exists() else {"mazini": None, "verbs": {}}


@lru_cache(maxsize=1)
def past_forms() -> frozenset[str]:
    """The folded past forms of he, she and they of all verbs of the table."""
    return frozenset(
        surface
        for verb in load_conjugations()["verbs"].values()
        for surface, readings in verb["forms"].items()
        if any(tense == "past" and persons != "1p" for tense, _, persons in readings)
    )

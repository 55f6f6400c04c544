"""Scores of the accurate engine as it is shipped: the exported network inside its spaCy components."""

from __future__ import annotations

import random
from pathlib import Path

from pipeline.engines import accurate
from pipeline.training.accurate_data import Corpora
from pipeline.training.names import evaluate_names
from pipeline.training.syntax import evaluate_syntax


def measure(models: Path, corpora: Corpora) -> dict[str, str]:
    """Scores by name of the test, on gold words.

    Args:
        models: the folder of the models.
        corpora: holds the tests.
    """
    scores: dict[str, str] = {}
    for unknown, note in ((True, "X as the treebank has it"), (False, "as shipped")):
        nlp = accurate.load(models, unknown=unknown)
        for name, sentences in (("PADT test", corpora.padt_test), ("PUD last 20 %", corpora.pud_test)):
            result = evaluate_syntax(nlp, sentences, random.Random(1))
            scores[f"accurate: syntax, {name}, {note}"] = str(result)
        if not unknown:
            names = evaluate_names(nlp, corpora.test_names, corpora.test_cut)
            scores["accurate: names, ANERcorp test"] = str(names)
    return scores

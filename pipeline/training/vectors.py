"""Word vectors from raw news, cut by our own tokeniser: what the treebanks are too small to teach.

floret keeps them small: a vector is the sum of hashed letter groups, so there is no list of words. The networks
look them up by ``NORM``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.training.initialize import convert_vectors

from pipeline.text.words import Expander, split

DIMENSIONS = 64
BUCKETS = 25_000


def cut_lines(texts: Iterable[str], models: Expander) -> Iterator[str]:
    """The sentences of clean texts as lines of normal forms, a space between two."""
    for text in texts:
        line: list[str] = []
        for word in split(text, models):
            if word.sentence and line:
                yield " ".join(line)
                line = []
            line.append(word.norm)
        if line:
            yield " ".join(line)


def train_vectors(
    nlp: Language,
    lines: Iterable[str],
    *,
    dimensions: int = DIMENSIONS,
    buckets: int = BUCKETS,
    epochs: int = 5,
    least: int = 5,
) -> None:
    """Trains floret vectors on ``lines`` and gives them to ``nlp.vocab``.

    Args:
        nlp: the pipeline whose vocabulary takes them; before its networks are initialised.
        lines: sentences as :func:`cut_lines` makes them.
        dimensions: length of a vector.
        buckets: rows of the hash table.
        epochs: passes over the text.
        least: words rarer than this train nothing.
    """
    import floret  # type: ignore[import-untyped]

    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "lines.txt"
        with corpus.open("w", encoding="utf-8") as target:
            target.writelines(line + "\n" for line in lines)
        # One thread, and floret seeds itself with a constant: the same text gives the same vectors.
        model = floret.train_unsupervised(
            str(corpus), model="skipgram", mode="floret", dim=dimensions, bucket=buckets, hashCount=2, minn=3, maxn=5,
            epoch=epochs, minCount=least, ws=5, neg=10, lr=0.05, thread=1, verbose=0,
        )  # fmt: skip
        table = Path(folder) / "vectors.floret"
        model.save_floret_vectors(str(table))
        convert_vectors(nlp, table, truncate=0, prune=0, mode="floret", attr="NORM")

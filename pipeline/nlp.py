"""Builds and loads the spaCy ``Language``: text in, annotated ``Doc`` out.

>>> from pipeline import nlp
>>> doc = nlp.load()("سيطرت القوات على المدينة.")

What the ``Doc`` holds: tokens are slices of the text and ``norm_`` their normal form; ``_.noise`` and
``_.word_start``; tags, features, lemmas, one tree for each sentence; ``doc.sents``; ``doc.spans["clauses"]``;
``doc.ents``. Offsets are code points of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, DocBin

# Importing these registers the factories of the entities half.
from pipeline.engines import accurate, fast
from pipeline.engines.bundle import ModelError, models_dir, models_hash, read_manifest, verify
from pipeline.entities import merge, rulers  # noqa: F401

#: Engines that are bundled, in the order in which they are offered.
ENGINES = ("fast", "accurate")
#: Parts of the entities half, last in the pipe.
ENTITIES = ("waqai_rulers", "waqai_entities")
#: What a DocBin has to keep so that nothing of the Doc is lost.
ATTRS = (
    "ORTH", "SPACY", "NORM", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP",
    "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID",
)  # fmt: skip


@lru_cache(maxsize=4)
def load(engine: str = "fast") -> Language:
    """The pipeline, from the bundled models; the second call with the same engine returns the same object.

    Args:
        engine: one of :data:`ENGINES`.

    Raises:
        ModelError: models are missing or damaged.
        ValueError: there is no such engine.
    """
    if engine not in ENGINES:
        raise ValueError(f"no engine is called {engine!r}; there are: {', '.join(ENGINES)}")
    folder = models_dir()
    verify(folder)
    nlp = accurate.load(folder) if engine == accurate.NAME else fast.load(folder)
    add_entities(nlp)
    return nlp


def add_entities(nlp: Language) -> None:
    """Adds the rulers and the policy that settles overlapping names."""
    for name in ENTITIES:
        nlp.add_pipe(name)


def doc_bin(docs: Iterable[Doc]) -> DocBin:
    """A DocBin of annotated Docs that loses nothing: normal forms, spans and flags are kept."""
    return DocBin(attrs=list(ATTRS), store_user_data=True, docs=docs)


__all__ = ["ENGINES", "ModelError", "doc_bin", "load", "models_dir", "models_hash", "read_manifest"]

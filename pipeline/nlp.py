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
from importlib import import_module

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from pipeline.engines.bundle import ModelError, models_dir, models_hash, read_manifest, verify
from pipeline.engines.choice import DEFAULT, ENGINES, RECOGNISERS, TOKENIZERS, parse

# Importing these registers the factories of the entities half.
from pipeline.entities import merge, rulers  # noqa: F401
from pipeline.text.tokenizer import Tokenizer

#: Parts of the entities half, last in the pipe.
ENTITIES = ("waqai_rulers", "waqai_entities")
#: What a DocBin has to keep so that nothing of the Doc is lost.
ATTRS = (
    "ORTH", "SPACY", "NORM", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP",
    "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID",
)  # fmt: skip


@lru_cache(maxsize=4)
def load(engine: str = DEFAULT) -> Language:
    """The pipeline; the second call with the same engine returns the same object.

    Args:
        engine: a choice as :func:`pipeline.engines.choice.parse` reads it: ``fast``, ``stanza+camel``, ...

    Raises:
        ModelError: models are missing or damaged.
        ValueError: there is no such engine, tokeniser or recogniser.
    """
    choice = parse(engine)
    folder = models_dir()
    verify(folder)
    module = import_module(ENGINES[choice.engine].module)
    nlp: Language = module.load(folder)
    if choice.tokenizer not in (None, TOKENIZERS[0]):
        Tokenizer.load(nlp.tokenizer, folder / "tokenizer", choice.tokenizer)  # type: ignore[arg-type]
    if choice.ner is not None:
        if module.NAMES in nlp.pipe_names:
            nlp.remove_pipe(module.NAMES)
        import_module(RECOGNISERS[choice.ner].module).add(nlp)
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

"""The fast engine: small convolutional networks in spaCy, trained by :mod:`pipeline.training.fast`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.util import load_model_from_path
from thinc.api import Model

# The first two register what the config names.
from pipeline.engines import components, lemmas  # noqa: F401
from pipeline.engines.language import ArabicNews
from pipeline.text import tokenizer

#: Lexical attributes that the networks read, and the rows of their hash tables.
ATTRS = ("NORM", "LOWER", "PREFIX", "SUFFIX", "SHAPE")
ROWS = (10000, 5000, 1000, 4000, 500)
#: Parts in order. Those of the entities half are added by :func:`pipeline.nlp.load`.
ENCODER = "tok2vec"
SYNTAX = (ENCODER, "tagger", "waqai_tags", "morphologizer", "waqai_clauses", "parser", "waqai_sentences")
LEMMAS = "waqai_lemmas"
NAMES = "ner"


def _embed(width: int, depth: int, *, vectors: bool) -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": width,
            "attrs": list(ATTRS),
            "rows": list(ROWS),
            "include_static_vectors": vectors,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": width,
            "depth": depth,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _transitions(state: str, tok2vec: dict[str, Any], hidden: int) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": hidden,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": tok2vec,
    }


def blank() -> Language:
    """A pipeline with our tokeniser and nothing else."""
    return ArabicNews.from_config(
        {"nlp": {"lang": "ar_news", "tokenizer": {"@tokenizers": "waqai.Tokenizer.v1"}}}
    )


def build(*, width: int = 96, depth: int = 4, hidden: int = 64, vectors: bool = False) -> Language:
    """The pipeline, untrained.

    Args:
        width: of the encoder, which all networks share.
        depth: its layers, each of which sees one more word on both sides.
        hidden: width of the networks that choose the moves of trees and names.
        vectors: whether the encoder reads word vectors, which the vocabulary must have before it is initialised.
    """
    nlp = blank()
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": ENCODER}
    head = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener, "nO": None}
    nlp.add_pipe(ENCODER, config={"model": _embed(width, depth, vectors=vectors)})
    nlp.add_pipe("tagger", config={"model": head, "overwrite": True})
    nlp.add_pipe("waqai_tags")
    # Only features: with the tag inside its labels the morphologizer would contradict the tagger.
    nlp.add_pipe("morphologizer", config={"model": head, "overwrite": False, "extend": False})
    nlp.add_pipe("waqai_clauses")
    trees = _transitions("parser", listener, hidden)
    nlp.add_pipe("parser", config={"model": trees, "min_action_freq": 8, "moves": None})
    nlp.add_pipe("waqai_sentences")
    nlp.add_pipe(LEMMAS)
    nlp.add_pipe(NAMES, config={"model": _transitions("ner", listener, hidden)})
    return nlp


def narrow(nlp: Language) -> None:
    """Makes all numbers of 32 bits ones of 16, as they lie on the disk; nothing can be computed with them then."""
    _cast(nlp, np.float32, np.float16)


def widen(nlp: Language) -> None:
    """Undoes :func:`narrow`, but for what was rounded."""
    _cast(nlp, np.float16, np.float32)


def _cast(nlp: Language, before: Any, after: Any) -> None:
    for _, part in nlp.pipeline:
        model = getattr(part, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            for name in node.param_names:
                values: Any = node.get_param(name) if node.has_param(name) else None
                if values is not None and values.dtype == before:
                    node.set_param(name, values.astype(after))
    vectors = nlp.vocab.vectors
    if vectors.data.dtype == before:
        vectors.data = vectors.data.astype(after)


def load(folder: Path) -> Language:
    """The pipeline of ``folder/fast`` with the tokeniser of ``folder/tokenizer``; names come without the rulers."""
    nlp = load_model_from_path(folder / "fast")
    widen(nlp)
    tokenizer.Tokenizer.load(nlp.tokenizer, folder / "tokenizer")  # type: ignore[arg-type]
    return nlp

"""The fast engine: small convolutional networks in spaCy, trained by :mod:`pipeline.training.fast`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_model_from_path

# The first two register what the config names.
from pipeline.engines import components, lemmas  # noqa: F401
from pipeline.engines.language import ArabicNews
from pipeline.text import tokenizer

#: Lexical attributes that the networks read, and the rows of their hash tables.
ATTRS = ("NORM", "LOWER", "PREFIX", "SUFFIX", "SHAPE")
SYNTAX_ROWS = (4000, 3000, 2500, 2500, 500)
NAMES_ROWS = (5000, 4000, 2500, 2500, 500)
#: Parts in order. Those of the entities half are added by :func:`pipeline.nlp.load`.
SYNTAX = ("tok2vec", "tagger", "waqai_tags", "morphologizer", "waqai_clauses", "parser", "waqai_sentences")
LEMMAS = "waqai_lemmas"
NAMES = "ner"


def _embed(width: int, depth: int, rows: tuple[int, ...], *, vectors: bool) -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": width,
            "attrs": list(ATTRS),
            "rows": list(rows),
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


def _transitions(state: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": 64,
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


def add_syntax(nlp: Language, *, width: int = 96, depth: int = 4, vectors: bool = False) -> None:
    """Adds tags, features, clauses and trees, with one shared encoder."""
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "tok2vec"}
    head = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener, "nO": None}
    nlp.add_pipe("tok2vec", config={"model": _embed(width, depth, SYNTAX_ROWS, vectors=vectors)})
    nlp.add_pipe("tagger", config={"model": head, "overwrite": True})
    nlp.add_pipe("waqai_tags")
    # Only features: with the tag inside its labels the morphologizer would contradict the tagger.
    nlp.add_pipe("morphologizer", config={"model": head, "overwrite": False, "extend": False})
    nlp.add_pipe("waqai_clauses")
    nlp.add_pipe(
        "parser", config={"model": _transitions("parser", listener), "min_action_freq": 8, "moves": None}
    )
    nlp.add_pipe("waqai_sentences")


def add_names(nlp: Language, *, width: int = 96, depth: int = 4, vectors: bool = False) -> None:
    """Adds the recogniser of names, with an encoder of its own: its corpora have no trees."""
    model = _transitions("ner", _embed(width, depth, NAMES_ROWS, vectors=vectors))
    nlp.add_pipe(NAMES, config={"model": model})


def load(folder: Path) -> Language:
    """The pipeline of ``folder/fast`` with the tokeniser of ``folder/tokenizer``; names come without the rulers."""
    nlp = load_model_from_path(folder / "fast")
    tokenizer.Tokenizer.load(nlp.tokenizer, folder / "tokenizer")  # type: ignore[arg-type]
    return nlp

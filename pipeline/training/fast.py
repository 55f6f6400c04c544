"""Trains and packs the fast engine."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.vectors import Vectors
from spacy.vocab import Vocab

from pipeline.engines import fast
from pipeline.engines.components import SPACE_TAG
from pipeline.engines.lemmas import Lemmatizer
from pipeline.text.tokenizer import Tokenizer
from pipeline.training.data import Treebanks, read_treebanks
from pipeline.training.lexicon import read_news
from pipeline.training.name_corpora import read_names
from pipeline.training.names import evaluate_names, tokenise, train_names
from pipeline.training.syntax import Say, evaluate_syntax, train_syntax
from pipeline.training.vectors import DIMENSIONS, cut_lines, train_vectors

NAME = "fast"


def train_fast(
    data_dir: Path,
    out_dir: Path,
    *,
    minutes: float = 20.0,
    epochs: int = 100,
    width: int = 96,
    depth: int = 4,
    dimensions: int = DIMENSIONS,
    say: Say = print,
) -> dict[str, str]:
    """Trains vectors, syntax, lemmas and names into ``out_dir/fast``, with the tokeniser of ``out_dir/tokenizer``.

    Args:
        data_dir: the folder that holds ``treebank/``, ``ner/`` and ``news/``.
        out_dir: the folder of the models.
        minutes: wall time for syntax, and again for names.
        epochs: at most this many passes of each.
        width: width of the networks.
        depth: their layers, each of which sees one more word on both sides.
        dimensions: length of the word vectors.
        say: receives one line of progress at a time.

    Returns:
        Scores by name of the test.
    """
    banks = read_treebanks(data_dir)
    say(f"dropped: {banks.dropped or 'nothing'}; {len(banks.trees)} trees to train on")
    nlp = fast.blank()
    cutter = Tokenizer(nlp.vocab).load(out_dir / "tokenizer").segmenter
    if cutter is None:
        raise ValueError(f"{out_dir / 'tokenizer'} holds no tokeniser")
    train_vectors(nlp, cut_lines(read_news(data_dir), cutter), dimensions=dimensions)
    say(f"vectors: {nlp.vocab.vectors.shape[0]} rows of {nlp.vocab.vectors.shape[1]}")
    build(nlp, width=width, depth=depth)
    checkpoint = out_dir / "checkpoint"
    train_syntax(nlp, banks, minutes=minutes, epochs=epochs, checkpoint=checkpoint, say=say)
    nlp.get_pipe(fast.LEMMAS).train(lemma_pairs(banks))  # type: ignore[attr-defined]
    train, test = read_names(data_dir, say)
    train_names(nlp, train, test, cutter, minutes=minutes, epochs=epochs, say=say)
    pack(nlp, out_dir / NAME)
    shutil.rmtree(checkpoint, ignore_errors=True)
    scores = evaluate_syntax_all(nlp, banks)
    scores["names, ANERcorp test"] = str(evaluate_names(nlp, test, tokenise(test, cutter)))
    for name, score in scores.items():
        say(f"{name}: {score}")
    return scores


def build(nlp: Language, *, width: int = 96, depth: int = 4) -> Language:
    """Adds all parts, untrained, to a blank pipeline; its vectors, if it has any, are read by the networks."""
    vectors = nlp.vocab.vectors.size > 0
    fast.add_syntax(nlp, width=width, depth=depth, vectors=vectors)
    nlp.add_pipe(fast.LEMMAS)
    fast.add_names(nlp, width=width, depth=depth, vectors=vectors)
    return nlp


def lemma_pairs(banks: Treebanks) -> Iterable[tuple[str, str, str]]:
    """(form, tag, lemma) of every word with a tag and a lemma that may be trained on."""
    for sentence in banks.trees:
        for word in sentence.words:
            if word.upos:
                yield word.norm, word.upos, word.lemma


def evaluate_syntax_all(nlp: Language, banks: Treebanks) -> dict[str, str]:
    """Scores on PADT test and PUD 20 %, gold words; lemmas are scored on the predicted tag."""
    with nlp.select_pipes(disable=[fast.NAMES]):
        scores = {
            "syntax, PADT test": str(evaluate_syntax(nlp, banks.padt_test, random.Random(1))),
            "syntax, PUD last 20 %": str(evaluate_syntax(nlp, banks.pud_test, random.Random(1))),
        }
    lemmatizer = nlp.get_pipe(fast.LEMMAS)
    assert isinstance(lemmatizer, Lemmatizer)
    words = [w for s in banks.padt_test for w in s.words if w.upos in ("VERB", "NOUN", "ADJ")]
    right = sum(lemmatizer.lemma(w.norm, w.upos) == w.lemma for w in words)
    scores["lemmas of verbs, nouns and adjectives, PADT test, gold tags"] = (
        f"{100 * right / max(1, len(words)):.1f} %"
    )
    return scores


def pack(nlp: Language, folder: Path) -> None:
    """Writes the pipeline without its tokeniser, and with no more strings than its labels."""
    if folder.exists():
        shutil.rmtree(folder)
    nlp.meta.update(
        name=NAME, description="waqai, fast engine", license="non-commercial, see models/README.md"
    )
    nlp.to_disk(folder, exclude=["tokenizer", "vocab"])
    vocab = Vocab(vectors_name=nlp.vocab.vectors.name)
    # floret has no list of words, so the strings of the training stay behind.
    content = nlp.vocab.vectors.to_bytes(exclude=["strings"])
    vocab.vectors = Vectors(strings=vocab.strings).from_bytes(content, exclude=["strings"])
    for label in ("ROOT", "dep", "parataxis", SPACE_TAG, "SPACE", "X"):
        vocab.strings.add(label)
    for name in nlp.pipe_names:
        for label in getattr(nlp.get_pipe(name), "labels", ()):
            vocab.strings.add(str(label))
    vocab.to_disk(folder / "vocab")

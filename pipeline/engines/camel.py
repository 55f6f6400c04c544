"""CAMeLBERT's names, run by camel-tools, in the place of an engine's own.

Two things are guarded against. ``import camel_tools.ner`` asks the network for a catalogue unless there is one: a
minimal one stands in for the import. And its recogniser drops words that its tokeniser knows no piece of, and gives
back fewer labels than it got words, so that all later ones shift: such words are never handed to it.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.engines.bundle import ModelError
from pipeline.engines.fetched import HINT, find, places
from pipeline.engines.names import set_names, written_words

VARIABLE = "CAMELTOOLS_DATA"
#: Sentences of one call: the recogniser keeps the scores of all of them.
BATCH = 32
#: Letters of a word that are shown; the recogniser takes no word of more than 254 pieces.
LONGEST = 40


@contextmanager
def _catalogue() -> Iterator[None]:
    """While it is open, camel-tools finds a catalogue: the user's own where there is one, else an empty one."""
    before = os.environ.get(VARIABLE)
    if any((place / "catalogue.json").is_file() for place in places("camel")[1:]):
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        empty = {"version": "1.6.0-local", "packages": {}, "components": {}}
        (Path(folder) / "catalogue.json").write_text(json.dumps(empty), encoding="utf-8")
        os.environ[VARIABLE] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ[VARIABLE]
            else:
                os.environ[VARIABLE] = before


class Recogniser:
    """Labels of written words.

    Args:
        folder: of the model.

    Raises:
        ModelError: the model is damaged, or not one for names.
    """

    def __init__(self, folder: str) -> None:
        with _catalogue():
            from camel_tools import ner
        # A bar on stderr for every load is no news.
        ner.tf_utils.logging.disable_progress_bar()
        try:
            self._model: Any = ner.NERecognizer(folder, use_gpu=False)
        # transformers raises whatever it met in the files.
        except Exception as error:
            reason = " ".join(str(error).split())[:300] or type(error).__name__
            raise ModelError(f"the CAMeLBERT model in {folder} cannot be loaded: {reason}; {HINT}") from error
        if "O" not in self._model.labels_map.values():
            raise ModelError(f"the model in {folder} is none for names: it has no label O; {HINT}")
        self._known: dict[str, bool] = {}

    def _has_pieces(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = bool(self._model.tokenizer.tokenize(word))
        return known

    def label(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """One label for each word of each sentence; O for what the model cannot read."""
        labels = [["O"] * len(words) for words in sentences]
        asked: list[tuple[int, list[int], list[str]]] = []
        for n, words in enumerate(sentences):
            short = [word[:LONGEST] for word in words]
            kept = [k for k, word in enumerate(short) if self._has_pieces(word)]
            if kept:
                asked.append((n, kept, [short[k] for k in kept]))
        for at in range(0, len(asked), BATCH):
            batch = asked[at : at + BATCH]
            answers = self._model.predict([words for _, _, words in batch], batch_size=BATCH)
            for (n, kept, words), answer in zip(batch, answers, strict=True):
                if len(answer) != len(words):
                    raise ModelError(f"CAMeLBERT gave {len(answer)} labels for {len(words)} words: {words}")
                for k, label in zip(kept, answer, strict=True):
                    labels[n][k] = label
        return labels


@lru_cache(maxsize=1)
def open_recogniser(folder: str) -> Recogniser:
    """The recogniser over the model in ``folder``, loaded once.

    Raises:
        ModelError: see :class:`Recogniser`.
    """
    return Recogniser(folder)


class Names:
    """The spaCy component: fills ``doc.ents``.

    Args:
        folder: of the model.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, doc: Doc) -> Doc:
        sentences = written_words(doc)
        labels = open_recogniser(self.folder).label([[w.text for w in s] for s in sentences])
        set_names(doc, labels, sentences)
        return doc


@Language.factory("waqai_camel", assigns=["doc.ents"])
def create_names(nlp: Language, name: str, folder: str) -> Names:
    """``nlp.add_pipe("waqai_camel", config={"folder": ...})``"""
    return Names(folder)


def add(nlp: Language) -> None:
    """Adds the recogniser behind what ``nlp`` has.

    Raises:
        ModelError: the model has not been fetched, or is not whole, or damaged.
    """
    folder = str(find("camel").folder)
    open_recogniser(folder)
    nlp.add_pipe("waqai_camel", config={"folder": folder})

"""The official Stanza package for Arabic as an engine: its words, tags, lemmas, trees and names in our ``Doc``.

Stanza decides what the words are: its tokens and the words it expands them to become slices of the text, and
what is not language stays apart as tokens of its own, which it never sees. Our parts around it are those of the other
engines: clauses, one tree for each sentence, the rulers.

============================  ==========================================================================
``waqai.StanzaTokenizer.v1``  Stanza's ``tokenize`` and ``mwt``
``waqai_stanza_words``        its ``pos`` and ``lemma``
``waqai_stanza_trees``        its ``depparse``
``waqai_stanza_names``        its ``ner``, where the package has it
============================  ==========================================================================

The models stay where they are: a saved pipeline holds their folder, not their weights.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

# Imported for what they register.
from pipeline.engines import components, stanza_parts  # noqa: F401
from pipeline.engines.bundle import ModelError
from pipeline.engines.fetched import HINT, LANGUAGE, PACKAGE, find
from pipeline.engines.language import ArabicNews
from pipeline.text.clitics import Piece, align
from pipeline.text.normalize import clean, normalize
from pipeline.text.tokenizer import SENTENCE_START, WORD_START, Layout
from pipeline.text.windows import lines, windows

#: The component that recognises names.
NAMES = "waqai_stanza_names"
#: Characters that Stanza sees in one go.
WINDOW = 10_000
_CHUNK = re.compile(r"\S+")

log = logging.getLogger("waqai.engines")


@lru_cache(maxsize=1)
def open_stanza(folder: str, steps: tuple[str, ...]) -> Any:
    """Stanza's own pipeline over the models in ``folder``; nothing is downloaded.

    Raises:
        ModelError: a model is damaged, or made by another version of Stanza.
    """
    import stanza
    import torch

    # Stanza's loggers report every file they open.
    logging.getLogger("stanza").setLevel(logging.ERROR)
    # One thread: results must not depend on the machine, and documents run in parallel, not layers.
    torch.set_num_threads(1)
    try:
        return stanza.Pipeline(
            lang=LANGUAGE,
            dir=folder,
            package=PACKAGE,
            processors=",".join(steps),
            download_method=None,
            use_gpu=False,
            logging_level="ERROR",
        )
    # Stanza raises whatever its unpickling met: the file is not what the catalogue promises.
    except Exception as error:
        reason = " ".join(str(error).split())[:300] or type(error).__name__
        raise ModelError(f"the Stanza models in {folder} cannot be loaded: {reason}; {HINT}") from error


class StanzaTokenizer:
    """Callable for ``nlp.tokenizer``: any text in, a ``Doc`` of slices of it out.

    Args:
        vocab: the vocabulary shared with the pipeline.
        folder: of Stanza's ``resources.json``.
        steps: the processors of the package.
    """

    def __init__(self, vocab: Vocab, folder: str, steps: tuple[str, ...]) -> None:
        self.vocab = vocab
        self.folder = folder
        self.steps = steps

    def __call__(self, text: str) -> Doc:
        """Tokenises any string without lone surrogates."""
        normal = normalize(text)
        layout = Layout(text, normal.noise)
        for low, high in windows(normal.text, WINDOW):
            for start, end, norm, flags in self._words(normal.text[low:high]):
                raw = normal.alignment.to_raw(low + start, low + end)
                layout.add(*raw, norm, bool(flags & WORD_START), bool(flags & SENTENCE_START))
        return layout.doc(self.vocab)

    def _words(self, text: str) -> Iterator[tuple[int, int, str, int]]:
        """(start, end, normal form, flags) of each word. A line is a paragraph: what ends with it ends a sentence."""
        from stanza.models.common.doc import Document

        paragraphs = lines(text)
        if not paragraphs:
            return
        stanza = open_stanza(self.folder, self.steps)
        documents = [Document([], text=line) for _, line in paragraphs]
        for (at, line), document in zip(paragraphs, stanza.process(documents, "tokenize,mwt"), strict=True):
            for sentence in document.sentences:
                first = SENTENCE_START
                for token in sentence.tokens:
                    for start, end, norm, flag in pieces(line, token):
                        yield at + start, at + end, norm, flag | first
                        first = 0

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Tokenises a stream of texts."""
        for text in texts:
            yield self(text)

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Nothing: the folder of the models stands in the config."""

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> StanzaTokenizer:
        """Nothing to read."""
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing: the folder of the models stands in the config."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> StanzaTokenizer:
        """Nothing to read."""
        return self


def pieces(line: str, token: Any) -> Iterator[tuple[int, int, str, int]]:
    """The words of one token of Stanza as (start, end, normal form, flag) over its line.

    A token that holds white space is cut there, and words that do not fit its letters are refused: it then stays
    one word. So nothing that Stanza says can move a slice off the page.
    """
    chunks = list(_CHUNK.finditer(line, token.start_char, token.end_char))
    for chunk in chunks:
        written = chunk.group()
        words = tuple(clean(word.text) for word in token.words)
        aligned: tuple[Piece, ...] | None = None
        if len(chunks) == 1 and len(words) > 1 and not any(" " in word for word in words):
            aligned = align(written, words)
        for n, piece in enumerate(aligned or (Piece(0, len(written), written),)):
            start = chunk.start() + piece.start
            yield start, chunk.start() + piece.end, piece.norm, WORD_START if n == 0 else 0


@registry.tokenizers("waqai.StanzaTokenizer.v1")
def create_tokenizer(folder: str, steps: list[str]) -> Callable[[Language], StanzaTokenizer]:
    """The entry of a spaCy config; ``folder`` and ``steps`` as in :class:`StanzaTokenizer`."""

    def make(nlp: Language) -> StanzaTokenizer:
        return StanzaTokenizer(nlp.vocab, folder, tuple(steps))

    return make


def load(folder: Path) -> Language:
    """The pipeline over the official package that the user has fetched; nothing of the bundled models is used.

    Args:
        folder: the folder of the bundled models.

    Raises:
        ModelError: the package has not been fetched, or is not whole, or damaged.
    """
    found = find("stanza")
    settings = {"folder": str(found.folder), "steps": list(found.steps)}
    # Loaded here, so that what is wrong with the models is told before the first article is read.
    open_stanza(str(found.folder), found.steps)
    nlp = ArabicNews.from_config(
        {"nlp": {"lang": "ar_news", "tokenizer": {"@tokenizers": "waqai.StanzaTokenizer.v1", **settings}}}
    )
    nlp.add_pipe("waqai_stanza_words", config=settings)
    nlp.add_pipe("waqai_tags")
    nlp.add_pipe("waqai_clauses")
    nlp.add_pipe("waqai_stanza_trees", config=settings)
    nlp.add_pipe("waqai_sentences")
    if "ner" in found.steps:
        nlp.add_pipe(NAMES, config=settings)
    else:
        log.warning("the Stanza package in %s has no ner: only known names are found", found.folder)
    return nlp

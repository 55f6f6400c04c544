"""The tokeniser as spaCy knows it: text in, ``Doc`` out, no character lost.

Every token is a slice of the text (``doc.text == text``); its normal form is ``token.norm_``. What is not
language, such as citation marks and HTML left-overs, becomes tokens of its own with ``token._.noise``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.util import minibatch, registry
from spacy.vocab import Vocab

from pipeline.text.light import LightSegmenter
from pipeline.text.normalize import Normalized, normalize
from pipeline.text.segmenter import Segmenter
from pipeline.text.words import Expander, WordSpan, split, split_short

#: Key in ``doc.user_data``: one byte for each token, made of the flags below. Bytes survive ``to_bytes`` and DocBin.
FLAGS = "waqai_flags"
NOISE, WORD_START, SENTENCE_START = 1, 2, 4
#: The files of each kind of models, in the order in which their segmenter takes them; see
#: :class:`pipeline.text.segmenter.Segmenter` and :class:`pipeline.text.light.LightSegmenter`.
KINDS: Mapping[str, tuple[str, ...]] = {
    "stanza": ("tokenize.onnx", "mwt.onnx", "words.gz"),
    "light": ("light.crfsuite", "words.gz"),
}


def _flag(token: Token, bit: int) -> bool | None:
    flags = token.doc.user_data.get(FLAGS)
    return None if flags is None else bool(flags[token.i] & bit)


def _set_flag(token: Token, bit: int, value: bool) -> None:
    doc = token.doc
    flags = bytearray(doc.user_data.get(FLAGS) or _default_flags(doc))
    flags[token.i] = (flags[token.i] | bit) if value else (flags[token.i] & ~bit)
    doc.user_data[FLAGS] = bytes(flags)


def _apart(token: Token) -> bool:
    """Whether a token of a Doc made by hand begins a written word: what stands before it is no letter of its word."""
    if token.i == 0:
        return True
    before = token.doc[token.i - 1]
    return bool(before.whitespace_) or before.is_space or before.is_punct or token.is_punct


def _default_flags(doc: Doc) -> bytes:
    return bytes(WORD_START if _apart(token) else 0 for token in doc)


def _get_noise(token: Token) -> bool:
    return bool(_flag(token, NOISE))


def _get_word_start(token: Token) -> bool:
    known = _flag(token, WORD_START)
    return _apart(token) if known is None else known


def _set_noise(token: Token, value: bool) -> None:
    _set_flag(token, NOISE, value)


def _set_word_start(token: Token, value: bool) -> None:
    _set_flag(token, WORD_START, value)


def register_extensions() -> None:
    """Makes ``token._.noise`` and ``token._.word_start`` known to spaCy; doing so twice changes nothing."""
    Token.set_extension("noise", getter=_get_noise, setter=_set_noise, force=True)
    Token.set_extension("word_start", getter=_get_word_start, setter=_set_word_start, force=True)


register_extensions()


class ModelsMissingError(RuntimeError):
    """The tokeniser was asked to work before its models were given to it."""


class SegmenterLike(Expander, Protocol):
    """Models that can be saved."""

    @property
    def files(self) -> tuple[bytes, ...]: ...


class Tokenizer:
    """Callable for ``nlp.tokenizer``; serialised with its models.

    Args:
        vocab: the vocabulary shared with the pipeline.
        segmenter: the models of either kind, or None until ``load`` or ``from_disk`` brings them.
    """

    def __init__(self, vocab: Vocab, segmenter: SegmenterLike | None = None) -> None:
        self.vocab = vocab
        self.segmenter = segmenter

    @property
    def kind(self) -> str | None:
        """Which kind of models it has: a key of :data:`KINDS`; None without models."""
        if self.segmenter is None:
            return None
        return "light" if isinstance(self.segmenter, LightSegmenter) else "stanza"

    def __call__(self, text: str) -> Doc:
        """Tokenises any string without lone surrogates.

        Raises:
            ModelsMissingError: no models have been loaded.
        """
        clean = normalize(text)
        return self._doc(text, clean, split(clean.text, self._models()))

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Tokenises a stream of texts; the models see the short ones of a batch together.

        Raises:
            ModelsMissingError: no models have been loaded.
        """
        for batch in minibatch(texts, batch_size):
            clean = [normalize(text) for text in batch]
            words = split_short([c.text for c in clean], self._models())
            for text, normal, found in zip(batch, clean, words, strict=True):
                yield self._doc(text, normal, found)

    def _models(self) -> SegmenterLike:
        if self.segmenter is None:
            raise ModelsMissingError(
                "the tokeniser has no models: load the pipeline with pipeline.nlp.load()"
            )
        return self.segmenter

    def _doc(self, text: str, clean: Normalized, words: Iterable[WordSpan]) -> Doc:
        layout = Layout(text, clean.noise)
        for word in words:
            start, end = clean.alignment.to_raw(word.start, word.end)
            layout.add(start, end, word.norm, word.begins, word.sentence)
        return layout.doc(self.vocab)

    def load(self, folder: Path, kind: str = "stanza") -> Tokenizer:
        """Takes the model files of one kind from ``folder``.

        Raises:
            KeyError: there is no such kind in :data:`KINDS`.
            OSError: a file cannot be read.
        """
        return self._take(kind, [(folder / name).read_bytes() for name in KINDS[kind]])

    def _take(self, kind: str, files: Sequence[bytes]) -> Tokenizer:
        self.segmenter = LightSegmenter(*files) if kind == "light" else Segmenter(*files)
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Writes the model files into the folder ``path``."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self.segmenter is not None and self.kind is not None:
            for name, content in zip(KINDS[self.kind], self.segmenter.files, strict=True):
                (folder / name).write_bytes(content)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Tokenizer:
        """Reads what ``to_disk`` wrote; a pipeline saved without models leaves the tokeniser as it is."""
        folder = Path(path)
        for kind, names in KINDS.items():
            if (folder / names[0]).exists():
                return self.load(folder, kind)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The models as one string of bytes."""
        state = [self.kind, *self.segmenter.files] if self.segmenter else []
        content: bytes = srsly.msgpack_dumps(state)
        return content

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Tokenizer:
        """Reads what ``to_bytes`` wrote."""
        state = srsly.msgpack_loads(data)
        return self._take(state[0], state[1:]) if state else self


class Layout:
    """Lays words over the raw text and fills what lies between them with white space and noise.

    Args:
        text: the raw text.
        noise: its half-open spans that are not language, in order.
    """

    def __init__(self, text: str, noise: tuple[tuple[int, int], ...]) -> None:
        self.text = text
        self.noise = noise
        self.next_noise = 0
        self.at = 0
        self.words: list[str] = []
        self.spaces: list[bool] = []
        self.norms: list[str | None] = []
        self.flags: list[int] = []

    def add(self, start: int, end: int, norm: str, begins: bool, sentence: bool) -> None:
        """A word over text[start:end]. Words that share one raw character (ﻷ holds two letters) become one token."""
        start = max(start, self.at)
        if start >= end:
            if self.norms and self.norms[-1] is not None:
                self.norms[-1] += norm
            return
        self._fill(start)
        self._token(self.text[start:end], norm, WORD_START * begins | SENTENCE_START * sentence)
        self.at = end

    def _token(self, word: str, norm: str | None, flags: int) -> None:
        self.words.append(word)
        self.spaces.append(False)
        self.norms.append(norm)
        self.flags.append(flags)

    def _fill(self, end: int) -> None:
        """Tokens for text[at:end], where no word stands: runs of white space, and noise spans whole."""
        while self.at < end:
            while self.next_noise < len(self.noise) and self.noise[self.next_noise][1] <= self.at:
                self.next_noise += 1
            stop = end
            if self.next_noise < len(self.noise):
                low, high = self.noise[self.next_noise]
                if low <= self.at:
                    self._token(self.text[self.at : min(high, end)], None, NOISE | WORD_START)
                    self.at = min(high, end)
                    continue
                stop = min(low, end)
            self._between(stop)

    def _between(self, stop: int) -> None:
        text = self.text
        if text[self.at] == " " and self.spaces and not self.spaces[-1] and not self.words[-1].isspace():
            self.spaces[-1] = True
            self.at += 1
            return
        space = text[self.at].isspace()
        end = self.at + 1
        while end < stop and text[end].isspace() == space:
            end += 1
        # What is neither word nor white space nor known noise can only be a character that normalisation dropped.
        self._token(text[self.at : end], None, WORD_START if space else NOISE | WORD_START)
        self.at = end

    def doc(self, vocab: Vocab) -> Doc:
        """The Doc of all that was added; its text is the raw text."""
        self._fill(len(self.text))
        starts: list[bool | int | None] = [bool(flag & SENTENCE_START) for flag in self.flags]
        if starts:
            # What stands before the first word belongs to its sentence.
            if True in starts:
                starts[starts.index(True)] = False
            starts[0] = True
            for k, start in enumerate(starts):
                self.flags[k] = (self.flags[k] & ~SENTENCE_START) | (SENTENCE_START * bool(start))
        doc = Doc(vocab, words=self.words, spaces=self.spaces, sent_starts=starts)
        for k, norm in enumerate(self.norms):
            if norm is not None and doc[k].norm_ != norm:
                doc[k].norm_ = norm
        doc.user_data[FLAGS] = bytes(self.flags)
        return doc


@registry.tokenizers("waqai.Tokenizer.v1")
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """The entry of a spaCy config: ``tokenizer = {"@tokenizers": "waqai.Tokenizer.v1"}``."""

    def make(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab)

    return make


__all__ = [
    "FLAGS",
    "KINDS",
    "Layout",
    "ModelsMissingError",
    "Tokenizer",
    "create_tokenizer",
    "register_extensions",
]


def flags_of(doc: Doc) -> Any:
    """The flag bytes of a Doc, one for each token, or None for a Doc that this tokeniser did not make."""
    return doc.user_data.get(FLAGS)

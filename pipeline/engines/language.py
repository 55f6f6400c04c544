"""The spaCy language of the project: Arabic whose lexical attributes come from the normal form.

``PREFIX``, ``SUFFIX``, ``SHAPE`` and ``LOWER`` of a token are those of its text without diacritics, tatweel and
presentation forms, so that a model sees the same word however it is written. ``LOWER`` is the look-up key
(hamza, ى and ة folded): Arabic has no letter case for it to fold.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from spacy.attrs import LOWER, NORM, PREFIX, SHAPE, SUFFIX
from spacy.lang.ar import Arabic, ArabicDefaults
from spacy.lang.lex_attrs import word_shape
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Config

from pipeline.engines.bundle import models_dir
from pipeline.text.normalize import clean, fold
from pipeline.text.tokenizer import FLAGS, SENTENCE_START, Tokenizer, flags_of

#: Tokens that the networks see in one go (and characters below which a text need not be looked at).
WINDOW = 5_000
#: Letters that a prefix and a suffix take: the article and one more; a plural or a nisba with its vowel.
AFFIX = 3


def _norm(text: str) -> str:
    return clean(text) or text


def _prefix(text: str) -> str:
    return _norm(text)[:AFFIX]


def _suffix(text: str) -> str:
    return _norm(text)[-AFFIX:]


def _shape(text: str) -> str:
    return str(word_shape(_norm(text)))


def _lower(text: str) -> str:
    return fold(text) or text


class BundledTokenizer(Tokenizer):
    """The tokeniser with the bundled models, which are read when the first text comes."""

    def __call__(self, text: str) -> Doc:
        """Tokenises any string without lone surrogates.

        Raises:
            pipeline.engines.bundle.ModelError: a model file is missing.
        """
        if self.segmenter is None:
            self.load(models_dir() / "tokenizer")
        return super().__call__(text)


@registry.tokenizers("waqai.BundledTokenizer.v1")
def create_bundled_tokenizer() -> Callable[[Language], Tokenizer]:
    """What a pipeline of this language has unless its config names another tokeniser."""
    return lambda nlp: BundledTokenizer(nlp.vocab)


class ArabicNewsDefaults(ArabicDefaults):
    """spaCy's Arabic, with lexical attributes of the normal form and the tokeniser of the project."""

    config = Config({"nlp": {"tokenizer": {"@tokenizers": "waqai.BundledTokenizer.v1"}}})

    lex_attr_getters: dict[int, Callable[[str], object]] = {  # noqa: RUF012 (an instance attribute to spaCy's typing)
        **ArabicDefaults.lex_attr_getters,
        NORM: _norm,
        PREFIX: _prefix,
        SUFFIX: _suffix,
        SHAPE: _shape,
        LOWER: _lower,
    }


@registry.languages("ar_news")
class ArabicNews(Arabic):
    """``spacy.blank("ar_news")``: an entry point names this class, so nothing has to be imported for it.

    A text of any length is taken: past :data:`WINDOW` tokens the parts of the pipeline see it in windows that end
    with a sentence, so that memory stays bounded, and the caller gets one ``Doc``.
    """

    lang = "ar_news"
    Defaults = ArabicNewsDefaults

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_length = 10**9

    def __call__(self, text: str | Doc, **kwargs: Any) -> Doc:
        """Tokenises and annotates one text; keyword arguments are those of :meth:`spacy.Language.__call__`."""
        doc = self._ensure_doc(text)
        parts = windows(doc)
        if len(parts) == 1:
            return super().__call__(doc, **kwargs)
        return join(doc, [super(ArabicNews, self).__call__(part, **kwargs) for part in parts])

    def pipe(self, texts: Iterable[Any], *, as_tuples: bool = False, **kwargs: Any) -> Iterator[Any]:  # type: ignore[override]
        """Annotates a stream of texts; keyword arguments are those of :meth:`spacy.Language.pipe`."""
        if as_tuples:
            # spaCy turns the pairs into Docs and comes back here with them.
            yield from super().pipe(texts, as_tuples=True, **kwargs)
            return
        waiting: deque[tuple[Doc | None, int]] = deque()

        def expanded() -> Iterator[str | Doc]:
            for text in texts:
                if isinstance(text, str) and len(text) <= WINDOW:
                    waiting.append((None, 1))
                    yield text
                else:
                    doc = self._ensure_doc(text)
                    parts = windows(doc)
                    waiting.append((doc, len(parts)))
                    yield from parts

        ready: list[Doc] = []
        for part in super().pipe(expanded(), **kwargs):
            ready.append(part)
            whole, number = waiting[0]
            if len(ready) == number:
                waiting.popleft()
                yield ready[0] if whole is None or number == 1 else join(whole, ready)
                ready = []


def windows(doc: Doc) -> list[Doc]:
    """The Doc itself, or copies of its parts of about :data:`WINDOW` tokens that each end where a sentence ends."""
    flags = flags_of(doc)
    if len(doc) <= WINDOW or flags is None:
        return [doc]
    # as_doc() asks a span for its vector, which looks every word up anew; nobody wants it.
    doc.user_span_hooks["vector"] = doc.user_span_hooks["vector_norm"] = lambda span: None
    parts: list[Doc] = []
    start = 0
    while start < len(doc):
        end = min(len(doc), start + WINDOW)
        if end < len(doc):
            cut = end
            while cut > start and not flags[cut] & SENTENCE_START:
                cut -= 1
            # A sentence longer than a window is cut where the window ends.
            end = cut if cut > start else end
        part = doc[start:end].as_doc()
        part.user_data[FLAGS] = bytes([flags[start] | SENTENCE_START]) + flags[start + 1 : end]
        parts.append(part)
        start = end
    del doc.user_span_hooks["vector"], doc.user_span_hooks["vector_norm"]
    return parts


def join(whole: Doc, parts: list[Doc]) -> Doc:
    """One Doc from annotated windows of ``whole``."""
    doc = Doc.from_docs(parts, ensure_whitespace=False, exclude=["user_data"])  # type: ignore[call-arg]
    if doc is None:
        raise ValueError("a Doc cannot be joined from no parts")
    for key, value in whole.user_data.items():
        doc.user_data[key] = value
    doc.user_data[FLAGS] = b"".join(part.user_data[FLAGS] for part in parts)
    doc._context = whole._context
    return doc


__all__ = ["ArabicNews", "join", "windows"]

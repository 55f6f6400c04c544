"""The accurate engine: a trimmed multilingual encoder with heads for tags, features, trees and names.

Trained by :mod:`pipeline.training.accurate`; runs on onnxruntime, without torch.

``waqai_reader``  reads each sentence; sets fine tags, features and names
``waqai_trees``   sets heads and relations, which were kept aside while the clauses were found
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.engines.components import silent, true_sentences
from pipeline.engines.fast import LEMMAS, blank
from pipeline.engines.lemmas import Lemmatizer
from pipeline.engines.onnx import LABELS, MODEL, TOKENIZER, Reader, Reading
from pipeline.engines.trees import best_tree
from pipeline.text import tokenizer

NAME = "accurate"
#: Parts in order. Those of the entities half are added by :func:`pipeline.nlp.load`.
PARTS = ("waqai_reader", "waqai_tags", "waqai_clauses", "waqai_trees", "waqai_sentences", LEMMAS)
#: There is no component for names alone: they are read with the rest, and whatever is added behind replaces them.
NAMES = None
#: Where heads and relations wait, absolute places and labels; only between the two components.
_TREES = "waqai_trees"


class SentenceReader:
    """spaCy component: asks the network about every sentence, one at a time.

    Args:
        unknown: whether a word may be tagged X, as PADT tags each word that its lexicon lacks. Events need real tags.
    """

    def __init__(self, name: str = "waqai_reader", *, unknown: bool = False) -> None:
        self.name = name
        self.unknown = unknown
        self.reader: Reader | None = None

    def from_disk(self, path: Path | str, *, exclude: tuple[str, ...] = ()) -> SentenceReader:
        """Reads the folder of the engine.

        Raises:
            ModelError: a file is missing or damaged.
        """
        self.reader = Reader(Path(path))
        return self

    def to_disk(self, path: Path | str, *, exclude: tuple[str, ...] = ()) -> None:
        """Copies the files of the engine; nothing where it has no weights."""
        if self.reader is not None:
            Path(path).mkdir(parents=True, exist_ok=True)
            # A pipeline may be saved where it was loaded from: its files are there.
            if not self.reader.folder.samefile(path):
                for name in (MODEL, TOKENIZER, LABELS):
                    shutil.copyfile(self.reader.folder / name, Path(path) / name)

    def __call__(self, doc: Doc) -> Doc:
        if self.reader is None:
            raise ValueError("the accurate engine has no weights: load them with from_disk")
        quiet = silent(doc)
        heads = list(range(len(doc)))
        rels = ["dep"] * len(doc)
        names: list[Span] = []
        for start, end in true_sentences(doc):
            places = [k for k in range(start, end) if not quiet[k]]
            words = [doc[k].norm_ for k in places]
            for reading in self.reader(words, [bool(doc[k]._.word_start) for k in places]):
                here = places[reading.start : reading.start + len(reading.heads)]
                self._tag(doc, here, reading, self.reader)
                names += [
                    Span(doc, here[a], here[b - 1] + 1, label=kind)
                    for a, b, kind in decode_names(reading.names, self.reader.names)
                ]
                for word, head in enumerate(best_tree(reading.heads)):
                    heads[here[word]] = here[word] if head == 0 else here[head - 1]
                    rels[here[word]] = "ROOT" if head == 0 else self.reader.rels[reading.rels[word, head]]
        doc.set_ents(names, default="outside")
        doc.user_data[_TREES] = (heads, rels)
        return doc

    def _tag(self, doc: Doc, places: list[int], reading: Reading, reader: Reader) -> None:
        scores = (reading.upos if self.unknown else reading.tags).copy()
        if not self.unknown and "X" in reader.upos:
            scores[:, reader.upos.index("X")] = -np.inf
        for k, tag, feats in zip(places, scores.argmax(1), reading.feats, strict=True):
            token = doc[k]
            token.tag_ = reader.upos[tag]
            token.set_morph(reader.feats[feats])  # type: ignore[attr-defined]


def decode_names(scores: npt.NDArray[np.floating], labels: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """The most probable spans (start, end, type) of which each begins with B.

    Args:
        scores: log probabilities (words, labels).
        labels: BIO labels; O is the first.
    """
    allowed = np.array(
        [[b[:2] != "I-" or (a != "O" and a[2:] == b[2:]) for b in labels] for a in labels], dtype=bool
    )
    moves = np.where(allowed, 0.0, -np.inf)
    best = np.where([label[:2] == "I-" for label in labels], -np.inf, scores[0])
    back: list[npt.NDArray[np.intp]] = []
    for row in scores[1:]:
        paths = best[:, None] + moves
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    found: list[tuple[int, int, str]] = []
    for k, number in enumerate(reversed(path)):
        label = labels[number]
        if label[:2] == "B-":
            found.append((k, k + 1, label[2:]))
        elif label[:2] == "I-":
            found[-1] = (found[-1][0], k + 1, found[-1][2])
    return found


@Language.factory(
    "waqai_reader",
    assigns=["token.tag", "token.morph", "doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={"unknown": False},
)
def create_reader(nlp: Language, name: str, unknown: bool) -> SentenceReader:
    """The factory behind ``nlp.add_pipe("waqai_reader")``."""
    return SentenceReader(name, unknown=unknown)


@Language.component("waqai_trees", assigns=["token.head", "token.dep"])
def trees(doc: Doc) -> Doc:
    """Sets the heads and relations that ``waqai_reader`` found."""
    heads, rels = doc.user_data.pop(_TREES)
    if len(doc):
        values = np.empty((len(doc), 2), dtype="uint64")
        values[:, 0] = np.array([head - k for k, head in enumerate(heads)], dtype="int64").astype("uint64")
        values[:, 1] = [doc.vocab.strings.add(rel) for rel in rels]
        doc.from_array([HEAD, DEP], values)  # type: ignore[arg-type]
    return doc


def load(folder: Path, *, unknown: bool = False) -> Language:
    """The pipeline of ``folder/accurate`` with the shared tokeniser and lemmas; names come without the rulers.

    Args:
        folder: the folder of the models.
        unknown: whether a word may be tagged X; see :class:`SentenceReader`.

    Raises:
        ModelError: a file is missing or damaged.
    """
    nlp = blank()
    for name in PARTS:
        nlp.add_pipe(name, config={"unknown": unknown} if name == "waqai_reader" else {})
    reader, lemmas = nlp.get_pipe("waqai_reader"), nlp.get_pipe(LEMMAS)
    assert isinstance(reader, SentenceReader)
    assert isinstance(lemmas, Lemmatizer)
    reader.from_disk(folder / NAME)
    lemmas.from_disk(folder / "fast" / LEMMAS)
    tokenizer.Tokenizer.load(nlp.tokenizer, folder / "tokenizer")  # type: ignore[arg-type]
    return nlp

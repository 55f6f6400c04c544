"""Stanza's steps behind tokenisation as spaCy components: they read the words of the ``Doc`` and annotate them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.engines.components import SPACE_TAG, silent, true_sentences
from pipeline.engines.names import set_names, written_words
from pipeline.text.normalize import clean

#: Key in ``doc.user_data``: what Stanza itself said of each word, which its parser has to read unchanged.
SAID = "waqai_stanza"
_FIELDS = ("upos", "xpos", "feats", "lemma")
#: Words that Stanza gets as one sentence at most: its memory grows with the longest.
LONGEST = 300


class Part:
    """What the components share: the folder of the models, and Docs as Stanza's documents.

    Args:
        folder: of Stanza's ``resources.json``.
        steps: the processors of the package.
    """

    def __init__(self, folder: str, steps: list[str]) -> None:
        self.folder = folder
        self.steps = tuple(steps)

    def run(self, sentences: list[list[dict[str, Any]]], steps: str) -> Any:
        """Stanza's document of these rows, annotated."""
        from stanza.models.common.doc import Document

        from pipeline.engines.stanza import open_stanza

        return open_stanza(self.folder, self.steps).process(Document(sentences), steps)


def _runs(doc: Doc, bounds: list[tuple[int, int]]) -> Iterator[list[int]]:
    """The tokens of each sentence that Stanza gets; a longer one in parts that begin with a written word."""
    quiet = silent(doc)
    for start, end in bounds:
        run: list[int] = []
        for k in range(start, end):
            if quiet[k]:
                continue
            if len(run) >= LONGEST and doc[k]._.word_start:
                yield run
                run = []
            run.append(k)
        if run:
            yield run


def _rows(doc: Doc, run: list[int]) -> list[dict[str, Any]]:
    """Rows of CoNLL-U for some tokens: a line for each written word of several words, and one for each word."""
    rows: list[dict[str, Any]] = []
    at = 0
    while at < len(run):
        end = at + 1
        while end < len(run) and run[end] == run[end - 1] + 1 and not doc[run[end]]._.word_start:
            end += 1
        if end - at > 1:
            text = clean(doc[run[at] : run[end - 1] + 1].text)
            rows.append({"id": (at + 1, end), "text": text})
        rows += [{"id": (n + 1,), "text": doc[run[n]].norm_} for n in range(at, end)]
        at = end
    return rows


class Words(Part):
    """Tags, features and lemmas."""

    def __call__(self, doc: Doc) -> Doc:
        runs = list(_runs(doc, true_sentences(doc)))
        said: list[dict[str, Any]] = [{} for _ in doc]
        for token, quiet in zip(doc, silent(doc), strict=True):
            token.tag_ = SPACE_TAG if token.is_space else "X" if quiet else ""
            token.lemma_ = token.norm_
        if runs:
            tagged = self.run([_rows(doc, run) for run in runs], "pos,lemma")
            for run, sentence in zip(runs, tagged.sentences, strict=True):
                for k, word in zip(run, sentence.words, strict=True):
                    token = doc[k]
                    token.tag_ = word.upos or "X"
                    token.set_morph(word.feats or "")  # type: ignore[attr-defined]
                    # The treebank's lemmas carry diacritics; ours never do.
                    token.lemma_ = clean(word.lemma or "").strip() or token.norm_
                    said[k] = {field: getattr(word, field) for field in _FIELDS}
        doc.user_data[SAID] = said
        return doc


class Trees(Part):
    """Heads and relations, within the sentences and clauses that the Doc has."""

    def __call__(self, doc: Doc) -> Doc:
        said = doc.user_data.pop(SAID)
        runs = list(_runs(doc, [(s.start, s.end) for s in doc.sents]))
        heads = list(range(len(doc)))
        deps = ["ROOT"] * len(doc)
        if runs:
            rows = [_rows(doc, run) for run in runs]
            for run, sentence in zip(runs, rows, strict=True):
                for row in sentence:
                    if len(row["id"]) == 1:
                        row |= said[run[row["id"][0] - 1]]
            for run, sentence in zip(runs, self.run(rows, "depparse").sentences, strict=True):
                for k, word in zip(run, sentence.words, strict=True):
                    if word.head:
                        heads[k], deps[k] = run[word.head - 1], word.deprel or "dep"
        values = np.empty((len(doc), 2), dtype="uint64")
        values[:, 0] = np.asarray([h - k for k, h in enumerate(heads)], dtype="int64").astype("uint64")
        values[:, 1] = np.asarray([doc.vocab.strings.add(d) for d in deps], dtype="uint64")
        if len(doc):
            doc.from_array([HEAD, DEP], values)  # type: ignore[arg-type]
        return doc


class Names(Part):
    """Names, by written words as Stanza's own tokens are."""

    def __call__(self, doc: Doc) -> Doc:
        sentences = written_words(doc)
        labels: list[list[str]] = []
        if sentences:
            rows = [[{"id": (n,), "text": w.text} for n, w in enumerate(s, 1)] for s in sentences]
            labels = [[t.ner or "O" for t in s.tokens] for s in self.run(rows, "ner").sentences]
        set_names(doc, labels, sentences)
        return doc


@Language.factory(
    "waqai_stanza_words",
    assigns=["token.tag", "token.morph", "token.lemma"],
    requires=["token.is_sent_start"],
)
def create_words(nlp: Language, name: str, folder: str, steps: list[str]) -> Words:
    """``nlp.add_pipe("waqai_stanza_words", config={"folder": ..., "steps": [...]})``"""
    return Words(folder, steps)


@Language.factory("waqai_stanza_trees", assigns=["token.head", "token.dep"], requires=["token.tag"])
def create_trees(nlp: Language, name: str, folder: str, steps: list[str]) -> Trees:
    """``nlp.add_pipe("waqai_stanza_trees", config={"folder": ..., "steps": [...]})``"""
    return Trees(folder, steps)


@Language.factory("waqai_stanza_names", assigns=["doc.ents"])
def create_names(nlp: Language, name: str, folder: str, steps: list[str]) -> Names:
    """``nlp.add_pipe("waqai_stanza_names", config={"folder": ..., "steps": [...]})``"""
    return Names(folder, steps)

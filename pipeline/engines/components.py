"""The parts of the pipeline that are algorithm, not weights, as ordinary spaCy factories.

``waqai_tags``       coarse tags from fine ones, white space and noise told apart
``waqai_clauses``    the clauses of a sentence; a run-on is cut into several sentences for the parser
``waqai_sentences``  the true sentences put back: one tree each, its parts joined by *parataxis*
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.attrs import DEP, HEAD, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.text.clauses import PARSED, Item, clause_starts
from pipeline.text.tokenizer import NOISE, SENTENCE_START, flags_of

SPACE_TAG = "_SP"
#: Key of the clause spans in ``doc.spans``.
CLAUSES = "clauses"


def silent(doc: Doc) -> list[bool]:
    """For each token whether it is white space or noise, which no tree and no name needs."""
    flags = flags_of(doc)
    if flags is None:
        return [token.is_space for token in doc]
    return [token.is_space or bool(flag & NOISE) for token, flag in zip(doc, flags, strict=True)]


def true_sentences(doc: Doc) -> list[tuple[int, int]]:
    """Half-open token spans of the sentences that the tokeniser found; the whole Doc if it did not make it."""
    flags = flags_of(doc)
    if not len(doc):
        return []
    starts = [0] + [k for k in range(1, len(doc)) if flags is not None and flags[k] & SENTENCE_START]
    return list(zip(starts, [*starts[1:], len(doc)], strict=True))


@Language.component("waqai_tags", assigns=["token.pos", "token.tag"], requires=["token.tag"])
def tags(doc: Doc) -> Doc:
    """Sets ``pos`` from the tagger's ``tag`` (UPOS both); white space is SPACE, noise is X, numerals are NUM."""
    if not len(doc):
        return doc
    strings = doc.vocab.strings
    space, other, number, mark, symbol = (strings.add(tag) for tag in ("SPACE", "X", "NUM", "PUNCT", "SYM"))
    space_tag = strings.add(SPACE_TAG)
    values = doc.to_array([TAG, POS]).reshape(len(doc), 2)
    values[:, 1] = values[:, 0]
    for k, (token, quiet) in enumerate(zip(doc, silent(doc), strict=True)):
        if token.is_space:
            values[k] = space_tag, space
        elif quiet or values[k, 0] == space_tag:
            values[k] = other, other
        elif not token.norm_[0].isalpha():
            # What a mark and a numeral are shows on the page.
            values[k] = _sure(token.norm_, int(values[k, 0]), number, mark, symbol)
    doc.from_array([TAG, POS], values)  # type: ignore[arg-type]
    return doc


def _sure(norm: str, guess: int, number: int, mark: int, symbol: int) -> int:
    """The tag of a token that begins with no letter: NUM for digits alone, PUNCT (or SYM) for marks, else the guess."""
    if any(c.isalpha() for c in norm):
        return guess
    if any(c.isdigit() for c in norm):
        return number
    return symbol if guess == symbol else mark


@Language.component("waqai_clauses", assigns=["token.is_sent_start", "doc.spans"], requires=["token.pos"])
def clauses(doc: Doc) -> Doc:
    """Fills ``doc.spans["clauses"]``, and makes the parts of a run-on sentence sentences for the parser."""
    quiet = silent(doc)
    spans: list[Span] = []
    for start, end in true_sentences(doc):
        items = [Item(doc[k].norm_, doc[k].pos_, quiet[k]) for k in range(start, end)]
        begins = [start + k for k in clause_starts(items)]
        for k in clause_starts(items, PARSED)[1:]:
            doc[start + k].is_sent_start = True
        spans += [Span(doc, a, b) for a, b in zip(begins, [*begins[1:], end], strict=True)]
    doc.spans[CLAUSES] = spans
    return doc


@Language.component("waqai_sentences", assigns=["token.head", "token.dep"], requires=["token.dep"])
def sentences(doc: Doc) -> Doc:
    """Makes each true sentence one tree.

    The root of a later part hangs on the root of the part before it as *parataxis*. White space and noise
    hang on the word before them as *dep* and govern nothing.
    """
    if not len(doc):
        return doc
    quiet = silent(doc)
    heads = [token.head.i for token in doc]
    strings = doc.vocab.strings
    root, parataxis, loose = (strings.add(label) for label in ("ROOT", "parataxis", "dep"))
    deps = [token.dep for token in doc]
    for start, end in true_sentences(doc):
        _one_tree(start, end, heads, deps, quiet, root, parataxis, loose)
    values = np.empty((len(doc), 2), dtype="uint64")
    values[:, 0] = np.asarray([head - k for k, head in enumerate(heads)], dtype="int64").astype("uint64")
    values[:, 1] = np.asarray(deps, dtype="uint64")
    doc.from_array([HEAD, DEP], values)  # type: ignore[arg-type]
    return doc


def _one_tree(
    start: int,
    end: int,
    heads: list[int],
    deps: list[int],
    quiet: Sequence[bool],
    root: int,
    parataxis: int,
    loose: int,
) -> None:
    words = [k for k in range(start, end) if not quiet[k]] or [start]
    governor: dict[int, int] = {}
    for k in words:
        head = heads[k]
        while quiet[head] and heads[head] != head:
            head = heads[head]
        inside = start <= head < end and not quiet[head]
        governor[k] = head if inside else k
    previous: int | None = None
    for k in words:
        if governor[k] == k:
            if previous is None:
                deps[k] = root
            else:
                governor[k], deps[k] = previous, parataxis
            previous = k
        heads[k] = governor[k]
    last = words[0]
    for k in range(start, end):
        if k in governor:
            last = k
        else:
            heads[k], deps[k] = last, loose

"""Names that a recogniser of written words finds, laid over the tokens of a ``Doc``, with our labels.

The corpora behind the official models know persons, organisations and places. Which kind of place it is, the word
before the name tells (``place_words.yaml``); a place without such a word is most likely a town or a country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span

from pipeline.engines.components import silent, true_sentences
from pipeline.knowledge.places import load_place_words
from pipeline.text.clitics import PROCLITICS, PRONOUNS
from pipeline.text.normalize import clean, fold

#: Labels of other corpora, and ours; a place is settled by :func:`place_label`.
OURS = {
    "PER": "PER",
    "PERS": "PER",
    "PERSON": "PER",
    "ORG": "ORG",
    "GPE": "GPE",
    "FAC": "FAC",
    "NORP": "NORP",
}
PLACES = frozenset(("LOC", "LOCATION"))
_BUILT = frozenset(("airport", "base", "bridge", "crossing", "facility", "road"))
_UNGOVERNED = frozenset(("region", "water", "camp", "neighbourhood"))


@dataclass(frozen=True, slots=True)
class Written:
    """A written word: doc[start:end], and its letters in normal form."""

    start: int
    end: int
    text: str


def written_words(doc: Doc) -> list[list[Written]]:
    """The written words of each sentence that has any; white space and noise are in none."""
    quiet = silent(doc)
    found: list[list[Written]] = []
    for start, end in true_sentences(doc):
        bounds: list[tuple[int, int]] = []
        for k in range(start, end):
            if quiet[k]:
                continue
            if bounds and bounds[-1][1] == k and not doc[k]._.word_start:
                bounds[-1] = (bounds[-1][0], k + 1)
            else:
                bounds.append((k, k + 1))
        if bounds:
            found.append([Written(a, b, clean(doc[a:b].text)) for a, b in bounds])
    return found


def spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Half-open spans of a BIO or BIOES sequence; an inside without its beginning begins a span."""
    found: list[tuple[int, int, str]] = []
    start: int | None = None
    kind = ""
    for k, label in enumerate([*labels, "O"]):
        position, _, now = label.partition("-")
        begins = position in ("B", "S") or (position in ("I", "E") and (start is None or now != kind))
        if start is not None and (begins or position not in ("I", "E")):
            found.append((start, k, kind))
            start = None
        if begins and now:
            start, kind = k, now
    return found


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    """Folded words that announce a place, with and without article, and the label of what they announce."""
    found: dict[str, str] = {}
    for head in load_place_words().heads:
        if head.role == "named":
            kind = head.kinds[0]
            label = "FAC" if kind in _BUILT else "LOC" if kind in _UNGOVERNED else "GPE"
            for word in head.words:
                found.setdefault(fold(word), label)
                found.setdefault("ال" + fold(word), label)
    return found


def place_label(words: Sequence[str], before: str = "") -> str:
    """GPE, LOC or FAC for a place name: what its first word, or else the word before it, announces."""
    heads = _heads()
    return heads.get(fold(words[0])) or heads.get(fold(before)) or "GPE"


def set_names(doc: Doc, labels: Sequence[Sequence[str]], sentences: Sequence[Sequence[Written]]) -> None:
    """Makes ``doc.ents`` of the labels of written words.

    Clitics before a name and pronouns behind it are no part of it; labels that are not ours (MISC) are dropped.

    Args:
        doc: the document; its entities are replaced.
        labels: for each sentence one BIO or BIOES label for each written word.
        sentences: what :func:`written_words` gave.
    """
    found: list[Span] = []
    for words, row in zip(sentences, labels, strict=True):
        for first, after, kind in spans(row):
            start, end = _trim(doc, words[first], words[after - 1])
            label = OURS.get(kind)
            if kind in PLACES:
                before = words[first - 1].text if first else ""
                label = place_label([t.norm_ for t in doc[start:end]], before)
            if label is not None:
                found.append(Span(doc, start, end, label=label))
    doc.ents = tuple(found)


def _trim(doc: Doc, first: Written, last: Written) -> tuple[int, int]:
    start, end = first.start, last.end
    while start < first.end - 1 and doc[start].norm_ in PROCLITICS:
        start += 1
    if end - 1 > max(start, last.start) and doc[end - 1].norm_ in PRONOUNS:
        end -= 1
    return start, end

"""Names of written words and of the tokens that they are cut into, and how well an engine finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.text.clitics import PROCLITICS, PRONOUNS
from pipeline.text.words import Expander, WordSpan, split
from pipeline.training.name_corpora import Named, spans


@dataclass(frozen=True, slots=True)
class Tokenised:
    """A sentence cut into tokens: (text, normal form, BIO label, index of its written word)."""

    tokens: tuple[tuple[str, str, str, int], ...]
    words: int


def tokenise(sentences: Sequence[Named], models: Expander) -> list[Tokenised]:
    """Cuts written words into clitics; each token has the label of its word, but clitics before a name have none."""
    lines = [" ".join(s.words) for s in sentences]
    found: list[Tokenised] = []
    batch: list[int] = []
    size = 0
    for n, line in enumerate(lines):
        batch.append(n)
        size += len(line) + 1
        if size > 8000 or n == len(lines) - 1:
            text = "\n".join(lines[k] for k in batch)
            found += _lay([sentences[k] for k in batch], text, split(text, models))
            batch, size = [], 0
    return found


def _lay(sentences: Sequence[Named], text: str, cut: Sequence[WordSpan]) -> list[Tokenised]:
    found: list[Tokenised] = []
    at = n = 0
    for sentence in sentences:
        tokens: list[tuple[str, str, str, int]] = []
        for w, (word, label) in enumerate(zip(sentence.words, sentence.labels, strict=True)):
            inside: list[WordSpan] = []
            while n < len(cut) and cut[n].start < at + len(word):
                inside.append(cut[n])
                n += 1
            tokens += _label_pieces(text, inside, label, w, sentence.labels[w + 1 : w + 2])
            at += len(word) + 1
        found.append(Tokenised(tuple(tokens), len(sentence.words)))
    return found


def _label_pieces(
    text: str, inside: Sequence[WordSpan], label: str, word: int, after: Sequence[str]
) -> list[tuple[str, str, str, int]]:
    labels = [label] * len(inside)
    if label[:2] in ("B-", "I-"):
        first = 0
        if label[0] == "B":
            while first < len(inside) - 1 and inside[first].norm in PROCLITICS:
                labels[first] = "O"
                first += 1
        last = len(inside) - 1
        if (
            last > first
            and inside[last].norm in PRONOUNS
            and not inside[last].begins
            and not (after and after[0][0] == "I")
        ):
            labels[last] = "O"
            last -= 1
        for k in range(first + 1, last + 1):
            labels[k] = "I" + label[1:]
    return [(text[p.start : p.end], p.norm, now, word) for p, now in zip(inside, labels, strict=True)]


def _doc(nlp: Language, sentence: Tokenised) -> Doc:
    place = [word for _, _, _, word in sentence.tokens]
    spaces = [word != after for word, after in zip(place, [*place[1:], -1], strict=True)]
    doc = Doc(
        nlp.vocab,
        words=[text for text, _, _, _ in sentence.tokens],
        spaces=spaces,
        sent_starts=[k == 0 for k in range(len(place))],
    )
    for token, (_, norm, _, _) in zip(doc, sentence.tokens, strict=True):
        if token.norm_ != norm:
            token.norm_ = norm
    return doc


@dataclass(frozen=True, slots=True)
class NameScores:
    """F1 over whole names on written words, in percent, with PER, ORG and LOC (GPE, LOC and FAC together)."""

    f1: float
    precision: float
    recall: float
    by_type: dict[str, float]

    def __str__(self) -> str:
        types = " ".join(f"{k} {v:.1f}" for k, v in sorted(self.by_type.items()))
        return f"names F1 {self.f1:.1f} (P {self.precision:.1f} R {self.recall:.1f}; {types})"


_PLACES = {"GPE": "LOC", "FAC": "LOC", "LOC": "LOC", "PER": "PER", "ORG": "ORG"}


def evaluate_names(nlp: Language, gold: Sequence[Named], cut: Sequence[Tokenised]) -> NameScores:
    """Compares names on written words; a predicted name covers the words of its tokens. NORP is not in ANERcorp."""
    docs = [_doc(nlp, s) for s in cut]
    tally = {kind: [0, 0, 0] for kind in ("PER", "ORG", "LOC")}
    for sentence, tokens, doc in zip(gold, cut, nlp.pipe(docs, batch_size=64), strict=True):
        truth = {(a, b, _PLACES[k]) for a, b, k in spans(sentence.labels) if k in _PLACES}
        guess = {
            (tokens.tokens[e.start][3], tokens.tokens[e.end - 1][3] + 1, _PLACES[e.label_])
            for e in doc.ents
            if e.label_ in _PLACES
        }
        for kind, counts in tally.items():
            t = {x for x in truth if x[2] == kind}
            g = {x for x in guess if x[2] == kind}
            counts[0] += len(t & g)
            counts[1] += len(g)
            counts[2] += len(t)
    right, said, true = (sum(c[i] for c in tally.values()) for i in range(3))
    by_type = {kind: 200 * c[0] / max(1, c[1] + c[2]) for kind, c in tally.items()}
    return NameScores(
        200 * right / max(1, said + true), 100 * right / max(1, said), 100 * right / max(1, true), by_type
    )

"""Trains the recogniser of names on what :mod:`pipeline.training.name_corpora` reads."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from pipeline.text.clitics import PROCLITICS, PRONOUNS
from pipeline.text.words import Expander, WordSpan, split
from pipeline.training.checkpoint import Checkpoint, Progress
from pipeline.training.name_corpora import MISSING, Named, spans
from pipeline.training.registry import Say
from pipeline.training.syntax import adam, batches

#: The stage of a training that this module does.
STAGE = "names"


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


_BARE = str.maketrans("أإآ", "ااا")


def _doc(
    nlp: Language, sentences: Sequence[Tokenised], rng: random.Random, disorder: float
) -> tuple[Doc, list[str]]:
    words: list[str] = []
    norms: list[str] = []
    labels: list[str] = []
    starts: list[bool | int | None] = []
    word_of: list[int] = []
    for sentence in sentences:
        bare = rng.random() < disorder * 0.6
        tokens = sentence.tokens
        if rng.random() < disorder * 0.4 and len(tokens) > 4 and tokens[-1][0] == ".":
            tokens = tokens[:-1]
        for k, (text, norm, label, w) in enumerate(tokens):
            words.append(text.translate(_BARE) if bare else text)
            norms.append(norm.translate(_BARE) if bare else norm)
            labels.append(label)
            starts.append(k == 0)
            word_of.append(w)
            if rng.random() < disorder * 0.03 and not (k + 1 < len(tokens) and tokens[k + 1][2][0] == "I"):
                words.append(rng.choice(("[3]", "[17]", "\n", "\u200f")))
                norms.append(words[-1])
                labels.append("O")
                starts.append(False)
                word_of.append(-1)
    spaces = [after != word or word < 0 for word, after in zip(word_of, [*word_of[1:], -1], strict=True)]
    doc = Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)
    for token, norm in zip(doc, norms, strict=True):
        if token.norm_ != norm:
            token.norm_ = norm
    return doc, labels


def _biluo(labels: Sequence[str]) -> list[str]:
    out = [MISSING if label == MISSING else "O" for label in labels]
    for start, end, kind in spans(labels):
        if end - start == 1:
            out[start] = f"U-{kind}"
        else:
            out[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 2), f"L-{kind}"]
    return out


def _examples(
    nlp: Language, sentences: Sequence[Tokenised], rng: random.Random, disorder: float
) -> list[Example]:
    found: list[Example] = []
    k = 0
    while k < len(sentences):
        size = rng.choice((1, 1, 2, 3)) if disorder else 1
        doc, labels = _doc(nlp, sentences[k : k + size], rng, disorder)
        found.append(Example.from_dict(doc, {"entities": _biluo(labels)}))
        k += size
    return found


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
    rng = random.Random(0)
    docs = [_doc(nlp, [s], rng, 0.0)[0] for s in cut]
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


def train_names(
    nlp: Language,
    train: Sequence[Named],
    test: Sequence[Named],
    models: Expander,
    *,
    minutes: float,
    epochs: int,
    seed: int,
    checkpoint: Checkpoint,
    done: Progress,
    say: Say = print,
) -> None:
    """Trains the part ``ner`` of ``nlp`` in place.

    Args:
        nlp: a pipeline with the part of :func:`pipeline.engines.fast.add_names`; other parts stay as they are.
        train: sentences to learn from.
        test: sentences to report on.
        models: the tokeniser's models, which cut the clitics off.
        minutes: wall time after which the epoch that runs is the last.
        epochs: at most this many passes.
        seed: of the order and the disorder of the examples.
        checkpoint: written after every pass.
        done: how far the checkpoint that ``nlp`` comes from had come.
        say: receives one line of progress at a time.
    """
    fix_random_seed(seed)
    rng = random.Random(seed)
    cut = tokenise(train, models)
    cut_test = tokenise(test, models)
    optimizer = adam()
    part = nlp.get_pipe("ner")
    if done.epoch:
        checkpoint.restore(nlp, rng, optimizer)
    else:
        sample = _examples(nlp, cut[:2000] + cut[-2000:], random.Random(seed), 0.0)
        part.initialize(lambda: sample, nlp=nlp)  # type: ignore[attr-defined]
    others = [name for name in nlp.pipe_names if name != "ner"]
    begin = time.monotonic() - 60 * done.minutes
    for epoch in range(done.epoch + 1, epochs + 1):
        losses: dict[str, float] = {}
        shuffled = list(cut)
        rng.shuffle(shuffled)
        for batch in batches(_examples(nlp, shuffled, rng, 0.5), min(1500, 400 + 200 * epoch)):
            nlp.update(batch, sgd=optimizer, drop=0.25, losses=losses, exclude=others)
        spent = (time.monotonic() - begin) / 60
        last = epoch == epochs or spent >= minutes
        say(f"names: epoch {epoch} of {epochs}, {spent:.1f} of {minutes:g} min, loss {losses['ner']:.0f}")
        checkpoint.save(nlp, Progress(STAGE, epoch, spent), rng=rng, optimizer=optimizer)
        with nlp.use_params(optimizer.averages), nlp.select_pipes(enable=["ner"]):
            say(f"names: ANERcorp test {evaluate_names(nlp, test, cut_test)}")
        if last:
            break
    with nlp.use_params(optimizer.averages):
        content = part.to_bytes(exclude=["vocab"])  # type: ignore[attr-defined]
    part.from_bytes(content, exclude=["vocab"])  # type: ignore[attr-defined]

"""What the accurate engine learns from: treebanks, tagged words and names, as lines with sets of labels."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

from pipeline.text.words import Expander
from pipeline.training.accurate_batch import NONE, Line
from pipeline.training.accurate_names import Fronts
from pipeline.training.accurate_wikinews import read_wikinews
from pipeline.training.conllu import Sentence
from pipeline.training.data import SEED, Treebanks, read_treebanks
from pipeline.training.name_corpora import LABELS, MISSING, read_corpora
from pipeline.training.names import Tokenised, tokenise
from pipeline.training.registry import Say
from pipeline.training.teacher import Row, Sureness, learnable

#: UniMorph's part of speech in PADT-UM, and the tags that PADT gives the same words (counted on sentences in both).
_UNIMORPH: Mapping[str, tuple[str, ...]] = {
    "N": ("NOUN",), "V": ("VERB",), "ADJ": ("ADJ",), "ADP": ("ADP",), "NUM": ("NUM",), "PRO": ("PRON",),
    "DET": ("DET", "PRON"), "CONJ": ("CCONJ", "SCONJ"), "PART": ("PART",), "ADV": ("ADV",), "PROPN": ("PROPN",),
}  # fmt: skip
#: Of these PADT knows some and calls others X.
_OPEN = frozenset(("N", "ADJ", "ADP", "DET", "PRO", "CONJ", "PROPN"))
#: A longer sentence is left out of training: it would fill a batch alone.
LONGEST = 110
#: What a name is, this corpus decides: it is measured on its test.
_DECIDES = "ANERcorp train"
#: Types that are one to it.
_PLACES = ("GPE", "LOC", "FAC")
#: Every such sentence is held out of training to tell when to stop.
_HELD = 24


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels in the order of the network's outputs; ``names`` are BIO."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    rels: tuple[str, ...]
    names: tuple[str, ...]

    def bits(self, column: str, wanted: Iterable[str]) -> int:
        """The set of some labels, one bit for each; what is no label is in no set."""
        order: tuple[str, ...] = getattr(self, column)
        return sum(1 << order.index(label) for label in set(wanted) if label in order)


@dataclass(frozen=True, slots=True)
class Corpora:
    """Lines by source, and held-out lines."""

    labels: Labels
    train: Mapping[str, tuple[Line, ...]]
    held: tuple[Line, ...]


def write_corpora(path: Path, corpora: Corpora) -> None:
    """Writes corpora as JSON, to be read by :func:`read_back`."""
    content = {
        "labels": asdict(corpora.labels),
        "train": {name: list(map(astuple, lines)) for name, lines in corpora.train.items()},
        "held": list(map(astuple, corpora.held)),
    }
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def read_back(path: Path) -> Corpora:
    """What :func:`write_corpora` wrote."""
    content = json.loads(path.read_text(encoding="utf-8"))

    def lines(rows: list[list[list[Any]]]) -> tuple[Line, ...]:
        return tuple(Line(*map(tuple, row)) for row in rows)

    labels = Labels(**{name: tuple(values) for name, values in content["labels"].items()})
    train = {name: lines(rows) for name, rows in content["train"].items()}
    return Corpora(labels, train, lines(content["held"]))


def labels_of(banks: Treebanks) -> Labels:
    """All labels of the treebanks, and X."""
    words = [word for sentence in banks.plain for word in sentence.words]
    names = ["O", *(f"{begin}-{kind}" for kind in LABELS for begin in "BI")]
    return Labels(
        tuple(sorted({"X", *(word.upos for word in words)})),
        tuple(sorted({word.feats for word in words})),
        tuple(sorted({word.rel for word in words})),
        tuple(names),
    )


def begins_of(sentence: Sentence) -> tuple[bool, ...]:
    """For each word whether it begins a written word."""
    return tuple(k == 0 for written in sentence.written for k in range(len(written.slices)))


def tree_line(plain: Sentence, settled: Sentence | None, labels: Labels) -> Line:
    """A line of a sentence with a tree; without ``settled`` the wanted tags are the treebank's.

    PUD knows every name as PROPN, PADT's lexicon lacks nearly all (X): between these two PUD tells nothing.
    """
    known = {label: n for n, label in enumerate(labels.feats)}
    relations = {label: n for n, label in enumerate(labels.rels)}
    words = plain.words
    return Line(
        tuple(word.norm for word in words),
        begins_of(plain),
        upos=tuple(labels.bits("upos", [w.upos, "X"] if w.upos == "PROPN" else [w.upos]) for w in words),
        tags=tuple(labels.bits("upos", [w.upos] if w.upos else []) for w in (settled or plain).words),
        feats=tuple(known.get(word.feats, NONE) for word in words),
        heads=tuple((-1 if word.head is None else word.head) + 1 for word in words),
        rels=tuple(relations.get(word.rel, NONE) for word in words),
    )


def tagged_line(sentence: Sentence, labels: Labels) -> Line:
    """A line of PADT-UM, whose words have UniMorph features."""
    upos: list[int] = []
    tags: list[int] = []
    for word in sentence.words:
        kinds = [part for part in word.feats.split(";") if part in _UNIMORPH]
        marks = not any(c.isalnum() for c in word.norm)
        wanted = [tag for kind in kinds for tag in _UNIMORPH[kind]] or (["PUNCT"] if marks else [])
        tags.append(labels.bits("upos", wanted))
        unknown = ["X"] if not wanted or any(kind in _OPEN for kind in kinds) else []
        upos.append(labels.bits("upos", [*wanted, *unknown]))
    norms = tuple(word.norm for word in sentence.words)
    return Line(norms, begins_of(sentence), upos=tuple(upos), tags=tuple(tags))


def name_line(sentence: Tokenised, labels: Labels) -> Line:
    """A line of a corpus of names."""
    words = [index for _, _, _, index in sentence.tokens]
    begins = tuple(k == 0 or words[k] != words[k - 1] for k in range(len(words)))
    allowed = [0 if label == MISSING else labels.bits("names", [label]) for _, _, label, _ in sentence.tokens]
    return Line(tuple(norm for _, norm, _, _ in sentence.tokens), begins, names=tuple(allowed))


def _part(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """What is trained on, and what is held out."""
    held = [line for k, line in enumerate(lines) if k % _HELD == 11]
    rest = [line for k, line in enumerate(lines) if k % _HELD != 11]
    return [line for line in rest if 1 < len(line.words) <= LONGEST], held


def read_all(data: Path, models: Expander, say: Say) -> Corpora:
    """Reads everything below ``data``; sentences of any test file are dropped and counted aloud.

    Args:
        data: holds ``treebank/`` and ``ner/``.
        models: the tokeniser's models, which cut the clitics of the corpora of names.
        say: receives one line of progress at a time.
    """
    banks = read_treebanks(data)
    say(f"dropped: {banks.dropped or 'nothing'}; {len(banks.trees)} trees to train on")
    labels = labels_of(banks)
    trees = [tree_line(a, b, labels) for a, b in zip(banks.plain, banks.trees, strict=True)]
    # The same lines are held out of every training, whatever its seed.
    random.Random(SEED).shuffle(trees)
    kept, held = _part(trees)
    tagged = [tagged_line(s, labels) for s in banks.tagged]
    train: dict[str, tuple[Line, ...]] = {"trees": tuple(kept), "PADT-UM": tuple(_part(tagged)[0])}
    wikinews = read_wikinews(data, models, labels.upos, say)
    train["WikiNews"] = tuple(line for line in wikinews if 1 < len(line.words) <= LONGEST)
    corpora, _ = read_corpora(data, say)
    for name, sentences in corpora.items():
        rest, left = _part([name_line(s, labels) for s in tokenise(sentences, models) if s.tokens])
        train[name] = tuple(rest)
        if name == _DECIDES:
            held += left
    places = [labels.bits("names", [f"B-{kind}"]) for kind in _PLACES]
    fronts = Fronts(train[_DECIDES], dict.fromkeys(places, 0))
    for name in corpora:
        if name != _DECIDES:
            train[name] = tuple(map(fronts.loosen, train[name]))
    for name, lines in train.items():
        say(f"{name}: {len(lines)} sentences, {sum(len(line.words) for line in lines)} words")
    return Corpora(labels, train, tuple(held))


def silver_line(row: Row, sure: Sureness, labels: Labels) -> Line:
    """A line of news that an earlier state of the network labelled; what it was not sure of is unknown."""
    known = {label: n for n, label in enumerate(labels.feats)}
    relations = {label: n for n, label in enumerate(labels.rels)}
    _, names = learnable(row, sure)
    return Line(
        row.norms,
        row.begins,
        tags=tuple(
            labels.bits("upos", [tag]) if how >= sure.tag else 0
            for tag, how in zip(row.tags, row.tags_sure, strict=True)
        ),
        feats=tuple(known.get(feats, NONE) for feats in row.feats),
        heads=row.heads,
        rels=tuple(relations.get(rel, NONE) for rel in row.rels),
        names=tuple(0 if name == MISSING else labels.bits("names", [name]) for name in names),
    )

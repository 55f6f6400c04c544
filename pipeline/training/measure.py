"""Words F1 and sentence F1 of the tokeniser on raw text.

Counted as in the CoNLL shared tasks: spans of characters without white space. A word inside a written word is
right when the written word's span is right and the word is in the longest common subsequence of its words.
The treebank restores hamza inside written words that lack it; we keep what is written, so both sides are folded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy

from pipeline.text.normalize import fold
from pipeline.text.tokenizer import Tokenizer
from pipeline.training.conllu import Sentence, read_padt
from pipeline.training.data import UM_TEST


@dataclass(frozen=True, slots=True)
class WordScores:
    """F1 in percent of words, written words, and sentences."""

    words: float
    written: float
    sentences: float
    unsplit: float

    def __str__(self) -> str:
        return (
            f"words F1 {self.words:.2f}, written words F1 {self.written:.2f}, sentences F1 {self.sentences:.2f} "
            f"(words F1 without any splitting {self.unsplit:.2f})"
        )


Cut = tuple[list[tuple[int, int, tuple[str, ...]]], list[tuple[int, int]]]


def _f1(right: int, said: int, true: int) -> float:
    return 200 * right / max(1, said + true)


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        before = 0
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], before + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]


def gold_cut(sentences: Sequence[Sentence]) -> Cut:
    """Written words as (start, end, folded words) over the text without white space, and sentence spans."""
    written: list[tuple[int, int, tuple[str, ...]]] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for sentence in sentences:
        first = at
        n = 0
        for word in sentence.written:
            inside = sentence.words[n : n + len(word.slices)]
            n += len(word.slices)
            written.append((at, at + len(word.text), tuple(fold(w.norm) for w in inside)))
            at += len(word.text)
        spans.append((first, at))
    return written, spans


def own_cut(text: str, tokenizer: Tokenizer) -> Cut:
    """The same from the tokeniser."""
    written: list[tuple[int, int, tuple[str, ...]]] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for sentence in tokenizer(text).sents:
        first = at
        for token in sentence:
            if token.is_space:
                continue
            end = at + len(token.text)
            if token._.word_start or not written:
                written.append((at, end, (fold(token.norm_),)))
            else:
                start, _, words = written[-1]
                written[-1] = (start, end, (*words, fold(token.norm_)))
            at = end
        spans.append((first, at))
    return written, spans


def score(gold: Cut, own: Cut) -> WordScores:
    """Compares two cuts of the same characters."""
    truth = {(start, end): words for start, end, words in gold[0]}
    right = same = unsplit = 0
    for start, end, words in own[0]:
        found = truth.get((start, end))
        if found is not None:
            same += 1
            right += _common(found, words)
            unsplit += len(found) == 1
    said = sum(len(w) for _, _, w in own[0])
    true = sum(len(w) for _, _, w in gold[0])
    return WordScores(
        _f1(right, said, true),
        _f1(same, len(own[0]), len(gold[0])),
        _f1(len(set(gold[1]) & set(own[1])), len(own[1]), len(gold[1])),
        _f1(unsplit, len(own[0]), true),
    )


def lines_of(sentences: Sequence[Sentence]) -> str:
    """The raw text: paragraphs on lines of their own, as the source has them."""
    text: list[str] = []
    for k, sentence in enumerate(sentences):
        if k:
            text.append(" " if sentence.paragraph == sentences[k - 1].paragraph else "\n")
        text.append(sentence.text)
    return "".join(text)


def measure_words(data_dir: Path, models: Path) -> dict[str, str]:
    """Scores on PADT-UM test: with its paragraphs on lines of their own, and as one line without a break."""
    sentences = read_padt(data_dir / UM_TEST)
    tokenizer = Tokenizer(spacy.blank("ar").vocab).load(models)
    gold = gold_cut(sentences)
    lines = lines_of(sentences)
    return {
        "words, PADT-UM test, raw text": str(score(gold, own_cut(lines, tokenizer))),
        "words, PADT-UM test, raw text in one line": str(
            score(gold, own_cut(lines.replace("\n", " "), tokenizer))
        ),
    }

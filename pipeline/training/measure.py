"""Words F1, sentence F1 and speed on raw text.

Counted as in the CoNLL shared tasks: spans of characters without white space. A word inside a written word is
right when the written word's span is right and the word is in the longest common subsequence of its words.
The treebank restores hamza inside written words that lack it; we keep what is written, so both sides are folded.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from pipeline.text.clitics import align
from pipeline.text.normalize import fold
from pipeline.text.tokenizer import Tokenizer
from pipeline.text.words import parts
from pipeline.training.conllu import Sentence, read_padt
from pipeline.training.files import UM_TEST
from pipeline.training.lexicon import read_news


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


def measure_tokenizers(data: Path, tokenizers: Mapping[str, Tokenizer]) -> dict[str, dict[str, float]]:
    """Scores and speed on PADT-UM test, one after the other in one process; and what no splitting at all would score.

    Args:
        data: the data folder.
        tokenizers: by the name that the table gives them.
    """
    sentences = read_padt(data / UM_TEST)
    gold = gold_cut(sentences)
    lines = lines_of(sentences)
    table: dict[str, dict[str, float]] = {"no split": {}}
    for name, tokenizer in tokenizers.items():
        # Loaded and warm, but with nothing remembered of this text.
        tokenizer("وصل الوفد.")
        parts.cache_clear()
        align.cache_clear()
        begin = time.process_time()
        words = sum(not token.is_space for token in tokenizer(lines))
        seconds = time.process_time() - begin
        found = score(gold, own_cut(lines, tokenizer))
        one_line = score(gold, own_cut(lines.replace("\n", " "), tokenizer))
        table[name] = {
            "words F1": found.words,
            "written words F1": found.written,
            "sentences F1": found.sentences,
            "sentences F1, one line": one_line.sentences,
            "words/s": words / seconds,
        }
        whole = {
            "words F1": found.unsplit,
            "written words F1": found.written,
            "sentences F1": found.sentences,
        }
        table["no split"] = table["no split"] or whole
    return table


def measure_speed(nlp: Language, data: Path, *, articles: int = 60) -> float:
    """Words a second of processor time, from text to ``Doc``, over the first articles of the news."""
    texts = list(itertools.islice(read_news(data), articles + 5))
    for text in texts[:5]:
        nlp(text)
    begin = time.process_time()
    words = sum(not token.is_space for text in texts[5:] for token in nlp(text))
    return words / (time.process_time() - begin)

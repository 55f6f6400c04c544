"""What the fast engine is trained on: gold and news, all labelled whole, the teacher filling in what gold lacks.

The labelled sentences lie in files of ``FOLDER``, one for every so many articles or words: a file that is there is not
made again.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, zip_longest
from pathlib import Path

from pipeline.text.words import Expander, WordSpan, split
from pipeline.training.conllu import key
from pipeline.training.data import Treebanks, forbidden
from pipeline.training.lexicon import read_news
from pipeline.training.name_corpora import Named
from pipeline.training.names import tokenise
from pipeline.training.registry import Say
from pipeline.training.teacher import (
    Row,
    Sureness,
    Teacher,
    believable,
    of_names,
    of_tree,
    of_words,
    read_rows,
    write_rows,
)

#: Names of the sources that are no corpus of names.
TREES, NEWS = "trees", "news"
#: Articles, or sentences of a corpus of names, in one file.
ARTICLES, SENTENCES = 60, 2000
#: Every other article has several of these groups of letters, while there are such: news of what events are made of.
PREFERRED = (
    "قتل", "قصف", "اشتباك", "مسلح", "جيش", "غار", "هجوم", "انفجار", "معتقل", "اعتقل", "احتج", "تفجير", "صاروخ", "قذائف",
    "مقاتل", "نازح", "لاجئ", "تظاهر", "الثوار", "المعارضة", "هدنة",
)  # fmt: skip
LEAST = 4
#: Words of the sentences that are learnt from, and letters of an article that are read.
SHORTEST, LONGEST, LETTERS = 4, 80, 6000


@dataclass(frozen=True, slots=True)
class Pile:
    """Sentences of one source as lines of JSON, and how many words each has."""

    lines: tuple[str, ...]
    sizes: tuple[int, ...]

    def portion(self, words: int, number: int) -> Iterator[Row]:
        """The rows of the ``number``-th portion of ``words`` words; after the last row comes the first."""
        ends = list(accumulate(self.sizes))
        if not ends or not words:
            return
        at = number * words
        stop = at + words
        while at < stop:
            lap, rest = divmod(at, ends[-1])
            k = bisect_right(ends, rest)
            yield Row.read(self.lines[k])
            at = lap * ends[-1] + ends[k]


def choose(
    texts: Sequence[str], seed: int, *, preferred: Sequence[str] = PREFERRED, least: int = LEAST
) -> list[str]:
    """The texts in the order in which they are labelled: by chance, but every other one has ``least`` of the
    ``preferred`` groups of letters, as long as there are such."""
    texts = random.Random(seed).sample(texts, len(texts))
    pattern = re.compile("|".join(map(re.escape, preferred)))
    many = [len(pattern.findall(text)) >= least for text in texts]
    hot = [text for text, so in zip(texts, many, strict=True) if so]
    cold = [text for text, so in zip(texts, many, strict=True) if not so]
    return [text for text in chain.from_iterable(zip_longest(hot, cold)) if text is not None]


def sentences_of(text: str, models: Expander) -> Iterator[list[WordSpan]]:
    """The sentences of a clean text that are learnt from; of a long text the beginning, without the last sentence."""
    sentence: list[WordSpan] = []
    for word in split(text[:LETTERS], models):
        if word.sentence and sentence:
            if SHORTEST <= len(sentence) <= LONGEST:
                yield sentence
            sentence = []
        sentence.append(word)
    if len(text) <= LETTERS and SHORTEST <= len(sentence) <= LONGEST:
        yield sentence


def label_news(
    teacher: Teacher, data: Path, models: Expander, folder: Path, *, words: int, seed: int, say: Say
) -> None:
    """Labels news until ``words`` words are labelled; sentences of test files are left out."""
    order = choose(list(read_news(data)), seed)
    tests = forbidden(data)
    total = 0
    for part, begin in enumerate(range(0, len(order), ARTICLES)):
        if total >= words:
            return
        path = folder / f"{NEWS}-{part:04d}.jsonl.gz"
        if path.exists():
            total += sum(len(row.norms) for row in read_rows(path))
            continue
        rows: list[Row] = []
        for number, text in enumerate(order[begin : begin + ARTICLES]):
            for sentence in sentences_of(text, models):
                row = None
                if key(text[sentence[0].start : sentence[-1].end]) not in tests:
                    row = of_words(teacher, text, sentence, f"{part}.{number}")
                if row is not None:
                    rows.append(row)
        total += write_rows(path, rows)
        say(f"teacher: {total} of {words} words of news")


def label_gold(
    teacher: Teacher,
    banks: Treebanks,
    corpora: Mapping[str, Sequence[Named]],
    models: Expander,
    folder: Path,
    say: Say,
) -> None:
    """Adds the teacher's names to the treebanks, and its tags and trees to the corpora of names."""
    path = folder / f"{TREES}-0000.jsonl.gz"
    if not path.exists():
        count = write_rows(path, (of_tree(teacher, sentence) for sentence in banks.trees))
        say(f"teacher: names for {count} words of treebanks")
    for name, sentences in corpora.items():
        for part, begin in enumerate(range(0, len(sentences), SENTENCES)):
            path = folder / f"{name}-{part:04d}.jsonl.gz"
            if not path.exists():
                cut = tokenise(sentences[begin : begin + SENTENCES], models)
                kept = (of_names(teacher, s) for s in cut if SHORTEST <= len(s.tokens) <= LONGEST)
                count = write_rows(path, kept)
                say(
                    f"teacher: trees for {count} words of {name}, {begin + len(cut)} of {len(sentences)} sentences"
                )


def read_piles(folder: Path, sources: Sequence[str], sure: Sureness, seed: int) -> dict[str, Pile]:
    """The labelled sentences of each source; of the news those that the teacher is sure enough of, in order; of all
    else all, in an order by chance."""
    found: dict[str, Pile] = {}
    for source in sources:
        rows = chain.from_iterable(read_rows(path) for path in sorted(folder.glob(f"{source}-*.jsonl.gz")))
        pairs = [(row.json(), len(row.norms)) for row in rows if source != NEWS or believable(row, sure)]
        if source != NEWS:
            random.Random(seed).shuffle(pairs)
        found[source] = Pile(tuple(line for line, _ in pairs), tuple(size for _, size in pairs))
    return found

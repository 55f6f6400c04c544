"""Trains the light tokeniser, and the tables it is compared with.

A written word of the treebanks is shown to the CRF as often as it occurs, but a few times at most, as it is and as a
hurried desk would spell it.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import spacy

from pipeline.text.clitics import align
from pipeline.text.lexicon import Lexicon, bare
from pipeline.text.light import features
from pipeline.text.segmenter import Marks
from pipeline.text.tokenizer import KINDS, Tokenizer
from pipeline.training.conllu import Sentence
from pipeline.training.data import Treebanks, read_treebanks, respell
from pipeline.training.measure import measure_tokenizers
from pipeline.training.registry import Job, Scores

MODEL, WORDS = KINDS["light"]
#: How often a written word with the words in it occurs.
Counts = Counter[tuple[str, tuple[str, ...]]]
#: How often one written word is shown to the model.
_MOST = 4


def count_expansions(sentences: Iterable[Sentence]) -> Counts:
    """How often each written word of letters holds which words."""
    found: Counts = Counter()
    for sentence in sentences:
        at = 0
        for written in sentence.written:
            words = tuple(w.norm for w in sentence.words[at : at + len(written.slices)])
            at += len(written.slices)
            if len(written.text) > 1 and written.text.isalpha():
                found[written.text, words] += 1
    return found


def labels_of(written: str, words: tuple[str, ...]) -> list[str] | None:
    """One label for each letter (see :func:`pipeline.text.light.words_of`), or None where the words do not fit."""
    pieces = align(written, words)
    if pieces is None:
        return None
    labels: list[str] = []
    for piece in pieces:
        here, norm = written[piece.start : piece.end], piece.norm
        own = ["B", *["I"] * (len(here) - 1)]
        if norm != here:
            if norm.endswith(here):
                own[0] += "<" + norm[: len(norm) - len(here)]
            elif norm.startswith(here):
                own[-1] += ">" + norm[len(here) :]
            elif len(norm) == len(here) and norm[:-1] == here[:-1]:
                own[-1] += "=" + norm[-1]
            else:
                return None
        labels += own
    return labels


def train_light(counts: Counts, lexicon: Lexicon, *, iterations: int = 100) -> bytes:
    """The content of the file that :class:`pipeline.text.light.LightSegmenter` reads. Deterministic.

    Args:
        counts: what to learn from.
        lexicon: the word counts that it will run with.
        iterations: of L-BFGS, at most.
    """
    import pycrfsuite

    trainer = pycrfsuite.Trainer(
        algorithm="lbfgs",
        params={"c1": 0.05, "c2": 0.01, "max_iterations": iterations, "feature.minfreq": 2},
        verbose=False,
    )
    for (written, words), n in sorted(counts.items()):
        labels = labels_of(written, words)
        if labels is not None:
            rows = features(written, lexicon)
            for _ in range(min(n, _MOST)):
                trainer.append(rows, labels)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()


def most_frequent(counts: Counts) -> dict[str, tuple[str, ...]]:
    """For each written word, hamza folded, the words that it holds most often."""
    by_word: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for (written, words), n in counts.items():
        by_word[bare(written)][words] += n
    return {written: words.most_common(1)[0][0] for written, words in by_word.items()}


def train(job: Job) -> str:
    """Trains ``tokenizer/light.crfsuite`` over the word counts of the tokeniser in ``job.out``. There is no checkpoint:
    it takes a minute.

    Returns:
        How much it was trained.
    """
    banks = read_treebanks(job.data)
    job.say(f"dropped: {banks.dropped or 'nothing'}; {len(banks.words)} sentences to train on")
    folder = job.out / "tokenizer"
    lexicon = Lexicon((folder / WORDS).read_bytes())
    content = train_light(counts_of(banks, job.config["seed"]), lexicon, iterations=job.config["iterations"])
    (folder / MODEL).write_bytes(content)
    return f"at most {job.config['iterations']} iterations of L-BFGS"


def counts_of(banks: Treebanks, seed: int) -> Counts:
    """What is learnt from: every sentence as it is, and once more as a hurried desk would spell it."""
    rng = random.Random(seed)
    return count_expansions([*banks.words, *(respell(s, rng) for s in banks.words)])


def measure(job: Job) -> Scores:
    """All tokenisers of ``job.out`` and the baselines, one after the other in one process."""
    folder = job.out / "tokenizer"
    lexicon = Lexicon((folder / WORDS).read_bytes())
    known = most_frequent(counts_of(read_treebanks(job.data), job.config["seed"]))
    vocab = spacy.blank("ar").vocab
    systems = {
        "rules and counts alone": Tokenizer(vocab, LookUp({}, lexicon)),
        "known splits": Tokenizer(vocab, LookUp(known, lexicon)),
    }
    for kind in KINDS:
        if all((folder / name).is_file() for name in KINDS[kind]):
            systems[kind] = Tokenizer(vocab).load(folder, kind)
    return Scores(tokenizers=measure_tokenizers(job.data, systems))


class LookUp:
    """A baseline: splits the written words that the training data splits, and no others.

    Args:
        known: written words, hamza folded, and the words in them; an empty table splits nothing.
        lexicon: the word counts.
    """

    def __init__(self, known: Mapping[str, tuple[str, ...]], lexicon: Lexicon) -> None:
        self.known = known
        self.lexicon = lexicon

    @property
    def files(self) -> tuple[bytes, ...]:
        """None: it is never saved."""
        return ()

    def marks(self, lines: Sequence[str]) -> list[Marks]:
        """Sentences end by rule alone, and any written word may hold several words."""
        return [Marks(frozenset(), frozenset(range(len(line)))) for line in lines]

    def expand(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The words inside each written word."""
        return {word: self.known.get(bare(word), (word,)) for word in words}

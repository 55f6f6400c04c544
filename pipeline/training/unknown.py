"""How well the encoder of the fast engine would tell the treebank's own tags, X among them.

PADT tags X each word that its lexicon lacks. The engine is never asked for that, so an output layer is trained on its
encoder for this measure alone.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Softmax, fix_random_seed

from pipeline.engines.fast import ENCODER
from pipeline.training.conllu import Sentence
from pipeline.training.data import Treebanks
from pipeline.training.docs import example
from pipeline.training.syntax import adam

_PASSES, _BATCH = 12, 256


def _vectors(nlp: Language, sentences: Sequence[Sentence]) -> tuple[npt.NDArray[np.float32], list[str]]:
    """The vector of each word, and its tag."""
    docs: list[Doc] = [example(nlp.vocab, [s], random.Random(1)).predicted for s in sentences]
    with nlp.select_pipes(enable=[ENCODER]):
        tensors = [doc.tensor for doc in nlp.pipe(docs, batch_size=64)]
    return np.concatenate(tensors), [word.upos for s in sentences for word in s.words]


def unknown_allowed(nlp: Language, banks: Treebanks, *, seed: int = 1) -> float:
    """UPOS on PADT test, in per cent, where X is a tag like others.

    Args:
        nlp: the fast engine.
        banks: its ``plain`` sentences are learnt from, but for PUD's names, of which PADT would know hardly any.
        seed: of the layer and of the order of the words.
    """
    fix_random_seed(seed)
    vectors, tags = _vectors(nlp, banks.plain)
    labels = sorted(set(tags) - {"", "PROPN"})
    known = [k for k, tag in enumerate(tags) if tag in labels]
    model = Softmax(len(labels), vectors.shape[1]).initialize()
    optimizer = adam()
    rng = random.Random(seed)
    for _ in range(_PASSES):
        rng.shuffle(known)
        for begin in range(0, len(known), _BATCH):
            rows = known[begin : begin + _BATCH]
            guess, back = model.begin_update(vectors[rows])
            gold = np.zeros_like(guess)
            gold[np.arange(len(rows)), [labels.index(tags[k]) for k in rows]] = 1
            back((guess - gold) / len(rows))
            model.finish_update(optimizer)
    tests, gold_tags = _vectors(nlp, banks.padt_test)
    found = model.predict(tests).argmax(1)
    right = sum(labels[n] == tag for n, tag in zip(found, gold_tags, strict=True))
    return 100 * right / max(1, len(gold_tags))

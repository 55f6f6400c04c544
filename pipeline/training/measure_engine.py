"""The measures by which engines are compared: the same test files and names of measures, one table in the card."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language

from pipeline.engines.fast import ENCODER, LEMMAS, NAMES
from pipeline.engines.lemmas import Lemmatizer
from pipeline.text.tokenizer import KINDS, Tokenizer
from pipeline.training.data import Treebanks
from pipeline.training.measure import measure_speed
from pipeline.training.name_corpora import Named
from pipeline.training.names import Tokenised, evaluate_names
from pipeline.training.syntax import evaluate_syntax

X_ALLOWED = "UPOS, PADT test, X allowed"
SPEED = "words/s, one core, text to Doc"
LEMMA_MEASURE = "lemmas of verbs, nouns, adjectives, PADT test, gold tags"


def measure_engine(
    nlp: Language, banks: Treebanks, test: Sequence[Named], cut: Sequence[Tokenised], data: Path
) -> dict[str, float]:
    """Scores by measure, in per cent, and words a second.

    Args:
        nlp: the engine, without the entities half.
        banks: holds the test sentences; trees are scored on gold words and gold sentences.
        test: the test file of the names.
        cut: the same, cut into tokens.
        data: the data folder, whose news tells the speed.
    """
    with nlp.select_pipes(disable=[name for name in (LEMMAS, NAMES) if name in nlp.pipe_names]):
        padt = evaluate_syntax(nlp, banks.padt_test, random.Random(1))
        pud = evaluate_syntax(nlp, banks.pud_test, random.Random(1))
    # Where names have a component of their own, the others need not run.
    alone = [name for name in (ENCODER, NAMES) if name in nlp.pipe_names] or nlp.pipe_names
    with nlp.select_pipes(enable=alone):
        names = evaluate_names(nlp, test, cut)
    scores = {
        "UPOS, PADT test": padt.upos,
        "UPOS, PADT test, gold X left out": padt.known,
        "features, PADT test": padt.feats,
        "UAS, PADT test": padt.uas,
        "LAS, PADT test": padt.las,
        "UPOS, PUD last 20 %": pud.upos,
        "UAS, PUD last 20 %": pud.uas,
        "LAS, PUD last 20 %": pud.las,
    }
    if LEMMAS in nlp.pipe_names:
        lemmatizer = nlp.get_pipe(LEMMAS)
        assert isinstance(lemmatizer, Lemmatizer)
        scores[LEMMA_MEASURE] = lemma_accuracy(lemmatizer, banks)
    scores["NER F1, ANERcorp test (PER, LOC, ORG)"] = names.f1
    scores |= {f"NER F1, {kind}": value for kind, value in names.by_type.items()}
    scores[SPEED] = measure_speed(nlp, data)
    return scores


def measure_light(nlp: Language, models: Path, data: Path) -> dict[str, float]:
    """The speed with the light tokeniser, which ``nlp`` keeps; nothing where the folder of the models has none."""
    folder = models / "tokenizer"
    if not (folder / KINDS["light"][0]).is_file():
        return {}
    Tokenizer.load(nlp.tokenizer, folder, "light")  # type: ignore[arg-type]
    return {f"{SPEED}, --tokenizer light": measure_speed(nlp, data)}


def lemma_accuracy(lemmatizer: Lemmatizer, banks: Treebanks) -> float:
    """Per cent of the verbs, nouns and adjectives of PADT test whose lemma is right, by their gold tags."""
    words = [w for s in banks.padt_test for w in s.words if w.upos in ("VERB", "NOUN", "ADJ")]
    right = sum(lemmatizer.lemma(w.norm, w.upos) == w.lemma for w in words)
    return 100 * right / max(1, len(words))

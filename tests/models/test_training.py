"""One-step smoke trainings on tiny data made here: the real code paths, not the quality."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
import spacy
from text_builders import FakeModels

from pipeline.engines.bundle import read_manifest, verify
from pipeline.text.tokenizer import KINDS, Tokenizer
from pipeline.training.conllu import read_padt, read_pud
from pipeline.training.data import read_treebanks, respace, respell
from pipeline.training.docs import example
from pipeline.training.files import PADT_DEV, PUD
from pipeline.training.measure_engine import LEMMA_MEASURE
from pipeline.training.name_corpora import MISSING, Named, Types, spans
from pipeline.training.names import tokenise
from pipeline.training.tokenizer import TRAINED


def test_a_written_word_is_cut_as_on_the_page(data: Path) -> None:
    padt = read_padt(data / PADT_DEV)[0]
    assert padt.text == "سيطرت قوات سامر للمدينة بعاصمتها ."
    assert [[w.text[a:b] for a, b in w.slices] for w in padt.written[3:5]] == [
        ["ل", "لمدينة"],
        ["ب", "عاصمت", "ها"],
    ]
    assert [w.norm for w in padt.words][3:8] == ["ل", "المدينة", "ب", "عاصمة", "ها"]
    pud = read_pud(data / PUD)[0]
    assert [w.text for w in pud.written] == ["وصل", "سامر", "للسلطة", "بقوتها", "."]
    assert [w.norm for w in pud.words][2:7] == ["ل", "السلطة", "ب", "قوة", "ها"]


def test_sentences_of_test_files_are_not_trained_on(data: Path) -> None:
    banks = read_treebanks(data)
    assert banks.dropped == {f"{PADT_DEV}: in a test file": 1}
    tested = {s.text for s in (*banks.padt_test, *banks.um_test, *banks.pud_test)}
    assert len(tested) == 9
    assert not tested & {s.text for s in banks.words}
    assert len(banks.trees) == 12 + 12
    assert len(banks.words) == 24 + 12


def test_unknown_words_have_no_tag_unless_the_letters_are_known(data: Path) -> None:
    by_name = {
        s.words[2].norm: s.words[2].upos for s in read_treebanks(data).trees if s.words[0].norm == "سيطرت"
    }
    # PUD has each name once, which is too seldom to be sure.
    assert set(by_name.values()) == {""}
    assert {w.upos for s in read_treebanks(data).padt_test for w in s.words} >= {"X", "VERB"}


def test_spacing_and_spelling_vary_with_the_seed_alone(data: Path) -> None:
    sentence = read_padt(data / PADT_DEV)[0]
    assert respace(sentence, random.Random(0)).text.endswith("بعاصمتها.")
    a, b = (respell(sentence, random.Random(4)) for _ in range(2))
    assert a == b
    assert [w.text for w in a.written] != []
    assert len(a.words) == len(sentence.words)


def test_examples_with_disorder_stay_trees(data: Path) -> None:
    sentences = list(read_treebanks(data).trees[:3])
    rng = random.Random(3)
    vocab = spacy.blank("ar").vocab
    for _ in range(30):
        one = example(vocab, sentences, rng, disorder=1.0)
        heads = [t.head.i for t in one.reference]
        roots = [k for k, head in enumerate(heads) if head == k]
        assert len(roots) == 3
        assert all(t.dep_ == "dep" for t in one.reference if t.is_space)
        assert one.predicted.text == one.reference.text


def test_names_lose_their_clitics_and_unknown_insides_are_missing() -> None:
    models = FakeModels({"بدمشق": "ب دمشق", "والخارجية": "و الخارجية"})
    sentence = Named(("في", "بدمشق", "وزارة", "والخارجية", "رئيس"), ("O", "B-GPE", "B-ORG", "I-ORG", MISSING))
    (cut,) = tokenise([sentence], models)
    assert " ".join(f"{norm}/{label}" for _, norm, label, _ in cut.tokens) == (
        "في/O ب/O دمشق/B-GPE وزارة/B-ORG و/I-ORG الخارجية/I-ORG رئيس/-"
    )
    assert [w for *_, w in cut.tokens] == [0, 1, 1, 2, 3, 3, 4]


def test_places_get_the_type_that_other_corpora_give_them() -> None:
    typed = [Named(("في", "وادي", "حور"), ("O", "B-LOC", "I-LOC")), Named(("عاد", "بحلب"), ("O", "B-GPE"))]
    types = Types(typed, frozenset({"تدمر"}))
    assert types.of(("وادي", "حور")) == "LOC"
    assert types.of(("وبحلب",)) == "GPE"
    assert types.of(("تدمر",)) == "GPE"
    assert types.of(("مطار", "دمشق", "الدولي")) == "FAC"
    assert types.of(("البحر", "الأحمر")) == "LOC"


def test_spans_of_bio() -> None:
    assert spans(["B-PER", "I-PER", "O", "I-ORG", "B-ORG", "-"]) == [
        (0, 2, "PER"),
        (3, 4, "ORG"),
        (4, 5, "ORG"),
    ]


def test_training_writes_models_that_load(trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import nlp

    monkeypatch.setenv("WAQAI_MODELS", str(trained))
    nlp.load.cache_clear()
    try:
        doc = nlp.load()("سيطرت القوات على المدينة.[3]\nوصل الوفد.")
    finally:
        nlp.load.cache_clear()
    assert doc.text == "سيطرت القوات على المدينة.[3]\nوصل الوفد."
    assert len(list(doc.sents)) == 2
    assert all(t.pos_ for t in doc)


def test_training_writes_a_manifest_and_a_card(trained: Path) -> None:
    manifest = read_manifest(trained)
    files = {f["path"]: f["part"] for f in manifest["files"]}
    assert {files[f"tokenizer/{name}"] for name in (*KINDS["stanza"], *TRAINED)} == {"tokenizer"}
    assert files["tokenizer/light.crfsuite"] == "light"
    scores = manifest["scores"]
    assert list(scores["tokenizers"]) == [
        "no split",
        "stanza",
        "rules and counts alone",
        "known splits",
        "light",
    ]
    assert {"UPOS, PADT test", "NER F1, ANERcorp test (PER, LOC, ORG)", LEMMA_MEASURE} <= set(
        scores["engines"]["fast"]
    )
    assert scores["tokenizers"]["known splits"]["words F1"] > scores["tokenizers"]["no split"]["words F1"]
    for name, part in manifest["parts"].items():
        assert part["command"] == f"waqai train {name} --data DIR --out models"
        assert part["date"] == date.today().isoformat()
        assert part["made"]
    card = (trained / "README.md").read_text(encoding="utf-8")
    for word in (
        "CC BY-NC-SA 3.0",
        "CC BY-SA 3.0",
        "CC BY-SA 4.0",
        "CC BY-NC-SA 4.0",
        "MIT",
        "Non-commercial",
        "| words F1 |",
        "`waqai train light --data DIR --out models`",
    ):
        assert word in card
    verify.cache_clear()
    verify(trained)


def test_the_card_is_made_of_what_the_manifest_holds(trained: Path) -> None:
    card = (trained / "README.md").read_text(encoding="utf-8")
    scores = read_manifest(trained)["scores"]
    row = next(line for line in card.splitlines() if line.startswith("| words F1 |"))
    shown = [float(cell) for cell in row.strip("| ").split("|")[1:]]
    assert shown == [values["words F1"] for values in scores["tokenizers"].values()]
    lemmas = next(line for line in card.splitlines() if line.startswith(f"| {LEMMA_MEASURE} |"))
    assert float(lemmas.strip("| ").split("|")[1]) == scores["engines"]["fast"][LEMMA_MEASURE]


def test_checkpoints_hold_no_optimiser_and_no_paths(trained: Path) -> None:
    import torch

    for name in TRAINED:
        content = torch.load(trained / "tokenizer" / name, weights_only=True)
        assert not [k for k in content if "optim" in k]
        assert not [v for v in content["config"].values() if isinstance(v, str) and "/" in v]


def test_the_trained_tokeniser_loses_nothing(trained: Path) -> None:
    tokenizer = Tokenizer(spacy.blank("ar").vocab).load(trained / "tokenizer")
    text = "وقال سامر.[1]\n\nسيطرت قوات للمدينة"
    assert tokenizer(text).text == text
    light = Tokenizer(spacy.blank("ar").vocab).load(trained / "tokenizer", "light")
    assert [t.norm_ for t in light("وقال للمدينة")] == ["و", "قال", "ل", "المدينة"]
    assert light(text).text == text

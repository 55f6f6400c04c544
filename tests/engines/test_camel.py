"""CAMeLBERT's names on a tiny BERT: alignment with the tokens, labels that must not shift, no network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from doc_contract import check
from engine_builders import make_camel

from pipeline import nlp as front
from pipeline.engines import camel
from pipeline.engines.bundle import ModelError
from pipeline.engines.fetched import find
from pipeline.engines.names import place_label, set_names, spans, written_words

# In the tiny model a word that begins with س is a person and one with ح a place.
TEXT = "وصل سامر إلى مدينة حماة.[3] والتقى بسعيد في مطار حميميم."


def recogniser() -> camel.Recogniser:
    return camel.open_recogniser(str(find("camel").folder))


def test_names_are_tokens_of_the_text(fetched: Path) -> None:
    nlp = front.load("fast+camel")
    doc = nlp(TEXT)
    check(doc, TEXT)
    assert "ner" not in nlp.pipe_names
    with nlp.select_pipes(disable=["waqai_rulers", "waqai_entities"]):
        names = [(e.text, e.label_) for e in nlp(TEXT).ents]
    # ب of بسعيد begins a written word of its own letter, so the tiny model sees no name there.
    assert names == [("سامر", "PER"), ("حماة", "GPE"), ("حميميم", "FAC")]


def test_it_goes_with_either_engine(fetched: Path) -> None:
    nlp = front.load("stanza+camel")
    doc = nlp("سيطرت قوات سامر للمدينة على حمص.")
    assert "waqai_stanza_names" not in nlp.pipe_names
    assert ("حمص", "GPE") in [(e.text, e.label_) for e in doc.ents]


def test_it_replaces_the_names_that_the_accurate_engine_reads_on_the_way(fetched: Path) -> None:
    nlp = front.load("accurate+camel")
    check(nlp(TEXT), TEXT)
    with nlp.select_pipes(disable=["waqai_rulers", "waqai_entities"]):
        assert [(e.text, e.label_) for e in nlp(TEXT).ents] == [
            ("سامر", "PER"),
            ("حماة", "GPE"),
            ("حميميم", "FAC"),
        ]


UNREADABLE = "\u200f"


def test_words_without_pieces_do_not_shift_the_labels(fetched: Path) -> None:
    own = recogniser()
    # What camel-tools itself does with such a word, which is why it is kept from it.
    assert len(own._model.predict_sentence([UNREADABLE, "سامر"])) == 1
    words = ["وصل", UNREADABLE, "سامر", UNREADABLE, UNREADABLE, "من", "حلب", UNREADABLE]
    expected = ["O", "O", "B-PERS", "O", "O", "O", "B-LOC", "O"]
    assert own.label([words, [UNREADABLE], [], ["حمص"]]) == [expected, ["O"], [], ["B-LOC"]]


def test_long_words_and_long_sentences(fetched: Path) -> None:
    long = "س" * 5000
    assert recogniser().label([["من", long, "حمص"]]) == [["O", "B-PERS", "B-LOC"]]
    words = ["من", "سامر"] * 300
    assert recogniser().label([words]) == [["O", "B-PERS"] * 300]


def test_many_sentences_are_labelled_in_batches(fetched: Path) -> None:
    sentences = [["حمص"] if k % 3 else ["من", "سامر"] for k in range(100)]
    assert recogniser().label(sentences) == [["B-LOC"] if k % 3 else ["O", "B-PERS"] for k in range(100)]


def test_a_count_that_does_not_fit_is_no_name(fetched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = recogniser()
    monkeypatch.setattr(own._model, "predict", lambda sentences, batch_size: [["O"] for _ in sentences])
    with pytest.raises(ModelError, match="1 labels for 2 words"):
        own.label([["من", "حمص"]])


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ("B-PERS I-PERS O", [(0, 2, "PERS")]),
        ("B-PERS B-PERS I-LOC", [(0, 1, "PERS"), (1, 2, "PERS"), (2, 3, "LOC")]),
        ("S-PER B-ORG E-ORG", [(0, 1, "PER"), (1, 3, "ORG")]),
        ("I-LOC O I-LOC", [(0, 1, "LOC"), (2, 3, "LOC")]),
    ],
)
def test_spans_of_both_schemes(labels: str, found: list[tuple[int, int, str]]) -> None:
    assert spans(labels.split()) == found


@pytest.mark.parametrize(
    ("words", "before", "label"),
    [
        ("دمشق", "", "GPE"),
        ("مطار الشعيرات", "", "FAC"),
        ("الشعيرات", "مطار", "FAC"),
        ("نهر الفرات", "", "LOC"),
        ("جبل سمعان", "", "LOC"),
        ("سرت", "مدينة", "GPE"),
    ],
)
def test_kinds_of_places(words: str, before: str, label: str) -> None:
    assert place_label(words.split(), before) == label


def test_clitics_are_no_part_of_a_name_and_misc_is_none() -> None:
    nlp = front.load()
    doc = nlp.make_doc("وسامر الخطيب للأمم حمص")
    words = written_words(doc)
    assert [[w.text for w in s] for s in words] == [["وسامر", "الخطيب", "للأمم", "حمص"]]
    set_names(doc, [["B-PERS", "I-PERS", "B-ORG", "B-MISC"]], words)
    assert [(e.text, e.label_) for e in doc.ents] == [("سامر الخطيب", "PER"), ("لأمم", "ORG")]


def test_written_words_of_a_doc_made_by_hand() -> None:
    doc = spacy.tokens.Doc(spacy.blank("ar").vocab, words=["و", "سامر", "هنا"], spaces=[False, True, False])
    assert [[w.text for w in s] for s in written_words(doc)] == [["وسامر", "هنا"]]


IMPORT = """
import socket, sys
def refuse(*_, **__): raise AssertionError("the network was asked")
socket.getaddrinfo = socket.create_connection = refuse
from pipeline.engines.camel import Recogniser
from pipeline.engines.fetched import find
import os
before = os.environ.get("CAMELTOOLS_DATA")
print(Recogniser(str(find("camel").folder)).label([["سامر"]]))
assert os.environ.get("CAMELTOOLS_DATA") == before
"""


@pytest.mark.parametrize("known", [True, False])
def test_the_import_needs_no_network(fetched: Path, known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(fetched / ("camel" if known else "no-camel")))
    done = subprocess.run(
        [sys.executable, "-c", IMPORT], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[['B-PERS']]"


def test_a_model_that_is_not_one_for_names_is_refused(
    tmp_path: Path, nothing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_camel(nothing / "camel", labels=("POSITIVE", "NEGATIVE"))
    with pytest.raises(ModelError, match="no label O"):
        front.load("fast+camel")


def test_a_damaged_model_is_refused(nothing: Path) -> None:
    make_camel(nothing / "camel")
    weights = nothing / "camel/data/ner/tiny/model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(ModelError, match="cannot be loaded"):
        front.load("fast+camel")
    weights.unlink()
    with pytest.raises(ModelError, match=r"not whole: model\.safetensors missing"):
        front.load("fast+camel")


def test_without_the_model_it_says_where_it_looked(nothing: Path) -> None:
    with pytest.raises(ModelError, match=r"no CAMeLBERT model .*make models") as told:
        front.load("fast+camel")
    assert str(nothing / "camel") in str(told.value)

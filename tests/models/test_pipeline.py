"""The pipeline with the bundled models: the contract that the rest of the project relies on."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
import spacy
from doc_contract import check, same
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from pipeline import nlp as front
from pipeline.engines import language
from pipeline.knowledge.clitics import load_clitics

TEXT = (
    "---\ntitle: اشتباكات\n---\nاشتباكات في ريف المدينة\n"
    "سيطرت فصائل محلية على بلدة صغيرة وسط البلاد.[3][4] وقال د. سامر الخطيب إن قواتها انسحبت من الجسر، "
    "فيما شنَّت طائرات غارتين على مطار عسكري يوم الخميس 5 ديسمبر 2024.\n\nخلفيةفي 27 نوفمبر وصل وفد للمدينة."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return front.load()


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def test_the_contract_holds(doc: Doc) -> None:
    check(doc, TEXT)
    assert {e.label_ for e in doc.ents} <= {"PER", "ORG", "GPE", "LOC", "FAC", "NORP", "UNIT"}
    assert all(t.tag_ == t.pos_ for t in doc if not t.is_space)


def test_sentences_and_normal_forms(doc: Doc) -> None:
    starts = [next(t.norm_ for t in s if not t.is_space and not t._.noise) for s in doc.sents]
    assert starts == ["اشتباكات", "سيطرت", "و", "خلفية"]
    by_text = {t.text: t.norm_ for t in doc}
    assert by_text["شنَّت"] == "شنت"
    assert by_text["لمدينة"] == "المدينة"
    assert [t.text for t in doc if t._.noise][1:] == ["[3]", "[4]"]


GOLDEN = [
    pytest.param(example.text, example.words, id=f"{entry.name}: {example.text[:24]}")
    for entries in (load_clitics().whole, load_clitics().parted, load_clitics().led, load_clitics().glued)
    for entry in entries
    for example in entry.examples
]


@pytest.mark.parametrize(("text", "words"), GOLDEN)
def test_examples_of_the_clitic_lists(nlp: Language, text: str, words: str) -> None:
    assert " ".join(t.norm_ for t in nlp.make_doc(text)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("وسط وزير فوق بعد لكن كان مال", "وسط وزير فوق بعد لكن كان مال"),
        ("للحكومة فسيطرت وبالسيطرة", "ل الحكومة ف سيطرت و ب السيطرة"),
        ("شنتها القوات وسيطرت عليها", "شنت ها القوات و سيطرت على ها"),
        ("سيطرتها على المدينة", "سيطرة ها على المدينة"),
        ("انسحبت من البلدة ومن ريفها", "انسحبت من البلدة و من ريف ها"),
        ("واعلن الجيش انه انسحب", "و اعلن الجيش ان ه انسحب"),
        ("خلال الـ48 ساعة الماضية", "خلال ال 48 ساعة الماضية"),
        ('"الجيش الحر"، (المعارض).', '" الجيش الحر " ، ( المعارض ) .'),
        ("سوريا، لبنان؛ الأردن.", "سوريا ، لبنان ؛ الأردن ."),
    ],
)
def test_golden_tokenisations(nlp: Language, text: str, words: str) -> None:
    assert " ".join(t.norm_ for t in nlp.make_doc(text)) == words


PIECES = [
    "سيطرت القوات",
    "للمدينة",
    "\n",
    "  ",
    "[3]",
    "<br>",
    "\u200f",
    ".",
    "،",
    "١٢",
    "M5",
    "ﻷن",
    "!",
    "فيما ",
    "\x00",
    "(",
    '"',
]


@given(
    st.lists(
        st.one_of(st.sampled_from(PIECES), st.text(st.characters(exclude_categories=("Cs",)), max_size=4)),
        max_size=25,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_text_gives_a_sound_doc(pieces: list[str]) -> None:
    text = "".join(pieces)
    doc = front.load()(text)
    assert doc.text == text
    if len(doc):
        check(doc, text)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "[3]", "\u200f", ".", "\x00", "hello", "\ufeff---\na: b\n---\n"]
)
def test_texts_with_no_words(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert not doc.ents


RUN_ON = "و".join(["سيطرت القوات على بلدة في الريف الشمالي قرب النهر "] * 40) + "."


def test_a_run_on_sentence_is_one_sentence_of_several_clauses(nlp: Language) -> None:
    doc = nlp(RUN_ON)
    check(doc, RUN_ON)
    assert len(list(doc.sents)) == 1
    clauses = list(doc.spans["clauses"])
    assert len(clauses) >= 8
    assert max(len(c) for c in clauses) <= 60
    joined = [t for t in doc if t.dep_ == "parataxis"]
    assert len(joined) >= 3
    assert all(t.head.i < t.i for t in joined)


def test_bytes_and_docbin_give_the_same_doc(nlp: Language, doc: Doc) -> None:
    same(doc, Doc(nlp.vocab).from_bytes(doc.to_bytes()))
    same(doc, next(iter(DocBin().from_bytes(front.doc_bin([doc]).to_bytes()).get_docs(nlp.vocab))))


def test_a_pipeline_made_from_bytes_is_the_same(nlp: Language, doc: Doc) -> None:
    other = language.ArabicNews.from_config(nlp.config).from_bytes(nlp.to_bytes())
    same(other(TEXT), doc)


def test_memory_zones_give_the_same(nlp: Language, doc: Doc) -> None:
    with nlp.memory_zone():
        assert [t.lemma_ for t in nlp(TEXT)] == [t.lemma_ for t in doc]


def test_pipe_in_one_and_in_two_processes(nlp: Language, doc: Doc) -> None:
    texts = [TEXT, "", "وصل الوفد.", TEXT]
    for processes in (1, 2):
        docs = list(nlp.pipe(texts, n_process=processes, batch_size=2))
        assert [d.text for d in docs] == texts
        same(docs[0], doc)
    pairs = list(nlp.pipe([(TEXT, "a"), ("نص", "b")], as_tuples=True))
    assert [c for _, c in pairs] == ["a", "b"]


def test_a_saved_pipeline_loads_with_spacy_alone(nlp: Language, doc: Doc, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    same(spacy.load(tmp_path / "saved")(TEXT), doc)


def test_windows_are_joined_into_one_doc(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(f"سيطرت القوات على البلدة رقم {k}.[{k % 9}] وقال سامر إن الجسر سقط." for k in range(30))
    whole = nlp(text)
    monkeypatch.setattr(language, "WINDOW", 100)
    parts = language.windows(nlp.make_doc(text))
    assert len(parts) > 3
    assert all(len(part) <= 100 for part in parts)
    for joined in (
        nlp(text),
        *nlp.pipe([text, "نص", text]),
        next(iter(nlp.pipe([(text, 1)], as_tuples=True)))[0],
    ):
        if joined.text == "نص":
            continue
        check(joined, text)
        assert [(t.text, t.norm_) for t in joined] == [(t.text, t.norm_) for t in whole]
        assert [s.start for s in joined.sents] == [s.start for s in whole.sents]
        assert [(t._.noise, t._.word_start) for t in joined] == [(t._.noise, t._.word_start) for t in whole]


@pytest.mark.slow
def test_three_megabytes_in_one_paragraph(nlp: Language) -> None:
    rng = random.Random(1)
    words = [
        "سيطرت",
        "القوات",
        "على",
        "البلدة",
        "وقال",
        "المتحدث",
        "إن",
        "الجسر",
        "سقط",
        "فيما",
        "وصل",
        "وفد",
        "من",
        "العاصمة",
        "إلى",
        "الريف",
    ]
    text = " ".join(rng.choice(words) + ("." if rng.random() < 0.02 else "") for _ in range(500_000))
    assert len(text) > 2_500_000
    begin = time.monotonic()
    doc = nlp(text)
    assert doc.text == text
    assert time.monotonic() - begin < 1800


def test_nothing_asks_the_network(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert front.load()("وصل الوفد إلى المدينة وزيادتها.").text

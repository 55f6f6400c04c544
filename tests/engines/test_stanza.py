"""The official package as an engine, on tiny real models: slices, the contract of the Doc, what goes wrong."""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import spacy
from doc_contract import check, same
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from pipeline import nlp as front
from pipeline.engines import stanza_parts
from pipeline.engines.bundle import ModelError
from pipeline.engines.fetched import find
from pipeline.engines.stanza import open_stanza, pieces

TEXT = (
    "---\ntitle: عنوان\n---\nسيطرت قوات سامر للمدينة وسيطرتها على حمص.[3][4] "
    "سيطرَت قوات نبيل للمدينة وسيطرتها على عدن.\n\nسيطرت قوات \u200fعادل\u200f على <br>درعا"
)


def test_words_are_slices_and_noise_stays_apart(fetched: Path) -> None:
    doc = front.load("stanza")(TEXT)
    check(doc, TEXT)
    words = [(t.text, t.norm_, t._.word_start) for t in doc if not t.is_space and not t._.noise]
    assert words[:10] == [
        ("سيطرت", "سيطرت", True),
        ("قوات", "قوات", True),
        ("سامر", "سامر", True),
        ("ل", "ل", True),
        ("لمدينة", "المدينة", False),
        ("و", "و", True),
        ("سيطرت", "سيطرة", False),
        ("ها", "ها", False),
        ("على", "على", True),
        ("حمص", "حمص", True),
    ]
    noise = [t.text for t in doc if t._.noise]
    assert noise == ["---\ntitle: عنوان\n---\n", "[3]", "[4]", "\u200f", "\u200f", "<br>"]
    assert [t.norm_ for t in doc if t.text == "سيطرَت"] == ["سيطرت"]


def test_tags_lemmas_and_names_are_stanzas(fetched: Path) -> None:
    doc = front.load("stanza")(TEXT)
    words = {t.text: t for t in doc}
    assert [words[w].pos_ for w in ("سيطرَت", "قوات", "على", "حمص")] == ["VERB", "NOUN", "ADP", "PROPN"]
    assert str(words["سيطرَت"].morph) == "Aspect=Perf|Gender=Fem"
    # سَيطَر and قُوَّة in the treebank.
    assert [words[w].lemma_ for w in ("سيطرَت", "قوات", "لمدينة")] == ["سيطر", "قوة", "مدينة"]
    names = [(e.text, e.label_) for e in doc.ents]
    assert names[:2] == [("سامر", "PER"), ("حمص", "GPE")]


def test_the_tree_is_the_one_that_stanza_makes_itself(fetched: Path) -> None:
    text = "سيطرت قوات كريم للمدينة وسيطرتها على تعز."
    doc = front.load("stanza")(text)
    found = find("stanza")
    words = open_stanza(str(found.folder), found.steps)(text).sentences[0].words
    assert [t.norm_ for t in doc] == [w.text for w in words]
    own = [(0, "", t.pos_) if t.head.i == t.i else (t.head.i + 1, t.dep_, t.pos_) for t in doc]
    assert own == [(w.head, w.deprel if w.head else "", w.upos) for w in words]


@dataclass
class Word:
    text: str


@dataclass
class Token:
    start_char: int
    end_char: int
    words: list[Word]


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        ("للمدينة", "ل المدينة", "ل=ل لمدينة=المدينة"),
        ("وسيطرتها", "و سيطرة ها", "و=و سيطرت=سيطرة ها=ها"),
        ("للمدينة", "لِ المَدِينَة", "ل=ل لمدينة=المدينة"),
        ("حمص", "دمشق ها", "حمص=حمص"),
        ("بيت", "ب", "بيت=بيت"),
        ("10 000", "10000", "10=10 000=000"),
        ("و حماة", "و حماة", "و=و حماة=حماة"),
        ("بيت", "<UNK>", "بيت=بيت"),
    ],
)
def test_what_stanza_says_is_laid_over_the_letters_or_refused(line: str, words: str, expected: str) -> None:
    token = Token(0, len(line), [Word(w) for w in words.split()])
    made = list(pieces(line, token))
    assert " ".join(f"{line[a:b]}={norm}" for a, b, norm, _ in made) == expected
    assert made[0][0] == 0
    assert made[-1][1] == len(line)


PIECES = [
    "سيطرت قوات", " للمدينة", "\n", "  ", "[3]", "<br>", "\u200f", ".", "،", "١٢", "M5", "ﻷن", "!", "\x00", "(", '"',
    "وسيطرتها", "10 000", "e\u0301", "😀", "\u2028", "\x1c", "ﷺ", "x" * 1200,
]  # fmt: skip


@pytest.fixture(scope="module")
def language(tiny: Path) -> spacy.Language:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAQAI_FETCHED", str(tiny))
        return front.load.__wrapped__("stanza")


def test_any_text_gives_a_sound_doc(language: spacy.Language) -> None:
    @given(
        st.lists(
            st.one_of(
                st.sampled_from(PIECES), st.text(st.characters(exclude_categories=("Cs",)), max_size=4)
            ),
            max_size=20,
        )
    )
    @settings(max_examples=60, deadline=None)
    def holds(parts: list[str]) -> None:
        text = "".join(parts)
        doc = language(text)
        assert doc.text == text
        if len(doc):
            check(doc, text)

    holds()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "[3]", "\u200f", ".", "\x00", "---\na: b\n---\n"])
def test_texts_with_no_words(language: spacy.Language, text: str) -> None:
    doc = language(text)
    assert doc.text == text
    assert not doc.ents


def test_a_long_sentence_is_tagged_in_parts(language: spacy.Language) -> None:
    text = "سيطرت قوات سامر للمدينة " * 200
    doc = language(text)
    check(doc, text)
    assert len(list(doc.sents)) == 1
    runs = list(stanza_parts._runs(doc, [(0, len(doc))]))
    assert [k for run in runs for k in run] == [t.i for t in doc if not t.is_space]
    assert max(map(len, runs)) <= stanza_parts.LONGEST + 1
    assert all(doc[run[0]]._.word_start for run in runs)


def test_bytes_docbin_disk_and_processes_give_the_same(fetched: Path, tmp_path: Path) -> None:
    nlp = front.load("stanza")
    doc = nlp(TEXT)
    same(doc, Doc(nlp.vocab).from_bytes(doc.to_bytes()))
    same(doc, next(iter(DocBin().from_bytes(front.doc_bin([doc]).to_bytes()).get_docs(nlp.vocab))))
    nlp.to_disk(tmp_path / "saved")
    same(spacy.load(tmp_path / "saved")(TEXT), doc)
    assert not list((tmp_path / "saved").rglob("*.pt"))
    for other in nlp.pipe([TEXT, "", TEXT], n_process=2, batch_size=1):
        if other.text:
            same(other, doc)


def test_nothing_asks_the_network(fetched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert front.load("stanza")(TEXT).ents


def test_a_package_without_names_says_so(
    tmp_path: Path, fetched: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(fetched / "stanza", tmp_path / "stanza")
    _edit(tmp_path / "stanza", lambda arabic: arabic["packages"]["default"].pop("ner"))
    monkeypatch.setenv("WAQAI_FETCHED", str(tmp_path))
    with caplog.at_level(logging.WARNING):
        nlp = front.load("stanza")
    assert "has no ner" in caplog.text
    assert "waqai_stanza_names" not in nlp.pipe_names
    check(nlp(TEXT), TEXT)


def _edit(folder: Path, change) -> None:  # type: ignore[no-untyped-def]
    path = folder / "resources.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content["ar"])
    path.write_text(json.dumps(content), encoding="utf-8")


def test_without_the_package_it_says_where_it_looked(nothing: Path) -> None:
    with pytest.raises(ModelError, match=r"no official Stanza package .*make models") as told:
        front.load("stanza")
    assert str(nothing / "stanza") in str(told.value)
    assert "no-stanza" in str(told.value)


def test_a_package_that_is_not_whole_is_refused(
    tmp_path: Path, fetched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(fetched / "stanza", tmp_path / "stanza")
    monkeypatch.setenv("WAQAI_FETCHED", str(tmp_path))
    tagger = tmp_path / "stanza/ar/pos/padt.pt"
    content = tagger.read_bytes()
    tagger.write_bytes(content[:1000])
    with pytest.raises(ModelError, match="cannot be loaded"):
        front.load("stanza")
    tagger.unlink()
    with pytest.raises(ModelError, match=r"not whole: ar/pos/padt\.pt missing"):
        front.load("stanza")
    _edit(tmp_path / "stanza", lambda arabic: arabic["packages"]["default"].pop("mwt"))
    with pytest.raises(ModelError, match="has no mwt"):
        front.load("stanza")
    (tmp_path / "stanza/resources.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        front.load("stanza")


def test_the_catalogue_alone_is_no_package(
    fetched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stanza").mkdir()
    shutil.copy(fetched / "stanza/resources.json", tmp_path / "stanza/resources.json")
    monkeypatch.setenv("WAQAI_FETCHED", str(tmp_path))
    with pytest.raises(ModelError, match="no official Stanza package"):
        find("stanza")


def test_the_place_of_the_library_is_used_too(
    fetched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(fetched / "stanza"))
    monkeypatch.setenv("WAQAI_FETCHED", str(tmp_path))
    assert find("stanza").folder == fetched / "stanza"

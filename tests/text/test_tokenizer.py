"""The tokeniser around the models: no character is lost, every token is a slice, flags and norms hold."""

from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin
from text_builders import FakeModels

from pipeline.text.tokenizer import ModelsMissingError, Tokenizer

NLP = spacy.blank("ar")
EXPANSIONS = {"للمدينة": "ل المدينة", "سيطرتها": "سيطرة ها", "والجيش": "و الجيش", "لأن": "ل أن"}
TOKENIZER = Tokenizer(NLP.vocab, FakeModels(EXPANSIONS))  # type: ignore[arg-type]

# Pieces in which everything that can go wrong lies close together.
PIECES = st.sampled_from(
    [
        "للمدينة",
        "سيطرتها",
        "والجيش",
        "خلفيةفي",
        "شنَّتها",
        "أحمـــد",
        "ﻷن",
        "ﷲ",
        "ﷺ",
        "\u0651",
        "ـ",
        "[3]",
        "[إنج 2]",
        "#صعدة",
        "<br>",
        "&nbsp;",
        "<p class='x y'>",
        "\u200f",
        "\u202b",
        "\u00ad",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "\u00a0",
        "\u2028",
        "\x00",
        "\x1c",
        ".",
        "...",
        "…",
        "،",
        "(",
        ")",
        '"',
        "«",
        "»",
        "10,000",
        "١٢٫٥",
        "5/12/2024",
        "10:30",
        "3.5%",
        "M5",
        "الـ48",
        "بالـ48",
        "40كم",
        "https://a.b/c?d=(e).",
        "a@b.co",
        "---\ntitle: x\n---\n",
        "\ufeff",
        "😀",
        "e\u0301",
        "د.",
        "حمص-حماة",
        "_",
        "ف_ي",
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=60),
    st.lists(PIECES, max_size=14).map("".join),
    st.lists(
        st.one_of(PIECES, st.text(st.characters(exclude_categories=("Cs",)), max_size=3)), max_size=10
    ).map("".join),
)


def check(doc: Doc, text: str) -> None:
    assert doc.text == text
    at = 0
    for token in doc:
        assert token.idx == at
        assert text[token.idx : token.idx + len(token.text)] == token.text != ""
        at += len(token.text_with_ws)
        assert token._.noise in (True, False)
        if token._.noise:
            assert token._.word_start
            assert not token.is_space
    assert at == len(text)
    if len(doc):
        assert doc[0].is_sent_start
        assert doc[0]._.word_start
        assert "".join(s.text_with_ws for s in doc.sents) == text


@given(TEXTS)
@settings(max_examples=600, deadline=None)
def test_any_text_survives(text: str) -> None:
    check(TOKENIZER(text), text)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_bytes_and_docbin_keep_everything(text: str) -> None:
    doc = TOKENIZER(text)
    again = Doc(NLP.vocab).from_bytes(doc.to_bytes())
    stored = DocBin(
        attrs=["ORTH", "SPACY", "NORM", "SENT_START"], store_user_data=True, docs=[doc]
    ).to_bytes()
    binned = next(iter(DocBin().from_bytes(stored).get_docs(NLP.vocab)))
    for other in (again, binned):
        check(other, text)
        for attribute in ("norm_", "is_sent_start"):
            assert [getattr(t, attribute) for t in other] == [getattr(t, attribute) for t in doc]
        assert [(t._.noise, t._.word_start) for t in other] == [(t._.noise, t._.word_start) for t in doc]


def tokens(text: str) -> list[tuple[str, str, bool, bool]]:
    return [(t.text, t.norm_, t._.word_start, t._.noise) for t in TOKENIZER(text) if not t.is_space]


def test_clitics_are_slices_with_underlying_forms() -> None:
    assert tokens("سيطرتها للمدينة") == [
        ("سيطرت", "سيطرة", True, False),
        ("ها", "ها", False, False),
        ("ل", "ل", True, False),
        ("لمدينة", "المدينة", False, False),
    ]


def test_diacritics_and_tatweel_stay_on_the_page_only() -> None:
    assert tokens("أحمـــد شنَّت") == [("أحمـــد", "أحمد", True, False), ("شنَّت", "شنت", True, False)]


def test_a_ligature_that_holds_parts_of_two_words_goes_to_the_first() -> None:
    assert tokens("ﻷن") == [("ﻷ", "ل", True, False), ("ن", "أن", False, False)]


@pytest.mark.parametrize(
    ("text", "noise"),
    [
        ("حمص.[3][4] ثم", ["[3]", "[4]"]),
        ("في حماة[إنج 2]", ["[إنج 2]"]),
        ("سطر<br/>سطر", ["<br/>"]),
        ("أ&nbsp;ب", ["&nbsp;"]),
        ("\u202bحمص\u202c", ["\u202b", "\u202c"]),
        ("#صعدة", ["#"]),
        ("---\ntitle: عنوان\n---\nنص", ["---\ntitle: عنوان\n---\n"]),
    ],
)
def test_what_is_not_language_is_noise(text: str, noise: list[str]) -> None:
    assert [t.text for t in TOKENIZER(text) if t._.noise] == noise


def test_the_sentence_before_the_first_word_begins_with_the_text() -> None:
    doc = TOKENIZER("\n\n[3] وصل الوفد.\nثم غادر.")
    assert [t.text for t in doc if t.is_sent_start] == ["\n\n", "ثم"]


def test_flags_can_be_set_on_a_doc_made_by_hand() -> None:
    doc = Doc(NLP.vocab, words=["و", "الجيش", "[3]", "."], spaces=[False, True, False, False])
    assert [t._.word_start for t in doc] == [True, False, True, True]
    assert not any(t._.noise for t in doc)
    doc[2]._.noise = True
    assert [t._.noise for t in doc] == [False, False, True, False]
    assert [t._.word_start for t in doc] == [True, False, True, True]
    doc[1]._.word_start = True
    assert doc[1]._.word_start


@pytest.mark.parametrize(
    "unit",
    [
        '"',
        ".",
        '."',
        "(",
        "a.",
        "a-",
        "ا",
        "و",
        "1.",
        "[",
        "\u200f",
        "ـ",
        "\n ",
        "@",
        "a@",
        "http://",
        "<p",
        "#",
    ],
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    begin = time.monotonic()
    check(TOKENIZER(text), text)
    assert time.monotonic() - begin < 30


def test_without_models_it_says_so() -> None:
    with pytest.raises(ModelsMissingError, match=r"pipeline\.nlp\.load"):
        Tokenizer(NLP.vocab)("نص")

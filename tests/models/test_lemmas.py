"""Lemmas: look-up first, then the edit of words with the same ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.engines.lemmas import Lemmatizer, apply_edit, edit

WORD = st.text(alphabet="ابتسلمنهويةى", min_size=1, max_size=7)


@given(WORD, WORD)
def test_an_edit_makes_the_lemma(form: str, lemma: str) -> None:
    change = edit(form, lemma)
    made = apply_edit(form, change)
    assert made == lemma or (made is None and not set(form) & set(lemma))


def test_an_edit_needs_letters_to_keep() -> None:
    assert apply_edit("ال", (2, 0, "", "")) is None


@pytest.fixture
def lemmatizer() -> Lemmatizer:
    trained = Lemmatizer(Vocab())
    nouns = [("المدينة", "مدينة"), ("القرية", "قرية"), ("البلدة", "بلدة"), ("القوات", "قوة")]
    verbs = [("سيطرت", "سيطر"), ("هاجمت", "هاجم"), ("دمرت", "دمر"), ("شنت", "شن")]
    trained.train(
        [("في", "ADP", "في"), *((f, "NOUN", x) for f, x in nouns), *((f, "VERB", x) for f, x in verbs)]
    )
    return trained


def test_known_words_and_words_of_the_same_ends(lemmatizer: Lemmatizer) -> None:
    assert lemmatizer.lemma("القوات", "NOUN") == "قوة"
    assert lemmatizer.lemma("الخطة", "NOUN") == "خطة"
    assert lemmatizer.lemma("عبرت", "VERB") == "عبر"


def test_names_and_marks_stay(lemmatizer: Lemmatizer) -> None:
    assert lemmatizer.lemma("دمشق", "PROPN") == "دمشق"
    assert lemmatizer.lemma("الكسندرت", "PROPN") == "الكسندرت"


def test_it_survives_bytes_and_disk(lemmatizer: Lemmatizer, tmp_path: Path) -> None:
    lemmatizer.to_disk(tmp_path / "lemmas")
    for again in (
        Lemmatizer(Vocab()).from_bytes(lemmatizer.to_bytes()),
        Lemmatizer(Vocab()).from_disk(tmp_path / "lemmas"),
    ):
        assert again.known == lemmatizer.known
        assert again.edits == lemmatizer.edits
        assert again.lemma("الخطة", "NOUN") == "خطة"


def test_as_a_component_it_uses_normal_form_and_tag(lemmatizer: Lemmatizer) -> None:
    doc = Doc(lemmatizer.vocab, words=["هاجَمت", "القوّات"], pos=["VERB", "NOUN"])
    for token, norm in zip(doc, ("هاجمت", "القوات"), strict=True):
        token.norm_ = norm
    assert [t.lemma_ for t in lemmatizer(doc)] == ["هاجم", "قوة"]

"""The parts that are algorithm: trees of clauses joined, white space and noise out of the way."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from pipeline.engines.components import clauses, sentences, tags
from pipeline.engines.fast import blank
from pipeline.text.tokenizer import FLAGS, NOISE, SENTENCE_START, WORD_START

VOCAB = spacy.blank("ar").vocab


def made(words: str, heads: list[int], noise: tuple[int, ...] = (), starts: tuple[int, ...] = (0,)) -> Doc:
    texts = [w.replace("_", "\n") for w in words.split()]
    deps = ["ROOT" if h == k else "x" for k, h in enumerate(heads)]
    doc = Doc(VOCAB, words=texts, heads=heads, deps=deps, tags=["NOUN"] * len(texts))
    doc.user_data[FLAGS] = bytes(
        WORD_START | (NOISE if k in noise else 0) | (SENTENCE_START if k in starts else 0)
        for k in range(len(texts))
    )
    return doc


def test_the_root_of_a_later_clause_hangs_on_the_one_before() -> None:
    doc = sentences(made("a b c d e f", [0, 0, 2, 2, 5, 5]))
    assert [t.head.i for t in doc] == [0, 0, 0, 2, 5, 2]
    assert [t.dep_ for t in doc if t.i in (0, 2, 5)] == ["ROOT", "parataxis", "parataxis"]
    assert len(list(doc.sents)) == 1


def test_true_sentences_are_not_joined() -> None:
    doc = sentences(made("a b c d", [0, 0, 2, 2], starts=(0, 2)))
    assert [s.text for s in doc.sents] == ["a b", "c d"]


def test_noise_and_space_govern_nothing() -> None:
    doc = sentences(made("a [3] b _ c", [1, 1, 3, 1, 3], noise=(1,)))
    assert doc[1].head.i == 0
    assert doc[3].head.i == 2
    assert doc[1].dep_ == doc[3].dep_ == "dep"
    assert not list(doc[1].children)
    assert not list(doc[3].children)
    assert len(list(doc.sents)) == 1


def test_a_head_outside_the_sentence_is_not_kept() -> None:
    doc = sentences(made("a b c d", [0, 3, 3, 3], starts=(0, 2)))
    assert [s.text for s in doc.sents] == ["a b", "c d"]
    assert doc[1].head.i == 0


def test_a_sentence_of_noise_alone_is_a_tree() -> None:
    doc = sentences(made("[3] _ [4]", [0, 0, 1], noise=(0, 2)))
    assert [t.head.i for t in doc] == [0, 0, 0]


def test_tags_of_space_and_noise() -> None:
    doc = tags(made("a [3] _", [0, 0, 0], noise=(1,)))
    assert [(t.pos_, t.tag_) for t in doc] == [("NOUN", "NOUN"), ("X", "X"), ("SPACE", "_SP")]


def test_numerals_and_marks_are_what_they_look_like() -> None:
    doc = tags(made(".. 5/12/2024 M5 10:30 كلمة", [0, 0, 0, 0, 0]))
    assert [t.pos_ for t in doc] == ["PUNCT", "NUM", "NOUN", "NUM", "NOUN"]


def test_clauses_cover_the_doc() -> None:
    words = " ".join(["كلمة"] * 200)
    doc = Doc(VOCAB, words=words.split(), pos=["NOUN"] * 200)
    spans = list(clauses(doc).spans["clauses"])
    assert len(spans) > 1
    assert [s.start for s in spans[1:]] == [s.end for s in spans[:-1]]
    assert spans[0].start == 0
    assert spans[-1].end == 200


def test_lexical_attributes_are_those_of_the_normal_form() -> None:
    vocab = blank().vocab
    plain, marked = vocab["شنت"], vocab["شَنَّـت"]
    for name in ("norm_", "prefix_", "suffix_", "shape_", "lower_"):
        assert getattr(plain, name) == getattr(marked, name)
    assert vocab["إدلب"].lower_ == vocab["ادلب"].lower_
    assert vocab["إدلب"].norm_ != vocab["ادلب"].norm_

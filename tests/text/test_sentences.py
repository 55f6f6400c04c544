"""Sentence ends: full stops that end nothing, quotations, citation marks, line breaks."""

from __future__ import annotations

import pytest
import spacy
from text_builders import FakeModels

from pipeline.knowledge.clauses import load_clauses
from pipeline.text.tokenizer import Tokenizer

NLP = spacy.blank("ar")


def sentences(text: str, *ends: str) -> list[str]:
    doc = Tokenizer(NLP.vocab, FakeModels(ends=ends))(text)  # type: ignore[arg-type]
    return [s.text.strip() for s in doc.sents]


@pytest.mark.parametrize(
    "marked",
    [
        "وصل الوفد.|ثم غادر.",
        "انتهت المعركة.[3][4]|وانسحب الجيش.[5]",
        "عاد د. سامر إلى حمص.|وبقي فيها.",
        "بني عام 200 ق.م. قرب النهر.|وهدم.",
        "ارتفع 3.5 في المئة.|ثم هبط.",
        'قال: "سنعود. لن نرحل" ثم غادر.|وصل بعده الوفد.',
        'قال: "سنعود."|وغادر القاعة.',
        "انسحبت القوات (التابعة للجيش. كما قيل) ليلا.|وعادت.",
        "هل عادت القوات؟|نعم!|عادت.",
        "عنوان بلا نقطة\n|وصل الوفد أمس.",
        "1. الأول وصل.|2. الثاني غادر.",
        "زر www.site.org.|ثم اكتب.",
    ],
)
def test_ends_by_rule(marked: str) -> None:
    parts = marked.split("|")
    assert sentences(" ".join(parts).replace("\n ", "\n")) == [p.strip() for p in parts]


def test_dots_and_semicolons_end_where_the_model_says_so() -> None:
    assert sentences("انسحبوا... ثم عادوا") == ["انسحبوا... ثم عادوا"]
    assert sentences("انسحبوا... ثم عادوا", "...") == ["انسحبوا...", "ثم عادوا"]
    assert sentences("انسحبوا؛ ثم عادوا", "؛") == ["انسحبوا؛", "ثم عادوا"]


def test_the_model_alone_ends_nothing_inside_a_line() -> None:
    assert sentences("انسحبوا ثم عادوا", "انسحبوا") == ["انسحبوا ثم عادوا"]


def test_a_long_quotation_has_sentences_of_its_own() -> None:
    inside = "وصل الوفد ثم غادر المدينة. " * 10
    assert len(sentences(f'قال: "{inside}" وانصرف.')) > 5


EXAMPLES = [
    pytest.param(example, id=f"{entry.name}: {example[:30]}")
    for entry in load_clauses().abbreviations
    for example in entry.examples
]


@pytest.mark.parametrize("marked", EXAMPLES)
def test_examples_of_the_abbreviations(marked: str) -> None:
    parts = marked.split("|")
    assert sentences(" ".join(parts)) == parts

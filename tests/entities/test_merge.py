"""The overlap policy, row by row, and the trimming of edges."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from pipeline.entities.merge import Candidate, Merger, settle, trim

C = Candidate
CASES = {
    "facility>actor inside": (
        "مقر حزب الله",
        [C(0, 3, "FAC", "facility"), C(1, 3, "ORG", "actor", "x")],
        [0],
    ),
    "place>actor inside": (
        "مدينة الملك سلمان الطبية",
        [C(0, 4, "FAC", "gazetteer"), C(1, 3, "PER", "actor")],
        [0],
    ),
    "no overlap: both": (
        "اللواء 30 الجيش الحر",
        [C(0, 2, "UNIT", "unit"), C(2, 4, "ORG", "actor", "fsa")],
        [0, 1],
    ),
    "person>place inside": ("سعيد حلب", [C(0, 2, "PER", "model"), C(1, 2, "GPE", "gazetteer")], [0]),
    "other person>known": ("سارة نتنياهو", [C(0, 2, "PER", "model"), C(1, 2, "PER", "actor", "x")], [0]),
    "title and known=known": (
        "الرئيس بوتين",
        [C(0, 2, "PER", "model"), C(1, 2, "PER", "actor", "putin")],
        [1],
    ),
    "organisation>place": ("بنك بغداد", [C(0, 2, "ORG", "model"), C(1, 2, "GPE", "gazetteer")], [0]),
    "known>model's longer": (
        "حركة حماس هنا",
        [C(0, 3, "ORG", "model"), C(0, 2, "ORG", "actor", "hamas")],
        [1],
    ),
    "gazetteer>model's place": ("قرب حلب", [C(0, 2, "GPE", "model"), C(1, 2, "GPE", "gazetteer")], [1]),
    "same words: gazetteer": ("دير الزور", [C(0, 2, "FAC", "facility"), C(0, 2, "GPE", "gazetteer")], [1]),
    "facility>place": ("مطار دمشق الدولي", [C(0, 3, "FAC", "facility"), C(1, 2, "GPE", "gazetteer")], [0]),
    "actor>unit": ("فيلق الرحمن", [C(0, 2, "UNIT", "unit"), C(0, 2, "ORG", "actor", "x")], [1]),
    "same source: first": ("أ ب ج", [C(0, 2, "ORG", "model"), C(1, 3, "PER", "model")], [0]),
    "same source: longer": ("أ ب ج د", [C(0, 2, "ORG", "model"), C(1, 4, "PER", "model")], [1]),
    "crossing: higher": ("أ ب ج", [C(0, 2, "UNIT", "unit"), C(1, 3, "ORG", "actor", "x")], [1]),
}


@pytest.mark.parametrize(("words", "candidates", "winners"), CASES.values(), ids=CASES)
def test_policy(words: str, candidates: list[Candidate], winners: list[int]) -> None:
    keys = [w.replace("أ", "ا").replace("ة", "ه") for w in words.split()]
    expected = [candidates[k] for k in winners]
    assert settle(candidates, keys) == expected
    assert settle(reversed(candidates), keys) == expected


def doc_of(words: list[str], spaces: list[bool]) -> Doc:
    return Doc(spacy.blank("ar").vocab, words=words, spaces=spaces)


@pytest.mark.parametrize(
    ("words", "spaces", "span", "expected"),
    [
        (["و", "حمص", "،"], [False, False, True], (0, 3), "حمص"),
        (["(", "حماس", ")"], [False, False, True], (0, 3), "حماس"),
        (["حركة", "(", "حماس", ")"], [True, False, False, True], (0, 4), "حركة (حماس)"),
        (["قوات", "ها"], [False, True], (0, 2), "قوات"),
        (["بشار", "\n", "الأسد"], [True, False, True], (0, 3), "بشار"),
        (["ب", "ل", "ينكن"], [False, False, True], (2, 3), "ينكن"),
        (["بلي", "نكن"], [False, True], (1, 2), "بلينكن"),
        (["بلي", "نكن"], [False, True], (0, 1), "بلينكن"),
        (["«", "»"], [False, True], (0, 2), ""),
    ],
)
def test_trimming(words: list[str], spaces: list[bool], span: tuple[int, int], expected: str) -> None:
    doc = doc_of(words, spaces)
    start, end = trim(doc, *span)
    assert doc[start:end].text == expected


def test_model_entities_are_cleaned() -> None:
    words = ["قال", "سامر", "نورًا", "القوات", "السعودية", "جوي", "روسي", "PERS"]
    doc = doc_of(words, [True] * 8)
    for token, pos in zip(doc, ["VERB", "PROPN", "NOUN", "NOUN", "ADJ", "ADJ", "ADJ", "X"], strict=True):
        token.pos_ = pos
    doc.ents = [
        Span(doc, 0, 2, label="PERS"),
        Span(doc, 2, 3, label="PER"),
        Span(doc, 4, 5, label="GPE"),
        Span(doc, 5, 7, label="PER"),
        Span(doc, 7, 8, label="WEAPON"),
    ]
    Merger()(doc)
    assert [(e.text, e.label_) for e in doc.ents] == [("سامر", "PER")]

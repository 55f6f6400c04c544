"""What the accurate engine learns from: variation of lines, sets of labels, what a teacher was sure of."""

from __future__ import annotations

import math
import random

import pytest
import torch
from accurate_builders import LINE

from pipeline.training.accurate_batch import BLANK, vary, without
from pipeline.training.accurate_data import Labels, silver_line, tagged_line
from pipeline.training.accurate_train import allowed_loss
from pipeline.training.conllu import Sentence, Word, Written
from pipeline.training.teacher import Row, Sureness


def test_variation_keeps_a_tree_and_its_labels_together() -> None:
    rng = random.Random(4)
    sizes = set()
    for _ in range(300):
        line = vary(LINE, rng)
        sizes.add(len(line.words))
        assert {len(line.begins), len(line.upos), len(line.heads), len(line.rels), len(line.feats)} == {
            len(line.words)
        }
        assert line.heads.count(0) == 1
        assert all(0 <= head <= len(line.words) for head in line.heads)
    assert sizes == {5, 6, 7}


def test_words_that_govern_stay() -> None:
    line = without(LINE, {3, 4, 6})
    assert line.words == ("سيطرت", "قوات", "على", "المدينة", "أمس")
    assert line.heads == (0, 1, 4, 1, 1)
    assert line.feats == (0, 1, 2, 3, 5)


def test_any_allowed_label_is_right_and_none_is_no_loss() -> None:
    scores = torch.tensor([[1.0, 2.0, 3.0], [5.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    assert float(allowed_loss(scores, torch.tensor([0, 0, 0b111]))) == pytest.approx(0.0, abs=1e-6)
    total = sum(math.exp(x) for x in (1, 2, 3))
    expected = -math.log((math.exp(1) + math.exp(3)) / total)
    assert float(allowed_loss(scores[:1], torch.tensor([0b101]))) == pytest.approx(expected, rel=1e-5)


def test_unimorph_says_which_tags_are_allowed() -> None:
    words = tuple(
        Word(norm, "", feats, norm, None, "")
        for norm, feats in (("كتاب", "SG;N;GEN"), ("بنيامين", ""), (".", ""))
    )
    sentence = Sentence("d", "p", tuple(Written(w.norm, ((0, len(w.norm)),), True) for w in words), words)
    labels = Labels(("", "ADJ", "ADP", "NOUN", "PUNCT", "X"), ("",), ("root",), ("O",))
    line = tagged_line(sentence, labels)
    assert line.tags == (labels.bits("upos", ["NOUN"]), 0, labels.bits("upos", ["PUNCT"]))
    assert line.upos[:2] == (labels.bits("upos", ["NOUN", "X"]), labels.bits("upos", ["X"]))


def test_some_words_become_unknown() -> None:
    rng = random.Random(2)
    count = sum(vary(LINE, rng, blank=0.5).words.count(BLANK) for _ in range(100))
    assert 250 < count < 400
    assert all(BLANK not in vary(LINE, rng).words for _ in range(50))


def test_news_teach_what_their_teacher_was_sure_of() -> None:
    labels = Labels(
        ("", "ADP", "NOUN", "VERB", "X"), ("", "Number=Sing"), ("nsubj", "root"), ("O", "B-PER", "I-PER")
    )
    row = Row(
        ("وصل", "سامر"), ("وصل", "سامر"), (True, True), (True, False), ("VERB", "NOUN"), (99, 30), ("", "Number=Sing"),
        (0, 1), (99, 99), ("root", "nsubj"), ("O", "B-PER"), (99, 20),
    )  # fmt: skip
    line = silver_line(row, Sureness(tags=0, heads=0, tag=60, name=60), labels)
    assert (line.upos, line.tags) == ((), (labels.bits("upos", ["VERB"]), 0))
    assert (line.heads, line.rels, line.feats) == ((0, 1), (1, 0), (0, 1))
    assert line.names == (labels.bits("names", ["O"]), 0)

"""What the teacher says, and what of it is learnt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from text_builders import FakeModels

from pipeline.engines import fast
from pipeline.engines.bundle import models_dir
from pipeline.training.name_corpora import MISSING
from pipeline.training.names import Tokenised
from pipeline.training.silver import Pile, choose, read_piles, sentences_of
from pipeline.training.student import rate, round_examples
from pipeline.training.teacher import (
    Row,
    Sureness,
    Teacher,
    believable,
    learnable,
    of_names,
    of_words,
    read_rows,
    write_rows,
)

SURE = Sureness(tags=90.0, heads=80.0, tag=50.0, name=60.0)
#: «وصل سامر الحلبي للمدينة.»
ROW = Row(
    ("وصل", "سامر", "الحلبي", "ل", "لمدينة", "."), ("وصل", "سامر", "الحلبي", "ل", "المدينة", "."),
    (True, True, True, True, False, True), (True, True, True, False, False, False),
    ("VERB", "PROPN", "PROPN", "ADP", "NOUN", "PUNCT"), (99, 95, 45, 100, 100, 100), ("",) * 6, (0, 1, 2, 5, 1, 1),
    (100, 90, 40, 100, 90, 100), ("root", "nsubj", "nmod", "case", "obl", "punct"),
    ("O", "B-PER", "I-PER", "O", "O", "O"), (99, 90, 90, 99, 99, 99), "d",
)  # fmt: skip


@pytest.fixture(scope="module")
def teacher() -> Teacher:
    """The bundled accurate engine."""
    return Teacher(models_dir() / "accurate")


def test_rows_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "news-0000.jsonl.gz"
    assert write_rows(path, [ROW, replace(ROW, source="")]) == 12
    assert list(read_rows(path)) == [ROW, replace(ROW, source="")]


def test_what_the_teacher_is_not_sure_of_is_unknown() -> None:
    assert not believable(replace(ROW, tags_sure=(50,) * 6), SURE)
    assert not believable(replace(ROW, heads_sure=(79,) * 6), SURE)
    assert not believable(ROW, SURE)  # 89.8 % of the tags
    sure = replace(SURE, tags=80.0)
    assert believable(ROW, sure)
    sentence, names = learnable(ROW, sure)
    assert [w.upos for w in sentence.words] == ["VERB", "PROPN", "", "ADP", "NOUN", "PUNCT"]
    assert [w.head for w in sentence.words] == [-1, 0, 1, 4, 0, 0]
    assert [w.text for w in sentence.written] == ["وصل", "سامر", "الحلبي", "للمدينة", "."]
    assert sentence.text == "وصل سامر الحلبي للمدينة."
    assert names == ROW.names
    # Half a name is no name, and no tree is better than a bad one.
    sentence, names = learnable(replace(ROW, names_sure=(99, 90, 59, 99, 59, 99)), SURE)
    assert names == ("O", MISSING, MISSING, "O", MISSING, "O")
    assert {w.rel for w in sentence.words} == {""}


def test_the_teacher_reads_words_and_leaves_gold_names_alone(teacher: Teacher) -> None:
    text = "وصل وفد كبير إلى المدينة."
    (words,) = sentences_of(text, FakeModels({}))
    row = of_words(teacher, text, words, "a")
    assert row is not None
    assert row.tags[0] == "VERB"
    assert row.tags[-1] == "PUNCT"
    assert row.heads.count(0) == 1
    assert "X" not in row.tags
    assert all(0 <= sure <= 100 for sure in (*row.tags_sure, *row.heads_sure, *row.names_sure))
    assert row.spaces == (True, True, True, True, False, False)
    tokens = tuple((w, w, label, k) for k, (w, label) in enumerate(zip(row.norms, "OOO-OO", strict=True)))
    taught = of_names(teacher, Tokenised(tokens, 6))
    assert taught.names == ("O", "O", "O", MISSING, "O", "O")
    assert (taught.tags, taught.heads) == (row.tags, row.heads)
    nothing = of_names(Teacher(None), Tokenised(tokens, 6))
    assert nothing.names == taught.names
    assert not believable(nothing, SURE)
    long = of_names(teacher, Tokenised(tokens * 100, 6))
    assert set(long.tags) == {""}


def test_sentences_that_are_too_short_or_long_are_left_out() -> None:
    models = FakeModels({})
    assert [len(s) for s in sentences_of("وصل.\nوصل وفد كبير إلى المدينة.\n" + "وصل " * 90, models)] == [6]
    # Of a long text the last sentence is cut off somewhere.
    assert len(list(sentences_of("وصل وفد كبير إلى المدينة.\n" * 400, models))) < 250


def test_every_other_text_is_one_of_the_preferred() -> None:
    texts = [f"خبر {n}" for n in range(6)] + ["قصف وقصف", "قصف ثم قصف", "قصف"]
    found = choose(texts, 1, preferred=["قصف"], least=2)
    assert sorted(found) == sorted(texts)
    assert [text.count("قصف") > 1 for text in found[:4]] == [True, False, True, False]
    assert found != choose(texts, 2, preferred=["قصف"], least=2)


def test_portions_go_round_and_round() -> None:
    pile = Pile(tuple(replace(ROW, source=str(n)).json() for n in range(3)), (6, 6, 6))
    assert [row.source for row in pile.portion(12, 0)] == ["0", "1"]
    assert [row.source for row in pile.portion(12, 1)] == ["2", "0"]
    assert [row.source for row in pile.portion(12, 4)] == ["2", "0"]
    assert list(Pile((), ()).portion(12, 1)) == []


def test_only_news_that_are_sure_are_read(tmp_path: Path) -> None:
    sure = replace(ROW, tags_sure=(100,) * 6)
    for name in ("news", "trees"):
        write_rows(tmp_path / f"{name}-0000.jsonl.gz", [ROW, sure])
    piles = read_piles(tmp_path, ["news", "trees"], SURE, 1)
    assert [len(p.sizes) for p in piles.values()] == [1, 2]


def test_examples_know_what_the_rows_know() -> None:
    nlp = spacy.blank("ar")
    sure = replace(SURE, tags=80.0)
    piles = {
        "news": Pile((ROW.json(),), (6,)),
        "Wojood": Pile((replace(ROW, heads_sure=(9,) * 6).json(),), (6,)),
    }
    examples = round_examples(nlp, piles, {"news": 60, "Wojood": 60}, sure, 0, 5)
    trees = [e for e in examples if e.reference.has_annotation("DEP")]
    assert 0 < len(trees) < len(examples)
    assert all({e.label_ for e in x.reference.ents} == {"PER"} for x in examples)
    assert {t.dep_ for e in trees for t in e.reference} >= {"ROOT", "nsubj", "case"}
    again = round_examples(nlp, piles, {"news": 60, "Wojood": 60}, sure, 0, 5)
    assert [e.reference.text for e in again] == [e.reference.text for e in examples]


def test_the_rate_rises_and_falls() -> None:
    rates = [rate(k / 100) for k in range(101)]
    assert max(rates) == rates[1]
    assert rates[0] < 0.2
    assert rates[1:] == sorted(rates[1:], reverse=True)
    assert rates[-1] == pytest.approx(0.03)


def test_half_the_bits_are_enough_on_the_disk() -> None:
    nlp = fast.build(width=16, depth=1, hidden=8)
    tagger = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    fast.narrow(nlp)
    fast.widen(nlp)
    assert {str(n.get_param(p).dtype) for n in tagger.walk() for p in n.param_names if n.has_param(p)} <= {
        "float32"
    }

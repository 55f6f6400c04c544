"""The accurate engine with the bundled models: the same Doc as the fast engine's, each sentence read alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import nlp as front
from pipeline.engines.accurate import SentenceReader, decode_names, load
from pipeline.engines.bundle import ModelError, models_dir
from pipeline.engines.onnx import WINDOW, Reader, parts
from pipeline.engines.pieces import MOST, Pieces
from pipeline.training.name_corpora import LABELS

TEXT = (
    "---\ntitle: اشتباكات\n---\nاشتباكات في ريف المدينة\n"
    "سيطرت فصائل محلية على بلدة صغيرة وسط البلاد.[3][4] وقال د. سامر الخطيب إن قواتها انسحبت من الجسر، "
    "فيما شنَّت طائرات غارتين على مطار عسكري يوم الخميس 5 ديسمبر 2024.\n\nخلفيةفي 27 نوفمبر وصل وفد للمدينة."
)
UPOS = frozenset((
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SYM", "VERB", "X", "SPACE",
))  # fmt: skip


@pytest.fixture(scope="module")
def nlp() -> Language:
    return front.load("accurate")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(models_dir() / "accurate")


def check(doc: Doc, text: str) -> None:
    """What holds for every Doc."""
    assert doc.text == text
    assert [text[t.idx : t.idx + len(t)] for t in doc] == [t.text for t in doc]
    for sentence in doc.sents:
        roots = [t for t in sentence if t.head.i == t.i]
        assert [t.dep_ for t in roots] == ["ROOT"]
        for token in sentence:
            steps = 0
            while token.head.i != token.i:
                assert sentence.start <= token.head.i < sentence.end
                token = token.head
                steps += 1
                assert steps <= len(sentence)
    assert all(t.pos_ in UPOS and t.dep_ and t.lemma_ for t in doc)
    assert [clause.start for clause in doc.spans["clauses"]][:1] == [0][: len(doc)]
    assert "waqai_trees" not in doc.user_data


def facts(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.text, t.tag_, str(t.morph), t.head.i - t.i, t.dep_, t.ent_iob_, t.ent_type_) for t in doc]


def test_a_news_text(nlp: Language) -> None:
    doc = nlp(TEXT)
    check(doc, TEXT)
    found = {t.norm_: t for t in doc}
    assert found["سيطرت"].pos_ == found["انسحبت"].pos_ == "VERB"
    assert found["فصائل"].dep_ == "nsubj"
    assert found["فصائل"].head.norm_ == "سيطرت"
    assert found["شنت"].lemma_ == "شن"
    assert ("سامر الخطيب", "PER") in {(e.text, e.label_) for e in doc.ents}


def test_labels_are_those_of_the_fast_engine(nlp: Language, reader: Reader) -> None:
    fast = front.load("fast")
    assert nlp.pipe_names[-2:] == fast.pipe_names[-2:]
    known = set(fast.get_pipe("parser").labels) | {"root"}  # type: ignore[attr-defined]
    common = {
        "nsubj",
        "obj",
        "obl",
        "nmod",
        "amod",
        "conj",
        "cc",
        "case",
        "mark",
        "advcl",
        "acl",
        "ccomp",
        "appos",
    }
    assert common <= known & set(reader.rels)
    assert {"X", *fast.get_pipe("tagger").labels} - {"_SP"} == set(reader.upos)  # type: ignore[attr-defined]
    assert {label[2:] for label in reader.names if label != "O"} == set(LABELS)


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "[3]", "قال", "قصف. قصف", "a b c", "﷽" * 40, "ـــــ"])
def test_small_and_odd_texts(nlp: Language, text: str) -> None:
    check(nlp(text), text)


@settings(max_examples=25)
@given(st.text(alphabet=st.sampled_from('سيطرةوقال المدينة.،[3]\n"()ـًa1؟'), max_size=120))
def test_any_text_gives_whole_trees(nlp: Language, text: str) -> None:
    check(nlp(text), text)


def test_a_run_on_sentence_is_read_in_parts_and_stays_one_tree(nlp: Language) -> None:
    text = "وقصفت الطائرات المدينة وقتل عشرة أشخاص " * 60 + "."
    doc = nlp(text)
    check(doc, text)
    assert sum(token.norm_ == "قصفت" and token.pos_ == "VERB" for token in doc) >= 55


def test_results_repeat_and_do_not_depend_on_neighbours(nlp: Language) -> None:
    others = ["وصل وفد رفيع إلى العاصمة.", TEXT, "انفجرت عبوة ناسفة في سوق شعبي وأصيب أربعة مدنيين."]
    alone = [facts(nlp(text)) for text in others]
    assert [facts(doc) for doc in nlp.pipe(others, batch_size=3)] == alone
    assert [facts(doc) for doc in nlp.pipe(others[::-1], batch_size=1)] == alone[::-1]
    assert facts(load(models_dir())(others[0]))[0][:5] == alone[0][0][:5]


def test_a_sentence_does_not_depend_on_the_sentences_around_it(reader: Reader) -> None:
    words = ("قتل", "عشرة", "جنود", "في", "هجوم", "شمال", "البلاد", ".")
    first = reader(words, (True,) * 8)[0]
    reader(("وصل", "الوفد"), (True, True))
    again = reader(words, (True,) * 8)[0]
    assert np.array_equal(first.heads, again.heads)
    assert np.array_equal(first.tags, again.tags)


def test_words_that_the_treebank_lacks_have_real_tags_unless_asked_for(nlp: Language) -> None:
    text = "زار بنيامين نتانياهو موسكو."
    assert "X" not in {t.pos_ for t in nlp(text)}
    assert "X" in {t.pos_ for t in load(models_dir(), unknown=True)(text)}


def test_a_saved_pipeline_is_the_same_pipeline(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    saved = spacy.load(tmp_path / "saved")
    saved.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")(TEXT)
    assert facts(again) == facts(nlp(TEXT))
    assert [t.lemma_ for t in again] == [t.lemma_ for t in nlp(TEXT)]


def test_names_begin_with_b_and_the_best_path_is_taken() -> None:
    labels = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")
    sure = np.log(np.array([
        [0.1, 0.6, 0.1, 0.1, 0.1],
        [0.1, 0.1, 0.3, 0.1, 0.4],  # I-ORG may not follow B-PER
        [0.9, 0.025, 0.025, 0.025, 0.025],
        [0.1, 0.2, 0.6, 0.05, 0.05],  # I-PER may not follow O
    ]))  # fmt: skip
    assert decode_names(sure, labels) == [(0, 2, "PER"), (3, 4, "PER")]
    assert decode_names(sure[2:3], labels) == []


def test_long_sentences_are_parted_after_a_mark() -> None:
    words = ["كلمة"] * 150 + ["،"] + ["كلمة"] * 350
    found = parts(words, [2] * len(words))
    assert found[0] == (0, 151)
    assert [a for a, _ in found] == [0, *(b for _, b in found[:-1])]
    assert found[-1][1] == len(words)
    assert all(2 * (b - a) <= WINDOW for a, b in found)


def test_words_have_pieces_and_clitics_have_other_ones(reader: Reader) -> None:
    assert reader.pieces("و", begins=True) != reader.pieces("و", begins=False)
    assert len(reader.pieces("س" * 10_000, begins=True)) <= MOST
    assert reader.pieces("\U0001f600", begins=False)


def test_a_tokeniser_without_the_special_pieces_is_refused() -> None:
    from tokenizers import Tokenizer, models

    with pytest.raises(ValueError, match="has no piece <s>"):
        Pieces(Tokenizer(models.Unigram([("<unk>", 0.0)], unk_id=0)))


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "labels.json"])
def test_missing_and_corrupt_files_are_named(tmp_path: Path, name: str) -> None:
    shutil.copytree(models_dir() / "accurate", tmp_path / "accurate")
    (tmp_path / "accurate" / name).write_bytes(b"nothing of use")
    with pytest.raises(ModelError, match="cannot be read"):
        Reader(tmp_path / "accurate")
    (tmp_path / "accurate" / name).unlink()
    with pytest.raises(ModelError, match=f"{name} is missing"):
        Reader(tmp_path / "accurate")


def test_without_weights_it_says_so() -> None:
    with pytest.raises(ValueError, match="has no weights"):
        SentenceReader()(Doc(front.load("fast").vocab, words=["قال"]))


def test_the_network_runs_without_torch() -> None:
    code = (
        "import sys\n"
        "sys.modules['torch'] = None\n"  # any import of it fails from here on
        "from pathlib import Path\n"
        "from pipeline.engines.onnx import Reader\n"
        "from pipeline.engines.trees import best_tree\n"
        "import pipeline.engines.accurate as engine\n"
        "reader = Reader(Path(sys.argv[1]))\n"
        "found = reader(['وصل', 'وفد', 'المدينة'], [True] * 3)[0]\n"
        "print(best_tree(found.heads).count(0), len(engine.decode_names(found.names[:1], reader.names)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(models_dir() / "accurate")],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == ["1", "0"]

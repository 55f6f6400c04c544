"""One-step smoke trainings on tiny data made here: the real code paths, not the quality."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
import spacy
from text_builders import FakeModels

from pipeline.engines.bundle import read_manifest
from pipeline.text.tokenizer import FILES, Tokenizer
from pipeline.training.__main__ import main
from pipeline.training.conllu import read_padt, read_pud
from pipeline.training.data import (
    PADT_DEV,
    PADT_TEST,
    PUD,
    UM_DEV,
    UM_TEST,
    read_treebanks,
    respace,
    respell,
)
from pipeline.training.docs import example
from pipeline.training.lexicon import NEWS
from pipeline.training.name_corpora import MISSING, Named, Types, spans
from pipeline.training.names import tokenise

PADT = """# orig_file_sentence {doc}#{n}
1\tسيطرت\tسَيطَر\tVERB\tVP-A-3FS--\tAspect=Perf|Gender=Fem\t0\troot\t_\t_
2\tقوات\tقُوَّة\tNOUN\tN---\tNumber=Plur\t1\tnsubj\t_\t_
3\t{name}\tاسم\tX\tU---------\t_\t2\tnmod\t_\t_
4-5\tللمدينة\t_\t_\t_\t_\t_\t_\t_\t_
4\tل\tلِ\tADP\tP---\t_\t5\tcase\t_\t_
5\tالمدينة\tمَدِينَة\tNOUN\tN---\tDefinite=Def\t1\tobl\t_\t_
6-8\tبعاصمتها\t_\t_\t_\t_\t_\t_\t_\t_
6\tب\tبِ\tADP\tP---\t_\t7\tcase\t_\t_
7\tعاصمة\tعَاصِمَة\tNOUN\tN---\t_\t1\tobl\t_\t_
8\tها\tهُوَ\tPRON\tS---\t_\t7\tnmod\t_\t_
9\t.\t.\tPUNCT\tG---\t_\t1\tpunct\t_\t_

"""
UM = """# newpar id = {doc}:p{n}
# orig_file_sentence {doc}#{n}
1-2\tوقال\t_\t_\t_\t_\t_\t_\t_\t_
1\tو\tوَ\t_\t_\tCONJ\t_\t_\t_\t_
2\tقال\tقَال\t_\t_\tV\t_\t_\t_\t_
3\t{name}\tاسم\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
4\t.\t.\t_\t_\t_\t_\t_\t_\t_

"""
PUD_SENTENCE = """# newdoc id = {doc}
# sent_id = {doc}{n}
# text = وصل {name} للسلطة بقوتها.
1\tوصل\tوَصَل\tVERB\tVBC\tGender=Masc\t0\troot\t_\t_
2\t{name}\tاسم\tPROPN\tNNP\t_\t1\tnsubj\t_\t_
3\tل\tلِ\tADP\tIN\t_\t4\tcase\t_\tSpaceAfter=No
4\tلسلطة\tسُلطَة\tNOUN\tNN\tDefinite=Def\t1\tobl\t_\t_
5\tب\tبِ\tADP\tIN\t_\t6\tcase\t_\tSpaceAfter=No
6\tقوت\tقُوَّة\tNOUN\tNN\t_\t1\tobl\t_\tSpaceAfter=No
7\tها\tهُوَ\tPRON\tPRP\t_\t6\tnmod\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

"""
NAMES = [
    "سامر",
    "نبيل",
    "عادل",
    "كريم",
    "فادي",
    "رامي",
    "جابر",
    "حسان",
    "وليد",
    "ماهر",
    "نزار",
    "غسان",
    "طلال",
    "منير",
    "سمير",
    "بسام",
    "هيثم",
    "زياد",
    "عمار",
    "رائد",
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a few sentences of our own in every file that training reads."""
    folder = tmp_path_factory.mktemp("data")

    def write(name: str, template: str, names: list[str]) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        blocks = [template.format(doc=f"D{n // 3}", n=n, name=who) for n, who in enumerate(names)]
        path.write_text("".join(blocks), encoding="utf-8")

    write(PADT_DEV, PADT, [*NAMES[:12], NAMES[15]])
    write(PADT_TEST, PADT, NAMES[15:18])
    write(UM_DEV, UM, NAMES[:12])
    write(UM_TEST, UM, NAMES[12:15])
    write(PUD, PUD_SENTENCE, NAMES[:15])
    lines = "".join(f"وصل\tO\n{who}\tB-PERS\nإلى\tO\nدمشق\tB-LOC\n.\tO\n\n" for who in NAMES)
    for name in ("anercorp_camel/train", "anercorp_camel/test", "wikifane_gold_joined_coarse/train"):
        path = folder / f"ner/{name}.conll"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = lines.replace("LOC", "GPE").replace("وصل", "عاد") if "wikifane" in name else lines
        path.write_text(text if "train" in name else text.replace("وصل", "سافر"), encoding="utf-8")
    for part in ("train", "dev", "test"):
        path = folder / f"ner/wojood_sample_flat/{part}.conll"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("رئيس\tB-OCC\nبلدية\tI-OCC\nجنين\tI-OCC\nغادر\tO\n\n", encoding="utf-8")
    news = folder / NEWS
    news.parent.mkdir(parents=True)
    with gzip.open(news, "wt", encoding="utf-8") as target:
        for _ in range(30):
            target.write(
                json.dumps({"title": "وصول الوفد", "text": "وصل الوفد إلى المدينة. ثم غادر المدينة."}) + "\n"
            )
    return folder


def test_a_written_word_is_cut_as_on_the_page(data: Path) -> None:
    padt = read_padt(data / PADT_DEV)[0]
    assert padt.text == "سيطرت قوات سامر للمدينة بعاصمتها ."
    assert [[w.text[a:b] for a, b in w.slices] for w in padt.written[3:5]] == [
        ["ل", "لمدينة"],
        ["ب", "عاصمت", "ها"],
    ]
    assert [w.norm for w in padt.words][3:8] == ["ل", "المدينة", "ب", "عاصمة", "ها"]
    pud = read_pud(data / PUD)[0]
    assert [w.text for w in pud.written] == ["وصل", "سامر", "للسلطة", "بقوتها", "."]
    assert [w.norm for w in pud.words][2:7] == ["ل", "السلطة", "ب", "قوة", "ها"]


def test_sentences_of_test_files_are_not_trained_on(data: Path) -> None:
    banks = read_treebanks(data)
    assert banks.dropped == {f"{PADT_DEV}: in a test file": 1}
    tested = {s.text for s in (*banks.padt_test, *banks.um_test, *banks.pud_test)}
    assert len(tested) == 9
    assert not tested & {s.text for s in banks.words}
    assert len(banks.trees) == 12 + 12
    assert len(banks.words) == 24 + 12


def test_unknown_words_have_no_tag_unless_the_letters_are_known(data: Path) -> None:
    by_name = {
        s.words[2].norm: s.words[2].upos for s in read_treebanks(data).trees if s.words[0].norm == "سيطرت"
    }
    # PUD has each name once, which is too seldom to be sure.
    assert set(by_name.values()) == {""}
    assert {w.upos for s in read_treebanks(data).padt_test for w in s.words} >= {"X", "VERB"}


def test_spacing_and_spelling_vary_with_the_seed_alone(data: Path) -> None:
    sentence = read_padt(data / PADT_DEV)[0]
    assert respace(sentence, random.Random(0)).text.endswith("بعاصمتها.")
    a, b = (respell(sentence, random.Random(4)) for _ in range(2))
    assert a == b
    assert [w.text for w in a.written] != []
    assert len(a.words) == len(sentence.words)


def test_examples_with_disorder_stay_trees(data: Path) -> None:
    sentences = list(read_treebanks(data).trees[:3])
    rng = random.Random(3)
    vocab = spacy.blank("ar").vocab
    for _ in range(30):
        one = example(vocab, sentences, rng, disorder=1.0)
        heads = [t.head.i for t in one.reference]
        roots = [k for k, head in enumerate(heads) if head == k]
        assert len(roots) == 3
        assert all(t.dep_ == "dep" for t in one.reference if t.is_space)
        assert one.predicted.text == one.reference.text


def test_names_lose_their_clitics_and_unknown_insides_are_missing() -> None:
    models = FakeModels({"بدمشق": "ب دمشق", "والخارجية": "و الخارجية"})
    sentence = Named(("في", "بدمشق", "وزارة", "والخارجية", "رئيس"), ("O", "B-GPE", "B-ORG", "I-ORG", MISSING))
    (cut,) = tokenise([sentence], models)
    assert " ".join(f"{norm}/{label}" for _, norm, label, _ in cut.tokens) == (
        "في/O ب/O دمشق/B-GPE وزارة/B-ORG و/I-ORG الخارجية/I-ORG رئيس/-"
    )
    assert [w for *_, w in cut.tokens] == [0, 1, 1, 2, 3, 3, 4]


def test_places_get_the_type_that_other_corpora_give_them() -> None:
    typed = [Named(("في", "وادي", "حور"), ("O", "B-LOC", "I-LOC")), Named(("عاد", "بحلب"), ("O", "B-GPE"))]
    types = Types(typed, frozenset({"تدمر"}))
    assert types.of(("وادي", "حور")) == "LOC"
    assert types.of(("وبحلب",)) == "GPE"
    assert types.of(("تدمر",)) == "GPE"
    assert types.of(("مطار", "دمشق", "الدولي")) == "FAC"
    assert types.of(("البحر", "الأحمر")) == "LOC"


def test_spans_of_bio() -> None:
    assert spans(["B-PER", "I-PER", "O", "I-ORG", "B-ORG", "-"]) == [
        (0, 2, "PER"),
        (3, 4, "ORG"),
        (4, 5, "ORG"),
    ]


@pytest.fixture(scope="module")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models after one step of everything, by the command."""
    out = tmp_path_factory.mktemp("models")
    common = ["--data", str(data), "--out", str(out)]
    assert main(["tokenizer", *common, "--steps", "2", "--epochs", "1"]) == 0
    assert main(["fast", *common, "--minutes", "0", "--epochs", "1", "--dimensions", "8"]) == 0
    return out


def test_training_writes_models_that_load(trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import nlp

    monkeypatch.setenv("WAQAI_MODELS", str(trained))
    nlp.load.cache_clear()
    try:
        doc = nlp.load()("سيطرت القوات على المدينة.[3]\nوصل الوفد.")
    finally:
        nlp.load.cache_clear()
    assert doc.text == "سيطرت القوات على المدينة.[3]\nوصل الوفد."
    assert len(list(doc.sents)) == 2
    assert all(t.pos_ for t in doc)


def test_training_writes_a_manifest_and_a_card(trained: Path) -> None:
    manifest = read_manifest(trained)
    files = {f["path"] for f in manifest["files"]}
    assert {f"tokenizer/{name}" for name in FILES} <= files
    assert {"words, PADT-UM test, raw text", "syntax, PADT test", "names, ANERcorp test"} <= set(
        manifest["scores"]
    )
    card = (trained / "README.md").read_text(encoding="utf-8")
    for licence in (
        "CC BY-NC-SA 3.0",
        "CC BY-SA 3.0",
        "CC BY-SA 4.0",
        "CC BY-NC-SA 4.0",
        "MIT",
        "Non-commercial",
    ):
        assert licence in card


def test_checkpoints_hold_no_optimiser_and_no_paths(trained: Path) -> None:
    import torch

    for name in FILES[:2]:
        content = torch.load(trained / "tokenizer" / name, weights_only=True)
        assert not [k for k in content if "optim" in k]
        assert not [v for v in content["config"].values() if isinstance(v, str) and "/" in v]


def test_the_trained_tokeniser_loses_nothing(trained: Path) -> None:
    tokenizer = Tokenizer(spacy.blank("ar").vocab).load(trained / "tokenizer")
    text = "وقال سامر.[1]\n\nسيطرت قوات للمدينة"
    assert tokenizer(text).text == text

"""Tiny models of the real kinds, made on the spot by the libraries' own trainers for the real loading code."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
from pathlib import Path

from pipeline.training.conllu import read_padt
from pipeline.training.tokenizer import paragraph, write_split

#: One sentence of our own in every shape that the alignment has to cope with; {a} and {b} make copies differ.
SENTENCE = """# sent_id = {n}
1\tسيطرت\tسَيطَر\tVERB\tV\tAspect=Perf|Gender=Fem\t0\troot\t_\t_
2\tقوات\tقُوَّة\tNOUN\tN\tNumber=Plur\t1\tnsubj\t_\t_
3\t{a}\t{a}\tPROPN\tN\t_\t2\tnmod\t_\t_
4-5\tللمدينة\t_\t_\t_\t_\t_\t_\t_\t_
4\tل\tلِ\tADP\tP\t_\t5\tcase\t_\t_
5\tالمدينة\tمَدِينَة\tNOUN\tN\tDefinite=Def\t1\tobl\t_\t_
6-8\tوسيطرتها\t_\t_\t_\t_\t_\t_\t_\t_
6\tو\tوَ\tCCONJ\tC\t_\t7\tcc\t_\t_
7\tسيطرة\tسَيطَرَة\tNOUN\tN\tGender=Fem\t2\tconj\t_\t_
8\tها\tهُوَ\tPRON\tS\t_\t7\tnmod\t_\t_
9\tعلى\tعَلَى\tADP\tP\t_\t10\tcase\t_\t_
10\t{b}\t{b}\tPROPN\tN\t_\t7\tnmod\t_\tSpaceAfter=No
11\t.\t.\tPUNCT\tG\t_\t1\tpunct\t_\t_

"""
PEOPLE = ("سامر", "نبيل", "عادل", "كريم", "فادي", "رامي", "جابر", "حسان")
TOWNS = ("حمص", "حماة", "درعا", "صنعاء", "عدن", "تعز", "سرت", "غزة")
STEPS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")


def _train(module: str, *arguments: str | int | Path) -> None:
    """Runs one of Stanza's trainers, without what it prints."""
    import importlib

    logging.getLogger("stanza").setLevel(logging.ERROR)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        importlib.import_module(f"stanza.models.{module}").main([str(a) for a in arguments])


def make_stanza(folder: Path, steps: tuple[str, ...] = STEPS) -> Path:
    """A folder as ``stanza.download("ar")`` leaves it, with models trained for seconds on eight sentences.

    Args:
        folder: where it goes.
        steps: the processors that the package has.
    """
    work = folder / "work"
    work.mkdir(parents=True)
    text = "".join(SENTENCE.format(n=n, a=a, b=b) for n, (a, b) in enumerate(zip(PEOPLE, TOWNS, strict=True)))
    gold = work / "gold.conllu"
    gold.write_text(text, encoding="utf-8")
    sentences = read_padt(gold)
    write_split([paragraph(sentences[k : k + 2]) for k in range(0, 8, 2)], work, "train")
    common = ("--cpu", "--mode", "train", "--lang", "ar", "--shorthand", "ar_padt", "--seed", 7)
    small = (
        "--hidden_dim",
        16,
        "--char_hidden_dim",
        8,
        "--word_emb_dim",
        8,
        "--char_emb_dim",
        8,
        "--tag_emb_dim",
        8,
    )
    models = {step: folder / "ar" / step / "padt.pt" for step in steps}

    def save(step: str) -> tuple[str | Path, ...]:
        models[step].parent.mkdir(parents=True)
        return ("--save_dir", models[step].parent, "--save_name", models[step].name)

    _train(
        "tokenizer", *common, "--txt_file", work / "train.txt", "--label_file", work / "train.labels",
        "--mwt_json_file", work / "train.mwt.json", "--dev_txt_file", work / "train.txt",
        "--dev_label_file", work / "train.labels", "--dev_conll_gold", work / "train.conllu",
        "--conll_file", work / "out.conllu", "--steps", 120, "--eval_steps", 120, "--batch_size", 8,
        "--hidden_dim", 16, "--emb_dim", 16, "--dropout", 0, "--unit_dropout", 0, "--feat_unit_dropout", 0,
        "--lr0", 0.02, *save("tokenize"),
    )  # fmt: skip
    _train(
        "mwt_expander", *common, "--train_file", gold, "--eval_file", gold, "--gold_file", gold, "--output_file",
        work / "mwt.out", "--num_epoch", 1, "--hidden_dim", 8, "--emb_dim", 8, *save("mwt"),
    )  # fmt: skip
    _train(
        "tagger", *common, "--train_file", gold, "--eval_file", gold, "--output_file", work / "pos.out",
        "--no_pretrain", "--max_steps", 60, "--eval_interval", 60, "--batch_size", 100, "--lr", 0.05, *small[:-2],
        "--deep_biaff_hidden_dim", 16, "--composite_deep_biaff_hidden_dim", 8, *save("pos"),
    )  # fmt: skip
    _train(
        "lemmatizer", "--cpu", "--mode", "train", "--shorthand", "ar_padt", "--train_file", gold, "--eval_file", gold,
        "--output_file", work / "lemma.out", "--num_epoch", 1, "--hidden_dim", 8, *save("lemma"),
    )  # fmt: skip
    _train(
        "parser", *common, "--train_file", gold, "--eval_file", gold, "--output_file", work / "dep.out",
        "--no_pretrain", "--max_steps", 60, "--eval_interval", 60, "--batch_size", 100, "--lr", 0.05, *small,
        "--deep_biaff_hidden_dim", 16, "--no_checkpoint", *save("depparse"),
    )  # fmt: skip
    if "ner" in steps:
        rows = [_named(a, b) for a, b in zip(PEOPLE, TOWNS, strict=True)]
        (work / "ner.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        _train(
            "ner_tagger", "--cpu", "--mode", "train", "--shorthand", "ar_padt", "--seed", 7, "--no_pretrain",
            "--train_file", work / "ner.json", "--eval_file", work / "ner.json", "--max_steps", 60,
            "--eval_interval", 60, "--batch_size", 8, "--hidden_dim", 16, "--char_hidden_dim", 8, "--char_emb_dim", 8,
            "--word_emb_dim", 8, "--optim", "adam", "--lr", 0.05, *save("ner"),
        )  # fmt: skip
    write_resources(folder, models)
    return folder


def _named(person: str, town: str) -> list[dict[str, str]]:
    words = ["سيطرت", "قوات", person, "للمدينة", "وسيطرتها", "على", town, "."]
    labels = {2: "S-PER", 6: "S-LOC"}
    return [{"text": w, "ner": labels.get(k, "O")} for k, w in enumerate(words)]


def write_resources(folder: Path, models: dict[str, Path]) -> None:
    """``resources.json`` of the shape that Stanza publishes."""
    arabic: dict[str, object] = {
        step: {path.stem: {"md5": hashlib.md5(path.read_bytes()).hexdigest(), "license": "ours"}}
        for step, path in models.items()
    }
    arabic |= {"lang_name": "Arabic", "packages": {"default": {step: p.stem for step, p in models.items()}}}
    other = {"lang_name": "French", "packages": {}}
    (folder / "resources.json").write_text(json.dumps({"ar": arabic, "fr": other}), encoding="utf-8")


def make_camel(folder: Path, *, labels: tuple[str, ...] | None = None) -> Path:
    """A folder as ``camel_data -i ner-arabert`` leaves it: a catalogue, and a BERT of one layer over letters.

    It was not trained, but its labels follow the word: each letter that begins a word has a label of its own.

    Args:
        folder: where it goes.
        labels: what the model tells apart; by default those of ANERcorp.
    """
    import torch
    from transformers import BertConfig, BertForTokenClassification

    model = folder / "data" / "ner" / "tiny"
    model.mkdir(parents=True)
    letters = [chr(c) for c in range(0x0621, 0x064B)] + list("0123456789.,،")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *("##" + c for c in letters)]
    (model / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    settings = {"tokenizer_class": "BertTokenizer", "do_lower_case": False, "model_max_length": 512}
    (model / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    kinds = labels or ("B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O")
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        id2label=dict(enumerate(kinds)),
        label2id={kind: n for n, kind in enumerate(kinds)},
    )
    torch.manual_seed(1)
    bert = BertForTokenClassification(config)
    if labels is None:
        _label_by_letter(bert, vocabulary, kinds)
    bert.save_pretrained(model)
    package = {
        "package_type": "http",
        "private": False,
        "license": "ours",
        "destination": "ner/tiny",
        "files": [
            {"path": p.name, "sha256": hashlib.sha256(p.read_bytes()).hexdigest()}
            for p in sorted(model.iterdir())
        ],
    }
    component = {"default": "tiny", "datasets": {"tiny": {"path": "ner/tiny"}}}
    catalogue = {
        "version": "1.6.0-test",
        "packages": {"ner-tiny": package},
        "components": {"NamedEntityRecognition": component},
    }
    (folder / "catalogue.json").write_text(json.dumps(catalogue), encoding="utf-8")
    return folder


def _label_by_letter(bert: object, vocabulary: list[str], kinds: tuple[str, ...]) -> None:
    """Weights by hand: only the piece itself reaches the classifier; س is a person, ح a place, the rest nothing."""
    import torch

    with torch.no_grad():
        for parameter in bert.parameters():  # type: ignore[attr-defined]
            parameter.zero_()
        for name, parameter in bert.named_parameters():  # type: ignore[attr-defined]
            if "LayerNorm.weight" in name:
                parameter.fill_(1)
        table = bert.bert.embeddings.word_embeddings.weight  # type: ignore[attr-defined]
        rows = bert.classifier.weight  # type: ignore[attr-defined]
        for n, kind in enumerate(("B-PERS", "B-LOC", "O")):
            rows[kinds.index(kind), n] = 1.0
        table[:, 2] = 1.0
        for letter, n in (("س", 0), ("ح", 1)):
            table[vocabulary.index(letter)] = 0.0
            table[vocabulary.index(letter), n] = 1.0

"""A Stanza pipeline for Arabic of the published sizes, to be timed: untrained weights, trained word segmentation.

What the default package of Stanza for Arabic is (``stanza/resources/default_packages.py`` of the installed version, and
the defaults of its training scripts, from which all dimensions below are read): ``tokenize`` and ``mwt`` without
pre-trained parts; ``pos`` and ``depparse`` with the word vectors ``conll17`` (100 dimensions) and the two character
models ``ccwiki`` (1,024 units each); ``lemma`` with a dictionary and an LSTM behind it; ``ner`` (AQMAR) with
``fasttextwiki`` (300 dimensions) and the same character models. Time depends on the sizes, not on what the weights have
learnt, but for three things, and in each of them Stanza is given the easier part here:

- Where words and sentences end decides how much work the rest has: the tokeniser and the expander are the trained ones
  of ``models/tokenizer``, which are Stanza's own networks in its default sizes.
- An untrained lemmatiser never ends a word: it is stopped after :data:`LONGEST_LEMMA` letters, and its dictionary
  knows :data:`KNOWN_LEMMAS` of all words, so that it is hardly ever asked.
- An untrained parser has no cycle to solve.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import logging
import re
from collections import Counter
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

#: The tags, features, relations and names that the Arabic models tell apart (UD Arabic-PADT, AQMAR).
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
#: PADT's tags have ten places: class, sort, mood, voice, empty, person, gender, number, case, state.
XPOS_PLACES = ("ACDFGINPQSTUVXYZ", "-CDIPRN", "-DEIJS", "-AP", "-", "-123", "-FM", "-DPS", "-124", "-CDIR")
FEATS = {
    "Abbr": "Yes", "AdpType": "Prep", "Aspect": "Imp Perf", "Case": "Acc Gen Nom", "Definite": "Com Cons Def Ind",
    "Foreign": "Yes", "Gender": "Fem Masc", "Mood": "Imp Ind Jus Sub", "NumForm": "Digit Word", "NumValue": "1 2 3",
    "Number": "Dual Plur Sing", "Person": "1 2 3", "Polarity": "Neg", "PronType": "Dem Prs Rel",
    "VerbForm": "Fin Inf Part", "Voice": "Act Pass",
}  # fmt: skip
RELATIONS = (
    "acl advcl advmod advmod:emph amod appos aux aux:pass case cc ccomp conj cop csubj csubj:pass dep det discourse "
    "dislocated fixed flat:foreign iobj mark nmod nsubj nsubj:pass nummod obj obl obl:arg orphan parataxis punct xcomp"
)
NAMES = ("O", *(f"{place}-{kind}" for kind in ("PER", "LOC", "ORG", "MIS") for place in "BIES"))
#: Rows of the tables of word vectors: fewer than published, which costs nothing in time and less memory.
ROWS = 20_000
CONLL17, FASTTEXT = 100, 300
#: A character model has this many units in the published files.
CHARACTER_UNITS = 1024
KNOWN_LEMMAS = 0.9
LONGEST_LEMMA = 12
_WORD = re.compile(r"\w+|[^\w\s]")
_SENTENCE = 20
#: Words of the one step: every label occurs.
_TRAINED = 120


def build(folder: Path, texts: Sequence[str], segmentation: Path) -> None:
    """Writes the models into ``folder``; takes seconds.

    Args:
        folder: an empty folder.
        texts: what the models' words and characters are taken from.
        segmentation: the folder with the trained ``tokenize.pt`` and ``mwt.pt``.
    """
    import torch

    # The import of any trainer turns the logger on.
    importlib.import_module("stanza.models._training_logging")
    logging.getLogger("stanza").setLevel(logging.ERROR)
    torch.manual_seed(1)
    words = [word for text in texts for word in _WORD.findall(text)]
    (folder / "resources.json").write_text("{}")
    for name in ("tokenize.pt", "mwt.pt"):
        (folder / name).write_bytes((segmentation / name).read_bytes())
    _vectors(folder / "conll17.pt", words, CONLL17)
    _vectors(folder / "fasttextwiki.pt", words, FASTTEXT)
    _character_models(folder, sorted(set("".join(texts)) | {" ", "\n"}))
    with contextlib.redirect_stdout(io.StringIO()):
        _train(folder, words)


def load(folder: Path) -> Any:
    """The ``stanza.Pipeline`` of :func:`build`, on the CPU."""
    import stanza

    def pretrained(step: str, vectors: str) -> dict[str, str]:
        return {
            f"{step}_pretrain_path": str(folder / vectors),
            f"{step}_forward_charlm_path": str(folder / "forward.pt"),
            f"{step}_backward_charlm_path": str(folder / "backward.pt"),
        }

    steps = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
    return stanza.Pipeline(
        lang="ar", dir=str(folder), processors=",".join(steps), package=None, allow_unknown_language=True,
        download_method=None, use_gpu=False, verbose=False,
        **{f"{step}_model_path": str(folder / f"{step}.pt") for step in steps},
        **pretrained("pos", "conll17.pt"), **pretrained("depparse", "conll17.pt"),
        **pretrained("ner", "fasttextwiki.pt"),
    )  # fmt: skip


def _conllu(words: Sequence[str]) -> str:
    """Sentences of a treebank; every label occurs, none of them means anything."""
    features = cycle([f"{name}={value}" for name, values in FEATS.items() for value in values.split()])
    tags, relations = UPOS.split(), RELATIONS.split()
    lines: list[str] = []
    for n, word in enumerate(words):
        k = n % _SENTENCE
        xpos = "".join(place[n % len(place)] for place in XPOS_PLACES)
        relation = relations[n % len(relations)] if k else "root"
        fields = (k + 1, word, word, tags[n % len(tags)], xpos, next(features), k, relation, "_", "_")
        lines += [""] * (k == 0 and n > 0) + ["\t".join(map(str, fields))]
    return "\n".join(lines) + "\n\n"


def _vectors(path: Path, words: Sequence[str], size: int) -> None:
    import torch
    from stanza.models.common.pretrain import PretrainedWordVocab
    from stanza.models.common.vocab import VOCAB_PREFIX

    known = sorted(set(words))[:ROWS]
    known += [f"#{n}" for n in range(ROWS - len(known))]
    vocabulary = PretrainedWordVocab(known, lang="ar")
    vectors = torch.randn(len(VOCAB_PREFIX) + len(known), size)
    torch.save({"vocab": vocabulary.state_dict(), "emb": vectors}, path)


def _character_models(folder: Path, characters: list[str]) -> None:
    from stanza.models.charlm import build_argparse
    from stanza.models.common.char_model import CharacterLanguageModel
    from stanza.models.common.vocab import CharVocab

    for direction in ("forward", "backward"):
        args = vars(build_argparse().parse_args(["--direction", direction]))
        if args["char_hidden_dim"] != CHARACTER_UNITS:
            raise ValueError(f"this Stanza's character models have {args['char_hidden_dim']} units")
        vocabulary = {"char": CharVocab([characters])}
        model = CharacterLanguageModel(args, vocabulary, is_forward_lm=direction == "forward")
        model.save(str(folder / f"{direction}.pt"))


def _train(folder: Path, words: Sequence[str]) -> None:
    """Stanza's own trainers with their own sizes, each for one step."""
    for name, part in (("train", words[:_TRAINED]), ("dev", words[:_SENTENCE])):
        (folder / f"{name}.conllu").write_text(_conllu(part), encoding="utf-8")
        (folder / f"{name}.json").write_text(_named(part), encoding="utf-8")
    (folder / "lemmas.conllu").write_text(_conllu(_frequent(words)), encoding="utf-8")
    common = ["--shorthand", "ar_padt", "--cpu", "--save_dir", str(folder)]
    characters = [
        "--charlm", "--charlm_shorthand", "ar_ccwiki", "--charlm_forward_file", str(folder / "forward.pt"),
        "--charlm_backward_file", str(folder / "backward.pt"),
    ]  # fmt: skip
    short = ["--max_steps", "1", "--eval_interval", "1"]

    def run(module: str, *arguments: str, kind: str = "conllu", train: str = "train") -> None:
        files = ["--train_file", str(folder / f"{train}.{kind}"), "--eval_file", str(folder / f"dev.{kind}")]
        importlib.import_module(f"stanza.models.{module}").main([*common, *files, *arguments])

    def vectors(name: str) -> list[str]:
        return ["--wordvec_pretrain_file", str(folder / name), *characters, *short]

    run("tagger", "--lang", "ar", "--save_name", "pos.pt", *vectors("conll17.pt"))
    run("parser", "--lang", "ar", "--save_name", "depparse.pt", "--no_checkpoint", *vectors("conll17.pt"))
    run("ner_tagger", "--save_name", "ner.pt", *vectors("fasttextwiki.pt"), kind="json")
    run(
        "lemmatizer", "--save_name", "lemma.pt", "--num_epoch", "1", "--max_dec_len", str(LONGEST_LEMMA),
        train="lemmas",
    )  # fmt: skip


def _named(words: Sequence[str]) -> str:
    rows = [
        [
            {"text": word, "ner": NAMES[(at + n) % len(NAMES)]}
            for n, word in enumerate(words[at : at + _SENTENCE])
        ]
        for at in range(0, len(words), _SENTENCE)
    ]
    return json.dumps(rows, ensure_ascii=False)


def _frequent(words: Sequence[str]) -> list[str]:
    """The most frequent words that make up :data:`KNOWN_LEMMAS` of all."""
    known: list[str] = []
    seen = 0
    for word, count in Counter(words).most_common():
        if seen >= KNOWN_LEMMAS * len(words):
            break
        known.append(word)
        seen += count
    return known

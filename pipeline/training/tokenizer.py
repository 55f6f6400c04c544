"""Trains the Stanza tokeniser and clitic expander, whose networks :class:`pipeline.text.tokenizer.Tokenizer` runs.

The training text has the spacing of real news: headlines without a full stop end a line, Arabic and ASCII
punctuation both occur, hamza is often dropped. Stanza's own trainers do the work. What they write is kept, without the
state of the optimiser, beside the graphs made of it: Stanza can read it, and a test compares the two.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import spacy

from pipeline.text.tokenizer import KINDS, Tokenizer
from pipeline.training.checkpoint import same_settings
from pipeline.training.conllu import Sentence, Written
from pipeline.training.data import read_treebanks, respell
from pipeline.training.expander_export import export_expander
from pipeline.training.lexicon import count_words, read_news
from pipeline.training.measure import measure_tokenizers
from pipeline.training.registry import Job, Scores
from pipeline.training.tokenizer_export import export_tokenizer
from pipeline.training.tokenizer_steps import train_steps

#: What Stanza's trainers write, and what the tokeniser reads.
TRAINED = ("tokenize.pt", "mwt.pt")
TOKENIZE, EXPAND = TRAINED
TOKENIZE_NETWORK, EXPAND_NETWORK, WORDS = KINDS["stanza"]
_FINAL = (".", "؟", "!", "?", "...")
_ARABIC = {",": "،", ";": "؛", "?": "؟"}
_ASCII = {v: k for k, v in _ARABIC.items()}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text and Stanza's label for each character: 0 inside, 1 ends a word, 2 also a sentence,
    3 ends a word to expand, 4 also a sentence."""

    text: str
    labels: str
    sentences: tuple[Sentence, ...]


def expansion(sentence: Sentence) -> list[tuple[str, tuple[str, ...]]]:
    """The written words of a sentence with the words inside them."""
    out: list[tuple[str, tuple[str, ...]]] = []
    at = 0
    for written in sentence.written:
        words = sentence.words[at : at + len(written.slices)]
        out.append((written.text, tuple(w.norm for w in words)))
        at += len(written.slices)
    return out


def paragraph(sentences: Sequence[Sentence]) -> Paragraph:
    """Sentences of one line, a space between them."""
    text: list[str] = []
    labels: list[str] = []
    for n, sentence in enumerate(sentences):
        if n:
            text.append(" ")
            labels.append("0")
        last = len(sentence.written) - 1
        for k, written in enumerate(sentence.written):
            label = (3 if len(written.slices) > 1 else 1) + (k == last)
            text.append(written.text)
            labels.append("0" * (len(written.text) - 1) + str(label))
            if written.space and k < last:
                text.append(" ")
                labels.append("0")
    return Paragraph("".join(text), "".join(labels), tuple(sentences))


def _punctuate(sentence: Sentence, table: dict[str, str]) -> Sentence:
    written = tuple(replace(w, text=table.get(w.text, w.text)) for w in sentence.written)
    words = tuple(replace(w, norm=table.get(w.norm, w.norm)) for w in sentence.words)
    return replace(sentence, written=written, words=words)


def _without_final(sentence: Sentence) -> Sentence:
    if len(sentence.written) < 3 or sentence.written[-1].text not in _FINAL:
        return sentence
    written: tuple[Written, ...] = sentence.written[:-1]
    return replace(sentence, written=written, words=sentence.words[:-1])


def paragraphs(sentences: Sequence[Sentence], rng: random.Random, *, varied: bool) -> list[Paragraph]:
    """Groups one to four neighbours of a document into lines; what has no final mark ends its line.

    Args:
        sentences: in the order of their source.
        rng: decides the grouping and the variation.
        varied: whether hamza is dropped, marks exchanged and final marks removed at random.
    """
    found: list[Paragraph] = []
    group: list[Sentence] = []
    for k, sentence in enumerate(sentences):
        if varied:
            if rng.random() < 0.5:
                sentence = respell(sentence, rng)
            draw = rng.random()
            sentence = _punctuate(sentence, _ARABIC if draw < 0.4 else _ASCII if draw < 0.6 else {})
            if rng.random() < 0.15:
                sentence = _without_final(sentence)
        group.append(sentence)
        after = sentences[k + 1] if k + 1 < len(sentences) else None
        ends = sentence.written[-1].text not in (*_FINAL, '"')
        if after is None or after.doc != sentence.doc or ends or len(group) == 4 or rng.random() < 0.35:
            found.append(paragraph(group))
            group = []
    return found


def conllu(sentences: Iterable[Sentence]) -> str:
    """CoNLL-U with forms and multi-word tokens only: what the expander and the scorer read."""
    blocks: list[str] = []
    for sentence in sentences:
        lines: list[str] = []
        n = 0
        for k, (surface, words) in enumerate(expansion(sentence)):
            glued = not sentence.written[k].space and k + 1 < len(sentence.written)
            misc = "SpaceAfter=No" if glued else "_"
            if len(words) > 1:
                lines.append("\t".join((f"{n + 1}-{n + len(words)}", surface, *["_"] * 7, misc)))
            for word in words:
                n += 1
                head = "0" if n == 1 else "1"
                rel = "root" if n == 1 else "dep"
                row = (str(n), word, "_", "X", "_", "_", head, rel, "_", "_" if len(words) > 1 else misc)
                lines.append("\t".join(row))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n\n"


def write_split(found: Sequence[Paragraph], folder: Path, name: str) -> None:
    """The files Stanza's trainers read: text, labels, expansions, CoNLL-U."""
    (folder / f"{name}.txt").write_text("\n\n".join(p.text for p in found) + "\n\n", encoding="utf-8")
    (folder / f"{name}.labels").write_text("\n\n".join(p.labels for p in found) + "\n\n", encoding="utf-8")
    flat = [s for p in found for s in p.sentences]
    counts = Counter(pair for s in flat for pair in expansion(s) if len(pair[1]) > 1)
    table = [[[surface, list(words)], n] for (surface, words), n in counts.items()]
    (folder / f"{name}.mwt.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    (folder / f"{name}.conllu").write_text(conllu(flat), encoding="utf-8")


def _contract(source: Path, target: Path) -> None:
    """A CoNLL-U file whose multi-word tokens are not yet expanded: the input of the expander's own test."""
    from stanza.utils.datasets.contract_mwt import contract_mwt

    contract_mwt(str(source), str(target))


def train(job: Job) -> str:
    """Trains both models and counts words into ``tokenizer``: :data:`TRAINED`, the graphs of both, and ``words.gz``.

    Returns:
        How much it was trained.

    Raises:
        TrainingError: the checkpoint was begun with other settings.
    """
    banks, config, work, out = read_treebanks(job.data), job.config, job.work, job.out / "tokenizer"
    job.say(f"dropped: {banks.dropped or 'nothing'}; {len(banks.words)} sentences to train on")
    if not job.resume:
        shutil.rmtree(work, ignore_errors=True)
    elif not work.is_dir():
        job.say(f"no checkpoint in {work}: beginning")
    for folder in (work, out):
        folder.mkdir(parents=True, exist_ok=True)
    settings = work / "config.json"
    if settings.is_file():
        same_settings(json.loads(settings.read_text(encoding="utf-8")), config, work)
    settings.write_text(json.dumps(dict(config)), encoding="utf-8")
    rng = random.Random(config["seed"])
    held = [s for k, s in enumerate(banks.words) if k % 20 == 7]
    rest = [s for k, s in enumerate(banks.words) if k % 20 != 7]
    plain = paragraphs(rest, rng, varied=False)
    varied = plain + [p for _ in range(2) for p in paragraphs(rest, rng, varied=True)]
    write_split(varied, work, "train")
    write_split(paragraphs(held, rng, varied=True), work, "dev")
    _contract(work / "dev.conllu", work / "dev.in.conllu")
    expander = work / EXPAND
    if not expander.is_file():
        (work / WORDS).write_bytes(count_words(read_news(job.data)))
        job.say("expander: training")
        _train_expander(work, rest, config, rng)
        # Under its own name only once it is whole, which tells a resumed training that it is done.
        (work / "expander.pt").rename(expander)
    best, steps = train_steps(_arguments(work, config), work, resume=job.resume, say=job.say)
    for source, target in ((best, TOKENIZE), (expander, EXPAND), (work / WORDS, WORDS)):
        shutil.copyfile(source, out / target)
    for name in (TOKENIZE, EXPAND):
        forget_paths(out / name)
    export_tokenizer(out / TOKENIZE, out / TOKENIZE_NETWORK)
    export_expander(out / EXPAND, out / EXPAND_NETWORK)
    shutil.rmtree(work)
    return f"best of {steps:,} batches by held-out sentences; {config['epochs']} epochs of the expander"


def measure(job: Job) -> Scores:
    """The tokeniser of ``job.out`` on raw text."""
    tokenizer = Tokenizer(spacy.blank("ar").vocab).load(job.out / "tokenizer")
    return Scores(tokenizers=measure_tokenizers(job.data, {"stanza": tokenizer}))


def forget_paths(file: Path) -> None:
    """Writes a checkpoint anew without the names of the files and folders it was made from."""
    import torch

    content = torch.load(file, weights_only=True)
    for key in content["config"]:
        if key.endswith(("_file", "_dir", "_name", "_gold")):
            content["config"][key] = ""
    torch.save(content, file, _use_new_zipfile_serialization=False)


def _arguments(work: Path, config: Mapping[str, Any]) -> list[str]:
    """The options of Stanza's tokeniser."""
    steps, look = config["steps"], min(config["eval_steps"], config["steps"])
    return [
        "--cpu", "--mode", "train", "--lang", "ar", "--shorthand", "ar_waqai", "--seed", str(config["seed"] % 10000),
        "--txt_file", str(work / "train.txt"), "--label_file", str(work / "train.labels"),
        "--mwt_json_file", str(work / "train.mwt.json"),
        "--dev_txt_file", str(work / "dev.txt"), "--dev_label_file", str(work / "dev.labels"),
        "--dev_conll_gold", str(work / "dev.conllu"), "--conll_file", str(work / "dev.out.conllu"),
        "--max_seqlen", "300", "--steps", str(steps), "--eval_steps", str(look), "--report_steps", "100",
        "--batch_size", "32", "--dropout", "0.25", "--unit_dropout", "0.15", "--feat_unit_dropout", "0.15",
        "--augment_mid_punct_prob", "0", "--augment_final_punct_prob", "0",
        "--save_dir", str(work), "--save_name", "best.pt",
    ]  # fmt: skip


def _train_expander(
    work: Path, sentences: Sequence[Sentence], config: Mapping[str, Any], rng: random.Random
) -> None:
    """Each expansion once, as written and without hamza: frequent words would only slow the training."""
    from stanza.models import mwt_expander

    spelled = [*sentences, *(respell(s, rng) for s in sentences)]
    unique = {surface: (surface, words) for s in spelled for surface, words in expansion(s) if len(words) > 1}
    counts = Counter(pair for s in spelled for pair in expansion(s) if len(pair[1]) > 1)
    for surface, words in counts:
        if counts[(surface, words)] > counts[unique[surface]]:
            unique[surface] = (surface, words)
    lines = [_mwt_sentence(pair) for pair in unique.values()]
    (work / "mwt.conllu").write_text("\n\n".join(lines) + "\n\n", encoding="utf-8")
    mwt_expander.main([
        "--cpu", "--mode", "train", "--lang", "ar", "--shorthand", "ar_waqai", "--seed", str(config["seed"] % 10000),
        "--train_file", str(work / "mwt.conllu"), "--eval_file", str(work / "dev.in.conllu"),
        "--gold_file", str(work / "dev.conllu"), "--output_file", str(work / "dev.mwt.conllu"),
        "--num_epoch", str(config["epochs"]), "--max_dec_len", "40", "--batch_size", "50", "--augment_apos", "0",
        "--save_dir", str(work), "--save_name", "expander.pt",
    ])  # fmt: skip


def _mwt_sentence(pair: tuple[str, tuple[str, ...]]) -> str:
    surface, words = pair
    lines = ["\t".join((f"1-{len(words)}", surface, *["_"] * 8))]
    for n, word in enumerate(words, 1):
        lines.append(
            "\t".join((str(n), word, "_", "X", "_", "_", str(n - 1), "dep" if n > 1 else "root", "_", "_"))
        )
    return "\n".join(lines)

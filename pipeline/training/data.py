"""What may be trained on, and the one rule against leakage. :mod:`pipeline.training.files` names the files."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.text.normalize import fold
from pipeline.training.conllu import (
    FOREIGN,
    UNANALYSED,
    Sentence,
    Word,
    Written,
    blocks,
    key,
    read_padt,
    read_pud,
)
from pipeline.training.files import ANERCORP_TEST, PADT_DEV, PADT_TEST, PUD, UM_DEV, UM_TEST

#: Of the disorder that makes the test data, the same for every training.
SEED = 20261122


def respace(sentence: Sentence, rng: random.Random) -> Sentence:
    """Newspaper spacing for PADT, whose punctuation stands apart; ``rng`` keeps some of the disorder of real text."""
    spaces = [w.space for w in sentence.written]
    texts = [w.text for w in sentence.written]
    open_quote = False
    for k, text in enumerate(texts):
        before = k - 1
        if text in ("،", "؛", ".", ":", "؟", "!", ",", ";", ")", "...", "%") and before >= 0:
            spaces[before] = rng.random() < 0.04
        elif text == "(":
            spaces[k] = rng.random() < 0.04
        elif text == '"':
            if open_quote and before >= 0:
                spaces[before] = rng.random() < 0.04
            elif not open_quote:
                spaces[k] = rng.random() < 0.04
            open_quote = not open_quote
        elif (text == "/" and before >= 0 and rng.random() < 0.8) or (
            text == "-" and 0 < k < len(texts) - 1 and texts[k - 1].isdigit() and texts[k + 1].isdigit()
        ):
            spaces[before] = spaces[k] = False
        elif (
            text in ("ب", "ل", "ك") and k + 1 < len(texts) and (texts[k + 1] == '"' or texts[k + 1].isdigit())
        ):
            spaces[k] = rng.random() < 0.3
    written = tuple(replace(w, space=s) for w, s in zip(sentence.written, spaces, strict=True))
    return replace(sentence, written=written)


#: Spellings that newspapers leave out or exchange: hamza on and under alef, ى for final ي and back, ه for ة.
_BARE_ALEF = str.maketrans("أإآ", "ااا")


def respell(sentence: Sentence, rng: random.Random) -> Sentence:
    """The same sentence as a hurried desk would spell it: no hamza, sometimes ى for ي and ه for ة at the end."""
    swap_ya = rng.random() < 0.25
    swap_ta = rng.random() < 0.08
    hamza = rng.random() < 0.85

    def spell(text: str) -> str:
        if hamza:
            text = text.translate(_BARE_ALEF)
        if swap_ya and len(text) > 2 and text[-1] in "يى":
            text = text[:-1] + "ى"
        if swap_ta and len(text) > 3 and text[-1] == "ة":
            text = text[:-1] + "ه"
        return text

    written: list[Written] = []
    words: list[Word] = []
    at = 0
    for w in sentence.written:
        inside = sentence.words[at : at + len(w.slices)]
        at += len(inside)
        written.append(replace(w, text=spell(w.text)))
        # Only the last word inside a written word ends where the written word ends.
        words.extend(replace(x, norm=x.norm.translate(_BARE_ALEF) if hamza else x.norm) for x in inside[:-1])
        words.append(replace(inside[-1], norm=spell(inside[-1].norm)))
    return replace(sentence, written=tuple(written), words=tuple(words))


def settle_tags(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Replaces PADT's X, which tells about its lexicon and not about the word.

    A foreign name is PROPN; another word has the tag that the treebanks give the same letters nearly always, or
    none. What is none is missing in the loss.
    """
    counts: dict[str, dict[str, int]] = {}
    for sentence in sentences:
        for word in sentence.words:
            if word.upos not in ("", FOREIGN, UNANALYSED):
                tags = counts.setdefault(fold(word.norm), {})
                tags[word.upos] = tags.get(word.upos, 0) + 1

    def settle(word: Word) -> Word:
        if word.upos == FOREIGN:
            return replace(word, upos="PROPN")
        if word.upos != UNANALYSED:
            return word
        tags = counts.get(fold(word.norm), {})
        best = max(tags, key=lambda tag: (tags[tag], tag), default="")
        sure = best and tags[best] >= 0.9 * sum(tags.values()) and sum(tags.values()) > 2
        return replace(word, upos=best if sure else "")

    return [replace(s, words=tuple(settle(w) for w in s.words)) for s in sentences]


def plain_tags(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The tags as the treebank has them: X for what PADT does not know."""
    return [
        replace(
            s, words=tuple(replace(w, upos="X") if w.upos in (FOREIGN, UNANALYSED) else w for w in s.words)
        )
        for s in sentences
    ]


@dataclass(frozen=True, slots=True)
class Treebanks:
    """What may be trained on, and what is tested on. ``trees`` are those of ``words`` that carry trees; ``plain`` are
    the same with the tags as the treebank has them; ``tagged`` are those of ``words`` with UniMorph features only."""

    words: tuple[Sentence, ...]
    trees: tuple[Sentence, ...]
    plain: tuple[Sentence, ...]
    tagged: tuple[Sentence, ...]
    padt_test: tuple[Sentence, ...]
    um_test: tuple[Sentence, ...]
    pud_test: tuple[Sentence, ...]
    dropped: dict[str, int]


def split_pud(sentences: Sequence[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """The first 80 %, extended to the end of its last document, and the rest."""
    cut = int(len(sentences) * 0.8)
    while 0 < cut < len(sentences) and sentences[cut].doc == sentences[cut - 1].doc:
        cut += 1
    return list(sentences[:cut]), list(sentences[cut:])


def forbidden(data: Path) -> frozenset[str]:
    """Keys of every sentence of any test file, those of the names included."""
    keys = {key(s.text) for name in (PADT_TEST, UM_TEST) for s in read_padt(data / name)}
    keys |= {
        key(" ".join(r.form for r in rows if r.id.isdigit()))
        for n in (PADT_TEST, UM_TEST)
        for _, rows in blocks(data / n)
    }
    keys |= {key(notes.get("text", "")) for name in (PADT_TEST, UM_TEST) for notes, _ in blocks(data / name)}
    keys |= {key(s.text) for s in split_pud(read_pud(data / PUD))[1]}
    names = data / ANERCORP_TEST
    if names.exists():
        sentences = names.read_text(encoding="utf-8").split("\n\n")
        keys |= {key(" ".join(line.split("\t")[0] for line in s.split("\n"))) for s in sentences}
    return frozenset(k for k in keys if k)


def read_treebanks(data: Path) -> Treebanks:
    """All treebanks below ``data``, sentences of any test file and repetitions dropped from what is trained on."""
    rng = random.Random(SEED)
    tests = forbidden(data)
    pud_train, pud_test = split_pud(read_pud(data / PUD))
    seen: set[str] = set()
    dropped: dict[str, int] = {}
    kept: dict[str, list[Sentence]] = {}
    sources = ((PADT_DEV, read_padt(data / PADT_DEV)), (PUD, pud_train), (UM_DEV, read_padt(data / UM_DEV)))
    for name, sentences in sources:
        kept[name] = []
        for sentence in sentences:
            k = key(sentence.text)
            if k in tests:
                dropped[f"{name}: in a test file"] = dropped.get(f"{name}: in a test file", 0) + 1
            elif k in seen:
                dropped[f"{name}: repeated"] = dropped.get(f"{name}: repeated", 0) + 1
            else:
                seen.add(k)
                kept[name].append(sentence)
    spaced = [*(respace(s, rng) for s in kept[PADT_DEV]), *kept[PUD]]
    trees = settle_tags(spaced)
    padt_test = plain_tags(respace(s, rng) for s in read_padt(data / PADT_TEST))
    return Treebanks(
        words=(*trees, *kept[UM_DEV]),
        trees=tuple(trees),
        plain=tuple(plain_tags(spaced)),
        tagged=tuple(kept[UM_DEV]),
        padt_test=tuple(padt_test),
        um_test=tuple(read_padt(data / UM_TEST)),
        pud_test=tuple(pud_test),
        dropped=dropped,
    )

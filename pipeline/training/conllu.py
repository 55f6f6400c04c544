"""Reads treebanks in CoNLL-U into one kind of value: written words with their spacing, and the words inside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.text.clitics import align
from pipeline.text.normalize import clean, fold

#: PADT's X says that its lexicon lacks the word: foreign names it knows as such, and whatever it does not know at all.
FOREIGN = "X:foreign"
UNANALYSED = "X:unknown"


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word. ``head`` counts from 0 within the sentence (-1: root, None: the source has no trees);
    ``upos`` is empty where the source has none."""

    norm: str
    upos: str
    feats: str
    lemma: str
    head: int | None
    rel: str


@dataclass(frozen=True, slots=True)
class Written:
    """A written word in normal form: its letters, the slice of each word in it, and whether a space follows."""

    text: str
    slices: tuple[tuple[int, int], ...]
    space: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a treebank; ``written`` cover ``words`` in order."""

    doc: str
    paragraph: str
    written: tuple[Written, ...]
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return "".join(w.text + (" " if w.space else "") for w in self.written).rstrip()


def key(text: str) -> str:
    """What makes two sentences the same: their letters and digits, spelling variants folded."""
    return re.sub(r"[\W_]+", "", fold(text))


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: str
    rel: str
    glued: bool


def blocks(path: Path) -> Iterator[tuple[dict[str, str], list[Row]]]:
    """Comments (carried over for newdoc and newpar) and rows of each sentence of a CoNLL-U file."""
    notes: dict[str, str] = {}
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            name, _, value = line[1:].partition("=")
            if not value:  # «# orig_file_sentence DOC#3»
                name, _, value = line[1:].strip().partition(" ")
            notes[name.strip()] = value.strip()
        elif line.strip():
            c = line.split("\t")
            if "." not in c[0]:
                rows.append(Row(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], "SpaceAfter=No" in c[9]))
        elif rows:
            yield notes, rows
            rows = []
            notes = {k: v for k, v in notes.items() if k in ("newdoc id", "newpar id")}


def _feats(text: str) -> str:
    return "" if text == "_" else text.replace("Foreign=Foreign", "Foreign=Yes")


def _form(row: Row) -> str:
    """The normal form; a lone tatweel, which stands for a dash, becomes one so that no row is lost."""
    return clean(row.form).strip() or "-"


def _lemma(row: Row) -> str:
    bare = clean(row.lemma).replace("ٱ", "ا")
    return _form(row) if bare in ("", "_") else bare


def _word(row: Row, norm: str) -> Word:
    head = int(row.head) - 1 if row.head.isdigit() else None
    upos = "" if row.upos == "_" else row.upos
    if upos == "X" and row.xpos[:1] in ("U", "X"):
        upos = UNANALYSED if row.xpos[0] == "U" else FOREIGN
    return Word(norm, upos, _feats(row.feats), _lemma(row), head, "" if row.rel == "_" else row.rel)


def _assemble(
    groups: Iterable[tuple[str, list[Row], list[str], bool]], doc: str, paragraph: str
) -> Sentence | None:
    """A sentence from groups (surface, rows, underlying forms, space after); None where a group does not align."""
    written: list[Written] = []
    words: list[Word] = []
    for surface, rows, forms, space in groups:
        pieces = align(surface, tuple(forms))
        if pieces is None:
            return None
        written.append(Written(surface, tuple((p.start, p.end) for p in pieces), space))
        words.extend(_word(row, piece.norm) for row, piece in zip(rows, pieces, strict=True))
    return Sentence(doc, paragraph, tuple(written), tuple(words)) if words else None


def read_padt(path: Path) -> list[Sentence]:
    """PADT and PADT-UM: multi-word tokens on their own lines. Sentences that do not align are left out."""
    found: list[Sentence] = []
    for notes, rows in blocks(path):
        groups: list[tuple[str, list[Row], list[str], bool]] = []
        at = 0
        while at < len(rows):
            row = rows[at]
            if "-" in row.id:
                first, last = (int(n) for n in row.id.split("-"))
                inside = rows[at + 1 : at + 2 + last - first]
                groups.append((_form(row), inside, [_form(r) for r in inside], not row.glued))
                at += 1 + len(inside)
            else:
                groups.append((_form(row), [row], [_form(row)], not row.glued))
                at += 1
        origin = notes.get("orig_file_sentence", "")
        sentence = _assemble(groups, origin.rpartition("#")[0], notes.get("newpar id", origin))
        if sentence is not None and all(" " not in w.text for w in sentence.written):
            found.append(sentence)
    return found


def read_pud(path: Path) -> list[Sentence]:
    """PUD: clitics are words glued to the next; runs of them become written words, their normal forms restored."""
    found: list[Sentence] = []
    for notes, rows in blocks(path):
        groups: list[tuple[str, list[Row], list[str], bool]] = []
        run: list[Row] = []
        for k, row in enumerate(rows):
            run.append(row)
            after = rows[k + 1] if k + 1 < len(rows) else None
            symbols = row.upos in ("PUNCT", "SYM") or (after is not None and after.upos in ("PUNCT", "SYM"))
            if not row.glued or after is None or symbols:
                surface = "".join(clean(r.form) for r in run)
                groups.append((surface, run, _pud_forms(run), not row.glued))
                run = []
        sentence = _assemble(groups, notes.get("newdoc id", ""), notes.get("sent_id", ""))
        if sentence is not None:
            found.append(sentence)
    return found


def _pud_forms(run: Sequence[Row]) -> list[str]:
    """Underlying forms of glued words: ل + لسلطة is ل + السلطة, سيطرت + ها is سيطرة + ها where a noun."""
    forms = [clean(row.form) for row in run]
    for k in range(1, len(run)):
        lemma = _lemma(run[k])
        if forms[k - 1] == "ل" and forms[k].startswith("ل") and "Definite=Def" in run[k].feats:
            forms[k] = ("ال" if lemma.startswith("ل") and not forms[k].startswith("لل") else "ا") + forms[k]
        pronoun = run[k].upos == "PRON"
        nominal = run[k - 1].upos in ("NOUN", "ADJ", "PROPN")
        if pronoun and nominal and forms[k - 1].endswith("ت") and _lemma(run[k - 1]).endswith("ة"):
            forms[k - 1] = forms[k - 1][:-1] + "ة"
        if pronoun and forms[k - 1] in ("إلي", "علي", "لدي", "الي"):
            forms[k - 1] = forms[k - 1][:-1] + "ى"
    return forms

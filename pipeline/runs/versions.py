"""What results depend on besides the article: when any of it changes, everything is done again."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import pipeline
from pipeline.articles.items import Limits
from pipeline.knowledge.load import data_path

#: Libraries whose results are part of ours.
_LIBRARIES = (
    "babel",
    "camel-tools",
    "hijridate",
    "lxml",
    "mazini",
    "numpy",
    "pyarrow",
    "pydantic",
    "python-crfsuite",
    "rapidfuzz",
    "rensa",
    "spacy",
    "stanza",
    "torch",
    "trafilatura",
)

#: Parts of the program that come before or after a run, or call it: no record depends on them.
_BESIDE = frozenset(
    (
        "bench",
        "commands",
        "evaluation",
        "report",
        "review",
        "training",
        "evaluate.py",
        "cli.py",
        "__main__.py",
    )
)


@lru_cache(maxsize=1)
def code_hash() -> str:
    """12 hex digits over the program's own modules: after an edit it is another program."""
    root = Path(pipeline.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*.py") if p.relative_to(root).parts[0] not in _BESIDE):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1)
def report_hash() -> str:
    """12 hex digits over what makes the report: after an edit the page is made anew, the records are not."""
    root = Path(pipeline.__file__).parent / "report"
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.suffix in (".py", ".html", ".css", ".json")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1)
def library_versions() -> dict[str, str]:
    """Python and the libraries by name; those that are not installed are left out."""
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def reading_key(published: str | None, limits: Limits, generation: int) -> str:
    """What the reading of a file depends on besides its content."""
    fields = hashlib.sha256(data_path("fields.yaml").read_bytes()).hexdigest()
    return _key(
        [code_hash(), fields, published, asdict(limits), library_versions().get("trafilatura"), generation]
    )


def extraction_key(versions: Mapping[str, str], generation: int) -> str:
    """What the records of an article depend on besides the article.

    Args:
        versions: of the extractor: program, engine, models, knowledge.
        generation: goes up when the user asks for everything anew.
    """
    return _key([code_hash(), dict(sorted(versions.items())), library_versions(), generation])


def _key(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]

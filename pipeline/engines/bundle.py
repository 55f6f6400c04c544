"""Where the bundled models lie, and the check that they are whole."""

from __future__ import annotations

import hashlib
import os
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

MANIFEST = "MANIFEST.toml"
#: Names a folder of models to use instead of the bundled ones.
VARIABLE = "WAQAI_MODELS"
_PACKAGE = Path(__file__).resolve().parent.parent


class ModelError(RuntimeError):
    """Models that are missing, incomplete or damaged. The message says which file and what to do."""


def models_dir() -> Path:
    """The folder of the models: ``WAQAI_MODELS``, else the copy inside the installed package, else the repository's.

    Raises:
        ModelError: none of them holds a manifest.
    """
    named = os.environ.get(VARIABLE)
    if named:
        folder = Path(named)
        if not (folder / MANIFEST).is_file():
            raise ModelError(f"{VARIABLE} names {folder}, which holds no {MANIFEST}")
        return folder
    for folder in (_PACKAGE / "_models", _PACKAGE.parent / "models"):
        if (folder / MANIFEST).is_file():
            return folder
    raise ModelError(f"no bundled models found; set {VARIABLE} to a folder with a {MANIFEST}, or train them")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest as plain data.

    Raises:
        ModelError: it cannot be read.
    """
    try:
        return tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder / MANIFEST} cannot be read: {error}") from error


@lru_cache(maxsize=8)
def verify(folder: Path) -> None:
    """Compares every file with the manifest, once for each folder and process.

    Raises:
        ModelError: names every file that is missing or differs.
    """
    faults: list[str] = []
    for entry in read_manifest(folder).get("files", ()):
        path = folder / entry["path"]
        if not path.is_file():
            faults.append(f"{entry['path']} is missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            faults.append(f"{entry['path']} is damaged (its sha256 differs from the manifest)")
    if faults:
        raise ModelError(f"the models in {folder} cannot be used: " + "; ".join(faults))


def models_hash() -> str:
    """12 hex digits of the sha256 of the manifest, which holds the hashes of all files: what provenance names.

    Raises:
        ModelError: there are no models.
    """
    return hashlib.sha256((models_dir() / MANIFEST).read_bytes()).hexdigest()[:12]

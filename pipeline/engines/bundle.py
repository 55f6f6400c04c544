"""Where the bundled models lie, and the check that they are whole."""

from __future__ import annotations

import hashlib
import os
import tomllib
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class FileState:
    """A model file as the manifest has it and as it lies on the disk.

    Attributes:
        path: relative to the folder of the models.
        part: the part it belongs to; empty for a file that the manifest does not know.
        size: bytes on the disk; 0 where it is missing.
        fault: what is wrong with it, as «is missing»; empty where nothing is.
    """

    path: str
    part: str
    size: int
    fault: str


def inspect(folder: Path) -> list[FileState]:
    """Every file of the manifest, and every file in the folder of a part that the manifest does not know.

    Raises:
        ModelError: the manifest cannot be read.
    """
    listed: dict[str, tuple[str, str]] = {}
    for entry in read_manifest(folder).get("files", ()):
        if not isinstance(entry, dict) or not {"path", "sha256"} <= entry.keys():
            raise ModelError(f"{folder / MANIFEST} cannot be read: a file without path or sha256")
        listed[entry["path"]] = (entry.get("part", entry["path"].split("/")[0]), entry["sha256"])
    states: list[FileState] = []
    for name, (part, sha256) in listed.items():
        path = folder / name
        if not path.is_file():
            states.append(FileState(name, part, 0, "is missing"))
            continue
        content = path.read_bytes()
        damaged = hashlib.sha256(content).hexdigest() != sha256
        fault = "is damaged (its sha256 differs from the manifest)" if damaged else ""
        states.append(FileState(name, part, len(content), fault))
    for top in sorted({name.split("/")[0] for name in listed if "/" in name}):
        for path in sorted(p for p in (folder / top).rglob("*") if p.is_file()):
            name = path.relative_to(folder).as_posix()
            if name not in listed:
                states.append(FileState(name, "", path.stat().st_size, "is not in the manifest"))
    return states


@lru_cache(maxsize=8)
def verify(folder: Path) -> None:
    """Compares every file with the manifest, once for each folder and process.

    Raises:
        ModelError: names every file that is missing, differs or does not belong there.
    """
    faults = [f"{state.path} {state.fault}" for state in inspect(folder) if state.fault]
    if faults:
        raise ModelError(f"the models in {folder} cannot be used: " + "; ".join(faults))


def models_hash(*fetched: str) -> str:
    """12 hex digits over the manifest, which holds the hashes of all files: what provenance names.

    Args:
        fetched: fingerprints of models beside the bundled ones, which change the result.

    Raises:
        ModelError: there are no models.
    """
    digest = hashlib.sha256((models_dir() / MANIFEST).read_bytes())
    for fingerprint in fetched:
        digest.update(b"\0" + fingerprint.encode())
    return digest.hexdigest()[:12]

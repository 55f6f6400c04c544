"""Models that are not bundled: the official Stanza package for Arabic and CAMeLBERT's names, once the user has them.

Each is looked for in our own folder, where ``make models`` puts it, and then where its library keeps it, so that what
is there already is used. Only small JSON files are read here; nothing is imported and nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from pipeline.engines.bundle import ModelError

#: Names a folder to put and look for fetched models in.
VARIABLE = "WAQAI_FETCHED"
LANGUAGE = "ar"
#: The package of Stanza's catalogue that is taken.
PACKAGE = "default"
#: Steps of Stanza without which it is no engine, and those used where the package has them.
NEEDED = ("tokenize", "mwt", "pos", "lemma", "depparse")
OPTIONAL = ("ner",)
#: The component of camel-tools' catalogue that recognises names.
COMPONENT = "NamedEntityRecognition"
HINT = "fetch it with `make models`"


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def fetched_dir() -> Path:
    """Where fetched models are put: ``WAQAI_FETCHED``, else ``waqai/models`` in the user's cache folder."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else _cache() / "waqai" / "models"


def places(name: str) -> tuple[Path, ...]:
    """The folders in which ``stanza`` or ``camel`` is looked for, in this order."""
    if name == "stanza":
        named = os.environ.get("STANZA_RESOURCES_DIR")
        own = Path(named) if named else _cache() / "stanza" / metadata.version("stanza") / "resources"
    else:
        named = os.environ.get("CAMELTOOLS_DATA")
        own = Path(named).expanduser() if named else Path.home() / ".camel_tools"
    return fetched_dir() / name, own


@dataclass(frozen=True, slots=True)
class File:
    """A file of a fetched model, with what its catalogue says of it (empty where it says nothing)."""

    path: Path
    algorithm: str = ""
    digest: str = ""

    def intact(self) -> bool | None:
        """Whether the content is what the catalogue says; None where it says nothing."""
        if not self.digest:
            return None
        with self.path.open("rb") as content:
            return hashlib.file_digest(content, self.algorithm).hexdigest() == self.digest


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched model.

    Attributes:
        name: ``stanza`` or ``camel``.
        folder: for Stanza the folder of its ``resources.json``, for CAMeLBERT that of the model itself.
        files: what it is made of; all are there.
        steps: Stanza's processors in order; empty for CAMeLBERT.
        licence: what its catalogue says; empty where it says nothing.
    """

    name: str
    folder: Path
    files: tuple[File, ...]
    steps: tuple[str, ...] = ()
    licence: str = ""

    @property
    def fingerprint(self) -> str:
        """12 hex digits over names, sizes and known digests of the files: cheap, and another for another model."""
        rows = [f"{f.path.relative_to(self.folder)} {f.path.stat().st_size} {f.digest}" for f in self.files]
        return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()[:12]


def find(name: str) -> Fetched:
    """The fetched model called ``stanza`` or ``camel``.

    Raises:
        ModelError: it is in none of its places, or not whole; the message says where it was looked for.
    """
    for place in places(name):
        found = look(name, place)
        if found is not None:
            return found
    title = "official Stanza package for Arabic" if name == "stanza" else "CAMeLBERT model for names"
    looked = " and ".join(map(str, places(name)))
    raise ModelError(f"there is no {title} in {looked}; {HINT}")


def look(name: str, place: Path) -> Fetched | None:
    """What one of its places holds of ``stanza`` or ``camel``; None where nothing is there.

    Raises:
        ModelError: something is there, but it is not whole.
    """
    return _stanza(place) if name == "stanza" else _camel(place)


def _read(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}; {HINT}") from error
    if not isinstance(content, dict):
        raise ModelError(f"{path} is no catalogue of models; {HINT}")
    return content


def _complete(name: str, folder: Path, files: Sequence[File]) -> None:
    missing = [str(f.path.relative_to(folder)) for f in files if not f.path.is_file()]
    if missing:
        raise ModelError(f"the {name} models in {folder} are not whole: {', '.join(missing)} missing; {HINT}")


def _stanza(folder: Path) -> Fetched | None:
    resources = (_read(folder / "resources.json") or {}).get(LANGUAGE)
    # The catalogue lists every language, whether its models have been fetched or not.
    if not isinstance(resources, dict) or not (folder / LANGUAGE).is_dir():
        return None
    package = resources.get("packages", {}).get(PACKAGE, {})
    lacking = [step for step in NEEDED if step not in package]
    if lacking:
        raise ModelError(f"the Stanza package in {folder} has no {', '.join(lacking)}; {HINT}")
    steps = (*NEEDED, *(step for step in OPTIONAL if step in package))
    wanted: dict[tuple[str, str], None] = {}
    for step in steps:
        wanted[step, package[step]] = None
        about = resources.get(step, {}).get(package[step], {})
        for other in about.get("dependencies") or ():
            wanted[other["model"], other["package"]] = None
    files = [
        File(
            folder / LANGUAGE / step / f"{model}.pt",
            "md5",
            str(_about(resources, step, model).get("md5", "")),
        )
        for step, model in wanted
    ]
    _complete("Stanza", folder, files)
    licences = {str(_about(resources, step, model).get("license", "")) for step, model in wanted} - {""}
    return Fetched(
        "stanza", folder, (*files, File(folder / "resources.json")), steps, ", ".join(sorted(licences))
    )


def _about(resources: dict[str, Any], step: str, model: str) -> dict[str, Any]:
    about = resources.get(step, {}).get(model, {})
    return about if isinstance(about, dict) else {}


def _camel(place: Path) -> Fetched | None:
    catalogue = _read(place / "catalogue.json")
    component = (catalogue or {}).get("components", {}).get(COMPONENT)
    if catalogue is None or component is None:
        return None
    path = component["datasets"][component["default"]]["path"]
    folder = place / "data" / path
    if not folder.is_dir():
        return None
    listed: dict[str, Any] = next(
        (p for p in catalogue.get("packages", {}).values() if p.get("destination") == path), {}
    )
    files = [File(folder / f["path"], "sha256", f["sha256"]) for f in listed.get("files") or ()]
    if not files:
        weights = [name for name in ("model.safetensors", "pytorch_model.bin") if (folder / name).is_file()]
        files = [
            File(folder / name) for name in ("config.json", "vocab.txt", *(weights or ["model.safetensors"]))
        ]
    _complete("CAMeLBERT", folder, files)
    return Fetched("camel", folder, tuple(files), licence=str(listed.get("license") or ""))

"""Fetches the models that are not bundled, by their own libraries' downloaders.

The downloader runs in a process of its own and writes into a folder beside the target, which takes the target's place
only once everything is there and is what its catalogue says. Without a network nothing is left behind.

``python -m pipeline.engines.fetch stanza|camel FOLDER`` is that process; people use ``waqai models --fetch``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

from pipeline.engines.bundle import ModelError
from pipeline.engines.fetched import (
    COMPONENT,
    LANGUAGE,
    NEEDED,
    OPTIONAL,
    PACKAGE,
    Fetched,
    fetched_dir,
    look,
)

#: What can be fetched, and what it is called to people.
TITLES = {"stanza": "the official Stanza package for Arabic", "camel": "CAMeLBERT for names"}
#: Names a mirror of camel-tools' catalogue; Stanza reads STANZA_RESOURCES_URL and STANZA_MODEL_URL itself.
MIRROR = "WAQAI_CAMEL_CATALOGUE"
#: Seconds after which a server that does not answer is taken for no network.
PATIENCE = 20
_REASON = "reason.txt"


class FetchError(RuntimeError):
    """A model could not be fetched; nothing was changed. The message is one line."""


def fetch(name: str) -> Fetched:
    """Downloads ``stanza`` or ``camel`` into :func:`pipeline.engines.fetched.fetched_dir` and says what is there now.

    Raises:
        FetchError: there is no network, the folder cannot be written, or what came is not whole.
    """
    target = fetched_dir() / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{name}-") as work:
            fresh = Path(work) / "models"
            _download(name, Path(work), fresh)
            _check(name, fresh)
            _replace(target, fresh, Path(work) / "before")
    except OSError as error:
        where = error.filename or target
        raise FetchError(f"{TITLES[name]} was not fetched: {where}: {error.strerror or error}") from error
    found = look(name, target)
    if found is None:
        raise FetchError(f"{TITLES[name]} was not fetched: {target} was removed meanwhile")
    return found


def _download(name: str, work: Path, fresh: Path) -> None:
    fresh.mkdir()
    # What the hub's client keeps for itself goes with the folder, too.
    home = {"HF_HOME": str(work / "hub"), "CAMELTOOLS_DATA": str(fresh)}
    command = [sys.executable, "-m", "pipeline.engines.fetch", name, str(fresh)]
    done = subprocess.run(command, env={**os.environ, **home}, cwd=_root(), check=False)
    if done.returncode:
        reason = work / _REASON
        why = reason.read_text(encoding="utf-8") if reason.is_file() else "the download was broken off"
        raise FetchError(f"{TITLES[name]} was not fetched: {why}; nothing was changed")


def _root() -> Path:
    """Where ``python -m pipeline…`` finds this very package."""
    return Path(__file__).resolve().parents[2]


def _check(name: str, folder: Path) -> None:
    try:
        found = look(name, folder)
    except ModelError as error:
        raise FetchError(f"{TITLES[name]} was not fetched: what came is not whole: {error}") from error
    bad = None if found is None else [f.path.name for f in found.files if f.intact() is False]
    if bad or found is None:
        what = f"{', '.join(bad)} differs from the catalogue" if bad else "no model was in it"
        raise FetchError(f"{TITLES[name]} was not fetched: {what}; nothing was changed")


def _replace(target: Path, fresh: Path, before: Path) -> None:
    if target.exists():
        target.rename(before)
    fresh.rename(target)


def _reach(url: str) -> None:
    """Whether the server of ``url`` gives it out.

    Raises:
        FetchError: it does not; the message says what that most likely means.
    """
    host = urlsplit(url).hostname
    try:
        urlopen(url, timeout=PATIENCE).close()
    except HTTPError as error:
        raise FetchError(f"{host} refuses it (HTTP {error.code})") from error
    except OSError as error:
        reason = " ".join(str(getattr(error, "reason", error)).split())
        raise FetchError(f"no network: {host} cannot be reached ({reason})") from error


def _stanza(folder: Path) -> None:
    from stanza.resources import common

    _reach(f"{common.DEFAULT_RESOURCES_URL}/resources_{common.DEFAULT_RESOURCES_VERSION}.json")
    common.download_resources_json(str(folder))
    resources = json.loads((folder / "resources.json").read_text(encoding="utf-8"))
    offered = resources.get(LANGUAGE, {}).get("packages", {}).get(PACKAGE, {})
    steps = [step for step in (*NEEDED, *OPTIONAL) if step in offered]
    common.download(LANGUAGE, str(folder), package=PACKAGE, processors=",".join(steps), download_json=False)


def _camel(folder: Path) -> None:
    catalogue = folder / "catalogue.json"
    empty: dict[str, Any] = {"version": "", "packages": {}, "components": {}}
    # With it there the import asks for none; the real one takes its place below.
    catalogue.write_text(json.dumps(empty), encoding="utf-8")
    from camel_tools.data import catalogue as library

    url = os.environ.get(MIRROR) or library.CATALOGUE_URL
    _reach(url)
    library.HTTPDownloader.download(url, catalogue)
    content = json.loads(catalogue.read_text(encoding="utf-8"))
    component = content["components"][COMPONENT]
    path = component["datasets"][component["default"]]["path"]
    names = [name for name, package in content["packages"].items() if package.get("destination") == path]
    if not names:
        raise FetchError(f"the catalogue has no package for {path}")
    library.Catalogue.load_catalogue(catalogue).download_package(names[0], print_status=True)


def main(arguments: list[str]) -> int:
    """The downloading process: 0 if all came, else 1 with the reason in a file beside the folder."""
    name, folder = arguments
    try:
        {"stanza": _stanza, "camel": _camel}[name](Path(folder))
    # Whatever the downloaders met on the way is the reason, on one line.
    except Exception as error:
        reason = " ".join(str(error).split())[:300] or type(error).__name__
        (Path(folder).parent / _REASON).write_text(reason, encoding="utf-8")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

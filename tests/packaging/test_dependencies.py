"""pyproject.toml names what the code imports, no more and no less; the lock pins it and names no source."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent

#: Needed although nothing here imports them: by whom.
INDIRECT = {"lxml-html-clean": "trafilatura cleans pages with it; lxml itself no longer has it"}
#: What may import the dependencies of an extra.
EXTRA_OF = {
    "export/cas.py": "export",
    "resolve/gazetteer_build.py": "train",
    "review": "review",
    "runs/cluster.py": "cluster",
    "runs/partitions.py": "cluster",
    "runs/remote.py": "cluster",
    "training": "train",
}


@lru_cache(maxsize=1)
def project() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return dict(tomllib.load(file)["project"])


def declared(*extras: str) -> dict[str, Requirement]:
    lines = list(project()["dependencies"])
    for extra in extras:
        lines += project()["optional-dependencies"][extra]
    return {canonicalize_name(r.name): r for r in map(Requirement, lines)}


def imported(path: Path) -> set[str]:
    """The top-level names of the third-party modules that a file imports anywhere."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return {name for name in names if name not in sys.stdlib_module_names and name != "pipeline"}


@lru_cache(maxsize=1)
def _installed() -> Mapping[str, list[str]]:
    return packages_distributions()


def _distributions(name: str) -> set[str]:
    """What an imported name may come from; the name itself where it is not installed (an extra that is not)."""
    return {canonicalize_name(d) for d in _installed().get(name, [name])}


FILES = sorted((ROOT / "pipeline").rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_what_is_imported_is_declared(path: Path) -> None:
    inside = path.relative_to(ROOT / "pipeline")
    allowed = declared(*(extra for part, extra in EXTRA_OF.items() if inside.is_relative_to(part)))
    missing = {name for name in imported(path) if not _distributions(name) & set(allowed)}
    assert missing == set()


def test_what_is_declared_is_imported() -> None:
    used = set().union(*(_distributions(name) for path in FILES for name in imported(path)))
    assert set(declared()) - used - set(INDIRECT) == set()


def test_the_lock_pins_every_dependency_and_what_they_depend_on() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    shape = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.!]*")
    assert [pin for pin in pins if not shape.fullmatch(pin)] == [], (
        "only name==version, without a local suffix"
    )
    assert not re.search(r"https?:|file:|--", "\n".join(lines).replace("pip freeze --all", ""))
    pinned = {canonicalize_name(name): version for name, _, version in (pin.partition("==") for pin in pins)}
    assert len(pinned) == len(pins)
    wanted = declared(*project()["optional-dependencies"])
    assert set(wanted) - set(pinned) == set()
    assert [str(r) for name, r in wanted.items() if not r.specifier.contains(pinned[name])] == []
    # A CUDA build of torch brings packages of its own, which it pins itself.
    for name in set(pinned) - {"torch"}:
        for requirement in _needs(name):
            needed = canonicalize_name(requirement.name)
            assert needed in pinned, f"{name} needs {needed}"
            assert requirement.specifier.contains(pinned[needed], prereleases=True), (
                f"{name} needs {requirement}"
            )


def _needs(name: str) -> list[Requirement]:
    """What an installed distribution depends on here; nothing where it is not installed (an extra that is not)."""
    try:
        found = [Requirement(line) for line in requires(name) or []]
    except ModuleNotFoundError:
        return []
    return [r for r in found if r.marker is None or r.marker.evaluate({"extra": ""})]

"""The architecture, held: imports point downwards only, and siblings use each other's front doors.

The table below is the one of the design. A new top-level module has to be given its place here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "pipeline"

#: From the bottom to the top: a part imports parts below its own, its own modules, and the fronts of its siblings.
LAYERS = (
    {"knowledge"},
    {"fields", "models", "text"},
    {"engines", "entities"},
    {"candidates"},
    {"articles", "duplicates", "events", "nlp", "outputs", "records", "resolve"},
    {"contract", "extension", "extraction", "marks", "rendering"},
    {
        "bench",
        "checks",
        "cluster",
        "evaluate",
        "examples",
        "explain",
        "export",
        "report",
        "review",
        "run",
        "training",
    },
    {"cli", "commands"},
    {"__main__"},
)

#: Folders that hold the insides of the module beside them.
SAME = {"evaluation": "evaluate", "runs": "run"}

#: What a part offers to its siblings; of the others it is the part's own module alone (``pipeline.records``).
FRONTS = {
    "articles": {"article", "read"},
    "evaluate": {"gold", "matching"},
    "events": {"reader"},
    "export": {"tables", "writing"},
    "resolve": {"actor", "place", "time"},
}

LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}


@dataclass(frozen=True)
class Import:
    """``path:line`` imports the module ``target`` (dotted, below ``pipeline``; empty for the package itself)."""

    path: Path
    line: int
    target: str

    @property
    def part(self) -> str:
        return _part(self.path)

    def __str__(self) -> str:
        return f"{self.path.relative_to(PACKAGE.parent)}:{self.line} imports pipeline.{self.target}"


def _part(path: Path) -> str:
    return _top(path.relative_to(PACKAGE).parts[0].removesuffix(".py"))


def _top(name: str) -> str:
    return SAME.get(name, name)


def _files() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if "_models" not in p.parts)


def _imports(path: Path, tree: ast.AST) -> Iterator[Import]:
    """Every import of the project in a file, those inside functions and under TYPE_CHECKING too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                if name.name.split(".")[0] == "pipeline":
                    yield Import(path, node.lineno, name.name.removeprefix("pipeline").removeprefix("."))
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield Import(path, node.lineno, "." * node.level + (node.module or ""))
            elif node.module == "pipeline":
                # ``from pipeline import records`` names a module, ``from pipeline import __version__`` does not.
                for name in node.names:
                    yield Import(path, node.lineno, name.name if _top(name.name) in LEVEL else "")
            elif node.module and node.module.startswith("pipeline."):
                yield from _from(path, node)


def _from(path: Path, node: ast.ImportFrom) -> Iterator[Import]:
    module = (node.module or "").removeprefix("pipeline.")
    for name in node.names:
        inner = PACKAGE.joinpath(*module.split("."), name.name)
        is_module = inner.with_suffix(".py").exists() or inner.is_dir()
        yield Import(path, node.lineno, f"{module}.{name.name}" if is_module else module)


def fault(found: Import) -> str | None:
    """Why an import is against the architecture; None where it is not."""
    if found.target.startswith("."):
        return "relative imports hide where things come from"
    name, _, rest = found.target.partition(".")
    target = _top(name)
    if not target or target == found.part or _part(found.path) == "__init__":
        return None
    if target not in LEVEL:
        return f"pipeline.{target} has no place in the table of layers"
    ours, theirs = LEVEL[found.part], LEVEL[target]
    if theirs > ours:
        return "it points upwards"
    if theirs == ours and (rest or name in SAME) and rest.split(".")[0] not in FRONTS.get(target, ()):
        fronts = ", ".join(sorted(FRONTS.get(target, ()))) or "the module itself"
        return f"it reaches inside a sibling (fronts: {fronts})"
    return None


def _faults(path: Path, source: str) -> list[str]:
    return [f"{found}: {why}" for found in _imports(path, ast.parse(source)) if (why := fault(found))]


def test_every_part_has_its_place() -> None:
    parts = {_part(path) for path in _files()} - {"__init__"}
    assert parts - set(LEVEL) == set(), "give the new module its layer"


@pytest.mark.parametrize("path", _files(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_point_downwards(path: Path) -> None:
    assert _faults(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("file", "source", "why"),
    [
        ("knowledge/x.py", "from pipeline.text.normalize import fold", "upwards"),
        ("text/x.py", "def f():\n    import pipeline.engines.fast", "upwards"),
        ("events/x.py", "from pipeline.run import run", "upwards"),
        ("resolve/x.py", "from pipeline import evaluate", "upwards"),
        ("events/x.py", "from pipeline.resolve.calendars import add", "inside a sibling"),
        ("engines/x.py", "from pipeline.entities.merge import merge", "inside a sibling"),
        ("events/x.py", "from .view import View", "relative"),
        ("events/x.py", "from pipeline.nowhere import x", "no place"),
    ],
)
def test_the_test_sees_faults(file: str, source: str, why: str) -> None:
    faults = _faults(PACKAGE / file, source)
    assert len(faults) == 1
    assert why in faults[0]


def test_the_test_lets_right_imports_through() -> None:
    source = (
        "from pipeline import __version__\n"
        "from pipeline.records import EventRecord\n"
        "from pipeline.resolve.time import TimeExpression\n"
        "from pipeline.text import tokenizer\n"
        "from pipeline.events.view import View\n"
        "import json\n"
    )
    assert _faults(PACKAGE / "events" / "x.py", source) == []

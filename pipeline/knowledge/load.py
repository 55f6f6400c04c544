"""Reading knowledge files so that every fault is told with its file and line.

Knowledge is data that linguists edit: YAML for what has structure, TSV for what is a table.
Nothing here knows what an event or a place is; each family has its own module beside this one
with its schema and its loader.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

DATA = Path(__file__).parent / "data"


class Entry(BaseModel):
    """Base of every knowledge entry: frozen, and unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class WordList(Entry):
    """Base of a named list of words; a subclass says what its ``examples`` are. One string is split at its blanks."""

    name: str
    words: tuple[str, ...]

    @field_validator("words", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(value.split()) if isinstance(value, str) else value

    @field_validator("examples", check_fields=False)
    @classmethod
    def _some(cls, value: tuple[Any, ...]) -> tuple[Any, ...]:
        if not value:
            raise ValueError("an entry without an example does not load")
        return value


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a knowledge file, and where. ``line`` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class KnowledgeError(ValueError):
    """Knowledge that cannot be used. ``faults`` holds all that was found, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(f) for f in faults))


def data_path(*parts: str) -> Path:
    """The path of a knowledge file below ``pipeline/knowledge/data``."""
    return DATA.joinpath(*parts)


# The C loader reads the same YAML ten times as fast; a build of PyYAML without it has only the other.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _UniqueKeyLoader(_SafeLoader):  # type: ignore[misc]
    """SafeLoader that refuses a key written twice (plain YAML keeps the last one, silently)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key must be a word", key_node.start_mark
                )
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


#: Values inside one another that are read.
_DEEPEST = 100
_BRACKETS = re.compile(r"[\[\]{}]")
_INDENTED = re.compile(rf"^[ ?:-]{{{4 * _DEEPEST}}}", re.MULTILINE)

# Numbers and dates are written as text in the data («190», «2024-12-05»): only null and booleans are typed.
_UniqueKeyLoader.yaml_implicit_resolvers = {
    first: [
        (tag, rx)
        for tag, rx in rules
        if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:merge")
    ]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(
    path: Path, top: type[dict[Any, Any]] | type[list[Any]] = dict
) -> tuple[Any, dict[tuple[str | int, ...], int]]:
    """A YAML file as plain data, and the line of every node by its path of keys and indexes.

    Scalars are strings (numbers too), booleans or null.

    Args:
        top: what the file as a whole must be: keys with values (``dict``) or a list of entries (``list``).

    Raises:
        KnowledgeError: the file is missing, is no UTF-8 or no YAML, repeats a key, or is not what ``top`` says.
    """
    name = _name(path)
    try:
        text = path.read_text(encoding="utf-8")
        if _is_deep(text):
            raise KnowledgeError([Fault(name, 0, "not valid YAML: nested too deeply")])
        loader = _UniqueKeyLoader(text)
        node = loader.get_single_node()
        if node is None:
            raise KnowledgeError([Fault(name, 0, "the file is empty")])
        if not isinstance(node, yaml.MappingNode if top is dict else yaml.SequenceNode):
            wanted = "keys with values" if top is dict else "a list of entries"
            raise KnowledgeError([Fault(name, node.start_mark.line + 1, f"the file must be {wanted}")])
        lines: dict[tuple[str | int, ...], int] = {}
        _collect_lines(node, (), lines, set())
        return loader.construct_document(node), lines
    except RecursionError as error:
        raise KnowledgeError([Fault(name, 0, "not valid YAML: nested too deeply")]) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise KnowledgeError([Fault(name, line, f"not valid YAML: {error.problem}")]) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise KnowledgeError([Fault(name, 0, f"cannot be read: {error}")]) from error


def _is_deep(text: str) -> bool:
    """Whether values stand inside one another so deeply that the C library, which does not count, may die of it."""
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket in "[{" else -1
        if depth > _DEEPEST:
            return True
    return _INDENTED.search(text) is not None


def _collect_lines(
    node: yaml.Node, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int], seen: set[int]
) -> None:
    if id(node) in seen:
        # Ten lines of names for one another can stand for a thousand million values.
        raise yaml.constructor.ConstructorError(
            None, None, "a value that another place refers to by its name (&, *) is not read", node.start_mark
        )
    seen.add(id(node))
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _collect_lines(value, (*path, str(key.value)), lines, seen)
            lines[(*path, str(key.value))] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _collect_lines(value, (*path, index), lines, seen)


def read_tsv(path: Path, model: type[E]) -> list[tuple[E, int]]:
    """The rows of a tab-separated file with a header, validated, each with its line number.

    Empty cells are None, lines that start with ``#`` are comments, a cell with `` | `` is for the model to split.

    Raises:
        KnowledgeError: with every fault of the file, not only the first.
    """
    faults: list[Fault] = []
    rows: list[tuple[E, int]] = []
    name = _name(path)
    for cells, line in _tsv_rows(path, model, faults):
        entry = validate(model, cells, name, line, faults)
        if entry is not None:
            rows.append((entry, line))
    if faults:
        raise KnowledgeError(faults)
    return rows


def _tsv_rows(
    path: Path, model: type[Entry], faults: list[Fault]
) -> Iterator[tuple[dict[str, str | None], int]]:
    name = _name(path)
    header: list[str] | None = None
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(name, 0, f"cannot be read: {error}"))
        return
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.rstrip("\r").split("\t")
        if header is None:
            header = cells
            if wrong := _header_faults(header, model):
                faults.extend(Fault(name, number, message) for message in wrong)
                return
        elif len(cells) > len(header):
            faults.append(Fault(name, number, f"{len(cells)} cells where the header has {len(header)}"))
        else:
            cells += [""] * (len(header) - len(cells))
            yield {k: (v.strip() or None) for k, v in zip(header, cells, strict=True)}, number
    if header is None:
        faults.append(Fault(name, 0, "the file is empty"))


def _header_faults(header: list[str], model: type[Entry]) -> list[str]:
    """What is wrong with the columns: told once, not again for every row."""
    fields = {field.alias or name: field.is_required() for name, field in model.model_fields.items()}
    known = fields.keys() if model.model_config.get("extra") == "forbid" else fields.keys() | set(header)
    return [
        *(
            f"the column {column!r} stands twice"
            for column in dict.fromkeys(header)
            if header.count(column) > 1
        ),
        *(f"{column!r} is no column of this table" for column in header if column not in known),
        *(
            f"the column {column!r} is missing"
            for column, needed in fields.items()
            if needed and column not in header
        ),
    ]


def validate(model: type[E], data: Any, file: str, line: int, faults: list[Fault]) -> E | None:
    """``data`` as a ``model``; what is wrong goes to ``faults`` and None comes back."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for loc, message in problems(error):
            where = ".".join(str(p) for p in loc)
            faults.append(Fault(file, line, f"{where}: {message}" if where else message))
        return None


def read_entries(name: str, model: type[E]) -> tuple[E, ...]:
    """The entries of a YAML file of the knowledge that is one list of them.

    Args:
        name: the file's name; model: what each entry is.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    path = data_path(name)
    data, lines = read_yaml(path, list)
    faults: list[Fault] = []
    found = [validate(model, item, path.name, lines.get((i,), 0), faults) for i, item in enumerate(data)]
    if faults:
        raise KnowledgeError(faults)
    return tuple(entry for entry in found if entry is not None)


def problems(error: ValidationError) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where and what is wrong; not that a list is too short because its one entry is wrong, which is told already."""
    found = error.errors()
    for problem in found:
        loc = problem["loc"]
        inside = any(len(p["loc"]) > len(loc) and p["loc"][: len(loc)] == loc for p in found)
        if not (problem["type"] == "too_short" and inside):
            yield loc, problem["msg"]


def _name(path: Path) -> str:
    return str(path.relative_to(DATA)) if path.is_relative_to(DATA) else str(path)


@lru_cache(maxsize=1)
def knowledge_hash() -> str:
    """12 hex digits of the sha256 over all knowledge files: what a record's provenance names."""
    digest = hashlib.sha256()
    for path in sorted(p for p in DATA.rglob("*") if p.suffix in (".yaml", ".tsv")):
        digest.update(str(path.relative_to(DATA)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]

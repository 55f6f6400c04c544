"""The contract: JSON Schemas of all outputs, and the tables of ``docs/records.md``, made from the models.

A released version never changes. Its files carry the version in their names, :func:`write` refuses to touch them, and
a test knows their hashes. What changes is :data:`pipeline.records.SCHEMA_VERSION`, by the rules in ``docs/records.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from pipeline.outputs import ArticleLine, RejectLine, TombstoneLine
from pipeline.records import SCHEMA_VERSION, EventRecord

#: The outputs that are JSON Lines: the schema of a line by its name.
SCHEMAS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {"event-record": EventRecord, "article": ArticleLine, "reject": RejectLine, "tombstone": TombstoneLine}
)
FOLDER = Path(__file__).with_name("schemas")


class FrozenError(ValueError):
    """A released version would be changed."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one line of an output, from its model.

    Args:
        name: one of :data:`SCHEMAS`.

    Raises:
        KeyError: there is no such schema.
    """
    made = _plain(SCHEMAS[name].model_json_schema(by_alias=True))
    for part in (made, *made.get("$defs", {}).values()):
        for field in part["properties"].values():
            # A field that says the same as the part that it holds is left without a description.
            if "description" not in field:
                field["description"] = _resolve(field, made)["description"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:waqai:{name}:{SCHEMA_VERSION}",
        "title": f"waqai {name} {SCHEMA_VERSION}",
        **made,
    }


def _plain(node: Any) -> Any:
    """Without the titles that pydantic makes of field names, and docstrings on one line."""
    if isinstance(node, dict):
        # A property may be called title: only the keyword is dropped, whose value is a string.
        kept = {k: _plain(v) for k, v in node.items() if not (k == "title" and isinstance(v, str))}
        if isinstance(kept.get("description"), str):
            kept["description"] = " ".join(kept["description"].split())
        return kept
    return [_plain(item) for item in node] if isinstance(node, list) else node


def schema_text(name: str) -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def schema_path(name: str) -> Path:
    """The file of a schema in the current version."""
    return FOLDER / f"{name}-{SCHEMA_VERSION}.json"


def write(root: Path) -> list[Path]:
    """Write the schemas of the current version and the tables of ``docs/records.md`` below a checkout.

    Returns:
        The files that changed.

    Raises:
        FrozenError: a schema of this version is there already and says something else; nothing has been written.
    """
    schemas = {root / "pipeline" / "schemas" / schema_path(name).name: schema_text(name) for name in SCHEMAS}
    for path, text in schemas.items():
        if path.exists() and path.read_text(encoding="utf-8") != text:
            raise FrozenError(
                f"{path}: the models say something else than version {SCHEMA_VERSION} does, and that one is released: "
                "raise SCHEMA_VERSION in pipeline/records.py (docs/records.md has the rules)"
            )
    page = root / "docs" / "records.md"
    texts = {**schemas, page: fill(page.read_text(encoding="utf-8"))}
    changed = [p for p, text in texts.items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], encoding="utf-8")
    return changed


def fill(page: str) -> str:
    """The page with the tables between its marks (``<!-- table: NAME -->`` … ``<!-- end -->``) made anew."""
    tables = {**{name: field_table(name) for name in SCHEMAS}, "modes": _modes()}

    def table(match: re.Match[str]) -> str:
        return f"<!-- table: {match[1]} -->\n\n{tables[match[1]]}\n\n<!-- end -->"

    return re.sub(r"<!-- table: ([a-z-]+) -->.*?<!-- end -->", table, page, flags=re.S)


def field_table(name: str) -> str:
    """The fields of a schema as a Markdown table."""
    whole = schema(name)
    rows = ["| field | type | what | example |", "|---|---|---|---|"]
    rows += [
        f"| `{path}` | {kind} | {what} | {example} |"
        for path, kind, what, example in _fields(whole, whole, "")
    ]
    return "\n".join(rows)


def _fields(node: dict[str, Any], whole: dict[str, Any], prefix: str) -> Iterator[tuple[str, str, str, str]]:
    for name, field in node["properties"].items():
        kind, inner, many = _kind(field, whole)
        path = f"{prefix}{name}{'[]' if many else ''}"
        example = field.get("examples", [None])[0]
        shown = "" if example is None else f"`{json.dumps(example, ensure_ascii=False)}`"
        what = field["description"].replace("|", "\\|")
        if "enum" in field and "PLOVER" not in what:
            what += " One of " + ", ".join(f"`{value}`" for value in field["enum"]) + "."
        yield path, kind, what, shown
        if inner is not None:
            yield from _fields(inner, whole, f"{path}.")


def _kind(field: dict[str, Any], whole: dict[str, Any]) -> tuple[str, dict[str, Any] | None, bool]:
    """A field's type for people, the object that it holds if any, and whether it holds many."""
    options = field.get("anyOf", [field])
    null = " or null" if {"type": "null"} in options else ""
    main = next(option for option in options if option != {"type": "null"})
    if "enum" in main and main is not field:
        field["enum"] = main["enum"]
    if main.get("type") == "array" and "$ref" in main["items"]:
        return f"list{null}", _resolve(main["items"], whole), True
    if "$ref" in main:
        return f"object{null}", _resolve(main, whole), False
    return f"{'list of strings' if main['type'] == 'array' else main['type']}{null}", None, False


def _resolve(node: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = whole["$defs"][node["$ref"].rpartition("/")[2]]
    return found


def _modes() -> str:
    # The codebook alone needs the knowledge, which takes a while to read.
    from pipeline.knowledge.events import read_types

    rows = ["| type | mode | CAMEO | what |", "|---|---|---|---|"]
    for kind in read_types():
        for name, mode in kind.modes.items():
            cameo = f"`{mode.cameo}`" if mode.cameo else ""
            rows.append(f"| `{kind.type}` | `{name}` | {cameo} | {mode.gloss} |")
    return "\n".join(rows)

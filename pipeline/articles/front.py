"""Front matter: the YAML block between ``---`` lines at the top of a text file."""

from __future__ import annotations

import re
from typing import Any

import yaml

# The same shape that pipeline.text.normalize takes for noise, so that what is read here is not read as prose there.
_FRONT = re.compile(r"\A\ufeff?---[ ]*\r?\n(?P<block>(?:[^\n]{0,500}\n){1,40}?)---[ ]*(?:\r?\n|\Z)")
#: Lists and mappings inside one another.
_DEEPEST = 8
_PAIR = re.compile(r"^([^\W\d_][^:\n]{0,40}?)[ \t]*:[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)


def split_front_matter(text: str) -> tuple[dict[str, Any], int]:
    """The keys and values at the top of ``text``, and the offset at which its body begins (0 without front matter).

    Values are strings as written, or lists and mappings of them; nothing is typed, so that «2024-12-05» and «007»
    stay what they are. A block that is no valid YAML (a title with a colon in it) is read line by line.
    """
    match = _FRONT.match(text)
    if match is None:
        return {}, 0
    block = match["block"]
    data = _load(block)
    if not isinstance(data, dict):
        data = {key: value.strip("\"'") for key, value in _PAIR.findall(block)}
    return {str(key): value for key, value in data.items()}, match.end()


def _load(block: str) -> Any:
    """What the block says as YAML; None where it is none, or more than keys and short lists."""
    try:
        depth = 0
        for event in yaml.parse(block, Loader=yaml.BaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            # Names that stand for other values make much of little when they are written out.
            if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
                return None
        # BaseLoader makes strings, lists and mappings only: no tag can construct anything else.
        return yaml.load(block, Loader=yaml.BaseLoader)
    except (
        yaml.YAMLError,
        ValueError,
        OverflowError,
    ):  # the last two for «\U99999999», which is no character
        return None

"""The pattern language of the time rows: words, slots, optional parts and alternatives.

Patterns are written over the normal form of the text and hold no repetition, so that reading one costs a
bounded number of steps whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"})
_TOKEN = re.compile(
    r"\s+|\\(?P<mark>.)|(?P<meta>[\[\]()|])|\{(?P<slot>[^{}]*)\}|(?P<word>\w+)|(?P<punct>.)", re.S
)
_SLOT = re.compile(r"(?P<name>[a-z]\w*)(?::(?P<kinds>[a-z]\w*(?:\|[a-z]\w*)*))?")


def key(word: str) -> str:
    """The look-up key of a word in normal form: hamza, ى and ة folded, one character for one."""
    return word.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Word:
    """A word (or number) that must stand there, as its key."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A punctuation character that must stand there."""

    char: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Something to read and remember under ``name``; ``prefix`` is glued before it (``و{day}``)."""

    name: str
    kinds: tuple[str, ...]
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One of several sequences, or none where ``optional``."""

    options: tuple[tuple[Node, ...], ...]
    optional: bool


Node = Word | Mark | Slot | Group


def parse_pattern(pattern: str) -> tuple[Node, ...]:
    """The tree of a pattern: words, ``{slot}``, ``{slot:kind|kind}``, ``[optional]``, ``(this|that)``, ``\\(``.

    Raises:
        ValueError: with what is wrong.
    """
    stack: list[tuple[str, list[tuple[Node, ...]], list[Node]]] = [("", [], [])]
    prefix, prefix_end = "", -1
    for match in _TOKEN.finditer(pattern):
        items = stack[-1][2]
        if (word := match["word"]) is not None:
            if pattern[match.end() : match.end() + 1] == "{":
                prefix, prefix_end = key(word), match.end()
            else:
                items.append(Word(key(word)))
        elif (slot := match["slot"]) is not None:
            if (parts := _SLOT.fullmatch(slot)) is None:
                raise ValueError(f"a slot is written {{name}} or {{name:kind}}, not {{{slot}}}")
            kinds = tuple((parts["kinds"] or parts["name"]).split("|"))
            items.append(Slot(parts["name"], kinds, prefix if prefix_end == match.start() else ""))
        elif (mark := match["mark"] or match["punct"]) is not None:
            if match["punct"] in ("{", "}"):
                raise ValueError("a slot is written {name} or {name:kind}")
            items.append(Mark(mark))
        elif (meta := match["meta"]) in ("[", "("):
            stack.append((meta, [], []))
        elif meta == "|":
            if len(stack) == 1:
                raise ValueError("alternatives stand in (…|…) or […|…]")
            stack[-1][1].append(tuple(items))
            items.clear()
        elif meta is not None:
            opening, options, last = stack.pop()
            if not stack or opening + meta not in ("[]", "()"):
                raise ValueError(f"the bracket {meta} closes nothing")
            options.append(tuple(last))
            if not all(options):
                raise ValueError("an alternative is empty")
            stack[-1][2].append(Group(tuple(options), optional=meta == "]"))
    if len(stack) != 1:
        raise ValueError(f"the bracket {stack[-1][0]} is not closed")
    if not stack[0][2]:
        raise ValueError("the pattern is empty")
    return tuple(stack[0][2])


def slots_of(nodes: tuple[Node, ...]) -> Iterator[Slot]:
    """Every slot of a pattern, in order."""
    for node in nodes:
        if isinstance(node, Slot):
            yield node
        elif isinstance(node, Group):
            for option in node.options:
                yield from slots_of(option)


def first_kinds(nodes: tuple[Node, ...]) -> Iterator[str]:
    """The kinds of the slots with which a pattern may begin."""
    for node in nodes:
        if isinstance(node, Slot):
            yield from node.kinds
        elif isinstance(node, Group):
            for option in node.options:
                yield from first_kinds(option)
        if not (isinstance(node, Group) and node.optional):
            return

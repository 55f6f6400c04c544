"""Every regular expression of the package, and how its time grows on texts made to hurt it. A program of its own.

``re.compile`` is watched while all modules are imported. For each pattern, texts are made
from its own parse tree: what comes before a repetition, then what is repeated, thousands of times, then something that
does not fit. Time is processor time and the limit a timer of the operating system, which the matcher heeds: neither a
busy machine nor a pattern that would take years changes the answer.

Prints a JSON object: the number of patterns, and those that took too long with the text that did it.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

#: Length of the longest text. A quadratic pattern takes 16 times as long for it as for a quarter of it.
LONG = 16_000
#: Seconds of processor time that one search over it may take: a linear one takes thousandths.
LIMIT = 0.4
_LENGTHS = (30, 400, LONG)
_FILL = (
    " ",
    "\n",
    "a",
    "1",
    "ا",
    "و",
    "ـ",
    "\u064e",
    ".",
    "-",
    "(",
    "[",
    "<",
    '"',
    "،",
    "&",
    "#",
    "_",
    "ا ",
    "1 ",
    "1/",
    "1,",
)
_END = ("", "\x00", "!")

found: dict[tuple[str, int], str] = {}
_compile = re.compile


def _watched(pattern: Any, flags: Any = 0) -> re.Pattern[Any]:
    compiled = _compile(pattern, flags)
    frame = sys._getframe(1)
    module = frame.f_globals.get("__name__", "")
    if module.startswith("pipeline") and isinstance(compiled.pattern, str):
        found.setdefault((compiled.pattern, compiled.flags), f"{module}:{frame.f_lineno}")
    return compiled


def collect() -> None:
    """Imports all modules and asks for what compiles patterns when it is used."""
    re.compile = _watched  # type: ignore[assignment]
    import pipeline

    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if module.name != "pipeline.__main__":
            importlib.import_module(module.name)
    from pipeline.articles.dates import parse_date
    from pipeline.resolve.time import parse_times

    # What is compiled from tables when it is first needed.
    parse_date("الخميس 5 كانون الأول 2024")
    parse_date("3 رمضان 1436")
    parse_times("صباح الخميس 5 كانون الأول/ديسمبر 2024 الساعة 10:30")
    re.compile = _compile


class TooLongError(Exception):
    """The matcher was stopped."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooLongError


def _char(ranges: list[tuple[Any, Any]]) -> str:
    """A character of a set; of a negated one something that is likely in it."""
    negated = bool(ranges) and str(ranges[0][0]) == "NEGATE"
    if negated:
        return next((c for c in "اaب1 .xж\n" if not any(_in(c, r) for r in ranges[1:])), "\x7f")
    return next((c for r in ranges if (c := _first(r))), "ا")


def _first(item: tuple[Any, Any]) -> str:
    kind, value = str(item[0]), item[1]
    if kind == "LITERAL":
        return chr(value)
    if kind == "RANGE":
        return chr(value[0])
    return {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "1", "CATEGORY_WORD": "ا"}.get(str(value), "ا")


def _in(char: str, item: tuple[Any, Any]) -> bool:
    kind, value = str(item[0]), item[1]
    if kind == "LITERAL":
        return ord(char) == value
    if kind == "RANGE":
        return value[0] <= ord(char) <= value[1]
    tests = {
        "CATEGORY_SPACE": char.isspace(),
        "CATEGORY_DIGIT": char.isdecimal(),
        "CATEGORY_WORD": char.isalnum(),
    }
    return tests.get(str(value), not tests.get(str(value).replace("NOT_", ""), True))


def _sample(node: Any) -> str:
    """A text that a part of a pattern matches, roughly."""
    text = ""
    for op, value in node:
        name = str(op)
        if name == "LITERAL":
            text += chr(value)
        elif name == "NOT_LITERAL":
            text += "ا" if value != ord("ا") else "ب"
        elif name == "ANY":
            text += "ا"
        elif name == "IN":
            text += _char(value)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            text += _sample(value[2]) * max(value[0], 1 if value[0] else 0)
        elif name == "BRANCH":
            text += _sample(value[1][0])
        elif name == "SUBPATTERN":
            text += _sample(value[-1])
        elif name == "ATOMIC_GROUP":
            text += _sample(value)
    return text


def _pumps(node: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """What comes before each repetition of a pattern, and what is repeated."""
    for op, value in node:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            if value[1] > 20:
                yield before, _sample(value[2]) or "ا"
            yield from _pumps(value[2], before)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _pumps(branch, before)
        elif name == "SUBPATTERN":
            yield from _pumps(value[-1], before)
        elif name == "ATOMIC_GROUP":
            yield from _pumps(value, before)
        before += _sample([(op, value)])


def attacks(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Beginnings, repeated pieces and ends of texts that may hurt a pattern."""
    tree = re._parser.parse(pattern.pattern, pattern.flags)  # type: ignore[attr-defined]
    whole = _sample(tree)
    pumps = set(_pumps(tree))
    pieces = {*pumps, *(("", fill) for fill in _FILL), *(("", pump) for _, pump in pumps)}
    pieces |= {("", before + pump) for before, pump in pumps} | {("", whole or "ا"), ("", whole[:-1] or "ا")}
    for before, pump in sorted(pieces):
        for end in _END:
            yield before, pump, end


def hurt(pattern: re.Pattern[str]) -> tuple[str, str, str, int] | None:
    """The text that takes too long, and its length; None where none does."""
    for before, pump, end in attacks(pattern):
        for length in _LENGTHS:
            text = before + pump * (length // len(pump)) + end
            signal.setitimer(signal.ITIMER_PROF, LIMIT)
            try:
                for _ in pattern.finditer(text):
                    pass
            except TooLongError:
                return before, pump, end, length
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
    return None


def main() -> None:
    """Collects, tries, prints."""
    collect()
    signal.signal(signal.SIGPROF, _stop)
    slow = []
    for (pattern, flags), where in found.items():
        attack = hurt(_compile(pattern, flags))
        if attack is not None:
            slow.append({"where": where, "pattern": pattern[:300], "attack": attack})
    print(json.dumps({"patterns": len(found), "slow": slow}, ensure_ascii=False))


if __name__ == "__main__":
    main()

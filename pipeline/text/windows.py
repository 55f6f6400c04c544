"""Cuts a text of any length into windows, so that time and memory stay linear.

A window ends where a reader would pause: at an empty line, a line end, a full stop, a comma, a space; only a
text without any of these is cut inside a word. Windows depend on the text alone.
"""

from __future__ import annotations

import re

_PAUSES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\n[ \t\r]{0,20}\n(?=\S)",
        r"\n(?=\S)",
        r"(?<=[.!?؟])(?:\[[^\[\]\n]{1,12}\])*[ ]+(?=[^\s\[])",
        r"(?<=[،,؛;:])[ ]+(?=\S)",
        # Behind the spaces: a run of them would be tried from each of its spaces.
        r"(?<=[ ])(?=\S)",
    )
)


def windows(text: str, limit: int) -> list[tuple[int, int]]:
    """Half-open spans of at most ``limit`` code points that touch and cover ``text``.

    A cut falls in the second half of a window, at the strongest pause there, and keeps white space before it.

    Raises:
        ValueError: ``limit`` is less than 2.
    """
    if limit < 2:
        raise ValueError(f"a window of {limit} characters is too small")
    spans: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > limit:
        end = _cut(text, start + limit // 2, start + limit)
        spans.append((start, end))
        start = end
    if start < len(text) or not spans:
        spans.append((start, len(text)))
    return spans


def _cut(text: str, low: int, high: int) -> int:
    for pause in _PAUSES:
        last = None
        for match in pause.finditer(text, low, high):
            last = match.end() if match.end() > low else None
        if last is not None:
            return last
    return high


def lines(text: str) -> list[tuple[int, str]]:
    """The lines that hold more than white space, each with its offset in code points."""
    found: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, line))
        at += len(line) + 1
    return found

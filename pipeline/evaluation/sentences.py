"""Rough sentences: what the bootstrap resamples and what error lists show around a trigger.

They are cut by punctuation alone and not by the program's own splitter, so that the scale does not move
when the splitter does.
"""

from __future__ import annotations

import re

_END = re.compile(r"[.!؟?](?=\s|$)|\n")
_SPACES = re.compile(r"\s+")


def sentence_starts(text: str) -> list[int]:
    """Where the sentences begin: at 0, and after a full stop, an exclamation or question mark, or a newline."""
    return [0, *(m.end() for m in _END.finditer(text) if m.end() < len(text))]


def excerpt_parts(text: str, start: int, end: int, *, width: int = 320) -> tuple[str, str, str]:
    """The sentence around text[start:end] on one line: before, that piece, after; cut to about ``width`` characters."""
    left = [s for s in sentence_starts(text) if s <= start][-1]
    stop = _END.search(text, end)
    right = stop.end() if stop else len(text)
    before, after = text[left:start], text[end:right]
    room = max(20, (width - (end - start)) // 2)
    if len(before) > room:
        before = "…" + before[-room:]
    if len(after) > room:
        after = after[:room] + "…"
    return (
        _SPACES.sub(" ", before).lstrip(),
        _SPACES.sub(" ", text[start:end]),
        _SPACES.sub(" ", after).rstrip(),
    )


def excerpt(text: str, start: int, end: int, *, width: int = 320) -> str:
    """:func:`excerpt_parts` as one string, the piece in double brackets."""
    before, inside, after = excerpt_parts(text, start, end, width=width)
    return f"{before}[[{inside}]]{after}"

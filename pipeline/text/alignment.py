"""Where each character of a cleaned text came from.

Cleaning drops, replaces and expands characters; everything that leaves the program is
counted in code points of the raw text. An :class:`Alignment` is the sorted list of the
places where the two differ, so its cost grows with the number of edits, not of characters.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference: clean[clean_start:clean_end] stands for raw[raw_start:raw_end].

    All four are half-open code-point offsets; the clean side may be empty (a dropped mark).
    """

    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """A map between a clean and a raw text, both counted in Unicode code points.

    Args:
        edits: the differences, in order, not overlapping on either side.
        clean_length: length of the clean text.
        raw_length: length of the raw text.
    """

    edits: tuple[Edit, ...]
    clean_length: int
    raw_length: int
    _clean_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _raw_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_clean_starts", tuple(e.clean_start for e in self.edits))
        object.__setattr__(self, "_raw_starts", tuple(e.raw_start for e in self.edits))

    def char(self, index: int) -> tuple[int, int]:
        """The raw span that clean character ``index`` stands for."""
        if not 0 <= index < self.clean_length:
            raise IndexError(f"character {index} of a clean text of {self.clean_length}")
        k = bisect_right(self._clean_starts, index) - 1
        if k < 0:
            return index, index + 1
        edit = self.edits[k]
        if index < edit.clean_end:
            return edit.raw_start, edit.raw_end
        raw = index - edit.clean_end + edit.raw_end
        return raw, raw + 1

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of clean[start:end]; an empty span maps to an empty span."""
        if start >= end:
            at = self.char(start)[0] if start < self.clean_length else self.raw_length
            return at, at
        return self.char(start)[0], self.char(end - 1)[1]

    def to_clean(self, start: int, end: int) -> tuple[int, int]:
        """The clean span that covers raw[start:end]; what was dropped maps to an empty span."""
        return self._clean_at(start, after=False), self._clean_at(end, after=True)

    def _clean_at(self, raw: int, *, after: bool) -> int:
        k = bisect_right(self._raw_starts, raw - 1 if after else raw) - 1
        if k < 0:
            return raw
        edit = self.edits[k]
        if raw < edit.raw_end or (after and raw == edit.raw_end):
            return edit.clean_end if after else edit.clean_start
        return raw - edit.raw_end + edit.clean_end

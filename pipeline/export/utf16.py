"""Offsets for programs that count UTF-16 code units: a character beyond U+FFFF (an emoji) counts twice there."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Utf16:
    """Offsets of one text. ``wide``: where, in code points, the characters stand that are two units long."""

    wide: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Utf16:
        """The offsets of ``text``."""
        return cls(tuple(place for place, letter in enumerate(text) if letter > "\uffff"))

    def units(self, offset: int) -> int:
        """An offset in code points, in UTF-16 code units."""
        return offset + bisect_left(self.wide, offset)

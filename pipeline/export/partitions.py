"""Rows sorted into parts by date of publication, with bounded memory however the dates are scattered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.export import ExportError

#: Characters of an ISO date that name a part.
LENGTHS = {"day": 10, "month": 7, "year": 4}
#: The part of articles without a date. (What Hive has for null, pyarrow cannot hand to pandas.)
UNKNOWN = "unknown"
#: Rows that are kept in memory over all parts.
KEPT = 16384


def part_name(published: str | None, partition: str) -> str:
    """The part that an article of this date belongs to: ``2024-12-05``, ``2024-12``, ``2024``, :data:`UNKNOWN`."""
    length = LENGTHS[partition]
    return published[:length] if published is not None and len(published) >= length else UNKNOWN


def check_partition(partition: str | None) -> None:
    """Refuse a partition that there is not.

    Raises:
        ExportError: it is not one of :data:`LENGTHS`.
    """
    if partition is not None and partition not in LENGTHS:
        raise ExportError(f"no partition is called {partition!r}; there are: {', '.join(LENGTHS)}")


class Partitioned:
    """Collects rows by part; the fullest part is handed on when there are too many. To be used with ``with``.

    The same rows in the same order are handed on in the same way.
    """

    def __init__(
        self, flush: Callable[[str, int, list[dict[str, Any]]], None], kept: int | None = None
    ) -> None:
        """``flush`` is called with the name of the part, how often it was called for it before, and rows."""
        self._flush, self._kept, self._rows = flush, KEPT if kept is None else kept, 0
        self._parts: dict[str, list[dict[str, Any]]] = {}
        self._flushed: dict[str, int] = {}

    def add(self, part: str, row: dict[str, Any]) -> None:
        """Add a row to a part."""
        self._parts.setdefault(part, []).append(row)
        self._rows += 1
        if self._rows > self._kept:
            self._hand_on(max(self._parts, key=lambda name: (len(self._parts[name]), name)))

    def _hand_on(self, part: str) -> None:
        rows = self._parts.pop(part)
        self._rows -= len(rows)
        number = self._flushed.get(part, 0)
        self._flushed[part] = number + 1
        self._flush(part, number, rows)

    def __enter__(self) -> Partitioned:
        return self

    def __exit__(self, kind: object, *failure: object) -> None:
        if kind is None:
            for part in sorted(self._parts):
                self._hand_on(part)

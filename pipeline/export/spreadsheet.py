"""The export ``csv``: tables for spreadsheets."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pipeline.export import ExportError
from pipeline.export.flat import FLAT, event_row, place_rows
from pipeline.export.partitions import Partitioned, check_partition, part_name
from pipeline.outputs import FinishedRun

#: Characters that make a spreadsheet take a cell for a formula or a command, the full-width forms too (OWASP, «CSV
#: Injection»). A cell that begins with one, after blanks or not, gets an apostrophe before it.
_FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
#: Spreadsheets hold no longer cell.
_LONGEST = 32_767
_DELIMITERS = {",": ",", ";": ";", "tab": "\t"}


def write_csv(
    run: FinishedRun, draft: Path, *, partition: str | None = None, bom: bool = True, delimiter: str = ","
) -> Mapping[str, int]:
    """Write ``events.csv`` (one row an event) and ``places.csv`` (one row a place), UTF-8, RFC 4180.

    Args:
        run: the run to read.
        draft: the folder to make.
        partition: ``day``, ``month`` or ``year``: files by date of publication (``events-2024-12.csv``).
        bom: begin files with a byte-order mark, without which spreadsheets take UTF-8 for something else.
        delimiter: ``,``, ``;`` (for spreadsheets where the comma is the decimal sign) or ``tab``.

    Raises:
        ExportError: no such partition or delimiter.
    """
    check_partition(partition)
    if delimiter not in _DELIMITERS:
        raise ExportError(f"{delimiter!r} is no delimiter; there are: {', '.join(_DELIMITERS)}")
    draft.mkdir()
    counts: Counter[str] = Counter(events=0, places=0)

    def table(name: str) -> Partitioned:
        def flush(part: str, number: int, rows: list[dict[str, Any]]) -> None:
            _append(
                draft / f"{name}{part and f'-{part}'}.csv", rows, bom=bom, delimiter=_DELIMITERS[delimiter]
            )

        if partition is None:
            flush("", 0, [])  # a run without records has tables all the same
        return stack.enter_context(Partitioned(flush))

    with ExitStack() as stack:
        events, places = table("events"), table("places")
        for record in run.records():
            part = "" if partition is None else part_name(record.article.published, partition)
            events.add(part, event_row(record))
            counts["events"] += 1
            for row in place_rows(record):
                places.add(part, row)
                counts["places"] += row["place_index"] is not None
    return counts


def _append(path: Path, rows: list[dict[str, Any]], *, bom: bool, delimiter: str) -> None:
    new = not path.exists()
    with path.open("a", encoding="utf-8-sig" if new and bom else "utf-8", newline="") as file:
        writer = csv.DictWriter(file, FLAT, delimiter=delimiter)
        if new:
            writer.writeheader()
        writer.writerows({key: cell(value) for key, value in row.items()} for row in rows)


def cell(value: Any) -> Any:
    """A value as a cell: text is made harmless and cut where spreadsheets cut it; true and false are 1 and 0."""
    if isinstance(value, bool):
        return int(value)
    if not isinstance(value, str):
        return value
    text = f"'{value}" if value.lstrip(" \u00a0\u200f\u200e").startswith(tuple(_FORMULA)) else value
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

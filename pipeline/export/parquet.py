"""The export ``tables``: Parquet files whose types never depend on the values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.export.flat import FLAT, arrow, place_rows
from pipeline.export.partitions import Partitioned, check_partition, part_name
from pipeline.export.tables import ParquetWriter, arrow_schema
from pipeline.outputs import ArticleLine, FinishedRun

#: The tables, and the singular of what a row is.
_SCHEMAS: Mapping[str, Callable[[], pa.Schema]] = {
    "events": arrow_schema,
    "places": lambda: arrow(FLAT),
    "articles": lambda: arrow_schema(ArticleLine),
}


def write_tables(run: FinishedRun, draft: Path, *, partition: str | None = None) -> Mapping[str, int]:
    """Write ``events.parquet`` (nested), ``places.parquet`` (flat, one row a place) and ``articles.parquet``.

    Args:
        run: the run to read.
        draft: the folder to make.
        partition: ``day``, ``month`` or ``year``: instead of three files three folders, with parts by date of
            publication (``events/published_month=2024-12/part-0000.parquet``), as pandas and DuckDB read them.
    """
    check_partition(partition)
    draft.mkdir()
    counts: Counter[str] = Counter(dict.fromkeys(_SCHEMAS, 0))
    with ExitStack() as stack:
        adders = {name: _adder(stack, draft, name, partition) for name in _SCHEMAS}
        for article, records in run.documents():
            adders["articles"](article.published, article.model_dump())
            counts["articles"] += 1
            for record in records:
                adders["events"](article.published, record.model_dump(by_alias=True))
                counts["events"] += 1
                for row in place_rows(record):
                    adders["places"](article.published, row)
                    counts["places"] += row["place_index"] is not None
    return counts


def _adder(
    stack: ExitStack, folder: Path, name: str, partition: str | None
) -> Callable[[str | None, dict[str, Any]], None]:
    """What a row is given to, with the date of publication of its article."""
    schema = _SCHEMAS[name]()
    if partition is None:
        writer = stack.enter_context(ParquetWriter(folder / f"{name}.parquet", schema))
        return lambda _, row: writer.add(row)
    table = folder / name
    table.mkdir()

    def flush(part: str, number: int, rows: list[dict[str, Any]]) -> None:
        into = table / f"published_{partition}={part}"
        into.mkdir(exist_ok=True)
        with ParquetWriter(into / f"part-{number:04}.parquet", schema) as parts:
            for row in rows:
                parts.add(row)

    parts = stack.enter_context(Partitioned(flush))
    return lambda published, row: parts.add(part_name(published, partition), row)

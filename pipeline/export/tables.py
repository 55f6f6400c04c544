"""Records as tables: Parquet with explicit types, and counts for people."""

from __future__ import annotations

import types
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from pipeline.records import EventRecord

if TYPE_CHECKING:
    import pandas as pd

#: Rows in one group of a Parquet file. Fixed, so that equal records give equal bytes.
ROW_GROUP = 4096

_SCALARS: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
}


def arrow_schema(model: type[BaseModel] = EventRecord) -> pa.Schema:
    """The Arrow schema of a record, derived from its pydantic model: the types never depend on the values.

    Keys have the names of the JSON form; fields that cannot be null are marked so. Spans are int64 code points,
    numbers float64, parts are structs and lists of them lists of structs.

    Raises:
        TypeError: the model has a field of a type that no column is made for.
    """
    return pa.schema(_fields(model))


def _fields(model: type[BaseModel]) -> list[pa.Field]:
    fields = []
    for name, info in model.model_fields.items():
        kind, nullable = _arrow_type(info.annotation)
        fields.append(pa.field(info.alias or name, kind, nullable=nullable))
    return fields


def _arrow_type(annotation: Any) -> tuple[pa.DataType, bool]:
    """The Arrow type of an annotation, and whether it may be null."""
    if annotation in _SCALARS:
        return _SCALARS[annotation], False
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        inner = [a for a in arguments if a is not type(None)]
        if len(inner) == 1 and len(arguments) == 2:
            return _arrow_type(inner[0])[0], True
    if origin is Literal and all(isinstance(a, str) for a in arguments):
        return pa.string(), False
    if origin in (list, tuple):
        item, nullable = _arrow_type(arguments[0])
        return pa.list_(pa.field("element", item, nullable=nullable)), False
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pa.struct(_fields(annotation)), False
    raise TypeError(f"no column type for {annotation!r}")


class ParquetWriter:
    """Writes rows, by default records as ``events.jsonl`` holds them, to a Parquet file a group at a time.

    Equal rows give equal bytes with the same version of pyarrow. To be closed, or used with ``with``.
    """

    def __init__(self, path: Path, schema: pa.Schema | None = None) -> None:
        self._schema = arrow_schema() if schema is None else schema
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd", write_statistics=True)
        self._rows: list[dict[str, Any]] = []

    def add(self, record: dict[str, Any]) -> None:
        """Add one row, a record in its JSON form; it must not be changed afterwards."""
        self._rows.append(record)
        if len(self._rows) == ROW_GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is left; a file without records has the columns all the same."""
        if self._rows:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        self._writer.write_batch(pa.RecordBatch.from_pylist(self._rows, schema=self._schema), ROW_GROUP)
        self._rows = []

    def __enter__(self) -> ParquetWriter:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()


def event_counts(path: Path) -> pd.DataFrame:
    """How many events of each type and mode an ``events.parquet`` holds.

    Returns:
        A table with the columns ``type``, ``mode``, ``events``; the commonest first, ties in alphabetical order.
    """
    # A second of import that only a run with new records pays for.
    import pandas as pd

    events = pd.read_parquet(path, columns=["type", "mode"])
    counts = events.groupby(["type", "mode"], as_index=False).size().rename(columns={"size": "events"})
    return counts.sort_values(["events", "type", "mode"], ascending=[False, True, True], ignore_index=True)

"""Tables: CSV (comma, semicolon, tab or bar) and Parquet."""

from __future__ import annotations

import csv
import io
import itertools
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from pipeline.articles.dates import date_in_name
from pipeline.articles.decode import code_page_name, guess_encoding
from pipeline.articles.items import BadInputError, Item, Limits, Note, Reject
from pipeline.articles.record import Origin, field_of, to_article
from pipeline.articles.streams import lines, open_bytes, read_up_to, recoded
from pipeline.articles.walk import Source

_HEAD = 1 << 16
_BATCH = 256


def read_csv(source: Source, published: str | None, limits: Limits) -> Iterator[Item]:
    """The articles of a CSV file with a header. A bad row is a reject, and the next row is read.

    Raises:
        BadInputError: the file as a whole cannot be understood.
        OSError: it cannot be read.
    """
    with open_bytes(source.path, packed=source.packed, limits=limits) as file:
        head = read_up_to(file, _HEAD)
    if not head.strip():
        raise BadInputError("empty", "the file is empty", f"{len(head)} bytes")
    encoding = guess_encoding(head)
    if page := code_page_name(encoding):
        yield Note(source.shown, None, f"decoded as {page}")
    name_date = date_in_name(source.path.name.partition(".")[0])
    csv.field_size_limit(limits.article_bytes)
    with open_bytes(source.path, packed=source.packed, limits=limits) as file:
        text = _decoded_lines(recoded(file, encoding), limits)
        first = next(text, "")
        rows = csv.reader(itertools.chain([first], text), delimiter=_delimiter(first))
        header = [name.strip() for name in _next_row(rows) or []]
        _require_text(header)
        while True:
            line = rows.line_num + 1
            try:
                row = next(rows, None)
            except csv.Error as error:
                yield Reject(source.shown, line, None, "table", "a row that cannot be read", str(error))
                continue
            if row is None:
                return
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(header):
                # An unquoted comma would cut the text short without a sound.
                detail = f"{len(row)} cells where the header has {len(header)}"
                yield Reject(source.shown, line, None, "table", "a row with too many cells", detail)
                continue
            if any("\udc80" <= c <= "\udcff" for cell in row if not cell.isascii() for c in cell):
                yield Reject(source.shown, line, None, "encoding", "broken UTF-8", None)
                continue
            record = dict(zip(header, row, strict=False))
            yield from to_article(
                record, Origin(source.shown, line, f"{source.name}#{line}", name_date, published)
            )


def _next_row(rows: Any) -> list[str] | None:
    try:
        return next(rows, None)
    except csv.Error as error:
        raise BadInputError("table", "not a CSV file", str(error)) from error


def _decoded_lines(file: BinaryIO, limits: Limits) -> Iterator[str]:
    for line in lines(file, limits.article_bytes):
        if line.data is None:
            reason = f"line {line.number} has more than {limits.article_bytes} bytes; the rest of the file is not read"
            raise BadInputError("too_large", reason)
        text = line.data.decode("utf-8", "surrogateescape")
        yield text.removeprefix("\ufeff") if line.number == 1 else text


def _delimiter(header: str) -> str:
    """The sign that stands most often in the header; the comma where none does."""
    return max(",;\t|", key=lambda sign: (header.count(sign), sign == ","))


def _require_text(columns: list[str]) -> None:
    if not any((known := field_of(name)) and known[0] == "text" for name in columns):
        shown = ", ".join(repr(name[:40]) for name in columns[:12])
        raise BadInputError("table", "no column holds the text of the articles", f"columns: {shown}")


def read_parquet(source: Source, published: str | None, limits: Limits) -> Iterator[Item]:
    """The articles of a Parquet file; only the columns that are needed are read, a few hundred rows at a time.

    Raises:
        BadInputError: the file as a whole cannot be understood.
        OSError: it cannot be read.
    """
    if source.size == 0:
        raise BadInputError("empty", "the file is empty", "0 bytes")
    with open_bytes(source.path, packed=source.packed, limits=limits) as file:
        if not source.packed:
            yield from _parquet_rows(file, source, published, limits)
            return
        # Parquet is read from its end, which gzip cannot do: unpack it into a file that vanishes by itself.
        with tempfile.TemporaryFile() as unpacked:
            shutil.copyfileobj(file, unpacked, 1 << 20)
            unpacked.seek(0)
            yield from _parquet_rows(cast(BinaryIO, unpacked), source, published, limits)


def _refuse_bombs(metadata: Any, columns: frozenset[str], limits: Limits) -> None:
    """Refuse a Parquet file one of whose pieces unpacks to too much, before it is unpacked.

    Raises:
        BadInputError: of kind ``too_large``.
    """
    for group in range(metadata.num_row_groups):
        for number in range(metadata.num_columns):
            piece = metadata.row_group(group).column(number)
            if piece.path_in_schema.partition(".")[0] in columns:
                _refuse_too_much(piece.total_uncompressed_size, piece.total_compressed_size, limits)


def _refuse_too_much(unpacked: int, weight: int, limits: Limits) -> None:
    if unpacked > limits.ratio_from and unpacked > limits.ratio * weight:
        detail = f"{weight} bytes unpack to more than {unpacked} bytes"
        raise BadInputError("too_large", f"unpacks to more than {limits.ratio} times its size", detail)
    if unpacked > limits.stream_bytes:
        raise BadInputError("too_large", f"unpacks to more than {limits.stream_bytes} bytes")


def _parquet_rows(file: BinaryIO, source: Source, published: str | None, limits: Limits) -> Iterator[Item]:
    # A third of a second of import that a run over text need not pay for.
    import pyarrow
    import pyarrow.parquet

    name_date = date_in_name(source.path.name.partition(".")[0])
    number = 0
    try:
        weight = file.seek(0, io.SEEK_END)
        table = pyarrow.parquet.ParquetFile(file, pre_buffer=False, buffer_size=1 << 20)
        names = table.schema_arrow.names
        _require_text(names)
        columns = [name for name in names if field_of(name)]
        _refuse_bombs(table.metadata, frozenset(columns), limits)
        # A value that many rows share is kept once: a million rows of one long text need not be in memory together.
        table = pyarrow.parquet.ParquetFile(
            file, pre_buffer=False, buffer_size=1 << 20, read_dictionary=columns
        )
        unpacked = 0
        for batch in table.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False):
            for row in range(batch.num_rows):
                record = {name: batch.column(name)[row].as_py() for name in columns}
                number += 1
                unpacked += sum(len(v) for v in record.values() if isinstance(v, str | bytes))
                _refuse_too_much(unpacked, weight, limits)
                if any(isinstance(v, str | bytes) and len(v) > limits.article_bytes for v in record.values()):
                    reason = f"a field of more than {limits.article_bytes} characters"
                    yield Reject(source.shown, number, None, "too_large", reason)
                    continue
                origin = Origin(source.shown, number, f"{source.name}#{number}", name_date, published)
                yield from to_article(record, origin)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        after = f"; what follows row {number} is not read" if number else ""
        raise BadInputError(
            "table", f"not a Parquet file that can be read{after}", " ".join(str(error).split())
        ) from error

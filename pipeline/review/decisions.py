"""The log of decisions: append-only JSON Lines, on disk before anybody is told that it is saved.

Several processes may write to one log. Each holds the file's lock while it appends one line and flushes it, so lines
never mix. A process that is killed loses at most the line it was writing: what it left of that line is moved to
``<log>.torn`` by the next writer, and no reader ever sees it.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from pipeline.fields import Part, Span, first_fault
from pipeline.review.annotation import Annotation

LOG_NAME = "decisions.jsonl"

Action = Literal["accept", "fix", "reject", "skip", "add", "comment", "undo", "redo"]
Role = Literal["annotator", "adjudicator"]
#: Actions that judge a record: the last one that stands is what the annotator thinks of it.
JUDGEMENTS = frozenset(("accept", "fix", "reject", "skip", "add"))
#: Ids of events that annotators added begin so.
ADDED = "add_"


class LogError(Exception):
    """The log cannot be read or written. The message is one line for people."""


class Where(Part):
    """Where the judged event stands: what lets a decision find its record again when the id changes.

    ``sha256`` is of the article's text at the time; the spans count in that text.
    """

    article: str
    sha256: str
    trigger: Span
    sentence: Span


class Decision(Part):
    """One line of the log.

    Attributes:
        v: version of this format.
        id: ``d_`` and 16 hex digits.
        at: UTC, ISO 8601 with milliseconds.
        record: id of the record, or ``add_…`` for an event that an annotator added; null for undo and redo.
        before: what was judged; null for an added event and for what judges nothing.
        after: what the annotator holds to be true; null where the event was rejected or skipped.
        reason: why it was rejected, one of the reasons of the page.
        undoes: id of the decision that is undone or, for ``redo``, of the undo that is taken back.
        versions: what made the record and what wrote the line.
    """

    v: Literal[1] = 1
    id: str
    at: str
    annotator: str = Field(min_length=1)
    role: Role
    action: Action
    record: str | None = None
    where: Where | None = None
    before: Annotation | None = None
    after: Annotation | None = None
    reason: str | None = None
    comment: str | None = None
    undoes: str | None = None
    versions: dict[str, str] = Field(default_factory=dict)

    def to_json(self) -> str:
        """The line without its newline."""
        return self.model_dump_json()


def new_id(prefix: str = "d_") -> str:
    """A fresh id: the prefix and 16 random hex digits."""
    return prefix + secrets.token_hex(8)


def now() -> str:
    """The time as the log writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class DecisionLog:
    """A log file. Reading needs no lock: only complete lines are read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, decision: Decision) -> None:
        """Write one decision; when this returns it is on disk.

        Raises:
            LogError: it could not be written; then nothing of it is in the log.
        """
        line = decision.to_json().encode("utf-8", "replace") + b"\n"
        with self._locked() as file:
            size = self._cut_torn(file)
            try:
                _write_all(file, line)
                os.fsync(file)
            except OSError as error:
                os.ftruncate(file, size)
                raise LogError(f"{self.path}: the decision could not be saved: {error.strerror}") from error

    @contextmanager
    def _locked(self) -> Iterator[int]:
        new = not self.path.exists()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        except OSError as error:
            raise LogError(f"{self.path}: the log cannot be written: {error.strerror}") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if new:
                _sync_folder(self.path.parent)
            yield file
        finally:
            os.close(file)

    def _cut_torn(self, file: int) -> int:
        """Put aside what a killed writer left of its line. The size of what remains."""
        size = os.fstat(file).st_size
        keep = size
        while keep and os.pread(file, 1, keep - 1) != b"\n":
            keep = _line_start(file, keep)
        if keep < size:
            torn = os.pread(file, size - keep, keep)
            with self.path.with_name(self.path.name + ".torn").open("ab") as aside:
                aside.write(torn + b"\n")
            os.ftruncate(file, keep)
        return keep

    def read(self, *, offset: int = 0, line: int = 0) -> Iterator[tuple[Decision, int]]:
        """Decisions from a byte offset on, each with the offset after it; an incomplete last line is left out.

        Args:
            offset: where a line begins.
            line: lines before it, for messages.

        Raises:
            LogError: a complete line is no decision.
        """
        try:
            with self.path.open("rb") as file:
                file.seek(offset)
                for data in file:
                    if not data.endswith(b"\n"):
                        return
                    offset += len(data)
                    line += 1
                    if data.strip():
                        yield self._parse(data, line), offset
        except FileNotFoundError:
            return
        except OSError as error:
            raise LogError(f"{self.path}: the log cannot be read: {error.strerror}") from error

    def _parse(self, data: bytes, line: int) -> Decision:
        try:
            return Decision.model_validate_json(data)
        except ValidationError as error:
            raise LogError(f"{self.path}:{line}: not a decision: {first_fault(error)}") from error

    def size(self) -> int:
        """Bytes of the log; 0 where there is none."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0


def _write_all(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


def _line_start(file: int, end: int) -> int:
    """Where the line that ends at ``end`` begins."""
    while end:
        begin = max(0, end - 4096)
        newline = os.pread(file, end - begin, begin).rfind(b"\n")
        if newline >= 0:
            return begin + newline + 1
        end = begin
    return 0


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

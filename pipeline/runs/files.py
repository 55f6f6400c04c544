"""The output folder: may it be written, is it ours, and files that appear together or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.runs.ledger import Ledger, LedgerBusyError, LedgerDamagedError

#: What is written of the articles, beside the manifest.
RECORDS = (
    "events.jsonl",
    "events.parquet",
    "articles.jsonl",
    "rejects.jsonl",
    "tombstones.jsonl",
    "report.html",
)
#: What a run leaves in its output folder. The manifest is put in place last.
OUTPUTS = (*RECORDS, "manifest.json")
_BOOKS = ".waqai"


class OutputError(Exception):
    """The output folder cannot be used. The message is one line for people."""


class OutputFolder:
    """An output folder that can be written.

    Attributes:
        path: the folder.
        drafts: where files are written before they are put in place; on the same file system.
    """

    def __init__(self, path: Path, inputs: Sequence[str | Path]) -> None:
        """Make sure that the folder can be written and that nothing in it is in danger.

        Raises:
            OutputError: it cannot be written, is itself an input, or holds files of these names that no run made.
        """
        self.path = path
        self.books = path / _BOOKS
        self.drafts = self.books / "drafts"
        own = path.resolve()
        for given in map(Path, inputs):
            if given.resolve() == own:
                raise OutputError(
                    f"{path}: the output folder is an input as well; choose another one with --out"
                )
            if given.resolve().parent == own and given.name in OUTPUTS:
                raise OutputError(
                    f"{given}: this input would be overwritten; choose another folder with --out"
                )
        foreign = [name for name in OUTPUTS if (path / name).exists()]
        if foreign and not self.books.exists() and not _is_manifest(path / "manifest.json"):
            raise OutputError(
                f"{path / foreign[0]}: there before the first run; choose another folder with --out"
            )
        try:
            self.books.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.books) as probe:
                probe.write(b"waqai")
            # What is only a cache should not be backed up or indexed; the signature is that of CACHEDIR.TAG.
            tag = self.books / "CACHEDIR.TAG"
            if not tag.exists():
                tag.write_text("Signature: 8a477f597d28d172789f06886806bc55\n", encoding="ascii")
            blocked = [name for name in OUTPUTS if (path / name).is_dir()]
            if blocked:
                raise OutputError(f"{path / blocked[0]}: a folder stands where a file would be written")
        except OSError as error:
            raise OutputError(
                f"{path}: the output folder cannot be written: {error.strerror or error}"
            ) from error

    def open_ledger(self) -> tuple[Ledger, str | None]:
        """The ledger, and why it had to be begun anew if it had. The folder is then ours until the ledger is closed.

        Raises:
            OutputError: another run is at work here, or the ledger cannot be written.
        """
        path = self.books / "ledger.sqlite"
        try:
            damage = None
            try:
                ledger = Ledger(path)
            except LedgerDamagedError as error:
                for old in self.books.glob("ledger.sqlite*"):
                    old.unlink()
                ledger, damage = Ledger(path), str(error)
            # A run that was killed may have left drafts.
            self.close()
            self.drafts.mkdir()
            return ledger, damage
        except LedgerBusyError as error:
            raise OutputError(f"{self.path}: another run is at work in this folder") from error
        except Exception as error:
            raise OutputError(f"{self.path}: the ledger of the run cannot be written: {error}") from error

    def intact(self, sizes: str) -> bool:
        """Whether the outputs are there with the sizes that :meth:`publish` gave back."""
        try:
            return bool(sizes) and json.loads(sizes) == {n: (self.path / n).stat().st_size for n in OUTPUTS}
        except OSError:
            return False

    def publish(self, names: Iterable[str]) -> str:
        """Put drafts in place, one rename after the other.

        Returns:
            The sizes of the outputs, for :meth:`intact`.
        """
        for name in names:
            with (self.drafts / name).open("rb") as draft:
                os.fsync(draft.fileno())
        sizes = {}
        for name in names:
            sizes[name] = (self.drafts / name).stat().st_size
            (self.drafts / name).replace(self.path / name)
        return json.dumps(sizes)

    def close(self) -> None:
        """Remove what is left of the drafts."""
        with contextlib.suppress(OSError):
            shutil.rmtree(self.drafts)

    def read_manifest(self) -> dict[str, Any]:
        """The manifest of the last complete run."""
        return dict(json.loads((self.path / "manifest.json").read_text(encoding="utf-8")))


def _is_manifest(path: Path) -> bool:
    try:
        return "schema_version" in json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False


class Lines:
    """A text file written line by line, with its size and hash. To be used with ``with``."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._hash = hashlib.sha256()
        self.lines = 0
        self.bytes = 0

    def add(self, line: str) -> None:
        """Write one line; the newline is added."""
        data = line.encode("utf-8") + b"\n"
        self._file.write(data)
        self._hash.update(data)
        self.lines += 1
        self.bytes += len(data)

    def facts(self) -> dict[str, Any]:
        """What the manifest says of the file."""
        return {"lines": self.lines, "bytes": self.bytes, "sha256": self._hash.hexdigest()}

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *failure: object) -> None:
        self._file.close()


def file_facts(path: Path) -> dict[str, Any]:
    """What the manifest says of a file that is there already."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}

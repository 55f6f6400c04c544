"""From the paths that the user names to the files to be read, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pipeline.articles.items import Reject

Format = Literal["text", "html", "jsonl", "json", "csv", "parquet"]

#: What a file is, by its name (before ``.gz``).
SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read.

    Attributes:
        path: where it is.
        shown: the path for people: as given on the command line, or below what was given.
        name: what ids begin with: the path below the input, with ``/``. Where an earlier input has the same path
            too, the input's own name stands before it, so that nothing is taken for a copy of something else.
        format: how it is read.
        packed: whether it is gzip.
        size, mtime_ns, ctime_ns: what the file system says; equal values mean that it need not be read again.
    """

    path: Path
    shown: str
    name: str
    format: Format
    packed: bool
    size: int
    mtime_ns: int
    ctime_ns: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that is of no kind that is read. ``suffix`` is lower case, without ``.gz``, perhaps empty."""

    shown: str
    suffix: str


def walk(
    inputs: Sequence[str | Path], *, exclude: Collection[Path] = ()
) -> Iterator[Source | Skipped | Reject]:
    """The files below ``inputs``: inputs as given, inside a folder by name (code points), depth first.

    Hidden files and folders are left out unless they are named; so are the folders of ``exclude``. A file that is
    reached twice is read once. A file that is named is read whatever its suffix (as text if unknown); files of
    unknown suffix in folders are :class:`Skipped`. What is missing, empty or closed is a reject, and the walk goes on.
    """
    walker = _Walker([Path(i) for i in inputs], {p.resolve() for p in exclude})
    for given in inputs:
        path, shown = Path(given), _printable(str(given))
        try:
            if path.is_dir():
                yield from walker.input_folder(path)
            elif path.is_file():
                yield from walker.named_file(path)
            elif path.exists():
                yield Reject(shown, None, None, "unreadable", "neither a file nor a folder")
            else:
                yield Reject(shown, None, None, "missing", "there is no such file or folder")
        except OSError as error:
            yield _closed(shown, error)


class _Walker:
    """One walk: which folders and named files it has been to, and which folders it stays out of."""

    def __init__(self, inputs: list[Path], shut: set[Path]) -> None:
        self._inputs = inputs
        self._shut = shut
        self._folders: set[tuple[int, int]] = set()
        self._files: set[tuple[int, int]] = set()
        self._names: set[str] = set()
        self._earlier: list[Path] = []
        self._input = Path()

    def input_folder(self, folder: Path) -> Iterator[Source | Skipped | Reject]:
        if _identity(folder) in self._folders:
            return
        self._input = folder
        skipped, read = 0, False
        for item in self._folder(folder, ""):
            skipped += isinstance(item, Skipped)
            read = read or not isinstance(item, Skipped)
            yield item
        if not read:
            detail = f"{skipped} files of other kinds" if skipped else None
            yield Reject(
                _printable(str(folder)), None, None, "empty_folder", "no article files in the folder", detail
            )
        self._earlier.append(folder)

    def named_file(self, path: Path) -> Iterator[Source]:
        known = _format(path.name) is not None and not path.name.startswith(".")
        if (known and _identity(path.parent) in self._folders) or _identity(path) in self._files:
            return
        self._input = path
        name = self._own_name(path.name, "")
        self._files.add(_identity(path))
        self._names.add(name)
        yield _source(path, name, _format(path.name) or "text")

    def _own_name(self, name: str, below: str) -> str:
        """``name``, or the input's label with ``below`` behind it where an earlier input has that name."""
        taken = name in self._names or any(os.path.lexists(folder / name) for folder in self._earlier)
        return self._label() + below if taken else name

    def _label(self) -> str:
        """The shortest tail of the present input's path that no other input has."""
        parts = _parts(self._input)
        tails = (n for n in range(1, len(parts)) if self._tails[parts[-n:]] == 1)
        return "/".join(parts[-next(tails, len(parts)) :])

    @cached_property
    def _tails(self) -> Counter[tuple[str, ...]]:
        """How many different inputs end in each sequence of path components."""
        paths = {_parts(path) for path in self._inputs}
        return Counter(parts[-n:] for parts in paths for n in range(1, len(parts) + 1))

    def _folder(self, folder: Path, prefix: str) -> Iterator[Source | Skipped | Reject]:
        # Links between folders may run in a circle, and one input may lie in another.
        if _identity(folder) in self._folders or folder.resolve() in self._shut:
            return
        self._folders.add(_identity(folder))
        with os.scandir(folder) as entries:
            names = sorted(
                (entry.name, entry.is_dir()) for entry in entries if not entry.name.startswith(".")
            )
        for name, is_folder in names:
            path, below = folder / name, f"{prefix}/{name}" if prefix else name
            try:
                if is_folder:
                    yield from self._folder(path, below)
                    continue
                kind = _format(name)
                if kind is None:
                    yield Skipped(_printable(str(path)), _suffix(name))
                elif not self._files or _identity(path) not in self._files:
                    yield _source(path, self._own_name(below, f"/{below}"), kind)
            except OSError as error:
                yield _closed(_printable(str(path)), error)


def _parts(path: Path) -> tuple[str, ...]:
    return Path(os.path.abspath(path)).parts  # noqa: PTH100  (links stay as they were given)


def _source(path: Path, name: str, kind: Format) -> Source:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError("neither a file nor a folder")
    return Source(
        path=path,
        shown=_printable(str(path)),
        name=_printable(name),
        format=kind,
        packed=path.name.lower().endswith(".gz"),
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
    )


def _suffix(name: str) -> str:
    return Path(name.lower().removesuffix(".gz")).suffix


def _format(name: str) -> Format | None:
    return SUFFIXES.get(_suffix(name))


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _closed(shown: str, error: OSError) -> Reject:
    return Reject(shown, None, None, "unreadable", "cannot be read", error.strerror or str(error))


def _printable(path: str) -> str:
    """A path that can stand in UTF-8: bytes of a file name that are none become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")

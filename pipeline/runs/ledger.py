"""The ledger: what has been read and extracted so far, so that only what is new costs time.

One SQLite file in the output folder serves a plain run, a resumed one and an update alike: every article's
result is written down as soon as it is there, under the article's fingerprint and the key of all versions that
it depends on. A process that dies loses the article in flight. Outputs are always written from the ledger as a
whole, in reading order, so they do not tell how many runs it took.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_FORMAT = "3"
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    id INTEGER PRIMARY KEY, shown TEXT NOT NULL UNIQUE, position INTEGER NOT NULL, stamp TEXT NOT NULL,
    mtime_ns INTEGER NOT NULL, read_at_ns INTEGER NOT NULL, done INTEGER NOT NULL);
CREATE TABLE items (
    id INTEGER PRIMARY KEY, file INTEGER NOT NULL, line INTEGER, article TEXT, fingerprint TEXT, dated TEXT,
    payload BLOB NOT NULL);
CREATE INDEX items_of_file ON items (file, id);
CREATE TABLE plan (
    position INTEGER PRIMARY KEY, item INTEGER NOT NULL, article TEXT, fingerprint TEXT, place TEXT, reject TEXT);
CREATE UNIQUE INDEX plan_article ON plan (article) WHERE reject IS NULL;
CREATE TABLE results (
    fingerprint TEXT NOT NULL, key TEXT NOT NULL, crash TEXT, events INTEGER NOT NULL, payload BLOB NOT NULL,
    run INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (fingerprint, key)) WITHOUT ROWID;
CREATE TABLE listed (
    article TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, key TEXT NOT NULL, shown INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE tombstones (id TEXT PRIMARY KEY, article TEXT NOT NULL, run INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE sketches (
    fingerprint TEXT PRIMARY KEY, published TEXT, source TEXT, words INTEGER NOT NULL, sketch BLOB NOT NULL)
    WITHOUT ROWID;
CREATE TABLE clusters (
    article TEXT PRIMARY KEY, cluster TEXT NOT NULL, size INTEGER NOT NULL, representative INTEGER NOT NULL)
    WITHOUT ROWID;
"""
#: What makes a ledger of an earlier format one of the next: tombstones and ids must survive a new version.
_STEPS: dict[str, tuple[str, ...]] = {
    "2": ("ALTER TABLE results ADD COLUMN run INTEGER NOT NULL DEFAULT 0",),
    "1": (
        "ALTER TABLE listed ADD COLUMN shown INTEGER NOT NULL DEFAULT 1",
        *(
            line
            for line in _SCHEMA.strip().split(";\n")
            if line.startswith(("CREATE TABLE sketches", "CREATE TABLE clu"))
        ),
    ),
}


class LedgerBusyError(Exception):
    """Another run is at work with the same output folder."""


class LedgerDamagedError(Exception):
    """The file is no ledger of this version of the program."""


class Ledger:
    """An open ledger; only one process can have it open. To be used with ``with``.

    ``db`` is the connection; :mod:`pipeline.runs.reading` and :mod:`pipeline.runs.planning` know the tables.
    """

    def __init__(self, path: Path) -> None:
        """Open the ledger, or begin one.

        Raises:
            LedgerBusyError: another process has it open.
            LedgerDamagedError: it is not a ledger of this version.
            sqlite3.OperationalError, OSError: it cannot be opened or written.
        """
        self.db = sqlite3.connect(path, timeout=0.2, isolation_level=None)
        try:
            # Exclusive: no second run beside this one, and no shared memory, which network file systems lack.
            self.db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self.db.execute("PRAGMA journal_mode=WAL")
            # A crash of the program loses nothing; a power cut may lose the last articles, never the file.
            self.db.execute("PRAGMA synchronous=NORMAL")
            self.db.execute("BEGIN EXCLUSIVE")
            if not self.db.execute("SELECT 1 FROM sqlite_master").fetchone():
                for statement in _SCHEMA.strip().split(";\n"):
                    self.db.execute(statement)
                self.set("format", _FORMAT)
            while statements := _STEPS.get(self.get("format")):
                for statement in statements:
                    self.db.execute(statement)
                self.set("format", str(int(self.get("format")) + 1))
            self.db.execute("COMMIT")
            if self.get("format") != _FORMAT:
                raise LedgerDamagedError(f"format {self.get('format')!r}")
            self.db.execute("CREATE TEMP TABLE seen (file INTEGER PRIMARY KEY)")
            self.db.execute(
                "CREATE TEMP TABLE gone (id TEXT PRIMARY KEY, article TEXT NOT NULL) WITHOUT ROWID"
            )
        except sqlite3.DatabaseError as error:
            self.db.close()
            if "locked" in str(error):
                raise LedgerBusyError from error
            if isinstance(error, sqlite3.OperationalError) and "no such" not in str(error):
                raise
            raise LedgerDamagedError(str(error)) from error
        except LedgerDamagedError:
            self.db.close()
            raise

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *failure: object) -> None:
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is written together, or not at all."""
        self.db.execute("BEGIN")
        try:
            yield
        except BaseException:
            # A full disk ends a transaction by itself.
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def get(self, key: str, default: str = "") -> str:
        """A single value, ``default`` if it was never set."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else default

    def put(self, **values: str) -> None:
        """Write single values."""
        with self.transaction():
            for key, value in values.items():
                self.set(key, value)

    def set(self, key: str, value: str) -> None:
        """Write one value, inside a transaction."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @contextmanager
    def batches(self, size: int = 2000) -> Iterator[Callable[[], None]]:
        """Transactions of ``size`` steps each; call what is given after every step."""
        steps = 0

        def step() -> None:
            nonlocal steps
            steps += 1
            if steps % size == 0:
                self.db.execute("COMMIT")
                self.db.execute("BEGIN")

        with self.transaction():
            yield step


def pack(text: str) -> bytes:
    """Text as it is stored. Level 1: a third of the size for a tenth of a millisecond."""
    return zlib.compress(text.encode("utf-8"), 1)


def unpack(data: bytes) -> str:
    """The text that :func:`pack` was given."""
    return zlib.decompress(data).decode("utf-8")

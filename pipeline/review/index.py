"""The records of a run in SQLite: what sorting, filtering and paging need, and where in the files the rest stands.

The index is a cache beside the outputs, made anew when they change; records and texts stay in ``events.jsonl`` and
``articles.jsonl`` and are read one at a time, so memory does not grow with the run.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from pipeline.articles.article import Article
from pipeline.fields import first_fault
from pipeline.records import EventRecord
from pipeline.review.annotation import from_record
from pipeline.review.state import Anchor, sentence_key
from pipeline.text.normalize import fold

#: To be raised when the tables change: an index of another version is made anew.
_VERSION = "1"
_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
  id TEXT PRIMARY KEY, n INTEGER, at INTEGER, length INTEGER, sha256 TEXT, title TEXT, published TEXT, source TEXT
) WITHOUT ROWID;
CREATE TABLE records (
  n INTEGER PRIMARY KEY, id TEXT UNIQUE, at INTEGER, length INTEGER, article TEXT, type TEXT, mode TEXT,
  assertion TEXT, confidence REAL, uncertainty REAL, cluster TEXT, country TEXT, action TEXT, actor TEXT,
  target TEXT, place TEXT, time TEXT, start INTEGER, end INTEGER, "trigger" TEXT, sentence TEXT,
  sentence_start INTEGER, search TEXT, fingerprint TEXT
);
"""
_INDEXES = """
CREATE INDEX by_article ON records (article, n);
CREATE INDEX by_uncertainty ON records (uncertainty, n);
CREATE INDEX by_type ON records (type, mode, n);
CREATE INDEX by_cluster ON records (cluster, n);
"""
_ANCHOR = (
    'records.id, records.article, articles.sha256, start, end, "trigger", mode, sentence, sentence_start, '
    "fingerprint FROM records JOIN articles ON articles.id = records.article"
)


class OutputsError(Exception):
    """The outputs cannot be reviewed. The message is one line for people."""


class RecordIndex:
    """The records of one state of the outputs. The files stay open: a run that replaces them changes nothing here.

    Attributes:
        db: the connection; a private database ``state`` for the caller's tables is attached to it.
        generation: tells states of the outputs apart.
    """

    def __init__(self, folder: Path) -> None:
        """Open the index, making it first where there is none of these outputs.

        Raises:
            OutputsError: files are missing or damaged, or records and articles are not of one run.
        """
        self.folder = folder
        self.generation = generation(folder)
        self._events = _open(folder / "events.jsonl")
        self._articles = _open(folder / "articles.jsonl")
        path = _cache(folder)
        if not _usable(path, self.generation):
            path = _build(path, self.generation, self._events, self._articles)
        self.db = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False, isolation_level=None
        )
        # A database without a name is a temporary file of SQLite's own: it is gone with the connection.
        self.db.execute("ATTACH DATABASE '' AS state")
        self.count = int(self.db.execute("SELECT count(*) FROM records").fetchone()[0])

    def close(self) -> None:
        """Let go of the files."""
        self.db.close()
        self._events.close()
        self._articles.close()

    def record(self, record: str) -> EventRecord | None:
        """The record of an id."""
        row = self.db.execute("SELECT at, length FROM records WHERE id = ?", (record,)).fetchone()
        return None if row is None else EventRecord.model_validate_json(_slice(self._events, *row))

    def article(self, article: str) -> Article | None:
        """The article of an id."""
        row = self.db.execute("SELECT at, length FROM articles WHERE id = ?", (article,)).fetchone()
        if row is None:
            return None
        fields = json.loads(_slice(self._articles, *row))
        return Article(**{name: fields.get(name) for name in Article.model_fields})

    def anchor(self, record: str) -> Anchor | None:
        """The record of an id, as far as finding it goes."""
        row = self.db.execute(f"SELECT {_ANCHOR} WHERE records.id = ?", (record,)).fetchone()
        return None if row is None else Anchor(*row)

    def in_article(self, article: str) -> Sequence[Anchor]:
        """The records of an article, in reading order."""
        rows = self.db.execute(f"SELECT {_ANCHOR} WHERE article = ? ORDER BY start, end, mode", (article,))
        return [Anchor(*row) for row in rows]

    def records(self) -> Iterator[EventRecord]:
        """All records, in the order of the file."""
        rows = self.db.execute("SELECT at, length FROM records ORDER BY n").fetchall()
        for at, length in rows:
            yield EventRecord.model_validate_json(_slice(self._events, at, length))

    def values(self, column: str) -> list[str]:
        """The different values of one of the columns type, mode, assertion, country, article."""
        if column not in ("type", "mode", "assertion", "country", "article"):
            raise ValueError(column)
        rows = self.db.execute(f"SELECT DISTINCT {column} FROM records WHERE {column} IS NOT NULL ORDER BY 1")
        return [row[0] for row in rows]


def generation(folder: Path) -> str:
    """What tells this state of the outputs from others: size, time and place on disk of both files.

    Raises:
        OutputsError: one of them is missing.
    """
    parts = [_VERSION]
    for name in ("events.jsonl", "articles.jsonl"):
        try:
            facts = (folder / name).stat()
        except OSError as error:
            raise OutputsError(
                f"{folder / name}: cannot be read: {error.strerror}; give the output folder of «waqai run»"
            ) from error
        parts += [str(facts.st_size), str(facts.st_mtime_ns), str(facts.st_ino)]
    return "-".join(parts)


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise OutputsError(f"{path}: cannot be read: {error.strerror}") from error


def _slice(file: BinaryIO, at: int, length: int) -> bytes:
    # pread: several threads may read one file.
    return os.pread(file.fileno(), length, at)


def _cache(folder: Path) -> Path:
    """Where the index is kept: beside the outputs, else in the user's temporary folder."""
    home = folder / ".waqai"
    try:
        home.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            return home / "review.sqlite"
    except OSError:
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"waqai-review-{os.getuid()}-{name}.sqlite"


def _usable(path: Path, wanted: str) -> bool:
    if not path.exists() or path.stat().st_uid != os.getuid():
        return False
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            row = db.execute("SELECT value FROM facts WHERE name = 'generation'").fetchone()
        finally:
            db.close()
    except sqlite3.Error:
        return False
    return row is not None and row[0] == wanted


def _build(path: Path, wanted: str, events: BinaryIO, articles: BinaryIO) -> Path:
    """Make the index under another name and put it in place when it is whole."""
    handle, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        db = sqlite3.connect(draft, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            db.executescript(_TABLES)
            db.execute("BEGIN")
            digests = _add_articles(db, articles)
            _add_records(db, events, digests)
            db.execute("INSERT INTO facts VALUES ('generation', ?)", (wanted,))
            db.execute("COMMIT")
            db.executescript(_INDEXES)
        finally:
            db.close()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def _lines(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Number (from 1), offset and content of every line that is not blank."""
    at = 0
    file.seek(0)
    for number, line in enumerate(file, 1):
        if line.strip():
            yield number, at, line
        at += len(line)


def _add_articles(db: sqlite3.Connection, file: BinaryIO) -> dict[str, str]:
    digests: dict[str, str] = {}
    for number, at, line in _lines(file):
        where = f"{file.name}:{number}"
        try:
            fields: Any = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise OutputsError(f"{where}: not valid JSON") from error
        if (
            not isinstance(fields, dict)
            or not isinstance(fields.get("id"), str)
            or not isinstance(fields.get("text"), str)
        ):
            raise OutputsError(f"{where}: not an article: id and text are needed")
        digest = hashlib.sha256(fields["text"].encode("utf-8", "replace")).hexdigest()
        if fields["id"] in digests:
            raise OutputsError(f"{where}: the article {fields['id']} stands twice")
        digests[fields["id"]] = digest
        facts = (fields.get("title"), fields.get("published"), fields.get("source"))
        db.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (fields["id"], number, at, len(line), digest, *facts),
        )
    return digests


def _add_records(db: sqlite3.Connection, file: BinaryIO, digests: dict[str, str]) -> None:
    for number, at, line in _lines(file):
        where = f"{file.name}:{number}"
        try:
            record = EventRecord.model_validate_json(line)
        except ValidationError as error:
            raise OutputsError(f"{where}: not an event record: {first_fault(error)}") from error
        if record.article.id not in digests:
            raise OutputsError(f"{where}: the article {record.article.id} is not in articles.jsonl")
        if record.article.sha256 != digests[record.article.id]:
            raise OutputsError(
                f"{where}: the record was made from another text of {record.article.id}; run «waqai run» again"
            )
        try:
            db.execute(
                f"INSERT INTO records VALUES ({', '.join('?' * 24)})", _row(number, at, len(line), record)
            )
        except sqlite3.IntegrityError as error:
            raise OutputsError(f"{where}: the record {record.id} stands twice") from error


def _row(number: int, at: int, length: int, record: EventRecord) -> tuple[Any, ...]:
    slots = (record.action, record.actor, record.target, record.place)
    names = [p.name_en for p in record.places] + [a.name for a in (*record.actors, *record.targets)]
    search = " ".join(part for part in (record.id, *slots, *names, record.sentence.text) if part)
    # How near to even odds: 0 is a coin's toss, 1 is sure either way.
    uncertainty = round(abs(2 * record.confidence - 1), 6)
    return (
        number, record.id, at, length, record.article.id, record.type, record.mode, record.assertion,
        record.confidence, uncertainty, record.cluster.id if record.cluster else None,
        next((p.country for p in record.places if p.country), None), *slots, record.time,
        record.trigger.start, record.trigger.end, record.trigger.text, sentence_key(record.sentence.text),
        record.sentence.start, fold(search).lower(), from_record(record).fingerprint(),
    )  # fmt: skip

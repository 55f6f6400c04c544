"""Entering the inputs into the ledger; a file that is as it was is not opened."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.articles.items import Found, Item, Limits, Note, Reject
from pipeline.articles.read import read_source
from pipeline.articles.walk import Skipped, Source, walk
from pipeline.runs.console import Console, Counting
from pipeline.runs.ledger import Ledger, pack

#: Times of files are coarse: one changed so shortly before it was read may change again under the same time.
_COARSE_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Scan:
    """What was come across: files, those of them that had to be read, and how many of unknown kinds by suffix."""

    files: int
    read: int
    skipped: dict[str, int]


def scan(
    ledger: Ledger,
    inputs: Sequence[str | Path],
    *,
    key: str,
    published: str | None,
    limits: Limits,
    exclude: Sequence[Path],
    console: Console,
) -> Scan:
    """Bring the ledger's files and items up to what the inputs hold.

    Args:
        ledger: the ledger. Its value ``planned`` is emptied as soon as anything is found to differ.
        inputs: paths as the user gave them.
        key: what reading depends on besides a file's content (:func:`pipeline.runs.versions.reading_key`).
        published: ISO date of articles without one.
        limits: bounds of what is read.
        exclude: folders to stay out of.
        console: told of what is mended while reading.
    """
    files = read = 0
    skipped: Counter[str] = Counter()
    ledger.db.execute("DELETE FROM seen")
    with console.counting("reading", None) as counting:
        for position, entry in enumerate(walk(inputs, exclude=exclude)):
            if isinstance(entry, Skipped):
                skipped[entry.suffix] += 1
            elif isinstance(entry, Reject):
                _enter_reject(ledger, entry, position)
            else:
                files += 1
                if not _known(ledger, entry, position, key):
                    read += 1
                    items = read_source(entry, published=published, limits=limits)
                    _enter(
                        ledger,
                        entry.shown,
                        position,
                        _stamp(entry, key),
                        entry.mtime_ns,
                        items,
                        console,
                        counting,
                    )
    _forget_unseen(ledger)
    return Scan(files, read, dict(sorted(skipped.items())))


def _stamp(source: Source, key: str) -> str:
    return f"{source.name}\n{source.size} {source.mtime_ns} {source.ctime_ns} {key}"


def _known(ledger: Ledger, source: Source, position: int, key: str) -> bool:
    """Whether the file need not be read; it is then entered as seen."""
    row = ledger.db.execute(
        "SELECT id, position, stamp, mtime_ns, read_at_ns, done FROM files WHERE shown = ?", (source.shown,)
    ).fetchone()
    if row is None or not row[5] or row[2] != _stamp(source, key) or row[3] > row[4] - _COARSE_NS:
        return False
    _see(ledger, row[0], row[1], position)
    return True


def _see(ledger: Ledger, file: int, old: int, new: int) -> None:
    if old != new:
        _touch(ledger)
        ledger.db.execute("UPDATE files SET position = ? WHERE id = ?", (new, file))
    ledger.db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (file,))


def _enter_reject(ledger: Ledger, reject: Reject, position: int) -> None:
    """Enter a reject that belongs to no file: a missing path, an empty folder."""
    stamp = reject.to_json()
    row = ledger.db.execute(
        "SELECT id, position, stamp FROM files WHERE shown = ?", (reject.where,)
    ).fetchone()
    if row and row[2] == stamp:
        _see(ledger, row[0], row[1], position)
    else:
        _enter(ledger, reject.where, position, stamp, 0, [reject], None, None)


def _enter(
    ledger: Ledger,
    shown: str,
    position: int,
    stamp: str,
    mtime_ns: int,
    items: Iterable[Item],
    console: Console | None,
    counting: Counting | None,
) -> None:
    """Enter a file and what is read from it, in place of what the ledger had of it."""
    _touch(ledger)
    db = ledger.db
    with ledger.batches() as step:
        for row in db.execute("SELECT id FROM files WHERE shown = ?", (shown,)).fetchall():
            _forget(ledger, row[0])
        # Not done until its end is reached: a file that is cut short by a crash is read again.
        insert = (
            "INSERT INTO files (shown, position, stamp, mtime_ns, read_at_ns, done) VALUES (?, ?, ?, ?, ?, 0)"
        )
        file = db.execute(insert, (shown, position, stamp, mtime_ns, time.time_ns())).lastrowid
        for item in items:
            if isinstance(item, Note):
                if console:
                    console.note(item)
                continue
            values: tuple[str | None, ...] = (None, None, None)
            if isinstance(item, Found):
                article = item.article
                values = (article.id, article.fingerprint, item.dated)
                payload = pack(article.model_dump_json())
                if counting:
                    counting.advance()
            else:
                payload = pack(item.to_json())
            insert = "INSERT INTO items (file, line, article, fingerprint, dated, payload) VALUES (?, ?, ?, ?, ?, ?)"
            db.execute(insert, (file, item.line, *values, payload))
            step()
        db.execute("UPDATE files SET done = 1 WHERE id = ?", (file,))
    db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (file,))


def _forget_unseen(ledger: Ledger) -> None:
    gone = ledger.db.execute("SELECT id FROM files WHERE id NOT IN (SELECT file FROM seen)").fetchall()
    if gone:
        _touch(ledger)
    with ledger.batches() as step:
        for row in gone:
            _forget(ledger, row[0])
            step()


def _forget(ledger: Ledger, file: int) -> None:
    ledger.db.execute("DELETE FROM items WHERE file = ?", (file,))
    ledger.db.execute("DELETE FROM files WHERE id = ?", (file,))


def _touch(ledger: Ledger) -> None:
    """From here on the plan does not say what the files say."""
    if ledger.get("planned"):
        ledger.set("planned", "")

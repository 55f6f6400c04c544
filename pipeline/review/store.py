"""The store: the index of the records and the state of the log, as tables that are kept up to date.

The tables hold what :func:`pipeline.review.state.fold` gives, one decision at a time; a test holds them equal. Other
processes may write to the same log: what they wrote is taken in before every answer.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.review.decisions import JUDGEMENTS, Decision, DecisionLog
from pipeline.review.index import OutputsError, RecordIndex, generation
from pipeline.review.state import find, follow, status

_TABLES = """
CREATE TABLE state.entries (
  seq INTEGER PRIMARY KEY, id TEXT UNIQUE, annotator TEXT, role TEXT, action TEXT, record TEXT, direct INTEGER,
  undoes TEXT, at TEXT, live INTEGER, data TEXT
);
CREATE INDEX state.entries_of ON entries (record, annotator, role);
CREATE INDEX state.entries_undoing ON entries (undoes);
CREATE INDEX state.entries_by ON entries (annotator, role, seq);
CREATE TABLE state.standing (
  record TEXT, annotator TEXT, role TEXT, status TEXT, seq INTEGER, value TEXT, article TEXT,
  PRIMARY KEY (record, annotator, role)
) WITHOUT ROWID;
CREATE INDEX state.standing_by ON standing (annotator, role, status);
CREATE TABLE state.contested (record TEXT PRIMARY KEY, annotators INTEGER, opinions INTEGER) WITHOUT ROWID;
CREATE TABLE state.comments (seq INTEGER PRIMARY KEY, record TEXT);
CREATE INDEX state.comments_of ON comments (record);
CREATE TABLE state.chosen (record TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;
"""


class Store:
    """Records and decisions, for one process. Every method may be called from any thread.

    Attributes:
        index: the records. Replaced when the outputs change.
        lock: held while the tables are read or written.
    """

    def __init__(self, folder: Path, log: DecisionLog, *, sample: Sequence[Any] = ()) -> None:
        """Open the outputs and take in the log.

        Args:
            folder: output folder of a run.
            log: the decisions.
            sample: the entries of a sample (see :mod:`pipeline.review.sample`); empty for all records.

        Raises:
            OutputsError: the outputs cannot be reviewed.
            LogError: the log is damaged.
        """
        self.folder = folder
        self.log = log
        self.lock = threading.RLock()
        self.sample = tuple(sample)
        self._refused = ""
        self.index = self._open()
        self.refresh()

    @property
    def sampled(self) -> bool:
        """Whether the queue is a sample."""
        return bool(self.sample)

    def close(self) -> None:
        """Let go of the files."""
        with self.lock:
            self.index.close()

    def _open(self) -> RecordIndex:
        index = RecordIndex(self.folder)
        index.db.executescript(_TABLES)
        for place, item in enumerate(self.sample):
            record = item.record if index.anchor(item.record) else find(item.where, item.mode, index)
            if record is not None:
                index.db.execute("INSERT OR IGNORE INTO state.chosen VALUES (?, ?)", (record, place))
        self._offset = self._line = self._inode = 0
        return index

    def refresh(self) -> None:
        """Take in what other processes wrote: new outputs, new decisions.

        Raises:
            LogError: the log is damaged.
        """
        with self.lock:
            self._renew()
            if self._replaced():
                self._forget()
            for decision, offset in self.log.read(offset=self._offset, line=self._line):
                self._enter(decision)
                self._offset = offset
                self._line += 1

    def _renew(self) -> None:
        """Open the outputs again if they are others by now.

        While a run puts its files in place they may not fit together for a moment: the old ones serve on.
        """
        with suppress(OutputsError):
            found = generation(self.folder)
            if found not in (self.index.generation, self._refused):
                self._refused = found
                new, old = self._open(), self.index
                self.index = new
                old.close()

    def _replaced(self) -> bool:
        """Whether the log is another file than the one that was read, or shorter."""
        try:
            facts = self.log.path.stat()
        except FileNotFoundError:
            return self._offset > 0
        inode, self._inode = self._inode, facts.st_ino
        return self._offset > 0 and (facts.st_size < self._offset or inode not in (0, facts.st_ino))

    def _forget(self) -> None:
        for table in ("entries", "standing", "contested", "comments"):
            self.index.db.execute(f"DELETE FROM state.{table}")
        self._offset = self._line = 0

    def _enter(self, decision: Decision) -> None:
        db = self.index.db
        record = follow(decision, self.index)
        if db.execute("SELECT 1 FROM state.entries WHERE id = ?", (decision.id,)).fetchone():
            return
        db.execute(
            "INSERT INTO state.entries (id, annotator, role, action, record, direct, undoes, at, live, data) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
            (
                decision.id,
                decision.annotator,
                decision.role,
                decision.action,
                record,
                record == decision.record,
                decision.undoes,
                decision.at,
                decision.to_json(),
            ),
        )
        if decision.undoes is not None:
            self._settle(decision.undoes)
        elif record is not None:
            self._judge(record, decision.annotator, decision.role)

    def _settle(self, entry: str) -> None:
        """Work out whether a decision stands: unless something later that stands undoes it."""
        db = self.index.db
        row = db.execute(
            "SELECT record, annotator, role, undoes, live, NOT EXISTS (SELECT 1 FROM state.entries AS later "
            "WHERE later.undoes = entries.id AND later.live AND later.seq > entries.seq) "
            "FROM state.entries WHERE id = ?",
            (entry,),
        ).fetchone()
        if row is None or row[4] == row[5]:
            return
        record, annotator, role, undoes, _, alive = row
        db.execute("UPDATE state.entries SET live = ? WHERE id = ?", (alive, entry))
        if undoes is not None:
            self._settle(undoes)
        elif record is not None:
            self._judge(record, annotator, role)

    def _judge(self, record: str, annotator: str, role: str) -> None:
        """Work out again what an annotator holds of a record."""
        db = self.index.db
        marks = ", ".join(f"'{action}'" for action in sorted(JUDGEMENTS))
        row = db.execute(
            f"SELECT seq, data FROM state.entries WHERE record = ? AND annotator = ? AND role = ? AND live "
            f"AND action IN ({marks}) ORDER BY direct DESC, seq DESC LIMIT 1",
            (record, annotator, role),
        ).fetchone()
        key = (record, annotator, role)
        db.execute("DELETE FROM state.standing WHERE record = ? AND annotator = ? AND role = ?", key)
        if row is not None:
            decision = Decision.model_validate_json(row[1])
            anchor = self.index.anchor(record)
            what = status(decision, anchor.fingerprint if anchor is not None else None)
            value = "" if decision.after is None else decision.after.fingerprint()
            article = decision.where.article if decision.where is not None else None
            db.execute(
                "INSERT INTO state.standing VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*key, what, row[0], value, article),
            )
        db.execute("DELETE FROM state.comments WHERE record = ?", (record,))
        db.execute(
            "INSERT INTO state.comments SELECT seq, record FROM state.entries "
            "WHERE record = ? AND live AND action = 'comment'",
            (record,),
        )
        db.execute("DELETE FROM state.contested WHERE record = ?", (record,))
        db.execute(
            "INSERT INTO state.contested SELECT record, count(*), count(DISTINCT value) FROM state.standing "
            "WHERE record = ? AND role = 'annotator' AND status <> 'skipped' "
            "AND NOT (status = 'changed' AND value = '') GROUP BY record",
            (record,),
        )

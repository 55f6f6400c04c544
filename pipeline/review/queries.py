"""What the pages ask of the store: the next record, a page of the list, progress, who decided what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from pipeline.review.annotation import Annotation, from_record
from pipeline.review.decisions import ADDED, JUDGEMENTS, Decision, Role, Where
from pipeline.review.queue import DISPUTES, Choice, after, order_by, reversed_order, source
from pipeline.review.store import Store

#: Records on a page of the list.
PAGE = 50
#: A pause longer than this many seconds is no work.
_PAUSE = 120.0
_LISTED = (
    "records.id, records.type, records.mode, records.assertion, records.confidence, records.article, records.action, "
    "records.actor, records.target, records.place, records.time, records.cluster, mine.status"
)
_WORK = f"action IN ({', '.join(repr(action) for action in sorted(JUDGEMENTS))})"


@dataclass(frozen=True, slots=True)
class Me:
    """Who asks: an annotator's name and what they are doing."""

    annotator: str
    role: Role

    def values(self) -> dict[str, Any]:
        """For SQL."""
        return {"me": self.annotator, "role": self.role}


@dataclass(frozen=True, slots=True)
class Opinion:
    """A judgement that stands, of an annotator on a record."""

    annotator: str
    role: Role
    status: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the annotator is: records judged and in all, with the filters; decisions an hour (None: too few)."""

    done: int
    total: int
    rate: int | None


def neighbour(
    store: Store, me: Me, choice: Choice, record: str | None, *, backwards: bool = False
) -> str | None:
    """The record before or after another in the order of the queue, itself left out.

    At the end the search goes on from the beginning; without a record it is the first one. None where none is left.
    """
    condition, values = choice.where()
    joined = source(choice, sampled=store.sampled)
    values |= me.values()
    select = f"SELECT records.id {joined} WHERE {condition}"
    order = reversed_order(choice) if backwards else order_by(choice)
    db = store.index.db
    with store.lock:
        if record is not None:
            keys, beyond = after(choice, backwards=backwards)
            everywhere = source(choice, sampled=store.sampled)
            place = db.execute(
                f"SELECT {keys} {everywhere} WHERE records.id = :record", values | {"record": record}
            ).fetchone()
            if place is not None:
                values |= {f"p{n}": value for n, value in enumerate(place)}
                row = db.execute(f"{select} AND {beyond} {order} LIMIT 1", values).fetchone()
                if row is not None:
                    return str(row[0])
        row = db.execute(
            f"{select} AND records.id IS NOT :record {order} LIMIT 1", values | {"record": record}
        ).fetchone()
    return None if row is None else str(row[0])


def page(store: Store, me: Me, choice: Choice, number: int) -> tuple[list[dict[str, Any]], int]:
    """A page of the list, from 1, and how many records there are in all."""
    condition, values = choice.where()
    joined = source(choice, sampled=store.sampled)
    values |= me.values()
    with store.lock:
        total = store.index.db.execute(f"SELECT count(*) {joined} WHERE {condition}", values).fetchone()[0]
        cursor = store.index.db.execute(
            f"SELECT {_LISTED} {joined} WHERE {condition} {order_by(choice)} LIMIT {PAGE} OFFSET :skip",
            values | {"skip": (number - 1) * PAGE},
        )
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return rows, int(total)


def progress(store: Store, me: Me, choice: Choice) -> Progress:
    """How far the annotator is with what the filters choose."""
    everything = replace(choice, status="contested" if choice.status in DISPUTES else "all")
    condition, values = everything.where()
    joined = source(everything, sampled=store.sampled)
    values |= me.values()
    with store.lock:
        total, done = store.index.db.execute(
            f"SELECT count(*), count(CASE WHEN mine.status IS NOT NULL AND mine.status <> 'changed' THEN 1 END) "
            f"{joined} WHERE {condition}",
            values,
        ).fetchone()
        stamps = store.index.db.execute(
            f"SELECT at FROM state.entries WHERE annotator = :me AND role = :role AND live AND {_WORK} "
            "ORDER BY seq DESC LIMIT 200",
            me.values(),
        ).fetchall()
    return Progress(int(done), int(total), _rate([datetime.fromisoformat(row[0]) for row in stamps]))


def _rate(stamps: Sequence[datetime]) -> int | None:
    """Decisions an hour, from the time between them, pauses left out."""
    gaps = [(new - old).total_seconds() for new, old in pairwise(stamps)]
    worked = [gap for gap in gaps if 0 <= gap <= _PAUSE]
    return round(3600 * len(worked) / sum(worked)) if len(worked) >= 3 and sum(worked) > 0 else None


def opinions(store: Store, record: str) -> list[Opinion]:
    """What everybody holds of a record, in the order of their names."""
    with store.lock:
        rows = store.index.db.execute(
            "SELECT standing.annotator, standing.role, standing.status, entries.data FROM state.standing "
            "JOIN state.entries USING (seq) WHERE standing.record = ? ORDER BY standing.role, standing.annotator",
            (record,),
        ).fetchall()
    return [Opinion(name, role, what, Decision.model_validate_json(data)) for name, role, what, data in rows]


def comments(store: Store, record: str) -> list[Decision]:
    """The comments on a record that stand, oldest first."""
    with store.lock:
        rows = store.index.db.execute(
            "SELECT data FROM state.comments JOIN state.entries USING (seq) WHERE comments.record = ? ORDER BY seq",
            (record,),
        ).fetchall()
    return [Decision.model_validate_json(row[0]) for row in rows]


def last_undoable(store: Store, me: Me) -> tuple[str, str | None] | None:
    """What «undo» takes back: id and record of the last decision that stands."""
    with store.lock:
        row = store.index.db.execute(
            "SELECT id, record FROM state.entries WHERE annotator = :me AND role = :role AND live "
            "AND action NOT IN ('undo', 'redo') ORDER BY seq DESC LIMIT 1",
            me.values(),
        ).fetchone()
    return None if row is None else (row[0], row[1])


def last_redoable(store: Store, me: Me) -> tuple[str, str | None] | None:
    """What «redo» takes back: id of the undo, and record of the decision that comes back."""
    with store.lock:
        row = store.index.db.execute(
            "SELECT undo.id, undone.record FROM state.entries AS undo JOIN state.entries AS undone "
            "ON undone.id = undo.undoes WHERE undo.annotator = :me AND undo.role = :role AND undo.live "
            "AND undo.action = 'undo' AND undo.seq > coalesce((SELECT max(seq) FROM state.entries "
            "WHERE annotator = :me AND role = :role AND action NOT IN ('undo', 'redo')), 0) "
            "ORDER BY undo.seq DESC LIMIT 1",
            me.values(),
        ).fetchone()
    return None if row is None else (row[0], row[1])


def added(store: Store, *, article: str | None = None, only: Me | None = None) -> list[Opinion]:
    """Events that annotators added, in the order in which they were, each once: of an article, of one annotator."""
    conditions, values = (
        ["standing.record LIKE 'add\\_%' ESCAPE '\\'", "standing.status = 'added'"],
        dict[str, Any](),
    )
    if article is not None:
        conditions.append("standing.article = :article")
        values["article"] = article
    if only is not None:
        conditions.append("standing.annotator = :me AND standing.role = :role")
        values |= only.values()
    with store.lock:
        rows = store.index.db.execute(
            "SELECT standing.annotator, standing.role, standing.status, entries.data FROM state.standing "
            f"JOIN state.entries USING (seq) WHERE {' AND '.join(conditions)} ORDER BY seq",
            values,
        ).fetchall()
    found: dict[str, Opinion] = {}
    for name, role, what, data in rows:
        decision = Decision.model_validate_json(data)
        found.setdefault(decision.record or "", Opinion(name, role, what, decision))
    return list(found.values())


def gone(store: Store) -> list[Decision]:
    """Standing judgements whose record is gone, oldest first."""
    with store.lock:
        rows = store.index.db.execute(
            f"SELECT data FROM state.entries WHERE live AND record IS NULL AND {_WORK} ORDER BY seq"
        ).fetchall()
    return [Decision.model_validate_json(row[0]) for row in rows]


@dataclass(frozen=True, slots=True)
class Judged:
    """What there is to judge: a record as the extractor has it, or an event that somebody added."""

    id: str
    annotation: Annotation
    where: Where
    confidence: float | None
    versions: Mapping[str, str]
    added_by: str | None = None


def judged(store: Store, record: str) -> Judged | None:
    """What there is to judge under an id; None where there is no such record or event."""
    if record.startswith(ADDED):
        return next(filter(None, map(_added, opinions(store, record))), None)
    with store.lock:
        full = store.index.record(record)
    if full is None:
        return None
    annotation = from_record(full)
    sentence = full.sentence.model_dump(include={"text", "start", "end"})
    where = Where.model_validate(
        {
            "article": full.article.id,
            "sha256": full.article.sha256,
            "trigger": annotation.trigger,
            "sentence": sentence,
        }
    )
    provenance = full.provenance
    versions = {
        "record_version": provenance.version,
        "schema": full.schema_version,
        "engine": provenance.engine,
        "models": provenance.models,
        "knowledge": provenance.knowledge,
    }
    return Judged(record, annotation, where, full.confidence, versions)


def _added(opinion: Opinion) -> Judged | None:
    decision = opinion.decision
    if decision.record is None or decision.after is None or decision.where is None:
        return None
    return Judged(decision.record, decision.after, decision.where, None, {}, opinion.annotator)

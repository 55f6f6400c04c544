"""From what was read to what is to be done, and from what is done to what goes into the outputs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.articles.article import Article
from pipeline.articles.items import Reject
from pipeline.articles.read import duplicate, place
from pipeline.records import ClusterRef
from pipeline.runs.ledger import Ledger, unpack
from pipeline.runs.work import Done, Pending

_CURRENT = "FROM plan LEFT JOIN results USING (fingerprint) WHERE reject IS NULL AND key = :key"
#: Whether an article of the plan has its records in the outputs: copies have not where only representatives are wanted.
_SHOWN = "NOT (:only AND EXISTS (SELECT 1 FROM clusters WHERE article = plan.article AND NOT representative))"


@dataclass(frozen=True, slots=True)
class Output:
    """What one item of the plan contributes to the outputs.

    Attributes:
        reject: a line of ``rejects.jsonl``; then the rest is empty.
        article: the article as JSON.
        events: its records, lines of ``events.jsonl`` whose cluster is still null.
        dated: where its date of publication comes from.
        cluster: its cluster of near-duplicates.
    """

    reject: str | None = None
    article: str = ""
    events: tuple[str, ...] = ()
    dated: str | None = None
    cluster: ClusterRef | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Articles of this run against those of the last complete run."""

    new: int
    changed: int
    unchanged: int
    removed: int


def make_plan(ledger: Ledger) -> str:
    """Lay down the articles and rejects in reading order; of articles with one id the first stands.

    Returns:
        A digest of the plan: equal digests mean equal articles and equal rejects in an equal order.
    """
    db = ledger.db
    digest = hashlib.sha256()
    with ledger.batches() as step:
        db.execute("DELETE FROM plan")
        rows = db.execute(
            "SELECT items.id, files.shown, items.line, items.article, items.fingerprint, "
            "CASE WHEN items.article IS NULL THEN items.payload END "
            "FROM files JOIN items ON items.file = files.id ORDER BY files.position, items.id"
        )
        for position, (item, shown, line, article, fingerprint, payload) in enumerate(rows):
            reject = unpack(payload) if payload is not None else None
            if article is not None:
                first = db.execute(
                    "SELECT place FROM plan WHERE article = ? AND reject IS NULL", (article,)
                ).fetchone()
                if first:
                    reject = duplicate(article, shown, line, first[0]).to_json()
            db.execute(
                "INSERT INTO plan VALUES (?, ?, ?, ?, ?, ?)",
                (position, item, article, fingerprint, place(shown, line), reject),
            )
            digest.update((reject or fingerprint).encode() + b"\n")
            step()
        ledger.set("planned", digest.hexdigest())
    return digest.hexdigest()


def planned_rejects(ledger: Ledger) -> Iterator[Reject]:
    """The rejects of the plan, in reading order."""
    for row in ledger.db.execute("SELECT reject FROM plan WHERE reject IS NOT NULL ORDER BY position"):
        yield Reject(**json.loads(row[0]))


def planned_articles(ledger: Ledger) -> int:
    """How many articles the plan holds."""
    return int(ledger.db.execute("SELECT count(*) FROM plan WHERE reject IS NULL").fetchone()[0])


def has_listed(ledger: Ledger) -> bool:
    """Whether the last complete run had any article."""
    return ledger.db.execute("SELECT 1 FROM listed LIMIT 1").fetchone() is not None


def retry_crashes(ledger: Ledger, key: str) -> None:
    """Forget that articles crashed, so that they are tried again."""
    ledger.db.execute("DELETE FROM results WHERE key = ? AND crash IS NOT NULL", (key,))


def crashes(ledger: Ledger, key: str) -> int:
    """How many articles of the plan crashed."""
    return int(
        ledger.db.execute(f"SELECT count(*) {_CURRENT} AND crash IS NOT NULL", {"key": key}).fetchone()[0]
    )


def count_pending(ledger: Ledger, key: str) -> int:
    """How many articles of the plan have no result yet."""
    done = int(ledger.db.execute(f"SELECT count(*) {_CURRENT}", {"key": key}).fetchone()[0])
    return planned_articles(ledger) - done


def pending(ledger: Ledger, key: str, first: int = 0, last: int | None = None) -> Iterator[Pending]:
    """The articles without a result, in reading order; results may be entered meanwhile.

    Args:
        ledger: the ledger.
        key: of the results.
        first, last: positions of the plan, both included; None: to the end.
    """
    position = first - 1
    while True:
        rows = ledger.db.execute(
            "SELECT plan.position, items.payload, files.shown, items.line FROM plan "
            "JOIN items ON items.id = plan.item JOIN files ON files.id = items.file "
            "WHERE plan.position > :position AND (:last IS NULL OR plan.position <= :last) AND reject IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM results WHERE fingerprint = plan.fingerprint AND key = :key) "
            "ORDER BY plan.position LIMIT 64",
            {"position": position, "last": last, "key": key},
        ).fetchall()
        for row in rows:
            position = row[0]
            yield Pending(Article.model_validate_json(unpack(row[1])), row[2], row[3])
        if not rows:
            return


def partitions(ledger: Ledger, size: int) -> list[tuple[int, int]]:
    """The plan in parts of about ``size`` bytes of packed text: first and last position of each.

    They depend on the plan alone, so that an interrupted run comes to the same parts again.
    """
    found: list[tuple[int, int]] = []
    first, total = 0, 0
    rows = ledger.db.execute(
        "SELECT plan.position, length(items.payload) FROM plan JOIN items ON items.id = plan.item "
        "WHERE reject IS NULL ORDER BY plan.position"
    )
    position = -1
    for position, length in rows:
        total += length
        if total >= size:
            found.append((first, position))
            first, total = position + 1, 0
    return [*found, (first, position)] if total else found


def enter(ledger: Ledger, key: str, run: int, item: Done) -> None:
    """Write down what came of an article in the run of this number, its records or the reject that it became."""
    ledger.db.execute(
        "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?)",
        (item.fingerprint, key, item.crash.to_json() if item.crash else None, item.events, item.payload, run),
    )


def processed(ledger: Ledger, key: str, run: int) -> int:
    """How many articles of the plan have a result of this run, however often it was interrupted."""
    return int(
        ledger.db.execute(f"SELECT count(*) {_CURRENT} AND run = :run", {"key": key, "run": run}).fetchone()[
            0
        ]
    )


def outputs(ledger: Ledger, key: str) -> Iterator[Output]:
    """What goes into the outputs, in reading order. Every article of the plan must have its result."""
    rows = ledger.db.execute(
        "SELECT plan.reject, items.payload, items.dated, results.crash, results.payload, "
        "clusters.cluster, clusters.size, clusters.representative FROM plan "
        "JOIN items ON items.id = plan.item "
        "LEFT JOIN results ON results.fingerprint = plan.fingerprint AND results.key = ? "
        "LEFT JOIN clusters ON clusters.article = plan.article ORDER BY plan.position",
        (key,),
    )
    for reject, article, dated, crash, events, name, size, representative in rows:
        if reject or crash:
            yield Output(reject=reject or crash)
        else:
            lines = unpack(events)
            yield Output(
                article=unpack(article),
                events=tuple(lines.split("\n")) if lines else (),
                dated=dated,
                cluster=ClusterRef(id=name, size=size, representative=bool(representative)) if name else None,
            )


def changes(ledger: Ledger) -> Changes:
    """The plan against the articles of the last complete run, by id and fingerprint."""
    count = "SELECT count(*) FROM plan LEFT JOIN listed USING (article) WHERE plan.reject IS NULL AND "
    new, changed, unchanged = (
        int(ledger.db.execute(count + condition).fetchone()[0])
        for condition in (
            "listed.fingerprint IS NULL",
            "listed.fingerprint <> plan.fingerprint",
            "listed.fingerprint = plan.fingerprint",
        )
    )
    total = int(ledger.db.execute("SELECT count(*) FROM listed").fetchone()[0])
    return Changes(new, changed, unchanged, total - changed - unchanged)


def bury(ledger: Ledger, key: str, run: int, *, representatives_only: bool) -> None:
    """Enter the ids of records that the last complete run had and this one has not; ids that are back rise again.

    Record ids hold their article's id, so only articles that are new, changed, redone, gone, or that were left out as
    copies by one of the two runs can differ.
    """
    db = ledger.db
    old = (
        "SELECT results.payload, listed.article FROM listed JOIN results USING (fingerprint, key) "
        "LEFT JOIN plan ON plan.article = listed.article AND plan.reject IS NULL "
        "WHERE listed.shown AND (plan.article IS NULL OR plan.fingerprint <> listed.fingerprint "
        f"OR listed.key <> :key OR NOT {_SHOWN})"
    )
    new = (
        "SELECT results.payload FROM plan JOIN results ON results.fingerprint = plan.fingerprint "
        "AND results.key = :key LEFT JOIN listed ON listed.article = plan.article WHERE plan.reject IS NULL "
        f"AND {_SHOWN} AND (listed.article IS NULL OR NOT listed.shown OR listed.fingerprint <> plan.fingerprint "
        "OR listed.key <> :key)"
    )
    values = {"key": key, "only": representatives_only}
    db.execute("DELETE FROM gone")
    for payload, article in db.execute(old, values):
        db.executemany(
            "INSERT OR REPLACE INTO gone VALUES (?, ?)", [(i, article) for i in _record_ids(payload)]
        )
    for (payload,) in db.execute(new, values):
        ids = [(i,) for i in _record_ids(payload)]
        db.executemany("DELETE FROM gone WHERE id = ?", ids)
        db.executemany("DELETE FROM tombstones WHERE id = ?", ids)
    db.execute("INSERT OR REPLACE INTO tombstones SELECT id, article, ? FROM gone", (run,))


def _record_ids(payload: bytes) -> list[str]:
    text = unpack(payload)
    return [json.loads(line)["id"] for line in text.split("\n")] if text else []


def tombstones(ledger: Ledger) -> Iterator[str]:
    """The lines of ``tombstones.jsonl``."""
    for record, article, run in ledger.db.execute("SELECT * FROM tombstones ORDER BY run, article, id"):
        line = {"id": record, "article": article, "gone_since_run": run}
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def close_run(ledger: Ledger, key: str, *, representatives_only: bool) -> None:
    """Make the plan what the next run is compared with, and drop what nothing refers to any more."""
    db = ledger.db
    db.execute("DELETE FROM listed")
    db.execute(
        f"INSERT INTO listed SELECT article, fingerprint, :key, {_SHOWN} FROM plan WHERE reject IS NULL",
        {"key": key, "only": representatives_only},
    )
    db.execute("DELETE FROM results WHERE key <> ?", (key,))
    for table in ("results", "sketches"):
        db.execute(f"DELETE FROM {table} WHERE fingerprint NOT IN (SELECT fingerprint FROM listed)")

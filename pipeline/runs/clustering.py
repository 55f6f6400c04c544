"""The last pass of a run: near-duplicate articles, from sketches that are kept for the next run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.articles.article import Article
from pipeline.candidates import Sketched
from pipeline.duplicates import find_clusters, sketch_version, sketches
from pipeline.runs.ledger import Ledger, unpack

#: Articles whose texts are in memory at the same time while sketches are made.
_BATCH = 64
#: Articles of the plan that were read and extracted: rejects and crashes have no copies.
_LISTED = (
    "FROM plan JOIN items ON items.id = plan.item JOIN results ON results.fingerprint = plan.fingerprint "
    "AND results.key = :key WHERE plan.reject IS NULL AND results.crash IS NULL"
)


def mark_clusters(ledger: Ledger, key: str, folder: Path) -> None:
    """Enter the clusters of the articles of this run. Only new and changed articles are sketched.

    Must stand inside a transaction. Memory: about 80 bytes for every article. On disk, in ``folder``: half a
    kilobyte.
    """
    version = sketch_version()
    if ledger.get("sketches") != version:
        ledger.db.execute("DELETE FROM sketches")
        ledger.set("sketches", version)
    for batch in _without_sketch(ledger, key):
        made = sketches(article.text for article in batch)
        ledger.db.executemany(
            "INSERT OR REPLACE INTO sketches VALUES (?, ?, ?, ?, ?)",
            [(a.fingerprint, a.published, a.source, *one) for a, one in zip(batch, made, strict=True)],
        )
    ledger.db.execute("DELETE FROM clusters")
    for cluster in find_clusters(
        _sketched(ledger, key), lambda article: _text(ledger, article), folder=folder
    ):
        ledger.db.executemany(
            "INSERT INTO clusters VALUES (?, ?, ?, ?)",
            [(m, cluster.id, len(cluster.members), m == cluster.representative) for m in cluster.members],
        )


def _without_sketch(ledger: Ledger, key: str) -> Iterator[list[Article]]:
    """Articles that are not sketched yet, a batch at a time; their sketches may be entered meanwhile."""
    position = -1
    while True:
        rows = ledger.db.execute(
            f"SELECT plan.position, items.payload {_LISTED} AND plan.position > :position AND NOT EXISTS "
            "(SELECT 1 FROM sketches WHERE fingerprint = plan.fingerprint) "
            f"ORDER BY plan.position LIMIT {_BATCH}",
            {"key": key, "position": position},
        ).fetchall()
        if not rows:
            return
        position = rows[-1][0]
        yield [Article.model_validate_json(unpack(payload)) for _, payload in rows]


def _sketched(ledger: Ledger, key: str) -> Iterator[Sketched]:
    """The articles by rank; the order is that of :func:`pipeline.candidates.rank`."""
    rows = ledger.db.execute(
        "SELECT plan.article, sketches.published, sketches.source, sketches.words, sketches.sketch "
        "FROM plan JOIN results ON results.fingerprint = plan.fingerprint AND results.key = ? "
        "JOIN sketches ON sketches.fingerprint = plan.fingerprint "
        "WHERE plan.reject IS NULL AND results.crash IS NULL "
        "ORDER BY sketches.words DESC, sketches.published IS NULL, sketches.published, plan.article",
        (key,),
    )
    return (Sketched(*row) for row in rows)


def _text(ledger: Ledger, article: str) -> str:
    (payload,) = ledger.db.execute(
        "SELECT items.payload FROM plan JOIN items ON items.id = plan.item "
        "WHERE plan.article = ? AND plan.reject IS NULL",
        (article,),
    ).fetchone()
    return Article.model_validate_json(unpack(payload)).text

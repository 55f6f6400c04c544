"""Every article without a result gets one: in this process, in workers beside it, or on a cluster."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from pipeline.runs import planning
from pipeline.runs.console import Console
from pipeline.runs.ledger import Ledger
from pipeline.runs.work import (
    Bounds,
    Cluster,
    Done,
    Fault,
    Recipe,
    attempt,
    done,
    failed,
    load_engine,
)

#: Articles that are done, entered together.
_Found = Generator[list[Done], None, None]


@dataclass(frozen=True, slots=True)
class Means:
    """Where the work is done.

    Attributes:
        workers: processes on this machine; 0: this process, without bounds.
        bounds: what an article may take in a worker, here or on the cluster.
        cluster: the cluster, where there is one; ``workers`` does not count then.
    """

    workers: int = 0
    bounds: Bounds = Bounds()  # noqa: RUF009  (frozen)
    cluster: Cluster | None = None


def extract_pending(
    ledger: Ledger, *, key: str, run: int, recipe: Recipe, means: Means, books: Path, console: Console
) -> int:
    """Extract what has no result yet, and enter it.

    Args:
        ledger: the ledger.
        key: of the results.
        run: the number of this run.
        recipe: how to come by the extractor.
        means: where the work is done.
        books: the folder of the ledger: partitions are written there if the cluster has no other folder.
        console: told how far it has come, and of articles that could not be extracted.

    Returns:
        The number of articles.

    Raises:
        EngineError: the engine cannot be used.
        ClusterError: the cluster cannot be used.
    """
    total = planning.count_pending(ledger, key)
    if not total:
        return 0
    if recipe.extractor is None:
        console.say(f"loading the {recipe.engine} engine for {total} articles")
    if means.cluster:
        found = _on_cluster(ledger, key, recipe, means.bounds, means.cluster, books, console)
    elif means.workers:
        found = _in_workers(ledger, key, recipe, means.bounds, min(means.workers, total))
    else:
        found = _here(ledger, key, recipe)
    with contextlib.closing(found), console.counting("extracting", total) as counting:
        for items in found:
            with ledger.transaction():
                for item in items:
                    planning.enter(ledger, key, run, item)
            for item in items:
                if item.crash:
                    console.reject(item.crash)
                counting.advance()
    return total


def _here(ledger: Ledger, key: str, recipe: Recipe) -> _Found:
    extractor = recipe.extractor or load_engine(recipe.engine)
    for pending in planning.pending(ledger, key):
        try:
            result = attempt(extractor, pending.article)
        except MemoryError:
            result = failed(Fault("the extraction needed more memory than there is"))
        yield [done(pending, result)]


def _in_workers(ledger: Ledger, key: str, recipe: Recipe, bounds: Bounds, workers: int) -> _Found:
    from pipeline.runs.pool import Pool

    with Pool(recipe, bounds, workers) as pool:
        for pending, result in pool.extract(planning.pending(ledger, key)):
            yield [done(pending, result)]


def _on_cluster(
    ledger: Ledger, key: str, recipe: Recipe, bounds: Bounds, cluster: Cluster, books: Path, console: Console
) -> _Found:
    from pipeline.runs.cluster import ClusterRun

    shared = cluster.shared or str((books / "partitions").resolve())
    run = ClusterRun(
        ledger, key=key, recipe=recipe, bounds=bounds, cluster=cluster, shared=shared, say=console.say
    )
    yield from run.extract()

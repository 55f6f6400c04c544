"""The steps of a run, in order: read, plan, extract what is missing, write.

One mechanism serves the first run, the resumed run and the update: the ledger knows what has been read and extracted,
only what is new or changed is processed, and the outputs are written as a whole at the end. They are the same bytes as
those of a run from scratch over the same input (``manifest.json`` and ``tombstones.jsonl`` apart, which tell history).
Nothing heavy is imported before there is something to process.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.articles.dates import parse_date
from pipeline.articles.items import Limits
from pipeline.records import SCHEMA_VERSION
from pipeline.runs import planning
from pipeline.runs.console import Console
from pipeline.runs.extracting import Means, extract_pending
from pipeline.runs.files import RECORDS, OutputError, OutputFolder
from pipeline.runs.ledger import Ledger
from pipeline.runs.reading import Scan, scan
from pipeline.runs.summary import Clock, Summary
from pipeline.runs.versions import code_hash, extraction_key, library_versions, reading_key, report_hash
from pipeline.runs.work import Bounds, Cluster, EngineError, Extractor, Recipe
from pipeline.runs.writing import write_drafts, write_manifest, write_rejects, write_report


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    engine: str = "fast",
    resume: bool = False,
    fresh: bool = False,
    published: str | None = None,
    representatives_only: bool = False,
    extractor: Extractor | None = None,
    progress: bool = True,
    limits: Limits | None = None,
    workers: int = 0,
    bounds: Bounds | None = None,
    cluster: Cluster | None = None,
) -> Summary:
    """Extract the events of all articles below ``inputs`` into the folder ``out``.

    Args:
        inputs: files and folders; see :mod:`pipeline.articles.walk`.
        out: the folder for the outputs, made if it is not there.
        engine: which models; not used where ``extractor`` is given.
        resume: try articles again that crashed before. (An interrupted run is gone on with in any case.)
        fresh: do everything again.
        published: date of publication, in any usual form, for articles that tell none.
        representatives_only: of near-duplicate articles, write the records of one copy each. All are extracted, so
            that a later run with the other setting has only to write.
        extractor: what makes records of an article; by default the engine's.
        progress: show how far the run has come. Faults are told on stderr in any case.
        limits: bounds against hostile input.
        workers: extract in so many processes of their own, where an article that takes too long, too much memory or its
            process with it becomes a reject; 0: in this process. The outputs are the same. A program that asks for
            workers has to be importable (``if __name__ == "__main__":``), and an ``extractor`` to be picklable.
        bounds: what an article may take where it is extracted in another process.
        cluster: a Dask cluster whose workers extract instead (docs/clusters.md).

    Raises:
        OutputError: the output folder cannot be used, or the disk is full; what was done by then is kept.
        EngineError: the engine cannot be used; what was done by then is kept.
        ClusterError: the cluster cannot be used or was lost; what was done by then is kept.
        ValueError: ``published`` is no date.
    """
    clock, console, limits = Clock(), Console(progress=progress), limits or Limits()
    means = Means(workers, bounds or Bounds(), cluster)
    default = parse_date(published) if published else None
    if published and default is None:
        raise ValueError(f"{published!r} is no date; write it as 2024-12-05")
    folder = OutputFolder(Path(out), inputs)
    versions = extractor.versions if extractor else _versions(engine)
    ledger, damage = folder.open_ledger()
    if damage:
        console.say(f"{folder.books}: the ledger cannot be used ({damage}); everything is done again")
    job = _Job(folder, ledger, console, Recipe(engine, versions, extractor), representatives_only)
    try:
        with ledger, contextlib.closing(folder):
            if fresh:
                ledger.put(generation=str(job.generation + 1), done="")
            if resume and planning.crashes(ledger, job.key):
                planning.retry_crashes(ledger, job.key)
                ledger.put(done="")
            found = scan(
                ledger,
                inputs,
                key=reading_key(default, limits, job.generation),
                published=default,
                limits=limits,
                exclude=[folder.path],
                console=console,
            )
            planned = ledger.get("planned") or planning.make_plan(ledger)
            clock.lap("reading")
            if ledger.get("done") == job.done(planned) and folder.intact(ledger.get("sizes")):
                return _unchanged(folder, clock)
            for reject in planning.planned_rejects(ledger):
                console.reject(reject)
            processed = extract_pending(
                ledger,
                key=job.key,
                run=job.number,
                recipe=job.recipe,
                means=means,
                books=folder.books,
                console=console,
            )
            console.finish_faults()
            clock.lap("extracting")
            about = {
                "inputs": [str(i) for i in inputs],
                "published": default,
                "representatives_only": representatives_only,
                "limits": asdict(limits),
            }
            return _finish(job, planned, clock, found, processed, about)
    except (sqlite3.Error, OSError) as error:
        raise OutputError(
            f"{folder.path}: the run had to stop: {error}; what is done is kept, the same command goes on from there"
        ) from error


@dataclass(frozen=True, slots=True)
class _Job:
    """What the steps of one run share."""

    folder: OutputFolder
    ledger: Ledger
    console: Console
    recipe: Recipe
    representatives_only: bool

    def done(self, planned: str) -> str:
        """What the ledger remembers of a complete run: the next one has nothing to do where it is the same."""
        only = " representatives" if self.representatives_only else ""
        return f"{planned} {self.key} {report_hash()}{only}"

    @property
    def generation(self) -> int:
        return int(self.ledger.get("generation", "0"))

    @property
    def key(self) -> str:
        return extraction_key(self.recipe.versions, self.generation)

    @property
    def number(self) -> int:
        return int(self.ledger.get("run", "0")) + 1


def _versions(engine: str) -> Mapping[str, str]:
    try:
        from pipeline.extraction import current_versions

        return current_versions(engine)
    except Exception as error:  # whatever is wrong with the installation, nothing has been done yet
        raise EngineError(f"the {engine} engine cannot be used: {error}") from error


def _unchanged(folder: OutputFolder, clock: Clock) -> Summary:
    counts = folder.read_manifest()["counts"]
    return Summary(
        out=folder.path,
        nothing_to_do=True,
        articles=counts["articles"],
        unchanged=counts["articles"],
        rejected=counts["rejected"],
        events=counts["events"],
        seconds=clock.total(),
    )


def _finish(
    job: _Job, planned: str, clock: Clock, found: Scan, processed: int, about: dict[str, Any]
) -> Summary:
    """Write the outputs and close the books."""
    ledger, folder, key = job.ledger, job.folder, job.key
    number, recipe = job.number, job.recipe
    articles = planning.planned_articles(ledger) - planning.crashes(ledger, key)
    if not articles and planning.has_listed(ledger):
        # A disk that is not mounted must not wipe out last night's results.
        write_rejects(ledger, key, folder)
        folder.publish(["rejects.jsonl"])
        ledger.put(done="")
        return Summary(out=folder.path, kept=True, processed=processed, seconds=clock.total())
    # Numbers and hashes take a tenth of a second to import, which a run with nothing to do need not pay for.
    from pipeline.runs.clustering import mark_clusters

    only = job.representatives_only
    with ledger.transaction():
        changes = planning.changes(ledger)
        mark_clusters(ledger, key, folder.drafts)
        clock.lap("clustering")
        planning.bury(ledger, key, number, representatives_only=only)
        written = write_drafts(ledger, key, folder, representatives_only=only)
        clock.lap("writing")
        counts = {
            "files": found.files,
            "files_skipped": found.skipped,
            **asdict(changes),
            "processed": planning.processed(ledger, key, number),
        }
        manifest = {
            "waqai": __version__,
            "schema_version": SCHEMA_VERSION,
            "run": number,
            "engine": recipe.extractor.engine if recipe.extractor else recipe.engine,
            "versions": dict(recipe.versions),
            "code": code_hash(),
            "libraries": library_versions(),
            **about,
            "counts": counts | written.counts,
            "outputs": written.files,
        }
        manifest["outputs"] = written.files | {"report.html": write_report(folder, manifest)}
        clock.lap("reporting")
        write_manifest(folder, manifest | {"timings": clock.timings(processed)})
        sizes = folder.publish([*RECORDS, "manifest.json"])
        planning.close_run(ledger, key, representatives_only=only)
        for name, value in (
            ("run", str(number)),
            ("done", job.done(planned) if articles else ""),
            ("sizes", sizes),
        ):
            ledger.set(name, value)
    return Summary(
        out=folder.path,
        processed=processed,
        articles=written.counts["articles"],
        new=changes.new,
        changed=changes.changed,
        unchanged=changes.unchanged,
        removed=changes.removed,
        rejected=written.counts["rejected"],
        events=written.counts["events"],
        clusters=written.counts["duplicates"]["clusters"],
        duplicates=written.counts["duplicates"]["articles"],
        seconds=clock.total(),
    )

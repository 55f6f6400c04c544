"""The steps of a run, in order: read, plan, extract what is missing, write.

One mechanism serves the first run, the resumed run and the update: the ledger knows what has been read and extracted,
only what is new or changed is processed, and the outputs are written as a whole at the end. They are the same bytes as
those of a run from scratch over the same input (``manifest.json`` and ``tombstones.jsonl`` apart, which tell history).
Nothing heavy is imported before there is something to process.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from pipeline import __version__
from pipeline.articles.article import Article
from pipeline.articles.dates import parse_date
from pipeline.articles.items import Limits, Reject
from pipeline.records import SCHEMA_VERSION, EventRecord
from pipeline.runs import planning
from pipeline.runs.console import Console
from pipeline.runs.files import OutputError, OutputFolder
from pipeline.runs.ledger import Ledger
from pipeline.runs.reading import Scan, scan
from pipeline.runs.summary import Clock, Summary
from pipeline.runs.versions import code_hash, extraction_key, library_versions, reading_key, report_hash
from pipeline.runs.writing import RECORDS, write_drafts, write_manifest, write_rejects, write_report


class EngineError(Exception):
    """The engine cannot be used: there is none of this name, a model is missing, the knowledge is not valid."""


class Extractor(Protocol):
    """Makes records of an article; ``versions`` names all that they depend on besides the article."""

    engine: str
    versions: dict[str, str]

    def __call__(self, article: Article) -> Iterable[EventRecord]:
        """The records of ``article``, in the order of the text."""


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

    Raises:
        OutputError: the output folder cannot be used; nothing has been done.
        EngineError: the engine cannot be used; nothing has been extracted.
        ValueError: ``published`` is no date.
    """
    clock, console, limits = Clock(), Console(progress=progress), limits or Limits()
    default = parse_date(published) if published else None
    if published and default is None:
        raise ValueError(f"{published!r} is no date; write it as 2024-12-05")
    folder = OutputFolder(Path(out), inputs)
    versions = extractor.versions if extractor else _versions(engine)
    ledger, damage = folder.open_ledger()
    if damage:
        console.say(f"{folder.books}: the ledger cannot be used ({damage}); everything is done again")
    job = _Job(folder, ledger, console, engine, extractor, versions, representatives_only)
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
            processed = _process(job)
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
        raise OutputError(f"{folder.path}: the run had to stop: {error}; what is done is kept") from error


@dataclass(frozen=True, slots=True)
class _Job:
    """What the steps of one run share."""

    folder: OutputFolder
    ledger: Ledger
    console: Console
    engine: str
    extractor: Extractor | None
    versions: Mapping[str, str]
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
        return extraction_key(self.versions, self.generation)


def _versions(engine: str) -> Mapping[str, str]:
    try:
        from pipeline.extraction import current_versions

        return current_versions(engine)
    except Exception as error:  # whatever is wrong with the installation, nothing has been done yet
        raise EngineError(f"the {engine} engine cannot be used: {error}") from error


def _load(engine: str) -> Extractor:
    try:
        from pipeline.extraction import load_extractor

        return load_extractor(engine)
    except Exception as error:  # as above: no article has been tried
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


def _process(job: _Job) -> int:
    """Extract what has no result yet; the number of articles that the extractor was run on."""
    key = job.key
    total = planning.count_pending(job.ledger, key)
    if not total:
        return 0
    extractor = job.extractor
    if extractor is None:
        job.console.say(f"loading the {job.engine} engine for {total} articles")
        extractor = _load(job.engine)
    with job.console.counting("extracting", total) as counting:
        for pending in planning.pending(job.ledger, key):
            crash, lines = None, []
            try:
                lines = [record.to_json() for record in extractor(pending.article)]
            except (
                Exception
            ) as error:  # one article must never stop the others, whatever a library makes of it
                detail = " ".join(f"{type(error).__name__}: {error}".split())
                reason = "the extraction failed on this article"
                crash = Reject(pending.where, pending.line, pending.article.id, "crash", reason, detail[:300])
                job.console.reject(crash)
            planning.enter_result(job.ledger, pending.article, key, lines, crash)
            counting.advance()
    return total


def _finish(
    job: _Job, planned: str, clock: Clock, found: Scan, processed: int, about: dict[str, Any]
) -> Summary:
    """Write the outputs and close the books."""
    ledger, folder, key = job.ledger, job.folder, job.key
    number = int(ledger.get("run", "0")) + 1
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
        mark_clusters(ledger, key)
        clock.lap("clustering")
        planning.bury(ledger, key, number, representatives_only=only)
        written = write_drafts(ledger, key, folder, representatives_only=only)
        clock.lap("writing")
        counts = {
            "files": found.files,
            "files_skipped": found.skipped,
            **asdict(changes),
            "processed": processed,
        }
        manifest = {
            "waqai": __version__,
            "schema_version": SCHEMA_VERSION,
            "run": number,
            "engine": job.extractor.engine if job.extractor else job.engine,
            "versions": dict(job.versions),
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

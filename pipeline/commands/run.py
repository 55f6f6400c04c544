"""``waqai run``: the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.engines.choice import ENGINES

if TYPE_CHECKING:
    from pipeline.run import Summary


def run(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="INPUT",
            help="Files or folders: txt, html, jsonl, json, csv, tsv, parquet, each also .gz.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the outputs.")],
    engine: Annotated[
        str,
        typer.Option(help=f"Which models to use: {', '.join(ENGINES)} (stanza: fetched with `make models`)."),
    ] = "fast",
    tokenizer: Annotated[
        str | None, typer.Option(help="Bundled models that find words: stanza (the default) or light.")
    ] = None,
    ner: Annotated[
        str | None,
        typer.Option(help="Names by another model: camel (CAMeLBERT, fetched with `make models`)."),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume", help="Also try articles again that crashed. (Interrupted runs go on in any case.)"
        ),
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Do everything again.")] = False,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Date of publication of articles that tell none, as 2024-12-05."),
    ] = None,
    representatives_only: Annotated[
        bool,
        typer.Option(
            "--representatives-only", help="Of near-duplicate articles, write the records of one copy each."
        ),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary; faults are still told.")
    ] = False,
    max_article_mb: Annotated[
        int, typer.Option(min=1, help="Reject articles that are longer than this many megabytes.")
    ] = 32,
    max_ratio: Annotated[
        int,
        typer.Option(min=2, help="Reject gzip files that unpack to more than this many times their size."),
    ] = 150,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            "-j",
            min=0,
            help="Processes that extract; 0: this one, without bounds on an article.",
        ),
    ] = 1,
    article_seconds: Annotated[
        float,
        typer.Option(min=0.1, help="Reject articles that take longer than this, once tried again alone."),
    ] = 300.0,
    article_memory_mb: Annotated[
        int, typer.Option(min=64, help="The same for memory beside what the models take.")
    ] = 2048,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="Extract on a Dask cluster, tcp://host:port (docs/clusters.md)."
        ),
    ] = None,
    shared_dir: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Folder that this machine and the cluster's workers see; by default in --out."
        ),
    ] = None,
    partition_mb: Annotated[
        float, typer.Option(min=0.001, help="Megabytes of text that a cluster's worker is given at a time.")
    ] = 4.0,
) -> None:
    """Extract the events of news articles: who did what to whom, where and when.

    Only what is new or changed since the last run into the same folder is processed. The exit status is 0 if anything
    could be read, 1 if nothing, 2 if the outputs cannot be written, or the engine or the cluster cannot be used.
    """
    from pipeline.articles.items import Limits
    from pipeline.engines.choice import choose
    from pipeline.run import Bounds, Cluster, ClusterError, EngineError, OutputError
    from pipeline.run import run as run_articles

    if resume and fresh:
        raise typer.BadParameter("--resume goes on with what is there and --fresh throws it away: choose one")
    if shared_dir and not scheduler:
        raise typer.BadParameter("--shared-dir is for a cluster: give --scheduler too")
    cluster = None
    if scheduler:
        cluster = Cluster(scheduler, shared=shared_dir, partition_bytes=int(partition_mb * 2**20))
    limits = Limits(article_bytes=max_article_mb * 2**20, ratio=max_ratio)
    try:
        summary = run_articles(
            inputs,
            out,
            engine=str(choose(engine, tokenizer=tokenizer, ner=ner)),
            resume=resume,
            fresh=fresh,
            published=published,
            representatives_only=representatives_only,
            progress=not quiet,
            limits=limits,
            workers=workers,
            bounds=Bounds(seconds=article_seconds, memory=article_memory_mb * 2**20),
            cluster=cluster,
        )
    except (OutputError, EngineError, ClusterError, ValueError) as error:
        print(f"waqai: error: {error}", file=sys.stderr)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        print(
            "waqai: interrupted; what is done is kept, the same command goes on from there", file=sys.stderr
        )
        raise typer.Exit(130) from None
    if summary.kept:
        print(f"waqai: nothing could be read; the results in {out} are left as they were", file=sys.stderr)
    elif not summary.exit_code and not quiet:
        _show(summary)
    elif summary.exit_code:
        print(f"waqai: nothing could be read; the reasons are in {out / 'rejects.jsonl'}", file=sys.stderr)
    raise typer.Exit(summary.exit_code)


def _show(summary: Summary) -> None:
    """The summary, on stdout."""
    if summary.nothing_to_do:
        rejected = f", {summary.rejected} rejected" if summary.rejected else ""
        print(
            f"nothing to do: {summary.articles} articles and {summary.events} events are up to date "
            f"in {summary.out}{rejected}"
        )
        return
    from rich.console import Console
    from rich.table import Table

    from pipeline.export.tables import event_counts
    from pipeline.runs.console import duration

    console = Console(highlight=False)
    articles = Table(title="Articles", title_justify="left")
    for name in ("read", "new", "changed", "unchanged", "removed", "rejected", "processed"):
        articles.add_column(name, justify="right")
    articles.add_row(
        *(
            f"{count:,}"
            for count in (
                summary.articles,
                summary.new,
                summary.changed,
                summary.unchanged,
                summary.removed,
                summary.rejected,
                summary.processed,
            )
        )
    )
    console.print(articles)
    if summary.clusters:
        console.print(
            f"{summary.duplicates:,} articles are {summary.clusters:,} stories printed more than once."
        )
    counts = event_counts(summary.out / "events.parquet")
    if len(counts):
        events = Table(title=f"{summary.events:,} events", title_justify="left")
        events.add_column("type")
        events.add_column("events", justify="right")
        events.add_column("commonest modes")
        by_type = counts.groupby("type")["events"].sum().sort_values(ascending=False, kind="stable")
        for kind, total in by_type.items():
            modes = counts[counts["type"] == kind].head(4)
            shown = ", ".join(f"{mode} {n:,}" for mode, n in zip(modes["mode"], modes["events"], strict=True))
            events.add_row(str(kind), f"{total:,}", shown)
        console.print(events)
    else:
        console.print("No events.")
    print(f"{summary.out / 'events.jsonl'} and beside it events.parquet, articles.jsonl, rejects.jsonl,")
    print(f"tombstones.jsonl, report.html, manifest.json ({duration(summary.seconds)})")

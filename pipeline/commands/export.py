"""``waqai export``: a finished run in the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.export import FORMATS

_FORMATS = "; ".join(f"{name}: {chosen.help}" for name, chosen in FORMATS.items())


def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=_FORMATS)],
    run: Annotated[
        Path,
        typer.Argument(
            metavar="RUN",
            help="Folder of a finished run, or its events.jsonl; with --articles a gold file or folder.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="File or folder to write.")],
    articles: Annotated[
        Path | None,
        typer.Option(
            help="Export gold annotations, whose texts these are: articles.jsonl of a run, or a folder "
            f"of texts ({', '.join(name for name, chosen in FORMATS.items() if chosen.gold)})."
        ),
    ] = None,
    representatives_only: Annotated[
        bool, typer.Option("--representatives-only", help="Of near-duplicate articles one copy each.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace what an earlier export left at OUT.")
    ] = False,
    partition: Annotated[
        str | None,
        typer.Option(metavar="day|month|year", help="tables, csv: in parts by date of publication."),
    ] = None,
    bom: Annotated[
        bool | None,
        typer.Option("--bom/--no-bom", help="csv: a byte-order mark, which spreadsheets want (the default)."),
    ] = None,
    delimiter: Annotated[str | None, typer.Option(metavar=",|;|tab", help="csv: what divides cells.")] = None,
) -> None:
    """Write a finished run in the format of another program.

    Nothing is written where anything in the run is wrong.
    """
    from pipeline.export.writing import ExportError, OutputsError
    from pipeline.export.writing import export as write

    try:
        done = write(
            format,
            run,
            out,
            articles=articles,
            representatives_only=representatives_only,
            overwrite=overwrite,
            partition=partition,
            bom=bom,
            delimiter=delimiter,
        )
    except (ExportError, OutputsError) as error:
        typer.echo(f"waqai export: {error}", err=True)
        raise typer.Exit(2) from None
    counts = ", ".join(f"{count:,} {what}" for what, count in done.counts.items())
    typer.echo(f"{done.out}: {counts}")

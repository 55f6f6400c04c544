"""``waqai report``: a finished run as one page for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="Folder of a finished run, or its events.jsonl.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="The page; by default report.html in the folder of the run."),
    ] = None,
) -> None:
    """Write RUN's report: a map, a timeline, counts, and the most and least confident records with their evidence.

    One file that needs no network. ``waqai run`` writes it too; this makes it anew.
    """
    from pipeline.report import OutputsError, write_report

    try:
        page = write_report(run, out)
    except OutputsError as error:
        typer.echo(f"waqai report: {error}", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"Written: {page}")

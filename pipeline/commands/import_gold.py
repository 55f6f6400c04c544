"""``waqai import-gold``: what people annotated in Label Studio, as a gold file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def import_gold(
    results: Annotated[
        Path, typer.Argument(metavar="RESULTS", help="Label Studio's export as JSON (not JSON-MIN).")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Gold file (.jsonl) to write.")],
    annotator: Annotated[
        str | None,
        typer.Option(help="E-mail address or number of whose annotations to take where several annotated."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Make a gold file of the tasks of ``waqai export label-studio`` that people have annotated.

    Nothing is written where any task is wrong.
    """
    from pipeline.export import ExportError
    from pipeline.export.label_studio_results import import_label_studio

    try:
        articles, events = import_label_studio(results, out, annotator=annotator, overwrite=overwrite)
    except ExportError as error:
        typer.echo(f"waqai import-gold: {error}", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"{out}: {articles:,} articles, {events:,} events")

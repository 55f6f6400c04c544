"""``waqai schema``: the contract of the outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="event-record, article, reject or tombstone.")
    ] = "event-record",
    write: Annotated[
        Path | None,
        typer.Option(
            metavar="CHECKOUT",
            help="For developers: write the schemas and the tables of docs/records.md there.",
        ),
    ] = None,
) -> None:
    """Print the JSON Schema (draft 2020-12) of the lines of an output."""
    from pipeline.contract import SCHEMAS, FrozenError, schema_path
    from pipeline.contract import write as write_contract

    if write is not None:
        try:
            changed = write_contract(write)
        except (FrozenError, OSError) as error:
            typer.echo(f"waqai schema: {error}", err=True)
            raise typer.Exit(2) from None
        for path in changed:
            typer.echo(f"Written: {path}")
        return
    if name not in SCHEMAS:
        typer.echo(f"waqai schema: no output is called {name!r}; there are: {', '.join(SCHEMAS)}", err=True)
        raise typer.Exit(2)
    # The file, not the model: what is printed is what was released.
    typer.echo(schema_path(name).read_text(encoding="utf-8"), nl=False)

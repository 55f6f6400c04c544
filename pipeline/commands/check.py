"""``waqai check``: validates all knowledge and runs every example."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer


def check(
    static: Annotated[
        bool, typer.Option("--static", help="Only what needs no model: schemas, forms, patterns.")
    ] = False,
    write_conjugations: Annotated[
        bool, typer.Option("--write-conjugations", help="Write the table of conjugated verbs anew, and stop.")
    ] = False,
) -> None:
    """Validate the knowledge files and run their examples; every fault is told at once."""
    if write_conjugations:
        from pipeline.checks import all_verbs
        from pipeline.events.paradigms import write_table

        typer.echo(f"written: {write_table(all_verbs())}")
        return
    started = time.perf_counter()
    from pipeline.checks import all_faults, static_faults
    from pipeline.extraction import load_extractor

    faults, run = (static_faults(), []) if static else all_faults(load_extractor)
    for fault in faults:
        typer.echo(str(fault), err=True)
    what = "the static part" if static else f"{len(run)} examples run"
    typer.echo(f"check: {len(faults)} faults, {what} ({time.perf_counter() - started:.1f} s)")
    if faults:
        sys.exit(1)

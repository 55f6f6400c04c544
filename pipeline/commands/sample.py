"""``waqai sample``: a stratified sample of records, and what its judgements say about all of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.review.sample import Estimates, Sample


def sample(
    outputs: Annotated[Path, typer.Argument(help="Output folder of «waqai run».")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Where to write the sample; never over another file.")
    ] = None,
    size: Annotated[int, typer.Option("--size", "-n", min=1, help="Records to draw.")] = 200,
    by: Annotated[
        list[str] | None,
        typer.Option(
            help="Stratify by type, mode, assertion, country or confidence; may be given several times."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Equal outputs and seed give an equal sample.")] = 0,
    estimate: Annotated[
        Path | None,
        typer.Option(help="Instead of drawing: estimate precision from the judgements on this sample."),
    ] = None,
    annotator: Annotated[
        str | None,
        typer.Option(help="With --estimate: whose judgements; by default as adjudicated or agreed."),
    ] = None,
    log: Annotated[
        Path | None, typer.Option(help="With --estimate: the log; by default decisions.jsonl in OUTPUTS.")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="With --estimate: write the figures as JSON.")] = None,
) -> None:
    """Draw a stratified sample of records to review, or estimate precision from a sample that was reviewed.

    Draw one with --out, review it with «waqai review OUTPUTS --sample FILE», then come back with --estimate FILE.
    """
    if (out is None) == (estimate is None):
        raise typer.BadParameter("--out FILE draws a sample, --estimate FILE evaluates one: give one of them")
    from pipeline.review.decisions import LOG_NAME, DecisionLog, LogError
    from pipeline.review.index import OutputsError, RecordIndex
    from pipeline.review.sample import SampleError, draw, read_sample
    from pipeline.review.sample import estimate as estimated
    from pipeline.review.store import Store

    try:
        if out is not None:
            index = RecordIndex(outputs)
            drawn = draw(index, size=size, by=tuple(by or ("type",)), seed=seed)
            with out.open("x", encoding="utf-8") as file:
                file.write(drawn.model_dump_json(indent=1) + "\n")
            _show_sample(drawn, out)
        elif estimate is not None:
            known = read_sample(estimate)
            store = Store(outputs, DecisionLog(log or outputs / LOG_NAME), sample=known.items)
            found = estimated(known, store, annotator=annotator)
            _show_estimates(found, known)
            if json is not None:
                _write(json, found)
    except FileExistsError:
        _fail(f"{out}: there already; a sample is drawn once (choose another name, or remove it)")
    except OSError as error:
        _fail(f"{error.filename}: cannot be written: {error.strerror}")
    except (OutputsError, LogError, SampleError) as error:
        _fail(str(error))


def _show_sample(drawn: Sample, out: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{len(drawn.items):,} of {drawn.records:,} records", title_justify="left")
    table.add_column(" / ".join(drawn.by))
    for name in ("records", "drawn"):
        table.add_column(name, justify="right")
    for stratum in drawn.strata:
        table.add_row(stratum.name, f"{stratum.records:,}", f"{stratum.drawn:,}")
    Console(width=None if sys.stdout.isatty() else 160, highlight=False).print(table)
    typer.echo(f"Written: {out}")


def _show_estimates(found: Estimates, known: Sample) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"Shares of {known.records:,} records, estimated", title_justify="left")
    for name in ("", "share", "95 % interval", "judged"):
        table.add_column(name, justify="left" if not name else "right")
    for e in found.measures:
        table.add_row(e.name, f"{e.value:.3f}", f"{e.low:.3f} to {e.high:.3f}", f"{e.sample:,}")
    Console(width=None if sys.stdout.isatty() else 160, highlight=False).print(table)
    typer.echo(
        f"{found.judged:,} of {len(known.items):,} records have a verdict; {found.open:,} are open, "
        f"{found.disputed:,} in dispute. «event» and «exact» are shares of all records, the slots of the events."
    )
    if found.unseen:
        typer.echo(f"Left out, since nothing of them is judged: {', '.join(found.unseen)}")


def _write(path: Path, found: Estimates) -> None:
    from dataclasses import asdict
    from json import dumps

    path.write_text(dumps(asdict(found), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    typer.echo(f"Written: {path}")


def _fail(message: str) -> None:
    print(f"waqai sample: {message}", file=sys.stderr)
    raise typer.Exit(2)

"""``waqai agreement``: how far annotators agree."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.review.agreement import Agreement


def agreement(
    outputs: Annotated[Path, typer.Argument(help="Output folder of «waqai run» that was reviewed.")],
    log: Annotated[
        Path | None, typer.Option(help="The log of decisions; by default decisions.jsonl in OUTPUTS.")
    ] = None,
    sample: Annotated[Path | None, typer.Option(help="Only the records of this sample.")] = None,
    annotator: Annotated[
        list[str] | None, typer.Option(help="Only these annotators; may be given several times.")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
    samples: Annotated[int, typer.Option(min=0, help="Bootstrap samples for the 95 % intervals.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the bootstrap.")] = 0,
) -> None:
    """Tell how far annotators agree: Krippendorff's alpha for type, mode and assertion, F1 of spans for each slot."""
    from pipeline.review.agreement import agreement as measure
    from pipeline.review.decisions import LOG_NAME, DecisionLog, LogError
    from pipeline.review.index import OutputsError
    from pipeline.review.sample import SampleError, read_sample
    from pipeline.review.store import Store

    try:
        chosen = read_sample(sample).items if sample is not None else ()
        store = Store(outputs, DecisionLog(log or outputs / LOG_NAME), sample=chosen)
        found = measure(store, annotators=annotator or (), samples=samples, seed=seed)
    except (OutputsError, LogError, SampleError) as error:
        _fail(str(error))
    if not found.shared:
        _fail(f"{store.log.path}: no record was judged by two annotators")
    _show(found)
    if json is not None:
        from json import dumps

        try:
            json.write_text(dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            _fail(f"{json}: cannot be written: {error.strerror}")
        typer.echo(f"Written: {json}")


def _show(found: Agreement) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    table = Table(title="Krippendorff's alpha (nominal)", title_justify="left")
    for name in ("", "alpha", "95 % interval", "equal", "records"):
        table.add_column(name, justify="left" if not name else "right")
    for a in found.alphas:
        within = "–" if a.low is None or a.high is None else f"{a.low:.3f} to {a.high:.3f}"
        table.add_row(a.name, _number(a.value), within, _number(a.equal, 2), f"{a.units:,}")
    console.print(table)
    table = Table(title="F1 of spans", title_justify="left")
    for name in ("slot", "exact", "half of the words", "spans"):
        table.add_column(name, justify="left" if name == "slot" else "right")
    for s in found.spans:
        table.add_row(s.slot, _number(s.exact), _number(s.words), f"{s.spans:,}")
    console.print(table)
    judged = ", ".join(f"{name} {count:,}" for name, count in found.annotators.items())
    typer.echo(
        f"Records judged: {judged}. By two or more: {found.shared:,}, {found.disputed:,} of them differently."
    )
    one, more = found.added
    typer.echo(f"Added events: {one:,} by one annotator only, {more:,} by two or more.")


def _number(value: float | None, digits: int = 3) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _fail(message: str) -> None:
    print(f"waqai agreement: {message}", file=sys.stderr)
    raise typer.Exit(2)

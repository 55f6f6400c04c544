"""``waqai gold``: what was reviewed, as gold for ``waqai evaluate`` and as training examples."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer


def gold(
    outputs: Annotated[Path, typer.Argument(help="Output folder of «waqai run» that was reviewed.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Gold file to write: one article a line.")],
    examples: Annotated[
        Path | None, typer.Option(help="Write training examples too: one sentence and trigger a line.")
    ] = None,
    log: Annotated[
        Path | None, typer.Option(help="The log of decisions; by default decisions.jsonl in OUTPUTS.")
    ] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="Only articles of which every record is settled.")
    ] = False,
) -> None:
    """Write what annotators agreed on, or an adjudicator settled, as gold annotations.

    What is open or in dispute is written with core: false and counts neither way.
    """
    from pipeline.review.decisions import LOG_NAME, DecisionLog, LogError
    from pipeline.review.gold import export_gold
    from pipeline.review.index import OutputsError
    from pipeline.review.store import Store

    try:
        store = Store(outputs, DecisionLog(log or outputs / LOG_NAME))
        found = export_gold(store, complete_only=complete)
    except (OutputsError, LogError) as error:
        _fail(str(error))
    if not found.articles:
        _fail(f"{store.log.path}: no article has judgements to export")
    _write(out, found.articles)
    if examples is not None:
        _write(examples, found.examples)
    counts = found.counts
    typer.echo(
        f"{counts['articles']:,} articles, {counts['complete']:,} of them complete: {counts['event']:,} events, "
        f"{counts['none']:,} rejected, {counts['adjudicated']:,} adjudicated. "
        f"Not core: {counts['open']:,} open, {counts['dispute']:,} in dispute."
    )
    if counts["articles_left_out"]:
        typer.echo(f"Left out: {counts['articles_left_out']:,} articles that are not complete.")


def _write(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    import json

    draft = path.with_name(path.name + ".draft")
    try:
        draft.write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
        )
        draft.replace(path)
    except OSError as error:
        _fail(f"{path}: cannot be written: {error.strerror}")
    typer.echo(f"Written: {path}")


def _fail(message: str) -> None:
    print(f"waqai gold: {message}", file=sys.stderr)
    raise typer.Exit(2)

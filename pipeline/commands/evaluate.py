"""``waqai evaluate``: records against gold annotations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold annotations: a .jsonl file, or a folder of them.")],
    events: Annotated[Path, typer.Argument(help="events.jsonl of a run.")],
    articles: Annotated[
        Path | None,
        typer.Option(
            help="articles.jsonl or folder with the texts; by default articles.jsonl beside EVENTS."
        ),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="List misses, false alarms and wrong slots with their sentences.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write a page with gold and records side by side.")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
    merge_reported: Annotated[
        bool | None,
        typer.Option(
            "--merge-reported/--no-merge-reported",
            help="Count asserted and reported as one value. By default as the gold says, else merged.",
        ),
    ] = None,
    samples: Annotated[int, typer.Option(min=0, help="Bootstrap samples for the 95 % intervals.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the bootstrap.")] = 0,
) -> None:
    """Score EVENTS against GOLD: events, types, slots, times, assertions, with 95 % intervals."""
    from pipeline.evaluate import EvaluationError, evaluate_files

    try:
        report = evaluate_files(
            gold, events, articles=articles, merge_reported=merge_reported, samples=samples, seed=seed
        )
    except EvaluationError as error:
        _fail(str(error))
    from rich.console import Console

    from pipeline.evaluation.page import render_page
    from pipeline.evaluation.text import error_lines, frame_table, score_table

    # Wide tables survive a pipe: rich would fold them to 80 columns.
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    console.print(score_table(report))
    console.print(frame_table("By mode", report.by_mode))
    console.print(frame_table("By article", report.by_article))
    merged = "count as one" if report.merge_reported else "are told apart"
    typer.echo(f"Intervals: {report.samples} samples of {report.units} {report.unit}s, seed {report.seed}.")
    typer.echo(f"Asserted and reported {merged}. Records of articles without gold: {report.left_out}.")
    if errors:
        for line in error_lines(report):
            typer.echo(line)
    for path, content in ((html, render_page), (json, type(report).to_json)):
        if path is not None:
            _write(path, content(report))


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        _fail(f"{path}: cannot be written: {error.strerror}")
    typer.echo(f"Written: {path}")


def _fail(message: str) -> None:
    typer.echo(f"waqai evaluate: {message}", err=True)
    raise typer.Exit(2)

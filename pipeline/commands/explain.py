"""``waqai explain``: why a record is as it is."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer


def explain(
    record_id: Annotated[str, typer.Argument(help="The record's id (ev_…).")],
    run: Annotated[Path, typer.Option(help="The folder of the run that holds the record.")] = Path("outputs"),
) -> None:
    """Show a record's sentence, tree, trigger and frame, and why each slot was filled or left null."""
    engine, fields = _find(run, record_id)
    from pipeline.articles import Article
    from pipeline.explain import explain as explain_record
    from pipeline.extraction import load_extractor

    lines = explain_record(load_extractor(engine), Article(**fields), record_id)
    if lines is None:
        _fail(f"{record_id}: its article no longer yields it; knowledge or models have changed since the run")
    else:
        typer.echo("\n".join(lines))


def _find(run: Path, record_id: str) -> tuple[str, dict[str, Any]]:
    """The engine that made a record, and the fields of its article."""
    record: dict[str, Any] | None = None
    article: dict[str, Any] | None = None
    wanted = ""
    try:
        with (run / "events.jsonl").open(encoding="utf-8") as events:
            record = next((r for r in map(json.loads, events) if r["id"] == record_id), None)
        if record is not None:
            wanted = record["article"]["id"]
            with (run / "articles.jsonl").open(encoding="utf-8") as articles:
                article = next((a for a in map(json.loads, articles) if a["id"] == wanted), None)
    except (OSError, ValueError, KeyError) as error:
        _fail(f"{run}: not the folder of a run: {error}")
    if record is None:
        _fail(f"{record_id} is not in {run / 'events.jsonl'}")
    if article is None:
        _fail(f"{wanted} is not in {run / 'articles.jsonl'}")
    keys = ("id", "text", "title", "published", "source", "url", "country")
    return record["provenance"]["engine"], {k: article.get(k) for k in keys}


def _fail(message: str) -> NoReturn:
    typer.echo(f"explain: {message}", err=True)
    sys.exit(2)

"""``waqai bench``: how fast it is, beside Stanza and spaCy."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer


def bench(
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="INPUT", help="Text to be timed: files or folders, as for run. Default: corpus."
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The figures as JSON.")] = Path(
        "outputs/bench.json"
    ),
    engine: Annotated[
        list[str] | None,
        typer.Option(
            help="Engines: fast, accurate, fast+light, … Can be given more than once. Default: both bundled ones."
        ),
    ] = None,
    turns: Annotated[int, typer.Option(min=1, help="Turns of each; medians are told.")] = 3,
    words: Annotated[int, typer.Option(min=100, help="Words of a turn.")] = 20_000,
    length: Annotated[
        list[int] | None,
        typer.Option(min=10, help="Lengths of articles to compare. Default: 100, 1000, 10000, 100000."),
    ] = None,
    workers: Annotated[
        list[int] | None,
        typer.Option(min=0, help="Numbers of workers to compare; 0: none. Default: 1 and 2."),
    ] = None,
    stanza: Annotated[
        bool, typer.Option(help="Build and time a Stanza pipeline of the published sizes too.")
    ] = True,
    stanza_models: Annotated[
        Path | None, typer.Option(help="Folder where Stanza's untrained models are kept for the next time.")
    ] = None,
) -> None:
    """Measure words per second end to end and per stage, memory, start-up, the cost of long articles and of workers.

    Stanza and spaCy's bare tokeniser are timed in the same run, turn by turn. docs/bench.md tells how to read it.
    """
    from pipeline.bench import BenchError, Settings, show
    from pipeline.bench import bench as measure

    settings = Settings(
        inputs=inputs or [Path("corpus")],
        engines=engine or Settings.engines,
        turns=turns,
        words=words,
        lengths=length or Settings.lengths,
        workers=[n for n in workers if n] if workers is not None else Settings.workers,
        stanza=stanza,
        stanza_models=stanza_models,
    )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        result = measure(settings, lambda message: print(f"waqai: {message}", file=sys.stderr, flush=True))
        out.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except (BenchError, ValueError, OSError) as error:
        print(f"waqai: error: {error}", file=sys.stderr)
        raise typer.Exit(2) from None
    show(result)
    print(f"all figures: {out}")

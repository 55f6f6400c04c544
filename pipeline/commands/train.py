"""``waqai train``: makes the bundled models anew from data that is not part of the project."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.training.registry import TRAININGS


def train(
    name: Annotated[str, typer.Argument(help=f"What to train: {', '.join(TRAININGS)}.")],
    data: Annotated[Path, typer.Option(help="Folder of the data: treebank/, ner/, news/.")],
    out: Annotated[Path, typer.Option(help="Folder of the models.")],
    config: Annotated[
        Path | None,
        typer.Option(
            help="TOML file with settings that differ from those beside the code (pipeline/training/NAME.toml)."
        ),
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed, in the place of the settings' own.")] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume", help="Go on from the last checkpoint; accurate: without one, from the engine in OUT."
        ),
    ] = False,
    measure: Annotated[
        bool, typer.Option("--measure", help="Train nothing: score what is there and write the card.")
    ] = False,
) -> None:
    """Train a part of the bundled models, score it, and write the manifest and the model card.

    An interrupted training goes on with --resume. The exit status is 0 when all is done, 2 where it cannot begin, 130
    after an interruption.
    """
    from pipeline.training.registry import TrainingError, make_job, run

    say = functools.partial(print, flush=True)
    changes = {} if seed is None else {"seed": seed}
    try:
        job = make_job(name, data, out, config=config, changes=changes, resume=resume, say=say)
        scores = run(job, measure_only=measure)
    except TrainingError as error:
        print(f"waqai train: error: {error}", file=sys.stderr)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        print("waqai train: interrupted; the same command with --resume goes on", file=sys.stderr)
        raise typer.Exit(130) from None
    for table in (scores.tokenizers, scores.engines):
        for system, values in table.items():
            for test, value in values.items():
                say(f"{system}: {test}: {value:,.2f}")
    for test, text in scores.notes.items():
        say(f"{test}: {text}")

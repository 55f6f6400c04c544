"""``waqai models``: which models there are and where from, and fetching those that are not bundled."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.engines.inventory import BundledPart, FetchedModel, Inventory


class Fetch(StrEnum):
    """What to fetch."""

    all = "all"
    stanza = "stanza"
    camel = "camel"


def models(
    fetch: Annotated[
        Fetch | None,
        typer.Option(help="Download the models of --engine stanza, of --ner camel, or all; needs a network."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the list as JSON.")] = False,
) -> None:
    """List the models: bundled ones with size, date, licences and state, fetched ones with their folder.

    The exit status is 0 if the bundled models are whole, 2 if not, and 1 if something could not be fetched.
    """
    from pipeline.engines.bundle import ModelError
    from pipeline.engines.inventory import take

    if fetch is not None:
        _fetch(fetch)
    try:
        found = take()
    except ModelError as error:
        _fail(str(error), 2)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str))
    else:
        _show(found)
    if found.faults:
        _fail(f"the models in {found.folder} cannot be used: {'; '.join(found.faults)}", 2)


def _fetch(what: Fetch) -> None:
    from pipeline.engines.fetch import TITLES, FetchError, fetch

    failed = False
    for name in TITLES if what is Fetch.all else (what.value,):
        try:
            found = fetch(name)
        except FetchError as error:
            print(f"waqai models: error: {error}", file=sys.stderr)
            failed = True
        else:
            print(f"{TITLES[name]} is in {found.folder}", file=sys.stderr)
    if failed:
        raise typer.Exit(1)


def _fail(message: str, status: int) -> None:
    print(f"waqai models: error: {message}", file=sys.stderr)
    raise typer.Exit(status)


def _show(found: Inventory) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    bundled = Table(title=f"Bundled, in {found.folder}", title_justify="left")
    for column in ("part", "files", "MB", "date", "licences of the data", "state"):
        bundled.add_column(column, justify="right" if column in ("files", "MB") else "left")
    for part in found.bundled:
        licences = ", ".join(part.licences)
        bundled.add_row(
            part.name, str(part.files), f"{part.size / 1e6:.1f}", part.date, licences, _bundled_state(part)
        )
    console.print(bundled)
    print(f"Terms: {found.terms}")
    print("\nFetched")
    for model in found.fetched:
        used = "--engine stanza" if model.name == "stanza" else "--ner camel"
        print(f"{model.title} ({used}): {_fetched_state(model)}")
        # Whole lines: a path that a table folds cannot be copied.
        for place in (model.folder,) if model.folder else model.looked:
            print(f"  {'in' if model.folder else 'looked in'} {place}")


def _bundled_state(part: BundledPart) -> str:
    return "; ".join(part.faults) or "ok (sha256)"


def _fetched_state(model: FetchedModel) -> str:
    if model.faults:
        return "; ".join(model.faults)
    if model.folder is None:
        return "not fetched (make models)"
    about = [f"{model.size / 1e6:.1f} MB", f"{model.checked} files as their catalogue says"]
    about += [", ".join(model.steps)] if model.steps else []
    about += [f"licence {model.licence}"] if model.licence else []
    return f"ok ({'; '.join(about)})"

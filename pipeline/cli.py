"""The command line ``waqai``.

Every command is a function in a module of its own below :mod:`pipeline.commands`; this module finds and
loads them, and does nothing else, so that ``waqai --help`` stays quick.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

import pipeline.commands
from pipeline import __version__
from pipeline.engines.lean import thinc_without_torch

#: Commands in the order in which people meet them; those that are not named here follow in alphabetical order.
_ORDER = ("run", "check", "evaluate", "explain", "report", "review", "sample", "agreement", "gold", "export")


def command_names() -> list[str]:
    """The names of all commands, in the order of the help text."""
    found = {
        module.name.replace("_", "-")
        for module in pkgutil.iter_modules(pipeline.commands.__path__)
        if not module.name.startswith("_")
    }
    return [name for name in _ORDER if name in found] + sorted(found.difference(_ORDER))


class _Commands(TyperGroup):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return command_names()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in command_names():
            return None
        name = cmd_name.replace("-", "_")
        one = typer.Typer(add_completion=False, rich_markup_mode=None)
        one.command(cmd_name)(getattr(importlib.import_module(f"pipeline.commands.{name}"), name))
        command = get_command(one)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"waqai {__version__}")
        raise typer.Exit


@app.callback()
def waqai(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Arabic news articles in; who did what, where and when out, with the evidence."""


def main() -> None:
    """Run the command line and leave the process with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show Arabic gets question marks, never a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    thinc_without_torch()
    app(prog_name="waqai")


if __name__ == "__main__":
    main()

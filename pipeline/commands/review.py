"""``waqai review``: the page on which annotators check records."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer


def review(
    outputs: Annotated[Path, typer.Argument(help="Output folder of «waqai run».")],
    annotator: Annotated[
        str | None, typer.Option(help="Who decides; goes into the log. By default your user name.")
    ] = None,
    log: Annotated[
        Path | None, typer.Option(help="The log of decisions; by default decisions.jsonl in OUTPUTS.")
    ] = None,
    sample: Annotated[
        Path | None, typer.Option(help="Review the records of a sample only (see «waqai sample»).")
    ] = None,
    blind: Annotated[
        bool, typer.Option("--blind", help="Hide what other annotators decided, and the confidence.")
    ] = False,
    adjudicate: Annotated[
        bool, typer.Option("--adjudicate", help="Rule on records that annotators judged differently.")
    ] = False,
    language: Annotated[
        Literal["ar", "en"], typer.Option(help="Language of the page at first: ar or en.")
    ] = "ar",
    host: Annotated[
        str, typer.Option(help="Address to listen on. Others than this machine only at your own risk.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any that is free.")] = 8765,
) -> None:
    """Open the review page: read the evidence, press one key per record.

    Open the printed address in a browser. Every decision is on disk before the next card is shown; stop with Ctrl-C
    whenever you like.
    """
    if blind and adjudicate:
        raise typer.BadParameter(
            "--blind hides what others decided, and --adjudicate rules on it: choose one"
        )
    name = (annotator if annotator is not None else getpass.getuser()).strip()
    if not name or len(name) > 100 or not name.isprintable():
        raise typer.BadParameter("--annotator needs a name of 1 to 100 printable characters")
    try:
        from pipeline.review.server import ServerError, listen, serve
    except ModuleNotFoundError as error:
        _fail(f"{error.name} is not installed: pip install 'waqai[review]'")
    from pipeline.review.decisions import LOG_NAME, DecisionLog, LogError
    from pipeline.review.desk import Desk
    from pipeline.review.index import OutputsError
    from pipeline.review.queries import Me
    from pipeline.review.sample import SampleError, read_sample
    from pipeline.review.security import Session
    from pipeline.review.store import Store

    # The first look at a large run takes a while: the index is made then.
    print(f"waqai review: reading {outputs}", file=sys.stderr, flush=True)
    try:
        chosen = read_sample(sample).items if sample is not None else ()
        store = Store(outputs, DecisionLog(log or outputs / LOG_NAME), sample=chosen)
        listener = listen(host, port)
    except (OutputsError, LogError, SampleError, ServerError) as error:
        _fail(str(error))

    def ready(session: Session) -> None:
        total = len(store.sample) or store.index.count
        print(f"{name} reviews {total:,} records; decisions go to {store.log.path}")
        if host not in ("127.0.0.1", "localhost", "::1"):
            print(f"Whoever can reach {host} and knows the address can decide as {name}.", file=sys.stderr)
        print(f"Open {session.address} (Ctrl-C stops)", flush=True)

    desk = Desk(store, Me(name, "adjudicator" if adjudicate else "annotator"), blind=blind)
    try:
        serve(desk, listener, host=host, language=language, ready=ready)
    except KeyboardInterrupt:
        pass
    finally:
        store.close()


def _fail(message: str) -> None:
    print(f"waqai review: {message}", file=sys.stderr)
    raise typer.Exit(2)

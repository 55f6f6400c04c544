"""``report.html``: what a run found, as one page for people that needs no network and runs no script.

Equal outputs and versions give equal bytes; what differs between runs that found the same (times, paths, how much was
new) is not in it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline.outputs import FinishedRun, OutputsError, open_run
from pipeline.report.digest import gather
from pipeline.report.page import render

NAME = "report.html"


def build_report(run: FinishedRun, *, rejects: Path | None = None) -> str:
    """The page of a finished run.

    Args:
        run: the run, see :func:`pipeline.outputs.open_run`.
        rejects: its ``rejects.jsonl``; by default the one beside the records.

    Raises:
        pipeline.outputs.OutputsError: a file of the run is cut, or not what it should be.
    """
    digest = gather(run, rejects if rejects is not None else run.events.with_name("rejects.jsonl"))
    return render(digest, run.manifest)


def write_report(run: str | Path, page: Path | None = None) -> Path:
    """Write the page of a finished run, whole or not at all.

    Args:
        run: its folder, or its ``events.jsonl``.
        page: where to; by default ``report.html`` beside the records.

    Returns:
        Where the page is.

    Raises:
        pipeline.outputs.OutputsError: the run cannot be read, or the page cannot be written; what was there is left.
    """
    source = open_run(run)
    target = page if page is not None else source.events.with_name(NAME)
    text = build_report(source)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as scratch:
            draft = Path(scratch) / target.name
            draft.write_text(text, encoding="utf-8", errors="replace")
            draft.replace(target)
    except OSError as error:
        raise OutputsError(f"{target}: cannot be written: {error.strerror or error}") from error
    return target


__all__ = ["NAME", "OutputsError", "build_report", "write_report"]

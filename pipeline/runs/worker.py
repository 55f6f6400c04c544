"""What a worker process does: articles come in through a pipe, results go out, one after the other."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.articles.article import Article
from pipeline.runs.warm import extractor_of
from pipeline.runs.work import Bounds, EngineError, Recipe, attempt

#: Exit status of a worker that ran out of the memory it may take.
NO_MEMORY = 77
#: What ends a worker whose article has had its time.
TOO_LONG = signal.SIGPROF
#: Where the system is short of memory, it ends a worker, which is replaced, rather than who keeps the ledger.
_FIRST_TO_GO = "500"


@dataclass(frozen=True, slots=True)
class Ready:
    """The first message of a worker: its models are loaded."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The first and last message of a worker that cannot work."""

    message: str


def serve(connection: Connection, recipe: Recipe, bounds: Bounds) -> None:
    """Extract what comes, a list of articles at a time, until an empty list comes or the other end is closed.

    Every article is answered with a :class:`pipeline.runs.work.Result`, in their order.
    """
    # Ctrl-C reaches every process of the terminal; who started this one closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(TOO_LONG, signal.SIG_DFL)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, encoding="ascii")
    try:
        extractor = extractor_of(recipe)
    except EngineError as error:
        connection.send(Refusal(str(error)))
        return
    _bound_memory(bounds.memory)
    try:
        connection.send(Ready())
        articles: list[Article]
        while articles := connection.recv():
            for article in articles:
                # The system keeps the time, and ends the process; whatever else the machine does is not counted.
                signal.setitimer(signal.ITIMER_PROF, bounds.seconds)
                result = attempt(extractor, article)
                signal.setitimer(signal.ITIMER_PROF, 0)
                connection.send(result)
    except MemoryError:
        # Nothing that needs memory can be done any more, such as ending in the usual way.
        os._exit(NO_MEMORY)
    except (EOFError, OSError):
        return


def _bound_memory(more: int) -> None:
    """Let the process have ``more`` bytes of address space than it has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    bound = pages * resource.getpagesize() + more
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))

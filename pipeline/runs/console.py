"""What a run shows while it is at work: one line for every fault, and how far it has come. All on stderr."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Protocol

from pipeline.articles.items import Note, Reject
from pipeline.articles.read import place

#: Lines of one kind of fault before the rest is only counted.
_SHOWN = 20
#: Seconds between two lines where stderr is no terminal.
_EVERY = 10.0


class Console:
    """Lines on stderr, and a progress bar where stderr is a terminal. ``progress=False`` leaves the faults only."""

    def __init__(self, *, progress: bool = True) -> None:
        self._progress = progress
        self._live: Any = None
        self._told: Counter[str] = Counter()

    def say(self, message: str) -> None:
        """A line about what the run is doing."""
        if self._progress:
            self._line(message)

    def note(self, note: Note) -> None:
        """What was mended in input that is used."""
        self._fault(f"note: {note.message}", f"note: {place(note.where, note.line)}: {note.message}")

    def reject(self, reject: Reject) -> None:
        """What is wrong with input that is not used."""
        about = f" ({reject.detail})" if reject.detail else ""
        line = f"reject: {place(reject.where, reject.line)}: {reject.reason}{about}"
        self._fault(f"{reject.kind} reject", line)

    def finish_faults(self) -> None:
        """Say how many lines were kept back."""
        for kind, count in self._told.items():
            if count > _SHOWN:
                self._line(f"{kind}: {count - _SHOWN} more like it (rejects are all in rejects.jsonl)")
        self._told.clear()

    def _fault(self, kind: str, line: str) -> None:
        self._told[kind] += 1
        if self._told[kind] <= _SHOWN:
            self._line(line)

    def _line(self, message: str) -> None:
        # Names and values come from the input: nothing in them may move the cursor or break the line.
        shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in message)
        if self._live is not None:
            self._live.console.print(f"waqai: {shown}", markup=False, highlight=False, soft_wrap=True)
        else:
            print(f"waqai: {shown}", file=sys.stderr, flush=True)

    @contextmanager
    def counting(self, what: str, total: int | None) -> Iterator[Counting]:
        """Progress over ``total`` articles (None: not known yet): a bar, or a line now and then."""
        if self._progress and sys.stderr.isatty():
            with _Bar(self, what, total) as bar:
                self._live = bar.progress
                try:
                    yield bar
                finally:
                    self._live = None
        else:
            yield _Lines(self, what, total)


class Counting(Protocol):
    """Counts articles."""

    def advance(self) -> None:
        """One more is done."""


class _Lines:
    def __init__(self, console: Console, what: str, total: int | None) -> None:
        self._console, self._what, self._total = console, what, total
        self._done = 0
        self._began = self._said = time.monotonic()

    def advance(self) -> None:
        self._done += 1
        now = time.monotonic()
        if now - self._said < _EVERY:
            return
        self._said = now
        rate = self._done / (now - self._began)
        of, left = "", ""
        if self._total is not None:
            of = f" of {self._total}"
            left = f", {duration((self._total - self._done) / rate)} left"
        self._console.say(f"{self._what} {self._done}{of} articles, {rate:.1f} articles/s{left}")


class _Bar:
    def __init__(self, console: Console, what: str, total: int | None) -> None:
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
        from rich.text import Text

        class Rate(ProgressColumn):
            """Articles a second, and the time left."""

            def render(self, task: Task) -> Text:
                rate = f"{task.speed:.1f} articles/s" if task.speed else ""
                left = task.time_remaining
                return Text(f"{rate}, {duration(left)} left" if rate and left is not None else rate)

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate())
        self.progress = Progress(
            *columns, console=Terminal(stderr=True), transient=True, speed_estimate_period=120
        )
        self._task = self.progress.add_task(what, total=total)

    def advance(self) -> None:
        self.progress.advance(self._task)

    def __enter__(self) -> _Bar:
        self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.stop()


def duration(seconds: float) -> str:
    """Seconds as people say them: «45 s», «3 min 20 s», «2 h 5 min»."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"

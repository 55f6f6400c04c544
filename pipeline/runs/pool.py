"""Worker processes on this machine: an article that kills its process, hangs or wants too much memory stops no other.

A worker has one batch of articles at a time and answers article by article, so whoever dies is known to have died over
the first one without an answer. That article is put aside and tried once more when nothing else is at work, in a
process of its own; if that does not end well either, it is a reject.
"""

from __future__ import annotations

import contextlib
import signal
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait

from pipeline.runs.warm import context
from pipeline.runs.work import Bounds, EngineError, Fault, Pending, Recipe, Result, failed
from pipeline.runs.worker import NO_MEMORY, TOO_LONG, Ready, Refusal, serve

#: A batch: so many articles, or as many as have so many characters. One message then costs little beside its articles.
_BATCH = 32
_BATCH_CHARACTERS = 8_000
#: After so many characters a worker is replaced: libraries keep every word that they have ever seen.
_LIFE = 500_000
#: So many suspects are put aside at most: they are in memory.
_SUSPECTS = 64
#: An article that waits instead of working may take so many times the time that it has.
_WAITING = 10
#: Workers that die one after the other before they have begun are no accident.
_FALSE_STARTS = 8
#: Seconds to wait for a fork server that was killed to be gone, doubled each time: a busy system takes its time.
_PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class _Death:
    """A worker is gone, or was ended; ``fault`` says why."""

    fault: Fault


class _Worker:
    """A process, and the articles that it has not answered."""

    def __init__(self, recipe: Recipe, bounds: Bounds) -> None:
        processes = context(None if recipe.extractor else recipe.engine)
        self.connection, theirs = processes.Pipe()
        self.process = processes.Process(target=serve, args=(theirs, recipe, bounds), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False
        self.handed: deque[Pending] = deque()
        self.characters = 0
        self._bounds = bounds
        self._began = 0.0

    def hand(self, batch: list[Pending]) -> None:
        """Hand over articles. Only to a worker that is ready and idle: else both ends might wait to send."""
        self.handed.extend(batch)
        self._began = time.monotonic()
        # If it is dead, the next look at it says so.
        with contextlib.suppress(OSError):
            self.connection.send([pending.article for pending in batch])

    @property
    def deadline(self) -> float:
        """When the article that it is at must be done, at work or not."""
        return self._began + _WAITING * self._bounds.seconds if self.handed else float("inf")

    def look(self, readable: bool) -> Result | _Death | None:
        """The result of its next article, or its end, or nothing yet.

        Raises:
            EngineError: it says that it cannot work.
        """
        if not readable:
            if time.monotonic() < self.deadline:
                return None
            return _Death(_too_long(self._bounds))
        try:
            message = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            return _Death(_why(self.process.exitcode, self._bounds))
        self._began = time.monotonic()
        if isinstance(message, Refusal):
            raise EngineError(message.message)
        if isinstance(message, Ready):
            self.ready = True
            return None
        assert isinstance(message, Result)
        self.characters += len(self.handed.popleft().article.text)
        return message

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.connection.close()
        self.process.kill()
        self.process.join()


def _too_long(bounds: Bounds) -> Fault:
    return Fault(f"the extraction took longer than {bounds.seconds:g} s")


def _why(code: int | None, bounds: Bounds) -> Fault:
    if code == NO_MEMORY:
        return Fault(
            f"the extraction needed more than {bounds.memory // 2**20} MB of memory beside the models"
        )
    if code == -TOO_LONG:
        return _too_long(bounds)
    reason = "the extraction made its process end"
    if code == -signal.SIGKILL:
        return Fault(reason, "SIGKILL: for want of memory, or by somebody")
    if code is not None and code < 0:
        return Fault(reason, signal.Signals(-code).name)
    return Fault(reason, f"exit status {code}")


class Pool:
    """So many workers. To be used with ``with``: nothing is left running.

    Args:
        recipe: how the workers come by their extractors.
        bounds: what an article may take.
        workers: how many processes.
    """

    def __init__(self, recipe: Recipe, bounds: Bounds, workers: int) -> None:
        self._recipe = recipe
        self._bounds = bounds
        self._size = workers
        self._crew: list[_Worker] = []
        self._false_starts = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *failure: object) -> None:
        self._dismiss()

    def extract(self, pending: Iterator[Pending]) -> Iterator[tuple[Pending, Result]]:
        """The articles with their results, in the order in which they are done; each article once.

        Raises:
            EngineError: the engine cannot be used.
        """
        queue = _Queue(pending)
        suspects: deque[Pending] = deque()
        while True:
            if len(suspects) < _SUSPECTS:
                self._hand_out(queue)
            if any(worker.handed for worker in self._crew) or (queue.more and len(suspects) < _SUSPECTS):
                yield from self._collect(queue, suspects)
            elif suspects:
                yield from self._alone(suspects)
            else:
                return

    def _hand_out(self, queue: _Queue) -> None:
        """Give idle workers their next batch; make the crew complete as long as there is anything to do."""
        for worker in [w for w in self._crew if w.ready and not w.handed]:
            if worker.characters > _LIFE:
                self._drop(worker)
            elif batch := queue.batch():
                worker.hand(batch)
        while len(self._crew) < self._size and queue.more:
            self._start()

    def _collect(self, queue: _Queue, suspects: deque[Pending]) -> Iterator[tuple[Pending, Result]]:
        """Wait until something happens, and say what was done."""
        for worker, found in self._watch(self._crew):
            if isinstance(found, tuple):
                yield found
                continue
            if worker.handed:
                suspects.append(worker.handed.popleft())
                queue.put_back(worker.handed)
            self._bury(worker, found)

    def _watch(self, crew: list[_Worker]) -> Iterator[tuple[_Worker, tuple[Pending, Result] | _Death]]:
        patience = min(worker.deadline for worker in crew) - time.monotonic()
        readable = wait(
            [worker.connection for worker in crew], None if patience == float("inf") else max(patience, 0)
        )
        for worker in list(crew):
            first = worker.handed[0] if worker.handed else None
            found = worker.look(worker.connection in readable)
            if worker.ready:
                self._false_starts = 0
            if isinstance(found, _Death):
                yield worker, found
            elif found is not None:
                assert first is not None
                yield worker, (first, found)

    def _alone(self, suspects: deque[Pending]) -> Iterator[tuple[Pending, Result]]:
        """Try each suspect once more, each in a new process while no other is at work."""
        while suspects:
            self._dismiss()
            worker = self._start()
            while self._crew:
                if worker.ready and not worker.handed:
                    worker.hand([suspects[0]])
                for _, found in self._watch(self._crew):
                    if isinstance(found, tuple):
                        yield suspects.popleft(), found[1]
                        self._drop(worker)
                        continue
                    if worker.handed:
                        yield suspects.popleft(), failed(found.fault)
                    self._bury(worker, found)

    def _start(self) -> _Worker:
        while True:
            try:
                worker = _Worker(self._recipe, self._bounds)
            except (EOFError, ConnectionError) as error:
                # The fork server was killed before it could answer; the next try starts another one.
                self._false_start(f"the fork server ended: {type(error).__name__}")
                time.sleep(_PAUSE * 2**self._false_starts)
                continue
            self._crew.append(worker)
            return worker

    def _bury(self, worker: _Worker, death: _Death) -> None:
        self._drop(worker)
        if not worker.ready:
            self._false_start(death.fault.detail or death.fault.reason)

    def _false_start(self, why: str) -> None:
        self._false_starts += 1
        if self._false_starts >= _FALSE_STARTS:
            raise EngineError(
                f"the {self._recipe.engine} engine cannot be used: {self._false_starts} worker processes, one after "
                f"the other, ended before they had begun ({why})"
            )

    def _drop(self, worker: _Worker) -> None:
        worker.end()
        self._crew.remove(worker)

    def _dismiss(self) -> None:
        for worker in list(self._crew):
            self._drop(worker)


class _Queue:
    """Articles to be handed out: those that were put back first."""

    def __init__(self, source: Iterator[Pending]) -> None:
        self._source = source
        self._next: deque[Pending] = deque()

    @property
    def more(self) -> bool:
        """Whether there is anything left."""
        if not self._next:
            self._next.extend(item for item in (next(self._source, None),) if item is not None)
        return bool(self._next)

    def batch(self) -> list[Pending]:
        """The next batch, empty at the end."""
        found: list[Pending] = []
        characters = 0
        while len(found) < _BATCH and characters < _BATCH_CHARACTERS and self.more:
            found.append(self._next.popleft())
            characters += len(found[-1].article.text)
        return found

    def put_back(self, items: deque[Pending]) -> None:
        """What was handed out and not done."""
        self._next.extendleft(reversed(items))

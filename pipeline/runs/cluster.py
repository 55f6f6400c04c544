"""The same run on the workers of a Dask cluster that the user has started.

The driver cuts the plan into partitions, writes each as a file on a folder that all see, and hands Dask its name. A
worker extracts it (:mod:`pipeline.runs.remote`), writes the results beside it and is done. The driver enters them into
the ledger, a partition in one transaction. So a worker that dies loses the partition that it was at; a driver that dies
finds what was done since, when it is started again; and the outputs are written from the ledger as ever.
"""

from __future__ import annotations

import contextlib
import logging
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.runs import planning
from pipeline.runs.ledger import Ledger
from pipeline.runs.partitions import partition_name
from pipeline.runs.remote import Task, extract_partition, facts_of, look_around
from pipeline.runs.work import Bounds, Cluster, ClusterError, Done, EngineError, Recipe

if TYPE_CHECKING:
    from distributed import Client, Future

#: Partitions with the cluster for each of its threads: one at work, one waiting.
_AHEAD = 2
#: Seconds between two looks at the cluster while nothing is done.
_LOOK = 5.0
#: So often a partition is handed out anew when Dask gives it up (its workers died, several times over).
_TRIES = 5
#: Packed text in the ledger has a third of its size.
_PACKED = 3


@dataclass(frozen=True, slots=True)
class _Part:
    """A partition that is with the cluster."""

    name: str
    fingerprints: tuple[str, ...]


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Dask's own log is kept back: what goes wrong is told in one line, by us."""
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] == "distributed"]
    loggers = [logger for logger in map(logging.getLogger, names) if not logger.disabled]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger in loggers:
            logger.disabled = False


class ClusterRun:
    """Extraction on a cluster.

    Args:
        ledger: the ledger; what comes out is entered by the caller.
        key: of the results.
        recipe, bounds: for the workers.
        cluster: where they are.
        shared: the folder of the partitions, a path or a URL.
        say: told what the run waits for.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        key: str,
        recipe: Recipe,
        bounds: Bounds,
        cluster: Cluster,
        shared: str,
        say: Callable[[str], None],
    ) -> None:
        self._ledger, self._key, self._cluster, self._say = ledger, key, cluster, say
        if not ledger.get("cluster"):
            ledger.put(cluster=uuid.uuid4().hex)
        self._task = Task(recipe, bounds, shared, ledger.get("cluster"), facts_of(recipe))
        self._shared = self._task.shared
        self._tries: Counter[str] = Counter()
        self._seen = time.monotonic()

    def extract(self) -> Iterator[list[Done]]:
        """What came of the articles, a partition at a time, in the order in which they are done.

        Raises:
            ClusterError: the cluster cannot be used or was lost.
            EngineError: the engine cannot be used on a worker.
            OSError: the folder of the partitions cannot be written.
        """
        flying: dict[Future[None], _Part] = {}
        parts = self._parts()
        with self._client() as client:
            self._look_around(client)
            while True:
                for part in parts:
                    if (results := self._results(part)) is not None:
                        yield results
                        self._shared.remove(part.name)
                        continue
                    flying[self._submit(client, part)] = part
                    if len(flying) >= _AHEAD * max(self._threads(client), 1):
                        break
                if not flying:
                    break
                for future in self._wait(client, list(flying)):
                    part = flying.pop(future)
                    if (results := self._landed(future, part)) is None:
                        flying[self._submit(client, part)] = part
                        continue
                    yield results
                    self._shared.remove(part.name)
        self._shared.clear()

    def _parts(self) -> Iterator[_Part]:
        """The partitions with anything to do; their articles are written when they are come to."""
        for first, last in planning.partitions(self._ledger, self._cluster.partition_bytes // _PACKED):
            pending = list(planning.pending(self._ledger, self._key, first, last))
            if pending:
                name = partition_name(self._key, pending)
                self._shared.write_articles(name, pending)
                yield _Part(name, tuple(item.article.fingerprint for item in pending))

    def _results(self, part: _Part) -> list[Done] | None:
        return self._shared.read_results(part.name, part.fingerprints)

    def _landed(self, future: Future[None], part: _Part) -> list[Done] | None:
        """The results of a partition that Dask is done with; None where it must be done again."""
        from distributed import KilledWorker

        if future.status == "cancelled" or future.status == "lost":
            raise self._lost()
        error = future.exception() if future.status == "error" else None
        if isinstance(error, (ClusterError, EngineError)):
            raise error
        if error is not None and not isinstance(error, KilledWorker):
            raise ClusterError(
                f"{self._cluster.scheduler}: a worker could not do its partition: {type(error).__name__}: {error}; "
                "what is done is kept"
            )
        results = self._results(part) if error is None else None
        if results is None:
            self._tries[part.name] += 1
            if self._tries[part.name] >= _TRIES:
                raise ClusterError(
                    f"{self._cluster.scheduler}: a partition was given up {_TRIES} times: "
                    f"{error or 'no whole results'}; what is done is kept"
                )
        return results

    @contextlib.contextmanager
    def _client(self) -> Iterator[Client]:
        from distributed import Client

        address, patience = self._cluster.scheduler, self._cluster.patience
        with _quiet():
            try:
                client = Client(address, timeout=patience, set_as_default=False, name="waqai")
            except (OSError, ValueError, RuntimeError) as error:
                why = str(error).split("\n")[0]
                raise ClusterError(f"{address}: no Dask scheduler there that can be used: {why}") from error
            try:
                yield client
            finally:
                # Of a scheduler that is gone nobody can take leave.
                with contextlib.suppress(OSError, CancelledError, RuntimeError):
                    client.close(timeout=2)

    def _look_around(self, client: Client) -> None:
        """Make sure that there are workers, and that all are fit for this run."""
        mark = uuid.uuid4().hex
        self._shared.leave_mark(mark)
        began, said = time.monotonic(), False
        while not self._threads(client):
            if not said:
                self._say(f"waiting for workers of {self._cluster.scheduler}")
                said = True
            if time.monotonic() - began > self._cluster.patience:
                raise ClusterError(f"{self._cluster.scheduler}: the scheduler has no workers")
            time.sleep(0.2)
        with self._asking():
            answers = client.run(look_around, self._task, mark, on_error="return")
        for address, answer in sorted(answers.items()):
            if isinstance(answer, ModuleNotFoundError):
                raise ClusterError(f"{address}: waqai is not installed there: {answer}")
            # A worker that has just died has nothing to say.
            if answer is not None and not isinstance(answer, OSError):
                raise ClusterError(f"{address}: {answer}")

    def _threads(self, client: Client) -> int:
        with self._asking():
            threads = sum(client.nthreads().values())
        if threads:
            self._seen = time.monotonic()
        return threads

    def _submit(self, client: Client, part: _Part) -> Future[None]:
        key = f"waqai-{part.name}-{self._tries[part.name]}-{uuid.uuid4().hex[:8]}"
        with self._asking():
            return client.submit(extract_partition, self._task, part.name, key=key, pure=False)

    def _wait(self, client: Client, futures: list[Future[None]]) -> list[Future[None]]:
        """The futures that are finished, at least one."""
        from distributed import wait

        while True:
            try:
                with self._asking(), client.as_current():
                    return list(wait(futures, timeout=_LOOK, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                if not self._threads(client) and time.monotonic() - self._seen > self._cluster.patience:
                    raise ClusterError(
                        f"{self._cluster.scheduler}: all workers are gone; what is done is kept, the same command goes "
                        "on from there"
                    ) from None

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        """Whatever the scheduler is asked, it may be gone."""
        try:
            yield
        except TimeoutError:
            raise
        except (OSError, CancelledError) as error:
            raise self._lost() from error

    def _lost(self) -> ClusterError:
        return ClusterError(
            f"{self._cluster.scheduler}: the scheduler was lost; what is done is kept, the same command goes on from "
            "there"
        )

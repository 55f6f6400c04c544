"""Processes that each hold one subject and are told when it is their turn."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from pipeline.articles import Article
from pipeline.bench.subjects import KINDS, Work, peak_memory

#: Numerical libraries use one core each, whatever they find.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


class BenchError(Exception):
    """A subject could not be timed. The message says which and why."""


class Child:
    """A subject in a process of its own. To be used with ``with``.

    Args:
        name: for people.
        kind: a key of :data:`pipeline.bench.subjects.KINDS`.
        arguments: what it is made with.

    Attributes:
        loading: what it took until it was ready: seconds of processor time and on the wall.
    """

    def __init__(self, name: str, kind: str, *arguments: str) -> None:
        self.name = name
        os.environ.update(ONE_THREAD)
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, kind, arguments), daemon=True)
        self._process.start()
        other.close()
        self.loading: Work = self._answer()

    def ask(self, method: str, articles: list[Article]) -> Work:
        """Calls a method of the subject.

        Raises:
            BenchError: it failed, or the process is gone.
        """
        self._pipe.send((method, articles))
        work: Work = self._answer()
        return work

    def peak(self) -> int:
        """The most memory that the process has had, in bytes."""
        return peak_memory(self._process.pid)

    def _answer(self) -> Any:
        try:
            answer = self._pipe.recv()
        except EOFError:
            self._process.join()
            raise BenchError(f"{self.name}: the process ended ({self._process.exitcode})") from None
        if isinstance(answer, str):
            raise BenchError(f"{self.name}: {answer}")
        return answer

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pipe.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _serve(pipe: Connection, kind: str, arguments: tuple[str, ...]) -> None:
    """What the process does: make the subject, then answer until the other end is closed."""
    try:
        wall, cpu = time.perf_counter(), time.process_time()
        subject = KINDS[kind](*arguments)
        pipe.send(Work(cpu=time.process_time() - cpu, wall=time.perf_counter() - wall))
        while True:
            method, articles = pipe.recv()
            pipe.send(getattr(subject, method)(articles))
    except EOFError:
        return
    except Exception as error:  # the other end says what it was, and of whom
        pipe.send(" ".join(f"{type(error).__name__}: {error}".split()))


def in_process(function: Callable[..., None], *arguments: Any) -> None:
    """Calls a function in a process of its own.

    Raises:
        BenchError: it failed; what it was is on stderr.
    """
    os.environ.update(ONE_THREAD)
    process = multiprocessing.get_context("spawn").Process(target=function, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        raise BenchError(f"{function.__name__} failed ({process.exitcode})")

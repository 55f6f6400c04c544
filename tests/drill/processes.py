"""The processes of a drill, a Dask cluster and a driver: started again whenever they are gone; who may be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil

#: What may be killed: who asks for the work, who shares it out, who does it, and what does it for them.
ROLES = ("driver", "fork server", "extraction process", "scheduler", "dask worker")

#: Dask workers with and without somebody who starts them again: both are usual.
KINDS = ("--nanny", "--no-nanny")


class Site:
    """A scheduler, two Dask workers and a driver. To be used with ``with``: nothing is left running.

    Args:
        folder: for logs and whatever Dask leaves behind.
        environment: of all processes.
    """

    def __init__(self, folder: Path, *, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._scheduler: subprocess.Popen[bytes] | None = None
        self._workers: dict[str, subprocess.Popen[bytes]] = {}
        self._extracting: set[int] = set()
        self.driver: subprocess.Popen[bytes] | None = None
        self.starts = 0
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def address(self) -> str:
        """Of the scheduler."""
        return f"tcp://127.0.0.1:{self._port}"

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *failure: object) -> None:
        for process in (self.driver, *self._workers.values(), self._scheduler):
            if process is not None:
                self._end(process)

    def keep_cluster(self) -> None:
        """Start of the cluster what is not there."""
        if self._scheduler is None or self._scheduler.poll() is not None:
            options = ["--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard"]
            self._scheduler = self._start("dask_scheduler", *options)
        for kind in KINDS:
            if kind in self._workers and self._workers[kind].poll() is None:
                continue
            options = ["--nthreads", "1", "--nworkers", "1", "--no-dashboard", "--death-timeout", "60"]
            options += ["--local-directory", str(self._folder / "dask"), "--host", "127.0.0.1"]
            self._workers[kind] = self._start("dask_worker", self.address, kind, *options)

    def start_driver(self, command: Sequence[str]) -> None:
        """Start the driver (again)."""
        self.starts += 1
        with (self._folder / "driver.log").open("ab") as log:
            self.driver = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)

    def victims(self) -> dict[str, list[int]]:
        """The ids of the processes that are there now, by role."""
        family = _Family()
        driver = [self.driver.pid] if self.driver and self.driver.poll() is None else []
        dask = {kind: worker.pid for kind, worker in self._workers.items() if worker.poll() is None}
        # Below a nanny there are the worker and what that has started.
        workers = [
            own
            for kind, pid in dask.items()
            for own in ([pid] if kind == "--no-nanny" else family.children(pid, "spawn_main"))
        ]
        servers = [pid for own in [*driver, *workers] for pid in family.children(own, "forkserver")]
        # They outlive the fork server, and are nobody's children then.
        self._extracting.update(pid for own in servers for pid in family.children(own))
        self._extracting = {pid for pid in self._extracting if "forkserver" in _line(pid)}
        return {
            "driver": driver,
            "fork server": servers,
            "extraction process": sorted(self._extracting),
            "scheduler": [self._scheduler.pid] if self._scheduler and self._scheduler.poll() is None else [],
            "dask worker": workers,
        }

    def kill(self, pid: int) -> None:
        """SIGKILL: no farewell, no clean-up."""
        os.kill(pid, signal.SIGKILL)

    def _start(self, module: str, *options: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{module}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *options],
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            ours = _Family().below(process.pid)
            process.kill()
            process.wait()
            for pid in ours:
                if psutil.pid_exists(pid):
                    self.kill(pid)


class _Family:
    """Who has started whom, at one moment."""

    def __init__(self) -> None:
        self._children: dict[int, list[int]] = {}
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.NoSuchProcess):
                self._children.setdefault(process.ppid(), []).append(process.pid)

    def children(self, pid: int, named: str = "") -> list[int]:
        """Of a process, those whose command line holds ``named``."""
        return [child for child in self._children.get(pid, ()) if named in _line(child)]

    def below(self, pid: int) -> list[int]:
        """Children, their children, and so on."""
        return [one for child in self._children.get(pid, ()) for one in (child, *self.below(child))]


def _line(pid: int) -> str:
    try:
        return " ".join(psutil.Process(pid).cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""

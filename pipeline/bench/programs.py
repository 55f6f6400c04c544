"""Whole programs, as people start them: how long they take to be there, and what more workers bring."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.articles import Article
from pipeline.bench.children import ONE_THREAD, BenchError
from pipeline.bench.subjects import peak_memory
from pipeline.bench.texts import words

_WAQAI = (sys.executable, "-m", "pipeline")
#: How often the memory of workers is looked at, in seconds. What a process has had at most is kept by the system.
_LOOK = 0.1


@dataclass(frozen=True)
class Ran:
    """A program that has ended: seconds on the wall and of processor time (children too), most memory of a process."""

    wall: float
    cpu: float
    peak: int


def program(*command: str) -> Ran:
    """Runs a program to its end.

    Raises:
        BenchError: it failed; the last line of what it said is the reason.
    """
    began = time.perf_counter()
    before = os.times()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=os.environ | ONE_THREAD
    )
    peak = 0
    with process:
        while process.poll() is None:
            peak = max(peak, *(peak_memory(pid) for pid in _family(process.pid)))
            time.sleep(_LOOK)
        said = process.stderr.read() if process.stderr else ""
    after = os.times()
    if process.returncode:
        reason = said.strip().splitlines()[-1:] or ["it said nothing"]
        raise BenchError(f"{' '.join(command[1:])}: exit status {process.returncode}: {reason[0]}")
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return Ran(time.perf_counter() - began, cpu, peak)


def _family(process: int) -> Iterator[int]:
    """A process and all that it started, directly or not."""
    yield process
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = tasks.read_text().split()
        except OSError:  # it ended meanwhile
            continue
        for child in children:
            yield from _family(int(child))


def startup(engines: Sequence[str], articles: Sequence[Article], turns: int) -> dict[str, dict[str, float]]:
    """What it takes until a program is there: Python alone, the help, the library, the records of one article."""
    commands = {
        "python -c pass": (sys.executable, "-c", "pass"),
        "waqai --help": (*_WAQAI, "--help"),
        "import pipeline": (sys.executable, "-c", "import pipeline"),
    }
    with TemporaryDirectory(prefix="waqai-bench-") as folder:
        dump = write(Path(folder) / "one.jsonl", articles[:1])
        for engine in engines:
            commands[f"waqai run, one article, {engine}"] = _run(dump, Path(folder) / "out", engine)
        ran: dict[str, list[Ran]] = {name: [] for name in commands}
        for _ in range(turns):
            for name, command in commands.items():
                ran[name].append(program(*command))
    return {
        name: {"wall": median(r.wall for r in each), "cpu": median(r.cpu for r in each)}
        for name, each in ran.items()
    }


def scaling(
    engine: str, articles: Sequence[Article], workers: Sequence[int], turns: int, say: Callable[[str], None]
) -> list[dict[str, Any]]:
    """``waqai run --workers N`` for each N, in turns; the time to start up, measured with one article, is taken off."""
    with TemporaryDirectory(prefix="waqai-bench-") as name:
        folder = Path(name)
        whole = write(folder / "all.jsonl", articles)
        one = write(folder / "one.jsonl", articles[:1])
        total = sum(words(article.text) for article in articles) - words(articles[0].text)
        ran: dict[int, list[tuple[Ran, float]]] = {number: [] for number in workers}
        for turn in range(turns):
            for number in workers:
                say(
                    f"turn {turn + 1} of {turns}: {engine} with {number} worker{'s' * (number > 1)}, {total:,} words"
                )
                start = program(*_run(one, folder / "out", engine, number))
                long = program(*_run(whole, folder / "out", engine, number))
                ran[number].append((long, max(long.wall - start.wall, 1e-9)))
    first = ran[workers[0]]
    return [
        {
            "workers": number,
            "words_per_second_wall": median(total / seconds for _, seconds in each),
            "gain": median(alone / seconds for (_, seconds), (_, alone) in zip(each, first, strict=True)),
            "cpu": median(long.cpu for long, _ in each),
            "wall": median(long.wall for long, _ in each),
            "peak_memory": max(long.peak for long, _ in each),
        }
        for number, each in ran.items()
    ]


def write(path: Path, articles: Sequence[Article]) -> Path:
    """The articles as JSON Lines."""
    lines = (json.dumps(article.model_dump(), ensure_ascii=False) for article in articles)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def _run(dump: Path, out: Path, engine: str, workers: int | None = None) -> tuple[str, ...]:
    engine, *parts = engine.split("+")
    options = [f"--{'tokenizer' if part in ('light', 'stanza') else 'ner'}={part}" for part in parts]
    if workers is not None:
        options += ["--workers", str(workers)]
    return *_WAQAI, "run", str(dump), "--out", str(out), "--fresh", "--quiet", "--engine", engine, *options

"""The bench in order: subjects in turns, stages, lengths, start-up, workers; and what it comes to."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import pipeline
from pipeline.bench.children import Child, in_process
from pipeline.bench.programs import scaling, startup
from pipeline.bench.subjects import Work, build_stanza
from pipeline.bench.texts import Texts
from pipeline.engines.choice import parse

STANZA, BLANK = "stanza, published sizes", "spacy.blank, tokens only"
#: What the bench is measured against: words/s a core end to end, and how many times Stanza's.
TARGETS: Mapping[str, tuple[int, int]] = {"fast": (2000, 10), "accurate": (500, 3)}
#: The most that resolution may take of a run, the most memory of a worker (bytes), the least gain of a second worker.
RESOLUTION, MEMORY, SECOND_WORKER = 0.15, 1.5e9, 1.8
#: A text is not timed at a length that would take longer than this many seconds of processor time.
LONGEST = 120.0
#: Words of a turn of the slowest subject: with fewer, Stanza's batches of sentences would not be full.
FEWEST = 1_500


@dataclass(frozen=True)
class Settings:
    """What to measure.

    Attributes:
        inputs: where the text comes from.
        engines: choices as :func:`pipeline.engines.choice.parse` reads them.
        turns: turns of every subject, besides the one to warm up.
        words: words of a turn of the fast engine; slower subjects get as many as take them about as long.
        lengths: words of the articles whose cost is compared.
        workers: numbers of worker processes to compare; none are where it is empty.
        stanza: whether Stanza is built and timed too.
        stanza_models: a folder where Stanza's untrained models are kept for the next time.
    """

    inputs: Sequence[Path]
    engines: Sequence[str] = ("fast", "accurate")
    turns: int = 3
    words: int = 20_000
    lengths: Sequence[int] = (100, 1_000, 10_000, 100_000)
    workers: Sequence[int] = (1, 2)
    stanza: bool = True
    stanza_models: Path | None = None


def bench(settings: Settings, say: Callable[[str], None]) -> dict[str, Any]:
    """Measures everything and returns it as plain data; times in seconds, memory in bytes.

    Args:
        settings: what to measure.
        say: told what is being done.

    Raises:
        ValueError: there is no such engine, or no text to be timed.
        BenchError: a subject failed.
    """
    engines = [str(parse(engine)) for engine in settings.engines]
    texts = Texts.of(settings.inputs)
    began, load = datetime.now(UTC), os.getloadavg()
    with ExitStack() as stack:
        children = {}
        if settings.stanza:
            say("building a Stanza pipeline of the published sizes")
            folder = _stanza(settings, texts, stack)
        for engine in engines:
            say(f"loading {engine}")
            children[engine] = stack.enter_context(Child(engine, "run", engine))
        if settings.stanza:
            say("loading Stanza")
            children[STANZA] = stack.enter_context(Child(STANZA, "stanza", folder))
        children[BLANK] = stack.enter_context(Child(BLANK, "blank"))
        sizes = dict(_sizes(children, texts, settings.words, say))
        turns: dict[str, list[Work]] = {name: [] for name in children}
        for turn in range(settings.turns):
            for name, child in children.items():
                say(f"turn {turn + 1} of {settings.turns}: {name}, {sizes[name]:,} words")
                turns[name].append(child.ask("turn", texts.take(sizes[name])))
        stages, lengths = {}, {}
        for engine in engines:
            say(f"stages of {engine}")
            stages[engine] = children[engine].ask("profile", texts.take(sizes[engine]))
            lengths[engine] = list(_lengths(children[engine], texts, settings.lengths, turns[engine], say))
        subjects = {
            name: _subject(child, works, turns.get(STANZA)) for (name, child), works in
            zip(children.items(), turns.values(), strict=True)
        }  # fmt: skip
    say("starting up")
    result: dict[str, Any] = {
        "waqai": pipeline.__version__,
        "began": began.isoformat(timespec="seconds"),
        "ended": "",
        "machine": _machine() | {"load_before": load},
        "text": {
            "inputs": [str(path) for path in settings.inputs],
            "recombined": texts.recombined,
            "words_a_turn": sizes,
        },
        "subjects": subjects,
        "stages": {engine: asdict(work) for engine, work in stages.items()},
        "lengths": lengths,
        "startup": startup(engines, texts.take(1), settings.turns),
        "workers": {
            engine: scaling(engine, texts.take(4 * sizes[engine]), settings.workers, settings.turns, say)
            for engine in engines
            if settings.workers
        },
    }
    result["machine"]["load_after"] = os.getloadavg()
    result["ended"] = datetime.now(UTC).isoformat(timespec="seconds")
    return result | {"targets": list(targets(result))}


def _stanza(settings: Settings, texts: Texts, stack: ExitStack) -> str:
    """The folder of Stanza's models, built where it is not there yet."""
    kept = settings.stanza_models
    if kept is not None and (kept / "lemma.pt").exists():  # the last that is built
        return str(kept)
    folder = kept or Path(stack.enter_context(TemporaryDirectory(prefix="waqai-bench-stanza-")))
    folder.mkdir(parents=True, exist_ok=True)
    in_process(build_stanza, str(folder), texts.vocabulary)
    return str(folder)


def _sizes(
    children: Mapping[str, Child], texts: Texts, most: int, say: Callable[[str], None]
) -> Iterator[tuple[str, int]]:
    """Words of a turn of each subject: a first turn warms it up and tells how fast it is."""
    speeds: dict[str, float] = {}
    for name, child in children.items():
        say(f"warming up: {name}")
        work = child.ask("turn", texts.take(max(most // 20, 1)))
        speeds[name] = work.words / work.cpu
    first = next(iter(speeds.values()))
    for name, speed in speeds.items():
        # Whoever is quicker than the first has no more to do than it: the floor needs no minute to be measured.
        yield name, max(int(most * min(speed / first, 1)), min(FEWEST, most))


def _subject(child: Child, works: Sequence[Work], stanza: Sequence[Work] | None) -> dict[str, Any]:
    core = [work.words / work.cpu for work in works]
    entry: dict[str, Any] = {
        "words_per_second": median(core),
        "lowest": min(core),
        "highest": max(core),
        "words_per_second_wall": median(work.words / work.wall for work in works),
        "peak_memory": child.peak(),
        "loading": asdict(child.loading),
        "turns": [asdict(work) for work in works],
    }
    if stanza:
        # Turn by turn: what slows the machine down slows both.
        entry["times_stanza"] = median(
            (a.words / a.cpu) / (b.words / b.cpu) for a, b in zip(works, stanza, strict=True)
        )
    return entry


def _lengths(
    child: Child, texts: Texts, lengths: Sequence[int], works: Sequence[Work], say: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """What an article of each length costs, as the median of three; a long one is timed once."""
    speed = median(work.words / work.cpu for work in works)
    for length in lengths:
        if length / speed > LONGEST:
            yield {"words": length, "skipped": f"would take about {length / speed:.0f} s"}
            continue
        say(f"articles of {length:,} words: {child.name}")
        times = 1 if length >= 50_000 else 3
        articles = [texts.one(length) for _ in range(times * max(1, 1_000 // length))]
        size = len(articles) // times
        works_ = [child.ask("extract", articles[n * size : (n + 1) * size]) for n in range(times)]
        yield {"words": length, "words_per_second": median(work.words / work.cpu for work in works_)}


def _machine() -> dict[str, Any]:
    info = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.split(":", 1)[1].strip() for line in info.splitlines() if line.startswith("model name")]
    libraries = ("numpy", "onnxruntime", "spacy", "stanza", "torch")
    return {
        "processor": names[0] if names else platform.processor(),
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in libraries},
    }


def targets(result: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What was wanted, what was measured, and whether it is enough."""

    def target(what: str, wanted: float, measured: float, *, most: bool = False) -> dict[str, Any]:
        met = measured <= wanted if most else measured >= wanted
        return {
            "what": what,
            "wanted": wanted,
            "at": "most" if most else "least",
            "measured": measured,
            "met": met,
        }

    for engine, (speed, times) in TARGETS.items():
        subject = result["subjects"].get(engine)
        if subject is None:
            continue
        yield target(f"{engine}: words/s a core, end to end", speed, subject["words_per_second"])
        if "times_stanza" in subject:
            yield target(f"{engine}: times the speed of Stanza", times, subject["times_stanza"])
        share = result["stages"][engine]["facts"]["stages"]["resolution"]
        yield target(f"{engine}: share of resolution in the run", RESOLUTION, share, most=True)
        peak = max([subject["peak_memory"], *(w["peak_memory"] for w in result["workers"].get(engine, ()))])
        yield target(f"{engine}: peak memory of a worker, bytes", MEMORY, peak, most=True)
        gains = [w["gain"] for w in result["workers"].get(engine, ()) if w["workers"] == 2]
        if gains:
            yield target(f"{engine}: two workers against one", SECOND_WORKER, gains[0])

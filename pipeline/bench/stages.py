"""Which stage of a run the processor is busy with, asked every few milliseconds of processor time.

A timer of the operating system counts the processor time of the process and interrupts it; the stage is read off the
calls that are then under way. The code that is measured is not touched, and the cost is below one in a hundred.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from types import FrameType, TracebackType

#: Modules that a stage begins with, the outermost call first; what they call belongs to the stage …
OPENS: Mapping[str, tuple[str, ...]] = {
    "reading": ("pipeline.articles", "pipeline.runs.reading"),
    "tokeniser": ("pipeline.text.tokenizer", "pipeline.engines.stanza"),
    "normalising": ("pipeline.text.normalize",),
    "entities": ("pipeline.entities",),
    "engine": ("pipeline.engines", "spacy", "thinc"),
    "resolution": ("pipeline.resolve",),
    "events": ("pipeline.events",),
    "duplicates": ("pipeline.runs.clustering", "pipeline.duplicates"),
    "report": ("pipeline.report",),
    "writing": (
        "pipeline.records",
        "pipeline.runs.planning",
        "pipeline.runs.ledger",
        "pipeline.runs.writing",
        "pipeline.runs.files",
        "pipeline.export",
        "pipeline.outputs",
    ),
}
#: … unless one of these stages begins inside it.
INSIDE: Mapping[str, tuple[str, ...]] = {
    "engine": ("tokeniser", "entities"),
    "tokeniser": ("normalising",),
    "events": ("resolution",),
}
#: The stages in the order of the work; ``rest`` is the run itself.
STAGES = (
    "reading", "normalising", "tokeniser", "engine", "entities", "events", "resolution", "writing", "duplicates",
    "report", "rest",
)  # fmt: skip
EVERY = 0.004


def stage_of(modules: list[str]) -> str:
    """The stage of a stack of calls, given the names of their modules from the outermost to the innermost."""
    stage: str | None = None
    for module in modules:
        opened = _opened(module)
        if opened is not None and (stage is None or opened in INSIDE.get(stage, ())):
            stage = opened
    return stage or "rest"


@lru_cache(maxsize=4096)
def _opened(module: str) -> str | None:
    for stage, names in OPENS.items():
        if any(module == name or module.startswith(f"{name}.") for name in names):
            return stage
    return None


class Sampler:
    """Counts samples by stage while it is entered. Only in the main thread, and only one at a time."""

    def __init__(self) -> None:
        self.samples: Counter[str] = Counter()

    def _sample(self, number: int, frame: FrameType | None) -> None:
        modules: list[str] = []
        while frame is not None:
            modules.append(frame.f_globals.get("__name__", ""))
            frame = frame.f_back
        self.samples[stage_of(modules[::-1])] += 1

    def shares(self) -> dict[str, float]:
        """The share of every stage in the processor time, 0 to 1."""
        total = self.samples.total()
        return {stage: round(self.samples[stage] / total, 4) if total else 0.0 for stage in STAGES}

    def __enter__(self) -> Sampler:
        signal.signal(signal.SIGPROF, self._sample)
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        # One may still be on its way, and the default is to end the process.
        signal.signal(signal.SIGPROF, signal.SIG_IGN)

"""What is timed: an engine of ours, Stanza of the published sizes, spaCy's bare tokeniser."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from pipeline.articles import Article
from pipeline.bench.stages import Sampler
from pipeline.bench.texts import words
from pipeline.run import Extractor, run


@dataclass
class Work:
    """One turn.

    Attributes:
        words: what was worked through.
        cpu: processor time of the process, all threads, in seconds.
        wall: what the clock on the wall says, in seconds.
        facts: what else is known of it.
    """

    words: int = 0
    cpu: float = 0.0
    wall: float = 0.0
    facts: dict[str, Any] = field(default_factory=dict)


@contextmanager
def timed(texts: Sequence[str]) -> Iterator[Work]:
    """Times what is done inside; the Work is filled in at the end."""
    work = Work(words=sum(map(words, texts)))
    wall, cpu = time.perf_counter(), time.process_time()
    yield work
    work.cpu, work.wall = time.process_time() - cpu, time.perf_counter() - wall


class Subject(Protocol):
    """Something that can be timed, made in the process where it is timed."""

    def turn(self, articles: list[Article]) -> Work:
        """Works through the articles once."""


class Run:
    """``waqai run`` with the models in memory: a dump in, a folder of outputs out.

    Args:
        engine: a choice as :func:`pipeline.engines.choice.parse` reads it.
    """

    def __init__(self, engine: str) -> None:
        from pipeline.extraction import load_extractor

        self.extractor: Extractor = load_extractor(engine)

    def turn(self, articles: list[Article]) -> Work:
        """From a JSON Lines file to all output files."""
        with TemporaryDirectory(prefix="waqai-bench-") as folder:
            dump, out = Path(folder) / "dump.jsonl", Path(folder) / "out"
            with dump.open("w", encoding="utf-8") as file:
                for article in articles:
                    print(json.dumps(article.model_dump(), ensure_ascii=False), file=file)
            with timed([article.text for article in articles]) as work:
                summary = run([dump], out, extractor=self.extractor, progress=False)
            work.facts = {"articles": summary.articles, "events": summary.events}
            if summary.articles != len(articles):
                raise ValueError(f"of {len(articles)} articles the run has {summary.articles}")
        return work

    def profile(self, articles: list[Article]) -> Work:
        """The same under the sampler: ``facts`` hold the share of every stage."""
        with Sampler() as sampler:
            work = self.turn(articles)
        work.facts |= {"stages": sampler.shares(), "samples": sampler.samples.total()}
        return work

    def extract(self, articles: list[Article]) -> Work:
        """Text to records, without files."""
        with timed([article.text for article in articles]) as work:
            for article in articles:
                list(self.extractor(article))
        return work


class Stanza:
    """Stanza's pipeline of the published sizes.

    Args:
        folder: where :func:`pipeline.bench.stanza_sized.build` wrote it.
    """

    def __init__(self, folder: str) -> None:
        import torch

        from pipeline.bench.stanza_sized import load

        torch.set_num_threads(1)
        self.pipeline = load(Path(folder))

    def turn(self, articles: list[Article]) -> Work:
        """All its processors over the texts, handed over together, as it is quickest."""
        texts = [article.text for article in articles]
        with timed(texts) as work:
            self.pipeline.bulk_process(texts)
        return work


class Blank:
    """``spacy.blank("ar")``: spaCy's own tokeniser and nothing else."""

    def __init__(self) -> None:
        import spacy

        self.pipeline = spacy.blank("ar")

    def turn(self, articles: list[Article]) -> Work:
        """Tokens."""
        texts = [article.text for article in articles]
        with timed(texts) as work:
            for _ in self.pipeline.pipe(texts):
                pass
        return work


def build_stanza(folder: str, texts: list[str]) -> None:
    """Builds what :class:`Stanza` loads; in a process of its own, so that its memory is not counted."""
    import torch

    from pipeline.bench.stanza_sized import build
    from pipeline.engines.bundle import models_dir

    torch.set_num_threads(1)
    build(Path(folder), texts, models_dir() / "tokenizer")


#: Subjects by kind.
KINDS: dict[str, Callable[..., Subject]] = {"run": Run, "stanza": Stanza, "blank": Blank}


def peak_memory(process: int | None = None) -> int:
    """The most memory that a process has had, in bytes; by default this one. 0 where it is gone."""
    try:
        status = Path(f"/proc/{process or os.getpid()}/status").read_text()
    except OSError:
        return 0
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0

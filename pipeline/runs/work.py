"""The extraction of one article, in whichever process it happens, and what bounds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pipeline.articles.article import Article
from pipeline.articles.items import Reject
from pipeline.records import EventRecord
from pipeline.runs.ledger import pack


class EngineError(Exception):
    """The engine cannot be used: there is none of this name, a model is missing, the knowledge is not valid."""


class ClusterError(Exception):
    """The Dask cluster cannot be used, or was lost. The message is one line; what was done by then is kept."""


class Extractor(Protocol):
    """Makes records of an article; ``versions`` names all that they depend on besides the article."""

    engine: str
    versions: dict[str, str]

    def __call__(self, article: Article) -> Iterable[EventRecord]:
        """The records of ``article``, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a process comes by its extractor.

    Attributes:
        engine: the engine to load.
        versions: what its records depend on, as the process that writes the outputs knows it.
        extractor: the extractor itself, where the caller of the run has brought one; it must be picklable then.
    """

    engine: str
    versions: Mapping[str, str]
    extractor: Extractor | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one article may take; beyond that it becomes a reject. For processes of their own only.

    Attributes:
        seconds: of the processor's time, so that the same articles are rejected on a busy machine; ten times as many on
            the clock, for what waits and does nothing.
        memory: bytes of address space beside what the process had when its models were loaded.
    """

    seconds: float = 300.0
    memory: int = 2 * 2**30


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where to find the workers of a Dask cluster, and how they are given their work.

    Attributes:
        scheduler: its address, ``tcp://host:port`` or ``tls://host:port``.
        shared: a folder that this process and all workers see, as a path or a URL of fsspec; the books of the run in
            the output folder where it is None.
        partition_bytes: how much text is in a partition, about: four megabytes are three minutes of the fast engine.
        patience: seconds to wait for a scheduler that does not answer, or while there is no worker.
    """

    scheduler: str
    shared: str | None = None
    partition_bytes: int = 4 * 2**20
    patience: float = 60.0


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an article could not be extracted; the same words whenever and wherever it is tried."""

    reason: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an article.

    Attributes:
        events: number of records.
        payload: their lines, packed (:func:`pipeline.runs.ledger.pack`).
        fault: why there are none.
    """

    events: int
    payload: bytes
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """An article that has to be extracted, and where it stands."""

    article: Article
    where: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Done:
    """What is entered into the ledger of an article: as :class:`Result`, with the fault as a reject."""

    fingerprint: str
    events: int
    payload: bytes
    crash: Reject | None = None


def done(pending: Pending, result: Result) -> Done:
    """The entry of an article."""
    crash, fault = None, result.fault
    if fault:
        crash = Reject(pending.where, pending.line, pending.article.id, "crash", fault.reason, fault.detail)
    return Done(pending.article.fingerprint, result.events, result.payload, crash)


def attempt(extractor: Extractor, article: Article) -> Result:
    """Extract one article; whatever a library makes of it is a fault of this article and stops no other.

    Raises:
        MemoryError: there was not enough memory: the process may be in no state to go on.
    """
    try:
        lines = [record.to_json() for record in extractor(article)]
    except MemoryError:
        raise
    except Exception as error:
        # Addresses differ from process to process, and the outputs must not.
        detail = re.sub(r"\b0x[0-9a-f]+", "0x", " ".join(f"{type(error).__name__}: {error}".split()))
        return failed(Fault("the extraction failed on this article", detail[:300]))
    return Result(len(lines), pack("\n".join(lines)))


def failed(fault: Fault) -> Result:
    """The result of an article that could not be extracted."""
    return Result(0, pack(""), fault)


def load_engine(engine: str) -> Extractor:
    """The extractor of an engine, its models loaded (seconds).

    Raises:
        EngineError: it cannot be used.
    """
    try:
        from pipeline.extraction import load_extractor

        return load_extractor(engine)
    except Exception as error:  # whatever is wrong with the installation, no article has been tried
        raise EngineError(f"the {engine} engine cannot be used: {error}") from error

"""What a run did, and how long it took."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    Attributes:
        out: the output folder.
        nothing_to_do: everything was up to date; nothing was written.
        kept: nothing could be read, and the outputs of the run before were left as they were.
        processed: articles that the extractor was run on.
        articles: articles in the outputs.
        new, changed, unchanged, removed: articles against those of the last complete run.
        rejected: inputs that could not be used.
        events: records in the outputs.
        clusters: clusters of near-duplicate articles.
        duplicates: articles in these clusters, the representatives too.
        seconds: wall-clock time.
    """

    out: Path
    nothing_to_do: bool = False
    kept: bool = False
    processed: int = 0
    articles: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: int = 0
    events: int = 0
    clusters: int = 0
    duplicates: int = 0
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0 if anything could be read, else 1."""
        return 0 if self.articles else 1


@dataclass(slots=True)
class Clock:
    """When the run began and how long its parts took, in seconds."""

    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    began: float = field(default_factory=time.monotonic)
    parts: dict[str, float] = field(default_factory=dict)

    def lap(self, part: str) -> None:
        """A part has ended."""
        self.parts[part] = round(self.total() - sum(self.parts.values()), 3)

    def total(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.began

    def timings(self, processed: int) -> dict[str, Any]:
        """What the manifest says of the times; ``processed`` articles were extracted."""
        extracting = self.parts["extracting"]
        return {
            "started": self.started.isoformat(timespec="seconds"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(self.total(), 3),
            **{f"{part}_seconds": seconds for part, seconds in self.parts.items()},
            "articles_per_second": round(processed / extracting, 2) if processed and extracting else None,
        }

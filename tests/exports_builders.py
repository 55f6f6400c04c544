"""Events in a form in which two ways of saying the same are equal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.evaluate import GoldEvent
from pipeline.export.annotated import gold_event


def plain(events: Iterable[GoldEvent]) -> list[dict[str, Any]]:
    """Events as the gold file has them, in the order of their triggers."""
    return [gold_event(e) for e in sorted(events, key=lambda e: (e.trigger.start, e.trigger.end, e.mode))]

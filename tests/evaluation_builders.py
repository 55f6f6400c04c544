"""Gold events and records for the tests, by the surfaces that stand in a text."""

from __future__ import annotations

import hashlib
from typing import Any

from pipeline.evaluation.gold import GoldArticle, GoldEvent, GoldSpan, modes
from pipeline.records import EventRecord

NAME = "a.txt"


def span(text: str, surface: str, nth: int = 0) -> dict[str, Any]:
    """The ``nth`` occurrence of ``surface`` in ``text``."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(surface, start + 1)
    return {"text": surface, "start": start, "end": start + len(surface)}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def gold_event(text: str, trigger: str, mode: str, *, nth: int = 0, **slots: Any) -> GoldEvent:
    """A gold event; ``actors``, ``targets``, ``places``, ``by`` are surfaces, the rest is as in the gold file."""
    by = slots.pop("by", None)
    data: dict[str, Any] = {"trigger": span(text, trigger, nth), "mode": mode, "assertion": "asserted"}
    for slot in ("actors", "targets", "places"):
        data[slot] = [span(text, surface) for surface in slots.pop(slot, ())]
    data["attributed_to"] = span(text, by) if by else None
    return GoldEvent.model_validate(data | slots)


def gold_article(text: str, *events: GoldEvent, name: str = NAME, **more: Any) -> GoldArticle:
    return GoldArticle(article=name, sha256=digest(text), events=events, **more)


def record(
    text: str,
    trigger: str,
    mode: str,
    *,
    nth: int = 0,
    name: str = NAME,
    type_: str | None = None,
    actors: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
    time: str | None = None,
    assertion: str = "asserted",
    by: str | None = None,
    places_as: tuple[str, ...] | None = None,
) -> EventRecord:
    """A record as a run would write it. ``places_as`` gives places surfaces that need not stand in the text."""
    where = span(text, trigger, nth)

    def actor(surface: str) -> dict[str, Any]:
        more = {"name": surface, "label": "ORG", "country": None, "role": None, "implicit": False}
        return span(text, surface) | more

    def place(at: dict[str, Any]) -> dict[str, Any]:
        keys = [
            "name_en",
            "gazetteer_id",
            "lat",
            "lon",
            "admin1",
            "country",
            "distance_km",
            "bearing",
            "score",
        ]
        return at | {"relation": "in", "precision": "none"} | dict.fromkeys(keys)

    spans = [span(text, p) for p in places]
    if places_as is not None:
        spans = [{"text": p, "start": 0, "end": len(p)} for p in places_as]
    data = {
        "id": f"ev_{where['start']:08x}{digest(mode)[:8]}",
        "schema_version": "1-0-0",
        "actor": actors[0] if actors else None,
        "action": trigger,
        "target": targets[0] if targets else None,
        "place": places[0] if places else None,
        "time": time,
        "type": type_ or modes()[mode].type,
        "mode": mode,
        "cameo": None,
        "assertion": assertion,
        "confidence": 0.5,
        "article": {
            "id": name,
            "title": None,
            "url": None,
            "source": None,
            "published": None,
            "sha256": digest(text),
        },
        "sentence": {"index": 0, "text": text, "start": 0, "end": len(text)},
        "trigger": where | {"lemma": trigger},
        "actors": [actor(a) for a in actors],
        "targets": [actor(t) for t in targets],
        "places": [place(s) for s in spans],
        "when": None,
        "attribution": span(text, by) | {"cue": "قال"} if by else None,
        "quantities": [],
        "cluster": None,
        "provenance": {
            "version": "0",
            "engine": "test",
            "models": "",
            "knowledge": "",
            "rule": "",
            "evidence": [],
        },
    }
    return EventRecord.model_validate(data)


__all__ = ["NAME", "GoldSpan", "digest", "gold_article", "gold_event", "record", "span"]

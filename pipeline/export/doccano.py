"""doccano: JSON Lines for a project of sequence labelling with relations.

A line is an article. Triggers are entities labelled with their mode, slots are entities linked by relations. doccano's
labels have no values, so the whole events (in the form of the gold file, offsets in code points) stand in the line's
``events`` too, which doccano keeps as metadata of the text and gives back with its own export. Entities count
UTF-16 code units, as doccano's page does (with its grapheme mode off).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.export.annotated import AnnotatedArticle, Source, annotated, gold_event
from pipeline.export.graph import build_graph
from pipeline.export.utf16 import Utf16


def write_doccano(source: Source, draft: Path) -> Mapping[str, int]:
    """Make the file, and say how many articles and events are in it."""
    articles = events = 0
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        for article in annotated(source):
            file.write(json.dumps(line(article), ensure_ascii=False) + "\n")
            articles += 1
            events += len(article.events)
    return {"articles": articles, "events": events}


def line(article: AnnotatedArticle) -> dict[str, Any]:
    """An article; ids count within it."""
    graph, at = build_graph(article), Utf16.of(article.text)
    ids: dict[str, int] = {}
    entities = []
    for label, part in graph.labelled():
        ids[part.id] = len(ids)
        span = {"start_offset": at.units(part.start), "end_offset": at.units(part.end)}
        entities.append({"id": ids[part.id], "label": label, **span})
    relations = [
        {"id": number, "from_id": ids[arc.trigger], "to_id": ids[arc.node], "type": arc.role}
        for number, arc in enumerate(graph.arcs)
    ]
    return {
        "text": article.text,
        "entities": entities,
        "relations": relations,
        "article": article.id,
        "title": article.title,
        "published": article.published,
        "sha256": article.sha256,
        "events": [gold_event(e.event) | {"id": e.id, "confidence": e.confidence} for e in article.events],
    }

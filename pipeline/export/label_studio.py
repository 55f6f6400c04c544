"""Label Studio: tasks to load, and results to read back as gold.

A task is an article. Triggers and slots are regions of its text, the slots of an event are relations from its trigger;
mode, assertion, core and ISO time are choices of the trigger's region. Records come as predictions, gold as an
annotation. Offsets: Label Studio counts the code points of a ``Text`` (its editor, version 1.23, cuts it by
``[...textContent]``), as we do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from pipeline.evaluate import modes
from pipeline.export.annotated import AnnotatedArticle, Source, annotated
from pipeline.export.graph import ASSERTIONS, NODE_KINDS, ROLES, build_graph

TASKS, CONFIG = "tasks.json", "labeling_config.xml"
CORE, NOT_CORE = "core", "not core"

_COLOURS = {
    "trigger": "#d4380d",
    "participant": "#1d6fd1",
    "place": "#2f9e44",
    "time": "#c99a06",
    "count": "#7a7265",
}


def write_label_studio(source: Source, draft: Path) -> Mapping[str, int]:
    """Make a folder with ``tasks.json`` and ``labeling_config.xml``, and say how many articles and events are in it."""
    draft.mkdir()
    articles = events = 0
    used: set[tuple[str, str]] = set()
    with (draft / TASKS).open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for article in annotated(source):
            file.write(",\n" if articles else "\n")
            file.write(json.dumps(task(article), ensure_ascii=False))
            articles += 1
            events += len(article.events)
            used |= {(e.type, e.event.mode) for e in article.events}
        file.write("\n]\n")
    (draft / CONFIG).write_text(labeling_config(sorted(used)), encoding="utf-8")
    return {"articles": articles, "events": events}


def task(article: AnnotatedArticle) -> dict[str, Any]:
    """A task: the text, and the events as a prediction or an annotation."""
    data = {
        "text": article.text,
        "article": article.id,
        "title": article.title,
        "published": article.published,
        "sha256": article.sha256,
    }
    result = list(_result(article))
    if not article.predicted:
        return {"data": data, "annotations": [{"result": result, "ground_truth": True}]}
    scores = [e.confidence for e in article.events if e.confidence is not None]
    # A task is as sure as the least sure of its events: sorting by score brings to the top what needs a look.
    score = min(scores) if scores else None
    return {"data": data, "predictions": [{"model_version": "waqai", "score": score, "result": result}]}


def _result(article: AnnotatedArticle) -> Iterator[dict[str, Any]]:
    graph = build_graph(article)
    confidence = {e.id: e.confidence for e in article.events}
    types = {e.id: e.type for e in article.events}
    for trigger in graph.triggers:
        at = _at(article.text, trigger.start, trigger.end)
        score = confidence[trigger.id]
        more = {} if score is None else {"score": score}
        yield _region(trigger.id, "label", "labels", at | {"labels": ["trigger"]}) | more
        yield _region(trigger.id, "mode", "taxonomy", at | {"taxonomy": [[types[trigger.id], trigger.mode]]})
        yield _region(trigger.id, "assertion", "choices", at | {"choices": [trigger.assertion]})
        yield _region(trigger.id, "core", "choices", at | {"choices": [CORE if trigger.core else NOT_CORE]})
        if trigger.iso is not None:
            yield _region(trigger.id, "iso", "textarea", at | {"text": [trigger.iso]})
    for node in graph.nodes:
        at = _at(article.text, node.start, node.end)
        yield _region(node.id, "label", "labels", at | {"labels": [node.kind]})
        if node.note:
            yield _region(node.id, "count", "textarea", at | {"text": [node.note]})
    for arc in graph.arcs:
        yield {
            "type": "relation", "from_id": arc.trigger, "to_id": arc.node, "direction": "right", "labels": [arc.role],
        }  # fmt: skip


def _at(text: str, start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "text": text[start:end]}


def _region(id_: str, control: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": id_, "from_name": control, "to_name": "text", "type": kind, "value": value}


def labeling_config(used: Iterable[tuple[str, str]] = ()) -> str:
    """The labelling configuration that the tasks need, as XML.

    Args:
        used: types and modes that the tasks have; those that the guide's table has are in it anyhow.
    """
    view = ET.Element("View")
    relations = ET.SubElement(view, "Relations")
    for role in ROLES:
        ET.SubElement(relations, "Relation", value=role)
    labels = ET.SubElement(view, "Labels", name="label", toName="text")
    for kind in ("trigger", *NODE_KINDS):
        ET.SubElement(labels, "Label", value=kind, background=_COLOURS[kind])
    # Arabic stands right to left in the text alone, not in the controls.
    style = "direction: rtl; text-align: right; font-size: 1.15em; line-height: 2.2"
    box = ET.SubElement(view, "View", style=style)
    ET.SubElement(box, "Text", name="text", value="$text", granularity="symbol")
    per_trigger = {"perRegion": "true", "whenTagName": "label", "whenLabelValue": "trigger"}
    taxonomy = ET.SubElement(
        view,
        "Taxonomy",
        {
            "name": "mode",
            "toName": "text",
            "leafsOnly": "true",
            "maxUsages": "1",
            "required": "true",
            **per_trigger,
        },
    )
    by_type: dict[str, list[str]] = {}
    for kind, mode in (*((row.type, row.mode) for row in modes().values()), *used):
        if mode not in by_type.setdefault(kind, []):
            by_type[kind].append(mode)
    for kind, names in by_type.items():
        branch = ET.SubElement(taxonomy, "Choice", value=kind)
        for name in names:
            ET.SubElement(branch, "Choice", value=name)
    for control, values in (("assertion", ASSERTIONS), ("core", (CORE, NOT_CORE))):
        choices = ET.SubElement(
            view,
            "Choices",
            {
                "name": control,
                "toName": "text",
                "choice": "single",
                "showInline": "true",
                "required": str(control == "assertion").lower(),
                **per_trigger,
            },
        )
        for value in values:
            ET.SubElement(choices, "Choice", value=value)
    ET.SubElement(
        view, "TextArea",
        {"name": "iso", "toName": "text", "maxSubmissions": "1", "placeholder": "2024-12-05", **per_trigger},
    )  # fmt: skip
    ET.SubElement(
        view, "TextArea",
        {"name": "count", "toName": "text", "maxSubmissions": "1", "placeholder": "killed 10..15", "perRegion": "true",
         "whenTagName": "label", "whenLabelValue": "count"},
    )  # fmt: skip
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"

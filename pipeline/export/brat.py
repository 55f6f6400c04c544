"""brat standoff: a text file and an annotation file for each article, and the configuration that they need.

Triggers are text-bound annotations of the mode's type, events link them to participants, places, times and counts;
assertion is an attribute, ``core: false`` another, and what brat has no form for (ISO time, record id, the value of a
count) stands in notes. brat counts code points. A span over the end of a line is cut there into fragments, as brat
does itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.evaluate import modes
from pipeline.export.annotated import AnnotatedArticle, Source, annotated
from pipeline.export.files import Names
from pipeline.export.graph import ASSERTIONS, KINDS, NODE_KINDS, Graph, build_graph

#: What brat's reader takes for the end of a line (that of ``str.splitlines``).
_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
#: Without it brat calls every two spans that share a letter an error.
_OVERLAPS = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
#: Slots that an event has once at the most.
_SINGLE = ("time", "attribution")


def write_brat(source: Source, draft: Path) -> Mapping[str, int]:
    """Make the folder, and say how many articles and events are in it."""
    draft.mkdir()
    names, unlisted = Names(), set[str]()
    events = 0
    for article in annotated(source):
        name = names.add(article)
        (draft / f"{name}.txt").write_bytes(article.text.encode("utf-8", "replace"))
        lines = "".join(f"{line}\n" for line in _lines(article))
        (draft / f"{name}.ann").write_bytes(lines.encode("utf-8", "replace"))
        unlisted |= {e.event.mode for e in article.events if e.event.mode not in modes()}
        events += len(article.events)
    (draft / "annotation.conf").write_text(_annotation_conf(sorted(unlisted)), encoding="utf-8")
    (draft / "visual.conf").write_text(_visual_conf(), encoding="utf-8")
    return {"articles": names.write(draft), "events": events}


def _lines(article: AnnotatedArticle) -> Iterator[str]:
    graph, text = build_graph(article), article.text
    bound: dict[str, str] = {}
    for label, part in graph.labelled():
        bound[part.id] = f"T{len(bound) + 1}"
        spans = [
            (m.start() + part.start, m.end() + part.start)
            for m in _LINE.finditer(text[part.start : part.end])
        ]
        surface = " ".join(text[start:end] for start, end in spans)
        yield f"{bound[part.id]}\t{label} {';'.join(f'{start} {end}' for start, end in spans)}\t{surface}"
    confidence = {e.id: e.confidence for e in article.events}
    flags = 0
    for number, trigger in enumerate(graph.triggers, 1):
        yield f"E{number}\t{trigger.mode}:{bound[trigger.id]}{_arguments(graph, trigger.id, bound)}"
        for flag in (
            f"assertion E{number} {trigger.assertion}",
            *([] if trigger.core else [f"not-core E{number}"]),
        ):
            flags += 1
            yield f"A{flags}\t{flag}"
        notes = {
            "id": trigger.id,
            "iso": trigger.iso,
            "type": trigger.type,
            "confidence": confidence[trigger.id],
        }
        shown = " ".join(f"{key}={value}" for key, value in notes.items() if value is not None)
        yield f"#{number}\tAnnotatorNotes E{number}\t{shown}"
    for number, node in enumerate((n for n in graph.nodes if n.note), len(graph.triggers) + 1):
        yield f"#{number}\tAnnotatorNotes {bound[node.id]}\t{node.note}"


def _arguments(graph: Graph, trigger: str, bound: Mapping[str, str]) -> str:
    """The arguments of an event; the second of a role is called ``actor2``."""
    counts: dict[str, int] = {}
    parts = []
    for arc in graph.arcs:
        if arc.trigger == trigger:
            counts[arc.role] = counts.get(arc.role, 0) + 1
            number = counts[arc.role] if counts[arc.role] > 1 else ""
            parts.append(f" {arc.role}{number}:{bound[arc.node]}")
    return "".join(parts)


def _annotation_conf(unlisted: list[str]) -> str:
    """All modes of the guide below their types, then those that only the articles have."""
    arguments = ", ".join(f"{role}{'?' if role in _SINGLE else '*'}:{kind}" for role, kind in KINDS.items())
    by_type: dict[str, list[str]] = {}
    for row in modes().values():
        by_type.setdefault(row.type, []).append(row.mode)
    by_type["OTHER"] = unlisted
    lines = ["[entities]", *NODE_KINDS, "", "[relations]", _OVERLAPS, "", "[events]"]
    for kind, names in by_type.items():
        # With the mark before it a type is only a heading in brat's menu.
        lines += [f"!{kind}", *(f"\t{name}\t{arguments}" for name in names)] if names else []
    lines += [
        "",
        "[attributes]",
        f"assertion\tArg:<EVENT>, Value:{'|'.join(ASSERTIONS)}",
        "not-core\tArg:<EVENT>",
    ]
    return "\n".join(lines) + "\n"


def _visual_conf() -> str:
    """Colours, and that the text runs from right to left."""
    colours = {"participant": "#9cc2f0", "place": "#a5d8a8", "time": "#f5dc8a", "count": "#d5d0c5"}
    lines = ["[labels]", "", "[drawing]", "SPAN_DEFAULT\tfgColor:black, bgColor:#f7b79f, borderColor:darken"]
    lines += [f"{kind}\tbgColor:{colour}" for kind, colour in colours.items()]
    lines += ["", "[options]", "Text\tdirection:rtl"]
    return "\n".join(lines) + "\n"

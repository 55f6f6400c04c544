"""Events as what annotation tools draw: marked spans, and arcs from triggers to them.

A span that several events share is one node. The kind of a node says what it is, the role of an arc what it does in
the event: the same participant may be the actor of one event and the target of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import ValidationError

from pipeline.evaluate import GoldCount, GoldEvent, GoldSpan
from pipeline.export import ExportError
from pipeline.export.annotated import AnnotatedArticle
from pipeline.fields import first_fault
from pipeline.records import Assertion, Relation

#: What a role's node is.
KINDS: Mapping[str, str] = {
    "actor": "participant",
    "target": "participant",
    **{f"place-{relation}": "place" for relation in get_args(Relation)},
    "place": "place",
    "time": "time",
    "attribution": "participant",
    "count": "count",
}
ROLES = tuple(KINDS)
NODE_KINDS = tuple(dict.fromkeys(KINDS.values()))
ASSERTIONS: tuple[str, ...] = get_args(Assertion)

_COUNT = re.compile(r"(?P<kind>[^\s.]+) (?P<low>\d{0,15})\.\.(?P<high>\d{0,15})")


@dataclass(frozen=True, slots=True)
class Node:
    """A span that fills slots. ``note`` tells of a count what is counted, «killed 10..15»; an open bound is empty."""

    id: str
    kind: str
    start: int
    end: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """The trigger of one event, and what has no span of its own."""

    id: str
    start: int
    end: int
    mode: str
    type: str | None
    assertion: str
    core: bool
    iso: str | None


@dataclass(frozen=True, slots=True)
class Arc:
    """From a trigger to a node, by their ids."""

    trigger: str
    role: str
    node: str


@dataclass(frozen=True, slots=True)
class Graph:
    """All events of an article."""

    triggers: tuple[Trigger, ...]
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]

    def labelled(self) -> tuple[tuple[str, Trigger | Node], ...]:
        """All that is marked: triggers with their modes, nodes with their kinds."""
        return (*((t.mode, t) for t in self.triggers), *((n.kind, n) for n in self.nodes))


def build_graph(article: AnnotatedArticle) -> Graph:
    """The events of an article; nodes are called ``m1``, ``m2``, … in the order in which events need them."""
    triggers, arcs = [], []
    nodes: dict[tuple[str, int, int, str, int], Node] = {}
    for annotated in article.events:
        event = annotated.event
        triggers.append(
            Trigger(
                annotated.id,
                event.trigger.start,
                event.trigger.end,
                event.mode,
                event.type,
                event.assertion,
                event.core,
                event.iso,
            )
        )
        used: dict[tuple[str, str], int] = {}
        for role, span, note in _fillers(event):
            # An event that has one span twice in a slot needs two nodes for it.
            place = (role, f"{span.start} {span.end} {note}")
            used[place] = used.get(place, 0) + 1
            key = (KINDS[role], span.start, span.end, note, used[place])
            node = nodes.setdefault(key, Node(f"m{len(nodes) + 1}", KINDS[role], span.start, span.end, note))
            arcs.append(Arc(annotated.id, role, node.id))
    return Graph(tuple(triggers), tuple(nodes.values()), tuple(arcs))


def _fillers(event: GoldEvent) -> Iterable[tuple[str, GoldSpan, str]]:
    yield from (("actor", span, "") for span in event.actors)
    yield from (("target", span, "") for span in event.targets)
    yield from ((f"place-{p.relation}" if p.relation else "place", p, "") for p in event.places)
    if event.time is not None:
        yield "time", event.time, ""
    if event.attributed_to is not None:
        yield "attribution", event.attributed_to, ""
    yield from (("count", count, count_note(count)) for count in event.quantities)


def count_note(count: GoldCount) -> str:
    """What is counted and how many, «killed 10..15»."""
    low, high = ("" if bound is None else str(bound) for bound in (count.low, count.high))
    return f"{count.kind} {low}..{high}"


def read_events(text: str, graph: Graph) -> tuple[GoldEvent, ...]:
    """The events of a graph, in reading order; slots keep the order of the arcs.

    Args:
        text: the article's text, which the offsets count code points of.
        graph: from an annotation tool.

    Raises:
        ExportError: an arc goes from or to nothing, a role is not known or is filled twice where one is the most, a
            span is outside the text, a count is not written as «killed 10..15».
    """
    nodes = {node.id: node for node in graph.nodes}
    arcs: dict[str, list[Arc]] = {trigger.id: [] for trigger in graph.triggers}
    for arc in graph.arcs:
        if arc.trigger not in arcs:
            raise ExportError(f"a relation {arc.role!r} begins at {arc.trigger!r}, which is no trigger")
        if arc.node not in nodes:
            raise ExportError(f"a relation {arc.role!r} ends at {arc.node!r}, which is no slot")
        if KINDS.get(arc.role) is None:
            raise ExportError(f"no relation is called {arc.role!r}; there are: {', '.join(ROLES)}")
        arcs[arc.trigger].append(arc)
    ordered = sorted(graph.triggers, key=lambda t: (t.start, t.end))
    return tuple(_event(text, trigger, arcs[trigger.id], nodes) for trigger in ordered)


def _event(text: str, trigger: Trigger, arcs: Sequence[Arc], nodes: Mapping[str, Node]) -> GoldEvent:
    slots: dict[str, list[dict[str, Any]]] = {"actor": [], "target": [], "place": [], "time": [],
                                              "attribution": [], "count": []}  # fmt: skip
    for arc in arcs:
        slot, _, relation = arc.role.partition("-")
        node = nodes[arc.node]
        filler = _surface(text, node.start, node.end)
        if slot == "count":
            filler |= _count(node)
        slots[slot].append(filler | ({"relation": relation} if relation else {}))
    for slot in ("time", "attribution"):
        if len(slots[slot]) > 1:
            raise ExportError(
                f"the event of {trigger.id!r} has {len(slots[slot])} of {slot}, where one is the most"
            )
    event = {
        "trigger": _surface(text, trigger.start, trigger.end),
        "mode": trigger.mode,
        "type": trigger.type,
        "actors": slots["actor"],
        "targets": slots["target"],
        "places": slots["place"],
        "time": slots["time"][0] if slots["time"] else None,
        "iso": trigger.iso,
        "assertion": trigger.assertion,
        "attributed_to": slots["attribution"][0] if slots["attribution"] else None,
        "core": trigger.core,
        "quantities": slots["count"],
    }
    try:
        return GoldEvent.model_validate(event)
    except ValidationError as error:
        raise ExportError(f"the event of {trigger.id!r}: {first_fault(error)}") from error


def _surface(text: str, start: int, end: int) -> dict[str, Any]:
    if not 0 <= start < end <= len(text):
        raise ExportError(f"the span {start}–{end} is not in the text, which has {len(text)} characters")
    return {"text": text[start:end], "start": start, "end": end}


def _count(node: Node) -> dict[str, Any]:
    match = _COUNT.fullmatch(node.note.strip())
    if match is None:
        raise ExportError(f"the count of {node.id!r} is {node.note!r}; it is written as 'killed 10..15'")
    low, high = (int(match[bound]) if match[bound] else None for bound in ("low", "high"))
    return {"kind": match["kind"], "low": low, "high": high}

"""UIMA CAS, for INCEpTION and other UIMA programs: one XMI file for each article, and the type system.

An event is a ``waqai.Trigger`` with mode, assertion, core and ISO time, and a list of ``waqai.Slot``s: links with a
role to ``waqai.Mention``s, the shape that INCEpTION draws as slots of a span. CAS counts UTF-16 code units;
dkpro-cassis converts. XML has no form for most control characters: they become U+FFFD, one for one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.export import ExportError
from pipeline.export.annotated import AnnotatedArticle, Source, annotated
from pipeline.export.files import Names
from pipeline.export.graph import build_graph

TYPE_SYSTEM = "TypeSystem.xml"
ARTICLE, TRIGGER, MENTION, SLOT = "waqai.Article", "waqai.Trigger", "waqai.Mention", "waqai.Slot"

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_cas(source: Source, draft: Path) -> Mapping[str, int]:
    """Make the folder, and say how many articles and events are in it.

    Raises:
        ExportError: dkpro-cassis is not installed.
    """
    try:
        import cassis
    except ImportError as error:
        raise ExportError("this export needs dkpro-cassis: pip install 'waqai[export]'") from error

    draft.mkdir()
    names, types = Names(), _type_system(cassis)
    events = 0
    for article in annotated(source):
        _cas(cassis, types, article).to_xmi(draft / f"{names.add(article)}.xmi", pretty_print=True)
        events += len(article.events)
    types.to_xml(draft / TYPE_SYSTEM)
    return {"articles": names.write(draft), "events": events}


def _type_system(cassis: Any) -> Any:
    types = cassis.TypeSystem()
    string, double, boolean = "uima.cas.String", "uima.cas.Double", "uima.cas.Boolean"
    article = types.create_type(ARTICLE, description="The article: where it comes from")
    mention = types.create_type(MENTION, description="A span that fills slots of events")
    slot = types.create_type(
        SLOT, "uima.cas.TOP", description="A slot of an event: the role, and what fills it"
    )
    trigger = types.create_type(TRIGGER, description="The word that says that something happened")
    for owner, name, kind, about in (
        (article, "id", string, "id of the article in the run or the gold"),
        (article, "title", string, "its title"),
        (article, "published", string, "date of publication, ISO 8601"),
        (article, "sha256", string, "hex digest of the UTF-8 text"),
        (mention, "kind", string, "participant, place, time or count"),
        (mention, "note", string, "what is counted and how many: killed 10..15"),
        (slot, "role", string, "actor, target, place-in, …"),
        (slot, "target", MENTION, "what fills it"),
        (trigger, "recordId", string, "id of the record, or e1, e2, … of gold"),
        (trigger, "eventType", string, "PLOVER event type"),
        (trigger, "mode", string, "mode of the event"),
        (trigger, "assertion", string, "negated, hypothetical, planned, reported or asserted"),
        (trigger, "core", boolean, "whether scoring counts it"),
        (trigger, "iso", string, "time, ISO 8601"),
        (trigger, "confidence", double, "0 to 1; none in gold"),
    ):
        types.create_feature(owner, name, kind, description=about)
    types.create_feature(
        trigger, "slots", "uima.cas.FSArray", elementType=SLOT, multipleReferencesAllowed=False,
        description="what fills its slots",
    )  # fmt: skip
    return types


def _cas(cassis: Any, types: Any, article: AnnotatedArticle) -> Any:
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string = _NO_XML.sub("\ufffd", article.text)
    cas.sofa_mime = "text/plain"
    graph = build_graph(article)
    whole = {
        "id": article.id,
        "title": article.title,
        "published": article.published,
        "sha256": article.sha256,
    }
    clean = {key: None if value is None else _NO_XML.sub("\ufffd", value) for key, value in whole.items()}
    cas.add(types.get_type(ARTICLE)(begin=0, end=len(article.text), **clean))
    mention, slot, trigger = (types.get_type(name) for name in (MENTION, SLOT, TRIGGER))
    nodes = {n.id: mention(begin=n.start, end=n.end, kind=n.kind, note=n.note or None) for n in graph.nodes}
    cas.add_all(nodes.values())
    array = types.get_type("uima.cas.FSArray")
    for event, made in zip(article.events, graph.triggers, strict=True):
        slots = [slot(role=a.role, target=nodes[a.node]) for a in graph.arcs if a.trigger == made.id]
        cas.add(
            trigger(
                begin=made.start,
                end=made.end,
                recordId=made.id,
                eventType=event.type,
                mode=made.mode,
                assertion=made.assertion,
                core=made.core,
                iso=made.iso,
                confidence=event.confidence,
                slots=array(elements=slots),
            )
        )
    return cas

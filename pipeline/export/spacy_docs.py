"""spaCy: one ``.spacy`` file (a DocBin) that any spaCy reads, without this project too.

>>> import spacy
>>> from spacy.tokens import DocBin
>>> for doc in DocBin().from_disk("events.spacy").get_docs(spacy.blank("ar").vocab):
...     print(doc.user_data["waqai"]["events"][0]["mode"], doc.spans["triggers"][0])

Tokens are those of the project's tokeniser, cut further where a span begins or ends within one, so that every span is
one of tokens. ``doc.spans`` has a group for each slot; a span's ``label_`` is the mode (of triggers) or the role, its
``id_`` the event that it belongs to. ``doc.user_data["waqai"]`` has the article and the whole events, offsets in code
points.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.export.annotated import AnnotatedArticle, Source, annotated, gold_event
from pipeline.export.graph import build_graph

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: The group of ``doc.spans`` by slot.
GROUPS = {"trigger": "triggers", "actor": "actors", "target": "targets", "place": "places", "time": "times",
          "attribution": "attributions", "count": "counts"}  # fmt: skip
USER_DATA = "waqai"


def write_spacy(source: Source, draft: Path) -> Mapping[str, int]:
    """Make the file, and say how many articles and events are in it. All documents are held in memory."""
    from pipeline.nlp import doc_bin, load

    nlp = load()
    counts = {"articles": 0, "events": 0}

    def docs() -> Iterator[Doc]:
        for article in annotated(source):
            counts["articles"] += 1
            counts["events"] += len(article.events)
            yield make_doc(nlp, article)

    draft.write_bytes(doc_bin(docs()).to_bytes())
    return counts


def make_doc(nlp: Language, article: AnnotatedArticle) -> Doc:
    """The article as a tokenised Doc with its events."""
    from spacy.tokens import SpanGroup

    graph = build_graph(article)
    parts = [part for _, part in graph.labelled()]
    doc = _cut(nlp.make_doc(article.text), {p.start for p in parts}, {p.end for p in parts})
    nodes = {node.id: node for node in graph.nodes}
    spans: dict[str, list[tuple[int, int, str, str]]] = {group: [] for group in GROUPS.values()}
    for trigger in graph.triggers:
        spans[GROUPS["trigger"]].append((trigger.start, trigger.end, trigger.mode, trigger.id))
    for arc in graph.arcs:
        node = nodes[arc.node]
        spans[GROUPS[arc.role.partition("-")[0]]].append((node.start, node.end, arc.role, arc.trigger))
    for group, found in spans.items():
        made = [doc.char_span(start, end, label=label, span_id=id_) for start, end, label, id_ in found]
        doc.spans[group] = SpanGroup(doc, name=group, spans=[span for span in made if span is not None])
    doc.user_data[USER_DATA] = {
        "article": article.id,
        "title": article.title,
        "published": article.published,
        "sha256": article.sha256,
        "events": [gold_event(e.event) | {"id": e.id, "confidence": e.confidence} for e in article.events],
    }
    return doc


def _cut(doc: Doc, starts: Collection[int], ends: Collection[int]) -> Doc:
    """The Doc with a token's edge at every start and every end; the Doc itself where there is one already."""
    from spacy.tokens import Doc as NewDoc

    from pipeline.text.tokenizer import FLAGS, NOISE, flags_of

    edges = {*starts, *ends}
    pieces: list[_Piece] = []
    for token in doc:
        text, end = token.text, token.idx + len(token.text)
        inner = sorted(edge - token.idx for edge in edges if token.idx < edge < end)
        cuts = pairwise((0, *inner, len(text)))
        pieces += [_Piece(text[a:b], False, token.i, a == 0, not inner) for a, b in cuts]
        if token.whitespace_ and (end in starts or end + 1 in ends):
            pieces.append(_Piece(" ", False, None, False, False))
        elif token.whitespace_:
            pieces[-1] = replace(pieces[-1], space=True)
    if len(pieces) == len(doc):
        return doc
    new = NewDoc(doc.vocab, words=[p.text for p in pieces], spaces=[p.space for p in pieces])
    for token, piece in zip(new, pieces, strict=True):
        if piece.whole and piece.origin is not None:
            token.norm_ = doc[piece.origin].norm_
    flags = flags_of(doc)
    if flags is not None:
        # A word or sentence that begins with a cut token begins with its first piece; noise is noise to its end.
        kept = ((p.origin, 0xFF if p.first else NOISE) for p in pieces)
        new.user_data[FLAGS] = bytes(
            flags[origin] & bits if origin is not None else 0 for origin, bits in kept
        )
    return new


@dataclass(frozen=True, slots=True)
class _Piece:
    """A token to be: of which old one it is, whether it is that one's first piece, and whether it is all of it."""

    text: str
    space: bool
    origin: int | None
    first: bool
    whole: bool

"""What the templates show: plain values, in the words of one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.articles.article import Article
from pipeline.entities.gazetteer import load_gazetteer
from pipeline.review.annotation import LISTS, Annotation, differences
from pipeline.review.desk import Desk
from pipeline.review.guide import Words
from pipeline.review.queries import Judged, Opinion, added
from pipeline.review.segments import Excerpt, excerpt

#: Candidates of the gazetteer that are offered: one for each digit key.
CANDIDATES = 9


@dataclass(frozen=True, slots=True)
class Variant:
    """An annotator's judgement beside the others: its slots as text, and whether each differs from the first."""

    opinion: Opinion
    slots: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One card: a record, an event that was added, or a new event that is not saved yet.

    Attributes:
        kind: ``record``, ``added`` or ``new``.
        id: of the record; "" for a new event.
        article: in which it stands.
        machine: what is judged, with which the draft is compared; for a new event its first draft.
        draft: what the annotator makes of it.
        changed: the slots in which the draft differs.
        confidence: of the extractor; None where it is not known or not shown.
        mine: what this annotator holds of it.
        since: where ``mine`` is of an earlier state of the record, the slots that changed since.
        variants: what others hold of it.
        excerpt: the article.
        facts: further facts of the record, for reading only: (name of the fact, text).
    """

    kind: str
    id: str
    article: Article
    machine: Annotation
    draft: Annotation
    changed: tuple[str, ...]
    confidence: float | None
    mine: Opinion | None
    since: tuple[str, ...]
    variants: tuple[Variant, ...]
    excerpt: Excerpt
    added_by: str | None
    comments: tuple[Any, ...]
    facts: tuple[tuple[str, str], ...]


def card(
    desk: Desk, found: Judged, article: Article, draft: Annotation | None, *, whole: bool, words: Words
) -> Card:
    """The card of a record or an added event."""
    machine = found.annotation
    shown = draft or machine
    mine = desk.mine(found.id)
    if draft is None and mine is not None and mine.status == "fixed" and mine.decision.after is not None:
        # What was corrected is shown as corrected.
        after = mine.decision.after.moved(machine.trigger.start - _trigger(mine).start)
        shown = after if after.fits(article.text) else machine
    since: tuple[str, ...] = ()
    if mine is not None and mine.status == "changed" and mine.decision.before is not None:
        since = _since(mine.decision.before, machine)
    # One's own judgement is shown beside the record only where it was on another state of it.
    held = [
        o
        for o in desk.seen(found.id)
        if o.role == "annotator"
        and (since or mine is None or (o.annotator, o.role) != (mine.annotator, mine.role))
    ]
    facts: Sequence[tuple[str, str]] = ()
    if found.added_by is None:
        facts = _facts(desk, found.id, words)
    return Card(
        kind="added" if found.added_by is not None else "record",
        id=found.id,
        article=article,
        machine=machine,
        draft=shown,
        changed=differences(machine, shown),
        confidence=None if desk.blind else found.confidence,
        mine=mine,
        since=since,
        variants=_variants(held, words),
        excerpt=excerpt(
            article.text, shown, found.where.sentence, others=_others(desk, article, found.id), whole=whole
        ),
        added_by=found.added_by,
        comments=tuple(desk.comments(found.id)),
        facts=tuple(facts),
    )


def new_card(desk: Desk, article: Article, first: Annotation, draft: Annotation, *, whole: bool) -> Card:
    """The card of an event that is about to be added."""
    where = desk.where(article, draft.trigger)
    return Card(
        kind="new",
        id="",
        article=article,
        machine=first,
        draft=draft,
        changed=differences(first, draft),
        confidence=None,
        mine=None,
        since=(),
        variants=(),
        excerpt=excerpt(article.text, draft, where.sentence, others=_others(desk, article, ""), whole=whole),
        added_by=None,
        comments=(),
        facts=(),
    )


def _trigger(opinion: Opinion) -> Any:
    before = opinion.decision.before
    return before.trigger if before is not None else opinion.decision.where.trigger  # type: ignore[union-attr]


def _since(then: Annotation, today: Annotation) -> tuple[str, ...]:
    return differences(then.moved(today.trigger.start - then.trigger.start), today)


def _others(desk: Desk, article: Article, record: str) -> list[tuple[int, int, str]]:
    """Triggers of the other events of the article: records, and what was added, as far as it may be known."""
    with desk.store.lock:
        anchors = desk.store.index.in_article(article.id)
    others = [(a.start, a.end, a.id) for a in anchors if a.id != record]
    for opinion in added(desk.store, article=article.id, only=desk.me if desk.blind else None):
        after, where = opinion.decision.after, opinion.decision.where
        same = where is not None and where.sha256 == article.sha256
        if after is not None and same and opinion.decision.record not in (None, record):
            others.append((after.trigger.start, after.trigger.end, str(opinion.decision.record)))
    return others


def _facts(desk: Desk, record: str, words: Words) -> list[tuple[str, str]]:
    with desk.store.lock:
        full = desk.store.index.record(record)
    if full is None:
        return []
    facts = []
    if full.quantities:
        counts = [f"{q.kind}: {q.text}" for q in full.quantities]
        facts.append(
            (words("quantities"), "، ".join(counts) if words.language == "ar" else ", ".join(counts))
        )
    provenance = full.provenance
    if provenance.evidence:
        facts.append((words("evidence"), " · ".join(provenance.evidence)))
    facts.append(
        (words("provenance"), f"{full.id} · {provenance.engine} {provenance.version} · {provenance.rule}")
    )
    return facts


def _variants(held: Sequence[Opinion], words: Words) -> tuple[Variant, ...]:
    """The judgements side by side: a slot that any of them fills is shown for all that hold it to be an event."""
    described = [dict(describe(o.decision.after, words)) for o in held]
    names = list(dict.fromkeys(name for slots in described for name in slots))
    variants = []
    for opinion, slots in zip(held, described, strict=True):
        rows = [(name, slots.get(name, "–"), slots.get(name) != described[0].get(name)) for name in names]
        variants.append(Variant(opinion, tuple(rows) if slots else ()))
    return tuple(variants)


def describe(annotation: Annotation | None, words: Words) -> list[tuple[str, str]]:
    """An annotation as names of slots and text, empty slots left out."""
    if annotation is None:
        return []
    comma = "، " if words.language == "ar" else ", "
    slots = [
        (words.label("slots", "trigger"), annotation.trigger.text),
        (words.label("slots", "mode"), words.label("modes", annotation.mode)),
        (words.label("slots", "assertion"), words.label("assertions", annotation.assertion)),
    ]
    for slot in LISTS:
        texts = [span.text for span in getattr(annotation, slot)]
        slots += [(words.label("slots", slot), comma.join(texts))] if texts else []
    if annotation.time is not None or annotation.iso is not None:
        parts = [annotation.time.text if annotation.time else None, annotation.iso]
        slots.append((words.label("slots", "time"), " = ".join(part for part in parts if part)))
    if annotation.attribution is not None:
        slots.append((words.label("slots", "attribution"), annotation.attribution.text))
    if not annotation.core:
        slots.append((words.label("slots", "core"), "✗"))
    return slots


def places(name: str) -> list[Mapping[str, Any]]:
    """Places of the gazetteer called so, the best known first."""
    found = load_gazetteer().lookup(name) if name.strip() else ()
    return [
        {
            "id": p.id,
            "name": p.names[0],
            "name_en": p.name_en,
            "kind": p.kind,
            "admin1": p.admin1,
            "country": p.country,
            "lat": p.lat,
            "lon": p.lon,
            "population": p.population,
        }
        for p in found[:CANDIDATES]
    ]


def countries(codes: Sequence[str]) -> list[tuple[str, str, str]]:
    """Codes of countries with their Arabic and English names."""
    known = load_gazetteer().countries
    return [(c, known[c].names[0], known[c].name_en) if c in known else (c, c, c) for c in codes]

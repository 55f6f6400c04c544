"""What annotators agreed on or adjudicators settled, as gold for ``waqai evaluate`` and as training examples.

Gold holds the articles in which anything was settled. In an article that was reviewed in part, what nobody settled
(open, skipped, in dispute) is there with ``core: false``, as the extractor has it, and so counts neither way; recall is
then about what was reviewed. ``complete`` tells whether all records of the article are settled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.articles.article import Article
from pipeline.fields import Span
from pipeline.review.agreement import same_event
from pipeline.review.annotation import Annotation, displacement, from_record
from pipeline.review.decisions import Decision, Where
from pipeline.review.queries import Opinion, gone, opinions
from pipeline.review.store import Store
from pipeline.review.verdict import Verdict, held, settle


@dataclass(frozen=True, slots=True)
class Settled:
    """A record or added event and what is held of it. ``machine`` is None for what the extractor did not find."""

    id: str
    sentence: Span
    machine: Annotation | None
    verdict: Verdict
    confidence: float | None


@dataclass(frozen=True, slots=True)
class GoldExport:
    """Gold articles and training examples, with what was counted: settled, open and disputed items."""

    articles: tuple[dict[str, Any], ...]
    examples: tuple[dict[str, Any], ...]
    counts: Counter[str]


def export_gold(store: Store, *, complete_only: bool = False) -> GoldExport:
    """Gold and examples of everything that was reviewed.

    Args:
        complete_only: leave out articles of which any record is not settled.
    """
    articles, examples, counted = [], [], Counter[str]()
    for article in _reviewed(store):
        items = list(_items(store, article))
        complete = all(item.verdict.outcome in ("event", "none") for item in items)
        if complete_only and not complete:
            counted["articles_left_out"] += 1
            continue
        counted.update(item.verdict.outcome for item in items)
        counted["adjudicated"] += sum(item.verdict.adjudicated for item in items)
        articles.append(_gold(article, items, complete))
        examples += [e for item in items if (e := _example(article, item)) is not None]
    counted["articles"] = len(articles)
    counted["complete"] = sum(article["complete"] for article in articles)
    return GoldExport(tuple(articles), tuple(examples), counted)


def _reviewed(store: Store) -> Iterator[Article]:
    """Articles with any judgement, in the order of the run."""
    rows = store.index.db.execute(
        "SELECT id FROM articles WHERE id IN (SELECT article FROM state.standing) ORDER BY n"
    ).fetchall()
    lost = {d.where.article for d in gone(store) if d.where is not None and d.after is not None}
    known = {row[0] for row in rows}
    for name in [*(row[0] for row in rows), *sorted(lost - known)]:
        article = store.index.article(name)
        if article is not None:
            yield article


def _items(store: Store, article: Article) -> Iterator[Settled]:
    taken: list[Annotation] = []
    names: set[str] = set()
    for anchor in store.index.in_article(article.id):
        record = store.index.record(anchor.id)
        if record is None:
            continue
        held_of = opinions(store, anchor.id)
        names |= {o.annotator for o in held_of if o.role == "annotator"}
        verdict = settle(held_of, article.text)
        sentence = Span(text=record.sentence.text, start=record.sentence.start, end=record.sentence.end)
        if verdict.annotation is not None:
            taken.append(verdict.annotation)
        yield Settled(anchor.id, sentence, from_record(record), verdict, record.confidence)
    for group in _groups(store, article):
        verdict = _settle_added(group, article, double=len(names) > 1)
        found = verdict.annotation
        if found is not None and verdict.outcome == "event" and any(same_event(found, t) for t in taken):
            continue  # a record has it by now
        first = next((o.decision for o in group if o.decision.after is not None), group[0].decision)
        if first.where is not None and first.record is not None:
            yield Settled(first.record, _sentence(first, first.where, article), None, verdict, None)


def _groups(store: Store, article: Article) -> list[list[Opinion]]:
    """Judgements on added events and on records that are gone, those on one mention together."""
    rows = store.index.db.execute(
        "SELECT DISTINCT record FROM state.standing WHERE article = ? AND record LIKE 'add\\_%' ESCAPE '\\'",
        (article.id,),
    ).fetchall()
    by_record = [opinions(store, row[0]) for row in rows]
    lost: dict[str, list[Opinion]] = {}
    for decision in gone(store):
        if (
            decision.where is not None
            and decision.where.article == article.id
            and decision.record is not None
        ):
            kept = [
                o
                for o in lost.get(decision.record, [])
                if (o.annotator, o.role) != (decision.annotator, decision.role)
            ]
            lost[decision.record] = [*kept, Opinion(decision.annotator, decision.role, "added", decision)]
    by_record += [held_of for held_of in lost.values() if any(o.decision.after is not None for o in held_of)]
    groups: list[tuple[Annotation | None, list[Opinion]]] = []
    for held_of in by_record:
        annotation = next((a for o in held_of if (a := held(o.decision, article.text)) is not None), None)
        same = next(
            (g for known, g in groups if known and annotation and same_event(known, annotation)), None
        )
        if same is None:
            groups.append((annotation, list(held_of)))
        else:
            same.extend(held_of)
    return [group for _, group in groups]


def _settle_added(group: Sequence[Opinion], article: Article, *, double: bool) -> Verdict:
    """The verdict on an added event: in an article that two annotate, one alone does not make it."""
    # Who added it and took it away again holds nothing of it.
    verdict = settle(
        [o for o in group if o.role == "adjudicator" or o.decision.after is not None], article.text
    )
    if verdict.outcome == "open":
        return Verdict("none")
    alone = verdict.outcome == "event" and not verdict.adjudicated and len(set(verdict.by)) == 1
    return Verdict("dispute", verdict.annotation, verdict.by) if alone and double else verdict


def _sentence(decision: Decision, where: Where, article: Article) -> Span:
    """The sentence of an added event in the text of today; as it was where it is gone."""
    distance = displacement(decision.after, where.sentence, article.text) if decision.after is not None else 0
    start, end = where.sentence.start + (distance or 0), where.sentence.end + (distance or 0)
    return Span(text=where.sentence.text, start=start, end=end)


def _gold(article: Article, items: Sequence[Settled], complete: bool) -> dict[str, Any]:
    events = []
    for item in items:
        verdict = item.verdict
        if verdict.outcome == "event" and verdict.annotation is not None:
            events.append(gold_event(verdict.annotation))
        elif verdict.outcome in ("open", "dispute"):
            shown = item.machine or verdict.annotation
            if shown is not None:
                events.append(gold_event(shown.model_copy(update={"core": False})))
    return {
        "article": article.id,
        "sha256": article.sha256,
        "published": article.published,
        "merge_reported": False,
        "complete": complete,
        "annotators": sorted({name for item in items for name in item.verdict.by}),
        "events": sorted(events, key=lambda e: (e["trigger"]["start"], e["mode"])),
    }


def gold_event(annotation: Annotation) -> dict[str, Any]:
    """An annotation in the gold format of the annotation guide."""
    return {
        "trigger": _span(annotation.trigger),
        "type": annotation.type,
        "mode": annotation.mode,
        "actors": [_span(s) for s in annotation.actors],
        "targets": [_span(s) for s in annotation.targets],
        "places": [
            _span(p) | {"relation": p.relation, "gazetteer_id": p.gazetteer_id} for p in annotation.places
        ],
        "time": None if annotation.time is None else _span(annotation.time),
        "iso": annotation.iso,
        "assertion": annotation.assertion,
        "attributed_to": None if annotation.attribution is None else _span(annotation.attribution),
        "core": annotation.core,
    }


def _span(span: Span) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _example(article: Article, item: Settled) -> dict[str, Any] | None:
    """A training example: a sentence with a trigger that is an event, or is none. Offsets count within the sentence."""
    verdict, sentence = item.verdict, item.sentence
    shown = verdict.annotation if verdict.outcome == "event" else item.machine
    if verdict.outcome not in ("event", "none") or shown is None:
        return None

    def inside(spans: Sequence[Span]) -> list[dict[str, Any]]:
        return [
            {"text": s.text, "start": s.start - sentence.start, "end": s.end - sentence.start}
            for s in spans
            if sentence.start <= s.start and s.end <= sentence.end
        ]

    is_event = verdict.outcome == "event"
    example: dict[str, Any] = {
        "text": sentence.text,
        "event": is_event,
        "trigger": next(iter(inside([shown.trigger])), None),
        "type": shown.type,
        "mode": shown.mode,
    }
    if is_event:
        example |= {slot: inside(getattr(shown, slot)) for slot in ("actors", "targets", "places")}
        example |= {
            "time": next(iter(inside([shown.time] if shown.time else [])), None),
            "iso": shown.iso,
            "assertion": shown.assertion,
            "attributed_to": next(iter(inside([shown.attribution] if shown.attribution else [])), None),
            "core": shown.core,
        }
    return example | {
        "found": item.machine is not None,
        "confidence": item.confidence,
        "article": article.id,
        "published": article.published,
        "record": item.id,
        "by": list(verdict.by),
        "adjudicated": verdict.adjudicated,
    }

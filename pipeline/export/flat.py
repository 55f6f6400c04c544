"""Records as flat rows with explicit types: one row an event, or one row a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from pipeline.records import Actor, EventRecord, Place

#: What joins several values in one cell.
JOINER = " | "
#: Quantities that have columns of their own; all of them stand in ``quantities``.
COUNTED = ("killed", "injured", "arrested", "displaced")

_TEXT, _COUNT, _REAL, _DAY, _FLAG = pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()

Columns = Mapping[str, pa.DataType]

#: An event: the first actor, target and the main place in columns of their own, and all of them joined.
EVENT: Columns = MappingProxyType({
    "id": _TEXT, "type": _TEXT, "mode": _TEXT, "cameo": _TEXT, "actor": _TEXT, "action": _TEXT, "target": _TEXT,
    "place": _TEXT, "time": _TEXT, "date": _DAY, "assertion": _TEXT, "confidence": _REAL,
    "article_id": _TEXT, "title": _TEXT, "source": _TEXT, "published": _TEXT, "published_date": _DAY, "url": _TEXT,
    "article_sha256": _TEXT, "sentence": _TEXT, "sentence_index": _COUNT, "sentence_start": _COUNT,
    "sentence_end": _COUNT, "trigger": _TEXT, "trigger_start": _COUNT, "trigger_end": _COUNT, "trigger_lemma": _TEXT,
    "actor_name": _TEXT, "actor_label": _TEXT, "actor_country": _TEXT, "actor_role": _TEXT, "actor_implicit": _FLAG,
    "actors": _TEXT,
    "target_name": _TEXT, "target_label": _TEXT, "target_country": _TEXT, "target_role": _TEXT,
    "target_implicit": _FLAG, "targets": _TEXT, "places": _TEXT,
    "when_text": _TEXT, "when_from": _TEXT, "when_to": _TEXT, "when_granularity": _TEXT, "when_method": _TEXT,
    "attributed_to": _TEXT, "attribution_cue": _TEXT,
    **{f"{kind}_{bound}": _COUNT for kind in COUNTED for bound in ("low", "high")}, "quantities": _TEXT,
    "cluster_id": _TEXT, "cluster_size": _COUNT, "cluster_representative": _FLAG,
    "schema_version": _TEXT, "version": _TEXT, "engine": _TEXT, "models": _TEXT, "knowledge": _TEXT, "rule": _TEXT,
    "evidence": _TEXT,
})  # fmt: skip

#: A place of an event. ``place_index`` counts from 0; null, with all the rest, where the event has no place.
PLACE: Columns = MappingProxyType({
    "place_index": _COUNT, "place_text": _TEXT, "place_start": _COUNT, "place_end": _COUNT, "place_relation": _TEXT,
    "place_name_en": _TEXT, "gazetteer_id": _TEXT, "lat": _REAL, "lon": _REAL, "admin1": _TEXT, "place_country": _TEXT,
    "precision": _TEXT, "distance_km": _REAL, "bearing": _REAL, "score": _REAL,
})  # fmt: skip

#: Columns of both flat tables: one row an event, with its main place, or one row a place.
FLAT: Columns = MappingProxyType({**EVENT, **PLACE})


def arrow(columns: Columns) -> pa.Schema:
    """The Arrow schema of a flat table."""
    return pa.schema(list(columns.items()))


def event_row(record: EventRecord) -> dict[str, Any]:
    """The record as one row of :data:`FLAT`; the place columns are those of the main place (``record.place``)."""
    return {**_event(record), **_place(*_main_place(record.places))}


def place_rows(record: EventRecord) -> list[dict[str, Any]]:
    """The record as rows of :data:`FLAT`, one a place; a record without places is one row without place."""
    common = _event(record)
    rows = [{**common, **_place(index, place)} for index, place in enumerate(record.places)]
    return rows or [{**common, **_place(None, None)}]


def _event(record: EventRecord) -> dict[str, Any]:
    article, when, said, cluster = record.article, record.when, record.attribution, record.cluster
    return {
        **{key: getattr(record, key) for key in _PLAIN},
        "date": day(when.from_ if when else None),
        "article_id": article.id,
        "title": article.title,
        "source": article.source,
        "published": article.published,
        "published_date": day(article.published),
        "url": article.url,
        "article_sha256": article.sha256,
        "sentence": record.sentence.text,
        "sentence_index": record.sentence.index,
        "sentence_start": record.sentence.start,
        "sentence_end": record.sentence.end,
        "trigger": record.trigger.text,
        "trigger_start": record.trigger.start,
        "trigger_end": record.trigger.end,
        "trigger_lemma": record.trigger.lemma,
        **_first("actor", record.actors),
        "actors": _joined(a.text for a in record.actors),
        **_first("target", record.targets),
        "targets": _joined(t.text for t in record.targets),
        "places": _joined(p.text for p in record.places),
        "when_text": when.text if when else None,
        "when_from": when.from_ if when else None,
        "when_to": when.to if when else None,
        "when_granularity": when.granularity if when else None,
        "when_method": when.method if when else None,
        "attributed_to": said.text if said else None,
        "attribution_cue": said.cue if said else None,
        **_counts(record),
        "cluster_id": cluster.id if cluster else None,
        "cluster_size": cluster.size if cluster else None,
        "cluster_representative": cluster.representative if cluster else None,
        **record.provenance.model_dump(exclude={"evidence"}),
        "evidence": _joined(record.provenance.evidence),
    }


_PLAIN = (
    "id", "type", "mode", "cameo", "actor", "action", "target", "place", "time", "assertion", "confidence",
    "schema_version",
)  # fmt: skip


def _first(prefix: str, actors: Sequence[Actor]) -> dict[str, Any]:
    keys = ("name", "label", "country", "role", "implicit")
    return {f"{prefix}_{key}": getattr(actors[0], key) if actors else None for key in keys}


def _counts(record: EventRecord) -> dict[str, Any]:
    found: dict[str, Any] = {f"{kind}_{bound}": None for kind in COUNTED for bound in ("low", "high")}
    shown = []
    for quantity in record.quantities:
        low, high = ("?" if bound is None else str(bound) for bound in (quantity.low, quantity.high))
        shown.append(f"{quantity.kind} {low if low == high else f'{low}–{high}'}")
        # The first of a kind stands in its columns, as the first actor does.
        if quantity.kind in COUNTED and not any(
            q.kind == quantity.kind for q in record.quantities[: len(shown) - 1]
        ):
            found |= {f"{quantity.kind}_low": quantity.low, f"{quantity.kind}_high": quantity.high}
    return {**found, "quantities": _joined(shown)}


def _main_place(places: Sequence[Place]) -> tuple[int | None, Place | None]:
    """The place that the record names as ``place``: the first that it is in, else to, else from, else near."""
    for relation in ("in", "to", "from", "near"):
        for index, place in enumerate(places):
            if place.relation == relation:
                return index, place
    return None, None


def _place(index: int | None, place: Place | None) -> dict[str, Any]:
    if place is None:
        return dict.fromkeys(PLACE)
    return {
        "place_index": index,
        "place_text": place.text,
        "place_start": place.start,
        "place_end": place.end,
        "place_relation": place.relation,
        "place_name_en": place.name_en,
        "gazetteer_id": place.gazetteer_id,
        "lat": place.lat,
        "lon": place.lon,
        "admin1": place.admin1,
        "place_country": place.country,
        "precision": place.precision,
        "distance_km": place.distance_km,
        "bearing": place.bearing,
        "score": place.score,
    }


def _joined(values: Iterable[str]) -> str | None:
    return JOINER.join(values) or None


def day(moment: str | None) -> date | None:
    """The day of an ISO date or date-time; None where there is no whole day."""
    if moment is None or len(moment) < 10:
        return None
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None

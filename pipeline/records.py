"""The record: one event, who did what where and when, with the evidence for every slot.

Every span is half-open, in Unicode code points of the article's text as ``articles.jsonl`` holds it.
Every key is always present; what is unknown is null. Floats are rounded, so that equal input gives equal bytes.
"""

from __future__ import annotations

import hashlib
import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1-0-0"

Assertion = Literal["negated", "hypothetical", "planned", "reported", "asserted"]
Relation = Literal["in", "from", "to", "near"]
Precision = Literal["exact", "admin", "country", "none"]
Granularity = Literal[
    "minute", "hour", "part_of_day", "day", "week", "month", "season", "year", "decade", "range"
]
Method = Literal["explicit", "relative", "discourse", "publication"]


class Part(BaseModel):
    """Base of the record and its parts: frozen, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Part):
    """A piece of the article's text."""

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class ArticleRef(Part):
    """Where the record comes from. ``published`` is ISO 8601 or null; ``sha256`` is of the UTF-8 text."""

    id: str
    title: str | None
    url: str | None
    source: str | None
    published: str | None
    sha256: str


class SentenceRef(Span):
    """The sentence that holds the trigger; ``index`` counts from 0 within the article."""

    index: int = Field(ge=0)


class TriggerRef(Span):
    """The word that says that something happened, and its dictionary form without diacritics."""

    lemma: str


class Actor(Span):
    """Who does it, or to whom it is done.

    ``implicit`` marks a mention recovered from context: its span is the antecedent's.
    """

    name: str
    label: str
    country: str | None = Field(description="ISO 3166-1 alpha-3")
    role: str | None = Field(description="CAMEO-style three-letter code")
    implicit: bool


class Place(Span):
    """Where. Coordinates are WGS 84 degrees; ``distance_km`` and ``bearing`` (degrees from north) come from phrases
    such as «على بعد 40 كيلومترا شمال»."""

    relation: Relation
    name_en: str | None
    gazetteer_id: str | None
    lat: float | None
    lon: float | None
    admin1: str | None
    country: str | None = Field(description="ISO 3166-1 alpha-3")
    precision: Precision
    distance_km: float | None
    bearing: float | None
    score: float | None


class When(Part):
    """When. ``from`` and ``to`` are local, half-open, ``YYYY-MM-DDTHH:MM``, with an offset only where stated.

    The span is null where nothing in the text says the time (``discourse``, ``publication``).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    text: str | None
    start: int | None
    end: int | None
    from_: str | None = Field(alias="from")
    to: str | None
    granularity: Granularity | None
    method: Method | None


class Attribution(Span):
    """Who says so, and the word that introduces it."""

    cue: str


class Quantity(Span):
    """How many. ``high`` is null for an open range («أكثر من 20»)."""

    kind: str
    low: int | None
    high: int | None


class ClusterRef(Part):
    """The near-duplicate cluster of the article."""

    id: str
    size: int
    representative: bool


class Provenance(Part):
    """What made the record: program version, engine, hashes of models and knowledge, the rule and its evidence path."""

    version: str
    engine: str
    models: str
    knowledge: str
    rule: str
    evidence: list[str]


class EventRecord(Part):
    """One event. The first keys are the ones people read."""

    id: str
    schema_version: str
    actor: str | None
    action: str
    target: str | None
    place: str | None
    time: str | None
    type: str
    mode: str
    cameo: str | None
    assertion: Assertion
    confidence: float = Field(ge=0, le=1)
    article: ArticleRef
    sentence: SentenceRef
    trigger: TriggerRef
    actors: list[Actor]
    targets: list[Actor]
    places: list[Place]
    when: When | None
    attribution: Attribution | None
    quantities: list[Quantity]
    cluster: ClusterRef | None
    provenance: Provenance

    def to_json(self) -> str:
        """The record as one JSON line without the newline; keys in the order of the schema."""
        return json.dumps(self.model_dump(by_alias=True), ensure_ascii=False, separators=(",", ":"))


def record_id(article_id: str, mode: str, sentence: str, trigger: str, ordinal: int) -> str:
    """``ev_`` and 16 hex digits that survive edits elsewhere in the article.

    Args:
        article_id: the article's id.
        mode: the event's mode.
        sentence: the sentence in normal form, white space collapsed.
        trigger: the trigger's text.
        ordinal: 0 for the first record of the article with equal values for the rest, 1 for the second, …
    """
    joined = "\x1f".join((article_id, mode, sentence, trigger, str(ordinal)))
    return "ev_" + hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()[:16]

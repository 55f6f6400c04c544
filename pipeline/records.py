"""The record: one event, who did what where and when, with the evidence for every slot.

Every span is half-open, in Unicode code points of the article's text as ``articles.jsonl`` holds it.
Every key is always present; what is unknown is null. Floats are rounded, so that equal input gives equal bytes.

The models are the contract: :mod:`pipeline.contract` makes the JSON Schema and the field table of ``docs/records.md``
from the descriptions below. What a released version says must not change: see the rules there first.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from pipeline.fields import (
    EVENT_TYPES,
    MINUTE,
    MOMENT,
    ArticleId,
    Country,
    Part,
    Published,
    Sha256,
    Source,
    Span,
    Title,
    Url,
    say,
)

SCHEMA_VERSION = "1-0-0"

Assertion = Literal["negated", "hypothetical", "planned", "reported", "asserted"]
Relation = Literal["in", "from", "to", "near"]
Precision = Literal["exact", "admin", "country", "none"]
Granularity = Literal[
    "minute", "hour", "part_of_day", "day", "week", "month", "season", "year", "decade", "range"
]
Method = Literal["explicit", "relative", "discourse", "publication"]


class ArticleRef(Part):
    """Where the record comes from."""

    id: ArticleId
    title: Title
    url: Url
    source: Source
    published: Published
    sha256: Sha256


class SentenceRef(Span):
    """The sentence that holds the trigger."""

    index: Annotated[int, Field(ge=0), say("Number of the sentence in the article, from 0.", 3)]


class TriggerRef(Span):
    """The word that says that something happened."""

    lemma: Annotated[str, say("Dictionary form of the trigger, without diacritics.", "سيطر")]


class Actor(Span):
    """Who does it, or to whom it is done."""

    name: Annotated[
        str, say("Canonical name of a known actor, else the mention without numbers and clauses.", "الشرطة")
    ]
    label: Annotated[
        str, say("What sort of actor: see the codebook of labels; unknown where nothing tells.", "police")
    ]
    country: Country
    role: Annotated[
        str | None,
        say(
            "CAMEO-style role code: see the codebook of roles; null where unknown.",
            "COP",
            pattern="^[A-Z]{3}$",
        ),
    ]
    implicit: Annotated[
        bool,
        say(
            "True where the text leaves it unsaid and it was recovered from context: the span is the antecedent's.",
            False,
        ),
    ]


class Place(Span):
    """Where: a place with its coordinates (WGS 84)."""

    relation: Annotated[Relation, say("How the event lies to the place.", "in")]
    name_en: Annotated[str | None, say("Name in Latin letters, from the gazetteer.", "Hama")]
    gazetteer_id: Annotated[
        str | None,
        say(
            "Id in the gazetteer, with the name of its source before the colon.",
            "geonames:170017",
            "waqai:hmeimim",
        ),
    ]
    lat: Annotated[float | None, say("Latitude, degrees north.", 35.13179, minimum=-90, maximum=90)]
    lon: Annotated[float | None, say("Longitude, degrees east.", 36.75783, minimum=-180, maximum=180)]
    admin1: Annotated[
        str | None, say("First-level division (governorate, province), in Latin letters.", "Hama")
    ]
    country: Country
    precision: Annotated[
        Precision,
        say(
            "What the coordinates are those of: the place, its division, its country; none: there are none.",
            "exact",
        ),
    ]
    distance_km: Annotated[
        float | None,
        say("Kilometres from the named place, from phrases like «على بعد 40 كيلومترا».", 40.0, minimum=0),
    ]
    bearing: Annotated[
        float | None,
        say("Degrees clockwise from north, from phrases like «شمال».", 0.0, minimum=0, maximum=360),
    ]
    score: Annotated[
        float | None,
        say("How sure the choice among places of this name is, 0 to 1.", 0.93, minimum=0, maximum=1),
    ]


class When(Part):
    """When it happened. The span is null where nothing in the text says it (``discourse``, ``publication``)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    text: Annotated[str | None, say("The time expression as it stands in the article.", "أمس")]
    start: Annotated[int | None, say("Where the expression begins: code points, from 0.", 40, minimum=0)]
    end: Annotated[int | None, say("Where the expression ends, exclusive.", 43, minimum=0)]
    from_: Annotated[
        str | None,
        Field(alias="from"),
        say(
            "First minute: local time, with an offset only where the text states one.",
            "2024-12-04T00:00",
            pattern=f"^{MINUTE}$",
        ),
    ]
    to: Annotated[
        str | None,
        say("The minute after the last (half-open interval).", "2024-12-05T00:00", pattern=f"^{MINUTE}$"),
    ]
    granularity: Annotated[Granularity | None, say("How fine the time is told.", "day")]
    method: Annotated[
        Method | None,
        say(
            "How it is known: told in full, counted from a date, taken over from before, date of publication.",
            "relative",
        ),
    ]

    @property
    def span(self) -> Span | None:
        """Where the text says it."""
        if self.text is None or self.start is None or self.end is None:
            return None
        return Span(text=self.text, start=self.start, end=self.end)


class Attribution(Span):
    """Who says so: the speaker, never an actor of the event."""

    cue: Annotated[str, say("The word that introduces what is said.", "أعلن")]


class Quantity(Span):
    """How many."""

    kind: Annotated[
        str, say("What is counted: see the codebook of quantities.", "killed", pattern="^[a-z]+$")
    ]
    low: Annotated[int | None, say("At least so many; null for «أقل من».", 14, minimum=0)]
    high: Annotated[int | None, say("At most so many; null for «أكثر من».", 14, minimum=0)]


class ClusterRef(Part):
    """The near-duplicates of the article within the run."""

    id: Annotated[
        str,
        say(
            "Id of the cluster: made from the id of its representative.",
            "cl_0f3c9a5b7d2e4186",
            pattern="^cl_[0-9a-f]{16}$",
        ),
    ]
    size: Annotated[int, say("Number of articles in the cluster, this one included.", 4, minimum=2)]
    representative: Annotated[
        bool, say("Whether this article stands for the cluster: the longest copy.", True)
    ]


class Provenance(Part):
    """What made the record."""

    version: Annotated[str, say("Version of waqai.", "0.1.0")]
    engine: Annotated[str, say("Linguistic engine.", "fast")]
    models: Annotated[str, say("Hash of the models.", "1c0fbf47ada3", pattern="^[0-9a-f]{12}$")]
    knowledge: Annotated[str, say("Hash of the knowledge files.", "2a3968cff126", pattern="^[0-9a-f]{12}$")]
    rule: Annotated[str, say("The trigger entry that found the event: mode/trigger.", "seize-territory/سيطر")]
    evidence: Annotated[
        list[str],
        say(
            "Why each slot is filled as it is, for people; its wording may change.",
            ["trigger: verb", "actor: subject"],
        ),
    ]


class EventRecord(Part):
    """One event mention in news: who did what to whom, where and when, and who says so."""

    id: Annotated[
        str,
        say(
            "Stable id: survives edits elsewhere in the article.",
            "ev_c2d22db55164592a",
            pattern="^ev_[0-9a-f]{16}$",
        ),
    ]
    schema_version: Annotated[
        str, say("Version of this schema, by SchemaVer.", SCHEMA_VERSION, const=SCHEMA_VERSION)
    ]
    actor: Annotated[str | None, say("Text of the first of actors in reading order.", "قوات المعارضة")]
    action: Annotated[str, say("The trigger phrase as written, light verb included.", "شنت هجوما")]
    target: Annotated[str | None, say("Text of the first of targets in reading order.", "حاجزا عسكريا")]
    place: Annotated[
        str | None,
        say("Text of the first of places with relation in, else to, else from, else near.", "حماة"),
    ]
    time: Annotated[
        str | None,
        say("When: ISO 8601 date, date-time, month, year, or interval a/b with both ends included.",
            "2024-12-05", "2024-12", "2024-12-01/2024-12-05", pattern=f"^{MOMENT}(/{MOMENT})?$"),
    ]  # fmt: skip
    type: Annotated[str, say("PLOVER event type.", "ASSAULT", enum=list(EVENT_TYPES))]
    mode: Annotated[
        str, say("Finer kind of event: see the codebook of modes.", "airstrike", pattern="^[a-z]+(-[a-z]+)*$")
    ]
    cameo: Annotated[
        str | None,
        say(
            "CAMEO code, a string (leading zeros count); null where CAMEO has none.",
            "195",
            "0874",
            pattern="^[0-9]{2,4}$",
        ),
    ]
    assertion: Annotated[
        Assertion,
        say(
            "The first that applies of: negated, hypothetical, planned, reported; else asserted.", "asserted"
        ),
    ]
    confidence: Annotated[
        float,
        Field(ge=0, le=1),
        say(
            "Share of gold records with as much evidence whose event, type and actor were right, 0 to 1.",
            0.83,
        ),
    ]
    article: Annotated[ArticleRef, say("Where the record comes from; its text stands in articles.jsonl.")]
    sentence: Annotated[SentenceRef, say("The sentence that holds the trigger.")]
    trigger: Annotated[TriggerRef, say("The word that says that something happened.")]
    actors: Annotated[list[Actor], say("All who do it, in reading order.")]
    targets: Annotated[list[Actor], say("All to whom it is done, in reading order.")]
    places: Annotated[list[Place], say("All places, in reading order.")]
    when: Annotated[When | None, say("The time with its span and bounds; null where no time is known.")]
    attribution: Annotated[Attribution | None, say("Who says so; null where nobody is named.")]
    quantities: Annotated[list[Quantity], say("How many were killed, injured, arrested, …")]
    cluster: Annotated[ClusterRef | None, say("Near-duplicate articles; null where there is no other copy.")]
    provenance: Annotated[Provenance, say("What made the record.")]

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

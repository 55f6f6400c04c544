"""``doc._.events``: the records of a spaCy ``Doc``, found when they are asked for.

>>> import pipeline
>>> doc = pipeline.load()("سيطرت قوات المعارضة على مدينة حماة.")
>>> doc._.published = "2024-12-05"
>>> [event.mode for event in doc._.events]
['seize-territory']
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.articles import Article
from pipeline.extraction import anchor_of, current_versions

if TYPE_CHECKING:
    from pipeline.events.reader import EventReader
    from pipeline.records import EventRecord

#: Where a Doc keeps its records and what they were made with, as JSON lines: a DocBin with user data keeps them too.
_KEY = "waqai_events"
_TABLE = "waqai"
#: Attributes of ``doc._`` that events depend on besides the text, all None until they are set.
ATTRIBUTES = ("article_id", "published", "country")


def register() -> None:
    """Makes ``doc._.events`` and :data:`ATTRIBUTES` known to spaCy; doing so twice changes nothing."""
    for name in ATTRIBUTES:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    Doc.set_extension("events", getter=events_of, force=True)


def events_of(doc: Doc) -> list[EventRecord]:
    """The records of a document, in the order of their triggers; the second time they are there already.

    Raises:
        ValueError: the document was not made by the pipeline of :func:`pipeline.load`.
    """
    from pipeline.records import EventRecord

    article = Article(
        id=doc._.article_id or "text", text=doc.text, published=doc._.published, country=doc._.country
    )
    made_with, lines = doc.user_data.get(_KEY, (None, ()))
    if made_with == article.fingerprint:
        return [EventRecord.model_validate_json(line) for line in lines]
    if not doc.has_annotation("DEP") and len(doc):
        raise ValueError(
            "the document has no trees to read events from: make it with pipeline.load(), not with its tokeniser alone"
        )
    found = _reader(engine_of(doc)).read(doc, article, anchor_of(article))
    doc.user_data[_KEY] = (article.fingerprint, [record.to_json() for record in found])
    return found


def remember_engine(nlp: Language, engine: str) -> None:
    """Write the engine down where its documents, and copies of the pipeline on disk, find it: in the vocabulary."""
    if not nlp.vocab.lookups.has_table(_TABLE):
        nlp.vocab.lookups.add_table(_TABLE, {"engine": engine})


def engine_of(doc: Doc) -> str:
    """The engine that made a document, for the provenance of its events."""
    lookups = doc.vocab.lookups
    return str(lookups.get_table(_TABLE)["engine"]) if lookups.has_table(_TABLE) else "fast"


@lru_cache(maxsize=4)
def _reader(engine: str) -> EventReader:
    from pipeline.events.reader import EventReader

    return EventReader(current_versions(engine))


@Language.component("waqai_events")
def waqai_events(doc: Doc) -> Doc:
    """The last part of a saved pipeline: with it in the config, ``spacy.load`` knows ``doc._.events``.

    It leaves the document as it is: events are found when they are asked for.
    """
    return doc


register()

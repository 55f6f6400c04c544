"""Articles to records: the linguistic half, the event half and the resolution, in order."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.articles import Article
from pipeline.knowledge.load import knowledge_hash

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.records import EventRecord


def current_versions(engine: str = "fast") -> dict[str, str]:
    """What the records of a run depend on beside the articles, cheap to ask: version, engine, models, knowledge."""
    from pipeline.engines.bundle import models_hash
    from pipeline.engines.choice import parse
    from pipeline.engines.fetched import find

    choice = parse(engine)
    models = models_hash(*(find(name).fingerprint for name in choice.fetched))
    return {"version": __version__, "engine": str(choice), "models": models, "knowledge": knowledge_hash()}


class Extractor:
    """Extracts the events of articles.

    Args:
        engine: the linguistic engine (see :func:`pipeline.nlp.load`).

    Raises:
        ValueError: there is no such engine.
        pipeline.knowledge.load.KnowledgeError: the knowledge files are not valid.
        pipeline.engines.bundle.ModelError: a model file is missing or damaged.
    """

    def __init__(self, engine: str = "fast") -> None:
        from pipeline.events.reader import EventReader
        from pipeline.nlp import load

        self.versions = current_versions(engine)
        self.engine = self.versions["engine"]
        self.nlp = load(self.engine)
        self.reader = EventReader(self.versions)

    def __call__(self, article: Article) -> list[EventRecord]:
        """The records of one article, in the order of their triggers."""
        return self.from_doc(self.nlp(article.text), article)

    def from_doc(self, doc: Doc, article: Article) -> list[EventRecord]:
        """The records of an article whose document is made already; ``doc.text`` must be the article's text."""
        return self.reader.read(doc, article, anchor_of(article))

    def extract(
        self, text: str, *, published: str | None = None, country: str | None = None
    ) -> list[EventRecord]:
        """The records of a bare text.

        Args:
            published: ISO 8601 date that relative expressions («أمس») count from.
            country: ISO 3166-1 alpha-3, a hint for places and actors.
        """
        return self(Article(id="text", text=text, published=published, country=country))


def anchor_of(article: Article) -> date | datetime | None:
    """The publication date as a value, or None."""
    if article.published is None:
        return None
    try:
        moment = datetime.fromisoformat(article.published)
    except ValueError:
        return None
    return moment if "T" in article.published else moment.date()


def load_extractor(engine: str = "fast") -> Extractor:
    """An extractor with its models loaded (seconds)."""
    return Extractor(engine)

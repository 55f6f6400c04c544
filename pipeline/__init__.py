"""waqai (وقائع): structured events from Arabic news.

>>> from pipeline import extract
>>> for record in extract("سيطرت قوات المعارضة على مدينة حماة.", published="2024-12-05"):
...     print(record.actor, record.action, record.place)
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language
    from spacy.tokens import Doc

    from pipeline.extraction import Extractor
    from pipeline.records import EventRecord
    from pipeline.rendering import Html


@lru_cache(maxsize=2)
def _extractor(engine: str) -> Extractor:
    from pipeline.extraction import load_extractor

    return load_extractor(engine)


def load(engine: str = "fast") -> Language:
    """The pipeline as a spaCy ``Language``: ``load()(text)._.events`` are the records of a text.

    Set ``doc._.published`` (ISO 8601), ``doc._.country`` and ``doc._.article_id`` before asking for the events, where
    they are known. The rest of the ``Doc`` is told in :func:`pipeline.nlp.load`.

    Raises:
        pipeline.engines.bundle.ModelError: a model file is missing or damaged.
        ValueError: there is no such engine.
    """
    # Importing it makes doc._.events known.
    from pipeline.extension import remember_engine
    from pipeline.nlp import load as load_language

    nlp = load_language(engine)
    remember_engine(nlp, engine)
    return nlp


def extract(
    text: str, *, published: str | None = None, country: str | None = None, engine: str = "fast"
) -> list[EventRecord]:
    """The events of one text; models are loaded with the first call.

    Args:
        text: an article's text; the spans of the records count its code points.
        published: ISO 8601 date that relative expressions («أمس») count from.
        country: ISO 3166-1 alpha-3 of the country that the text is about, a hint for places and actors.
        engine: the linguistic engine.

    Raises:
        pipeline.engines.bundle.ModelError: a model file is missing or damaged.
    """
    return _extractor(engine).extract(text, published=published, country=country)


def render(events: EventRecord | Iterable[EventRecord] | Doc) -> Html:
    """Records, or the events of a ``Doc``, as HTML: their sentences with every slot marked.

    A notebook shows what comes back; see :func:`pipeline.rendering.render`.
    """
    from pipeline.rendering import render as render_records

    return render_records(events)


__all__ = ["__version__", "extract", "load", "render"]

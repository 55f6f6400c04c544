"""Genres besides the news, as data: their words, and what of an event in them must be seen (``data/genres.yaml``)."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field, field_validator

from pipeline.knowledge.load import Entry, Fault, KnowledgeError, data_path, read_yaml, validate

FILE = "genres.yaml"
#: What an event may show that ties it to the world.
ANCHORS = ("time", "place", "name", "office", "number")


class Kept(Entry):
    """A sentence of the genre that is news all the same, and the word that must come out as an event."""

    text: str
    trigger: str


class Genre(Entry):
    """One genre.

    Attributes:
        strong, weak: its words in normal form without article, two points and one.
        sentence: from so many points on a sentence with a strong word is of the genre.
        article: from so many points a hundred words on an article is of it.
        but: words beside which an event is news all the same.
        modes: what is told in the genre as elsewhere, because its words have no other sense there («غارة» in a sermon).
        anchors: any of these makes an event news all the same.
        examples: sentences that give no event; kept: sentences of the genre that give one.
    """

    genre: str
    gloss: str
    strong: tuple[str, ...] = Field(min_length=1)
    weak: tuple[str, ...] = ()
    sentence: int = Field(ge=1)
    article: float = Field(gt=0)
    but: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    examples: tuple[str, ...] = Field(min_length=1)
    kept: tuple[Kept, ...] = Field(min_length=1)

    @field_validator("anchors")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [anchor for anchor in value if anchor not in ANCHORS]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no anchor: one of {', '.join(ANCHORS)}")
        return value

    @field_validator("weak")
    @classmethod
    def _once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        twice = [word for word in value if value.count(word) > 1]
        if twice:
            raise ValueError(f"{twice[0]!r} stands twice")
        return value


class Sparse(Entry):
    """Articles that tell of few events: what little is found there is more often a figure of speech.

    Attributes:
        words: from so many words on an article has a rate of events and of genre words.
        events: below so many events a hundred words it is sparse.
        bare: below so many a bare noun of which nothing is said is no event in it.
        full: from so many on it is news throughout: its sentences are of no genre by their own words.
        spread: an article is of a genre only if at least this share of its sentences has a word of it: one item of
            sport among the news of the day makes no sport of the others.
        named: points of evidence that an event in it needs where a named or an official body takes part.
        tied: points that it needs where a time, a place or a count ties it to the world.
    """

    words: int = Field(ge=1)
    events: float = Field(gt=0)
    bare: float = Field(gt=0)
    full: float = Field(gt=0)
    spread: float = Field(gt=0, le=1)
    named: int
    tied: int


class Genres(Entry):
    """The file as a whole."""

    sparse: Sparse
    genres: tuple[Genre, ...]


@lru_cache(maxsize=1)
def load_genres() -> Genres:
    """The content of ``data/genres.yaml``.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    data, lines = read_yaml(data_path(FILE))
    faults: list[Fault] = []
    sparse = validate(Sparse, data.get("sparse") or {}, FILE, lines.get(("sparse",), 1), faults)
    found = [
        validate(Genre, entry, FILE, lines.get(("genres", number), 0), faults)
        for number, entry in enumerate(data.get("genres") or ())
    ]
    faults += [
        Fault(FILE, lines.get((key,), 1), f"{key!r} is no section of this file")
        for key in data
        if key not in Genres.model_fields
    ]
    if faults or sparse is None:
        raise KnowledgeError(faults)
    return Genres(sparse=sparse, genres=tuple(genre for genre in found if genre is not None))

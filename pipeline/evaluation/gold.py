"""Gold articles: annotated events, one article a line, and the reader that refuses what is not that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.fields import first_fault
from pipeline.knowledge.load import Entry, read_tsv
from pipeline.records import Assertion, EventRecord, Relation


class EvaluationError(ValueError):
    """Input that cannot be scored. The message is one line, for the user."""


class _Gold(BaseModel):
    # Unknown keys are let through: annotation tools add their own. What scoring needs is required.
    model_config = ConfigDict(extra="ignore", frozen=True)


class GoldSpan(_Gold):
    """A piece of the article: half-open code-point offsets, ``article[start:end] == text``."""

    text: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class GoldPlace(GoldSpan):
    """A place, and how the event stands to it; None where it was not annotated."""

    relation: Relation | None = None


class GoldCount(GoldSpan):
    """How many were killed, injured, …; None is an open or unknown bound. Scoring does not look at it."""

    kind: str
    low: int | None
    high: int | None


class GoldEvent(_Gold):
    """One annotated mention. ``iso`` is the value of its time; ``core: false`` counts neither way.

    ``type`` is needed only where ``mode`` is not in the guide's table.
    """

    trigger: GoldSpan
    mode: str
    type: str | None = None
    actors: tuple[GoldSpan, ...]
    targets: tuple[GoldSpan, ...]
    places: tuple[GoldPlace, ...]
    time: GoldSpan | None = None
    iso: str | None = None
    assertion: Assertion
    attributed_to: GoldSpan | None = None
    core: bool = True
    quantities: tuple[GoldCount, ...] = ()

    def spans(self) -> Iterator[GoldSpan]:
        """Every span of the event."""
        yield self.trigger
        yield from self.actors
        yield from self.targets
        yield from self.places
        yield from (s for s in (self.time, self.attributed_to) if s is not None)
        yield from self.quantities


class GoldArticle(_Gold):
    """The annotations of one article.

    Attributes:
        article: file name, or id, of the article.
        sha256: hex digest of its text; where given, records of another text are refused.
        merge_reported: False where asserted and reported are to be told apart (enough of each was annotated).
    """

    article: str = Field(min_length=1)
    sha256: str | None = None
    published: str | None = None
    merge_reported: bool | None = None
    events: tuple[GoldEvent, ...]


class ModeRow(Entry):
    """One mode of the annotation guide."""

    type: str
    mode: str
    cameo: str | None


@lru_cache(maxsize=1)
def modes() -> dict[str, ModeRow]:
    """The guide's modes by name."""
    rows = read_tsv(Path(__file__).with_name("modes.tsv"), ModeRow)
    return {row.mode: row for row, _ in rows}


M = TypeVar("M", bound=BaseModel)


def read_gold(path: Path) -> tuple[GoldArticle, ...]:
    """The gold articles of a file, or of every ``*.jsonl`` file of a folder.

    Raises:
        EvaluationError: the path is missing, a line is cut or not a gold article, an article is annotated twice.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise EvaluationError(f"{path}: no .jsonl file in this folder")
    articles: dict[str, GoldArticle] = {}
    for file in files:
        for article in read_lines(file, GoldArticle, "a gold article"):
            if article.article in articles:
                raise EvaluationError(f"{file}: the article {article.article} is annotated twice")
            articles[article.article] = article
    if not articles:
        raise EvaluationError(f"{path}: no gold article in it")
    return tuple(articles.values())


def read_records(path: Path) -> tuple[EventRecord, ...]:
    """The records of an ``events.jsonl``; none is no error.

    Raises:
        EvaluationError: the file is missing, a line is cut or not a record.
    """
    return tuple(read_lines(path, EventRecord, "an event record"))


def read_lines(path: Path, model: type[M], what: str) -> Iterator[M]:
    """The lines of a JSON Lines file as models; blank lines are passed over."""
    for number, data in json_lines(path):
        try:
            yield model.model_validate(data)
        except ValidationError as error:
            raise EvaluationError(f"{path}:{number}: not {what}: {first_fault(error)}") from error


def json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Line numbers (from 1) and values of a JSON Lines file; one clear error where it cannot be read."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, _json(path, number, line)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise EvaluationError(f"{path}: cannot be read: {reason}") from error


def _json(path: Path, number: int, line: str) -> Any:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        cut = "" if line.endswith("\n") else " (the file seems to be cut off)"
        raise EvaluationError(f"{path}:{number}: not valid JSON{cut}") from error
    if not isinstance(value, dict):
        raise EvaluationError(f"{path}:{number}: a JSON object is expected")
    return value

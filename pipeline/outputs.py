"""The outputs of a finished run, read back strictly: a line that is cut or not of the contract stops the reader.

>>> from pipeline.outputs import open_run
>>> for article, records in open_run("outputs").documents():
...     print(article.id, len(records))
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from pipeline.articles import Kind
from pipeline.fields import ArticleId, Part, Published, Sha256, Source, Title, Url, first_fault, say
from pipeline.records import SCHEMA_VERSION, ClusterRef, EventRecord


class OutputsError(ValueError):
    """The outputs of a run cannot be used. The message is one line: what, where, why."""


class ArticleLine(Part):
    """One line of articles.jsonl: an article that was read, and the text that the offsets of its records count."""

    id: ArticleId
    title: Title
    published: Published
    source: Source
    url: Url
    country: Annotated[
        str | None,
        say("Country the article is about or written in: ISO 3166-1 alpha-3.", "SYR", pattern="^[A-Z]{3}$"),
    ]
    sha256: Sha256
    cluster: Annotated[ClusterRef | None, say("Near-duplicate articles; null where there is no other copy.")]
    text: Annotated[
        str, say("The text that all offsets count, in Unicode code points.", "سيطرت القوات على البلدة.")
    ]
    events: Annotated[int, Field(ge=0), say("Number of records of this article in events.jsonl.", 2)]


class RejectLine(Part):
    """One line of rejects.jsonl: input that could not be used, where it stands and why."""

    where: Annotated[
        str, say("The file, as the user gave it or below the input that he gave.", "dump/2024.jsonl")
    ]
    line: Annotated[int | None, say("Line, row or item, from 1; null for a whole file.", 17, minimum=1)]
    id: Annotated[str | None, say("Id of the article, where it was known by then.", "17")]
    kind: Annotated[Kind, say("What sort of fault. field alone leaves the article in the run.", "json")]
    reason: Annotated[str, say("What is wrong, for people; its wording may change.", "not a JSON object")]
    detail: Annotated[str | None, say("What the machine found: bytes, offsets, values.", "line 1 column 2")]


class TombstoneLine(Part):
    """One line of tombstones.jsonl: the id of a record that an earlier run had and this one has not."""

    id: Annotated[str, say("Id of the record.", "ev_c2d22db55164592a", pattern="^ev_[0-9a-f]{16}$")]
    article: ArticleId
    gone_since_run: Annotated[
        int, Field(ge=1), say("Number of the run (manifest.json: run) that first lacked it.", 7)
    ]


L = TypeVar("L", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """The outputs of a finished run, read a line at a time: memory does not grow with their size.

    Attributes:
        events: ``events.jsonl``.
        articles: ``articles.jsonl`` beside it.
        manifest: the run's manifest, empty where there is none beside the records.
        representatives_only: leave out articles that are copies of another one, and their records.
    """

    events: Path
    articles: Path
    manifest: dict[str, Any]
    representatives_only: bool = False

    def records(self) -> Iterator[EventRecord]:
        """The records in the order of the file.

        Raises:
            OutputsError: a line is cut, not JSON, of another schema version or not a record.
        """
        for record in read_lines(self.events, EventRecord, "a record"):
            if not (self.representatives_only and _is_copy(record.cluster)):
                yield record

    def article_lines(self) -> Iterator[ArticleLine]:
        """The articles in the order of the file.

        Raises:
            OutputsError: as :meth:`records`.
        """
        for article in read_lines(self.articles, ArticleLine, "an article of a run"):
            if not (self.representatives_only and _is_copy(article.cluster)):
                yield article

    def documents(self) -> Iterator[tuple[ArticleLine, tuple[EventRecord, ...]]]:
        """Every article with its records, those without records too.

        Raises:
            OutputsError: as :meth:`records`, or the two files are not of one run.
        """
        records = self.records()
        waiting = next(records, None)
        for article in self.article_lines():
            own: list[EventRecord] = []
            while waiting is not None and waiting.article.id == article.id:
                if waiting.article.sha256 != article.sha256:
                    raise OutputsError(
                        f"{self.events}: record {waiting.id}: made from another text of {article.id} than the one in "
                        f"{self.articles}"
                    )
                own.append(waiting)
                waiting = next(records, None)
            if len(own) != article.events:
                raise OutputsError(
                    f"{self.events}: {len(own)} records of the article {article.id}, where {self.articles} says "
                    f"{article.events}: the files are not of one run"
                )
            yield article, tuple(own)
        if waiting is not None:
            raise OutputsError(
                f"{self.events}: record {waiting.id}: its article {waiting.article.id} is not in {self.articles}, "
                "or not in this order: the files are not of one run"
            )


def open_run(path: str | Path, *, representatives_only: bool = False) -> FinishedRun:
    """The outputs of the run in a folder, or those beside an ``events.jsonl``. No line is read yet.

    Raises:
        OutputsError: there is no such file, or it has another size than the manifest beside it says.
    """
    given = Path(path)
    events = given / "events.jsonl" if given.is_dir() else given
    if not events.is_file():
        hint = " in this folder: give the folder of a finished run" if given.is_dir() else ""
        raise OutputsError(f"{given}: there is no {'events.jsonl' if given.is_dir() else 'such file'}{hint}")
    manifest = _manifest(events.with_name("manifest.json"))
    for file in (events, events.with_name("articles.jsonl")):
        said = manifest.get("outputs", {}).get(file.name, {}).get("bytes")
        if said is not None and file.is_file() and file.stat().st_size != said:
            raise OutputsError(
                f"{file}: {file.stat().st_size} bytes, where manifest.json beside it says {said}: the file was cut or "
                "changed after the run"
            )
    return FinishedRun(events, events.with_name("articles.jsonl"), manifest, representatives_only)


def _manifest(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise OutputsError(f"{path}: not the manifest of a run: {error}") from error
    return value if isinstance(value, dict) else {}


def read_lines(path: Path, model: type[L], what: str) -> Iterator[L]:
    """The lines of a JSON Lines file of a run as models.

    Raises:
        OutputsError: the file cannot be read, or a line is cut, not JSON, of another schema version, not ``what``.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                yield _parse(path, number, line, model, what)
    except OSError as error:
        raise OutputsError(f"{path}: cannot be read: {error.strerror or error}") from error


def _parse(path: Path, number: int, line: bytes, model: type[L], what: str) -> L:
    if not line.endswith(b"\n"):
        raise OutputsError(f"{path}:{number}: the file is cut off in this line, its last")
    try:
        value = model.model_validate_json(line)
    except ValidationError as error:
        raise OutputsError(f"{path}:{number}: {_fault(line, error, what)}") from error
    if isinstance(value, EventRecord) and value.schema_version != SCHEMA_VERSION:
        raise OutputsError(f"{path}:{number}: {_other_version(value.schema_version)}")
    return value


def _fault(line: bytes, error: ValidationError, what: str) -> str:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as broken:
        return f"not valid JSON: {broken}"
    # A record of another version may lack keys or have more of them: that is the cause, not the keys.
    version = value.get("schema_version") if isinstance(value, dict) else None
    if version is not None and version != SCHEMA_VERSION:
        return _other_version(version)
    return f"not {what}: {first_fault(error)}"


def _other_version(version: object) -> str:
    return f"schema version {version}; this program reads {SCHEMA_VERSION}"


def _is_copy(cluster: ClusterRef | None) -> bool:
    return cluster is not None and not cluster.representative

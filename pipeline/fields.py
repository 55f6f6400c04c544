"""Fields that several outputs share, and how a field is described: the vocabulary of :mod:`pipeline.records`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

#: The PLOVER event types. A new one would be a new version of the schema; a new mode is not.
EVENT_TYPES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "DISPLACE", "MOBILIZE",
    "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
)  # fmt: skip

_DAY = r"\d{4}-\d{2}-\d{2}"
MINUTE = rf"{_DAY}T\d{{2}}:\d{{2}}([+-]\d{{2}}:\d{{2}})?"
MOMENT = rf"(\d{{4}}|\d{{4}}-\d{{2}}|{_DAY}|{MINUTE})"
_PUBLISHED = rf"^{_DAY}(T\d{{2}}:\d{{2}}:\d{{2}}([+-]\d{{2}}:\d{{2}})?)?$"


def first_fault(error: ValidationError) -> str:
    """The first fault of data that is not what it should be, in one line: ``where: what``."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else str(first["msg"])


def say(description: str, *examples: Any, **schema: Any) -> Any:
    """A field's description and examples, and what else its JSON Schema says (``pattern``, ``enum``, bounds).

    The latter is not checked when a record is made: a record with a strange value is told by whoever validates it, and
    never costs an article.
    """
    return Field(description=description, examples=list(examples) or None, json_schema_extra=schema)


Start = Annotated[
    int, Field(ge=0), say("Where the span begins: code points of the article's text, from 0.", 17)
]
End = Annotated[int, Field(ge=0), say("Where the span ends, exclusive: text[start:end] is the surface.", 30)]
Surface = Annotated[str, say("The span as it stands in the article.", "قوات المعارضة")]
Country = Annotated[
    str | None,
    say("Country: ISO 3166-1 alpha-3; null where unknown or international.", "SYR", pattern="^[A-Z]{3}$"),
]
Published = Annotated[
    str | None,
    say("Date of publication: ISO 8601 date or date-time, local to the publisher unless an offset is stated.",
        "2024-12-05", "2024-12-05T18:30:00+03:00", pattern=_PUBLISHED),
]  # fmt: skip
Sha256 = Annotated[
    str, say("SHA-256 of the article's text as UTF-8, hexadecimal: what offsets are checked against.",
             "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", pattern="^[0-9a-f]{64}$")
]  # fmt: skip
ArticleId = Annotated[
    str, say("Id of the article: its id field; for a file with one article, its path.", "2024-12-05_hama.txt")
]
Title = Annotated[str | None, say("Headline, where it is known apart from the text.", "سيطرة على حماة")]
Source = Annotated[str | None, say("Newspaper or agency.", "وكالة الأنباء")]
Url = Annotated[str | None, say("Address of the original.", "https://news.example/2024/12/05/1")]


class Part(BaseModel):
    """Base of the record and its parts: frozen, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Part):
    """A piece of the article's text."""

    text: Surface
    start: Start
    end: End

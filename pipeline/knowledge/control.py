"""Words that hand a deed to somebody: ``data/control.yaml`` («سمح للصحفيين بزيارة السجن»، «حق العمال في الإضراب»)."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from pipeline.knowledge.events import Example
from pipeline.knowledge.load import Entry, read_entries


class Hand(Entry):
    """A verb or noun behind which the masdar names what somebody else does, or is to do.

    Attributes:
        verb: with ``root`` and ``pattern``: a verb and, where ``masdar`` lists them, its verbal nouns.
        noun: a noun in normal form, with its other ``forms``.
        whom: where stands who does it: ``object`` (of a verb; the subject in the passive), ``subject`` (of a verb that
            has the deed itself for its object), ``genitive`` (of a noun) or a preposition; ``nobody``
            for a verb whose subject only speaks of the deed or feels about it.
        deed: where the masdar stands: ``object`` (no preposition before it) or prepositions.
        example: a sentence of our own; the masdar is its ``trigger``.
    """

    verb: str | None = None
    root: str | None = None
    pattern: str | None = None
    reduced: bool = False
    masdar: tuple[str, ...] = ()
    noun: str | None = None
    forms: tuple[str, ...] = ()
    whom: str
    deed: Annotated[tuple[str, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)] = Field(
        min_length=1
    )
    example: Example

    @model_validator(mode="after")
    def _one(self) -> Hand:
        if (self.verb is None) == (self.noun is None):
            raise ValueError("an entry is either a verb or a noun")
        if self.verb and not (self.root and self.pattern):
            raise ValueError("a verb needs its root and pattern")
        if self.whom in (("genitive",) if self.verb else ("object", "subject", "nobody")):
            raise ValueError(f"whom is no {self.whom} here")
        if self.example.trigger is None or self.example.actors is None:
            raise ValueError("the example needs its trigger and its actors")
        return self


@lru_cache(maxsize=1)
def load_hands() -> tuple[Hand, ...]:
    """All entries.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    return read_entries("control.yaml", Hand)

"""The schema of time knowledge: what the files of ``data/time`` may hold."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from pipeline.knowledge.load import Entry
from pipeline.knowledge.time_patterns import key, parse_pattern, slots_of

Granularity = Literal[
    "minute", "hour", "part_of_day", "day", "week", "month", "season", "year", "decade", "range"
]  # fmt: skip
Method = Literal["explicit", "relative", "discourse"]
Relation = Literal["in", "since", "until", "before", "after", "by"]
Kind = Literal["time", "duration", "set"]

#: What a slot may read besides vocabularies and the kinds of rows (``pipeline.resolve.time_readers``).
READERS = frozenset(
    [
        "n",
        "ndef",
        "d",
        "y4",
        "y2",
        "yw",
        "hy",
        "hour",
        "hm",
        "hmx",
        "hhmm",
        "num_date",
        "num_dm",
        "years",
        "month_typo",
        "month_typo2",
        "word",
    ]
)

#: What each operation of a ``value`` needs and may take, as slots of the pattern or as constants of the value.
OPERATIONS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    op: (frozenset(needs.split()), frozenset(may.split()))
    for op, needs, may in (
        ("month_name", "month", "month2"),
        ("year", "", "year calendar by same mod"),
        ("month", "month", "month2 year mod calendar"),
        ("date", "day month", "year mod calendar weekday"),
        ("short_date", "date", "weekday mod"),
        ("month_day", "day", "by same weekday"),
        ("month_days", "day day2 by", ""),
        ("weekday_date", "weekday date", ""),
        ("full_date", "date", "weekday calendar"),
        ("date_pair", "day other", ""),
        ("weekday", "weekday", "mod week"),
        ("shift", "unit", "by mod weekday date"),
        ("focus", "unit", "by duration sign weekday date deictic"),
        ("same_time", "", "reach"),
        ("ago", "duration sign", "focus"),
        ("window", "sign", "duration n unit"),
        ("following", "n unit", ""),
        ("streak", "n unit", ""),
        ("duration", "unit", "n exact extra"),
        ("bound", "relation of", "side"),
        ("inside", "of", "relation"),
        ("part", "part", "day night by"),
        ("clock", "tod", "part day moment zone"),
        ("time_of_day", "", "hour minute hm"),
        ("range", "a b", "list mod"),
        ("years", "years", ""),
        ("both", "a b", ""),
        ("day_range", "day day2 month", "year mod calendar list mid"),
        ("month_range", "month month2", "year mod list"),
        ("portion", "portion of", ""),
        ("season", "season", "year mod"),
        ("decade", "decade", "century"),
        ("century", "", "century by"),
        ("now", "", ""),
        ("vague", "", "relation unit mod"),
        ("pass", "of", ""),
        ("zone", "zone", ""),
        ("length", "", ""),
        ("set", "", ""),
        ("block", "", ""),
    )
}  # fmt: skip

#: Vocabularies that the resolver reads itself.
USED_BY_CODE = frozenset({"future_cue", "number", "month"})
#: Operations whose rows only serve other rows: what they read is no time by itself.
AUXILIARY = frozenset({"month_name", "time_of_day", "duration", "zone"})


class Example(Entry):
    """A sentence, the clock, and what must come out of it.

    ``from`` and ``to`` may be left out where they are the bounds of ``value``.
    """

    text: str
    span: str
    value: str | None
    granularity: Granularity | None = None
    method: Method
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    anchor: str | None = None
    focus: str | None = None
    relation: Relation = "in"
    kind: Kind = "time"

    @model_validator(mode="after")
    def _span_in_text(self) -> Example:
        if self.span not in self.text:
            raise ValueError(f"the span «{self.span}» is not in the text")
        return self


class Row(Entry):
    """One expression: what is written, what it means, and the proof.

    Attributes:
        name: of the row, as records and tests tell it.
        kind: what it reads, for the slots of other rows.
        pattern: see :mod:`pipeline.knowledge.time_patterns`.
        value: ``op``, an operation, and what it needs that the pattern does not read.
        alone: whether it is an expression by itself, or only a part of others.
        after, not_after: what must, and must not, stand before it; before, not_before: behind it.
            Words, ``{vocabulary}``, and the classes <start> <end> <mark> <number> <word> <definite> <bare>.
        not_quoted: it must not stand in quotation marks or brackets of its own.
    """

    name: str
    kind: str
    pattern: str
    value: dict[str, str]
    alone: bool = True
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_quoted: bool = False
    note: str | None = None
    examples: tuple[Example, ...] = ()
    negatives: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _operation_fits(self) -> Row:
        slots = {s.name for s in slots_of(parse_pattern(self.pattern))}
        op = self.value.get("op", "")
        if op not in OPERATIONS:
            raise ValueError(f"value.op is «{op}», not one of {', '.join(sorted(OPERATIONS))}")
        needs, may = OPERATIONS[op]
        given = slots | (self.value.keys() - {"op"})
        if lacks := needs - given:
            raise ValueError(f"«{op}» needs {', '.join(sorted(lacks))}")
        if op != "block" and (extra := given - needs - may - {"any"}):
            raise ValueError(f"«{op}» has no use for {', '.join(sorted(extra))}")
        if not (self.negatives if op == "block" else self.examples):
            raise ValueError("a row needs an example" if op != "block" else "a blocking row needs a negative")
        return self


class Vocabulary(Entry):
    """Words by value; a form may be several words. ``note`` says what the values are."""

    name: str
    note: str
    forms: tuple[tuple[str, tuple[str, ...]], ...]

    @field_validator("forms", mode="before")
    @classmethod
    def _pairs(cls, forms: Any) -> Any:
        return tuple(forms.items()) if isinstance(forms, dict) else forms

    @model_validator(mode="after")
    def _one_value_per_form(self) -> Vocabulary:
        seen: dict[str, str] = {}
        for value, words in self.forms:
            for word in words:
                if seen.setdefault(key(word), value) != value:
                    raise ValueError(f"«{word}» has the values {seen[key(word)]} and {value}")
        return self


class Hours(Entry):
    """A part of the day. ``from`` and ``to`` are HH:MM, half-open; hours past 24 belong to the next day.

    ``half`` says which hour of twenty-four a clock hour is: «العاشرة مساء» is 22.
    """

    name: str
    from_: str = Field(alias="from", pattern=r"^[0-4]\d:[0-5]\d$")
    to: str = Field(pattern=r"^[0-4]\d:[0-5]\d$")
    half: Literal["am", "noon", "pm", "night"]
    note: str


class Season(Entry):
    """Three months from ``month``; ``year`` is added to the year it is named after."""

    name: str
    month: int = Field(ge=1, le=12)
    year: int = Field(ge=-1, le=0)


class Portion(Entry):
    """A piece of a period, as fractions of it: ``from`` to ``to``, written a/b."""

    name: str
    from_: str = Field(alias="from", pattern=r"^\d+/\d+$")
    to: str = Field(pattern=r"^\d+/\d+$")

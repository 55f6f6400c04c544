"""Runs the examples and negatives of the time rows: the proof that knowledge and code agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from pipeline.knowledge.load import Fault
from pipeline.knowledge.time import load_time
from pipeline.knowledge.time_schema import Example, Row
from pipeline.resolve.calendars import add, make_day, stamp
from pipeline.resolve.time import TimeExpression, parse_times


def moment(text: str | None) -> date | datetime | None:
    """The clock of an example: a date, or a date-time."""
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def bounds_of(value: str) -> tuple[str, str]:
    """The half-open bounds of an ISO value, told without the resolver: for examples without ``from`` and ``to``."""
    first, _, last = value.partition("/")
    return stamp(_unit(first)[0]), stamp(_unit(last or first)[1])


def _unit(value: str) -> tuple[datetime, datetime]:
    numbers = [int(x) for x in value.split("T")[0].split("-")]
    start = make_day(*[*numbers, 1, 1][:3])
    end = add(start, ("year", "month", "day")[len(numbers) - 1], 1) if start else None
    if start is None or end is None:
        raise ValueError(f"«{value}» is no date")
    if "T" in value:
        exact = datetime.fromisoformat(value)
        return exact, exact + timedelta(minutes=1)
    return start, end


def run_example(row: Row, example: Example) -> list[str]:
    """What is wrong with one example; nothing where it holds."""
    found = parse_times(example.text, moment(example.anchor), focus=moment(example.focus))
    hits = [e for e in found if e.text == example.span]
    if not hits:
        return [f"«{example.span}» is not found in «{example.text}», but {[e.text for e in found]}"]
    hit = hits[0]
    faults = [] if row.name in hit.rules else [f"«{example.span}» is read by {', '.join(hit.rules)}"]
    low, high = example.from_, example.to
    if low is None and high is None and example.value is not None:
        low, high = bounds_of(example.value)
    wanted = (example.value, low, high, example.granularity, example.method, example.relation, example.kind)
    if wanted != (got := _told(hit)):
        faults.append(f"«{example.span}» is {got}, not {wanted}")
    return faults


def _told(hit: TimeExpression) -> tuple[str | None, ...]:
    return (hit.value, hit.from_, hit.to, hit.granularity, hit.method, hit.relation, hit.kind)


def run_negative(text: str) -> list[str]:
    """What is wrong with one negative: any expression at all."""
    return [f"«{e.text}» is read by {e.rule} in «{text}»" for e in parse_times(text, date(2024, 12, 10))]


def failures() -> Iterator[Fault]:
    """Every example and negative that does not hold."""
    for row in load_time().rows:
        for example in row.examples:
            yield from (Fault("time", 0, f"{row.name}: {m}") for m in run_example(row, example))
        for negative in row.negatives:
            yield from (Fault("time", 0, f"{row.name}: {m}") for m in run_negative(negative))

"""Finds the time expressions of Arabic news in raw text and resolves them to ISO 8601 intervals.

What is written and what it means is knowledge (``pipeline/knowledge/data/time``); this module walks the text from
left to right, takes the longest expression at each place, and keeps the *focus*: the last date said, on which
«في اليوم نفسه», a bare weekday or a date without its year lean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache

from pipeline.knowledge.time import load_time
from pipeline.knowledge.time_patterns import key
from pipeline.knowledge.time_schema import Granularity, Kind, Method, Relation
from pipeline.resolve import time_clock, time_dates, time_ranges, time_relative, time_stretches, time_weekdays
from pipeline.resolve.calendars import midnight, stamp
from pipeline.resolve.time_grammar import grammar
from pipeline.resolve.time_match import Match, Scan, fold_text
from pipeline.resolve.time_values import Context, Focus, Operation, Resolved, Tables, moved, whole
from pipeline.text.normalize import normalize

OPERATIONS: dict[str, Operation] = {
    **time_dates.OPERATIONS,
    **time_weekdays.OPERATIONS,
    **time_relative.OPERATIONS,
    **time_stretches.OPERATIONS,
    **time_clock.OPERATIONS,
    **time_ranges.OPERATIONS,
}

_WORDS = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?؟؛\n]")
_CUE_REACH = 160  # characters before an expression in which a sign of the future counts


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression and what it comes to.

    Attributes:
        text, start, end: the surface and its half-open span in code points of the raw text.
        from_, to: local, half-open, ``YYYY-MM-DDTHH:MM``, with ``+HH:MM`` only where the text states a zone.
            Either is None where unknown; both are where the expression needs a date that nobody gave.
        granularity: how fine they are; None for what has no measure (مؤخرا).
        method: ``explicit`` (the words say it all), ``relative`` (to the publication date) or ``discourse``
            (to a date said before); also told of what stays unresolved.
        value: ISO 8601 date, date-time, month, year, or ``a/b`` with both ends included; None where unknown.
        rule: name of the row of knowledge that found it; ``rules`` are all rows that took part.
        relation: ``in`` the time; or what a preposition makes of it: ``since`` منذ, ``until`` حتى, ``before`` قبل,
            ``after`` بعد, ``by`` بحلول.
        kind: ``time``; or ``duration`` (لمدة ثلاثة أيام) and ``set`` (كل جمعة), which have no place on the calendar.
        inferred: which of ``year``, ``month``, ``day`` the words leave out and the context gave.
    """

    text: str
    start: int
    end: int
    from_: str | None
    to: str | None
    granularity: Granularity | None
    method: Method
    value: str | None
    rule: str
    rules: tuple[str, ...]
    relation: Relation
    kind: Kind
    inferred: tuple[str, ...]


@lru_cache(maxsize=1)
def _tables() -> tuple[Tables, frozenset[str]]:
    """Hours, seasons, portions, and the words that announce the future."""
    known = load_time()
    cues = next(v for v in known.vocabularies if v.name == "future_cue")
    tables = Tables(
        {h.name: h for h in known.hours},
        {s.name: s for s in known.seasons},
        {p.name: p for p in known.portions},
    )
    return tables, frozenset(key(word) for _, words in cues.forms for word in words)


def parse_times(
    text: str, anchor: date | datetime | None = None, *, focus: date | datetime | None = None
) -> list[TimeExpression]:
    """Every time expression of a text, from left to right, the longest at each place, without overlap.

    Args:
        text: raw text, in any spelling; the time taken is linear in its length.
        anchor: the publication date. Without it relative expressions (أمس) come back with their span and no value.
            A ``datetime`` makes «قبل ساعتين» exact; its zone is ignored.
        focus: a date that the text before ``text`` has said, for discourse expressions (في اليوم نفسه).

    Returns:
        The expressions. Prepositions that mean something (خلال، بحلول، بين، منذ، حتى، قبل) stand in the span,
        «في» and the clitics و ف ب ل ك do not.
    """
    normal = normalize(text)
    scan = Scan(fold_text(normal.text), grammar())
    tables, cues = _tables()
    context = Context(_moment(anchor), isinstance(anchor, datetime), _seed(focus), tables, OPERATIONS)
    found: list[TimeExpression] = []
    done = seen = 0
    for start in scan.starts():
        if start < done:
            continue
        for end, match in scan.candidates(start):
            if match.row.value["op"] == "block":
                done = end
                break
            if scan.text.find("\n", seen, match.start) >= 0:
                context = replace(context, focus=replace(context.focus, year_near=False))
            seen = match.start
            ahead = _looks_ahead(scan.text, match.start, cues)
            joined = not _SENTENCE_END.search(scan.text, done, match.start)
            resolved = replace(context, side="future" if ahead else "", joined=joined).resolve(match)
            if resolved is None:
                continue
            if match.row.value["op"] != "now":  # «حاليا» is no day that a story goes on from
                context = replace(context, focus=moved(context.focus, resolved))
            found.append(_expression(text, normal.alignment.to_raw(match.start, end), match, resolved))
            done = end
            break
    return found


def _moment(anchor: date | datetime | None) -> datetime | None:
    if anchor is None or not 1000 <= anchor.year <= 9000:
        return None  # beyond that no calendar and no arithmetic holds
    if isinstance(anchor, datetime):
        return datetime.combine(anchor.date(), anchor.time())
    return datetime.combine(anchor, time())


def _seed(focus: date | datetime | None) -> Focus:
    moment = _moment(focus)
    if moment is None:
        return Focus()
    return moved(Focus(), whole(midnight(moment), "day", "explicit", year_stated=True))


def _looks_ahead(text: str, start: int, cues: frozenset[str]) -> bool:
    """Whether a sign of the future (سوف، المقرر، ستعقد) stands before ``start`` in its sentence."""
    window = text[max(0, start - _CUE_REACH) : start]
    window = window[max((m.end() for m in _SENTENCE_END.finditer(window)), default=0) :]
    return any(word in cues or (word[0] in "وف" and word[1:] in cues) for word in _WORDS.findall(window))


def _expression(text: str, span: tuple[int, int], match: Match, resolved: Resolved) -> TimeExpression:
    start, end = span
    suffix = resolved.offset or ""
    return TimeExpression(
        text=text[start:end],
        start=start,
        end=end,
        from_=stamp(resolved.start) + suffix if resolved.start else None,
        to=stamp(resolved.end) + suffix if resolved.end else None,
        granularity=resolved.granularity,
        method=resolved.method,
        value=resolved.value,
        rule=match.row.name,
        rules=tuple(dict.fromkeys(match.rows())),
        relation=resolved.relation,
        kind=resolved.kind,
        inferred=resolved.inferred,
    )

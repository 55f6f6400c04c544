"""An evaluation for the terminal: the tables, and the errors with their sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd
from rich.table import Table

from pipeline.evaluation.counts import Outcome, Pair
from pipeline.evaluation.report import Report
from pipeline.evaluation.sentences import excerpt
from pipeline.records import EventRecord

_ROWS = ("event", "actors", "targets", "places", "time", "attribution")


def number(value: float) -> str:
    """A figure with three decimals; a dash where it is undefined."""
    return "–" if math.isnan(value) else f"{value:.3f}"


def score_table(report: Report) -> Table:
    """Precision, recall and F1 with its interval, and the accuracies in the column of F1."""
    table = Table(title="Scores", title_justify="left")
    table.add_column("")
    for name in ("gold", "found", "right", "P", "R", "F1 or accuracy", "95 % interval"):
        table.add_column(name, justify="right")
    scores = report.scores
    for name in _ROWS:
        row = scores.loc[f"{name}.f1"]
        figures = [number(scores.loc[f"{name}.{part}", "value"]) for part in ("precision", "recall", "f1")]
        table.add_row(name, *_counts(row), *figures, interval(row))
    for measure in ("type.accuracy", "mode.accuracy", "assertion.accuracy", "assertion.macro_f1"):
        row = scores.loc[measure]
        table.add_row(
            measure.replace(".", " ").replace("_f1", " F1"),
            *_counts(row),
            "",
            "",
            number(row["value"]),
            interval(row),
        )
    return table


def frame_table(title: str, frame: pd.DataFrame) -> Table:
    """A table of counts and figures."""
    table = Table(title=title, title_justify="left")
    table.add_column(str(frame.index.name), overflow="fold")
    for column in frame.columns:
        table.add_column(str(column), justify="right")
    for name, row in zip(frame.index, frame.itertuples(index=False), strict=True):
        table.add_row(str(name), *(number(v) if isinstance(v, float) else str(v) for v in row))
    return table


def _counts(row: pd.Series) -> list[str]:
    return [str(int(row[part])) for part in ("gold", "found", "hit")]


def interval(row: pd.Series) -> str:
    """The 95 % interval of a measure; empty where there is none."""
    return "" if math.isnan(row["low"]) else f"{row['low']:.3f}–{row['high']:.3f}"


def error_lines(report: Report) -> Iterator[str]:
    """Misses, false alarms and wrong slots of every article, each with its sentence, in reading order."""
    for outcome in report.outcomes:
        rows = sorted(_article_errors(outcome), key=lambda row: (row[0], row[1]))
        if rows:
            yield f"== {outcome.case.article_id}: {len(rows)} to look at"
        for _, kind, lines in rows:
            yield ""
            yield f"{kind}: {lines[0]}"
            yield from (f"    {line}" for line in lines[1:])
        if rows:
            yield ""


def _article_errors(outcome: Outcome) -> Iterator[tuple[int, str, list[str]]]:
    text = outcome.case.text
    for event in outcome.misses:
        trigger = event.trigger
        yield (
            trigger.start,
            "miss",
            [f"{event.mode} «{trigger.text}»", excerpt(text, trigger.start, trigger.end)],
        )
    for record in outcome.false_alarms:
        trigger_ref = record.trigger
        yield (
            trigger_ref.start,
            "false alarm",
            [_named(record), excerpt(text, trigger_ref.start, trigger_ref.end)],
        )
    for pair in outcome.pairs:
        if pair.errors:
            yield pair.event.trigger.start, "slots", _pair_lines(pair, text)


def _named(record: EventRecord) -> str:
    return f"{record.mode} «{record.trigger.text}» {record.id}"


def _pair_lines(pair: Pair, text: str) -> list[str]:
    lines = [f"{pair.event.mode} «{pair.event.trigger.text}» {pair.record.id}"]
    lines.append(excerpt(text, pair.event.trigger.start, pair.event.trigger.end))
    for error in pair.errors:
        missed = " | ".join(error.missed) or "–"
        wrong = " | ".join(error.wrong) or "–"
        lines.append(f"{error.slot}: gold {missed}; found {wrong}")
    return lines

"""The result of the bench for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.bench.stages import STAGES

_MB = 2**20


def show(result: Mapping[str, Any], console: Console | None = None) -> None:
    """Prints the tables, on stdout unless a console is given."""
    out = console or Console(highlight=False)
    machine = result["machine"]
    load = ", ".join(f"{name} {machine[f'load_{name}'][0]:.1f}" for name in ("before", "after"))
    out.print(f"waqai {result['waqai']} · {machine['processor']}, {machine['cores']} cores · load {load}")
    text = result["text"]
    how = "sentences recombined" if text["recombined"] else "articles as they are"
    out.print(f"text: {', '.join(text['inputs'])} ({how})\n")
    for table in (_subjects(result), _stages(result), _lengths(result), _startup(result), _workers(result)):
        if table is not None:
            out.print(table)
            out.print()
    out.print(_targets(result))
    for note in NOTES:
        out.print(f"· {note}")


#: What has to be known to read the figures.
NOTES = (
    "a core: words for a second of processor time; a busy machine hardly changes it. Wall: as the clock has it.",
    "Engines of ours go from a dump to all output files; Stanza and spaCy go from text to Doc in memory.",
    "Stanza: the networks of its default Arabic package in the published sizes, untrained but for tokenize and mwt; "
    "time does not depend on what weights have learnt (docs/bench.md has the exceptions, all in its favour).",
    "Memory of Stanza: its tables of word vectors are cut to 20,000 rows.",
)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for n, column in enumerate(columns):
        table.add_column(column, justify="left" if n == 0 else "right")
    return table


def _subjects(result: Mapping[str, Any]) -> Table:
    table = _table(
        "End to end, medians",
        "", "words/s a core", "lowest–highest", "wall", "× Stanza", "peak MB", "s to load",
    )  # fmt: skip
    for name, s in result["subjects"].items():
        table.add_row(
            name,
            f"{s['words_per_second']:,.0f}",
            f"{s['lowest']:,.0f}–{s['highest']:,.0f}",
            f"{s['words_per_second_wall']:,.0f}",
            f"{s['times_stanza']:.1f}" if "times_stanza" in s else "",
            f"{s['peak_memory'] / _MB:,.0f}",
            f"{s['loading']['cpu']:.1f}",
        )
    return table


def _stages(result: Mapping[str, Any]) -> Table:
    engines = list(result["stages"])
    table = _table("Stages", "", *(column for e in engines for column in (e, "words/s")))
    for stage in STAGES:
        row: list[str] = []
        for engine in engines:
            work = result["stages"][engine]
            share = work["facts"]["stages"][stage]
            row.append(f"{share:.1%}")
            row.append(f"{work['words'] / (share * work['cpu']):,.0f}" if share else "")
        table.add_row(stage, *row)
    return table


def _lengths(result: Mapping[str, Any]) -> Table:
    engines = list(result["lengths"])
    table = _table("Words/s a core by the length of the article", "words", *engines)
    for rows in zip(*result["lengths"].values(), strict=True):
        cells = (f"{r['words_per_second']:,.0f}" if "words_per_second" in r else r["skipped"] for r in rows)
        table.add_row(f"{rows[0]['words']:,}", *cells)
    return table


def _startup(result: Mapping[str, Any]) -> Table:
    table = _table("Start-up, seconds, medians", "", "processor", "wall")
    for name, each in result["startup"].items():
        table.add_row(name, f"{each['cpu']:.2f}", f"{each['wall']:.2f}")
    return table


def _workers(result: Mapping[str, Any]) -> Table | None:
    if not result["workers"]:
        return None
    table = _table("Workers, medians", "", "workers", "words/s, wall", "× one", "peak MB of a process")
    for engine, rows in result["workers"].items():
        for row in rows:
            table.add_row(
                engine,
                str(row["workers"]),
                f"{row['words_per_second_wall']:,.0f}",
                f"{row['gain']:.2f}",
                f"{row['peak_memory'] / _MB:,.0f}",
            )
    return table


def _targets(result: Mapping[str, Any]) -> Table:
    table = _table("Targets", "", "wanted", "measured", "")
    for target in result["targets"]:
        sign = "≤" if target["at"] == "most" else "≥"
        wanted, measured = _number(target["wanted"]), _number(target["measured"])
        table.add_row(target["what"], f"{sign} {wanted}", measured, "met" if target["met"] else "missed")
    return table


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"

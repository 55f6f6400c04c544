"""An evaluation as one self-contained HTML page: gold and records side by side, right to left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from pipeline.evaluation.counts import Outcome, Pair, SlotError
from pipeline.evaluation.gold import GoldEvent
from pipeline.evaluation.report import Report
from pipeline.evaluation.sentences import excerpt_parts
from pipeline.evaluation.text import interval, number
from pipeline.records import EventRecord

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --right: #2a7d4f; --wrong: #b3361b; --soft: #8882; }
body {
  font: 16px/1.7 "Noto Naskh Arabic", "Amiri", "Geeza Pro", "Segoe UI", Tahoma, sans-serif;
  margin: 0 auto; max-width: 70rem; padding: 1rem;
}
h1, h2, table.scores, .meta, dt { font-family: system-ui, sans-serif; }
h2 { border-bottom: 2px solid var(--line); margin-top: 2.5rem; }
table.scores { border-collapse: collapse; direction: ltr; }
table.scores th, table.scores td { border-bottom: 1px solid var(--line); padding: .1rem .7rem; text-align: right; }
table.scores th:first-child { text-align: left; }
.row { border: 1px solid var(--line); border-radius: .4rem; margin: .8rem 0; overflow: hidden; }
.row > p { background: var(--soft); margin: 0; padding: .4rem .8rem; }
.row > p.meta { background: none; padding-block: 0 .2rem; }
.sides { display: grid; grid-template-columns: 1fr 1fr; }
.side { padding: .4rem .8rem; }
.side + .side { border-inline-start: 1px solid var(--line); }
.side:empty::before { color: var(--wrong); content: "–"; }
dl { display: grid; gap: 0 .8rem; grid-template-columns: max-content 1fr; margin: 0; }
dt { color: #888; direction: ltr; font-size: .8rem; }
dd { margin: 0; }
.wrong { color: var(--wrong); font-weight: bold; }
mark { background: #f5d76e; color: #000; padding: 0 .15em; }
.row.miss, .row.false-alarm, .row.slots { border-inline-start: .4rem solid var(--wrong); }
.row.right { border-inline-start: .4rem solid var(--right); }
.row.ignored { opacity: .6; }
.meta { color: #888; direction: ltr; font-size: .8rem; text-align: left; }
"""


def render_page(report: Report) -> str:
    """The page as text; it needs no other file and no network, and nothing in it is executed."""
    body = "\n".join([_scores(report), *(_article(outcome) for outcome in report.outcomes)])
    return (
        '<!doctype html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>waqai evaluate</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1 dir="ltr">waqai evaluate</h1>\n{body}\n</body>\n</html>\n'
    )


def _scores(report: Report) -> str:
    rows = "".join(
        f"<tr><th>{escape(str(name))}</th><td>{row['gold']:.0f}</td><td>{row['found']:.0f}</td><td>{row['hit']:.0f}</td>"
        f"<td>{number(row['value'])}</td><td>{interval(row)}</td></tr>"
        for name, row in report.scores.iterrows()
    )
    head = "".join(
        f"<th>{name}</th>" for name in ("measure", "gold", "found", "right", "value", "95 % interval")
    )
    note = f"{report.samples} bootstrap samples of {report.units} {report.unit}s; asserted and reported "
    note += "count as one" if report.merge_reported else "are told apart"
    table = f'<table class="scores"><tr>{head}</tr>{rows}</table>'
    return f'<div dir="ltr">{table}\n<p class="meta">{escape(note)}</p></div>'


def _article(outcome: Outcome) -> str:
    rows = [(p.event.trigger.start, _pair(outcome, p, core=True)) for p in outcome.pairs]
    rows += [(p.event.trigger.start, _pair(outcome, p, core=False)) for p in outcome.ignored]
    rows += [(e.trigger.start, _row(outcome, "miss", e, None, ())) for e in outcome.misses]
    rows += [(r.trigger.start, _row(outcome, "false-alarm", None, r, ())) for r in outcome.false_alarms]
    legend = "gold on the right, records on the left"
    return "\n".join(
        [
            f'<h2 dir="ltr">{escape(outcome.case.article_id)}</h2>\n<p class="meta">{legend}</p>',
            *(html for _, html in sorted(rows)),
        ]
    )


def _pair(outcome: Outcome, pair: Pair, *, core: bool) -> str:
    kind = ("slots" if pair.errors else "right") if core else "ignored"
    return _row(outcome, kind, pair.event, pair.record, pair.errors)


def _row(
    outcome: Outcome,
    kind: str,
    event: GoldEvent | None,
    record: EventRecord | None,
    errors: Sequence[SlotError],
) -> str:
    trigger = event.trigger if event is not None else record.trigger if record is not None else None
    if trigger is None:
        raise ValueError("a row shows a gold event, a record or both")
    before, inside, after = excerpt_parts(outcome.case.text, trigger.start, trigger.end)
    sentence = f"{escape(before)}<mark>{escape(inside)}</mark>{escape(after)}"
    gold = _side(_gold_slots(event), {e.slot: e.missed for e in errors}) if event is not None else ""
    found = _side(_record_slots(record), {e.slot: e.wrong for e in errors}) if record is not None else ""
    return (
        f'<section class="row {kind}">\n<p dir="auto">{sentence}</p>\n<div class="sides">'
        f'<div class="side">{gold}</div>\n<div class="side">{found}</div></div>\n'
        f'<p class="meta">{kind.replace("-", " ")}{" " + escape(record.id) if record is not None else ""}</p></section>'
    )


def _gold_slots(event: GoldEvent) -> Iterator[tuple[str, Sequence[str]]]:
    yield "trigger", [event.trigger.text]
    yield "mode", [event.mode]
    yield "actors", [s.text for s in event.actors]
    yield "targets", [s.text for s in event.targets]
    yield "places", [s.text for s in event.places]
    yield "time", [s for s in (event.iso, event.time.text if event.time else None) if s]
    yield "assertion", [event.assertion]
    yield "attribution", [event.attributed_to.text] if event.attributed_to else []


def _record_slots(record: EventRecord) -> Iterator[tuple[str, Sequence[str]]]:
    yield "trigger", [record.trigger.text]
    yield "mode", [record.mode]
    yield "actors", [s.text for s in record.actors]
    yield "targets", [s.text for s in record.targets]
    yield "places", [s.text for s in record.places]
    yield "time", [s for s in (record.time, record.when.text if record.when else None) if s]
    yield "assertion", [record.assertion]
    yield "attribution", [record.attribution.text] if record.attribution else []


def _side(slots: Iterator[tuple[str, Sequence[str]]], wrong: dict[str, tuple[str, ...]]) -> str:
    cells = []
    for name, values in slots:
        bad = wrong.get(name, ())
        marked = "، ".join(f"<bdi{' class=wrong' if v in bad else ''}>{escape(v)}</bdi>" for v in values)
        cells.append(f"<dt>{name}</dt><dd>{marked or '–'}</dd>")
    return f"<dl>{''.join(cells)}</dl>"

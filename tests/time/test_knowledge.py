"""The time knowledge that ships is sound, and what is unsound is refused with all its faults at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.knowledge.load import data_path
from pipeline.knowledge.time import check, load_time, read_time
from pipeline.knowledge.time_patterns import Group, Mark, Slot, Word, parse_pattern
from pipeline.resolve.time import OPERATIONS, parse_times
from pipeline.resolve.time_grammar import grammar

GOOD = """
rows:
  - name: good
    kind: dated
    pattern: '{day} الجاري'
    value: {op: month_day, by: "0"}
    examples: [{text: "في 7 الجاري", span: "7 الجاري", value: null, method: relative}]
vocabularies:
  - {name: day, note: none, forms: {"7": ["سبعة"]}}
"""


def _faults(tmp_path: Path, text: str) -> str:
    (tmp_path / "rows.yaml").write_text(text, encoding="utf-8")
    return "\n".join(str(f) for f in read_time(tmp_path)[1])


def test_what_ships_has_no_fault() -> None:
    assert check() == []


def test_a_sound_row_has_no_fault(tmp_path: Path) -> None:
    assert _faults(tmp_path, GOOD) == ""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    examples: [{", "    negatives: [{", "negatives"),
        (
            '    examples: [{text: "في 7 الجاري", span: "7 الجاري", value: null, method: relative}]',
            "",
            "needs an example",
        ),
        ("kind: dated", "kind: dated\n    colour: red", "Extra inputs"),
        ("op: month_day", "op: moonphase", "moonphase"),
        ('by: "0"', 'day: "3", unit: week', "no use for unit"),
        ("{day} الجاري", "{day الجاري", "slot"),
        ("{day} الجاري", "[{day} الجاري", "not closed"),
        ("{day} الجاري", "{day}) الجاري", "closes nothing"),
        ("{day} الجاري", "{day:days} الجاري", "nothing is called «days»"),
        ('span: "7 الجاري"', 'span: "8 الجاري"', "is not in the text"),
        ('{"7": ["سبعة"]}', '{"7": ["سبعة"], "8": ["سبعه"]}', "has the values 7 and 8"),
        ("name: day, note", "name: night, note", "nothing is called «day»"),
        ("kind: dated", "kind: dated\n    alone: perhaps", "alone"),
    ],
)
def test_a_fault_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    assert message in _faults(tmp_path, GOOD.replace(old, new))


def test_all_faults_come_at_once_with_their_lines(tmp_path: Path) -> None:
    row = GOOD.split("vocabularies:")[0].split("rows:\n")[1]
    text = GOOD.replace("op: month_day", "op: moonphase") + "rows2: []\n"
    assert "nothing else" in _faults(tmp_path, text)
    twice = GOOD.replace(
        "vocabularies:", row + row.replace("kind: dated", "kind: 5x\n    x: y") + "vocabularies:"
    )
    found = _faults(tmp_path, twice)
    assert "time/rows.yaml:8: the name «good» stands twice" in found
    assert "time/rows.yaml:13" in found


def test_a_kind_that_begins_with_itself_is_refused(tmp_path: Path) -> None:
    loop = GOOD.replace("kind: dated\n", "kind: loop\n").replace(
        "'{day} الجاري'", "'[{any:loop}] {day} الجاري'"
    )
    assert "may begin with itself" in _faults(tmp_path, loop)


def test_an_unused_vocabulary_is_told(tmp_path: Path) -> None:
    assert "no row uses" in _faults(tmp_path, GOOD + '  - {name: idle, note: none, forms: {"1": ["كسول"]}}\n')


def test_every_operation_of_the_rows_is_implemented() -> None:
    used = {row.value["op"] for row in load_time().rows}
    assert used - set(OPERATIONS) == {"block", "month_name", "time_of_day", "duration", "zone"}
    assert set(OPERATIONS) <= used


def test_hours_seasons_and_portions_cover_their_vocabularies() -> None:
    known = load_time()
    values = {v.name: {value for value, _ in v.forms} for v in known.vocabularies}
    hours = {h.name for h in known.hours}
    assert values["part"] | values["part_the"] | values["part_adverb"] | values["part_sign"] <= hours
    assert values["season"] | values["season_the"] <= {s.name for s in known.seasons}
    assert values["portion"] | values["portion_of"] <= {p.name for p in known.portions}


def test_the_pattern_language() -> None:
    assert parse_pattern(r"أمس [{weekday:wd}] \( و{b:day|moment}") == (
        Word("امس"),
        Group(((Slot("weekday", ("wd",)),),), optional=True),
        Mark("("),
        Slot("b", ("day", "moment"), "و"),
    )


@pytest.mark.parametrize("number", [str(n) for n in range(1, 13)])
def test_every_spelling_of_a_month_is_read(number: str) -> None:
    forms = dict(next(v for v in load_time().vocabularies if v.name == "month").forms)[number]
    for form in forms:
        found = parse_times(f"سقطت البلدة في 5 {form} 2019 بعد حصار")
        assert [(e.text, e.value) for e in found] == [(f"5 {form} 2019", f"2019-{int(number):02}-05")], form


def test_every_spelling_of_a_hijri_month_is_read() -> None:
    for number, forms in next(v for v in load_time().vocabularies if v.name == "hmonth").forms:
        for form in forms:
            found = parse_times(f"انطلقت القافلة في 5 {form} 1440هـ من الميناء")
            assert [e.text for e in found] == [f"5 {form} 1440هـ"], form
            assert found[0].value is not None, (number, form)


def test_the_data_names_no_file_but_yaml() -> None:
    assert {p.suffix for p in data_path("time").iterdir()} == {".yaml"}


def test_the_grammar_is_compiled_once() -> None:
    assert grammar() is grammar()

"""The actor tables: size, faults told together with file and line, forms made by rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.knowledge import actors as knowledge
from pipeline.knowledge import facilities
from pipeline.knowledge.actors import NisbaRow, RoleRow, load_actors, load_nisba, load_roles
from pipeline.knowledge.load import KnowledgeError, data_path
from pipeline.resolve.actor_forms import nisba_forms, role_forms

ARAB = frozenset(
    ("SYR", "LBN", "JOR", "PSE", "IRQ", "KWT", "SAU", "BHR", "QAT", "ARE", "OMN", "YEM", "EGY", "SDN", "LBY", "TUN",
     "DZA", "MAR", "MRT", "SOM", "DJI")
)  # fmt: skip


def test_there_is_enough() -> None:
    assert len({row.id for row in load_actors()}) >= 400
    assert len(load_roles()) >= 300
    assert len([row for row in load_nisba() if row.kind == "country"]) >= 120
    assert {row.country for row in load_nisba() if row.kind == "country"} >= {*ARAB, "COM"}
    assert {row.country for row in load_actors()} >= ARAB


def test_every_row_says_why() -> None:
    assert all(row.note for table in (load_actors(), load_roles(), load_nisba()) for row in table)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data where faults may be put."""
    for name in ("actors.tsv", "roles.tsv", "nisba.tsv", "facilities.yaml", "units.yaml"):
        (tmp_path / name).write_bytes(data_path(name).read_bytes())
    for module in (knowledge, facilities):
        monkeypatch.setattr(module, "data_path", lambda *parts: tmp_path.joinpath(*parts))
    for load in (load_actors, load_roles, load_nisba, facilities.load_facilities, facilities.load_units):
        load.cache_clear()
    yield tmp_path
    for load in (load_actors, load_roles, load_nisba, facilities.load_facilities, facilities.load_units):
        load.cache_clear()


def add(path: Path, **cells: str) -> int:
    """Appends a row; returns its line."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    header = next(line for line in lines if not line.startswith("#")).split("\t")
    assert set(cells) <= set(header)
    lines.append("\t".join(cells.get(name, "") for name in header))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


GOOD = {
    "id": "new-party", "name_ar": "حزب الغد الجديد", "name_en": "New Tomorrow", "label": "party", "country": "EGY",
    "role": "PTY", "gender": "m", "note": "invented",
}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"label": "gang"}, "label"),
        ({"role": "ABC"}, "role"),
        ({"country": "Egypt"}, "country"),
        ({"country": "QQQ"}, "nisba.tsv has no country QQQ"),
        ({"gender": ""}, "gender"),
        ({"note": ""}, "note"),
        ({"id": "New Party"}, "id"),
        ({"name_ar": "حِزب"}, "without diacritics"),
        ({"years": "soon"}, "is no year"),
        ({"years": "2019-2011"}, "ends before it begins"),
        ({"id": "hezbollah", "name_ar": "حزب الله"}, "its years overlap"),
        ({"id": "hezbollah"}, "is called حزب الله"),
        ({"aliases": "حركة فتح", "country": "PSE"}, "is also fatah"),
        ({"short": "حزب الغد الجديد"}, "both a full name and a short form"),
        ({"aliases": "حزب الغد الجديد"}, "a name stands twice"),
    ],
)
def test_faults_of_an_actor(folder: Path, cells: dict[str, str], message: str) -> None:
    line = add(folder / "actors.tsv", **(GOOD | cells))
    with pytest.raises(KnowledgeError) as told:
        load_actors()
    assert any(fault.line == line and message in fault.message for fault in told.value.faults), told.value
    assert all(fault.file.endswith("actors.tsv") for fault in told.value.faults)


def test_a_good_row_and_terms_of_one_actor_load(folder: Path) -> None:
    add(folder / "actors.tsv", **GOOD, years="2011-2013.06,2014")
    add(folder / "actors.tsv", **(GOOD | {"role": "OPP"}), years="2013.07-2013")
    rows = [row for row in load_actors() if row.id == "new-party"]
    assert rows[0].years == ((201101, 201306), (201401, 201412))
    assert [row.role for row in rows if row.holds(201309)] == ["OPP"]
    assert [row.role for row in rows if row.holds(201502)] == []


def test_all_faults_are_told_at_once(folder: Path) -> None:
    first = add(folder / "actors.tsv", **(GOOD | {"label": "gang"}))
    second = add(folder / "actors.tsv", **(GOOD | {"id": "b", "role": "XXX"}))
    with pytest.raises(KnowledgeError) as told:
        load_actors()
    assert [fault.line for fault in told.value.faults] == [first, second]


NOUN = {"lemma": "حداد", "gender": "m", "human": "yes", "kind": "own", "label": "civilians"}


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (NOUN | {"lemma": "جيش"}, "stands already on line"),
        (NOUN | {"lemma": "حدّاد"}, "without diacritics"),
        ({"lemma": "حداد", "kind": "own"}, "a noun needs"),
        ({"lemma": "حداد", "kind": "mod"}, "an adjective needs"),
        ({"lemma": "حداد", "kind": "cut", "gender": "m"}, "belong to nouns"),
        (NOUN | {"kind": "arms"}, "role of its own"),
    ],
)
def test_faults_of_a_role(folder: Path, cells: dict[str, str], message: str) -> None:
    line = add(folder / "roles.tsv", **cells, note="invented")
    with pytest.raises(KnowledgeError) as told:
        load_roles()
    assert any(fault.line == line and message in fault.message for fault in told.value.faults), told.value


LAND = {"country": "QQQ", "name": "بلد", "gender": "f", "kind": "country"}


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (LAND | {"country": "SYR"}, "the country SYR stands already"),
        (LAND | {"adjective": "سوري"}, "the adjective سوري"),
        (LAND | {"capital": "دمشق"}, "the capital دمشق"),
        (LAND | {"country": ""}, "have a country code"),
        ({"name": "قوم", "capital": "مدينة", "gender": "p", "kind": "group"}, "only countries have capitals"),
    ],
)
def test_faults_of_a_nationality(folder: Path, cells: dict[str, str], message: str) -> None:
    line = add(folder / "nisba.tsv", **cells, note="invented")
    with pytest.raises(KnowledgeError) as told:
        load_nisba()
    assert any(fault.line == line and message in fault.message for fault in told.value.faults), told.value


def test_faults_of_a_pattern(folder: Path) -> None:
    path = folder / "units.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('span: "الكتيبة 137"', 'span: "الكتيبة 999"').replace("[جيش, الجيش]", "[جيش, فرقة]")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as told:
        facilities.load_units()
    messages = [str(fault) for fault in told.value.faults]
    assert any("must stand once in" in m and m.split(":")[1] != "0" for m in messages)
    assert any("the head فرقة stands already in division" in m for m in messages)


def test_forms_of_a_role() -> None:
    row = RoleRow.model_validate(NOUN | {"lemma": "مسلح", "plural": "+ون", "note": "x"})
    forms = {word: form.form for word, form in role_forms(row)}
    assert {"مسلح", "مسلحا", "مسلحان", "مسلحين", "مسلحون", "مسلحو", "مسلحي"} == set(forms)
    assert forms["مسلحين"].nominative == "مسلحون"
    assert forms["مسلحا"].plural == "مسلحون"


def test_forms_of_a_nationality() -> None:
    row = NisbaRow.model_validate(LAND | {"adjective": "سوري", "note": "x"})
    forms = {word for word, _ in nisba_forms(row)}
    assert {"سوري", "سورية", "سوريان", "سوريين", "سوريتان", "سوريتين", "سوريون", "سوريات", "سوريو"} <= forms
    korea = NisbaRow.model_validate(LAND | {"adjective": "كوري جنوبي", "note": "x"})
    assert {"كوري جنوبي", "كورية جنوبية", "كوريون جنوبيون"} <= {word for word, _ in nisba_forms(korea)}

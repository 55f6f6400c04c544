"""Each way in which knowledge can be wrong: a broken file each, with the file, line and message it must give."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.checks import static_faults
from pipeline.knowledge import load
from pipeline.knowledge.actors import load_actors, load_nisba, load_roles
from pipeline.knowledge.assertion import load_cues
from pipeline.knowledge.events import load_light_verbs, read_events
from pipeline.knowledge.load import KnowledgeError
from pipeline.knowledge.places import load_places
from pipeline.knowledge.time import read_time
from pipeline.knowledge.words import load_words

FIXTURES = Path(__file__).parent / "fixtures"
SHIPPED = load.DATA

#: Fixture → line and a piece of the message; the file stands for the whole of its family.
EVENTS = {
    "unknown-key.yaml": (11, "triggers.0.passiv: Extra inputs are not permitted"),
    "missing-example.yaml": (8, "triggers.0.examples: Field required"),
    "empty-examples.yaml": (11, "triggers.0.examples: Tuple should have at least 1 item"),
    "unknown-slot.yaml": (
        6,
        "object: 'victim' is no slot (actor, target, target:deed, place, place:from, place:to, place:near, -)",
    ),
    "unknown-position.yaml": (
        6,
        "'objekt' is no position: one of subject, object, genitive, owner, adjective, self or a",
    ),
    "verb-without-root.yaml": (8, "a verb needs its root and pattern"),
    "verb-and-noun.yaml": (8, "a trigger is either a verb or a noun"),
    "root-of-a-noun.yaml": (8, "root, pattern and masdar belong to verbs"),
    "unknown-class.yaml": (11, "unknown classes ['building']: of actor, place, human"),
    "needs-of-nothing.yaml": (11, "'tarqet' is neither a slot (actor, target, place) nor a position"),
    "key-twice.yaml": (10, "the key 'root' stands twice"),
    "not-yaml.yaml": (11, "not valid YAML: "),
    "empty.yaml": (0, "the file is empty"),
    "not-utf8.yaml": (0, "cannot be read: 'utf-8' codec can't decode"),
}
#: What shows only when the entries are put together.
TOGETHER = {
    "entry-twice.yaml": (13, "رمم stands twice in own: also events/entry-twice.yaml:8"),
    "collision.yaml": (17, "other/ترميم and own/رمم (events/collision.yaml:8) share ترميم"),
    "no-such-pattern.yaml": (8, "رمم: رمم on فعلوت cannot be conjugated: "),
    "wrong-root.yaml": (8, "رمم: رسم on فعّل gives رَسَّمَ"),
}
#: Fixture → the file it takes the place of, line, a piece of the message.
LISTS = {
    "word-class.yaml": ("words.yaml", 1, "near: the example shows none of its words"),
    "light-verb-position.yaml": (
        "light_verbs.yaml",
        2,
        "'objekt' is no position: subject, object or a preposition",
    ),
    "cue-of-two-kinds.yaml": ("assertion.yaml", 1, "a cue is exactly one of verb, noun, word, prep"),
    "actors-too-many-cells.tsv": ("actors.tsv", 3, "13 cells where the header has 12"),
    "actors-missing-column.tsv": ("actors.tsv", 2, "the column 'label' is missing"),
    "actors-unknown-column.tsv": ("actors.tsv", 2, "'colour' is no column of this table"),
    "actors-column-twice.tsv": ("actors.tsv", 2, "the column 'label' stands twice"),
    "actors-bad-label.tsv": ("actors.tsv", 4, "label: Input should be 'state', 'armed forces'"),
    "actors-bad-years.tsv": ("actors.tsv", 3, "'2020-2019' ends before it begins"),
    "actors-diacritics.tsv": ("actors.tsv", 3, "names are written in plain Arabic letters"),
    "actors-no-note.tsv": ("actors.tsv", 3, "note: Input should be a valid string"),
    "actors-name-of-two.tsv": (
        "actors.tsv",
        4,
        "own-other: نقابة البنائين is also own-union on line 3, and nothing",
    ),
    "actors-unknown-country.tsv": ("actors.tsv", 3, "own-union: nisba.tsv has no country ZZZ"),
    "actors-empty.tsv": ("actors.tsv", 0, "the file is empty"),
    "places-too-many-cells.tsv": ("places.tsv", 3, "13 cells where the header has 11"),
    "places-missing-column.tsv": ("places.tsv", 2, "the column 'kind' is missing"),
    "places-bad-value.tsv": ("places.tsv", 3, "lat: Input should be less than or equal to 90"),
    "places-half-a-point.tsv": ("places.tsv", 3, "latitude and longitude go together"),
    "places-unknown-admin1.tsv": ("places.tsv", 3, "بحر الرمال: IRQ has no admin1 row called 'Ninive'"),
    "places-twice.tsv": ("places.tsv", 4, "بحر الرمال: stands already on line 3"),
    "roles-too-many-cells.tsv": ("roles.tsv", 3, "12 cells where the header has 11"),
    "roles-missing-column.tsv": ("roles.tsv", 2, "the column 'kind' is missing"),
    "roles-bad-value.tsv": ("roles.tsv", 3, "human: Input should be 'yes', 'no' or 'thing'"),
    "roles-noun-without-gender.tsv": ("roles.tsv", 3, "a noun needs gender, human and label"),
    "roles-twice.tsv": ("roles.tsv", 4, "بناء: stands already on line 3"),
    "nisba-too-many-cells.tsv": ("nisba.tsv", 3, "13 cells where the header has 12"),
    "nisba-missing-column.tsv": ("nisba.tsv", 2, "the column 'gender' is missing"),
    "nisba-bad-value.tsv": ("nisba.tsv", 3, "country: String should match pattern"),
    "nisba-country-without-code.tsv": ("nisba.tsv", 3, "countries and cities have a country code"),
    "nisba-twice.tsv": ("nisba.tsv", 4, "لبنان: the adjective سوري stands already on line 3"),
}
LOADERS: dict[str, Callable[[], object]] = {
    "words.yaml": load_words, "light_verbs.yaml": load_light_verbs, "assertion.yaml": load_cues,
    "actors.tsv": load_actors, "places.tsv": load_places, "roles.tsv": load_roles, "nisba.tsv": load_nisba,
}  # fmt: skip
TIMES = {
    "time-bad-pattern.yaml": (2, "the bracket ( is not closed"),
    "time-unknown-kind.yaml": (2, "nothing is called «yaer»"),
    "time-no-example.yaml": (2, "a row needs an example"),
    "time-unknown-operation.yaml": (2, "value.op is «dat», not one of "),
    "time-span-elsewhere.yaml": (2, "the span «عيد العمل» is not in the text"),
}
OTHERS = {"good.yaml", "mode-twice-other.yaml", "light-verbs-tail.yaml", "cues-tail.yaml"}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty knowledge folder in the place of the shipped one."""
    load_nisba()  # from the shipped folder: actors are checked against it, and it stays cached
    (tmp_path / "events").mkdir()
    monkeypatch.setattr(load, "DATA", tmp_path)
    return tmp_path


def test_every_broken_file_has_its_test() -> None:
    assert {p.name for p in FIXTURES.iterdir()} == {*EVENTS, *TOGETHER, *LISTS, *TIMES} | OTHERS


def test_the_file_that_the_broken_ones_are_made_from_is_good(data: Path) -> None:
    shutil.copy(FIXTURES / "good.yaml", data / "events")
    triggers, faults = read_events()
    assert faults == []
    assert [(t.rule, t.file, t.line) for t in triggers] == [("own/رمم", "events/good.yaml", 8)]


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_file_is_refused(name: str, data: Path) -> None:
    line, message = EVENTS[name]
    shutil.copy(FIXTURES / name, data / "events")
    (fault,) = read_events()[1]
    assert (fault.file, fault.line) == (f"events/{name}", line)
    assert message in fault.message


def test_a_mode_in_two_files_is_refused(data: Path) -> None:
    for name in ("good.yaml", "mode-twice-other.yaml"):
        shutil.copy(FIXTURES / name, data / "events")
    (fault,) = read_events()[1]
    assert str(fault) == "events/mode-twice-other.yaml:3: the mode 'own' stands in events/good.yaml:3 too"


@pytest.mark.parametrize("name", TOGETHER)
def test_entries_that_do_not_go_together_are_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, message = TOGETHER[name]
    # All other knowledge as shipped: what the loaders cache on the way is the same.
    folder = tmp_path / "data"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("events"))
    (folder / "events").mkdir()
    shutil.copy(FIXTURES / name, folder / "events")
    monkeypatch.setattr(load, "DATA", folder)
    found = [f for f in static_faults() if f.file == f"events/{name}"]
    assert [f.line for f in found] == [line]
    assert message in found[0].message


@pytest.mark.parametrize("name", LISTS)
def test_a_list_or_table_is_refused(name: str, data: Path) -> None:
    file, line, message = LISTS[name]
    shutil.copy(FIXTURES / name, data / file)
    uncached: Callable[[], object] = LOADERS[file].__wrapped__  # type: ignore[attr-defined]
    with pytest.raises(KnowledgeError) as refused:
        uncached()
    found = [f for f in refused.value.faults if message in f.message]
    assert {(f.file, f.line) for f in found} == {(file, line)}
    assert len({f.line for f in refused.value.faults}) == 1


@pytest.mark.parametrize("name", TIMES)
def test_a_time_row_is_refused(name: str, tmp_path: Path) -> None:
    line, message = TIMES[name]
    shutil.copy(FIXTURES / name, tmp_path)
    found = [f for f in read_time(tmp_path)[1] if message in f.message]
    assert [(f.file, f.line) for f in found] == [(f"time/{name}", line)]


def test_a_missing_file_is_refused(data: Path) -> None:
    with pytest.raises(KnowledgeError) as refused:
        load_words.__wrapped__()
    (fault,) = refused.value.faults
    assert (fault.file, fault.line) == ("words.yaml", 0)
    assert "No such file" in fault.message


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """``waqai check`` over a copy with six broken files, in a process of its own: nothing is cached there."""
    folder = tmp_path / "data"
    shutil.copytree(SHIPPED, folder)
    shutil.copy(FIXTURES / "unknown-key.yaml", folder / "events")
    shutil.copy(FIXTURES / "verb-without-root.yaml", folder / "events")
    shutil.copy(FIXTURES / "actors-bad-label.tsv", folder / "actors.tsv")
    shutil.copy(FIXTURES / "time-bad-pattern.yaml", folder / "time" / "95_own.yaml")
    lengths = {}
    for name, tail in (("light_verbs.yaml", "light-verbs-tail.yaml"), ("assertion.yaml", "cues-tail.yaml")):
        shipped = (folder / name).read_text(encoding="utf-8")
        lengths[name] = shipped.count("\n")
        (folder / name).write_text(shipped + (FIXTURES / tail).read_text(encoding="utf-8"), encoding="utf-8")
    script = (
        "import sys; from pathlib import Path; from pipeline.knowledge import load; "
        "load.DATA = Path(sys.argv.pop()); from pipeline.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "check", "--static", str(folder)],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    told = done.stderr.splitlines()
    light, cues = lengths["light_verbs.yaml"], lengths["assertion.yaml"]
    for start in (
        "events/unknown-key.yaml:11: modes.own.triggers.0.passiv: Extra inputs",
        "events/verb-without-root.yaml:8: modes.own.triggers.0: Value error, a verb needs its root",
        "actors.tsv:4: label: Input should be 'state'",
        "time/95_own.yaml:2: Value error, the bracket ( is not closed",
        f"light_verbs.yaml:{light + 1}: شن stands already on line ",
        f"light_verbs.yaml:{light + 2}: دشن: دشن on فعلوت cannot be conjugated",
        f"assertion.yaml:{cues + 1}: لم stands already on line ",
    ):
        assert sum(line.startswith(start) for line in told) == 1, done.stderr
    assert len(told) == 7, done.stderr
    assert "check: 7 faults" in done.stdout

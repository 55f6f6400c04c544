"""``docs/knowledge.md`` followed to the letter: its blocks are put where it says, and what it promises comes out.

The page is followed in a copy of the knowledge and in a process of its own, as a linguist would run it: the loaders
cache what they read, and the other tests of this process go on with the shipped knowledge.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.knowledge import load
from pipeline.knowledge.actor_rows import ActorRow
from pipeline.knowledge.events import CLASSES, POSITIONS, load_events, read_events

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")
#: A fenced block whose info string names the file it belongs to.
BLOCK = re.compile(r"^```(?:yaml|tsv) (\S+)\n(.*?)^```$", re.M | re.S)
NEW_RULES = {"rebuild/رمم", "rebuild/إعادة إعمار", "rebuild/وضع حجر الأساس"}

#: Sentences that need what the page adds, beside the page's own examples.
SENTENCES = {
    "actor": "رممت مؤسسة الآغا خان للثقافة قلعة حلب",
    "place": "رممت البلدية مدرسة في حي الزنجيلي",
    "time": "رممت البلدية ثلاث مدارس في عيد العمال",
    "light": "دشن وزير الثقافة ترميم المكتبة الوطنية في بغداد",
    "negated": "لم يرمم الأهالي المسجد",
}

#: What a linguist does at the shell, told in Python: argv 1 the folder, argv 2 the sentences as JSON.
SCRIPT = """
import json, sys
from pathlib import Path
from pipeline.knowledge import load
load.DATA = Path(sys.argv[1])
from pipeline.checks import static_faults
from pipeline.examples import cases, run_cases
from pipeline.articles import Article
from pipeline.explain import explain
from pipeline.extraction import load_extractor
out = {"faults": [str(f) for f in static_faults()]}
if not out["faults"]:
    extractor = load_extractor()
    lexicon = extractor.reader.lexicon
    out["lexicon"] = sorted(t.rule for t in lexicon.triggers if t.mode == "rebuild")
    out["forms"] = {w: sorted({lexicon.triggers[r.trigger].rule for r in (*lexicon.verbs(w), *lexicon.nominals(w))})
                    for w in ("يرممون", "الترميم", "اعاده", "وضعت")}
    own = [c for c in cases() if c.file == "events/rebuild.yaml" or c.id.startswith("assertion/خمن")]
    problems = run_cases(extractor, own)
    out["cases"] = [{"id": c.id, "problem": problems[c.id]} for c in own]
    out["records"] = {}
    for name, text in json.loads(sys.argv[2]).items():
        records = extractor.extract(text, published="2024-05-03")
        out["records"][name] = [{"rule": r.provenance.rule, "record": r.model_dump(mode="json")} for r in records]
    article = Article(id="text", text=json.loads(sys.argv[2])["light"], published="2024-05-03")
    out["explained"] = explain(extractor, article, out["records"]["light"][0]["record"]["id"])
print(json.dumps(out))
"""


def _blocks() -> Iterator[tuple[str, str]]:
    for match in BLOCK.finditer(PAGE):
        yield match[1], match[2]


def _follow(data: Path) -> None:
    """Does what the page says: a block goes to the end of its file, which is made where there is none."""
    for name, text in _blocks():
        if not name.startswith("broken/"):
            with (data / name).open("a", encoding="utf-8") as file:
                file.write(text)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the knowledge with the page applied to it."""
    folder = tmp_path_factory.mktemp("page") / "data"
    shutil.copytree(load.DATA, folder)
    _follow(folder)
    return folder


@pytest.fixture(scope="module")
def followed(data: Path) -> dict[str, Any]:
    """What ``waqai`` makes of that copy."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(data), json.dumps(SENTENCES)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _one(followed: dict[str, Any], name: str) -> dict[str, Any]:
    found = followed["records"][name]
    assert [r["rule"] for r in found] == ["rebuild/رمم"]
    record: dict[str, Any] = found[0]["record"]
    return record


def test_the_page_shows_every_kind_of_addition() -> None:
    assert {name for name, _ in _blocks()} == {
        "events/rebuild.yaml", "light_verbs.yaml", "control.yaml", "assertion.yaml", "actors.tsv",
        "places.tsv", "time/95_named_days.yaml", "broken/rebuild.yaml",
    }  # fmt: skip


def test_the_mode_is_new() -> None:
    assert not [t.rule for t in load_events() if t.mode == "rebuild"]


def test_every_block_says_above_it_where_it_goes() -> None:
    for match in BLOCK.finditer(PAGE):
        assert PAGE[: match.start()].endswith(f"`{match[1]}`\n\n")


def test_the_page_gives_valid_knowledge(followed: dict[str, Any]) -> None:
    assert followed["faults"] == []


def test_the_new_triggers_are_in_the_lexicon(followed: dict[str, Any]) -> None:
    assert set(followed["lexicon"]) == NEW_RULES
    assert followed["forms"]["يرممون"] == ["rebuild/رمم"]
    assert followed["forms"]["الترميم"] == ["rebuild/رمم"]
    assert "rebuild/إعادة إعمار" in followed["forms"]["اعاده"]
    assert "rebuild/وضع حجر الأساس" in followed["forms"]["وضعت"]


def test_the_examples_of_the_page_come_out(followed: dict[str, Any]) -> None:
    cases = followed["cases"]
    assert [c for c in cases if c["problem"] is not None] == []
    assert {c["id"].rstrip("-+0123456789") for c in cases} >= NEW_RULES
    assert "assertion/خمن" in {c["id"] for c in cases}


def test_the_light_verb_hands_its_subject_over(followed: dict[str, Any]) -> None:
    record = _one(followed, "light")
    assert [a["text"] for a in record["actors"]] == ["وزير الثقافة"]
    assert [p["name_en"] for p in record["places"]] == ["Baghdad"]


def test_the_new_actor_is_known(followed: dict[str, Any]) -> None:
    (actor,) = _one(followed, "actor")["actors"]
    assert (actor["name"], actor["label"], actor["role"]) == ("مؤسسة الآغا خان للثقافة", "NGO", "NGO")


def test_the_new_place_is_known(followed: dict[str, Any]) -> None:
    (place,) = _one(followed, "place")["places"]
    assert (place["gazetteer_id"], place["country"], place["admin1"]) == (
        "waqai:irq-zanjili",
        "IRQ",
        "Nineveh",
    )


def test_the_new_time_expression_is_read(followed: dict[str, Any]) -> None:
    assert _one(followed, "time")["time"] == "2024-05-01"


def test_the_new_trigger_is_negated_like_any_other(followed: dict[str, Any]) -> None:
    assert _one(followed, "negated")["assertion"] == "negated"


def test_explain_shows_the_lines_that_the_page_names(followed: dict[str, Any]) -> None:
    table = PAGE[PAGE.index("| line | shows |") :]
    named = {
        name
        for row in table.splitlines()[2:]
        if row.startswith("|")
        for name in re.findall(r"`([a-z ]+)`", row.split("|")[1])
    }
    assert len(named) == 15
    shown = "\n".join(followed["explained"])
    assert [name for name in sorted(named) if not re.search(rf"^{name}\b", shown, re.M)] == []
    assert "events/rebuild.yaml:8" in shown


def test_the_faulty_file_says_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "DATA", tmp_path)
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "rebuild.yaml").write_text(
        dict(_blocks())["broken/rebuild.yaml"], encoding="utf-8"
    )
    match = re.search(r"^```text faults\n(.*?)^```$", PAGE, re.M | re.S)
    assert match is not None
    assert [str(f) for f in read_events()[1]] == match[1].splitlines()


@pytest.mark.parametrize("word", [*POSITIONS, *CLASSES, *ActorRow.model_fields])
def test_the_page_names_every_word_of_the_schema(word: str) -> None:
    assert f"`{word}`" in PAGE

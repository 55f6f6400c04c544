"""``docs/records.md``: its tables are those of the models, its codebook is whole, and every recipe runs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import duckdb
import jq
import pytest
from run_builders import json_lines

from pipeline.contract import fill
from pipeline.knowledge.actors import LABELS, ROLES
from pipeline.knowledge.quantities import load_quantities
from pipeline.records import SCHEMA_VERSION, Assertion, Granularity, Method, Precision, Relation

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
RECIPES = {m[2]: (m[1], m[3]) for m in re.finditer(r"^```(\w+) ([\w-]+)\n(.*?)^```$", PAGE, re.M | re.S)}


@pytest.fixture(scope="module")
def folder(corpus_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the outputs of a run in ``outputs/``, as the reader of the page has it."""
    path = tmp_path_factory.mktemp("reader")
    shutil.copytree(corpus_run, path / "outputs", ignore=shutil.ignore_patterns(".waqai"))
    return path


@pytest.fixture(scope="module")
def records(folder: Path) -> list[dict[str, Any]]:
    return json_lines(folder / "outputs" / "events.jsonl")


def test_the_tables_are_those_of_the_models_and_of_the_knowledge() -> None:
    assert fill(PAGE) == PAGE, "run: make schema"


@pytest.mark.parametrize(
    ("head", "values"), [("`label`", LABELS), ("`role`", ROLES)], ids=["labels", "roles"]
)
def test_the_tables_of_codes_are_whole(head: str, values: tuple[str, ...]) -> None:
    table = PAGE.split(f"| {head} |", 1)[1].split("\n\n", 1)[0]
    assert sorted(re.findall(r"^\| `([^`]+)` \|", table, re.M)) == sorted(values)


@pytest.mark.parametrize(
    ("start", "values"),
    [
        ("The first that applies: ", get_args(Assertion)),
        ("`places[].relation`: ", get_args(Relation)),
        ("`places[].precision`: ", get_args(Precision)),
        ("`when.granularity`: ", get_args(Granularity)),
        ("`when.method`: ", get_args(Method)),
        ("`quantities[].kind`: ", tuple(sorted(set(load_quantities().kinds.values())))),
    ],
    ids=["assertion", "relation", "precision", "granularity", "method", "kind"],
)
def test_the_lists_of_codes_are_whole(start: str, values: tuple[str, ...]) -> None:
    sentence = re.split(r"\.\s", PAGE.split(start, 1)[1], maxsplit=1)[0]
    assert set(values) <= set(re.findall(r"`([a-z_]+)`", sentence))


def test_the_page_tells_its_version() -> None:
    assert f"**{SCHEMA_VERSION}**" in PAGE


def test_there_are_recipes_for_all_three() -> None:
    assert Counter(name.split("-")[0] for name in RECIPES) == {
        "pandas": 4,
        "duckdb": 4,
        "jq": 3,
        "check": 1,
    }


@pytest.mark.parametrize("name", [n for n, (language, _) in RECIPES.items() if language == "python"])
def test_python_recipes(name: str, folder: Path, records: list[dict[str, Any]]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RECIPES[name][1]],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    expected = {
        "pandas-load": Counter(r["mode"] for r in records).most_common(1)[0][0],
        "pandas-places": "precision",
        "pandas-context": records[-1]["trigger"]["text"],
        "pandas-one-copy": f"of {len(records)}",
        "check-schema": f"{len(records)} records are valid",
    }
    assert expected[name] in done.stdout


@pytest.mark.parametrize("name", [n for n, (language, _) in RECIPES.items() if language == "sql"])
def test_duckdb_recipes(
    name: str, folder: Path, records: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    with duckdb.connect() as base:
        rows = base.sql(RECIPES[name][1]).fetchall()
    if name == "duckdb-modes":
        stated = Counter(
            (r["type"], r["mode"]) for r in records if r["assertion"] in ("asserted", "reported")
        )
        assert {(kind, mode): count for kind, mode, count in rows} == stated
    elif name == "duckdb-places":
        exact = Counter(
            (p["name_en"], p["country"]) for r in records for p in r["places"] if p["precision"] == "exact"
        )
        assert {(place, country): count for place, country, count in rows} == exact
    elif name == "duckdb-killed":
        killed: Counter[str] = Counter()
        for r in records:
            for q in r["quantities"]:
                if q["kind"] == "killed" and r["assertion"] != "negated":
                    killed[r["article"]["published"]] += q["low"] or 0
        assert {day: int(count or 0) for day, count in rows} == killed
    else:
        assert rows == [(len(records),)]


def test_the_duckdb_update_takes_out_what_is_gone(
    folder: Path, tmp_path: Path, records: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(folder / "outputs", tmp_path / "outputs")
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as base:
        base.sql(RECIPES["duckdb-update"][1])
        base.execute("UPDATE events SET id = 'ev_gone' WHERE id = ?", [records[0]["id"]])
        grave = {"id": "ev_gone", "article": "a", "gone_since_run": 2}
        (tmp_path / "outputs" / "tombstones.jsonl").write_text(json.dumps(grave) + "\n", encoding="utf-8")
        assert base.sql(RECIPES["duckdb-update"][1]).fetchall() == [(len(records),)]
        assert base.sql("SELECT count(*) FROM events WHERE id = 'ev_gone'").fetchall() == [(0,)]


@pytest.mark.parametrize("name", [n for n, (language, _) in RECIPES.items() if language == "sh"])
def test_jq_recipes(name: str, folder: Path, records: list[dict[str, Any]]) -> None:
    command = shlex.split(RECIPES[name][1])
    *options, program, file = command[1:]
    assert command[0] == "jq"
    text = (folder / file).read_text(encoding="utf-8")
    if name == "jq-rejects":
        text = (
            '{"where":"a.txt","line":null,"id":null,"kind":"empty","reason":"nothing in it","detail":null}\n'
        )
    found = jq.compile(program).input_text(text, slurp="-s" in options).all()
    if name == "jq-attacks":
        wanted = [r for r in records if r["type"] == "ASSAULT" and r["assertion"] == "asserted"]
        assert [line.split("\t")[3] for line in found] == [r["action"] for r in wanted]
    elif name == "jq-modes":
        assert {row["mode"]: row["events"] for row in found[0]} == Counter(r["mode"] for r in records)
    else:
        assert found == ["a.txt:-: nothing in it"]
    if shutil.which("jq") is not None:
        # The program of that name too, where there is one: the package above is the same library.
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr

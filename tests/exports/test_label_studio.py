"""Label Studio: what the tasks hold, and what comes back when people have worked on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from evaluation_builders import record, span
from outputs_builders import article_line, changed, write_run
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.evaluate import read_gold
from pipeline.export import ExportError
from pipeline.export.annotated import gold_event
from pipeline.export.label_studio_results import import_label_studio
from pipeline.export.writing import export

TEXT = "😀 اعتقلت الشرطة خمسة أشخاص في عدن. هاجم مسلحون صنعاء."


def run_folder(tmp_path: Path) -> Path:
    own = [
        changed(
            record(TEXT, "اعتقلت", "arrest", actors=("الشرطة",), targets=("خمسة أشخاص",)), confidence=0.9
        ),
        changed(record(TEXT, "هاجم", "attack", actors=("مسلحون",)), confidence=0.4, time="2024-12"),
    ]
    return write_run(tmp_path / "run", [(article_line("a.txt", TEXT, 0, title="خبر"), own)])


@pytest.fixture
def tasks(tmp_path: Path) -> list[dict[str, Any]]:
    """The tasks of a run, as exported."""
    export("label-studio", run_folder(tmp_path), tmp_path / "ls")
    loaded: list[dict[str, Any]] = json.loads((tmp_path / "ls" / "tasks.json").read_text(encoding="utf-8"))
    return loaded


def accepted(task: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The annotation that comes of accepting a prediction."""
    return {"result": json.loads(json.dumps(task["predictions"][0]["result"])), **more}


def back(tmp_path: Path, tasks: Any, **options: Any) -> list[Any]:
    (tmp_path / "results.json").write_text(json.dumps(tasks), encoding="utf-8")
    import_label_studio(tmp_path / "results.json", tmp_path / "gold.jsonl", **options)
    return [gold_event(event) for article in read_gold(tmp_path / "gold.jsonl") for event in article.events]


def test_a_run_becomes_predictions(tasks: list[dict[str, Any]]) -> None:
    (task,) = tasks
    assert task["data"]["text"] == TEXT
    assert "annotations" not in task
    (prediction,) = task["predictions"]
    assert prediction["score"] == 0.4, "the least sure of its events"
    labels = [r for r in prediction["result"] if r["type"] == "labels"]
    assert all(TEXT[r["value"]["start"] : r["value"]["end"]] == r["value"]["text"] for r in labels)
    assert labels[0]["id"].startswith("ev_")
    assert labels[0]["score"] == 0.9


def test_the_configuration_has_every_label_that_the_tasks_use(
    tmp_path: Path, tasks: list[dict[str, Any]]
) -> None:
    config = ET.fromstring((tmp_path / "ls" / "labeling_config.xml").read_text(encoding="utf-8"))
    values = {e.get("value") for e in config.iter()}
    used = set()
    for item in tasks[0]["predictions"][0]["result"]:
        value = item.get("value", {})
        used |= {*item.get("labels", ()), *value.get("labels", ()), *value.get("choices", ())}
        used |= {step for path in value.get("taxonomy", ()) for step in path}
    assert used <= values


def test_what_people_change_comes_back(tmp_path: Path, tasks: list[dict[str, Any]]) -> None:
    made = accepted(tasks[0])
    arrest, attack = (i["id"] for i in made["result"] if i.get("value", {}).get("labels") == ["trigger"])
    place = span(TEXT, "عدن")
    result = [
        # The second event is deleted with its relations, the first becomes a planned raid in Aden in December.
        i for i in made["result"]
        if i.get("id") != attack and i.get("from_id") != attack
    ]  # fmt: skip
    for item in result:
        if item.get("id") == arrest and item["from_name"] == "mode":
            item["value"]["taxonomy"] = [["COERCE", "raid"]]
        if item.get("id") == arrest and item["from_name"] == "assertion":
            item["value"]["choices"] = ["planned"]
        if item.get("id") == arrest and item["from_name"] == "core":
            item["value"]["choices"] = ["not core"]
    at = {"start": place["start"], "end": place["end"]}
    result += [
        {
            "id": "XyZ",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": at | {"labels": ["place"]},
        },
        {"type": "relation", "from_id": "XyZ", "to_id": arrest, "direction": "left", "labels": ["place-in"]},
        {
            "id": arrest,
            "from_name": "iso",
            "to_name": "text",
            "type": "textarea",
            "value": at | {"text": ["2024-12"]},
        },
    ]
    (event,) = back(
        tmp_path, [tasks[0] | {"id": 7, "annotations": [{"result": result, "was_cancelled": False}]}]
    )
    assert event["mode"] == "raid"
    assert event["assertion"] == "planned"
    assert event["core"] is False
    assert event["iso"] == "2024-12"
    assert event["places"] == [place | {"relation": "in"}]
    assert event["actors"] == [span(TEXT, "الشرطة")]
    assert event["targets"] == [span(TEXT, "خمسة أشخاص")]


def test_of_several_annotations_one_is_taken(tmp_path: Path, tasks: list[dict[str, Any]]) -> None:
    task, empty = tasks[0], {"result": [], "completed_by": {"id": 3, "email": "b@example.org"}}
    whole = accepted(task, completed_by={"id": 2, "email": "a@example.org"})
    skipped = {"result": [], "was_cancelled": True}
    assert len(back(tmp_path, [task | {"annotations": [whole, skipped]}])) == 2
    with pytest.raises(
        ExportError, match=r"task 1: 2 annotations; mark one as ground truth, or .* --annotator"
    ):
        back(tmp_path, [task | {"annotations": [whole, empty]}], overwrite=True)
    assert (
        back(tmp_path, [task | {"annotations": [whole, empty | {"ground_truth": True}]}], overwrite=True)
        == []
    )
    for name, count in (("a@example.org", 2), ("2", 2), ("b@example.org", 0)):
        assert (
            len(back(tmp_path, [task | {"annotations": [whole, empty]}], annotator=name, overwrite=True))
            == count
        )
    with pytest.raises(ExportError, match=r"no task is annotated by c@example\.org"):
        back(tmp_path, [task | {"annotations": [whole]}], annotator="c@example.org", overwrite=True)


def without(name: str) -> Callable[[dict[str, Any]], None]:
    """Take the results of one control away."""

    def change(made: dict[str, Any]) -> None:
        made["result"] = [i for i in made["result"] if i.get("from_name") != name]

    return change


def values(name: str, **value: Any) -> Callable[[dict[str, Any]], None]:
    """Change the first result of a control."""

    def change(made: dict[str, Any]) -> None:
        next(i for i in made["result"] if i.get("from_name") == name)["value"].update(value)

    return change


def relations(**value: Any) -> Callable[[dict[str, Any]], None]:
    """Change the first relation."""

    def change(made: dict[str, Any]) -> None:
        next(i for i in made["result"] if i["type"] == "relation").update(value)

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (without("mode"), "one value of 'mode' is needed"),
        (without("assertion"), "one value of 'assertion' is needed"),
        (without("label"), "one value of 'label' is needed"),
        (values("mode", taxonomy=[["flying"]]), "no mode is called 'flying'"),
        (values("assertion", choices=["perhaps"]), "no assertion is called 'perhaps'"),
        (values("core", choices=["kernel"]), "'kernel' is neither"),
        (values("label", labels=["colour"]), "no label is called 'colour'"),
        (values("label", start="three"), "start is 'three'"),
        (values("label", end=9999), "span 2–9999 is not in the text"),
        (relations(labels=["owner"]), "no relation is called 'owner'"),
        (relations(labels=[]), "needs one label"),
        (relations(to_id="gone"), "ends at 'gone', which is no slot"),
        (relations(from_id="gone"), "begins at 'gone', which is no trigger"),
        (lambda made: made.pop("result"), "no list of results"),
        (lambda made: made["result"].append({"type": "labels", "value": {}}), "without id or value"),
    ],
)
def test_what_the_configuration_does_not_make_is_refused(
    tmp_path: Path, tasks: list[dict[str, Any]], change: Callable[[dict[str, Any]], None], why: str
) -> None:
    made = accepted(tasks[0])
    change(made)
    with pytest.raises(ExportError, match=f"results.json: task 12: .*{why}"):
        back(tmp_path, [tasks[0] | {"id": 12, "annotations": [made]}])
    assert not (tmp_path / "gold.jsonl").exists()


def test_another_text_than_the_exported_one_is_refused(tmp_path: Path, tasks: list[dict[str, Any]]) -> None:
    task = tasks[0] | {"annotations": [accepted(tasks[0])]}
    task["data"] = task["data"] | {"text": TEXT + " "}
    with pytest.raises(ExportError, match="the text was changed after the export"):
        back(tmp_path, [task])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("[{", "not valid JSON, or cut off"),
        ("{}", "a list of tasks is expected"),
        ('[{"data": {"text": "x"}}]', "task 1: data.text and data.article are needed"),
        (
            '[{"data": {"text": "x", "article": "a"}, "label": []}]',
            "no list of annotations; .* not as JSON-MIN",
        ),
        ("[]", "no task is annotated"),
    ],
)
def test_a_file_of_another_shape_is_one_clear_error_and_the_gold_stays(
    tmp_path: Path, content: str, why: str
) -> None:
    results, gold = tmp_path / "results.json", tmp_path / "gold.jsonl"
    results.write_text(content, encoding="utf-8")
    gold.write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match=why):
        import_label_studio(results, gold, overwrite=True)
    done = CliRunner().invoke(app, ["import-gold", str(results), "--out", str(gold), "--overwrite"])
    assert done.exit_code == 2
    assert done.stderr.startswith(f"waqai import-gold: {results}: ")
    assert done.stderr.count("\n") == 1
    assert gold.read_text(encoding="utf-8") == "mine"
    assert {p.name for p in tmp_path.iterdir()} == {"results.json", "gold.jsonl"}


def test_the_command_makes_gold_and_does_not_replace_it_unasked(
    tmp_path: Path, tasks: list[dict[str, Any]]
) -> None:
    results, gold = tmp_path / "results.json", tmp_path / "gold.jsonl"
    results.write_text(json.dumps([tasks[0] | {"annotations": [accepted(tasks[0])]}]), encoding="utf-8")
    for more, code in (([], 0), ([], 2), (["--overwrite"], 0)):
        done = CliRunner().invoke(app, ["import-gold", str(results), "--out", str(gold), *more])
        assert done.exit_code == code, done.stderr
    assert "1 articles, 2 events" in done.stdout
    (article,) = read_gold(gold)
    assert article.article == "a.txt"


def test_gold_of_another_shape_is_refused_as_a_source(tmp_path: Path) -> None:
    texts, gold = tmp_path / "texts", tmp_path / "gold.jsonl"
    texts.mkdir()
    (texts / "a.txt").write_text(TEXT, encoding="utf-8")
    for line, why in (
        (
            '{"article": "a.txt", "events": [{"mode": "kill"}]}\n',
            "gold.jsonl:1: not a gold article: events.0.trigger",
        ),
        ('{"article": "a.txt", "eve', "not valid JSON .*cut off"),
        ('{"article": "z.txt", "events": []}\n', "the text of this gold article is not known"),
        ('{"article": "a.txt", "sha256": "00", "events": []}\n', "not the one that was annotated"),
    ):
        gold.write_text(line, encoding="utf-8")
        with pytest.raises(ExportError, match=why):
            export("brat", gold, tmp_path / "out", articles=texts)
        assert not (tmp_path / "out").exists()

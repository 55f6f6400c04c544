"""Every export, opened by the program that it is for, with nothing lost.

``dkpro-cassis`` and spaCy are here anyhow. Label Studio's SDK, doccano and brat pull in what does not go with the rest;
``make check-exports`` sets up environments of their own for them and runs these tests too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from exports_builders import plain

from pipeline.evaluate import GoldEvent, read_gold
from pipeline.export.graph import Arc, Graph, Node, Trigger, read_events
from pipeline.export.label_studio_results import import_label_studio
from pipeline.export.writing import export

ROOT = Path(__file__).resolve().parent.parent.parent
CONSUMERS = Path(__file__).parent / "consumers"
#: The reference articles and their gold, where they are.
SEEDS = ROOT.parent / "shared"

Events = dict[str, tuple[GoldEvent, ...]]


def venv(name: str) -> str:
    """The Python of the consumer's own environment, which ``make check-exports`` makes."""
    python = ROOT / os.environ.get("WAQAI_EXPORTS_VENVS", ".venv-exports") / name / "bin" / "python"
    if not python.exists():
        pytest.skip(f"no environment with {name}: `make check-exports` makes it (network needed once)")
    return str(python)


def consume(python: str, script: str, export_: Path, out: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [python, str(CONSUMERS / script), str(export_), str(out)],
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=False, env=environment, cwd=out.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


def graph_of(found: Mapping[str, Any]) -> Graph:
    """What a reader wrote; names of readers (which are their own) count for ids."""
    triggers = [Trigger(**{k: v for k, v in t.items() if k != "name"}) for t in found["triggers"]]
    return Graph(
        tuple(triggers), tuple(Node(**n) for n in found["nodes"]), tuple(Arc(**a) for a in found["arcs"])
    )


def names(folder: Path) -> dict[str, str]:
    """Articles by file."""
    rows = (folder / "documents.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {row.split("\t")[0]: row.split("\t")[1] for row in rows}


def through_cas(gold: Path, texts: Path, scratch: Path) -> Events:
    export("cas", gold, scratch / "cas", articles=texts)
    consume(sys.executable, "cas_reader.py", scratch / "cas", scratch / "out.json")
    found = json.loads((scratch / "out.json").read_text(encoding="utf-8"))
    assert set(found) == set(names(scratch / "cas").values())
    return {article: read_events(one["text"], graph_of(one)) for article, one in found.items()}


def through_spacy(gold: Path, texts: Path, scratch: Path) -> Events:
    export("spacy", gold, scratch / "events.spacy", articles=texts)
    consume(sys.executable, "spacy_reader.py", scratch / "events.spacy", scratch / "out.json")
    found = json.loads((scratch / "out.json").read_text(encoding="utf-8"))
    events = {article: read_events(one["text"], graph_of(one)) for article, one in found.items()}
    for article, one in found.items():
        whole = [GoldEvent.model_validate(event) for event in one["events"]]
        assert plain(whole) == plain(events[article]), "spans and user data tell the same"
    return events


def through_brat(gold: Path, texts: Path, scratch: Path) -> Events:
    python = venv("doccano-brat")
    export("brat", gold, scratch / "brat", articles=texts)
    consume(python, "brat_reader.py", scratch / "brat", scratch / "out.json")
    found = json.loads((scratch / "out.json").read_text(encoding="utf-8"))
    articles = names(scratch / "brat")
    return {articles[file]: read_events(one["text"], graph_of(one)) for file, one in found.items()}


def through_label_studio(gold: Path, texts: Path, scratch: Path) -> Events:
    python = venv("label-studio")
    export("label-studio", gold, scratch / "ls", articles=texts)
    consume(python, "label_studio_reader.py", scratch / "ls", scratch / "results.json")
    import_label_studio(scratch / "results.json", scratch / "back.jsonl")
    return {article.article: article.events for article in read_gold(scratch / "back.jsonl")}


def through_doccano(gold: Path, texts: Path, scratch: Path) -> Events:
    python = venv("doccano-brat")
    export("doccano", gold, scratch / "in.jsonl", articles=texts)
    consume(python, "doccano_reader.py", scratch / "in.jsonl", scratch / "out.jsonl")
    return read_doccano(scratch / "out.jsonl")


def read_doccano(path: Path) -> Events:
    """Entities and relations of doccano's export; what has no span, by the events of the metadata."""
    events = {}
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        row = json.loads(line)
        units = row["text"].encode("utf-16-le")

        def point(offset: int, units: bytes = units) -> int:
            return len(units[: 2 * offset].decode("utf-16-le"))

        whole = [GoldEvent.model_validate(event) for event in row["events"]]
        ends = {
            e["id"]: (point(e["start_offset"]), point(e["end_offset"]), e["label"]) for e in row["entities"]
        }
        starts = {r["from_id"] for r in row["relations"]}
        kinds = {"participant", "place", "time", "count"}
        by_trigger = {(e.trigger.start, e.trigger.end, e.mode): e for e in whole}
        triggers = []
        for id_, (start, end, label) in ends.items():
            if id_ in starts or label not in kinds:
                e = by_trigger[start, end, label]
                triggers.append(Trigger(str(id_), start, end, label, e.type, e.assertion, e.core, e.iso))
        counts = {
            (q.start, q.end): f"{q.kind} {q.low or ''}..{q.high or ''}" for e in whole for q in e.quantities
        }
        nodes = [
            Node(str(id_), label, start, end, counts[start, end] if label == "count" else "")
            for id_, (start, end, label) in ends.items()
            if label in kinds
        ]
        arcs = [Arc(str(r["from_id"]), r["type"], str(r["to_id"])) for r in row["relations"]]
        events[row["article"]] = read_events(row["text"], Graph(tuple(triggers), tuple(nodes), tuple(arcs)))
        assert plain(events[row["article"]]) == plain(whole), "marks and metadata tell the same"
    return events


CONSUMED: dict[str, Callable[[Path, Path, Path], Events]] = {
    "cas": through_cas,
    "spacy": through_spacy,
    "brat": through_brat,
    "label-studio": through_label_studio,
    "doccano": through_doccano,
}


def check(through: Callable[[Path, Path, Path], Events], gold: Path, texts: Path, scratch: Path) -> int:
    """Compare what came back with the gold; how many events there are."""
    back = through(gold, texts, scratch)
    articles = read_gold(gold)
    assert set(back) == {article.article for article in articles}
    for article in articles:
        expected = plain(article.events)
        came = plain(back[article.article])
        if through is through_cas:
            # A type of one's own stands in the CAS as the event's type.
            expected, came = ([e | {"type": None} for e in events] for events in (expected, came))
        assert came == expected
    return sum(len(article.events) for article in articles)


@pytest.mark.parametrize("name", CONSUMED)
def test_hard_gold_comes_back_whole(name: str, hard_gold: tuple[Path, Path], tmp_path: Path) -> None:
    assert check(CONSUMED[name], *hard_gold, tmp_path) == 5


@pytest.mark.parametrize("name", CONSUMED)
def test_the_development_gold_comes_back_whole(name: str, tmp_path: Path) -> None:
    assert check(CONSUMED[name], ROOT / "tests" / "gold" / "dev.jsonl", ROOT / "corpus", tmp_path) > 600


@pytest.mark.parametrize("name", CONSUMED)
def test_the_reference_gold_comes_back_whole(name: str, tmp_path: Path) -> None:
    if not (SEEDS / "gold" / "seeds.jsonl").exists():
        pytest.skip("the reference articles are not here")
    assert check(CONSUMED[name], SEEDS / "gold" / "seeds.jsonl", SEEDS / "corpus", tmp_path) == 120

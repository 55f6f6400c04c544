"""Run by a Python with dkpro-cassis: reads a folder of XMI files with their type system.

Usage: python cas_reader.py FOLDER OUT: OUT becomes JSON, for each file its text, triggers, nodes and arcs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cassis import load_cas_from_xmi, load_typesystem


def main(folder: Path, out: Path) -> None:
    with (folder / "TypeSystem.xml").open("rb") as file:
        types = load_typesystem(file)
    found = {}
    for path in sorted(folder.glob("*.xmi")):
        with path.open("rb") as file:
            cas = load_cas_from_xmi(file, typesystem=types)
        article = cas.select("waqai.Article")[0]
        mentions = {m.xmiID: m for m in cas.select("waqai.Mention")}
        triggers, arcs = [], []
        for t in cas.select("waqai.Trigger"):
            id_ = str(t.xmiID)
            triggers.append({
                "id": id_, "start": t.begin, "end": t.end, "mode": t.mode, "type": None, "assertion": t.assertion,
                "core": t.core, "iso": t.iso, "name": t.recordId,
            })  # fmt: skip
            arcs += [
                {"trigger": id_, "role": s.role, "node": str(s.target.xmiID)}
                for s in (t.slots.elements if t.slots else ())
            ]
        nodes = [
            {"id": str(i), "kind": m.kind, "start": m.begin, "end": m.end, "note": m.note or ""}
            for i, m in mentions.items()
        ]
        surfaces = {t["id"]: cas.sofa_string[t["start"] : t["end"]] for t in triggers}
        assert all(surfaces.values())
        found[article.id] = {
            "text": cas.sofa_string, "published": article.published, "triggers": triggers, "nodes": nodes, "arcs": arcs,
        }  # fmt: skip
    out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())

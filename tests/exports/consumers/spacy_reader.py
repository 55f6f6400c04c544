"""Run by a Python with spaCy alone: reads a DocBin with spaCy's own Arabic.

Usage: python spacy_reader.py FILE OUT: OUT becomes JSON, for each article its text, triggers, nodes and arcs, all of
them from ``doc.spans``, and the events as ``doc.user_data`` has them.
"""

from __future__ import annotations

import importlib.metadata as metadata
import json
import sys
from pathlib import Path

# Where waqai is installed too, spaCy would load its parts by their entry points: here it must do without them.
_OTHERS = metadata.EntryPoints(
    point
    for distribution in metadata.distributions()
    if distribution.metadata["Name"] != "waqai"
    for point in distribution.entry_points
)
metadata.entry_points = lambda **wanted: _OTHERS.select(**wanted) if wanted else _OTHERS

import spacy  # noqa: E402
from spacy.tokens import DocBin  # noqa: E402


def main(file: Path, out: Path) -> None:
    found = {}
    for doc in DocBin().from_disk(file).get_docs(spacy.blank("ar").vocab):
        data = doc.user_data["waqai"]
        events = {event["id"]: event for event in data["events"]}
        triggers = []
        for span in doc.spans["triggers"]:
            event = events[span.id_]
            triggers.append({
                "id": span.id_, "start": span.start_char, "end": span.end_char, "mode": span.label_,
                "type": event.get("type"), "assertion": event["assertion"], "core": event["core"],
                "iso": event["iso"], "name": span.id_,
            })  # fmt: skip
        nodes, arcs = [], []
        counts = {id_: list(event.get("quantities", ())) for id_, event in events.items()}
        for group in ("actors", "targets", "places", "times", "attributions", "counts"):
            for span in doc.spans[group]:
                note = ""
                if group == "counts":
                    count = counts[span.id_].pop(0)
                    low, high = ("" if count[key] is None else count[key] for key in ("low", "high"))
                    note = f"{count['kind']} {low}..{high}"
                id_ = f"n{len(nodes)}"
                nodes.append(
                    {"id": id_, "kind": "", "start": span.start_char, "end": span.end_char, "note": note}
                )
                arcs.append({"trigger": span.id_, "role": span.label_, "node": id_})
        found[data["article"]] = {
            "text": doc.text, "published": data["published"], "events": data["events"],
            "triggers": triggers, "nodes": nodes, "arcs": arcs,
        }  # fmt: skip
    assert not any(name.startswith("pipeline") for name in sys.modules)
    out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())

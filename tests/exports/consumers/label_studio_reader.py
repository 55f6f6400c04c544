"""Run by a Python with label-studio-sdk: checks tasks and configuration, and exports them as Label Studio does.

Usage: python label_studio_reader.py FOLDER OUT: OUT becomes the JSON export of all tasks, predictions accepted.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface


def main(folder: Path, out: Path) -> None:
    config = (folder / "labeling_config.xml").read_text(encoding="utf-8")
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    interface = LabelInterface(config)
    interface.validate()
    for number, task in enumerate(tasks, 1):
        task["id"] = number
        assert interface.validate_task({"data": task["data"]}), (
            f"task {number} is not one of this configuration"
        )
        for made in (*task.get("predictions", ()), *task.get("annotations", ())):
            faults = interface.validate_prediction(
                {"model_version": "x", "score": 0.0, **made}, return_errors=True
            )
            assert not faults, f"task {number}: {faults[:3]}"
            regions = {item["id"] for item in made["result"] if item["type"] != "relation"}
            for item in made["result"]:
                if item["type"] == "relation":
                    assert {item["from_id"], item["to_id"]} <= regions
        # What the button «accept prediction» does.
        for made in task.pop("predictions", ()):
            task.setdefault("annotations", []).append(
                {"result": made["result"], "completed_by": {"email": "a@b.c"}}
            )
        for annotation_id, made in enumerate(task["annotations"], 1):
            made |= {"id": number * 10 + annotation_id, "was_cancelled": False}
    with tempfile.TemporaryDirectory() as scratch:
        raw, exported = Path(scratch) / "tasks.json", Path(scratch) / "exported"
        raw.write_text(json.dumps(tasks), encoding="utf-8")
        exported.mkdir()
        Converter(config, project_dir=None).convert_to_json(str(raw), str(exported), is_dir=False)
        out.write_bytes((exported / "result.json").read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())

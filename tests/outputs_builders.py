"""Finished runs made by hand, for the tests of what reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evaluation_builders import digest

from pipeline.records import SCHEMA_VERSION, EventRecord


def article_line(id_: str, text: str, events: int, **more: Any) -> dict[str, Any]:
    """A line of ``articles.jsonl``."""
    line = {
        "id": id_,
        "title": None,
        "published": None,
        "source": None,
        "url": None,
        "country": None,
        "sha256": digest(text),
        "cluster": None,
        "text": text,
        "events": events,
    }
    return line | more


def changed(record: EventRecord, **values: Any) -> EventRecord:
    """A record with other values; those of parts are given as ``part__key``."""
    data = record.model_dump(by_alias=True) | {"schema_version": SCHEMA_VERSION}
    for name, value in values.items():
        part, _, key = name.partition("__")
        if key:
            data[part][key] = value
        else:
            data[name] = value
    return EventRecord.model_validate(data)


def write_run(
    folder: Path,
    articles: Iterable[tuple[Mapping[str, Any], Iterable[EventRecord]]],
    *,
    rejects: Iterable[Mapping[str, Any]] = (),
    manifest: Mapping[str, Any] | None = None,
) -> Path:
    """The outputs of a run over these articles (lines without ``events``, with their records)."""
    folder.mkdir(parents=True, exist_ok=True)
    lines: list[str] = []
    records: list[str] = []
    for line, own in articles:
        mine = [changed(record).to_json() for record in own]
        lines.append(json.dumps(dict(line) | {"events": len(mine)}, ensure_ascii=False))
        records += mine
    for name, content in (
        ("articles.jsonl", lines),
        ("events.jsonl", records),
        ("rejects.jsonl", [json.dumps(r, ensure_ascii=False) for r in rejects]),
    ):
        (folder / name).write_bytes("".join(f"{line}\n" for line in content).encode())
    if manifest is not None:
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder

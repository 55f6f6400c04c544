"""A finished run of two articles, written down by hand, whose every field has a value somewhere."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

TEXT = "أعلن الجيش أن طائراته شنت غارة أمس على مواقع قرب بلدة سراقب وعلى بعد 5 كم شمال معرة النعمان، فقتل 14 مسلحا."
QUIET = "ساد الهدوء أحياء العاصمة اليوم، وعاد الناس إلى أعمالهم."


def span(surface: str, text: str = TEXT) -> dict[str, Any]:
    """The first occurrence of ``surface`` as a span."""
    start = text.index(surface)
    return {"text": surface, "start": start, "end": start + len(surface)}


def sha256(text: str) -> str:
    """What records and articles say of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def full_record(**changes: Any) -> dict[str, Any]:
    """A valid record in its JSON form; ``changes`` are of its top level."""
    place = {"gazetteer_id": "geonames:1", "lat": 35.864, "lon": 36.802, "admin1": "Idlib", "country": "SYR",
             "precision": "exact", "score": 0.93}  # fmt: skip
    actor = {"label": "armed forces", "country": "SYR", "role": "MIL"}
    record = {
        "id": "ev_0123456789abcdef", "schema_version": "1-0-0", "actor": "طائراته", "action": "شنت غارة",
        "target": "مواقع", "place": "سراقب", "time": "2024-12-04", "type": "ASSAULT", "mode": "airstrike",
        "cameo": "0195", "assertion": "reported", "confidence": 0.83,
        "article": {"id": "a.txt", "title": "=غارة", "url": "https://news.example/1", "source": "وكالة",
                    "published": "2024-12-05", "sha256": sha256(TEXT)},
        "sentence": {**span(TEXT), "index": 0},
        "trigger": {**span("غارة"), "lemma": "غارة"},
        "actors": [{**span("طائراته"), "name": "الجيش", **actor, "implicit": False},
                   {**span("الجيش"), "name": "الجيش", **actor, "implicit": True}],
        "targets": [{**span("مواقع"), "name": "مواقع", "label": "unknown", "country": None, "role": None,
                     "implicit": False}],
        "places": [{**span("سراقب"), "relation": "near", "name_en": "Saraqib", **place, "distance_km": None,
                    "bearing": None},
                   {**span("معرة النعمان"), "relation": "in", "name_en": "Maarra", **place, "distance_km": 5.0,
                    "bearing": 0.0}],
        "when": {**span("أمس"), "from": "2024-12-04T00:00", "to": "2024-12-05T00:00", "granularity": "day",
                 "method": "relative"},
        "attribution": {**span("الجيش"), "cue": "أعلن"},
        "quantities": [{**span("14 مسلحا"), "kind": "killed", "low": 14, "high": 14}],
        "cluster": {"id": "cl_0123456789abcdef", "size": 2, "representative": True},
        "provenance": {"version": "0.1.0", "engine": "fast", "models": "0123456789ab", "knowledge": "0123456789ab",
                       "rule": "airstrike/غارة", "evidence": ["trigger: noun"]},
    }  # fmt: skip
    return copy.deepcopy(record) | changes


def bare_record(**changes: Any) -> dict[str, Any]:
    """A record of which little is known."""
    empty = {"actor": None, "target": None, "place": None, "time": None, "when": None, "attribution": None,
             "actors": [], "targets": [], "places": [], "quantities": [], "cluster": None, "cameo": None}  # fmt: skip
    return full_record(id="ev_00000000000000ff", mode="attack", assertion="asserted", **empty) | changes


def article_line(name: str, text: str, events: int, **changes: Any) -> dict[str, Any]:
    """A line of ``articles.jsonl``."""
    return {"id": name, "title": None, "published": "2024-12-05", "source": None, "url": None, "country": "SYR",
            "sha256": sha256(text), "cluster": None, "text": text, "events": events} | changes  # fmt: skip


def write_run(folder: Path, records: list[dict[str, Any]], articles: list[dict[str, Any]]) -> Path:
    """The outputs of a run as far as exports read them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in (("events", records), ("articles", articles)):
        text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    outputs = {
        f"{n}.jsonl": {"bytes": (folder / f"{n}.jsonl").stat().st_size} for n in ("events", "articles")
    }
    (folder / "manifest.json").write_text(
        json.dumps({"schema_version": "1-0-0", "outputs": outputs}), encoding="utf-8"
    )
    return folder


def small_run(folder: Path) -> Path:
    """A run of two articles: two records, and none."""
    return write_run(
        folder,
        [full_record(), bare_record()],
        [article_line("a.txt", TEXT, 2, cluster=full_record()["cluster"]), article_line("b.txt", QUIET, 0)],
    )


def dated_run(folder: Path) -> Path:
    """Articles of several dates, in no order, one without a date and one with a time."""
    dates = ["2024-12-05", None, "2024-11-30", "2024-12-06T10:00:00+03:00", "2023-01-01", "2024-12-05"]
    records, articles = [], []
    for n, published in enumerate(dates):
        reference = full_record()["article"] | {"id": f"{n}.txt", "published": published}
        records.append(full_record(id=f"ev_{n:016}", article=reference, cluster=None))
        articles.append(article_line(f"{n}.txt", TEXT, 1, published=published))
    return write_run(folder, records, articles)

"""What the tests of the review page share: outputs of our own making, and decisions on them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.records import EventRecord, record_id
from pipeline.review.annotation import Annotation, from_record
from pipeline.review.decisions import Decision, Where, new_id, now

#: An emoji takes two UTF-16 units: offsets that JavaScript counted would be one too far behind it.
EMOJI = (
    "🚨 عاجل: اعتقلت الشرطة ثلاثة شبان في حي الزهور مساء الثلاثاء.\n"
    "وقال شهود إن قوات الأمن أغلقت الطريق المؤدي إلى السوق."
)
HOSTILE = (
    "قصف الجيش <script>document.title='owned'</script> مواقع "
    "<img src=x onerror=\"document.title='owned'\"> في البلدة &amp; حولها."
)
PLAIN = (
    "شنت طائرات مسيرة هجوما على قاعدة جوية قرب المدينة فجر الخميس، وأدى الهجوم إلى مقتل جنديين.\r\n"
    "ونظم العمال مظاهرة أمام المصنع."
)
#: Trigger, type, mode of what is found in a text, in the order in which it is looked for.
_FOUND = (
    ("اعتقلت", "COERCE", "arrest"),
    ("أغلقت", "COERCE", "blockade"),
    ("قصف", "ASSAULT", "shelling"),
    ("هجوما", "ASSAULT", "attack"),
    ("مقتل", "ASSAULT", "kill"),
    ("مظاهرة", "PROTEST", "demonstrate"),
)
_SLOTS = {
    "actors": ("الشرطة", "قوات الأمن", "الجيش", "طائرات مسيرة", "العمال"),
    "targets": ("ثلاثة شبان", "الطريق", "مواقع", "قاعدة جوية", "جنديين"),
    "places": ("حي الزهور", "السوق", "البلدة", "المدينة", "المصنع"),
}


def span(text: str, part: str, *, after: int = 0) -> dict[str, Any]:
    """The first span of ``part`` in ``text`` from an offset on."""
    start = text.index(part, after)
    return {"text": part, "start": start, "end": start + len(part)}


def records_of(
    article: str, text: str, *, version: str = "1", confidence: float = 0.5
) -> list[dict[str, Any]]:
    """The records of a text: one for each word of the list above, with the slots of its sentence."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    records = []
    for trigger, kind, mode in _FOUND:
        for match in re.finditer(trigger, text):
            begin = max(text.rfind(mark, 0, match.start()) for mark in ".\n") + 1
            stop = text.find(".", match.end())
            sentence = {
                "text": text[begin : stop + 1],
                "start": begin,
                "end": stop + 1,
                "index": text.count(".", 0, begin),
            }
            slots = {
                name: [span(text, part, after=begin) for part in parts if part in sentence["text"]][:1]
                for name, parts in _SLOTS.items()
            }
            actor = {"name": "", "label": "ORG", "country": None, "role": None, "implicit": False}
            place = {
                "relation": "in", "name_en": None, "gazetteer_id": None, "lat": None, "lon": None, "admin1": None,
                "country": None, "precision": "none", "distance_km": None, "bearing": None, "score": None,
            }  # fmt: skip
            records.append(
                {
                    "id": record_id(article, mode, sentence["text"], trigger, 0),
                    "schema_version": _schema(),
                    "actor": next((s["text"] for s in slots["actors"]), None),
                    "action": trigger,
                    "target": next((s["text"] for s in slots["targets"]), None),
                    "place": next((s["text"] for s in slots["places"]), None),
                    "time": None, "type": kind, "mode": mode, "cameo": None, "assertion": "asserted",
                    "confidence": confidence,
                    "article": {
                        "id": article, "title": None, "url": None, "source": None, "published": "2024-03-14",
                        "sha256": digest,
                    },
                    "sentence": sentence,
                    "trigger": {"text": trigger, "start": match.start(), "end": match.end(), "lemma": trigger},
                    "actors": [s | actor | {"name": s["text"]} for s in slots["actors"]],
                    "targets": [s | actor | {"name": s["text"]} for s in slots["targets"]],
                    "places": [s | place for s in slots["places"]],
                    "when": None, "attribution": None, "quantities": [], "cluster": None,
                    "provenance": {
                        "version": version, "engine": "none", "models": "m", "knowledge": "k", "rule": "r",
                        "evidence": [],
                    },
                }
            )  # fmt: skip
    return sorted(records, key=lambda r: r["trigger"]["start"])


def _schema() -> str:
    from pipeline.records import SCHEMA_VERSION

    return SCHEMA_VERSION


def write_outputs(
    folder: Path, texts: dict[str, str], records: Sequence[dict[str, Any]] | None = None
) -> Path:
    """An output folder with these articles, and their records unless others are given."""
    folder.mkdir(parents=True, exist_ok=True)
    if records is None:
        records = [r for article, text in texts.items() for r in records_of(article, text)]
    articles = [
        {
            "id": article, "title": None, "published": "2024-03-14", "source": None, "url": None, "country": None,
            "sha256": hashlib.sha256(text.encode()).hexdigest(), "text": text, "events": 0,
        }
        for article, text in texts.items()
    ]  # fmt: skip
    for name, lines in (("articles.jsonl", articles), ("events.jsonl", records)):
        draft = folder / f"{name}.draft"
        draft.write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
        )
        draft.replace(folder / name)
    return folder


def decide(
    record: dict[str, Any], action: str, *, annotator: str = "ana", role: str = "annotator", **more: Any
) -> Decision:
    """A decision on a record, as the page would log it."""
    full = EventRecord.model_validate(record)
    before = from_record(full)
    after = more.pop("after", None)
    after = before if action == "accept" else after
    sentence = full.sentence.model_dump(include={"text", "start", "end"})
    where = {
        "article": full.article.id,
        "sha256": full.article.sha256,
        "trigger": before.trigger,
        "sentence": sentence,
    }
    return Decision(
        id=more.pop("id", new_id()), at=more.pop("at", now()), annotator=annotator, role=role, action=action,  # type: ignore[arg-type]
        record=full.id, where=Where.model_validate(where), before=before, after=after, **more,
    )  # fmt: skip


def undo(decision: Decision, *, action: str = "undo") -> Decision:
    """The decision that takes another one back."""
    return Decision(
        id=new_id(),
        at=now(),
        annotator=decision.annotator,
        role=decision.role,
        action=action,
        undoes=decision.id,  # type: ignore[arg-type]
    )


def fixed(record: dict[str, Any], **changes: Any) -> Annotation:
    """What a record says, with slots replaced."""
    return from_record(EventRecord.model_validate(record)).model_copy(update=changes)

"""Turn hand-written annotation forms into the gold file, verify a gold file, show one as forms.

A form is a text file an annotator can write without counting characters::

    == 2025-01-16_article.txt
    سيطرت | seize-territory | a فصائل المعارضة | p in بلدة كذا ; from قرية كذا | w أمس = 2025-01-15
    هجوماً | attack | t الجيش @2 | reported by مصدر أمني | q killed 4 4 أربعة قتلى | nc

One event a line, in reading order: trigger, mode, then fields in any order, set apart by ``|``.

==========  =======================================================================================
``a`` ``t``  actors, targets, set apart by ``;``
``p``        places, each with its relation (``in`` when left out): ``in from to near``
``w``        the time expression, ``=`` its ISO value; either side may be empty (``w = 2025-01``)
``q``        quantities, set apart by ``;``: kind low high text (``-`` for an open bound)
assertion    ``asserted`` (when left out) ``reported planned hypothetical negated``, then ``by`` + source
``nc``       ``core: false``
==========  =======================================================================================

A trigger is looked for from the one before it onwards. Any other span is the occurrence in the
trigger's sentence that is nearest to the trigger; without one there, the latest before the trigger, else the
first after it. ``text @2`` is the second occurrence in the file, ``text @<`` and ``text @>`` the last before
and the first after the trigger. A span begins where a word begins (clitics و ف ب ل ك may stand before it) and
ends where a word ends.

Commands: ``build FORM... --out GOLD``, ``verify GOLD``, ``show GOLD`` (prints it as forms); ``--corpus DIR``.
Offsets are code points of the file as it is on disk, half-open.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]

_MODES = """
attack clash airstrike drone-strike shelling bombing suicide-attack shooting kill injure assassinate
execute abduct torture beat sexual-violence destroy seize-territory seize-property besiege blockade
arrest raid deport curfew martial-law ban restrict cyber advance deploy mobilize fortify drill foil
withdraw surrender collapse flee ceasefire release return access resign displace return-home demonstrate
riot strike-work hunger-strike boycott obstruct sanction cut-ties suspend expel-diplomats convict
threaten warn accuse condemn investigate reject deny veto demand appeal call-for meet visit phone
negotiate mediate agree sign promise support praise recognise cooperate aid aid-military aid-humanitarian
asylum concede ease
"""
MODES = frozenset(_MODES.split())
ASSERTIONS = ("asserted", "reported", "planned", "hypothetical", "negated")
RELATIONS = ("in", "from", "to", "near")
_SPAN_LISTS = ("actors", "targets", "places")
EVENT_KEYS = {"trigger", "mode", *_SPAN_LISTS, "time", "iso", "assertion", "attributed_to", "core"}

_LETTER = re.compile(r"[\w\u064b-\u0652\u0670\u0640]")
# Clitics, or a heading glued to the first word of its section, as web copies have it (خلفيةبعد).
_BEFORE = re.compile(r"[وف]?[\u064b-\u0652]*[بلك]?[\u064b-\u0652]*\u0640?|\w{3,}ة")
_SENTENCE_END = re.compile(r"[.!?؟](?=\s|\[)|\n")
_DAY = r"\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2})?)?)?"
_ISO = re.compile(rf"{_DAY}(?:/{_DAY})?")


def occurrences(text: str, piece: str) -> list[int]:
    """Return the starts of `piece` in `text` that fall on word borders, clitics before them allowed."""
    found = []
    for match in re.finditer(re.escape(piece), text):
        start, end = match.span()
        if end < len(text) and _LETTER.match(text[end]) and _LETTER.match(text[end - 1]):
            continue
        word = start
        while word and _LETTER.match(text[word - 1]):
            word -= 1
        if _BEFORE.fullmatch(text[word:start]):
            found.append(start)
    return found


def sentence_bounds(text: str, at: int) -> tuple[int, int]:
    """Return the bounds of the sentence around `at`: full stop before a space, or line break."""
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, at)), default=0)
    after = _SENTENCE_END.search(text, at)
    return start, after.start() if after else len(text)


def locate(text: str, ref: str, anchor: int) -> dict[str, Any]:
    """Resolve a span reference of the form against the trigger at `anchor`.

    Raises:
        ValueError: when the text does not stand in the article.
    """
    piece, _, pick = (part.strip() for part in ref.partition("@"))
    starts = occurrences(text, piece)
    if not starts:
        raise ValueError(f"not in the text: {piece!r}")
    if pick.isdigit():
        start = starts[int(pick) - 1]
    elif pick == "<":
        start = max(s for s in starts if s < anchor)
    elif pick == ">":
        start = min(s for s in starts if s > anchor)
    else:
        low, high = sentence_bounds(text, anchor)
        near = [s for s in starts if low <= s < high]
        before = [s for s in starts if s < anchor]
        start = min(near, key=lambda s: abs(s - anchor)) if near else (before[-1] if before else starts[0])
    return {"text": piece, "start": start, "end": start + len(piece)}


def _quantity(text: str, item: str, anchor: int) -> Record:
    kind, low, high, piece = item.split(None, 3)
    numbers = [None if bound == "-" else int(bound) for bound in (low, high)]
    return {"kind": kind, "low": numbers[0], "high": numbers[1]} | locate(text, piece, anchor)


def read_event(text: str, line: str, cursor: int) -> Record:
    """Read one line of a form; `cursor` is where the search for its trigger begins.

    Raises:
        ValueError, IndexError: when the line names what is not there.
    """
    head, mode, *fields = (part.strip() for part in line.split("|"))
    piece, _, pick = (part.strip() for part in head.partition("@"))
    starts = occurrences(text, piece)
    at = starts[int(pick) - 1] if pick else next((s for s in starts if s >= cursor), None)
    if at is None:
        raise ValueError(f"trigger not found from {cursor} on: {piece!r}")
    event: Record = {"trigger": {"text": piece, "start": at, "end": at + len(piece)}, "mode": mode}
    event |= {"actors": [], "targets": [], "places": [], "time": None, "iso": None}
    event |= {"assertion": "asserted", "attributed_to": None, "core": True}
    for field in fields:
        key, _, rest = field.partition(" ")
        items = [item.strip() for item in rest.split(";")]
        if key in ("a", "t"):
            event["actors" if key == "a" else "targets"] = [locate(text, item, at) for item in items]
        elif key == "p":
            for item in items:
                relation, _, name = item.partition(" ")
                if relation not in RELATIONS:
                    relation, name = "in", item
                event["places"].append(locate(text, name, at) | {"relation": relation})
        elif key == "w":
            expression, _, iso = (part.strip() for part in rest.partition("="))
            event["time"] = locate(text, expression, at) if expression else None
            event["iso"] = iso or None
        elif key == "q":
            event["quantities"] = [_quantity(text, item, at) for item in items]
        elif key in ASSERTIONS:
            event["assertion"] = key
            event["attributed_to"] = locate(text, rest.removeprefix("by "), at) if rest else None
        elif key == "nc":
            event["core"] = False
        else:
            raise ValueError(f"unknown field: {field!r}")
    return event


def build(forms: list[Path], corpus: Path) -> Iterator[Record]:
    """Yield one gold record per article named in the forms. Exits with every fault named by file and line."""
    faults: list[str] = []
    for form in forms:
        record: Record | None = None
        text, cursor = "", 0
        for number, line in enumerate(form.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("=="):
                if record:
                    yield record
                path = corpus / line[2:].strip()
                raw = path.read_bytes()
                text, cursor = raw.decode("utf-8"), 0
                published = re.search(r"^date: *(\S+)", text, re.MULTILINE)
                record = {"article": path.name, "sha256": hashlib.sha256(raw).hexdigest()}
                record |= {"published": published[1] if published else None, "events": []}
            elif line.strip() and not line.startswith("#") and record:
                try:
                    event = read_event(text, line, cursor)
                except (ValueError, IndexError) as error:
                    faults.append(f"{form.name}:{number}: {error}")
                    continue
                cursor = event["trigger"]["start"] + 1
                record["events"].append(event)
        if record:
            yield record
    if faults:
        sys.exit("\n".join(faults))


def _spans(event: Record) -> Iterator[Record]:
    yield event["trigger"]
    for key in (*_SPAN_LISTS, "quantities"):
        yield from event.get(key, [])
    yield from (event[key] for key in ("time", "attributed_to") if event[key])


def verify(gold: Path, corpus: Path) -> list[str]:
    """Return every fault of a gold file: hashes, spans, modes, values, order and duplicate triggers."""
    faults = []
    for number, line in enumerate(gold.read_text(encoding="utf-8").splitlines(), 1):
        record = json.loads(line)
        raw = (corpus / record["article"]).read_bytes()
        text, where = raw.decode("utf-8"), f"{gold.name}:{number} {record['article']}"
        if hashlib.sha256(raw).hexdigest() != record["sha256"]:
            faults.append(f"{where}: sha256 is not that of the file")
        last = -1
        for event in record["events"]:
            at = f"{where} {event['trigger']['start']} {event['trigger']['text']}"
            for span in _spans(event):
                if text[span["start"] : span["end"]] != span["text"] or not span["text"].strip():
                    faults.append(f"{at}: span {span}")
            if not EVENT_KEYS <= set(event) <= EVENT_KEYS | {"quantities"}:
                faults.append(f"{at}: keys {sorted(event)}")
            if event["mode"] not in MODES or event["assertion"] not in ASSERTIONS:
                faults.append(f"{at}: {event['mode']}, {event['assertion']}")
            if event["iso"] and not _ISO.fullmatch(event["iso"]):
                faults.append(f"{at}: iso {event['iso']}")
            if event["assertion"] == "asserted" and event["attributed_to"]:
                faults.append(f"{at}: asserted, yet attributed")
            if event["trigger"]["start"] < last:
                faults.append(f"{at}: out of order, or its trigger overlaps another")
            last = event["trigger"]["end"]
            for key in _SPAN_LISTS:
                seen = Counter((span["start"], span["end"]) for span in event[key])
                faults += [f"{at}: twice in {key}" for count in seen.values() if count > 1]
    return faults


def show(gold: Path, corpus: Path) -> Iterator[str]:
    """Yield the gold file as forms that `build` turns back into the same file."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = (corpus / record["article"]).read_bytes().decode("utf-8")

        def ref(span: Record, text: str = text) -> str:
            return f"{span['text']} @{occurrences(text, span['text']).index(span['start']) + 1}"

        yield f"== {record['article']}"
        for event in record["events"]:
            parts = [ref(event["trigger"]), event["mode"]]
            for key, name in zip("atp", _SPAN_LISTS, strict=True):
                if event[name]:
                    texts = (f"{span.get('relation', '')} {ref(span)}".strip() for span in event[name])
                    parts.append(f"{key} " + " ; ".join(texts))
            if event["time"] or event["iso"]:
                parts.append(f"w {ref(event['time']) if event['time'] else ''} = {event['iso'] or ''}")
            source = event["attributed_to"]
            if event["assertion"] != "asserted":
                parts.append(event["assertion"] + (f" by {ref(source)}" if source else ""))
            counts = []
            for count in event.get("quantities", []):
                low, high = ("-" if count[key] is None else count[key] for key in ("low", "high"))
                counts.append(f"{count['kind']} {low} {high} {ref(count)}")
            parts += ["q " + " ; ".join(counts)] if counts else []
            yield " | ".join(parts + ([] if event["core"] else ["nc"]))


def summary(gold: Path) -> str:
    """Return counts of a gold file: by article, mode and assertion, core and all."""
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    events = [event for record in records for event in record["events"]]
    core = [event for event in events if event["core"]]
    lines = [f"{len(records)} articles, {len(events)} events, {len(core)} of them core"]
    for record in records:
        cores = sum(event["core"] for event in record["events"])
        lines.append(f"  {record['article']}: {cores} core, {len(record['events'])} in all")
    for key in ("assertion", "mode"):
        cores_by, by = Counter(e[key] for e in core), Counter(e[key] for e in events)
        lines.append(f"{key} (core/all): " + ", ".join(f"{k} {cores_by[k]}/{n}" for k, n in by.most_common()))
    filled = {k: sum(bool(e[k]) for e in core) for k in (*_SPAN_LISTS, "time", "iso")}
    lines.append("core events with " + ", ".join(f"{k} {n}" for k, n in filled.items()))
    return "\n".join(lines)


def main() -> int:
    """Run the command line; the exit status is 1 where a gold file has faults."""
    parser = argparse.ArgumentParser(description="annotation forms to gold spans")
    parser.add_argument("command", choices=["build", "verify", "show"])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--out", type=Path, default=Path("tests/gold/dev.jsonl"))
    options = parser.parse_args()
    if options.command == "show":
        print("\n".join(show(options.paths[0], options.corpus)))
        return 0
    gold = options.paths[0]
    if options.command == "build":
        gold = options.out
        records = sorted(build(options.paths, options.corpus), key=lambda record: str(record["article"]))
        gold.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    faults = verify(gold, options.corpus)
    print("\n".join(faults) or summary(gold))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""What people made of the tasks in Label Studio (its JSON export), as gold articles."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.evaluate import modes
from pipeline.export import ExportError
from pipeline.export.annotated import gold_line
from pipeline.export.graph import ASSERTIONS, NODE_KINDS, Arc, Graph, Node, Trigger, read_events
from pipeline.export.label_studio import CORE, NOT_CORE


def import_label_studio(
    results: Path, out: Path, *, annotator: str | None = None, overwrite: bool = False
) -> tuple[int, int]:
    """Write the annotated articles of a JSON export as a gold file, whole or not at all.

    Args:
        results, annotator: see :func:`read_label_studio`.
        out: the gold file.
        overwrite: replace a file that is there.

    Returns:
        How many articles and events it has.

    Raises:
        ExportError: the results are not right, no task is annotated, or ``out`` is there or cannot be written.
    """
    if out.exists() and not overwrite:
        raise ExportError(f"{out}: there already; --overwrite replaces it")
    lines = list(read_label_studio(results, annotator=annotator))
    if not lines:
        whose = f" by {annotator}" if annotator is not None else ""
        raise ExportError(f"{results}: no task is annotated{whose}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as scratch:
            draft = Path(scratch) / out.name
            draft.write_text(
                "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
            )
            draft.replace(out)
    except OSError as error:
        raise ExportError(f"{out}: cannot be written: {error.strerror or error}") from error
    return len(lines), sum(len(line["events"]) for line in lines)


def read_label_studio(path: Path, *, annotator: str | None = None) -> Iterator[Mapping[str, Any]]:
    """The annotated articles of a JSON export, as lines of a gold file.

    Of each task the annotation is taken: the only one, or that of ``annotator``, or the one marked as ground truth.
    Predictions and skipped tasks are no annotations; tasks without an annotation are passed over.

    Args:
        path: the file that Label Studio's export as JSON (not JSON-MIN) wrote.
        annotator: the e-mail address or the number of who annotated, where several did.

    Raises:
        ExportError: not such a file, or a task is not what the labelling configuration makes; with the task's number.
    """
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ExportError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise ExportError(f"{path}: not valid JSON, or cut off: {error}") from error
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise ExportError(f"{path}: a list of tasks is expected; export as JSON")
    seen: set[str] = set()
    for number, task in enumerate(tasks, 1):
        try:
            line = _article(task, annotator)
        except ExportError as error:
            raise ExportError(f"{path}: task {task.get('id', number)}: {error}") from error
        if line is None:
            continue
        if line["article"] in seen:
            raise ExportError(
                f"{path}: task {task.get('id', number)}: the article {line['article']} is there twice"
            )
        seen.add(line["article"])
        yield line


def _article(task: Mapping[str, Any], annotator: str | None) -> Mapping[str, Any] | None:
    data = task.get("data")
    if (
        not isinstance(data, dict)
        or not isinstance(data.get("text"), str)
        or not isinstance(data.get("article"), str)
    ):
        raise ExportError("data.text and data.article are needed: not a task that waqai exported")
    annotation = _annotation(task, annotator)
    if annotation is None:
        return None
    text = data["text"]
    result = annotation.get("result")
    if not isinstance(result, list) or not all(isinstance(item, dict) for item in result):
        raise ExportError("the annotation has no list of results; export as JSON, not as JSON-MIN")
    published = data.get("published")
    line = gold_line(
        data["article"],
        text,
        published if isinstance(published, str) else None,
        read_events(text, _graph(result)),
    )
    if data.get("sha256") not in (None, line["sha256"]):
        raise ExportError("the text was changed after the export (sha256 differs)")
    try:
        json.dumps(line, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ExportError("a character is only half there (a lone surrogate)") from error
    return line


def _annotation(task: Mapping[str, Any], annotator: str | None) -> Mapping[str, Any] | None:
    made = task.get("annotations")
    if not isinstance(made, list):
        raise ExportError("there is no list of annotations; export as JSON, not as JSON-MIN")
    kept = [a for a in made if isinstance(a, dict) and not a.get("was_cancelled")]
    if annotator is not None:
        kept = [a for a in kept if annotator in _names(a.get("completed_by"))]
    if len(kept) > 1:
        marked = [a for a in kept if a.get("ground_truth")]
        if len(marked) != 1:
            raise ExportError(
                f"{len(kept)} annotations; mark one as ground truth, or name whose to take with --annotator"
            )
        kept = marked
    return kept[0] if kept else None


def _names(who: Any) -> tuple[str, ...]:
    """A person as Label Studio writes them: a number, or an object with number and address."""
    values = (who.get("id"), who.get("email")) if isinstance(who, dict) else (who,)
    return tuple(str(value) for value in values if value is not None)


def _graph(result: Sequence[Mapping[str, Any]]) -> Graph:
    regions: dict[str, dict[str, Any]] = {}
    arcs = []
    for item in result:
        if item.get("type") == "relation":
            arcs.append(_arc(item))
            continue
        value, name = item.get("value"), item.get("from_name")
        if not isinstance(value, dict) or not isinstance(item.get("id"), str):
            raise ExportError("a result without id or value")
        region = regions.setdefault(item["id"], {})
        if name == "label":
            region |= {"start": _offset(value, "start"), "end": _offset(value, "end")}
        region[str(name)] = value.get(_VALUES.get(str(name), ""))
    triggers, nodes = [], []
    for id_, region in regions.items():
        kind = _word(id_, region, "label")
        if kind == "trigger":
            triggers.append(_trigger(id_, region))
        elif kind in NODE_KINDS:
            note = _word(id_, region, "count") if kind == "count" else ""
            nodes.append(Node(id_, kind, region["start"], region["end"], note))
        else:
            raise ExportError(f"region {id_!r}: no label is called {kind!r}")
    return Graph(tuple(triggers), tuple(nodes), tuple(arcs))


#: Where the value of a control stands in a result.
_VALUES = {"label": "labels", "mode": "taxonomy", "assertion": "choices", "core": "choices", "iso": "text",
           "count": "text"}  # fmt: skip


def _arc(item: Mapping[str, Any]) -> Arc:
    labels = item.get("labels")
    if not isinstance(labels, list) or len(labels) != 1:
        raise ExportError(
            f"the relation from {item.get('from_id')!r} to {item.get('to_id')!r} needs one label"
        )
    ends = (str(item.get("from_id")), str(item.get("to_id")))
    # The arrow may be drawn either way.
    trigger, node = reversed(ends) if item.get("direction") == "left" else ends
    return Arc(trigger, str(labels[0]), node)


def _trigger(id_: str, region: Mapping[str, Any]) -> Trigger:
    path = _only(id_, region, "mode")
    mode = path[-1] if isinstance(path, list) and path else None
    if not isinstance(mode, str):
        raise ExportError(f"the trigger {id_!r} has no mode")
    listed = modes().get(mode)
    if listed is None and len(path) < 2:
        raise ExportError(f"the trigger {id_!r}: no mode is called {mode!r}")
    assertion = _word(id_, region, "assertion")
    if assertion not in ASSERTIONS:
        raise ExportError(f"the trigger {id_!r}: no assertion is called {assertion!r}")
    core = _word(id_, region, "core") if region.get("core") else CORE
    if core not in (CORE, NOT_CORE):
        raise ExportError(f"the trigger {id_!r}: {core!r} is neither {CORE!r} nor {NOT_CORE!r}")
    return Trigger(
        id=id_,
        start=region["start"],
        end=region["end"],
        mode=mode,
        type=None if listed is not None and (len(path) < 2 or listed.type == path[0]) else str(path[0]),
        assertion=assertion,
        core=core == CORE,
        iso=_word(id_, region, "iso") if region.get("iso") else None,
    )


def _only(id_: str, region: Mapping[str, Any], control: str) -> Any:
    """The one value of a control."""
    values = region.get(control)
    # A text area with one line comes as a string from some versions.
    values = [values] if isinstance(values, str) else values
    if not isinstance(values, list) or len(values) != 1:
        raise ExportError(f"region {id_!r}: one value of {control!r} is needed")
    return values[0]


def _word(id_: str, region: Mapping[str, Any], control: str) -> str:
    """The one value of a control, which is a string."""
    value = _only(id_, region, control)
    if not isinstance(value, str):
        raise ExportError(f"region {id_!r}: {control!r} is {value!r}, where a word is needed")
    return value


def _offset(value: Mapping[str, Any], name: str) -> int:
    offset = value.get(name)
    if not isinstance(offset, int):
        raise ExportError(f"a region's {name} is {offset!r}, where a number is needed")
    return offset

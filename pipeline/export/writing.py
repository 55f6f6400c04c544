"""One way to write every export: strict reading, a draft, and a result that appears whole or not at all."""

from __future__ import annotations

import importlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.export import FORMATS, ExportError, Format
from pipeline.outputs import OutputsError, open_run
from pipeline.records import SCHEMA_VERSION

if TYPE_CHECKING:
    from pipeline.export.annotated import GoldSource, Source

#: Stands in every folder that an export makes: what made it. Only a folder with it is ever replaced.
SIGN = "_waqai-export.json"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: where, and counts by name."""

    out: Path
    counts: Mapping[str, int]


def export(
    name: str,
    run: str | Path,
    out: str | Path,
    *,
    articles: str | Path | None = None,
    representatives_only: bool = False,
    overwrite: bool = False,
    **options: Any,
) -> Exported:
    """Write a finished run in another format.

    Args:
        name: one of :data:`FORMATS`.
        run: the folder of a finished run, or its ``events.jsonl``; with ``articles`` a gold file or folder.
        out: the file or folder to write.
        articles: the texts of gold annotations: ``articles.jsonl`` of a run, or a folder of texts.
        representatives_only: of near-duplicate articles only the representative.
        overwrite: replace what an earlier export left at ``out``.
        options: those of the format; None counts as not given.

    Raises:
        ExportError: there is no such format or option, ``out`` is taken or cannot be written.
        pipeline.outputs.OutputsError: the run cannot be read. In any case nothing at ``out`` has changed.
    """
    chosen = FORMATS.get(name)
    if chosen is None:
        raise ExportError(f"no export is called {name!r}; there are: {', '.join(FORMATS)}")
    given = {key: value for key, value in options.items() if value is not None}
    strange = sorted(set(given) - chosen.options)
    if strange:
        raise ExportError(f"the export {name} takes no option {strange[0].replace('_', '-')!r}")
    source: Source
    if articles is None:
        source = open_run(run, representatives_only=representatives_only)
    else:
        source = _open_gold(name, chosen, Path(run), Path(articles), representatives_only)
    target = Path(out)
    _check_target(target, chosen, source.events, overwrite=overwrite)
    module, _, function = chosen.target.partition(":")
    write = getattr(importlib.import_module(module), function)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, so that the last step is a rename on one file system.
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as scratch:
            draft = Path(scratch) / target.name
            counts = dict(write(source, draft, **given))
            if chosen.folder:
                _sign(draft, name, counts)
            _put_in_place(draft, target, Path(scratch))
    except OSError as error:
        raise ExportError(f"{target}: cannot be written: {error.strerror or error}") from error
    return Exported(target, MappingProxyType(counts))


def _open_gold(
    name: str, chosen: Format, gold: Path, articles: Path, representatives_only: bool
) -> GoldSource:
    if not chosen.gold:
        raise ExportError(f"the export {name} is made from a run only, not from gold with its articles")
    if representatives_only:
        raise ExportError("gold annotations know of no near-duplicates: leave out --representatives-only")
    # What reads gold imports pandas; an export of a run does without.
    from pipeline.export.annotated import GoldSource

    for path in (gold, articles):
        if not path.exists():
            raise ExportError(f"{path}: there is no such file or folder")
    return GoldSource(gold, articles)


def _check_target(target: Path, chosen: Format, events: Path, *, overwrite: bool) -> None:
    if not target.name:
        raise ExportError(f"{target}: not a name that a {'folder' if chosen.folder else 'file'} can have")
    if target.resolve() in (events.resolve(), *events.resolve().parents):
        raise ExportError(f"{target}: the run itself would be overwritten; choose another path with --out")
    if target.resolve().parent == events.resolve().parent and target.name in _OF_A_RUN:
        raise ExportError(f"{target}: that is an output of the run; choose another path with --out")
    if not target.exists() or (chosen.folder and target.is_dir() and not any(target.iterdir())):
        return
    if chosen.folder != target.is_dir():
        there, made = ("folder", "file") if target.is_dir() else ("file", "folder")
        raise ExportError(f"{target}: a {there} stands where this export makes a {made}")
    if not overwrite:
        raise ExportError(f"{target}: there already; --overwrite replaces it")
    if chosen.folder and not (target / SIGN).is_file():
        raise ExportError(f"{target}: not made by an export (no {SIGN} in it), so it is not replaced")


#: What a run leaves in its folder: an export never stands in for one of them.
_OF_A_RUN = frozenset((
    "events.jsonl", "events.parquet", "articles.jsonl", "rejects.jsonl", "tombstones.jsonl", "manifest.json",
    "report.html",
))  # fmt: skip


def _sign(folder: Path, name: str, counts: Mapping[str, int]) -> None:
    facts = {"waqai": __version__, "schema_version": SCHEMA_VERSION, "format": name, "counts": dict(counts)}
    (folder / SIGN).write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _put_in_place(draft: Path, target: Path, scratch: Path) -> None:
    if target.is_dir():
        # A folder cannot be replaced in one step: the old one is moved aside and goes with the scratch folder.
        target.rename(scratch / "replaced")
    draft.replace(target)
    shutil.rmtree(scratch / "replaced", ignore_errors=True)


__all__ = ["SIGN", "ExportError", "Exported", "OutputsError", "export"]

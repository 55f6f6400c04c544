"""What models there are: the bundled parts, checked against the manifest, and what the user has fetched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.engines.bundle import ModelError, inspect, models_dir, read_manifest
from pipeline.engines.fetch import TITLES
from pipeline.engines.fetched import find, places


@dataclass(frozen=True, slots=True)
class BundledPart:
    """A part of the bundled models.

    Attributes:
        name: as ``fast``.
        files: how many.
        size: bytes on the disk.
        date: when it was trained; ISO 8601.
        licences: of the data it is made of.
        command: what makes it.
        faults: what is wrong with its files; empty where all are what the manifest says.
    """

    name: str
    files: int
    size: int
    date: str
    licences: tuple[str, ...]
    command: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FetchedModel:
    """A model that the user may have fetched.

    Attributes:
        name: ``stanza`` or ``camel``.
        title: what it is.
        folder: where it is; None where it is not.
        looked: where it is looked for, in this order.
        size: bytes.
        steps: processors of the Stanza package.
        licence: what its catalogue says; empty where it says nothing.
        checked: how many files its catalogue has a digest for.
        faults: what is wrong with it.
    """

    name: str
    title: str
    folder: Path | None
    looked: tuple[Path, ...]
    size: int = 0
    steps: tuple[str, ...] = ()
    licence: str = ""
    checked: int = 0
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inventory:
    """All models. ``terms`` are those of the bundled ones; ``strays`` are files that the manifest does not know."""

    folder: Path
    terms: str
    bundled: tuple[BundledPart, ...]
    strays: tuple[str, ...]
    fetched: tuple[FetchedModel, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with the bundled models."""
        return (*(fault for part in self.bundled for fault in part.faults), *self.strays)


def take() -> Inventory:
    """Reads and checks everything.

    Raises:
        ModelError: there are no bundled models, or their manifest cannot be read.
    """
    folder = models_dir()
    manifest = read_manifest(folder)
    states = inspect(folder)
    about: dict[str, dict[str, Any]] = manifest.get("parts", {})
    bundled: list[BundledPart] = []
    for name in dict.fromkeys([*about, *(state.part for state in states if state.part)]):
        own = [state for state in states if state.part == name]
        part = about.get(name, {})
        bundled.append(
            BundledPart(
                name,
                len(own),
                sum(state.size for state in own),
                str(part.get("date", manifest.get("date", ""))),
                tuple(part.get("licences", ())),
                str(part.get("command", "")),
                tuple(f"{state.path} {state.fault}" for state in own if state.fault),
            )
        )
    return Inventory(
        folder,
        str(manifest.get("terms", "")),
        tuple(bundled),
        tuple(f"{state.path} {state.fault}" for state in states if not state.part),
        tuple(_fetched(name) for name in TITLES),
    )


def _fetched(name: str) -> FetchedModel:
    looked = places(name)
    try:
        found = find(name)
    except ModelError as error:
        # What is there but not whole is told; what is not there is no fault.
        damaged = not str(error).startswith("there is no")
        return FetchedModel(name, TITLES[name], None, looked, faults=(str(error),) if damaged else ())
    verdicts = [(file, file.intact()) for file in found.files]
    return FetchedModel(
        name,
        TITLES[name],
        found.folder,
        looked,
        sum(file.path.stat().st_size for file in found.files),
        found.steps,
        found.licence,
        sum(verdict is not None for _, verdict in verdicts),
        tuple(
            f"{file.path.relative_to(found.folder)} is damaged (its {file.algorithm} differs from the catalogue)"
            for file, verdict in verdicts
            if verdict is False
        ),
    )

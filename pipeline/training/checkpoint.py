"""Checkpoints of a spaCy training: an interrupted training goes on as if it had never stopped.

Kept are the pipeline with its raw weights, the state of the optimiser, and that of every random number generator. A
checkpoint appears whole or not at all.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.util import load_model_from_path
from thinc.api import Model, Optimizer

from pipeline.training.registry import TrainingError

#: Settings that say when to stop; they may differ when a training goes on.
LIMITS = frozenset(("minutes", "epochs", "steps"))
_MOMENTS = ("mom1", "mom2", "averages", "nr_update")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a training has come: the stage, passes of it that are done, minutes that they took."""

    stage: str
    epoch: int = 0
    minutes: float = 0.0


def same_settings(before: Mapping[str, Any], now: Mapping[str, Any], folder: Path) -> None:
    """Refuses to go on with other settings.

    Raises:
        TrainingError: names the settings that differ.
    """
    differ = [key for key in now if key not in LIMITS and before.get(key) != now[key]]
    if differ:
        changed = ", ".join(f"{key} was {before.get(key)!r} and is {now[key]!r}" for key in differ)
        raise TrainingError(f"{folder} was begun with other settings: {changed}")


class Checkpoint:
    """The one checkpoint of a training.

    Args:
        folder: where it lies.
        config: the settings of the training.
    """

    def __init__(self, folder: Path, config: Mapping[str, Any]) -> None:
        self.folder = folder
        self.config = dict(config)
        self._state: dict[str, Any] = {}

    def save(
        self,
        nlp: Language,
        progress: Progress,
        *,
        rng: random.Random | None = None,
        optimizer: Optimizer | None = None,
    ) -> None:
        """Writes the checkpoint in the place of the one before."""
        fresh, old = (
            self.folder.with_name(self.folder.name + ".new"),
            self.folder.with_name(self.folder.name + ".old"),
        )
        for folder in (fresh, old):
            shutil.rmtree(folder, ignore_errors=True)
        fresh.mkdir(parents=True)
        nlp.to_disk(fresh / "pipeline", exclude=["tokenizer"])
        state = {
            "config": self.config,
            "stage": progress.stage,
            "epoch": progress.epoch,
            "minutes": progress.minutes,
            "rng": None if rng is None else rng.getstate(),
            "python": random.getstate(),
            "numpy": list(np.random.get_state()),
            "optimizer": None if optimizer is None else _moments(nlp, optimizer),
        }
        (fresh / "state.msgpack").write_bytes(srsly.msgpack_dumps(state))
        if self.folder.exists():
            self.folder.rename(old)
        fresh.rename(self.folder)
        shutil.rmtree(old, ignore_errors=True)

    def load(self) -> tuple[Language, Progress] | None:
        """The pipeline as it was and how far it had come; None where there is no checkpoint.

        Raises:
            TrainingError: it was begun with other settings.
        """
        old = self.folder.with_name(self.folder.name + ".old")
        if not self.folder.exists() and old.exists():
            # Interrupted between two renames.
            old.rename(self.folder)
        path = self.folder / "state.msgpack"
        if not path.is_file():
            return None
        self._state = srsly.msgpack_loads(path.read_bytes())
        same_settings(self._state["config"], self.config, self.folder)
        nlp = load_model_from_path(self.folder / "pipeline")
        return nlp, Progress(self._state["stage"], self._state["epoch"], self._state["minutes"])

    def restore(self, nlp: Language, rng: random.Random, optimizer: Optimizer) -> None:
        """Gives the optimiser and the random number generators the state of the loaded checkpoint."""
        rng.setstate(_tuple(self._state["rng"]))
        random.setstate(_tuple(self._state["python"]))
        np.random.set_state(tuple(self._state["numpy"]))
        nodes = {name: node for node, name in _nodes(nlp)}
        for field, values in self._state["optimizer"].items():
            target = getattr(optimizer, field)
            for name, value in values.items():
                place, _, parameter = name.rpartition(" ")
                node = nodes[place]
                target[node.id, parameter] = value.copy() if isinstance(value, np.ndarray) else value
                # A network that was trained has gradients, of nought between batches, and is stepped for them.
                node.set_grad(parameter, node.ops.xp.zeros_like(node.get_param(parameter)))

    def remove(self) -> None:
        """Deletes the checkpoint."""
        for suffix in ("", ".new", ".old"):
            shutil.rmtree(self.folder.with_name(self.folder.name + suffix), ignore_errors=True)


def _tuple(state: Any) -> tuple[Any, ...]:
    """What ``random.setstate`` takes, from what msgpack makes of tuples."""
    return (state[0], tuple(state[1]), state[2])


def _nodes(nlp: Language) -> Iterator[tuple[Model[Any, Any], str]]:
    """Each node of the networks with a name that is the same in every process: the component and its place there."""
    seen: set[int] = set()
    for name, part in nlp.pipeline:
        model = getattr(part, "model", None)
        for place, node in enumerate(model.walk() if isinstance(model, Model) else ()):
            if node.id not in seen:
                seen.add(node.id)
                yield node, f"{name} {place}"


def _moments(nlp: Language, optimizer: Optimizer) -> dict[str, dict[str, Any]]:
    names = {node.id: name for node, name in _nodes(nlp)}
    return {
        field: {
            f"{names[node]} {parameter}": value
            for (node, parameter), value in getattr(optimizer, field).items()
            # A layer that grew with the labels is another node; the optimiser still holds the one before.
            if node in names
        }
        for field in _MOMENTS
    }

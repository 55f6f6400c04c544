"""What a worker of a Dask cluster runs: is it fit for this run, and the extraction of one partition."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass

from pipeline.runs.partitions import SharedFolder
from pipeline.runs.pool import Pool
from pipeline.runs.versions import code_hash, library_versions
from pipeline.runs.work import Bounds, ClusterError, Recipe, done


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker has to know besides the name of a partition.

    Attributes:
        recipe: how to come by the extractor.
        bounds: what an article may take.
        url, run: where the partitions are (:class:`pipeline.runs.partitions.SharedFolder`).
        facts: what must be the same here and there.
    """

    recipe: Recipe
    bounds: Bounds
    url: str
    run: str
    facts: dict[str, str]

    @property
    def shared(self) -> SharedFolder:
        """The partitions."""
        return SharedFolder(self.url, self.run)


def facts_of(recipe: Recipe) -> dict[str, str]:
    """What records depend on besides the articles, as it is in this process, by name."""
    if recipe.extractor is None:
        from pipeline.extraction import current_versions

        versions = current_versions(recipe.engine)
    else:
        versions = dict(recipe.versions)
    versions["waqai"] = versions.pop("version")
    return {**versions, "code": code_hash(), **library_versions()}


def differences(task: Task) -> str | None:
    """Run by a worker: what is not as it is where the run was started; None where all is the same."""
    try:
        facts = facts_of(task.recipe)
    except Exception as error:  # whatever is wrong with the installation, nothing has been done with it yet
        return f"the {task.recipe.engine} engine cannot be used there: {error}"
    for name, wanted in task.facts.items():
        if facts.get(name) != wanted:
            return f"{name} is {facts.get(name, 'not installed')} there and {wanted} here"
    if extra := facts.keys() - task.facts.keys():
        return f"{min(extra)} is installed there and not here"
    return None


def look_around(task: Task, mark: str) -> str | None:
    """Run by every worker before the first partition: what is in the way of its work; None where it can begin."""
    if found := differences(task):
        return found
    try:
        if task.shared.has_mark(mark):
            return None
    except Exception as error:  # a file system may raise anything
        return f"the folder {task.url} cannot be read there: {error}"
    return f"the folder {task.url} is not the same there as here; give one that all see with --shared-dir"


def extract_partition(task: Task, name: str) -> None:
    """Run by a worker: write the results of a partition.

    It is extracted in a process of its own, with the bounds and the second try that articles have on one machine.

    Raises:
        ClusterError: the worker is not of the versions of the run.
        EngineError: the engine cannot be used there.
        OSError: the folder of the partitions cannot be read or written.
    """
    from distributed import get_worker

    if found := differences(task):
        raise ClusterError(f"{get_worker().address}: {found}")
    # Dask's workers are daemons, which multiprocessing lets have no children, since these would outlive a daemon that
    # is killed. Ours do not: they end with the pipe that they are served by.
    process = multiprocessing.current_process()
    if process.daemon:
        process.daemon = False
    shared = task.shared
    pending = shared.read_articles(name)
    with Pool(task.recipe, task.bounds, 1) as pool:
        shared.write_results(name, [done(*found) for found in pool.extract(iter(pending))])

"""The models of the workers: loaded once by the fork server, which imports this module, and shared by its children.

The fork server of :mod:`multiprocessing` is a process with one thread whose only job is to fork. What it has loaded
costs its children neither time nor, until they write to it, memory: a worker that died is replaced at once.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import threading
from collections.abc import Iterator
from functools import lru_cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext

from pipeline.articles.article import Article
from pipeline.engines.lean import thinc_without_torch
from pipeline.runs.work import EngineError, Extractor, Recipe, load_engine

#: Tells the fork server which engine its children will want.
_ENGINE = "WAQAI_WARM_ENGINE"
#: One thread each: the processes are as many as the user has asked for, and more threads would only be in their way.
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "RAYON_NUM_THREADS",
)
#: The environment belongs to all threads of the process.
_STARTING = threading.Lock()
#: Read once before forking, so that what is loaded on first use is shared as well.
_SAMPLE = "قال المتحدث إن القوات سيطرت أمس على مدينة حماة بعد مقتل 14 مسلحا."


def context(engine: str | None) -> ForkServerContext:
    """Where worker processes come from; the fork server is started if it is not there, with ``engine`` loaded.

    There is one fork server for every process that calls this; engines other than its first are loaded by each worker.
    """
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload([__name__])
    pinned = dict.fromkeys(_THREADS, "1") | {"TOKENIZERS_PARALLELISM": "false"}
    with _STARTING, _environment(pinned | ({_ENGINE: engine} if engine else {})):
        forkserver.ensure_running()
    return found


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def extractor_of(recipe: Recipe) -> Extractor:
    """The extractor of a recipe, at once where the fork server has loaded it.

    Raises:
        EngineError: it cannot be used, or is not of the versions that the recipe names.
    """
    if recipe.extractor is not None:
        return recipe.extractor
    extractor = _loaded(recipe.engine)
    if extractor.versions != dict(recipe.versions):
        raise EngineError(
            f"the {recipe.engine} engine cannot be used: models or knowledge have changed since the program started; "
            "start it again"
        )
    return extractor


@lru_cache(maxsize=1)
def _loaded(engine: str) -> Extractor:
    extractor = load_engine(engine)
    list(extractor(Article(id="sample", text=_SAMPLE, published="2024-12-06")))
    return extractor


if _ENGINE in os.environ:
    thinc_without_torch()
    # A worker that finds nothing loaded tries by itself, and tells why it cannot.
    with contextlib.suppress(Exception):
        _loaded(os.environ[_ENGINE])
    # Counting what is shared would copy it.
    gc.collect()
    gc.freeze()

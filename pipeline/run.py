"""A dump in, a folder of outputs out: ``run(["corpus"], "outputs")``. The work is done in :mod:`pipeline.runs`."""

from pipeline.runs.files import OutputError
from pipeline.runs.run import EngineError, Extractor, run
from pipeline.runs.summary import Summary

__all__ = ["EngineError", "Extractor", "OutputError", "Summary", "run"]

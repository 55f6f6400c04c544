"""A dump in, a folder of outputs out: ``run(["corpus"], "outputs")``. The work is done in :mod:`pipeline.runs`."""

from pipeline.runs.files import OutputError
from pipeline.runs.run import run
from pipeline.runs.summary import Summary
from pipeline.runs.work import Bounds, Cluster, ClusterError, EngineError, Extractor

__all__ = ["Bounds", "Cluster", "ClusterError", "EngineError", "Extractor", "OutputError", "Summary", "run"]

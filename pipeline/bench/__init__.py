"""``waqai bench``: how fast the program is, stage by stage, beside Stanza and spaCy in the same run.

Everything is measured in processes that do nothing else, one at a time, in turns that take each other off, so that
a busy machine is equally busy for all. The main figure is words for every second of processor time: «words/s a core».
"""

from pipeline.bench.children import BenchError
from pipeline.bench.measure import Settings, bench
from pipeline.bench.table import show

__all__ = ["BenchError", "Settings", "bench", "show"]

"""A driver for small drills: a run with the finder of the tests, which needs no models and a moment for each article.

Usage: light.py INPUT OUT CODE [SCHEDULER]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from poison import Poisoned

from pipeline.run import Cluster, ClusterError, OutputError, run
from pipeline.runs import remote, versions


def main(corpus: str, out: str, code: str, scheduler: str = "") -> int:
    """Run as the command line does; the exit status."""
    # Somebody may be editing the program while the tests run.
    versions.code_hash = remote.code_hash = lambda: code  # type: ignore[assignment]
    cluster = Cluster(scheduler, partition_bytes=12_000, patience=60) if scheduler else None
    extractor = Poisoned(pause=float(os.environ.get("WAQAI_DRILL_PAUSE", "0.05")))
    try:
        run([Path(corpus)], out, extractor=extractor, resume=True, workers=2, cluster=cluster, progress=False)
    except (ClusterError, OutputError) as error:
        print(f"waqai: error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

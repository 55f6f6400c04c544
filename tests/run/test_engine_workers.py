"""The engine itself: the corpus comes out the same from one process, from two workers and from a Dask cluster."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from run_builders import contents

from pipeline.run import Cluster, run

distributed = pytest.importorskip("distributed")


def test_two_workers(root: Path, corpus_run: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "run",
        str(root / "corpus"),
        "--out",
        str(out),
        "--workers",
        "2",
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr
    assert contents(out) == contents(corpus_run)


def test_no_worker_at_all_and_a_cluster(root: Path, corpus_run: Path, tmp_path: Path) -> None:
    """Some of the articles here, the others there."""
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    shutil.copytree(root / "corpus", corpus)
    held = sorted(corpus.glob("*.txt"))[::3]
    for path in held:
        path.rename(tmp_path / path.name)
    run([corpus], out, progress=False)
    for path in held:
        (tmp_path / path.name).rename(path)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0", protocol="tcp://"
    ) as local:
        summary = run([corpus], out, progress=False, cluster=Cluster(local.scheduler_address))
    assert summary.processed == len(held)
    assert contents(out) == contents(corpus_run)

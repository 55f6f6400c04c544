"""What all tests share: nothing from the network, repeatable property tests, one run over the corpus."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before any library reads them: one thread each (the tests may run beside others), and no model hub is asked.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

# Loading models inside an example takes seconds once; the same examples are tried on every run.
settings.register_profile(
    "waqai", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("waqai")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def corpus_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of one run of the command line over ``corpus/``, made once for all tests."""
    out = tmp_path_factory.mktemp("corpus-run") / "out"
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run", str(ROOT / "corpus"), "--out", str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return out

"""No regular expression of the package backtracks itself to a standstill."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import regexes  # noqa: E402

#: Patterns that are matched at one place only, or on short texts, by the module where they stand, and why.
BOUNDED = {
    "pipeline.export.graph": "matched as a whole (fullmatch)",
    "pipeline.resolve.gazetteer_build": "on names of at most 200 characters",
    "pipeline.resolve.time_match": "on the 40 characters before an expression",
}


def test_every_pattern_takes_linear_time(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / "regexes.py")],
        cwd=root,
        env=None,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=1800,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["patterns"] > 60, "all modules were looked at"
    slow = [s for s in result["slow"] if s["where"].split(":")[0] not in BOUNDED]
    assert slow == []


@pytest.mark.parametrize(
    "pattern", [r"(a+)+$", r"(\s*,)*\s*$", r"\s+$", r"(?:ا|اا)*ب", r"(\w+\s?)+\.", r"<.*?>"]
)
def test_the_measure_finds_what_is_slow(pattern: str) -> None:
    signal.signal(signal.SIGPROF, regexes._stop)
    try:
        assert regexes.hurt(re.compile(pattern)) is not None
    finally:
        signal.signal(signal.SIGPROF, signal.SIG_IGN)


def test_the_measure_lets_pass_what_is_not() -> None:
    signal.signal(signal.SIGPROF, regexes._stop)
    try:
        for pattern in (r"\d+", r"[^\W\d_]+", r"<!--[^<>]{0,300}-->", r"(?<=[.!?؟])[ ]+(?=\S)", r"قصف|ضرب"):
            assert regexes.hurt(re.compile(pattern)) is None, pattern
    finally:
        signal.signal(signal.SIGPROF, signal.SIG_IGN)

"""A disk that is really full: one line, complete files or none, and the same command goes on once there is room."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from run_builders import CAPTURE, SHELLING, STABLE, age, contents, dump, go, write

from pipeline.runs.versions import code_hash

#: A small drill's driver: two workers, the finder of the tests.
LIGHT = Path(__file__).resolve().parents[1] / "drill" / "light.py"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [{"id": f"{i:03}", "text": f"{SHELLING} {i} {CAPTURE} {i * 7919}"} for i in range(200)]
    folder = write(tmp_path / "in", {"a.jsonl": dump(rows)})
    age(folder)
    return folder


def environment(root: Path) -> dict[str, str]:
    path = os.pathsep.join([str(root), str(root / "tests")])
    return {**os.environ, "PYTHONPATH": path, "WAQAI_DRILL_PAUSE": "0"}


def files_up_to(size: int) -> Callable[[], None]:
    def limit() -> None:
        # What a full disk is to a program, but for the number of the error.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return limit


@pytest.mark.parametrize("room", [100_000, 300_000, 500_000])
def test_files_that_cannot_grow(room: int, root: Path, corpus: Path, tmp_path: Path) -> None:
    """Little room stops the reading, more the extraction, yet more the writing of the outputs."""
    out = tmp_path / "out"
    command = [sys.executable, str(LIGHT), str(corpus), str(out), code_hash()]
    done = subprocess.run(
        command,
        env=environment(root),
        capture_output=True,
        text=True,
        preexec_fn=files_up_to(room),
        timeout=300,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"waqai: error: {out}: ")
    assert "what is done is kept" in line
    assert [p.name for p in out.iterdir()] == [".waqai"]
    go(corpus, out, workers=1)
    go(corpus, tmp_path / "wanted")
    assert contents(out) == contents(tmp_path / "wanted")


SCRIPT = """
set -u
mount -t tmpfs -o size=300k none "$2" || exit 77
"$4" "$5" "$1" "$2/out" "$6"
echo "first run: $?" >&2
ls "$2/out" >&2
mount -o remount,size=100m "$2" || exit 77
"$4" "$5" "$1" "$2/out" "$6" || exit 3
cp "$2"/out/*.* "$3"
"""


def test_a_file_system_without_room(root: Path, corpus: Path, tmp_path: Path) -> None:
    tool = shutil.which("unshare")
    if tool is None:
        pytest.skip("unshare is not installed: no small file system can be mounted")
    mount, kept = tmp_path / "mount", tmp_path / "kept"
    mount.mkdir()
    kept.mkdir()
    arguments = [str(corpus), str(mount), str(kept), sys.executable, str(LIGHT), code_hash()]
    done = subprocess.run(
        [tool, "-r", "-m", "sh", "-c", SCRIPT, "sh", *arguments],
        env=environment(root),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if "Operation not permitted" in done.stderr or done.returncode == 77:
        pytest.skip("this system does not permit mounts of one's own")
    assert done.returncode == 0, done.stderr
    error, status = done.stderr.splitlines()[:2]
    assert "the run had to stop" in error
    assert status == "first run: 2"
    assert not {"events.jsonl", "manifest.json"} & set(done.stderr.splitlines())
    go(corpus, tmp_path / "wanted")
    wanted = contents(tmp_path / "wanted")
    assert {name: (kept / name).read_bytes() for name in STABLE} == wanted

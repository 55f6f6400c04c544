"""The log: what was said to be saved is there, whatever happens, and whoever else writes."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from review_builders import PLAIN, decide, records_of

from pipeline.review import decisions
from pipeline.review.decisions import Decision, DecisionLog, LogError

RECORD = records_of("a", PLAIN)[0]

#: Appends 200 decisions and says after each that it is saved; what is said is what must be in the log.
WRITER = """
import sys
from pathlib import Path
from pipeline.review.decisions import Decision, DecisionLog
log, template, name = DecisionLog(Path(sys.argv[1])), Decision.model_validate_json(sys.argv[2]), sys.argv[3]
for n in range(200):
    log.append(template.model_copy(update={"id": f"d_{name}{n:04}", "annotator": name}))
    print(f"d_{name}{n:04}", flush=True)
"""


def read(log: DecisionLog) -> list[Decision]:
    return [decision for decision, _ in log.read()]


def writer(log: Path, name: str) -> subprocess.Popen[str]:
    template = decide(RECORD, "accept").to_json()
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(log), template, name], stdout=subprocess.PIPE, text=True
    )


def test_what_is_written_is_read(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "deep" / "decisions.jsonl")
    assert read(log) == []
    written = [decide(RECORD, "accept"), decide(RECORD, "reject", reason="state"), decide(RECORD, "skip")]
    for decision in written:
        log.append(decision)
    assert read(log) == written
    (_, first), *_ = log.read()
    assert [d for d, _ in log.read(offset=first)] == written[1:]


@pytest.mark.parametrize("after", [3, 60, 150])
def test_a_killed_writer_loses_at_most_the_decision_in_flight(tmp_path: Path, after: int) -> None:
    path = tmp_path / "decisions.jsonl"
    process = writer(path, "x")
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(after)]
    os.kill(process.pid, signal.SIGKILL)
    said += process.stdout.read().split()
    assert process.wait(10) == -signal.SIGKILL
    found = [d.id for d in read(DecisionLog(path))]
    assert found[: len(said)] == said
    assert len(found) <= len(said) + 1
    assert len(found) < 200, "killed before the end, or this shows nothing"
    DecisionLog(path).append(decide(RECORD, "skip", id="d_next"))
    assert [d.id for d in read(DecisionLog(path))] == [*found, "d_next"]


@pytest.mark.parametrize("torn", [1, 5000, 20000])
def test_a_torn_line_is_put_aside(tmp_path: Path, torn: int) -> None:
    path = tmp_path / "decisions.jsonl"
    log = DecisionLog(path)
    log.append(decide(RECORD, "accept", id="d_1"))
    rest = "{" + "ق" * torn
    with path.open("a", encoding="utf-8") as file:
        file.write(rest)
    assert [d.id for d in read(log)] == ["d_1"]
    log.append(decide(RECORD, "accept", id="d_2"))
    assert [d.id for d in read(log)] == ["d_1", "d_2"]
    assert all(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    assert path.with_name("decisions.jsonl.torn").read_text(encoding="utf-8") == rest + "\n"


def test_a_log_that_is_only_a_torn_line(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text('{"v":1', encoding="utf-8")
    log = DecisionLog(path)
    log.append(decide(RECORD, "accept", id="d_1"))
    assert [d.id for d in read(log)] == ["d_1"]


def test_two_writers_at_once(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    processes = [writer(path, name) for name in ("x", "y")]
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    found = read(DecisionLog(path))
    for name in ("x", "y"):
        assert [d.id for d in found if d.annotator == name] == [f"d_{name}{n:04}" for n in range(200)]
    assert len(found) == 400


def test_a_reader_sees_whole_lines_while_somebody_writes(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.jsonl")
    process = writer(log.path, "x")
    seen, offset = 0, 0
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        for _, after in log.read(offset=offset, line=seen):
            seen, offset = seen + 1, after
    seen += sum(1 for _ in log.read(offset=offset, line=seen))
    process.communicate()
    assert seen == 200


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = DecisionLog(tmp_path / "decisions.jsonl")
    log.append(decide(RECORD, "accept", id="d_1"))
    size = log.size()

    def half(file: int, data: bytes) -> None:
        os.write(file, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(decisions, "_write_all", half)
        with pytest.raises(LogError, match="could not be saved: No space left"):
            log.append(decide(RECORD, "reject"))
    assert log.size() == size
    log.append(decide(RECORD, "skip", id="d_2"))
    assert [d.id for d in read(log)] == ["d_1", "d_2"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("not json", ":2: not a decision: Invalid JSON"),
        ('{"v":2}', ":2: not a decision: v: "),
        ("[]", ":2: not a decision: "),
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, line: str, why: str) -> None:
    log = DecisionLog(tmp_path / "decisions.jsonl")
    log.append(decide(RECORD, "accept"))
    with log.path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(LogError) as error:
        read(log)
    assert str(error.value).startswith(f"{log.path}{why}")
    assert "\n" not in str(error.value)


def test_a_log_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LogError, match="the log cannot be written"):
        DecisionLog(tmp_path / "file" / "decisions.jsonl").append(decide(RECORD, "accept"))

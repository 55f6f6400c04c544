"""The program as it is started: killed in the middle, two at once, a hundred thousand records."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from review_builders import EMOJI, records_of, write_outputs

from pipeline.records import EventRecord
from pipeline.review.annotation import from_record
from pipeline.review.decisions import DecisionLog
from pipeline.review.queries import PAGE, Me, neighbour, page, progress
from pipeline.review.queue import ORDERS, Choice
from pipeline.review.store import Store

pytest.importorskip("fastapi", reason="the review extra is not installed")


def many(folder: Path, count: int) -> list[str]:
    """Outputs with that many records, ten to an article, of several types and confidences. Their ids."""
    base = records_of("a", EMOJI)[0]
    line = json.dumps(base, ensure_ascii=False)
    write_outputs(folder, {f"a{n}": EMOJI for n in range(-(-count // 10))}, [])
    ids = []
    with (folder / "events.jsonl").open("w", encoding="utf-8") as file:
        for n in range(count):
            ids.append(f"ev_{n * 7919 % 1_000_003:016x}")
            mode = ("arrest", "raid", "blockade")[n % 3]
            cluster = json.dumps({"id": f"c{n % 5}", "size": 2, "representative": False})
            file.write(
                line.replace(base["id"], ids[-1])
                .replace('"id": "a"', f'"id": "a{n // 10}"')
                .replace('"confidence": 0.5', f'"confidence": {n % 97 / 97:.2f}')
                .replace('"mode": "arrest"', f'"mode": "{mode}"')
                .replace('"cluster": null', f'"cluster": {cluster if n % 2 else "null"}')
                + "\n"
            )
    return ids


@dataclass
class Client:
    """Decides over HTTP, as the page does."""

    process: subprocess.Popen[str]
    port: int
    token: str

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.cookie = f"waqai_review_{self.port}={self.token}"
        self.host = f"127.0.0.1:{self.port}"
        html = self.get("/list")
        found = re.search(r'name="csrf" content="([0-9a-f]+)"', html)
        assert found is not None
        self.csrf = found[1]

    def get(self, path: str) -> str:
        """A page."""
        self.connection.request("GET", path, headers={"cookie": self.cookie, "host": self.host})
        answer = self.connection.getresponse()
        assert answer.status == 200
        return answer.read().decode()

    def decide(self, record: str, seen: str, number: int) -> None:
        """Accept a record, or raise."""
        body = {
            "record": record,
            "seen": seen,
            "action": "accept",
            "draft": None,
            "nonce": f"d_{number:016x}",
        }
        headers = {
            "cookie": self.cookie,
            "host": self.host,
            "origin": f"http://{self.host}",
            "x-csrf-token": self.csrf,
            "content-type": "application/json",
        }
        self.connection.request("POST", "/decide", body=json.dumps(body), headers=headers)
        answer = self.connection.getresponse()
        assert answer.status == 200, answer.read()
        answer.read()


@contextmanager
def started(folder: Path, annotator: str) -> Iterator[Client]:
    """``waqai review`` in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "review",
        str(folder),
        "--annotator",
        annotator,
        "--port",
        "0",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert process.stdout is not None
        line = next(line for line in process.stdout if line.startswith("Open "))
        address = re.search(r":(\d+)/\?token=(\S+)", line)
        assert address is not None
        yield Client(process, int(address[1]), address[2])
    finally:
        process.kill()
        process.wait()


def seen_in(folder: Path) -> dict[str, str]:
    """What the page shows of each record, as the fingerprint that comes back with a decision."""
    with (folder / "events.jsonl").open(encoding="utf-8") as file:
        records = [EventRecord.model_validate_json(line) for line in file]
    return {record.id: from_record(record).fingerprint() for record in records}


def test_killed_in_the_middle_of_200_decisions(tmp_path: Path) -> None:
    ids = many(tmp_path / "out", 200)
    seen = seen_in(tmp_path / "out")
    log = DecisionLog(tmp_path / "out" / "decisions.jsonl")
    acknowledged: list[str] = []
    with started(tmp_path / "out", "ana") as client:

        def kill() -> None:
            while len(acknowledged) < 90:
                time.sleep(0.001)
            client.process.send_signal(signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        with suppress(OSError, http.client.HTTPException):
            for number, record in enumerate(ids):
                client.decide(record, seen[record], number)
                acknowledged.append(f"d_{number:016x}")
        killer.join()
    assert 90 <= len(acknowledged) < 200
    written = [d.id for d, _ in log.read()]
    assert written[: len(acknowledged)] == acknowledged, "nothing that was said to be saved is lost"
    assert len(written) - len(acknowledged) in (0, 1), "at most the decision in flight"
    with started(tmp_path / "out", "ana") as client:
        assert f"{len(written)} من 200" in client.get("/list")
        for number, record in enumerate(ids[len(acknowledged) :], len(acknowledged)):
            client.decide(record, seen[record], number)
        assert "200 من 200" in client.get("/list")
    # The decision in flight may have been sent again: it is there once all the same.
    assert [d.id for d, _ in log.read()] == [f"d_{n:016x}" for n in range(200)]


def test_two_annotators_at_once_on_one_log(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    ids = many(folder, 30)
    seen = seen_in(folder)
    with started(folder, "ana") as ana, started(folder, "bo") as bo:
        faults: list[Exception] = []

        def work(client: Client, first: int) -> None:
            try:
                client.connection.close()  # idle since the other one started: the server has let it go
                for number, record in enumerate(ids, first):
                    client.decide(record, seen[record], number)
            except Exception as error:
                faults.append(error)

        threads = [threading.Thread(target=work, args=a) for a in ((ana, 0), (bo, 1000))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert faults == []
        assert "30 من 30" in ana.get("/list")
        assert "30" in ana.get("/list?status=double")
    found = [d for d, _ in DecisionLog(folder / "decisions.jsonl").read()]
    for name, first in (("ana", 0), ("bo", 1000)):
        assert [d.id for d in found if d.annotator == name] == [f"d_{n + first:016x}" for n in range(30)]


@pytest.mark.parametrize("order", [o for o in ORDERS if o != "sample"])
def test_pages_hold_every_record_once_and_so_does_the_queue(tmp_path: Path, order: str) -> None:
    ids = many(tmp_path, 120)
    store, me, choice = (
        Store(tmp_path, DecisionLog(tmp_path / "d.jsonl")),
        Me("ana", "annotator"),
        Choice(order=order),
    )
    listed: list[str] = []
    for number in range(1, 5):
        rows, total = page(store, me, choice, number)
        assert total == 120
        assert len(rows) == max(0, min(PAGE, 120 - (number - 1) * PAGE))
        listed += [row["id"] for row in rows]
    assert sorted(listed) == sorted(ids)
    walked, record = [], neighbour(store, me, choice, None)
    while record is not None and record not in walked:
        walked.append(record)
        record = neighbour(store, me, choice, record)
    assert walked == listed
    assert neighbour(store, me, choice, listed[5], backwards=True) == listed[4]
    assert neighbour(store, me, choice, listed[0], backwards=True) == listed[-1]
    if order == "type":
        assert [row["mode"] for row in page(store, me, choice, 1)[0]] == ["arrest"] * 40 + ["blockade"] * 10
    if order == "uncertainty":
        doubt = [round(abs(row["confidence"] - 0.5), 6) for row in page(store, me, choice, 1)[0]]
        assert doubt == sorted(doubt)
    if order == "cluster":
        clusters = [row["cluster"] for row in page(store, me, choice, 1)[0]]
        assert clusters == sorted(clusters)
    store.close()


@pytest.mark.parametrize(
    ("choice", "count"),
    [
        (Choice(mode="raid"), 40),
        (Choice(type="PROTEST"), 0),
        (Choice(article="a3"), 10),
        (Choice(sure="50"), 72),
        (Choice(text="الزُّهور"), 120),
        (Choice(text="الشرطه", mode="arrest"), 40),
        (Choice(text="%"), 0),
        (Choice(text="'; DROP TABLE records; --"), 0),
        (Choice(status="accepted"), 0),
        (Choice(assertion="asserted", country="SYR"), 0),
    ],
)
def test_filters(tmp_path: Path, choice: Choice, count: int) -> None:
    many(tmp_path, 120)
    store = Store(tmp_path, DecisionLog(tmp_path / "d.jsonl"))
    assert page(store, Me("ana", "annotator"), choice, 1)[1] == count
    assert store.index.count == 120
    store.close()


def test_choices_come_from_anywhere(tmp_path: Path) -> None:
    default = Choice()
    assert Choice.read({"order": "x; DROP", "status": "'", "sure": "٥", "colour": "red"}, default) == default
    assert Choice.read({"sure": "101"}, default).sure == "101"
    assert len(Choice.read({"text": "x" * 1000}, default).text) == 200
    given = Choice(order="type", mode="a&b=c", text="سوق")
    assert given.query(id="ev_1") == "order=type&status=todo&mode=a%26b%3Dc&text=%D8%B3%D9%88%D9%82&id=ev_1"


@pytest.mark.slow
def test_a_hundred_thousand_records(tmp_path: Path) -> None:
    many(tmp_path, 100_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    store, me = Store(tmp_path, DecisionLog(tmp_path / "d.jsonl")), Me("ana", "annotator")
    for order in (o for o in ORDERS if o != "sample"):
        choice = Choice(order=order)
        for number in (1, 1000, 2000):
            began = time.monotonic()
            rows, total = page(store, me, choice, number)
            assert (len(rows), total) == (PAGE, 100_000)
            assert neighbour(store, me, choice, rows[0]["id"]) == rows[1]["id"]
            progress(store, me, choice)
            assert time.monotonic() - began < 10, (order, number)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 300, (
        f"{grown:.0f} MB for records of {(tmp_path / 'events.jsonl').stat().st_size / 2**20:.0f} MB"
    )
    store.close()


def interrupted(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What a process says from Ctrl-C to its end; pressed again where the server was not yet there to hear it."""
    for _ in range(30):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=4)
    process.kill()
    pytest.fail("the server does not stop")


def test_the_command_says_what_it_does(tmp_path: Path) -> None:
    many(tmp_path, 3)
    command = [sys.executable, "-m", "pipeline", "review", str(tmp_path), "--annotator", "ana", "--port", "0"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    told: list[Any] = [process.stdout.readline(), process.stdout.readline()]
    rest = interrupted(process)
    assert told[0].startswith("ana reviews 3 records; decisions go to ")
    assert re.match(r"Open http://127\.0\.0\.1:\d+/\?token=\S{40,} \(Ctrl-C stops\)", told[1])
    assert process.returncode in (0, -signal.SIGINT)
    assert "Traceback" not in rest[1]


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    many(tmp_path, 1)
    code = (
        "import sys; sys.modules['fastapi'] = None; sys.argv = ['waqai', 'review', sys.argv[1]]; "
        "from pipeline.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.strip() == "waqai review: fastapi is not installed: pip install 'waqai[review]'"

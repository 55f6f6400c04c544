"""A run on a Dask cluster: the same outputs, whatever was there before; one line about a cluster that will not do."""

from __future__ import annotations

import gzip
import logging
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from poison import EXIT, Poisoned
from run_builders import CAPTURE, SHELLING, Finder, age, contents, dump, go, json_lines, write

from pipeline.articles.items import Reject
from pipeline.run import Bounds, Cluster, ClusterError, OutputError
from pipeline.runs import cluster as driver
from pipeline.runs import remote
from pipeline.runs.ledger import pack
from pipeline.runs.partitions import SharedFolder
from pipeline.runs.work import Done, Recipe, attempt, done

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler and two workers with one thread each, in this process."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0", protocol="tcp://"
    ) as local:
        yield local.scheduler_address


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [{"id": f"{i:03}", "text": f"{SHELLING} {i} {CAPTURE}"} for i in range(60)]
    rows.insert(30, {"id": "poison", "text": f"{SHELLING} {EXIT}"})
    folder = write(tmp_path / "in", {"a.jsonl": dump(rows)})
    age(folder)
    return folder


@pytest.fixture
def wanted(corpus: Path, tmp_path: Path) -> dict[str, bytes]:
    go(corpus, tmp_path / "wanted", Poisoned(), workers=1)
    return contents(tmp_path / "wanted")


def small(address: str, **values: Any) -> Cluster:
    """Partitions of a few articles."""
    return Cluster(address, partition_bytes=6000, **values)


def settle(address: str) -> None:
    """Wait until no worker is at anything."""
    with distributed.Client(address, set_as_default=False) as client:
        deadline = time.monotonic() + 60
        while any(client.processing().values()) or any(client.run(executing).values()):
            assert time.monotonic() < deadline, "the workers are still at work"
            time.sleep(0.05)


def executing(dask_worker: Any) -> int:
    """How many tasks a worker is at."""
    return int(dask_worker.state.executing_count)


@pytest.mark.parametrize("shared", [None, "folder", "memory://waqai-tests"])
def test_outputs_are_those_of_one_machine(
    shared: str | None, address: str, corpus: Path, wanted: dict[str, bytes], tmp_path: Path
) -> None:
    url = f"file://{tmp_path}/shared" if shared == "folder" else shared
    summary = go(corpus, tmp_path / "out", Poisoned(), cluster=small(address, shared=url))
    assert (summary.processed, summary.articles, summary.rejected) == (61, 60, 1)
    assert contents(tmp_path / "out") == wanted
    (crash,) = json_lines(tmp_path / "out" / "rejects.jsonl")
    assert (crash["id"], crash["line"], crash["detail"]) == ("poison", 31, "exit status 3")
    # Nothing of the partitions is left.
    assert sorted(p.name for p in (tmp_path / "out" / ".waqai").iterdir() if p.name != "partitions") == [
        "CACHEDIR.TAG",
        "ledger.sqlite",
    ]
    assert list(tmp_path.rglob("*.jsonl.gz*")) == []


def test_what_workers_did_after_the_driver_died_is_used(
    address: str, corpus: Path, wanted: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver stops at the first result; the second one finds files, one of them damaged, and does the rest."""
    out, shared = tmp_path / "out", tmp_path / "shared"
    cluster = small(address, shared=str(shared))

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.runs.planning.enter", stop)
        with pytest.raises(KeyboardInterrupt):
            go(corpus, out, Poisoned(), cluster=cluster)
    # A worker goes on with what it has begun, for a while: it is not to write after what is done by hand here
    # for every partition that was handed out.
    settle(address)
    handed = sorted(shared.rglob("*.articles.jsonl.gz"))
    assert len(handed) >= 2
    folder = SharedFolder(str(shared), handed[0].parent.name.removeprefix("waqai-"))
    whole: list[str] = []
    for name in (path.name.split(".")[0] for path in handed):
        items = folder.read_articles(name)
        if not any("سم" in item.article.text for item in items):
            folder.write_results(name, [done(item, attempt(Finder(), item.article)) for item in items])
            whole.append(name)
    (handed[0].parent / f"{whole[0]}.results.jsonl.gz").write_bytes(b"cut")
    given: list[str] = []
    original = driver.ClusterRun._submit

    def spy(self: Any, client: Any, part: Any) -> Any:
        given.append(part.name)
        return original(self, client, part)

    monkeypatch.setattr(driver.ClusterRun, "_submit", spy)
    go(corpus, out, Poisoned(), cluster=cluster)
    assert contents(out) == wanted
    assert whole[0] in given
    assert whole[1:]
    assert not set(whole[1:]) & set(given)


def test_a_worker_of_another_version_is_refused(
    address: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The workers live in this process: what the driver believes is changed instead.
    for name, value in (
        ("knowledge", "k2"),
        ("waqai", "9.9"),
        ("models", "m9"),
        ("spacy", "1.0"),
        ("python", "2.7"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(
                driver, "facts_of", lambda recipe, n=name, v=value: remote.facts_of(recipe) | {n: v}
            )
            with pytest.raises(ClusterError, match=rf"^tcp://\S+: {name} is \S+ there and {value} here$"):
                go(corpus, tmp_path / "out", Finder(), cluster=small(address))
    with monkeypatch.context() as patch:
        patch.setattr(
            driver,
            "facts_of",
            lambda recipe: {k: v for k, v in remote.facts_of(recipe).items() if k != "rensa"},
        )
        with pytest.raises(ClusterError, match="rensa is installed there and not here"):
            go(corpus, tmp_path / "out", Finder(), cluster=small(address))
    assert not (tmp_path / "out" / "events.jsonl").exists()


def test_a_worker_that_comes_later_is_looked_at_as_well(address: str, tmp_path: Path) -> None:
    extractor = Finder()
    recipe = Recipe("finder", extractor.versions, extractor)
    facts = remote.facts_of(recipe)
    task = remote.Task(recipe, Bounds(), str(tmp_path), "x", facts)
    assert remote.differences(task) is None
    assert "code is" in str(remote.differences(replace(task, facts=facts | {"code": "other"})))
    with distributed.Client(address, set_as_default=False) as client:
        future = client.submit(
            remote.extract_partition, replace(task, facts=facts | {"code": "other"}), "name"
        )
        assert "code is" in str(future.exception())


def test_a_folder_that_workers_do_not_see(
    address: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SharedFolder, "has_mark", lambda self, mark: False)
    with pytest.raises(
        ClusterError, match="is not the same there as here; give one that all see with --shared-dir"
    ):
        go(corpus, tmp_path / "out", Finder(), cluster=small(address))


def test_a_folder_that_nobody_can_write(address: str, corpus: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="the run had to stop"):
        go(corpus, tmp_path / "out", Finder(), cluster=small(address, shared=str(blocked)))


def test_a_full_disk_on_a_worker_is_one_line(
    address: str, corpus: Path, wanted: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(SharedFolder, "write_results", full)
        with pytest.raises(
            ClusterError, match=r"could not do its partition: OSError: .*No space left on device"
        ):
            go(corpus, tmp_path / "out", Poisoned(), cluster=small(address))
    assert not (tmp_path / "out" / "events.jsonl").exists()
    go(corpus, tmp_path / "out", Poisoned(), cluster=small(address))
    assert contents(tmp_path / "out") == wanted


def test_no_scheduler_and_no_workers(corpus: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ClusterError, match=f"^{address}: no Dask scheduler there that can be used"):
        go(corpus, tmp_path / "out", Finder(), cluster=Cluster(address, patience=1))
    with pytest.raises(ClusterError, match="no Dask scheduler there"):
        go(corpus, tmp_path / "out", Finder(), cluster=Cluster("carrier-pigeon://loft", patience=1))
    with (
        distributed.LocalCluster(
            n_workers=0, processes=False, dashboard_address=":0", protocol="tcp://"
        ) as empty,
        pytest.raises(ClusterError, match="the scheduler has no workers"),
    ):
        go(corpus, tmp_path / "out", Finder(), cluster=Cluster(empty.scheduler_address, patience=1))


def test_partition_files_are_json_and_come_back_as_they_were(tmp_path: Path) -> None:
    folder = SharedFolder(str(tmp_path), "r")
    crash = Reject("a.txt", 3, "a", "crash", "why", "what")
    results = [Done("f1", 2, pack('{"a":1}\n{"b":2}')), Done("f2", 0, pack(""), crash)]
    folder.write_results("p", results)
    assert folder.read_results("p", ["f2", "f1"]) == results
    assert folder.read_results("p", ["f1"]) is None
    assert folder.read_results("q", ["f1"]) is None
    (path,) = (tmp_path / "waqai-r").iterdir()
    assert gzip.decompress(path.read_bytes()).startswith(b'{"fingerprint":"f1"')
    folder.remove("p")
    assert list((tmp_path / "waqai-r").iterdir()) == []

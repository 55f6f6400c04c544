"""Worker processes: the same outputs as without, and an article that harms its process harms no other."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from poison import BUSY, CRASH, EXIT, HANG, HUNGRY, SEGFAULT, Poisoned
from run_builders import CAPTURE, SHELLING, Finder, age, contents, dump, go, json_lines, write

from pipeline.articles import Article
from pipeline.run import Bounds, EngineError
from pipeline.runs.pool import Pool
from pipeline.runs.work import Pending, Recipe

#: Small enough for tests: the extractor needs next to nothing.
BOUNDS = Bounds(seconds=0.5, memory=2**30)


def manifest(out: Path) -> dict[str, Any]:
    """All of the manifest that must not tell how the run went."""
    found = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    del found["timings"]
    return dict(found)


def many(folder: Path, texts: dict[str, str]) -> Path:
    """Sixty harmless articles with others among them."""
    rows = [{"id": f"{i:03}", "text": f"{SHELLING} {i} {CAPTURE}"} for i in range(60)]
    rows += [{"id": name, "text": f"{SHELLING} {text}"} for name, text in texts.items()]
    rows.sort(key=lambda row: row["id"])
    write(folder, {"a.jsonl": dump(rows)})
    age(folder)
    return folder


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus, and the outputs of a run over it in one process."""
    folder = tmp_path_factory.mktemp("undisturbed")
    corpus = many(folder / "in", {})
    go(corpus, folder / "out", Poisoned())
    return corpus, folder / "out"


@pytest.mark.parametrize("workers", [1, 2])
def test_outputs_do_not_tell_how_many_workers_there_were(
    undisturbed: tuple[Path, Path], workers: int, tmp_path: Path
) -> None:
    corpus, wanted = undisturbed
    summary = go(corpus, tmp_path / "out", Poisoned(), workers=workers)
    assert (summary.processed, summary.articles) == (60, 60)
    assert contents(tmp_path / "out") == contents(wanted)
    assert manifest(tmp_path / "out") == manifest(wanted)


def test_poison_is_told_and_stops_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    poison = {"005x": SEGFAULT, "017x": EXIT, "017y": CRASH, "030x": HANG, "031x": BUSY, "059x": HUNGRY}
    corpus = many(tmp_path / "in", poison)
    rows = {row["id"]: row for row in json_lines(corpus / "a.jsonl")}
    clean = write(
        tmp_path / "clean", {"a.jsonl": dump(row for row in rows.values() if "سم" not in row["text"])}
    )
    out = tmp_path / "out"
    summary = go(corpus, out, Poisoned(), workers=2, bounds=BOUNDS)
    rejects = [r for r in json_lines(out / "rejects.jsonl") if r["kind"] == "crash"]
    crashes = {r["id"]: (r["reason"], r["detail"]) for r in rejects}
    refused = f"RuntimeError: cannot bear {CRASH} at <object object at 0x>"
    broken = "the extraction made its process end"
    assert crashes == {
        "005x": (broken, "SIGSEGV"),
        "017x": (broken, "exit status 3"),
        "017y": ("the extraction failed on this article", refused),
        "030x": ("the extraction took longer than 0.5 s", None),
        "031x": ("the extraction took longer than 0.5 s", None),
        "059x": ("the extraction needed more than 1024 MB of memory beside the models", None),
    }
    told = [line for line in capsys.readouterr().err.splitlines() if "the extraction" in line]
    assert len(told) == 6
    assert all(line.startswith(f"waqai: reject: {corpus}") for line in told)
    go(clean, tmp_path / "other", Finder())
    for name in ("events.jsonl", "articles.jsonl"):
        assert (out / name).read_bytes() == (tmp_path / "other" / name).read_bytes()
    assert summary.articles == len(json_lines(out / "articles.jsonl"))
    # The same rejects in the same order, whoever did the work.
    go(corpus, tmp_path / "again", Poisoned(), workers=3, bounds=BOUNDS)
    assert contents(out) == contents(tmp_path / "again")
    assert manifest(out) == manifest(tmp_path / "again")


def test_what_ends_well_at_the_second_try_is_no_reject(tmp_path: Path) -> None:
    corpus = many(tmp_path / "in", {"010x": SEGFAULT, "020x": EXIT, "030x": BUSY, "040x": HUNGRY})
    (tmp_path / "marks").mkdir()
    out = tmp_path / "out"
    assert go(corpus, out, Poisoned(once=tmp_path / "marks"), workers=2, bounds=BOUNDS).rejected == 0
    go(corpus, tmp_path / "wanted", Finder())
    assert contents(out) == contents(tmp_path / "wanted")


def test_resume_tries_rejects_of_this_kind_again(tmp_path: Path) -> None:
    corpus, out = many(tmp_path / "in", {"030x": SEGFAULT}), tmp_path / "out"
    go(corpus, out, Poisoned(), workers=1)
    assert go(corpus, out, Poisoned(), workers=1).nothing_to_do
    assert go(corpus, out, Finder(), workers=1, resume=True).processed == 1
    go(corpus, tmp_path / "wanted", Finder())
    assert contents(out) == contents(tmp_path / "wanted")


def pendings(texts: list[str]) -> list[Pending]:
    return [Pending(Article(id=str(i), text=text), "a", i) for i, text in enumerate(texts)]


def test_workers_that_are_killed_again_and_again(tmp_path: Path) -> None:
    """Somebody kills a worker every few articles: each article is done once, and well."""
    extractor = Poisoned(pause=0.01)
    articles = pendings([f"{SHELLING} {i}" for i in range(120)])
    seen: list[str] = []
    kills = 0
    with Pool(Recipe("finder", extractor.versions, extractor), Bounds(), 2) as pool:
        for pending, result in pool.extract(iter(articles)):
            assert result.fault is None
            assert result.events == 2
            seen.append(pending.article.id)
            if len(seen) % 25 == 0:
                victims = [w for w in pool._crew if w.ready]
                os.kill(victims[kills % len(victims)].process.pid or 0, signal.SIGKILL)
                kills += 1
    assert kills == 4
    assert sorted(seen, key=int) == [str(i) for i in range(120)]


def test_many_suspects_are_tried_before_more_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.runs.pool._SUSPECTS", 2)
    extractor = Poisoned()
    articles = pendings([f"{SHELLING} {SEGFAULT if i % 3 else i}" for i in range(8)])
    with Pool(Recipe("finder", extractor.versions, extractor), Bounds(), 1) as pool:
        order = [(int(p.article.id), result.fault is None) for p, result in pool.extract(iter(articles))]
    assert sorted(order) == [(i, i % 3 == 0) for i in range(8)]
    # What kills is not put off to the end.
    assert order.index((1, False)) < order.index((6, True))


def test_nothing_is_left_running(tmp_path: Path) -> None:
    extractor = Poisoned(pause=0.05)
    pool = Pool(Recipe("finder", extractor.versions, extractor), Bounds(), 2)
    with pool:
        next(pool.extract(iter(pendings([SHELLING] * 40))))
        processes = [w.process for w in pool._crew]
        assert len(processes) == 2
        assert all(process.is_alive() for process in processes)
    assert not any(process.is_alive() for process in processes)


class Stillborn(Finder):
    """Cannot be unpickled: its process ends before it has begun."""

    def __reduce__(self) -> Any:
        return os._exit, (4,)


def test_workers_that_cannot_begin_stop_the_run(tmp_path: Path) -> None:
    corpus, out = many(tmp_path / "in", {}), tmp_path / "out"
    with pytest.raises(
        EngineError, match=r"8 worker processes.*ended before they had begun \(exit status 4\)"
    ):
        go(corpus, out, Stillborn(), workers=2)
    assert not (out / "events.jsonl").exists()


def test_an_engine_that_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.run import run

    corpus = many(tmp_path / "in", {})
    monkeypatch.setattr("pipeline.runs.run._versions", lambda engine: {"version": "0", "models": "other"})
    with pytest.raises(EngineError, match="models or knowledge have changed since the program started"):
        run([corpus], tmp_path / "out", workers=1, progress=False)


def test_a_slow_driver_is_not_taken_for_a_slow_article() -> None:
    extractor = Poisoned()
    bounds = Bounds(seconds=0.3)
    with Pool(Recipe("finder", extractor.versions, extractor), bounds, 1) as pool:
        for _, result in pool.extract(iter(pendings([SHELLING] * 3))):
            assert result.fault is None
            time.sleep(3.5)


def test_threads_of_the_caller_do_no_harm(tmp_path: Path) -> None:
    """Workers come from the fork server, not from a process that may have threads."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert go(many(tmp_path / "in", {}), tmp_path / "out", Finder(), workers=2).processed == 60
    finally:
        stop.set()
        thread.join()


def test_a_fork_server_that_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its workers go on; the next one that is needed comes from a new one."""
    extractor = Poisoned(pause=0.01)
    recipe = Recipe("finder", extractor.versions, extractor)
    monkeypatch.setattr("pipeline.runs.pool._LIFE", 400)
    with Pool(recipe, Bounds(), 2) as pool:
        results = pool.extract(iter(pendings([f"{SHELLING} {i}" for i in range(80)])))
        next(results)
        os.kill(psutil.Process(pool._crew[0].process.pid).ppid(), signal.SIGKILL)
        assert all(result.events == 2 for _, result in results)
    assert go_on(recipe) == ["0"]


def go_on(recipe: Recipe) -> list[str]:
    with Pool(recipe, Bounds(), 1) as pool:
        return [pending.article.id for pending, _ in pool.extract(iter(pendings([SHELLING])))]

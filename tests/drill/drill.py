"""The fault drill: processes of a run are killed at random, and its outputs must be those of an undisturbed one.

The same output folder is worked at in two ways, first by worker processes on this machine, then by a Dask cluster.
Whatever is killed is started again, the driver with ``--resume``, until the run is done. ``make drill`` runs it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drill.articles import write_articles
from drill.processes import ROLES, Site

from pipeline.runs.files import OUTPUTS
from pipeline.runs.versions import code_hash

TESTS = Path(__file__).resolve().parent.parent
#: Roles that there are without a cluster.
LOCAL = ROLES[:3]
#: Seconds between two looks.
_LOOK = 0.05


class DrillError(Exception):
    """The drill did not end as it has to. The message is one line."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a drill does.

    Attributes:
        articles: input of the run.
        folder: for everything that is written.
        kills: how many.
        light: with the finder of the tests instead of the engine.
        seed: of whom is killed, and when.
        pace: seconds from one kill to the next, on average; None: so that the kills spread over the run.
    """

    articles: Path
    folder: Path
    kills: int
    light: bool = False
    seed: int = 1
    pace: float | None = None

    def command(self, out: Path, scheduler: str = "") -> list[str]:
        """A driver."""
        if self.light:
            light = str(TESTS / "drill" / "light.py")
            return [
                sys.executable,
                light,
                str(self.articles),
                str(out),
                code_hash(),
                *filter(None, [scheduler]),
            ]
        command = [sys.executable, "-m", "pipeline", "run", str(self.articles), "--out", str(out), "--resume"]
        command += ["--workers", "2"]
        return [*command, "--scheduler", scheduler, "--partition-mb", "0.05"] if scheduler else command

    @property
    def environment(self) -> dict[str, str]:
        """Of every process."""
        path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
        return {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}


def drill(plan: Plan) -> str:
    """Run the drill; what happened, in one line.

    Raises:
        DrillError: outputs differ, a driver ends otherwise than it may, or the run was over before all were killed.
    """
    calm, rough = plan.folder / "calm", plan.folder / "rough"
    began = time.monotonic()
    done = subprocess.run(
        plan.command(calm), env=plan.environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DrillError(f"the undisturbed run ended with {done.returncode}: {done.stderr[-500:]}")
    took = time.monotonic() - began
    pace = plan.pace or 0.6 * took / plan.kills
    with Site(plan.folder / "site", environment=plan.environment) as site:
        killed = _disturb(plan, site, rough, pace)
        starts = site.starts
    _compare(calm, rough)
    counts = json.loads((rough / "manifest.json").read_text(encoding="utf-8"))["counts"]
    told = ", ".join(f"{role} {killed[role]}" for role in ROLES if killed[role])
    return (
        f"{killed.total()} kills ({told}), driver started {starts} times: {counts['articles']} articles, "
        f"{counts['events']} records, outputs byte-identical to those of an undisturbed run"
    )


def _disturb(plan: Plan, site: Site, out: Path, pace: float) -> Counter[str]:
    """Run into ``out`` and kill; the first half without the cluster."""
    rng = random.Random(plan.seed)
    killed: Counter[str] = Counter()
    # Everybody has his turn before anybody has his second; the driver that has no cluster goes last.
    local = [LOCAL[::-1][i % len(LOCAL)] for i in range(plan.kills // 2 - 1)]
    remote = [ROLES[::-1][i % len(ROLES)] for i in range(plan.kills - len(local) - 1)]
    rng.shuffle(local)
    rng.shuffle(remote)
    turns = [local, ["driver"], remote]
    due = 0.0
    while True:
        site.keep_cluster()
        turns = [turn for turn in turns if turn]
        status = site.driver.poll() if site.driver else -9
        if status is not None:
            if status == 0:
                break
            if status not in (-9, 2):
                raise DrillError(f"a driver ended with {status}; see {plan.folder / 'site' / 'driver.log'}")
            if site.starts > 10 * plan.kills + 20:
                raise DrillError(
                    f"the run does not come to its end; see {plan.folder / 'site' / 'driver.log'}"
                )
            site.start_driver(plan.command(out, site.address if len(turns) < 2 else ""))
        if turns and time.monotonic() > due:
            found = site.victims()
            # Nobody is killed before work is under way (again). Who is not there now has his turn later.
            role = next((role for role in turns[0] if found[role]), None)
            if found["extraction process"] and role:
                site.kill(rng.choice(found[role]))
                turns[0].remove(role)
                killed[role] += 1
                due = time.monotonic() + rng.uniform(0.5, 1.5) * pace
            else:
                due = time.monotonic() + 0.2 * pace
        time.sleep(_LOOK)
    if turns:
        raise DrillError(
            f"the run was over after {killed.total()} of {plan.kills} kills: try a shorter --pace"
        )
    return killed


def _compare(calm: Path, rough: Path) -> None:
    for name in OUTPUTS:
        one, other = ((folder / name).read_bytes() for folder in (calm, rough))
        if name == "manifest.json":
            one, other = _without_timings(one), _without_timings(other)
        if one != other:
            raise DrillError(f"{rough / name} is not what {calm / name} is")


def _without_timings(data: bytes) -> bytes:
    manifest: dict[str, Any] = json.loads(data)
    del manifest["timings"]
    return json.dumps(manifest, ensure_ascii=False).encode()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--articles", type=Path, help="input of the run; else articles are made of corpus/")
    parser.add_argument("--count", type=int, default=2000, help="how many are made")
    parser.add_argument("--words", type=int, default=300, help="how long they are")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pace", type=float, help="seconds from one kill to the next")
    parser.add_argument("--light", action="store_true", help="with an extractor that needs no models")
    parser.add_argument("--folder", type=Path, help="for everything that is written; kept")
    given = parser.parse_args(arguments)
    # Whoever ends the drill ends all that it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = given.folder or Path(tempfile.mkdtemp(prefix="waqai-drill-"))
    articles = given.articles
    if articles is None:
        articles = folder / "articles"
        words = write_articles(TESTS.parent / "corpus", articles, count=given.count, words=given.words)
        print(f"drill: {given.count} articles of {words:,} words, in {articles}", flush=True)
    try:
        plan = Plan(articles.resolve(), folder, given.kills, given.light, given.seed, given.pace)
        print(f"drill: {drill(plan)}")
    except DrillError as error:
        print(f"drill: failed: {error}", file=sys.stderr)
        return 1
    if given.folder is None:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())

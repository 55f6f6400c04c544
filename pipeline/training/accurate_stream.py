"""What the accurate engine reads, batch after batch."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from pipeline.engines.pieces import Pieces
from pipeline.training.accurate_batch import Line, numbers, vary
from pipeline.training.accurate_names import Pool


def stream(
    sources: Mapping[str, Sequence[Line]],
    share: Mapping[str, float],
    budget: int,
    pieces: Pieces,
    rng: random.Random,
    blank: float = 0.0,
    swap: float = 0.0,
) -> Iterator[list[Line]]:
    """Batches without end. Each source is read through before it begins anew; half of the lines are varied.

    Args:
        sources: lines by name.
        share: of the words, by name; need not add up to 1.
        budget: padded pieces in a batch.
        pieces: tells how long a line is.
        rng: decides order and variation.
        blank: share of the words of a varied line that become unknown.
        swap: share of the names of a varied line that give way to other names.
    """
    names = Pool(line for lines in sources.values() for line in lines)
    piles: dict[str, list[Line]] = {name: [] for name in sources}
    debt = dict.fromkeys((name for name in sources if sources[name] and share.get(name, 0) > 0), 0.0)
    while True:
        pool: list[tuple[int, Line]] = []
        while len(pool) < 256:
            name = min(debt, key=lambda n: debt[n])
            if not piles[name]:
                piles[name] = rng.sample(list(sources[name]), len(sources[name]))
            line = piles[name].pop()
            debt[name] += len(line.words) / share[name]
            if rng.random() < 0.5:
                line = vary(names.swap(line, rng, swap), rng, blank=blank)
            pool.append((sum(map(len, numbers(line, pieces))) + 2, line))
        pool.sort(key=lambda pair: pair[0] + rng.random())
        runs: list[list[Line]] = []
        run: list[Line] = []
        for size, line in pool:
            if run and size * (len(run) + 1) > budget:
                runs.append(run)
                run = []
            run.append(line)
        runs.append(run)
        rng.shuffle(runs)
        yield from runs

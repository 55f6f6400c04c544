"""Krippendorff's alpha for nominal values, any number of annotators, missing values allowed.

After K. Krippendorff, «Computing Krippendorff's Alpha-Reliability» (2011), section C; the examples there are the tests.
Written here because the packages that have it are under the GPL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt


def alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Alpha of the values that annotators gave to units.

    Args:
        units: for each unit the values it got, missing ones left out; units with fewer than two count nothing.

    Returns:
        1 for full agreement, 0 for chance, below 0 for less. None where no two values can be compared, or where
        everybody gave the same value everywhere (there is nothing to tell apart then).
    """
    pairable, seen, apart = _tables(units)
    return _alpha(seen.sum(axis=0), float(apart.sum())) if len(pairable) else None


def interval(
    units: Sequence[Sequence[Hashable]], *, samples: int = 1000, seed: int = 0
) -> tuple[float, float] | None:
    """The 95 % interval of alpha: percentiles over resampled units. None where alpha is undefined in most samples."""
    pairable, seen, apart = _tables(units)
    if not len(pairable) or samples < 1:
        return None
    chooser = np.random.default_rng(seed)
    values = []
    for _ in range(samples):
        draw = np.bincount(chooser.integers(len(pairable), size=len(pairable)), minlength=len(pairable))
        values.append(_alpha(draw @ seen, float(draw @ apart)))
    known = [value for value in values if value is not None]
    if len(known) < samples / 2:
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)


def _tables(
    units: Sequence[Sequence[Hashable]],
) -> tuple[list[Sequence[Hashable]], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Units with two values or more; how often each value occurs in each; the disagreeing pairs of each, by weight."""
    pairable = [unit for unit in units if len(unit) > 1]
    values = {value: n for n, value in enumerate(dict.fromkeys(v for unit in pairable for v in unit))}
    seen = np.zeros((len(pairable), len(values)))
    for row, unit in enumerate(pairable):
        for value, number in Counter(unit).items():
            seen[row, values[value]] = number
    sizes = seen.sum(axis=1)
    # A unit with m values has m(m-1) ordered pairs, each of weight 1/(m-1).
    apart = (sizes**2 - (seen**2).sum(axis=1)) / np.maximum(sizes - 1, 1)
    return pairable, seen, apart


def _alpha(totals: npt.NDArray[np.float64], apart: float) -> float | None:
    size = float(totals.sum())
    by_chance = size**2 - float((totals**2).sum())
    return None if by_chance <= 0 else 1 - (size - 1) * apart / by_chance

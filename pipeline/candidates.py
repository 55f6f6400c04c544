"""Which pairs of articles are worth a closer look: MinHash sketches in bands, on disk while they are compared.

A sketch stands for the set of word triples of a text (:mod:`pipeline.duplicates`): the share of values in which two
sketches agree is about the Jaccard similarity of the sets.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

#: A sketch: this many MinHash values, in bands of :data:`ROWS`. Of pairs with a Jaccard similarity of 0.35 this finds
#: 84 %, of those with 0.5 99.6 %.
VALUES = 126
ROWS = 3
#: Pairs whose sketches agree in less than this share are not looked at: three standard errors below the lowest rule.
_WORTH = 0.22
#: In a band, more articles than this with equal values are compared with the first and the next, not each with each.
_CROWD = 64
#: Pairs whose sketches are compared at the same time, and rows of the file that are read at the same time: half a
#: megabyte.
_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Sketched:
    """What the search needs of an article.

    Attributes:
        id: the article's id.
        published: ISO 8601 date or date-time, or None.
        source: newspaper or agency, or None.
        length: number of words.
        sketch: what :func:`sketches` made of the text.
    """

    id: str
    published: str | None
    source: str | None
    length: int
    sketch: bytes


def rank(article: Sketched) -> tuple[int, bool, str, str]:
    """What articles are ranked by: the longest first, of equally long ones the earliest published, then by id."""
    return -article.length, article.published is None, article.published or "", article.id


class Ranks:
    """Articles by rank, in little memory. To be used with ``with``.

    Attributes:
        days: the day of publication of each, a number from 1; 0 where there is no whole date.
        sources: a number for its newspaper; -1 where it is not known.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  (closed by __exit__)
        self._ids = bytearray()
        self._ends = array("Q", [0])
        self._codes: dict[str, int] = {}
        self._last: tuple[int, bool, str, str] | None = None
        self.days = array("i")
        self.sources = array("i")

    def __enter__(self) -> Ranks:
        return self

    def __exit__(self, *failure: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self.days)

    def add(self, article: Sketched) -> None:
        """The next article.

        Raises:
            ValueError: it belongs before the last one.
        """
        place = rank(article)
        if self._last is not None and place <= self._last:
            raise ValueError(f"{article.id} is not in the order of the ranks")
        self._last = place
        self._file.write(article.sketch)
        self._ids += article.id.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._ids))
        self.days.append(_day(article.published))
        known = article.source is not None
        self.sources.append(self._codes.setdefault(article.source or "", len(self._codes)) if known else -1)

    def id(self, at: int) -> str:
        """The id of an article."""
        return self._ids[self._ends[at] : self._ends[at + 1]].decode("utf-8", "surrogatepass")

    def band(self, at: int) -> npt.NDArray[np.uint32]:
        """Columns ``at`` to ``at + ROWS`` of all sketches."""
        import numpy as np

        found = np.empty((len(self), ROWS), dtype="<u4")
        self._file.seek(0)
        for first in range(0, len(self), _AT_ONCE):
            size = min(_AT_ONCE, len(self) - first)
            block = np.frombuffer(self._file.read(size * VALUES * 4), dtype="<u4").reshape(size, VALUES)
            found[first : first + size] = block[:, at : at + ROWS]
        return found

    def sketches(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
        """The sketches of some articles, a row each."""
        import numpy as np

        wanted, where = np.unique(rows, return_inverse=True)
        data = b"".join(os.pread(self._file.fileno(), VALUES * 4, at * VALUES * 4) for at in wanted.tolist())
        return np.frombuffer(data, dtype="<u4").reshape(len(wanted), VALUES)[where]


def candidates(ranks: Ranks) -> Iterator[tuple[int, int]]:
    """Pairs of positions (higher, lower) that may be copies, in the order of the ranks."""
    import numpy as np

    pairs = np.empty(0, dtype=np.int64)
    for at in range(0, VALUES, ROWS):
        fresh = np.setdiff1d(_pairs_of_band(ranks.band(at), len(ranks)), pairs)
        pairs = np.union1d(pairs, fresh[_worth(ranks, fresh)])
    for at in range(0, len(pairs), _AT_ONCE):
        higher, lower = np.divmod(pairs[at : at + _AT_ONCE], len(ranks))
        yield from zip(higher.tolist(), lower.tolist(), strict=True)


def _worth(ranks: Ranks, pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which pairs have sketches that are enough alike to look at their texts."""
    import numpy as np

    found = np.empty(len(pairs), dtype=np.bool_)
    for at in range(0, len(pairs), _AT_ONCE):
        higher, lower = np.divmod(pairs[at : at + _AT_ONCE], len(ranks))
        alike = (ranks.sketches(higher) == ranks.sketches(lower)).mean(axis=1)
        found[at : at + _AT_ONCE] = alike >= _WORTH
    return found


def _pairs_of_band(band: npt.NDArray[np.uint32], count: int) -> npt.NDArray[np.int64]:
    """Pairs of rows that agree in a band, as ``smaller * count + larger``."""
    import numpy as np

    # One number for the values of a row; rows of other values that meet in it are sorted out later.
    keys = band[:, 0] * np.uint64(0x9E3779B97F4A7C15)
    for column in range(1, band.shape[1]):
        keys ^= band[:, column]
        keys *= np.uint64(0x9E3779B97F4A7C15)
    order = np.argsort(keys, kind="stable").astype(np.int64)
    keys = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(keys)])))
    found = [np.empty(0, dtype=np.int64)]
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        group = order[start : start + size]
        if size > _CROWD:
            found += [group[:-1] * count + group[1:], group[0] * count + group[2:]]
        else:
            one, other = np.triu_indices(size, 1)
            found.append(group[one] * count + group[other])
    return np.concatenate(found)


def _day(published: str | None) -> int:
    """A day's number, from 1; 0 where there is no whole date."""
    if published is None or len(published) < 10:
        return 0
    try:
        return date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return 0

"""Near-duplicate articles: the same agency copy in several newspapers, or printed again the next day.

Two articles are copies of one another if enough of their word triples are the same. The triples are taken from the text
in look-up form (no diacritics, tatweel, punctuation or mark-up; hamza, ى and ة folded). How much is enough depends on
what else speaks for a copy (:class:`Rules`): newspapers print agency copy within two days, while what has the same
words weeks apart, or twice in one newspaper, is as often a form that is filled in anew (congratulations, verdicts,
weather) as a reprint.

Nothing here depends on the order of the articles or on earlier calls. MinHash sketches find the candidates, exact sets
decide: hashing can only lose a pair, never make one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.text.normalize import fold

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]

#: Words in a shingle.
SHINGLE = 3
#: A sketch: this many MinHash values, in bands of :data:`ROWS`. Of pairs with a Jaccard similarity of 0.35 this finds
#: 84 %, of those with 0.5 99.6 %.
VALUES = 126
ROWS = 3
_SEED = 20150721
#: Pairs whose sketches agree in less than this share are not looked at: three standard errors below the lowest rule.
_WORTH = 0.22
#: In a band, more articles than this with equal values are compared with the first and the next, not each with each.
_CROWD = 64
#: Pairs whose sketches are compared at the same time: four megabytes.
_AT_ONCE = 4096
#: Hashed shingles of this many articles are kept while pairs are decided, about 3 KB each.
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Rules:
    """When two articles are copies. Similarities are of sets of shingles, 0 to 1.

    Chosen on 20,000 newspaper articles: docs/duplicates.md has the measurements.

    Attributes:
        window: days between two publications up to which the lower thresholds hold.
        near: least Jaccard similarity within the window.
        same_source: the same where both are of one newspaper.
        far: least Jaccard similarity outside the window, or where a date is not known.
        contained: within the window also: the shorter article stands to this share in the longer one, …
        contained_jaccard: … which is not so much longer that the Jaccard similarity is below this.
        least: articles with fewer shingles are compared as a whole only.
    """

    window: int = 2
    near: float = 0.5
    same_source: float = 0.7
    far: float = 0.75
    contained: float = 0.85
    contained_jaccard: float = 0.35
    least: int = 8


RULES = Rules()


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


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that are copies of each other, by id in alphabetical order, and the one that stands for them."""

    id: str
    members: tuple[str, ...]
    representative: str


def words(text: str) -> list[str]:
    """The words of a text in look-up form, without mark-up and punctuation."""
    return _WORD.findall(_TAG.sub(" ", text).translate(_folding()).lower())


_TAG = re.compile(r"<[^<>\n]{1,300}>|&#?\w{1,8};")
_WORD = re.compile(r"[^\W_]+")
#: Blocks with characters that the look-up form drops or folds: soft hyphen, Arabic, invisible, presentation forms.
_BLOCKS = ((0xAD, 0xAE), (0x600, 0x700), (0x750, 0x780), (0x200B, 0x2070), (0xFB50, 0xFF5F))


@lru_cache(maxsize=1)
def _folding() -> dict[int, str]:
    """Look-up forms of single characters for ``str.translate``: ten times as fast as the form with its alignment."""
    table = {}
    for start, end in _BLOCKS:
        for code in range(start, end):
            folded = fold(chr(code))
            if folded != chr(code):
                table[code] = folded
    return table


def sketches(texts: Iterable[str]) -> list[tuple[int, bytes]]:
    """The number of words and the MinHash sketch of every text.

    A sketch is :data:`VALUES` unsigned 32-bit integers, little-endian; equal texts give equal sketches.
    """
    import numpy as np
    from rensa import RMinHash

    found = [words(text) for text in texts]
    digests = RMinHash.digests_from_token_sets([_shingles(one) for one in found], VALUES, _SEED)
    return [
        (len(one), np.asarray(digest, dtype="<u4").tobytes())
        for one, digest in zip(found, digests, strict=True)
    ]


def sketch_version() -> str:
    """What a stored sketch depends on besides the text and this module."""
    from importlib.metadata import version

    from rensa import RMinHash

    return f"{version('rensa')}/{RMinHash.ALGORITHM_VERSION}/{SHINGLE}/{VALUES}/{_SEED}"


def _shingles(found: Sequence[str]) -> list[str]:
    """Runs of :data:`SHINGLE` words; of a shorter text, the text."""
    if len(found) <= SHINGLE:
        return [" ".join(found)]
    return [" ".join(found[at : at + SHINGLE]) for at in range(len(found) - SHINGLE + 1)]


def find_clusters(
    articles: Sequence[Sketched], text_of: Callable[[str], str], rules: Rules = RULES
) -> list[Cluster]:
    """The clusters of two and more articles, in the order of their representatives.

    Articles are ranked: the longest first (in words), of equally long ones the earliest published, then by id. From
    the top, every article that is not yet a copy takes all others that are copies of it and of nothing above. So each
    copy has been compared with the representative itself, which is the longest: leaving copies out loses as little as
    can be, and no chain of likenesses brings strangers together, as connected components do.

    Args:
        articles: the articles, in any order; ids are unique.
        text_of: the text of an article by its id; asked for candidates only.
        rules: when two articles are copies.
    """
    ranked = sorted(articles, key=lambda a: (-a.length, a.published is None, a.published or "", a.id))
    decide = _Decider(ranked, text_of, rules)
    copies: dict[int, list[int]] = {}
    taken: set[int] = set()
    for higher, lower in _candidates(ranked):
        if higher not in taken and lower not in taken and decide.copies(higher, lower):
            taken.add(lower)
            copies.setdefault(higher, []).append(lower)
    return [_cluster(ranked[top], [ranked[at] for at in found]) for top, found in sorted(copies.items())]


def _cluster(top: Sketched, copies: Sequence[Sketched]) -> Cluster:
    digest = hashlib.sha256(top.id.encode("utf-8", "replace")).hexdigest()
    return Cluster(f"cl_{digest[:16]}", tuple(sorted(a.id for a in (top, *copies))), top.id)


def _candidates(ranked: Sequence[Sketched]) -> Iterator[tuple[int, int]]:
    """Pairs of positions (higher, lower) that may be copies, in the order of the ranks."""
    import numpy as np

    count = len(ranked)
    table = np.frombuffer(b"".join(a.sketch for a in ranked), dtype="<u4").reshape(count, VALUES)
    pairs = np.empty(0, dtype=np.int64)
    for at in range(0, VALUES, ROWS):
        pairs = np.union1d(pairs, _pairs_of_band(table[:, at : at + ROWS].astype(np.uint64), count))
    for at in range(0, len(pairs), _AT_ONCE):
        higher, lower = np.divmod(pairs[at : at + _AT_ONCE], count)
        worth = (table[higher] == table[lower]).mean(axis=1) >= _WORTH
        yield from zip(higher[worth].tolist(), lower[worth].tolist(), strict=True)


def _pairs_of_band(band: Hashes, count: int) -> npt.NDArray[np.int64]:
    """Pairs of rows that agree in a band, as ``smaller * count + larger``."""
    import numpy as np

    # One number for the values of a row; rows of other values that meet in it are sorted out later.
    keys = band[:, 0] * np.uint64(0x9E3779B97F4A7C15)
    for column in range(1, band.shape[1]):
        keys = (keys ^ band[:, column]) * np.uint64(0x9E3779B97F4A7C15)
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


class _Decider:
    """Decides about pairs by their exact sets of shingles."""

    def __init__(self, ranked: Sequence[Sketched], text_of: Callable[[str], str], rules: Rules) -> None:
        self._articles = ranked
        self._rules = rules
        self._days = [_day(article.published) for article in ranked]
        self._hashes = lru_cache(maxsize=_KEPT)(lambda at: _hashed(text_of(ranked[at].id)))

    def copies(self, one: int, other: int) -> bool:
        """Whether two articles are copies of each other."""
        import numpy as np

        a, b = self._hashes(one), self._hashes(other)
        shared = len(np.intersect1d(a, b, assume_unique=True))
        rules, small = self._rules, min(len(a), len(b))
        jaccard = shared / (len(a) + len(b) - shared)
        if small < rules.least:
            return jaccard == 1.0
        days = self._days[one], self._days[other]
        if days[0] is None or days[1] is None or abs(days[0] - days[1]) > rules.window:
            return jaccard >= rules.far
        if jaccard >= rules.contained_jaccard and shared / small >= rules.contained:
            return True
        sources = self._articles[one].source, self._articles[other].source
        return jaccard >= (
            rules.same_source if sources[0] is not None and sources[0] == sources[1] else rules.near
        )


def _hashed(text: str) -> Hashes:
    import numpy as np
    from rensa import RMinHash

    (hashes,) = RMinHash.hash_token_sets([_shingles(words(text))])
    return np.unique(np.asarray(hashes, dtype=np.uint64))


def _day(published: str | None) -> int | None:
    """A day's number; None where there is no whole date."""
    if published is None or len(published) < 10:
        return None
    try:
        return date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return None

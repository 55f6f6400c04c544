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
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.candidates import VALUES, Ranks, Sketched, candidates
from pipeline.text.normalize import fold

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]

#: Words in a shingle.
SHINGLE = 3
_SEED = 20150721
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
    articles: Iterable[Sketched],
    text_of: Callable[[str], str],
    rules: Rules = RULES,
    *,
    folder: Path | None = None,
) -> list[Cluster]:
    """The clusters of two and more articles, in the order of their representatives.

    From the top of the ranks, every article that is not yet a copy takes all others that are copies of it and of
    nothing above. So each copy has been compared with the representative itself, which is the longest: leaving
    copies out loses as little as can be, and no chain of likenesses brings strangers together, as connected
    components do.

    Memory: about 80 bytes for every article, and what the clusters themselves take; the sketches are on disk meanwhile.

    Args:
        articles: the articles, sorted by :func:`pipeline.candidates.rank`; ids are unique. Each is asked for once.
        text_of: the text of an article by its id; asked for candidates only, after the last article was asked for.
        rules: when two articles are copies.
        folder: where the file of sketches is, half a kilobyte for every article; it has no name and goes by itself.
    """
    with Ranks(folder) as ranks:
        for article in articles:
            ranks.add(article)
        decide = _Decider(ranks, text_of, rules)
        copies: dict[int, list[int]] = {}
        taken = bytearray(len(ranks))
        for higher, lower in candidates(ranks):
            if not taken[higher] and not taken[lower] and decide.copies(higher, lower):
                taken[lower] = True
                copies.setdefault(higher, []).append(lower)
        return [
            _cluster(ranks.id(top), [ranks.id(at) for at in found]) for top, found in sorted(copies.items())
        ]


def _cluster(top: str, copies: Sequence[str]) -> Cluster:
    digest = hashlib.sha256(top.encode("utf-8", "replace")).hexdigest()
    return Cluster(f"cl_{digest[:16]}", tuple(sorted((top, *copies))), top)


class _Decider:
    """Decides about pairs by their exact sets of shingles."""

    def __init__(self, ranks: Ranks, text_of: Callable[[str], str], rules: Rules) -> None:
        self._ranks = ranks
        self._rules = rules
        self._hashes = lru_cache(maxsize=_KEPT)(lambda at: _hashed(text_of(ranks.id(at))))

    def copies(self, one: int, other: int) -> bool:
        """Whether two articles are copies of each other."""
        import numpy as np

        a, b = self._hashes(one), self._hashes(other)
        shared = len(np.intersect1d(a, b, assume_unique=True))
        rules, small = self._rules, min(len(a), len(b))
        jaccard = shared / (len(a) + len(b) - shared)
        if small < rules.least:
            return jaccard == 1.0
        days = self._ranks.days[one], self._ranks.days[other]
        if 0 in days or abs(days[0] - days[1]) > rules.window:
            return jaccard >= rules.far
        if jaccard >= rules.contained_jaccard and shared / small >= rules.contained:
            return True
        same = self._ranks.sources[one] == self._ranks.sources[other] >= 0
        return jaccard >= (rules.same_source if same else rules.near)


def _hashed(text: str) -> Hashes:
    import numpy as np
    from rensa import RMinHash

    (hashes,) = RMinHash.hash_token_sets([_shingles(words(text))])
    return np.unique(np.asarray(hashes, dtype=np.uint64))

"""The full mentions of actors in an article, found by what later words may repeat of them.

An article may have tens of thousands of mentions, and each short form asks for the last that fits: so they are indexed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.resolve.actor_types import HeadFeatures, ResolvedActor


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A full mention of an actor.

    Attributes:
        start: code-point offset in the article.
        keys: its folded words without quantity.
        heads: lemmas that a bare definite noun may repeat (هيئة); short: folded short forms of a known actor or person.
        actor: what it resolved to; features: for pronouns.
    """

    start: int
    keys: tuple[str, ...]
    heads: frozenset[str]
    short: frozenset[tuple[str, ...]]
    actor: ResolvedActor
    features: HeadFeatures


class Mentions:
    """Mentions in the order of the text. Numbers in what the look-ups return are positions in that order."""

    def __init__(self) -> None:
        self._all: list[Mentioned] = []
        self._starts: list[int] = []
        self._short: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        self._heads: defaultdict[str, list[int]] = defaultdict(list)
        self._beginnings: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)

    def __iter__(self) -> Iterator[Mentioned]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def add(self, mention: Mentioned) -> None:
        """Adds the next mention of the text: it begins where the last one does, or later."""
        number = len(self._all)
        self._all.append(mention)
        self._starts.append(mention.start)
        for keys in mention.short:
            self._short[keys].append(number)
        for head in mention.heads:
            self._heads[head].append(number)
        for size in range(1, len(mention.keys)):
            self._beginnings[mention.keys[:size]].append(number)

    def of_short(self, keys: tuple[str, ...]) -> Sequence[int]:
        """Those with this short form."""
        return self._short.get(keys, ())

    def of_heads(self, heads: Iterable[str]) -> list[Sequence[int]]:
        """Those with each of these head nouns."""
        return [found for head in heads if (found := self._heads.get(head))]

    def of_beginning(self, keys: tuple[str, ...]) -> Sequence[int]:
        """Those that begin with these words and have more."""
        return self._beginnings.get(keys, ())

    def back(
        self, start: int, *numbers: Sequence[int], fits: Callable[[Mentioned], bool] = lambda _: True
    ) -> tuple[Mentioned, str] | None:
        """The last fitting mention before ``start``, else the only known actor that fits after it, and which.

        A headline says «الهيئة» before the text says which.

        Args:
            start: code-point offset in the article.
            numbers: ascending positions of the mentions that are asked about.
            fits: asked of each of them.
        """
        before = bisect_left(self._starts, start)
        found = max(
            (n for some in numbers if (n := self._last(some, bisect_left(some, before), fits)) is not None),
            default=None,
        )
        if found is not None:
            return self._all[found], "back"
        after: dict[tuple[str, str | None], Mentioned] = {}
        for number in sorted({n for some in numbers for n in some[bisect_left(some, before) :]}):
            mention = self._all[number]
            if mention.actor.actor_id is not None and fits(mention):
                after.setdefault((mention.actor.name, mention.actor.actor_id), mention)
                if len(after) > 1:
                    return None
        return (next(iter(after.values())), "ahead") if after else None

    def _last(self, numbers: Sequence[int], end: int, fits: Callable[[Mentioned], bool]) -> int | None:
        """The last of the first ``end`` numbers whose mention fits."""
        return next((n for k in range(end - 1, -1, -1) if fits(self._all[n := numbers[k]])), None)

    def near(self, start: int, reach: int) -> Iterator[Mentioned]:
        """The mentions that begin at most ``reach`` characters before ``start``, the last first."""
        end = bisect_left(self._starts, start)
        return iter(self._all[bisect_left(self._starts, start - reach) : end][::-1])

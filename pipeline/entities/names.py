"""Known names as sequences of folded words: one index for the rulers and for actor resolution."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from pipeline.knowledge.actors import ActorRow, load_actors
from pipeline.text.normalize import fold

_WORD = re.compile(r"[^\W_]+")
V = TypeVar("V")


def words_key(name: str) -> tuple[str, ...]:
    """The folded words of a name; quotes, brackets and hyphens do not count."""
    return tuple(_WORD.findall(fold(name)))


class NameIndex(Generic[V]):
    """Names of one or more words; look-up takes the longest name that starts at a word. Immutable once built."""

    def __init__(self, names: Iterable[tuple[str, V]]) -> None:
        """Args: ``names``: pairs of name and value; one name may have several values."""
        self._values: dict[tuple[str, ...], list[V]] = {}
        self._prefixes: set[tuple[str, ...]] = set()
        for name, value in names:
            key = words_key(name)
            if key:
                self._values.setdefault(key, []).append(value)
                self._prefixes.update(key[:k] for k in range(1, len(key)))
        self._first = frozenset(key[0] for key in self._values)

    def __contains__(self, key: tuple[str, ...]) -> bool:
        return key in self._values

    def opens(self, word: str) -> bool:
        """Whether a name begins with this folded word: cheap to ask before :meth:`longest`, since most begin none."""
        return word in self._first

    def get(self, key: Sequence[str]) -> tuple[V, ...]:
        """The values of exactly these folded words."""
        return tuple(self._values.get(tuple(key), ()))

    def longest(
        self, start: int, step: Callable[[int], Iterable[tuple[str, int]]]
    ) -> tuple[int, tuple[V, ...]] | None:
        """The longest name from ``start``: where it ends and its values.

        Args:
            start: any position that ``step`` understands.
            step: the folded words that can stand at a position, each with the position after it; a written word whose
                clitics are cut off has two readings, cut and whole.
        """
        best: tuple[int, tuple[str, ...]] | None = None
        open_: list[tuple[int, tuple[str, ...]]] = [(start, ())]
        while open_:
            at, key = open_.pop()
            for word, after in step(at):
                longer = (*key, word)
                if longer in self._prefixes:
                    open_.append((after, longer))  # most names are one word, so that most looks end here
                if longer in self._values and (best is None or len(longer) > len(best[1])):
                    best = (after, longer)
        return None if best is None else (best[0], tuple(self._values[best[1]]))


@dataclass(frozen=True, slots=True)
class KnownActor:
    """All terms of one actor id, in the order of the file."""

    id: str
    rows: tuple[ActorRow, ...]

    @property
    def first(self) -> ActorRow:
        """The first term: name, label for the entity, gender."""
        return self.rows[0]

    @property
    def countries(self) -> frozenset[str | None]:
        """The countries of the terms."""
        return frozenset(row.country for row in self.rows)

    @property
    def short(self) -> tuple[str, ...]:
        """Short forms of all terms."""
        return tuple(dict.fromkeys(s for row in self.rows for s in row.short))

    def term(self, month: int | None) -> ActorRow | None:
        """The term in force in a month (202412); without a month only where there is no choice."""
        if month is None:
            return self.rows[0] if len(self.rows) == 1 else None
        return next((row for row in self.rows if row.holds(month)), None)


@lru_cache(maxsize=1)
def known_actors() -> dict[str, KnownActor]:
    """The actors of ``actors.tsv`` by id."""
    rows: dict[str, list[ActorRow]] = {}
    for row in load_actors():
        rows.setdefault(row.id, []).append(row)
    return {key: KnownActor(key, tuple(value)) for key, value in rows.items()}


@lru_cache(maxsize=1)
def actor_names() -> NameIndex[KnownActor]:
    """Full names and aliases of the known actors."""
    pairs: dict[tuple[tuple[str, ...], str], tuple[str, KnownActor]] = {}
    for actor in known_actors().values():
        for row in actor.rows:
            for name in (row.name_ar, *row.aliases, *row.doubtful):
                pairs.setdefault((words_key(name), actor.id), (name, actor))
    return NameIndex(pairs.values())


@lru_cache(maxsize=1)
def doubtful_names() -> frozenset[tuple[str, ...]]:
    """Folded names that are common words too."""
    return frozenset(words_key(name) for row in load_actors() for name in row.doubtful)

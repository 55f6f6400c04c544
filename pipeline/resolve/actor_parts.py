"""The parts of a mention, as :mod:`pipeline.resolve.actor_phrase` reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.entities.names import KnownActor
from pipeline.knowledge.actors import NisbaRow
from pipeline.resolve.actor_forms import NisbaForm, RoleForm
from pipeline.resolve.actor_words import Word
from pipeline.text.normalize import fold

DepKind = Literal["actor", "role", "mod", "nisba", "country"]


@dataclass(frozen=True, slots=True)
class Dep:
    """Something after the head that says whose it is.

    Attributes:
        kind: which of the fields is set: ``actors``, ``role`` (noun or adjective), ``nisba``, ``country``.
        start, end: words of the phrase, half-open.
        local: it stands after «في»: a place of the head rather than its owner.
        definite: it has the article.
        text: its first word without proclitic.
    """

    kind: DepKind
    start: int
    end: int
    local: bool
    definite: bool
    text: str
    actors: tuple[KnownActor, ...] = ()
    role: RoleForm | None = None
    nisba: NisbaForm | None = None
    country: NisbaRow | None = None


@dataclass(frozen=True)
class Phrase:
    """A mention, read.

    Attributes:
        words: all words of the mention.
        begin: first word after numbers and partitives; end: one past the last word of the name.
        head_end: one past the head; equal to ``begin`` where nothing is known about the first word.
        actors: known actors that the head names; roles: readings of a head noun; nisba, country, capital likewise.
        clitic, pronoun: what was cut off the head word.
        definite: the head has the article or is a name.
        counted: a number or partitive stood before.
        deps: what follows the head, in order.
        person: words of a person's name that ends the mention, half-open, or None.
    """

    words: tuple[Word, ...]
    begin: int
    end: int
    head_end: int
    actors: tuple[KnownActor, ...] = ()
    roles: tuple[RoleForm, ...] = ()
    nisba: tuple[NisbaForm, ...] = ()
    country: NisbaRow | None = None
    capital: NisbaRow | None = None
    clitic: str = ""
    head_text: str = ""
    pronoun: str = ""
    definite: bool = False
    counted: bool = False
    deps: tuple[Dep, ...] = ()
    person: tuple[int, int] | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The folded words from ``begin`` to ``end``, the first without its proclitic."""
        rest = tuple(w.key for w in self.words[self.begin + 1 : self.end])
        return (fold(self.head_text), *rest) if self.begin < self.end else ()

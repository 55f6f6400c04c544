"""Actor knowledge: who acts in the news of the Arab world, and which words name somebody who can act.

``actors.tsv`` holds actors by name, ``roles.tsv`` the nouns and adjectives that say what somebody is, ``nisba.tsv``
countries and peoples with their adjectives and the capitals used for governments. ``docs/actors.md`` explains the
columns to linguists. Codes follow PLOVER and CAMEO (Schrodt 2012, chapter 3; PLOVER 2023, actor sectors).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from pipeline.knowledge.actor_rows import LABELS, ROLES, ActorRow, NisbaRow, RoleRow
from pipeline.knowledge.load import Entry, Fault, KnowledgeError, data_path, read_tsv

__all__ = ["LABELS", "ROLES", "ActorRow", "NisbaRow", "RoleRow", "load_actors", "load_nisba", "load_roles"]

R = TypeVar("R", bound=Entry)


def _checked(
    name: str, model: type[R], check: Callable[[Sequence[tuple[R, int]]], Iterable[tuple[int, str]]]
) -> tuple[R, ...]:
    path = data_path(name)
    rows = read_tsv(path, model)
    faults = [Fault(path.name, line, message) for line, message in check(rows)]
    if faults:
        raise KnowledgeError(faults)
    return tuple(row for row, _ in rows)


@lru_cache(maxsize=1)
def load_actors() -> tuple[ActorRow, ...]:
    """The rows of ``actors.tsv``.

    Raises:
        KnowledgeError: with every fault: schema, terms of one id that overlap or disagree, a name of two actors that
            neither country nor years tell apart, a short form that is also a full name, an unknown country.
    """
    codes = {row.country for row in load_nisba() if row.country}
    return _checked(
        "actors.tsv", ActorRow, lambda rows: [*_actor_faults(rows), *_unknown_countries(rows, codes)]
    )


def _unknown_countries(
    rows: Sequence[tuple[ActorRow, int]], codes: Collection[str | None]
) -> Iterable[tuple[int, str]]:
    for row, line in rows:
        if row.country is not None and row.country not in codes:
            yield line, f"{row.id}: nisba.tsv has no country {row.country}"


def _actor_faults(rows: Sequence[tuple[ActorRow, int]]) -> Iterable[tuple[int, str]]:
    by_id: dict[str, list[tuple[ActorRow, int]]] = {}
    owners: dict[str, list[tuple[ActorRow, int]]] = {}
    for row, line in rows:
        for other, where in by_id.get(row.id, ()):
            if row.name_ar != other.name_ar:
                yield line, f"{row.id}: is called {other.name_ar} on line {where}"
            if _overlap(row, other):
                yield line, f"{row.id}: its years overlap those of line {where}"
        by_id.setdefault(row.id, []).append((row, line))
        names = (row.name_ar, *row.aliases, *row.doubtful)
        if len(set(names)) < len(names):
            yield line, f"{row.id}: a name stands twice"
        for short in set(row.short) & set(names):
            yield line, f"{row.id}: {short} is both a full name and a short form"
        for name in set(names):
            for other, where in owners.get(name, ()):
                if (
                    other.id != row.id
                    and _overlap(row, other)
                    and (other.country == row.country or not (other.country and row.country))
                ):
                    yield (
                        line,
                        f"{row.id}: {name} is also {other.id} on line {where}, and nothing tells them apart",
                    )
            owners.setdefault(name, []).append((row, line))


def _overlap(row: ActorRow, other: ActorRow) -> bool:
    if not row.years or not other.years:
        return True
    return any(a <= d and c <= b for a, b in row.years for c, d in other.years)


@lru_cache(maxsize=1)
def load_roles() -> tuple[RoleRow, ...]:
    """The rows of ``roles.tsv``.

    Raises:
        KnowledgeError: with every fault: schema, a lemma that stands twice with one kind.
    """
    return _checked("roles.tsv", RoleRow, _role_faults)


def _role_faults(rows: Sequence[tuple[RoleRow, int]]) -> Iterable[tuple[int, str]]:
    seen: dict[tuple[str, str], int] = {}
    for row, line in rows:
        # A rank may share its word with a unit (لواء), an adjective with a noun (عسكري).
        key = (row.lemma, row.kind if row.kind in ("mod", "title") else "noun")
        if key in seen:
            yield line, f"{row.lemma}: stands already on line {seen[key]}"
        seen.setdefault(key, line)


@lru_cache(maxsize=1)
def load_nisba() -> tuple[NisbaRow, ...]:
    """The rows of ``nisba.tsv``.

    Raises:
        KnowledgeError: with every fault: schema, a country that stands twice, a name, adjective or capital of two rows.
    """
    return _checked("nisba.tsv", NisbaRow, _nisba_faults)


def _nisba_faults(rows: Sequence[tuple[NisbaRow, int]]) -> Iterable[tuple[int, str]]:
    seen: dict[tuple[str, str], int] = {}
    for row, line in rows:
        keys = [("adjective", w) for w in (*row.adjective, *row.plural)]
        keys += [("name", w) for w in {row.name, *row.aliases}] + [("capital", w) for w in row.capital]
        if row.kind == "country":
            keys.append(("country", row.country or ""))
        for key in keys:
            if key in seen:
                yield line, f"{row.name}: the {key[0]} {key[1]} stands already on line {seen[key]}"
            seen.setdefault(key, line)

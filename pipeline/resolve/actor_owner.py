"""Whose the head of a mention is: codes and country from what follows it and from the article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.entities.gazetteer import GazetteerError, load_gazetteer
from pipeline.entities.names import KnownActor, actor_names, known_actors, words_key
from pipeline.entities.phrases import lexicon
from pipeline.knowledge.actors import ActorRow
from pipeline.resolve.actor_compose import Owner, compose
from pipeline.resolve.actor_context import ActorContext
from pipeline.resolve.actor_forms import RoleForm, nisba_index
from pipeline.resolve.actor_parts import Dep, Phrase
from pipeline.resolve.actor_words import look, words_of
from pipeline.text.normalize import fold

#: A homonym in another country counts only if it has at least this share of the population of the first.
_RIVAL = 0.1


def select(
    actors: tuple[KnownActor, ...], hints: Iterable[str | None], context: ActorContext
) -> KnownActor | None:
    """The actor that a name of several means: by nationality, by the article's country, by date; None where open."""
    if len(actors) == 1:
        return actors[0]
    for wanted in ({h for h in hints if h}, {context.country} - {None}):
        fitting = [a for a in actors if a.countries & wanted]
        if len(fitting) == 1:
            return fitting[0]
    live = [a for a in actors if context.month is not None and a.term(context.month) is not None]
    return live[0] if len(live) == 1 else None


def term_of(actor: KnownActor, month: int | None) -> tuple[str | None, str, str | None]:
    """Role, label and country of a known actor in a month.

    Outside its terms a person has no role; a body keeps that of the nearest term. Without a date only what all
    terms share is known.
    """
    row = actor.term(month)
    if row is None and month is not None and actor.first.label != "person":
        row = min(actor.rows, key=lambda r: _distance(r, month))
    if row is not None:
        return row.role, row.label, row.country
    rows = actor.rows
    role = rows[0].role if month is None and len({r.role for r in rows}) == 1 else None
    label = rows[0].label if len({r.label for r in rows}) == 1 else "unknown"
    country = rows[0].country if len({r.country for r in rows}) == 1 else None
    return role, label, country


def _distance(row: ActorRow, month: int) -> int:
    return min((max(first - month, month - last, 0) for first, last in row.years), default=0)


@dataclass(frozen=True, slots=True)
class Codes:
    """Role, label and country of a mention, the known actor it belongs to, and the steps that led there."""

    role: str | None
    label: str
    country: str | None
    actor_id: str | None
    rule: str


def own_actor(actor: KnownActor, month: int | None) -> Owner:
    """A known actor as owner."""
    role, label, country = term_of(actor, month)
    return Owner(role, label, country, actor.id, True, f"actor:{actor.id}")


def compose_phrase(phrase: Phrase, head: RoleForm, start: int, context: ActorContext) -> Codes:
    """Codes of a mention with a head noun, from right to left through what it governs."""
    owner: Owner | None = None
    for dep in reversed(phrase.deps):
        if dep.local and head.row.role is not None:
            continue
        owner = _with_owner(dep, owner, phrase, start, context)
    if owner is None:
        owner = _leader(phrase, head, context)
    role, label = compose(head, owner)
    kept = owner is not None and owner.actor_id is not None and role == owner.role and head.row.kind != "own"
    steps = [f"{head.row.kind}:{head.row.lemma}"]
    if owner is not None and owner.rule and head.row.kind != "own":
        steps.append(owner.rule)
    country, how = country_of(phrase, owner, start, context)
    if how and how not in steps:
        steps.append(how)
    return Codes(role, label, country, owner.actor_id if kept and owner else None, "+".join(steps))


@lru_cache(maxsize=1)
def surnames() -> dict[tuple[str, ...], tuple[KnownActor, ...]]:
    """Surname → known persons."""
    found: dict[tuple[str, ...], tuple[KnownActor, ...]] = {}
    for actor in known_actors().values():
        for short in actor.short if actor.first.label == "person" else ():
            found[words_key(short)] = (*found.get(words_key(short), ()), actor)
    return found


def _leader(phrase: Phrase, head: RoleForm, context: ActorContext) -> Owner | None:
    """«قوات حفتر»، «نظام القذافي»: a surname right after troops or a government, of one known leader of the kind."""
    if phrase.definite or phrase.end != phrase.head_end + 1 or head.row.role not in ("MIL", "GOV", "UAF"):
        return None
    wanted = ("GOV",) if head.row.role == "GOV" else ("MIL", "REB", "UAF")
    key = (phrase.words[phrase.head_end].key,)
    holders = [
        a for a in surnames().get(key, ()) if any(r.role in wanted and r.holds(context.month) for r in a.rows)
    ]
    return own_actor(holders[0], context.month) if len(holders) == 1 else None


def _with_owner(
    dep: Dep, owner: Owner | None, phrase: Phrase, start: int, context: ActorContext
) -> Owner | None:
    if dep.kind == "actor":
        actor = select(dep.actors, _nationalities(phrase), context)
        return own_actor(actor, context.month) if actor else Owner(None, "unknown", rule="ambiguous")
    if dep.kind == "nisba" and dep.nisba is not None:
        row = dep.nisba.row
        known = actor_names().get(words_key(row.name)) if row.kind in ("group", "body") else ()
        if known:
            return own_actor(known[0], context.month)
        return (
            Owner(row.role, row.label or "unknown", rule=f"people:{row.name}")
            if row.role and owner is None
            else owner
        )
    if dep.kind == "country" and dep.country is not None:
        adjacent = dep.start == phrase.head_end and dep.country.kind == "country"
        return (
            Owner("GOV", "state", dep.country.country, rule=f"country:{dep.country.country}")
            if adjacent and owner is None
            else owner
        )
    if dep.role is None:
        return owner
    if dep.kind == "mod":
        return owner or Owner(
            dep.role.row.role, dep.role.row.label or "unknown", rule=f"mod:{dep.role.row.lemma}"
        )
    if dep.definite and dep.role.row.anaphor and dep.end - dep.start == 1 and owner is None:
        found = context.short((fold(dep.text),), frozenset({dep.role.row.lemma}), start)
        if found is not None:
            a = found[0].actor
            return Owner(a.role, a.label, a.country, a.actor_id, True, f"coref:{a.actor_id or a.name}")
    role, label = compose(dep.role, owner)
    if role == "OPP" and context.armed_opposition:
        role, label = "REB", "rebels"
    kept = owner is not None and role == owner.role and dep.role.row.kind != "own"
    return (
        replace(owner, role=role, label=label)
        if kept and owner
        else Owner(role, label, rule=f"{dep.role.row.kind}:{dep.role.row.lemma}")
    )


def _nationalities(phrase: Phrase) -> list[str | None]:
    return [d.nisba.row.country for d in phrase.deps if d.nisba is not None] + [
        d.country.country for d in phrase.deps if d.country is not None
    ]


def country_of(
    phrase: Phrase, owner: Owner | None, start: int, context: ActorContext
) -> tuple[str | None, str]:
    """The country of a mention and the step that told it: nationality, owner, country name, city."""
    for dep in phrase.deps:
        if dep.local:
            continue
        if dep.nisba is not None and dep.nisba.row.country:
            return dep.nisba.row.country, f"nisba:{dep.nisba.row.country}"
        if dep.country is not None and dep.country.country:
            return dep.country.country, f"country:{dep.country.country}"
        if dep.kind == "actor":
            actor = select(dep.actors, _nationalities(phrase), context)
            country = term_of(actor, context.month)[2] if actor else None
            if country:
                return (
                    country,
                    "" if owner is not None and owner.actor_id else f"actor:{actor.id if actor else ''}",
                )
    if owner is not None and owner.country:
        return owner.country, ""
    if phrase.roles and not foreign(phrase):
        place = _city(phrase, context)
        if place:
            return place, f"city:{place}"
    return None, ""


def foreign(phrase: Phrase) -> bool:
    """Something says that the actor is not simply the article's country's: دولي، أوروبي، أجنبي، سفير."""
    if any(r.row.abroad for r in phrase.roles) or any(
        d.role is not None and d.role.row.abroad for d in phrase.deps
    ):
        return True
    return any(d.nisba is not None and d.nisba.row.kind in ("region", "body") for d in phrase.deps)


def local_country(phrase: Phrase) -> str | None:
    """The country of «في سوريا», for bodies of the state that say nothing else."""
    return next((d.country.country for d in phrase.deps if d.local and d.country is not None), None)


def _city(phrase: Phrase, context: ActorContext) -> str | None:
    """The country of a city that the head belongs to («محكمة جنايات القاهرة»), where it is beyond doubt."""
    covered = {k for d in phrase.deps for k in range(d.start, d.end)}
    last = phrase.person[0] if phrase.person else phrase.end
    for at in range(phrase.head_end, last):
        if at in covered or phrase.words[at].key == "في":
            continue
        for count in range(min(3, last - at), 0, -1):
            name = " ".join(w.text for w in phrase.words[at : at + count])
            country = city_country(name, context.country)
            if country is not None:
                return country
    return None


def city_country(name: str, expected: str | None) -> str | None:
    """The country of a place name; a homonym elsewhere that is not much smaller makes it None.

    Args:
        expected: the article's country, which settles homonyms.
    """
    if fold(name) in lexicon().back_references:
        return None  # «المدينة» points back, though there are places of that name
    try:
        places = [p for p in load_gazetteer().exact(name) if p.kind not in ("water", "road")]
    except GazetteerError:
        return None  # an installation without models resolves actors all the same
    if not places:
        return None
    if expected is not None and any(p.country == expected for p in places):
        return expected
    curated = {p.country for p in places if p.curated}
    if len(curated) == 1:
        return curated.pop()
    best = max(places, key=lambda p: p.population)
    if best.population < 20_000 or curated:
        return None
    rivals = [p for p in places if p.country != best.country and p.population >= _RIVAL * best.population]
    return None if rivals else best.country


def nationality(word: str) -> tuple[str | None, bool]:
    """Country of a relative adjective, and whether the word is one at all (of a country, people or region)."""
    words = words_of(word)
    hit = look(words, 0, nisba_index(), articles=True)
    if hit is None or hit.end != len(words):
        return None, False
    row = hit.values[0].row
    common = row.name == "دولي" or (row.safe == "none" and not hit.reading.definite)
    return row.country, not common

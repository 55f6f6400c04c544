"""Results that several ways of resolution share."""

from __future__ import annotations

from pipeline.entities.names import KnownActor, actor_names, words_key
from pipeline.resolve.actor_compose import compose
from pipeline.resolve.actor_context import ActorContext
from pipeline.resolve.actor_mentions import Mentioned
from pipeline.resolve.actor_owner import Codes, country_of, own_actor, select, term_of
from pipeline.resolve.actor_parts import Dep, Phrase
from pipeline.resolve.actor_types import LABEL_OF_ROLE, ResolvedActor


def compose_thing(phrase: Phrase, context: ActorContext) -> Codes:
    """Codes of a thing from its owner: «قافلة للجيش السوري» is the army's."""
    for dep in phrase.deps:
        named = dep.actors if dep.nisba is None else actor_names().get(words_key(dep.nisba.row.name))
        if named:
            actor = select(named, (), context)
            if actor is not None:
                owner = own_actor(actor, context.month)
                return Codes(owner.role, owner.label, owner.country, actor.id, f"of+{owner.rule}")
    country, how = country_of(phrase, None, 0, context)
    for dep in phrase.deps:
        if dep.role is not None and dep.kind == "role" and not dep.local and dep.role.row.human != "thing":
            role, label = compose(dep.role, None)
            if role == "OPP":
                if context.armed_opposition:
                    role, label = "REB", "rebels"
                country = country or context.country
            return Codes(
                role,
                LABEL_OF_ROLE.get(role, "unknown") if label == "person" else label,
                country,
                None,
                f"of+{dep.role.row.lemma}",
            )
    return Codes(None, "unknown", country, None, how or "unknown")


def known_as(actor: KnownActor, context: ActorContext, rule: str) -> ResolvedActor:
    """A known actor in the term that holds."""
    role, label, country = term_of(actor, context.month)
    return ResolvedActor(actor.first.name_ar, label, country, role, actor.id, rule)


def again(mention: Mentioned, direction: str) -> ResolvedActor:
    """The actor of another mention."""
    a = mention.actor
    rule = f"coref:{a.actor_id or a.name}" + ("" if direction == "back" else ":ahead")
    return ResolvedActor(a.name, a.label, a.country, a.role, a.actor_id, rule)


def apposed(phrase: Phrase, dep: Dep) -> bool:
    """The name stands beside the office and is not its owner («مستشار ترامب»)."""
    if dep.start == phrase.head_end:
        return (
            phrase.definite
            or phrase.head_end - phrase.begin > 1
            or any(r.row.kind == "title" for r in phrase.roles)
        )
    for other in phrase.deps:
        person = other.role is not None and other.role.row.human == "yes" and other.role.form.number == "s"
        if other.end == dep.start and person and other.role is not None and other.kind == "role":
            return other.role.row.kind == "title"
    return True


def surname_of(phrase: Phrase) -> tuple[str, ...] | None:
    """The last word of «الرئيس الأسد», if nothing else explains it."""
    at = len(phrase.words) - 1
    if at < phrase.head_end or any(d.start <= at < d.end for d in phrase.deps):
        return None
    if phrase.person is not None and phrase.person[1] - phrase.person[0] > 1:
        return None
    return (phrase.words[at].key,)

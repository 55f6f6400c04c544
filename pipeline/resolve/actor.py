"""Actors: canonical name, label, country and role of whoever acts or is acted upon.

The way is compositional and readable in ``ResolvedActor.rule``: a known name, a short form that points back, or a
head noun with what follows it (nationality, known actor, institution). What nothing tells stays None.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.entities.names import actor_names, known_actors, words_key
from pipeline.knowledge.words import load_words
from pipeline.resolve.actor_compose import Owner, compose
from pipeline.resolve.actor_context import ActorContext, make_context
from pipeline.resolve.actor_features import head_features, is_actor_like, pick_head
from pipeline.resolve.actor_mentions import Mentioned
from pipeline.resolve.actor_names import mention_name
from pipeline.resolve.actor_owner import (
    Codes,
    compose_phrase,
    country_of,
    foreign,
    local_country,
    nationality,
    select,
    surnames,
)
from pipeline.resolve.actor_parts import Phrase
from pipeline.resolve.actor_phrase import read_phrase
from pipeline.resolve.actor_results import again, apposed, compose_thing, known_as, surname_of
from pipeline.resolve.actor_scan import scan
from pipeline.resolve.actor_types import STATE_ROLES, HeadFeatures, ResolvedActor
from pipeline.text.normalize import fold

__all__ = [
    "ActorContext", "ActorResolver", "HeadFeatures", "ResolvedActor", "acts_as_government", "head_features",
    "is_actor_like", "is_nationality",
]  # fmt: skip


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """Folded words for a state that stand before its name."""
    return frozenset(fold(word) for word in load_words()["state_words"])


def acts_as_government(mention: str) -> str | None:
    """ISO 3166-1 alpha-3 of the state that a bare country or capital name stands for where it acts («موسكو»).

    Whether it acts is for the sentence to say. None for anything else («مدينة موسكو»، «بروكسل»).
    """
    phrase = read_phrase(mention)
    row = phrase.capital
    if phrase.country is not None and phrase.country.kind == "country":
        row = phrase.country
    whole = phrase.begin == 0 and phrase.head_end == len(phrase.words)
    if row is not None and whole:
        return row.country
    # «دولة قطر»: a word for a state and its name
    form, _, name = mention.strip().partition(" ")
    return acts_as_government(name) if name and fold(form) in _states() else None


def is_nationality(word: str) -> bool:
    """Whether a word is a relative adjective of a country, people or body («أميركية»، «حوثي»)."""
    return nationality(word)[1]


class ActorResolver:
    """Resolves mentions of actors. Holds no state of an article: that is the context's.

    Raises:
        pipeline.knowledge.load.KnowledgeError: the actor knowledge has faults.
    """

    def __init__(self) -> None:
        # Faults of the knowledge show here, not in the middle of an article.
        actor_names()
        surnames()

    is_actor_like = staticmethod(is_actor_like)
    head_features = staticmethod(head_features)
    acts_as_government = staticmethod(acts_as_government)
    is_nationality = staticmethod(is_nationality)

    def context(
        self,
        text_mentions: Sequence[tuple[str, int]],
        published: str | None = None,
        country: str | None = None,
        *,
        text: str | None = None,
    ) -> ActorContext:
        """What the article says of its actors, made once per article.

        Args:
            text_mentions: what may be an actor, with its code-point offset in the article; places do no harm.
            published: ISO 8601 date, decides which term of office holds.
            country: ISO 3166-1 alpha-3 that the article is about; None: counted from the mentions, where clear.
            text: the article's text; noun phrases that the knowledge knows are then found without being given.
        """
        mentions = [*text_mentions, *(scan(text) if text is not None else ())]
        return make_context(mentions, published, country, self.resolve, head_features)

    def resolve(
        self, mention: str, start: int, context: ActorContext, *, ent_label: str = "", adjective: bool = False
    ) -> ResolvedActor:
        """The actor of a mention.

        Args:
            mention: as written; proclitics, numbers, diacritics and noise may be on it.
            start: code-point offset in the article; short forms look back from here.
            ent_label: the entity label of its head, if any: PER makes an unknown name a person.
            adjective: the mention is a relative adjective that names who acts («غارة أميركية»).
        """
        phrase = read_phrase(mention)
        name = mention_name(phrase, mention)
        for way in (self._person, self._known, self._coref, self._role, self._people, self._state):
            found = way(phrase, name, start, context)
            if found is not None:
                return self._government(found, phrase) if adjective else found
        owner = compose_thing(phrase, context)
        if ent_label == "PER":
            return ResolvedActor(name, "person", owner.country, None, None, "entity:PER")
        return ResolvedActor(name, owner.label, owner.country, owner.role, owner.actor_id, owner.rule)

    def _government(self, found: ResolvedActor, phrase: Phrase) -> ResolvedActor:
        if not phrase.nisba or phrase.nisba[0].row.kind != "country":
            return found
        row = phrase.nisba[0].row
        return ResolvedActor(row.name, "state", row.country, "GOV", None, f"nisba:{row.country}+adjective")

    # ---- the ways, in order ------------------------------------------------------------------

    def _person(self, phrase: Phrase, name: str, start: int, context: ActorContext) -> ResolvedActor | None:
        """A known person behind a title or office: «وزير الخارجية الأميركي أنتوني بلينكن»."""
        head = pick_head(phrase)
        if head is None or head.row.human != "yes" or head.form.number != "s":
            return None
        for dep in phrase.deps:
            if dep.kind == "actor" and dep.actors[0].first.label == "person" and apposed(phrase, dep):
                actor = select(
                    dep.actors, [c for c, _ in [country_of(phrase, None, start, context)]], context
                )
                if actor is not None:
                    return known_as(actor, context, f"known:{actor.id}")
        surname = surname_of(phrase)
        if surname is None:
            return None
        found = context.surname(surname, start)
        if found is not None:
            return again(found[0], found[1])
        holders = [
            a
            for a in surnames().get(surname, ())
            if (row := a.term(context.month)) and row.role == head.row.role
        ]
        country = country_of(phrase, None, start, context)[0] or context.country
        holders = [a for a in holders if country is None or country in a.countries]
        if head.row.lemma.startswith("رئيس") and len(holders) == 1:
            return known_as(holders[0], context, f"office:{holders[0].id}")
        return None

    def _known(self, phrase: Phrase, name: str, start: int, context: ActorContext) -> ResolvedActor | None:
        if not phrase.actors:
            return None
        nationalities = [d.nisba.row.country for d in phrase.deps if d.nisba] + [
            d.country.country for d in phrase.deps if d.country
        ]
        actor = select(phrase.actors, nationalities, context)
        if actor is None:
            rows = [a.first for a in phrase.actors]
            label = rows[0].label if len({r.label for r in rows}) == 1 else "unknown"
            role = rows[0].role if len({r.role for r in rows}) == 1 else None
            return ResolvedActor(name, label, None, role, None, "known:ambiguous")
        found = known_as(actor, context, f"known:{actor.id}")
        if found.country is None and found.label == "state":
            country, how = country_of(phrase, None, start, context)
            if country:
                return ResolvedActor(name, found.label, country, found.role, actor.id, f"{found.rule}+{how}")
        return found

    def _coref(self, phrase: Phrase, name: str, start: int, context: ActorContext) -> ResolvedActor | None:
        """A short form («الهيئة»), a surname, or the beginning of a fuller mention («وزير الدفاع»)."""
        if phrase.counted or not phrase.keys or phrase.nisba or phrase.country:
            return None
        heads = frozenset(
            r.row.lemma for r in phrase.roles if r.row.anaphor and phrase.definite and not phrase.pronoun
        )
        if len(phrase.keys) <= 2 and phrase.end - phrase.begin <= 2 and not phrase.deps:
            alone = phrase.end - phrase.begin == phrase.head_end - phrase.begin or not phrase.roles
            found = context.short(phrase.keys, heads if alone else frozenset(), start)
            if found is not None:
                return again(*found)
        located = any(d.kind in ("country", "nisba", "actor") for d in phrase.deps)
        if len(phrase.keys) > 1 and phrase.roles and not phrase.person and not located:
            found = context.same_beginning(phrase.keys, start)
            if found is not None and found[1] == "back":
                return again(*found)
        return None

    def _role(self, phrase: Phrase, name: str, start: int, context: ActorContext) -> ResolvedActor | None:
        head = pick_head(phrase)
        if head is None:
            return None
        owner = context.owner(phrase.pronoun, start) if phrase.pronoun else None
        codes = compose_phrase(phrase, head, start, context)
        role, label, country, rule = codes.role, codes.label, codes.country, codes.rule
        if owner is not None and not phrase.deps:
            return self._possessed(phrase, name, owner, codes)
        if role == "OPP" and label != "person" and context.armed_opposition:
            role, label, rule = "REB", "rebels", f"{rule}+armed-opposition"
        if country is None and codes.actor_id is None and not foreign(phrase):
            # A coalition has no country, and so have its aircraft.
            country, how = self._state_country(phrase, role, start, context)
            rule += how
        if phrase.person is not None:
            label = "person"
            name = " ".join(w.text for w in phrase.words[slice(*phrase.person)])
        return ResolvedActor(
            self._expanded(phrase, name, codes, start, context), label, country, role, codes.actor_id, rule
        )

    @staticmethod
    def _possessed(phrase: Phrase, name: str, owner: Mentioned, codes: Codes) -> ResolvedActor:
        """«مقاتليها»: the head with the group that the pronoun means."""
        a = owner.actor
        head = pick_head(phrase)
        assert head is not None
        role, label = compose(head, Owner(a.role, a.label, a.country, a.actor_id, True))
        kept = a.actor_id if role == a.role and head.row.kind != "own" else None
        return ResolvedActor(
            name, label, a.country, role, kept, f"{codes.rule}+pronoun:{a.actor_id or a.name}"
        )

    @staticmethod
    def _state_country(
        phrase: Phrase, role: str | None, start: int, context: ActorContext
    ) -> tuple[str | None, str]:
        """The country of a state's body that names none: of its last mention, of «في …», of the article."""
        opposed = role in ("OPP", "REB")
        definite = phrase.definite or opposed or any(d.definite and not d.local for d in phrase.deps)
        if not definite or not (opposed or role in STATE_ROLES):
            return None, ""
        heads = frozenset(r.row.lemma for r in phrase.roles)
        heads |= {d.role.row.lemma for d in phrase.deps if d.role is not None and d.kind == "role"}
        inside = local_country(phrase)
        # An army «في لبنان» may be anybody's.
        if inside is not None and role in STATE_ROLES - {"MIL"}:
            return inside, "+in-country"
        earlier = context.country_of(heads, start)
        if earlier is not None:
            return earlier, "+earlier-mention"
        if context.country is None:
            return None, ""
        return context.country, "+article-country" + (":inferred" if context.inferred else "")

    @staticmethod
    def _expanded(phrase: Phrase, name: str, codes: Codes, start: int, context: ActorContext) -> str:
        """The short form inside a name written out: «قوات الهيئة» → «قوات هيئة تحرير الشام»."""
        if "coref:" not in codes.rule or codes.actor_id is None or not phrase.deps:
            return name
        dep = phrase.deps[0]
        full = known_actors()[codes.actor_id].first.name_ar
        if dep.kind != "role" or dep.end != phrase.end:
            return name
        return " ".join([*name.split()[: dep.start - phrase.begin], full])

    def _people(self, phrase: Phrase, name: str, start: int, context: ActorContext) -> ResolvedActor | None:
        """Nationals and communities: «ثلاثة فلسطينيين»، «الأكراد»."""
        if phrase.country is not None and phrase.country.kind in ("group", "body", "region"):
            row = phrase.country
            return ResolvedActor(row.name, row.label or "unknown", None, row.role, None, f"people:{row.name}")
        if not phrase.nisba:
            return None
        form = phrase.nisba[0]
        row = form.row
        if row.kind in ("group", "body"):
            known = actor_names().get(words_key(row.name))
            if known:
                return known_as(known[0], context, f"people:{known[0].id}")
            country = country_of(phrase, None, start, context)[0]
            return ResolvedActor(name, row.label or "unknown", country, row.role, None, f"people:{row.name}")
        if row.kind == "region":
            return ResolvedActor(name, "unknown", None, None, None, f"region:{row.name}")
        several = phrase.counted or form.form.number != "s" or form.broken
        if several:
            return ResolvedActor(name, "civilians", row.country, "CVL", None, f"nationals:{row.country}")
        return ResolvedActor(name, "unknown", row.country, None, None, f"nisba:{row.country}")

    def _state(self, phrase: Phrase, name: str, start: int, context: ActorContext) -> ResolvedActor | None:
        """A country, or a capital for its government."""
        row = phrase.country or phrase.capital
        if row is None:
            return None
        if row.kind == "city" and phrase.country is not None:
            return ResolvedActor(row.name, "unknown", row.country, None, None, f"city:{row.country}")
        how = "country" if phrase.country is not None else "capital"
        return ResolvedActor(row.name, "state", row.country, "GOV", None, f"{how}:{row.country}")

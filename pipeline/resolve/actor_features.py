"""Grammar of a mention's head, and whether it denotes somebody who can act."""

from __future__ import annotations

from functools import lru_cache

from pipeline.resolve.actor_forms import RoleForm, bare, role_index
from pipeline.resolve.actor_parts import Phrase
from pipeline.resolve.actor_phrase import read_phrase
from pipeline.resolve.actor_types import HeadFeatures
from pipeline.text.normalize import fold

_ONE = frozenset(["احد", "احدي", "واحد", "واحده"])
_GROUPS = ("arms", "band", "of")


def pick_head(phrase: Phrase) -> RoleForm | None:
    """The reading of the head noun: a rank only where a person's name follows."""
    titles = [r for r in phrase.roles if r.row.kind == "title"]
    others = [r for r in phrase.roles if r.row.kind != "title"]
    if titles and others:
        named = phrase.person is not None or any(
            d.kind == "actor" and d.start == phrase.head_end and d.actors[0].first.label == "person"
            for d in phrase.deps
        )
        return titles[0] if named else others[0]
    return phrase.roles[0] if phrase.roles else None


@lru_cache(maxsize=16384)
def head_features(mention: str) -> HeadFeatures:
    """Gender (m, f), number (s, d, p) and humanness of the head of a mention, each None where unknown.

    >>> head_features("قوات المعارضة")
    HeadFeatures(gender='f', number='p', human=None)
    """
    phrase = read_phrase(mention)
    head = pick_head(phrase)
    if head is not None:
        return _of_role(phrase, head)
    if phrase.actors:
        first = phrase.actors[0].first
        noun = next(
            (r for r in role_index().get((fold(bare(phrase.head_text)),)) if r.row.human == "no"), None
        )
        if noun is not None and first.label != "person":
            return _of_role(phrase, noun)
        if first.gender == "p":
            return HeadFeatures("m", "p", True)
        return HeadFeatures(first.gender, "s", first.label == "person")
    row = phrase.country or phrase.capital
    if row is not None:
        if phrase.head_text.endswith("ة"):
            return HeadFeatures("f", "s", False)  # المملكة المغربية، though المغرب is masculine
        return HeadFeatures("m", "p", True) if row.gender == "p" else HeadFeatures(row.gender, "s", False)
    if phrase.nisba:
        form = phrase.nisba[0].form
        number = _counted(phrase) or form.number
        return HeadFeatures(form.gender, number, True)  # type: ignore[arg-type]
    word = phrase.head_text
    if word.endswith("ات"):
        return HeadFeatures("f", "p", None)
    if word.endswith("ة"):
        return HeadFeatures("f", "s", None)
    return HeadFeatures(None, None, None)


def _of_role(phrase: Phrase, head: RoleForm) -> HeadFeatures:
    number = _counted(phrase) or head.form.number
    if head.row.human == "yes":
        human: bool | None = True
    else:
        human = None if number == "p" and head.row.kind in _GROUPS and head.row.human == "no" else False
    return HeadFeatures(head.form.gender, number, human)  # type: ignore[arg-type]


def _counted(phrase: Phrase) -> str | None:
    """The number that a numeral gives: «أحد الجنود» is one, «12 مدنيا» are several."""
    if not phrase.counted:
        return None
    opening = {w.key.removeprefix("ال") for w in phrase.words[: phrase.begin]}
    if opening & _ONE:
        return "s"
    forms = phrase.roles or phrase.nisba
    if forms and forms[0].form.number == "d":
        return "d"
    return (
        "p"
        if any(w.number for w in phrase.words[: phrase.begin]) or (forms and forms[0].form.number == "p")
        else None
    )


@lru_cache(maxsize=16384)
def is_actor_like(mention: str) -> bool:
    """Whether the head of a mention denotes a person, group or institution, by the actor knowledge alone.

    Bare names of countries and capitals are not: they are places until the sentence says otherwise
    (:func:`pipeline.resolve.actor.acts_as_government`).
    """
    phrase = read_phrase(mention)
    if phrase.actors:
        return True
    head = pick_head(phrase)
    if head is not None:
        return _acts(phrase, head)
    if phrase.nisba:
        form = phrase.nisba[0]
        people = form.form.gender == "m" or form.form.number == "p"
        return form.row.kind in ("country", "group", "city") and people
    return phrase.country is not None and phrase.country.kind == "group"


def _acts(phrase: Phrase, head: RoleForm) -> bool:
    row = head.row
    whose = any(d.kind in ("actor", "nisba", "mod", "country") and not d.local for d in phrase.deps)
    if row.human == "thing":
        return False
    if row.anaphor == "only":
        return phrase.definite or whose or any(d.kind == "role" and not d.local for d in phrase.deps[:1])
    if row.kind == "title":
        return (
            phrase.definite
            or phrase.person is not None
            or head.form.number != "s"
            or bool(row.role and row.plural)  # «طعن عقيدا»; not «سعادة», «فريق»
            or any(d.kind in ("actor", "role") for d in phrase.deps)  # معالي الأمين العام
        )
    return True

"""The name of an actor: the mention without numbers and clauses, in the form a list would have it."""

from __future__ import annotations

from pipeline.resolve.actor_closed import owned_at
from pipeline.resolve.actor_forms import Form, bare
from pipeline.resolve.actor_parts import Dep, Phrase


def mention_name(phrase: Phrase, mention: str) -> str:
    """The phrase from its head to its end, nominative where every form is known; counted people in the plural.

    >>> mention_name(read_phrase("12 مدنيا"), "12 مدنيا")
    'مدنيون'
    """
    if phrase.begin >= phrase.end:
        return " ".join(w.text for w in phrase.words) or mention.strip()
    end = next((k for k in range(phrase.head_end, phrase.end) if owned_at(phrase, k)), phrase.end)
    words = [phrase.head_text, *(w.text for w in phrase.words[phrase.begin + 1 : end])]
    if phrase.pronoun:
        words[0] = phrase.words[phrase.begin].text.removeprefix(phrase.clitic)
        return " ".join(words)
    forms = {k: f for k, f in _forms(phrase).items() if k < len(words)}
    many = phrase.counted and bool(phrase.roles) and phrase.roles[0].row.human == "yes" and _singular(phrase)
    if many and len(forms) == len(words):
        return " ".join(
            _with_article(word, form.plural) for word, form in zip(words, forms.values(), strict=True)
        )
    known = {k: f for k, f in forms.items() if f.nominative != bare(words[k])}
    # Half a phrase in the nominative would be wrong Arabic: «مسلحون مجهولين».
    oblique = any(w.endswith("ين") for k, w in enumerate(words) if k not in forms)
    if known and not oblique:
        words = [_with_article(w, known[k].nominative) if k in known else w for k, w in enumerate(words)]
    return " ".join(words)


def _forms(phrase: Phrase) -> dict[int, Form]:
    """The forms of single words of the phrase, by position after ``begin``."""
    found: dict[int, Form] = {}
    heads = phrase.roles or phrase.nisba
    if heads and phrase.head_end == phrase.begin + 1:
        found[0] = heads[0].form
    for dep in phrase.deps:
        # What an indefinite noun governs stays in the genitive: «قيادي المقاتلين».
        governed = dep.definite and dep.start == phrase.begin + 1 and not phrase.definite
        adjective = dep.role if dep.kind == "mod" or _apposed(phrase, dep) else dep.nisba
        if dep.end == dep.start + 1 and adjective is not None and not governed:
            found[dep.start - phrase.begin] = adjective.form
    return found


def _apposed(phrase: Phrase, dep: Dep) -> bool:
    """«مسلحون مجهولون»: a noun that agrees with the head is an adjective of it."""
    if dep.role is None or not phrase.roles or dep.start != phrase.head_end:
        return False
    head = phrase.roles[0].form
    return (
        dep.role.row.human == "yes"
        and dep.definite == phrase.definite
        and dep.role.form.number == head.number == "p"
    )


def _singular(phrase: Phrase) -> bool:
    return phrase.roles[0].form.number == "s" and not phrase.definite


def _with_article(word: str, form: str) -> str:
    return "ال" + form if bare(word) != word else form

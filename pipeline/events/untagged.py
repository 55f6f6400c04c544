"""Verbs that the tagger takes for something else, told by their fixed word: «لفظ بائع متجول أنفاسه»."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import Reading
from pipeline.events.senses import Candidate


def told(
    grammar: Grammar, i: int, verbs: Sequence[Reading], sense: Callable[[int, Reading], Candidate | None]
) -> list[Candidate]:
    """The senses of a word that only its fixed word tells to be a verb in the past.

    Args:
        verbs: its readings as a verb; ``sense`` makes the sense of a reading, or None.
    """
    until = i > 0 and grammar.view.key[i - 1] == "حتي"
    if not verbs or not (until or _heads_clause(grammar, i)):
        return []
    past = (r for r in verbs if r.form.tense == "past")
    found = [s for r in past if (s := sense(i, r)) is not None and s.fixed]
    return [
        s
        for s in found
        if _object_behind(grammar, i, s.fixed[0])
        or (until and s.fixed[0] == i + 1 and grammar.has_article(i + 1))  # «حتى | فارق الحياة»
        or (s.trigger.type == "PROTEST" and _place_behind(grammar, i, s.fixed[0]))
    ]


def _heads_clause(grammar: Grammar, i: int) -> bool:
    """The word opens its clause, and a noun that is no pronoun stands behind it."""
    view = grammar.view
    joined = i > 0 and view.key[i - 1] in ("و", "ف") and view.glued[i]
    begins = i == view.sents[view.sent[i]][0] or grammar.punct(i - 1) or joined
    return begins and i + 1 < len(view) and grammar.nominal(i + 1) and not view.glued[i + 1]


def _object_behind(grammar: Grammar, i: int, fixed: int) -> bool:
    """The fixed word stands behind a subject, and is definite, accusative or behind a closed phrase: no genitive."""
    ends = grammar.glued_pronoun(fixed + 1) or grammar.has_article(fixed)
    closed = grammar.has_article(fixed - 1) or grammar.nominative(fixed - 1)
    return fixed > i + 1 and (ends or closed or grammar.view.norm[fixed].endswith("ا"))


def _place_behind(grammar: Grammar, i: int, fixed: int) -> bool:
    """«تدفق آلاف المحتجين إلى الساحة»: who moves is counted or many, and the fixed word is where to."""
    many = grammar.number(i + 1) or grammar.of_class(i + 1, "crowds") or grammar.nominative(i + 1)
    led = grammar.preposition(fixed) or grammar.preposition(fixed - 1)
    return many and fixed > i + 2 and led

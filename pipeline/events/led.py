"""Relative clauses that only say who leads the subject: «التحالف [الذي تقوده السعودية]»."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.phrases import Element


def past_led(elements: Sequence[Element], k: int, grammar: Grammar) -> int:
    """The element behind the clause whose relative pronoun is element ``k``, or 0 where it is another clause.

    Its verb has the pronoun of what is led for its object, so that one noun phrase is its subject, and the next one
    belongs to the verb before: «شن التحالف [الذي تقوده السعودية] غارات»، «دمرت القوات [التي تدعمها أنقرة] موقعا».
    """
    clause = elements[k : k + 3]
    if [e.kind for e in clause] != ["rel", "verb", "np"] or not grammar.glued_pronoun(clause[1].last - 1):
        return 0
    if len(clause[2].nps) > 1 or clause[1].last - clause[1].first != 2:
        return 0
    j = k + 3
    while j < len(elements) and elements[j].kind in ("time", "pp"):
        j += 1
    return j if j < len(elements) and elements[j].kind in ("np", "fixed") else 0

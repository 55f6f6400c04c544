"""Relative clauses between a verb's subject and its object: «التحالف [الذي تقوده السعودية]»، «الرجل [الذي فر أمس]»."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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


def past_told(elements: Sequence[Element], k: int, grammar: Grammar, known: Callable[[int], bool]) -> int:
    """The element behind the clause whose relative pronoun is element ``k``, where a noun phrase follows it, or 0.

    The phrase right behind a verb of the clause is that verb's own; one behind a preposition's phrase, a time or a
    comma belongs to the verb before: «أصاب الرجل [الذي دخل المقر أمس] حارسا»، «اعتقلت الحركة [التي …]، عشرات».

    Args:
        known: whether the lexicon knows the verb at a view index, which may then take its object from afar.
    """
    own = verbs = 0
    for j in range(k + 1, min(k + _CLAUSE, len(elements) - 1)):
        element, after = elements[j], elements[j + 1]
        if element.kind == "verb":
            verbs += 1
            own += known(element.first) and after.kind != "np"
        elif element.kind == "punct":
            comma = grammar.view.norm[element.first] in "،,"
            last = j + 2 >= len(elements) or elements[j + 2].kind != "verb"
            if comma and verbs and after.kind in ("time", "pp", "other") and _comma(elements, j + 2, grammar):
                return j + 3 if j + 3 < len(elements) and elements[j + 3].kind in ("np", "fixed") else 0
            return j + 1 if comma and verbs and last and after.kind in ("np", "fixed") else 0
        elif element.kind == "comp" or (element.kind == "conj" and after.kind != "verb"):
            return 0
        elif element.kind == "fixed" and elements[j - 1].kind in ("pp", "time", "other"):
            return j if verbs and not own and grammar.closed(element.first - 1) else 0
        elif element.kind == "np" and elements[j - 1].kind not in ("verb", "part", "rel"):
            before = elements[j - 1]
            masdar = before.kind == "pp" and grammar.glued_pronoun(before.last - 1)  # «بتنفيذه | الهجوم»
            if masdar or before.kind not in ("pp", "time"):
                continue
            if not own:
                return j if verbs else 0
            own -= 1
    return 0


def _comma(elements: Sequence[Element], k: int, grammar: Grammar) -> bool:
    return k < len(elements) and grammar.view.norm[elements[k].first] in "،,"


#: Elements of a clause, at most.
_CLAUSE = 14

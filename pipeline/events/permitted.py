"""What anybody may do or might do, and nobody is said to have done: «كل من يعتدي»، «يحق للمجلس أن يطلب»."""

from __future__ import annotations

from pipeline.events.grammar import Grammar
from pipeline.events.slots import Filled

#: Words between «كل من يتعدى» and a verb joined to it, and between «يحق ل» and what somebody may do.
_JOINED, _POWER = 9, 22


def whoever(grammar: Grammar, at: int) -> bool:
    """«كل من | يتعدى على الناس و | يسفك دماءهم»: right behind the pronoun, or joined to a verb that stands there."""
    view = grammar.view
    for i in range(at, max(view.sents[view.sent[at]][0] + 1, at - _JOINED) - 1, -1):
        behind = view.key[i - 1] == "من" and grammar.is_(i - 2, "whoever") and view.key[i][:1] in ("ي", "ت")
        if behind:
            return i == at or view.key[at - 1] == "و" or view.norm[at].startswith("و")
        if grammar.punct(i):
            return False
    return False


def may_ask(grammar: Grammar, filled: Filled) -> bool:
    """«يحق للمجلس أن يطلب»، «من الأجدى أن تطلب الوزارة»: what somebody may or ought to ask has not been asked."""
    view, at, form = grammar.view, filled.mention.at, filled.candidate.form
    if filled.candidate.trigger.type != "REQUEST" or form.kind != "verb" or form.tense == "past":
        return False
    first = max(view.sents[view.sent[at]][0], at - _POWER)
    opener = next((i for i in range(at - 1, first - 1, -1) if view.key[i] == "ان"), -1)
    if opener < 0 or any(grammar.verb(i) for i in range(opener + 1, at)):
        return False
    return any(grammar.is_(i, "permitting") for i in range(first, opener))

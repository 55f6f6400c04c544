"""The passives that only the lexicon can tell: «لم تُقصف المدارس», «ما لم يُرحَّل المطلوبون», «مُنع الصحافيون».

In the imperfect a damma on the prefix is the passive of most verbs, and the active of the second, third and
fourth stem: which stem it is only the lexicon knows. There a fatha on the last but one letter marks the passive.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.events.lexicon import TriggerLexicon
from pipeline.events.view import View

#: Patterns whose active imperfect has a damma on its prefix.
_RAISED = frozenset({"فعّل", "فاعل", "أفعل", "فعلل"})
#: «يُ», also behind the «س» of what is to come.
_PREFIX = re.compile("^[وف]?س?َ?[ينت]\u064f")
#: «مُنع»، «نُهبت»: the first radical of a past form, which by its letter might be a prefix.
_RADICAL = re.compile("^[وف]?[منتي]\u064f")
#: A fatha before the last letter, which may have a vowel of its own.
_OPEN = re.compile("\u064e\u0651?[^\\W\\d_][\u064b-\u0650\u0652]*$")


def with_marked_passives(view: View, lexicon: TriggerLexicon) -> View:
    """The view with the passives that the marks of its verbs show."""
    marked = tuple(
        known or _passive(view.text[view.start[i] : view.end[i]], view.key[i], lexicon)
        for i, known in enumerate(view.passive)
    )
    return view if marked == view.passive else replace(view, passive=marked)


def _passive(surface: str, key: str, lexicon: TriggerLexicon) -> bool:
    if not _RADICAL.match(surface) and not _PREFIX.match(surface):
        return False
    tenses = {r.form.tense for r in lexicon.verbs(key)}
    if "past" in tenses and (tenses == {"past"} or surface.lstrip("وف")[:1] in "من"):
        return True
    verbs = [lexicon.triggers[r.trigger].entry.pattern for r in lexicon.verbs(key) if r.form.tense != "past"]
    verbs += [
        lexicon.light_verbs[r.trigger].pattern for r in lexicon.light(key) if r.form.tense == "imperfect"
    ]
    if not verbs:
        return False
    return _RAISED.isdisjoint(p for p in verbs if p) or bool(_OPEN.search(surface))

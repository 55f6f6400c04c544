"""Participles in the accusative that say what somebody does besides: «…، مشيدا بجهود الوسيط»، «…، داعية إلى الهدوء»."""

from __future__ import annotations

from pipeline.events.mentions import Mention
from pipeline.events.view import View

#: How active participles that serve as circumstances begin: متهما، محذرا, and those of the first form: داعيا، رافضا.
_STEMS = (
    "م",
    "داع",
    "راف",
    "ناف",
    "طالب",
    "حاث",
    "آمل",
    "شاك",
    "واعد",
    "واصف",
    "ناعي",
    "قاطع",
    "حامل",
    "هاتف",
)
#: Types of what is said, of which a noun with such a form behind a mark is hardly anything but the participle.
_SAID = frozenset({"REQUEST", "REJECT", "ACCUSE", "THREATEN", "SUPPORT"})
_MARKS = frozenset("،,")


def formed(norm: str) -> bool:
    """Whether a word has the form of such a participle."""
    return norm.startswith(_STEMS) and norm.endswith(("ا", "ة", "ين"))


def accompanies(view: View, mention: Mention) -> bool:
    """Whether a mention is such a participle by its entry, or by its form and the comma before it.

    No verb carries what its subject does besides: «وصل وفد …، مطالبا ب»، «…، مشيدا بالدور الذي يقوم به».
    """
    at = mention.at
    if mention.circumstantial:
        return True
    marked = at > 0 and view.norm[at - 1] in _MARKS and not view.glued[at]
    said = all(c.trigger.type in _SAID and c.form.kind in ("noun", "participle") for c in mention.candidates)
    return marked and said and formed(view.norm[at]) and not mention.verbal

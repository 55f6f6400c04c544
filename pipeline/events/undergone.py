"""Whom a deed befell that the verb leaves unsaid («ظهر الضابط في تسجيل. وكان قد خُطف قبل أسبوع»، «… ففارق الحياة»)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.events.lexicon import CASUALTIES, PERSONAL
from pipeline.events.paradigms import wanted
from pipeline.events.slots import Argument, Filled

if TYPE_CHECKING:
    from pipeline.events.discourse import Discourse

#: Modes of verbs that are never without the person whom they befall, so that without an object they are passive.
_BEFALLING = PERSONAL | {"torture", "deport"}


def left_unsaid(event: Filled) -> bool:
    """Whether a verb says elsewhere whom it befell: it is passive without a subject, or one of dying without one."""
    roles, form, frame = event.roles, event.candidate.form, event.candidate.trigger.frame
    if not event.mention.verbal or event.candidate.trigger.mode not in _BEFALLING:
        return False
    if roles.subject or event.slot("target"):
        return False
    if frame.get("subject") == "target":
        return (
            event.candidate.trigger.mode in CASUALTIES and not form.first
        )  # «ففارق الحياة»: who dies is unsaid
    said = roles.objects or roles.pronoun >= 0
    return not said and form.voice != "active" and not form.first and frame.get("object") == "target"


class Undergone:
    """Recovers the unsaid subjects of passive verbs, and of those of dying.

    Args:
        discourse: finds the antecedents.
    """

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse

    def complete(self, event: Filled, before: Sequence[Filled]) -> Filled:
        """The event with whom it befell, if that is a person said earlier; else the event as it is.

        Args:
            before: the completed events that stand before it. Who was struck in the same sentence comes first
                («أطلق مسلحون النار على الضابط، فأصيب بجروح»).
        """
        if not left_unsaid(event):
            return event
        at, view = event.mention.at, self.discourse.view
        struck = [
            a.np
            for e in before
            if e.candidate.trigger.type == "ASSAULT"
            and view.sent[e.mention.at] == view.sent[at]
            and e.mention.at < at
            for a in e.slot("target")
        ]
        gender, number = wanted(event.candidate.form)
        found = next(
            (
                np
                for np in reversed(struck)
                if self.discourse.people(np) and self.discourse.agrees(np, gender, number)
            ),
            None,
        ) or self.discourse.find(at, "people", gender, number, topic=True, unsaid=True)
        if found is None or any(a.np == found for a in event.arguments):
            return event
        victim = Argument(found, "target", "", "unsaid", implicit=True)
        dies = event.candidate.trigger.frame.get("subject") == "target"
        roles = event.roles if dies else replace(event.roles, passive=True)
        return replace(event, arguments=(*event.arguments, victim), roles=roles)

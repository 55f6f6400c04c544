"""Which phrases behind a light verb are about its event noun: heads that count or bear one, and those of others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.view import View
from pipeline.knowledge.events import LightVerb


def event_head(
    view: View,
    mentions: Mapping[int, Mention],
    first: int,
    last: int,
    head: int,
    grammar: Grammar,
    bearers: Collection[int],
) -> int:
    """The event noun that a phrase is about: its head, or what a head such as «سلسلة، عدد من، خوض» counts or bears."""
    if head in mentions and not mentions[head].verbal:
        return _fallen(mentions, last, head, grammar)
    for k in range(head + 1, last):
        if k in mentions and not mentions[k].verbal:
            carried = k == head + 1 and (grammar.is_(head, "event_carriers") or head in bearers)
            kinds = k == head + 2 and grammar.is_(head + 1, "partitives") and not grammar.closed(head)
            return k if carried or kinds or grammar.is_(head, "partitives") else -1
    return -1


def _fallen(mentions: Mapping[int, Mention], last: int, head: int, grammar: Grammar) -> int:
    """«سقوط | تسعة قتلى»: they fall, and no town or power does, whatever else the noun before them may tell."""
    if not grammar.is_(head, "event_carriers"):
        return head
    people = (
        k
        for k in range(head + 1, last)
        if k in mentions and "self" in mentions[k].candidates[0].trigger.frame
    )
    return next(people, head)


def counted(
    elements: Sequence[Element], element: Element, mentions: Mapping[int, Mention], grammar: Grammar
) -> tuple[NP, ...]:
    """«سقوط | 30 قتيلا وأكثر من مئة جريح»: the phrases behind it that begin with a figure, so that they stand apart."""
    after = elements[elements.index(element) + 1 :][:1]
    last = element.nps[-1]
    if not after or after[0].kind != "np" or not grammar.is_(last.head, "event_carriers"):
        return ()
    own = last.head in mentions and "self" in mentions[last.head].candidates[0].trigger.frame
    people = after[0].nps[0].head
    hurt = people in mentions and "self" in mentions[people].candidates[0].trigger.frame
    return after[0].nps if hurt and not own and after[0].first == element.last else ()


def leads(
    view: View,
    mentions: Mapping[int, Mention],
    element: Element,
    grammar: Grammar,
    bearers: Collection[int],
) -> bool:
    """Whether the first phrase of a list is about an event; if not, no later one hangs on the verb either."""
    np = element.nps[0]
    return event_head(view, mentions, np.first, np.last, np.head, grammar, bearers) >= 0


def issued(elements: Sequence[Element], position: int, verb: LightVerb, grammar: Grammar) -> bool:
    """«في بيان | صدر عن المجلس …»: what came from somebody is the open noun right before the verb."""
    before = elements[position - 1] if position else None
    if verb.event != "subject" or "عن" not in verb.frame or before is None or not before.nps:
        return False
    head = before.nps[-1].head
    return not (grammar.has_article(head) or grammar.glued_pronoun(head + 1))

"""Light verbs: linking «شنّ»، «وقع»، «أسفر عن» with the event noun that they carry."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.grammar import SENTENCE_MARKS, Grammar
from pipeline.events.lexicon import TriggerLexicon
from pipeline.events.phrases import Element
from pipeline.events.triggers import Mention
from pipeline.events.view import View
from pipeline.knowledge.events import LightVerb
from pipeline.text.normalize import fold

#: Elements behind a light verb among which its noun may stand («نجح الجيش، بدعم من الحلفاء، في استعادة البلدة»).
_REACH = 10


def link_light_verbs(
    view: View,
    mentions: dict[int, Mention],
    elements: Sequence[Element],
    lexicon: TriggerLexicon,
    grammar: Grammar,
) -> dict[int, Mention]:
    """Mentions whose noun is carried by a light verb of the same sentence, with that verb.

    Args:
        elements: of one sentence, in order.

    Returns:
        New mentions by view index; only those that changed.
    """
    changed: dict[int, Mention] = {}
    for position, element in enumerate(elements):
        for at in range(element.first, element.last):
            readings = lexicon.light(view.key[at])
            verbal = element.kind == "verb" and at == element.first
            readings = tuple(r for r in readings if (r.form.kind == "verb") == verbal)
            if not readings or (at in mentions and not verbal):
                continue
            for reading in readings:
                verb = lexicon.light_verbs[reading.trigger]
                nouns = _carried(view, mentions, elements, position, at, verb, verbal, grammar)
                for noun in nouns:
                    mention = changed.get(noun, mentions[noun])
                    if mention.light < 0 and not mention.verbal:
                        changed[noun] = Mention(noun, mention.candidates, at, verb)
                if nouns:
                    break
    return changed


def _carried(
    view: View,
    mentions: dict[int, Mention],
    elements: Sequence[Element],
    position: int,
    at: int,
    verb: LightVerb,
    verbal: bool,
    grammar: Grammar,
) -> list[int]:
    """The event nouns that the light verb at ``at`` carries: heads of the phrase in the position its entry names."""
    element = elements[position]
    if not verbal:
        # «شنّ هجوم», «تنفيذ عملية»: the noun is the genitive; «القيام ب…» keeps its preposition.
        after = at + 1
        if after < element.last and after in mentions and verb.event == "object":
            return [after]
    wanted_prep = "" if verb.event in ("object", "subject") else fold(verb.event)
    start = position + 1
    for later in elements[start : start + _REACH]:
        if later.kind in ("punct", "conj") and not verbal and verb.event == "object":
            break  # «تنظيم داعش، وفرض حصار»
        if later.kind in ("verb", "comp", "rel") or (
            later.kind == "punct" and view.norm[later.first] in SENTENCE_MARKS
        ):
            break
        if later.kind == ("pp" if wanted_prep else "np") and (not wanted_prep or later.prep == wanted_prep):
            heads = [
                h
                for np in later.nps
                for h in (_event_head(view, mentions, np.first, np.last, np.head, grammar),)
                if h >= 0
            ]
            if heads:
                return heads
    if verb.event == "subject" and verbal and position:
        previous = elements[position - 1]
        if previous.kind == "rel" and position > 1:
            previous = elements[position - 2]  # التفجير الذي استهدف المسجد
        if previous.kind in ("np", "pp"):
            heads = [np.head for np in previous.nps if np.head in mentions and not mentions[np.head].verbal]
            return heads[-1:]
    if (
        verb.event == "object"
        and verbal
        and position
        and elements[position].last - elements[position].first > 1
    ):
        previous = elements[position - 1]  # هجوم شنته الحركة: the object pronoun points back at the noun
        back = elements[position - 2] if previous.kind == "rel" and position > 1 else previous
        if back.kind in ("np", "pp"):
            return [np.head for np in back.nps if np.head in mentions and not mentions[np.head].verbal][-1:]
    return []


def _event_head(
    view: View, mentions: dict[int, Mention], first: int, last: int, head: int, grammar: Grammar
) -> int:
    """The event noun that a phrase is about: its head, or what a head such as «سلسلة، عدد من» counts."""
    if head in mentions and not mentions[head].verbal:
        return head
    for k in range(head + 1, last):
        if k in mentions and not mentions[k].verbal:
            carried = grammar.is_(head, "event_carriers") and k == head + 1
            return k if carried or grammar.is_(head, "partitives") else -1
    return -1

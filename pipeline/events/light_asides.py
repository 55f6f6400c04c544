"""What may stand between a light verb and the event noun that it carries, and where that noun stands before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.events.borne import event_head
from pipeline.events.grammar import Grammar
from pipeline.events.led import past_led, past_told
from pipeline.events.mentions import Mention
from pipeline.events.phrases import Element
from pipeline.events.view import View
from pipeline.knowledge.events import LightVerb

#: Elements behind a light verb among which its noun may stand («نجح الجيش، بدعم من الحلفاء، في استعادة البلدة»).
REACH = 10


def past_aside(view: View, elements: Sequence[Element], position: int, grammar: Grammar) -> int:
    """Past what is said of the subject alone: «شن مسلحون [يعتقد أنهم من الحركة] هجوما»، «تعرضت سفينة [ترفع علما] ل»."""
    kinds = [e.kind for e in elements[position + 1 : position + 4]]
    comma = position + 2
    while kinds[:1] == ["np"] and comma < len(elements) and elements[comma].kind in ("pp", "time"):
        comma += 1  # تعرضت قاعدة | في الأنبار، [التي تضم جنودا]، لهجوم
    closed = [e.kind for e in elements[comma : comma + 2]] == ["punct", "rel"] and kinds[:1] == ["np"]
    if closed and (after := _past_commas(view, elements, comma)):
        return after
    if kinds[:2] == ["np", "rel"] and (after := past_led(elements, position + 2, grammar)):
        return after
    if kinds[:2] == ["np", "rel"]:
        # بدأ أهالي الأسرى [الذين أوقفوا أمس] إضرابا
        told = past_told(elements, position + 2, grammar, lambda at: grammar.known_verb(view.key[at]))
        if told:
            return told
    if kinds[:3] == ["np", "punct", "verb"] and (after := _past_commas(view, elements, position + 2)):
        return after  # بدأ آلاف المواطنين، [يقودهم زعماء المعارضة،] إضرابا
    if kinds[:2] != ["np", "verb"] or view.key[elements[position + 2].first][:1] not in ("ي", "ت"):
        return position + 1
    k = position + 3
    if kinds[2:] == ["comp"] and elements[k].last - elements[k].first > 1:
        k += 1  # يعتقد أنهم
    elif kinds[2:] in (["np"], ["fixed"]):
        k += 1  # the object of the verb within
    return k


def past_clause(
    elements: Sequence[Element], position: int, mentions: Mapping[int, Mention], *, led: bool
) -> int:
    """Past the clause about what led to it: «أدى هجوم [شنته الحركة] إلى مقتل جنديين»، «أسفر الانفجار [الذي وقع] عن».

    Args:
        led: no preposition shows where the result begins, so that people must be hurt in a phrase of their own behind
            the clause («أوقع هجوم [نفذه مسلحون] ستة قتلى»).
    """
    k = position + 1
    if k >= len(elements) or elements[k].kind not in ("np", "fixed"):
        return position + 1
    while k < len(elements) and elements[k].kind in ("np", "fixed", "pp", "time"):
        k += 1
    k += k < len(elements) and elements[k].kind == "rel"
    if k >= len(elements) or elements[k].kind != "verb":
        return position + 1
    behind = (e for e in elements[k + 1 : k + 1 + REACH] if e.kind == "np" and e.nps[0].head in mentions)
    hurt = any("self" in mentions[e.nps[0].head].candidates[0].trigger.frame for e in behind)
    return k + 1 if hurt or not led else position + 1


def _past_commas(view: View, elements: Sequence[Element], k: int) -> int:
    """Behind the comma that closes the clause opened by the one at ``k``: «بدأت الحكومة، التي …، | مفاوضات»; or 0."""
    if view.norm[elements[k].first] not in "،,":
        return 0
    for j in range(k + 2, min(k + 2 + REACH, len(elements) - 1)):
        element = elements[j]
        if element.kind == "punct":
            closes = view.norm[element.first] in "،,"
            return j + 1 if closes and elements[j + 1].kind in ("np", "pp") else 0
        if element.kind in ("rel", "comp"):
            return 0
    return 0


def noun_before(
    view: View,
    elements: Sequence[Element],
    mentions: dict[int, Mention],
    position: int,
    grammar: Grammar,
    *,
    meets: bool,
) -> list[int]:
    """The event noun before a verb that says that it happened: «التفجير الذي | استهدف المسجد».

    Args:
        meets: the verb tells who took part («عقد اجتماع في الدوحة | ضم وزراء الدفاع»).
    """
    k = position - 1
    if k > 0 and elements[k].kind == "rel":
        k -= 1
    else:
        k = _past_asides(view, elements, mentions, k, grammar, meets=meets)
    if k > 0 and elements[k].prep == "ب" and not any(np.head in mentions for np in elements[k].nps):
        k -= 1  # الهجوم بالقذائف الذي استهدف المسجد
    if k < 0 or elements[k].kind not in ("np", "pp"):
        return []
    found = [
        event_head(view, mentions, np.first, np.last, np.head, grammar, ()) for np in elements[k].nps[-1:]
    ]
    return [h for h in found if h >= 0]


def _past_asides(
    view: View,
    elements: Sequence[Element],
    mentions: dict[int, Mention],
    k: int,
    grammar: Grammar,
    *,
    meets: bool,
) -> int:
    """«في قصف للحوثيين، | استهدف الحي»، «في هجوم صباح اليوم | استهدف قافلة»: the open event noun before all that."""
    j = k
    while j > 0 and k - j < 3:
        element = elements[j]
        heads = [np.head for np in element.nps if np.head in mentions]
        if heads:
            head = heads[-1]
            open_noun = not grammar.has_article(head) and not grammar.glued_pronoun(head + 1)
            led = element.kind == "pp" and element.prep in ("في", "اثر", "جراء")
            return j if (led or meets) and open_noun else k
        comma = element.kind == "punct" and view.norm[element.first] in "،,"
        if not (comma or element.kind in ("time", "pp")):
            return k
        j -= 1
    return k


def said_of_antecedent(elements: Sequence[Element], position: int, grammar: Grammar) -> bool:
    """«الجريمة التي | استهدفت المسجد»: no pronoun resumes what the clause is said of, so that it is the subject."""
    if (
        not position
        or elements[position - 1].kind != "rel"
        or elements[position].last - elements[position].first > 1
    ):
        return False
    after = elements[position + 1] if position + 1 < len(elements) else None
    return after is None or not grammar.glued_pronoun(after.last - 1)  # but: الذين يتم | تعذيبهم


def passive_clause(elements: Sequence[Element], position: int, verb: LightVerb, grammar: Grammar) -> bool:
    """«الهجمات التي | شنت على البلدة»: a verb with neither pronoun nor object behind it, said of what it carries."""
    carries = verb.event == "object" and verb.label == "light"
    if not carries or not said_of_antecedent(elements, position, grammar):
        return False
    after = elements[position + 1] if position + 1 < len(elements) else None
    return after is None or after.kind in ("pp", "time", "punct", "conj")

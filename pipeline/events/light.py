"""Light verbs: linking «شنّ»، «وقع»، «أسفر عن» with the event noun that they carry."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from pipeline.events.borne import counted, event_head, issued, leads
from pipeline.events.circumstances import accompanies
from pipeline.events.grammar import SENTENCE_MARKS, Grammar
from pipeline.events.led import past_led
from pipeline.events.lexicon import TriggerLexicon
from pipeline.events.paradigms import Form
from pipeline.events.phrases import Element
from pipeline.events.resumed import pointed_at, points_back, spelt_out
from pipeline.events.triggers import Mention
from pipeline.events.view import View
from pipeline.knowledge.events import LightVerb
from pipeline.text.normalize import fold

#: Elements behind a light verb among which its noun may stand («نجح الجيش، بدعم من الحلفاء، في استعادة البلدة»).
_REACH = 10
#: Letters of the shortest open accusative.
_ALIF = 3


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
    bearers = _bearers(view, elements, lexicon, grammar)
    fixed = {i for m in mentions.values() for i in m.candidates[0].fixed}  # تبادل | إطلاق النار
    for position, element in enumerate(elements):
        for at in range(element.first, element.last):
            readings = lexicon.light(view.key[at])
            verbal = element.kind == "verb" and at == element.first
            if not verbal and view.ent_label(at) == "ORG":
                continue  # تنظيم القاعدة
            readings = tuple(
                r
                for r in readings
                if (r.form.kind == "verb") == verbal
                and not _of_people(
                    r.form, lexicon.light_verbs[r.trigger], owned=grammar.glued_pronoun(at + 1)
                )
            )
            if not readings or ((at in mentions or at in fixed) and not verbal):
                continue
            # «تسبب القصف في مقتل»: of two verbs with the same letters, the one whose preposition is there
            readings = tuple(sorted(readings, key=lambda r: not _causes_by(lexicon.light_verbs[r.trigger])))
            for reading in readings:
                verb = lexicon.light_verbs[reading.trigger]
                nouns = _carried(view, mentions, elements, position, at, verb, verbal, grammar, bearers)
                own = mentions[at].candidates[0].fixed if at in mentions and verb.event == "object" else ()
                nouns = [n for n in nouns if not own or n < own[0]]  # لقي مصرعه | طعنا
                for noun in nouns:
                    mention = changed.get(noun, mentions[noun])
                    if mention.verbal or accompanies(view, mention):
                        continue
                    if mention.light < 0:
                        changed[noun] = replace(mention, light=at, light_verb=verb)
                    elif mention.clause < 0 and at in bearers and mention.light < at == noun - 1:
                        # «تواصل القوات خوض معارك»: who goes on with it does it
                        changed[noun] = replace(
                            mention,
                            light=at,
                            light_verb=verb,
                            clause=mention.light,
                            clause_verb=mention.light_verb,
                        )
                    elif (
                        mention.clause < 0
                        and verbal
                        and noun < at
                        and (
                            verb.event != "subject"
                            or at not in mentions
                            or verb.frame.get("object") == "actor"
                        )
                    ):
                        # «وقعت اشتباكات دارت بين …»، «عقد لقاء ضم …»; «شن غارات استهدفت …» tells of two
                        changed[noun] = replace(mention, clause=at, clause_verb=verb)
                if nouns:
                    break
    return changed


def _bearers(
    view: View, elements: Sequence[Element], lexicon: TriggerLexicon, grammar: Grammar
) -> frozenset[int]:
    """The masdars of light verbs that stand right before their object («خوض معارك»، «شن هجوم»), and deny nothing."""
    return frozenset(
        np.head
        for element in elements
        for np in element.nps
        for r in lexicon.light(view.key[np.head])
        if r.form.kind == "masdar"
        and not grammar.closed(np.head)
        and lexicon.light_verbs[r.trigger].event == "object"
        and not lexicon.light_verbs[r.trigger].assertion
    )


def _causes_by(verb: LightVerb) -> bool:
    return verb.label == "cause" and verb.event not in ("object", "subject")


def _past_aside(view: View, elements: Sequence[Element], position: int, grammar: Grammar) -> int:
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
    if kinds[:2] != ["np", "verb"] or view.key[elements[position + 2].first][:1] not in ("ي", "ت"):
        return position + 1
    k = position + 3
    if kinds[2:] == ["comp"] and elements[k].last - elements[k].first > 1:
        k += 1  # يعتقد أنهم
    elif kinds[2:] in (["np"], ["fixed"]):
        k += 1  # the object of the verb within
    return k


def _past_clause(
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
    behind = (e for e in elements[k + 1 : k + 1 + _REACH] if e.kind == "np" and e.nps[0].head in mentions)
    hurt = any("self" in mentions[e.nps[0].head].candidates[0].trigger.frame for e in behind)
    return k + 1 if hurt or not led else position + 1


def _past_commas(view: View, elements: Sequence[Element], k: int) -> int:
    """Behind the comma that closes the clause opened by the one at ``k``: «بدأت الحكومة، التي …، | مفاوضات»; or 0."""
    if view.norm[elements[k].first] not in "،,":
        return 0
    for j in range(k + 2, min(k + 2 + _REACH, len(elements) - 1)):
        element = elements[j]
        if element.kind == "punct":
            closes = view.norm[element.first] in "،,"
            return j + 1 if closes and elements[j + 1].kind in ("np", "pp") else 0
        if element.kind in ("rel", "comp"):
            return 0
    return 0


def _of_people(form: Form, verb: LightVerb, *, owned: bool) -> bool:
    """«أصيبوا»، «أصيب»، «وقعه الطرفان»: of many, in the passive, or with a pronoun, no event is the subject."""
    return verb.event == "subject" and (form.plural or form.voice == "passive" or owned)


def _carried(
    view: View,
    mentions: dict[int, Mention],
    elements: Sequence[Element],
    position: int,
    at: int,
    verb: LightVerb,
    verbal: bool,
    grammar: Grammar,
    bearers: Collection[int],
) -> list[int]:
    """The event nouns that the light verb at ``at`` carries: heads of the phrase in the position its entry names."""
    element = elements[position]
    if not verbal:
        # «شنّ هجوم», «تنفيذ عملية»: the noun is the genitive; «القيام ب…» keeps its preposition.
        after = at + 1
        # «تنفيذ | ثلاث غارات», «شن | سلسلة غارات»
        while after < element.last and (grammar.number(after) or grammar.is_(after, "event_carriers")):
            if after in mentions:
                break
            after += 1
        if after < element.last and after in mentions and verb.event == "object":
            return [after]
    if verbal and points_back(elements, position, verb, grammar):
        if spelt := spelt_out(view, elements, position, mentions):
            return spelt
        return pointed_at(view, mentions, elements, position, verb, grammar)
    wanted_prep = "" if verb.event in ("object", "subject") else fold(verb.event)
    meets = verb.frame.get("object") == "actor"
    if verbal and verb.event == "subject" and _said_of_antecedent(elements, position, grammar):
        return _before(view, elements, mentions, position, grammar, meets=meets)
    if verbal and issued(elements, position, verb, grammar):
        return []
    start = _past_aside(view, elements, position, grammar)
    if any(np.head in mentions for e in elements[position + 1 : position + 2] for np in e.nps):
        start = position + 1  # بدأت الشرطة | حملة | تستهدف جماعات
    if verbal and verb.label == "cause" and verb.event != "subject" and start == position + 1:
        start = _past_clause(elements, position, mentions, led=not wanted_prep)
    passed = 0
    for later in elements[start : start + _REACH]:
        passed += later.kind == "np"
        if later.kind == "conj" and verb.event == "object" and passed > 1:
            break  # «بدأ التحالف حملته بعد تقدم المتمردين | واستيلائهم على …»
        if later.kind in ("punct", "conj") and not verbal and verb.event == "object":
            break  # «تنظيم داعش، وفرض حصار»
        if later.kind in ("verb", "comp", "rel") or (
            later.kind == "punct" and view.norm[later.first] in SENTENCE_MARKS
        ):
            break
        if later.kind == "np" and grammar.circumstance(later.first) and later.first not in mentions:
            break  # «بدأ الوالد حديثه، مؤكدا فخره باستشهاد ابنه»
        if later.kind == ("pp" if wanted_prep else "np") and (not wanted_prep or later.prep == wanted_prep):
            first = later.nps[0].head
            listed = not wanted_prep or not grammar.has_article(first)
            listed = listed or leads(view, mentions, later, grammar, bearers)
            heads = [
                h
                for np in counted(elements, later, mentions, grammar)
                or (later.nps if listed else later.nps[:1])
                if not _dealt_with(view, np.first, verb)
                for h in (event_head(view, mentions, np.first, np.last, np.head, grammar, bearers),)
                if h >= 0 and not (verb.event == "subject" and _accusative(view, h, grammar))
            ]
            if heads and not _leading_event(view, mentions, elements, later, verb):
                return heads
    if verb.event != "subject" or not verbal:
        return []
    return _before(view, elements, mentions, position, grammar, meets=meets)


def _accusative(view: View, at: int, grammar: Grammar) -> bool:
    """«انطلقت مسيرة | رفضا للقانون»: an open noun in the accusative is no subject."""
    return view.norm[at].endswith("ا") and len(view.norm[at]) > _ALIF and not grammar.has_article(at)


def _leading_event(
    view: View, mentions: dict[int, Mention], elements: Sequence[Element], element: Element, verb: LightVerb
) -> bool:
    """«أوقعت | غارات التحالف | على القرية | قتلى»: of two event nouns behind «أوقع» the first is what did it."""
    if verb.label != "cause" or verb.event != "object":
        return False
    behind = elements[elements.index(element) + 1 :][:_REACH]
    beside = next((n for n, e in enumerate(behind) if e.kind not in ("pp", "time")), len(behind))
    heads = [np.head for e in behind[beside : beside + 1] if e.kind == "np" for np in e.nps]
    hurt = (h for h in heads if h in mentions and "self" in mentions[h].candidates[0].trigger.frame)
    return any(h in mentions for h in heads) if not beside else any(hurt)


def _before(
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


def _said_of_antecedent(elements: Sequence[Element], position: int, grammar: Grammar) -> bool:
    """«الجريمة التي | استهدفت المسجد»: no pronoun resumes what the clause is said of, so that it is the subject."""
    if (
        not position
        or elements[position - 1].kind != "rel"
        or elements[position].last - elements[position].first > 1
    ):
        return False
    after = elements[position + 1] if position + 1 < len(elements) else None
    return after is None or not grammar.glued_pronoun(after.last - 1)  # but: الذين يتم | تعذيبهم


def _dealt_with(view: View, head: int, verb: LightVerb) -> bool:
    """«باشرت الشرطة حادثة طعن»: a word of the entry says that others have done it."""
    return bool(verb.unless) and view.key[head].removeprefix("ال") in {fold(word) for word in verb.unless}

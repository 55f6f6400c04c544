"""Light verbs: linking «شنّ»، «وقع»، «أسفر عن» with the event noun that they carry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.events.borne import counted, event_head, issued, leads
from pipeline.events.circumstances import accompanies
from pipeline.events.grammar import SENTENCE_MARKS, Grammar
from pipeline.events.lexicon import TriggerLexicon
from pipeline.events.light_asides import (
    REACH,
    noun_before,
    passive_clause,
    past_aside,
    past_clause,
    said_of_antecedent,
)
from pipeline.events.mentions import Mention
from pipeline.events.paradigms import Form
from pipeline.events.phrases import Element
from pipeline.events.resumed import pointed_at, points_back, spelt_out
from pipeline.events.view import View
from pipeline.knowledge.events import LightVerb
from pipeline.text.normalize import fold

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
    if verbal and verb.event == "subject" and at in mentions and _resumed(elements, position, grammar):
        return []
    if verbal and verb.event == "subject" and said_of_antecedent(elements, position, grammar):
        return noun_before(view, elements, mentions, position, grammar, meets=meets)
    if verbal and passive_clause(elements, position, verb, grammar):
        return noun_before(view, elements, mentions, position, grammar, meets=meets)
    if verbal and issued(elements, position, verb, grammar):
        return []
    start = past_aside(view, elements, position, grammar)
    if any(np.head in mentions for e in elements[position + 1 : position + 2] for np in e.nps):
        start = position + 1  # بدأت الشرطة | حملة | تستهدف جماعات
    if verbal and verb.label == "cause" and verb.event != "subject" and start == position + 1:
        start = past_clause(elements, position, mentions, led=not wanted_prep)
    passed = 0
    for later in elements[start : start + REACH]:
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
    return noun_before(view, elements, mentions, position, grammar, meets=meets)


def _resumed(elements: Sequence[Element], position: int, grammar: Grammar) -> bool:
    """«هجوم | سقط | فيه | ستة جنود»: the noun before comes again in a pronoun, and the verb has its own subject."""
    behind = elements[position + 1 : position + 3]
    if len(behind) < 2 or behind[0].kind != "pp" or behind[1].kind != "np":
        return False
    return behind[0].prep in ("في", "خلال") and grammar.glued_pronoun(behind[0].last - 1)


def _accusative(view: View, at: int, grammar: Grammar) -> bool:
    """«انطلقت مسيرة | رفضا للقانون»: an open noun in the accusative is no subject."""
    return view.norm[at].endswith("ا") and len(view.norm[at]) > _ALIF and not grammar.has_article(at)


def _leading_event(
    view: View, mentions: dict[int, Mention], elements: Sequence[Element], element: Element, verb: LightVerb
) -> bool:
    """«أوقعت | غارات التحالف | على القرية | قتلى»: of two event nouns behind «أوقع» the first is what did it."""
    if verb.label != "cause" or verb.event != "object":
        return False
    behind = elements[elements.index(element) + 1 :][:REACH]
    beside = next((n for n, e in enumerate(behind) if e.kind not in ("pp", "time")), len(behind))
    heads = [np.head for e in behind[beside : beside + 1] if e.kind == "np" for np in e.nps]
    hurt = (h for h in heads if h in mentions and "self" in mentions[h].candidates[0].trigger.frame)
    return any(h in mentions for h in heads) if not beside else any(hurt)


def _dealt_with(view: View, head: int, verb: LightVerb) -> bool:
    """«باشرت الشرطة حادثة طعن»: a word of the entry says that others have done it."""
    return bool(verb.unless) and view.key[head].removeprefix("ال") in {fold(word) for word in verb.unless}

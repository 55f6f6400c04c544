"""Event nouns that a pronoun of their light verb points back at: «هجوم شنته الحركة»، «ما قدمته الدولة من مساعدات»."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.mentions import Mention
from pipeline.events.phrases import Element
from pipeline.events.view import View
from pipeline.knowledge.events import LightVerb
from pipeline.text.normalize import fold

_AUXILIARIES = frozenset({"كان", "كانت", "كانوا", "تكون", "يكون"})
#: Elements behind «ما قدمته» among which «من» says what it was.
_SPELT = 4
#: Elements of a first clause about an event noun.
_CLAUSE = 7


def points_back(elements: Sequence[Element], position: int, verb: LightVerb, grammar: Grammar) -> bool:
    """«هجوم شنته الحركة»، «الهجوم الذي تعرضت له البلدة»: a pronoun stands where the event noun would."""
    if verb.event == "object":
        return elements[position].last - elements[position].first > 1
    after = elements[position + 1] if position + 1 < len(elements) else None
    if after is None or verb.event == "subject" or after.kind != "pp" or after.prep != fold(verb.event):
        return False
    return grammar.glued_pronoun(after.last - 1) and after.last - after.first == 2


def pointed_at(
    view: View,
    mentions: dict[int, Mention],
    elements: Sequence[Element],
    position: int,
    verb: LightVerb,
    grammar: Grammar,
) -> list[int]:
    """«هجوم شنته الحركة»: the event noun right before a verb, which its object pronoun points back at."""
    k = position - 1
    while k > 0 and (elements[k].kind == "part" or view.key[elements[k].first] in _AUXILIARIES):
        k -= 1  # هجمات | كانت قد | شنتها
    k = _first_clause(elements, k, mentions)
    relative = view.key[elements[k].first] if k > 0 and elements[k].kind == "rel" else ""
    if relative:
        k -= 1
    struck = {"ضد", "بحق"} & set(verb.frame)
    while k > 0 and (
        elements[k].kind == "time"
        or (k == position - 2 and relative and view.norm[elements[k].first] in "،,")
        or (
            elements[k].kind == "pp"
            and (
                elements[k].prep in ("ب", "في")
                or struck
                or verb.event == "ب"
                or _unlike(view, elements[k], relative)
            )
            and not any(i in mentions for np in elements[k].nps for i in range(np.head, np.last))
        )
    ):
        k -= 1  # هجوم بالقنابل في المدينة | شنه مسلحون; المساعدات للنازحين | التي قدمتها; الهجوم على المتحف، الذي نفذه
    if k < 0 or elements[k].kind not in ("np", "pp"):
        return []
    heads = []
    for np in elements[k].nps:
        inside = [i for i in range(np.head, np.last) if i in mentions and not mentions[i].verbal]
        nearest = (
            bool(inside)
            and not relative
            and all(grammar.adjective(i) or view.key[i] == "و" for i in range(inside[-1] + 1, np.last))
        )
        if np.head in mentions or grammar.is_(np.head, "event_carriers") or nearest:
            heads += inside[-1:]  # بمساندة ضربات جوية | يشنها التحالف; أثناء تغطية عملية عسكرية | شنتها
    after = elements[position : position + 2]
    pronouns = {view.key[i] for e in after if e.kind in ("verb", "pp") for i in range(e.first + 1, e.last)}
    carriers = {np.head for np in elements[k].nps if grammar.is_(np.head, "event_carriers")}
    return [h for h in heads[-1:] if h - 1 in carriers or _agrees(view, mentions[h], pronouns)]


def _first_clause(elements: Sequence[Element], k: int, mentions: Mapping[int, Mention]) -> int:
    """«الهجوم الذي وقع أمس و | تبنته الحركة»: the relative pronoun of a first clause about the noun, else ``k``."""
    if k < 1 or elements[k].kind != "conj":
        return k
    for j in range(k - 1, max(1, k - _CLAUSE), -1):
        kind, antecedent = elements[j].kind, elements[j - 1]
        if kind == "rel" and antecedent.kind in ("np", "pp"):
            return j if any(np.head in mentions for np in antecedent.nps[-1:]) else k
        if kind not in ("np", "pp", "time", "verb", "other", "fixed"):
            break
    return k


def spelt_out(
    view: View, elements: Sequence[Element], position: int, mentions: dict[int, Mention]
) -> list[int]:
    """«لما قدمته الدولة من | دعم ومساندة»، «ما قام به المركز من مساعدات»: «من» says what «ما» stands for."""
    if not position or not view.key[elements[position - 1].last - 1].endswith("ما"):
        return []
    for later in elements[position + 1 : position + 1 + _SPELT]:
        if later.kind == "pp" and later.prep == "من":
            return [np.head for np in later.nps if np.head in mentions and not mentions[np.head].verbal]
        if later.kind not in ("np", "pp", "time"):
            break
    return []


def _unlike(view: View, element: Element, relative: str) -> bool:
    """By its ending the relative pronoun does not stand for it: «… للنازحين | التي»، «… على القرية | الذي»."""
    norm = view.norm[element.last - 1]
    people = norm.endswith(("ين", "ون"))
    feminine = norm.endswith(("ة", "ات"))
    return (relative == "التي" and people) or (relative == "الذي" and (people or feminine))


def _agrees(view: View, noun: Mention, pronouns: Collection[str]) -> bool:
    """Whether ه or ها can mean the event noun: «تفريق مسيرة نظمها طلاب» is said of the march."""
    feminine = view.norm[noun.at].endswith(("ة", "ات"))
    if "ها" in pronouns:
        return feminine or noun.candidates[0].form.kind != "masdar"
    return not feminine or "ه" not in pronouns

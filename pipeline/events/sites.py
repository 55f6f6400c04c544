"""Phrases that are places by what stands before them: «في سوق شعبية»، «أمام السفارة»، «قريتي السريحة | وأزرق»."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.joining import DIRECTIONS
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.semantics import Semantics
from pipeline.events.words import word_classes

#: Folded: prepositions behind which a word for ground or a building says where, from where or where to.
_AT = frozenset(
    {"في", "داخل", "خارج", "عند", "وسط", "علي", "من", "الي", "نحو", "باتجاه", "صوب", "حتي", "عبر"}
)
#: … and those that set something beside a building, so that a body behind one is the house it sits in.
_BESIDE = frozenset(
    {"امام", "قباله", "قرب", "بالقرب من", "بجوار", "بمحاذاه", "خارج", "داخل", "حول", "خلف", "في محيط "}
)
#: Endings of what is counted rather than named.
_PLURALS = ("ات", "ين", "ون", "ا")
#: What an unknown name is taken for.
_NAMED = frozenset({"thing", "actor", "human", "speaker", "place"})


def find_sites(semantics: Semantics, elements: Sequence[Element]) -> None:
    """Settles the phrases of a sentence that their preposition or the list they stand in makes places."""
    for k, element in enumerate(elements):
        _together(semantics, element.nps, elements[k - 1] if k else None)
        if element.kind == "pp" and k + 1 < len(elements):
            _part(semantics, element, elements[k + 1])
        if element.kind == "pp":
            _towns(semantics, element)
            for np in element.nps:
                if not semantics.place(np) and _site(semantics, np, element.prep):
                    semantics.settle(np, frozenset({"place"}))


def _together(semantics: Semantics, nps: Sequence[NP], before: Element | None) -> None:
    """«قريتي السريحة وأزرق»: what is listed behind a word for several places is a place like the first."""
    key = semantics.view.key
    if before is not None and before.kind == "fixed" and nps and before.last == nps[0].first:
        if key[before.first] in word_classes()["several_places"]:  # «قطعوا *جسري* | السلام والكرامة»
            for np in nps:
                semantics.settle_town(np)
        return
    if len(nps) > 1 and _two_bodies(semantics.view.key[nps[0].head]):
        semantics.settle(nps[1], semantics.classes(nps[0]))
    if len(nps) < 2 or semantics.view.key[nps[0].head] not in word_classes()["several_places"]:
        return
    if semantics.place(nps[0]) and not _held(semantics, nps[0]):
        for np in nps[1:]:
            if semantics.classes(np) <= _NAMED:
                semantics.settle_town(np)


def _part(semantics: Semantics, element: Element, behind: Element) -> None:
    """«من الجهة الشرقية | للمدينة»: a side of the place that is told behind it with «ل»."""
    np = element.nps[-1] if element.nps else None
    if np is None or element.prep not in _AT | _BESIDE or behind.prep != "ل" or behind.first != np.last:
        return
    part = semantics.view.key[np.head].removeprefix("ال") in word_classes()["parts_of_places"]
    if part and all(semantics.place(p) for p in behind.nps):
        semantics.settle(np, frozenset({"place"}))


def _towns(semantics: Semantics, element: Element) -> None:
    """«في القصرين | وتالة»: what is listed behind a town and is nothing known is a town as well."""
    first = element.nps[0] if element.nps else None
    if first is None or element.prep not in _AT | _BESIDE | {"ب", "بين"} or not semantics.place(first):
        return
    if semantics.view.ent_label(first.last - 1) in ("GPE", "LOC"):
        for np in element.nps[1:]:
            if _unknown_name(semantics, np):
                semantics.settle_town(np)


def _unknown_name(semantics: Semantics, np: NP) -> bool:
    """One bare word that is nobody, nothing counted and nothing owned."""
    view = semantics.view
    whole = "".join(view.norm[np.first : np.last])
    one = all(view.glued[i] for i in range(np.first + 1, np.last)) and view.pos[np.last - 1] != "PRON"
    _, _, human = semantics.actors.head_features(whole)
    known = human is not None or whole.startswith("ال") or whole.endswith(_PLURALS) or whole.isdigit()
    return one and not known and semantics.classes(np) == {"thing"}


def _held(semantics: Semantics, np: NP) -> bool:
    """«مناطق الجيش | والمعارضة»: places told by who holds them."""
    return np.last > np.head + 1 and semantics.actor(NP(np.head + 1, np.last, np.head + 1))


def _two_bodies(key: str) -> bool:
    """«تنظيما داعش والقاعدة»، «حركتي فتح وحماس»: the dual of a word for a body."""
    one = key[:-2] + "ه" if key.endswith(("تا", "تي")) else key[:-1] if key.endswith(("ا", "ي")) else ""
    return one in word_classes()["bodies"]


def _site(semantics: Semantics, np: NP, prep: str) -> bool:
    words, classes = word_classes(), semantics.classes(np)
    heads = _heads(semantics, np)
    if not heads or classes & {"crowd", "event"}:
        return False
    if prep in _BESIDE and "human" not in classes and not heads.isdisjoint(words["houses"]):
        return True
    if prep not in _AT | _BESIDE:
        return False
    body = "actor" in classes and ("human" not in classes or "armed" in classes)
    if not heads.isdisjoint(words["whereabouts"]):
        bare = np.last - np.first == 1 and not semantics.view.norm[np.head].startswith("ال")
        return not body and not bare  # «في سوق» alone says nothing, «في أكاديمية الشرطة» what they are
    areas = words["provinces"] | words["settlements"]  # «في جميع المحافظات»، «في خمس مقاطعات»
    return not heads.isdisjoint(areas) and semantics.places.is_place(semantics.text(np))


def _heads(semantics: Semantics, np: NP) -> set[str]:
    """The words that may say what the phrase denotes, with and without article; what counts it passed over."""
    key = semantics.view.key
    if key[np.first] in DIRECTIONS:
        return set()  # «وسط انهيار الجيش»
    counted = np.last > np.first + 1 and key[np.first] in word_classes()["amounts"]
    heads = {key[np.first], key[np.head], key[np.first + counted]}
    return heads | {k.removeprefix("ال") for k in heads}

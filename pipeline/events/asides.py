"""What two commas or dashes set off within a clause: «قتل مسلحون، كما قال شهود، ضابطا»، «الحكومة، رغم الهدنة، نفت»."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.phrases import Element
from pipeline.events.view import View

#: Elements of an aside with its marks.
_REACH = 9
_MARKS = frozenset("،,-\u2013")
#: Folded: prepositions of where something is told («في تقرير نشرته الصحيفة»).
_WITHIN = frozenset({"في", "خلال"})
#: Folded: «كما قال شهود»، «حسبما أعلن».
_AS_TOLD = frozenset({"كما", "حسبما", "مثلما"})


def past_aside(elements: Sequence[Element], view: View, k: int) -> int:
    """The noun phrase behind the clause that the marks at ``k`` and before the phrase set off, or 0.

    The clause has one verb, and says who tells what is told, or which subject is meant.
    """
    close = next((j for j in range(k + 2, min(k + _REACH, len(elements) - 1)) if _mark(elements[j], view)), 0)
    if not close or elements[close + 1].kind != "np" or not _clause(elements[k + 1 : close], view):
        return 0
    return close + 1


def past_remark(elements: Sequence[Element], view: View, k: int) -> int:
    """The noun phrase behind a remark on the indefinite one before the mark at ``k``, or 0.

    «اتهم عضو في اللجنة، [طلب عدم كشف هويته]، الجيش»، «هدمت جرافات، [ترافقها قوة من الشرطة]، منزلا».
    """
    close = next((j for j in range(k + 2, min(k + _REACH, len(elements) - 1)) if _mark(elements[j], view)), 0)
    inner = elements[k + 1 : close]
    if not close or inner[0].kind != "verb" or elements[close + 1].kind != "np":
        return 0
    plain = all(e.kind in ("np", "pp", "time", "other", "fixed") for e in inner[1:])
    return close + 1 if plain else 0


def before_aside(elements: Sequence[Element], view: View, k: int) -> int:
    """The noun phrase before what the mark at ``k`` and one before it set off, a clause or when and where; or -1."""
    if k < 3 or not _mark(elements[k], view):
        return -1
    begin = next((j for j in range(k - 2, max(0, k - _REACH), -1) if _mark(elements[j], view)), 0)
    inner = elements[begin + 1 : k]
    plain = all(e.kind in ("pp", "time", "other") for e in inner)
    return begin - 1 if begin and elements[begin - 1].kind == "np" and (plain or _clause(inner, view)) else -1


def _mark(element: Element, view: View) -> bool:
    return element.kind == "punct" and view.norm[element.first] in _MARKS


def _clause(inner: Sequence[Element], view: View) -> bool:
    """«كما قال شهود»، «وفق ما أعلنته الوزارة»، «التي يقودها فلان»، «في بيان نشر أمس»."""
    within = inner[0].kind == "pp" and inner[0].prep in _WITHIN and inner[-1].kind != "pp"
    told = within or inner[0].kind == "rel" or view.key[inner[0].first] in _AS_TOLD
    told = told or (len(inner) > 1 and inner[0].kind == "other" and view.key[inner[1].first] == "ما")
    return told and sum(e.kind == "verb" for e in inner) == 1 and not any(e.kind == "punct" for e in inner)

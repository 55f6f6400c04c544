"""Things that force has struck: what stands before its verb without an object («منازلهم | قصفت»)."""

from __future__ import annotations

from pipeline.events.nounphrases import NP
from pipeline.events.semantics import Semantics
from pipeline.events.words import word_classes


def wreckable(semantics: Semantics, np: NP) -> bool:
    """«منازلهم»، «خمس سيارات»: a thing that is no arms, whoever it belongs to, and vehicles as well."""
    if not semantics.classes(np) <= {"thing", "number"}:
        return False
    view, behind = semantics.view, np.head + 1
    if view.key[np.head].removeprefix("ال") in word_classes()["vehicles"]:
        return True
    if any(view.key[i] in word_classes()["means"] for i in range(np.first, np.last)):
        return False
    bare = NP(np.first, behind, np.head)
    if behind < np.last and view.glued[behind] and view.key[behind] in word_classes()["pronouns"]:
        found = semantics.resolved(bare)
        return found.role is None and found.label == "unknown"
    return semantics.inert(bare) or semantics.convoy(np)

"""Full mentions that something later may point back to, and how much they weigh for the pronoun of a deed."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.semantics import Semantics
from pipeline.events.view import View

#: A subject outweighs this many tokens of distance: Arabic pronouns and unsaid subjects continue the topic.
SUBJECT_BONUS = 25
#: Who does a deed weighs this much for one joined to it.
_JOINED_BONUS = 35
_CLAUSES = frozenset({"ان", "بان", "الذي", "التي", "الذين"})


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A full mention that something later may point back to.

    Attributes:
        subject: it is the subject of a verb; chief: … of one that stands in no clause within its sentence.
        listed: others are subjects beside it, so that a pronoun for one alone hardly means it.
        group: all of them, it among them.
        inner: it stands within a phrase about a thing, so that only the pronoun of a deed may mean it.
    """

    np: NP
    subject: bool
    chief: bool = False
    listed: bool = False
    group: tuple[NP, ...] = ()
    inner: bool = False


class Weights:
    """Weighs mentions for the pronoun of a masdar: «محاصرتهم المدينة»."""

    def __init__(self, view: View, grammar: Grammar, semantics: Semantics) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics

    def of_deed(self, antecedent: Antecedent, deed: int, *, known: bool) -> int:
        """What the mention weighs for the masdar at view index ``deed``, besides what it weighs for any pronoun.

        Args:
            known: it counts as a subject in the same sentence.
        """
        said = known and any(self.view.key[i] in ("ان", "بان") for i in range(antecedent.np.last, deed))
        # «قال الضباط إن الحوار مع المتمردين انهار بسبب رفضهم»: behind أن others come before who says it
        return self._joined(antecedent, deed) - (SUBJECT_BONUS if said else 0)

    def _joined(self, antecedent: Antecedent, deed: int) -> int:
        """«نتيجة لدخول المتمردين السوق | ومحاصرتهم القرى»: who does the deed that the one at ``deed`` is joined to."""
        np, view = antecedent.np, self.view
        moved = view.key[np.first - 1] == "ل" and not self.semantics.place(np)
        does = antecedent.inner or antecedent.subject or moved
        if not does or view.key[deed - 1] != "و" or view.sent[np.first] != view.sent[deed]:
            return 0
        parted = any(self.grammar.verb(i) or view.key[i] in _CLAUSES for i in range(np.last, deed))
        return 0 if parted or self.grammar.verb(np.first - 1) else _JOINED_BONUS

    def she(self, np: NP) -> bool:
        """«القوات»، «الحكومة»: what «ها» rather than «هم» stands for."""
        gender, _, human = self.semantics.actors.head_features(self.semantics.text(np))
        return gender == "f" and human is not True

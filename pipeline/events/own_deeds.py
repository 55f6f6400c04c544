"""Whose deed it is that a masdar names with a pronoun, where the build of the sentence says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pipeline.events.clauses import ClauseReader
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Argument
from pipeline.events.surroundings import Surroundings

#: Elements between a deed said first and the verb of its clause.
_AHEAD = 9
#: Elements between a participle and the masdar that it governs.
_LED = 3
#: Kinds of elements that a phrase said first and its verb may have between them.
_PLAIN = frozenset({"np", "pp", "time", "punct", "other", "part", "fixed"})


class OwnDeeds(Surroundings):
    """Resolves the pronouns of the masdars of one sentence.

    Args:
        clauses: has read the sentence's verbs.
        mentions: all mentions by view index.
        subject_before: the subject with which a participle before an element agrees.
    """

    def __init__(
        self,
        clauses: ClauseReader,
        mentions: Mapping[int, Mention],
        subject_before: Callable[[int, str], tuple[NP, ...]],
    ) -> None:
        super().__init__(clauses, mentions)
        self.subject_before = subject_before

    def resolved(self, mention: Mention, arguments: list[Argument]) -> list[Argument]:
        """The arguments with the pronoun of the masdar spelt out, as far as the sentence tells whom it means."""
        found: list[Argument] = []
        for argument in arguments:
            pronoun = argument.np.first
            own = argument.slot == "actor" and argument.how == "genitive"
            if not own or not self.grammar.glued_pronoun(pronoun) or not self._governed(mention, pronoun):
                found.append(argument)
                continue
            whose = [np for np in self._whose(mention, pronoun) if all(a.np != np for a in arguments)]
            found += [replace(argument, np=np, how="genitive:pronoun", implicit=True) for np in whose]
            found += [] if whose else [argument]
        return found

    def _governed(self, mention: Mention, pronoun: int) -> bool:
        return mention.at < pronoun and mention.at in self.element_of

    def _whose(self, mention: Mention, pronoun: int) -> tuple[NP, ...]:
        k = self.element_of[mention.at]
        return self._of_participle(k, pronoun) or self._said_later(k, pronoun) or self._of_clause(k, pronoun)

    def _of_participle(self, k: int, pronoun: int) -> tuple[NP, ...]:
        """«قال الوزير إن …، معربا عن | إدانته للتفجير»: the participle is said of whom the masdar's pronoun means."""
        for j in range(k, max(-1, k - _LED - 1), -1):
            element = self.elements[j]
            first = element.first
            if (
                element.kind == "np"
                and self.grammar.circumstance(first)
                and not self.grammar.has_article(first)
            ):
                subject = self.subject_before(j, self.view.norm[first])
                return subject if self._means(pronoun, subject) else ()
            if element.kind not in ("np", "pp", "other"):
                break
        return ()

    def _said_later(self, k: int, pronoun: int) -> tuple[NP, ...]:
        """«وبعد انسحابه من البلدة، فجر التنظيم جسرا»: said before the verb, the pronoun means the verb's subject."""
        if self.elements[k].kind != "pp" or not self._opens(k):
            return ()
        for j in range(k + 1, min(k + 1 + _AHEAD, len(self.elements))):
            element = self.elements[j]
            if element.kind == "verb":
                roles = self.clauses.roles(j)
                near = roles.how == "vso" or (
                    roles.how == "svo" and bool(roles.subject) and roles.subject[0].first > pronoun
                )
                return (
                    roles.subject
                    if near and not roles.passive and self._means(pronoun, roles.subject)
                    else ()
                )
            if element.kind not in _PLAIN or self.clauses.ends(j):
                break
        return ()

    def _of_clause(self, k: int, pronoun: int) -> tuple[NP, ...]:
        """«حصل الفصيل على ذخيرة من معسكر اللواء، بعد | دخوله المدينة»: the subject of the verb before.

        Not where the object of the verb may be meant as well («قصف الطيران الفصيل بعد دخوله البلدة»).
        """
        for j in range(k - 1, -1, -1):
            element = self.elements[j]
            if element.kind == "verb":
                roles = self.clauses.roles(j)
                plain = roles.how in ("vso", "svo", "conjunct") and not roles.passive and not roles.objects
                return roles.subject if plain and self._means(pronoun, roles.subject) else ()
            may_be = element.kind == "np" and any(self._means(pronoun, (np,)) for np in element.nps)
            behind_verb = j > 0 and self.elements[j - 1].kind == "verb"
            if element.kind in ("rel", "comp") or self.clauses.ends(j) or (may_be and not behind_verb):
                break
        return ()

    def _opens(self, k: int) -> bool:
        """Nothing but «و», a time or another such phrase stands between the beginning of the sentence and ``k``."""
        for j in range(k - 1, -1, -1):
            element = self.elements[j]
            if self.clauses.ends(j):
                return True
            somebody = any(self.semantics.actor(np) and not self.semantics.place(np) for np in element.nps)
            if element.kind not in ("conj", "pp", "time", "part", "other") or somebody:
                return False
        return True

    def _means(self, pronoun: int, group: tuple[NP, ...]) -> bool:
        return (
            bool(group) and self.clauses.agreement.refers(pronoun, group) and self.semantics.actor(group[0])
        )

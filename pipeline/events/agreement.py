"""Whether verb and noun agree in gender and number, so that the one can be the subject of the other."""

from __future__ import annotations

from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.semantics import Semantics
from pipeline.events.view import View

#: Object pronouns that mean one alone or two.
_FEW = frozenset({"ه", "ها", "هما"})


class Agreement:
    """Compares the forms of verbs with the nouns of one article.

    Args:
        view: the article; semantics: knows gender and number of nouns.
    """

    def __init__(self, view: View, grammar: Grammar, semantics: Semantics) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics

    def by_many(self, form: Form, antecedent: tuple[NP, ...], pronoun: int) -> bool:
        """«مسلحون هاجموه»: a plural verb has the plural before it as subject, as its pronoun means one alone.

        Args:
            antecedent: the phrase that the verb qualifies; pronoun: view index of the verb's object.
        """
        _, number, human = self.semantics.actors.head_features(self.semantics.text(antecedent[0]))
        return form.plural and number == "p" and human is True and self.view.key[pronoun] in _FEW

    def agrees(self, form: Form, group: tuple[NP, ...], *, after: bool, strict: bool = False) -> bool:
        """Whether a verb form can have the phrase as subject; ``after``: the phrase follows the verb (gender only).

        ``strict``: it stands before the verb, which therefore agrees in number too.

        A doubt counts as agreement: many nouns have no listed gender, and papers are free with collectives.
        """
        if len(group) == 1 and self.grammar.is_(group[0].first, "pronouns"):
            return True
        gender, number, human = self.semantics.actors.head_features(self.semantics.text(group[0]))
        if len(group) > 1:
            number = "p"
        if form.plural:
            return after is False and (number in ("p", "d", None) or human is not False)
        if form.feminine:
            return gender != "m" or (number == "p" and human is not True)
        if form.masculine:
            if number == "p" and not after and (strict or human is not True):
                return False
            return gender != "f" or (after and number == "p")
        return True

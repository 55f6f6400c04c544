"""Whether verb and noun agree in gender and number, so that the one can be the subject of the other."""

from __future__ import annotations

from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.semantics import Semantics
from pipeline.events.view import View

#: Tokens of a noun with its pronoun.
_OWNED = 2
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

        A doubt counts as agreement: many nouns have no listed gender, and papers are free with collectives. Broken
        plurals of people take a verb in the feminine as well («عناصر دربتهم»).
        """
        if len(group) == 1 and self.grammar.is_(group[0].first, "pronouns"):
            return True
        if form.feminine and after and len(group) == 1 and self.grammar.nominative(group[0].head):
            return False  # «من حيث توقف الآخرون» is no feminine
        gender, number, human = self.semantics.actors.head_features(self.semantics.text(group[0]))
        if len(group) > 1:
            number = "p"
        elif number is None and self.view.ent_label(group[0].head) == "PER":
            number, human = "s", True  # a name is one person's
        if form.plural:
            several = number in ("p", "d", None) or human is None
            # «العمليات»: things in the plural take no masculine verb
            things = self.view.norm[group[-1].head].endswith("ات") and self.semantics.inert(group[-1])
            return after is False and several and not things and not self.belonging(group)
        if form.feminine and len(group) > 1 and not after:
            # «الجنود ووحدات من الشرطة سيطرت»: the verb follows the last of them
            return self.agrees(form, group[:1], after=after) or self.agrees(form, group[-1:], after=after)
        if form.feminine:
            return gender != "m" or (
                number == "p" and (human is not True or self._broken(group, after=after))
            )
        if form.masculine:
            if number == "p" and not after and (strict or human is not True):
                return False
            return gender != "f" or (after and not self.many_things(group) and number == "p")
        return True

    def many_things(self, group: tuple[NP, ...]) -> bool:
        """«يدعو | الدول»، «يستهدف | قوات الأمن»: right behind its verb a plural of things takes a feminine one.

        Not so where a number or a partitive comes first («شارك مئات المنظمات»).
        """
        np = group[0]
        if np.first != np.head or not np.first or not self.grammar.verb(np.first - 1):
            return False
        gender, number, human = self.semantics.actors.head_features(self.semantics.text(np))
        if (gender, number) != ("f", "p"):
            return False
        regular = self.view.norm[np.head].endswith("ات") and not self.grammar.is_(np.head, "partitives")
        # «رفع العقوبات» may be a masdar
        return (human is False or regular) and self.semantics.actor(np)

    def belonging(self, group: tuple[NP, ...]) -> str:
        """«شعره»، «مواقعهم»: the pronoun of a thing that belongs to somebody, else an empty string."""
        np, at = group[0], group[0].last - 1
        if len(group) > 1 or np.last - np.first != _OWNED or not self.grammar.glued_pronoun(at):
            return ""
        thing = NP(np.first, at, np.head)
        held = self.semantics.inert(thing) or self.semantics.classes(thing) == {"place"}
        return self.view.key[at] if held else ""

    def number(self, np: NP) -> str | None:
        """s, d or p, or None where the noun is not known."""
        return self.semantics.actors.head_features(self.semantics.text(np))[1]

    def refers(self, pronoun: int, group: tuple[NP, ...]) -> bool:
        """Whether the pronoun at a view index may mean the phrase: ه one man, ها what takes a feminine verb."""
        return self.meant(self.view.key[pronoun], group)

    def meant(self, key: str, group: tuple[NP, ...]) -> bool:
        """As :meth:`refers`, of the letters of a pronoun."""
        if self.grammar.is_(group[0].head, "pronouns"):
            return self.view.key[group[0].head] == key
        gender, number, human = self.semantics.actors.head_features(self.semantics.text(group[0]))
        if len(group) > 1:
            return key in ("هم", "هما")
        if key == "ه":
            return gender != "f" and number not in ("p", "d")
        if key == "ها":
            return gender != "m" or (number == "p" and human is not True)
        return key in ("هم", "هما") and number != "s"

    def related(self, relative: str, np: NP) -> bool:
        """Whether a relative pronoun, folded, agrees with the phrase before it; what is unknown is no hindrance."""
        gender, number, human = self.semantics.actors.head_features(self.semantics.text(np))
        several = number in ("p", "d")
        if relative == "الذين":
            return number in ("p", None) and human is not False
        if relative == "التي":
            return gender == "f" or (several and human is not True) or gender is None
        return relative == "الذي" and gender != "f" and not several

    def _broken(self, group: tuple[NP, ...], *, after: bool) -> bool:
        """«عناصر دربتهم»: a broken plural; where a number counts it the verb follows the number («29 عنصرا قتلوا»)."""
        np = group[0]
        plain = len(group) == 1 and not self.view.norm[np.head].endswith(("ون", "ين"))
        return plain and (after or np.first == np.head)

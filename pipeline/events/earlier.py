"""The mention before a word that a pronoun, or a verb without a subject, means."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.events.antecedents import SUBJECT_BONUS, Antecedent, Weights
from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.semantics import Semantics
from pipeline.events.view import View

#: Words that the subject of a main clause seems nearer than it is: it is what the next sentence goes on about.
_CHIEF_BONUS = 15
#: How many words back a mention may stand.
_REACH = 120
#: Classes of those whom a deed may befall in person.
_PEOPLE = frozenset({"human", "civilian", "armed", "captive", "crowd"})
#: What is looked for, and the class that it has.
_CLASS = {"mover": "actor"}


class Earlier:
    """Searches the mentions of an article backwards.

    Args:
        antecedents: all full noun phrases of the article in reading order.
    """

    def __init__(
        self, view: View, grammar: Grammar, semantics: Semantics, antecedents: Sequence[Antecedent]
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics
        self.weights = Weights(view, grammar, semantics)
        self._remember(antecedents)

    def _remember(self, antecedents: Sequence[Antecedent]) -> None:
        self.antecedents = sorted(antecedents, key=lambda a: a.np.last)
        self._ends = [a.np.last for a in self.antecedents]
        self._group = {a.np: a.group for a in self.antecedents if a.listed}

    def informs(self, np: NP) -> bool:
        """A source, a witness, or a paper or agency."""
        words = range(np.first, min(np.head + 2, np.last))  # أحد الشهود
        if any(self.grammar.is_(i, "informants") for i in words):
            return True
        return self.semantics.actor(np) and self.semantics.resolved(np).label == "media"

    def find(
        self,
        at: int,
        want: str,
        gender: str | None,
        number: str | None,
        *,
        but: Sequence[NP] = (),
        towns: bool = True,
        heard: bool = False,
        topic: bool = False,
        unsaid: bool = False,
        deed: int = -1,
    ) -> NP | None:
        """The best earlier mention for something at view index ``at``, other than ``but``.

        Args:
            want: ``actor``, ``mover`` (an actor or a convoy), ``place``, ``people`` or ``any``.
            towns: it may be a named place.
            topic: it is what the text goes on about, so that of an earlier sentence only a subject will do.
            unsaid: it is the subject of a verb that leaves it unsaid, so that the subjects of main clauses come first.
            deed: view index of the masdar whose pronoun it is («محاصرتهم المدينة»), or -1.
            heard: it may be one who only tells of things: a source, a witness, a paper.
            gender, number: m/f and s/d/p of the pronoun or verb; None where it does not say.
        """
        best: tuple[float, NP] | None = None
        # Only those that end before it, nearest first: an article of any length costs the same.
        for k in range(bisect_right(self._ends, at) - 1, -1, -1):
            antecedent = self.antecedents[k]
            np = antecedent.np
            if antecedent.inner and deed < 0:
                continue
            distance = at - np.last
            if distance > _REACH or self.view.paragraph[at] - self.view.paragraph[np.first] > 1:
                break
            if want == "people":
                if not self.people(np):
                    continue
            elif want == "mover" and self.semantics.convoy(np):
                pass  # «الحافلات التي تقل مدنيين | وصلت»
            elif want != "any" and _CLASS.get(want, want) not in self.semantics.classes(np):
                continue
            if topic and not antecedent.subject and self.view.sent[np.first] != self.view.sent[at]:
                continue
            if (
                (not towns and self.semantics.named(np))
                or np in but
                or not self.agrees(np, gender, number)
                or self._circumstance(np)
                or self._anybody(np)
                or (not heard and self.informs(np))
            ):
                continue
            topical = (
                antecedent.subject
                and _CLASS.get(want, want) == "actor"
                and not (antecedent.listed and number == "s")
            )
            score = -distance + (SUBJECT_BONUS if topical else 0)
            earlier = self.view.sent[np.first] != self.view.sent[at]
            score += _CHIEF_BONUS if antecedent.chief and unsaid and earlier else 0
            score += self.weights.of_deed(antecedent, deed, known=topical and not earlier) if deed >= 0 else 0
            score -= SUBJECT_BONUS if (gender, number) == ("m", "p") and self.weights.she(np) else 0
            if best is None or score > best[0]:
                best = (score, np)
        return best[1] if best else None

    def people(self, np: NP) -> bool:
        """Whether the phrase is one of persons, and no body or town."""
        return not _PEOPLE.isdisjoint(self.semantics.classes(np))

    def _anybody(self, np: NP) -> bool:
        """«لمدة عام آخر»، «أي تيارات سياسية»: an adjective by itself, or whichever there may be, is nobody's name."""
        if self.grammar.is_(np.first, "any") or self.semantics.part_of_them(np) is not None:
            return True  # «بعضهم» is what a text goes on about no more than «أي أحد» is
        alone = np.last - np.first == 1 and not self.grammar.has_article(np.head)
        return alone and self.view.key[np.head] in ("اخر", "اخري")

    def _circumstance(self, np: NP) -> bool:
        """«محاولا تدميرها»، «مجهولا»: an accusative adjective or participle alone says how, and names nothing."""
        alone = np.last - np.first == 1 and self.view.ent[np.head] < 0
        if not alone or self.grammar.has_article(np.head) or not self.semantics.inert(np):
            return False
        norm = self.view.norm[np.head]
        return self.view.pos[np.head] in ("ADJ", "ADV") or (norm.startswith("م") and norm.endswith("ا"))

    def agrees(self, np: NP, gender: str | None, number: str | None) -> bool:
        """Whether a phrase may be what a pronoun or verb of this gender (m, f) and number (s, d, p) means."""
        own_gender, own_number, human = self.semantics.actors.head_features(self.semantics.text(np))
        if own_number == "s" and any(self.grammar.number(i) for i in range(np.first, np.head)):
            own_number = "p"  # عشرين جنديا
        if own_number is None and self.view.ent_label(np.head) == "PER":
            own_number = "s"  # a name is one person's
        if number == "p":
            return own_number in ("p", None) and human is not False
        if number == "d":
            return own_number in ("d", None)
        if number == "s" and own_number in ("p", "d"):
            return gender == "f" and human is not True  # non-human plurals agree as feminine singular
        return gender is None or own_gender is None or own_gender == gender

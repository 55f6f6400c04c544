"""What the pronoun behind a deed of force means: «استهدف المنزل … ما أدى إلى *تدميره*»، «سيارة الوزير … *قتله*»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.events.arguments import SentenceArguments
from pipeline.events.lexicon import BODILY, FORCE, PERSONAL
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Filled

if TYPE_CHECKING:
    from pipeline.events.discourse import Discourse

#: Modes of deeds that befall people, and of those that befall things.
_OF_PEOPLE = PERSONAL | BODILY | {"deport"}
_OF_THINGS = frozenset({"destroy", "bombing"})
#: Classes of words for vehicles and vessels.
_VEHICLES = ("moving", "conveyances", "means")
#: Where a place stands that is struck, and not only where it happened.
_STRUCK = frozenset({"object", "undergoer", "genitive", "prep:علي"})
#: Prepositions that say where, besides those that tell what is struck.
_AIMED = frozenset({"علي", "ب"})
#: A subject outweighs this many tokens of distance.
_SUBJECT = 25


@dataclass(frozen=True, slots=True)
class _Said:
    """A phrase said before the pronoun.

    Attributes:
        subject: of a verb; tells: … of one of saying.
        beside: it says where («قرب الميناء»).
    """

    np: NP
    subject: bool = False
    tells: bool = False
    beside: bool = False


class Sufferers:
    """Resolves the pronouns of those who suffer a deed, by what it can be done to.

    Args:
        discourse: knows what agrees with a pronoun, and who only tells of things.
        sentences: the sentences of the article, by number.
    """

    def __init__(self, discourse: Discourse, sentences: Sequence[SentenceArguments]) -> None:
        self.discourse = discourse
        self.sentences = sentences
        self._said: dict[int, list[_Said]] = {}

    def knows(self, event: Filled) -> bool:
        """Whether the deed is one that is told of people alone, or of things alone."""
        trigger = event.candidate.trigger
        return trigger.type in FORCE and trigger.mode in _OF_PEOPLE | _OF_THINGS

    def find(
        self,
        event: Filled,
        pronoun: int,
        agreement: tuple[str | None, str | None],
        taken: Sequence[NP],
        before: Sequence[Filled],
    ) -> NP | None:
        """What the pronoun at view index ``pronoun`` means in its sentence, else in those before; or None.

        Args:
            agreement: gender and number of the pronoun.
            taken: who takes another part in the event.
            before: the completed events of the article so far; what they struck in the same sentence comes first.
        """
        if (found := self._near(event, pronoun, agreement, taken, before)) is not None:
            return found
        found = self.discourse.find(pronoun, "actor", *agreement, but=taken, towns=False)
        of_things = event.candidate.trigger.mode in _OF_THINGS
        return None if found is not None and of_things and not self._body(found) else found

    def _near(
        self,
        event: Filled,
        pronoun: int,
        agreement: tuple[str | None, str | None],
        taken: Sequence[NP],
        before: Sequence[Filled],
    ) -> NP | None:
        """The same in its sentence alone."""
        view, at = self.discourse.view, event.mention.at
        of_people = event.candidate.trigger.mode in _OF_PEOPLE

        def suits(np: NP) -> bool:
            free = not any(np.overlaps(other) for other in taken)
            fit = self._person(np, agreement[1]) if of_people else self._thing(np)
            return free and fit and self.discourse.agrees(np, *agreement)

        for other in reversed(before):
            if view.sent[other.mention.at] != view.sent[at] or other.candidate.trigger.type not in FORCE:
                continue
            for argument in reversed(other.arguments):
                where = argument.slot == "place" and argument.how not in _STRUCK
                if argument.slot == "actor" or where or argument.np.last > pronoun:
                    continue
                for np in (argument.np, *self._within(argument.np)):
                    if suits(np):
                        return np
        best: tuple[float, NP] | None = None
        for said in self._sentence(view.sent[at]):
            if said.np.last > pronoun or not suits(said.np):
                continue
            score = float(said.np.last - pronoun) - (_SUBJECT if said.beside else 0)
            if of_people:
                score += -2 * _SUBJECT if said.tells else _SUBJECT * said.subject
            if best is None or score >= best[0]:
                best = (score, said.np)
        return best[1] if best else None

    def _body(self, np: NP) -> bool:
        """Whether a deed that befalls things may befall what an earlier sentence speaks of: it is no person."""
        return not self._one(np) and "civilian" not in self.discourse.semantics.classes(np)

    def _sentence(self, number: int) -> list[_Said]:
        """The phrases of a sentence with those that stand within them, in order."""
        if number not in self._said:
            sentence, found = self.sentences[number], list[_Said]()
            subjects: dict[tuple[int, int], bool] = {}
            for k, element in enumerate(sentence.elements):
                if element.kind == "verb":
                    tells = sentence.control.saying(element.first)
                    for np in sentence.clauses.roles(k).subject:
                        subjects[np.first, np.last] = tells
            words = self.discourse.grammar.words
            for element in sentence.elements:
                beside = element.prep in (words["locative"] | words["near"]) - _AIMED
                for np in element.nps:
                    key = (np.first, np.last)
                    found.append(_Said(np, key in subjects, subjects.get(key, False), beside))
                    found += [_Said(inner, beside=beside) for inner in self._within(np)]
            self._said[number] = found
        return self._said[number]

    def _within(self, np: NP) -> Iterator[NP]:
        """«سيارة | الوزير»، «ضرورة إخلاء | المنزل»: what the words of a phrase govern, longest first."""
        grammar = self.discourse.grammar
        for i in range(np.head + 1, np.last):
            governed = not grammar.closed(i - 1) or grammar.preposition(i - 1)
            if governed and grammar.nominal(i) and not grammar.adjective(i):
                yield NP(i, np.last, i)

    def _thing(self, np: NP) -> bool:
        """A building, a site or a vehicle, and nothing that is fired."""
        semantics, grammar = self.discourse.semantics, self.discourse.grammar
        if grammar.is_(np.head, "munitions") or self._happens(np) or self._one(np):
            return False
        homes = grammar.of_class(np.head, "homes")
        return semantics.site(np) or homes or any(grammar.of_class(np.head, name) for name in _VEHICLES)

    def _happens(self, np: NP) -> bool:
        """It is an event noun."""
        return np.head in self.sentences[self.discourse.view.sent[np.head]].mentions

    def _one(self, np: NP) -> bool:
        """A person or people, by their name or by the word for them."""
        semantics = self.discourse.semantics
        named = self.discourse.view.ent_label(np.head) == "PER"
        return named or semantics.actors.head_features(semantics.text(np))[2] is True

    def _person(self, np: NP, number: str | None) -> bool:
        """Somebody, or several where the pronoun is one of several; no body and no town."""
        semantics = self.discourse.semantics
        if not self.discourse.people(np) or semantics.place(np) or self.discourse.informs(np):
            return False
        if self._happens(np):
            return False
        several = semantics.actors.head_features(semantics.text(np))[1] == "p"
        return self._one(np) and (number != "s" or not several)

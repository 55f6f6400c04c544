"""What a sentence leaves to the ones before it: pronouns, unsaid subjects, shared places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import Form
from pipeline.events.nounphrases import NP
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Argument, Filled
from pipeline.events.view import View

#: A subject outweighs this many tokens of distance: Arabic pronouns and unsaid subjects continue the topic.
_SUBJECT_BONUS = 25
_REACH = 120
_PRONOUNS = {
    "ه": ("m", "s"),
    "ها": ("f", "s"),
    "هم": ("m", "p"),
    "هن": ("f", "p"),
    "هما": (None, "d"),
    "هو": ("m", "s"),
    "هي": ("f", "s"),
}


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A full mention that something later may point back to."""

    np: NP
    subject: bool


class Discourse:
    """Completes the events of an article from context.

    Args:
        antecedents: all full noun phrases of the article in reading order.
    """

    def __init__(
        self, view: View, grammar: Grammar, semantics: Semantics, antecedents: Sequence[Antecedent]
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics
        self.antecedents = sorted(antecedents, key=lambda a: a.np.first)

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events with pronouns resolved, unsaid actors recovered and what coordinated events share."""
        resolved = [self._unsaid_actor(self._pronouns(event)) for event in events]
        return self._shared(resolved)

    def _pronouns(self, event: Filled) -> Filled:
        arguments: list[Argument] = []
        for argument in event.arguments:
            if not self.grammar.is_(argument.np.head, "pronouns"):
                arguments.append(argument)
                continue
            gender, number = _PRONOUNS.get(self.view.key[argument.np.head], (None, None))
            found = self.find(
                argument.np.first, "place" if argument.slot == "place" else "actor", gender, number
            )
            if found is None and argument.slot == "target":
                found = self.find(argument.np.first, "any", gender, number)
            if found is not None and not any(a.np == found and a.slot == argument.slot for a in arguments):
                arguments.append(replace(argument, np=found, how=f"{argument.how}:pronoun", implicit=True))
        return replace(event, arguments=tuple(arguments))

    def _unsaid_actor(self, event: Filled) -> Filled:
        """A verb whose subject is unsaid takes the last compatible actor."""
        if not event.mention.verbal or event.roles.passive or event.roles.subject or event.slot("actor"):
            return event
        if event.candidate.trigger.frame.get("subject") != "actor":
            return event
        found = self.find(event.mention.at, "actor", *_wanted(event.candidate.form))
        if found is None or any(a.np == found for a in event.arguments):
            return event
        argument = Argument(found, "actor", "", "unsaid", implicit=True)
        return replace(event, arguments=(*event.arguments, argument))

    def find(self, at: int, want: str, gender: str | None, number: str | None) -> NP | None:
        """The best earlier mention for something at view index ``at``.

        Args:
            want: ``actor``, ``place`` or ``any``.
            gender, number: m/f and s/d/p of the pronoun or verb; None where it does not say.
        """
        best: tuple[float, NP] | None = None
        for antecedent in reversed(self.antecedents):
            np = antecedent.np
            distance = at - np.last
            if distance < 0:
                continue
            if distance > _REACH or self.view.paragraph[at] - self.view.paragraph[np.first] > 1:
                break
            if want != "any" and want not in self.semantics.classes(np):
                continue
            if not self._compatible(np, gender, number):
                continue
            score = -distance + (_SUBJECT_BONUS if antecedent.subject and want != "place" else 0)
            if best is None or score > best[0]:
                best = (score, np)
        return best[1] if best else None

    def _compatible(self, np: NP, gender: str | None, number: str | None) -> bool:
        own_gender, own_number, human = self.semantics.actors.head_features(self.semantics.text(np))
        if number == "p":
            return own_number in ("p", None) and human is not False
        if number == "d":
            return own_number in ("d", None)
        if number == "s" and own_number in ("p", "d"):
            return gender == "f" and human is not True  # non-human plurals agree as feminine singular
        return gender is None or own_gender is None or own_gender == gender

    def _shared(self, events: Sequence[Filled]) -> list[Filled]:
        """«قُتل ثلاثة في قصف إسرائيلي على رفح»: the dead and the shelling share actor and place."""
        by_at = {e.mention.at: e for e in events}
        result: dict[int, Filled] = dict(by_at)
        for event in events:
            inner = result.get(event.container)
            outer = result[event.mention.at]
            if inner is None:
                continue
            result[outer.mention.at] = self._lend(inner, outer, ("place", "actor"))
            result[inner.mention.at] = self._lend(outer, inner, ("place",))
        ordered = sorted(result)
        for before, at in pairwise(ordered):
            if self._nouns_joined(result[before], result[at]):
                result[before], result[at] = self._share_nouns(result[before], result[at])
        for before, at in pairwise(ordered):
            if self._coordinated(result[before], result[at]):
                result[at] = self._lend(result[before], result[at], ("place",))
                result[before] = self._lend(result[at], result[before], ("place",))
        return [result[at] for at in ordered]

    def _nouns_joined(self, first: Filled, second: Filled) -> bool:
        """Two masdars or event nouns coordinated without a verb between them."""
        a, b = first.mention.at, second.mention.at
        if (
            first.mention.verbal
            or second.mention.verbal
            or self.view.sent[a] != self.view.sent[b]
            or b - a > 25
        ):
            return False
        if self.view.key[b - 1] not in ("و", "او"):
            return False
        between = range(a + 1, b)
        return not any(self.grammar.verb(i) or self.view.norm[i] in ".؛!؟:" for i in between)

    def _share_nouns(self, first: Filled, second: Filled) -> tuple[Filled, Filled]:
        """«حصار وتطويق المدينة»: the genitive of the last holds for both, an actor of the first goes on."""
        if second.mention.at - first.mention.at == 2:
            first = self._lend(second, first, ("place", "target", "actor"))
        return first, self._lend(first, second, ("actor",))

    def _lend(self, giver: Filled, taker: Filled, slots: Sequence[str]) -> Filled:
        arguments = list(taker.arguments)
        for slot in slots:
            if taker.slot(slot) or (
                slot == "actor" and taker.candidate.trigger.frame.get("subject", "-") != "actor"
            ):
                continue
            given = [a for a in giver.slot(slot) if a.relation in ("", "in", "near")]
            taken = {(a.np.first, a.np.last) for a in arguments}
            arguments += [
                replace(a, how=f"shared:{a.how}") for a in given if (a.np.first, a.np.last) not in taken
            ]
        return replace(taker, arguments=tuple(arguments))

    def _coordinated(self, first: Filled, second: Filled) -> bool:
        """Whether two mentions of a sentence are coordinated casualties («قُتل ثلاثة وأصيب خمسة في حمص»)."""
        a, b = first.mention.at, second.mention.at
        if (
            self.view.sent[a] != self.view.sent[b]
            or b - a > 12
            or first.mention.verbal != second.mention.verbal
        ):
            return False
        between = range(a + 1, b)
        if any(self.view.norm[i] in ".؛!؟" for i in between):
            return False
        return (
            b - 1 > a
            and self.view.key[b - 1] in ("و", "او")
            and {first.candidate.trigger.mode, second.candidate.trigger.mode} <= _CASUALTIES
        )


_CASUALTIES = frozenset({"kill", "injure", "arrest", "destroy", "displace"})


def _wanted(form: Form) -> tuple[str | None, str | None]:
    if form.plural:
        return None, "p"
    if form.feminine:
        return "f", "s"
    if form.masculine:
        return "m", "s"
    return None, None

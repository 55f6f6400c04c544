"""What the events of a sentence share: the place of a coordinated or containing event, an agent, a place said first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Argument, Filled
from pipeline.events.view import View

#: Types whose events happen where the clause before them happened, unless they say otherwise.
_LOCAL = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "DISPLACE"})
#: … and of other types these modes; a move or a town taken has a place of its own, or none is said.
_LOCAL_MODES = frozenset({"arrest", "raid", "release", "seize-property", "foil", "restrict", "ban"})
_TAKERS = frozenset({"ASSAULT", "PROTEST"})
#: A dateline says where the reporter is: enough for violence and protest, not for diplomacy.
_AT_DATELINE = frozenset({"ASSAULT", "PROTEST"})
_BACK, _AHEAD = 35, 25


class Sharing:
    """Completes the events of an article from each other.

    Args:
        fronted: per sentence the places said before its first verb («وفي الأنبار، …»).
        dateline: the places of the article's dateline, for events of the first sentence.
    """

    def __init__(
        self, view: View, grammar: Grammar, fronted: Mapping[int, Sequence[NP]], dateline: Sequence[NP] = ()
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.fronted = fronted
        self.dateline = tuple(dateline)

    def share(self, events: Sequence[Filled]) -> list[Filled]:
        """The events with what they lend each other; no slot that has its own argument is touched."""
        result = {e.mention.at: e for e in events}
        for event in events:
            inner = result.get(event.container)
            if inner is not None:
                outer = result[event.mention.at]
                result[outer.mention.at] = self._lend(inner, outer, ("place", "actor"))
                result[inner.mention.at] = self._lend(outer, inner, ("place",))
        order = sorted(result)
        for first, second in pairwise(order):
            if self._nouns_joined(result[first], result[second]):
                result[first], result[second] = self._share_nouns(result[first], result[second])
        for number in range(len(order)):
            self._place_of_clause(result, order, number)
        for at in order:
            result[at] = self._said_first(result[at])
        return [result[at] for at in order]

    def _lend(self, giver: Filled, taker: Filled, slots: Sequence[str]) -> Filled:
        arguments = list(taker.arguments)
        for slot in slots:
            acts = taker.candidate.trigger.frame.get("subject", "-") == "actor"
            if taker.slot(slot) or (slot == "actor" and not acts):
                continue
            taken = {(a.np.first, a.np.last) for a in arguments}
            given = [
                a for a in giver.slot(slot) if a.relation != "from" and (a.np.first, a.np.last) not in taken
            ]
            arguments += [
                replace(a, how=f"shared:{a.how}", relation="in" if a.relation == "to" else a.relation)
                for a in given
            ]
        return replace(taker, arguments=tuple(arguments))

    def _nouns_joined(self, first: Filled, second: Filled) -> bool:
        """Two masdars or event nouns coordinated without a verb between them."""
        a, b = first.mention.at, second.mention.at
        if first.mention.verbal or second.mention.verbal or self.view.sent[a] != self.view.sent[b]:
            return False
        if b - a > _AHEAD or self.view.key[b - 1] not in ("و", "او"):
            return False
        return not any(self.grammar.verb(i) or self.view.norm[i] in ".؛!؟:" for i in range(a + 1, b))

    def _share_nouns(self, first: Filled, second: Filled) -> tuple[Filled, Filled]:
        """«حصار وتطويق المدينة»: the genitive of the last holds for both, an actor of the first goes on."""
        if second.mention.at - first.mention.at == 2:
            first = self._lend(second, first, ("place", "target", "actor"))
        return first, self._lend(first, second, ("actor",))

    def _place_of_clause(self, result: dict[int, Filled], order: Sequence[int], number: int) -> None:
        """«اقتحمت المخيم وجرفت شارعين»: an event without a place happens where the one before it did."""
        taker = result[order[number]]
        trigger = taker.candidate.trigger
        if taker.slot("place") or not (trigger.type in _TAKERS or trigger.mode in _LOCAL_MODES):
            return
        at = taker.mention.at
        for other in self._neighbours(order, number):
            giver = result[other]
            if giver.candidate.trigger.type not in _LOCAL:
                continue
            near = at - other <= _BACK if other < at else other - at <= _AHEAD
            if near and not self._report_between(min(at, other), max(at, other)):
                lent = self._lend(giver, taker, ("place",))
                if lent.slot("place"):
                    result[at] = lent
                    return

    def _neighbours(self, order: Sequence[int], number: int) -> Iterator[int]:
        """The events of the same sentence that are near: those before, nearest first, then the next one."""
        at = order[number]
        for k in range(number - 1, -1, -1):
            if at - order[k] > _BACK or self.view.sent[order[k]] != self.view.sent[at]:
                break
            yield order[k]
        if number + 1 < len(order) and self.view.sent[order[number + 1]] == self.view.sent[at]:
            yield order[number + 1]

    def _report_between(self, first: int, last: int) -> bool:
        """A full stop or «أن/إن» stands between: what follows is told of another time and place."""
        return any(
            self.view.norm[i] in ".؛!؟" or self.view.key[i] in ("ان", "بان") for i in range(first, last)
        )

    def _said_first(self, event: Filled) -> Filled:
        """The place at the head of the sentence, or the dateline, for events that found none."""
        if event.slot("place") or event.candidate.trigger.type not in _LOCAL:
            return event
        sentence = self.view.sent[event.mention.at]
        places, how = self.fronted.get(sentence, ()), "fronted"
        if not places and sentence == 0 and event.candidate.trigger.type in _AT_DATELINE:
            places, how = self.dateline, "dateline"
        own = [Argument(np, "place", "in", how) for np in places if np.last <= event.mention.at]
        return replace(event, arguments=(*event.arguments, *own))

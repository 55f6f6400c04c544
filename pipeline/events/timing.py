"""Which time expression belongs to which event, and what an event without one may take over.

Three ways, from sure to doubtful: the expression stands with the event's own predicate (:mod:`timing_hosts`); it stands
with a predicate before, and the event goes on from there in the same sentence; or the sentence before told of the same
happening. What is planned, what is said of the past and what others say about it goes on from nothing: better no time
than a wrong one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.events.assertion import Stance
from pipeline.events.grammar import Grammar
from pipeline.events.phrases import Element
from pipeline.events.slots import Filled
from pipeline.events.timing_rules import REAL, Rules, leads_on
from pipeline.events.timing_sentence import SentenceTimes
from pipeline.events.timing_values import EventTime, whole_day
from pipeline.events.view import View
from pipeline.resolve.time import TimeExpression

_FINE = frozenset({"minute", "hour", "part_of_day", "day"})


class Timing:
    """Assigns times to the events of an article, sentence by sentence in order.

    Args:
        view: the article.
        saying: view indices of verbs of saying: a time that stands with one says when it was said.
        published: the day of publication (ISO 8601): what has happened does not lie behind it.
    """

    def __init__(self, view: View, grammar: Grammar, saying: frozenset[int], published: str | None) -> None:
        self.view = view
        self.published = published
        self.rules = Rules(view, grammar, saying, published)
        self._last: tuple[int, TimeExpression] | None = None
        #: For each event without a time, by the view index of its trigger, whether it is told in the main line as done.
        self.told: dict[int, bool] = {}

    def sentence(
        self, elements: Sequence[Element], events: Sequence[Filled], stances: Mapping[int, Stance]
    ) -> dict[int, EventTime]:
        """The times of the events of one sentence, by the view index of their triggers.

        Args:
            stances: of the events, by the view index of their triggers.
        """
        one = SentenceTimes(self.rules, elements, events, stances)
        found = {at: EventTime(t, False) for at, t in one.times().items()}
        dated = any(self.rules.expression(elements[k]).granularity is not None for k in one.hosts_of)
        if not dated:
            for event in events:
                if event.mention.at not in found and (earlier := self._inherited(event, one)) is not None:
                    found[event.mention.at] = EventTime(earlier, True)
                    at = event.mention.at
                    self._last = (self.view.sent[at], earlier)
        else:
            self._remember(one)
        self.told |= {e.mention.at: one.told(e) for e in events if e.mention.at not in found}
        return found

    def _inherited(self, event: Filled, one: SentenceTimes) -> TimeExpression | None:
        if self._last is None:
            return None
        sentence, expression = self._last
        at = event.mention.at
        near = self.view.sent[at] - sentence <= 1
        return whole_day(expression) if near and one.goes_on(event) else None

    def _remember(self, one: SentenceTimes) -> None:
        self._last = None
        for event in one.events:
            time = one.own.get(event.mention.at)
            if time is None or time.from_ is None or time.granularity not in _FINE or time.relation != "in":
                continue
            past = self.published is None or time.from_[:10] <= self.published
            if (
                past
                and leads_on(event)
                and one.levels.main(event)
                and one.stances[event.mention.at].assertion in REAL
            ):
                self._last = (self.view.sent[event.mention.at], time)

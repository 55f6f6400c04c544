"""Which time expression belongs to which event, and what an event without one inherits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.events.phrases import Element
from pipeline.events.slots import Filled
from pipeline.events.view import View
from pipeline.resolve.time import TimeExpression

_COARSE_ENOUGH = frozenset({"minute", "hour", "part_of_day", "day"})


@dataclass(frozen=True, slots=True)
class EventTime:
    """The time of an event: the expression, and whether it stands with the event or is inherited."""

    expression: TimeExpression
    inherited: bool


class Timing:
    """Assigns times to the events of an article, sentence by sentence in order.

    Args:
        view: the article.
        saying: view indices of verbs of saying: a time that stands with one says when it was said.
    """

    def __init__(self, view: View, saying: frozenset[int]) -> None:
        self.view = view
        self.saying = saying
        self._last: tuple[int, int, TimeExpression] | None = None

    def sentence(self, elements: Sequence[Element], events: Sequence[Filled]) -> dict[int, EventTime]:
        """The times of the events of one sentence, by the view index of their triggers."""
        times = [
            e
            for e in elements
            if e.kind == "time" and self.view.times[self.view.time[e.first]].kind == "time"
        ]
        found: dict[int, EventTime] = {}
        for event in events:
            element = self._following(elements, times, event, events) or self._preceding(
                elements, times, event
            )
            if element is not None:
                found[event.mention.at] = EventTime(self.view.times[self.view.time[element.first]], False)
        for event in events:
            inner = found.get(event.container)
            if inner is not None:
                found.setdefault(event.mention.at, inner)
            elif event.mention.at in found:
                found.setdefault(event.container, found[event.mention.at])
        for event in events:
            if event.mention.at not in found and (earlier := self._inherited(event.mention.at)) is not None:
                found[event.mention.at] = EventTime(earlier, True)
        self._remember(times)
        return found

    def _following(
        self, elements: Sequence[Element], times: Sequence[Element], event: Filled, events: Sequence[Filled]
    ) -> Element | None:
        """A time after the trigger belongs to the nearest mention before it (and to what that one hangs on)."""
        at = event.mention.at
        anchors = {at, event.mention.light, event.container}
        for time in times:
            if time.first < at:
                continue
            nearest = max((e.mention.at for e in events if e.mention.at < time.first), default=-1)
            closest_light = max(
                (e.mention.light for e in events if -1 < e.mention.light < time.first), default=-1
            )
            if max(nearest, closest_light) not in anchors:
                return None
            blocked = any(
                e.kind in ("verb", "comp", "rel") and at < e.first < time.first and e.first not in anchors
                for e in elements
            )
            stopped = any(self.view.norm[i] in ".؛!؟" for i in range(at, time.first))
            return None if blocked or stopped else time
        return None

    def _preceding(
        self, elements: Sequence[Element], times: Sequence[Element], event: Filled
    ) -> Element | None:
        """The last time before the trigger carries over what is coordinated to its right."""
        anchor = min(i for i in (event.mention.at, event.mention.light) if i >= 0)
        before = [t for t in times if t.first < anchor and self._carries(t)]
        if not before:
            return None
        time = before[-1]
        between = [e for e in elements if time.first < e.first < anchor]
        opened = any(e.kind == "comp" and self.view.key[e.first] in ("ان", "بان") for e in between)
        left_verbs = [e.first for e in elements if e.kind == "verb" and e.first < time.first]
        said = bool(left_verbs) and left_verbs[-1] in self.saying
        said = said or any(e.kind == "verb" and e.first in self.saying for e in between)
        return None if opened and said else time

    def _carries(self, time: Element) -> bool:
        """«حتى الآن» and the like hold for their own clause only."""
        expression = self.view.times[self.view.time[time.first]]
        return expression.from_ is not None and expression.relation not in ("until", "since")

    def _inherited(self, at: int) -> TimeExpression | None:
        if self._last is None:
            return None
        sentence, paragraph, expression = self._last
        near = self.view.sent[at] - sentence <= 1 or self.view.paragraph[at] == paragraph
        return expression if near else None

    def _remember(self, times: Sequence[Element]) -> None:
        for time in reversed(times):
            expression = self.view.times[self.view.time[time.first]]
            if expression.from_ is not None and expression.granularity in _COARSE_ENOUGH:
                self._last = (self.view.sent[time.first], self.view.paragraph[time.first], expression)
                return

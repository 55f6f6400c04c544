"""The times of the events of one sentence: what stands with them and what goes on to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.events.assertion import Stance
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.phrases import Element
from pipeline.events.slots import Filled
from pipeline.events.timing_hosts import Hosts
from pipeline.events.timing_levels import Levels, anchor
from pipeline.events.timing_rules import REAL, STORY, VERBAL, Rules
from pipeline.events.timing_values import ago, continues, labels, moves_on, present, since
from pipeline.resolve.time import TimeExpression

#: An event noun takes the time of one that holds it only this many elements off, unless a death or a wound.
_NEAR = 3
_OFFERED = frozenset({"promise"})
#: Times so wide that what goes on from them need not be of them, unless an event of ours is.
_WIDE = frozenset({"month", "season", "year", "decade"})
#: Prepositions of what somebody asks for (folded).
_ASKED_FOR = frozenset({"ب", "الي"})
#: Verbs of these types speak of what is not done yet; accusations and denials speak of what was.
_SPEAKING = frozenset({"REQUEST", "THREATEN", "AGREE"})


class SentenceTimes:
    """The times of one sentence.

    Attributes:
        hosts_of: time elements by position, with the view index of their host or -1; only those on the calendar.
        own: the times that stand with an event itself, by the view index of its trigger.
    """

    def __init__(
        self,
        rules: Rules,
        elements: Sequence[Element],
        events: Sequence[Filled],
        stances: Mapping[int, Stance],
    ) -> None:
        self.rules = rules
        self.view = rules.view
        self.elements = elements
        self.events = events
        self.stances = stances
        self._by_at = {e.mention.at: e for e in events}
        nouns = [e.mention.at for e in events if not e.mention.verbal]
        self.hosts = Hosts(
            rules.view, rules.grammar, elements, nouns, rules.saying, self._wishing(), self._leaves
        )
        self.levels = Levels(rules, self.hosts, elements, events)
        self.hosts_of = {
            k: -1 if labels(rules.expression(e)) or rules.compared(e.first) else self.hosts.host(k)
            for k, e in enumerate(elements)
            if e.kind == "time" and rules.expression(e).kind == "time"
        }
        self.own: dict[int, TimeExpression] = {}
        self._predicates = {
            i for e in events for i in (e.mention.at, e.mention.light, *e.candidate.fixed) if i >= 0
        }
        #: Events beside which a time stands, whether it comes to anything or not: they take over no other.
        self._told_apart: set[int] = set()

    def times(self) -> dict[int, TimeExpression]:
        """The times by the view index of the triggers."""
        self.own = self._standing()
        found = dict(self.own)
        for event in sorted(self.events, key=anchor):
            at = event.mention.at
            if at not in found and (time := self._carried(event)) is not None:
                found[at] = time
        self._back(found)
        return found

    def _wishing(self) -> frozenset[int]:
        """Verbs of events that speak of what is not done yet."""
        speaking = {
            i
            for e in self.events
            if e.candidate.trigger.type in _SPEAKING
            for i in (e.mention.at, e.mention.light)
        }
        return frozenset(e.first for e in self.elements if e.kind == "verb") & speaking

    def _leaves(self, noun: int, k: int) -> bool:
        time = self.rules.expression(self.elements[k])
        if not self.rules.remembered(noun) and self.hosts.governor(noun) not in _ASKED_FOR:
            return False  # «طالبوا بالتحقيق في *قصف* أمس»: only what is asked for itself
        return self.rules.leaves(self._by_at[noun], self.stances[noun], time)

    # ---- beside the event itself -------------------------------------------------------------------

    def _standing(self) -> dict[int, TimeExpression]:
        found: dict[int, TimeExpression] = {}
        for event in self.events:
            own = {event.mention.at, event.mention.light, *event.candidate.fixed} - {-1}
            beside = [k for k, host in self.hosts_of.items() if host in own]
            beside += [
                k
                for k, host in self.hosts_of.items()
                if host >= 0 and host not in self._by_at and self.hosts.antecedent(host) == event.mention.at
            ]
            beside.sort(key=lambda k: (self.elements[k].first < event.mention.at, k))
            trigger = event.candidate.trigger
            said = (trigger.type in VERBAL or trigger.mode in _OFFERED) and event.mention.verbal
            for k in beside:
                time = self.rules.expression(self.elements[k])
                self._told_apart.add(event.mention.at)
                if said and k not in self.hosts.left and not self.hosts.close(event.mention.at, k):
                    continue
                if present(time) and self.hosts.fronted(k):
                    continue  # «والآن يقتلون …»: that is how a speech goes on
                if self.rules.remembered(event.mention.at) and self._leaves(event.mention.at, k):
                    continue
                if self.rules.fits(event, self.stances[event.mention.at], time):
                    past = event.mention.verbal and event.candidate.form.tense == "past"
                    found.setdefault(event.mention.at, ago(time) if past else time)
        for event in self.events:  # «قُتل ثلاثة في انفجار *أمس*»
            at, container = event.mention.at, event.container
            if (container in found) == (at in found) or not self._holds(event):
                continue
            giver, taker = (container, at) if container in found else (at, container)
            if taker in self._by_at and self.rules.fits(
                self._by_at[taker], self.stances[taker], found[giver]
            ):
                found[taker] = found[giver]
        return found

    def _holds(self, event: Filled) -> bool:
        """Whether the event noun that holds the event is of its time."""
        start, end = (self.hosts.position.get(i, 0) for i in (event.mention.at, event.container))
        close = end - start <= _NEAR or event.candidate.trigger.mode in CASUALTIES
        told = event.mention.verbal or event.mention.light >= 0
        return (told or close) and self.levels.held(event, event.container)

    # ---- further on in the sentence ------------------------------------------------------------------

    def _carried(self, event: Filled) -> TimeExpression | None:
        """The last time before the event, where what stands there goes on to it."""
        at, first = event.mention.at, anchor(event)
        if self.stances[at].assertion not in REAL or at in self._told_apart:
            return None
        for k in sorted((k for k in self.hosts_of if self.elements[k].first < first), reverse=True):
            time, host = self.rules.expression(self.elements[k]), self.hosts_of[k]
            if moves_on(time) or since(time) or present(time):
                return None
            between = [j for j in range(k + 1, self.hosts.position.get(first, 0)) if self.hosts.boundary(j)]
            if continues(time) and not (host >= 0 and self.levels.elsewhere(event, host, between)):
                return time if self._goes_on_from(event, k, between) else None
        return None

    def _goes_on_from(self, event: Filled, k: int, between: Sequence[int]) -> bool:
        """Whether the event, behind the time element ``k`` and the clause marks ``between``, is of that time."""
        time, host = self.rules.expression(self.elements[k]), self.hosts_of[k]
        stance = self.stances[event.mention.at]
        if host < 0 or self.levels.aside(host) or not self.rules.fits(event, stance, time):
            return False
        if not between and self.levels.inside(host):
            return False  # «ممثلون عمن حاصر المدينة *في مارس* يتفاوضون»
        if self.hosts.states(host) and not self.levels.performed(event, between):
            return False
        if self.levels.said_of(event, host, between) or self.levels.closes(host):
            return False
        verbal = event.candidate.trigger.type in VERBAL
        if verbal and event.mention.verbal and not self._past(event) and self.rules.over(time):
            return False  # «ألقت القبض *أمس* على … ويتهم بـ…»
        if verbal and self.levels.inside(host):
            return False  # «عزى بمن سقطوا *أمس*، وذلك تضامنا …»
        story = event.candidate.trigger.type in STORY and self._past(event)
        known = time.granularity == "month" and host in self._predicates
        wide = time.granularity in _WIDE and not known and not self.hosts.fronted(k)
        if wide and self.hosts.comma_between(k, self.hosts.position.get(anchor(event), 0)):
            return False
        if host not in self._predicates and not story and not self._next(event, k):
            return False
        own_subject = event.roles.how == "vso" and bool(event.roles.subject)
        level = self.levels.level(
            anchor(event), between, self.elements[k].first, stance, own_subject=own_subject
        )
        return level and self.levels.told(event)

    def _past(self, event: Filled) -> bool:
        return not event.mention.verbal or event.candidate.form.tense == "past"

    def _next(self, event: Filled, k: int) -> bool:
        """«وصل الوزير *أمس* والتقى نظيره»: where no event of ours has the time, what goes right on with it takes it."""
        at = anchor(event)
        start = self.hosts.position.get(at, 0)
        first = not any(e.kind in ("verb", "comp", "rel") for e in self.elements[k + 1 : start])
        if at not in (event.mention.at, event.mention.light):
            return False
        own = event.roles.subject and event.roles.how not in ("", "conjunct", "pronoun", "reflexive")
        return first and event.mention.verbal and not own

    def _back(self, found: dict[int, TimeExpression]) -> None:
        """«قُتل ثلاثة وأصيب خمسة *أمس*»: those who were killed and those who were hurt have one time."""
        ordered = sorted(self.events, key=anchor)
        for event, after in reversed(list(pairwise(ordered))):
            at, later = event.mention.at, after.mention.at
            modes = {event.candidate.trigger.mode, after.candidate.trigger.mode}
            types = {event.candidate.trigger.type, after.candidate.trigger.type}
            if at in found or later not in found or not event.mention.verbal:
                continue
            if not modes & CASUALTIES or types != {"ASSAULT"} or self.levels.located(later):
                continue
            between = self.elements[self.hosts.position.get(at, 0) + 1 : self.hosts.position.get(later, 0)]
            alone = not any(e.kind in ("verb", "rel") for e in between)
            if alone and self.rules.fits(event, self.stances[at], found[later]):
                found[at] = found[later]

    # ---- from the sentence before -----------------------------------------------------------------------

    def goes_on(self, event: Filled) -> bool:
        """Whether an event without a time may go on from the sentence before."""
        story = event.candidate.trigger.type in STORY and event.mention.at not in self._told_apart
        return story and self.told(event) and not self._turns() and not self._remarks()

    def told(self, event: Filled) -> bool:
        """Whether an event is told in the main line as done: a past verb, or a noun that a verb carries."""
        if self.stances[event.mention.at].assertion not in REAL:
            return False
        if not event.mention.verbal and (event.mention.light < 0 or self.levels.behind(event)):
            return False
        return self._past(event) and self.levels.main(event)

    def _turns(self) -> bool:
        """«من ناحية أخرى»، «على صعيد آخر»: the sentence begins with something else."""
        first = self.elements[0].first if self.elements else 0
        return any(self.rules.grammar.is_(i, "turns") for i in range(first, min(first + 6, len(self.view))))

    def _remarks(self) -> bool:
        """«وكان قد …»، «وتقع …»: the sentence begins with what was before, or with what is always so."""
        verb = next((e.first for e in self.elements if e.kind == "verb"), -1)
        if verb < 0 or verb in self.rules.saying:
            return False
        before = self.rules.grammar.is_(verb, "before_then") or self.rules.grammar.is_(verb, "remarks")
        return before or self.view.norm[verb].startswith("ي")

"""The times of the events of one sentence: what stands with them and what goes on to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.events.assertion import Stance
from pipeline.events.grammar import Grammar
from pipeline.events.phrases import Element
from pipeline.events.slots import Filled
from pipeline.events.timing_hosts import Hosts
from pipeline.events.timing_values import ago, continues, moves_on, since
from pipeline.events.view import View
from pipeline.resolve.time import TimeExpression

#: What is said of a happening, whenever it was said.
_VERBAL = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "CONCEDE"})
#: A happening that the next sentence goes on to tell.
_STORY = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "DISPLACE", "PROTEST"})
_CASUALTIES = frozenset({"kill", "injure"})
_PERFORMED = frozenset(
    {"ceasefire", "curfew", "martial-law", "resign", "suspend", "cut-ties", "sanction", "ban"}
)
#: Rows of time knowledge that say «at present».
_PRESENT = frozenset({"now"})
REAL = frozenset({"asserted", "reported"})
#: What opens the words of a speaker, and what opens any clause that hangs on another (folded).
_CONTENT = frozenset({"ان", "بان"})
_BELOW = _CONTENT | {"لان", "كي", "لكي", "اذا", "لو"}


class Rules:
    """What holds of an event and a time anywhere in the article.

    Args:
        saying: view indices of verbs of saying: a time that stands with one says when it was said.
        published: the day of publication (ISO 8601): what has happened does not lie behind it.
    """

    def __init__(self, view: View, grammar: Grammar, saying: frozenset[int], published: str | None) -> None:
        self.view = view
        self.grammar = grammar
        self.saying = saying
        self.published = published

    def expression(self, element: Element) -> TimeExpression:
        """The expression of a time element."""
        return self.view.times[self.view.time[element.first]]

    def fits(self, event: Filled, stance: Stance, time: TimeExpression) -> bool:
        """What has happened has no time to come, what is planned none that is over."""
        past = event.mention.verbal and event.candidate.form.tense == "past"
        if since(time) and event.candidate.trigger.type in _VERBAL:
            return False
        if time.rule in _PRESENT and (past or not event.mention.verbal):
            return False  # «حاليا» says where somebody is, not when he was sent there
        if self.published is None or time.from_ is None or time.relation in ("until", "before"):
            return True
        ahead = time.from_[:10] > self.published
        over = (time.to or time.from_)[:10] <= self.published and not since(time)
        if ahead:
            return not (past and stance.assertion in REAL)
        return not (over and stance.assertion == "planned")


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
        nouns = [e.mention.at for e in events if not e.mention.verbal]
        self.hosts = Hosts(rules.view, rules.grammar, elements, nouns, rules.saying)
        self.hosts_of = {
            k: self.hosts.host(k)
            for k, e in enumerate(elements)
            if e.kind == "time" and rules.expression(e).kind == "time"
        }
        self.own: dict[int, TimeExpression] = {}
        self._by_at = {e.mention.at: e for e in events}
        self._predicates = {
            i for e in events for i in (e.mention.at, e.mention.light, *e.candidate.fixed) if i >= 0
        }
        #: Events beside which a time stands, whether it comes to anything or not: they take over no other.
        self._told_apart: set[int] = set()

    def times(self) -> dict[int, TimeExpression]:
        """The times by the view index of the triggers."""
        self.own = self._standing()
        found = dict(self.own)
        for event in sorted(self.events, key=_anchor):
            at = event.mention.at
            if at not in found and (time := self._carried(event, found)) is not None:
                found[at] = time
        self._back(found)
        return found

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
            said = event.candidate.trigger.type in _VERBAL and event.mention.verbal
            for k in beside:
                time = self.rules.expression(self.elements[k])
                self._told_apart.add(event.mention.at)
                if said and not self.hosts.close(event.mention.at, k):
                    continue
                if self.rules.fits(event, self.stances[event.mention.at], time):
                    past = event.mention.verbal and event.candidate.form.tense == "past"
                    found.setdefault(event.mention.at, ago(time) if past else time)
        for event in self.events:  # «قُتل ثلاثة في انفجار *أمس*»
            at, container = event.mention.at, event.container
            if container in found and at not in found:
                if self.rules.fits(event, self.stances[at], found[container]):
                    found[at] = found[container]
            elif at in found and container in self._by_at and container not in found:
                fits = self.rules.fits(self._by_at[container], self.stances[container], found[at])
                found |= {container: found[at]} if fits else {}
        return found

    # ---- further on in the sentence ------------------------------------------------------------------

    def _carried(self, event: Filled, found: Mapping[int, TimeExpression]) -> TimeExpression | None:
        """The last time before the event, where what stands there goes on to it."""
        at, anchor = event.mention.at, _anchor(event)
        stance = self.stances[at]
        before = [k for k in self.hosts_of if self.elements[k].first < anchor]
        going = [k for k in before if continues(self.rules.expression(self.elements[k]))]
        if not going or stance.assertion not in REAL or at in self._told_apart:
            return None
        k = going[-1]
        if any(moves_on(self.rules.expression(self.elements[j])) for j in before if j > k):
            return None
        time, host = self.rules.expression(self.elements[k]), self.hosts_of[k]
        if host < 0 or self._aside(host) or not self.rules.fits(event, stance, time):
            return None
        between = [j for j in range(k + 1, self.hosts.position.get(anchor, 0)) if self.hosts.boundary(j)]
        if not between and self._inside(host):
            return None  # «ممثلون عمن حاصر المدينة *في مارس* يتفاوضون»
        if self.hosts.states(host) and not self._performed(event, between):
            return None
        story = event.candidate.trigger.type in _STORY and self._past(event)
        if host not in self._predicates and not story and not self._next(event, k):
            return None
        own_subject = event.roles.how == "vso" and bool(event.roles.subject)
        level = self._level(anchor, between, self.elements[k].first, stance, own_subject=own_subject)
        return time if level and self._told(event) else None

    def _inside(self, host: int) -> bool:
        """Whether the host stands in a relative clause."""
        opener = self.hosts.opener(host)
        return opener >= 0 and self._relative(opener, host)

    def _past(self, event: Filled) -> bool:
        return not event.mention.verbal or event.candidate.form.tense == "past"

    def _next(self, event: Filled, k: int) -> bool:
        """«وصل الوزير *أمس* والتقى نظيره»: where no event of ours has the time, what goes right on with it takes it."""
        anchor = _anchor(event)
        start = self.hosts.position.get(anchor, 0)
        first = not any(e.kind in ("verb", "comp", "rel") for e in self.elements[k + 1 : start])
        if event.mention.at != anchor and event.mention.light != anchor:
            return False
        own = event.roles.subject and event.roles.how not in ("", "conjunct", "pronoun")
        return first and event.mention.verbal and not own

    def _performed(self, event: Filled, between: Sequence[int]) -> bool:
        """«أعلن الطرفان أمس وقف إطلاق النار»: some things happen when they are announced."""
        governor = self.hosts.governor(event.mention.at)
        return event.candidate.trigger.mode in _PERFORMED and not between and governor in ("", "عن")

    def _aside(self, host: int) -> bool:
        """The host is an event noun that only locates something: «بعد سقوط المدينة أمس»، «دان اقتحام … أمس»."""
        event = self._by_at.get(host)
        if event is None or event.mention.verbal or event.mention.light >= 0:
            return False
        governor = self.hosts.governor(host)
        if governor == "":
            k = self.hosts.position.get(host, 0)
            verb = next((e.first for e in reversed(self.elements[:k]) if e.kind == "verb"), -1)
            said = self._by_at.get(verb)
            return verb in self.rules.saying or (said is not None and said.candidate.trigger.type in _VERBAL)
        return not any(e.container == host for e in self.events)

    def _level(
        self, anchor: int, between: Sequence[int], time: int, stance: Stance, *, own_subject: bool
    ) -> bool:
        """Whether the event stands in the story itself and not in a clause below it."""
        if not between:
            return True
        if any(self.hosts.strong(j) for j in between):
            return False
        cue = stance.speaker.cue_first if stance.speaker is not None else -1
        last = between[-1]
        if time < cue < anchor and any(self._opens(j, _CONTENT) for j in between):
            return own_subject and self.hosts.anew(last)  # «… أمس، وقال إن …»
        return not (self._relative(last, anchor) or self.hosts.subordinate(last) or self._opens(last, _BELOW))

    def _relative(self, j: int, anchor: int) -> bool:
        """Whether the verb at ``anchor`` is that of the relative clause that element ``j`` opens, not one after it."""
        after = self.elements[j + 1 : self.hosts.position.get(anchor, 0)]
        return self.elements[j].kind == "rel" and not any(e.kind == "verb" for e in after)

    def _opens(self, j: int, words: frozenset[str]) -> bool:
        return self.elements[j].kind == "comp" and self.view.key[self.elements[j].first] in words

    def _told(self, event: Filled) -> bool:
        """Whether the event is told as part of the story: a verb, or a noun that a verb of the story carries."""
        if event.mention.verbal or event.mention.light >= 0 or event.circumstance:
            own = event.roles.subject and event.roles.how not in ("", "conjunct", "pronoun")
            return not (event.candidate.trigger.type in _VERBAL and own)
        at = event.mention.at
        governor = self.hosts.governor(at)
        if governor in self.rules.grammar.words["other_time"]:
            return False
        if any(e.container == at for e in self.events):
            return True
        if governor == "":
            return not self.rules.grammar.has_article(at)
        words = self.rules.grammar.words
        if governor == "ب" and self.rules.grammar.glued_pronoun(at + 1):
            return False  # «استشهد أمس متأثرا بإصابته»
        just_after = governor in words["just_after"] and not self.rules.grammar.has_article(at)
        return governor in words["same_time"] or just_after

    def _back(self, found: dict[int, TimeExpression]) -> None:
        """«قُتل ثلاثة وأصيب خمسة *أمس*»: those who were killed and those who were hurt have one time."""
        ordered = sorted(self.events, key=_anchor)
        for event, after in reversed(list(pairwise(ordered))):
            at, later = event.mention.at, after.mention.at
            casualties = {event.candidate.trigger.mode, after.candidate.trigger.mode} & _CASUALTIES
            if at in found or later not in found or not casualties or not event.mention.verbal:
                continue
            between = self.elements[self.hosts.position.get(at, 0) + 1 : self.hosts.position.get(later, 0)]
            alone = not any(e.kind in ("verb", "rel") for e in between)
            if alone and self.rules.fits(event, self.stances[at], found[later]):
                found[at] = found[later]

    # ---- from the sentence before -----------------------------------------------------------------------

    def goes_on(self, event: Filled) -> bool:
        """Whether an event without a time may go on from the sentence before."""
        story = event.candidate.trigger.type in _STORY and event.mention.at not in self._told_apart
        return story and self.told(event) and not self._turns()

    def told(self, event: Filled) -> bool:
        """Whether an event is told in the main line as done: a past verb, or a noun that a verb carries."""
        if self.stances[event.mention.at].assertion not in REAL:
            return False
        if not event.mention.verbal and event.mention.light < 0:
            return False
        anchor = _anchor(event)
        past = event.candidate.form.tense == "past" if event.mention.verbal else True
        opener = self.hosts.opener(anchor)
        if opener >= 0 and (self._relative(opener, anchor) or self.hosts.subordinate(opener)):
            return False
        return past

    def _turns(self) -> bool:
        """«من ناحية أخرى»، «على صعيد آخر»: the sentence begins with something else."""
        first = self.elements[0].first if self.elements else 0
        return any(self.rules.grammar.is_(i, "turns") for i in range(first, min(first + 6, len(self.view))))


def _anchor(event: Filled) -> int:
    return min(i for i in (event.mention.at, event.mention.light) if i >= 0)

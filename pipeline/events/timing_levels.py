"""Whether an event stands in the story itself or in a clause or phrase below it: times go on in the story only."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.assertion import Stance
from pipeline.events.phrases import Element
from pipeline.events.slots import Filled
from pipeline.events.timing_hosts import Hosts
from pipeline.events.timing_rules import VERBAL, Rules

_PERFORMED = frozenset(
    {"ceasefire", "curfew", "martial-law", "resign", "suspend", "cut-ties", "sanction", "ban"}
)
#: What opens the words of a speaker, and what opens any clause that hangs on another (folded).
_CONTENT = frozenset({"ان", "بان"})
_BELOW = _CONTENT | {"لان", "كي", "لكي", "اذا", "لو"}


class Levels:
    """Questions on the clauses of one sentence.

    Args:
        elements, events: of the sentence.
    """

    def __init__(
        self, rules: Rules, hosts: Hosts, elements: Sequence[Element], events: Sequence[Filled]
    ) -> None:
        self.rules = rules
        self.view = rules.view
        self.hosts = hosts
        self.elements = elements
        self.events = events
        self._by_at = {e.mention.at: e for e in events}

    def inside(self, host: int) -> bool:
        """Whether the host stands in a relative clause."""
        opener = self.hosts.opener(host)
        return opener >= 0 and self._relative(opener, host)

    def main(self, event: Filled) -> bool:
        """Whether the predicate of the event, its light verb if it has one, is not in a clause below the story."""
        at = anchor(event)
        opener = self.hosts.opener(at)
        return opener < 0 or not (self._relative(opener, at) or self.hosts.subordinate(opener))

    def elsewhere(self, event: Filled, host: int, between: Sequence[int]) -> bool:
        """«اعتقلت أمس من شاركوا في أحداث *2013*، كما اعتقلت …»: the time is of something below, the event is not.

        Args:
            host: the predicate that the time stands with.
            between: elements that open or end a clause between the time and the event.
        """
        if not event.mention.verbal or not between or not self.main(event):
            return False
        last = between[-1]
        new = self.hosts.anew(last) or self.elements[last].kind == "comp"
        return new and (self.inside(host) or self.aside(host))

    def performed(self, event: Filled, between: Sequence[int]) -> bool:
        """«أعلن الطرفان أمس وقف إطلاق النار»: some things happen when they are announced."""
        governor = self.hosts.governor(event.mention.at)
        return event.candidate.trigger.mode in _PERFORMED and not between and governor in ("", "عن")

    def said_of(self, event: Filled, host: int, between: Sequence[int]) -> bool:
        """«استنكرت الوزارة *أمس* هجوما»، «أدى إلى مقتل»: the event is what the host speaks of."""
        said = self._by_at.get(host)
        speaks = said is not None and said.candidate.trigger.type in VERBAL
        carried = event.mention.verbal or event.circumstance or (event.mention.light >= 0 and bool(between))
        return speaks and not carried

    def closes(self, host: int) -> bool:
        """«نُفذ *أمس* حكم القصاص …، وتمكنت السلطات من القبض عليه»: what is told besides came before."""
        event = next(
            (e for e in self.events if host in (e.mention.at, e.mention.light, *e.candidate.fixed)), None
        )
        return event is not None and event.candidate.trigger.mode == "execute"

    def aside(self, host: int) -> bool:
        """The host is an event noun that only locates something: «بعد سقوط المدينة أمس»، «دان اقتحام … أمس»."""
        event = self._by_at.get(host)
        if event is None or event.mention.verbal:
            return False
        light = event.mention.light
        if light >= 0 and self._verb(light):
            return False
        governor = self.hosts.governor(light if light >= 0 else host)
        if governor == "":
            k = self.hosts.position.get(host, 0)
            verb = next((e.first for e in reversed(self.elements[:k]) if e.kind == "verb"), -1)
            said = self._by_at.get(verb)
            return verb in self.rules.saying or (said is not None and said.candidate.trigger.type in VERBAL)
        return not any(e.container == host for e in self.events)

    def level(self, at: int, between: Sequence[int], time: int, stance: Stance, *, own_subject: bool) -> bool:
        """Whether the event stands in the story itself and not in a clause below it.

        Args:
            at: view index of its predicate; between: see :meth:`elsewhere`; time: view index of the time.
            own_subject: the predicate has a subject of its own behind it.
        """
        if not between:
            return True
        if any(self.hosts.strong(j) for j in between):
            return False
        cue = stance.speaker.cue_first if stance.speaker is not None else -1
        last = between[-1]
        if any(self._speech(j, time) for j in between):
            if not self.hosts.anew(last):
                return False  # «أفادت الإذاعة أمس أن …»
            if time < cue < at:
                return own_subject  # «… أمس، وقال إن …»
        return not (self._relative(last, at) or self.hosts.subordinate(last) or self._opens(last, _BELOW))

    def told(self, event: Filled) -> bool:
        """Whether the event is told as part of the story: a verb, or a noun that a verb of the story carries."""
        at, light = event.mention.at, event.mention.light
        if event.mention.verbal or event.circumstance or (light >= 0 and not self.behind(event)):
            own = event.roles.subject and event.roles.how not in ("", "conjunct", "pronoun", "reflexive")
            return not (event.candidate.trigger.type in VERBAL and own)
        if self.rules.remembered(at) or self._spoken_of(at):
            return False
        words, grammar = self.rules.grammar.words, self.rules.grammar
        governor = self.hosts.governor(at)
        if self.located(at):
            return False
        if any(self.held(e, at) for e in self.events):
            return True
        if governor == "":
            return not grammar.has_article(at) and not self._after(at)
        if governor == "ب" and grammar.glued_pronoun(at + 1):
            return False  # «استشهد أمس متأثرا بإصابته»
        just_after = governor in words["just_after"] and not grammar.has_article(at)
        return governor in words["same_time"] or just_after

    def _after(self, at: int) -> bool:
        """«بعد ثلاثة أيام على إعلان الحكومة | تحرير المدينة»: the phrases right before the noun begin with «بعد»."""
        j = self.hosts.position.get(at, 0) - 1
        while j >= 0 and self.elements[j].kind in ("np", "pp", "time"):
            if self.elements[j].prep in self.rules.grammar.words["other_time"]:
                return True
            j -= 1
        return False

    def located(self, at: int) -> bool:
        """«منذ سيطرتهم»: the event noun at ``at`` only says from or until when."""
        return self.hosts.governor(at) in self.rules.grammar.words["other_time"]

    def held(self, event: Filled, at: int) -> bool:
        """Whether the event noun at ``at`` holds the event and is of its time."""
        holder = self._by_at.get(at)
        if holder is None or event.container != at:
            return False
        return self.rules.together(event, self.hosts.governor(at), holder.candidate.trigger.mode)

    def _spoken_of(self, at: int) -> bool:
        """«تنديده بالتفجير»، «اتهمه بمهاجمة»: the last event before the noun, in its clause, speaks of it."""
        before = max((e.mention.at for e in self.events if e.mention.at < at), default=-1)
        if before < 0 or self._by_at[before].candidate.trigger.type not in VERBAL:
            return False
        start, end = (self.hosts.position.get(i, 0) for i in (before, at))
        return not any(self.hosts.boundary(j) for j in range(start + 1, end))

    def _verb(self, at: int) -> bool:
        k = self.hosts.position.get(at)
        return k is not None and self.elements[k].kind == "verb" and self.elements[k].first == at

    def behind(self, event: Filled) -> bool:
        """«الهجوم الذي وقع»: the verb that carries the noun stands in a relative clause behind it."""
        at, light = event.mention.at, event.mention.light
        between = self.elements[self.hosts.position.get(at, 0) : self.hosts.position.get(light, 0)]
        return light > at and any(e.kind == "rel" for e in between)

    def _speech(self, j: int, time: int) -> bool:
        """Whether element ``j`` opens somebody's words, and not the next of several in which the time stands too."""
        if not self._opens(j, _CONTENT) or self.hosts.subordinate(j):
            return False
        before = self.hosts.position.get(time, 0)
        return self.elements[j - 1].kind != "conj" or not any(self._opens(i, _CONTENT) for i in range(before))

    def _relative(self, j: int, at: int) -> bool:
        """Whether the verb at ``at`` is that of the relative clause that element ``j`` opens, not one after it."""
        after = self.elements[j + 1 : self.hosts.position.get(at, 0)]
        return self.elements[j].kind == "rel" and not any(e.kind == "verb" for e in after)

    def _opens(self, j: int, words: frozenset[str]) -> bool:
        return self.elements[j].kind == "comp" and self.view.key[self.elements[j].first] in words


def anchor(event: Filled) -> int:
    """View index of the word that the event's clause turns on: its light verb where that stands first."""
    return min(i for i in (event.mention.at, event.mention.light) if i >= 0)

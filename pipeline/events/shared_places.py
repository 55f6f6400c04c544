"""Where an event happened that does not say so itself: where the one beside it did, or where the sentence opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.events.grammar import FULL_STOPS, Grammar
from pipeline.events.lexicon import CASUALTIES, FORCE
from pipeline.events.nounphrases import NP
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Argument, Filled
from pipeline.events.view import View

#: Types whose events happen where the clause before them happened, unless they say otherwise.
_LOCAL = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "DISPLACE"})
_TAKERS = frozenset({"ASSAULT", "PROTEST"})
#: … and of other types these modes; a move or a town taken has a place of its own, or none is said.
_LOCAL_MODES = frozenset({"arrest", "raid", "restrict", "seize-property", "foil"})
#: What is done nowhere, or all over the country, whatever was done before it.
_AT_LARGE = frozenset({"strike-work", "hunger-strike", "boycott", "release", "resign"})
#: What is shut or opened is no more than that: what else happens does not happen there.
_GATES = frozenset({"blockade", "access"})
#: A dateline says where the reporter is: enough for violence and protest, not for diplomacy.
_AT_DATELINE = frozenset({"ASSAULT", "PROTEST"})
#: Who leaves is gone: what follows happens neither where it left nor where it went.
_LEAVING = frozenset({"RETREAT", "DISPLACE"})
#: Those between whom these pass do not strike together.
_TALKS = frozenset({"negotiate", "mediate", "agree", "sign"})
_BACK, _AHEAD = 35, 25
_CHARGED = 8


class SharedPlaces:
    """Lends the events of an article each other's places.

    Args:
        fronted: per sentence the places said before its first verb («وفي الأنبار، …»).
        dateline: the places of the article's dateline, for events of the first sentence.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        semantics: Semantics,
        fronted: Mapping[int, Sequence[NP]],
        dateline: Sequence[NP] = (),
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics
        self.fronted = fronted
        self.dateline = tuple(dateline)

    def lend(self, giver: Filled, taker: Filled, slots: Sequence[str]) -> Filled:
        arguments = list(taker.arguments)
        sides = giver.candidate.trigger.mode == "clash"  # who of them killed is not said
        for slot in slots:
            if slot == "actor" and sides and taker.candidate.trigger.mode != "clash":
                continue
            talks = giver.candidate.trigger.mode in _TALKS and taker.candidate.trigger.type in FORCE
            if slot == "actor" and talks:
                continue  # «أسفر الهجوم عن أزمة في المفاوضات بين الحكومة والحركة»
            trigger = taker.candidate.trigger
            acts = trigger.frame.get("subject", "-") == "actor" or trigger.mode in CASUALTIES
            if taker.slot(slot) or (slot == "actor" and not acts):
                continue
            taken = {(a.np.first, a.np.last) for a in arguments}
            left = ("from", "to") if giver.candidate.trigger.type in _LEAVING else ("from",)
            given = [
                a
                for a in self.sites(giver).slot(slot)
                if a.relation not in left
                and not (slot == "place" and self._mere_site(a, giver))
                and (a.np.first, a.np.last) not in taken
                and not (slot == "actor" and self._of_its_own(a, taker))
            ]
            if slot == "actor" and any(
                self.semantics.of_them(a.np, t.np) for a in given for t in taker.slot("target")
            ):
                continue  # «حملة للمتمردين أسفرت عن مقتل ستة من المتمردين»
            arguments += [
                replace(a, how=f"shared:{a.how}", relation="in" if a.relation == "to" else a.relation)
                for a in given
            ]
        return replace(taker, arguments=tuple(arguments))

    def _mere_site(self, argument: Argument, giver: Filled) -> bool:
        """«أحرقوا حقول قمح وضربوا مزارعا»: what is destroyed and has no name is no place for what follows."""
        struck = argument.np in {a.np for a in giver.slot("target")}
        if not struck or giver.candidate.trigger.mode == "raid":
            return False
        words = range(argument.np.first, argument.np.last)
        named = any(self.view.pos[i] == "PROPN" or self.view.ent_label(i) in ("GPE", "LOC") for i in words)
        return self._plain(argument.np) or not (named or self._definite(argument.np))

    def _of_its_own(self, argument: Argument, taker: Filled) -> bool:
        """«ردت القوات على الهجوم بشن غارات»: who does what follows, by the verb above both, has not made the attack."""
        understood = argument.how in ("control", "unsaid") and taker.container >= 0
        return understood and not taker.mention.verbal and taker.candidate.trigger.mode not in CASUALTIES

    def at_large(self, event: Filled) -> bool:
        """«دعوا إلى إضراب»، «أُفرج عنهم»: the place of another deed is not where this is done."""
        return event.candidate.trigger.mode in _AT_LARGE

    def takes_place(self, event: Filled) -> bool:
        """Whether an event like this happens where the one beside it does, unless it says otherwise."""
        trigger = event.candidate.trigger
        return (trigger.type in _TAKERS or trigger.mode in _LOCAL_MODES) and not self.at_large(event)

    def place_of_clause(self, result: dict[int, Filled], order: Sequence[int], number: int) -> None:
        """«اقتحمت المخيم وجرفت شارعين»: an event without a place happens where the one before it did."""
        taker = result[order[number]]
        at = taker.mention.at
        if not self.takes_place(taker) or self.charged(at) or self._told_of_another(taker):
            return
        struck = taker.slot("place")
        if struck:
            if not self._only_struck(taker):
                return
            # «اقتحموا القرية وأحرقوا عشرات الأكواخ»: the place is the village
            taker = replace(taker, arguments=tuple(a for a in taker.arguments if a.slot != "place"))
        for other in self._neighbours(order, number):
            giver = result[other]
            if not self._gives(giver, taker):
                continue
            near = at - other <= _BACK if other < at else other - at <= _AHEAD
            if near and not self._report_between(min(at, other), max(at, other)):
                lent = self.lend(giver, taker, ("place",))
                places = lent.slot("place")
                if places and not (struck and all(self._plain(a.np) for a in places)):
                    result[at] = lent
                    return

    def _only_struck(self, event: Filled) -> bool:
        """Of its places none is more than a building without a name that is struck («أحرقوا عشرات الأكواخ»)."""
        targets = {a.np for a in event.slot("target")}
        return all(a.np in targets and self._plain(a.np) for a in event.slot("place"))

    def _gives(self, giver: Filled, taker: Filled) -> bool:
        """Whether what is said of the place of one event holds for the other."""
        told = giver.candidate.trigger
        if told.type not in _LOCAL or told.mode in _GATES:
            return False
        struck = told.type == "ASSAULT" and told.mode != "destroy"
        if taker.candidate.trigger.mode == "clash":
            return struck  # «سيطروا على البلدة بعد معارك»: they need not have fought in the town
        ahead = (
            giver.mention.at > taker.mention.at
        )  # «قُتل اثنان وأصيب ثالث في …», but «أحرقوا إطارات وقطعوا الجسر»
        broken_up = told.type == "PROTEST" and taker.candidate.trigger.mode == "restrict"
        return not ahead or broken_up or (struck and taker.candidate.trigger.type == "ASSAULT")

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
        """A full stop, «أن/إن» or a new time stands between: what follows is told of another time and place."""
        return any(
            self.view.norm[i] in FULL_STOPS or self.view.key[i] in ("ان", "بان") or self._new_time(i)
            for i in range(first, last)
        )

    def _new_time(self, i: int) -> bool:
        """«…، وفي اليوم التالي»: a time opens the clause."""
        view = self.view
        if view.time[i] < 0 or view.time[i - 1] == view.time[i]:
            return False
        before = i - 2 if self.grammar.preposition(i - 1) else i - 1
        return before >= 0 and view.key[before] in ("و", "ف", "ثم") and self.grammar.punct(before - 1)

    def said_first(self, event: Filled) -> Filled:
        """The place at the head of the sentence, or the dateline, for events without a named place of their own."""
        own = [a.np for a in event.slot("place")]
        sentence, trigger = self.view.sent[event.mention.at], event.candidate.trigger
        places, how = self.fronted.get(sentence, ()), "fronted"
        if not places and sentence == 0 and trigger.type in _AT_DATELINE:
            places, how = self.dateline, "dateline"
        if (not own and trigger.type not in _LOCAL) or self.charged(event.mention.at):
            return event
        if any(self._settled(np) for np in own):
            wider = how == "fronted" and not any(map(self.semantics.region, own)) and self._opens(event)
            places = [np for np in places if self.semantics.region(np)] if wider else ()
        elif how == "fronted" and self._told_of_another(event):
            return event
        taken = {(np.first, np.last) for np in own}
        more = [np for np in places if np.last <= event.mention.at and (np.first, np.last) not in taken]
        return replace(
            event, arguments=(*event.arguments, *(Argument(np, "place", "in", how) for np in more))
        )

    def _opens(self, event: Filled) -> bool:
        """«وفي حلب، قُتل اثنان في حي السكري»: the event is what the sentence opens with, and not what somebody says."""
        at = event.mention.at
        first = self.view.sents[self.view.sent[at]][0]
        verbs = [i for i in range(first, at) if self.grammar.verb(i)]
        own = {event.mention.light, *(i for i, _ in event.mention.carriers)}
        return all(i in own for i in verbs)

    def _told_of_another(self, event: Filled) -> bool:
        """«وفي لاهور، تظاهر أنصار الرجل الذي | أُعدم»: a relative clause tells what happened elsewhere before.

        So does what people answer: «… إلى الساحة احتجاجا على | مقتل ناشط».
        """
        at = event.mention.anchor
        if at > 1 and self.grammar.preposition(at - 1) and self.grammar.is_(at - 2, "objections"):
            return True
        while at > 0 and self.view.key[at - 1] in ("لم", "قد"):
            at -= 1
        if at < 2 or not self.grammar.is_(at - 1, "relatives"):
            return False
        at -= self.view.norm[at - 2] in "،,"  # «أنصار قادري، الذي | أُعدم»
        before = NP(at - 2, at - 1, at - 2)
        told = event.roles.subject if event.roles.how == "relative" else ()
        people = any("human" in self.semantics.classes(np) for np in (before, *told))
        return people or self.view.ent_label(at - 2) == "PER"

    def _settled(self, np: NP) -> bool:
        """The place is a settlement or region by its name, so that nothing need be added."""
        return any(self.view.ent_label(i) in ("GPE", "LOC") for i in range(np.first, np.last))

    def charged(self, at: int) -> bool:
        """«بحق مدان باختطاف سائق وقتله»: a crime told in court, done elsewhere."""
        first = max(self.view.sents[self.view.sent[at]][0], at - _CHARGED)
        for i in range(at - 1, first - 1, -1):
            if self.grammar.is_(i, "charges"):
                return True
            if self.grammar.verb(i):
                return False
        return False

    def sites(self, event: Filled) -> Filled:
        """«فجروا مستودعا في المحشية»: a building without a name is what is struck, and the place is the named one."""
        places = event.slot("place")
        struck = {a.np for a in event.slot("target")}
        plain = [a for a in places if a.np in struck and self._plain(a.np)]
        if not plain or len(plain) == len(places):
            return event
        return replace(event, arguments=tuple(a for a in event.arguments if a not in plain))

    def _plain(self, np: NP) -> bool:
        g = self.grammar
        if any(self.view.ent[i] >= 0 for i in range(np.first, np.last)):
            return False
        if np.last - np.first == 2 and g.is_(np.first, "amounts"):
            return True  # «عشرات الأكواخ»
        return g.is_(np.head, "homes") or not (g.has_article(np.head) or self._owned(np))

    def _definite(self, np: NP) -> bool:
        return any(
            self.grammar.has_article(i) or self.grammar.glued_pronoun(i) for i in range(np.first, np.last)
        )

    def _owned(self, np: NP) -> bool:
        """A definite genitive makes the noun definite: «مستشفى المدينة», but not «مواقع للمعارضة»."""
        return np.head + 1 < np.last and self.grammar.has_article(np.head + 1)

"""What the events of a sentence share: the place of a coordinated or containing event, an agent, a place said first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.events.grammar import FULL_STOPS, SENTENCE_MARKS, Grammar
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.nounphrases import NP
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Argument, Filled
from pipeline.events.view import View

#: Types whose events happen where the clause before them happened, unless they say otherwise.
_LOCAL = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "DISPLACE"})
#: … and of other types these modes; a move or a town taken has a place of its own, or none is said.
_LOCAL_MODES = frozenset({"arrest", "raid", "release", "seize-property", "foil", "restrict", "ban"})
_TAKERS = frozenset({"ASSAULT", "PROTEST"})
#: Modes of attacks in which somebody kills or takes people.
_STRIKES = frozenset({"attack", "airstrike", "shelling", "bombing", "shooting"})
#: A dateline says where the reporter is: enough for violence and protest, not for diplomacy.
_AT_DATELINE = frozenset({"ASSAULT", "PROTEST"})
#: What is said of an event is not said where it happened.
_SAID = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
#: What only the side that strikes has: «قتل الجيش مسلحين في غارات», but «قتلت الشرطة مسلحا في هجوم».
_OWN_ARMS = frozenset({"airstrike", "drone-strike", "raid"})
#: Who leaves is gone: what follows happens neither where it left nor where it went.
_LEAVING = frozenset({"RETREAT", "DISPLACE"})
#: What is done to those who are thought to have done a deed.
_ABOUT = frozenset({"arrest", "convict", "investigate", "accuse"})
#: Modes of force that is no attack: the first one whatever form it has, the other as the noun that the verb is about.
_OVERRUN = ("raid", "advance")
_BACK, _AHEAD = 35, 25
_CHARGED = 8


class Sharing:
    """Completes the events of an article from each other.

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

    def share(self, events: Sequence[Filled]) -> list[Filled]:
        """The events with what they lend each other; no slot that has its own argument is touched."""
        result = {e.mention.at: e for e in events}
        for event in events:
            inner = result.get(event.container)
            outer = result[event.mention.at]
            if inner is not None and not self._over(outer, inner):
                slots = ("actor",) if outer.candidate.trigger.type in _SAID else ("place", "actor")
                result[outer.mention.at] = self._lend(inner, outer, slots)
                if not self._charged(inner.mention.at):
                    slots = ("place", "actor") if self._takes_part(outer, inner) else ("place",)
                    result[inner.mention.at] = self._lend(outer, inner, slots)
        order = sorted(result)
        for first, second in pairwise(order):
            if self._nouns_joined(result[first], result[second]):
                result[first], result[second] = self._share_nouns(result[first], result[second])
        for first, second in pairwise(order):
            if self._casualties_joined(result[first], result[second]):
                result[first] = self._lend(result[second], result[first], ("actor",))
        for number in range(len(order)):
            self._doer_of_cause(result, order, number)
            self._doer_of_subject(result, order[number])
            self._place_of_clause(result, order, number)
        for at in order:
            result[at] = self._sites(self._said_first(result[at]))
        return [result[at] for at in order]

    def _lend(self, giver: Filled, taker: Filled, slots: Sequence[str]) -> Filled:
        arguments = list(taker.arguments)
        sides = giver.candidate.trigger.mode == "clash"  # who of them killed is not said
        for slot in slots:
            if slot == "actor" and sides and taker.candidate.trigger.mode != "clash":
                continue
            trigger = taker.candidate.trigger
            acts = trigger.frame.get("subject", "-") == "actor" or trigger.mode in CASUALTIES
            if taker.slot(slot) or (slot == "actor" and not acts):
                continue
            taken = {(a.np.first, a.np.last) for a in arguments}
            left = ("from", "to") if giver.candidate.trigger.type in _LEAVING else ("from",)
            given = [
                a
                for a in self._sites(giver).slot(slot)
                if a.relation not in left
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

    def _of_its_own(self, argument: Argument, taker: Filled) -> bool:
        """«ردت القوات على الهجوم بشن غارات»: who does what follows, by the verb above both, has not made the attack."""
        understood = argument.how in ("control", "unsaid") and taker.container >= 0
        return understood and not taker.mention.verbal and taker.candidate.trigger.mode not in CASUALTIES

    def _nouns_joined(self, first: Filled, second: Filled) -> bool:
        """Two masdars or event nouns coordinated without a verb between them."""
        a, b = first.mention.at, second.mention.at
        if first.mention.verbal or second.mention.verbal or self.view.sent[a] != self.view.sent[b]:
            return False
        kinds = first.candidate.trigger.type, second.candidate.trigger.type
        if kinds == ("MOBILIZE", "ASSAULT"):
            return False  # تحليق طائرات | وقصف مدفعي
        if b - a > _AHEAD or self.view.key[b - 1] not in ("و", "او"):
            return False
        return self._no_clause_between(a, b)

    def _no_clause_between(self, a: int, b: int) -> bool:
        """Whether neither a verb nor the end of a sentence stands between two triggers."""
        return not any(self.grammar.verb(i) or self.view.norm[i] in SENTENCE_MARKS for i in range(a + 1, b))

    def _casualties_joined(self, first: Filled, second: Filled) -> bool:
        """«قتل مدني وأصيب آخر في غارة لـ…»: what is said behind the second of the two holds for both."""
        a, b = first.mention.at, second.mention.at
        if second.container < 0 or first.container not in (-1, second.container) or b - a > _AHEAD:
            return False
        if not {first.candidate.trigger.mode, second.candidate.trigger.mode} <= CASUALTIES:
            return False
        return self.view.sent[a] == self.view.sent[b] and self._no_clause_between(a, b)

    def _share_nouns(self, first: Filled, second: Filled) -> tuple[Filled, Filled]:
        """«حصار وتطويق المدينة»: the genitive of the last holds for both, an actor of the first goes on."""
        if second.mention.at - first.mention.at == 2:
            first = self._lend(second, first, ("place", "target", "actor"))
        types = (first.candidate.trigger.type, second.candidate.trigger.type)
        if types[0] == "DISPLACE" and types[1] != "DISPLACE":
            return first, second  # «فرار السكان وتدمير المدرسة»
        return first, self._lend(first, second, ("actor",))

    def _doer_of_cause(self, result: dict[int, Filled], order: Sequence[int], number: int) -> None:
        """«نفذ الطيران غارات أسفرت عن مقتل»: who did what caused it, did it."""
        taker = result[order[number]]
        light = taker.mention.light_verb
        if light is None or light.label != "cause" or light.frame.get("object") or taker.slot("actor"):
            return
        verb = taker.mention.light
        for np in taker.roles.subject:  # «أوقعت غارات التحالف قتلى»
            for i in range(np.head, np.last):
                if i in result and result[i].candidate.trigger.type in _TAKERS:
                    result[order[number]] = self._lend(result[i], taker, ("actor",))
                    self._also(result, order, number)
                    return
        for at in reversed(order[:number]):
            giver = result[at]
            if self.view.sent[at] != self.view.sent[verb] or verb - at > _BACK:
                return
            if at < verb and (giver.candidate.trigger.type in _TAKERS or self._overrun(giver, verb)):
                result[order[number]] = self._lend(giver, taker, ("actor",))
                return

    def _overrun(self, giver: Filled, verb: int) -> bool:
        """«داهمت الشرطة منزلا ما أسفر عن»، «بعد اجتياح | أسفر عن»: force that is no attack leads to deaths as well."""
        if giver.candidate.trigger.mode in _OVERRUN[:1]:
            return True
        near = not any(
            self.grammar.verb(i) or self.grammar.punct(i) for i in range(giver.mention.at + 1, verb)
        )
        return giver.candidate.trigger.mode in _OVERRUN and not giver.mention.verbal and near

    def _also(self, result: dict[int, Filled], order: Sequence[int], number: int) -> None:
        """«أوقعت الغارات قتلى | وجرحى»: what is coordinated to the result has the same doer."""
        for first, second in pairwise(order[number : number + 2]):
            if self._nouns_joined(result[first], result[second]):
                result[second] = self._lend(result[first], result[second], ("actor",))

    def _over(self, outer: Filled, inner: Filled) -> bool:
        """«القبض على الجناة في هجوم»، «التحقيق في تفجير»: what is done about a deed has its own doer and place."""
        deed = inner.candidate.trigger.type == "ASSAULT" and inner.candidate.trigger.mode != "clash"
        return deed and (outer.candidate.trigger.mode in _ABOUT)

    def _takes_part(self, outer: Filled, inner: Filled) -> bool:
        """«أحرق متظاهرون أعلاما خلال مسيرة»، «قتلت القوات مسلحا في اشتباك»: who acts in a rally or clash is of it."""
        doers = [a.np for a in outer.slot("actor")]
        if not outer.mention.verbal or not doers or outer.candidate.trigger.type == "DISPLACE":
            return False  # «نزح الآلاف جراء المعارك»
        if inner.candidate.trigger.type == "PROTEST":
            return all("crowd" in self.semantics.classes(np) for np in doers)
        if inner.candidate.trigger.mode in _OWN_ARMS:
            return True
        if inner.candidate.trigger.mode in _STRIKES and outer.candidate.trigger.type == "ASSAULT":
            return self._attackers(doers, outer)
        return inner.candidate.trigger.mode == "clash"

    def _attackers(self, doers: Sequence[NP], outer: Filled) -> bool:
        """«قتل مسلحون شرطيين في هجوم»: the attack is theirs; «قتلت الشرطة مسلحين في هجوم على مقرها»: not."""
        keepers = any("state" in self.semantics.classes(np) or self._keeps(np) for np in doers)
        hurt = [self.semantics.classes(a.np) for a in outer.slot("target")]
        return not (keepers and any("armed" in c or ("number" in c and "human" not in c) for c in hurt))

    def _keeps(self, np: NP) -> bool:
        """Soldiers and police, who are attacked as well as they attack."""
        return self.semantics.resolved(np).role in ("MIL", "COP", "GOV")

    def _doer_of_subject(self, result: dict[int, Filled], at: int) -> None:
        """«شن الطيران سلسلة غارات استهدفت معسكرا»: who does the event that is the verb's subject, does it."""
        taker = result[at]
        if not taker.mention.verbal or taker.roles.passive or taker.slot("actor"):
            return
        for np in taker.roles.subject:
            for i in range(np.head, np.last):
                giver = result.get(i)
                taker_of = giver is not None and (
                    giver.candidate.trigger.type in _TAKERS or giver.candidate.trigger.mode == "raid"
                )
                if giver is not None and taker_of and not giver.mention.verbal:
                    result[at] = self._lend(giver, taker, ("actor",))
                    return

    def _place_of_clause(self, result: dict[int, Filled], order: Sequence[int], number: int) -> None:
        """«اقتحمت المخيم وجرفت شارعين»: an event without a place happens where the one before it did."""
        taker = result[order[number]]
        trigger = taker.candidate.trigger
        at = taker.mention.at
        local = trigger.type in _TAKERS or trigger.mode in _LOCAL_MODES
        if taker.slot("place") or not local or self._charged(at):
            return
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

    def _said_first(self, event: Filled) -> Filled:
        """The place at the head of the sentence, or the dateline, for events without a named place of their own."""
        own = [a.np for a in event.slot("place")]
        sentence, trigger = self.view.sent[event.mention.at], event.candidate.trigger
        places, how = self.fronted.get(sentence, ()), "fronted"
        if not places and sentence == 0 and trigger.type in _AT_DATELINE:
            places, how = self.dateline, "dateline"
        if (not own and trigger.type not in _LOCAL) or self._charged(event.mention.at):
            return event
        if any(self._settled(np) for np in own):
            places = [
                np for np in places if self.semantics.region(np) and not any(map(self.semantics.region, own))
            ]
        taken = {(np.first, np.last) for np in own}
        more = [np for np in places if np.last <= event.mention.at and (np.first, np.last) not in taken]
        return replace(
            event, arguments=(*event.arguments, *(Argument(np, "place", "in", how) for np in more))
        )

    def _settled(self, np: NP) -> bool:
        """The place is a settlement or region by its name, so that nothing need be added."""
        return any(self.view.ent_label(i) in ("GPE", "LOC") for i in range(np.first, np.last))

    def _charged(self, at: int) -> bool:
        """«بحق مدان باختطاف سائق وقتله»: a crime told in court, done elsewhere."""
        first = max(self.view.sents[self.view.sent[at]][0], at - _CHARGED)
        for i in range(at - 1, first - 1, -1):
            if self.grammar.is_(i, "charges"):
                return True
            if self.grammar.verb(i):
                return False
        return False

    def _sites(self, event: Filled) -> Filled:
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
        return g.is_(np.head, "homes") or not (g.has_article(np.head) or self._owned(np))

    def _owned(self, np: NP) -> bool:
        """A definite genitive makes the noun definite: «مستشفى المدينة», but not «مواقع للمعارضة»."""
        return np.head + 1 < np.last and self.grammar.has_article(np.head + 1)

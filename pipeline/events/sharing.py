"""What the events of a sentence share: an agent, what is coordinated or contains another, and the places of it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.events.grammar import SENTENCE_MARKS
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.nounphrases import NP
from pipeline.events.shared_places import SharedPlaces
from pipeline.events.slots import Filled

_TAKERS = frozenset({"ASSAULT", "PROTEST"})
#: Modes of attacks in which somebody kills or takes people.
_STRIKES = frozenset({"attack", "airstrike", "shelling", "bombing", "shooting"})
#: What is said of an event is not said where it happened.
_SAID = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
#: What only the side that strikes has: «قتل الجيش مسلحين في غارات», but «قتلت الشرطة مسلحا في هجوم».
_OWN_ARMS = frozenset({"airstrike", "drone-strike", "raid"})
#: What is done to those who are thought to have done a deed.
_ABOUT = frozenset({"arrest", "convict", "investigate", "accuse"})
#: Modes of force that is no attack: the first one whatever form it has, the other as the noun that the verb is about.
_OVERRUN = ("raid", "advance")
_BACK, _AHEAD = 35, 25


class Sharing(SharedPlaces):
    """Completes the events of an article from each other."""

    def share(self, events: Sequence[Filled]) -> list[Filled]:
        """The events with what they lend each other; no slot that has its own argument is touched."""
        result = {e.mention.at: e for e in events}
        for event in events:
            inner = result.get(event.container)
            outer = result[event.mention.at]
            if inner is not None and not self._over(outer, inner):
                result[outer.mention.at] = self.lend(inner, outer, self._from_inner(outer, inner))
                if not self.charged(inner.mention.at):
                    result[inner.mention.at] = self.lend(outer, inner, self._from_outer(outer, inner))
        order = sorted(result)
        for first, second in pairwise(order):
            if self._nouns_joined(result[first], result[second]):
                result[first], result[second] = self._share_nouns(result[first], result[second])
        for first, second in pairwise(order):
            if self._casualties_joined(result[first], result[second]):
                result[first] = self.lend(result[second], result[first], ("actor",))
        for number in range(len(order)):
            self._doer_of_cause(result, order, number)
            self._doer_of_subject(result, order[number])
            self._struck_by_subject(result, order[number])
            self.place_of_clause(result, order, number)
        for first, second in reversed(list(pairwise(order))):
            if self._fell_together(result[first], result[second]):
                result[first] = self.lend(result[second], result[first], ("place",))
        for at in order:
            result[at] = self.sites(self.said_first(result[at]))
        return [result[at] for at in order]

    def _from_inner(self, outer: Filled, inner: Filled) -> Sequence[str]:
        """What an event has of the one within it: «قُتل ثلاثة في غارة على البلدة».

        «اشتباكات خلال تظاهرة نظمها الحزب» does not say who fought whom.
        """
        apart = outer.candidate.trigger.type in _SAID or self.at_large(outer)
        fought = outer.candidate.trigger.mode == "clash" and inner.candidate.trigger.type == "PROTEST"
        actor = () if fought else ("actor",)
        return actor if apart else ("place", *actor)

    def _from_outer(self, outer: Filled, inner: Filled) -> Sequence[str]:
        """What it lends to the one within it: «شهدت المدينة غارات»."""
        place = ("place",) if self.takes_place(inner) else ()
        return (*place, "actor") if self._takes_part(outer, inner) else place

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

    def _fell_together(self, first: Filled, second: Filled) -> bool:
        """«قُتل جندي وأصيب اثنان عندما فجر انتحاري نفسه في …»: the second has its place from the clause behind it."""
        a, b = first.mention.at, second.mention.at
        if not {first.candidate.trigger.mode, second.candidate.trigger.mode} <= CASUALTIES:
            return False
        near = self.view.sent[a] == self.view.sent[b] and b - a <= _AHEAD and not self.charged(a)
        return near and self._no_clause_between(a, b)

    def _share_nouns(self, first: Filled, second: Filled) -> tuple[Filled, Filled]:
        """«حصار وتطويق المدينة»: the genitive of the last holds for both, an actor of the first goes on."""
        if second.mention.at - first.mention.at == 2:
            first = self.lend(second, first, ("place", "target", "actor"))
        types = (first.candidate.trigger.type, second.candidate.trigger.type)
        if types[0] == "DISPLACE" and types[1] != "DISPLACE":
            return first, second  # «فرار السكان وتدمير المدرسة»
        return first, self.lend(first, second, ("actor",))

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
                    result[order[number]] = self.lend(result[i], taker, ("actor",))
                    self._also(result, order, number)
                    return
        for at in reversed(order[:number]):
            giver = result[at]
            if self.view.sent[at] != self.view.sent[verb] or verb - at > _BACK:
                return
            if at < verb and (giver.candidate.trigger.type in _TAKERS or self._overrun(giver, verb)):
                result[order[number]] = self.lend(giver, taker, ("actor",))
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
                result[second] = self.lend(result[first], result[second], ("actor",))

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
                    result[at] = self.lend(giver, taker, ("actor",))
                    return

    def _struck_by_subject(self, result: dict[int, Filled], at: int) -> None:
        """«واصل الطيران غاراته التي استهدفت معسكرا»: what the verb of an attack says is struck, the attack strikes."""
        giver = result[at]
        if not giver.mention.verbal or giver.roles.passive or giver.candidate.trigger.mode not in _STRIKES:
            return
        for np in giver.roles.subject:
            for i in range(np.head, np.last):
                taker = result.get(i)
                if taker is None or taker.mention.verbal or taker.candidate.trigger.mode not in _STRIKES:
                    continue
                struck = [] if taker.slot("target") else giver.slot("target")
                given = (replace(a, how=f"shared:{a.how}") for a in struck)
                result[i] = replace(taker, arguments=(*taker.arguments, *given))
                return

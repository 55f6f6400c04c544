"""The other side of a clash of which one side is said: those who fell or were hurt in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.events.arguments import SentenceArguments
from pipeline.events.grammar import FULL_STOPS
from pipeline.events.lexicon import CASUALTIES, FORCE
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Filled
from pipeline.events.steps import Step

#: Classes of those who fight or riot; anybody else who falls in a clash may have been in its way.
_FIGHTERS = frozenset({"armed", "crowd"})
#: Modes of what those who lose suffer.
_LOSSES = CASUALTIES | {"arrest", "capture"}
#: Prepositions between what happened and the clash in which it did.
_WITHIN = frozenset({"في", "خلال", "اثناء", "جراء", "اثر", "نتيجه"})
#: … and others that set a clash beside a deed.
_AROUND = frozenset({"بعد", "عقب", "وسط", "ضمن", "ب"})


class Sides(Step):
    """Completes the clashes of one article («قُتل ستة من المتمردين في معارك مع الجيش»)."""

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the same order; a clash with one side gets the side of its casualties."""
        done = {e.mention.at: e for e in events}
        for at in sorted(done):
            event = done[at]
            if self._one_side(event):
                done |= self._killed_by(event, done)
            if self._one_side(event) and (group := self._fallen(event, done)):
                done[at] = self._with_actors(event, group, "casualties")
            elif self._no_side(event) and (group := self._opposed(event, done)):
                done[at] = self._with_actors(self._without_actors(event), group, "opposed")
            elif self._no_side(event):
                done |= self._fought_for(event, done)
        return [done[e.mention.at] for e in events]

    def _killed_by(self, clash: Filled, events: Mapping[int, Filled]) -> dict[int, Filled]:
        """«قُتل ستة متمردين في اشتباكات مع الجيش»: of two sides those who fell are one, so that the other did it."""
        sentence = self._sentence(clash)
        foes = clash.slot("actor")
        state = all(self._keeps(a.np, sentence) for a in foes)
        found = {}
        for other, hurt in self._casualties(clash, events):
            theirs = (sentence.semantics.of_them(f.np, t.np) for f in foes for t in hurt.slot("target"))
            if not hurt.slot("actor") and self._party(hurt, sentence, people=state) and not any(theirs):
                found[other] = self._with_actors(hurt, [f.np for f in foes], "opposed")
        return found

    def _fought_for(self, clash: Filled, events: Mapping[int, Filled]) -> dict[int, Filled]:
        """«استعاد الجيش البلدة بعد معارك قتل فيها عشرات المسلحين»: who won, and those who fell in it, by his hand."""
        at = clash.mention.at
        sentence = self._sentence(clash)
        after = min((i for i in events if i > at), default=-1)
        before = (i for i in sorted(events) if i < at and i in sentence.element_of)
        won = [events[i] for i in before if self._in_clause(i, at, sentence)]
        doers = [a.np for e in won[-1:] if e.candidate.trigger.type in FORCE for a in e.slot("actor")]
        if after not in sentence.element_of or not doers:
            return {}
        hurt, k = events[after], sentence.element_of[after] + 1
        inside = k < len(sentence.elements) and sentence.elements[k].prep == "في"
        inside = inside and sentence.grammar.glued_pronoun(sentence.elements[k].last - 1)
        if (
            hurt.candidate.trigger.mode not in CASUALTIES
            or not inside
            or not (party := self._party(hurt, sentence))
        ):
            return {}
        if any(sentence.semantics.of_them(np, n) for np in doers for n in party):
            return {}
        found = {at: self._with_actors(self._without_actors(clash), (*doers, *party), "opposed")}
        if not hurt.slot("actor"):
            found[after] = self._with_actors(hurt, doers, "opposed")
        return found

    def _one_side(self, event: Filled) -> bool:
        """«اشتباكات مع المهربين»: the side behind «مع» is the only one said."""
        actors = event.slot("actor")
        clash = event.candidate.trigger.mode == "clash" and not event.mention.verbal
        return clash and bool(actors) and all(a.how in ("prep:مع", "prep:ضد") for a in actors)

    def _no_side(self, event: Filled) -> bool:
        """«بعد معارك عنيفة»: no side is said, or only the one that the verb before lends."""
        clash = event.candidate.trigger.mode == "clash" and not event.mention.verbal
        return clash and all(a.how.startswith("shared:") for a in event.slot("actor"))

    def _opposed(self, event: Filled, events: Mapping[int, Filled]) -> tuple[NP, ...]:
        """«طردت القوات المسلحين من البلدة بعد معارك»: who did it, and the armed people whom it was done to.

        Also «تكبد الجيش والمتمردون خسائر في معارك»: those who suffer together, if they are two parties.
        """
        at = event.mention.at
        sentence = self._sentence(event)
        k = sentence.element_of[at]
        if sentence.elements[k].prep not in _WITHIN | _AROUND:
            return ()
        for other in sorted((i for i in events if i < at and i in sentence.element_of), reverse=True):
            giver = events[other]
            if giver.candidate.trigger.type not in FORCE or not self._in_clause(other, at, sentence):
                continue
            struck = [self._owner(a.np, sentence) for a in giver.slot("target")]
            struck = [np for np in struck if _FIGHTERS & sentence.semantics.classes(np)]
            doers = [a.np for a in giver.slot("actor")]
            if struck and doers:
                return (*doers, *(np for np in struck if np not in doers))
            if len(struck) > 1 and not doers and giver.candidate.trigger.mode in CASUALTIES:
                return tuple(struck)
        return ()

    def _in_clause(self, other: int, at: int, sentence: SentenceArguments) -> bool:
        """No «أن» and no full stop stands between the two, and at most one other verb."""
        between = sentence.elements[sentence.element_of[other] + 1 : sentence.element_of[at]]
        view = sentence.view
        said = any(view.key[e.first] in ("ان", "بان") or view.norm[e.first] in FULL_STOPS for e in between)
        return not said and sum(e.kind == "verb" for e in between) <= 1

    def _owner(self, np: NP, sentence: SentenceArguments) -> NP:
        """«مراكز | قوات النظام»: whose positions are struck."""
        if not sentence.semantics.place(np) or np.last - np.head < 2:
            return np
        return NP(np.head + 1, np.last, np.head + 1)

    def _fallen(self, event: Filled, events: Mapping[int, Filled]) -> tuple[NP, ...]:
        """The party of the nearest casualties told before the clash, in the same sentence, that it led to."""
        sentence = self._sentence(event)
        state = all(self._keeps(a.np, sentence) for a in event.slot("actor"))
        group: tuple[NP, ...] = ()
        for _, giver in self._casualties(event, events, losses=True):
            group = self._party(giver, sentence, people=state) or group
        return group

    def _casualties(
        self, clash: Filled, events: Mapping[int, Filled], *, losses: bool = False
    ) -> list[tuple[int, Filled]]:
        """Those who fell or were hurt in the clash, told before it in the same sentence, nearest first.

        Args:
            losses: also those who were taken.
        """
        at = clash.mention.at
        sentence = self._sentence(clash)
        joined, found = False, []
        for other in sorted((i for i in events if i < at), reverse=True):
            giver = events[other]
            view = sentence.view
            stopped = any(view.norm[i] in FULL_STOPS for i in range(other, at))
            modes = _LOSSES if losses else CASUALTIES
            if view.sent[other] != view.sent[at] or stopped or giver.candidate.trigger.mode not in modes:
                break
            joined = joined or giver.container == at or self._in_it(other, at, sentence)
            if joined:
                found.append((other, giver))
        return found

    def _keeps(self, np: NP, sentence: SentenceArguments) -> bool:
        """Soldiers and police: who is hurt in a clash with them has fought them."""
        return sentence.semantics.resolved(np).role in ("MIL", "COP")

    def _in_it(self, other: int, at: int, sentence: SentenceArguments) -> bool:
        """«قتل جنديان فيما أسر آخر، أمس، في مواجهات مع …»: no other clause begins between the two."""
        k, first = sentence.element_of[at], sentence.element_of.get(other, 0)
        if sentence.elements[k].prep not in _WITHIN:
            return False
        between = sentence.elements[first + 1 : k]
        return not any(e.kind == "rel" or sentence.view.key[e.first] in ("ان", "بان") for e in between)

    def _party(self, giver: Filled, sentence: SentenceArguments, *, people: bool = False) -> tuple[NP, ...]:
        """Whose people they are: «ستة من المتمردين», «قتلى | من المتمردين», «ثلاثة جنود».

        Args:
            people: anybody will do who is named by more than a number, and is no bystander («أصيب شاب»).
        """
        found: list[NP] = []
        for argument in giver.slot("target"):
            whole = self._whose(argument.np, sentence)
            classes = sentence.semantics.classes(whole)
            member = whole != argument.np and sentence.semantics.public(whole)
            near = any(sentence.grammar.is_(whole.head, name) for name in ("victims", "bystanders"))
            known = people and "human" in classes and not near
            if not _FIGHTERS & classes and not known and not (member and "state" not in classes):
                return ()
            found.append(whole)
        return tuple(found)

    def _whose(self, np: NP, sentence: SentenceArguments) -> NP:
        view = sentence.view
        for i in range(np.head, np.last - 1):
            if view.key[i] == "من":
                return NP(i + 1, np.last, i + 1)
        k = sentence.element_of.get(np.last - 1, -1) + 1
        after = sentence.elements[k] if 0 < k < len(sentence.elements) else None
        if after is not None and after.prep == "من" and after.first == np.last and after.nps:
            return after.nps[0]
        return np

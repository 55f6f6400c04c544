"""Who takes part in a deed or claims it, by the clause that says so of the deed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.events.arguments import SentenceArguments
from pipeline.events.arms import Arms
from pipeline.events.causes import OWN_SIDES
from pipeline.events.lexicon import CASUALTIES, FORCE
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Filled

#: Types of what people do with their arms or their bodies.
_DEEDS = frozenset({"ASSAULT", "PROTEST"})
#: Elements behind a deed among which it may be put down to somebody.
_ASCRIBED = 10
#: Elements between the noun of a deed and the clause about who takes part in it.
_ASIDE = 6
#: Elements behind casualties among which a clause may tell what killed them.
_TOLD_NEXT = 12
#: Tokens between the verbs of casualties that one phrase explains.
_AHEAD = 25
#: Roles of those who fight for a cause, of whom it is not told who killed whom.
_BANDS = frozenset({"REB", "UAF"})
#: Roles of those who raid and are shot at.
_FORCES = frozenset({"MIL", "COP"})
_RAID = "raid"
#: Prepositions that point back to the deed: «شارك فيه»، «قام به»، «تقف وراءه».
_RESUMING = frozenset({"في", "ب", "ل", "وراء", "خلف"})
#: Prepositions between a death and the arrest in which it came.
_WHILE = frozenset({"اثناء", "خلال", "لدي", "في"})


class Wielders(Arms):
    """Gives the events of one article the doers that a clause about arms or about the deed itself names."""

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the same order; none that has an actor is changed."""
        done = {e.mention.at: e for e in events}
        triggers = self._triggers(events)
        for at in sorted(done):
            event = done[at]
            if event.candidate.trigger.mode == "arrest" and not event.slot("actor"):
                if group := self._operated(event):
                    done[at] = self._given(event, group, "wielder")
                continue
            if event.candidate.trigger.type not in _DEEDS or event.circumstance:
                continue
            if event.slot("actor"):
                done[at] = event = self._people(self._driven(event, triggers))
                if event.slot("actor"):
                    continue
            if group := (
                self._wielder(event, triggers)
                or self._operated(event)
                or self._resisting(event, done)
                or self._blamed(event)
                or self._partaking(event)
                or self._when(event, triggers)
            ):
                done[at] = self._given(event, group, "wielder")
        for first, second in reversed([*pairwise(sorted(done))]):
            if self._both_hurt(done[first], done[second]) or self._one_hand(done[first], done[second]):
                done[first] = self._given(done[first], [a.np for a in done[second].slot("actor")], "wielder")
        return [done[e.mention.at] for e in events]

    def _driven(self, event: Filled, triggers: Mapping[int, Filled]) -> Filled:
        """«دهست سيارة يقودها مستوطن طفلا»: of arms that act who uses them is told."""
        sentence, doers = self._sentence(event), event.slot("actor")
        at = doers[0].np.head
        subject = (
            len(doers) == 1
            and doers[0].how in ("vso", "svo", "conjunct")
            and sentence.grammar.is_(at, "means")
        )
        group = (
            self._used(sentence.element_of[at], sentence, triggers)
            if subject and at in sentence.element_of
            else ()
        )
        if not group:
            return event
        return self._given(self._without_actors(event), group, "wielder")

    def _people(self, event: Filled) -> Filled:
        """«قتلت قذيفة طفلا»، «استهدفت سيارة مفخخة حافلة»: shells and bombs do nothing by themselves."""
        g = self._sentence(event).grammar

        def bursts(np: NP) -> bool:
            laden = any(g.is_(i, "laden") for i in range(np.head + 1, np.head + 2))
            return g.is_(np.head, "munitions") or (g.is_(np.head, "means") and laden)

        def contriver(np: NP) -> NP:
            """«من تدبير الحركة»: who has contrived it."""
            whose = g.is_(np.head, "contriving") and np.last > np.head + 1
            return NP(np.head + 1, np.last, np.head + 1) if whose else np

        kept = tuple(
            replace(a, np=contriver(a.np)) if a.slot == "actor" else a
            for a in event.arguments
            if a.slot != "actor" or not bursts(a.np)
        )
        return event if kept == tuple(event.arguments) else replace(event, arguments=kept)

    def _triggers(self, events: Sequence[Filled]) -> Mapping[int, Filled]:
        """The violent deeds by the view index of their verb, or of the verb that carries their noun."""
        forceful = [
            e
            for e in events
            if e.candidate.trigger.type == "ASSAULT" or e.candidate.trigger.mode in ("fortify", _RAID)
        ]
        return {e.mention.anchor: e for e in forceful}

    def _both_hurt(self, first: Filled, second: Filled) -> bool:
        """«قتل شخص وأصيب ثلاثة بنيران أطلقها حراس»: what is said behind the second of the two holds for both."""
        a, b = first.mention.at, second.mention.at
        modes = {first.candidate.trigger.mode, second.candidate.trigger.mode}
        if not modes <= CASUALTIES or first.slot("actor") or b - a > _AHEAD:
            return False
        if not any(x.how == "wielder" for x in second.slot("actor")):
            return False
        sentence = self._sentence(first)
        if sentence.view.sent[a] != sentence.view.sent[b]:
            return False
        between = sentence.elements[sentence.element_of[a] + 1 : sentence.element_of[b]]
        return not any(e.kind in ("verb", "comp", "rel") for e in between)

    def _one_hand(self, first: Filled, second: Filled) -> bool:
        """«خطف صحفيين وقتل سائقهم على يد مسلحين»: the agent behind the second of the two did both.

        Of the dead and the injured so does the fire of somebody («استشهد طفل وجرح آخر برصاص الجيش»).
        """
        sentence, a, b = self._sentence(first), first.mention.at, second.mention.at
        view, g = sentence.view, sentence.grammar
        if first.slot("actor") or first.mention.verbal != second.mention.verbal or b - a > _AHEAD:
            return False
        befell = first.roles.passive or first.candidate.trigger.frame.get("subject") == "target"
        if view.sent[a] != view.sent[b] or (first.mention.verbal and not befell):
            return False
        hurt = {first.candidate.trigger.mode, second.candidate.trigger.mode} <= CASUALTIES
        hands = {f"prep:{prep}" for prep in g.words["by_agent" if hurt else "by_hand"]}
        by_hand = any(x.how in hands for x in second.slot("actor"))
        types = {first.candidate.trigger.type, second.candidate.trigger.type}
        joined = view.key[b - 1] == "و" and types <= FORCE
        between = sentence.elements[sentence.element_of[a] + 1 : sentence.element_of[b]]
        return by_hand and joined and not any(e.kind in ("verb", "comp", "rel") for e in between)

    def _resisting(self, event: Filled, events: Mapping[int, Filled]) -> tuple[NP, ...]:
        """«قتل الشاب أثناء محاولة الشرطة اعتقاله»: who was about to arrest him."""
        sentence, at = self._sentence(event), event.mention.at
        if event.candidate.trigger.mode not in CASUALTIES:
            return ()
        arrest = next((e for i, e in sorted(events.items()) if i > at), None)
        if arrest is None or arrest.mention.at not in sentence.element_of:
            return ()
        between = sentence.elements[sentence.element_of[at] + 1 : sentence.element_of[arrest.mention.at] + 1]
        led = any(e.prep in _WHILE for e in between) and not any(
            e.kind in ("verb", "comp", "rel") for e in between
        )
        own = {a.np for a in event.slot("target")} & {a.np for a in arrest.slot("target")}
        if arrest.candidate.trigger.mode != "arrest" or not led or not own:
            return ()
        doers = tuple(a.np for a in arrest.slot("actor") if a.how == "genitive")
        return doers if all(self._able(np, sentence) for np in doers) else ()

    # ---- claimed and ascribed ---------------------------------------------------------------

    def _blamed(self, event: Filled) -> tuple[NP, ...]:
        """«هجمات نسبت إلى المتمردين»، «الهجوم المنسوب إلى الحركة»: to whom a deed is put down."""
        sentence = self._sentence(event)
        if event.mention.verbal or event.candidate.trigger.type != "ASSAULT":
            return ()
        k = sentence.element_of[event.mention.at]
        if group := self._put_down(k, sentence):
            return group
        if event.candidate.trigger.mode in CASUALTIES:
            return ()
        for j in range(k, min(k + _ASCRIBED, len(sentence.elements) - 1)):
            element, after = sentence.elements[j], sentence.elements[j + 1]
            if sentence.clauses.ends(j):
                break
            ascribed = any(sentence.grammar.is_(i, "ascribed") for i in range(element.first, element.last))
            if ascribed and after.prep in ("الي", "ل"):
                return after.nps if all(self._able(np, sentence) for np in after.nps) else ()
            carries = any(
                at == element.first for at, _ in event.mention.carriers
            )  # الهجوم الذي | وقع أمس ونسب إلى
            if element.kind == "verb" and j > k and not ascribed and not carries:
                break
        return ()

    def _put_down(self, k: int, sentence: SentenceArguments) -> tuple[NP, ...]:
        """«نسبت الشرطة | التفجير الذي استهدف المطار | إلى الحركة»: the verb stands before, and clauses between."""
        elements = sentence.elements
        before = [j for j in range(max(0, k - 2), k) if sentence.grammar.is_(elements[j].first, "ascribed")]
        if (
            not before
            or elements[k].kind != "np"
            or any(e.kind != "np" for e in elements[before[-1] + 1 : k])
        ):
            return ()
        for element in elements[k + 1 : k + _ASCRIBED]:
            if element.kind in ("comp", "conj"):
                break
            if element.prep == "الي":
                return element.nps if all(self._able(np, sentence) for np in element.nps) else ()
        return ()

    # ---- taken part in ----------------------------------------------------------------------

    def _partaking(self, event: Filled) -> tuple[NP, ...]:
        """«خرجت مظاهرة شارك فيها المئات»، «إضرابات ومسيرات نظمها الطلاب»: whom a clause about the deed names."""
        sentence, at = self._sentence(event), event.mention.at
        g, elements = sentence.grammar, sentence.elements
        told = event.candidate.form.kind != "noun" or event.slot("target")
        if event.candidate.trigger.mode in CASUALTIES and told:
            return ()  # but: «مجزرة | تقف وراءها الحركة»
        at = max([f for f in event.candidate.fixed if f in sentence.element_of], default=at)
        k = sentence.element_of[max(at, event.mention.at)]
        for j in range(k + 1, min(k + 1 + _ASIDE, len(elements) - 1)):
            element = elements[j]
            if element.kind == "verb":
                if not g.is_(element.first, "partaking"):
                    return self._believed(j, sentence)
                after = elements[j + 1]
                resumed = element.last - element.first > 1
                if not resumed and after.kind == "pp" and after.prep in _RESUMING:
                    resumed, j = g.glued_pronoun(after.last - 1), j + 1
                while resumed and j + 2 < len(elements) and elements[j + 1].kind in ("time", "pp"):
                    j += 1
                doers = elements[j + 1].nps if resumed and j + 1 < len(elements) else ()
                people = elements[j + 1].kind == "np" and all(self._able(np, sentence) for np in doers)
                return doers if doers and people else ()
            if element.kind not in ("np", "fixed", "pp", "time", "rel", "conj"):
                return ()
            if element.prep in _WHILE and any(n.head in sentence.mentions for n in element.nps[-1:]):
                return ()  # «اشتباكات خلال تظاهرة | نظمها الحزب»
        return ()

    # ---- led to -----------------------------------------------------------------------------

    def _when(self, event: Filled, triggers: Mapping[int, Filled]) -> tuple[NP, ...]:
        """«قتل متظاهر عندما أطلقت الشرطة النار»، «أصيب ثلاثة بعد أن هاجم مسلح متجرا»: the attack told next."""
        sentence = self._sentence(event)
        if event.candidate.trigger.mode not in CASUALTIES:
            return ()
        k, elements, g = sentence.element_of[event.mention.at], sentence.elements, sentence.grammar
        for j in range(k + 1, min(k + _TOLD_NEXT, len(elements) - 1)):
            element = elements[j]
            deed = triggers.get(element.first)
            if element.kind == "comp":
                since = sentence.view.key[element.first] == "ان" and g.is_(element.first - 1, "since")
                verb = next((e.first for e in elements[j + 1 : j + 4] if e.kind == "verb"), -1)
                told = since or g.is_(element.first, "moments")
                return self._strikers(event, triggers.get(verb), sentence, triggers) if told else ()
            joined = deed is not None and deed.candidate.trigger.mode in CASUALTIES
            if sentence.clauses.ends(j) or element.kind == "rel" or (element.kind == "verb" and not joined):
                return ()
        return ()

    def _strikers(
        self, event: Filled, deed: Filled | None, sentence: SentenceArguments, triggers: Mapping[int, Filled]
    ) -> tuple[NP, ...]:
        """Those who made the attack, if it is one, and they are told beside it and none of those who fell."""
        if deed is None or deed.candidate.trigger.mode in OWN_SIDES:
            return ()
        raid = deed.candidate.trigger.mode == _RAID
        if not raid and deed.candidate.trigger.type != "ASSAULT":
            return ()
        doers = [a.np for a in deed.slot("actor") if a.how in ("vso", "svo")]
        doers = doers or [*self._wielder(deed, triggers)]  # عندما انفجرت عبوة | زرعها مسلحون
        hurt = [a.np for a in event.slot("target")]
        semantics = sentence.semantics
        for np in doers:
            band = semantics.resolved(np).role in _BANDS
            if raid and any(
                {semantics.resolved(np).role, semantics.resolved(n).role} <= _FORCES for n in hurt
            ):
                return ()  # «قتل ضابط عندما داهمت الشرطة وكرا»
            if any(semantics.of_them(np, n) or (band and semantics.resolved(n).role in _BANDS) for n in hurt):
                return ()
        return tuple(doers) if all(self._able(np, sentence) for np in doers) else ()

    def _believed(self, j: int, sentence: SentenceArguments) -> tuple[NP, ...]:
        """«هجوم | يعتقد أن مسلحين نفذوه»: who is thought to have done it."""
        elements = sentence.elements
        k = next((i for i in range(j + 1, min(j + 4, len(elements))) if elements[i].kind == "comp"), -1)
        clause = elements[k + 1 : k + 3] if k > 0 else []
        if [e.kind for e in clause] != ["np", "verb"] or not sentence.grammar.is_(
            clause[1].first, "partaking"
        ):
            return ()
        resumed = clause[1].last - clause[1].first > 1
        return clause[0].nps if resumed and all(self._able(np, sentence) for np in clause[0].nps) else ()

"""The arguments of a masdar or event noun inside its own phrase: genitive, object, nationality, the noun itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.events.governed import Governed
from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import FORCE
from pipeline.events.mentions import Mention
from pipeline.events.nationalities import Nationalities
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element, PhraseReader
from pipeline.events.semantics import Semantics
from pipeline.events.senses import Candidate
from pipeline.events.slots import Argument, SlotFiller
from pipeline.events.view import View

_QUOTES = frozenset('"»')
#: Types whose masdars say what is done to people who are hurt, held or in need.
_DONE_TO_PEOPLE = frozenset({"ASSAULT", "COERCE", "AID", "DISPLACE"})


class NominalArguments(Governed):
    """Fills what the phrase of a nominal trigger says of it.

    Args:
        reader: phrase reader of the article; elements: of the sentence; element_of: element number by view index.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        semantics: Semantics,
        reader: PhraseReader,
        elements: Sequence[Element],
        element_of: dict[int, int],
        slots: SlotFiller,
    ) -> None:
        super().__init__(view, grammar, semantics)
        self.reader = reader
        self.elements = elements
        self.element_of = element_of
        self.slots = slots
        self.nationalities = Nationalities(view, grammar, semantics, slots)

    def noun(
        self, mention: Mention, candidate: Candidate, frame: Mapping[str, str], arguments: list[Argument]
    ) -> None:
        """Genitive, adjective and object of a masdar or event noun, and the noun itself where it names people."""
        g, view, at = self.grammar, self.view, mention.at
        limit = view.sents[view.sent[at]][1]
        if "self" in frame:
            element = self.elements[self.element_of[at]]
            np = next((n for n in element.nps if n.first <= at < n.last), NP(at, at + 1, at))
            ranks = view.key[np.first] == "صفوف"  # في صفوف | المتظاهرين
            if (g.is_(np.first, "event_carriers") or ranks) and np.first < at:  # سقوط | خمسة قتلى
                np = NP(np.first + 1, np.last, max(np.head, np.first + 1))
            self.slots.fill(frame["self"], (self._of_a_side(np, limit),), "self", arguments)
        k = at + 1
        while (
            k < limit
            and k in candidate.fixed
            and not self._flies(k, at, candidate)
            and (
                frame.get("genitive", "-") == "-"
                or frame.get("object") == "-"
                or self._fixed_adjective(k)
                or self._kind(k, frame)
            )
        ):
            k += 1
        quoted = k == at + 1 and k + 1 < limit and view.norm[k] in _QUOTES and not g.closed(at)
        if quoted and g.nominal(k + 1) and not g.adjective(k + 1):
            k += 1  # هجوم" | القوات الحكومية
        # «متهما الحكومة»، «…، مناشدين الرئيس»: a participle has an object
        accusative = view.norm[at].endswith("ا") or (view.norm[at].endswith("ين") and g.circumstance(at))
        accusative = accusative and "object" in frame
        closed = (
            not accusative and g.closed(at)
            if k == at + 1 or quoted
            else g.closed(k - 1) or self._fixed_adjective(k - 1)
        )
        closed = closed or (k > at + 1 and g.preposition(k - 1))  # الموافقة على | النظام
        genitive: tuple[NP, ...] = ()
        ahead = [f for f in candidate.fixed if f > at + 1]
        idle = frame.get("genitive", "-") == "-"
        if (
            ahead
            and k == at + 1
            and candidate.form.kind == "masdar"
            and not closed
            and frame.get("object") == "-"
        ):
            doer = self.reader.np(k, ahead[0])  # إطلاق | زورق حربي | النار, إطلاق | الحركة | سراح الجنود
            apart = g.has_article(ahead[0]) or g.closed(ahead[0] - 1)  # but: إرسال طائرتي إغاثة
            if doer is not None and doer.last == ahead[0] and apart and self._may_do(doer):
                self.slots.fill(frame.get("subject", "-"), (doer,), "genitive", arguments)
                if idle:
                    return
                k, closed = ahead[0] + 1, g.closed(ahead[0])
        if (
            ahead
            and k == at + 1
            and candidate.form.kind == "masdar"
            and not closed
            and frame.get("object", "-") != "-"
        ):
            doer = self.reader.np(k, ahead[0])  # تفريق | جيش الاحتلال | مسيرة
            suffers = NP(ahead[0], ahead[0] + 1, ahead[0])  # حرق | مستوطنين | رضيعا, but: نقل أطفال | قسرا
            marked = view.norm[ahead[0]].endswith("ا") and self.semantics.actor(suffers)
            armed = doer is not None and (marked or "armed" in self.semantics.classes(doer))
            armed = armed and doer is not None and self._may_do(doer)
            if doer is not None and doer.last == ahead[0] and armed:
                whole = NP(ahead[0], self.reader.np_end(ahead[0], limit), ahead[0])
                self.slots.fill(frame.get("subject", "-"), (doer,), "genitive", arguments)
                self.slots.fill(frame["object"], (whole,), "object", arguments)
                return
        if k < limit and g.glued_pronoun(k) and not (k > at + 1 and g.preposition(k - 1)):
            genitive = (NP(k, k + 1, k),)
        elif (
            k < limit
            and not closed
            and (g.nominal(k) or self.reader.counts_ahead(k, limit) or self._quoted_name(k, limit))
            and view.time[k] < 0
            and ((frame.get("genitive") == "target" and self._sufferer(k, at)) or not self._qualifies(k, at))
            and not self._another(k, at, candidate)
        ):
            # «ضربات | التحالف | الجوية»: the fixed adjective is the noun's own, not of what it governs
            own = min((f for f in candidate.fixed if f > k and self._fixed_adjective(f)), default=limit)
            genitive = self.reader.coordination(k, own, after_verb=True)
        elif k == at + 1 and not closed and self._twin(k, limit, candidate):
            genitive = self.reader.coordination(k + 2, limit, after_verb=True)
        genitive = self._struck(genitive, candidate)
        if genitive and self._of_arms(genitive[0], candidate):
            genitive = ()
        if genitive and (parts := self._doer_and_object(genitive, candidate, frame)):
            self.slots.fill(frame.get("subject", "actor"), parts[:1], "genitive", arguments)
            self.slots.fill(frame["object"], parts[1:], "prep:ل", arguments)
            return
        if genitive:
            k = self._past_manner(genitive[-1].last, limit) if len(genitive) == 1 else genitive[-1].last
            spec = frame["object"] if accusative else self._governed(genitive, candidate, frame)
            # «مقتل خمسة وجرح عشرة»: what follows an event at the end of the list is that event's
            own = k < limit and genitive[-1].head not in self.slots.events
            free = own and k not in candidate.fixed and g.nominal(k) and view.time[k] < 0
            follower = self.reader.np(k, limit) if free else None
            described = follower is not None and len(genitive) == 1 and self._described(genitive[0], follower)
            if follower is not None and (
                described or self._named_by(genitive, follower) or self._titled(genitive, follower)
            ):
                whole = NP(genitive[0].first, follower.last, genitive[0].head)
                self.slots.fill(spec, (whole,), "genitive", arguments)
            elif (
                follower is not None
                and len(genitive) == 1
                and not (follower.head in self.slots.events and view.norm[follower.head].endswith("ا"))
                # أبنائها المحتجزين, but: دخولها | المدينة
                and not (g.glued_pronoun(k - 1) and g.has_article(k) and k - 1 > genitive[0].first)
                and not (g.has_article(k) and view.pos[k] == "NUM")  # تفجيرات نيروبي | الثلاثة
                and (
                    candidate.form.kind == "masdar"
                    or self.reader.accusative(follower.head)
                    or self._accuses(genitive[0], follower, candidate, frame)
                )
                and frame.get("object", "-") != "-"
                and (self.semantics.actor(genitive[0]) or self._done_by(genitive[0], follower))
                and self._suffers_it(follower, frame)
                and not (g.adjective(k) and g.has_article(k) == g.closed(k - 1))
            ):
                self.slots.fill(frame.get("subject", "actor"), genitive, "genitive", arguments)
                self.slots.fill(
                    frame["object"], self.reader.coordination(k, limit, after_verb=True), "object", arguments
                )
            elif follower is not None and spec.startswith("place") and self._overrun(genitive[0], follower):
                self.slots.fill("actor", genitive, "genitive", arguments)
                self.slots.fill(spec, (follower,), "object", arguments)
            else:
                self.slots.fill(spec, genitive, "genitive", arguments)
        if "self" not in frame or self.semantics.actors.head_features(view.norm[at])[1] != "p":
            self.nationalities.fill(
                at, k, limit, candidate, frame, arguments
            )  # «الجرحى السوريون» are Syrians, nobody's

    def _of_arms(self, np: NP, candidate: Candidate) -> bool:
        """«هجمات | القنابل»، «هجوم | السيارة المفخخة»: what the attack was made with, and nobody it was made on."""
        laden = self.grammar.of_class(np.head, "means") and self.grammar.is_(np.head + 1, "laden")
        arms = laden or self.grammar.of_class(np.head, "munitions")
        return arms and candidate.form.kind == "noun" and candidate.trigger.type == "ASSAULT"

    def _of_a_side(self, np: NP, limit: int) -> NP:
        """«أربعة قتلى | في صفوف الجيش»، «جرحى | من قوات الحكومة»: whose dead they are belongs to the phrase."""
        view, k = self.view, np.last
        ranks = view.key[k : k + 2] == ("في", "صفوف")
        if self.grammar.has_article(np.head) or k + 2 >= limit or not (ranks or view.key[k] == "من"):
            return np
        side = self.reader.np(k + 1, limit)
        armed = side is not None and "armed" in self.semantics.classes(
            NP(k + 1 + ranks, side.last, k + 1 + ranks)
        )
        return NP(np.first, side.last, np.head) if side is not None and armed else np

    def _twin(self, k: int, limit: int, candidate: Candidate) -> bool:
        """«قتل | وجرح العشرات»، «تدمير | وغرق سفن»: a second open masdar, whose genitive both govern."""
        view, g, other = self.view, self.grammar, k + 1
        if k + 2 >= limit or view.key[k] != "و" or not view.glued[other] or g.closed(other):
            return False
        if candidate.trigger.type not in FORCE or self._qualifies(k + 2, other):
            return False  # «غارات | وهجمات دامية»
        if self._another(k + 2, other, candidate) or view.time[k + 2] >= 0:
            return False
        mention = self.slots.events.get(other)
        masdars = [] if mention is None else [c for c in mention.candidates if c.form.kind == "masdar"]
        forceful = any(c.trigger.type == candidate.trigger.type for c in masdars)
        named = view.ent[other] >= 0 or g.number(other) or g.adjective(other)
        unknown = mention is None and candidate.form.kind == "masdar" and g.nominal(other) and not named
        governs = g.nominal(k + 2) or self.reader.counts_ahead(k + 2, limit)
        open_masdar = forceful or (unknown and self._thing(other))
        return governs and open_masdar and (mention is None or not mention.verbal)

    def _governed(self, group: Sequence[NP], candidate: Candidate, frame: Mapping[str, str]) -> str:
        """The slot of what a masdar governs: who suffers by nature, and an accusative, is its object."""
        spec, done = frame.get("genitive", "-"), frame.get("object", "-")
        if candidate.form.kind != "masdar" or done == "-" or not spec.startswith("actor"):
            return spec
        head = group[0].head
        if done == "target" and group[-1].last in candidate.fixed and candidate.trigger.type == "ACCUSE":
            return done  # تحميل | الحكومة | مسؤولية …
        tanwin = self.reader.accusative(head) and not self.grammar.glued_pronoun(head + 1)
        suffers = self.grammar.is_(head, "victims") and candidate.trigger.type in _DONE_TO_PEOPLE
        suffers = suffers and done.startswith("target")
        return done if tanwin or suffers else spec

    def suffered(self, frame: Mapping[str, str], arguments: list[Argument]) -> None:
        """What the masdar governs undergoes the deed, where somebody else is known to do it and no object is said."""
        objects = [a for a in arguments if a.how == "object"]
        first = next((a for a in arguments if a.slot == "actor" and a.how == "genitive"), None)
        if objects and (first is None or first.np.last != objects[0].np.first):
            return
        if objects and first is not None:  # «قام بخطف العقيد فلان | قائد اللواء»، «مقاتلين سوريين | مدربين»
            arguments[:] = [a for a in arguments if a.how != "object"]
        for a in [a for a in arguments if a.slot == "actor" and a.how == "genitive"]:
            arguments.remove(a)
            self.slots.fill(frame["object"], (a.np,), "genitive", arguments)

    def light_masdar(self, mention: Mention, frame: Mapping[str, str], arguments: list[Argument]) -> None:
        """«تعرضها لقصف»، «تعرض المدينة لقصف»: what a light masdar governs is its subject."""
        at = mention.light + 1
        if at >= mention.at:
            return
        if self.grammar.glued_pronoun(at):
            self.slots.fill(frame.get("subject", "-"), (NP(at, at + 1, at),), "pronoun", arguments)
        elif self.grammar.nominal(at) and not self.grammar.closed(mention.light):
            group = self.reader.coordination(at, mention.at, after_verb=True)
            self.slots.fill(frame.get("subject", "-"), group, "genitive", arguments)

    def _acts_on(
        self, own: Sequence[Argument], element: Element, candidate: Candidate, frame: Mapping[str, str]
    ) -> bool:
        """«استهداف الميليشيا لسكان القرية»: with ل behind it the genitive of a masdar is who does it."""
        if (
            candidate.form.kind != "masdar"
            or frame.get("object", "-") == "-"
            or frame.get("subject") != "actor"
        ):
            return False
        last = own[-1].np
        doers = all(
            (a.slot == "target" and (self.semantics.actor(a.np) or self.semantics.acts(a.np)))
            or self.grammar.glued_pronoun(a.np.first)
            for a in own
        )  # «تحريرها | لكل قرى الجبل»
        victims = any(self.slots.grammar.is_(a.np.head, "victims") for a in own)
        undergo = bool(self.semantics.classes(element.nps[0]) & {"actor", "place", "number"})
        undergo = undergo or self._set_off(element.nps[0], candidate)
        return doers and not victims and undergo and element.first == last.last

    def possessor(
        self, element: Element, candidate: Candidate, frame: Mapping[str, str], arguments: list[Argument]
    ) -> None:
        """«استنفار كامل لقوات النظام»: ل stands for the genitive after an adjective or an article."""
        own = [a for a in arguments if a.how == "genitive"]
        if own and self._acts_on(own, element, candidate, frame):
            for a in own:
                arguments[arguments.index(a)] = replace(a, slot="actor", relation="")
            if frame.get("ل") != "target":
                self.slots.fill(frame["object"], element.nps, "prep:ل", arguments)
            return
        if own or candidate.form.kind == "participle":
            return
        if all(self.semantics.resolved(np).role == "MED" for np in element.nps):
            return  # «قال أحد منظمي المسيرات لوكالة الأنباء»: whom it is told
        self.slots.fill(frame.get("genitive", "-"), element.nps, "prep:ل", arguments)

"""What the prepositional phrases of an event give to it: by its frame, or as agent, opponent and place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.events.agents import Agents
from pipeline.events.attachment import Attachment
from pipeline.events.between import Between
from pipeline.events.circumstances import accompanies
from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import PERSONAL, STRIKES
from pipeline.events.locatives import NEAR_PHRASES
from pipeline.events.mentions import Mention
from pipeline.events.nominals import NominalArguments
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.semantics import Semantics
from pipeline.events.senses import Candidate
from pipeline.events.slots import Argument, SlotFiller

#: Folded: prepositions of where somebody goes.
_TOWARDS = frozenset({"الي", "نحو", "باتجاه"})
#: Elements behind something that goes off among which it is told who passes.
_SIDE = 8
#: Modes of what goes off where somebody passes.
_GO_OFF = frozenset({"bombing", "suicide-attack"})


class PrepositionalArguments:
    """Fills what the prepositional phrases of one sentence say of its events.

    Args:
        elements: the sentence's elements; element_of: element number by view index.
        attachment: knows the phrases; owner: the mention of each, by element number.
        nominals: reads what stands for a genitive («استنفار كامل *لقوات النظام*»).
    """

    def __init__(
        self,
        grammar: Grammar,
        semantics: Semantics,
        elements: Sequence[Element],
        element_of: Mapping[int, int],
        slots: SlotFiller,
        attachment: Attachment,
        owner: Mapping[int, int],
        nominals: NominalArguments,
    ) -> None:
        self.grammar = grammar
        self.semantics = semantics
        self.elements = elements
        self.element_of = element_of
        self.slots = slots
        self.attachment = attachment
        self.owner = owner
        self.nominals = nominals
        self.agents = Agents(grammar, semantics, elements, attachment)
        self.between = Between(grammar, semantics, elements, slots, attachment)

    def fill(
        self, mention: Mention, candidate: Candidate, frame: Mapping[str, str], arguments: list[Argument]
    ) -> None:
        """Fills the slots that the phrases of a mention have by its frame, or by the preposition alone."""
        words = self.grammar.words
        for k, at in self.owner.items():
            if at != mention.at:
                continue
            element = self.elements[k]
            if element.prep == "ب" and self._flown(mention, candidate, element, arguments):
                self.slots.fill("actor", element.nps, "prep:ب", arguments)
                continue
            inner = range(element.nps[0].first, element.last) if element.nps else ()
            means = element.prep == "ل" and any(self.grammar.is_(f, "means") for f in inner[:1])
            # «مسيرة لأهالي السجناء»: the fixed word is who does it
            means |= element.prep == "ل" and any(self.semantics.actor(np) for np in element.nps[:1])
            done_by = self.attachment.done_by(mention, element, k)  # قصف من طائرات
            done_by = done_by and (element.prep != "من" or self._comes_from(mention, k))
            # «هجوم | من قبل مسلحين»: though it may be a fixed word
            done_by |= element.prep in words["by_agent"]
            if any(f in inner for f in candidate.fixed) and not (
                (means and frame.get("ل", "").startswith("actor")) or done_by
            ):
                if element.prep == "في" and not mention.verbal and frame.get("genitive") == "actor":
                    self._in_the_ranks(element, arguments)
                else:
                    self._of_its_place(element, candidate, frame, arguments)
                continue  # but «قصف لطائرات التحالف» tells who did it
            prep, how = element.prep, f"prep:{element.prep}"
            if (
                prep == "ل"
                and frame.get(prep, "").startswith("actor|")
                and self._own(mention, element, arguments)
            ):
                self.slots.fill(frame[prep].split("|", 1)[1], element.nps, how, arguments)
                continue
            if self.slots.said(prep, mention, frame, arguments) or (
                prep == "ل" and any(a.np in element.nps for a in arguments)
            ):
                continue  # كمين نصبته لهم: the light verb has said what they are
            whose = prep == "ل" and element.nps and self.grammar.is_(element.nps[0].head, "reasons")
            if whose and self.grammar.glued_pronoun(element.nps[0].head + 1):
                continue  # حكم على ناشط | لمشاركته في مظاهرة
            if (
                prep in ("ل", "ب")
                and element.nps
                and self._beside_the_point(prep, mention, candidate, element)
            ):
                continue
            if prep == "مع" and candidate.trigger.mode in PERSONAL and prep not in frame:
                if self.grammar.glued_pronoun(element.last - 1) and element.last - element.first > 2:
                    self.slots.fill("target", element.nps, how, arguments)  # قتل القاضي | مع أحد مرافقيه
                continue
            if prep == "ل" and element.nps and self.grammar.of_class(element.nps[0].head, "spans_of_time"):
                continue  # حجب الرواتب | للشهر الثاني
            if prep == "ل" and self._resumes(mention, k):
                continue  # المظاهرة تم الإعداد | لها
            if prep == "ل" and self._visitor(mention, candidate, element):
                self.slots.fill("actor", element.nps, how, arguments)
                continue
            if prep == "مع" and self.grammar.is_(element.first - 1, "flank_by_flank"):
                continue  # «يقاتلون جنبا إلى جنب | مع الجيش»
            if prep == "بين" and self.between.between_things(mention, candidate, k):
                continue  # «اتفاق لتحرير التجارة | بين 12 دولة»
            if prep == "بين" and mention.verbal and self._of_purpose(k, arguments):
                continue  # «يلتقي الوزير نظيره لبحث العلاقات بين البلدين»
            acting = prep == "ل" and frame.get(prep, "").startswith("actor")
            if acting and (mention.verbal or self._of_what_suffers(element, arguments)):
                continue  # «قصف لطائرات», but «قصفت المدفعية تجمعا | للمسلحين»، «قصف ثلاثة مواقع | للحركة»
            governed = any(a.how == "genitive" for a in arguments)
            # غزو الميليشيات | لعدن، دعم تركيا | للمعارضة
            owned = prep not in frame or (frame[prep] in ("place", "target") and governed)
            told = mention.light_verb is not None and mention.light_verb.label == "cause"  # أثار غزو X لـY
            if prep == "ل" and owned and not mention.verbal and (mention.light < 0 or told):
                self.nominals.possessor(element, candidate, frame, arguments)
            if prep == "من" and frame.get(prep, "").startswith("actor") and not self._comes_from(mention, k):
                continue  # «قصف … سقط فيه قتلى | من الحركة»
            if prep in frame:
                # «أضرم النار في مقر | بالقاهرة»: a town behind «ب» is where
                town = prep == "ب" and candidate.trigger.type == "ASSAULT" and self._town(element)
                town = town or (prep == "ب" and self.agents.met_there(candidate, element, arguments))
                sides = self.between.sides(element.nps) if prep == "بين" else element.nps
                self.slots.fill("place" if town else frame[prep], sides, how, arguments)
                if prep == "بين":
                    other = self.between.second_side if len(sides) == 1 else self.between.further_sides
                    self.slots.fill(frame[prep], other(k), how, arguments)
                if frame[prep] != "place" or any(self.semantics.place(np) for np in element.nps):
                    self._part_of(k, arguments)
                    continue
            agent = prep in words["by_agent"] or done_by or self.attachment.issued(element)
            agent = agent and not accompanies(
                self.attachment.view, mention
            )  # «…، مشيدا بالمتابعة | من قبل الوزير»
            agent = agent and not self.agents.tool(element)
            whole = element.nps[0] if element.nps else NP(element.first, element.last, element.first)
            pronoun = self.grammar.glued_pronoun(element.last - 1)
            kin = prep in words["by_agent"] and whole.last - whole.first > 1  # من قبل | زوجها
            if agent and (kin or not pronoun):
                self.slots.fill("actor", (*element.nps, *self.agents.others(k)), how, arguments)
            elif prep == "ضد":
                self.slots.fill("target", element.nps, how, arguments)
            elif self.attachment.locative(element):
                near = prep in words["near"] or prep in NEAR_PHRASES
                self.slots.fill("place:near" if near else "place", element.nps, how, arguments)
                self._part_of(k, arguments)

    def _part_of(self, k: int, arguments: list[Argument]) -> None:
        """«عند المدخل الجنوبي | لبلدة الشيخ»: a part of a place and the whole of it are one phrase."""
        if k + 1 >= len(self.elements) or not arguments:
            return
        behind, last = self.elements[k + 1], arguments[-1]
        whole = behind.prep == "ل" and last.slot == "place" and last.np.last == behind.first
        part = self.grammar.of_class(last.np.head, "parts_of_places")
        if whole and part and self.semantics.place(behind.nps[0]):
            arguments[-1] = replace(last, np=NP(last.np.first, behind.nps[0].last, last.np.head))

    def _of_its_place(
        self,
        element: Element,
        candidate: Candidate,
        frame: Mapping[str, str],
        arguments: list[Argument],
    ) -> None:
        """«عادوا | إلى منازلهم»، «خرجوا | إلى ساحة التحرير»: a fixed word is the place, with more behind it."""
        spec = frame.get(element.prep, "-")
        if not spec.startswith("place"):
            if element.prep == "ب" or element.prep not in self.grammar.words["locative"] | _TOWARDS:
                return
            spec = "place"
        if any(np.last - np.first > 1 and np.head in candidate.fixed for np in element.nps):
            places = [np for np in element.nps if self.semantics.place(np)]
            self.slots.fill(spec.split("|")[0], places, f"prep:{element.prep}", arguments)

    def _beside_the_point(self, prep: str, mention: Mention, candidate: Candidate, element: Element) -> bool:
        """«اتهم … بالتجسس | لصالح دولة»، «اجتماع المجلس | برئاسة الوزير»: for whom, or under whom, and not to whom."""
        head = element.nps[0].head
        more = element.nps[0].last > head + 1
        if prep == "ل":
            return more and self.grammar.is_(head, "behalf") and self.attachment.view.ent[head] < 0
        return more and candidate.trigger.type == "CONSULT" and self.grammar.is_(head, "presiding")

    def _flown(
        self, mention: Mention, candidate: Candidate, element: Element, arguments: Sequence[Argument]
    ) -> bool:
        """«ضربة | بمسيرة إسرائيلية»: arms of a nation that nobody else is said to use."""
        strikes = candidate.trigger.mode in STRIKES and not mention.verbal
        if not strikes or len(element.nps) != 1 or any(a.slot == "actor" for a in arguments):
            return False
        np = element.nps[0]
        arms = self.grammar.is_(np.head, "means") and not self.grammar.is_(np.head, "munitions")
        return arms and np.last > np.head + 1 and self.semantics.resolved(np).country is not None

    def _town(self, element: Element) -> bool:
        return all(
            self.semantics.named(np) and self.semantics.place(np) and self.semantics.region(np)
            for np in element.nps
        )

    def passing(self, mention: Mention, candidate: Candidate, arguments: list[Argument]) -> None:
        """«انفجرت عبوة لدى مرور | دورية للجيش»: who passes by when it goes off is whom it strikes."""
        if candidate.trigger.mode not in _GO_OFF or any(a.slot == "target" for a in arguments):
            return
        first = self.element_of[mention.at]
        for element in self.elements[first : first + _SIDE]:
            if element.kind == "comp" or (element.kind == "verb" and element.first > mention.at):
                break
            np = element.nps[0] if element.nps else None
            if np is None or element.first <= mention.at or not self.grammar.is_(np.head, "passing"):
                continue
            if np.last > np.head + 1 and not self.grammar.glued_pronoun(np.head + 1):
                whole = NP(np.head + 1, np.last, np.head + 1)
                self.slots.fill("target", (whole, *element.nps[1:]), "passing", arguments)
            return

    def _own(self, mention: Mention, element: Element, arguments: Sequence[Argument]) -> bool:
        """«واصل الجيش قصفه | لمطار صنعاء»: behind the doer's pronoun stands what it is done to."""
        doer = any(a.slot == "actor" for a in arguments)
        return doer and element.first == mention.at + 2 and self.grammar.glued_pronoun(mention.at + 1)

    def _of_what_suffers(self, element: Element, arguments: Sequence[Argument]) -> bool:
        """«قصف ثلاثة مواقع | لحماس»: behind an open noun that a masdar governs stands whose it is, not who does it."""
        suffering = [a.np for a in arguments if a.how == "genitive" and a.slot in ("target", "place")]
        return any(
            np.first < element.first <= np.last and not self.grammar.closed(np.head) for np in suffering
        )

    def _comes_from(self, mention: Mention, k: int) -> bool:
        """Whether «من» tells who it comes from, and not whose those before it are («اغتيال ضباط | من الجيش»)."""
        element, before = self.elements[k], self.elements[k - 1]
        np = element.nps[0]
        if self.grammar.glued_pronoun(element.first - 1) and self.grammar.is_(
            element.first - 2, "quantifiers"
        ):
            return False  # معظمهم | من العائلات
        if before.kind == "fixed" and self.grammar.of_class(before.first, "victims"):
            return self.attachment.next_to(mention, k)  # الهجوم الذي أسفر عن سقوط ضحايا | من المصلين
        if self.grammar.of_class(np.head, "parts_of_places"):
            return False  # «هجوم | من الجهتين الشرقية والجنوبية»
        if self.grammar.is_(np.head, "flanks") and self.grammar.glued_pronoun(np.head + 1):
            return False  # واصل الحزب | من جهته
        if self.attachment.next_to(mention, k):
            first = mention.at + 1
            while first < before.last and self.grammar.adjective(first):
                first += 1  # مساعدة عسكرية | من الحلف
            own = NP(first, before.last, first)
            if first >= before.last or before.last != element.first or self.attachment.closed(own):
                return True
            return not self.semantics.classes(own) & {"human", "armed"}  # اغتيال ضباط | من الجيش
        if before.last != element.first or not before.nps:
            return True
        if not self.semantics.actor(np) and not self.grammar.is_(np.head, "means"):
            return False  # في أول رحلة | من نوعها
        whole = before.nps[-1]
        fallen = any(self.slots.is_people(i) for i in range(whole.head, whole.last))
        people = fallen or bool(self.semantics.classes(whole) & {"human", "armed", "civilian"})
        share = self.grammar.is_(before.last - 1, "partitives") or self.grammar.is_(
            before.last - 1, "percent"
        )
        return not people and not share

    def _resumes(self, mention: Mention, k: int) -> bool:
        """A pronoun behind another verb, which points back to the event noun itself."""
        pronoun = not mention.verbal and self.grammar.glued_pronoun(self.elements[k].last - 1)
        first = self.element_of[mention.at]
        return pronoun and any(e.kind == "verb" for e in self.elements[first + 1 : k])

    def _visitor(self, mention: Mention, candidate: Candidate, element: Element) -> bool:
        """«الزيارة الأخيرة لرئيس الوزراء»: of a visit that is known already, a person is who made it."""
        if mention.verbal or candidate.trigger.mode != "visit":
            return False
        k = self.element_of[element.first]
        after = self.elements[k + 1] if k + 1 < len(self.elements) else None
        goes = after is not None and after.prep == "الي"  # أول زيارة لسياسي غربي | إلى إيران
        if not goes and not self.grammar.has_article(mention.at):
            return False
        return all(self.semantics.actor(np) and not self.semantics.place(np) for np in element.nps)

    def _in_the_ranks(self, element: Element, arguments: list[Argument]) -> None:
        """«انهيار في صفوف الجيش»، «انهيارات كبيرة في قوات المتمردين»: whose ranks they are."""
        head = element.nps[0].head
        first = head + 1 if self.grammar.is_(head, "sides") and element.nps[0].last > head + 1 else head
        doers = (NP(first, element.nps[0].last, first), *element.nps[1:])
        if all(self.semantics.actor(np) for np in doers) and not any(a.slot == "actor" for a in arguments):
            self.slots.fill("actor", doers, "prep:في", arguments)

    def _of_purpose(self, k: int, arguments: Sequence[Argument]) -> bool:
        """Whether the phrase at ``k`` hangs on what the known actors mean to do: «لبحث العلاقات | بين البلدين»."""
        before = self.elements[k - 1] if k else None
        purpose = before is not None and before.kind == "pp" and before.prep == "ل"
        return purpose and any(a.slot == "actor" for a in arguments)

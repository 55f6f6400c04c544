"""Filling the slots of an event from its frame: subject, object, genitive, prepositions, light verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline.events.attachment import NEAR_PHRASES, Attachment, folded_frame
from pipeline.events.clauses import ClauseReader
from pipeline.events.conditions import Conditions
from pipeline.events.control import Control
from pipeline.events.grammar import Grammar
from pipeline.events.nominals import NominalArguments
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element, PhraseReader
from pipeline.events.roles import Roles
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Argument, Filled, SlotFiller, unique
from pipeline.events.triggers import Candidate, Mention
from pipeline.events.verbs import DEALINGS, Verbs
from pipeline.events.view import View
from pipeline.knowledge.events import LightVerb
from pipeline.text.normalize import fold

#: Types whose masdars govern whoever it is done to, once their doer is said.
_FORCE = frozenset({"ASSAULT", "COERCE"})


class SentenceArguments:
    """Fills the events of one sentence.

    Args:
        reader: phrase reader of the article (knows the event nouns).
        elements: the sentence's elements; clauses: reads its verbs.
        mentions: all mentions of the article by view index, light verbs linked.
        displaced: triggers by view index that carry an event noun here and so are no mentions of their own.
        saying: whether the verb at a view index is one of saying.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        semantics: Semantics,
        reader: PhraseReader,
        elements: Sequence[Element],
        clauses: ClauseReader,
        mentions: dict[int, Mention],
        displaced: Mapping[int, Mention],
        saying: Callable[[int], bool],
    ) -> None:
        self.displaced = displaced
        self.view = view
        self.grammar = grammar
        self.semantics = semantics
        self.reader = reader
        self.elements = elements
        self.clauses = clauses
        self.mentions = mentions
        self.element_of = clauses.element_of
        self.own = [m for i, m in sorted(mentions.items()) if i in self.element_of]
        self.slots = SlotFiller(grammar, semantics, mentions)
        self.conditions = Conditions(grammar, semantics, mentions)
        self.nominals = NominalArguments(
            view, grammar, semantics, reader, elements, self.element_of, self.slots
        )
        self.control = Control(clauses, mentions, saying)
        self.verbs = Verbs(clauses, mentions)
        self.attachment = Attachment(view, grammar, semantics, elements, self.own)
        self.owner = self.attachment.owners()

    # ---- filling ----------------------------------------------------------------------------

    def fill(self) -> list[Filled]:
        """The events of the sentence whose conditions hold, in order.

        A verb that carries an event noun is no event beside it, but it is one where the noun comes to nothing.
        """
        found = []
        for mention in self.own:
            filled = self._first_sense(mention)
            if filled is None and mention.light in self.displaced:
                filled = self._first_sense(self.displaced[mention.light], again=True)
            if filled is not None:
                found.append(filled)
        return found

    def _first_sense(self, mention: Mention, *, again: bool = False) -> Filled | None:
        """The event in the first of its senses that holds; ``again``: its verb has been read as another thing."""
        k = self.element_of[mention.at]
        verbal = mention.verbal and self.elements[k].kind == "verb"
        for number, candidate in enumerate(mention.candidates):
            if verbal and (number or again):
                self.verbs.roles(k, candidate, again=True)
            filled = self._fill(mention, candidate)
            if self.conditions.hold(filled, final=False) and not self._generic(filled):
                return filled
        return None

    def _generic(self, filled: Filled) -> bool:
        """«القتل والتخريب»، «المواجهات»: a definite noun that nothing says anything of is no happening."""
        mention = filled.mention
        fixed = [f for f in filled.candidate.fixed if not self.grammar.adjective(f)]
        if mention.verbal or mention.light >= 0 or filled.container >= 0 or fixed:
            return False
        any_ = mention.at > 0 and self.grammar.is_(mention.at - 1, "any")
        if any_ and not self.grammar.has_article(mention.at):
            return not self._denied(mention.at)  # أي اعتداء: one that may be, and that nobody told of
        own = [a for a in filled.arguments if a.how != "self"]
        return self.grammar.has_article(mention.at) and not own

    def _denied(self, at: int) -> bool:
        """«لم تقع أي اشتباكات»، «دون أي مقاومة»: what there was none of is told."""
        first = self.view.sents[self.view.sent[at]][0]
        denials = {m.at for m in self.own if m.candidates[0].trigger.mode == "deny"}
        return any(
            i in denials or self.grammar.is_(i, "negation") or self.grammar.is_(i, "without")
            for i in range(first, at)
        )

    def _fill(self, mention: Mention, candidate: Candidate) -> Filled:
        frame = folded_frame(candidate.trigger.frame)
        arguments: list[Argument] = []
        roles = Roles()
        if mention.verbal:
            k = self.element_of[mention.at]
            if self.elements[k].kind == "verb":
                roles = self.clauses.roles(k)
                self._verb(candidate, roles, frame, arguments)
                self._fixed(candidate, frame, arguments)
        else:
            self.nominals.noun(mention, candidate, frame, arguments)
            if waiting := self.control.nouns.waiting(mention, candidate):
                arguments[:] = [
                    replace(a, slot="target", relation="") for a in arguments if a.how == "genitive"
                ]
                self.slots.fill("actor", waiting, "waiting", arguments)
            if self.control.nouns.decided(mention, candidate, frame):
                self.nominals.suffered(frame, arguments)
            for at, verb in mention.carriers:
                if at in self.element_of:
                    if self._done_by_subject(mention, candidate, at, verb, frame):
                        self.nominals.suffered(frame, arguments)
                    found = self._carrier(mention, at, verb, arguments)
                    roles = found if at == mention.light else roles
        self._prepositions(mention, candidate, frame, arguments)
        actors = [a for a in arguments if a.slot == "actor"]
        sides = bool(actors) and frame.get("مع") == "actor" and all(a.how == "prep:مع" for a in actors)
        beside = not mention.verbal and self.control.circumstance(mention, candidate)
        if not mention.verbal and (sides or not actors):
            suffering = [a.np for a in arguments if a.slot == "target"]
            understood = self.control.actors(mention, candidate, frame, circumstance=beside, sides=sides)
            understood = tuple(
                np for np in understood if not any(n.first < np.last and np.first < n.last for n in suffering)
            )  # تعرضوا للتعذيب
            self.slots.fill("actor", understood, "control", arguments)
        return Filled(mention, candidate, tuple(unique(arguments)), roles, self._container(mention), beside)

    def _verb(
        self, candidate: Candidate, roles: Roles, frame: Mapping[str, str], arguments: list[Argument]
    ) -> None:
        if roles.passive:
            self.slots.fill(
                frame.get("object", frame.get("subject", "-")), roles.subject, "undergoer", arguments
            )
        else:
            subject, objects = roles.subject, roles.objects
            if self._visits(candidate, roles, frame):
                subject, objects = objects, subject
            self.slots.fill(frame.get("subject", "-"), subject, roles.how, arguments)
            self.slots.fill(
                frame.get("object", "-"), self._with_fixed(candidate, objects), "object", arguments
            )
            if roles.pronoun >= 0 and not roles.objects:
                at = roles.pronoun
                self.slots.fill(frame.get("object", "-"), (NP(at, at + 1, at),), "object", arguments)

    def _with_fixed(self, candidate: Candidate, objects: tuple[NP, ...]) -> tuple[NP, ...]:
        """«أسقطت الدفاعات *طائرة* استطلاع»: the fixed word right before the object is its head."""
        apart = not objects or not candidate.fixed or candidate.fixed[-1] + 1 != objects[0].first
        if apart or not self.grammar.is_(candidate.fixed[-1], "means"):
            return objects
        return (NP(candidate.fixed[-1], objects[0].last, candidate.fixed[-1]), *objects[1:])

    def _visits(self, candidate: Candidate, roles: Roles, frame: Mapping[str, str]) -> bool:
        """«زار تونس رئيس الأركان»: of a named place and a person behind a verb that takes places the person acts."""
        takes = frame.get("object") == "place|target" and candidate.trigger.type in DEALINGS
        if not takes or roles.how != "vso" or len(roles.subject) != 1 or not roles.objects:
            return False
        place, person = roles.subject[0], roles.objects[0]
        people = "armed" not in self.semantics.classes(person) or self.grammar.is_(person.head, "titles")
        people = people and self.semantics.actor(person) and not self.semantics.place(person)
        gender = self.semantics.actors.head_features(self.semantics.text(person))[0]
        agrees = gender != ("m" if candidate.form.feminine else "f")  # «أوفدت القاهرة وزيرا»
        return self.semantics.named(place) and self.semantics.place(place) and people and agrees

    def _fixed(self, candidate: Candidate, frame: Mapping[str, str], arguments: list[Argument]) -> None:
        """The fixed word of a verb is its object, or part of it where the frame gives the object ``-``.

        «فكك خلية» has an object; «أطلق سراح X» has what the fixed word governs.
        """
        if not candidate.fixed or any(a.how in ("object", "undergoer") for a in arguments):
            return
        words = [f for f in candidate.fixed if not self.grammar.preposition(f) and not self.grammar.adverb(f)]
        if not words:
            return
        at = words[-1]
        limit = self.view.sents[self.view.sent[at]][1]
        before = self.elements[self.element_of[at] - 1] if at in self.element_of else None
        intransitive = candidate.trigger.entry.passive == "never"
        # «فيما حلقت الطائرات» has a subject of its own
        carried_on = all(a.how == "conjunct" for a in arguments)
        alone = carried_on and (intransitive or frame.get("object", "-") == "-")
        alone = alone and self.elements[self.element_of[at]].kind != "pp"  # أودى بحياة 32 شخصا
        if alone and before is not None and before.kind == "verb":
            # سقط شهداء، أغار الطيران: the fixed word is the subject
            whole = NP(at, self.reader.np_end(at, limit), at)
            word = NP(at, at + 1, at)
            told = (
                intransitive and candidate.trigger.entry.frame.get("object") != "-"
            )  # شكّل تحالفا has its object
            told = told or frame.get("subject") == "target" or self.semantics.actor(word)
            agrees = not (candidate.form.masculine and self.view.norm[at].endswith("ة"))  # أن يشكل كتلة
            said = self.grammar.has_article(at) or not self.reader.accusative(at)
            if told and agrees and said:
                arguments.clear()
                self.slots.fill(frame.get("subject", "-"), (whole,), "vso", arguments)
                return
        if frame.get("object", "-") != "-":
            if frame["object"] == frame.get("subject") and arguments:
                return  # راح ضحيته مدنيون
            whole = NP(at, self.reader.np_end(at, limit), at)
            self.slots.fill(frame["object"], (whole,), "object", arguments)
            return
        governs = at + 1 < limit and not self.grammar.closed(at) and self.grammar.nominal(at + 1)
        doer = frame.get("genitive", "-").startswith("actor") and any(a.slot == "actor" for a in arguments)
        if "genitive" in frame and governs and self.view.time[at + 1] < 0 and not doer:
            group = self.reader.coordination(at + 1, limit, after_verb=True)
            self.slots.fill(frame["genitive"], group, "genitive", arguments)

    def _carrier(self, mention: Mention, at: int, verb: LightVerb, arguments: list[Argument]) -> Roles:
        """What the own positions of the light verb at ``at`` give to its noun."""
        k = self.element_of[at]
        frame = folded_frame(verb.frame)
        element = self.elements[k]
        if element.kind != "verb":
            self.nominals.light_masdar(mention, frame, arguments)
            return Roles()
        roles = self.clauses.roles(k)
        own = tuple(np for np in roles.subject if not np.first <= mention.at < np.last)
        if verb.event not in ("object", "subject") and mention.at > at:
            own = tuple(np for np in own if np.first < mention.at)  # أدت إلى مقتل خمسة … طفلتان
        carries = verb.event != "subject" and verb.label == "light"
        if own and carries and not roles.passive and frame.get("subject", "actor") == "actor":
            # «يواصل الخريجون اعتصامهم»: the pronoun is the subject's
            arguments[:] = [
                a for a in arguments if a.slot != "actor" or not self.grammar.is_(a.np.head, "pronouns")
            ]
        if own and not roles.passive and not any(a.slot == "actor" for a in arguments):
            self.slots.fill(frame.get("subject", "actor" if carries else "-"), own, roles.how, arguments)
        if not roles.passive and verb.event != "object":
            objects = roles.objects
            if not objects and roles.pronoun >= 0:
                objects = (NP(roles.pronoun, roles.pronoun + 1, roles.pronoun),)
            self.slots.fill(frame.get("object", "-"), objects, "object", arguments)
        for j, pp in enumerate(self.elements[k + 1 :], k + 1):
            if pp.kind in ("verb", "comp", "rel"):
                break
            if (
                pp.kind == "pp"
                and pp.prep in frame
                and pp.prep != fold(verb.event)
                and self.owner.get(j, mention.at) == mention.at
            ):
                self.slots.fill(frame[pp.prep], pp.nps, f"prep:{pp.prep}", arguments)
        return roles

    def _done_by_subject(
        self, mention: Mention, candidate: Candidate, at: int, verb: LightVerb, frame: Mapping[str, str]
    ) -> bool:
        """«قامت القوات بقصف التنظيم»: the light verb has a subject, so what the masdar governs undergoes it."""
        carries = verb.event != "subject" and verb.label == "light" and verb.frame.get("subject") == "actor"
        force = candidate.trigger.type in _FORCE and candidate.form.kind == "masdar"
        if not carries or not force or frame.get("object", "-") == "-":
            return False
        k = self.element_of[at]
        if self.elements[k].kind != "verb":
            return at + 1 < mention.at and (
                self.grammar.nominal(at + 1) or self.grammar.glued_pronoun(at + 1)
            )
        roles = self.clauses.roles(k)
        return not roles.passive and any(self.semantics.actor(np) for np in roles.subject)

    def _prepositions(
        self, mention: Mention, candidate: Candidate, frame: Mapping[str, str], arguments: list[Argument]
    ) -> None:
        words = self.grammar.words
        for k, at in self.owner.items():
            if at != mention.at:
                continue
            element = self.elements[k]
            inner = range(element.nps[0].first, element.last) if element.nps else ()
            means = element.prep == "ل" and any(self.grammar.is_(f, "means") for f in inner[:1])
            done_by = self.attachment.done_by(mention, element, k)  # قصف من طائرات
            if any(f in inner for f in candidate.fixed) and not (
                (means and frame.get("ل", "").startswith("actor")) or done_by
            ):
                if element.prep == "في" and not mention.verbal and frame.get("genitive") == "actor":
                    self._in_the_ranks(element, arguments)
                continue  # but «قصف لطائرات التحالف» tells who did it
            prep, how = element.prep, f"prep:{element.prep}"
            if self.slots.said(prep, mention, frame, arguments) or (
                prep == "ل" and any(a.np in element.nps for a in arguments)
            ):
                continue  # كمين نصبته لهم: the light verb has said what they are
            if prep == "ل" and self._resumes(mention, k):
                continue  # المظاهرة تم الإعداد | لها
            if prep == "ل" and self._visitor(mention, candidate, element):
                self.slots.fill("actor", element.nps, how, arguments)
                continue
            if prep == "بين" and mention.verbal and self._of_purpose(k, arguments):
                continue  # «يلتقي الوزير نظيره لبحث العلاقات بين البلدين»
            if prep == "ل" and mention.verbal and frame.get(prep, "").startswith("actor"):
                continue  # «قصف لطائرات», but «قصفت المدفعية تجمعا | للمسلحين»
            owned = prep not in frame or (
                frame[prep] == "place" and any(a.how == "genitive" for a in arguments)
            )  # غزو الميليشيات | لعدن
            told = mention.light_verb is not None and mention.light_verb.label == "cause"  # أثار غزو X لـY
            if prep == "ل" and owned and not mention.verbal and (mention.light < 0 or told):
                self.nominals.possessor(element, candidate, frame, arguments)
            if prep in frame:
                self.slots.fill(frame[prep], element.nps, how, arguments)
                if frame[prep] != "place" or any(self.semantics.place(np) for np in element.nps):
                    continue
            agent = prep in words["by_agent"] or done_by or self.attachment.issued(element)
            if agent and not self.grammar.glued_pronoun(element.last - 1):
                self.slots.fill("actor", element.nps, how, arguments)
            elif prep == "ضد":
                self.slots.fill("target", element.nps, how, arguments)
            elif self.attachment.locative(element):
                near = prep in words["near"] or prep in NEAR_PHRASES
                self.slots.fill("place:near" if near else "place", element.nps, how, arguments)

    def _resumes(self, mention: Mention, k: int) -> bool:
        """A pronoun behind another verb, which points back to the event noun itself."""
        pronoun = not mention.verbal and self.grammar.glued_pronoun(self.elements[k].last - 1)
        first = self.element_of[mention.at]
        return pronoun and any(e.kind == "verb" for e in self.elements[first + 1 : k])

    def _visitor(self, mention: Mention, candidate: Candidate, element: Element) -> bool:
        """«الزيارة الأخيرة لرئيس الوزراء»: of a visit that is known already, a person is who made it."""
        if mention.verbal or candidate.trigger.mode != "visit" or not self.grammar.has_article(mention.at):
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

    def _container(self, mention: Mention) -> int:
        """«قُتل ثلاثة في انفجار»: the event noun in the phrase that follows with في، ب، جراء، إثر، خلال."""
        if mention.at not in self.element_of:
            return -1
        k = self.element_of[mention.at]
        for later in self.elements[k : k + 7]:
            if later.kind in ("rel", "comp") or (later.kind == "verb" and later.first > mention.at):
                break
            if (
                later.kind == "pp"
                and later.first > mention.at
                and later.prep in ("في", "ب", "جراء", "اثر", "خلال", "نتيجه", "بسبب")
            ):
                for np in later.nps:
                    for i in range(np.head, min(np.last, np.head + 2)):
                        if i in self.mentions and i != mention.at:
                            return i
        return -1

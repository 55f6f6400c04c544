"""Filling the slots of an event from its frame: by verb or noun, light verbs, prepositions, in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline.events.attachment import Attachment, folded_frame
from pipeline.events.clauses import ClauseReader
from pipeline.events.conditions import Conditions
from pipeline.events.control import Control
from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import FORCE
from pipeline.events.mentions import Mention
from pipeline.events.nominals import NominalArguments
from pipeline.events.nounphrases import NP
from pipeline.events.own_deeds import OwnDeeds
from pipeline.events.phrases import Element, PhraseReader
from pipeline.events.prepositions import PrepositionalArguments
from pipeline.events.roles import Roles
from pipeline.events.semantics import Semantics
from pipeline.events.senses import Candidate
from pipeline.events.slots import Argument, Filled, SlotFiller, Unsaid, one_side, unique
from pipeline.events.topics import Topics
from pipeline.events.verbals import VerbalArguments
from pipeline.events.verbs import Verbs
from pipeline.events.view import View
from pipeline.knowledge.events import LightVerb
from pipeline.text.normalize import fold

#: Folded: what stands between those whom a deed befalls and the deed («قُتل ثلاثة | في هجوم»).
CONTAINING = frozenset({"في", "ب", "جراء", "اثر", "خلال", "اثناء", "نتيجه", "بسبب"})
#: Elements between a relative pronoun and the verb that somebody says of its antecedent.
_TOLD = 5


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
        self.elements = elements
        self.clauses = clauses
        self.mentions = mentions
        self.element_of = clauses.element_of
        self.own = [m for i, m in sorted(mentions.items()) if i in self.element_of]
        self.slots = SlotFiller(grammar, semantics, mentions)
        self.conditions = Conditions(grammar, semantics, mentions)
        denials = {m.at for m in self.own if m.candidates[0].trigger.mode == "deny"}
        self.topics = Topics(grammar, denials)
        self.nominals = NominalArguments(
            view, grammar, semantics, reader, elements, self.element_of, self.slots
        )
        self.verbals = VerbalArguments(
            view, grammar, semantics, reader, elements, self.element_of, self.slots
        )
        self.control = Control(clauses, mentions, saying)
        self.own_deeds = OwnDeeds(clauses, mentions, self.control.subject_before)
        self.verbs = Verbs(clauses, mentions)
        self.attachment = Attachment(view, grammar, semantics, elements, self.own)
        self.owner = self.attachment.owners()
        self.prepositions = PrepositionalArguments(
            grammar,
            semantics,
            elements,
            self.element_of,
            self.slots,
            self.attachment,
            self.owner,
            self.nominals,
        )

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
        put_off: Filled | None = None
        for number, candidate in enumerate(mention.candidates):
            if verbal and (number or again):
                self.verbs.roles(k, candidate, again=True)
            filled = self._fill(mention, candidate)
            if self.conditions.hold(filled, final=False) and not self.topics.holds(filled):
                if not self.conditions.of_things(filled):
                    return filled
                put_off = put_off or filled
        return put_off

    def _fill(self, mention: Mention, candidate: Candidate) -> Filled:
        frame = folded_frame(candidate.trigger.frame)
        arguments: list[Argument] = []
        roles = Roles()
        if mention.verbal:
            k = self.element_of[mention.at]
            if self.elements[k].kind == "verb":
                roles = self.clauses.roles(k)
                self.verbals.verb(candidate, roles, frame, arguments)
        else:
            self.nominals.noun(mention, candidate, frame, arguments)
            before = self.element_of[mention.at] - 1
            marked = before >= 0 and self.elements[before].kind == "punct"
            participle = marked and self.control.circumstance(mention, candidate)
            if participle and frame.get("genitive", "").startswith("actor"):
                # «…، مطالبة السلطات ب»: whom the participle is about is not who speaks
                arguments[:] = [replace(a, slot="target") if a.how == "genitive" else a for a in arguments]
            if waiting := self.control.nouns.waiting(mention, candidate):
                arguments[:] = [
                    replace(a, slot="target", relation="") for a in arguments if a.how == "genitive"
                ]
                self.slots.fill("actor", waiting, "waiting", arguments)
            if self.control.decided(mention, candidate, frame):
                self.nominals.suffered(frame, arguments)
            if (helped := self.control.nouns.helped(mention, candidate)) is not None:
                arguments[:] = [replace(a, slot="actor") if a.how == "genitive" else a for a in arguments]
                self.slots.fill("target", helped, "control", arguments)
            for at, verb in mention.carriers:
                if at in self.element_of:
                    if self._done_by_subject(mention, candidate, at, verb, frame):
                        self.nominals.suffered(frame, arguments)
                    found = self._carrier(mention, at, verb, arguments)
                    roles = found if at == mention.light else roles
        self.prepositions.fill(mention, candidate, frame, arguments)
        self.prepositions.passing(mention, candidate, arguments)
        actors = [a for a in arguments if a.slot == "actor"]
        sides = one_side(candidate, frame, arguments)
        beside = not mention.verbal and self.control.circumstance(mention, candidate)
        governor = -1
        if not mention.verbal and (sides or not actors):
            suffering = [a.np for a in arguments if a.slot == "target"]
            understood = self.control.actors(mention, candidate, frame, circumstance=beside, sides=sides)
            governor = self.control.open
            understood = tuple(
                np for np in understood if not any(map(np.overlaps, suffering))
            )  # تعرضوا للتعذيب
            self.slots.fill("actor", understood, "control", arguments)
        if not mention.verbal:
            arguments = self.own_deeds.resolved(mention, arguments)
        arguments = self.slots.settled(candidate, arguments)
        return Filled(
            mention,
            candidate,
            tuple(unique(arguments)),
            roles,
            self._container(mention),
            beside,
            self._unsaid(mention, arguments, governor),
        )

    def _unsaid(self, mention: Mention, arguments: Sequence[Argument], governor: int) -> Unsaid | None:
        """«وتمكنوا من السيطرة على …»، «كما شن غارات»: the verb above the event noun, its subject told before.

        Args:
            governor: element number of a verb that is no light one and leaves its subject unsaid, or -1.
        """
        verb, k = mention.light_verb, governor
        if any(a.slot == "actor" for a in arguments):
            return None
        if verb is not None and mention.light in self.element_of:
            acts = verb.label == "light" and verb.frame.get("subject", "actor") == "actor"
            k = self.element_of[mention.light] if acts and verb.event != "subject" else -1
        if k < 0 or self.elements[k].kind != "verb":
            return None
        roles = self.clauses.roles(k)
        silent = not roles.subject and not roles.passive
        return Unsaid(self.clauses.form(k), self.elements[k].first) if silent else None

    def _carrier(self, mention: Mention, at: int, verb: LightVerb, arguments: list[Argument]) -> Roles:
        """What the own positions of the light verb at ``at`` give to its noun."""
        k = self.element_of[at]
        frame = folded_frame(verb.frame)
        element = self.elements[k]
        if element.kind != "verb":
            self.nominals.light_masdar(mention, frame, arguments)
            return Roles()
        roles = self.clauses.roles(k)
        own = roles.subject
        carried = any(np.first <= mention.at < np.last for np in roles.objects)
        if verb.event == "subject" and carried and own and not roles.passive:
            # «استهدفت القافلة غارة»: the event does it, whatever stands first
            self.slots.fill(frame.get("object", "-"), own, "object", arguments)
            return roles
        if any(np.first <= mention.at < np.last for np in own):
            own = ()  # «أوقع العنف آلاف القتلى | والمصابين»
        if verb.label == "cause" and roles.how == "conjunct" and not self.control.onlookers.did(k, mention):
            own = ()
        if verb.label == "cause":
            # «تسببت الحرب في مقتل»، «تسبب إعلان الوزير في هجوم»
            own = tuple(np for np in own if not self.grammar.is_(np.head, "deeds") and self._who(np))
            own = () if roles.how == "pronoun" and self._said_of(k) else own
        if verb.event not in ("object", "subject") and mention.at > at:
            own = tuple(np for np in own if np.first < mention.at)  # أدت إلى مقتل خمسة … طفلتان
        carries = verb.event != "subject" and verb.label == "light"
        if own and carries and not roles.passive and frame.get("subject", "actor") == "actor":
            # «يواصل الخريجون اعتصامهم»: the pronoun is the subject's
            arguments[:] = [
                a for a in arguments if a.slot != "actor" or not self.grammar.is_(a.np.head, "pronouns")
            ]
        spec = frame.get("subject", "actor" if carries else "-")
        # «تعرضت القافلة لهجوم المسلحين»: whom it befell is told beside who did it
        done = spec.startswith("actor") and any(a.slot == "actor" for a in arguments)
        if self.grammar.is_(element.first, "using") and all(
            self.grammar.of_class(n.head, "means") for n in own
        ):
            own = ()  # «السيارة التي | استخدمت في الهجوم»
        if own and not roles.passive and not done:
            self.slots.fill(spec, own, roles.how, arguments)
        if not roles.passive and verb.event != "object":
            objects = roles.objects
            if any(np.first <= mention.at < np.last for np in objects):
                objects = ()  # «غارة | استهدفته»: the pronoun means another
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

    def _who(self, np: NP) -> bool:
        """Whether a phrase can be somebody or arms: no «القرار»، «الخلاف»، «قرار الحكومة»."""
        return self.semantics.actor(np) or not (
            self.semantics.inert(np) or self.grammar.is_(np.head, "undertakings")
        )

    def _said_of(self, k: int) -> bool:
        """«الحرب التي تقول المنظمة إنها | أسفرت عن مقتل»: the pronoun means what the relative clause is about."""
        for element in reversed(self.elements[max(0, k - _TOLD) : k]):
            if element.kind == "rel":
                return True
            if element.kind not in ("comp", "np", "verb"):
                break
        return False

    def _done_by_subject(
        self, mention: Mention, candidate: Candidate, at: int, verb: LightVerb, frame: Mapping[str, str]
    ) -> bool:
        """«قامت القوات بقصف التنظيم»: the light verb has a subject, so what the masdar governs undergoes it."""
        carries = verb.event != "subject" and verb.label == "light" and verb.frame.get("subject") == "actor"
        force = candidate.trigger.type in FORCE and candidate.form.kind == "masdar"
        force = force or candidate.trigger.type == "REQUEST"  # «ما قام به الزعيم من دعوة المزارعين إلى …»
        if not carries or not force or frame.get("object", "-") == "-":
            return False
        k = self.element_of[at]
        own = verb.event == "object" and self.grammar.glued_pronoun(mention.at + 1)
        if own and self.elements[k].kind == "verb":
            subject = self.clauses.roles(k).subject  # «واصل الجيش | قصفه»
            return not (subject and self.clauses.agreement.refers(mention.at + 1, subject))
        if self.elements[k].kind != "verb":
            return at + 1 < mention.at and (
                self.grammar.nominal(at + 1) or self.grammar.glued_pronoun(at + 1)
            )
        roles = self.clauses.roles(k)
        return not roles.passive and any(self.semantics.actor(np) for np in roles.subject)

    def _container(self, mention: Mention) -> int:
        """«قُتل ثلاثة في انفجار»: the event noun in the phrase that follows with في، ب، جراء، إثر، خلال."""
        if mention.at not in self.element_of:
            return -1
        k = self.element_of[mention.at]
        for later in self.elements[k : k + 7]:
            if later.kind in ("rel", "comp") or (later.kind == "verb" and later.first > mention.at):
                break
            if later.kind == "pp" and later.first > mention.at and later.prep in CONTAINING:
                for np in later.nps:
                    for i in range(np.head, min(np.last, np.head + 2)):
                        if i in self.mentions and i != mention.at:
                            carrier = self.mentions[i].light
                            if not mention.at < carrier < later.first:
                                return i
                            # «إثر قيام مسلحين | بإطلاق»; «التأهب تحسبا لقيام المسلحين | بمهاجمة …» is another's deed
                            return i if self.elements[self.element_of[carrier]].prep in CONTAINING else -1
        return -1

"""Who does an event noun far from its verb: coordinated, nested in another noun, led to by another event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.events.arguments import SentenceArguments
from pipeline.events.causes import OWN_SIDES, RESULTS
from pipeline.events.judged import Judged
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.slots import Filled

#: What a preposition says of the masdar behind it: its doer is the subject of the verb.
_LEADS = frozenset({"في", "ب", "ل", "من", "الي", "علي", "عبر", "بهدف", "بغيه", "حتي"})
#: What those who uphold the law tell of, and others have done.
_CRIMES = frozenset(
    {"abduct", "assassinate", "kill", "beat", "rape", "torture", "shooting", "bombing", "attack"}
)
#: Prepositions that set what somebody says or does beside a meeting.
_AT_MEETING = frozenset({"بعد", "عقب", "اثر", "خلال", "في", "قبل", "قبيل", "اثناء", "علي هامش", "ختام"})
#: Types whose verbs are about what others do: who condemns, asks for or praises a deed has not done it.
_ABOUT = frozenset({"ACCUSE", "REQUEST", "SUPPORT", "REJECT", "THREATEN", "SANCTION"})
#: Who foils a deed does not do it.
_PREVENTED = "foil"
#: Modes of what an attack wins, and of attacks.
_WON = frozenset({"seize-territory", "advance"})
_STRIKES = frozenset({"attack", "airstrike", "shelling", "bombing"})
#: … and of those who go, and the prepositions before what they did there.
_LEFT, _AFTER = "withdraw", frozenset({"بعد", "عقب", "اثر"})


class Chains(Judged):
    """Completes the nominal events of one article whose own phrase, verb and neighbours name no doer."""

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the same order; none that has an actor is changed."""
        done = {e.mention.at: e for e in events}
        for at in sorted(done):
            event = done[at]
            if event.mention.verbal or event.circumstance or event.slot("actor"):
                continue
            group = self._doers(event, done) if self._done(event) else ()
            done[at] = self._given(event, group, "control")
        return [done[e.mention.at] for e in events]

    def _done(self, event: Filled) -> bool:
        """A masdar or event noun for what somebody does."""
        sentence = self._sentence(event)
        element = sentence.elements[sentence.element_of[event.mention.at]]
        if element.prep and sentence.grammar.objected(element.first):
            return False  # «احتجاجا على قصف المدينة»
        led = event.candidate.trigger.mode in CASUALTIES and self._result(event)  # «ما أسفر عن استشهاد»
        acts = event.candidate.trigger.frame.get("subject") == "actor" or led or self._dealt(event)
        return acts and event.candidate.form.kind != "participle"

    def _doers(self, event: Filled, events: Mapping[int, Filled]) -> tuple[NP, ...]:
        sentence = self._sentence(event)
        if charged := self._judged(event, sentence, events):
            return charged
        if event.candidate.trigger.mode in RESULTS and (caused := self._caused(event, sentence, events)):
            return caused
        light = event.mention.light_verb
        fought = event.candidate.trigger.mode == "clash" and light is not None and light.event == "object"
        if (event.candidate.trigger.mode in OWN_SIDES and not fought) or self._result(event):
            killing = event.candidate.form.kind == "masdar" and not self._result(event)
            return self._joined(event, sentence, events) if killing else ()  # «خوض معارك»: one side at least
        if carried := self._nested(event, sentence, events) or self._joined(event, sentence, events):
            return carried
        return self._governed(event, sentence, events)

    def _result(self, event: Filled) -> bool:
        light = event.mention.light_verb
        return light is not None and light.label == "cause"

    def _nested(
        self, event: Filled, sentence: SentenceArguments, events: Mapping[int, Filled]
    ) -> tuple[NP, ...]:
        """«بدأ الجيش معركة تحرير المدينة»: the event noun that governs this one has a doer."""
        at = event.mention.at
        element = sentence.elements[sentence.element_of[at]]
        for outer in range(at - 1, element.first - 1, -1):
            giver = events.get(outer)
            if giver is None or giver.mention.verbal or giver.candidate.trigger.type in _ABOUT:
                continue
            if giver.candidate.trigger.mode not in ("clash", _PREVENTED):
                return tuple(a.np for a in giver.slot("actor"))
        return ()

    def _joined(
        self, event: Filled, sentence: SentenceArguments, events: Mapping[int, Filled]
    ) -> tuple[NP, ...]:
        """«اقتحام الجيش القرية … وإحراق منازلها»، «ست غارات …، بالإضافة إلى ثلاث غارات»: the deed before has a doer."""
        at = event.mention.at if event.mention.light < 0 else min(event.mention.at, event.mention.light)
        k, view = sentence.element_of.get(at, -1), sentence.view
        if k < 0:
            return ()
        element = sentence.elements[k]
        besides = element.first > 0 and sentence.grammar.is_(element.first - 1, "besides")
        if not besides and "و" not in (view.key[at - 1], view.key[element.first - 1]):
            return ()
        for other in sorted((i for i in events if i < at), reverse=True):
            giver = events[other]
            between = range(sentence.element_of.get(other, k) + 1, k)
            if view.sent[other] != view.sent[at] or any(self._parts(sentence, j) for j in between):
                return ()
            alike = giver.candidate.trigger.mode == event.candidate.trigger.mode
            masdars = giver.candidate.form.kind == event.candidate.form.kind == "masdar"
            if giver.mention.verbal or giver.candidate.trigger.mode in OWN_SIDES or not (alike or masdars):
                continue
            if giver.slot("actor") and giver.candidate.trigger.type not in _ABOUT:
                return tuple(a.np for a in giver.slot("actor"))
        return ()

    def _parts(self, sentence: SentenceArguments, j: int) -> bool:
        """A verb or the end of a clause, behind which what comes is not coordinated to what was before."""
        return sentence.elements[j].kind in ("verb", "comp", "rel") or sentence.clauses.ends(j)

    def _governed(
        self, event: Filled, sentence: SentenceArguments, events: Mapping[int, Filled]
    ) -> tuple[NP, ...]:
        """The subject of the verb before the event, where that verb says what its subject does."""
        at = event.mention.at if event.mention.light < 0 else min(event.mention.at, event.mention.light)
        if sentence.view.sent[at] != sentence.view.sent[event.mention.at]:
            return ()
        k = sentence.element_of[at]
        element = sentence.elements[k]
        if element.kind not in ("np", "pp", "other", "fixed") or self._incident(sentence, at):
            return ()
        if self._setting(sentence, element):
            return ()
        verb = self._verb(sentence, k)
        if self._dealt(event):
            beside = verb >= 0 and element.kind == "pp" and element.prep in _AT_MEETING
            return self._speaker(sentence, verb) if beside else ()
        if verb < 0 or sentence.control.nouns.of_others(event.mention, k):
            return ()
        if sentence.control.handed.doers(event.mention, k) == ():
            return ()
        if (asked := self._asked(event, sentence, verb, events)) is not None:
            return asked
        giver = events.get(sentence.elements[verb].first)
        if giver is not None and giver.candidate.trigger.mode == _PREVENTED:
            return ()  # «أحبطت الشرطة هجوما»: others have planned it
        if event.candidate.trigger.mode == "ease" and sentence.elements[k - 1].kind == "other":
            return ()  # «فور رفع العقوبات»: others lifted them
        if element.prep == "من" and sentence.control.onlookers.looks_on(
            event.mention, event.candidate, k, verb, sides=False
        ):
            return ()  # «وصل الوزير إلى البلدة بعد ساعات | من اغتيال عمدتها»
        if sentence.control.onlookers.remarks(k, verb) or sentence.control.nouns.depicted(event.mention, k):
            return ()
        subject = sentence.clauses.roles(verb).subject
        if any(np.first <= at < np.last for np in subject) or self._besides(sentence, verb, k):
            return ()
        if not self._does(verb, at, sentence, events) or sentence.control.within(verb, k):
            return ()
        first = sentence.elements[verb].first
        saying = sentence.control.saying(first)
        listed = element.kind == "pp" and not element.nps[0].first <= at < element.nps[0].last
        if element.kind == "pp" and not (listed and sentence.semantics.place(element.nps[0])):
            masdar = event.candidate.form.kind == "masdar" and not sentence.grammar.has_article(at)
            announced = saying and element.prep == "عن" and sentence.grammar.is_(first, "announcing")
            if announced and self._claims(
                event, subject, sentence, abroad=True
            ):  # «أعلن الجيش عن استعادة البلدة»
                return subject if all(self._able(np, sentence) for np in subject) else ()
            beside = element.prep == "في" or (
                event.candidate.trigger.mode == "visit" and element.prep in _AT_MEETING
            )
            visits = beside and event.candidate.trigger.type == "CONSULT"  # وصل في زيارة
            if won := self._won_by(event, element, verb, sentence, events):
                return won
            if (
                (element.prep not in _LEADS and not visits)
                or saying
                or not (masdar or visits or element.prep == "ب")
            ):
                return ()
        elif saying and not self._claims(event, subject, sentence):
            return ()
        return subject if all(self._able(np, sentence, telling=saying) for np in subject) else ()

    def _won_by(
        self,
        event: Filled,
        element: Element,
        verb: int,
        sentence: SentenceArguments,
        events: Mapping[int, Filled],
    ) -> tuple[NP, ...]:
        """«استولى المتمردون على الثكنة بعد هجوم مباغت»: who takes a place has made the attack before it.

        Also «انسحبت القوات بعد عملية استمرت يومين»: who leaves a place has carried out the operation there.
        """
        giver = events.get(sentence.elements[verb].first)
        left = giver is not None and giver.candidate.trigger.mode == _LEFT
        if giver is not None and left and element.prep in _AFTER:
            open_noun = not sentence.grammar.has_article(event.mention.at)
            own = sentence.grammar.of_class(event.mention.at, "undertaken") and open_noun
            return tuple(a.np for a in giver.slot("actor")) if own else ()
        won = giver is not None and giver.candidate.trigger.mode in _WON and giver.mention.verbal
        attack = event.candidate.trigger.mode in _STRIKES and not sentence.grammar.has_article(
            event.mention.at
        )
        if giver is None or not won or not attack or element.prep not in _AT_MEETING | _LEADS:
            return ()
        return tuple(a.np for a in giver.slot("actor"))

    def _dealt(self, event: Filled) -> bool:
        """«بعد اتصال هاتفي مع أمير قطر»: a meeting or call of which only the other side is said."""
        reached = {"prep:مع", "prep:ب"} if event.candidate.trigger.mode == "phone" else {"prep:مع"}
        with_whom = any(a.slot == "target" and a.how in reached for a in event.arguments)
        return event.candidate.trigger.type == "CONSULT" and with_whom and event.mention.light < 0

    def _speaker(self, sentence: SentenceArguments, verb: int) -> tuple[NP, ...]:
        """«قال الوزير عقب اجتماع مع نظيره إن …»: whoever speaks or acts beside a meeting took part in it."""
        roles = sentence.clauses.roles(verb)
        if roles.passive or not roles.subject or roles.how not in ("vso", "svo"):
            return ()
        return roles.subject if all(self._able(np, sentence) for np in roles.subject) else ()

    def _asked(
        self, event: Filled, sentence: SentenceArguments, verb: int, events: Mapping[int, Filled]
    ) -> tuple[NP, ...] | None:
        """«دعا القائد المسلحين إلى إلقاء السلاح و | الانسحاب»: who is asked does all of it; None: nobody is asked."""
        governor = events.get(sentence.elements[verb].first)
        if governor is None or governor.candidate.trigger.type != "REQUEST":
            return None
        roles = sentence.clauses.roles(verb)
        if roles.passive or not roles.objects or event.candidate.form.kind != "masdar":
            return None
        at = event.mention.at
        joined = sentence.view.key[at - 1] == "و" or sentence.view.key[at - 2] == "و"
        people = all(self._able(np, sentence) and np.last <= at for np in roles.objects)
        return roles.objects if joined and people else ()

    def _setting(self, sentence: SentenceArguments, element: Element) -> bool:
        """«استقال الوزير على خلفية الهجوم»: what somebody acts upon is not his own deed."""
        behind = element.first + 1 < element.last and sentence.grammar.is_(element.first + 1, "grounds")
        return element.kind == "other" and sentence.view.key[element.first] == "علي" and behind

    def _incident(self, sentence: SentenceArguments, at: int) -> bool:
        """«باشرت الشرطة حادثة إطلاق نار»: who deals with an incident has not caused it."""
        return at > 0 and sentence.grammar.is_(at - 1, "incidents")

    def _does(self, verb: int, at: int, sentence: SentenceArguments, events: Mapping[int, Filled]) -> bool:
        """Whether the subject of a verb does what is named behind it: no passive, nobody who only sees or judges."""
        roles, first = sentence.clauses.roles(verb), sentence.elements[verb].first
        if roles.passive or not roles.subject or roles.how == "pronoun":
            return False
        if roles.how == "conjunct" and sentence.control.quoted(verb, roles.subject):
            return False
        governor = events.get(first)
        if governor is not None:
            trigger = governor.candidate.trigger
            judges = trigger.type in _ABOUT and trigger.mode != "deny"
            if judges or trigger.frame.get("subject") != "actor":
                return False
            if any(a.np.first <= at < a.np.last for a in governor.slot("target")):
                return False  # «قمعت القوات مسيرة»: it is done to those who march
        return not sentence.grammar.is_(first, "bystander_verbs")

    def _claims(
        self, event: Filled, subject: Sequence[NP], sentence: SentenceArguments, *, abroad: bool = False
    ) -> bool:
        """«أعلنت الشرطة ضبط أسلحة»، «أعلن المتمردون هدنة»: those who bear arms tell of their own deeds.

        Args:
            abroad: what is told stands behind «عن», so that crimes are the deeds of others.
        """
        trigger = event.candidate.trigger
        if event.candidate.form.kind != "masdar" or (abroad and trigger.mode in _CRIMES):
            return False
        public = trigger.type == "COERCE" or trigger.mode == "foil"  # «أعلنت وزارة الداخلية ضبط خلية»
        power = {"armed", "state"} if public else {"armed"}
        return bool(subject) and all(power & sentence.semantics.classes(np) for np in subject)

    def _besides(self, sentence: SentenceArguments, verb: int, k: int) -> bool:
        """«في تصريح نشرته الوزارة …، معربا عن أمله في القبض»: a participle between has another subject."""
        for j in range(verb + 1, k):
            element = sentence.elements[j]
            if element.kind == "np" and sentence.elements[j - 1].kind == "punct":
                norm = sentence.view.norm[element.first]
                if norm.startswith("م") and norm.endswith("ا"):
                    return True
        return False

"""Who does what a masdar names, where its own phrase does not say: the subject or object of the verb it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.events.accused import ASKED, Accused
from pipeline.events.circumstances import formed
from pipeline.events.clauses import ClauseReader
from pipeline.events.handed import Handed
from pipeline.events.intentions import Intentions
from pipeline.events.joined_deeds import JoinedDeeds
from pipeline.events.lexicon import CASUALTIES, FORCE
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.onlookers import Onlookers
from pipeline.events.phrases import Element
from pipeline.events.senses import Candidate
from pipeline.events.stems import verbal_noun
from pipeline.events.undertakings import Undertakings
from pipeline.text.normalize import fold

#: Prepositions after which a masdar without a subject of its own shares the subject of the verb it hangs on.
_CONTROL = frozenset(fold(p) for p in (
    "ب", "من", "على", "إلى", "ل", "عن", "بعد", "قبل", "خلال", "عبر", "منذ", "بهدف",
    "بغية", "حتى", "نحو", "وسط", "عقب", "إثر", "أثناء", "من أجل", "من خلال", "عن طريق",
))  # fmt: skip
#: Modes of what is refused in person («أعلن الحزب مقاطعة الانتخابات»).
_REFUSALS = frozenset({"boycott", "strike-work", "hunger-strike"})
#: Types of what a crowd says while it does something else.
_VOICED = frozenset({"REQUEST", "REJECT"})


#: Prepositions for what something is about: who does that is said behind them, or nowhere.
_ABOUT = frozenset({"بشان", "حول"})
#: Prepositions that lead from a verb to what its subject decides.
_DECIDED = frozenset({"ب", "علي", "الي", "ل", "في", "عن", "من"})


class Control(Intentions):
    """Finds the understood actors of the masdars of one sentence.

    Args:
        clauses: has read the sentence's verbs.
        mentions: all mentions by view index.
        saying: whether the verb at a view index is one of saying.
    """

    def __init__(
        self, clauses: ClauseReader, mentions: Mapping[int, Mention], saying: Callable[[int], bool]
    ) -> None:
        super().__init__(clauses, mentions, saying)
        self.nouns = Undertakings(clauses, mentions)
        self.onlookers = Onlookers(clauses, mentions)
        self.handed = Handed(clauses, mentions)
        self.joined = JoinedDeeds(clauses, mentions)
        self.accused = Accused(clauses, mentions, self.subject_before, self._governor)
        #: Element number of the verb whose subject, unsaid, does what the masdar asked for last names; or -1.
        self.open = -1

    def actors(
        self,
        mention: Mention,
        candidate: Candidate,
        frame: Mapping[str, str],
        *,
        circumstance: bool,
        sides: bool = False,
    ) -> tuple[NP, ...]:
        """«بدأت بالسيطرة على»، «بعد دخولها»: a masdar without a subject shares that of the verb it hangs on.

        Args:
            circumstance: what :meth:`circumstance` says of the mention.
            sides: the other side of a clash, of talks or of common work is said («عقب اشتباكات مع المتمردين»، «خلال
                محادثات مع الوفد»), so any noun takes this one.
        """
        self.open = -1
        if circumstance:
            return self.subject_before(self.element_of[mention.at], self.view.norm[mention.at])
        deed = candidate.trigger.type == "ASSAULT" and candidate.trigger.mode not in CASUALTIES
        if (deed or "actor" in (frame.get("subject"), frame.get("adjective"))) and (
            admitted := self.accused.responsible(mention) or self.accused.blamed(self.element_of[mention.at])
        ):
            return admitted
        carried = mention.light >= 0 and self.view.sent[mention.light] == self.view.sent[mention.at]
        carried = carried and self.elements[self.element_of[mention.light]].kind != "verb"
        k = self.element_of[mention.light if carried else mention.at]
        if sides and not carried and self._beside(k):
            k -= 2
        element = self.elements[k]
        if self.nouns.depicted(mention, k) or self.nouns.opposed(mention, k):
            return ()
        if stopping := self.nouns.stopping(mention, k):
            return stopping
        if not sides and (
            same := self.joined.doers(mention, candidate) or self.joined.led(mention, candidate)
        ):
            return same
        if not carried and (executed := self.nouns.executor(mention, frame, k)):
            return executed
        acts = candidate.form.kind == "masdar" or element.prep == "ب"  # «أمرت بالتحقيق», but: حذرت من هجوم
        acts = acts or self._verbal(mention, candidate, frame)
        named = frame.get("genitive", "").startswith("target") and candidate.trigger.mode not in CASUALTIES
        announced = frame.get("subject") == "actor" and self._announced(mention, candidate, k)
        acts = acts or announced or candidate.trigger.mode in _REFUSALS
        if not carried and not acts and named and (decided := self.nouns.undertaker(k, mention.at)):
            return decided  # «إعلان الوزارة ترحيل اللاجئين»
        if not carried and not sides and (not acts or frame.get("subject", "-") != "actor"):
            return ()
        if element.prep in ("ب", "في") and (charged := self.accused.charged(k)):
            return charged
        if indicted := self.accused.indicted(k, mention.at):
            return indicted
        if blamed := self.accused.blamed(k):
            return blamed
        if (handed := self.handed.doers(mention, k)) is not None:
            return handed
        if undertaking := self.nouns.undertaker(k, mention.at) or self.nouns.left_with(k):
            return undertaking
        if willing := self.nouns.willing(k, mention.at):
            return willing
        if self.nouns.of_others(mention, k, sides=sides):
            return ()
        verb = self._governor(k)
        if verb < 0 or (verb < k and not circumstance and not sides and self.within(verb, k)):
            return self._sent(verb, k)
        if verb < k and any(e.prep in _ABOUT for e in self.elements[verb:k]):
            return ()  # «وافق المجلس على اتفاقية بشأن تقديم المساعدة لتدريب الحرس»
        if self.onlookers.looks_on(mention, candidate, k, verb, sides=sides):
            return ()
        if refused := self.refused(candidate, mention, k, verb):
            return refused
        if not carried and self._befalls(candidate, element, named=verb > k and self._bare(mention, k)):
            return ()
        governor = self.mentions.get(self.elements[verb].first)
        asked = governor is not None and governor.verbal and self._asks(governor, verb)
        admits = element.prep == "ب" and self.grammar.is_(self.elements[verb].first, "admitting")
        if self.saying(self.elements[verb].first) and not asked and not admits:
            if self.grammar.is_(self.elements[verb].first, "bystander_verbs"):
                return ()  # «تتابع المنظمة الاعتقالات»
            # «تحدثت مصادر عن انسحابات» says nothing of who withdrew, «أعلن الجيش السيطرة على…» does
            claimed = announced or carried or self.grammar.has_article(mention.at)
            claimed = claimed or "actor" not in frame.get("genitive", "") or self._of_place(mention, k)
            hurt = candidate.trigger.mode == "injure"  # «أعلنت الوزارة إصابة جندي»: it befell him
            own = self.clauses.roles(verb).subject
            armed = bool(own) and all("armed" in self.semantics.classes(np) for np in own)
            if sides and armed and candidate.trigger.mode == "clash" and verb < k:
                return own  # «أعلنت الفصائل السيطرة على البلدة بعد اشتباكات مع الجيش»
            if element.kind != "np" or not claimed or hurt or verb > k:
                return ()
        elif not self._leads(k, mention.at, sides=sides):
            return self._chosen(verb, k, candidate)
        roles = self.clauses.roles(verb)
        dies = governor is not None and governor.verbal and candidate.form.kind == "noun"
        if dies and governor is not None and governor.candidates[0].trigger.frame.get("subject") == "target":
            return ()  # «قضى مدنيون … بالبراميل المتفجرة»
        praised = (
            governor is not None and governor.verbal and governor.candidates[0].trigger.type == "SUPPORT"
        )
        if praised and not admits:
            return ()  # «رحب الوزير بتحرير الرهائن»: who praises a deed has not done it
        if roles.how in ("conjunct", "pronoun") and not asked and self.quoted(verb, roles.subject):
            return ()
        if self.grammar.is_(self.elements[verb].first, "compelling") and verb < k:
            return self.nouns.compelled(verb)
        if verb < k and (told := self.nouns.ordered(verb, k)):
            return told
        # «اتهمت X Y باغتيال»، «دعا X Y إلى إضراب»: Y does it
        group = roles.objects if asked else () if roles.passive else roles.subject
        fell = governor is not None and governor.candidates[0].trigger.mode in CASUALTIES
        if fell and governor is not None and governor.verbal and not roles.objects:
            return ()  # «قُتل فيها أميركيون، ثم تفجيرات بالتعاون مع الحزب»
        if asked and not group and roles.pronoun >= 0:
            group = (NP(roles.pronoun, roles.pronoun + 1, roles.pronoun),)  # حثها على فتح الحدود
        if asked and roles.passive and element.prep in ("ب", "في"):
            group = roles.subject  # أدين رجلان باختطاف سائحة
        if asked and not group and not roles.passive and candidate.trigger.type == "PROTEST":
            group = roles.subject  # دعت النقابة إلى إضراب
        silent = not group and not asked and not roles.passive and verb < k
        if silent and not self.saying(self.elements[verb].first):
            self.open = verb
        people = all(self.semantics.actor(np) or self.grammar.is_(np.head, "pronouns") for np in group)
        fallen = any(self._fallen(np) for np in group)
        return group if people and not fallen else ()

    def _beside(self, k: int) -> bool:
        """«دخلوا وسط قصف | و | اشتباكات مع المقاتلين»: the fight is joined to a deed that a preposition governs."""
        if k < 2 or self.elements[k].kind != "np" or self.elements[k - 1].kind != "conj":
            return False
        before = self.elements[k - 2]
        return before.kind == "pp" and any(i in self.mentions for i in range(before.first, before.last))

    def decided(self, mention: Mention, candidate: Candidate, frame: Mapping[str, str]) -> bool:
        """«قرار الرئيس | بمساءلة الوزراء»: who does it is said, so that what the masdar governs undergoes it."""
        acts = candidate.form.kind == "masdar" and frame.get("object", "-") != "-" and not mention.carriers
        k = self.element_of[mention.at]
        return acts and bool(self.nouns.undertaker(k) or self.handed.doers(mention, k))

    def _verbal(self, mention: Mention, candidate: Candidate, frame: Mapping[str, str]) -> bool:
        """«محاصرة البلدة»: a noun of the pattern مفاعلة that governs what the deed is done to is a masdar too."""
        shaped = verbal_noun(self.view.norm[mention.at])
        return shaped and candidate.trigger.type in FORCE and frame.get("genitive", "").startswith("place")

    def _of_place(self, mention: Mention, k: int) -> bool:
        """«محاصرة مدينة تلعفر»: a place, and nobody, stands behind the masdar in its phrase."""
        own = next((np for np in self.elements[k].nps if np.head == mention.at), None)
        if own is None or own.last <= mention.at + 1:
            return False
        behind = NP(mention.at + 1, own.last, mention.at + 1)
        return self.semantics.place(behind) and not self.semantics.actor(behind)

    def _asks(self, governor: Mention, verb: int) -> bool:
        """Whether a verb asks or charges its object with what follows; «حقق الجيش انتصارات لتحرير المدينة» does not."""
        trigger = governor.candidates[0].trigger
        roles = self.clauses.roles(verb)
        judged = () if trigger.mode != "convict" else roles.subject if roles.passive else roles.objects
        if judged and all(self.semantics.actor(np) for np in judged):
            return True  # «أدانت المحكمة رجلين بقتل سائح»
        return trigger.type in ASKED and trigger.mode != "investigate"

    def _leads(self, k: int, at: int, *, sides: bool) -> bool:
        """Whether the preposition before the masdar at ``at`` in element ``k`` leads to what a verb's subject does."""
        element = self.elements[k]
        if element.kind == "np" and self.view.key[at - 1] == "ل" and at - 1 > element.first:
            return True  # «تواجه المنظمة صعوبات لإيصال المساعدات»
        hard = (
            element.prep == "في"
            and k > 0
            and any(self.grammar.is_(np.head, "difficulties") for np in self.elements[k - 1].nps[-1:])
        )
        if hard:
            return True  # «تجد المنظمة صعوبة في إيصال المساعدات»
        if element.kind == "other":
            return sides  # «بالتعاون مع»
        leads = sides or element.prep != "وسط"  # «عبرت القافلة وسط إطلاق نار»: by others
        return (
            element.kind == "pp" and leads and (element.prep in _CONTROL or (sides and element.prep == "في"))
        )

    def _bare(self, mention: Mention, k: int) -> bool:
        """«بعد الاعتداء، …»: a definite noun alone points back at what was told."""
        after = self.elements[k + 1].kind if k + 1 < len(self.elements) else ""
        alone = self.elements[k].last == mention.at + 1 and after in ("punct", "verb", "part", "comp")
        return alone and self.grammar.has_article(mention.at)

    def _befalls(self, candidate: Candidate, element: Element, *, named: bool) -> bool:
        """«عقب الاعتداء أغلقت السلطات»، «عادت البلاد بعد رفع العقوبات»: what the subject only lives through."""
        trigger = candidate.trigger
        if named and trigger.type in FORCE:
            return True
        return trigger.mode == "ease" and element.prep not in _DECIDED and element.kind != "np"

    def circumstance(self, mention: Mention, candidate: Candidate) -> bool:
        """«…، محذرا من», «…، مطالبين ب»: an indefinite accusative behind a comma says what the subject does besides.

        Who demands or refuses is no object of a verb, so that the comma may be missing («تظاهر الآلاف مطالبين ب»).
        """
        k = self.element_of[mention.at]
        element, norm = self.elements[k], self.view.norm[mention.at]
        accusative = formed(norm) and not self.grammar.has_article(mention.at)
        behind = (
            element.kind == "np"
            and element.first == mention.at
            and k > 0
            and (
                self.elements[k - 1].kind == "punct"
                or (candidate.trigger.type in _VOICED and self.elements[k - 1].kind in ("np", "pp", "time"))
            )
        )
        return accusative and behind and candidate.form.kind in ("noun", "participle")

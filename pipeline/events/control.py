"""Who does what a masdar names, where its own phrase does not say: the subject or object of the verb it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.events.accused import ASKED, Accused
from pipeline.events.clauses import ClauseReader
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.nounphrases import NP
from pipeline.events.onlookers import Onlookers
from pipeline.events.phrases import Element
from pipeline.events.triggers import Candidate, Mention
from pipeline.events.undertakings import Undertakings
from pipeline.text.normalize import fold

#: Prepositions after which a masdar without a subject of its own shares the subject of the verb it hangs on.
_CONTROL = frozenset(
    fold(p)
    for p in (
        "ب",
        "من",
        "على",
        "إلى",
        "ل",
        "عن",
        "بعد",
        "قبل",
        "خلال",
        "عبر",
        "منذ",
        "بهدف",
        "بغية",
        "حتى",
        "نحو",
        "وسط",
        "عقب",
        "إثر",
    )
)
#: Types of what a crowd says while it does something else.
_VOICED = frozenset({"REQUEST", "REJECT"})


#: Types whose deeds others suffer, so that the subject of the main clause may be who suffered them.
_VIOLENT = frozenset({"ASSAULT", "COERCE"})
#: Prepositions that lead from a verb to what its subject decides.
_DECIDED = frozenset({"ب", "علي", "الي", "ل", "في", "عن", "من"})


#: How active participles that serve as circumstances begin: متهما، محذرا, and those of the first form: داعيا، رافضا.
_PARTICIPLES = (
    "م",
    "داع",
    "راف",
    "ناف",
    "طالب",
    "حاث",
    "آمل",
    "شاك",
    "واعد",
    "واصف",
    "ناعي",
    "قاطع",
    "حامل",
    "هاتف",
)


class Control:
    """Finds the understood actors of the masdars of one sentence.

    Args:
        clauses: has read the sentence's verbs.
        mentions: all mentions by view index.
        saying: whether the verb at a view index is one of saying.
    """

    def __init__(
        self, clauses: ClauseReader, mentions: Mapping[int, Mention], saying: Callable[[int], bool]
    ) -> None:
        self.view = clauses.view
        self.grammar = clauses.grammar
        self.semantics = clauses.semantics
        self.elements = clauses.elements
        self.element_of = clauses.element_of
        self.clauses = clauses
        self.mentions = mentions
        self.saying = saying
        self.nouns = Undertakings(clauses, mentions)
        self.onlookers = Onlookers(clauses, mentions)
        self.accused = Accused(clauses, mentions, self._subject_before, self._governor)

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
            sides: the other side of a clash is said («عقب اشتباكات مع المتمردين»), so any noun takes this one.
        """
        if circumstance:
            return self._subject_before(self.element_of[mention.at], self.view.norm[mention.at])
        if "actor" in (frame.get("subject"), frame.get("adjective")) and (
            own := self.accused.responsible(mention)
        ):
            return own
        carried = mention.light >= 0 and self.view.sent[mention.light] == self.view.sent[mention.at]
        carried = carried and self.elements[self.element_of[mention.light]].kind != "verb"
        k = self.element_of[mention.light if carried else mention.at]
        element = self.elements[k]
        if not carried and (executed := self.nouns.executor(mention, frame, k)):
            return executed
        acts = candidate.form.kind == "masdar" or element.prep == "ب"  # «أمرت بالتحقيق», but: حذرت من هجوم
        named = frame.get("genitive", "").startswith("target") and candidate.trigger.mode not in CASUALTIES
        if not carried and not acts and named and (decided := self.nouns.undertaker(k)):
            return decided  # «إعلان الوزارة ترحيل اللاجئين»
        if not carried and not sides and (not acts or frame.get("subject", "-") != "actor"):
            return ()
        if element.prep in ("ب", "في") and (charged := self.accused.charged(k)):
            return charged
        if blamed := self.accused.blamed(k):
            return blamed
        if self.nouns.of_others(mention, k, sides=sides):
            return ()
        if not carried and (undertaking := self.nouns.undertaker(k)):
            return undertaking
        verb = self._governor(k)
        if verb < 0 or (verb < k and not circumstance and not sides and self.within(verb, k)):
            return ()
        if self.onlookers.looks_on(mention, candidate, k, verb, sides=sides):
            return ()
        if not carried and self._befalls(candidate, element, named=verb > k and self._bare(mention, k)):
            return ()
        governor = self.mentions.get(self.elements[verb].first)
        asked = governor is not None and governor.verbal and governor.candidates[0].trigger.type in ASKED
        if self.saying(self.elements[verb].first) and not asked:
            if self.grammar.is_(self.elements[verb].first, "bystander_verbs"):
                return ()  # «تتابع المنظمة الاعتقالات»
            # «تحدثت مصادر عن انسحابات» says nothing of who withdrew, «أعلن الجيش السيطرة على…» does
            claimed = (
                carried or self.grammar.has_article(mention.at) or "actor" not in frame.get("genitive", "")
            )
            hurt = candidate.trigger.mode == "injure"  # «أعلنت الوزارة إصابة جندي»: it befell him
            if element.kind != "np" or not claimed or hurt or verb > k:
                return ()
        elif element.kind != "pp" or not (element.prep in _CONTROL or (sides and element.prep == "في")):
            return ()
        roles = self.clauses.roles(verb)
        dies = governor is not None and governor.verbal and candidate.form.kind == "noun"
        if dies and governor is not None and governor.candidates[0].trigger.frame.get("subject") == "target":
            return ()  # «قضى مدنيون … بالبراميل المتفجرة»
        if governor is not None and governor.verbal and governor.candidates[0].trigger.type == "SUPPORT":
            return ()  # «رحب الوزير بتحرير الرهائن»: who praises a deed has not done it
        if roles.how in ("conjunct", "pronoun") and not asked and self.quoted(verb, roles.subject):
            return ()
        if self.grammar.is_(self.elements[verb].first, "compelling") and verb < k:
            return self.nouns.compelled(verb)
        if verb < k and (told := self.nouns.ordered(verb, k)):
            return told
        # «اتهمت X Y باغتيال»، «دعا X Y إلى إضراب»: Y does it
        group = roles.objects if asked else () if roles.passive else roles.subject
        if governor is not None and governor.verbal and not roles.objects and not asked:
            fell = governor.candidates[0].trigger.mode in CASUALTIES
            group = () if fell else group  # «قُتل فيها أميركيون، ثم تفجيرات بالتعاون مع الحزب»
        if asked and not group and roles.pronoun >= 0:
            group = (NP(roles.pronoun, roles.pronoun + 1, roles.pronoun),)  # حثها على فتح الحدود
        if asked and roles.passive and element.prep in ("ب", "في"):
            group = roles.subject  # أدين رجلان باختطاف سائحة
        if asked and not group and not roles.passive and candidate.trigger.type == "PROTEST":
            group = roles.subject  # دعت النقابة إلى إضراب
        people = all(self.semantics.actor(np) or self.grammar.is_(np.head, "pronouns") for np in group)
        fallen = any(self._fallen(np) for np in group)
        return group if people and not fallen else ()

    def _fallen(self, np: NP) -> bool:
        """«سقط عشرات القتلى من المتمردين في معارك مع الجيش»: the dead stand for those whose people they were."""
        return any(
            i in self.mentions and self.mentions[i].candidates[0].trigger.mode in CASUALTIES
            for i in range(np.head, np.last)
        )

    def within(self, verb: int, k: int) -> bool:
        """«مدرعات زودها بها الحلفاء … لتعزيز المواقع»: a verb that only qualifies its object governs no more."""
        element = self.elements[verb]
        j = verb - 1
        while j > 0 and self.grammar.is_(self.elements[j].first, "raised_subject"):
            j -= 1  # «الأسرى الذين كانت | تحتجزهم الميليشيا»
        qualifies = j >= 0 and self.elements[j].kind == "rel"
        roles = self.clauses.roles(verb)
        return qualifies and roles.how == "vso" and element.last - element.first > 1

    def quoted(self, verb: int, subject: Sequence[NP]) -> bool:
        """«قال مصدر إن … يُعتقد بضبط أسلحة»: whoever says it has been taken over as subject across «أن»."""
        if self.saying(self.elements[verb].first):
            return False  # «أكد أن …، وأعلن فرض حظر التجول»
        opened = False
        for j in range(verb - 1, -1, -1):
            kind = self.elements[j].kind
            opened = opened or kind == "comp"
            if kind == "verb" and opened and self.saying(self.elements[j].first):
                own = self.clauses.roles(j).subject
                governs = self.mentions.get(self.elements[verb].first)
                return bool(own) and tuple(subject) == tuple(own) and governs is None
        return False

    def _bare(self, mention: Mention, k: int) -> bool:
        """«بعد الاعتداء، …»: a definite noun alone points back at what was told."""
        after = self.elements[k + 1].kind if k + 1 < len(self.elements) else ""
        alone = self.elements[k].last == mention.at + 1 and after in ("punct", "verb", "part", "comp")
        return alone and self.grammar.has_article(mention.at)

    def _befalls(self, candidate: Candidate, element: Element, *, named: bool) -> bool:
        """«عقب الاعتداء أغلقت السلطات»، «عادت البلاد بعد رفع العقوبات»: what the subject only lives through."""
        trigger = candidate.trigger
        if named and trigger.type in _VIOLENT:
            return True
        return trigger.mode == "ease" and element.prep not in _DECIDED and element.kind != "np"

    def circumstance(self, mention: Mention, candidate: Candidate) -> bool:
        """«…، محذرا من», «…، مطالبين ب»: an indefinite accusative behind a comma says what the subject does besides.

        Who demands or refuses is no object of a verb, so that the comma may be missing («تظاهر الآلاف مطالبين ب»).
        """
        k = self.element_of[mention.at]
        element, norm = self.elements[k], self.view.norm[mention.at]
        accusative = norm.endswith(("ا", "ين", "ة")) and not self.grammar.has_article(mention.at)
        behind = (
            element.kind == "np"
            and element.first == mention.at
            and k > 0
            and (
                self.elements[k - 1].kind == "punct"
                or (candidate.trigger.type in _VOICED and self.elements[k - 1].kind in ("np", "pp", "time"))
            )
        )
        return (
            accusative
            and behind
            and candidate.form.kind in ("noun", "participle")
            and norm.startswith(_PARTICIPLES)
        )

    def _subject_before(self, k: int, participle: str = "") -> tuple[NP, ...]:
        """The subject of the verb of saying before element ``k`` («قال X إن …، داعيا»), else of the nearest verb.

        Args:
            participle: the trigger's normal form, with which the subject agrees; empty where it need not.
        """
        nearest: tuple[NP, ...] = ()
        for j in range(k - 1, -1, -1):
            if nearest and self._contrast(j):
                return nearest  # «مع أن عون حذر من …، إلا أن قائد الجيش رد، محذرا»
            if self.elements[j].kind == "verb":
                subject = self.clauses.roles(j).subject
                if not subject and self.saying(self.elements[j].first):
                    return ()  # «وأضاف أن الحرب التي شنها …، داعيا»: who speaks is not said here
                if not subject or self.clauses.roles(j).passive:
                    continue
                if not self.semantics.actor(subject[0]) and "number" not in self.semantics.classes(
                    subject[0]
                ):
                    continue  # «الآلاف» are people
                if participle and not self._agrees(participle, subject):
                    continue
                if self.saying(self.elements[j].first):
                    return subject
                nearest = nearest or subject
        return nearest

    def _contrast(self, j: int) -> bool:
        """«إلا أن»، «غير أن»، «لكن»."""
        first = self.elements[j].first
        opens = self.elements[j].kind == "comp" and self.view.key[first] == "ان"
        return self.view.key[first] == "لكن" or (
            opens and first > 0 and self.view.key[first - 1] in ("الا", "غير", "بيد")
        )

    def _agrees(self, participle: str, subject: Sequence[NP]) -> bool:
        """Whether an accusative participle may be said of the subject: «مطالبا» of a man, «مطالبة» of a ministry."""
        gender, number, human = self.semantics.actors.head_features(self.semantics.text(subject[0]))
        if participle.endswith("ين"):
            return len(subject) > 1 or number != "s"
        if participle.endswith("ة"):
            return gender != "m" or (number == "p" and human is not True)
        return gender != "f" and number not in ("p", "d") and len(subject) == 1

    def _governor(self, k: int) -> int:
        """The element number of the verb that the prepositional element ``k`` hangs on, or -1."""
        for way in (range(k - 1, -1, -1), range(k + 1, min(k + 8, len(self.elements)))):
            for j in way:
                kind = self.elements[j].kind
                if kind == "verb":
                    return j
                if kind in ("rel", "comp") or self.clauses.ends(j):
                    break
        return -1

"""What a sentence says in general: habits, yearly figures, contests of words, killers who are no verbs.

None of these tells that something happened; the words of each are closed classes of ``words.yaml``.
"""

from __future__ import annotations

from pipeline.events.classification import OFFICES
from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.permitted import may_ask, whoever
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Filled
from pipeline.knowledge.words import load_words

#: Words between a subject and what it offers («الفرقة التي تضم 14 عضوا، مجموعة من الاستعراضات»).
_SHOWN = 14
#: How far behind «غالبا ما» what is done as a rule may stand.
_RULE = 12
#: … and how near behind its verb «عادة».
_SOON = 3
#: How far behind an imperfect its «سنويا» may stand.
_YEARLY = 9
#: Words between an evil and what it does («الإرهاب الأسود الغاشم الذي يستهدف»).
_EVIL = 5
#: «والدته», «شقيقه الأكبر»: a word for kin with its pronoun and an adjective; more words tell whose they are.
_OWN = 3


class Generic:
    """Tells events from what is said in general."""

    def __init__(self, grammar: Grammar, semantics: Semantics) -> None:
        self.grammar = grammar
        self.semantics = semantics
        #: What is no event and shows all the same that the article is about such: «their dead», «the agreement is …».
        self.spoken: set[int] = set()

    def holds(self, filled: Filled) -> bool:
        """Whether the sentence speaks of no single event."""
        if self._persons(filled) or self._scourge(filled) or self._subject_matter(filled):
            self.spoken.add(filled.mention.at)
            return True
        return (
            self._anybody(filled)
            or self._habit(filled)
            or self._nobody_may(filled)
            or may_ask(self.grammar, filled)
            or self._as_if(filled)
            or self._yearly(filled)
            or self._contest(filled)
            or self._in_words(filled)
            or self._wholes(filled)
            or self._by_nature(filled)
            or self._of_things(filled)
            or self._private(filled)
        )

    def _anybody(self, filled: Filled) -> bool:
        """«كل من يعتدي على السكان»، «أي دولة تهاجم جيرانها»: whoever does it, and nobody has."""
        at, form, roles = filled.mention.at, filled.candidate.form, filled.roles
        if form.kind != "verb" or form.tense != "imperfect" or not filled.mention.verbal:
            return False
        if whoever(self.grammar, at):
            return True
        said = roles.how in ("svo", "relative")
        return said and any(self.grammar.is_(np.first, "any") for np in roles.subject)

    def _habit(self, filled: Filled) -> bool:
        """«نادرا ما تعترف بالهجمات»، «غالبا ما يهاجم القراصنة السفن»: a rule, unless a past verb tells the case."""
        view, at, form = self.grammar.view, filled.mention.at, filled.candidate.form
        if form.kind == "verb" and form.tense == "past":
            return False
        first, last = view.sents[view.sent[at]]
        if form.kind == "verb" and any(
            self.grammar.is_(i, "as_a_rule") for i in range(at + 1, min(last, at + 1 + _SOON))
        ):
            return True  # «يهاجم القراصنة عادة السفن»
        for i in range(at - 1, max(first, at - _RULE) - 1, -1):
            if self.grammar.punct(i):
                return False
            if view.key[i] == "ما" and i > first and self.grammar.is_(i - 1, "habit_adverbs"):
                return True
            if form.kind == "verb" and self.grammar.is_(i, "as_a_rule"):
                return True  # «لا يعلنون عادة مسؤوليتهم عن هجمات تودي بحياة مدنيين»
        return False

    def _nobody_may(self, filled: Filled) -> bool:
        """«لا يحق لأحد أن يعتدي على الناس»: what nobody is allowed to do."""
        view, at, form = self.grammar.view, filled.mention.at, filled.candidate.form
        if form.kind != "verb" or form.tense == "past" or not at or view.key[at - 1] != "ان":
            return False
        before = range(max(view.sents[view.sent[at]][0], at - _RULE), at - 1)
        told = [i for i in before if self.grammar.is_(i, "anyone") and view.key[i - 1] == "ل"]
        return bool(told) and any(self.grammar.is_(i, "negation") for i in before if i < told[-1])

    def _as_if(self, filled: Filled) -> bool:
        """«كأنهم أمام ذئاب تهاجم القطيع»: what something is likened to."""
        view, at = self.grammar.view, filled.mention.at
        for i in range(at - 1, max(view.sents[view.sent[at]][0], at - _RULE) - 1, -1):
            if self.grammar.punct(i):
                return False
            if view.norm[i].removeprefix("و") in load_words()["likening"]:
                return True
        return False

    def _yearly(self, filled: Filled) -> bool:
        """«يصاب آلاف العمال سنويا»: an imperfect beside its rate."""
        view, at, form = self.grammar.view, filled.mention.at, filled.candidate.form
        if form.kind != "verb" or form.tense != "imperfect":
            return False
        last = min(view.sents[view.sent[at]][1], at + 1 + _YEARLY)
        return any(self.grammar.is_(i, "yearly") for i in range(at + 1, last))

    def _contest(self, filled: Filled) -> bool:
        """«معركة الرئيس ضد القضاة»: whom a person who bears no arms fights in public life is fought in words."""
        view, trigger = self.grammar.view, filled.candidate.trigger
        if (
            trigger.mode != "clash"
            or filled.mention.verbal
            or not self.grammar.is_(filled.mention.at, "contests")
        ):
            return False
        known = [self.semantics.classes(a.np) for a in filled.slot("actor")]
        if not any("speaker" in classes for classes in known):
            return False
        sentence = range(*view.sents[view.sent[filled.mention.at]])
        if any(self.grammar.is_(i, "violence") and i != filled.mention.at for i in sentence):
            return False
        return not any(classes & {"armed", "crowd", "number"} for classes in known)

    def _in_words(self, filled: Filled) -> bool:
        """«تعرض القانون لهجوم من النواب»، «هجوم الصحف على الوزير»: on texts and by the press it is made with words."""
        view, g, mention = self.grammar.view, self.grammar, filled.mention
        if filled.candidate.trigger.mode != "attack" or mention.verbal:
            return False
        if any(
            g.of_class(i, "violence") and i != mention.at for i in range(*view.sents[view.sent[mention.at]])
        ):
            return False
        suffers = mention.light_verb is not None and mention.light_verb.frame.get("subject") == "target"
        struck = [a.np.head for a in filled.slot("target")]
        struck += [np.head for np in filled.roles.subject if suffers]
        doers = [a.np.head for a in filled.slot("actor")]
        return any(g.of_class(i, "texts") for i in struck) or any(g.of_class(i, "press") for i in doers)

    def _wholes(self, filled: Filled) -> bool:
        """«تدمير الشرق الأوسط»، «تهدم العملية السياسية»: what nobody destroys but in a figure of speech."""
        if filled.candidate.trigger.mode != "destroy" or filled.candidate.fixed:
            return False
        struck = [
            a.np
            for a in filled.arguments
            if a.how in ("object", "undergoer", "genitive") and a.slot != "actor"
        ]
        return bool(struck) and all(
            self.grammar.of_class(np.head, "wholes") or "country" in self.semantics.classes(np)
            for np in struck[:1]
        )

    def _by_nature(self, filled: Filled) -> bool:
        """«زلزال ضرب الإقليم»، «قتل رجل نطحه ثور»: what quakes, storms and beasts do, where nothing tells of arms."""
        mode = filled.candidate.trigger.mode
        if mode not in CASUALTIES and mode not in ("attack", "destroy"):
            return False
        view, at = self.grammar.view, filled.mention.at
        first, last = view.sents[view.sent[at]]
        keys = {view.key[i].removeprefix("ال") for i in range(first, last)}
        words = self.grammar.words
        if keys & (words["violence"] - words["attacks"]):
            return False
        told = (a for a in filled.slot("actor") if not a.implicit)  # «ذكرت الشرطة أن سمكة قرش هاجمته»
        if any("armed" in self.semantics.classes(a.np) for a in told):
            return False
        beasts = bool(keys & words["beasts"])
        struck = bool(keys & words["disasters"])
        return beasts or (struck and not keys & words["attacks"])

    def _subject_matter(self, filled: Filled) -> bool:
        """«إن الاتفاق مع الجيران يفيد الجميع»: what a clause says of an agreement makes none."""
        view, mention = self.grammar.view, filled.mention
        if filled.candidate.trigger.type not in ("AGREE", "COOPERATE") or mention.verbal:
            return False
        if mention.light >= 0 or filled.container >= 0 or filled.candidate.fixed or filled.slot("actor"):
            return False
        at = mention.at
        quoted = at > 0 and self.grammar.punct(at - 1)
        opens = at == view.sents[view.sent[at]][0] or self.grammar.is_(at - 1, "complementizers") or quoted
        return opens and self.grammar.has_article(at)

    def _of_things(self, filled: Filled) -> bool:
        """«حملة تستهدف الشباب»، «دراسة تستهدف المرضى»: what a campaign, a study, a law is aimed at is not struck."""
        if filled.candidate.trigger.mode != "attack" or not filled.mention.verbal:
            return False
        if filled.roles.how not in ("svo", "relative", "vso") or filled.roles.passive:
            return False
        return any(self.grammar.of_class(np.head, "aiming") for np in filled.roles.subject[:1])

    def _private(self, filled: Filled) -> bool:
        """«زارت والدتها»، «يهاتف إخوته»: people meet, call and beg those of their own house, and no news is made."""
        trigger = filled.candidate.trigger
        if trigger.type not in ("CONSULT", "REQUEST", "AGREE") and trigger.mode != "displace":
            return False
        people = [a.np for a in (*filled.slot("actor"), *filled.slot("target"))]
        met = people if trigger.type == "CONSULT" else [a.np for a in filled.slot("target")]
        kin = any(self.grammar.of_class(np.head, "kin") and np.last - np.first <= _OWN for np in met)
        return kin and not any(self.semantics.resolved(np).role in OFFICES for np in people)

    def _persons(self, filled: Filled) -> bool:
        """«جثث قتلاهم»: their dead, no masdar with an alif; «إصاباتهم خطيرة»: how bad the wounds are that were told."""
        view, at = self.grammar.view, filled.mention.at
        owned = self.grammar.glued_pronoun(at + 1)
        if filled.mention.verbal or not owned or filled.candidate.trigger.mode not in CASUALTIES:
            return False
        dead = filled.candidate.form.kind == "masdar" and view.norm[at].endswith(("لا", "لى"))
        return dead or (filled.mention.light < 0 and self.grammar.is_(at + 2, "gravity"))

    def _scourge(self, filled: Filled) -> bool:
        """«الإرهاب الذي يستهدف المدنيين»: what an evil as such does, and nobody at any time."""
        view, at, form = self.grammar.view, filled.mention.at, filled.candidate.form
        if (
            not filled.mention.verbal
            or form.tense != "imperfect"
            or filled.candidate.trigger.type != "ASSAULT"
        ):
            return False
        first = view.sents[view.sent[at]][0]
        k = at - 1
        if self.grammar.is_(k, "relatives"):
            k -= 1
            k -= self.grammar.punct(k)
        while (
            k > first and at - k <= _EVIL and self.grammar.nominal(k) and not self.grammar.is_(k, "scourges")
        ):
            k -= 1
        return k >= first and self.grammar.is_(k, "scourges")

    def _offered(self, filled: Filled) -> bool:
        """«*تقدم* الفرقة مجموعة من الرقصات»: a feminine subject behind it, and an object."""
        view, roles = self.grammar.view, filled.roles
        if roles.how != "vso" or not roles.subject:
            return False
        subject = roles.subject[0]
        gender = self.semantics.actors.head_features(self.semantics.text(subject))[0]
        if gender != "f" and not view.norm[subject.head].endswith("ات"):
            return False
        last = min(view.sents[view.sent[filled.mention.at]][1], subject.last + _SHOWN)
        offered = any(
            self.grammar.is_(i, "performances") and not self.grammar.preposition(i - 1)
            for i in range(subject.last, last)
        )
        return offered or any(self.grammar.is_(np.first, "amounts") for np in roles.objects)

    def homograph(self, filled: Filled) -> bool:
        """«كشف أقارب *قاتل* زوجته»، «*وحاكم* تكساس ريك بيري»: a noun for somebody, and no past verb."""
        at, roles = filled.mention.at, filled.roles
        if filled.candidate.form.tense == "jussive" and self.grammar.is_(at, "jussive_homographs"):
            return True  # «لا يجب»
        entry, form = filled.candidate.trigger.entry, filled.candidate.form
        if form.feminine and any(
            self.grammar.nominative(np.head) for np in roles.objects if np.first == at + 1
        ):
            return True  # «من حيث *توقف* الآخرون»: a subject, and of another verb
        if entry.pattern == "تفعّل" and entry.passive == "never" and form.tense == "past" and form.masculine:
            behind = roles.how in ("svo", "relative") and any(np.first == at + 1 for np in roles.objects)
            if roles.pronoun >= 0 or behind or self._offered(filled):
                return True  # «تقدمها الفرقة», «صحافة تقدم المتطرفين»: she offers, and nobody advances
        named = self.grammar.view.norm[at].endswith("ى") and self.grammar.is_(at, "named_homographs")
        if named and self.grammar.view.ent_label(at + 1) == "PER":
            return True  # «رجل *يدعى* سالم»
        if not self.grammar.is_(at, "agent_homographs"):
            return False
        if (
            roles.how in ("relative", "svo")
            or self.grammar.preposition(at + 1)
            or self.grammar.nominative(at + 1)
        ):
            return False
        subject = any(
            "place" not in self.semantics.classes(np) and "actor" in self.semantics.classes(np)
            for np in roles.subject
        )
        # «التقى الوزير، و*هاتف* رئيس الوفد»: no office, and behind a mark
        joined = (
            roles.how == "conjunct"
            and self.grammar.punct(at - 2)
            and not self.grammar.of_class(at, "offices")
        )
        return not (subject and (roles.how == "vso" or joined) and (roles.objects or roles.pronoun >= 0))

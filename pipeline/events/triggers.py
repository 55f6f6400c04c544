"""Finding event mentions: which tokens say that something happened, and under which readings.

A mention keeps all readings that its words allow; which sense holds is decided when its arguments are known
(``needs`` of the entry), because «دخل المسلحون البلدة» and «دخل القانون حيز التنفيذ» differ only there.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.fixed import SUBJECT_WORDS, WITH_REACH
from pipeline.events.grammar import Grammar
from pipeline.events.held import Held
from pipeline.events.joining import TWO
from pipeline.events.lexicon import CASUALTIES, Reading, TriggerLexicon
from pipeline.events.mentions import Mention
from pipeline.events.offices import OfficeReader
from pipeline.events.predicates import Predicates
from pipeline.events.roles import guessed_form
from pipeline.events.senses import Candidate, Senses, generality
from pipeline.events.stems import befalls_speaker
from pipeline.events.untagged import told
from pipeline.events.view import View
from pipeline.resolve.actor import head_features, is_actor_like, is_nationality
from pipeline.text.normalize import fold

_VERBS_FOLLOW = "ما مما قد لم لن سوف س أن لا كان كانت الذي التي الذين حيث عندما بعدما فيما بينما"
_NOUNS_FOLLOW = (
    "في من إلى على عن مع ب خلال بعد قبل إثر عقب بسبب منذ ضد بين كل بعض عدة هذا هذه أي جراء نتيجة أثناء "
    "إبان غداة عشية قبيل بعيد حول وسط رغم دون حصيلة عملية عمليات محاولة حادث حادثة جريمة وقوع عند قرب داخل خارج "
    "تم يتم وتم"
)
_BEFORE_VERB = frozenset(fold(word) for word in _VERBS_FOLLOW.split())
_BEFORE_NOUN = frozenset(fold(word) for word in _NOUNS_FOLLOW.split())
#: Nouns of the latter that a relative clause may follow as well.
_DEEDS = frozenset(map(fold, ("حصيلة", "عملية", "عمليات", "محاولة", "حادث", "حادثة", "جريمة")))
_NOT_IN = frozenset({"PER", "GPE", "LOC", "ORG", "FAC", "UNIT", "NORP"})
#: The adjectives of a body stand this near before what it is for.
_NAME_WORDS = 5
#: A described noun takes this many words before its verb.
_DESCRIBED = 2
#: What a jussive follows: يعد after لم is «returned», elsewhere «counts».
_JUSSIVE = frozenset({"لم", "لما", "لا", "ل"})


class TriggerFinder:
    """Finds the mentions of one view.

    Attributes:
        senses: says what each word may mean.
        held: the mentions of the view that are fixed words of others, once :meth:`find` has run.
    """

    def __init__(self, view: View, lexicon: TriggerLexicon, grammar: Grammar) -> None:
        self.view = view
        self.lexicon = lexicon
        self.grammar = grammar
        self.senses = Senses(view, lexicon, grammar)
        self.phrases = OfficeReader(
            view, grammar, features=head_features, nationality=is_nationality, people=is_actor_like
        )
        self.predicates = Predicates(view, grammar, self.phrases, head_features)
        self.held = Held({}, grammar)

    def find(self) -> dict[int, Mention]:
        """All mentions by view index; :func:`pipeline.events.light.link_light_verbs` adds their light verbs."""
        found = {i: Mention(i, c) for i in range(len(self.view)) if (c := self._candidates(i))}
        self.held = Held(found, self.grammar)
        return self.held.free

    def is_verb_reading(self, i: int, verbs: Sequence[Reading], nominals: Sequence[Reading]) -> bool | None:
        """True for a verb, False for a noun, None for neither, by form, neighbours and tag."""
        view, g = self.view, self.grammar
        key, before = view.key[i], view.key[i - 1] if i else ""
        if g.person_after_verb(i):
            return False if nominals else None
        if "\u064b" in view.text[view.start[i] : view.end[i]]:
            return False if nominals else None  # تحالفاً: no verb has tanwin
        if verbs and befalls_speaker(key) and not (nominals or self.lexicon.verbs(key)):
            return True  # «لقد | عذبونا», but: تعاونا
        if any(r.form.tense == "past" for r in verbs) and g.told_within(i):
            return True
        tagged_verb = view.pos[i] in ("VERB", "AUX") or g.verb(i)
        counted = i > 0 and (g.number(i - 1) or view.pos[i - 1] == "VERB") and before != "ما"
        if verbs and key.endswith("ا") and (before in TWO or self._of_two(i, nominals)):
            return True  # شرطيين اثنين | قتلا
        if verbs and nominals and counted and not view.glued[i]:
            return False  # 1500 طالب، فاز طالب
        since = before == "منذ" and not nominals and g.verb_form(key)  # «منذ | فرضت الحكومة حظر التجول»
        since = since or (i > 0 and g.since_verb(i - 1))
        behind = bool(i) and before in _BEFORE_NOUN and before != "تم"
        behind = behind and not g.ends_later(i - 1) and not since
        if g.has_article(i) or (behind and (nominals or before not in _DEEDS)):  # but: عملية | استهدفت مركزا
            return False if nominals else None
        if nominals and before == "ل" and view.glued[i] and all(r.form.tense == "past" for r in verbs):
            return False  # لقتله متظاهرين
        if nominals and i and view.norm[i - 1] == "إن" and all(r.form.tense == "past" for r in verbs):
            return False  # «قال إن *قتل* المصلين جريمة»: no past verb follows it
        if (
            verbs
            and before in _BEFORE_VERB
            and not (nominals and view.pos[i] == "NOUN" and before in ("ان", "كان", "كانت", "حيث", "لا"))
        ):
            return True
        past = any(r.form.tense == "past" and r.form.masculine for r in verbs)
        if past and not tagged_verb and self.predicates.expected(i):
            return True
        if verbs and nominals:
            if past and (self.predicates.befell(i) or g.gathers(i) or self.predicates.crowd_gathers(i)):
                return True
            if self._object_of_verb(i, verbs) or (before == "و" and self._among_nouns(i, nominals)):
                return False
            if self.predicates.undertaken(i, self.lexicon.leads, self._deed):
                return False
            if self._next_deed(i, verbs):
                return True
            return tagged_verb or self.predicates.opens(i)
        if verbs and not nominals and self._derived_dual(verbs):
            return True
        if verbs and i + 1 < len(view) and g.nominative(i + 1) and view.ent[i + 1] < 0:
            return True  # وفي الموصل اغتال مسلحون
        if verbs and past and not tagged_verb and self.predicates.heads(i):
            return True
        if verbs:
            plain = all(r.form.tense == "past" and r.form.masculine for r in verbs)
            return (
                True
                if tagged_verb
                or (
                    not plain
                    and view.pos[i] in ("NOUN", "X")
                    and (not key.endswith("ا") or key.endswith("وا"))  # اغتالوا قاضيا: no dual
                    and not (i and g.nominal(i - 1) and not g.closed(i - 1))
                )
                else None
            )
        return False

    def _derived_dual(self, verbs: Sequence[Reading]) -> bool:
        """«اعتقلا»، «أوقفا»: the dual of a derived verb is no accusative of a noun, as «فجرا» may be."""
        patterns = (self.lexicon.triggers[r.trigger].entry.pattern for r in verbs)
        return all(r.form.dual for r in verbs) and all(p and p[0] in "أا" for p in patterns)

    def _of_two(self, i: int, nominals: Sequence[Reading]) -> bool:
        """Whether two people stand before a past verb of the dual.

        «الضابطان | أعدما»: a form that is no noun, right behind a definite dual. «رجلين ملثمين | خطفا سائقا»: two
        open words of the dual, and an object behind.
        """
        view, g = self.view, self.grammar
        if (
            i
            and not nominals
            and view.norm[i - 1].startswith("ال")
            and view.norm[i - 1].endswith(("ان", "ين"))
        ):
            return True
        if i < _DESCRIBED or {view.norm[k][-2:] for k in (i - 2, i - 1)} not in ({"ين"}, {"ان"}):
            return False
        described = g.adjective(i - 1) and not g.has_article(i - 1)
        return described and i + 1 < len(view) and g.nominal(i + 1) and not view.glued[i + 1]

    def _candidates(self, i: int) -> tuple[Candidate, ...]:
        view = self.view
        if (
            view.time[i] >= 0
            or (
                view.ent_label(i) in _NOT_IN
                and not (self.grammar.verb(i) or self.senses.no_name(i) or befalls_speaker(view.key[i]))
            )
            or self.grammar.punct(i)
            or self.grammar.glued_pronoun(i)
            or (i and self.grammar.is_(i - 1, "name_links"))  # أبو طالب
            or self._torn(i)
            or self.grammar.is_(i, "other_verbs")
        ):
            return ()
        keys = self.senses.keys(i)
        for key in keys:
            verbs, nominals = self.lexicon.verbs(key), self.lexicon.nominals(key, norm=view.norm[i])
            if not nominals and self.grammar.glued_pronoun(i + 1) and key.endswith("ت"):
                nominals = self.lexicon.nominals(key[:-1] + "ه")  # دعوتها: its ة is written ت
            if key != keys[0] and keys[0].startswith(("ب", "ك")):
                verbs = ()  # «كسبت» is no كـ before a verb
                nominals = () if keys[0].startswith("ك") else nominals
            if not i or view.key[i - 1] not in _JUSSIVE:
                verbs = tuple(r for r in verbs if r.form.tense != "jussive")
            if not verbs and not nominals:
                continue
            reading = self.is_verb_reading(i, verbs, nominals)
            if not reading and (found := told(self.grammar, i, verbs, self.senses.sense)):
                return tuple(sorted(found, key=generality))
            if reading is False and self._qualifies(i):  # قوات معارضة: an adjective is no masdar
                nominals = tuple(r for r in nominals if r.form.kind == "participle")
            if reading is None or (reading is False and self._topic(i)):
                return ()
            found = [
                c for r in (verbs if reading else nominals) if (c := self.senses.sense(i, r)) is not None
            ]
            # Fixed words first, then the senses with conditions: the general sense is the last resort.
            found.sort(key=generality)
            return tuple(found)
        return ()

    def _torn(self, i: int) -> bool:
        """«قرب و|دان»: no conjunction follows a preposition, so that its letter begins a name."""
        view = self.view
        return i > 1 and view.key[i - 1] in ("و", "ف") and view.glued[i] and self.grammar.preposition(i - 2)

    def _topic(self, i: int) -> bool:
        """«إدارة الدعم القضائي»، «أماكن احتجاز»: what an office is for, or what a word is about, does not happen."""
        if bool(i) and self.grammar.is_(i - 1, "topic_heads") and not self.view.glued[i]:
            return True
        return self._named_for(i)

    def _named_for(self, i: int) -> bool:
        """«اللجنة العربية *لدعم* المزارعين»: behind a definite body and its adjectives the purpose is its name."""
        view, g = self.view, self.grammar
        if i < 3 or view.key[i - 1] != "ل" or not view.glued[i]:
            return False
        k = i - 2
        while k > 0 and g.has_article(k) and i - k <= _NAME_WORDS and not g.is_(k, "named_for"):
            k -= 1
        return k < i - 2 and g.has_article(k) and g.is_(k, "named_for") and g.adjective(k + 1)

    def _among_nouns(self, i: int, nominals: Sequence[Reading]) -> bool:
        """«أسفر عن مقتل خمسة وجرح عشرة»: coordinated to a noun of casualties behind a preposition, it is one too."""
        view, g = self.view, self.grammar
        if view.passive[i] or not self._casualties(nominals):
            return False
        first = max(view.sents[view.sent[i]][0] + 1, i - WITH_REACH)
        for j in range(i - 2, first - 1, -1):
            if g.punct(j) or view.pos[j] == "VERB":
                return False
            plain = g.preposition(j - 1) or not self.lexicon.verbs(view.key[j])
            if plain and self._casualties(self.lexicon.nominals(view.key[j])):
                return True
        return False

    def _next_deed(self, i: int, verbs: Sequence[Reading]) -> bool:
        """«اقتحم المقر في المدينة وفتح النار»: behind a past verb of the same gender no event noun it could join."""
        view, g = self.view, self.grammar
        if i < 2 or view.key[i - 1] not in ("و", "ف") or not any(r.form.masculine for r in verbs):
            return False
        own = g.glued_pronoun(i + 1)  # «لحق شاب بالسائق وضربه»
        if i + 1 >= len(view) or not (own or g.nominal(i + 1)) or (g.adjective(i + 1) and not own):
            return False
        first = view.sents[view.sent[i]][0]
        for j in range(i - 2, max(first, i - 1 - WITH_REACH) - 1, -1):
            forms = [r.form for r in self.lexicon.verbs(view.key[j])]
            if own and not forms and g.verb(j):
                forms = [guessed_form(view, j)]
            if g.verb(j):
                return any(f.tense == "past" and f.masculine for f in forms) and j + 1 < i - 1
            if g.punct(j) or self.lexicon.nominals(view.key[j]) or view.key[j] in ("و", "او"):
                return False
        return False

    def _deed(self, key: str) -> bool:
        """Whether a folded form may be a masdar with an object of its own: one of the lexicon, or no word of it."""
        nominals = self.lexicon.nominals(key)
        return not nominals or any(r.form.kind == "masdar" for r in nominals)

    def _casualties(self, nominals: Sequence[Reading]) -> bool:
        return any(self.lexicon.triggers[r.trigger].mode in CASUALTIES for r in nominals)

    def _qualifies(self, i: int) -> bool:
        """Tagged adjective, and right after a noun that it agrees with in definiteness."""
        view, g = self.view, self.grammar
        if view.pos[i] != "ADJ" or i == 0 or view.pos[i - 1] not in ("NOUN", "PROPN"):
            return False
        bare = view.key[i].removeprefix("ال") if g.has_article(i) else view.key[i]
        if not bare.startswith("م") and not bare.endswith(("ي", "يه", "يين", "يون", "يات")):
            return False  # القصف: neither participle nor relative adjective
        return g.has_article(i) == g.has_article(i - 1)

    def _object_of_verb(self, i: int, verbs: Sequence[Reading]) -> bool:
        """«واصلت القوات تقدمها»، «أعلنت روسيا والصين رفضهما»: behind a verb and its subject no second verb follows.

        Behind «بدأت القوات» one may, but no past: «بدأت القوات قصف المدينة» names what she began.
        """
        view, g = self.view, self.grammar
        first = view.sents[view.sent[i]][0]
        own = g.glued_pronoun(i + 1)
        reach = SUBJECT_WORDS * (1 + own)
        k = i - 1
        while k >= first and i - k < reach:
            listed = own and i - 1 > k and (view.key[k] == "و" or g.glued_pronoun(k))
            if not g.nominal(k) and not listed:
                break
            k -= 1
        if k < first or i - 1 - k <= 0 or not g.verb(k):
            return False
        begun = g.is_(k, "becoming") and all(r.form.tense == "past" for r in verbs)
        return begun or view.key[k] not in g.words["raised_subject"]

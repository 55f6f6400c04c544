"""Word-level predicates of the event grammar: what a token can be, by form, tag and the words around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.events.view import View
from pipeline.events.words import Words, buildings, remembered

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X", "DET", "ADV", "SYM"})
_NAMES = frozenset({"GPE", "LOC", "ORG", "FAC", "UNIT", "PER"})
#: Words of a building's name that is no more than what it is («مبنى المحافظة»).
_NAMED = 2
#: Tokens of a phrase that أن announces.
_TOPIC = 7
#: Tokens behind «بين» among which its أن stands («بين الوزير أن»).
_CLEAR = 10


class Grammar(Words):
    """Predicates over one :class:`View`. All arguments are view indices.

    Args:
        verb_form: says of a folded form that it can only be a finite verb (by the conjugated lexicon); such a
            form is a verb whatever the tagger takes it for.
        may_be_verb: says of a folded form that the lexicon knows it as a verb and not as an event noun; where a
            clause begins, or with the vowels of the passive, that settles it.
        only_noun: says of a folded form that it is an event noun of the lexicon and no verb.
        known_verb: says of a folded form that it may be a verb of the lexicon, among other things.
        settled: what the triggers' own analysis made of a token, by index: True for a verb, False for a noun.
    """

    def __init__(
        self,
        view: View,
        verb_form: Callable[[str], bool] = lambda key: False,
        may_be_verb: Callable[[str], bool] = lambda key: False,
        only_noun: Callable[[str], bool] = lambda key: False,
        known_verb: Callable[[str], bool] = lambda key: False,
        settled: Mapping[int, bool] | None = None,
    ) -> None:
        super().__init__(view, may_be_verb)
        self.known_verb = known_verb
        self.settled = settled or {}
        self.only_noun = only_noun
        self.verb_form = verb_form

    @remembered
    def particle(self, i: int) -> bool:
        """A clitic or free particle that opens no phrase: و ف س لم قد …"""
        view = self.view
        return (
            view.pos[i] in ("CCONJ", "SCONJ", "PART")
            or self.is_(i, "conjunctions")
            or self.is_(i, "complementizers")
            or self.is_(i, "relatives")
            or (self.is_(i, "negation") and view.pos[i] not in _NOMINAL)
        ) and view.ent[i] < 0

    def _between(self, i: int) -> bool:
        """Behind a noun, and no أن behind it: «بين» makes nothing clear, but stands between two."""
        view = self.view
        ahead = view.key[i + 1 : min(i + 1 + _CLEAR, view.sents[view.sent[i]][1])]
        return i > view.sents[view.sent[i]][0] and self.nominal(i - 1) and "ان" not in ahead

    @remembered
    def verb(self, i: int) -> bool:
        """A finite verb: the tagger's opinion, unless the form or the context makes a verb impossible."""
        heir = self._keys[i] == "ولي" and self._keys[i + 1 : i + 2] in _HEIRS
        if heir or (self._keys[i].endswith("تا") and self.dual_office(i)):
            return False
        if self.clarifies(i):
            return True
        if i in self.settled:
            return self.settled[i]
        if self.person_after_verb(i):
            return False
        view = self.view
        key = view.key[i]
        if key == "بين" and (self.glued_pronoun(i + 1) or self._between(i)):
            return False  # قتل عشرة | بينهم طفل، إن المعارك | بين الجيش والمتمردين
        if "\u064b" in view.text[view.start[i] : view.end[i]]:
            return False  # شنقاً
        known = (view.ent_label(i) not in _NAMES or self._mistaken_name(i)) and (
            self.verb_form(key)
            or (key[:1] in "وف" and self.verb_form(key[1:]))
            or (
                self.may_be_verb(key)
                and (
                    view.passive[i]
                    or self._opens_clause(i)
                    or (self.glued_pronoun(i + 1) and key.endswith("ت"))
                )
            )
            or (self.glued_pronoun(i + 1) and self.known_verb(key) and self._relative(i))
            or (self.is_(i, "wielding") and self._used_arms(i))
            or (
                self.known_verb(key)
                and (self._behind_kana(i) or self._behind_topic(i) or self.told_within(i))
            )
            or self.crosses(i)
            or self.gathers(i)
            or (self.is_(i, "carrying") and not self.preposition(i - 1) and not self.preposition(i + 1))
        )
        if not known and (view.pos[i] not in ("VERB", "AUX") or view.ent_label(i) in _NAMES):
            return False
        if not known and (self.only_noun(key) or (len(key) > 4 and key[-1] == "ي" and key[0] not in "يتنا")):
            return False  # اعتصام، مطاطي: no verb has this shape
        if not known and len(key) > 5 and key[0] not in "يت" and key.endswith("ون"):
            return False  # غاضبون
        if not known and key[:2] == "مت" and len(key) > 4 and self.view.pos[i - 1] in ("NUM", "NOUN") and i:
            return False  # مئتي متظاهر
        if not known and key[:1] == "م" and len(key) > 5 and key.endswith(("ا", "ات", "ين")):
            return False  # مستودعات، مفتوحا
        if self.is_(i, "manner_accusatives") and view.norm[i].endswith("ا"):
            return False  # «قتل المسلحون غدرا ثلاثة»
        if (self.has_article(i) and not view.glued[i]) or view.norm[i].endswith("ة"):
            return False  # the article, or ta marbuta: no verb (a pronoun has been cut off already)
        if (
            i > 1
            and view.glued[i - 1]
            and view.key[i - 2] + view.key[i - 1] in self.words["strict_prepositions"]
        ):
            return False  # بسبب | رفضهم
        if i > 0 and view.key[i - 1] == "منذ" and self.verb_form(key):
            return True  # منذ | فرضت الحكومة حظر التجول
        return not (i > 0 and self.preposition(i - 1) and self.is_(i - 1, "strict_prepositions"))

    def _behind_topic(self, i: int) -> bool:
        """«أن سلاح الجو | شن غارات»: behind the phrase that أن announces, with an indefinite object behind it."""
        if i + 1 >= self._size or not self.has_article(i - 1) or self.has_article(i + 1):
            return False
        place = self.view.ent_label(i + 1) in ("GPE", "FAC")  # أن الجيش | قصف بلدة حمورية
        if not place and not self.view.norm[i + 1].endswith(("ات", "ا")):
            return False
        for j in range(i - 1, max(0, i - _TOPIC), -1):
            if self._keys[j] in ("ان", "بان"):
                return True
            if self.view.pos[j] in ("VERB", "AUX", "ADP", "CCONJ", "PUNCT", "SCONJ", "PRON"):
                return self.view.norm[j] == '"' and self._keys[j - 1] in ("ان", "بان")
        return False

    def person_after_verb(self, i: int) -> bool:
        """«لقي طالب مصرعه»: a noun that looks like a verb, right after a verb that takes a subject."""
        if i == 0 or not self.is_(i, "agent_nouns") or self.is_(i - 1, "raised_subject"):
            return False
        if i + 1 < self._size and self.has_article(i + 1) and self._keys[i + 1][2:] in self.words["styles"]:
            return True  # «صاحب السمو»
        return self.view.pos[i - 1] == "VERB" and not self.view.glued[i]

    def _relative(self, i: int) -> bool:
        """«كمين نصبه مسلحون»: a verb with a pronoun right after an indefinite noun and before who does it."""
        means = i > 1 and self.view.key[i - 2] == "ب" and self.view.glued[i - 1]  # هجوم بالقنابل شنه مسلحون
        if (
            i == 0
            or (self.has_article(i - 1) and not means)
            or self.view.pos[i - 1] not in ("NOUN", "ADJ")
            or i + 2 >= len(self.view)
        ):
            return False
        counted = self.is_(i + 2, "approximators")  # هجوما شنه نحو سبعين مقاتلا
        return counted or (
            self.view.pos[i + 2] in ("NOUN", "PROPN", "NUM", "ADJ") and not self.preposition(i + 2)
        )

    def _used_arms(self, i: int) -> bool:
        """«قنبلة يدوية الصنع | زرعها مسلحون»: a verb with a pronoun for the arms before it, and people behind it."""
        arms = any(self.is_(j, "means") and not self.has_article(j) for j in range(max(0, i - 3), i))
        behind = i + 2 < len(self.view) and self.glued_pronoun(i + 1)
        return arms and behind and self.nominative(i + 2) and not self.preposition(i - 1)

    def _behind_kana(self, i: int) -> bool:
        """«كان مجلس الأمن الدولي | فرض في يونيو»: behind كان and its definite subject a verb, its time next to it."""
        view = self.view
        first, last = view.sents[view.sent[i]]
        if i + 2 >= last or self.has_article(i) or (view.time[i + 1] < 0 and view.time[i + 2] < 0):
            return False
        k = i - 1
        while k > first and i - k < _SUBJECT and (view.ent[k] >= 0 or view.pos[k] in _NOMINAL):
            k -= 1
        settled = i - 1 > k and (self.has_article(i - 1) or view.ent[i - 1] >= 0)
        return settled and view.key[k] in ("كان", "كانت")

    def _mistaken_name(self, i: int) -> bool:
        """A verb at the head of a sentence that was taken for a person («تظاهر محامون»)."""
        view = self.view
        label, first, last, _ = view.ents[view.ent[i]]
        if label != "PER" or last - first != 1 or i != view.sents[view.sent[i]][0] or i + 1 >= len(view):
            return False
        people = self.is_(i + 1, "crowds") or self.is_(i + 1, "lone_agents") or self.number(i + 1)
        return people or view.norm[i + 1].endswith("ون") or self.has_article(i + 1)

    def _opens_clause(self, i: int) -> bool:
        """A word that begins a clause and is followed by what a verb takes: Arabic news puts the verb first."""
        view = self.view
        first, last = view.sents[view.sent[i]]
        if i + 1 >= last or view.pos[i] not in _OFTEN_VERBS or self.punct(i + 1):
            return False
        return i == first or view.key[i - 1] in CLAUSE_OPENERS or self.punct(i - 1) or view.time[i - 1] >= 0

    @remembered
    def nominal(self, i: int) -> bool:
        """A noun, adjective, number or name that can stand in a noun phrase."""
        view = self.view
        if not 0 <= i < len(view) or self.punct(i) or self.glued_pronoun(i):
            return False
        if view.ent[i] >= 0:
            return True
        if self.particle(i) or self.preposition(i) or self.verb(i) or self.is_(i, "relatives"):
            return False
        if (self.is_(i, "pronouns") and len(view.key[i]) > 1) or self.adverb(i):
            return False  # هو، هي، أيضا
        if view.pos[i] == "ADP" and view.key[i][0] in "وف":
            return False  # «ودعا», left whole
        return view.pos[i] in _NOMINAL or not self.verb(i)

    @remembered
    def adjective(self, i: int) -> bool:
        """An adjective by tag, or one of those that event nouns take, with or without the article."""
        key = self.view.key[i]
        bare = key[2:] if self.has_article(i) else key
        if self.is_(i, "quantifiers") or self.is_(i, "settlements") or self.is_(i, "never_adjectives"):
            return False  # أي موقع: a determiner; قرية، المباني: nouns with the ending of an adjective
        if key.endswith("ه") and key in buildings():
            return False  # ثكنة، سفارة
        if bare.endswith("ا") and bare[:-1] in self.words["event_adjectives"]:
            return True  # هجوما واسعا
        return self.view.pos[i] == "ADJ" or bare in self.words["event_adjectives"]

    def adverb(self, i: int) -> bool:
        """An accusative that says how or when (رميا بالرصاص، أيضا) and is no part of a noun phrase."""
        if not self.is_(i, "adverbs") or i in self.settled or self.view.ent[i] >= 0:
            return False
        # «زيا عسكريا»: behind a noun with the same ending it may be its adjective
        return not (
            i
            and self.view.pos[i - 1] == "NOUN"
            and self.view.text.endswith(_TANWIN, 0, self.view.end[i - 1])
            and self.view.norm[i].endswith("يا")
        )

    def circumstance(self, i: int) -> bool:
        """«…، مشيرا إلى»، «…، مؤكدة»: an accusative participle behind a mark opens a clause of its own."""
        norm = self.view.norm[i]
        return i > 0 and self.punct(i - 1) and norm.startswith("م") and norm.endswith(("ا", "ة", "ين"))

    @remembered
    def closed(self, i: int) -> bool:
        """Whether no genitive can follow: article, tanwin, plural ون/ين, attached pronoun, end of a name."""
        view = self.view
        if self.has_article(i) or self.glued_pronoun(i):
            return True
        if i + 1 < len(view) and self.glued_pronoun(i + 1):
            return True
        entity = view.ent[i]
        if entity >= 0:
            label, first, last, _ = view.ents[entity]
            named = label in ("PER", "GPE", "LOC", "ORG") or (label == "FAC" and last - first > _NAMED)
            return last == i + 1 and named
        key = view.key[i]
        if self.is_(i, "counterparts"):
            return True
        if view.norm[i].endswith("ه") and key[:-1] in self.words["bodies"]:
            return True  # مكتبه, left whole
        if view.text[view.start[i] : view.end[i]].endswith(("ً", "اً", "ًا")):
            return True
        if view.pos[i] == "NUM" or self.dual_office(i):
            return False
        return len(key) > 3 and (
            (key.endswith("ون") and len(key) > 4 and not self.is_(i, "singulars"))
            or (key.endswith(("ين", "ان")) and len(key) > 5 and not self.is_(i, "singulars"))
            or (key.endswith("ا") and len(key) > 4 and not (key.endswith("ايا") or self.is_(i, "singulars")))
        )

    def objected(self, k: int) -> bool:
        """«احتجاجا | على قصف المدينة»، «استنكارا | لاغتيال القاضي»: the preposition at ``k`` tells what others did."""
        for j in range(k - 1, max(-1, k - 3), -1):
            pair = f"{self._keys[j]} {self._keys[k]}"
            if pair in self.words["objections_to"] or self.is_(j, "objections"):
                return True
            if not self.adjective(j):
                break
        return False

    def dual_office(self, i: int) -> bool:
        """«وزيرا | الخارجية»، «حكومتا | تونس»: the dual of a construct, and no accusative."""
        key = self.view.key[i]
        if not key.endswith("ا") or i + 2 >= len(self.view):
            return False
        governs = self.has_article(i + 1) and not self.adjective(i + 1)
        # تنظيما | داعش والقاعدة، حركتا | فتح وحماس
        named = range(i + 1, min(i + 2 + 2 * (self._keys[i + 2] == "و"), self._size))
        governs = governs or any(self.view.ent_label(j) == "ORG" for j in named)
        one = key[:-2] + "ه" if key.endswith("تا") else key[:-1]
        known = one in self.words["offices"] or one in self.words["bodies"]
        # «وزيرا | خارجية فرنسا»
        return known and (governs or "GPE" in (self.view.ent_label(i + 1), self.view.ent_label(i + 2)))

    def nominative(self, i: int) -> bool:
        """A regular plural whose ending says that it is a subject (مسلحون), not «الشؤون»."""
        norm = self.view.norm[i]
        bare = self.view.key[i].removeprefix("ال")
        return norm.endswith("ون") and len(norm) > 4 and bare not in self.words["singulars"]


#: Spellings of the accusative of an open noun.
_TANWIN = ("ا", "اً", "ًا")
#: Tags that the models give to a verb by mistake.
_OFTEN_VERBS = frozenset({"NOUN", "PROPN", "X", "ADJ"})
#: Marks that end a sentence, and with the colon those that a clause does not reach over either.
FULL_STOPS = ".؛!؟"
#: «العملية نفسها»: what stresses the phrase before it.
STRESS = frozenset({"نفس", "ذات", "عين"})
SENTENCE_MARKS = FULL_STOPS + ":"
#: Words that a clause begins with, its verb right behind them.
CLAUSE_OPENERS = frozenset(
    {"و", "ف", "ثم", "كما", "فيما", "بينما", "حيث", "وقد", "قد", "بعدما", "عندما", "حين"}
)
#: Behind «ولي» of one who inherits the throne.
_HEIRS = (("عهد",), ("العهد",), ("ولي",))
#: Words that the subject of كان may have before its verb.
_SUBJECT = 7

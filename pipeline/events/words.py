"""What a word is by the closed classes and by its form: article, attached pronoun, preposition, number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from pipeline.events.view import View
from pipeline.knowledge.facilities import load_facilities
from pipeline.knowledge.quantities import load_quantities
from pipeline.knowledge.words import load_words
from pipeline.text.normalize import fold

#: «الاف», written without its madda, only looks as if it had an article.
_THOUSANDS = fold("آلاف")
#: What draws a letter out, as before a figure («بـ 12»).
_TATWEEL = "ـ"
#: Words of those who cross a line, between «عبر» and the line.
_CROSSERS = 6
#: Words between a meeting and the verb that tells who took part.
_MET = 7
#: Words of who says that something is so, between «بين» and «أن».
_CLARIFIER = 16
_OPEN_QUOTES = frozenset('"«“(')


@lru_cache(maxsize=1)
def word_classes() -> dict[str, frozenset[str]]:
    """The closed classes with folded words; classes of pairs («المتحدث ب») keep the blank."""
    return {name: frozenset(fold(w) for w in words) for name, words in load_words().items()}


@lru_cache(maxsize=1)
def hamza_below() -> dict[str, frozenset[str]]:
    """The words of each closed class that begin with a hamza below or a madda, as they are written."""
    return {
        name: frozenset(w for w in words if w.startswith(("إ", "آ"))) for name, words in load_words().items()
    }


@lru_cache(maxsize=1)
def number_words() -> frozenset[str]:
    """The number words, folded; the tagger takes «عشر» of «أحد عشر» for a noun."""
    return frozenset(fold(word) for word in load_quantities().values)


@lru_cache(maxsize=1)
def buildings() -> frozenset[str]:
    """The words for buildings and sites, folded, that no adjective looks like."""
    _, patterns = load_facilities()
    heads = {fold(head) for pattern in patterns.patterns for head in pattern.heads if " " not in head}
    return frozenset(head for head in heads if not head.endswith("يه"))


_W = TypeVar("_W", bound="Words")


def remembered(predicate: Callable[[_W, int], bool]) -> Callable[[_W, int], bool]:
    """Remembers what a predicate says of a token: neither view nor lexicon changes, and phrases ask many times."""
    name = predicate.__name__

    @wraps(predicate)
    def ask(self: _W, i: int) -> bool:
        known = self._known[name]
        answer = known.get(i)
        if answer is None:
            answer = known[i] = predicate(self, i)
        return answer

    return ask


class Words:
    """The words of one :class:`View`. All arguments are view indices.

    Args:
        may_be_verb: says of a folded form that the lexicon knows it as a verb and not as an event noun.
    """

    def __init__(self, view: View, may_be_verb: Callable[[str], bool]) -> None:
        self._keys, self._size = view.key, len(view)
        self._known: defaultdict[str, dict[int, bool]] = defaultdict(dict)
        self.view = view
        self.may_be_verb = may_be_verb
        self.words = word_classes()
        self._below = hamza_below()

    def is_(self, i: int, word_class: str) -> bool:
        """Whether token ``i`` belongs to a closed class.

        A hamza below is told from one above (إمام is not أمام), and so is a madda (آبي is not أبي).
        """
        if not 0 <= i < self._size or self._keys[i] not in self.words[word_class]:
            return False
        norm = self.view.norm[i]
        return not norm.startswith(("إ", "آ")) or norm in self._below[word_class]

    def of_class(self, i: int, word_class: str) -> bool:
        """Like :meth:`is_` for classes that list their words without the article."""
        return self.is_(i, word_class) or (
            self.has_article(i) and self._keys[i][2:] in self.words[word_class]
        )

    @remembered
    def punct(self, i: int) -> bool:
        """Punctuation, whatever the tagger says."""
        return not any(c.isalnum() for c in self.view.norm[i])

    @remembered
    def glued_pronoun(self, i: int) -> bool:
        """An attached pronoun (سيطرت|ها)."""
        return (
            0 <= i < len(self.view)
            and self.view.glued[i]
            and self.is_(i, "pronouns")
            and self.view.pos[i] != "VERB"
        )

    @remembered
    def preposition(self, i: int) -> bool:
        """A preposition or prepositional noun."""
        view = self.view
        if i >= len(view):
            return False  # «… احتجاجا» ends the text
        if view.ent[i] >= 0 and view.ents[view.ent[i]][1] != i:
            return False
        if " ".join(view.key[i : i + 2]) in self.words["states_by_direction"]:
            return False
        if view.key[i] in ("ب", "ل", "ك"):
            if i + 1 >= len(view) or view.pos[i] in ("NOUN", "PROPN"):
                return False
            return view.glued[i + 1] or self._before_figure(i)
        if self.is_(i, "approximators") and i + 1 < len(view) and self.number(i + 1):
            return False  # نحو عشرين جنديا
        if view.ent_label(i) == "PER" and view.norm[i] == "علي" and view.ent[i + 1 : i + 2] == (view.ent[i],):
            return False  # the name, and not «على»
        if view.norm[i] == "إمام" or self.crosses(i) or self.ends_later(i) or self.since_verb(i):
            return False
        if self.clarifies(i):
            return False
        if self.is_(i, "by_agent"):
            return True  # برصاص، بنيران، بيد, left whole
        return self.is_(i, "prepositions") and not self.has_article(i)

    def _before_figure(self, i: int) -> bool:
        """«لحقت أضرار بـ 12 منزلا»، «قال لـ "الخبر"»: a letter that governs a figure or a quote apart."""
        view = self.view
        figure = view.norm[i + 1][:1].isdigit() or view.norm[i + 1] == '"'
        return figure and (view.pos[i] == "ADP" or view.text[view.start[i] : view.end[i]].endswith(_TATWEEL))

    def ends_later(self, i: int) -> bool:
        """«فيما | بعد»، «في ما | بعد»: the last of words that together say when, and no preposition."""
        if self._keys[i] not in ("بعد", "مضي"):
            return False
        return any(" ".join(self._keys[max(0, i - n) : i + 1]) in self.words["later"] for n in (1, 2))

    @remembered
    def crosses(self, i: int) -> bool:
        """«عبر فيه عن شكره»: a preposition before another one, «عبر مئات منهم الحدود»: or before who crosses what."""
        if not self.is_(i, "verbal_homographs") or i + 1 >= self._size:
            return False
        return self.preposition(i + 1) or self._crossed(i)

    @remembered
    def gathers(self, i: int) -> bool:
        """«عقد لقاء في مسقط | ضم وزراء الدفاع»: behind an open word for a meeting, who took part."""
        who = i + 1 < self._size and self.is_(i, "gathering") and not self.view.glued[i]
        if not who or self.punct(i + 1) or self.view.ent_label(i + 1) == "GPE" or self.preposition(i - 1):
            return False
        first = self.view.sents[self.view.sent[i]][0]
        for k in range(i - 1, max(first, i - _MET) - 1, -1):
            if self.is_(k, "sittings"):
                return not self.has_article(k)
            if self.punct(k) or self.view.pos[k] == "VERB":
                return False
        return False

    def told_within(self, i: int) -> bool:
        """«هجوم | قتل فيه | ستة جنود»: behind a noun, with a pronoun behind that means the noun: a clause about it."""
        view = self.view
        within = (
            i + 2 < self._size and view.key[i + 1] in ("في", "خلال", "اثناء") and self.glued_pronoun(i + 2)
        )
        if not within or not i or self.has_article(i) or view.norm[i].endswith(("ة", "ا")):
            return False
        noun = view.pos[i - 1] in ("NOUN", "ADJ", "PROPN") and not self.preposition(i - 1)
        return noun and view.sent[i - 1] == view.sent[i] and not view.glued[i]

    def _crossed(self, i: int) -> bool:
        """«عبر | نصفهم | الحدود»: some number of people, and behind them a line with the article."""
        if not (self.number(i + 1) or self.is_(i + 1, "portions") or self.is_(i + 1, "partitives")):
            return False
        for k in range(i + 2, min(self._size, i + 2 + _CROSSERS)):
            if self.punct(k) or self.view.pos[k] == "VERB":
                return False
            if self.is_(k, "crossed"):
                return self.has_article(k) and not self.preposition(k - 1)
        return False

    @remembered
    def clarifies(self, i: int) -> bool:
        """«وبين الناطق الإعلامي أن»: at the head of a clause before whoever says that something is so, a verb."""
        view = self.view
        if self._keys[i] != "بين" or i + 1 >= self._size or self.glued_pronoun(i + 1):
            return False
        first, last = view.sents[view.sent[i]]
        opened = i == first or self.punct(i - 1) or self._keys[i - 1] in ("و", "ف", "كما", "حيث", "قد")
        if not opened or self._keys[max(first, i - 2) : i] == ("ما", "و"):
            return False
        for j in range(i + 1, min(last, i + _CLARIFIER)):
            if self._keys[j] == "ان":
                return True
            if view.pos[j] in ("VERB", "AUX") or (self.punct(j) and view.norm[j] not in '،,"()'):
                return False
        return False

    @remembered
    def since_verb(self, i: int) -> bool:
        """«منذ *سيطرت* القوات على الميناء»: before a verb, shown by its ending, it is no preposition."""
        if self.view.key[i] != "منذ" or i + 1 >= self._size or self.view.pos[i + 1] != "VERB":
            return False
        key = self.view.key[i + 1]
        return key.endswith("ت") and not key.endswith("ات")

    @remembered
    def number(self, i: int) -> bool:
        """A number in digits or words, or a word for a rough amount (عشرات)."""
        return self.numeral(i) or self.view.key[i] in number_words()

    @remembered
    def numeral(self, i: int) -> bool:
        """A number by its digits or its tag, or a word for a rough amount."""
        return self.view.pos[i] == "NUM" or self.view.norm[i][:1].isdigit() or self.is_(i, "quantifiers")

    @remembered
    def has_article(self, i: int) -> bool:
        """The word carries ال (also after ل, where the tokeniser restores it)."""
        if i >= len(self.view):
            return False
        norm = self.view.norm[i]  # not the folded key: آليات has no article
        if not norm.startswith("ال") or len(norm) <= 3 or self.view.key[i] == _THOUSANDS:
            return False
        if self.view.key[i] in self.words["own_al"]:
            return False
        # التقى، التزم: verbs of the eighth form whose root begins with ل
        return not (self.view.pos[i] in ("VERB", "AUX") and self.may_be_verb(self.view.key[i]))

    def opens_quote(self, i: int) -> bool:
        """An opening quote or bracket (the normal form has only straight quotes)."""
        return self.view.norm[i] in _OPEN_QUOTES

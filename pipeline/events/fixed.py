"""The fixed words of triggers: where the words of ``with`` and ``unless`` stand around a trigger word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.events.by_chance import ByChance
from pipeline.events.grammar import FULL_STOPS, Grammar
from pipeline.events.lexicon import TriggerLexicon
from pipeline.events.view import View
from pipeline.text.normalize import fold

#: Prepositions, whose final letter stays another (عليه).
_NO_NOUNS = frozenset({"على", "إلى", "الى", "لدى", "حتى"})
#: Words that a subject between a verb and its object noun may have.
SUBJECT_WORDS = 5
#: How far behind a verb its fixed word may stand, and behind a noun.
WITH_REACH, NOUN_REACH = 14, 3
_ENDINGS = frozenset({"ه", "ها", "هم", "هما", "هن"})
_NEAR_BEFORE, _NEAR_AFTER = 4, 5
#: Clitics that the tokeniser leaves on (بالهراوات), before words that are longer than this.
_LEFT_ON, _SHORT = ("ب", "بال", "وال", "لل", "و"), 2
#: Letters that a word has at least to be known in its dual: «حين» is not two «حي».
_DUAL = 3
#: Letters of a sound plural with its ending: «حين» and «سكين» are none.
_PLURAL = 5
#: Words of an office with its bearer.
_LONG_NAME = 9
#: Words of a plain number, over which a fixed word is seen anyway.
_PLAIN = 1
#: Words of a subject before its verb, at the head of a sentence.
_NAMED_BEFORE = 3


@lru_cache(maxsize=4096)
def _targets(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words of ``with`` or ``unless``, folded once: each is a run of keys that stand together."""
    return tuple(tuple(fold(word).split()) for plain in words for word in (plain, *_owned(plain)))


def _owned(word: str) -> tuple[str, ...]:
    """«أسراهم»، «مبناه» for أسرى, مبنى: a final alif is written with its letter before a pronoun, cut off or not."""
    if not word.endswith("ى") or word.rpartition(" ")[2] in _NO_NOUNS:
        return ()
    return tuple(word[:-1] + "ا" + gap + ending for gap in ("", " ") for ending in sorted(_ENDINGS))


@lru_cache(maxsize=4096)
def _duals(word: str) -> frozenset[str]:
    """«لواءين»، «طائرتان»، «جسري» before a name: the dual of a fixed word that is long enough to be told by it."""
    if len(word) < _DUAL or word.endswith(("ين", "ات", "ون", "ا", "ي")):
        return frozenset()
    stem = word[:-1] + "ت" if word.endswith("ه") else word
    return frozenset(stem + ending for ending in ("ين", "ان", *(("ي", "ا") if word.endswith("ه") else ())))


def _stem(word: str) -> str:
    """What the forms of a fixed word have in common: «طائرة» and «طائرتين», «معتقلين» and «معتقلي|هم»."""
    if word.endswith("ين") and len(word) > _PLURAL:
        return word[:-1]
    return word.removesuffix("ه")


class FixedWords(ByChance):
    """Looks for the fixed words of entries in one view. All arguments are view indices."""

    def __init__(self, view: View, lexicon: TriggerLexicon, grammar: Grammar) -> None:
        self.view = view
        self.lexicon = lexicon
        self.grammar = grammar
        #: The keys of each sentence in one string: most words are not in it, and asking is quick.
        self._words = [
            " ".join(view.key[first:last]) + " " + "".join(view.key[first:last]) for first, last in view.sents
        ]

    def _fixed_word(self, i: int, words: tuple[str, ...], reach: int) -> int:
        """Index of the first fixed word after ``i`` in the sentence, or -1; several words must stand together."""
        view = self.view
        end = min(view.sents[view.sent[i]][1], i + 1 + reach)
        targets = self._present(i, words)
        if targets and reach == WITH_REACH:
            end = self._far(i, end)
        elif targets:
            end = min(view.sents[view.sent[i]][1], end + self._numbers(i))
        for k in range(i + 1, end if targets else i + 1):
            entity = view.ents[view.ent[k]] if view.ent[k] >= 0 else ("", k, k, "")
            # «أرسل برنامج الأغذية العالمي»: the name of the subject; a noun may ask for one (تحذيرات الأمم المتحدة)
            inside = reach == WITH_REACH and entity[0] == "ORG" and bool(entity[3]) and entity[1] < k
            inside = inside or self.grammar.is_(k - 1, "off_the_point")  # «مارس سياسة بغرض | الضغط على»
            inside = inside or self._of_next(i, k)
            for target in () if inside else targets:
                if self._matches(k, target, end):
                    return k
            if reach <= NOUN_REACH and view.norm[k].endswith("ء") and self.lexicon.nominals(view.key[k]):
                break  # «الاتفاق النووي *اعتداء* على المصالح»
            told = (
                reach == WITH_REACH
                and view.key[k] == "ان"
                and view.key[k - 1] not in ("ب", "علي")
                and self.grammar.is_(k, "complementizers")
            )
            # «هاجم مسلحون القرية، بينما قصفت المدفعية …»
            apart = k + 1 < end and self.grammar.is_(k, "complementizers") and self.grammar.verb(k + 1)
            if told or apart or view.norm[k] in FULL_STOPS:
                break  # «أكد الوزير أن الخلاف يكمن في الدعم …»
        return -1

    def _numbers(self, i: int) -> int:
        """Words of a number behind the noun at ``i`` that one word does not tell («ضبط | نحو 12 ألفا و300 | مخالف»)."""
        g, k = self.grammar, i + 1
        while k + 1 < len(self.view) and (
            g.number(k)
            or g.is_(k, "approximators")
            or (self.view.key[k] == "و" and g.number(k + 1) and k > i + 1)
        ):
            k += 1
        return max(0, k - i - 1 - _PLAIN)

    def _far(self, i: int, end: int) -> int:
        """One past the words behind the verb at ``i`` that may be its fixed words: names and times of many words count
        as one, marks as none, as long as no other verb or clause begins («وقع فلان الفلاني، أمس الاثنين، اتفاقا»)."""
        view, g = self.view, self.grammar
        last, counted = view.sents[view.sent[i]][1], 0
        for k in range(i + 1, last):
            if k >= end and (g.verb(k) or g.is_(k, "complementizers") or g.is_(k, "relatives")):
                return k
            same = view.ent[k] >= 0 and view.ent[k] == view.ent[k - 1]
            counted += not (same or view.time[k] >= 0 or g.punct(k))
            if counted > WITH_REACH:
                return max(k, end)
        return last

    def _of_next(self, i: int, k: int) -> bool:
        """«حين وصل المفتشون اعتقلت | قوات»: a word right behind another verb is its own; but «دخلت وانتشرت قوات»."""
        other = k - 1 > i and self.grammar.verb(k - 1) and bool(self.lexicon.verbs(self.view.key[k - 1]))
        return other and not (k - 3 == i and self.view.key[k - 2] == "و")

    def _behind_subject(self, i: int, words: tuple[str, ...]) -> int:
        """«إطلاق زورق حربي إسرائيلي النار»: the fixed word of a masdar behind who does it, or -1."""
        at = self._fixed_word(i, words, reach=SUBJECT_WORDS + 1)
        apart = at >= 0 and self.grammar.has_article(at)
        return at if apart and all(self.grammar.nominal(k) for k in range(i + 1, at)) else -1

    def _by_means(self, i: int, words: tuple[str, ...]) -> int:
        """«استهداف الجيش أحياء المدينة *بالمدفعية*»: what a masdar is done with, behind whom it is done to, or -1."""
        view, g = self.view, self.grammar
        last = min(view.sents[view.sent[i]][1], i + 1 + WITH_REACH)
        targets = self._present(i, words)
        for k in range(i + 1, last if targets else i + 1):
            if g.punct(k) or g.verb(k) or g.is_(k, "relatives") or self.lexicon.nominals(view.key[k]):
                break
            means = view.key[k - 1] == "ب" and view.glued[k]
            if means and any(self._matches(k, target, last) for target in targets):
                return k
        return -1

    def _past_doer(self, i: int, words: tuple[str, ...]) -> int:
        """«دعوة وزير الخارجية المصري سامح شكري إلى»: the fixed preposition of a noun behind a long name, or -1."""
        view, g = self.view, self.grammar
        last = min(view.sents[view.sent[i]][1], i + 1 + _LONG_NAME)
        k = i + 1
        while k < last and g.nominal(k) and not g.preposition(k) and not g.punct(k):
            k += 1
        fixed = k < last and g.preposition(k)
        return (
            k if fixed and any(self._matches(k, target, last) for target in self._present(i, words)) else -1
        )

    def _fixed_antecedent(self, i: int, words: tuple[str, ...], *, paper: bool) -> int:
        """«قذيفة أطلقها الحوثيون»، «الصواريخ التي أطلقتها»: the fixed word is what the pronoun points back to.

        Args:
            paper: what is signed or given, which is no event besides («الاتفاق الذي وقعه الطرفان»، «وعود قطعها»).
        """
        view, g = self.view, self.grammar
        first = view.sents[view.sent[i]][0]
        targets = self._present(i, words)
        for k in range(i - 1, max(first, i - 1 - _NEAR_BEFORE) - 1, -1):
            if g.punct(k) or g.verb(k):
                break
            if any(self._matches(k, target, i) for target in targets):
                # «كمين نصبه»: an event of its own; «رفع الحصار الذي يفرضه»: one that has ended another
                own = self._event_noun(k) and not self.grammar.is_(k - 1, "lifting")
                return -1 if own and not paper else k
        return -1

    def _fixed_subject(self, i: int, words: tuple[str, ...]) -> int:
        """«صواريخ تسقط على …»: at the head of a sentence the fixed word stands before its verb, or -1."""
        view, g = self.view, self.grammar
        k, first = i - 1, view.sents[view.sent[i]][0]
        while k > first and not g.punct(k - 1) and g.nominal(k):
            k -= 1
        known = k >= 0 and k >= i - _NAMED_BEFORE and g.nominal(k) and not g.has_article(k)
        found = known and any(self._matches(k, target, i) for target in self._present(i, words))
        return k if found and not self.lexicon.nominals(view.key[k]) else -1

    def _fixed_agent(self, i: int, words: tuple[str, ...]) -> int:
        """«قذائف هاون سقطت على»، «حريق أتى على»: the fixed word that the verb has for subject, or -1."""
        view, g = self.view, self.grammar
        first = view.sents[view.sent[i]][0]
        targets = self._present(i, words)
        for k in range(i - 1, max(first, i - 1 - _NEAR_BEFORE) - 1, -1):
            if g.punct(k) or g.verb(k) or (g.preposition(k) and not g.glued_pronoun(k + 1)):
                break
            if any(self._matches(k, target, i) for target in targets):
                return k
        return -1

    def _event_noun(self, k: int) -> bool:
        """A noun that tells of an event where it stands; the «مسيرة» of «طائرة مسيرة» tells of none."""
        return bool(self.lexicon.nominals(self.view.key[k]))

    def _matches(self, k: int, target: Sequence[str], end: int, *, dual: bool = True) -> bool:
        view = self.view
        if k + len(target) > end:
            return False
        for offset, word in enumerate(target):
            key = view.key[k + offset]
            stem = _stem(word) if dual else word.removesuffix("ه")
            if not offset and stem not in key:
                key = self._whole(k, key)
            if stem not in key:
                return False
            own = word.startswith("ال") and not key.startswith("الال")  # الإلكتروني has an article
            bare = key[2:] if key.startswith("ال") and not own else key
            # مصرعهم, left whole; the ه of a folded ة is no pronoun (دورية is not دوري)
            ending = key[len(word) :] if key.startswith(word) else ""
            with_ending = ending in _ENDINGS and not view.norm[k + offset].endswith("ة")
            bared = any(key == clitics + word for clitics in _LEFT_ON) and len(word) > _SHORT
            same = word in (key, bare, key.removesuffix("ا")) or with_ending or bared
            pair = dual and len(target) == 1 and (bare in _duals(word) or self._pair(k, word, bare))
            if not same and not pair:
                return False
        return True

    def _pair(self, k: int, word: str, bare: str) -> bool:
        """«جسري الحرية», «غرفت|ه», «معتقلي|هم»: a dual or plural without its ن, ة before a pronoun."""
        named = k + 1 < len(self.view) and (self.grammar.has_article(k + 1) or self.view.ent[k + 1] >= 0)
        if bare != word and bare == _stem(word) and word.endswith("ين"):
            return named or self.grammar.glued_pronoun(k + 1) or self.grammar.nominal(k + 1)
        if named and bare in (word + "ي", word + "ا") and bool(_duals(word)):
            return True
        owned = word.endswith("ه") and bare == word[:-1] + "ت"  # فتشوا غرفت|ه
        return owned and self.grammar.glued_pronoun(k + 1)

    def _whole(self, k: int, key: str) -> str:
        """«ب|نادقهم»، «س|يوفهم»: a word whose first letter the tokeniser took for a clitic, put together again."""
        view = self.view
        torn = k > 0 and view.glued[k] and len(view.key[k - 1]) == 1
        return view.key[k - 1] + key if torn else key

    def _near(self, i: int, words: tuple[str, ...]) -> bool:
        view = self.view
        first, last = view.sents[view.sent[i]]
        around = range(max(first, i - _NEAR_BEFORE), min(last, i + _NEAR_AFTER + 1))
        targets = self._present(i, words)
        # «تحقيق الأمن»: a run of words may begin with the trigger itself
        return any(
            (k != i or len(target) > 1)
            and self._matches(k, target, last, dual=False)
            and not (
                self._inside_place(k, target)
                or self._stresses(k)
                or self._done_before(k, i)
                or self._rank(k)
                or self._elected(k)
                or self._of_name(k)
                or self._some_of(k)
                or self._rates(k)
            )
            for target in targets
            for k in around
        )

    def _amid(self, i: int, classes: tuple[str, ...]) -> bool:
        """Whether a word of one of the classes stands anywhere in the sentence, the trigger itself aside."""
        view = self.view
        words = frozenset().union(*(self.grammar.words[name] for name in classes))
        around = (k for k in range(*view.sents[view.sent[i]]) if k != i)
        return any(
            key.removeprefix("ال") in words
            for k in around
            for key in (view.key[k], self._whole(k, view.key[k]))
        )

    def _present(self, i: int, words: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The words of a list, folded and split at blanks, that may stand in the sentence of ``i``."""
        sentence = self._words[self.view.sent[i]]
        # the ه of a folded ة is no ه in the dual, nor is the ن of the plural before a pronoun
        return [target for target in _targets(words) if _stem(target[0]) in sentence]

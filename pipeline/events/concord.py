"""What agrees in a noun phrase: definiteness, case endings, gender and number of a word with those before it."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import load_lexicon
from pipeline.events.stems import augmented_masdar, verbal_noun
from pipeline.events.view import View
from pipeline.events.words import number_words
from pipeline.resolve.actor import HeadFeatures

_UNKNOWN = HeadFeatures(None, None, None)
#: Endings that no masculine singular adjective has.
_NO_MASCULINE = ("ة", "ى", "ا", "ء", "ات", "ون", "ين", "ان")
#: Letters of a definite elative («الأكبر»), which has one form for all.
_ELATIVE = 6


class Concord:
    """Says of words whether they can belong together.

    Args:
        events: view indices of event nouns: a preposition after one opens a phrase of its own
            («قصف الجيش | لمواقع المعارضة»), because it may fill a slot of the event.
        fixed: view indices of the fixed words of triggers («لقي ثمانية أشخاص | مصرعهم»).
        features: gender, number and humanness of a noun, as far as they are known.
        nationality: whether a word is a nationality (هنود).
        people: whether a word denotes somebody: a person, a group, an institution.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        events: frozenset[int] = frozenset(),
        fixed: frozenset[int] = frozenset(),
        features: Callable[[str], HeadFeatures] = lambda word: _UNKNOWN,
        nationality: Callable[[str], bool] = lambda word: False,
        people: Callable[[str], bool] = lambda word: False,
    ) -> None:
        self.people = people
        self.features = features
        self.nationality = nationality
        self.fixed = fixed
        self.view = view
        self.grammar = grammar
        self.events = events

    def accusative(self, k: int) -> bool:
        """An indefinite accusative by its ending: no genitive, so it opens a phrase of its own."""
        norm, view = self.view.norm[k], self.view
        return (
            len(norm) > 3
            and norm.endswith("ا")
            and not norm.endswith(("ايا", "دنيا", "عليا"))
            and not self.grammar.is_(k, "own_alif")
            and view.ent[k] < 0
            and (view.pos[k] in ("NOUN", "ADJ", "ADV", "X") or k in self.events)
            and not self.grammar.has_article(k)
            and not self.grammar.dual_office(k)
        )

    def _accusative_too(self, k: int) -> bool:
        """By its ending the indefinite ``k`` may qualify an accusative before it: «هجوما واسعا»، «شابا في»."""
        view = self.view
        ends = view.norm[k].endswith(("ا", "ة", "ى", "ين", "ات", "ء")) or view.text[
            view.start[k] : view.end[k]
        ].endswith("ً")
        return (
            ends
            or view.ent[k] >= 0
            or self.grammar.number(k)
            or self.grammar.has_article(k)
            or self.nationality(view.norm[k])
        )

    def _no_feminine(self, k: int) -> bool:
        """Behind a feminine noun and its adjective an open word that by its form is no second one."""
        g, view = self.grammar, self.view
        adjectives = g.adjective(k - 1) and view.norm[k - 1].endswith("ة") and not g.has_article(k - 1)
        ends = view.norm[k].endswith(("ة", "ى", "ات", "اء", "ا"))
        return adjectives and not ends and view.ent[k] < 0 and not g.has_article(k) and not g.number(k)

    def _feminine_so_far(self, head: int, k: int) -> bool:
        """«عصابة مسلحة»، «قوات خاصة أمريكية»: nothing but feminine adjectives stands behind the head."""
        g, view = self.grammar, self.view
        if view.norm[head].endswith("ة"):
            return True
        qualifying = [j for j in range(head + 1, k) if view.pos[j] not in ("PROPN", "NUM", "PUNCT")]  # إف-16
        return all(view.norm[j].endswith("ة") and not g.has_article(j) for j in qualifying)

    def _single_thing(self, head: int, k: int) -> bool:
        """«شبان | دورية»: behind people in the plural an open feminine singular is no adjective of theirs."""
        _, number, human = self.features(self.view.norm[head])
        feminine = self.view.norm[k].endswith("ة") and not self.grammar.has_article(k)
        return number == "p" and human is True and feminine and self.view.ent[k] < 0

    def _indefinite_accusative(self, head: int, k: int) -> bool:
        """A noun after which the adjective ``k`` may end in ا: it does so itself, or is counted (عشرين شخصا مدنيا)."""
        before = self.view.norm[k - 1].endswith("ا") or self.grammar.number(k - 1)
        counted = self.grammar.number(head) and before  # but: مئتي شخص | مركزا
        return counted or self.view.norm[head].endswith(("ا", "ى"))

    def _plural(self, k: int) -> bool:
        """A regular plural of persons by its ending, and no «الشؤون»."""
        norm = self.view.norm[k]
        plural = len(norm) > 5 and norm.endswith(("ون", "ين"))
        return plural and self.view.key[k].removeprefix("ال") not in self.grammar.words["singulars"]

    def _nobody_many(self, head: int, k: int) -> bool:
        """No noun of the phrase from ``head`` to ``k`` counts people, as far as the knowledge knows them."""
        known = [
            self.features(self.view.norm[j].removeprefix("ال"))
            for j in range(head, k)
            if j == head or not self.grammar.adjective(j)
        ]
        # «الشيخ فلان | المسلمين»: behind the title of one man unknown words are his name
        one = bool(known) and known[0].number == "s" and known[0].human is True
        return all(
            number == "s" or (human is not True and (one or (number, human) != (None, None)))
            for _, number, human in known
        )

    def _several(self, k: int) -> bool:
        """People, two or more of them: الوزيران، السفراء."""
        _, number, human = self.features(self.view.norm[k])
        return number in ("d", "p") and human is True

    def _many(self, k: int) -> bool:
        """A plural of persons, by its ending or as the knowledge knows it: الشبان، السفراء."""
        _, number, human = self.features(self.view.norm[k])
        return self._plural(k) or (number == "p" and human is True)

    def _disagrees(self, k: int, head: int) -> bool:
        """Whether the definite word ``k`` cannot qualify the phrase: «اعتقلت الشرطة | المتهم»، «الرئيس | المعارضة»."""
        g, view = self.grammar, self.view
        if not (g.has_article(k) and g.has_article(k - 1)) or 0 <= view.ent[k] == view.ent[k - 1]:
            return False
        people = head == k - 1 and self._plural(head) and view.norm[k].endswith("ة") and view.ent[k] < 0
        if people and g.adjective(k):
            return True  # «اعتداءات المستوطنين | المتكررة»
        gender, number, human = self.features(view.norm[head])
        between = view.norm[head + 1 : k]
        if gender == "f" and (number == "p" or human is not None):
            feminine = all(word.endswith(("ة", "ات")) for word in between)
            return feminine and (self._masculine(k) or self._plural(k))
        # المسلحون | القرية, but: المسلحون الأربعة
        several = number == "p" and view.pos[k] != "NUM" and view.norm[head].endswith(("ون", "ين"))
        masculine = gender == "m" and (number == "s" or several) and human is not None and g.has_article(head)
        qualified = all(
            (g.adjective(j) and self._masculine(j)) or self.nationality(view.norm[j])
            for j in range(head + 1, k)
        )  # المتمردون | الأكراد | القرية
        return masculine and qualified and view.norm[k].endswith("ة") and view.pos[k] != "PROPN"

    def _masculine(self, k: int) -> bool:
        """By its form a masculine singular that would have ة beside a feminine noun."""
        norm = self.view.norm[k]
        elative = norm.startswith("الأ") and len(norm) <= _ELATIVE
        return (
            len(norm) > 4
            and not norm.endswith(_NO_MASCULINE)
            and not elative
            and self.view.pos[k] != "NUM"
            and not self.grammar.is_(k, "appositives")
        )

    def _definite(self, first: int, k: int) -> bool:
        g, view = self.grammar, self.view
        return any(
            g.has_article(j) or view.ent_label(j) in ("PER", "GPE", "ORG", "LOC") or g.glued_pronoun(j)
            for j in range(first, k)
        )

    def _begins_another(self, first: int, k: int, head: int) -> bool:
        """The word at ``k`` cannot belong to the phrase first … k-1: it disagrees, or is a noun of its own."""
        return self._disagrees(k, head) or self._another(first, k) or self._manly(head, k)

    def _another(self, first: int, k: int) -> bool:
        """«رفض الكرملين | المقترح»: a definite noun that looks like an adjective, behind a phrase that is closed."""
        g, view = self.grammar, self.view
        if not g.has_article(k) or not g.closed(k - 1):
            return False
        if 0 <= view.ent[k] == view.ent[k - 1] and view.ent_label(k) != "ORG":
            return False
        deed = self._verbal_noun(k)
        noun = deed or g.of_class(k, "substantives") or self._broken_plural(first, k)
        if not noun or not self._definite(first, k):
            return False
        if deed and self.people(view.norm[first]):
            return True  # رفض الوزير السابق | المثول أمام اللجنة
        if view.key[k + 1 : k + 2] == ("ل",) and g.of_class(first, "offices") and k - 1 == first:
            return False  # الناطق الإعلامي لشرطة المدينة
        # «الشاب المتهم بالقتل»: said of the person before it
        return not (self.people(view.norm[first]) and view.key[k + 1 : k + 2] in (("ب",), ("في",)))

    def _broken_plural(self, first: int, k: int) -> bool:
        """«قوات حرس الحدود | الأساتذة»: a broken plural of people is no adjective, but for the few that are."""
        norm = self.view.norm[k]
        _, number, human = self.features(norm)
        plain = number == "p" and human is True and not norm.endswith(("ون", "ين", "ات"))
        if not plain or self.view.ent_label(k) not in ("", "ORG") or self.nationality(norm):
            return False
        several = self.features(self.view.norm[first]).number == "p" and first == k - 1
        return not several and not self.grammar.of_class(k, "qualifying_plurals")

    def _verbal_noun(self, k: int) -> bool:
        """A masdar, and no name: by its form that of an augmented verb («الانسحاب»، «التطبيع»), or by the lexicon."""
        if self.view.ent_label(k) not in ("", "ORG"):
            return False
        norm = self.view.norm[k]
        kinds = {reading.form.kind for reading in load_lexicon().nominals(self.view.key[k])}
        person = norm.startswith("الم") and not verbal_noun(norm.removeprefix("ال"))  # المنشق
        deed = kinds == {"masdar"} or (bool(kinds) and kinds <= {"masdar", "noun"} and not person)
        return deed or (norm.startswith("ال") and augmented_masdar(norm[2:]))

    def _swallowed(self, first: int, k: int) -> bool:
        """«رفض [مجلس النواب | الاستفتاء]»: the name of a body, as it was read, runs on into the object."""
        runs_on = self._another(first, k) or self._manly(first, k) or self._described(first, k)
        return self.view.ent_label(k) == "ORG" and runs_on

    def _described(self, head: int, k: int) -> bool:
        """«اتهمت [منظمة حقوقية | الجيش]»: behind an open noun and its adjective the phrase does not go on with «ال»."""
        g = self.grammar
        if k - head < 2 or g.has_article(head) or self.view.pos[k - 1] != "ADJ":
            return False
        return g.has_article(k) and not any(g.closed(j) for j in range(head, k)) and not g.adjective(k)

    def _manly(self, head: int, k: int) -> bool:
        """«مجلس النواب | الخطة»: no noun of the phrase takes a feminine adjective."""
        g, view = self.grammar, self.view
        if not (g.has_article(k) and g.has_article(k - 1)) or not view.norm[k].endswith("ة"):
            return False
        nouns = [j for j in range(head, k) if j == head or not g.adjective(j)]
        counts = view.key[k].removeprefix("ال") in number_words()  # المهاجمين الأربعة
        if counts or any(view.norm[j].endswith(("ة", "ات")) for j in range(head, k)):
            return False
        known = [self.features(view.norm[j].removeprefix("ال")) for j in nouns]
        return view.pos[k] != "PROPN" and all(
            gender == "m" and ((number == "s" and human is not None) or (number == "p" and human is True))
            for gender, number, human in known
        )

"""The senses of trigger words: which entries a word may stand for, by its fixed words and by its setting."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.events.fixed import NOUN_REACH, WITH_REACH, FixedWords
from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import Reading, TriggerLexicon
from pipeline.events.paradigms import Form
from pipeline.events.stems import stems
from pipeline.events.view import View
from pipeline.knowledge.events import Trigger
from pipeline.knowledge.words import load_words
from pipeline.text.normalize import fold

#: Letters that a verb has at least before the ending of the plural.
_SHORTEST = 2
#: Letters of a root: what is left without و is longer, for «وصفت|ه» is no «صفت».
_BARE = 3

#: Modes of verbs whose object may be an event of its own: «مسيرة | فرقتها الشرطة»، «اتفاق | رعته الدوحة».
_DEALT_WITH = frozenset(
    {"sign", "promise", "mediate", "restrict", "ban", "suspend", "boycott", "concede", "ease", "reject"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sense of a mention: the trigger entry and the form in which it appears; ``fixed`` are its words' tokens."""

    trigger: Trigger
    form: Form
    fixed: tuple[int, ...] = ()

    @property
    def moves(self) -> bool:
        """It is told of convoys, which do nothing else."""
        return any("convoy" in need.classes for need in self.trigger.needs)


def generality(candidate: Candidate) -> tuple[int, bool, bool]:
    """Sorts senses: with fixed words and setting, with one of both, then with conditions, first on who takes part."""
    entry, needs = candidate.trigger.entry, candidate.trigger.needs
    alone = 3 - 2 * bool(entry.with_) - bool(entry.amid)
    return alone, not needs, alone == 3 and not any(need.classes for need in needs)


class Senses(FixedWords):
    """Says what the words of one view may mean as triggers. All arguments are view indices."""

    def __init__(self, view: View, lexicon: TriggerLexicon, grammar: Grammar) -> None:
        super().__init__(view, lexicon, grammar)
        #: Whether a sentence speaks of arms: then vehicles and buildings are where it happened, and no accident.
        self._violent = [
            any(key.removeprefix("ال") in grammar.words["violence"] for key in view.key[first:last])
            for first, last in view.sents
        ]
        self._settings = frozenset(load_words()["settings"])

    def keys(self, i: int) -> list[str]:
        """The look-up keys of a word: its own, and those that may be inside it where it is whole."""
        view = self.view
        key = view.key[i]
        led = i > 0 and view.glued[i] and view.key[i - 1] in ("و", "ف")
        whole = view.word_end[i] == i + 1 and (led or not view.glued[i])
        plural = key.endswith("و") and len(key) > _SHORTEST and self.grammar.glued_pronoun(i + 1)
        restored = [key + "ا"] if plural else []  # «أعطبو|ها»: the alif of the plural falls before a pronoun
        if view.norm[i].endswith("ة") and self._before_doer(i):
            restored = [key[:-1] + "ت"]  # «قتلتهم» is written so, whether «قتلة|هم» or «قتلت|هم» is meant
        rest = len(key) - 1 - key.endswith("وا")
        if (
            not led
            and not view.glued[i]
            and key[0] in "وف"
            and rest > _BARE
            and self.grammar.glued_pronoun(i + 1)
        ):
            restored = [*restored, key[1:]]  # «وقتلوا|ه»: its conjunction is left on
        return [key, *restored, *(stems(key, view.norm[i], led=led) if whole else ())]

    def _before_doer(self, i: int) -> bool:
        """«و|قتلة|هم قوات الجيش»: it opens its clause with a pronoun for its object, and a noun follows."""
        view, g = self.view, self.grammar
        first, last = view.sents[view.sent[i]]
        if g.glued_pronoun(i + 1) and (i + 2 >= last or g.punct(i + 2)):
            # «اعترضته مجموعة مسلحة و|قتلت|ه»: it goes on with who has done what stands before
            joined = i > first and view.key[i - 1] in ("و", "ف")
            return joined and any(g.verb(k) and view.key[k].endswith("ت") for k in range(first, i - 1))
        if not g.glued_pronoun(i + 1) or i + 2 >= last or g.preposition(i + 2):
            return False
        opens = i == first or view.key[i - 1] in ("و", "ف") or g.is_(i - 1, "relatives") or g.punct(i - 1)
        opens = opens or g.is_(i - 1, "complementizers")
        return opens and g.nominal(i + 2) and not g.adjective(i + 2)

    def sense(self, i: int, reading: Reading) -> Candidate | None:
        """The sense of a reading of the word, or None where a fixed word or the setting of its entry is missing."""
        trigger = self.lexicon.triggers[reading.trigger]
        entry = trigger.entry
        fixed: tuple[int, ...] = ()
        if entry.with_:
            at = self._fixed_at(i, reading, trigger)
            if at < 0:
                return None
            fixed = (at,)
        if entry.amid and not self._amid(i, entry.amid):
            return None
        unless = entry.unless
        if unless and trigger.type == "ASSAULT" and self._violent[self.view.sent[i]]:
            unless = tuple(word for word in unless if word not in self._settings)
        if unless and any(self._near(at, unless) for at in (i, *fixed)):
            return None
        return Candidate(trigger, reading.form, fixed)

    def implied(self, i: int) -> Candidate | None:
        """The sense of a noun for people by which it implies their deed; None for names and other nouns."""
        view = self.view
        if view.time[i] >= 0 or view.ent[i] >= 0 or (i and self.grammar.is_(i - 1, "name_links")):
            return None
        readings = (r for key in self.keys(i) for r in self.lexicon.implied(key))
        return next((c for r in readings if (c := self.sense(i, r)) is not None), None)

    def _event_noun(self, k: int) -> bool:
        return any(self.sense(k, reading) is not None for reading in self.lexicon.nominals(self.view.key[k]))

    def no_name(self, i: int) -> bool:
        """«في كمين»: a bare event noun alone that was taken for a name."""
        _, first, last, _ = self.view.ents[self.view.ent[i]]
        return last - first == 1 and self.grammar.only_noun(self.view.key[i])

    def _fixed_at(self, i: int, reading: Reading, trigger: Trigger) -> int:
        """View index of the fixed word of a reading, wherever words of its form have theirs, or -1."""
        words, kind, frame = trigger.entry.with_, reading.form.kind, trigger.frame
        owned = self.grammar.glued_pronoun(i + 1)  # «إضرابهم المفتوح عن الطعام»
        at = self._fixed_word(i, words, reach=WITH_REACH if kind == "verb" else NOUN_REACH + owned)
        if at < 0 and kind in ("masdar", "noun"):
            at = self._past_doer(i, words)
        if at < 0 and kind == "masdar" and frame.get("object") == "-":
            at = self._behind_subject(i, words)
        if at < 0 and kind == "masdar" and frame.get("ب") == "-":
            at = self._by_means(i, words)
        if at < 0 and kind == "masdar":
            adverbs = self.grammar.words["adverbs"]  # «إخفاء مئات الناشطين والطلبة | قسرا»
            at = self._fixed_word(i, tuple(w for w in words if fold(w) in adverbs), reach=WITH_REACH)
        if at < 0 and kind == "verb" and owned:
            at = self._fixed_antecedent(i, words, paper=trigger.mode in _DEALT_WITH)
        elif (
            at < 0
            and kind == "verb"
            and self.grammar.preposition(i + 1)
            and self.grammar.glued_pronoun(i + 2)
        ):
            at = self._fixed_antecedent(i, words, paper=trigger.type == "AGREE")  # «تفاهم توصل إليه الطرفان»
        elif at < 0 and kind == "verb" and trigger.entry.passive == "never":
            at = self._fixed_subject(i, words)
        if at < 0 and kind == "verb" and frame.get("subject") == "-":
            at = self._fixed_agent(i, words)
        return at

"""Deaths and wounds of a mishap: nobody's deed, where the sentence speaks of no arms and of no attack."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.slots import Filled
from pipeline.events.triggers import Mention
from pipeline.events.words import word_classes

#: Modes of deeds beside which a fire or a fallen house is what they brought about.
_HARM = frozenset({"ASSAULT", "PROTEST"})


@lru_cache(maxsize=2)
def _runs(word_class: str) -> tuple[str, ...]:
    """The entries of a class, single words and runs of words, each between blanks."""
    return tuple(f" {words} " for words in word_classes()[word_class])


class Chance:
    """Tells a mishap from a deed.

    Args:
        mentions: the event mentions of the article by view index.
    """

    def __init__(self, grammar: Grammar, mentions: Mapping[int, Mention]) -> None:
        self.grammar = grammar
        self.mentions = mentions
        self._known: dict[int, bool] = {}

    def holds(self, filled: Filled) -> bool:
        """«لقوا مصرعهم إثر جرفهم بسيول»، «أسفر الحريق عن مقتل ثلاثة»: a mishap, by itself or as the doer."""
        if filled.candidate.trigger.mode not in CASUALTIES:
            return False
        if any(not self._mishap(a.np.head) for a in filled.slot("actor")):
            return False
        sentence = self.grammar.view.sent[filled.mention.at]
        if sentence not in self._known:
            self._known[sentence] = self._by_chance(sentence)
        return self._known[sentence]

    def _mishap(self, i: int) -> bool:
        return self.grammar.of_class(i, "mishaps")

    def _by_chance(self, sentence: int) -> bool:
        view, words = self.grammar.view, self.grammar.words
        first, last = view.sents[sentence]
        keys = [view.key[i][2 * self.grammar.has_article(i) :] for i in range(first, last)]
        text = f" {' '.join(keys)} "
        burst = any(run in text for run in _runs("bursting"))
        if not burst and not any(run in text for run in _runs("mishaps")):
            return False
        armed = words["violence"] - words["blasts"] if burst else words["violence"]
        # «واشتعال | النيران في المباني»: the fire of no arms
        shot = (key for i, key in enumerate(keys) if not (i and keys[i - 1] in words["burning"]))
        return armed.isdisjoint(shot) and not any(self._deed(i) for i in range(first, last))

    def _deed(self, i: int) -> bool:
        """Another mention of force, but of what bursts: who sets a fire or shells a house has killed in it."""
        mention = self.mentions.get(i)
        if mention is None or self.grammar.of_class(i, "blasts"):
            return False
        return any(c.trigger.type in _HARM and c.trigger.mode not in CASUALTIES for c in mention.candidates)

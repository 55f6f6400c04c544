"""Deaths, wounds and blasts of a mishap: nobody's deed, where the text speaks of no arms and of no attack."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.mentions import Mention
from pipeline.events.slots import Filled
from pipeline.events.words import word_classes

#: Modes of deeds beside which a fire or a fallen house is what they brought about.
_HARM = frozenset({"ASSAULT", "PROTEST"})
#: How far behind «سقطت» what fell may stand («سقطت بهم قرب المطار طائرة»), or what burst behind «انفجار وقع داخل».
_FALLEN = 5
#: How many sentences after a mishap its dead and wounded may still be told, where the article speaks of no arms.
_REACH = 3
#: How far from its verb the force of nature stands that strikes or sweeps away.
_BESIDE = 2


@lru_cache(maxsize=4)
def _runs(word_class: str) -> tuple[str, ...]:
    """The entries of a class, single words and runs of words, each between blanks."""
    return tuple(f" {words} " for words in word_classes()[word_class])


class Told(NamedTuple):
    """What some words of a text speak of."""

    mishap: bool
    armed: bool
    #: The mishap is one that other sentences go on telling of, and no ailment.
    scene: bool


class Chance:
    """Tells a mishap from a deed.

    Args:
        mentions: the event mentions of the article by view index.
    """

    def __init__(self, grammar: Grammar, mentions: Mapping[int, Mention]) -> None:
        self.grammar = grammar
        self.mentions = mentions
        self._known: dict[tuple[int, int], Told] = {}

    def holds(self, filled: Filled) -> bool:
        """«لقوا مصرعهم إثر جرفهم بسيول»، «أسفر الحريق عن مقتل ثلاثة»: a mishap, by itself or as the doer."""
        at, mode = filled.mention.at, filled.candidate.trigger.mode
        burst = mode == "bombing" and self.grammar.of_class(at, "blasts")
        if mode not in CASUALTIES and mode != "destroy" and not burst:
            return False
        if mode == "injure" and self._ailing(at):
            return True
        wrecked = self._mishap(at)  # «*تحطم* طائرة في إحدى الضواحي»
        doers = [a.np.head for a in filled.slot("actor")]
        if any(
            not self._mishap(i) and not (wrecked and self.grammar.of_class(i, "conveyances")) for i in doers
        ):
            return False
        sentence = self.grammar.view.sent[at]
        if (
            mode == "destroy" and filled.mention.verbal
        ):  # «دمر حريق سوقا»: the deed itself is none beside itself
            return bool(doers) and self._read(*self.grammar.view.sents[sentence], but=at) == (
                True,
                False,
                True,
            )
        told = self._told(*self.grammar.view.sents[sentence])
        if told.armed:
            return mode in CASUALTIES and self._apart(at)
        if mode == "destroy":  # «هاجمت الطائرات الميناء. وأدى الهجوم إلى تدمير وغرق سفن»
            before = self._told(*self.grammar.view.sents[sentence - 1]) if sentence else told
            return told.mishap and not before.armed
        return told.mishap or (mode in CASUALTIES and self._told_near(sentence))

    def _mishap(self, i: int) -> bool:
        return self.grammar.of_class(i, "mishaps")

    def _ailing(self, at: int) -> bool:
        """«إصابة الوزير *بوعكة*»، «أصيب المحافظ أمس *بنوبة قلبية*»: what one falls ill with, whoever is near."""
        key, (_, last) = self.grammar.view.key, self._clause(at)
        return any(key[i] == "ب" and self.grammar.of_class(i + 1, "fits") for i in range(at + 1, last - 1))

    def _apart(self, at: int) -> bool:
        """«قتل ستة في حادث سير، فيما أصيب شرطي بالرصاص»: the mishap in one clause, new to the text, arms in another."""
        first, last = self._clause(at)
        told = self._told(first, last)
        if told.armed or not told.mishap:
            return False
        # «قصف الطيران المبنى، ولقي سبعة حتفهم في *انهياره*»: what was told before has brought that about
        g = self.grammar
        begins = {run.split()[0] for run in _runs("mishaps")} | g.words["falling"]
        bare = (i for i in range(first, last) if g.view.key[i][2 * g.has_article(i) :] in begins)
        known = (i for i in bare if not g.preposition(i))
        return not any(g.has_article(i) or g.has_article(i + 1) or g.glued_pronoun(i + 1) for i in known)

    def _clause(self, at: int) -> tuple[int, int]:
        """From the comma or conjunction before to the one behind; «قتل ثلاثة | وجرح اثنان» are told together."""
        first, last = self.grammar.view.sents[self.grammar.view.sent[at]]
        opens = (
            i for i in range(at - 1, first - 1, -1) if self._parts(i) or self.grammar.view.key[i] == "ان"
        )
        start = next(opens, first - 1) + 1
        return start, next((i for i in range(at + 1, last) if self._parts(i)), last)

    def _parts(self, i: int) -> bool:
        g = self.grammar
        if g.punct(i) or g.is_(i, "meanwhile") or g.view.key[i] == "كما":
            return True
        joined = g.view.key[i] == "و" and i + 1 < len(g.view) and g.verb(i + 1)
        return joined and not self._casualty(i + 1)

    def _casualty(self, i: int) -> bool:
        mention = self.mentions.get(i)
        return mention is not None and any(c.trigger.mode in CASUALTIES for c in mention.candidates)

    def _told_near(self, sentence: int) -> bool:
        """«هوت حافلة في واد. وقتل سبعة ركاب.»: the mishap stands in another sentence, and no arms in any."""
        sents = self.grammar.view.sents
        told = [self._told(*span) for span in sents]
        if any(t.armed for t in told):
            back = any(self.grammar.is_(i, "accidents") for i in range(*sents[sentence]))
            return back and sentence > 0 and told[sentence - 1].scene and not told[sentence - 1].armed
        near = told[max(0, sentence - _REACH) : sentence + 2]  # «قتل ستة. وقع الحادث حين انقلبت السيارة.»
        return any(t.scene for t in near)

    def _told(self, first: int, last: int) -> Told:
        """Whether words of the text speak of a mishap, and whether they speak of arms."""
        if (first, last) not in self._known:
            self._known[first, last] = self._read(first, last)
        return self._known[first, last]

    def _read(self, first: int, last: int, but: int = -1) -> Told:
        view, words = self.grammar.view, self.grammar.words
        keys = [view.key[i][2 * self.grammar.has_article(i) :] for i in range(first, last)]
        text = f" {' '.join(keys)} "
        burst = not words["blasts"].isdisjoint(keys) and any(run in text for run in _runs("bursting"))
        burst = burst or self._within(keys, "blasts", "inflammable")
        fallen = self._within(keys, "falling", "conveyances")
        runs = [run for run in _runs("mishaps") if run in text]
        scene = burst or fallen or any(run.strip() not in words["ailments"] for run in runs)
        violent = words["violence"] - words["blasts"] if burst else words["violence"]
        # «واشتعال | النيران في المباني»: the fire of no arms
        shot = (key for i, key in enumerate(keys) if not (i and keys[i - 1] in words["burning"]))
        armed = not violent.isdisjoint(shot) or any(self._deed(i) for i in range(first, last) if i != but)
        return Told(scene or bool(runs), armed, scene)

    def _within(self, keys: list[str], verbs: str, nouns: str) -> bool:
        """«سقطت بهم طائرة»، «انفجار في منجم»: what fell or burst stands a few words behind, and not beside it."""
        words = self.grammar.words
        for i, key in enumerate(keys):
            if key not in words[verbs]:
                continue
            for behind in keys[i + 1 : i + 1 + _FALLEN]:
                if behind in words[nouns]:
                    return True
                if behind in words["upon"]:
                    break
        return False

    def _deed(self, i: int) -> bool:
        """Another mention of force, but of what bursts: who sets a fire or shells a house has killed in it."""
        mention = self.mentions.get(i)
        if mention is None or self.grammar.of_class(i, "blasts"):
            return False
        beside = range(max(0, i - _BESIDE), min(len(self.grammar.view), i + _BESIDE + 2))
        if any(self.grammar.of_class(k, "disasters") for k in beside) or self._mishap(i):
            return False  # «ضربت صاعقة قرية»، «إعصار اجتاح الساحل»
        spared = CASUALTIES if mention.verbal else CASUALTIES | {"destroy"}  # «مقتل ثلاثة وتدمير منزلين»
        return any(c.trigger.type in _HARM and c.trigger.mode not in spared for c in mention.candidates)

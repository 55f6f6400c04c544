"""Did it happen, is it planned, possible, denied, and who says so: cues with scope over clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.events.arguments import SentenceArguments
from pipeline.events.clauses import ClauseReader
from pipeline.events.cues import CueIndex
from pipeline.events.governing import Governing
from pipeline.events.grammar import FULL_STOPS, Grammar
from pipeline.events.phrases import Element
from pipeline.events.slots import Filled
from pipeline.events.sources import CONTRAST, Sources, Speaker
from pipeline.events.timing_values import EventTime
from pipeline.events.view import View

ORDER = ("negated", "hypothetical", "planned", "reported", "asserted")
_WORD_REACH = 6
#: Types whose events are words themselves: their own speaker says them, whoever is quoted before.
_SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE", "SUPPORT"})
#: Prepositions behind which a deed only surrounds what stands before them, and is not planned or feared with it.
_AROUND = frozenset({"وسط", "بعد", "عقب", "اثر", "خلال", "اثناء", "منذ", "غداه"})
_CONDITIONS = frozenset({"إذا", "لو", "في حال", "ما لم", "إن لم"})


@dataclass(frozen=True, slots=True)
class Stance:
    """How an event is asserted, with the names of the cues that said so."""

    assertion: str = "asserted"
    speaker: Speaker | None = None
    cues: tuple[str, ...] = ()


class SentenceStance:
    """Reads the stance of the events of one sentence."""

    def __init__(self, view: View, grammar: Grammar, arguments: SentenceArguments, index: CueIndex) -> None:
        self.view = view
        self.grammar = grammar
        self.elements: Sequence[Element] = arguments.elements
        self.clauses: ClauseReader = arguments.clauses
        self.element_of = arguments.element_of
        self.index = index
        sources = Sources(view, grammar, self.elements, self.clauses, index)
        self._governing = Governing(view, grammar, self.elements, self.clauses, arguments.element_of, index)
        self._sentence_speaker, self._scope = sources.by_preposition()
        self._quotes, self._quoted_by = sources.quoted()

    def of(self, filled: Filled) -> Stance:
        """The stance of one event of the sentence."""
        mention = filled.mention
        anchor = mention.anchor
        effects: list[tuple[str, str]] = []
        trigger = filled.candidate.trigger
        light = mention.light_verb
        if light is not None and light.assertion and not self._ordered(mention.light, trigger.mode):
            effects.append((light.assertion, light.verb))
        for at in {anchor, mention.at}:
            effects += self._particles(at, verbal=mention.verbal or at == mention.light)
        if not mention.verbal and not filled.circumstance:
            effects += self._before_noun(
                mention.at,
                masdar=filled.candidate.form.kind == "masdar",
                light=mention.light >= 0,
                mode=trigger.mode,
            )
        governed, speaker = self._governing.of(anchor, trigger.mode)
        if speaker is not None and trigger.type in _SPEECH and self._own_words(filled, speaker, anchor):
            governed, speaker = [(e, c) for e, c in governed if e != "reported"], None
        if (
            filled.circumstance
        ):  # «نفت الوزارة النبأ، متهمة جهات …»: what the main verb denies is another thing
            governed = [(e, c) for e, c in governed if e == "reported"]
        effects += governed
        if (
            speaker is None
            and self._sentence_speaker is not None
            and mention.at in self._scope
            and not self._inside(self._sentence_speaker, mention.at)
        ):
            speaker = self._sentence_speaker
            effects.append(("reported", self.view.surface(speaker.cue_first, speaker.cue_last)))
        if speaker is None and mention.at in self._quotes:
            speaker = self._quoted_by
            effects += [("reported", "«»")] if speaker is not None else []
        assertion = min((e for e, _ in effects), key=ORDER.index, default="asserted")
        if assertion == "negated" and any(e == "hypothetical" and c in _CONDITIONS for e, c in effects):
            assertion = "hypothetical"  # إذا لم تنسحب
        open_ = assertion == "planned" or (assertion in ("asserted", "reported") and self._announced(filled))
        if open_ and (condition := self._condition_after(mention.at)):
            assertion, effects = "hypothetical", [*effects, ("hypothetical", condition)]
        return Stance(assertion, speaker, tuple(dict.fromkeys(cue for _, cue in effects)))

    def timed(self, filled: Filled, stance: Stance, time: EventTime | None, published: str | None) -> Stance:
        """«يزور الوزير موسكو غدا»، «أعلن وقفة الأحد المقبل»: told in the imperfect or announced of a day to come."""
        told = time.expression if time is not None and not time.inherited else None
        if published is None or told is None or told.from_ is None or told.from_[:10] <= published[:10]:
            return stance
        k = self.element_of.get(filled.mention.anchor, -1)
        ahead = k >= 0 and self.elements[k].kind == "verb" and self.clauses.form(k).tense == "imperfect"
        ahead = ahead or self._announced(filled)
        if not ahead or stance.assertion not in ("asserted", "reported"):
            return stance
        return replace(stance, assertion="planned", cues=(*stance.cues, told.text))

    def _announced(self, filled: Filled) -> bool:
        """«أعلنت النقابة تنظيم وقفة»، «معلنة إضرابا»: an event noun that hangs on a word of announcing."""
        if filled.mention.verbal:
            return False
        for element in reversed(self.elements[: self.element_of.get(filled.mention.anchor, 0) + 1]):
            if element.kind not in ("np", "time", "verb"):
                break
            if self.grammar.is_(element.first, "proclaiming"):
                return True
            if element.kind == "verb":
                break
        return False

    def _ordered(self, at: int, mode: str) -> bool:
        """«قررت النيابة حبسه»: of some modes the order is the act."""
        return any(mode in cue.done for cue in self.index.verbs.get(self.view.key[at], ()))

    def _condition_after(self, at: int) -> str:
        """«هدد بقطع الطريق ما لم…»: the condition that follows in the sentence, or the empty string."""
        keys = self.view.key[at : self.view.sents[self.view.sent[at]][1]]
        for k, key in enumerate(keys):
            said = key == "ان" and keys[k + 1 : k + 2] != ("لم",)
            if self.view.norm[at + k] in FULL_STOPS or said:
                break
            if (key in ("ما", "ان") and keys[k + 1 : k + 2] == ("لم",)) or key == "اذا":
                return " ".join(keys[k : k + 2])
        return ""

    def _own_words(self, filled: Filled, speaker: Speaker, anchor: int) -> bool:
        """«وقالت إن…، وطالبت ب»، «…، محذرا من»، «…، وهو ما نفته الوزارة»: said by the author, not by the speaker."""
        if filled.circumstance:
            return True
        k = self.element_of.get(anchor, 0)
        before = self.elements[k - 1] if k else None
        doers = [a.np for a in filled.slot("actor")]
        if filled.mention.verbal and before is not None and before.kind == "conj" and speaker.np in doers:
            return True
        for j in range(k - 1, 0, -1):
            element = self.elements[j]
            if element.first < speaker.cue_last:
                break
            if self.elements[j - 1].kind != "punct":
                continue
            opens = self.view.key[element.first : element.first + 2]
            if opens[:1] in CONTRAST or (opens[:1] == ("و",) and opens[1:] in (("هو",), ("هي",))):
                return speaker.np not in doers
        return False

    def _inside(self, speaker: Speaker, at: int) -> bool:
        return speaker.np is not None and speaker.np.first <= at < speaker.np.last

    # ---- particles before the verb or noun ----------------------------------------------------

    def _particles(self, at: int, *, verbal: bool) -> list[tuple[str, str]]:
        view = self.view
        found: list[tuple[str, str]] = []
        first = view.sents[view.sent[at]][0]
        form = self.clauses.form(self.element_of[at]) if verbal and at in self.element_of else None
        for k in range(at - 1, max(first, at - _WORD_REACH) - 1, -1):
            if self.grammar.punct(k) and view.norm[k] != '"':
                break
            matched = next(
                (
                    c
                    for keys, c in self.index.words.get(view.key[k], ())
                    if view.key[k : k + len(keys)] == keys
                ),
                None,
            )
            if matched is not None:
                near = k + len(matched.word.split() if matched.word else "x") > at - 2
                wide = matched.effect == "hypothetical"
                tense_ok = matched.tense is None or (form is not None and form.tense == matched.tense)
                if matched.word == "ما" and self._relative(k, at):
                    continue
                if matched.effect == "negated" and self.grammar.is_(k + 1, "still"):
                    continue  # «لا تزال المعارك مستمرة»
                if tense_ok and (near or wide) and (verbal or matched.word in ("ليس", "لا")):
                    found.append((matched.effect, matched.word or ""))
            if self.grammar.verb(k) and view.key[k] not in self.grammar.words["raised_subject"]:
                break
        if (
            verbal
            and form is not None
            and form.tense == "imperfect"
            and at > first
            and view.key[at - 1] in ("ل", "كي", "لكي")
        ):
            found.append(("planned", view.norm[at - 1]))
        return found

    def _relative(self, k: int, at: int) -> bool:
        """«…، ما أسفر عن مقتل»، «وهو ما نفته»: a ما that stands for what was said, and negates nothing."""
        view = self.view
        if k == view.sents[view.sent[at]][0]:
            return False
        return view.key[k - 1] not in ("و", "ف", "ان", "انه", "انها", "انهم") and view.norm[k - 1] not in ':"'

    def _before_noun(self, at: int, *, masdar: bool, light: bool, mode: str) -> list[tuple[str, str]]:
        """Prepositions and nouns before a nominal trigger: «دون اشتباكات»، «احتمال انسحاب»، «مخاوف من هجوم»."""
        view, g = self.view, self.grammar
        found: list[tuple[str, str]] = []
        first = view.sents[view.sent[at]][0]
        k = at - 1
        steps = 0
        while k >= first and steps < 7:
            key = view.key[k]
            for keys, cue in self.index.preps_by_end.get(key, ()):
                if not cue.speaker and view.key[max(first, k - len(keys) + 1) : k + 1] == keys:
                    found.append((cue.effect, cue.prep or ""))
            if key in _AROUND:
                break  # «تقدمت آليات الجيش وسط | إطلاق نار»
            bare = key[2:] if key.startswith("ال") else key
            noun = self.index.nouns.get(key) or self.index.nouns.get(bare)
            if noun is not None:
                found += [(noun.effect, noun.noun or "")] if mode not in noun.done else []
                break
            # أضربوا رفضا | لاعتقال زميلهم؛ حكم عليه بالسجن | لقتله شرطيا: a reason, and no aim
            objected = g.objected(k)
            objected = objected or (g.glued_pronoun(at + 1) and g.nominal(at + 2))
            if key == "ل" and masdar and not light and k == at - 1 and not found and not objected:
                found.append(("planned", "ل"))
            if not (g.preposition(k) or g.nominal(k)) or g.verb(k) or g.punct(k):
                break
            if g.nominal(k) and not g.preposition(k) and g.closed(k) and not g.has_article(k):
                break
            k -= 1
            steps += 1
        return found

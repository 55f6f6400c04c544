"""Did it happen, is it planned, possible, denied, and who says so: cues with scope over clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.events.arguments import SentenceArguments
from pipeline.events.clauses import ClauseReader
from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import conjugated, derived
from pipeline.events.phrases import Element
from pipeline.events.slots import Filled
from pipeline.events.view import View
from pipeline.knowledge.assertion import Cue, load_cues
from pipeline.text.normalize import fold

ORDER = ("negated", "hypothetical", "planned", "reported", "asserted")
_STOPS = ".؛!؟"
_COMPLEMENT = frozenset({"ان", "بان"})
_WORD_REACH = 6
#: «وفق» and its like cover the clauses beside them up to the full stop, but not all of a run-on of 200 words.
_SCOPE = 45


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says so: the noun phrase (None where unsaid) and the view span of the cue."""

    np: NP | None
    cue_first: int
    cue_last: int


@dataclass(frozen=True, slots=True)
class Stance:
    """How an event is asserted, with the names of the cues that said so."""

    assertion: str = "asserted"
    speaker: Speaker | None = None
    cues: tuple[str, ...] = ()


class CueIndex:
    """The cues by word form."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self.verbs: dict[str, list[Cue]] = {}
        self.participles: dict[str, Cue] = {}
        self.nouns: dict[str, Cue] = {}
        self.words: dict[tuple[str, ...], Cue] = {}
        self.preps: dict[tuple[str, ...], Cue] = {}
        for cue in cues:
            if cue.verb is not None:
                assert cue.root is not None
                assert cue.pattern is not None
                for surface, forms in conjugated(cue.root, cue.pattern).items():
                    if cue.tense is None or any(f.tense == cue.tense for f in forms):
                        self.verbs.setdefault(surface, []).append(cue)
                for participle in derived(cue.root, cue.pattern, "ap"):
                    stem = fold(participle)
                    for form in (stem + "ا", stem + "ه", stem + "ين"):  # مشيرا، مشيرة، مشيرين إلى أن
                        self.participles[form] = cue
            elif cue.noun is not None:
                for form in (cue.noun, *cue.forms):
                    self.nouns[fold(form)] = cue
            else:
                keys = tuple(fold(w) for w in (cue.word or cue.prep or "").split())
                table = self.words if cue.word is not None else self.preps
                table[keys] = cue
                if keys[0].startswith("ب") and len(keys[0]) > 3:  # بهدف, where the tokeniser cuts ب off
                    table["ب", keys[0][1:], *keys[1:]] = cue


@lru_cache(maxsize=1)
def load_cue_index() -> CueIndex:
    """The index over the shipped cues."""
    return CueIndex(load_cues())


class SentenceStance:
    """Reads the stance of the events of one sentence."""

    def __init__(self, view: View, grammar: Grammar, arguments: SentenceArguments, index: CueIndex) -> None:
        self.view = view
        self.grammar = grammar
        self.elements: Sequence[Element] = arguments.elements
        self.clauses: ClauseReader = arguments.clauses
        self.element_of = arguments.element_of
        self.index = index
        self._scope = range(0)
        self._sentence_speaker = self._by_preposition()
        self._quotes = self._quoted_tokens()

    def of(self, filled: Filled) -> Stance:
        """The stance of one event of the sentence."""
        mention = filled.mention
        anchor = mention.light if mention.light >= 0 else mention.at
        effects: list[tuple[str, str]] = []
        if mention.light_verb is not None and mention.light_verb.assertion:
            effects.append((mention.light_verb.assertion, mention.light_verb.verb))
        for at in {anchor, mention.at}:
            effects += self._particles(at, verbal=mention.verbal or at == mention.light)
        if not mention.verbal:
            effects += self._before_noun(
                mention.at, masdar=filled.candidate.form.kind == "masdar", light=mention.light >= 0
            )
        governed, speaker = self._governors(anchor, filled.candidate.trigger.mode)
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
            speaker = self._quote_speaker()
            effects += [("reported", "«»")] if speaker is not None else []
        assertion = min((e for e, _ in effects), key=ORDER.index, default="asserted")
        return Stance(assertion, speaker, tuple(dict.fromkeys(cue for _, cue in effects)))

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
                (c for keys, c in self.index.words.items() if view.key[k : k + len(keys)] == keys), None
            )
            if matched is not None:
                near = k >= at - 2
                wide = matched.effect == "hypothetical"
                tense_ok = matched.tense is None or (form is not None and form.tense == matched.tense)
                if view.key[k] == "ما" and self._relative(k, at):
                    continue
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

    def _before_noun(self, at: int, *, masdar: bool, light: bool) -> list[tuple[str, str]]:
        """Prepositions and nouns before a nominal trigger: «دون اشتباكات»، «احتمال انسحاب»، «مخاوف من هجوم»."""
        view, g = self.view, self.grammar
        found: list[tuple[str, str]] = []
        first = view.sents[view.sent[at]][0]
        k = at - 1
        steps = 0
        while k >= first and steps < 7:
            key = view.key[k]
            for keys, cue in self.index.preps.items():
                if not cue.speaker and view.key[max(first, k - len(keys) + 1) : k + 1] == keys:
                    found.append((cue.effect, cue.prep or ""))
            bare = key[2:] if key.startswith("ال") else key
            noun = self.index.nouns.get(key) or self.index.nouns.get(bare)
            if noun is not None:
                found.append((noun.effect, noun.noun or ""))
                break
            if key == "ل" and masdar and not light and k == at - 1 and not found:
                found.append(("planned", "ل"))
            if not (g.preposition(k) or g.nominal(k)) or g.verb(k) or g.punct(k):
                break
            if g.nominal(k) and not g.preposition(k) and g.closed(k) and not g.has_article(k):
                break
            k -= 1
            steps += 1
        return found

    # ---- governing verbs ----------------------------------------------------------------------

    def _governors(self, anchor: int, mode: str) -> tuple[list[tuple[str, str]], Speaker | None]:
        """Cue verbs to the left whose scope reaches the anchor, and the speaker."""
        view = self.view
        effects: list[tuple[str, str]] = []
        complement = crossed = False
        if anchor not in self.element_of:
            return effects, None
        nominal = self.elements[self.element_of[anchor]].kind != "verb"
        for j in range(self.element_of[anchor] - 1, -1, -1):
            element = self.elements[j]
            if element.kind == "punct" and view.norm[element.first] in _STOPS:
                break
            if (element.kind == "comp" and view.key[element.first] in _COMPLEMENT) or view.norm[
                element.first
            ] == ":":
                complement = True
            participle = self._participle(element)
            if participle >= 0 and complement:
                cue = self.index.participles[view.key[participle]]
                effects.append((cue.effect, cue.verb or ""))
                return effects, Speaker(
                    self._subject_before(j), participle, participle + 1
                ) if cue.speaker else None
            if element.kind != "verb":
                continue
            cues = self.index.verbs.get(view.key[element.first])
            if cues and (complement or (nominal and not crossed)):
                cue = cues[0]
                if mode not in cue.done and (cue.effect == "reported" or not crossed):
                    effects.append((cue.effect, cue.verb or ""))
                if cue.speaker:
                    subject = self.clauses.roles(j).subject
                    return effects, Speaker(subject[0] if subject else None, element.first, element.last)
                complement, nominal = False, False
            raised = view.key[element.first] in self.grammar.words["raised_subject"]
            crossed = crossed or not (complement or raised)  # «نفى أن تكون قواته فقدت»: تكون hides nothing
        return effects, None

    def _participle(self, element: Element) -> int:
        return next(
            (i for i in range(element.first, element.last) if self.view.key[i] in self.index.participles), -1
        )

    def _subject_before(self, j: int) -> NP | None:
        for k in range(j - 1, -1, -1):
            if self.elements[k].kind == "verb":
                subject = self.clauses.roles(k).subject
                return subject[0] if subject else None
        return None

    # ---- whole sentences ----------------------------------------------------------------------

    def _by_preposition(self) -> Speaker | None:
        """«وفقا لرويترز»، «بحسب ما أعلنت الوزارة»: who says so, and from where to where it holds."""
        view = self.view
        for k, element in enumerate(self.elements):
            for keys, cue in self.index.preps.items():
                if cue.speaker and view.key[element.first : element.first + len(keys)] == keys:
                    np, end = self._said_by(k)
                    first, last = element.first, element.first + len(keys)
                    opens = k == 0 or (
                        self.elements[k - 1].kind in ("punct", "conj")
                        and end < len(self.elements)
                        and self.elements[end].kind in ("verb", "comp")
                    )
                    self._scope = (
                        range(first, first + _SCOPE) if opens else range(max(0, first - _SCOPE), first)
                    )
                    return Speaker(np, first, last)
        return None

    def _said_by(self, k: int) -> tuple[NP | None, int]:
        """The speaker after a preposition of report at element ``k``, and the number of the element after it."""
        for j in range(k, min(k + 4, len(self.elements))):
            element = self.elements[j]
            if element.kind == "pp" and element.nps and not self.grammar.is_(element.nps[0].head, "pronouns"):
                return element.nps[0], j + 1
            if element.kind == "verb":
                subject = self.clauses.roles(j).subject
                return (subject[0] if subject else None), j + 1
        return None, k + 1

    def _quoted_tokens(self) -> frozenset[int]:
        marks = [e.first for e in self.elements if self.view.norm[e.first] == '"']
        return frozenset(
            i for a, b in zip(marks[::2], marks[1::2], strict=False) if b - a > 6 for i in range(a, b)
        )

    def _quote_speaker(self) -> Speaker | None:
        """The subject of a verb of saying outside the quotation."""
        for k, element in enumerate(self.elements):
            cues = (
                self.index.verbs.get(self.view.key[element.first])
                if element.kind == "verb" and element.first not in self._quotes
                else None
            )
            if cues and cues[0].speaker:
                subject = self.clauses.roles(k).subject
                return Speaker(subject[0] if subject else None, element.first, element.last)
        return None

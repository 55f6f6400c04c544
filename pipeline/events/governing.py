"""Verbs of saying, wanting, fearing and denying that govern an event from the left, and how far they reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.events.clauses import ClauseReader
from pipeline.events.cues import CueIndex
from pipeline.events.grammar import FULL_STOPS, Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.sources import Speaker
from pipeline.events.view import View
from pipeline.knowledge.assertion import Cue

_COMPLEMENT = frozenset({"ان", "بان"})
#: Behind these an event is none that is wanted, ordered or feared («يريد إبعاد المسؤول عن سقوط المدينة»).
_BESIDE = frozenset({"بعد", "قبل", "خلال", "منذ", "رغم", "اثر", "عقب", "وسط", "بسبب", "في", "جراء"})


class Governing:
    """Reads the governing cues of the events of one sentence.

    Args:
        elements: the sentence's elements; clauses: has read its verbs; element_of: element by view index.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        elements: Sequence[Element],
        clauses: ClauseReader,
        element_of: Mapping[int, int],
        index: CueIndex,
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.elements = elements
        self.clauses = clauses
        self.element_of = element_of
        self.index = index

    def of(self, anchor: int, mode: str) -> tuple[list[tuple[str, str]], Speaker | None]:
        """Cue verbs to the left whose scope reaches the anchor, and the speaker."""
        view = self.view
        effects: list[tuple[str, str]] = []
        complement = crossed = apart = False
        if anchor not in self.element_of:
            return effects, None
        own = self.element_of[anchor]
        nominal = self.elements[own].kind != "verb"
        aside = self._aside(own) if nominal else range(0)
        for j in range(own - 1, -1, -1):
            element = self.elements[j]
            if j in aside:
                continue
            if element.kind == "punct" and view.norm[element.first] in FULL_STOPS:
                break
            if self._sets_apart(j):
                apart = True
            elif view.key[element.first] in _COMPLEMENT or view.norm[element.first] == ":":
                complement = complement or element.kind == "comp" or view.norm[element.first] == ":"
                if not crossed and (fear := self._feared(element.first)):
                    effects.append(("hypothetical", fear))
            participle, cue = self._participle(element, j)
            direct = nominal and not crossed and j >= own - 1
            if cue is not None and (complement or direct):
                if cue.effect != "reported" and (apart or (crossed and not self._joined(own))):
                    continue
                effects.append((cue.effect, cue.verb or ""))
                return effects, Speaker(
                    self._subject_before(j), participle, participle + 1
                ) if cue.speaker else None
            if element.kind != "verb":
                continue
            cues = self.index.verbs.get(view.key[element.first])
            beside = self.elements[own].prep in _BESIDE and not complement
            if (
                cues
                and not ((beside or apart) and cues[0].effect != "reported")
                and (complement or (nominal and not crossed))
            ):
                cue = cues[0]
                if mode in cue.done and cue.speaker and nominal and not complement:
                    return effects, None  # «أعلنت طرد السفير»: to say it is to do it
                if mode not in cue.done and (cue.effect == "reported" or not crossed):
                    effects.append(("planned" if mode in cue.plans else cue.effect, cue.verb or ""))
                if cue.speaker:
                    subject = self.clauses.roles(j).subject
                    return effects, Speaker(subject[0] if subject else None, element.first, element.last)
                complement, nominal = False, False
            crossed = crossed or not (complement or self._passes(j))
        return effects, None

    def _feared(self, at: int) -> str:
        """«عن قلقه من | أن»، «احتمال | أن»: the noun before the «أن» at ``at`` by which the clause may come true."""
        k = at - 1
        if k > 0 and self.view.key[k] == "من":
            k -= 1
        k -= k > 0 and self.grammar.glued_pronoun(k)
        while k > 0 and self.grammar.adjective(k):
            k -= 1
        return self.view.norm[k] if k >= 0 and self.grammar.of_class(k, "fears") else ""

    def _passes(self, j: int) -> bool:
        """«نفى أن تكون قواته فقدت»، «هدد في بيان تلي ليلا بقطع»: a verb that hides nothing of what governs."""
        if self.view.key[self.elements[j].first] in self.grammar.words["raised_subject"]:
            return True
        before = self.elements[j - 1] if j else None
        told = before is not None and before.kind == "pp" and self.clauses.roles(j).how == "relative"
        return told and not self.clauses.roles(j).objects

    def _joined(self, own: int) -> bool:
        """«من المقرر أن يجتمع الوفدان و | يوقعا»: the event goes on from the one that is governed."""
        form = self.clauses.form(own) if self.elements[own].kind == "verb" else None
        return form is not None and form.tense == "imperfect" and self.elements[own - 1].kind == "conj"

    def _sets_apart(self, j: int) -> bool:
        """«…، لكن الجيش انسحب»، «قبل أن تصل الشرطة»: behind this only who speaks still reaches."""
        element = self.elements[j]
        at = element.first
        if self.grammar.is_(at, "sets_apart"):
            return j > 0 and self.elements[j - 1].kind in ("punct", "conj", "other")
        if self.view.key[at] not in _COMPLEMENT or not at:
            return False
        if self.view.key[at - 1] == "و" and self.view.key[at + 1 : at + 2] and j + 1 < len(self.elements):
            return self.view.key[at + 1] in ("كان", "كانت")  # وإن كانت الوزارة قد نفت
        return self.grammar.is_(at - 1, "apart_before_that")

    def _aside(self, k: int) -> range:
        """«هدد قيادي، طلب عدم ذكر اسمه، بقصف»: what stands between two commas right before element ``k``."""
        if k < 2 or self.view.norm[self.elements[k - 1].first] not in "،,":
            return range(0)
        for j in range(k - 2, max(0, k - 9), -1):
            if self.view.norm[self.elements[j].first] in "،,":
                return range(j, k)
        return range(0)

    def _participle(self, element: Element, j: int) -> tuple[int, Cue | None]:
        """«…، محذرا من أن»، «من المقرر أن»: a participle that governs as its verb does, with its cue."""
        view = self.view
        for i in range(element.first, element.last):
            key = view.key[i]
            if key in self.index.participles:
                return i, self.index.participles[key]
            expected = key.startswith("ال") and view.key[i - 1 : i] == ("من",)
            if expected and i + 1 == element.last and j + 1 < len(self.elements):
                cue = self.index.participles.get(key[2:] + "ا")
                that = view.key[self.elements[j + 1].first] in _COMPLEMENT
                if cue is not None and that and not cue.speaker:
                    return i, cue
        return -1, None

    def _subject_before(self, j: int) -> NP | None:
        for k in range(j - 1, -1, -1):
            if self.elements[k].kind == "verb":
                subject = self.clauses.roles(k).subject
                return subject[0] if subject else None
        return None

"""Nationalities behind an event noun: «غارة جوية أميركية»، «المساعدات السعودية»، «مساعدات سعودية وإماراتية»."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.nounphrases import NP
from pipeline.events.semantics import Semantics
from pipeline.events.senses import Candidate
from pipeline.events.slots import Argument, SlotFiller
from pipeline.events.view import View

_JOINED = frozenset({"و", "-", "–"})


class Nationalities:
    """Takes the nationalities among the adjectives of an event noun for those who did it."""

    def __init__(self, view: View, grammar: Grammar, semantics: Semantics, slots: SlotFiller) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics
        self.slots = slots

    def fill(
        self,
        at: int,
        k: int,
        limit: int,
        candidate: Candidate,
        frame: Mapping[str, str],
        arguments: list[Argument],
    ) -> None:
        """Fills the slot of ``adjective`` for the noun at ``at``, whose adjectives begin at ``k`` or later."""
        spec = frame.get("adjective", "actor")
        if spec == "-" or any(a.slot == "actor" for a in arguments):
            return
        hurt = candidate.trigger.mode in CASUALTIES and any(a.how == "genitive" for a in arguments)
        if hurt or frame.get("self") == "target":
            return  # «الجرحى السوريون»: whence those are whom it befell
        while k < limit and not self.grammar.punct(k) and (self._adjective(k) or self._definite(at, k)):
            # «الدعم المالي» says nothing of Mali
            common = self.view.key[k].removeprefix("ال") in self.grammar.words["event_adjectives"]
            if not common and self.semantics.actors.is_nationality(self.view.norm[k]):
                if not self._of_another(at, k, candidate):
                    self.slots.fill(spec, self._with_those_beside(k, limit), "adjective", arguments)
                return
            k += 1

    def _adjective(self, k: int) -> bool:
        return self.grammar.adjective(k) or self.view.ent_label(k) == "NORP"

    def _definite(self, at: int, k: int) -> bool:
        """«المساعدات | السعودية»: right behind a definite noun no name of a country follows, only its adjective."""
        definite = k == at + 1 and self.grammar.has_article(at) and self.grammar.has_article(k)
        return definite and self.view.norm[k].endswith(("ي", "ية"))

    def _of_another(self, at: int, k: int, candidate: Candidate) -> bool:
        """«رفع العقوبات | الأميركية»: by its gender it is said of what is governed; a predicate has no article."""
        norm = self.view.norm
        if self.grammar.has_article(at) and not self.grammar.has_article(k):
            return True  # منفذ التفجير | سعودي الجنسية
        feminine = norm[at].endswith(("ة", "ات"))
        return candidate.form.kind == "masdar" and k > at + 1 and not feminine and norm[k].endswith("ة")

    def _with_those_beside(self, k: int, limit: int) -> list[NP]:
        """The nationality at ``k`` and those coordinated to it: «أميركية وبريطانية»، «أميركية - بريطانية»."""
        found = [NP(k, k + 1, k)]
        feminine = self.view.norm[k].endswith("ة")
        while True:
            nxt = found[-1].last
            nxt += nxt < limit and self.view.norm[nxt] in _JOINED
            if nxt >= limit or not self.semantics.actors.is_nationality(self.view.norm[nxt]):
                return found
            if self.view.norm[nxt].endswith("ة") != feminine or not self.grammar.nominal(nxt):
                return found
            found.append(NP(nxt, nxt + 1, nxt))

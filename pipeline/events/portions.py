"""Phrases whose head only measures: «آلاف منهم», «معظمهم», «الدفعة الأولى من مقاتلي الحي», «قافلة من 22 شاحنة»."""

from __future__ import annotations

from pipeline.events.nounphrases import NP
from pipeline.events.place_phrases import PlacePhrases
from pipeline.events.words import number_words, word_classes
from pipeline.resolve.actor import ActorContext, ActorResolver

#: Those whom a pronoun behind an amount may stand for: anybody.
_ANYBODY = frozenset({"actor", "human", "armed", "civilian", "number"})
#: How far back those stand of whom a part is told, in words and in sentences.
_REACH, _SENTENCES = 60, 1
_ONE = frozenset({"احد", "احدي", "واحد", "واحده"})
_THEM = frozenset({"هم", "هن", "هما"})
#: Roles of armed and of other people, as one word for them tells it.
_ARMED = frozenset({"MIL", "COP", "REB", "UAF"})
_CIVILIAN = frozenset({"CVL", "REF"})


class Portions(PlacePhrases):
    """Tells who is meant by a part of them; see :class:`pipeline.events.semantics.Semantics`."""

    actors: ActorResolver
    context: ActorContext

    def part_of_them(self, np: NP) -> frozenset[str] | None:
        """The classes of «آلاف منهم», «نصفهم»: those of the people spoken of before; None for other phrases."""
        keys = self.view.key[np.first : np.last]
        if len(keys) < 2 or keys[-1] not in _THEM or not self.view.glued[np.last - 1]:
            return None
        if keys[0] in _ONE:
            return None  # «أصيب اثنان | أحدهما ضابط»
        measures = keys[:-2] if keys[-2] == "من" else keys[:-1]
        measured = bool(measures) and any(self._measures(np.first + k) for k in range(len(measures)))
        return self._them(np.first) if measured and self._measures(np.head) else None

    def _measures(self, i: int) -> bool:
        """A number, an amount or a fraction."""
        words, key = word_classes(), self.view.key[i]
        amount = key in words["amounts"] | words["quantifiers"] | words["fractions"] | number_words()
        return amount or self.view.pos[i] == "NUM" or key[:1].isdigit()

    def _them(self, at: int) -> frozenset[str]:
        """The classes of the people last spoken of before ``at``; anybody where nothing tells them."""
        view = self.view
        for i in range(at - 1, max(-1, at - 1 - _REACH), -1):
            if view.sent[at] - view.sent[i] > _SENTENCES:
                break
            if view.pos[i] not in ("NOUN", "ADJ", "PROPN") or (view.glued[i] and view.key[i] in _THEM):
                continue
            counted = i > 0 and self._measures(i - 1)
            _, number, human = self.actors.head_features(view.norm[i])
            if human is False or not (number == "p" or counted):
                continue
            role = self.actors.resolve(view.norm[i], view.start[i], self.context).role
            if role in _ARMED:
                return _ANYBODY - {"civilian"}
            if role in _CIVILIAN:
                return _ANYBODY - {"armed"}
        return _ANYBODY

    def own_country(self, np: NP) -> bool:
        """«بلاده», «بلادها»: the country of who speaks acts like a state that is named."""
        view = self.view
        return np.last - np.first == 2 and view.key[np.head] == "بلاد" and view.glued[np.last - 1]

    def within(self, np: NP) -> NP | None:
        """«مقاتلي الحي» of «الدفعة الأولى من مقاتلي الحي»: whom a batch, a wave or a convoy consists of."""
        view = self.view
        if view.key[np.head].removeprefix("ال") not in word_classes()["batches"]:
            return None
        at = next((i for i in range(np.head + 1, np.last - 1) if view.key[i] == "من"), 0)
        if not at:
            return None
        head = at + 1
        while head + 1 < np.last and self._measures(head) and not view.norm[head].startswith("ال"):
            head += 1
        return NP(at + 1, np.last, head)

    def convoy(self, np: NP) -> bool:
        """A convoy, or vehicles and ships: what moves with whoever is in it."""
        key = self.view.key[np.head].removeprefix("ال")
        return key in word_classes()["moving"]

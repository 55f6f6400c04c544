"""What a phrase denotes, as far as event rules ask: a place, somebody armed, civilians, a thing, a number."""

from __future__ import annotations

from pipeline.events.grammar import word_classes
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import DIRECTIONS
from pipeline.events.view import View
from pipeline.resolve.actor import ActorContext, ActorResolver
from pipeline.resolve.place import PlaceResolver

ARMED = frozenset({"MIL", "COP", "REB", "UAF", "SPY"})
CIVILIAN = frozenset({"CVL", "REF"})
STATE = frozenset({"GOV", "LEG", "JUD"})


class Semantics:
    """Classes of the phrases of one article; answers are cached by phrase.

    Args:
        view: the article.
        actors, places: the resolvers; ``context`` is the article's actor context.
    """

    def __init__(
        self, view: View, actors: ActorResolver, places: PlaceResolver, context: ActorContext
    ) -> None:
        self.view = view
        self.actors = actors
        self.places = places
        self.context = context
        self._classes: dict[tuple[int, int, int], frozenset[str]] = {}

    def text(self, np: NP) -> str:
        """The phrase as written."""
        return self.view.surface(np.first, np.last)

    def classes(self, np: NP) -> frozenset[str]:
        """Classes of :data:`pipeline.knowledge.events.CLASSES` that the phrase belongs to."""
        key = (np.first, np.last, np.head)
        if key not in self._classes:
            self._classes[key] = self._classify(np)
        return self._classes[key]

    def _classify(self, np: NP) -> frozenset[str]:
        view = self.view
        text = self.text(np)
        found: set[str] = set()
        label = view.ent_label(np.head)
        if any(view.norm[i][:1].isdigit() or view.pos[i] == "NUM" for i in range(np.first, np.last)):
            found.add("number")
        if any(view.key[i] in word_classes()["others"] for i in range(np.first, np.last)):
            found |= {"actor", "human", "armed", "civilian"}  # «ستة آخرون»، «عدد منهم»: anybody
        actor_like = self.actors.is_actor_like(text) or label in ("PER", "ORG", "NORP", "UNIT")
        place_like = label in ("GPE", "LOC", "FAC", "UNIT") or self._denotes_place(np)
        if actor_like and not (place_like and label in ("GPE", "LOC", "FAC")):
            resolved = self.actors.resolve(text, view.start[np.first], self.context)
            found.add("actor")
            if resolved.role in ARMED:
                found |= {"armed", "human"}
            elif resolved.role in CIVILIAN:
                found |= {"civilian", "human"}
            elif resolved.role in STATE or resolved.label == "state":
                found.add("state")
            if label == "PER" or resolved.label in ("person", "civilians"):
                found.add("human")
        if place_like and (not actor_like or label in ("GPE", "LOC", "FAC", "UNIT")):
            found.add("place")
            # A country or capital may act; the frame's position says whether it does.
            if label == "GPE" and self.actors.acts_as_government(text) is not None:
                found |= {"actor", "state"}
                if any(p.kind == "country" for p in self.places.gazetteer.lookup(text)[:1]):
                    found.add("country")
        if not found & {"actor", "place"}:
            found.add("thing")
        return frozenset(found)

    def _denotes_place(self, np: NP) -> bool:
        """By the gazetteer and the words for places: the phrase without what counts it, or after its direction."""
        view = self.view
        if view.key[np.first] in DIRECTIONS and np.first < np.last - 1:
            inner = np.first + (2 if view.key[np.first + 1] in DIRECTIONS else 1)
            return inner < np.last and self._is_place(inner, np.last)
        if not self._heads_place(np.head):
            return False  # «أحداث الناصرية» names a place and is none
        return self._is_place(np.first, np.last) or (np.head > np.first and self._is_place(np.head, np.last))

    def _heads_place(self, head: int) -> bool:
        view = self.view
        return (
            view.key[head] in word_classes()["settlements"] | DIRECTIONS
            or view.ent_label(head) in ("GPE", "LOC", "FAC")
            or self._is_place(head, head + 1)
        )

    def _is_place(self, first: int, last: int) -> bool:
        if self.places.is_place(self.view.surface(first, last)):
            return True
        norm = self.view.norm[first]  # 70 موقعا: the counted noun stands in the accusative
        return norm.endswith("ا") and len(norm) > 4 and self.places.is_place(norm[:-1])

    def place(self, np: NP) -> bool:
        """The phrase denotes a place."""
        return "place" in self.classes(np)

    def acts(self, np: NP) -> bool:
        """Where actor and place are both possible: a country acts («هجوم إسرائيل»), a city is where («هجوم حمص»)."""
        classes = self.classes(np)
        return "actor" in classes and ("place" not in classes or "country" in classes)

    def site(self, np: NP) -> bool:
        """A place that can be struck as a target: a facility, position, unit, not a settlement or region."""
        return (
            self.place(np) and self.view.ent_label(np.head) not in ("GPE", "LOC") and not self._settlement(np)
        )

    def _settlement(self, np: NP) -> bool:
        resolved = any(
            self.view.ent_label(i) in ("GPE", "LOC") and i > np.head for i in range(np.head, np.last)
        )
        return resolved and self.view.key[np.head] in word_classes()["settlements"]

    def actor(self, np: NP) -> bool:
        """The phrase denotes somebody who can act."""
        return "actor" in self.classes(np)

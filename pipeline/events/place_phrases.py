"""Which phrases denote places, by the gazetteer, the words for places and the names of the article."""

from __future__ import annotations

from pipeline.events.joining import DIRECTIONS
from pipeline.events.nounphrases import NP
from pipeline.events.view import View
from pipeline.events.words import word_classes
from pipeline.resolve.place import PlaceResolver

_REGIONS = frozenset({"country", "admin1", "admin2", "region", "city"})


class PlacePhrases:
    """Tells the phrases of one article that are places.

    Args:
        view: the article.
        places: resolves names.
    """

    def __init__(self, view: View, places: PlaceResolver) -> None:
        self.view = view
        self.places = places
        self._short = self._short_names()
        #: Tokens of names that stand in a list of settlements.
        self._listed: set[tuple[int, int]] = set()

    def named(self, np: NP) -> bool:
        """A place with a name in it (مخيم جنين), not told by a common noun alone (المستشفى الحكومي)."""
        return any(self.view.ent_label(i) in ("GPE", "LOC", "FAC") for i in range(np.first, np.last))

    def region(self, np: NP) -> bool:
        """A country, province, region or city, or part of one: «جنوبي محافظة مأرب», «وسط ليبيا»."""
        view, first = self.view, np.first
        while first < np.last - 1 and view.key[first] in DIRECTIONS:
            first += 1
        if view.key[first] in word_classes()["provinces"]:
            return True
        found = self.places.gazetteer.lookup(view.surface(first, np.last))
        return bool(found) and found[0].kind in _REGIONS

    def _short_names(self) -> frozenset[str]:
        """Names that the article introduces with a word for a settlement («قرية القشلة»), and then uses alone."""
        view, heads = self.view, word_classes()["settlements"]
        return frozenset(
            view.norm[first + 1]
            for label, first, last, _ in view.ents
            if label in ("GPE", "LOC") and last - first == 2 and view.key[first] in heads
        )

    def _short_name(self, np: NP) -> bool:
        short = np.last - np.first == 1 and self.view.norm[np.first] in self._short
        return short or (np.first, np.last) in self._listed

    def _denotes_place(self, np: NP) -> bool:
        """By the gazetteer and the words for places: the phrase without what counts it, or after its direction."""
        view = self.view
        if view.key[np.first] in DIRECTIONS and np.first < np.last - 1:
            inner = np.first + (2 if view.key[np.first + 1] in DIRECTIONS else 1)
            return inner < np.last and self._is_place(inner, np.last)
        if view.key[np.head] in word_classes()["shares"] and view.key[np.head + 1 : np.head + 2] == ("من",):
            return np.head + 2 < np.last and self._is_place(np.head + 2, np.last)  # «أجزاء من المدينة»
        if view.key[np.head] in word_classes()["ranges"] and np.head + 1 < np.last:
            return self._heads_place(np.head + 1) and self._is_place(
                np.head + 1, np.last
            )  # «سلسلة جبال حمرين»
        if np.first == np.head and np.last - np.head == 2 and self._pronoun(np.head + 1):
            own = view.key[np.head] in word_classes()["own_lands"]
            if own or self._is_place(np.head, np.head + 1):
                return True  # «قراهم»، «منازلها»
        brink = view.key[np.head] in word_classes()["brinks"] and np.head + 1 < np.last
        if not brink and not self._heads_place(np.head):
            return False  # «أحداث الناصرية» names a place and is none
        return self._is_place(np.first, np.last) or (np.head > np.first and self._is_place(np.head, np.last))

    def _pronoun(self, i: int) -> bool:
        return self.view.glued[i] and self.view.pos[i] == "PRON"

    def _heads_place(self, head: int) -> bool:
        view = self.view
        return (
            view.key[head] in word_classes()["settlements"] | word_classes()["several_places"] | DIRECTIONS
            or view.ent_label(head) in ("GPE", "LOC", "FAC")
            or self._is_place(head, head + 1)
        )

    def _is_place(self, first: int, last: int) -> bool:
        if self.places.is_place(self.view.surface(first, last)):
            return True
        norm = self.view.norm[first]  # 70 موقعا: the counted noun stands in the accusative
        return norm.endswith("ا") and len(norm) > 4 and self.places.is_place(norm[:-1])

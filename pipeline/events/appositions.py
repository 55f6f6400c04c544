"""Two phrases behind a verb that name one person, office and name, so that the object is the phrase after them."""

from __future__ import annotations

from pipeline.events.neighbours import Neighbours
from pipeline.events.nounphrases import NP

#: How many elements may stand between the name or office and the object.
_REACH = 5


class Appositions(Neighbours):
    """Knows the second name of a subject: «استنكر اللواء سامي | قائد الشرطة | الحادثة»."""

    def _right(self, position: int, *, dealing: bool = False) -> list[tuple[NP, ...]]:
        found = super()._right(position, dealing=dealing)
        if len(found) < 2 or not self._same_person(*found):
            return found
        behind = self._behind(found[1][-1])
        if not behind or (self._named(behind[0]) and not self._named(found[1][0])):
            return found  # «التقى الوزير فلان | رئيس البرلمان في بلد | فلان»: the name is that of the object
        return [found[0], behind]

    def _same_person(self, first: tuple[NP, ...], second: tuple[NP, ...]) -> bool:
        """An office and a name, in either order: one of the two phrases has what the other lacks."""
        if len(first) > 1 or len(second) > 1:
            return False
        office, bearer = first[0], second[0]
        if self._named(office):
            office, bearer = bearer, office
        office_word = self.grammar.is_(office.head, "titles") or self.grammar.is_(office.head, "offices")
        return office_word and not self._named(office) and self._named(bearer)

    def _named(self, np: NP) -> bool:
        return any(self.view.ent_label(i) == "PER" for i in range(np.first, np.last))

    def _behind(self, np: NP) -> tuple[NP, ...]:
        """The next noun phrase of the clause behind an apposition, which one comma may close."""
        k, commas = self.element_of[np.head], 0
        for j in range(k + 1, min(k + 1 + _REACH, len(self.elements))):
            element = self.elements[j]
            if element.kind == "np":
                return () if self._indefinite(element.nps[0]) and self._gift(element.nps[0]) else element.nps
            commas += element.kind == "punct" and self.view.norm[element.first] in "،,"
            if element.kind not in ("pp", "time", "punct", "other") or self.ends(j) or commas > 1:
                break
            if element.kind == "punct" and self.view.norm[element.first] not in "،,":
                break
        return ()

    def _gift(self, np: NP) -> bool:
        """«منح الوزير العميد فلان | وساما»: the second object of a verb that has two."""
        return self.view.norm[np.head].endswith("ا")

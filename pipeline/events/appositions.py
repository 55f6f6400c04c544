"""Two phrases beside a verb that name one person, office and name: behind it the object comes after both."""

from __future__ import annotations

from pipeline.events.neighbours import Neighbours
from pipeline.events.nounphrases import NP

#: How many elements may stand between the name or office and the object.
_REACH = 5
#: Prepositional phrases between an office and its bearer («السفيرة في ليبيا | فلانة»).
_PLACES = 2


class Appositions(Neighbours):
    """Knows the second name of a subject: «استنكر اللواء سامي | قائد الشرطة | الحادثة»."""

    def _right(self, position: int, *, dealing: bool = False) -> list[tuple[NP, ...]]:
        found = super()._right(position, dealing=dealing)
        if len(found) < 2 or not self._same_person(*found):
            return found
        behind = self._behind(found[1][-1])
        other = bool(behind) and self.grammar.of_class(behind[0].head, "offices")
        if not behind or (self._named(behind[0]) and not self._named(found[1][0]) and not other):
            # «التقى الوزير فلان | رئيس البرلمان في بلد | فلان»: the name is that of the object,
            # but: «استقبل الأمير فلان | أمير المنطقة في مكتبه | السفير فلانا»
            return found
        office, bearer = found
        beside = office[0].last == bearer[0].first and self._named(bearer[0])
        return [(self._whole(office, bearer),) if beside else office, behind]

    def _left(self, position: int) -> tuple[tuple[NP, ...], str]:
        found, how = super()._left(position)
        if found:
            return found, how
        k = position - 1
        while k > 0 and self.elements[k].kind in ("part", "time"):
            k -= 1
        j = k - 1
        while j > 0 and self.elements[j].kind == "pp" and k - j <= _PLACES:
            j -= 1
        if (
            j < 0
            or self.elements[k].kind != "np"
            or self.elements[j].kind != "np"
            or self._apart(k, position)
        ):
            return found, how
        first, second = self.elements[j].nps, self.elements[k].nps
        one = self._opens_clause(j) and self._same_person(first, second)
        return ((self._whole(first, second),), "svo") if one else (found, how)

    def _whole(self, first: tuple[NP, ...], second: tuple[NP, ...]) -> NP:
        """Office and name as one phrase, if no mark stands between them; else the first."""
        marks = any(self.grammar.punct(i) for i in range(first[0].last, second[0].first))
        return first[0] if marks else NP(first[0].first, second[0].last, first[0].head)

    def _same_person(self, first: tuple[NP, ...], second: tuple[NP, ...]) -> bool:
        """An office and a name, in either order: one of the two phrases has what the other lacks."""
        if len(first) > 1 or len(second) > 1:
            return False
        office, bearer = first[0], second[0]
        if self._named(office):
            office, bearer = bearer, office
        head = office.head + self.grammar.is_(office.head, "styles")  # «معالي | المستشار في الديوان»
        office_word = self.grammar.is_(head, "titles") or self.grammar.of_class(head, "offices")
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

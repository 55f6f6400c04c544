"""Offices and bodies whose names go on behind a preposition or «و», and the name of who holds the office.

A definite noun ends a phrase of Arabic; the titles of offices and the names of institutions are the great exception:
«الأمين العام | لمنظمة الدول الأميركية | فلان», «وزير التعليم | والبحث العلمي | فلان».
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.events.nounphrases import NP, NounPhraseReader

_AFFAIRS = ("شؤون", "شئون")
#: «وزير الدولة لشؤون …»: the one minister whose portfolio stands behind ل.
_MINISTER, _OF_STATE = "وزير", "الدوله"
#: Names behind a comma are taken in if a comma closes them.
_COMMAS = "،,"
_CLOSING = "،,.؛"
_TITLES = 4


class OfficeReader(NounPhraseReader):
    """Reads noun phrases with what belongs to an office or a body; the arguments are those of :class:`Joining`."""

    def np(self, i: int, limit: int) -> NP | None:
        """The longest noun phrase that starts at ``i`` and ends by ``limit``, or None."""
        found = super().np(i, limit)
        if found is None:
            return None
        if self.view.ent_label(found.last - 1) == "PER":
            return replace(found, last=self._named_after(found, limit))
        last = self._titled(found, limit)
        return found if last <= found.last else replace(found, last=last)

    def _titled(self, np: NP, limit: int) -> int:
        """One past the phrase with its complement, further topics and bearer, or before that where there is none."""
        anchor = self._anchor(np)
        if anchor < 0:
            return np.last
        office = any(self.grammar.of_class(i, "offices") for i in (anchor, np.head))
        office = office or any(self.grammar.is_(np.head, name) for name in ("styles", "personal_titles"))
        last = self._complement(
            np, anchor, limit, office=office and not self.grammar.of_class(anchor, "bodies")
        )
        last = self._topics(np, anchor, last, limit)
        if not office:
            return last
        return (
            self._bearer_behind(last, limit, comma=True)
            or self._place_of_office(np, last, limit)
            or self._further_office(last, limit)
            or last
        )

    def _named_after(self, np: NP, limit: int) -> int:
        """One past «مركز الملك فلان | للإغاثة والأعمال الإنسانية»: what a body is for that bears somebody's name."""
        g, k = self.grammar, np.last
        of_person = g.of_class(np.head, "bodies") and self.view.ent_label(np.head) != "PER"
        if not of_person or k + 1 >= limit or self.view.key[k] != "ل" or np.head in self.events:
            return k
        inner = super().np(k + 1, limit)
        if inner is None or inner.head != k + 1 or not (self._topic(k + 1) or self._purpose(k + 1)):
            return k
        return self._topics(replace(np, last=k), k, inner.last, limit)

    def _purpose(self, i: int) -> bool:
        """«للإغاثة»: a definite word for what is done, at the head of its phrase."""
        return (
            self.grammar.has_article(i)
            and self.view.ent[i] < 0
            and not self.people(self.view.surface(i, i + 1))
        )

    def _anchor(self, np: NP) -> int:
        """The office or body that ends the phrase but for its adjectives, or whose topic does; -1 where none does."""
        g = self.grammar
        last = np.last - 1
        while last > np.head and g.adjective(last) and g.has_article(last):
            last -= 1
        while last > np.head and g.glued_pronoun(last):
            last -= 1
        for i in range(last, max(np.head, last - 2) - 1, -1):
            if self.grammar.of_class(i, "offices") or self.grammar.of_class(i, "bodies"):
                return i
        styled = np.last > np.head + 1 and any(
            self.grammar.is_(np.head, name) for name in ("styles", "personal_titles")
        )  # «فضيلة الإمام | فلان»، «العقيد في الحرس | فلان»
        styled = styled or (
            self.grammar.of_class(np.head, "bodies") and "ل" in self.view.key[np.head : np.last]
        )
        return np.head if styled or self.grammar.of_class(np.head, "offices") else -1

    # ---- «الأمين العام | للمنظمة» --------------------------------------------------------------------

    def _complement(self, np: NP, anchor: int, limit: int, *, office: bool) -> int:
        """One past what stands behind «ل» and belongs to the name, or the end of the phrase."""
        g, view, k = self.grammar, self.view, np.last
        of_state = view.key[k - 1] == _OF_STATE and _MINISTER in view.key[np.first : k]
        if k + 1 >= limit or view.key[k] != "ل" or not (of_state or self._open(anchor, k)):
            return k
        inner = super().np(k + 1, limit)
        if inner is None or g.verb(k + 1):
            return k
        names = of_state or self._names(np, inner, office=office)
        if names or (office and self._bearer_behind(inner.last, limit, comma=True)):
            return inner.last
        return k

    def _open(self, anchor: int, end: int) -> bool:
        """Nothing but adjectives or a pronoun stands behind the word, which is definite."""
        g = self.grammar
        if g.glued_pronoun(anchor + 1):
            return True  # «مساعده لشؤون …»
        behind = range(anchor + 1, end)
        if not all(g.has_article(i) for i in behind) or not behind:
            return False
        # «هيئة الأركان العامة | للجيش»
        return g.adjective(end - 1) and (g.has_article(anchor) or g.is_(anchor, "bodies"))

    def _names(self, np: NP, inner: NP, *, office: bool) -> bool:
        """A complement behind «ل» tells which office or body it is, and not to whom or why something is done."""
        g, view, head = self.grammar, self.view, inner.head
        if self.grammar.of_class(head, "remits"):
            # «مساعده لشؤون الأمن», but: «اجتمع مع نظيره | لبحث التعاون»
            return not g.glued_pronoun(np.last - 1) or view.key[head].endswith(_AFFAIRS)
        if not g.adjective(np.last - 1) or self.nationality(view.norm[np.last - 1]):
            return False  # «زيارة الوزير الهندي | للكويت»
        if view.ent_label(head) in ("GPE", "LOC"):
            return np.first - 1 not in self.events
        _, number, human = self.features(view.norm[head])
        if view.ent_label(head) == "ORG" or self.grammar.of_class(head, "bodies"):
            return True
        if self.people(view.surface(head, head + 1)):
            return human is False
        behind = np.first - 1 in self.events  # «قصف القوات الحكومية | للمدينة»
        return g.has_article(head) and head not in self.events and not (office or behind) and number != "p"

    # ---- «وزارة التعليم | والبحث العلمي» ---------------------------------------------------------------

    def _topics(self, np: NP, anchor: int, last: int, limit: int) -> int:
        """One past the further topics of a ministry or body: definite things joined by «و»."""
        view, first = self.view, anchor + 1 if last == np.last else np.last + 1
        while first + 1 < np.last and (self.grammar.adjective(first) or view.key[first] == "ل"):
            first += 1  # «الهيئة العامة للغذاء | والدواء»
        if last <= anchor + 1 or not self._topic(first):
            return last
        while last + 1 < limit and view.key[last] == "و" and not self.grammar.verb(last + 1):
            more = super().np(last + 1, limit)
            if more is None or more.head != last + 1 or not self._topic(more.head):
                break
            last = more.last
        return last

    def _topic(self, i: int) -> bool:
        """A thing that a body is for: neither anybody nor anywhere, and no happening."""
        g, view = self.grammar, self.view
        if view.key[i] in g.words["remits"] or view.key[i].removeprefix("ال") in g.words["remits"]:
            return True
        if i in self.events or view.ent[i] >= 0 or view.time[i] >= 0 or g.verb(i) or g.adjective(i):
            return False
        governs = i + 1 < len(view) and not g.closed(i) and g.has_article(i + 1)
        return (g.has_article(i) or governs) and not self.people(view.surface(i, i + 1))

    # ---- who it is -------------------------------------------------------------------------------------

    def _bearer_behind(self, k: int, limit: int, *, comma: bool) -> int:
        """One past the titles and the name that stand at ``k``, or 0; behind a comma only if another closes them."""
        g, view = self.grammar, self.view
        parted = comma and k < limit and view.norm[k] in _COMMAS
        at = k + parted
        end = min(limit, at + _TITLES)
        while at < end and view.ent_label(at) != "PER" and (self._title(at) or g.is_(at, "rank_tails")):
            at += 1
        if at >= limit or view.ent_label(at) != "PER" or view.ents[view.ent[at]][1] != at:
            return 0
        last = view.ents[view.ent[at]][2]
        while last < limit and (
            g.is_(last, "name_links") or (g.is_(last - 1, "name_links") and g.nominal(last))
        ):
            last += 1
        if parted and not (last < limit and view.norm[last] in _CLOSING):
            return 0
        return min(last, limit)

    def _further_office(self, k: int, limit: int) -> int:
        """One past the second office of a member of the cabinet and his name, or 0.

        «نائب رئيس الوزراء | وزير الخارجية فلان»، «ولي العهد نائب رئيس الوزراء | وزير الداخلية فلان».
        """
        g, view = self.grammar, self.view
        if k >= limit or not g.is_(k - 1, "cabinets"):
            return 0
        at = k + (view.key[k] == "و" and k + 1 < limit)
        if not g.is_(at, "offices") or not g.nominal(at):
            return 0
        more = self.np(at, limit)
        named = more is not None and view.ent_label(more.last - 1) == "PER"
        return more.last if more is not None and named else 0

    def _title(self, i: int) -> bool:
        g = self.grammar
        return g.has_article(i) and (g.is_(i, "titles") or g.is_(i, "personal_titles"))

    def _place_of_office(self, np: NP, k: int, limit: int) -> int:
        """One past «في محافظة …» or «لدى …» and the name behind it: without a name it says where something was done."""
        view, g = self.view, self.grammar
        supervises = g.of_class(np.head, "supervisors")
        taken = g.words["supervised_behind" if supervises else "office_prepositions"]
        if k + 1 >= limit or view.key[k] not in taken:
            return 0
        if view.key[k] == "الي" and np.first and g.is_(np.first - 1, "travelling"):
            return 0  # «وصل المبعوث | إلى صنعاء»
        inner = self.np(k + 1, limit) if supervises else super().np(k + 1, limit)
        if inner is None:
            return 0
        where = view.key[k] in g.words["locative"]
        body = g.of_class(inner.head, "bodies") or g.is_(inner.head, "states")
        posted = any(g.of_class(i, "posted") for i in range(np.head, np.last))
        if view.ent_label(inner.last - 1) == "PER":
            end = inner.last  # «عن محافظة إربد فلان»
        else:
            end = self._bearer_behind(inner.last, limit, comma=False)
        if supervises:
            return end or inner.last  # «المشرف العام | على مركز الأبحاث»
        if where and not (body or posted or self._something_left(end, limit)):
            return 0  # «التقى الوزير في باريس فلانا»، «زار المدير بمحافظة إربد فلانا»
        return end

    def _something_left(self, k: int, limit: int) -> bool:
        """«مدير التعليم بمحافظة إربد فلان | أعضاء اللجنة»: an object is left behind the name, or a clause with أن."""
        g, view = self.grammar, self.view
        if not 0 < k < limit or view.time[k] >= 0:
            return False
        governs = view.pos[k] == "NOUN" and k + 1 < limit and (g.has_article(k + 1) or view.ent[k + 1] >= 0)
        thing = g.nominal(k) and (g.has_article(k) or governs or view.ent_label(k) == "ORG")
        return view.key[k] in ("ان", "بان") or thing

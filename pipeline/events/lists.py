"""Lists: what «و», «أو» and commas join, and what they only seem to join."""

from __future__ import annotations

from dataclasses import replace

from pipeline.events.nounphrases import NP
from pipeline.events.offices import OfficeReader

COMMAS = "،,"
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_PAIR = 2
#: Folded: the dual of «to be».
_WERE_TWO = frozenset({"كانا", "كانتا"})
#: Folded: years of an age.
_YEARS = frozenset({"عاما", "سنه", "عام", "سنوات", "اعوام"})
_EACH = frozenset({"كل", "كلا"})
#: Tokens that tell who helps one side of a fight.
_HELP = 14
#: Words of a name that no list knows.
_NAME = 3


class ListReader(OfficeReader):
    """Reads coordinated noun phrases; the arguments are those of :class:`Joining`."""

    def _both(self, members: tuple[NP, ...]) -> tuple[NP, ...]:
        """«بين الحكومة والحركة، | ودور مصر»: two sides are enough, and a comma ends them."""
        for number, np in enumerate(members[2:], 2):
            between = slice(members[number - 1].last, np.first)
            side = "من" in self.view.key[between]  # والمسلحين، من جهة، | وعناصر التنظيم، من جهة أخرى
            if not side and any(mark in COMMAS for mark in self.view.norm[between]):
                return members[:number]
        return members

    def coordination(self, k: int, last: int, *, after_verb: bool) -> tuple[NP, ...]:
        """A noun phrase at ``k`` with what is coordinated to it by و، أو or commas.

        Args:
            after_verb: a verb precedes in the clause, so «و + noun + verb» opens a new clause.
        """
        g, view = self.grammar, self.view
        each = view.key[k] in _EACH and view.key[k + 1 : k + 2] == ("من",)  # كل من | الأردن والكويت
        head = (self.np(k + 2, last) if each and k + 2 < last else None) or self.np(k, last)
        if head is None:
            return ()
        members = [head]
        while True:
            at = members[-1].last
            nxt = at
            comma = nxt < last and view.norm[nxt] in ("،", ",")
            nxt += comma
            if opener := self.including(nxt, last):
                listed = self.np(nxt + opener, last)
                if listed is not None and self._name_like(listed):
                    if self._only_counts(members[-1], listed):
                        members.pop()
                    members.append(listed)
                    continue
            if aged := self._age(at, last):
                nxt, comma = at + aged, False  # سليم، 19 عاما، | وحسام
            if aside := self._side(nxt, last) or self._backed(nxt, last):
                nxt, comma = nxt + aside, False  # بين الجيش، من جهة، | والمسلحين، من جهة أخرى
            while nxt < last and view.key[nxt] == "كذلك":
                nxt += 1
            if company := self._company(members[-1], nxt, last):
                members.append(company)
                if comma:
                    break  # «الصين، إضافة إلى روسيا، | القرار»
                continue
            joined = nxt < last and view.key[nxt] in ("و", "او") and not g.glued_pronoun(nxt)
            nxt += joined
            if nxt + 1 < last and view.key[nxt] == "كذلك":
                nxt += 1
            if joined and nxt < last and (view.key[nxt] == "ذلك" or self._how_many(nxt)):
                break  # «رفع حالة التأهب، وذلك | تحسبا لهجمات»
            if joined and not comma and (name := self._unknown_name(members[0], nxt, last)):
                members.append(name)
                continue
            if (
                not (comma or joined)
                or nxt >= last
                or not (g.nominal(nxt) or g.opens_quote(nxt))
                or view.time[nxt] >= 0
            ):
                break
            if joined and view.key[nxt] == "عدد" and nxt + 1 < last and g.glued_pronoun(nxt + 1):
                break  # «قتل الركاب | وعددهم مئتان»
            more = self.np(nxt, last)
            if more is None:
                break
            if after_verb and more.last < last and g.verb(more.last) and not self._of_two(more.last):
                break  # و + noun + verb opens a clause of its own
            if len(members) > 1 and members[-1].head in self.events and more.head not in self.events:
                break  # «تراجع المسلحين ووصول دبابات وآليات»: the rest belongs to the event in between
            if (
                comma
                and not (joined and (self._name_like(more) or self._parted(members[-1])))
                and not (self._name_like(more) and self._name_like(members[-1]))
            ):
                break
            if comma and not joined and more.head in self.events and g.circumstance(more.head):
                break  # «دعم الرئيس فلان، | محذرة إسرائيل من …»
            if comma and not joined and (self._parted(members[-1]) or self._same_bearer(members[-1], more)):
                break
            if joined and not comma and self._of_several(members[-1], more):
                members[-1] = replace(members[-1], last=more.last)
                continue
            if joined and not comma and self._two_callings(members[-1], more):
                members[-1] = replace(more, first=members[-1].first)
                continue
            if joined and not comma and self._one_genitive(members[-1], more):
                more = NP(members.pop().first, more.last, more.head)
            members.append(more)
        return tuple(members)

    def _unknown_name(self, places: NP, k: int, last: int) -> NP | None:
        """«قرى زركوان | وسلواد»: in a list of places an unknown word is a name, though it is taken for a verb."""
        g = self.grammar
        if not g.is_(places.head, "several_places"):
            return None
        end, odd = k, False
        while end < min(last, k + _NAME) and (g.nominal(end) or self._unknown_verb(end)):
            odd |= self._unknown_verb(end)
            end += 1
        closed = end >= last or not (g.nominal(end) or g.verb(end))
        return NP(k, end, k) if odd and closed else None

    def _unknown_verb(self, k: int) -> bool:
        return self.view.pos[k] == "VERB" and not self.grammar.known_verb(self.view.key[k])

    def _company(self, np: NP, k: int, last: int) -> NP | None:
        """«الصين | إضافة إلى روسيا»، «الوزير | ومعه رئيس الأركان»: somebody added to somebody without «و»."""
        view, g = self.view, self.grammar
        after = 0
        for length in (3, 2):
            if " ".join(view.key[k : k + length]) in g.words["adding"]:
                after = k + length
        with_him = view.key[k : k + 2] == ("و", "مع") and k + 2 < last and g.glued_pronoun(k + 2)
        after = k + 3 if with_him else after
        if not after or after >= last or not (g.nominal(after) or g.opens_quote(after)):
            return None
        more = self.np(after, last) if self._somebody(np) else None
        return more if more is not None and self._somebody(more) else None

    def _somebody(self, np: NP) -> bool:
        """A person, a group or an institution, and nothing that happens."""
        view = self.view
        label = view.ent_label(np.head)
        named = label in ("GPE", "ORG", "PER") or (not label and view.ent_label(np.last - 1) == "PER")
        return np.head not in self.events and (named or self.people(view.surface(np.head, np.last)))

    def _two_callings(self, first: NP, second: NP) -> bool:
        """«المحامي | والناشط فلان»: what one man is, twice, and then his name."""
        g, view = self.grammar, self.view
        bare = all(view.ent_label(i) != "PER" for i in range(first.first, first.last))
        named = view.ent_label(second.last - 1) == "PER" and view.ent_label(second.head) != "PER"
        callings = all(g.has_article(np.head) and g.of_class(np.head, "callings") for np in (first, second))
        return bare and named and callings and first.head == first.first

    def _how_many(self, k: int) -> bool:
        """«قتل ركابها | وعددهم سبعون»: the number of those just named opens a clause of its own."""
        return self.view.key[k] == "عدد" and self.grammar.glued_pronoun(k + 1)

    def _of_two(self, k: int) -> bool:
        """«امرأة وطفلها | كانا يجلبان الماء»: a dual verb is said of both, and opens no clause of the second."""
        return self.view.key[k] in _WERE_TWO

    def _age(self, k: int, last: int) -> int:
        """How many tokens the age of whoever ends before ``k`` takes between its commas, if «و» follows."""
        view = self.view
        opens = k + 4 < last and view.norm[k] in ("،", ",", "(") and self.grammar.number(k + 1)
        if not opens or view.key[k + 2] not in _YEARS or view.norm[k + 3] not in ("،", ",", ")"):
            return 0
        end = k + 4
        end += view.norm[k + 3] == ")" and end < last and view.norm[end] in ("،", ",")
        return end - k if end < last and view.key[end] == "و" else 0

    def _side(self, k: int, last: int) -> int:
        """How many tokens «من جهة» and the comma behind it take at ``k``, if «و» and the other side follow."""
        view = self.view
        if view.key[k : k + 2] not in (("من", "جهه"), ("من", "ناحيه"), ("من", "طرف"), ("من", "جانب")):
            return 0
        end = k + 2
        end += end < last and view.norm[end] in ("،", ",")
        return end - k if end < last and view.key[end] == "و" else 0

    def _backed(self, k: int, last: int) -> int:
        """How many tokens «مدعومة بمسلحين من جهة،» takes at ``k``, if «و» and the other side follow."""
        if not self.grammar.is_(k, "backed"):
            return 0
        for j in range(k + 1, min(last, k + _HELP)):
            if self.grammar.verb(j):
                break
            if side := self._side(j, last):
                return j + side - k
        return 0

    def _only_counts(self, np: NP, listed: NP) -> bool:
        """«عدة قرى أبرزها تلبيسة»: a word for places without a name of its own, spelt out by the names behind it."""
        named = any(self.view.ent_label(i) in _PLACES for i in range(listed.first, listed.last))
        return named and self.grammar.is_(np.head, "settlements") and not self._name_like(np)

    def _name_like(self, np: NP) -> bool:
        """A list by commas is one of names: an entity stands in the phrase."""
        return any(self.view.ent[j] >= 0 for j in range(np.first, np.last))

    def _parted(self, np: NP) -> bool:
        """«وزير الخارجية، فلان»: the name stands behind a comma, and the next comma closes it."""
        return any(mark in COMMAS for mark in self.view.norm[np.first : np.last])

    def _of_several(self, np: NP, more: NP) -> bool:
        """«وزراء خارجية السعودية | وقطر»: the countries behind several offices are whose offices they are."""
        g, view = self.grammar, self.view
        # but: «حكومتا تونس | والجزائر», one each
        several = g.is_(np.head, "committees") or (g.dual_office(np.head) and np.last - np.head > _PAIR)
        state = more.last - more.first == 1 and view.ent_label(more.head) == "GPE"
        return several and state and np.last - np.first > 1 and view.ent_label(np.last - 1) == "GPE"

    def _one_genitive(self, open_: NP, whole: NP) -> bool:
        """«حكومة | وبرلمان الإقليم»، «رئيس | وأعضاء المجلس»: a bare noun has the genitive of the next."""
        g, classes = self.grammar, ("offices", "bodies", "committees")
        heads = (open_.head, whole.head)
        if open_.last - open_.first > 1 or any(g.closed(i) or self.view.ent[i] >= 0 for i in heads):
            return False
        governs = whole.head + 1 < whole.last and (
            g.has_article(whole.head + 1) or self._definite(whole.head + 1, whole.last)
        )
        return governs and all(any(g.is_(i, name) for name in classes) for i in heads)

    def _same_bearer(self, named: NP, office: NP) -> bool:
        """«السفير فلان، | مندوب ليبيا»: an office behind a name and a comma is the office of whom it names."""
        g, view = self.grammar, self.view
        if g.is_(office.head, "wings"):
            return True
        bears = view.ent_label(named.last - 1) == "PER"
        nobody = all(view.ent_label(i) != "PER" for i in range(office.first, office.last))
        return bears and nobody and g.of_class(office.head, "offices")

"""Who does what a masdar names, by the word that hands the deed to somebody: «سمح للصحفيين بزيارة السجن»."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from pipeline.events.lexicon import nominal_forms
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import conjugated
from pipeline.events.surroundings import Surroundings
from pipeline.knowledge.control import Hand, load_hands
from pipeline.text.normalize import fold

#: Elements back from a deed among which the word that hands it over stands.
_REACH = 6


@lru_cache(maxsize=1)
def _by_form() -> tuple[dict[str, list[Hand]], dict[str, list[Hand]]]:
    """The entries by the folded forms of their verbs, and by those of their nouns and verbal nouns."""
    verbs: dict[str, list[Hand]] = defaultdict(list)
    nouns: dict[str, list[Hand]] = defaultdict(list)
    for hand in load_hands():
        if hand.root and hand.pattern:
            for surface in conjugated(hand.root, hand.pattern, reduced=hand.reduced):
                verbs[surface].append(hand)
        given = (hand.noun, *hand.forms) if hand.noun else hand.masdar
        surfaces = {s for noun in given for s in nominal_forms(noun, sound_plural=False)}
        for surface in surfaces | {s[:-1] + "ت" for s in surfaces if s.endswith("ه")}:  # دعوت | هم
            nouns[surface].append(hand)
    return verbs, nouns


class Handed(Surroundings):
    """Reads the governing words before the masdars of one sentence; see :class:`Surroundings`."""

    def doers(self, mention: Mention, k: int) -> tuple[NP, ...] | None:
        """Who does what the masdar in element ``k`` names.

        None where no word hands it to anybody; empty where its subject only speaks of it («علق الوزير على اعتقاله»).
        """
        own = next((np for np in self.elements[k].nps if np.first <= mention.at < np.last), None)
        if own is None and self.elements[k].kind != "other":
            return None
        if own is not None and not self._heads(own, mention):
            return None
        for j in range(k - 1, max(-1, k - _REACH - 1), -1):
            element = self.elements[j]
            if element.kind == "verb":
                return self._of_verb(j, k)
            if element.kind in ("rel", "comp", "conj") or self.clauses.ends(j):
                return None
            for np in reversed(element.nps):
                if (found := self._of_noun(np, j, k)) is not None:
                    return found
        return None

    def _heads(self, own: NP, mention: Mention) -> bool:
        """Whether nothing but a light masdar, عدم or a word for a task stands before the masdar in its phrase."""
        before = range(own.head, mention.at)
        return all(i == mention.light or self.grammar.is_(i, "tasks") for i in before)

    def _leads(self, hand: Hand, k: int) -> bool:
        element = self.elements[k]
        lone = element.kind == "other" and self.view.key[element.first] == "ب"  # يتهم | بالتعاون
        prep = "ب" if lone else element.prep
        return any(prep == ("" if deed == "object" else fold(deed)) for deed in hand.deed)

    def _of_verb(self, j: int, k: int) -> tuple[NP, ...] | None:
        key = self.view.key[self.elements[j].first]
        hands = _by_form()[0].get(key) or (_by_form()[0].get(key[1:]) if key[:1] in "وف" else None) or ()
        nobody = False
        for hand in hands:
            if not self._leads(hand, k):
                continue
            if hand.whom == "nobody":
                nobody = True
                continue
            if hand.whom == "subject":
                people = self._subject(j, k)
            else:
                people = self._object(j, k) if hand.whom == "object" else self._addressee(hand.whom, j + 1, k)
            if people:
                return people
        return () if nobody else None

    def _subject(self, j: int, k: int) -> tuple[NP, ...]:
        """The subject of the verb ``j``, unless it is the deed itself («علق | قصف المدينة | المفاوضات»)."""
        roles = self.clauses.roles(j)
        deed = self.elements[k].first
        own = any(np.first <= deed < np.last for np in roles.subject)
        return () if roles.passive or own else self._people(roles.subject)

    def _object(self, j: int, k: int) -> tuple[NP, ...]:
        """The object of the verb ``j``, the pronoun on it, its subject in the passive."""
        roles = self.clauses.roles(j)
        if roles.passive:
            return self._people(roles.subject)
        if roles.pronoun >= 0:
            return (NP(roles.pronoun, roles.pronoun + 1, roles.pronoun),)
        return self._people(roles.objects) or self._nearest(j, k)

    def _nearest(self, j: int, end: int) -> tuple[NP, ...]:
        """The last phrase without a preposition between: «دفع القائد | المسلحين | إلى»."""
        for k in range(end - 1, j, -1):
            element = self.elements[k]
            if element.kind == "np":
                subject = self.elements[j].kind == "verb" and self.clauses.roles(j).subject
                if subject and subject[0] in element.nps:
                    return self._people(element.nps) if self._lone(j) else ()
                return self._people(element.nps)
            many = element.prep == "من" and k > j + 1 and self.elements[k - 1].kind == "other"
            if many and self.grammar.is_(self.elements[k - 1].first, "many") and self._people(element.nps):
                np = element.nps[0]  # «دفع القصف | كثيرا من السكان | إلى»
                return (NP(self.elements[k - 1].first, np.last, np.head),)
        return ()

    def _lone(self, j: int) -> bool:
        """«ما | دفع | الحراس إلى»: the one phrase behind such a verb is its object."""
        return self.grammar.is_(self.elements[j].first, "compelling")

    def _addressee(self, prep: str, start: int, end: int) -> tuple[NP, ...]:
        """Whom a preposition between the governing word and the deed names: «سمح | للصحفيين | بزيارة»."""
        for element in self.elements[start:end]:
            if element.kind == "pp" and element.prep == fold(prep) and (people := self._people(element.nps)):
                return people
        return ()

    def _of_noun(self, np: NP, j: int, k: int) -> tuple[NP, ...] | None:
        """By a noun at the head of the phrase, or within it («صدور | أوامر للشرطة»)."""
        found: tuple[NP, ...] | None = None
        for at in range(np.head, np.last):
            key = self.view.key[at]
            hands = _by_form()[1].get(key[2:] if self.grammar.has_article(at) else key, ())
            for hand in hands:
                if not self._leads(hand, k):
                    continue
                if hand.whom in ("genitive", "object"):
                    found = found or self._genitive(np, at, j, k, past=hand.whom == "object")
                else:
                    found = (
                        found or self._behind(fold(hand.whom), np, at) or self._addressee(hand.whom, j + 1, k)
                    )
        return found

    def _behind(self, prep: str, np: NP, at: int) -> tuple[NP, ...]:
        """«أوامر | للشرطة»: whom a preposition within the phrase names."""
        inner = next((i for i in range(at + 1, np.last - 1) if self.view.key[i] == prep), -1)
        return self._people((NP(inner + 1, np.last, inner + 1),)) if inner > 0 else ()

    def _genitive(self, np: NP, at: int, j: int, k: int, *, past: bool) -> tuple[NP, ...]:
        """«قرار | الحكومة»، «منع | الصحفيين»; ``past``: an object behind the genitive («منع القاضي | الصحفيين»)."""
        if past and (objects := self._nearest(j, k)):
            return objects
        if np.last < at + 2:
            return ()
        nps = self.elements[j].nps
        return self._people((NP(at + 1, np.last, at + 1), *nps[nps.index(np) + 1 :]))

    def _people(self, group: tuple[NP, ...]) -> tuple[NP, ...]:
        able = (
            self.semantics.actor(np)
            or self.grammar.glued_pronoun(np.first)
            or self.grammar.is_(np.head, "pronouns")
            for np in group
        )
        return group if group and all(able) else ()

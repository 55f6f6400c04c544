"""Sentences as verbs, noun phrases and prepositional phrases in order: a shallow grammar of Arabic clauses."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.events.grammar import SENTENCE_MARKS, STRESS
from pipeline.events.joining import DIRECTIONS
from pipeline.events.lists import COMMAS, ListReader
from pipeline.events.nounphrases import NP


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a sentence.

    Attributes:
        kind: np, pp, verb, conj, comp, rel, part, punct, time, pron or other.
        first, last: view indices, half-open, prepositions included.
        prep: the preposition, folded, several words joined by a blank; empty unless pp.
        nps: coordinated noun phrases, in order (np and pp).
    """

    kind: str
    first: int
    last: int
    prep: str = ""
    nps: tuple[NP, ...] = ()


class PhraseReader(ListReader):
    """Reads the elements of the sentences of one view."""

    def elements(self, first: int, last: int) -> list[Element]:
        """The elements of tokens first … last-1, in order, covering all of them."""
        found: list[Element] = []
        k = first
        after_verb = False
        while k < last:
            element = self._spelt_out(k, last, found) or self._element(k, last, after_verb=after_verb)
            if element.kind == "verb":
                after_verb = True
            elif element.kind in ("comp", "rel") or (
                element.kind == "punct" and self.view.norm[k] in SENTENCE_MARKS
            ):
                after_verb = False
            if found and self._stray(element, found[-1]):
                found[-1] = self._with(found[-1], element.last)
            else:
                found.append(element)
            k = element.last
        return found

    def _stray(self, element: Element, before: Element) -> bool:
        """A definite adjective that the phrase before it left out: «إمبراطوريته | النفطية»، «التفجير | الغاشم»."""
        g, view, k = self.grammar, self.view, element.first
        if element.kind == "np" and view.key[k] in STRESS and g.glued_pronoun(k + 1):
            return element.last == k + 2 and before.kind in ("np", "pp", "time", "fixed") and bool(before.nps)
        if element.kind != "np" or element.last - k != 1 or before.kind not in ("np", "pp") or not before.nps:
            return False
        head = before.nps[-1].head
        if self._begins_another(head, k, head):
            return False  # سجنت السلطات | الصحفي
        definite = any(
            g.has_article(i) or g.glued_pronoun(i) for i in range(before.nps[-1].head, before.last)
        )
        norm = view.norm[k]
        participle = norm.startswith("المت") and norm.endswith("ة")  # المتطرفة
        tagged = view.pos[k] == "ADJ" and g.adjective(k)  # دمر الجيش | المباني
        qualifies = (tagged and not self._plural(k)) or norm.endswith("ية") or participle
        return definite and qualifies and g.has_article(k) and view.ent[k] < 0 and k not in self.events

    def _spelt_out(self, k: int, last: int, found: list[Element]) -> Element | None:
        """«من عدة بلدات شمال المدينة، بما في ذلك X وY»: the names at ``k`` stand for the words before them."""
        opener = self.including(k, last)
        j = len(found) - 1
        while j > 0 and (found[j].kind == "punct" or found[j].prep in DIRECTIONS):
            j -= 1
        if not opener or j < 0 or found[j].kind not in ("np", "pp") or not found[j].nps:
            return None
        listed = self.coordination(k + opener, last, after_verb=False)
        if not listed or not self._only_counts(found[j].nps[-1], listed[0]):
            return None
        found[j] = replace(found[j], nps=(*found[j].nps[:-1], *listed))
        return Element("other", k, listed[-1].last)

    def _with(self, element: Element, last: int) -> Element:
        """The element with its last noun phrase drawn out to ``last``."""
        return replace(element, last=last, nps=(*element.nps[:-1], replace(element.nps[-1], last=last)))

    def _element(self, k: int, last: int, *, after_verb: bool) -> Element:
        g, view = self.grammar, self.view
        if view.time[k] >= 0:
            end = k + 1
            while end < last and view.time[end] == view.time[k]:
                end += 1
            return Element("time", k, end)
        if self._counted_in_brackets(k, last):
            whole = self._numbered(k, k, last)
            return Element("np", k, whole.last, "", (whole,))
        if g.punct(k) and not (g.opens_quote(k) and view.norm[k] != "(" and self._quoted(k, last)):
            return Element("punct", k, k + 1)
        if k in self.fixed:
            end = view.word_end[k]
            while end < last and end not in self.fixed and g.adjective(end) and self._qualifies(k, end):
                end += 1
            if end < last and end > k + 1 and g.is_(end, "qualities"):
                end += 1  # قنبلة يدوية الصنع
            return Element("fixed", k, end)
        if g.verb(k):
            end = k + 1
            while end < last and g.glued_pronoun(end):
                end += 1
            return Element("verb", k, end)
        if self._other_side(k, last):
            return Element("other", k, k + 3)
        if g.since_verb(k):
            return Element("comp", k, k + 1)
        if view.key[k] == "ك" and k + 1 < last and view.key[k + 1] == "ذلك":
            return Element("other", k, k + 2)  # «تخوض القوات كذلك معارك»
        if view.key[k] == "كذلك" and k and g.verb(k - 1):
            return Element("other", k, k + 1)  # «قصفت كذلك المدفعية …»
        for length in (3, 2):
            if k + length <= last and " ".join(view.key[k : k + length]) in g.words["later"]:
                return Element("other", k, k + length)
        prep, start = self._preposition(k, last)
        if prep and not self._state_ahead(k):
            return self._pp(k, start, prep, last, after_verb=after_verb)
        counted = self._skip_openers(k, last) if view.key[k] == "ما" else k
        for kind, word_class in (
            ()
            if counted > k
            else (("rel", "relatives"), ("conj", "conjunctions"), ("comp", "complementizers"))
        ):
            if g.is_(k, word_class) and view.ent[k] < 0:
                end = k + 1
                while kind == "comp" and end < last and g.glued_pronoun(end):
                    end += 1
                return Element(kind, k, end)
        members = self.coordination(k, last, after_verb=after_verb)
        if members and self._lasts(members[0]):
            return Element("other", k, members[-1].last)
        if members:
            end = members[-1].last
            closes = end + 1 < last and self._parted(members[-1]) and view.norm[end] in COMMAS
            return Element("np", k, end + closes, "", members)
        kind = {"CCONJ": "conj", "SCONJ": "comp", "PRON": "pron", "PART": "part"}.get(view.pos[k], "other")
        return Element(kind, k, k + 1)

    def _state_ahead(self, k: int) -> bool:
        """«رفضت | جنوب أفريقيا | الطلب»: right behind a verb or أن the name of a state, though a direction opens it."""
        g, view = self.grammar, self.view
        named = " ".join(view.key[k : k + 2]) in g.words["directed_states"]
        return named and (k == 0 or g.verb(k - 1) or g.is_(k - 1, "raised_subject") or view.key[k - 1] == "و")

    def _counted_in_brackets(self, k: int, last: int) -> bool:
        """«استشهد | (15) مواطنا»، «أصيب | (3) من الجنود»، «هلك | (4) في»: a number of people or things, and no mark."""
        if not self._in_brackets(k, last):
            return False
        view, g, after = self.view, self.grammar, k + 3
        counts = after < last and g.nominal(after) and view.time[after] < 0
        counts = counts or (
            after + 1 < last and view.key[after] == "من" and self.people(view.norm[after + 1])
        )
        return counts or (k > 0 and g.verb(k - 1))

    def _lasts(self, np: NP) -> bool:
        """«سبع سنوات»، «يومين»: how long, by its case; it neither does anything nor is anything done to it."""
        long = self.grammar.is_(np.head, "spans_of_time")
        return long and (np.first < np.head or self.view.norm[np.head].endswith(("ين", "ا", "ة")))

    def _qualifies(self, k: int, adjective: int) -> bool:
        """An adjective right after the fixed word at ``k`` agrees with it: حاجزا مفاجئا، الطريق الدولي."""
        g, norm = self.grammar, self.view.norm
        feminine = norm[adjective].endswith(("ة", "ى"))
        same_case = feminine or (
            not norm[k].endswith("ة") and norm[k].endswith("ا") == norm[adjective].endswith("ا")
        )
        definite = g.has_article(k) or g.glued_pronoun(k + 1)
        return definite == g.has_article(adjective) and same_case and self.view.ent[adjective] < 0

    def _preposition(self, k: int, last: int) -> tuple[str, int]:
        """The preposition at ``k`` («من قبل», «بالقرب من», «على يد») and where its phrase starts."""
        g, view = self.grammar, self.view
        for length in (3, 2):
            keys = view.key[k : min(k + length, last)]
            joined = (
                (keys[0] + keys[1] + " " + " ".join(keys[2:])).strip()
                if len(keys) > 1 and view.glued[k + 1]
                else " ".join(keys)
            )
            if len(keys) == length and (joined in _LONG or joined in g.words["by_agent"]):
                return _SAME.get(joined, joined), k + length
        if (
            len(view.key) > k + 1
            and view.glued[k + 1]
            and view.key[k] + view.key[k + 1] in g.words["by_agent"] | g.words["prepositions"]
            and view.key[k] == "ب"
        ):
            return view.key[k] + view.key[k + 1], k + 2
        if not g.preposition(k):
            return "", k
        return view.key[k], k + 1

    def _pp(self, k: int, start: int, prep: str, last: int, *, after_verb: bool) -> Element:
        g = self.grammar
        if prep in DIRECTIONS:
            start = k  # the direction belongs to the place: «شمال غرب سوريا»
            inner = self.np(k + 1, last) if k + 1 < last else None
            if self.view.key[k + 1 : k + 2] and self.view.key[k + 1] in DIRECTIONS and k + 2 < last:
                inner = self.np(k + 2, last)
            if inner is None:
                return Element("other", k, k + 1)
            return Element("pp", k, inner.last, prep, (NP(k, inner.last, k),))
        if start < last and g.glued_pronoun(start):
            return Element("pp", k, start + 1, prep, (NP(start, start + 1, start),))
        if start < last and self.view.time[start] >= 0:
            return Element("other", k, start)
        if start < last and (self.view.key[start] in DIRECTIONS):
            direction = self._pp(start, start + 1, self.view.key[start], last, after_verb=after_verb)
            if direction.kind == "pp":
                return Element("pp", k, direction.last, prep, direction.nps)
        # «بين X وY» needs both; elsewhere و + noun + verb may open a clause.
        after_verb = after_verb and prep != "بين"
        members = self.coordination(start, last, after_verb=after_verb) if start < last else ()
        if not members:
            return Element("other", k, start)
        if prep == "بين":
            members = self._both(members)
        if g.is_(members[0].head, "manners"):
            return Element("other", k, members[-1].last)  # بشكل خاص، على نحو واسع
        return Element("pp", k, members[-1].last, prep, members)

    def _other_side(self, k: int, last: int) -> bool:
        """«من جهة أخرى»، «من طرف آخر»: names nobody."""
        g = self.grammar
        flank = k + 2 < last and self.view.key[k] == "من" and g.is_(k + 1, "flanks")
        return flank and g.is_(k + 2, "others")


#: What the frames know in one word.
_SAME = {"في اتجاه": "باتجاه"}
#: Prepositions of several words beside those for agents; clitics are joined to what they are glued to.
_LONG = frozenset(
    {
        "بالقرب من",
        "من بين",
        "من خلال",
        "من داخل",
        "من دون",
        "علي بعد",
        "علي طول",
        "علي مقربه",
        "علي حدود",
        "في اتجاه",
        "في محيط ",
        "في حق",
        "ردا علي",
        "الي جانب",
        "علي غرار",
        "فضلا عن",
        "بدلا من",
        "بما في ذلك",
        "بما فيها",
    }
)

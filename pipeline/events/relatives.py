"""What a relative pronoun qualifies, and whom the pronoun behind أن means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.events.agreement import Agreement
from pipeline.events.appositions import Appositions
from pipeline.events.grammar import SENTENCE_MARKS, Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.phrases import Element
from pipeline.events.roles import Roles
from pipeline.events.semantics import Semantics
from pipeline.events.view import View

#: Elements between people and the clause that says what they did.
_TOLD = 7
#: … between two relative clauses about the same people, and between people and a relative clause set off by a comma.
_JOINED = 10
_SET_OFF = 4


class Relatives(Appositions):
    """Resolves the pronouns that open a clause of one sentence.

    Args:
        elements: the sentence's elements.
        events: view indices of event nouns.
        saying: whether the verb at a view index is one of saying.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        semantics: Semantics,
        elements: Sequence[Element],
        events: frozenset[int],
        saying: Callable[[int], bool],
    ) -> None:
        super().__init__(view, grammar, elements, events)
        self.semantics = semantics
        self.agreement = Agreement(view, grammar, semantics)
        self.saying = saying
        self._roles: dict[int, Roles] = {}
        #: Verbs that say what one side tells the other: what comes of it («مما أدى إلى») is not their subject's doing.
        self._dealing: set[int] = set()
        #: Verbs that befall their subject («استشهد»), which does nothing in what is joined to them.
        self._befalling: set[int] = set()

    def _antecedent(self, k: int) -> tuple[NP, ...]:
        """«دعم المقاتلين الذين»، «المتحدث باسم الجامعة، الذي»: the phrase that agrees with the relative pronoun.

        Where the last one does not, or is about an event, it may be a genitive in it, else somebody before it.
        """
        if (first := self._joined_relative(k)) >= 0:
            return self._antecedent(first)
        if not k:
            return ()
        joined = k > 1 and self.elements[k - 1].kind == "conj"
        j = k - 1 - joined
        apart = j > 0 and self.elements[j].kind == "punct"
        j -= apart
        if j > 0 and self._of_its_kind(j):
            j -= 1  # «الهجوم الأول | من نوعه | الذي»
        nearest = super()._antecedent(j + 1)
        relative = self.view.key[self.elements[k].first]
        if apart and (group := self._before_comma(j, relative)):
            return group
        while nearest and j >= 0 and self.elements[j].kind in ("np", "pp") and self.elements[j].nps:
            np = self.elements[j].nps[-1]
            fits = self.agreement.related(relative, np)
            known = (np,) == nearest or bool(self.semantics.classes(np) & {"actor", "place"})
            if fits and known and np.head not in self.events:
                return self.elements[j].nps if self._alike(self.elements[j].nps, relative) else (np,)
            for inner in self._genitives(np):
                if self.semantics.actor(inner) and self.agreement.related(relative, inner):
                    return (inner,)
            if fits or self.elements[j].kind == "np":
                break
            j -= 1
        return nearest

    def _joined_relative(self, k: int) -> int:
        """«التحالف الذي يقاتل المتمردين | والذي»: the relative pronoun that the one at ``k`` is joined to, or -1."""
        if k < 2 or self.elements[k - 1].kind != "conj" or self.view.key[self.elements[k - 1].first] != "و":
            return -1
        for j in range(k - 2, max(-1, k - _JOINED), -1):
            if self.elements[j].kind == "comp" or self.ends(j):
                break
            if self.elements[j].kind == "rel":
                same = self.view.key[self.elements[j].first] == self.view.key[self.elements[k].first]
                return j if same and j > 0 else -1
        return -1

    def _of_its_kind(self, j: int) -> bool:
        element = self.elements[j]
        head = element.nps[-1].head if element.prep == "من" and element.nps else -1
        return head >= 0 and self.grammar.is_(head, "kinds") and self.grammar.glued_pronoun(head + 1)

    def _before_comma(self, j: int, relative: str) -> tuple[NP, ...]:
        """«التحالف العربي لدعم الشرعية في اليمن، | الذي»: behind a comma the people before what they are for and where.

        Empty where the last phrase is somebody, or where nobody before it agrees.
        """
        if (
            self.elements[j].kind != "pp"
            or not self.elements[j].nps
            or self._somebody(self.elements[j].nps[-1])
        ):
            return ()
        for i in range(j - 1, max(-1, j - _SET_OFF), -1):
            element = self.elements[i]
            if element.kind not in ("np", "pp") or not element.nps:
                break
            np = element.nps[-1]
            if self._somebody(np) and self.agreement.related(relative, np):
                return (np,)
            if element.kind == "np":
                break
        return ()

    def _somebody(self, np: NP) -> bool:
        return self.semantics.actor(np) and not self.semantics.place(np)

    def _alike(self, nps: tuple[NP, ...], relative: str) -> bool:
        """«الجنود والضباط | الذين فروا»: a relative clause about several is about each of the bare words before it."""
        bare = all(np.last - np.first == 1 and self.grammar.has_article(np.head) for np in nps)
        people = all("human" in self.semantics.classes(np) for np in nps)
        return relative == "الذين" and bare and people

    def _genitives(self, np: NP) -> Iterator[NP]:
        """The phrases within a phrase, outermost first; behind an article none but what a preposition brings in."""
        g = self.grammar
        brought = (i + 1 for i in range(np.head + 1, np.last) if g.preposition(i))
        first = next(brought, np.last) if g.has_article(np.head) else np.head + 1
        for i in range(first, np.last):
            if g.nominal(i) and not (g.has_article(i) and g.has_article(i - 1)):  # منفذي الهجوم | الإرهابي
                yield NP(i, np.last, i)

    def _told_of(self, position: int, form: Form) -> tuple[NP, ...]:
        """«اعتقلت الشرطة 13 مسلحا، بينهم امرأة، | كانوا يخططون»: without a conjunction a plural goes on about them."""
        if not form.plural or self.elements[position - 1].kind in ("conj", "comp", "rel"):
            return ()
        for element in reversed(self.elements[max(0, position - _TOLD) : position]):
            if (
                element.kind in ("verb", "rel", "comp", "conj")
                or self.view.norm[element.first] in SENTENCE_MARKS
            ):
                break
            if element.kind not in ("np", "pp") or element.prep == "بين" or not element.nps:
                continue
            np = element.nps[-1]
            counted = any(self.grammar.number(i) for i in range(np.first, np.head + 1))
            people = self.semantics.classes(np) & {"human", "armed", "number"}
            if counted and people and not self.semantics.place(np) and self._indefinite(np):
                return (np,)
        return ()

    def _speaker(self, position: int) -> tuple[NP, ...]:
        """«أكد الوزير خلال اللقاء أنه بحث»: the pronoun behind أن is the subject of the verb of saying before it."""
        k = position - 1
        while k > 0 and self.elements[k].kind not in ("comp", "pron"):
            k -= 1
        pronoun = self.elements[k].last - 1
        contrast = self.view.key[self.elements[k].first - 1] in ("لكن", "غير", "الا")  # «…، لكنها طالبت»
        for j in range(k - 1, -1, -1):
            element = self.elements[j]
            if element.kind == "verb" and not self._within_relative(j):
                told = contrast or self.saying(element.first)
                if not told or j not in self._roles or (self._roles[j].passive and not contrast):
                    return ()
                roles = self._roles[j]
                if contrast:
                    # «حذرت الشرطة المحتجين، لكنهم …»: else whom it was done to
                    for group in (roles.subject, roles.objects):
                        if self._refers(pronoun, group) and self.semantics.actor(group[0]):
                            return group
                    return ()
                if sources := self._sources(j, pronoun):
                    return sources
                for group in (roles.objects, roles.subject):  # «اتهمت الوزارة الشركة بأنها»: the object first
                    if self._refers(pronoun, group):
                        return group
                return ()
            if element.kind == "rel" or (contrast and element.kind in ("verb", "conj", "punct")):
                continue
            if element.kind in ("comp", "conj") or self.ends(j) or self.grammar.circumstance(element.first):
                return ()
        return ()

    def _sources(self, j: int, pronoun: int) -> tuple[NP, ...]:
        """«قالت مصادر في المقاومة إنها قتلت»: the pronoun means those among whom the sources are."""
        for np in self._roles[j].subject:
            if not self.grammar.of_class(np.head, "sources"):
                continue
            for i in range(np.head + 1, np.last - 1):
                inner = NP(i + 1, np.last, i + 1)
                if self.view.key[i] in ("في", "من") and self._refers(pronoun, (inner,)):
                    return (inner,) if self.semantics.actor(inner) else ()
        return ()

    def describes(self, k: int) -> bool:
        """Whether the verb element ``k`` stands in a relative clause behind a relative pronoun."""
        return k > 0 and self.elements[k - 1].kind == "rel"

    def _within_relative(self, k: int) -> bool:
        """The verb only qualifies a noun: «القوات التي دخلت»، «سيارات تتبع الحركة»."""
        j = k - 1
        while j > 0 and (self.elements[j].kind == "part" or self._auxiliary(j)):
            j -= 1
        if j < 0 or self.elements[j].kind == "rel":
            return j >= 0
        before = self.elements[j]
        key = self.view.key[self.elements[k].first]
        imperfect = key[:1] in ("ي", "ت") and not key.endswith(("وا", "ت"))  # تعرضوا
        near = j == k - 1 or self._auxiliary(j + 1)  # «مزرعة كان | يختبئ فيها»
        if imperfect and near and before.kind in ("np", "pp") and before.nps:
            return self._indefinite(before.nps[-1])
        joined = before.kind == "conj" and j == k - 1
        return joined and any(
            self.elements[i].kind == "verb" and self._within_relative(i) for i in range(max(0, j - 4), j)
        )

    def _auxiliary(self, j: int) -> bool:
        return self.elements[j].kind == "verb" and self.grammar.is_(self.elements[j].first, "raised_subject")

    def _refers(self, pronoun: int, group: tuple[NP, ...]) -> bool:
        return bool(group) and self.agreement.refers(pronoun, group)

"""Who does what a masdar names, where its own phrase does not say: the subject or object of the verb it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.events.clauses import ClauseReader
from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.semantics import Semantics
from pipeline.events.triggers import Candidate, Mention
from pipeline.events.view import View
from pipeline.text.normalize import fold

#: Prepositions after which a masdar without a subject of its own shares the subject of the verb it hangs on.
_CONTROL = frozenset(
    fold(p)
    for p in (
        "ب",
        "من",
        "على",
        "إلى",
        "ل",
        "عن",
        "بعد",
        "قبل",
        "خلال",
        "عبر",
        "منذ",
        "بهدف",
        "بغية",
        "حتى",
        "نحو",
        "وسط",
    )
)
#: Types whose verbs ask or charge somebody else with what is named after them.
_ASKED = frozenset({"ACCUSE", "REQUEST"})


#: How active participles that serve as circumstances begin: متهما، محذرا, and those of the first form: داعيا، رافضا.
_PARTICIPLES = (
    "م",
    "داع",
    "راف",
    "ناف",
    "طالب",
    "حاث",
    "آمل",
    "شاك",
    "واعد",
    "واصف",
    "ناعي",
    "قاطع",
    "حامل",
    "هاتف",
)


class Control:
    """Finds the understood actors of the masdars of one sentence.

    Args:
        elements: the sentence's elements; clauses: has read its verbs.
        mentions: all mentions by view index.
        saying: whether the verb at a view index is one of saying.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        semantics: Semantics,
        elements: Sequence[Element],
        clauses: ClauseReader,
        mentions: Mapping[int, Mention],
        saying: Callable[[int], bool],
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics
        self.elements = elements
        self.clauses = clauses
        self.mentions = mentions
        self.saying = saying
        self.element_of = {i: k for k, e in enumerate(elements) for i in range(e.first, e.last)}

    def actors(self, mention: Mention, candidate: Candidate, frame: Mapping[str, str]) -> tuple[NP, ...]:
        """«بدأت بالسيطرة على»، «بعد دخولها»: a masdar without a subject shares that of the verb it hangs on."""
        if self.circumstance(mention, candidate):
            return self._subject_before(self.element_of[mention.at])
        carried = mention.light >= 0 and self.view.sent[mention.light] == self.view.sent[mention.at]
        carried = carried and self.elements[self.element_of[mention.light]].kind != "verb"
        if not carried and (candidate.form.kind != "masdar" or frame.get("subject", "-") != "actor"):
            return ()
        k = self.element_of[mention.light if carried else mention.at]
        element = self.elements[k]
        verb = self._governor(k)
        if verb < 0:
            return ()
        governor = self.mentions.get(self.elements[verb].first)
        asked = governor is not None and governor.verbal and governor.candidates[0].trigger.type in _ASKED
        if self.saying(self.elements[verb].first) and not asked:
            # «تحدثت مصادر عن انسحابات» says nothing of who withdrew, «أعلن الجيش السيطرة على…» does
            claimed = (
                carried or self.grammar.has_article(mention.at) or "actor" not in frame.get("genitive", "")
            )
            if element.kind != "np" or not claimed or verb > k:
                return ()
        elif element.kind != "pp" or element.prep not in _CONTROL:
            return ()
        roles = self.clauses.roles(verb)
        # «اتهمت X Y باغتيال»، «دعا X Y إلى إضراب»: Y does it
        group = roles.objects if asked else () if roles.passive else roles.subject
        people = all(self.semantics.actor(np) or self.grammar.is_(np.head, "pronouns") for np in group)
        return group if people else ()

    def circumstance(self, mention: Mention, candidate: Candidate) -> bool:
        """«…، محذرا من», «…، مطالبين ب»: an indefinite accusative behind a comma says what the subject does besides."""
        k = self.element_of[mention.at]
        element, norm = self.elements[k], self.view.norm[mention.at]
        accusative = norm.endswith(("ا", "ين", "ة")) and not self.grammar.has_article(mention.at)
        behind = (
            element.kind == "np"
            and element.first == mention.at
            and k > 0
            and self.elements[k - 1].kind == "punct"
        )
        return (
            accusative
            and behind
            and candidate.form.kind in ("noun", "participle")
            and norm.startswith(_PARTICIPLES)
        )

    def _subject_before(self, k: int) -> tuple[NP, ...]:
        """The subject of the nearest verb before element ``k`` that has one."""
        for j in range(k - 1, -1, -1):
            if self.elements[j].kind == "verb":
                subject = self.clauses.roles(j).subject
                if subject and not self.clauses.roles(j).passive and self.semantics.actor(subject[0]):
                    return subject
        return ()

    def _governor(self, k: int) -> int:
        """The element number of the verb that the prepositional element ``k`` hangs on, or -1."""
        for j in range(k - 1, -1, -1):
            kind = self.elements[j].kind
            if kind == "verb":
                return j
            if kind in ("rel", "comp") or (
                kind == "punct" and self.view.norm[self.elements[j].first] in ".؛!؟:"
            ):
                break
        for j in range(k + 1, min(k + 8, len(self.elements))):
            kind = self.elements[j].kind
            if kind == "verb":
                return j
            if kind in ("rel", "comp") or (
                kind == "punct" and self.view.norm[self.elements[j].first] in ".؛!؟:"
            ):
                break
        return -1

"""Who says what a sentence tells: «وفق»، «بحسب»، «نقلا عن» with their reach, and quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.events.clauses import ClauseReader
from pipeline.events.cues import CueIndex
from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.view import View

#: What opens a clause that is set against the one before.
CONTRAST = frozenset({("غير",), ("لكن",), ("بينما",), ("فيما",), ("بيد",), ("الا",)})
#: «وفق» and its like cover the clauses beside them up to the full stop, but not all of a run-on of 200 words.
_SCOPE = 45
#: What may stand beside a verb of saying that tells the source: to whom and where it was said.
_TOLD = frozenset({"ل", "في", "لدي", "امام", "عبر"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says so: the noun phrase (None where unsaid) and the view span of the cue."""

    np: NP | None
    cue_first: int
    cue_last: int


class Sources:
    """Reads the sources of one sentence.

    Args:
        elements: the sentence's elements; clauses: has read its verbs.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        elements: Sequence[Element],
        clauses: ClauseReader,
        index: CueIndex,
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.elements = elements
        self.clauses = clauses
        self.index = index

    def by_preposition(self) -> tuple[Speaker | None, range]:
        """«وفقا لرويترز»، «بحسب ما أعلنت الوزارة»: who says so, and from where to where it holds."""
        view = self.view
        for k, element in enumerate(self.elements):
            for keys, cue in self.index.preps.get(view.key[element.first], ()):
                if cue.speaker and view.key[element.first : element.first + len(keys)] == keys:
                    if cue.clause and not self._tells(k):
                        continue
                    np, end = self._said_by(k)
                    if np is not None and self.grammar.is_(np.head, "bases"):
                        continue  # وفق المادة الرابعة
                    first, last = element.first, element.first + len(keys)
                    stop = end < len(self.elements) and self.elements[end].kind == "punct"
                    end += stop
                    opens = k == 0 or (
                        self.elements[k - 1].kind in ("punct", "conj")
                        # …، حسب مصدر | تحدث إلى الصحيفة
                        and (stop or self.elements[k - 1].kind == "conj")
                        and end < len(self.elements)
                        and self.elements[end].kind in ("verb", "comp")
                    )
                    until = next(
                        (i for i in range(last, first + _SCOPE) if self._new_scene(i)), first + _SCOPE
                    )
                    return Speaker(np, first, last), range(first if opens else max(0, first - _SCOPE), until)
        return None, range(0)

    def _tells(self, k: int) -> bool:
        """«…، على ما أفاد مصدر»، «كما أوضح المحافظ للصحيفة»: a verb of saying with nothing said behind it."""
        verb = next(
            (j for j in range(k, min(k + 3, len(self.elements))) if self.elements[j].kind == "verb"), -1
        )
        if verb < 0:
            return False
        cues = self.index.verbs.get(self.view.key[self.elements[verb].first], ())
        roles = self.clauses.roles(verb)
        if not any(c.speaker and c.effect == "reported" for c in cues) or roles.objects or not roles.subject:
            return False
        if not all(self.clauses.semantics.actor(np) for np in roles.subject):
            return False  # كما أعلنت | استعادة البلدة
        for element in self.elements[verb + 1 :]:
            if element.kind in ("punct", "conj", "rel", "verb"):
                break
            if element.kind == "comp" or (element.kind == "pp" and element.prep not in _TOLD):
                return False  # كما أكد | أن القوات انسحبت، كما تحدث | عن انسحابها
        return True

    def _new_scene(self, i: int) -> bool:
        """«…، وفي 7 أكتوبر سقطت»: a clause with a time of its own, or a contrast, that the source does not cover."""
        view = self.view
        if i + 2 >= len(view) or not self.grammar.punct(i):
            return False
        if (view.key[i + 1],) in CONTRAST:
            return True
        after = i + 3 if view.key[i + 1] == "و" and self.grammar.preposition(i + 2) else i + 2
        return view.key[i + 1] == "و" and after < len(view) and view.time[after] >= 0

    def _said_by(self, k: int) -> tuple[NP | None, int]:
        """The speaker after a preposition of report at element ``k``, and the number of the element after it."""
        for j in range(k, min(k + 4, len(self.elements))):
            element = self.elements[j]
            if element.kind == "pp" and element.nps and not self.grammar.is_(element.nps[0].head, "pronouns"):
                return element.nps[0], j + 1
            if element.kind == "verb":
                subject = self.clauses.roles(j).subject
                return (subject[0] if subject else None), j + 1
        return None, k + 1

    def quoted(self) -> tuple[frozenset[int], Speaker | None]:
        """The view indices between quotation marks, and who is quoted."""
        tokens = self._quoted_tokens()
        return tokens, self._quote_speaker(tokens) if tokens else None

    def _quoted_tokens(self) -> frozenset[int]:
        marks = [e.first for e in self.elements if self.view.norm[e.first] == '"']
        return frozenset(
            i for a, b in zip(marks[::2], marks[1::2], strict=False) if b - a > 6 for i in range(a, b)
        )

    def _quote_speaker(self, quoted: frozenset[int]) -> Speaker | None:
        """The subject of a verb of saying outside the quotation."""
        for k, element in enumerate(self.elements):
            cues = (
                self.index.verbs.get(self.view.key[element.first])
                if element.kind == "verb" and element.first not in quoted
                else None
            )
            if cues and cues[0].speaker:
                subject = self.clauses.roles(k).subject
                return Speaker(subject[0] if subject else None, element.first, element.last)
        return None

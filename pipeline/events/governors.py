"""The verbs that the masdars of a sentence hang on, and whom their clauses are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.events.clauses import ClauseReader
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.surroundings import Surroundings

_DASHES = frozenset("-–—")
#: Elements between a verb of saying and what is said.
_SPEAKER = 5
#: Types of deeds of words: what a place does them is an institution.
_SPOKEN = frozenset({"REQUEST", "REJECT", "ACCUSE", "THREATEN", "SUPPORT"})
#: Elements within an aside.
_ASIDE = 12


class Governors(Surroundings):
    """Reads the verbs above the masdars of one sentence.

    Args:
        clauses: has read the sentence's verbs.
        mentions: all mentions by view index.
        saying: whether the verb at a view index is one of saying.
    """

    def __init__(
        self, clauses: ClauseReader, mentions: Mapping[int, Mention], saying: Callable[[int], bool]
    ) -> None:
        super().__init__(clauses, mentions)
        self.saying = saying

    def within(self, verb: int, k: int) -> bool:
        """«مدرعات زودها بها الحلفاء … لتعزيز المواقع»: a verb that only qualifies people or arms governs no more.

        But: «الانتصارات التي حققها الجيش لتحرير المدينة».
        """
        element = self.elements[verb]
        j = verb - 1
        while j > 0 and self.grammar.is_(self.elements[j].first, "raised_subject"):
            j -= 1  # «الأسرى الذين كانت | تحتجزهم الميليشيا»
        qualifies = j >= 0 and self.elements[j].kind == "rel"
        roles = self.clauses.roles(verb)
        able = any(self.semantics.actor(np) or self.grammar.is_(np.head, "means") for np in roles.objects)
        return qualifies and roles.how == "vso" and element.last - element.first > 1 and able

    def _sent(self, verb: int, k: int) -> tuple[NP, ...]:
        """«الجنود الذين أرسلتهم فرنسا لقتال المتمردين»: those whom a clause says to have been sent do it."""
        if verb < 0 or self.elements[k].prep != "ل":
            return ()
        people = self.clauses.roles(verb).objects
        return people if people and all(self.semantics.actor(np) for np in people) else ()

    def quoted(self, verb: int, subject: Sequence[NP]) -> bool:
        """«قال مصدر إن … يُعتقد بضبط أسلحة»: whoever says it has been taken over as subject across «أن»."""
        if self.saying(self.elements[verb].first):
            return False  # «أكد أن …، وأعلن فرض حظر التجول»
        opened = False
        for j in range(verb - 1, -1, -1):
            kind = self.elements[j].kind
            opened = opened or kind == "comp"
            if kind == "verb" and opened and self.saying(self.elements[j].first):
                own = self.clauses.roles(j).subject
                governs = self.mentions.get(self.elements[verb].first)
                return bool(own) and tuple(subject) == tuple(own) and governs is None
        return False

    def subject_before(self, k: int, participle: str = "") -> tuple[NP, ...]:
        """The subject of the verb of saying before element ``k`` («قال X إن …، داعيا»), else of the nearest verb.

        Args:
            participle: the trigger's normal form, with which the subject agrees; empty where it need not.
        """
        nearest: tuple[NP, ...] = ()
        aside: tuple[NP, ...] = ()
        for j in range(k - 1, -1, -1):
            if nearest and self.contrast(j):
                return nearest  # «مع أن عون حذر من …، إلا أن قائد الجيش رد، محذرا»
            if self.elements[j].kind == "verb":
                subject = self.clauses.roles(j).subject
                if not subject and self.saying(self.elements[j].first):
                    return ()  # «وأضاف أن الحرب التي شنها …، داعيا»: who speaks is not said here
                if not subject or self.clauses.roles(j).passive:
                    continue
                known = {"actor", "number"} & self.semantics.classes(subject[0])
                spoken = self.mentions.get(self.elements[j].first)
                voiced = spoken is not None and spoken.verbal and spoken.candidates[0].trigger.type in _SPOKEN
                if not known and not (voiced and not self.semantics.inert(subject[0])):
                    continue  # «الآلاف» are people, and «المركز» calls for something
                if participle and not self._agrees(participle, subject):
                    continue
                if self.saying(self.elements[j].first):
                    return subject
                if self.clauses.describes(j):
                    aside = aside or subject  # «دعت اللجنة إلى دعم ما تقوم به الوزارة، مطالبة»
                    continue
                nearest = nearest or subject
        return nearest or aside

    def contrast(self, j: int) -> bool:
        """«إلا أن»، «غير أن»، «لكن»."""
        first = self.elements[j].first
        opens = self.elements[j].kind == "comp" and self.view.key[first] == "ان"
        return self.view.key[first] == "لكن" or (
            opens and first > 0 and self.view.key[first - 1] in ("الا", "غير", "بيد")
        )

    def _agrees(self, participle: str, subject: Sequence[NP]) -> bool:
        """Whether an accusative participle may be said of the subject: «مطالبا» of a man, «مطالبة» of a ministry."""
        gender, number, human = self.semantics.actors.head_features(self.semantics.text(subject[0]))
        if participle.endswith("ين"):
            return len(subject) > 1 or number != "s"
        if participle.endswith("ة"):
            return gender != "m" or (number == "p" and human is not True)
        return gender != "f" and number not in ("p", "d") and len(subject) == 1

    def _governor(self, k: int) -> int:
        """The element number of the verb that the prepositional element ``k`` hangs on, or -1."""
        back, j = [], k - 1
        while j >= 0:
            back.append(j)
            j = self._opening_dash(j) - 1
        for way in (back, range(k + 1, min(k + 8, len(self.elements)))):
            closed = False
            for j in way:
                kind = self.elements[j].kind
                if self.view.norm[self.elements[j].first] == '"' and way is back:
                    if not closed and self._speech(j):
                        break  # «وقالت الرئاسة "بعد التشاور مع …، قرر الرئيس»
                    closed = not closed
                if kind == "verb":
                    return j
                if kind in ("rel", "comp") or self.clauses.ends(j) or (way is back and self.contrast(j)):
                    break
        return -1

    def _speech(self, k: int) -> bool:
        """Whether the quotation mark ``k`` opens what somebody says: a verb of saying and who says it stand before."""
        for j in range(k - 1, max(-1, k - _SPEAKER), -1):
            if self.elements[j].kind == "verb":
                return self.saying(self.elements[j].first)
            if self.elements[j].kind not in ("np", "pp", "punct", "time"):
                break
        return False

    def _only_sees(self, verb: int) -> bool:
        return self.grammar.is_(self.elements[verb].first, "bystander_verbs")

    def _fallen(self, np: NP) -> bool:
        """«سقط عشرات القتلى من المتمردين في معارك مع الجيش»: the dead stand for those whose people they were."""
        return any(
            i in self.mentions and self.mentions[i].candidates[0].trigger.mode in CASUALTIES
            for i in range(np.head, np.last)
        )

    def _opening_dash(self, k: int) -> int:
        """Where an aside between dashes begins that ends with element ``k``, else ``k``."""
        if self.view.norm[self.elements[k].first] not in _DASHES:
            return k
        dashes = (
            j
            for j in range(k - 1, max(-1, k - _ASIDE), -1)
            if self.view.norm[self.elements[j].first] in _DASHES
        )
        return next(dashes, k)

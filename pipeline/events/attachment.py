"""Which event a prepositional phrase belongs to: the nearest mention before it whose frame licenses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from pipeline.events.grammar import SENTENCE_MARKS, Grammar
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.locatives import Locatives
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element
from pipeline.events.semantics import Semantics
from pipeline.events.view import View
from pipeline.text.normalize import fold

#: Prepositions that verbs and masdars govern: they belong to what asks for them, not to what stands nearest.
_GOVERNED = frozenset({"علي", "من", "الي", "ب", "ل", "عن", "مع", "بين"})
#: Types of what comes from somebody: help, praise, reproach, threats.
_GIVEN = frozenset({"AID", "ACCUSE", "AGREE", "REQUEST", "SUPPORT", "THREATEN", "REJECT"})

#: … and of what people do that others see or suffer: «قصف من طائرات»، «احتجاجات من الطلاب».
_FROM = frozenset({"ASSAULT", "PROTEST"})


class Attachment(Locatives):
    """The prepositional phrases of one sentence and their owners.

    Args:
        elements: the sentence's elements; own: its mentions in order, light verbs linked.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        semantics: Semantics,
        elements: Sequence[Element],
        own: Sequence[Mention],
    ) -> None:
        super().__init__(view, grammar, semantics, elements)
        self.own = own
        self._light = {at: m for m in own for at, _ in m.carriers}

    def owners(self) -> dict[int, int]:
        """For each prepositional element the view index of the mention that it belongs to."""
        owners: dict[int, int] = {}
        for k, element in enumerate(self.elements):
            if element.kind == "pp":
                owner = self._owner(k, element)
                if owner >= 0:
                    owners[k] = owner
        return owners

    def _owner(self, k: int, element: Element) -> int:
        """The nearest mention before the phrase that takes its preposition.

        «على»، «من» and their like go with whatever asks for them, «في» with the nearest event at all:
        «استولت قوات المعارضة على الرستن», but «قُتل اثنان في هجوم على حاجز في درعا».
        """
        helped = element.first > 1 and self.view.key[element.first - 2] == "ب"
        if helped and element.prep == "من" and self.grammar.is_(element.first - 1, "backing"):
            return -1  # «سيطر على البلدة بدعم | من ميليشيات»
        if element.first and self.grammar.is_(element.first - 1, "situated"):
            return -1  # «الثكنة الواقعة شمال المدينة»
        if element.first and self.grammar.is_(element.first - 1, "besides"):
            return -1  # «جراء القصف، علاوة | على الصعوبات الأمنية»
        if self._locates(k, element) or self._of_source(k):
            return -1
        before = self._before(k, across=self.locative(element))
        if before and self.issued(element) and not before[0].verbal:
            # «اتهامهم بتسريب وثائق | صادرة عن جهاز»: of things that stand between, and not of the deed
            return before[0].at if self.next_to(before[0], k) else -1
        done_by = bool(before) and self.done_by(before[0], element, k)
        if done_by and before[0].candidates[0].trigger.type in _FROM | _GIVEN:
            return before[0].at
        asked = [m for m in before if self._asks(m, element)]
        if element.prep == "ل":  # «القصف في اليوم الأول | للعيد»: a noun takes it only next to it
            asked = [m for m in asked if m.verbal or self.next_to(m, k) or self._given(m)]
        asked.sort(key=lambda m: not self._needs(m, element, k))
        if asked and (
            asked[0] is before[0] or self._needs(asked[0], element, k) or element.prep in _GOVERNED
        ):
            return asked[0].at
        if done_by:
            return before[0].at
        if element.prep in self.grammar.words["by_hand"] and not before:
            before = self._before(k, past_aside=True)
        willing = [m for m in before if m in asked or self._willing(element)]
        if element.prep in self.grammar.words["by_agent"]:
            willing = [m for m in willing if not self._manner(m)] or willing
        return willing[0].at if willing else self._fronted(k, element)

    def done_by(self, mention: Mention, element: Element, k: int) -> bool:
        """«إطلاق نار | من مسلحين»، «قصف عنيف | من طائرات»: who does it, right behind a noun of violence."""
        kind = mention.candidates[0].trigger.type
        if element.prep == "من" and not mention.verbal and kind in _GIVEN:  # مساعدات | من قطر
            own = element.nps and not self.grammar.glued_pronoun(element.last - 1)
            people = all(self.semantics.actor(np) or self.semantics.acts(np) for np in element.nps)
            return bool(own) and people and self.next_to(mention, k)
        violent = not mention.verbal and kind in _FROM
        violent = violent and element.prep == "من"
        counts = any(c.trigger.mode in CASUALTIES for c in mention.candidates)
        if (
            not violent
            or counts
            or not self.next_to(mention, k)
            or self.grammar.glued_pronoun(element.last - 1)
        ):
            return False
        if self.grammar.is_(element.first - 1, "partitives"):
            return False  # ضرب أحد | من الجنود
        if self.grammar.glued_pronoun(element.first - 1):
            return False  # معظمهم | من العمال
        return all(
            (
                self.grammar.is_(np.head, "means")
                or self.grammar.is_(np.head, "lone_agents")  # إطلاق نار | من مجهولين
                or self.semantics.actor(self._wielder(np))
            )
            and not self.semantics.place(np)
            for np in element.nps
        )

    def issued(self, element: Element) -> bool:
        """«مذكرة توقيف صادرة | عن القضاء التونسي»، «هجمات منسوبة | إلى …»: whose act the noun before is."""
        if element.prep not in ("من", "عن") or not element.first:
            return False
        return self.grammar.is_(element.first - 1, "issued")

    def _wielder(self, np: NP) -> NP:
        """«طائرات التحالف»: whose arms they are."""
        after = np.head + 1
        armed = self.grammar.is_(np.head, "means") and np.last > after and not self.grammar.adjective(after)
        return NP(np.head + 1, np.last, np.head + 1) if armed else np

    def _manner(self, mention: Mention) -> bool:
        """«قتل شاب طعنا بالسكاكين بيد مجهولين»: the accusative says how the verb was done."""
        return not mention.verbal and mention.light < 0 and self.grammar.is_(mention.at, "manner_accusatives")

    def _qualifies(self, j: int) -> bool:
        """«منزل يؤوي نازحين»: the verb ``j`` is a relative clause of the indefinite noun right before it."""
        before = self.elements[j - 1] if j else None
        if before is None or before.last != self.elements[j].first or not before.nps:
            return False
        np = before.nps[-1]
        return not self._definite(np) and not self.semantics.named(np)

    def _before(self, k: int, *, across: bool = False, past_aside: bool = False) -> list[Mention]:
        """The mentions before element ``k`` in its clause, nearest first.

        Args:
            across: also those before a relative clause.
            past_aside: also those before a clause between commas («اغتيال ناشط، يدعى سالم، على يد مسلحين»).
        """
        found: list[Mention] = []
        for j in range(k - 1, -1, -1):
            before = self.elements[j]
            found += reversed([m for m in self.own if before.first <= m.at < before.last])
            light = self._light.get(before.first) if before.kind == "verb" else None
            if light is not None and light not in found:
                found.append(light)
            own = before.kind == "verb" and any(m.at == before.first for m in self.own)
            qualifies = before.kind == "verb" and not own and self._qualifies(j)
            qualifies = qualifies and (across or self._fixed_behind(j, k))
            qualifies = qualifies or (past_aside and not own and self._aside(j, k))
            past = light is not None or qualifies or (not own and self._goes_on(j, k))
            if before.kind in ("verb", "comp", "rel") and not past:
                break
            if before.kind == "punct" and self.view.norm[before.first] in SENTENCE_MARKS:
                break
        return found

    def _goes_on(self, j: int, k: int) -> bool:
        """«المواجهات | لا تزال | مستمرة | بين الشرطة والطلاب»: a verb that only says of a clash how it goes on."""
        between = self.elements[j + 1 : k]
        if self.elements[k].prep != "بين" or not all(
            e.kind == "time"
            or (e.kind == "pp" and self.locative(e))
            or (e.kind == "np" and e.last - e.first == 1 and self.grammar.adjective(e.first))
            for e in between
        ):
            return False
        i = j - 1
        while i > 0 and self.elements[i].kind == "part":
            i -= 1
        clash = (m for m in self.own if i >= 0 and self.elements[i].first <= m.at < self.elements[i].last)
        return any(m.candidates[0].trigger.mode == "clash" and not m.verbal for m in clash)

    def _aside(self, j: int, k: int) -> bool:
        """Whether the verb ``j`` stands with its phrases between two commas that close before element ``k``."""
        commas = [self.view.norm[self.elements[i].first] in "،," for i in (j - 1, k - 1) if i >= 0]
        return commas == [True, True] and not any(
            e.kind in ("verb", "comp") for e in self.elements[j + 1 : k]
        )

    def _fixed_behind(self, j: int, k: int) -> bool:
        """«فتح رجل يرتدي زيا عسكريا النار على»: the fixed word of the main verb stands between ``j`` and ``k``."""
        return any(e.kind == "fixed" for e in self.elements[j + 1 : k])

    def _fronted(self, k: int, element: Element) -> int:
        """«في حمص، قُتل ثلاثة»: a place before the first verb of its clause belongs to that verb."""
        if not self.locative(element) or (
            k and self.elements[k - 1].kind not in ("punct", "conj", "comp", "time", "part")
        ):
            return -1
        for later in self.elements[k + 1 : k + 7]:
            if later.kind in ("comp", "rel"):
                break
            for mention in self.own:
                if later.first <= mention.at < later.last or (
                    later.kind == "verb" and mention.light == later.first
                ):
                    return mention.at
            if later.kind == "verb":
                break
        return -1

    def _given(self, mention: Mention) -> bool:
        """«قدمت قطر | مساعدات عاجلة | أمس | لليمن»: the verb gives it to somebody, who need not stand next to it."""
        frames = [folded_frame(c.trigger.frame) for c in mention.candidates]
        frames += [folded_frame(verb.frame) for _, verb in mention.carriers]
        specs = [frame["ل"] for frame in frames if "ل" in frame]
        return mention.light >= 0 and any(not spec.startswith("actor") for spec in specs)

    def next_to(self, mention: Mention, k: int) -> bool:
        """Only time, or the titles of whoever the phrase of the mention names, stand between it and element ``k``."""
        j = k - 1
        while j >= 0 and (
            self.elements[j].kind == "time" or self._title(j, mention) or self._counted(j, mention)
        ):
            j -= 1
        return j >= 0 and self.elements[j].first <= mention.at < self.elements[j].last

    def _counted(self, j: int, mention: Mention) -> bool:
        """«خطف (نحو) | 20 مسلحا | لسائقين»: a number parts the noun from what it governs."""
        element = self.elements[j]
        gap = range(mention.at + 1, element.first)
        counts = element.kind == "np" and self.grammar.number(element.first)
        return counts and all(self.grammar.is_(i, "approximators") for i in gap)

    def _title(self, j: int, mention: Mention) -> bool:
        """«زيارة ولي العهد الأمير سالم | وزير الدفاع | لتونس»: a title, or what such a title governs."""
        element = self.elements[j]
        if element.first <= mention.at < element.last or j == 0:
            return False
        if element.kind == "np":
            head = element.nps[0].head  # «ولي العهد» too
            return self.grammar.is_(head, "titles") or self.grammar.of_class(head, "offices")
        before = self.elements[j - 1]
        of_title = before.kind == "np" and before.last == element.first
        return element.kind == "pp" and element.prep == "ل" and of_title and self._title(j - 1, mention)

    def _asks(self, mention: Mention, element: Element) -> bool:
        """Whether the frame of a mention, or of its light verb, names the preposition."""
        prep = element.prep
        if prep == "في" and any(
            element.first < f < element.last for c in mention.candidates for f in c.fixed
        ):
            return True  # انهيار كبير | في صفوف الجيش
        if any(prep in folded_frame(c.trigger.frame) for c in mention.candidates):
            return True
        if prep == "ل" and not mention.verbal and mention.light < 0:
            return any("genitive" in c.trigger.frame for c in mention.candidates)
        return any(prep in folded_frame(verb.frame) for _, verb in mention.carriers)

    def _needs(self, mention: Mention, element: Element, k: int) -> bool:
        """Whether the mention's sense cannot hold without this preposition, and none before the phrase gave it."""
        # «قضى ثلاثة إثر إطلاق النار على»: with its fixed words found, the verb needs no other sense
        senses = mention.candidates[:1] if mention.candidates[0].fixed else mention.candidates
        wanted = any(fold(n.slot) == element.prep for c in senses for n in c.trigger.needs)
        return wanted and not any(e.prep == element.prep for e in self.elements[:k] if e.first > mention.at)

    def _willing(self, element: Element) -> bool:
        """Whether any event takes the phrase: an agent, an opponent, a place."""
        beside = element.prep == "مع" and self.grammar.glued_pronoun(element.last - 1)  # مع أحد مرافقيه
        told = beside or element.prep in self.grammar.words["by_agent"] or element.prep == "ضد"
        return told or self.locative(element)


def folded_frame(frame: Mapping[str, str]) -> Mapping[str, str]:
    """A frame with folded prepositions; not to be changed, since it is made once for each frame."""
    return _folded(tuple(frame.items()))


@lru_cache(maxsize=8192)
def _folded(frame: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return MappingProxyType({fold(position): spec for position, spec in frame})

"""What a sentence speaks of without telling that it happened: names for an enemy, whoever may do it, verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.nounphrases import NP
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Filled

#: How far before a deed «من يحاول» may stand, with what else such people do between.
_VENTURE = 9
#: How far before a deed the word may stand that says that it is played.
_REHEARSAL = 6
#: How far before a verb the campaign may stand that it tells of.
_CAMPAIGN = 8
#: How far before a deed the quotation mark may stand that opens the name of a work.
_TITLE = 4
#: Words between a deed with what it is done to and the verdict on it.
_VERDICT = 9


def told_once(events: Sequence[Filled]) -> list[Filled]:
    """The events without the dead and wounded that are the target of another («مقتل 230 ألف *قتيل*»)."""
    inner = {
        (event.candidate.trigger.mode, i)
        for event in events
        for a in event.slot("target")
        for i in range(a.np.first, a.np.last)
        if event.candidate.trigger.mode in CASUALTIES and i > event.mention.at and not a.implicit
    }
    return [e for e in events if (e.candidate.trigger.mode, e.mention.at) not in inner]


class SpokenOf:
    """Tells events from deeds that are only spoken of."""

    def __init__(self, grammar: Grammar, semantics: Semantics) -> None:
        self.grammar = grammar
        self.semantics = semantics

    def holds(self, filled: Filled) -> bool:
        """Whether the deed is only spoken of."""
        if self._in_title(filled.mention.at):
            return True
        if filled.candidate.trigger.type not in ("ASSAULT", "PROTEST"):
            return False
        if (
            self._rehearsed(filled)
            or self._judged(filled)
            or self._ventured(filled)
            or self._on_ideals(filled)
        ):
            return True
        if filled.mention.verbal:
            return self._at_nobody(filled) or self._campaign(filled)
        spoken = self._epithet(filled) or self._whichever(filled) or self._of_others(filled)
        return spoken or self._by_states(filled) or self._as_such(filled.mention.at)

    def _rehearsed(self, filled: Filled) -> bool:
        """«مناورات تحاكي *هجوما* على الساحل»، «التدريب على صد *هجمات*»: what is only played."""
        g, at = self.grammar, filled.mention.at
        first = max(g.view.sents[g.view.sent[at]][0], at - _REHEARSAL)
        for i in range(at - 1, first - 1, -1):
            if g.punct(i):
                return False
            if g.is_(i, "simulating") or (g.of_class(i, "rehearsals") and g.view.key[i + 1] == "علي"):
                return True
        return False

    def _in_title(self, at: int) -> bool:
        """«فيلم "*معركة* الجزائر"»، «كتابه (*اغتيال* العقل)»: the name of a work."""
        g, view = self.grammar, self.grammar.view
        first = max(view.sents[view.sent[at]][0] + 1, at - _TITLE)
        opening = next((i for i in range(at - 1, first - 1, -1) if g.opens_quote(i)), -1)
        if opening < 0 or any(view.norm[i] in '")' for i in range(opening + 1, at)):
            return False
        before = opening - 1
        before -= g.glued_pronoun(before)
        return g.of_class(before, "works")

    def _as_such(self, at: int) -> bool:
        """«قادرة على *قصف* أهداف»، «الحق في *التظاهر*»، «كتاب عن *الغزو*»: a deed as such."""
        view = self.grammar.view
        prep = at - 1
        if self.grammar.of_class(at + 1, "bloodless"):
            return True  # الاعتداءات اللفظية
        return prep > 0 and (
            (view.key[prep] == "علي" and self.grammar.of_class(prep - 1, "capable"))
            or (view.key[prep] == "في" and self.grammar.of_class(prep - 1, "rights"))
            or (view.key[prep] == "ب" and self.grammar.of_class(prep - 1, "concerning"))
            or (view.key[prep] == "عن" and self.grammar.of_class(prep - 1, "works"))
        )

    def _epithet(self, filled: Filled) -> bool:
        """«طيران *العدوان*»، «مرتزقة *العدوان*»: whom a side fights, named by what it holds against them."""
        g, at = self.grammar, filled.mention.at
        return (
            g.has_article(at)
            and g.of_class(at, "epithets")
            and not g.view.glued[at]
            and g.is_(at - 1, "called")
        )

    def _whichever(self, filled: Filled) -> bool:
        """«أي شخص يقوم *بالاعتداء*»: whoever does it, and nobody has."""
        doers = filled.slot("actor")
        return bool(doers) and all(self.grammar.is_(a.np.first, "any") for a in doers)

    def _ventured(self, filled: Filled) -> bool:
        """«من يقدم على *تفجير* نفسه»، «من يستهدف الجنود أو *يعتدي* عليهم»: whoever it may be."""
        g, at, verbal = self.grammar, filled.mention.at, filled.mention.verbal
        view = g.view
        if verbal and (
            filled.candidate.form.tense != "imperfect" or view.key[at - 1 : at] not in (("او",), ("و",))
        ):
            return False
        first = view.sents[view.sent[at]][0]
        for i in range(at - 1, max(first, at - _VENTURE), -1):
            if g.punct(i):
                return False
            if view.pos[i] != "VERB" and not g.is_(i, "ventured"):
                continue
            if view.key[i - 1] == "من" and (verbal or g.is_(i, "ventured")):
                return not g.preposition(i)
            if not verbal and not g.is_(i, "ventured"):
                return False
        return False

    def _judged(self, filled: Filled) -> bool:
        """«إن *قتل* الأبرياء من أكبر الجرائم»: such deeds as such: no doer, place or day is told."""
        view, mention = self.grammar.view, filled.mention
        at = mention.at
        first, last = view.sents[view.sent[at]]
        if mention.light >= 0 or filled.container >= 0 or filled.slot("place"):
            return False
        if any(view.time[i] >= 0 for i in range(first, last)):
            return False
        struck = [a.np for a in filled.slot("target") if not self._verdict(a.np.head)]
        doers = [a.np for a in filled.slot("actor")]
        if len(struck) < len(filled.slot("target")):
            # «خطف الأطفال جريمة»: the predicate was taken for an object, and whom they do it to for the doer
            return not struck and all(self._kind(np) for np in doers)
        return (
            not mention.verbal
            and not doers
            and bool(struck)
            and all(self._kind(np) for np in struck)
            and self._has_verdict(at, last)
        )

    def _verdict(self, i: int) -> bool:
        return self.grammar.is_(i, "verdicts") and not self.grammar.has_article(i)

    def _has_verdict(self, at: int, last: int) -> bool:
        """Behind the deed, before a verb or the end of its clause, stands what it is called."""
        g = self.grammar
        for i in range(at + 1, min(last, at + 1 + _VERDICT)):
            if g.is_(i, "verdict_verbs"):
                return True  # «استهداف المساجد | يهدف إلى إشعال الفتنة»
            if g.punct(i) or g.view.pos[i] == "VERB":
                return False
            if self._verdict(i):
                return True
        return False

    def _kind(self, np: NP) -> bool:
        """A kind of people or things (المساجد، الأبرياء): one definite word, no name and nobody alone."""
        g, at = self.grammar, np.head
        alone = np.last - np.first == 1 and g.has_article(at) and g.view.ent[at] < 0
        return alone and self.semantics.actors.head_features(g.view.norm[at])[1] != "s"

    def _of_others(self, filled: Filled) -> bool:
        """«الهجوم على الآخر»، «العدوان على الآخرين»: people as such."""
        struck = filled.slot("target")
        return bool(struck) and all(
            self.grammar.is_(a.np.head, "anyone_else") and a.np.last - a.np.first == 1 for a in struck
        )

    def _at_nobody(self, filled: Filled) -> bool:
        """«كما اعتدت كل عام»، «فهو يهاجم ولا يحاور»: neither doer nor sufferer nor place is told."""
        trigger = filled.candidate.trigger
        if trigger.mode != "attack" or filled.candidate.fixed or filled.roles.passive:
            return False
        # «استهدفت أمس، كذلك، شاحنات»: an object may stand out of sight, and what stands behind «على» hardly does.
        if filled.candidate.form.tense != "imperfect" and trigger.frame.get("object") != "-":
            return False
        return not filled.roles.subject and not filled.slot("target") and not filled.slot("place")

    def _campaign(self, filled: Filled) -> bool:
        """«حملات تفتيش، *استهدفت* المطاعم»، «ضربات أمنية *تستهدف* القيادات»: the police and offices go to see."""
        g, at = self.grammar, filled.mention.at
        view = g.view
        if filled.candidate.trigger.mode != "attack" or filled.candidate.fixed or filled.roles.how == "vso":
            return False
        first = max(view.sents[view.sent[at]][0], at - _CAMPAIGN)
        for i in range(at - 1, first - 1, -1):
            if view.pos[i] == "VERB":
                return False
            if g.of_class(i, "undertaken"):
                words = range(i, at)
                if any(g.of_class(k, "violence") or g.of_class(k, "military") for k in words):
                    return False
                return g.of_class(i, "campaigns") or any(g.of_class(k, "searching") for k in words)
        return False

    def _on_ideals(self, filled: Filled) -> bool:
        """«استهداف العملة الوطنية»، «تدمير لثقافتنا»، «تفجير أزمة»: what no weapon hits; and beasts."""
        if filled.candidate.trigger.type != "ASSAULT":
            return False
        struck = [a for a in filled.arguments if a.slot == "target" or a.how in ("object", "undergoer")]
        struck = [a for a in struck if a.slot != "actor"]
        if not struck:
            return False
        np = struck[0].np
        counted = self.grammar.is_(np.first, "partitives") or self.grammar.number(np.first)
        among = range(np.first, np.last) if counted else (np.head,)  # المئات من الغزلان
        beasts = any(self.grammar.of_class(i, "animals") for i in among)
        return beasts or self.grammar.of_class(np.head, "ideals")

    def _by_states(self, filled: Filled) -> bool:
        """«احتجاجات الحكومة الصينية على الزيارة»: states protest in notes and words, and not in the street."""
        if filled.candidate.trigger.mode != "demonstrate":
            return False
        doers = [a.np for a in filled.slot("actor") if a.how.startswith("genitive")]
        people = self.semantics.actors.head_features
        return bool(doers) and all(
            "state" in self.semantics.classes(np) and not people(self.grammar.view.norm[np.head])[2]
            for np in doers
        )

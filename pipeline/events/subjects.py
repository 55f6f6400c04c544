"""The subject of a verb that is not beside it: announced by أن or كان, named before أن."""

from __future__ import annotations

from dataclasses import replace

from pipeline.events.named import Named
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.roles import guessed_form

#: Elements between a verb and the phrase that أن has announced, or the sender of what it tells.
_ANNOUNCED, _SENT = 18, 6


class Subjects(Named):
    """Finds the subjects of verbs at a distance, within one sentence.

    Attributes:
        forms: for verbs that the lexicon knows, their form by view index.
    """

    forms: dict[int, Form]

    def form(self, position: int) -> Form:
        """The form of the verb element at ``position``."""
        at = self.elements[position].first
        found = self.forms.get(at) or guessed_form(self.view, at)
        if found.voice == "either" and found.tense == "past" and self.view.norm[at].endswith("ى"):
            return replace(found, voice="active")  # أجرى, but أجري
        return found

    def _left(self, position: int) -> tuple[tuple[NP, ...], str]:
        found, how = self._in_brackets(position) or super()._left(position)
        if not found and self._contrasted(position):
            how = "pronoun"
        if how == "relative" and (rider := self._rider(position)):
            return rider, "svo"
        if how == "pronoun" and (speaker := self._speaker(position)):
            return speaker, "reflexive"
        if found:
            return found, how
        if told := self._told_of(position, self.form(position)):
            return told, "relative"
        found = self._introduced(position) or self._named_before(position)
        return (found, "svo") if found else ((), "")

    def _introduced(self, position: int) -> tuple[NP, ...]:
        """«أن القوات، بقيادة العميد، | دخلت»، «كان الوزير، في كلمة له، | قد طالب»: what أن or كان has announced.

        Between the two stand phrases, commas and relative clauses, but no verb of the clause itself.
        """
        before = self.elements[position - 1]
        if before.kind == "conj" and self.view.key[before.first] == "ف":
            return self._as_for(position - 1)
        still = self._still(position - 1)
        if (before.kind in ("rel", "comp", "conj") and not still) or self._resumed(position):
            return ()
        done = self.elements[position - 1].kind == "part"  # … قد طالب
        for k in range(position - 1, max(-1, position - _ANNOUNCED), -1):
            element = self.elements[k]
            if self._still(k):
                continue
            if self._set_out_anew(k, position):
                return ()
            if self.ends(k) or element.kind == "comp":
                plain = element.last - element.first == 1
                opens = element.kind == "comp" and plain and self.grammar.is_(element.first, "raised_subject")
                return self._phrases_behind(k, position) if opens else ()
            if element.kind != "verb" or self._within_relative(k):
                continue
            auxiliary = self.grammar.is_(element.first, "raised_subject")
            if done and auxiliary and self.elements[k + 1].kind == "np":
                return self._phrases_behind(k, position)
            if auxiliary and self._set_off(k, position):
                return self.elements[k + 1].nps
            if not (auxiliary and k + 1 == position - done):
                return ()
        return ()

    def _set_out_anew(self, k: int, position: int) -> bool:
        """«إن الوضع هادئ، و|في هذا الإطار قصفت المدفعية»: a clause begins with where, when or why, up to its verb."""
        kinds = [e.kind for e in self.elements[k - 1 : position]]
        opened = kinds[:2] == ["punct", "conj"] and self.view.key[self.elements[k].first] == "و"
        return opened and "punct" not in kinds[1:] and set(kinds[2:]) <= {"pp", "time", "other"} and k > 0

    def _set_off(self, k: int, position: int) -> bool:
        """«وكانت الحكومة التي …، | بدأت مفاوضات»: only a relative clause stands between the subject and its verb."""
        kinds = [e.kind for e in self.elements[k + 1 : position]]
        return (
            kinds[:1] == ["np"]
            and "rel" in kinds[1:3]
            and kinds[-1] == "punct"
            and not self.ends(position - 1)
        )

    def _still(self, k: int) -> bool:
        """The «ما» of «ما زالت»."""
        element, verb = self.elements[k], self.elements[k + 1 : k + 2]
        negates = element.kind == "comp" and self.view.key[element.first] == "ما"
        return negates and bool(verb) and self.grammar.is_(verb[0].first, "raised_subject")

    def _as_for(self, k: int) -> tuple[NP, ...]:
        """«أما الوزير | فنفى»: the phrase between أما and the ف at ``k``."""
        for j in range(k - 1, max(-1, k - _SENT), -1):
            element = self.elements[j]
            if self.view.key[element.first] == "اما":
                behind = self.elements[j + 1]
                return behind.nps if behind.kind == "np" else ()
            if element.kind not in ("np", "pp", "punct", "time"):
                break
        return ()

    def _phrases_behind(self, k: int, position: int) -> tuple[NP, ...]:
        """The phrase right behind ``k``, with what «و» adds to it before the verb at ``position``."""
        j = k + 1
        while j < position and self.elements[j].kind == "punct" and not self.ends(j):
            j += 1
        if j >= position or self.elements[j].kind != "np":
            return ()
        found = list(self.elements[j].nps)
        for i in range(j + 1, position - 1):
            kinds = [e.kind for e in self.elements[i : i + 2]]
            if kinds[:1] in (["rel"], ["verb"]):
                break
            if kinds == ["conj", "np"] and self.semantics.actor(self.elements[i + 1].nps[0]):
                found += self.elements[i + 1].nps
        return tuple(found)

    def _caller(self, position: int) -> tuple[NP, ...]:
        """«تلقى الملك اتصالا من الرئيس أعرب خلاله عن …»: who has sent what «فيه» or «خلاله» points back to."""
        after = self.elements[position + 1] if position + 1 < len(self.elements) else None
        resumed = after is not None and after.kind == "pp" and after.prep in ("في", "خلال")
        if after is None or not resumed or not self.grammar.glued_pronoun(after.last - 1):
            return ()
        for element in reversed(self.elements[max(0, position - _SENT) : position]):
            if element.kind == "pp" and element.prep in ("من", "عن") and self.semantics.actor(element.nps[0]):
                return element.nps
            if element.kind in ("verb", "rel", "comp", "conj", "fixed"):
                break
        return ()

    def _called(self, position: int) -> tuple[NP, ...]:
        """The subject of the verb before: who has got the call or letter."""
        for k in range(position - 1, -1, -1):
            if k in self._roles:
                return self._roles[k].subject
        return ()

"""Subjects named before their verb by other means than beside it: in brackets, behind a preposition, by لكن."""

from __future__ import annotations

from pipeline.events.nounphrases import NP
from pipeline.events.relatives import Relatives


class Named(Relatives):
    """Finds whom a clause names before its verb, within one sentence."""

    def _rider(self, position: int) -> tuple[NP, ...]:
        """«إن مسلحين يستقلون دراجة | أطلقوا»: what the doer rides or carries does not do what he does."""
        k = position - 1
        if k < 2 or [e.kind for e in self.elements[k - 1 : k + 1]] != ["verb", "np"]:
            return ()
        j = k - 2
        while j > 0 and (self.elements[j].kind == "pp" or self.elements[j - 1].kind == "np"):
            j -= 1  # رجالا | مدججين | بالسلاح | يمتطون دراجات
        if self.elements[j].kind != "np":
            return ()
        verb, doer, thing = self.elements[k - 1], self.elements[j].nps, self.elements[k].nps
        imperfect = self.view.key[verb.first][:1] in ("ي", "ت") and verb.last - verb.first == 1
        if not imperfect or not self._opens_clause(j) or not self._indefinite(doer[0]):
            return ()
        return doer if self.semantics.actor(doer[0]) and not self.semantics.actor(thing[-1]) else ()

    def _contrasted(self, position: int) -> bool:
        """«لكنها طالبت»: the pronoun of لكن stands right before the verb."""
        k = position - 1
        while k > 0 and self.elements[k].kind == "part":
            k -= 1
        return (
            k > 0 and self.elements[k].kind == "pron" and self.view.key[self.elements[k].first - 1] == "لكن"
        )

    def _in_brackets(self, position: int) -> tuple[tuple[NP, ...], str] | None:
        """«إن (داعش) هاجم»: a name in brackets right before the verb, and nothing else before it in its clause."""
        view, k = self.view, position - 1
        if k < 2 or view.norm[self.elements[k].first] != ")":
            return None
        for j in range(k - 1, max(-1, k - 7), -1):
            if view.norm[self.elements[j].first] != "(":
                continue
            inner = self.elements[j + 1 : k]
            if not inner or inner[0].kind != "np" or not self._opens_clause(j):
                return None
            first = inner[0].nps[0]
            return (NP(first.first, inner[-1].last, first.head),), "svo"
        return None

    def _named_before(self, position: int) -> tuple[NP, ...]:
        """«على الحكومة أن تتحرك»، «سبق للحركة أن نفت»، «بوسعها أن تعارض»: whom a preposition names before أن."""
        k = self._subjunctive(position)
        while k > 0 and (element := self.elements[k - 1]).kind == "pp" and element.nps:
            k -= 1
            np = element.nps[0]
            told = k > 0 and self.elements[k - 1].kind == "verb" and self.saying(self.elements[k - 1].first)
            if element.prep in ("ل", "علي") and not told:
                pronoun = self.grammar.is_(np.head, "pronouns")
                return element.nps if pronoun or self.semantics.actor(np) else ()
            if element.prep == "ب" and self.grammar.is_(np.head, "abilities") and np.last > np.head + 1:
                owner = NP(np.head + 1, np.last, np.head + 1)
                pronoun = self.grammar.is_(owner.head, "pronouns")
                return (owner,) if pronoun or self.semantics.actor(owner) else ()
        return ()

    def _subjunctive(self, position: int) -> int:
        """The «أن» right before the verb («أن يفعل»، «أن لا يفعل»), or 0."""
        k = position - 1
        while k > 0 and self.elements[k].kind == "part":
            k -= 1
        element = self.elements[k] if k > 0 else None
        plain = element is not None and element.kind == "comp" and element.last - element.first == 1
        return k if plain and element is not None and self.view.key[element.first] in ("ان", "بان") else 0

    def _meanwhile(self, position: int) -> bool:
        """«فيما حذرت الحكومة من …»: what others did at the same time begins with its own subject behind the verb."""
        at = self.elements[position].first - 1
        if at > 0 and self.view.key[at] in ("حين", "وقت"):
            return self.view.key[at - 1] == "في"
        return at >= 0 and self.grammar.is_(at, "meanwhile")

    def _impersonal(self, position: int) -> bool:
        """«من المرجح أن ترفع العقوبات»: nobody is said who would do what is likely, planned or needed."""
        k = self._subjunctive(position)
        before = self.elements[k - 1] if k else None
        if before is None or before.kind != "pp" or before.prep != "من" or not before.nps:
            return False
        np = before.nps[0]
        return np.last - np.first == 1 and self.grammar.has_article(np.head) and not self.semantics.actor(np)

"""Whose arms struck, by the clause that says who used them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.events.arguments import CONTAINING, SentenceArguments
from pipeline.events.causes import Causes
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Filled

#: Elements behind an event among which the arms may be named that it was done with.
_NAMED = 8
#: Prepositions that lead from the dead and the injured to what killed and hurt them.
_BY = CONTAINING | {"من", "من جراء", "بعد", "عقب"}
#: Elements between arms and the verb that says who used them: where they stood, «التي», «كان».
_BETWEEN = 4
#: Elements behind «زُرعت» and «تم زرعها» among which its agent may stand.
_AGENT = 4


class Arms(Causes):
    """Reads what is said of the arms that the events of one article were done with."""

    def _wielder(self, event: Filled, triggers: Mapping[int, Filled]) -> tuple[NP, ...]:
        """«انفجار عبوة زرعها مسلحون»، «قتل في سقوط قذيفة أطلقها الجيش»: whose arms they are."""
        sentence = self._sentence(event)
        if event.candidate.trigger.type != "ASSAULT":
            return ()
        for j in self._arms(event, sentence):
            if group := self._used(j, sentence, triggers):
                return group
        return self._waged(event, sentence)

    def _waged(self, event: Filled, sentence: SentenceArguments) -> tuple[NP, ...]:
        """«تسببت الحرب التي قادتها الميليشيات في مقتل»: who did what led to it, if that is no event of its own."""
        light, elements = event.mention.light_verb, sentence.elements
        if light is None or light.label != "cause" or event.mention.light not in sentence.element_of:
            return ()
        k = sentence.element_of[event.mention.light] + 1
        k += elements[k].kind == "np"
        k += k < len(elements) and elements[k].kind == "rel"
        if k >= len(elements) or elements[k].kind != "verb" or elements[k].first > event.mention.at:
            return ()
        roles, resumed = sentence.clauses.roles(k), elements[k].last - elements[k].first > 1
        does = sentence.grammar.is_(elements[k].first, "partaking") and resumed and roles.how == "vso"
        return roles.subject if does and all(self._able(np, sentence) for np in roles.subject) else ()

    def _operated(self, event: Filled) -> tuple[NP, ...]:
        """«قتل مسلحان في عملية نفذتها الشرطة»، «… خلال مداهمة للجيش»: who carried out the operation they fell in."""
        sentence = self._sentence(event)
        g, elements = sentence.grammar, sentence.elements
        if event.candidate.trigger.mode not in CASUALTIES | {"arrest", "destroy"}:
            return ()
        k = sentence.element_of[event.mention.at]
        for j in range(k + 1, min(k + _NAMED, len(elements) - 1)):
            element = elements[j]
            if element.kind in ("verb", "comp", "rel") or sentence.clauses.ends(j):
                return ()
            if (
                element.prep not in _BY
                or not element.nps
                or not g.of_class(element.nps[-1].head, "undertaken")
            ):
                continue
            np = element.nps[-1]
            if whose := [
                NP(i + 1, np.last, i + 1) for i in range(np.head, np.last - 1) if sentence.view.key[i] == "ل"
            ]:
                return tuple(whose[:1]) if "armed" in sentence.semantics.classes(whose[0]) else ()
            j += 1
            if elements[j].prep == "ل":
                group = elements[j].nps
                return group if all("armed" in sentence.semantics.classes(np) for np in group) else ()
            while j + 1 < len(elements) and elements[j].kind in ("pp", "time", "rel"):
                j += 1
            roles = sentence.clauses.roles(j) if elements[j].kind == "verb" else None
            resumed = elements[j].last - elements[j].first > 1 and g.is_(elements[j].first, "partaking")
            if roles is None or not resumed or roles.how != "vso" or roles.passive:
                return ()
            return roles.subject if all(self._able(np, sentence) for np in roles.subject) else ()
        return ()

    def _arms(self, event: Filled, sentence: SentenceArguments) -> Iterator[int]:
        """The elements that end with the arms an event was done with, nearest first."""
        k = sentence.element_of[event.mention.at]
        hurt = event.candidate.trigger.mode in CASUALTIES
        elements = sentence.elements
        if (
            not event.mention.verbal
            and not hurt
            and self._means(elements[k].last, event.mention.at + 1, sentence)
        ):
            yield k
        if (cause := self._cause(event, sentence)) >= 0:
            yield cause
        for j in range(k + 1, min(k + _NAMED, len(elements))):
            element = elements[j]
            if element.kind in ("verb", "comp", "rel") or sentence.clauses.ends(j):
                return
            led = element.prep in _BY or element.prep in sentence.grammar.words["by_agent"]
            own = element.kind in ("np", "fixed") and not hurt
            fire = (
                element.kind == "other"
                and "".join(sentence.view.key[element.first : element.last])
                in sentence.grammar.words["by_agent"]
            )
            if fire or ((own or led) and self._means(element.last, element.first, sentence)):
                yield j  # «بنيران | أطلقها الحراس» too

    def _cause(self, event: Filled, sentence: SentenceArguments) -> int:
        """«أدت قنبلة | ألقاها مسلح | إلى مقتل»: the element of the arms that led to it, or -1."""
        light = event.mention.light_verb
        if light is None or light.label != "cause" or event.mention.light not in sentence.element_of:
            return -1
        k = sentence.element_of[event.mention.light] + 1
        element = sentence.elements[k]
        subject = element.kind in ("np", "fixed") and self._means(element.last, element.first, sentence)
        return k if subject and element.first < event.mention.at else -1

    def _means(self, last: int, first: int, sentence: SentenceArguments) -> bool:
        return any(sentence.grammar.is_(i, "means") for i in range(first, last))

    def _used(self, j: int, sentence: SentenceArguments, triggers: Mapping[int, Filled]) -> tuple[NP, ...]:
        """Who used the arms at the end of element ``j``, by the verb of the clause about them."""
        g, elements = sentence.grammar, sentence.elements
        for k in range(j + 1, min(j + 1 + _BETWEEN, len(elements))):
            element = elements[k]
            if element.kind == "verb":
                if g.is_(element.first, "before_then"):
                    continue  # سيارة | كان يقودها انتحاري
                roles = sentence.clauses.roles(k)
                wields = g.is_(element.first, "wielding") or element.first in triggers
                resumed = element.last - element.first > 1 and roles.how == "vso" and not roles.passive
                if wields and resumed:
                    return roles.subject if self._able(roles.subject[0], sentence) else ()
                return self._agent(k, sentence) if element.last - element.first == 1 else ()
            if element.kind not in ("fixed", "pp", "rel", "part", "time"):
                return ()
        return ()

    def _agent(self, k: int, sentence: SentenceArguments) -> tuple[NP, ...]:
        """«عبوة زرعت من قبل مسلحين»، «عبوة تم زرعها بواسطة مسلحين»: whom the agent of the passive names."""
        g, elements = sentence.grammar, sentence.elements
        own = g.is_(elements[k].first, "wielding")
        for element in elements[k + 1 : k + 1 + _AGENT]:
            if element.kind in ("verb", "comp", "rel", "conj", "punct"):
                break
            own = own or (element.kind == "np" and g.is_(element.first, "wielding"))
            if own and element.kind == "pp" and element.prep in g.words["by_agent"]:
                return element.nps if all(self._able(np, sentence) for np in element.nps) else ()
        return ()

"""What is told to be allowed, provided for or named, and not to have happened: laws, tools, treaties, topics."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.events.grammar import SENTENCE_MARKS, Grammar
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Filled

#: How far before a deed the law may stand that allows or demands it, and how near its verb is to it.
_LAW, _BESIDE = 16, 4
#: How far before a deed the adjective may stand that says who is bound to do it.
_BOUND = 3
#: Words between a tool and the last of the deeds that it is for («أجهزة تصنيع وتفجير»).
_TOOL = 4
#: How far before a deed the verb may stand with which people talk of it.
_TALK = 22
#: … and the word by which a writer advises or wishes it.
_WISH = 8
#: How far behind a call its أن may stand.
_ASKED = 18
#: Types of what laws allow and demand; what people agree, promise and say is not in them.
_LEGAL = frozenset({"COERCE", "ASSAULT", "RETREAT", "SANCTION", "PROTEST", "MOBILIZE"})


class Provisions:
    """Tells events from what texts provide for and from what is only talked of."""

    def __init__(self, grammar: Grammar, semantics: Semantics) -> None:
        self.grammar = grammar
        self.semantics = semantics

    def holds(self, filled: Filled) -> bool:
        """Whether the deed is a provision, what a tool is for, the name of a treaty or a topic of talks."""
        kind = filled.candidate.trigger.type
        if kind in _LEGAL and (self._by_law(filled) or self._bound(filled)):
            return True
        if kind == "ASSAULT" and (self._tool(filled) or self._topic(filled) or self._people(filled)):
            return True
        if self._wished(filled) or self._prayer(filled) or self._by_itself(filled):
            return True
        if filled.candidate.trigger.mode == "ceasefire" and self._discussed(filled):
            return True
        return kind == "AGREE" and self._treaty(filled)

    def _start(self, filled: Filled) -> tuple[int, int]:
        at = min((filled.mention.at, *(i for i, _ in filled.mention.carriers)))
        return at, self.grammar.view.sents[self.grammar.view.sent[at]][0]

    def _before(self, filled: Filled, reach: int) -> Iterator[int]:
        """The words before a deed, nearest first, as far as ``reach`` and the mark where the clause begins."""
        at, first = self._start(filled)
        for i in range(at - 1, max(first, at - reach) - 1, -1):
            if self.grammar.view.norm[i] in SENTENCE_MARKS:
                return
            yield i

    def _by_law(self, filled: Filled) -> bool:
        """«يجيز القانون *اعتقال* المشتبه فيهم»: what a law allows or demands of nobody by name."""
        g = self.grammar
        if filled.mention.verbal and filled.candidate.form.tense == "past":
            return False
        at, first = self._start(filled)
        for i in self._before(filled, _LAW):
            if g.is_(i, "prescribing"):
                near = range(max(first, i - _BESIDE), min(at, i + _BESIDE))
                if any(a.np.first > i and not a.implicit for a in filled.slot("actor")):
                    return False  # «يجيز القانون للشرطة …»: who may do it is told
                return any(g.of_class(k, "statutes") for k in near)
        return False

    def _bound(self, filled: Filled) -> bool:
        """«الدول ملزمة ب*اعتقال* المطلوب»: what somebody is bound or empowered to do."""
        g = self.grammar
        if filled.mention.verbal or filled.mention.light >= 0:
            return False
        at, first = self._start(filled)
        for i in range(max(first, at - _BOUND), at):
            against = i > first and g.view.key[i - 1] == "ب" and g.view.glued[i]  # «بحق»
            if not g.of_class(i, "bound") or against:
                continue
            # «من حق العمال التظاهر»، «منح الشرطة صلاحية …»: whose right it is stands beside the word
            beside = (a.np.first == i + 1 or a.np.last == i for a in filled.slot("actor") if not a.implicit)
            if g.of_class(i, "duties") or not any(beside):
                return True
        return False

    def _wished(self, filled: Filled) -> bool:
        """«أنصح الوزير بعقد *لقاءات*», «أتمنى أن *يزور* المدينة»: what a writer advises or wishes."""
        g = self.grammar
        if filled.mention.verbal and filled.candidate.form.tense == "past":
            return False
        _, first = self._start(filled)
        for i in self._before(filled, _WISH):
            # «كان يتعين على الوزارة أن تدعو»: she has not
            missed = i > first and g.is_(i, "obliging") and g.is_(i - 1, "lasting")
            if missed or g.is_(i, "wishes"):
                return True
        return False

    def _prayer(self, filled: Filled) -> bool:
        """«*دعا* المدير بأن يتقبل الله الشهداء»: who is to do it is no one on earth."""
        g, at = self.grammar, filled.mention.at
        if filled.candidate.trigger.type != "REQUEST":
            return False
        last = min(g.view.sents[g.view.sent[at]][1], at + _ASKED)
        for i in range(at + 1, last):
            if g.view.key[i] == "ان":
                return any(g.is_(k, "sacred") for k in (i + 1, i + 2))
        return False

    def _by_itself(self, filled: Filled) -> bool:
        """«*وصلت* المصفاة إلى طاقتها»: what seems to be where somebody goes is what moves, as the way is told."""
        if filled.candidate.trigger.type not in ("CONSULT", "MOBILIZE") or not filled.mention.verbal:
            return False
        reached = [a for a in filled.slot("place") if a.how == "object"]
        doers = filled.slot("actor")
        first = filled.mention.at + 1
        way = any(self.grammar.view.key[a.np.last : a.np.last + 1] == ("الي",) for a in reached)
        return way and all(a.implicit for a in doers) and any(a.np.first == first for a in reached)

    def _people(self, filled: Filled) -> bool:
        """«*جرحى* الثورة», «*قتلى* الجيش»: people of whom something else is told, with neither count nor verb."""
        g, mention = self.grammar, filled.mention
        at = mention.at
        if mention.verbal or mention.light >= 0 or filled.container >= 0:
            return False
        if not g.is_(at, "casualty_people") or filled.slot("actor"):
            return False
        behind = at + 1
        owned = g.nominal(behind) and (g.has_article(behind) or g.view.ent[behind] >= 0)
        counted = at > 0 and (g.number(at - 1) or g.is_(at - 1, "tallies"))
        return owned and not g.adjective(behind) and not counted

    def _tool(self, filled: Filled) -> bool:
        """«أجهزة *تفجير*», «مواد لصنع و*تفجير* العبوات»: what things are for."""
        g, view = self.grammar, self.grammar.view
        if filled.mention.verbal or filled.mention.light >= 0:
            return False
        at, first = self._start(filled)
        for i in range(at - 1, max(first, at - _TOOL) - 1, -1):
            if g.of_class(i, "tools"):
                return not g.has_article(i)
            if not (view.key[i] in ("و", "ل") or (g.nominal(i) and not g.preposition(i))):
                return False
        return False

    def _discussed(self, filled: Filled) -> bool:
        """«لبحث تقاسم السلطة و*وقف* إطلاق النار»: a masdar of what people talk of, or meet to talk of."""
        g = self.grammar
        at, _ = self._start(filled)
        listed = at > 0 and g.view.key[at - 1] == "و"
        if filled.mention.verbal or filled.mention.light >= 0 or not listed:
            return False
        for i in self._before(filled, _TALK):
            if g.is_(i, "discussing"):
                return True
            if g.verb(i):
                return False
        return False

    def _topic(self, filled: Filled) -> bool:
        """«يبحث الوزيران الأزمة السورية و*الهجمات* الإرهابية»: what people talk of."""
        g, view = self.grammar, self.grammar.view
        mention = filled.mention
        listed = mention.at > 0 and view.key[mention.at - 1] == "و"
        bare = not mention.verbal and mention.light < 0 and filled.container < 0
        if not (bare and listed and g.has_article(mention.at)):
            return False
        at, first = self._start(filled)
        for i in range(at - 2, max(first, at - _TALK) - 1, -1):
            if g.is_(i, "discussing"):
                return True
            if g.verb(i) or view.norm[i] in SENTENCE_MARKS:
                return False
        return False

    def _treaty(self, filled: Filled) -> bool:
        """«مدة *اتفاق* فيينا», «*اتفاق* إيران»: one place behind it names an agreement that is known."""
        mention, view = filled.mention, self.grammar.view
        if mention.verbal or mention.light >= 0 or filled.candidate.fixed or filled.container >= 0:
            return False
        parties = [a for a in filled.arguments if a.slot in ("actor", "target")]
        if len(parties) != 1 or parties[0].how != "genitive" or parties[0].np.first != mention.at + 1:
            return False
        np = parties[0].np
        named = view.ent_label(np.head) == "GPE"
        return named and not (view.key[np.last : np.last + 1] == ("و",) and view.ent[np.last + 1] >= 0)

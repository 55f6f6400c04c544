"""Which bare event nouns are the topic of a sentence, and no happening that it speaks of."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.slots import Filled
from pipeline.events.stems import verbal_noun

#: Types whose definite nouns refer to something that happened («عقب التفجير»).
_HAPPENINGS = frozenset({"ASSAULT", "PROTEST"})
#: Ways in which a participle governs what the deed is done to («القوات المهاجمة للمدينة»).
_GOVERNED = frozenset({"genitive", "object", "prep:ل"})


def referring(events: Sequence[Filled], grammar: Grammar) -> list[Filled]:
    """The events without bare definite nouns («بعد الهجوم، …») for what the article has told of before.

    Args:
        events: all events of the article, in order.
    """
    told: set[str] = set()
    kept: list[Filled] = []
    for event in events:
        kind, at = event.candidate.trigger.type, event.mention.at
        bare = not event.mention.verbal and event.mention.light < 0 and grammar.has_article(at)
        bare = bare and event.container < 0 and not event.candidate.fixed and not event.arguments
        if bare and kind in _HAPPENINGS and kind in told:
            continue
        told.add(kind)
        kept.append(event)
    return kept


class Topics:
    """Tells nouns that only name a topic.

    Args:
        denials: view indices of the mentions by which somebody denies something.
    """

    def __init__(self, grammar: Grammar, denials: Collection[int]) -> None:
        self.grammar = grammar
        self.denials = denials

    def holds(self, filled: Filled) -> bool:
        """«القتل والتخريب»، «التدريب»: a definite noun that nothing says anything of is no happening.

        «التفجير»، «الاحتجاجات» name one that is known: they are events, unless words beside them speak of any such.
        """
        mention, grammar = filled.mention, self.grammar
        fixed = [f for f in filled.candidate.fixed if not grammar.adjective(f)]
        if mention.verbal or mention.light >= 0 or filled.container >= 0 or fixed:
            return False
        any_ = mention.at > 0 and grammar.is_(mention.at - 1, "any")
        if any_ and not grammar.has_article(mention.at):
            return not self._denied(mention.at)  # أي اعتداء: one that may be, and that nobody told of
        if self._qualifying(mention.at) and not any(a.how in _GOVERNED for a in filled.arguments):
            return True
        if not grammar.has_article(mention.at) or any(a.how != "self" for a in filled.arguments):
            return False
        return filled.candidate.trigger.type not in _HAPPENINGS or not self._happening(mention.at)

    def _qualifying(self, at: int) -> bool:
        """«القوة المهاجمة»، «الطائرات المقاتلة»: a participle that says which ones, and no masdar of that form."""
        grammar, norm = self.grammar, self.grammar.view.norm[at]
        shaped = grammar.has_article(at) and verbal_noun(norm.removeprefix("ال"))
        if not shaped or at == 0 or not grammar.nominal(at - 1) or not grammar.has_article(at - 1):
            return False
        return grammar.view.norm[at - 1].endswith(("ة", "ات"))

    def _denied(self, at: int) -> bool:
        """«لم تقع أي اشتباكات»، «دون أي مقاومة»: what there was none of is told."""
        first = self.grammar.view.sents[self.grammar.view.sent[at]][0]
        return any(
            i in self.denials or self.grammar.is_(i, "negation") or self.grammar.is_(i, "without")
            for i in range(first, at)
        )

    def _happening(self, at: int) -> bool:
        """«قتلوا في الاشتباكات»، «المظاهرات السلمية»; not «خريطة المعارك»، «العنف والتفجيرات»."""
        view, grammar = self.grammar.view, self.grammar
        if not grammar.of_class(at, "happenings") or self._heading(at):
            return False
        joined = view.key[at - 1] in ("و", "او", "ل", "علي", "من", "عن")
        beside = [at - 2, at - 3] if joined and grammar.adjective(at - 2) else [at - 2 if joined else at - 1]
        if grammar.is_(at - 1, "demonstratives"):
            beside = [at - 2]
        if view.key[at + 1 : at + 2] == ("و",):
            beside.append(at + 2)  # التفجير والتكفير
        return not any(grammar.of_class(k, "any_such") for k in beside)

    def _heading(self, at: int) -> bool:
        """A heading that has run into the text: nothing stands between it and the next word."""
        view = self.grammar.view
        after = view.word_end[at]
        return (
            after < len(view)
            and not view.glued[after]
            and view.end[after - 1] == view.start[after]
            and (not self.grammar.punct(after))
        )

"""Figures of speech: force that neither people nor arms use, and what befalls ideas and beasts."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import pairwise

from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import BODILY, CASUALTIES
from pipeline.events.nounphrases import NP
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Filled
from pipeline.events.verbs import POLITICS

#: Masdars of أفعل and فعّل, as written: «إظهار», but not the plural «أموال».
_DOING = re.compile("إ..ا.|ت..ي.")
#: Modes whose verbs tell of an aim as well («استهدف»).
_AIMED = frozenset({"attack", "airstrike", "drone-strike", "shelling", "bombing", "suicide-attack"})
#: Modes of what is done to people alone.
_ON_THE_LIVING = CASUALTIES | BODILY | {"abduct", "assassinate", "execute"}
#: Folded: what leads to a cause that somebody strives for.
_CAUSES = frozenset({"من اجل", "في سبيل"})
#: Tokens between who strives, or the verb, and his cause.
_CAUSE, _NEAR = 2, 9


class Figures:
    """Tells deeds from figures of speech.

    Args:
        events: view indices of all mentions: what happens is no thing.
    """

    def __init__(self, grammar: Grammar, semantics: Semantics, events: Container[int]) -> None:
        self.grammar = grammar
        self.semantics = semantics
        self.events = events

    def holds(self, filled: Filled) -> bool:
        """Whether the words of the deed are a figure of speech."""
        return (
            self._figurative(filled)
            or self._lifeless(filled)
            or self._process(filled)
            or self._civil(filled)
            or self._strives(filled)
            or (not filled.mention.verbal and self._taught(filled.mention.at))
        )

    def _process(self, filled: Filled) -> bool:
        """«ضرب العملية السلمية»، «دمر القطاع الزراعي»: what two words name and no weapon hits."""
        if filled.candidate.trigger.mode not in ("attack", "destroy"):
            return False
        g = self.grammar
        struck = [a.np for a in filled.arguments if a.how in ("object", "undergoer", "genitive")]
        keys = g.view.key
        bare = [[keys[i][2 * g.has_article(i) :] for i in range(np.first, np.last)] for np in struck]
        pairs = (f"{one} {two}" for np in bare for one, two in pairwise(np))
        return any(pair in g.words["processes"] for pair in pairs)

    def _civil(self, filled: Filled) -> bool:
        """«معركة في المحاكم»، «معركة الهوية»، «مواجهات دولية»: a fight of no arms."""
        g, at = self.grammar, filled.mention.at
        if filled.mention.verbal or filled.candidate.trigger.mode != "clash" or not g.is_(at, "contests"):
            return False
        sentence = (i for i in range(*g.view.sents[g.view.sent[at]]) if i != at)
        if any(g.of_class(i, "violence") and not g.is_(i, "contests") for i in sentence):
            return False
        if any("armed" in self.semantics.classes(a.np) for a in filled.slot("actor")):
            return False
        if g.of_class(at + 1, "civil_contests"):
            return True
        grounds = g.of_class(at + 2, "civil_grounds") or g.of_class(at + 1, "civil_grounds")
        return grounds and (g.view.key[at + 1 : at + 2] == ("في",) or g.has_article(at + 1))

    def _strives(self, filled: Filled) -> bool:
        """«يقاتل الوزير من أجل البقاء في منصبه»: who bears no arms, and has nobody against him, takes pains."""
        g, at = self.grammar, filled.mention.at
        if not filled.mention.verbal or filled.candidate.trigger.mode != "clash":
            return False
        doers = [a.np for a in filled.slot("actor")]
        if not doers or any(self.semantics.classes(np) & {"armed", "crowd", "number"} for np in doers):
            return False
        first, last = g.view.sents[g.view.sent[at]]
        behind = range(at + 1, min(last, doers[-1].last + _CAUSE, at + _NEAR))
        cause = any(" ".join(g.view.key[i : i + 2]) in _CAUSES or g.view.key[i] == "لاجل" for i in behind)
        return cause and not any(g.of_class(i, "violence") for i in range(first, last))

    def _taught(self, at: int) -> bool:
        """«خبراء حرب و*قتال*»، «عقيدته في اللاعنف و*العصيان*»: fighting as what people know and teach."""
        g, k = self.grammar, at - 1
        if k > 0 and g.view.key[k] == "و":
            k -= 2
        if k > 0 and g.view.key[k] == "في":
            k -= 1
            k -= g.glued_pronoun(k)
        if k < 0 or g.has_article(k):
            return False  # «أعلن وزير الثقافة ترميم المتحف»
        return g.view.sent[k] == g.view.sent[at] and g.of_class(k, "lore")

    def _figurative(self, filled: Filled) -> bool:
        """«تحاصر الرمال الواحات»، «غزت المنتجات الأسواق»: force of neither people nor arms is a figure of speech."""
        trigger, roles = filled.candidate.trigger, filled.roles
        if trigger.frame.get("subject") == "actor" and (self._idle(filled) or self._aims(filled)):
            return True
        said = (
            filled.mention.verbal
            and roles.how in ("vso", "svo")
            and not roles.passive
            and not filled.candidate.fixed
        )
        if not said or trigger.type not in ("ASSAULT", "COERCE") or trigger.frame.get("subject") != "actor":
            return False
        return not any(self._has_force(np) for np in roles.subject)

    def _lifeless(self, filled: Filled) -> bool:
        """«قضى على الخلاف»، «لقيت الأفعى حتفها»، «اغتيال الحلم»: only people are killed, wounded, carried off.

        An indefinite noun that nobody knows is one by trade («قتل راعيان»): ideas are definite.
        """
        targets = filled.slot("target")
        if filled.candidate.trigger.mode not in _ON_THE_LIVING or not targets:
            return False
        return not filled.slot("actor") and all(
            self.semantics.inert(a.np)
            and "number" not in self.semantics.classes(a.np)
            and (self.grammar.has_article(a.np.last - 1) or self.grammar.glued_pronoun(a.np.last - 1))
            for a in targets
        )

    def _idle(self, filled: Filled) -> bool:
        """«سلاح يقتل الجميع»، «أناشيد تدعو إلى القتال»: what stands before its verb as subject and is nobody."""
        roles = filled.roles
        if not filled.mention.verbal or roles.how not in ("svo", "relative") or roles.passive:
            return False
        subject = [np for np in roles.subject if np.first == 0 or self.grammar.view.key[np.first - 1] != "في"]
        counted = (np.last - np.first == 1 and "number" in self.semantics.classes(np) for np in subject)
        if filled.candidate.form.plural and any(counted):
            return False  # «بينهم اثنان | أطلقا صواريخ»
        return (
            bool(subject)
            and all(  # «في حال هاجمت القوات» names no subject
                self.semantics.inert(np) and np.head not in self.events and not self._deed(np)
                for np in subject
            )
            and not any(self._speaks(np, filled.candidate.trigger.type) for np in subject)
        )

    def _speaks(self, np: NP, deed: str) -> bool:
        """«غرفة الطوارئ التي اتهمت»: a body acts in politics, whether it is known or not."""
        return deed in POLITICS and self.grammar.of_class(np.head, "bodies")

    def _aims(self, filled: Filled) -> bool:
        """«يستهدف المشروع تطوير القرى»، «نسف الآمال»: what is struck, seized or foiled is no aim and no idea."""
        if filled.candidate.trigger.type not in ("ASSAULT", "COERCE", "MOBILIZE"):
            return False
        hows = ["object", "undergoer", "genitive"]
        if not filled.mention.verbal and filled.candidate.trigger.mode == "attack":
            hows += ["prep:ب", "prep:ل", "prep:علي"]  # «إلحاق ضربة | بآمال السلام»
        struck = [a for a in filled.arguments if a.how in hows and a.slot != "actor"]
        return bool(struck) and all(self._idea(a.np, filled) for a in struck)

    def _idea(self, np: NP, filled: Filled) -> bool:
        if self.grammar.view.key[np.head] in self.grammar.words["abstractions"]:
            return True
        if filled.candidate.trigger.mode not in _AIMED:
            return False
        # «يستهدف | إظهار عزمهم»: a deed that governs what it is done to
        open_noun = not self.grammar.closed(np.head) and np.last > np.head + 1
        doing = (
            filled.mention.verbal
            and open_noun
            and _DOING.fullmatch(self.grammar.view.norm[np.head]) is not None
        )
        somebody = bool(self.semantics.classes(np) & {"actor", "human", "place"})
        return doing and not somebody and np.head not in self.events

    def _deed(self, np: NP) -> bool:
        keys = self.grammar.view.key[np.first : np.last]
        return any(key.removeprefix("ال") in self.grammar.words["deeds"] for key in keys)

    def _has_force(self, np: NP) -> bool:
        means = any(self.grammar.of_class(i, "means") for i in range(np.first, np.last))
        people = self.semantics.classes(np) & {"actor", "place", "number"}
        return means or bool(people) or np.head in self.events or self.grammar.is_(np.head, "pronouns")

"""Figures of speech: force that neither people nor arms use, and what befalls ideas and beasts."""

from __future__ import annotations

from collections.abc import Container

from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import CASUALTIES
from pipeline.events.nounphrases import NP
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Filled

#: Modes of what is done to people alone.
_ON_THE_LIVING = CASUALTIES | {"abduct", "assassinate", "execute", "torture", "beat", "sexual-violence"}


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
        return self._figurative(filled) or self._lifeless(filled)

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
        return bool(subject) and all(  # «في حال هاجمت القوات» names no subject
            self.semantics.inert(np) and np.head not in self.events and not self._deed(np) for np in subject
        )

    def _aims(self, filled: Filled) -> bool:
        """«يستهدف المشروع تطوير القرى»، «نسف الآمال»: what is struck, seized or foiled is no aim and no idea."""
        if filled.candidate.trigger.type not in ("ASSAULT", "COERCE", "MOBILIZE"):
            return False
        struck = [a for a in filled.arguments if a.how in ("object", "undergoer", "genitive")]
        keys = (self.grammar.view.key[a.np.head] for a in struck)
        return bool(struck) and all(key in self.grammar.words["abstractions"] for key in keys)

    def _deed(self, np: NP) -> bool:
        keys = self.grammar.view.key[np.first : np.last]
        return any(key.removeprefix("ال") in self.grammar.words["deeds"] for key in keys)

    def _has_force(self, np: NP) -> bool:
        means = any(self.grammar.of_class(i, "means") for i in range(np.first, np.last))
        people = self.semantics.classes(np) & {"actor", "place", "number"}
        return means or bool(people) or np.head in self.events or self.grammar.is_(np.head, "pronouns")

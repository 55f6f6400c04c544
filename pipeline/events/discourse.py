"""What a sentence leaves to the ones before it: pronouns and unsaid subjects."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.antecedents import Antecedent
from pipeline.events.arguments import SentenceArguments
from pipeline.events.back_references import BackReferences
from pipeline.events.earlier import Earlier
from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import FORCE
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form, wanted
from pipeline.events.roles import guessed_form
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Argument, Filled
from pipeline.events.sufferers import Sufferers
from pipeline.events.undergone import Undergone
from pipeline.events.verbs import DEALINGS
from pipeline.events.view import View

#: Where a pronoun may stand for a thing that is struck or seized.
_UNDERGONE = frozenset({"object", "undergoer", "genitive"})
#: How an actor was found that does not stand beside its trigger.
_TAKEN_OVER = frozenset({"conjunct", "control", "pronoun", "reflexive"})
_PRONOUNS = {
    "ه": ("m", "s"),
    "ها": ("f", "s"),
    "هم": ("m", "p"),
    "هن": ("f", "p"),
    "هما": (None, "d"),
    "هو": ("m", "s"),
    "هي": ("f", "s"),
}


class Discourse(Earlier):
    """Completes the events of an article from context; the arguments are those of :class:`Earlier`.

    Args:
        sentences: the sentences of the article, by number.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        semantics: Semantics,
        antecedents: Sequence[Antecedent],
        sentences: Sequence[SentenceArguments],
    ) -> None:
        super().__init__(view, grammar, semantics, antecedents)
        self.sufferers = Sufferers(self, sentences)

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events with pronouns resolved and unsaid actors recovered."""
        self._remember(
            [*self.antecedents, *self._governed(events, "actor"), *self._governed(events, "target")]
        )
        undergone, found = Undergone(self), list[Filled]()
        for event in events:
            found.append(
                self._unsaid_actor(undergone.complete(self._pronouns(self._heard(event), found), found))
            )
        return BackReferences(self).resolve(found)

    def _governed(self, events: Sequence[Filled], slot: str) -> list[Antecedent]:
        """Whom a masdar governs in the slot, where nothing else names them: they may be meant later on.

        «بعد سيطرة | المتمردين | على المطار …»: the doer is as good as a verb's subject;
        «أقدم على قتل | والده | بإطلاق النار عليه»: who suffers it may be meant by a pronoun.
        """
        known = {a.np for a in self.antecedents if not a.inner}
        return [
            Antecedent(a.np, slot == "actor")
            for e in events
            for a in e.slot(slot)
            if a.how == "genitive" and a.np not in known and not self.grammar.is_(a.np.head, "pronouns")
        ]

    def _heard(self, event: Filled) -> Filled:
        """«ذكرت مصادر أن مئات المسلحين ما زالوا يخوضون معارك»: who tells of a deed has not done it."""
        if event.candidate.trigger.type in DEALINGS:
            return event
        kept = tuple(
            a
            for a in event.arguments
            if a.slot != "actor" or a.how.split(":")[0] not in _TAKEN_OVER or not self.informs(a.np)
        )
        return replace(event, arguments=kept) if len(kept) < len(event.arguments) else event

    def _pronouns(self, event: Filled, before: Sequence[Filled]) -> Filled:
        arguments: list[Argument] = []
        for argument in event.arguments:
            if not self.grammar.is_(argument.np.head, "pronouns"):
                arguments.append(argument)
                continue
            gender, number = _PRONOUNS.get(self.view.key[argument.np.head], (None, None))
            # «الأعوان منعوهم»: nobody does it to himself
            doers = tuple(a.np for a in event.slot("actor"))
            own = (*event.roles.subject, *doers) if argument.slot == "target" else ()
            want = "place" if argument.slot == "place" else "actor"
            if argument.how == "pronoun" and argument.slot == "target":
                want = "any"  # «انسحبوا من المواقع بعد تعرضها لقصف»
            person = argument.slot == "target" and event.candidate.trigger.frame.get("object") == "target"
            person = person and event.candidate.trigger.type in FORCE  # nobody kills a town or a day
            topic = argument.slot == "actor"
            if argument.slot == "target" and self.sufferers.knows(event):
                found = self.sufferers.find(event, argument.np.first, (gender, number), own, before)
                if found is not None and not any(a.np == found for a in arguments):
                    how = f"{argument.how}:pronoun"
                    arguments.append(replace(argument, np=found, how=how, implicit=True))
                continue
            deed = event.mention.at if topic and argument.how == "genitive" else -1
            found = self.find(
                argument.np.first, want, gender, number, but=own, towns=not person, topic=topic, deed=deed
            )
            genitive = argument.slot == "target" and argument.how == "genitive"
            if found is not None and doers and genitive and self.semantics.place(found):
                continue  # «باختطاف سائق وقتله»: nobody kills himself, nor a town
            undergone = argument.slot == "target" and argument.how in _UNDERGONE
            if found is None and undergone and not person:
                found = self.find(argument.np.first, "any", gender, number)
            if found is not None and not any(a.np == found and a.slot == argument.slot for a in arguments):
                arguments.append(replace(argument, np=found, how=f"{argument.how}:pronoun", implicit=True))
        suffering = {a.np for a in arguments if a.slot == "target" and a.how.endswith(":pronoun")}
        arguments = [
            a for a in arguments if not (a.slot == "actor" and a.how == "conjunct" and a.np in suffering)
        ]  # «لقي طالب مصرعه بعدما أطلق عليه النار»
        return replace(event, arguments=tuple(arguments))

    def _unsaid_actor(self, event: Filled) -> Filled:
        """A verb whose subject is unsaid takes the last compatible actor."""
        carrier = event.unsaid.form if event.unsaid is not None else self._carrier(event)
        acting = event.mention.verbal or event.circumstance or carrier is not None
        if not acting or event.roles.passive or event.roles.subject or event.slot("actor"):
            return event
        if event.mention.verbal and event.candidate.trigger.frame.get("subject") != "actor":
            return event
        form = event.unsaid.form if event.unsaid is not None else event.candidate.form
        if form.first or (event.mention.verbal and self._by_us(event.mention.at)):
            return event  # «وفي اليوم التالي زرنا …»: who speaks is not whom the speech is about
        told = event.candidate.trigger.type not in DEALINGS
        at = event.mention.at if event.unsaid is None else min(event.mention.at, event.unsaid.at)
        gender, number = wanted(carrier or form)
        if (
            event.circumstance
        ):  # «وأضاف أن الحرب التي شنتها …، مطالبا»: who speaks was said before the sentence
            gender, number = _participle(self.view.norm[at])
            at = self.view.sents[self.view.sent[at]][0]
        want = "mover" if event.mention.moves else "actor"
        found = self.find(at, want, gender, number, heard=not told, topic=True, unsaid=True)
        if number == "p" and (band := self._band(at)) is not None:
            found = band if found is None or self.view.sent[found.first] != self.view.sent[at] else found
        if found is None or any(a.np == found for a in event.arguments):
            return event
        here = self.view.sent[found.first] == self.view.sent[at]
        all_of_them = number == "p" or (gender == "f" and here)  # «الجنود والشرطة تتقدم بعد أن تمكنت من …»
        group = self._group.get(found, (found,)) if all_of_them else (found,)
        taken = {a.np for a in event.arguments}
        doers = (Argument(np, "actor", "", "unsaid", implicit=True) for np in group if np not in taken)
        return replace(event, arguments=(*event.arguments, *doers))

    def _band(self, at: int) -> NP | None:
        """«جلاء الفصيل عن القرى التي | استولوا عليها»: a clause about a place tells of an armed body in the plural."""
        if not self.grammar.is_(at - 1, "relatives"):
            return None
        for k in range(bisect_right(self._ends, at) - 1, -1, -1):
            np = self.antecedents[k].np
            if self.view.sent[np.first] != self.view.sent[at]:
                break
            _, number, human = self.semantics.actors.head_features(self.semantics.text(np))
            if number == "s" and human is not True and "armed" in self.semantics.classes(np):
                return np
        return None

    def _by_us(self, at: int) -> bool:
        """«هاجمنا معسكرا»: the pronoun of a past verb that has an object is its subject."""
        view = self.view
        return at + 1 < len(view) and view.glued[at + 1] and view.key[at + 1] == "نا"

    def _carrier(self, event: Filled) -> Form | None:
        """The form of the finite light verb whose unsaid subject does what the noun names («وفرضت حظرا»), or None.

        Not where the noun may be its subject in the passive: «نفذت غارة».
        """
        mention = event.mention
        verb = mention.light_verb
        if mention.verbal or verb is None or verb.label != "light" or event.circumstance:
            return None
        if verb.event == "subject" or verb.frame.get("subject", "actor") != "actor":
            return None
        if not self.grammar.verb(mention.light) or self.view.passive[mention.light]:
            return None
        form = guessed_form(self.view, mention.light)
        norm = self.view.norm[mention.at]
        object_said = norm.endswith("ا") or (form.feminine and not norm.endswith(("ة", "ات")))
        active = verb.event != "object" or form.plural or object_said
        return form if active and (form.feminine or form.plural or norm.endswith("ا")) else None


def _participle(norm: str) -> tuple[str | None, str | None]:
    """Gender and number of an accusative participle: مطالبا، مطالبة، مطالبين."""
    if norm.endswith("ين"):
        return None, "p"
    return ("f", "s") if norm.endswith("ة") else ("m", "s")

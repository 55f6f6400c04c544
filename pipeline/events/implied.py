"""Deeds that an article tells by nobody's verb, but by the name of those who do them: «أصيب متظاهر بالرصاص»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.arguments import SentenceArguments
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.senses import Candidate, Senses
from pipeline.events.slots import Argument, Filled


class Implied:
    """Adds the events that only the words for their doers tell.

    Args:
        senses: says what the words of the article may mean; sentences: its sentences with their elements.
    """

    def __init__(self, senses: Senses, sentences: Sequence[SentenceArguments]) -> None:
        self.senses = senses
        self.sentences = sentences

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events and, of each type that none of them is of, the first that is implied."""
        found = list(events)
        told = {event.candidate.trigger.type for event in events}
        for sentence in self.sentences:
            for at in sorted(sentence.element_of):
                if at in sentence.mentions:
                    continue
                candidate = self.senses.implied(at)
                if candidate is None or candidate.trigger.type in told:
                    continue
                mention = Mention(at, (candidate,))
                found.append(Filled(mention, candidate, tuple(_doers(sentence, mention, candidate))))
                told.add(candidate.trigger.type)
        return found


def _doers(sentence: SentenceArguments, mention: Mention, candidate: Candidate) -> list[Argument]:
    arguments: list[Argument] = []
    sentence.nominals.noun(mention, candidate, {"self": candidate.trigger.frame["self"]}, arguments)
    return [replace(a, np=_past_deed(sentence, a.np, mention.at)) for a in arguments if a.how == "self"]


def _past_deed(sentence: SentenceArguments, np: NP, at: int) -> NP:
    """«تدفق | آلاف المحتجين»: a deed before them that was read with them is none of them."""
    first = np.first
    while first < at and first in sentence.mentions:
        first += 1
    return NP(first, np.last, max(np.head, first))

"""Deeds that an article tells by nobody's verb, but by the name of those who do them: «أصيب متظاهر بالرصاص»."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.arguments import SentenceArguments
from pipeline.events.slots import Argument, Filled
from pipeline.events.triggers import Candidate, Mention, TriggerFinder


class Implied:
    """Adds the events that only the words for their doers tell.

    Args:
        finder: finds the mentions of the article; sentences: its sentences with their elements.
    """

    def __init__(self, finder: TriggerFinder, sentences: Sequence[SentenceArguments]) -> None:
        self.finder = finder
        self.sentences = sentences

    def complete(self, events: Sequence[Filled]) -> list[Filled]:
        """The events and, of each type that none of them is of, the first that is implied."""
        found = list(events)
        told = {event.candidate.trigger.type for event in events}
        for sentence in self.sentences:
            for at in sorted(sentence.element_of):
                if at in sentence.mentions:
                    continue
                candidate = self.finder.implied(at)
                if candidate is None or candidate.trigger.type in told:
                    continue
                mention = Mention(at, (candidate,))
                found.append(Filled(mention, candidate, tuple(_doers(sentence, mention, candidate))))
                told.add(candidate.trigger.type)
        return found


def _doers(sentence: SentenceArguments, mention: Mention, candidate: Candidate) -> list[Argument]:
    arguments: list[Argument] = []
    sentence.nominals.noun(mention, candidate, {"self": candidate.trigger.frame["self"]}, arguments)
    return [a for a in arguments if a.how == "self"]

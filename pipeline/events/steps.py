"""What those share who complete the events of an article from what its sentences tell of each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.arguments import SentenceArguments
from pipeline.events.nounphrases import NP
from pipeline.events.slots import Argument, Filled


class Step:
    """A step that completes the events of one article.

    Args:
        sentences: the sentences of the article, by number.
    """

    def __init__(self, sentences: Sequence[SentenceArguments]) -> None:
        self.sentences = sentences

    def _sentence(self, event: Filled) -> SentenceArguments:
        """The sentence in which an event is told."""
        return self.sentences[self.sentences[0].view.sent[event.mention.at]]

    def _given(self, event: Filled, group: Sequence[NP], how: str) -> Filled:
        """The event with these actors, but for those who play another part in it.

        Args:
            how: how they were found.
        """
        taken = {(a.np.first, a.np.last) for a in event.arguments}
        return self._with_actors(event, [np for np in group if (np.first, np.last) not in taken], how)

    def _with_actors(self, event: Filled, group: Sequence[NP], how: str) -> Filled:
        """The event with these actors beside what it has, whatever other part they play in it."""
        found = (Argument(np, "actor", "", how, implicit=False) for np in group)
        return replace(event, arguments=(*event.arguments, *found))

    def _without_actors(self, event: Filled) -> Filled:
        return replace(event, arguments=tuple(a for a in event.arguments if a.slot != "actor"))

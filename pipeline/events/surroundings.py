"""What those share who read the words around the masdars of a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.events.clauses import ClauseReader
from pipeline.events.mentions import Mention


class Surroundings:
    """The elements and mentions of one sentence, and what reads them.

    Args:
        clauses: has read the sentence's verbs.
        mentions: all mentions by view index.
    """

    def __init__(self, clauses: ClauseReader, mentions: Mapping[int, Mention]) -> None:
        self.view = clauses.view
        self.grammar = clauses.grammar
        self.semantics = clauses.semantics
        self.elements = clauses.elements
        self.element_of = clauses.element_of
        self.clauses = clauses
        self.mentions = mentions

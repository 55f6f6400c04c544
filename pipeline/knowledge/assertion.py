"""Cues that change how an event is asserted, and who speaks: ``data/assertion.yaml``."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import model_validator

from pipeline.knowledge.load import Entry, read_entries

Effect = Literal["negated", "hypothetical", "planned", "reported"]


class AssertionExample(Entry):
    """A sentence of our own, a piece of its trigger, and what must come out."""

    text: str
    trigger: str
    assertion: Literal["negated", "hypothetical", "planned", "reported", "asserted"]
    attribution: str | None = None


class Cue(Entry):
    """One cue.

    Attributes:
        verb: a governing verb with ``root`` and ``pattern`` (قال، نفى، يعتزم); it covers what it governs.
        noun: a governing noun in normal form with its inflected ``forms`` (احتمال، أنباء، خطة).
        word: a particle right before the trigger or its light verb (لم، قد، سوف); several words may be given by blanks.
        prep: a preposition before the trigger's phrase (دون، بهدف) or, with effect reported, before the speaker (وفق).
        tense: for ``word``: only before a verb of this tense (قد + imperfect); for ``verb``: only its forms of
            this tense (وعد: يعد is mostly «to count»).
        effect: what the event becomes.
        done: modes that are done by being ordered («أمرت النيابة بحبسه»): the cue leaves them asserted.
        plans: modes of which a call is a plan («دعت النقابة إلى إضراب»).
        speaker: the subject (of a verb) or the governed phrase (of a prep) is who says so.
        clause: for ``prep``: only before a verb of saying behind which nothing is said («على ما أفاد مصدر طبي»).
    """

    verb: str | None = None
    root: str | None = None
    pattern: str | None = None
    noun: str | None = None
    forms: tuple[str, ...] = ()
    word: str | None = None
    prep: str | None = None
    tense: Literal["past", "imperfect"] | None = None
    effect: Effect
    done: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    speaker: bool = False
    clause: bool = False
    example: AssertionExample

    @model_validator(mode="after")
    def _one(self) -> Cue:
        if sum(x is not None for x in (self.verb, self.noun, self.word, self.prep)) != 1:
            raise ValueError("a cue is exactly one of verb, noun, word, prep")
        if self.verb and not (self.root and self.pattern):
            raise ValueError("a verb needs its root and pattern")
        return self


@lru_cache(maxsize=1)
def load_cues() -> tuple[Cue, ...]:
    """All cues.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    return read_entries("assertion.yaml", Cue)

"""Which models make the ``Doc``: one engine, and where the user wants others, a tokeniser and a recogniser of names.

A choice is written ``fast``, ``fast+camel`` or ``fast+light+camel``; provenance holds it so, and what provenance holds
can be loaded again. A tokeniser that is the default is not written.
Nothing heavy is imported here: the command line asks before it knows whether there is anything to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A module that builds something from models.

    Attributes:
        module: its dotted name. An engine has ``load(folder: Path) -> Language``, ``folder`` being that of the bundled
            models, and ``NAMES``, the name of the component that does nothing but recognise names, or None; a
            recogniser has ``add(nlp: Language) -> None``.
        fetched: what the user must have fetched for it (see :mod:`pipeline.engines.fetched`); None for bundled models.
    """

    module: str
    fetched: str | None = None


#: Engines in the order in which they are offered; the first is the default.
ENGINES: Mapping[str, Part] = {
    "fast": Part("pipeline.engines.fast"),
    "accurate": Part("pipeline.engines.accurate"),
    "stanza": Part("pipeline.engines.stanza", "stanza"),
}
#: Recognisers that may take the place of the engine's own.
RECOGNISERS: Mapping[str, Part] = {"camel": Part("pipeline.engines.camel", "camel")}
#: Tokenisers of the bundled engines (keys of :data:`pipeline.text.tokenizer.KINDS`), the default first.
TOKENIZERS = ("stanza", "light")
#: Engines whose tokeniser is their own.
OWN_TOKENIZER = frozenset(("stanza",))
DEFAULT = next(iter(ENGINES))


@dataclass(frozen=True, slots=True)
class Choice:
    """What makes the ``Doc``; ``str`` writes it as provenance has it.

    Attributes:
        engine: a key of :data:`ENGINES`.
        tokenizer: one of :data:`TOKENIZERS`; None where the engine has its own.
        ner: a key of :data:`RECOGNISERS`; None for the engine's own names.
    """

    engine: str
    tokenizer: str | None
    ner: str | None = None

    def __str__(self) -> str:
        tokenizer = None if self.tokenizer == TOKENIZERS[0] else self.tokenizer
        return "+".join(filter(None, (self.engine, tokenizer, self.ner)))

    @property
    def fetched(self) -> tuple[str, ...]:
        """What the user must have fetched for it."""
        parts = (ENGINES[self.engine], RECOGNISERS[self.ner] if self.ner else None)
        return tuple(part.fetched for part in parts if part is not None and part.fetched)


def choose(engine: str, *, tokenizer: str | None = None, ner: str | None = None) -> Choice:
    """The choice that options of a command make; None stands for the default.

    Raises:
        ValueError: one of them does not exist, or they do not go together.
    """
    if engine not in ENGINES:
        raise ValueError(f"no engine is called {engine!r}; there are: {', '.join(ENGINES)}")
    if ner is not None and ner not in RECOGNISERS:
        raise ValueError(f"no recogniser of names is called {ner!r}; there are: {', '.join(RECOGNISERS)}")
    if tokenizer is not None and tokenizer not in TOKENIZERS:
        raise ValueError(f"no tokeniser is called {tokenizer!r}; there are: {', '.join(TOKENIZERS)}")
    if engine in OWN_TOKENIZER:
        if tokenizer is not None:
            raise ValueError(f"the {engine} engine has a tokeniser of its own; leave the choice of one out")
        return Choice(engine, None, ner)
    return Choice(engine, tokenizer or TOKENIZERS[0], ner)


def parse(written: str) -> Choice:
    """The choice that ``written`` names, as ``fast+camel``.

    Raises:
        ValueError: it names something that does not exist, or the same kind of thing twice.
    """
    engine, *others = written.split("+")
    tokenizers = [name for name in others if name in TOKENIZERS]
    recognisers = [name for name in others if name not in TOKENIZERS]
    if len(tokenizers) > 1 or len(recognisers) > 1:
        raise ValueError(f"{written!r} names two tokenisers or two recognisers of names")
    return choose(
        engine,
        tokenizer=tokenizers[0] if tokenizers else None,
        ner=recognisers[0] if recognisers else None,
    )

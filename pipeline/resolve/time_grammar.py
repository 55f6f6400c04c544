"""Compiles the rows of time knowledge for the matcher of :mod:`pipeline.resolve.time_match`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.knowledge.time import TimeKnowledge, load_time
from pipeline.knowledge.time_patterns import Group, Mark, Node, Slot, Word, key, parse_pattern
from pipeline.resolve.time_match import Captures, Compiled, Grammar, Guard, Scan, Step, Words, run
from pipeline.resolve.time_openings import Openings
from pipeline.resolve.time_readers import Readers, number_words


def _compile_step(node: Node, grammar: Grammar) -> Step:
    match node:
        case Word(text):
            return _word_step(text)
        case Mark(char):
            return lambda scan, at: iter([(at + 1, ())] if scan.text.startswith(char, at) else [])
        case Slot(name, kinds, prefix):
            return _slot_step(name, kinds, prefix, grammar)
        case Group(options, optional):
            compiled = tuple(tuple(_compile_step(n, grammar) for n in option) for option in options)
            return _group_step(compiled, optional)


def _word_step(text: str) -> Step:
    def step(scan: Scan, at: int) -> Iterator[tuple[int, Captures]]:
        word, end = scan.word(at)
        if word == text:
            yield end, ()

    return step


def _group_step(options: tuple[tuple[Step, ...], ...], optional: bool) -> Step:
    def step(scan: Scan, at: int) -> Iterator[tuple[int, Captures]]:
        for steps in options:
            yield from run(steps, 0, scan, at)
        if optional:
            yield at, ()

    return step


def _slot_step(name: str, kinds: tuple[str, ...], prefix: str, grammar: Grammar) -> Step:
    def step(scan: Scan, at: int) -> Iterator[tuple[int, Captures]]:
        if prefix:
            if not scan.text.startswith(prefix, at):
                return
            at = scan.skip(at + len(prefix))
        for kind in kinds:
            if kind in grammar.kinds:
                for end, inner in scan.of_kind(kind, at):
                    yield end, ((name, inner),)
            elif kind in grammar.words:
                word, end = scan.word(at)
                for rest, value in grammar.words[kind].get(word, ()):
                    if (last := _follow(scan, rest, end)) is not None:
                        yield last, ((name, value),)
            else:
                for value_read, end in grammar.readers[kind](scan.text, at):
                    yield end, ((name, value_read),)

    return step


def _follow(scan: Scan, rest: tuple[str, ...], at: int) -> int | None:
    for expected in rest:
        word, at = scan.word(scan.skip(at))
        if word != expected:
            return None
    return at


def build_grammar(knowledge: TimeKnowledge) -> Grammar:
    """The rows of ``knowledge`` ready to match."""
    vocabularies = {v.name: v for v in knowledge.vocabularies}
    words: Words = {}
    for vocabulary in knowledge.vocabularies:
        table = words.setdefault(vocabulary.name, {})
        for value, forms in vocabulary.forms:
            for form in forms:
                first, *rest = key(form).split()
                table.setdefault(first, []).append((tuple(rest), value))
        for entries in table.values():
            entries.sort(key=lambda entry: -len(entry[0]))
    numbers = number_words(vocabularies["number"].forms)
    months = {key(w): int(v) for v, forms in vocabularies["month"].forms for w in forms}
    patterns = [(row, parse_pattern(row.pattern)) for row in knowledge.rows]
    by_kind: dict[str, list[tuple[Node, ...]]] = {}
    for row, nodes in patterns:
        by_kind.setdefault(row.kind, []).append(nodes)
    openings = Openings(by_kind, words, numbers)
    pairs = [openings.of(nodes)[0] for _, nodes in patterns]
    known = frozenset(word for table in pairs for seconds in table.values() for word in seconds)
    kinds: dict[str, dict[str, list[Compiled]]] = {kind: {} for kind in ("", *by_kind)}
    grammar = Grammar(words, Readers(numbers, months).table(), kinds, known)
    for (row, nodes), seconds in zip(patterns, pairs, strict=True):
        steps = tuple(_compile_step(node, grammar) for node in nodes)
        left = Guard(_guard(row.after, words), _guard(row.not_after, words))
        right = Guard(_guard(row.before, words), _guard(row.not_before, words))
        compiled = Compiled(row, steps, left, right, seconds)
        for first in seconds:
            grammar.kinds[row.kind].setdefault(first, []).append(compiled)
            if row.alone:
                grammar.kinds[""].setdefault(first, []).append(compiled)
    return grammar


def _guard(entries: Iterable[str], words: Words) -> frozenset[str]:
    """The keys of a guard: words, those of a ``{vocabulary}``, and classes in ``<…>``."""
    keys: set[str] = set()
    for entry in entries:
        keys |= (
            set(words[entry[1:-1]])
            if entry.startswith("{")
            else {entry if entry.startswith("<") else key(entry)}
        )
    return frozenset(keys)


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The grammar of the package's knowledge, compiled once.

    Raises:
        KnowledgeError: the knowledge has faults.
    """
    return build_grammar(load_time())

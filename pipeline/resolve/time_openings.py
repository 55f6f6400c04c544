"""With which two words each row may begin: what lets the matcher pass over most of a text.

Words are keys; ``#`` stands for digits, ``*`` for any word, ``و*`` for any word that begins with و; an empty second
word says that the row may end after the first.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.knowledge.time_patterns import Mark, Node, Slot, Word
from pipeline.resolve.time_match import ANY, NUMBER, Words

Pairs = dict[str, frozenset[str]]
_END = frozenset(("",))
_ANYTHING = frozenset((ANY,))
#: Readers that may go on over marks and spaces behind their first digits.
_LONG = frozenset({"hm", "hmx", "num_date", "num_dm", "years"})
_JOINTS = frozenset(":.,،/-")
_WORDS = frozenset({"word", "month_typo", "month_typo2"})


@dataclass(frozen=True, slots=True)
class Openings:
    """The openings of patterns over one set of rows and words."""

    rows: dict[str, list[tuple[Node, ...]]]
    words: Words
    numbers: dict[str, int]
    known: dict[str, Pairs] = field(default_factory=dict)

    def of(self, nodes: tuple[Node, ...]) -> tuple[Pairs, bool]:
        """The pairs with which a sequence may begin, and whether it may be empty."""
        rest: Pairs = {}
        rest_empty = True
        for node in reversed(nodes):
            pairs, empty = self._node(node)
            follows = frozenset(rest) | (_END if rest_empty else frozenset())
            joined = {w: (s - _END) | follows if "" in s else s for w, s in pairs.items()}
            rest = _union(joined, rest) if empty else joined
            rest_empty = rest_empty and empty
        return rest, rest_empty

    def _node(self, node: Node) -> tuple[Pairs, bool]:
        if isinstance(node, Word):
            return {NUMBER if node.text[0].isdigit() else node.text: _END}, False
        if isinstance(node, Mark):
            return {node.char: _END}, False
        if isinstance(node, Slot):
            if node.prefix:
                return {node.prefix + ANY: _ANYTHING}, False
            return _union(*(self._kind(kind) for kind in node.kinds)), False
        options = [self.of(option) for option in node.options]
        return _union(*(pairs for pairs, _ in options)), node.optional or any(empty for _, empty in options)

    def _kind(self, kind: str) -> Pairs:
        pairs = self.known.get(kind)
        if pairs is None:
            pairs = self.known[kind] = self._read(kind)
        return pairs

    def _read(self, kind: str) -> Pairs:
        if kind in self.rows:
            return _union(*(self.of(nodes)[0] for nodes in self.rows[kind]))
        if kind in self.words:
            return _union(
                *(
                    {NUMBER if first[0].isdigit() else first: frozenset((rest[0],)) if rest else _END}
                    for first, forms in self.words[kind].items()
                    for rest, _ in forms
                )
            )
        if kind in _WORDS:
            return {ANY: _END}
        goes_on = _END | frozenset(self.numbers) | {"و" + ANY}
        if kind == "ndef":
            return {"ال": frozenset((NUMBER,)), **{"ال" + n: goes_on for n in self.numbers}}
        pairs = {NUMBER: _JOINTS if kind in _LONG else _END}
        if kind == "yw":
            pairs = {}
        return {**pairs, **dict.fromkeys(self.numbers, goes_on)} if kind in ("n", "yw") else pairs


def _union(*tables: Pairs) -> Pairs:
    joined: Pairs = {}
    for table in tables:
        for first, seconds in table.items():
            joined[first] = joined[first] | seconds if first in joined else seconds
    return joined

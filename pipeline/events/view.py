"""What the event rules see of a ``Doc``: its language tokens as plain columns.

Noise and white space are left out, so that «الهجوم[3] على» is two neighbours; every index of the event
half is a *view index*, turned into code points only when a record is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from pipeline.resolve.time import TimeExpression
from pipeline.text.normalize import fold


@dataclass(frozen=True)
class View:
    """The language tokens of a document, column by column; all columns have the same length.

    Attributes:
        text: the article's text.
        start, end: code-point offsets of each token.
        norm: normal form; key: its folded look-up key.
        pos, dep: universal tag and relation; head: view index of the head (its own for a root).
        ent: index into ``ents`` or -1; ents: (label, first, one past last) in view indices, with the actor id.
        glued: the token is a clitic piece glued to the token before it.
        sent: sentence number; sents: (first, one past last) per sentence; paragraph: number of the paragraph.
        time: index into ``times`` or -1.
        passive: the tagger or the diacritics say that the verb is passive.
    """

    text: str
    start: tuple[int, ...]
    end: tuple[int, ...]
    norm: tuple[str, ...]
    key: tuple[str, ...]
    pos: tuple[str, ...]
    dep: tuple[str, ...]
    head: tuple[int, ...]
    ent: tuple[int, ...]
    ents: tuple[tuple[str, int, int, str], ...]
    glued: tuple[bool, ...]
    sent: tuple[int, ...]
    sents: tuple[tuple[int, int], ...]
    paragraph: tuple[int, ...]
    time: tuple[int, ...]
    times: tuple[TimeExpression, ...]
    passive: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.norm)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Code-point offsets of the tokens first … last-1."""
        return self.start[first], self.end[last - 1]

    def surface(self, first: int, last: int) -> str:
        """The article's text from token ``first`` up to and without token ``last``."""
        return self.text[self.start[first] : self.end[last - 1]]

    def ent_label(self, index: int) -> str:
        """The entity label of a token, or the empty string."""
        return self.ents[self.ent[index]][0] if self.ent[index] >= 0 else ""

    @cached_property
    def word_end(self) -> tuple[int, ...]:
        """For each token the view index one past the surface word it belongs to."""
        ends = [0] * len(self.norm)
        after = len(self.norm)
        for i in range(len(self.norm) - 1, -1, -1):
            ends[i] = after
            if not self.glued[i]:
                after = i
        return tuple(ends)


def make_view(doc: Doc, times: Sequence[TimeExpression]) -> View:
    """The view of a finished document.

    Args:
        doc: what :func:`pipeline.nlp.load` makes; the document itself is not changed.
        times: the time expressions of ``doc.text``, in order.
    """
    tokens = [t for t in doc if not t._.noise and not t.is_space]
    position = {t.i: k for k, t in enumerate(tokens)}
    sents: list[tuple[int, int]] = []
    sent_of: dict[int, int] = {}
    for sentence in doc.sents:
        members = [position[t.i] for t in sentence if t.i in position]
        if members:
            for member in members:
                sent_of[member] = len(sents)
            sents.append((members[0], members[-1] + 1))
    ent = [-1] * len(tokens)
    ents: list[tuple[str, int, int, str]] = []
    for entity in doc.ents:
        members = [position[t.i] for t in entity if t.i in position]
        if members:
            for member in members:
                ent[member] = len(ents)
            ents.append((entity.label_, members[0], members[-1] + 1, entity.kb_id_))
    time = [-1] * len(tokens)
    cursor = 0
    for number, expression in enumerate(times):
        while cursor < len(tokens) and tokens[cursor].idx + len(tokens[cursor]) <= expression.start:
            cursor += 1
        k = cursor
        while k < len(tokens) and tokens[k].idx < expression.end:
            time[k] = number
            k += 1
    norms = tuple(t.norm_ for t in tokens)
    paragraph: list[int] = []
    number = 0
    before = 0
    for t in tokens:
        number += "\n" in doc.text[before : t.idx]
        paragraph.append(number)
        before = t.idx + len(t)
    return View(
        text=doc.text,
        start=tuple(t.idx for t in tokens),
        end=tuple(t.idx + len(t) for t in tokens),
        norm=norms,
        key=tuple(fold(n) for n in norms),
        pos=tuple(t.pos_ for t in tokens),
        dep=tuple(t.dep_ for t in tokens),
        head=tuple(position.get(t.head.i, k) for k, t in enumerate(tokens)),
        ent=tuple(ent),
        ents=tuple(ents),
        glued=tuple(not t._.word_start for t in tokens),
        sent=tuple(sent_of.get(k, 0) for k in range(len(tokens))),
        sents=tuple(sents),
        paragraph=tuple(paragraph),
        time=tuple(time),
        times=tuple(times),
        passive=tuple("Pass" in t.morph.get("Voice", []) or _vocalised_passive(t.text) for t in tokens),
    )


def _vocalised_passive(surface: str) -> bool:
    """قُتل، أُصيب: a damma on the first radical of a past form (or after a hamza) is how papers mark the passive."""
    bare = surface.lstrip("وف")
    return (len(bare) > 2 and (bare[1] == "\u064f" and bare[0] not in "ينتم") and "\u0650" in bare) or (
        len(bare) > 2 and bare[1] == "\u064f" and bare[0] not in "ينتم" and not bare.endswith(("ة", "ات"))
    )

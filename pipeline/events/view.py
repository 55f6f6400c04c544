"""What the event rules see of a ``Doc``: its language tokens as plain columns.

Noise and white space are left out, so that «الهجوم[3] على» is two neighbours; every index of the event
half is a *view index*, turned into code points only when a record is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from spacy.tokens import Doc, Span

from pipeline.events.persons import Persons
from pipeline.events.pieces import Piece, pieces_of, plural_people
from pipeline.knowledge.words import load_words
from pipeline.resolve.time import TimeExpression
from pipeline.text.normalize import fold

#: احتُجز، استُهدف: the damma of the passive stands on the ت of the eighth and tenth forms.
_EIGHTH = re.compile("ا[\u064b-\u0652]*[^\\W\\d_][\u064b-\u0652]*ت\u064f")


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
        passive: the diacritics say that the verb is passive.
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
        """Code-point offsets of the tokens first … last-1.

        «للنظام» stays whole (rule 11 of the guide): what is left without its ل, «لنظام», is no word.
        """
        whole = self.glued[first] and self.key[first - 1] == "ل" and self.norm[first].startswith("ال")
        whole = whole and self.text[self.start[first]] == "ل"
        return self.start[first - 1] if whole else self.start[first], self.end[last - 1]

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


def make_view(
    doc: Doc,
    times: Sequence[TimeExpression],
    known_verb: Callable[[str], bool] = lambda key: False,
    known_noun: Callable[[str], bool] = lambda key: False,
    only_verb: Callable[[str], bool] = lambda key: False,
    state: Callable[[str], bool] = lambda norm: False,
) -> View:
    """The view of a finished document.

    Args:
        doc: what :func:`pipeline.nlp.load` makes; the document itself is not changed.
        times: the time expressions of ``doc.text``, in order.
        known_verb: whether a folded form is a verb of the lexicon.
        known_noun: whether a folded form is an event noun of the lexicon.
        only_verb: whether a folded form can be nothing but a verb, so that no name begins with it.
        state: whether a word is the name of a country or of a capital.
    """
    text = doc.text  # spaCy builds it anew with every call
    pieces = pieces_of(doc, text, known_verb, known_noun)
    position: dict[int, int] = {}
    for k, piece in enumerate(pieces):
        for token in piece.tokens:
            position.setdefault(token.i, k)
    sent, sents = _sentences(doc, position, len(pieces))
    found = _entities(doc, position, only_verb, known_verb, known_noun)
    ents = tuple(Persons(pieces, found, lambda key: known_verb(key) or known_noun(key), state).entities())
    ent = [-1] * len(pieces)
    for number, (_, first, last, _) in enumerate(ents):
        ent[first:last] = [number] * (last - first)
    return View(
        text=text,
        start=tuple(p.start for p in pieces),
        end=tuple(p.end for p in pieces),
        norm=tuple(p.norm for p in pieces),
        key=tuple(fold(p.norm) for p in pieces),
        pos=tuple(p.pos for p in pieces),
        dep=tuple(p.tokens[-1].dep_ for p in pieces),
        head=tuple(position.get(p.tokens[-1].head.i, k) for k, p in enumerate(pieces)),
        ent=tuple(ent),
        ents=ents,
        glued=tuple(p.glued for p in pieces),
        sent=sent,
        sents=sents,
        paragraph=_paragraphs(text, pieces),
        time=_time_column(pieces, times),
        times=tuple(times),
        passive=tuple(_vocalised_passive(text[p.start : p.end]) for p in pieces),
    )


def _sentences(
    doc: Doc, position: dict[int, int], count: int
) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """The sentence of each piece, and the pieces of each sentence."""
    of = [0] * count
    bounds: list[tuple[int, int]] = []
    starts = [position[s] for sentence in doc.sents if (s := _first(sentence, position)) >= 0]
    for first, last in pairwise([*starts, count]):
        of[first:last] = [len(bounds)] * (last - first)
        bounds.append((first, last))
    return tuple(of), tuple(bounds)


def _first(sentence: Span, position: Mapping[int, int]) -> int:
    """The first token of a sentence that is language, or -1."""
    return next((t.i for t in sentence if t.i in position), -1)


def _entities(
    doc: Doc,
    position: dict[int, int],
    only_verb: Callable[[str], bool],
    known_verb: Callable[[str], bool],
    known_noun: Callable[[str], bool],
) -> list[tuple[str, int, int, str]]:
    """The entities of the document, in view indices."""
    found: list[tuple[str, int, int, str]] = []
    for entity in doc.ents:
        members = [position[t.i] for t in entity if t.i in position]
        if members and only_verb(fold(entity[0].norm_)):
            members = members[1:]  # «يتظاهر الجزائريون», taken for a name
        elif (
            len(members) > 1 and entity.label_ == "UNIT" and entity[-1].norm_ in load_words()["prepositions"]
        ):
            members = members[:-1]  # «الكتيبة الثالثة | إلى»
        elif len(members) > 1 and entity.label_ == "PER" and only_verb(fold(entity[-1].norm_)):
            members = members[:-1]  # «زيد بن رعد | التقى»
        elif members and entity.label_ in ("PER", "FAC", "ORG") and _verb_and_crowd(entity, known_verb):
            members = []  # «رمى متظاهرون», «سد مزارعون الطرق»
        elif members and entity.label_ in ("GPE", "LOC") and len(entity) == 1 and _office(entity):
            members = []  # «السفيرة» is no town
        elif members and entity.label_ in ("GPE", "LOC") and _deed_and_object(entity, known_noun):
            members = []  # «مقاطعة الحوار» is no province
        if members:
            found.append((entity.label_, members[0], members[-1] + 1, entity.kb_id_))
    return found


def _verb_and_crowd(entity: Span, known_verb: Callable[[str], bool]) -> bool:
    """«تظاهر طلاب»، «رمى متظاهرون»: a verb of the lexicon that opens a sentence before people, taken for a name."""
    first, person = entity[0], entity.label_ == "PER"
    if first.i != first.sent.start or first.i + 1 >= len(first.doc) or len(entity) > 3 - person:
        return False
    people = fold(first.nbor(1).norm_)
    if not person and people.startswith("ال"):
        return False  # «تجمع المهنيين» is a body
    return known_verb(fold(first.norm_)) and people.removeprefix("ال") in plural_people()


def _office(entity: Span) -> bool:
    """A definite word for somebody in office, with its adjective or name: «السفيرة | الأمريكية», but: قرب السفيرة."""
    norm = entity[0].norm_
    if entity.end >= len(entity.doc) or not norm.startswith("ال"):
        return False
    after = entity.doc[entity.end]
    said = (after.pos_ == "ADJ" and after.norm_.startswith("ال")) or after.ent_type_ == "PER"
    return said and fold(norm).removeprefix("ال") in _offices()


@lru_cache(maxsize=1)
def _offices() -> frozenset[str]:
    return frozenset(fold(word) for word in load_words()["offices"])


def _deed_and_object(entity: Span, known_noun: Callable[[str], bool]) -> bool:
    """«مقاطعة الجلسة»، «مقاطعة ناديه»: an event noun with what it is done to, in no gazetteer, taken for a place."""
    if entity.kb_id_ or len(entity) != 2 or not known_noun(fold(entity[0].norm_)):
        return False
    owned = entity.end < len(entity.doc) and entity.doc[entity.end].pos_ == "PRON"
    return fold(entity[1].norm_).startswith("ال") or owned


def _time_column(pieces: Sequence[Piece], times: Sequence[TimeExpression]) -> tuple[int, ...]:
    """The time expression of each piece; expressions are in order and do not overlap."""
    of = [-1] * len(pieces)
    cursor = 0
    for number, expression in enumerate(times):
        while cursor < len(pieces) and pieces[cursor].end <= expression.start:
            cursor += 1
        k = cursor
        while k < len(pieces) and pieces[k].start < expression.end:
            of[k] = number
            k += 1
    return tuple(of)


def _paragraphs(text: str, pieces: Sequence[Piece]) -> tuple[int, ...]:
    """The number of the paragraph of each piece; a newline ends one."""
    numbers: list[int] = []
    number = before = 0
    for piece in pieces:
        number += "\n" in text[before : piece.start]
        numbers.append(number)
        before = piece.end
    return tuple(numbers)


def _vocalised_passive(surface: str) -> bool:
    """قُتل، أُصيب: a damma on the first radical of a past form (or after a hamza) is how papers mark the passive."""
    bare = surface.lstrip("وف")
    if _EIGHTH.match(bare):
        return True
    return (len(bare) > 2 and (bare[1] == "\u064f" and bare[0] not in "ينتم") and "\u0650" in bare) or (
        len(bare) > 2 and bare[1] == "\u064f" and bare[0] not in "ينتم" and not bare.endswith(("ة", "ات"))
    )

"""The one policy by which rulers and the statistical names share the text: ``doc.ents``.

First every candidate is trimmed to written words (clitics, quotes, noise off its edges). Then, where two overlap:

====================================  ==========================================  =========================
one                                   other                                       winner
====================================  ==========================================  =========================
facility, unit or gazetteer name      known actor or people inside it             the longer («مقر حزب الله»)
model's person                        place, people or facility inside it         the person («سعيد حلب»)
model's person                        known person inside it, more than titles    the longer («سارة نتنياهو»)
model's organisation or facility      gazetteer name inside it                    the longer («بنك بغداد»)
facility                              gazetteer name of the same words            the gazetteer («دير الزور»)
otherwise                                                                         the higher source, see RANK
the same source                                                                   the longer, then the first
====================================  ==========================================  =========================
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.entities.phrases import lexicon
from pipeline.entities.rulers import RULERS
from pipeline.entities.stream import (
    CLOSED_POS,
    CLOSING,
    ENCLITICS,
    OPENING,
    PROCLITICS,
    begins_word,
    is_noise,
)
from pipeline.knowledge.actors import load_nisba, load_roles
from pipeline.knowledge.words import load_words
from pipeline.text.normalize import fold

LABELS = ("PER", "ORG", "GPE", "LOC", "FAC", "NORP", "UNIT")
#: The higher wins where the table says nothing else.
RANK = {"actor": 6, "unit": 5, "facility": 4, "surname": 3, "gazetteer": 2, "people": 1, "model": 0}
#: Labels that a corpus may use for ours.
_SAME = {"PERS": "PER", "PERSON": "PER"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible entity: tokens start … end-1 of the document."""

    start: int
    end: int
    label: str
    source: str
    actor: str = ""

    @property
    def length(self) -> int:
        """Tokens."""
        return self.end - self.start

    def contains(self, other: Candidate) -> bool:
        """Strictly more than the other, all of it included."""
        return self.start <= other.start and other.end <= self.end and self.length > other.length


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """Folded words that may stand before a name without being part of it, with and without article."""
    words = {fold(w) for r in load_roles() if r.human == "yes" for w in r.lemma.split()}
    return frozenset(words | {"ال" + w for w in words})


def lifts(big: Candidate, small: Candidate, extra: Iterable[str]) -> bool:
    """Whether the table lets the longer ``big`` win over ``small`` inside it.

    Args:
        extra: folded words of ``big`` outside ``small``.
    """
    if big.source in ("facility", "unit", "gazetteer"):
        return small.source in ("actor", "surname", "people")
    if big.source != "model":
        return False
    if big.label == "PER":
        if small.label == "PER":
            return any(w not in _titles() for w in extra)
        return small.label in ("GPE", "LOC", "NORP", "FAC") and small.source != "actor"
    return big.label in ("ORG", "FAC") and small.source == "gazetteer"


def settle(candidates: Iterable[Candidate], words: Iterable[str]) -> list[Candidate]:
    """Candidates without overlap, in order of the text, by the table of the module.

    Args:
        words: folded keys of all tokens of the document.
    """
    keys = list(words)
    pool = sorted(set(candidates), key=lambda c: (c.start, -c.length, -RANK[c.source], c.label))
    starts = [c.start for c in pool]
    facilities = {(c.start, c.end) for c in pool if c.source == "facility"}
    ranked: list[tuple[float, int, int, Candidate]] = []
    for big in pool:
        rank = float(RANK[big.source])
        if big.source == "gazetteer" and (big.start, big.end) in facilities:
            rank = RANK["facility"] + 0.5
        nested = pool[bisect_left(starts, big.start) : bisect_left(starts, big.end)]
        inside = [small for small in nested if big.contains(small)]
        listed = {i for small in inside if small.source == "gazetteer" for i in range(small.start, small.end)}
        if big.source == "model" and len(listed) == big.length:
            inside = []  # «كييف موسكو»: two names side by side
        for small in inside:
            if RANK[small.source] >= rank:
                extra = keys[big.start : small.start] + keys[small.end : big.end]
                if lifts(big, small, extra):
                    rank = RANK[small.source] + 0.5
        ranked.append((rank, big.length, -big.start, big))
    taken: set[int] = set()
    kept: list[Candidate] = []
    for *_, candidate in sorted(ranked, key=lambda r: (-r[0], -r[1], -r[2], r[3].label)):
        span = range(candidate.start, candidate.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)


def trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Tokens start … end-1 cut to written words: no clitics, quotes, marks, noise at the edges, no line break inside.

    Returns an empty span (start = end) where nothing is left.
    """
    for at in range(start, end):
        if doc[at].is_space and "\n" in doc[at].text:
            end = at
            break
    while start < end and (
        is_noise(doc[start]) or _mark(doc, start, end, opening=True) or _proclitic(doc, start)
    ):
        start += 1
    while end > start and (
        is_noise(doc[end - 1]) or _mark(doc, start, end, opening=False) or _enclitic(doc, end - 1)
    ):
        end -= 1
    if start >= end:
        return start, start
    while start > 0 and not begins_word(doc[start]) and not _proclitic(doc, start - 1):
        start -= 1
    while (
        end < len(doc)
        and not begins_word(doc[end])
        and not _enclitic(doc, end)
        and not is_noise(doc[end])
        and _worded(doc, end)
    ):
        end += 1
    return start, end


def _worded(doc: Doc, at: int) -> bool:
    return any(c.isalnum() for c in doc[at].norm_)


def _mark(doc: Doc, start: int, end: int, *, opening: bool) -> bool:
    """A mark at an edge; a closing quote stays where the span has the opening one inside."""
    norm = doc[start if opening else end - 1].norm_
    if any(c.isalnum() for c in norm):
        return False
    if opening:
        return True
    inside = [doc[k].norm_ for k in range(start, end - 1)]
    opened = sum(n in OPENING for n in inside) - sum(n in CLOSING and n not in OPENING for n in inside)
    return not (norm in CLOSING and opened % 2 == 1)


def _proclitic(doc: Doc, at: int) -> bool:
    return doc[at].norm_ in PROCLITICS and at + 1 < len(doc) and not begins_word(doc[at + 1])


def _enclitic(doc: Doc, at: int) -> bool:
    return at > 0 and not begins_word(doc[at]) and doc[at].norm_ in ENCLITICS


class Merger:
    """The component ``waqai_entities``; it has no state."""

    def __call__(self, doc: Doc) -> Doc:
        """Replaces ``doc.ents`` by what the policy lets stand."""
        candidates = [*_trimmed(doc, doc.ents), *_trimmed(doc, doc.spans.get(RULERS, ()))]
        kept = settle(candidates, (fold(token.norm_) for token in doc))
        doc.set_ents(
            [Span(doc, c.start, c.end, label=c.label, kb_id=c.actor) for c in kept], default="outside"
        )
        return doc


def _trimmed(doc: Doc, spans: Iterable[Span]) -> Iterable[Candidate]:
    for span in spans:
        # The rulers work on written words already; «أبها» only looks like a noun with a pronoun.
        start, end = (span.start, span.end) if span.id_ else trim(doc, span.start, span.end)
        label = _SAME.get(span.label_, span.label_)
        if not span.id_:
            start, end = _without_verbs(doc, start, end)
            end = _before_office(doc, start, end) if label == "PER" else end
        lettered = any(c.isalpha() for t in doc[start:end] for c in t.norm_)
        if start >= end or label not in LABELS or not lettered or _attribute(doc, start, end, label):
            continue
        if span.id_ or not _adjectival(doc, start, end, label):
            yield Candidate(start, end, label, span.id_ or "model", span.kb_id_ if span.id_ else "")


def _without_verbs(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The model's span without verbs, particles and adverbs («نورًا») at its edges; empty where nothing is left."""
    while start < end and (doc[start].pos_ in CLOSED_POS or doc[start].text.endswith(("ًا", "اً"))):
        start += 1
    while end > start and (doc[end - 1].pos_ in CLOSED_POS or doc[end - 1].text.endswith(("ًا", "اً"))):
        end -= 1
    return start, end


def _before_office(doc: Doc, start: int, end: int) -> int:
    """Where the office of somebody else begins inside a model's person («نايف بن حمد | السفير الهندي»), or the end."""
    for at in range(start + 1, min(end, len(doc) - 1)):
        key, behind = fold(doc[at].norm_), fold(doc[at + 1].norm_)
        definite = key.startswith("ال") and key[2:] in _offices()
        if definite and behind.startswith("ال") and behind[2:] in _nationalities():
            return at
        if key in _offices() and behind.startswith("ال"):
            return at  # «نايف بن حمد | وزير الدفاع»
    return end


@lru_cache(maxsize=1)
def _offices() -> frozenset[str]:
    words = load_words()
    return frozenset(fold(word) for word in words["offices"]) & frozenset(map(fold, words["titles"]))


def _attribute(doc: Doc, start: int, end: int, label: str) -> bool:
    """«السعودية» of «القوات السعودية»: an adjective, though it is a country's name elsewhere."""
    if label != "GPE" or end - start != 1 or start == 0 or not begins_word(doc[start]):
        return False
    key, before = fold(doc[start].norm_), doc[start - 1]
    return (
        key.startswith("ال")
        and key[2:] in lexicon().nationalities
        and before.norm_.startswith("ال")
        and not is_noise(before)
    )


def _adjectival(doc: Doc, start: int, end: int, label: str) -> bool:
    """A model's person or place of nothing but adjectives («جوي روسي»)."""
    words = lexicon().adjectives | _nationalities()
    return label != "NORP" and all(fold(t.norm_) in words for t in doc[start:end])


@lru_cache(maxsize=1)
def _nationalities() -> frozenset[str]:
    return frozenset(
        fold(a) + ending for r in load_nisba() for a in r.adjective for ending in ("", "ه", "ين", "ون")
    )


@Language.factory("waqai_entities", assigns=["doc.ents"], requires=["doc.spans"])
def make_merger(nlp: Language, name: str) -> Merger:
    """The factory behind ``nlp.add_pipe("waqai_entities")``."""
    return Merger()

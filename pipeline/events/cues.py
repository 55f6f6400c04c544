"""The cues of assertion compiled: from a word form to the cue that it may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.events.paradigms import conjugated, derived
from pipeline.knowledge.assertion import Cue, load_cues
from pipeline.text.normalize import fold


class CueIndex:
    """The cues by word form."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self.verbs: dict[str, list[Cue]] = {}
        self.participles: dict[str, Cue] = {}
        self.nouns: dict[str, Cue] = {}
        words: dict[tuple[str, ...], Cue] = {}
        preps: dict[tuple[str, ...], Cue] = {}
        for cue in cues:
            if cue.verb is not None:
                assert cue.root is not None
                assert cue.pattern is not None
                for surface, forms in conjugated(cue.root, cue.pattern).items():
                    if cue.tense is None or any(f.tense == cue.tense for f in forms):
                        self.verbs.setdefault(surface, []).append(cue)
                for participle in derived(cue.root, cue.pattern, "ap"):
                    stem = fold(participle)
                    for form in (stem + "ا", stem + "ه", stem + "ين"):  # مشيرا، مشيرة، مشيرين إلى أن
                        self.participles[form] = cue
            elif cue.noun is not None:
                for form in (cue.noun, *cue.forms):
                    self.nouns[fold(form)] = cue
            else:
                keys = tuple(fold(w) for w in (cue.word or cue.prep or "").split())
                table = words if cue.word is not None else preps
                table[keys] = cue
                if keys[0].startswith("ب") and len(keys[0]) > 3:  # بهدف, where the tokeniser cuts ب off
                    table["ب", keys[0][1:], *keys[1:]] = cue
        #: Words by the first of their keys; prepositions by the first and by the last; the longest first.
        self.words = _by_key(words, 0)
        self.preps = _by_key(preps, 0)
        self.preps_by_end = _by_key(preps, -1)


def _by_key(table: Mapping[tuple[str, ...], Cue], place: int) -> dict[str, list[tuple[tuple[str, ...], Cue]]]:
    """The rows of a table by the key at ``place`` of their keys."""
    found: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for keys, cue in table.items():
        found.setdefault(keys[place], []).append((keys, cue))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))  # «ما لم» before «ما»
    return found


@lru_cache(maxsize=1)
def load_cue_index() -> CueIndex:
    """The index over the shipped cues."""
    return CueIndex(load_cues())

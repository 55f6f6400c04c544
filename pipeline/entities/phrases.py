"""Names that a head word announces: the grammar behind ``facilities.yaml`` and ``units.yaml``.

Arabic orthography does most of it: an indefinite noun is followed by its name, a definite word ends the name, what
follows it with the article is an adjective. Tags, where there are any, only veto.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.entities.stream import CLOSING, OPEN_VETO, OPENING, Stream
from pipeline.knowledge.actors import load_nisba
from pipeline.knowledge.facilities import Pattern, load_facilities, load_units
from pipeline.text.normalize import fold

_LONGEST = 4
_QUOTED = 7


@dataclass(frozen=True)
class Lexicon:
    """The folded classes and heads of both files.

    ``facilities`` and ``units``: head in normal form, with and without its hamza → pattern and whether it is definite.
    """

    stop: frozenset[str]
    adjectives: frozenset[str]
    descriptive: frozenset[str]
    openers: frozenset[str]
    ordinals: frozenset[str]
    branches: frozenset[str]
    named_after: frozenset[str]
    facilities: Mapping[str, tuple[Pattern, bool]]
    units: Mapping[str, tuple[Pattern, bool]]
    nationalities: frozenset[str]
    plurals: frozenset[str]
    reject: Mapping[str, frozenset[str]]
    back_references: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The grammar, loaded once; raises KnowledgeError on faults."""
    words, facilities = load_facilities()
    unit_words, units = load_units()
    heads: dict[str, tuple[Pattern, bool]] = {}
    for pattern in facilities.patterns:
        for head in (*pattern.heads, *pattern.plurals):
            heads |= dict.fromkeys(_spellings(head), (pattern, False))
        for head in pattern.heads if pattern.definite else ():
            heads |= dict.fromkeys(_spellings("ال" + head), (pattern, True))
    kinds, descriptive = (
        frozenset(form for a in group for form in (fold(a), fold(a) + "ه", fold(a) + "ا"))
        for group in (words.adjectives, words.descriptive)
    )
    every = (*facilities.patterns, *units.patterns)
    return Lexicon(
        stop=frozenset(k for w in words.stop for k in _spellings(w) if k != "علي"),
        adjectives=kinds,
        descriptive=descriptive,
        openers=frozenset(map(fold, words.openers)),
        ordinals=frozenset(map(fold, unit_words.ordinals)),
        branches=frozenset(map(fold, unit_words.branches)),
        facilities=heads,
        named_after=frozenset(map(fold, words.named_after)),
        units={k: (p, h.startswith("ال")) for p in units.patterns for h in p.heads for k in _spellings(h)},
        nationalities=frozenset(fold(a) + "ه" for row in load_nisba() for a in row.adjective),
        plurals=frozenset(fold(h) for p in facilities.patterns for h in p.plurals),
        reject={p.label + p.id: frozenset(map(fold, p.reject)) for p in every},
        back_references=frozenset("ال" + fold(h) for p in facilities.patterns for h in (*p.heads, *p.plurals))
        | {fold("العاصمة")},
    )


def _spellings(head: str) -> tuple[str, ...]:
    """A word as written, and as careless typists write it: «أحياء» and «احياء», but not «إحياء»."""
    return (
        head,
        head.replace("أ", "ا").replace("آ", "ا").replace("إ", "ا"),
        head[:-1] + "ي" if head.endswith("ى") else head,
    )


class NameReader:
    """Reads the names of one stream.

    Args:
        places: position → end of a gazetteer name that starts there.
        actors: position → end of a known actor that starts there.
    """

    def __init__(self, stream: Stream, places: Mapping[int, int], actors: Mapping[int, int]) -> None:
        self.stream = stream
        self.places = places
        self.actors = actors
        self.lexicon = lexicon()

    def facility(self, at: int) -> tuple[Pattern, int] | None:
        """The facility whose head stands at a position: its pattern and where it ends."""
        found = self.lexicon.facilities.get(self.stream.norm[at])
        if found is None or self.stream.pos[at] == "VERB" or not self._free(at + 1):
            return None
        pattern, definite = found
        if self.stream.key[at + 1] in self.lexicon.reject[pattern.label + pattern.id]:
            return None
        if pattern.not_after and at and self.stream.norm[at - 1] in pattern.not_after:
            return None
        if pattern.known and at + 1 not in self.places:
            return (pattern, self.places[at]) if self.places.get(at, at + 1) > at + 1 else None
        if definite and self.stream.norm[at].endswith("ة") != self.stream.norm[at + 1].endswith("ة"):
            return None  # «موقع الجامعة الإلكتروني»
        end = self._adjectives(at + 1, nisba=True) if definite else self._facility_name(at, pattern)
        return (pattern, end) if end > at + 1 else None

    def unit(self, at: int) -> tuple[Pattern, int] | None:
        """The military unit whose head stands at a position."""
        s, lex = self.stream, self.lexicon
        found = lex.units.get(s.norm[at])
        if found is None or not self._free(at + 1):
            return None
        pattern, definite = found
        if s.key[at + 1] in lex.reject[pattern.label + pattern.id]:
            return None
        end = self._number(at + 1)
        if end > at + 1:
            return pattern, self._while_in(end, lex.branches)
        if definite:
            return None
        if s.definite(at + 1) and s.key[at + 1] in lex.branches:
            end = self._while_in(at + 1, lex.branches)
            return pattern, self._number(end)
        if pattern.not_places and at + 1 in self.places:
            return None
        if (
            pattern.named
            and s.bare(at + 1) not in lex.adjectives | lex.descriptive
            and self._starts_name(at + 1, at, strict=False)
        ):
            end = self._name(at + 1)
            return (pattern, end) if end > at + 1 else None
        return None

    # ---- names -----------------------------------------------------------------------------------

    def _facility_name(self, at: int, pattern: Pattern) -> int:
        s = self.stream
        start = at + 1
        quoted = self._quoted(start)
        if quoted:
            return self._adjectives(quoted)
        if s.norm[start][:1].isdigit():
            if not pattern.numbers:
                return start
            end = start + 1
            return end + 1 if self._plain(end) and not s.definite(end) else end
        if pattern.holds_actor and start in self.actors:
            return self.actors[start]
        plural = s.key[at] in self.lexicon.plurals
        if not self._starts_name(start, at, strict=pattern.settlement or plural) or (
            plural and s.definite(start) and start not in self.places
        ):
            return start
        end = self._name(start)
        # «مدينة نهاريا الساحلية»: the name of a town is whole without adjectives.
        end = end if pattern.label == "GPE" and start in self.places else self._adjectives(end)
        joined = pattern.linked and end + 1 < len(s) and s.norm[end] in "-–" and self._free(end + 1)
        if joined and self._starts_name(end + 1, at, strict=False):
            end = self._adjectives(self._name(end + 1))
        return end

    def _starts_name(self, at: int, head: int, *, strict: bool) -> bool:
        """Whether a name can begin here; ``strict``: a known place, a definite word or a proper noun is needed."""
        s, lex = self.stream, self.lexicon
        feminine = s.norm[head].endswith(("ة", "ت", "ى", "ات"))
        agrees = s.norm[at].endswith("ة") == feminine
        if s.key[at] in lex.adjectives | lex.descriptive or (
            s.key[at] in lex.nationalities and agrees and feminine
        ):
            return False  # «قرية مجاورة», «مدينة سورية»: though there are places of these names
        if s.norm[at] in lex.stop and self.places.get(at, at + 1) == at + 1:
            return False
        if at in self.places:
            return True
        if s.word_end[at] > at + 1 and s.enclitic(s.word_end[at] - 1):
            return False  # «مقر سكنه»
        if not self._plain(at) or s.key[at] in lex.back_references:
            return False
        if s.definite(at) or s.key[at] in lex.openers:
            return True
        governs = self._plain(at + 1) and s.definite(at + 1)
        proper = s.pos[at] in ("PROPN", "X")
        if not proper and agrees and not governs and (feminine or s.pos[at] == "ADJ"):
            return False
        return proper or not strict or not s.pos[at]

    def _name(self, at: int) -> int:
        """Where a name that begins here ends; adjectives are for the caller."""
        s, lex = self.stream, self.lexicon
        if at in self.places and not (self.places[at] == at + 1 and s.key[at] in lex.openers):
            return self.places[at]
        end = at + 1
        while end < min(len(s), at + _LONGEST) and self._continues(end):
            opened = s.key[end - 1] in lex.openers
            if opened and s.word_end[end] > end + 1:
                # After «دير», «أبو» a word is a name, whatever the tokeniser cut off it.
                end = s.word_end[end]
                continue
            if not opened and (
                s.definite(end - 1)
                or s.bare(end) in lex.adjectives | lex.descriptive
                or s.norm[end] in lex.facilities
            ):
                proper = s.pos[end] in ("PROPN", "X") and not s.definite(end) and end not in self.places
                adverb = s.norm[end].endswith("ا") and end not in self.places
                if not (proper and not adverb and s.definite(end - 1) and end == at + 1):
                    break
            elif not opened and (
                s.pos[end] in ("ADJ", "NUM") or (s.norm[end].endswith("ا") and end not in self.places)
            ):
                break
            end += 1
        return end

    def _continues(self, at: int) -> bool:
        s = self.stream
        if self._plain(at):
            return True
        if (
            at >= len(s)
            or not s.begins[at]
            or s.fresh[at]
            or s.mark[at]
            or s.key[at - 1] not in self.lexicon.openers
        ):
            return False
        # After «الملك», «دير» comes a name, whatever the tokeniser and the tagger make of it.
        return s.norm[at] != "و" and s.norm[at] not in self.lexicon.stop

    def _adjectives(self, at: int, *, nisba: bool = False) -> int:
        """After the definite adjectives that stand here; ``nisba``: any relative adjective, not only known ones."""
        s, lex = self.stream, self.lexicon
        while at < len(s) and self._plain(at) and s.definite(at):
            known = s.bare(at) in lex.adjectives
            relative = s.norm[at].endswith(("ي", "ية", "ى")) and s.pos[at] not in ("PROPN",)
            if s.bare(at) in lex.descriptive or not (known or (nisba and relative)):
                break
            at += 1
        return at

    def _quoted(self, at: int) -> int:
        """Position after a short quotation that opens here, or 0."""
        s = self.stream
        if s.norm[at] not in OPENING or s.norm[at] == "(":
            return 0
        for end in range(at + 2, min(len(s), at + _QUOTED)):
            if s.fresh[end]:
                return 0
            if s.norm[end] in CLOSING:
                return end + 1
        return 0

    def _number(self, at: int) -> int:
        """After «26», «رقم 26», «الرابعة», «الخامسة والعشرين»; ``at`` where there is none."""
        s, lex = self.stream, self.lexicon
        if at + 1 < len(s) and s.key[at] == "رقم" and s.norm[at + 1][:1].isdigit():
            return at + 2
        if at < len(s) and not s.fresh[at] and s.norm[at][:1].isdigit():
            return at + 1
        while at < len(s) and not s.fresh[at]:
            if s.key[at] in lex.ordinals or s.word[at] in lex.ordinals:
                at = s.word_end[at]
            else:
                break
        return at

    def _while_in(self, at: int, words: frozenset[str]) -> int:
        while at < len(self.stream) and self._free(at) and self.stream.key[at] in words:
            at += 1
        return at

    def _free(self, at: int) -> bool:
        """A word of the same line and sentence, not a clitic."""
        s = self.stream
        return 0 < at < len(s) and not s.fresh[at] and s.begins[at] and not s.proclitic(at)

    def _plain(self, at: int) -> bool:
        """A word that can belong to a name."""
        s = self.stream
        if not self._free(at) or s.mark[at] or s.norm[at][:1].isdigit():
            return False
        if s.norm[at] in self.lexicon.stop:
            return False
        return s.pos[at] not in OPEN_VETO

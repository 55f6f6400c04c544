"""How often written words occur in news: what tells a clitic from the first letter of a word.

«وصلت» is not و + صلت: the whole is frequent and «صلت» is not. «ودول» is و + دول: «دول» is far more frequent
than the whole. The counts are a model made by :mod:`pipeline.training.lexicon`, not a dictionary.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import replace

from pipeline.knowledge.conjugations import past_forms
from pipeline.text.clitics import PROCLITICS, PRONOUNS, Piece
from pipeline.text.normalize import fold

_BARE = str.maketrans("أإآٱ", "اااا")
#: A whole this frequent is a word of its own where the rest is so much rarer, and rare at all (or never seen).
_WHOLE, _SELDOM, _RARE, _SEEN = 8, 20, 8, 3
#: For each clitic: how frequent the rest is at least, how many times as frequent as the whole, and how long. Read off
#: the counts: nearly all that is beyond these bounds is clitic + word (ك has too many words like كلها to be listed).
_ADDED = {
    "و": ((60, 8.0, 3), (200, 2.5, 3)),
    "ف": ((60, 8.0, 3),),
    "ب": ((200, 8.0, 4),),
    "ل": ((200, 8.0, 4),),
}
#: A past form is whole where it is that many times as frequent as the rest, or the rest was never seen.
_LIKELIER = 3
#: Letters of a past form behind و or ف that is no end of another word.
_VERB = 4
#: The letters that verbs in the imperfect begin with in news.
_IMPERFECT = "يتن"
#: The first part of a heading glued to a word is itself a word at least this frequent.
_HEADING = 20


def bare(word: str) -> str:
    """The key of the counts: hamza on alef left out, as half of all newspapers do."""
    return word.translate(_BARE)


class Lexicon:
    """Counts of written words in normal form.

    Args:
        content: gzip of lines «word TAB count»; empty for no counts, which decides nothing.
    """

    def __init__(self, content: bytes) -> None:
        self._counts: Mapping[str, int] = {}
        if content:
            rows = (line.split("\t") for line in gzip.decompress(content).decode("utf-8").split("\n") if line)
            self._counts = {word: int(count) for word, count in rows}

    def count(self, word: str) -> int:
        """Occurrences of a written word; 0 where it was too rare to be kept."""
        return self._counts.get(bare(word), 0)

    def is_whole(self, written: str) -> bool:
        """Whether the first letter of ``written`` belongs to the word and is no clitic."""
        if len(written) < 3 or written[1:] in PRONOUNS:
            return False
        whole, rest = self.count(written), self.count(written[1:])
        if rest == 0:
            return whole >= _SEEN
        return whole >= _WHOLE and rest <= _RARE and rest * _SELDOM <= whole

    def takes_clitic(self, written: str) -> bool:
        """Whether ``written`` is a clitic of one letter and a word, though the model took it for one word."""
        whole, rest, length = self.count(written), self.count(written[1:]), len(written) - 1
        bounds = _ADDED.get(written[0], ())
        if written[0] in "وف" and length >= _VERB and whole < _WHOLE:
            verb, word = fold(written[1:]), fold(written)
            if verb.endswith(("وا", "ت")) and verb in past_forms() and word not in past_forms():
                return True  # «وهددوا»
        return any(
            length >= least and rest >= often and rest >= times * (whole + 1)
            for often, times, least in bounds
        )

    def heading(self, written: str, openers: frozenset[str]) -> int | None:
        """Where a heading ends that was glued to one of ``openers`` («الهجومبعد»), or None."""
        if self.count(written):
            return None
        for cut in range(len(written) - 2, 2, -1):
            if written[cut:] in openers and self.count(written[:cut]) >= _HEADING:
                return cut
        return None

    def revise(self, written: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """Takes back clitics of one letter that are no clitics: (س, يطرت) of «سيطرت» is one word."""
        kept: list[Piece] = []
        rest = list(pieces)
        while len(rest) > 1:
            first, second = rest[0], rest[1]
            clitic = first.end - first.start == 1 and first.norm in PROCLITICS
            # لل hides an article: the rest as written is no word, so its count tells nothing.
            hidden = first.norm == "ل" and second.norm.startswith("ال")
            if not clitic:
                break
            if not hidden and (self.is_whole(written[first.start :]) or self._is_past(first, second)):
                merged = Piece(first.start, second.end, first.norm + second.norm)
                rest = [merged, *rest[2:]]
                break
            kept.append(rest.pop(0))
        return self._whole_ending(written, (*kept, *rest))

    def _is_past(self, clitic: Piece, rest: Piece) -> bool:
        """Whether a letter and what follows it are one verb of the lexicon in the past, by what may follow the letter:
        س stands before the imperfect alone, ب and ك before no verb at all."""
        word = clitic.norm + rest.norm
        if not self._counts or fold(word) not in past_forms():
            return False
        before_verbs = clitic.norm not in "سبكل" or rest.norm[0] in _IMPERFECT
        if not before_verbs and (clitic.norm == "س" or word.endswith("وا")):
            return True
        return self.count(word) >= _LIKELIER * self.count(rest.norm)

    def _whole_ending(self, written: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """Takes back what is the end of the word: «تواجه» is no «تواج» + ه, «مقاتلا» no «مقات» + لا."""
        if len(pieces) < 2 or pieces[-2].norm in PROCLITICS or len(pieces[-2].norm) < 3:
            return pieces
        stem, ending = pieces[-2:]
        norm = self._final(stem.norm) if ending.norm in PRONOUNS else stem.norm
        if self.count(norm) or self.count(written[stem.start :]) < _WHOLE:
            return (*pieces[:-2], replace(stem, norm=norm), ending)
        return (*pieces[:-2], Piece(stem.start, ending.end, written[stem.start :]))

    def _final(self, stem: str) -> str:
        """The stem with the ending it is known with: جهتها is جهة + ها, أعدتها is أعدت + ها, قادوهم is قادوا + هم."""
        other = {"ت": stem[:-1] + "ة", "ة": stem[:-1] + "ت", "و": stem + "ا"}.get(stem[-1])
        return stem if other is None or self.count(stem) or not self.count(other) else other

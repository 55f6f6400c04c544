"""How the words inside a written word lie over its letters.

An Arabic written word may hold several words: a conjunction, a preposition, the stem, a pronoun.
What the expander says («سيطرتها» is سيطرة + ها) rarely concatenates to the letters on the page, so the
two are aligned by a small edit distance and every word becomes a slice: ``سيطرت`` with the normal form
سيطرة, and ``ها``. An expansion that does not align well is refused: the written word then stays whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

#: Clitics of one letter that open a written word, and pronouns that end one.
PROCLITICS = frozenset("وفبلكسأ")
PRONOUNS = frozenset(("ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا", "ي", "ني"))
#: Letters that spelling exchanges without changing the word: the page wins over the expander.
_SPELLING = ("اأإآٱ", "ىي")
#: Letters that change where a suffix is added (سيطرة → سيطرتها, لقاء → لقاؤه, مدى → مداه): the expander wins.
_JOINING = ("ةت", "ىاي", "ءؤئأ", "ةه")
#: The pairs of letters of either kind.
_SPELT = frozenset((a, b) for group in _SPELLING for a in group for b in group)
_JOINED = frozenset((a, b) for group in _JOINING for a in group for b in group)
_CHEAP = 0.1
_SUBSTITUTION = 9.0
#: One letter lost at a join is normal (ممن is من + من, كتبوه is كتبوا + ه); more is another word.
_LIMIT = 1.35
#: Words that end in ى and take ي before a pronoun.
_ALEF_MAKSURA = frozenset(("إلى", "الى", "على", "لدى"))


@dataclass(frozen=True, slots=True)
class Piece:
    """One word inside a written word.

    Attributes:
        start: first code point, counted from the start of the written word.
        end: past the last code point.
        norm: the underlying form; spelling (hamza, final ى) as written.
    """

    start: int
    end: int
    norm: str


def _cost(written: str, underlying: str) -> float:
    if written == underlying:
        return 0.0
    pair = (written, underlying)
    return _CHEAP if pair in _SPELT or pair in _JOINED else _SUBSTITUTION


@lru_cache(maxsize=65536)
def align(written: str, words: tuple[str, ...]) -> tuple[Piece, ...] | None:
    """The slices of ``written`` that ``words`` stand for, or None where they do not fit.

    Args:
        written: one written word in normal form.
        words: the words it is said to hold, in order, as underlying forms.

    Returns:
        One non-empty piece for each word; together they cover ``written`` without a gap.
    """
    if not written or not words or not all(words):
        return None
    if len(words) == 1:
        return (Piece(0, len(written), words[0]),)
    under = "".join(words)
    owner = [k for k, word in enumerate(words) for _ in word]
    if under == written:  # most are: the path is the diagonal
        same = [_spelling(c, under, j, owner, words) if (c, c) in _SPELT else c for j, c in enumerate(under)]
        return _pieces(owner, same, owner, words)
    rows, columns = len(written) + 1, len(under) + 1
    # Letters of the article (ا, then ل) vanish after ل: للمدينة, للجنة.
    article = [
        k > 0 and words[k - 1] in ("ل", "ول", "فل") and words[k].startswith("ال") and offset < 2
        for k, word in enumerate(words)
        for offset in range(len(word))
    ]
    table = [[0.0] * columns for _ in range(rows)]
    for j in range(1, columns):
        table[0][j] = table[0][j - 1] + (_CHEAP if article[j - 1] else 1.0)
    for i in range(1, rows):
        table[i][0] = float(i)
        for j in range(1, columns):
            table[i][j] = min(
                table[i - 1][j - 1] + _cost(written[i - 1], under[j - 1]),
                table[i][j - 1] + (_CHEAP if article[j - 1] else 1.0),
                table[i - 1][j] + 1.0,
            )
    if table[-1][-1] > _LIMIT:
        return None
    return _trace(written, under, words, owner, article, table)


def _trace(
    written: str,
    under: str,
    words: tuple[str, ...],
    owner: list[int],
    article: list[bool],
    table: list[list[float]],
) -> tuple[Piece, ...] | None:
    """Walks the cheapest path back; ties give a letter to the later word, so that «للجنة» is ل + لجنة."""
    owned: list[int] = [-1] * len(written)
    norm = list(under)
    i, j = len(written), len(under)
    while i or j:
        here = table[i][j]
        if i and j and abs(here - table[i - 1][j - 1] - _cost(written[i - 1], under[j - 1])) < 1e-9:
            i, j = i - 1, j - 1
            owned[i] = owner[j]
            if (written[i], under[j]) in _SPELT:
                norm[j] = _spelling(written[i], under, j, owner, words)
        elif j and abs(here - table[i][j - 1] - (_CHEAP if article[j - 1] else 1.0)) < 1e-9:
            j -= 1
        else:
            i -= 1
            owned[i] = owner[j - 1] if j else 0
    return _pieces(owned, norm, owner, words)


def _pieces(
    owned: list[int], norm: list[str], owner: list[int], words: tuple[str, ...]
) -> tuple[Piece, ...] | None:
    """The pieces, or None where a word has no letter.

    Args:
        owned: for each letter on the page the number of its word; owner: the same for each letter of ``norm``.
    """
    pieces: list[Piece] = []
    for k in range(len(words)):
        letters = [i for i, who in enumerate(owned) if who == k]
        if not letters:
            return None
        text = "".join(char for char, who in zip(norm, owner, strict=True) if who == k)
        pieces.append(Piece(letters[0], letters[-1] + 1, text))
    return tuple(pieces)


def _spelling(written: str, under: str, j: int, owner: list[int], words: tuple[str, ...]) -> str:
    """The written letter, except that an ى that turned ي before a pronoun is itself again."""
    last_of_word = j + 1 < len(owner) and owner[j + 1] != owner[j]
    if last_of_word and under[j] == "ى":
        return "ى"
    if last_of_word and words[owner[j]][:-1] + "ى" in _ALEF_MAKSURA:
        return "ى"
    return written

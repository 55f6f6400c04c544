"""The language tokens of a ``Doc`` as plain columns: noise and white space are left out."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.text.normalize import clean, fold
from pipeline.text.tokenizer import NOISE, WORD_START, flags_of

PROCLITICS = frozenset(["و", "ف", "ب", "ل", "ك", "س", "أ", "ا", "وب", "ول", "وال", "ال", "لل"])
ENCLITICS = frozenset(["ها", "هم", "ه", "هما", "هن", "نا", "كم", "كما", "ي", "ك", "ني", "ا"])
OPENING = frozenset("\"«“(['")
CLOSING = frozenset("\"»”)]'")
#: Parts of speech that no name of one word has.
CLOSED_POS = frozenset(
    ("VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PART", "PRON", "DET", "ADV", "PUNCT", "SYM", "INTJ")
)
#: Those that veto a word of a name after a head: particles stand in lists, and a tagger takes rare names for them.
OPEN_VETO = frozenset(("VERB", "AUX", "ADV", "PUNCT", "SYM", "INTJ"))


@dataclass(frozen=True)
class Stream:
    """Columns of equal length; an index into them is a *position*.

    Attributes:
        token: index in the ``Doc``.
        norm, key: normal form and its folded look-up key.
        pos: universal tag, "" where the document is not tagged.
        begins: the token begins a written word.
        word: folded key of the whole written word; word_end: position after it.
        fresh: a new line or sentence starts here, so no name runs over it.
        mark: punctuation or a symbol.
    """

    token: tuple[int, ...]
    norm: tuple[str, ...]
    key: tuple[str, ...]
    pos: tuple[str, ...]
    begins: tuple[bool, ...]
    word: tuple[str, ...]
    word_end: tuple[int, ...]
    fresh: tuple[bool, ...]
    mark: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.norm)

    def proclitic(self, at: int) -> bool:
        """A piece like «و» that is glued to what follows."""
        glued = at + 1 < len(self) and not self.begins[at + 1]
        return glued and self.norm[at] in PROCLITICS

    def enclitic(self, at: int) -> bool:
        """A pronoun glued to what stands before."""
        return (
            not self.begins[at]
            and self.norm[at] in ENCLITICS
            and (at + 1 == len(self) or self.begins[at + 1] or self.enclitic(at + 1))
        )

    def whole(self, start: int, end: int) -> bool:
        """Whether positions start … end-1 are written words, proclitics apart: no name has a pronoun."""
        front = self.begins[start] or self.proclitic(start - 1)
        return front and not self.enclitic(start) and (end == len(self) or self.begins[end])

    def definite(self, at: int) -> bool:
        """Has the article."""
        return self.norm[at].startswith("ال") and len(self.norm[at]) > 4

    def bare(self, at: int) -> str:
        """The key without article."""
        return self.key[at][2:] if self.definite(at) else self.key[at]


def is_noise(token: Token) -> bool:
    """White space, or what the tokeniser marked as no language."""
    return token.is_space or (Token.has_extension("noise") and bool(token._.noise))


def begins_word(token: Token) -> bool:
    """Whether a token begins a written word; without the tokeniser's flags, whether white space precedes it."""
    if Token.has_extension("word_start"):
        return bool(token._.word_start)
    return token.i == 0 or bool(token.doc[token.i - 1].whitespace_)


def make_stream(doc: Doc) -> Stream:
    """The columns of a document."""
    tokens = []
    fresh: list[bool] = []
    begins: list[bool] = []
    newline = True
    sentences = doc.has_annotation("SENT_START")
    flags = flags_of(doc)  # the same as the extensions tell, without a look-up for each token
    for k, token in enumerate(doc):
        if token.is_space:
            newline = newline or "\n" in token.text
        elif not (is_noise(token) if flags is None else flags[k] & NOISE):
            tokens.append(token)
            fresh.append(newline or (sentences and bool(token.is_sent_start)))
            begins.append(
                len(tokens) == 1 or (begins_word(token) if flags is None else bool(flags[k] & WORD_START))
            )
            newline = False
    words, ends = _written(tokens, begins)
    norms = tuple(t.norm_ for t in tokens)
    return Stream(
        token=tuple(t.i for t in tokens),
        norm=norms,
        key=tuple(fold(n) for n in norms),
        pos=tuple(t.pos_ for t in tokens),
        begins=tuple(begins),
        word=words,
        word_end=ends,
        fresh=tuple(fresh),
        mark=tuple(not any(c.isalnum() for c in n) for n in norms),
    )


def _written(tokens: list[Token], begins: list[bool]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Key and end of the written word that each token stands in."""
    keys = [""] * len(tokens)
    ends = [0] * len(tokens)
    start = 0
    for at in range(1, len(tokens) + 1):
        if at < len(tokens) and not begins[at]:
            continue
        one = at - start == 1
        key = fold(tokens[start].norm_) if one else fold(clean("".join(t.text for t in tokens[start:at])))
        for k in range(start, at):
            keys[k], ends[k] = key, at
        start = at
    return tuple(keys), tuple(ends)

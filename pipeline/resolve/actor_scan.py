"""Mentions of actors in running text by the actor knowledge alone, for the context of an article."""

from __future__ import annotations

from pipeline.entities.names import actor_names
from pipeline.resolve.actor_forms import role_index
from pipeline.resolve.actor_phrase import read_words
from pipeline.resolve.actor_words import BREAKS, TOKEN, Word, look
from pipeline.text.normalize import fold, normalize

_NOUNS = frozenset(("own", "of", "arms", "band", "title"))
_WINDOW = 14


def scan(text: str) -> list[tuple[str, int]]:
    """Noun phrases whose head is a known actor or a role noun, with code-point offsets in ``text``, in order."""
    clean = normalize(text)
    spans = _spans(clean.text)
    words = [word for word, _, _ in spans]
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(words):
        phrase = read_words(tuple(words[at : at + _WINDOW]), tight=True) if _opens(words, at) else None
        if phrase is None or phrase.end == 0:
            at += 1
            continue
        found.append(
            (clean.text[spans[at][1] : spans[at + phrase.end - 1][2]], clean.alignment.char(spans[at][1])[0])
        )
        at += phrase.end
    return found


def _opens(words: list[Word], at: int) -> bool:
    """A known actor or a role noun that is no adjective («العسكرية») starts here."""
    if look(words, at, actor_names()) is not None:
        return True
    role = look(words, at, role_index(), articles=True)
    if role is None or not any(v.row.kind in _NOUNS for v in role.values):
        return False
    return not any(v.row.kind == "mod" for v in role.values)


def _spans(text: str) -> list[tuple[Word, int, int]]:
    """The words of a clean text with their offsets in it."""
    found: list[tuple[Word, int, int]] = []
    broken = quoted = False
    before = 0
    for match in TOKEN.finditer(text):
        token = match.group()
        broken = broken or "\n" in text[before : match.start()]
        before = match.end()
        if token[0].isalnum():
            found.append((Word(token, fold(token), broken, quoted), match.start(), match.end()))
            broken = quoted = False
        elif token in BREAKS:
            broken = True
        elif token in "\"'«“(":
            quoted = True
    return found
